"""The blocks of a labelled page: paragraphs, and labels with their values, separated by blank lines."""

from __future__ import annotations

from collections.abc import Iterable

from parser.forms.pages.fields import BELOW, WORD
from parser.forms.pages.vocabulary import LABELS

_LABELS = {(label.section, label.field): label for label in reversed(LABELS)}


def said(value: str | None) -> str:
    """A value as it is written, nothing for one that is absent; line ends as `\\n`."""
    if not value:
        return ""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def joined(values: Iterable[str], separator: str) -> str:
    """Some values with a separator between them."""
    return separator.join(filter(None, map(said, values)))


def labelled(section: str, field: str, value: str) -> list[str]:
    """The blocks of a label and its value; without a value, the label is omitted, too."""
    if not value:
        return []
    label = _LABELS[section, field]
    if label.inline == BELOW:
        return [label.text, value]
    # A code follows its label after a blank, anything else after a colon.
    return [f"{label.text} {value}" if label.inline == WORD else f"{label.text}: {value}"]
