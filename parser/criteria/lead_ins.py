"""The endings by which an item announces a list."""

from __future__ import annotations

import re

from parser.criteria.paragraphs import ITEM, Entry

_LEAD_IN = re.compile(
    r"(?::|\b(?:includ(?:ing|es?|ed)|following|such as|defined (?:as|by)|either|criteria|as follows|any of|all of"
    r"|one of|namely|with|are|must|must have|of|by)|[-–—])\W*\Z",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:following|includ(?:ing|es?)|such as|e\.g\.,?|as follows|defined (?:as|by)|(?:any|one|two|all|either) of"
    r"|criteria)\b[^.;]{0,30}[:：]\Z",
    re.IGNORECASE,
)
_TAIL = 60


def leads_in(text: str, entry: Entry) -> bool:
    """Whether an entry's text announces a list: it ends in a colon, or in `including`, `one of the following`, ..."""
    return _LEAD_IN.search(text, max(entry.start, entry.end - _TAIL), entry.end) is not None


def announces(text: str, entry: Entry) -> bool:
    """Whether an entry's text says that parts of it follow, and ends in a colon."""
    return _ANNOUNCES.search(text, max(entry.start, entry.end - _TAIL), entry.end) is not None


def awaits_more(text: str, entry: Entry | None) -> bool:
    """Whether an entry is an item that ends in a colon: if no list follows, a paragraph completes it."""
    return entry is not None and entry.kind == ITEM and entry.marker is not None and text[entry.end - 1] in ":："
