"""Small pages for tests, of the sections that a test names in the form of the labelled page, and values by path."""

from __future__ import annotations

from typing import Any

from parser import Document
from parser.forms.pages.vocabulary import HEADINGS

FRONT = ("A Trial", "NCT ID: NCT00000001", "Last Updated: 2020-01-02")
SENTENCES = {heading.text: heading.sentence for heading in HEADINGS}


def section(heading: str, *blocks: str, sentence: bool = True) -> str:
    """A section: its heading, the site's sentence, and blocks."""
    shown = (SENTENCES[heading],) if sentence and SENTENCES[heading] else ()
    return "\n\n".join((heading, *shown, *blocks))


def page(*sections: str, front: tuple[str, ...] = FRONT) -> str:
    """A page of sections under a title and an id."""
    return "\n\n".join((*front, *sections))


def value_at(document: Document, path: str) -> Any:
    """The value at `protocolSection/designModule/phases` of a document as JSON; None if there is none."""
    value: Any = document.to_dict()
    for key in path.split("/"):
        value = value[int(key)] if isinstance(value, list) else value.get(key)
        if value is None:
            return None
    return value
