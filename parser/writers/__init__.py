"""How a document is spelled: one writer per format."""
