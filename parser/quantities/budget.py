"""How much of a page is searched for quantities.

A number costs some 0.3 ms at worst, which a text made of nothing but numbers would make minutes of.
"""

from __future__ import annotations

from parser.problems import Report

MOST_NUMBERS = 4000
"""The most numbers of one page or block that are read: fifty times the most quantities of any of 1,409 records."""


class NumberBudget:
    """How many numbers may still be read. All texts of a page share a budget; that it is used up is reported once."""

    def __init__(self, numbers: int = MOST_NUMBERS) -> None:
        self.left = numbers
        self._told = False

    def take(self, numbers: int) -> None:
        """Subtract numbers that were read."""
        self.left -= numbers

    def tell(self, report: Report, start: int, end: int) -> None:
        """Report the first stretch of text that is not searched any more."""
        if not self._told:
            self._told = True
            message = f"more than {MOST_NUMBERS:,} numbers: none is read from here to the end of the page"
            report("too-long", message, (start, end))
