"""How much of a page is searched for quantities.

A number costs some 0.3 ms at worst, which a text made of nothing but numbers would make minutes of.
"""

from __future__ import annotations

from parser.problems import Report

MOST_NUMBERS = 4000
"""So many numbers of one page or block are read: fifty times as many as any of 1,409 records has quantities."""


class NumberBudget:
    """How many numbers may still be read. All texts of a page share one; that it is used up is told once."""

    def __init__(self, numbers: int = MOST_NUMBERS) -> None:
        self.left = numbers
        self._told = False

    def take(self, numbers: int) -> None:
        """So many numbers were read."""
        self.left -= numbers

    def tell(self, report: Report, start: int, end: int) -> None:
        """Report the first stretch of text that is not searched any more."""
        if not self._told:
            self._told = True
            message = f"more than {MOST_NUMBERS:,} numbers: none is read from here to the end of the page"
            report("too-long", message, (start, end))
