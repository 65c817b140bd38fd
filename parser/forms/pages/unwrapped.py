"""Lines of a page as one label or value each, where a site has put several into one, or marks around them.

Study Type : | Interventional |         a row of a table without a bar before it: each cell becomes a line
- Conditions                            bullets before labels and their values
- Melanoma
🗓️ Study Start: June 2020              a sign before a label or a value, or between two values
- **Phase:** 2                          a bullet before a label in bold
... for clinicians.Phase:               a label glued to the end of what is before it
Study Design: Allocation: Randomized    a heading, and a label with its value
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from parser.forms.pages.fields import AGE, CODE, COUNT, DATE, GROUP, LINE, LIST, PROSE, YES_NO
from parser.forms.pages.vocabulary import find_word
from parser.lines import Line

_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|\s*(?:-{3,}\s*)?\Z")
_BAR = re.compile(r"(?<!\\)\|\s*")
_IMAGE = re.compile(r"!\[[^\]]{0,200}\]\([^)]{0,500}\)")
_BULLETS = "*•-"
_BULLET = re.compile(rf"[{_BULLETS}]\s+")
_GLUED = re.compile(r"(?<=[a-z0-9.)\]])(?=[A-Z][A-Za-z ]{3,40}[:?]\Z)")
_QUESTION = re.compile(r"[A-Z][^?.:]{8,80}\?(?=[A-Z])")
_GLUED_SIDE = re.compile(r"(?<=[a-z)]\.)(?:In|Ex)clusion Criteria\s?:?\Z")
_STATUS_AND_ID = re.compile(r"[A-Za-z, ]{4,30}?[a-z](?=NCT\d{8}\Z)")
_FIRST_LABEL = re.compile(r"([A-Z][A-Za-z ]{3,40}?)\s?: ")
_HEADING_AND_LABEL = re.compile(r"([A-Z][a-z]+ [A-Z][a-z]+)\s+([A-Z][A-Za-z ]{3,40}?): ")
_NEXT_LABEL = re.compile(r"(?:(?<=[a-z).])|;\s+)([A-Z][A-Za-z]{1,40} [A-Z][A-Za-z ]{2,40}?|Masking): ")
_TYPES = (
    r"(?:Drug|Device|Biological|Procedure|Radiation|Behavioral|Genetic|Dietary Supplement|Combination Product"
    r"|Diagnostic Test|Other): (?=\S)"
)
_INTERVENTION = re.compile(rf"(?:[*•-]\s+)?{_TYPES}")
_GLUED_INTERVENTION = re.compile(rf"(?<=[a-z0-9)%]){_TYPES}")
_ANSWER = re.compile(r"(?:Yes|No|N/A)(?=[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,3}\Z)")
_BOLD = re.compile(r"[*•-]\s+(?=\*\*([^*:]{2,60}):?\*\*)")
# Signs that are letters of a text.
_WRITTEN = frozenset("©®°™℃")
_ON_ONE_LINE = frozenset({CODE, DATE, COUNT, AGE, YES_NO, LINE})
_TERMS = frozenset({"conditions", "keywords"})
_LEAST_ROWS = 3
_LEAST_BULLETS = 4
_LEAST_IN_A_ROW = 2


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, with rows, glued labels and bullets before labels split."""
    out = [part for line in _with_colons(lines) for part in ((line,) if line.text.isascii() else _without_signs(line))]
    out = [_without_bullet_before_bold(line) if line.text[0] in _BULLETS else line for line in out]
    if _has_rows(out):
        heads = {at for at, line in enumerate(out[:-1]) if line.text[0] != "|" and _is_rule(out[at + 1].text)}
        out = [cell for at, line in enumerate(out) for cell in ([line] if at in heads else _cells(line))]
    out = [part for line in out for part in (_parts(line) if _cuts(line.text) else (line,))]
    return _without_bullets(out)


