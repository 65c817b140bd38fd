"""Phones as the registry holds them: a number, and an extension after `ext.`.

142499768 ext. +33
"""

from __future__ import annotations

# The page joins the registry's two fields so. Other spellings of "extension" are the sponsor's own, part of the number.
_EXTENSION = " ext. "


def split_extension(text: str) -> tuple[str, str | None]:
    """A phone as printed, cut into number and extension (None when there is none)."""
    number, _, extension = text.partition(_EXTENSION)
    return number, extension or None
