"""WHERE things are in the forms of input."""
