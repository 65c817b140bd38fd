"""Structured data of no known form: other JSON, XML and tables. It is refused by name, never read as prose.

<PubmedArticleSet>          {"url": "...", "text": "..."}          id,title,phase
"""

from __future__ import annotations

import csv
import io
import re
from itertools import islice

from parser.forms.api_v2_json import is_own_document
from parser.forms.pages.vocabulary import HEADING_BY_TEXT, LABELS
from parser.forms.rows import DELIMITERS
from parser.html.elements import BLOCKS, names
from parser.problems import NotARecordError

# What a labelled page has below its title, or a heading.
_FRONT = tuple(f"{label.text}: " for label in LABELS if label.section == "front")
_HOW = "a field of JSON lines, CSV or Parquet that holds the text of a record is read with --text-field"

_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
_KEY = re.compile(r'"((?:[^"\\]|\\.){1,60})"\s*:')
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL)
# What was saved of a page may begin so.
_OF_PAGES = BLOCKS | names("a b br em font hr i img small span strong sub sup u")
# The root and what follows it: more markup, or nothing; else a text begins with a word in such brackets.
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?/?>(?=\s*\Z|.*?<[A-Za-z_/!?])", re.DOTALL)

# Rows of a table have as many cells as its header, which are short names.
_FEWEST_CELLS = 3
_SHORT = re.compile(r".{1,60}", re.DOTALL)
_WORD = re.compile(r"\w{1,60}")
_SHOWN = 8


def refuse_other(head: str) -> None:
    """Raise `NotARecordError` for the head of an input that is structured, and says in what way."""
    if _has_title(head):
        return
    if _JSON.match(head):
        if is_own_document(head.encode("utf-8", "replace")):
            raise NotARecordError("this is a document that was parsed before: Document.from_dict reads it")
        keys = ", ".join(list(dict.fromkeys(_KEY.findall(head)))[:_SHOWN])
        raise NotARecordError(
            f"this is JSON of no known form, without protocolSection (keys: {keys or 'none'}); {_HOW}"
        )
    if root := _xml_root(head):
        raise NotARecordError(f"this is XML of no known form: its root is <{root}>")
    if columns := _columns(head):
        shown = ", ".join(columns[:_SHOWN])
        raise NotARecordError(f"this is a table of no known form, with the columns {shown}; {_HOW}")


def _has_title(head: str) -> bool:
    """Whether a labelled page begins with its title, which may look like structured data: `<T> cells in flu`."""
    title, _, below = head.partition("\n\n")
    front = below.partition("\n")[0]
    is_labelled = front in HEADING_BY_TEXT or front.startswith(_FRONT)
    # What ends as it began is around the page.
    return is_labelled and "\n" not in title and not head.rstrip().endswith((">", "}", "]"))


def _xml_root(head: str) -> str | None:
    """The name of the first element; None for what does not begin with one, and for a part of a page in HTML."""
    prolog = _PROLOG.match(head)
    root = _ROOT.match(head, prolog.end() if prolog else 0)
    return root[1] if root and root[1].lower() not in _OF_PAGES else None


def _columns(head: str) -> list[str]:
    """The names of the columns of a table in text; none if the first lines are not rows of one."""
    text = head.lstrip("\ufeff\r\n")
    delimiter = max(DELIMITERS, key=text.split("\n", 1)[0].count)
    try:
        # A line end within quotation marks belongs to a cell.
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 2))
    except csv.Error:
        return []
    if len(rows) < 2 or len(rows[0]) < 2 or len(rows[1]) != len(rows[0]):
        return []
    names = [name.strip() for name in rows[0]]
    # Two short phrases with a comma between them may begin a page.
    named = _WORD.fullmatch if len(names) < _FEWEST_CELLS else _SHORT.fullmatch
    return names if all(map(named, names)) and len(set(names)) == len(names) else []
