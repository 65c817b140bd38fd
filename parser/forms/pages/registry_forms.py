"""The forms of registries' own pages: their labels, and how a line may begin with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from parser.forms.pages.joined_labels import JoinedLabels
from parser.lines import Line
from parser.registries import REGISTRIES, Registry, ictrp, jprn, jrct, niph
from parser.registries.registry import RegistryPage

_ID_OF_PART = re.compile(r"\[\d+\][\d\s]*\Z|\s\d{4,6}\s+0\s*\Z")
_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)")
_NO_LETTER = re.compile(r"[\W_]+")
_INNER_COLON = re.compile(r"[:：]\s*\w")
_COLON = re.compile("[:：]")
WIDE = re.compile(r"\s*\|\s*|\t+|\s{2,}|\xa0+")
# `注册号： Registration number：` has two labels for one value.
_CHINESE_LABEL = re.compile(r"[\u3400-\u9fff][^A-Za-z:：\n]{0,40}[:：]\s*(?=[A-Za-z])")
_LEAST = 5
_LEAST_OWN = 2


class Label(NamedTuple):
    target: str
    below: dict[str, str]
    """The labels that count only after this one, and their targets."""


def key_of(text: str) -> str:
    return _NO_LETTER.sub("", _ID_OF_PART.sub("", text)).lower()


def _labels(table: str) -> dict[str, Label]:
    found: dict[str, Label] = {}
    opened: list[Label] = []
    for line in table.split("\n"):
        target, _, texts = line.strip().partition(": ")
        keys = [key_of(text) for text in texts.split("|")]
        if line.startswith("  "):
            for label in opened:
                label.below.update(dict.fromkeys(keys, target))
        else:
            opened = [Label(target, {}) for _ in keys]
            found.update(zip(keys, opened, strict=True))
    return found


class RegistryForm(NamedTuple):
    """A registry's page: `signature` are labels that only it has, of which two are enough to know it."""

    name: str
    meaning: str
    registry: Registry | None
    labels: dict[str, Label]
    signature: tuple[str, ...]
    joined: JoinedLabels
    day_first: bool


def _form(registry: Registry | None, page: RegistryPage) -> RegistryForm:
    printed = [label for row in page.labels.split("\n") for label in row.partition(": ")[2].split("|")]
    return RegistryForm(
        page.form,
        page.meaning,
        registry,
        _labels(page.labels),
        tuple(page.signature.lower().split("|")),
        JoinedLabels(printed),
        page.day_first or (registry is not None and registry.dates == "DMY"),
    )


FORMS = (
    # It has most labels of WHO's portal.
    _form(jprn.REGISTRY, niph.PAGE),
    _form(jprn.REGISTRY, jrct.PAGE),
    _form(None, ictrp.PAGE),
    *(_form(registry, registry.page) for registry in REGISTRIES if registry.page),
)
"""The forms of registries' own pages: the portals of WHO and NIPH, and those of the registers that have one."""


def likeness_to(form: RegistryForm) -> Callable[[Sequence[Line]], float]:
    """How like the page of a registry some lines are: 1 where they have labels that only its pages have, else 0."""

    def likeness(lines: Sequence[Line]) -> float:
        seen = {key for line in lines for key, _ in openings(line, form.joined) if key in form.labels}
        seen.update(
            key for first, second in pairwise(lines) if (key := key_of(first.text + second.text)) in form.labels
        )
        own = seen.intersection(map(key_of, form.signature))
        return float(len(own) >= _LEAST_OWN and len(seen) >= _LEAST)

    return likeness


def openings(line: Line, joined: JoinedLabels, *, loose: bool = False, repeats: str = "") -> Iterator[tuple[str, int]]:
    """The possible labels at the start of a line, as keys, and where the value begins: at the end if it has none."""
    text = line.text
    for start in starts(text):
        bare = text[start:].rstrip("| \t")
        if not _INNER_COLON.search(bare) or bare.rstrip(":： ").lower() in joined.with_colon:
            # `Study Type: Non-interventional` is no label without a colon of its own.
            yield key_of(bare), len(text)
        if found := joined.find(text, start, loose=loose, repeats=repeats):
            yield key_of(found[0]), found[1]
        # The longest first: a label may have a colon, `Study design: Allocation`.
        signs = [*islice(_COLON.finditer(text, start + 1), 2), *islice(WIDE.finditer(text, start + 1), 1)]
        for match in sorted(signs, key=re.Match.start, reverse=True):
            yield key_of(text[start : match.start()]), match.end()


def starts(text: str) -> list[int]:
    """Where the label of a line may begin: after bars and bullets, and after a number."""
    begin = len(text) - len(text.lstrip("|*•- \t"))
    numbering = _NUMBERING.match(text, begin) if text[begin : begin + 1].isdigit() else None
    second = _CHINESE_LABEL.match(text, begin)
    return [begin, *([numbering.end()] if numbering else []), *([second.end()] if second else [])]
