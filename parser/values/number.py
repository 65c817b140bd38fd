"""Counts of people: `10 participants`, `1,200 participants`, `120 [Anticipated]`, `Actual 120`."""

from __future__ import annotations

import re

_COUNT = re.compile(r"(\d{1,3}(?:[, \u00a0]\d{3}){1,3}|\d{1,12})(?: (?:participant|patient|subject)s?)?\Z", re.I)
_KIND = r"(actual|estimated?|anticipated|planned|target)"
_KIND_AFTER = re.compile(rf"(?:,|\s)?\s?[(\[]?{_KIND}[)\]]?\Z", re.I)
_KIND_BEFORE = re.compile(rf"[(\[]?{_KIND}[)\]]?\s*:?\s*", re.I)
_SIZE = re.compile(r"(\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?: ?(?:B|bytes?))?\Z", re.I)


def read_count(text: str) -> int | None:
    """A count of participants, or None if the text is none."""
    match = _COUNT.match(text)
    return int(re.sub(r"\D", "", match[1])) if match else None


def read_enrollment(text: str) -> tuple[int | None, str | None]:
    """A count of participants and whether it is ACTUAL or ESTIMATED; None if the text does not say."""
    count = read_count(text)
    if count is not None:
        return count, None
    after, before = _KIND_AFTER.search(text[-40:]), _KIND_BEFORE.match(text)
    if after:
        count, kind = read_count(text[: len(text) - len(after.group())]), after[1]
    elif before:
        count, kind = read_count(text[before.end() :]), before[1]
    else:
        return None, None
    return count, None if count is None else "ACTUAL" if kind.lower() == "actual" else "ESTIMATED"


def read_size(text: str) -> int | None:
    """The length of a file in bytes, or None if the text is none."""
    match = _SIZE.match(text)
    return int(match[1].replace(",", "")) if match else None
