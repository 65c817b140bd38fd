"""The eligibility block as a tree: category headings, groups, markers, outline."""

from parser.criteria.line_ends import with_line_feeds
from parser.criteria.tree import CategoryTitle, TreeNode, plain, read_tree

__all__ = ["CategoryTitle", "TreeNode", "plain", "read_tree", "with_line_feeds"]