def _with_colons(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, without a colon that begins one: its label is the line above."""
    for at, line in enumerate(lines):
        if not line.text.startswith(":"):
            yield line
            continue
        content = line.text.lstrip(": ")
        if content and at and find_word(lines[at - 1].text):
            yield _cut(line, len(line.text) - len(content), len(line.text), False)
        elif content:
            yield line


def _is_sign(char: str) -> bool:
    return not char.isascii() and char not in _WRITTEN and unicodedata.category(char) in ("So", "Mn", "Cf")


def _without_signs(line: Line) -> Iterator[Line]:
    """The texts after each sign of a line that begins with one: `🦠 Asthma 🦠 Eczema` are two values."""
    text = line.text
    if unicodedata.category(text[0]) != "So" or text[0] in _WRITTEN:
        yield line
        return
    start, opens = 0, line.opens
    while start < len(text):
        while start < len(text) and (_is_sign(text[start]) or text[start].isspace()):
            start += 1
        end = start
        while end < len(text) and not (text[end].isspace() and _is_sign(text[end + 1 : end + 2] or "a")):
            end += 1
        if start < end:
            yield _cut(line, start, end, opens)
            opens = False
        start = end


def _without_bullet_before_bold(line: Line) -> Line:
    bold = _BOLD.match(line.text)
    known = bold and (find_word(bold[1]) or _INTERVENTION.match(f"{bold[1].title()}: x"))
    return _cut(line, bold.end(), len(line.text), line.opens) if bold and known else line


def _has_rows(lines: Sequence[Line]) -> bool:
    """Whether a page has tables whose rows do not begin with a bar, by their rule or by how many lines end in one."""
    ending = sum(line.text[-1] == "|" and line.text[0] != "|" for line in lines)
    return ending >= _LEAST_ROWS or any(
        line.text[0] != "|" and _RULE.match(line.text) for line in lines if line.text[-1] == "|"
    )


def _is_rule(text: str) -> bool:
    return _RULE.match(text) is not None


def _cells(line: Line) -> Iterator[Line]:
    """The cells of a row; a row of labels alone is the head of a table and stays whole."""
    text = line.text
    if "|" not in text or (text[0] == "|" and len(text) > 1):
        yield line
        return
    if _RULE.match(text):
        return
    spans = list(_between(text))
    if len(spans) > 1 and (find_word(text) or all(_is_head(text[start:end]) for start, end in spans)):
        yield _cut(line, spans[0][0], spans[-1][1], line.opens)
        return
    for number, (start, end) in enumerate(spans):
        # A separate row is a separate paragraph.
        yield _cut(line, start, end, line.opens or len(spans) > 1 or not number)


def _is_head(cell: str) -> bool:
    return not cell.endswith(":") and find_word(cell) is not None


def _between(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in [*_BAR.finditer(text), None]:
        end = match.start() if match else len(text)
        cell = _IMAGE.sub("", text[start:end])
        if cell.strip():
            at = text.index(cell.strip(), start) if cell == text[start:end] else start
            yield at, at + len(cell.strip())
        start = match.end() if match else len(text)


def _cut(line: Line, start: int, end: int, opens: bool) -> Line:
    return Line(line.start + start, line.start + end, line.text[start:end], opens)


def _parts(line: Line) -> Iterator[Line]:
    start = 0
    for cut in _cuts(line.text):
        end = start + len(line.text[start:cut].rstrip("; \t"))
        yield _cut(line, start, end, line.opens and not start)
        start = cut + len(line.text[cut:]) - len(line.text[cut:].lstrip())
    yield line if not start else _cut(line, start, len(line.text), False)


@lru_cache(maxsize=4096)
def _cuts(text: str) -> tuple[int, ...]:
    """Where a line is more than one: before a label glued to its end, after a heading that another label follows."""
    if text[-1] in ":?":
        for match in _GLUED.finditer(text):
            if find_word(text[match.end() :].rstrip(":?")):
                return (match.end(),)
    if "?" in text and (question := _QUESTION.match(text)) and find_word(question[0]):
        return (question.end(),)
    if "clusion Criteria" in text and (side := _GLUED_SIDE.search(text)):
        return (side.start(),)
    if (answer := _ANSWER.match(text)) and find_word(text[answer.end() :]):
        return (answer.end(),)
    if ": " in text and (glued := tuple(_inner_labels(text))):
        return glued
    if "NCT" in text and (status := _STATUS_AND_ID.match(text)):
        return (status.end(),)
    colon = text.find(":")
    if 0 < colon < len(text) - 1 and (found := find_word(text[:colon])) and found.word.form == GROUP:
        rest = text[colon + 1 :].partition(":")
        if rest[1] and find_word(rest[0].strip()):
            return (colon + 1,)
    return ()


def _inner_labels(text: str) -> Iterator[int]:
    """Where further labels begin in a line of several: `Allocation: RandomizedMasking: None; Primary Purpose: ...`."""
    if _INTERVENTION.match(text):
        yield from (match.start() for match in _GLUED_INTERVENTION.finditer(text))
        return
    first = _FIRST_LABEL.match(text)
    known = find_word(first[1]) if first else None
    if first is None or known is None:
        if not (heading := _HEADING_AND_LABEL.match(text)) or find_word(heading[2]) is None:
            return
        found = find_word(heading[1])
        if found is None or found.word.form != GROUP:
            return
        yield heading.start(2)
    elif known.word.form == GROUP and (second := _FIRST_LABEL.match(text, first.end())) and find_word(second[1]):
        yield second.start()
    for match in _NEXT_LABEL.finditer(text):
        if find_word(match[1]) is not None:
            yield match.start(1)


def _without_bullets(lines: list[Line]) -> list[Line]:
    """The lines, without bullets before labels if that is the page's manner, and before the one value below each."""
    lines = _without_bullets_in_a_row(lines)
    labels = {index for index, line in enumerate(lines) if line.text[0] in _BULLETS and _is_bulleted_label(line.text)}
    if len(labels) < _LEAST_BULLETS:
        return lines
    # Where a page has blank lines, each label and what follows it is a paragraph.
    parted = sum(line.opens for line in lines) >= _LEAST_BULLETS
    out: list[Line] = []
    for index, line in enumerate(lines):
        bullet = _BULLET.match(line.text)
        is_value = index - 1 in labels and _takes_one_line(lines[index - 1].text)
        if bullet and bullet.end() < len(line.text) and (index in labels or is_value):
            line = _cut(line, bullet.end(), len(line.text), parted or line.opens)
        elif index - 1 in labels and parted:
            line = _cut(line, 0, len(line.text), True)
        out.append(line)
    return out


def _without_bullets_in_a_row(lines: list[Line]) -> list[Line]:
    """The lines, without bullets where several in a row are labels with their values: `* Sex: All`."""
    inline = [line.text[0] in _BULLETS and _is_bulleted_value(line.text) for line in lines]
    if sum(inline) < _LEAST_IN_A_ROW:
        return lines
    out: list[Line] = []
    for index, line in enumerate(lines):
        beside = (index and inline[index - 1]) or (index + 1 < len(lines) and inline[index + 1])
        bullet = _BULLET.match(line.text) if inline[index] and beside else None
        out.append(_cut(line, bullet.end(), len(line.text), line.opens) if bullet else line)
    return out


def _is_bulleted_value(text: str) -> bool:
    bullet = _BULLET.match(text)
    label, colon, value = text[bullet.end() :].partition(":") if bullet else ("", "", "")
    found = find_word(label.rstrip()) if colon and value.strip() else None
    return found is not None and (found.word.form in _ON_ONE_LINE or found.word.field in _TERMS)


def _is_bulleted_label(text: str) -> bool:
    bullet = _BULLET.match(text)
    return bullet is not None and find_word(text[bullet.end() :]) is not None


def _takes_one_line(label: str) -> bool:
    found = find_word(_BULLET.sub("", label, count=1))
    return (
        found is not None
        and found.word.form not in (GROUP,)
        and (found.word.form not in (LIST, PROSE) or found.word.field in ("conditions", "interventions"))
    )
