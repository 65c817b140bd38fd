"""The eligibility block as a tree: category headings, markers, outline."""

from parser.criteria.tree import CategoryTitle, Found, plain, read_tree

__all__ = ["CategoryTitle", "Found", "plain", "read_tree"]
