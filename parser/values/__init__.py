"""What a field means: one file a kind of value. Each reads a span of a source and gives a `Value`."""
