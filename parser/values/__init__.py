"""The meaning of fields: one file per kind of value. Each parses a span of a source to a value."""
