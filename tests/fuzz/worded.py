"""Samples of every form with words put into them: into values, and where no value of the form is.

An export has keys, elements, attributes, columns and cells that its form does not know, and text between elements; a
saved page has text in any of its elements. What is there is kept, too.
"""

from __future__ import annotations

import csv
import html
import io
import json
import random
import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from tests.conftest import HTML_SAMPLES, ROOT, TEXT_SAMPLES

_EXPORTS = ROOT / "samples" / "exports"
_REGISTRY_PAGES = sorted((ROOT / "samples" / "registries").glob("*.txt"))

# How often there is something that the form does not know.
_STRANGE = 0.03


class Worded:
    """Puts words into a share of what it is given; `words` makes one, `value` what may be below a label."""

    def __init__(self, words: Callable[[], str], value: Callable[[], str], chance: random.Random) -> None:
        self.words = words
        self.value = value
        self.chance = chance
        self._share = chance.choice((0.02, 0.1, 0.3, 1.0))

    def text(self, text: str) -> str:
        """A value, by chance with a word more, or another one."""
        if self.chance.random() > self._share:
            return text
        return f"{text} {self.words()}" if self.chance.random() < 0.8 else self.words()

    def is_strange(self) -> bool:
        """Whether there is something here that the form does not know."""
        return self.chance.random() < _STRANGE * self._share

    def page(self, text: str) -> str:
        """A page some of whose lines have a word more, are another value, or have another one below."""
        lines = []
        for line in text.split("\n"):
            if self.chance.random() > min(self._share, 0.3):
                lines.append(line)
                continue
            more = self.words()
            lines.append(
                self.chance.choice((f"{line} {more}", f"{line}\n{self.value()}", self.value(), f"{line}; {more}"))
            )
        return "\n".join(lines)


# --- Exports ---


def json_lines(worded: Worded, text: str) -> str:
    """Each line, with words in its strings, and with keys and entries that it did not have."""
    # A sample has lines that are refused.
    lines = [line for line in text.splitlines() if line.startswith("{") and line.endswith("}")]
    return "\n".join(json.dumps(_json(worded, json.loads(line))) for line in lines)


def _json(worded: Worded, data: Any) -> Any:
    if isinstance(data, dict):
        changed = {name: _json(worded, part) for name, part in data.items()}
        if worded.is_strange():
            changed[worded.words()] = worded.chance.choice((worded.words(), [worded.words()], {"a": worded.words()}))
        return changed
    if isinstance(data, list):
        return [_json(worded, part) for part in data] + [worded.words()] * worded.is_strange()
    return worded.text(data) if isinstance(data, str) else data


def xml(worded: Worded, text: str) -> str:
    """Words in the text of elements and in attributes, other elements, and text between elements."""
    head, root, records = text.partition(re.findall(r"<\w[^<>]*>", text)[0])
    records = re.sub(r"(?<=>)[^<>]*\w[^<>]*(?=</)", lambda match: worded.text(match[0]), records)
    records = re.sub(r'(?<=\w=")[^"<>]*(?=")', lambda match: worded.text(match[0]), records)
    return head + root + re.sub(r"(?<=</)(\w+>)(?=.*<)", lambda match: match[0] + _between(worded), records)


def _between(worded: Worded) -> str:
    if not worded.is_strange():
        return ""
    word = worded.words()
    return worded.chance.choice((word, f"<other>{word}</other>", f'<other a="{word}">x</other>'))


def table(worded: Worded, text: str) -> str:
    """Words in cells, a column that is not known, and cells without a column."""
    dialect = csv.excel_tab if "\t" in text.partition("\n")[0] else csv.excel
    header, *rows = csv.reader(io.StringIO(text), dialect)
    changed = [[worded.text(cell) for cell in row] for row in rows]
    if worded.chance.random() < 0.3:
        header = [*header, worded.words()]
        changed = [[*row, worded.words()] for row in changed]
    changed = [row + [worded.words()] * worded.is_strange() for row in changed]
    out = io.StringIO()
    csv.writer(out, dialect).writerows([header, *changed])
    return out.getvalue()


def labelled_text(worded: Worded, text: str) -> str:
    """Words in the values of labels, and lines that are not known."""
    text = re.sub(r"(?<=: )[^\n]+$", lambda match: worded.text(match[0]), text, flags=re.MULTILINE)
    return re.sub(r"\n", lambda match: f"\n{worded.value()}\n" if worded.is_strange() else match[0], text)


_BY_ENDING = {".jsonl": json_lines, ".xml": xml, ".csv": table, ".tsv": table, ".txt": labelled_text}


# --- Saved pages ---


def saved(worded: Worded, text: str) -> str:
    """A saved page, with words in its text."""
    head, body, shown = text.partition("<body")
    return head + body + re.sub(r"(?<=>)[^<>]*\w[^<>]*(?=<)", lambda match: worded.text(match[0]), shown)


def as_html(worded: Worded, text: str) -> str:
    """A page with words, in elements by chance: lines with tabs are rows, others paragraphs, items or headings."""
    elements = [_element(worded, line) for line in worded.page(text).split("\n")]
    return f"<!DOCTYPE html><html><body>{''.join(elements)}"


def _element(worded: Worded, line: str) -> str:
    cells = html.escape(line, quote=False).split("\t")
    if len(cells) > 1:
        name = worded.chance.choice(("td", "th"))
        return f"<table><tr><{name}>{cells[0]}</{name}>{''.join(f'<td>{cell}</td>' for cell in cells[1:])}</tr></table>"
    name = worded.chance.choice(("p", "p", "p", "div", "div", "li", "h3", "span", "dt", "dd"))
    return f"<{name}>{cells[0]}</{name}>\n"


# --- All of them ---

Put = Callable[[Worded, str], str]


@cache
def samples() -> dict[str, Callable[[Worded], str]]:
    """By the form that a sample has: what puts words into it. Several samples of a form take turns by chance."""
    found: dict[str, list[tuple[Put, Path]]] = {}
    for path in sorted(_EXPORTS.rglob("*")):
        if path.suffix in _BY_ENDING:
            found.setdefault(path.parent.name, []).append((_BY_ENDING[path.suffix], path))
    for path in _REGISTRY_PAGES:
        found[path.stem] = [(Worded.page, path)]
        found[f"html/{path.stem}"] = [(as_html, path)]
    found["samples of pages"] = [(Worded.page, path) for path in TEXT_SAMPLES]
    found["saved pages"] = [(saved, path) for path in HTML_SAMPLES]
    return {form: partial(_one_of, tuple((put, _text(path)) for put, path in paths)) for form, paths in found.items()}


def _one_of(choices: tuple[tuple[Put, str], ...], worded: Worded) -> str:
    put, text = worded.chance.choice(choices)
    return put(worded, text)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")
