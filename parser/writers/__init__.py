"""Writers of a document: one per format."""
