"""The blocks of a labelled page: paragraphs, and labels with their values. Blank lines part them."""

from __future__ import annotations

from collections.abc import Iterable

from parser.page.vocabulary import BELOW, CODE, LABELS
from parser.source import Value

_LABELS = {(label.section, label.field): label for label in reversed(LABELS)}


def said(value: Value[str] | None) -> str:
    """What a value says, nothing for one that is absent or was not understood; line ends as `\\n`."""
    text = value.value if value else None
    if not text:
        return ""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def joined(values: Iterable[Value[str]], separator: str) -> str:
    """What some values say, with a separator between them."""
    return separator.join(filter(None, map(said, values)))


def labelled(section: str, field: str, value: str) -> list[str]:
    """The blocks of a label and its value; a field without a value goes with its label."""
    if not value:
        return []
    label = _LABELS[section, field]
    if label.inline is BELOW:
        return [label.text, value]
    # A code follows its label after a blank, anything else after a colon.
    return [f"{label.text} {value}" if label.inline == CODE else f"{label.text}: {value}"]
