"""Lines that end the text above them, although the text after them is not understood and goes to `unparsed`.

Type | Measure | Time frame         the head of a table without bars before its rows
Minimum Age: 50                     a label whose value cannot be read
Trial Health                        an unknown heading, above values instead of sentences
"""

from __future__ import annotations

from collections.abc import Sequence

from parser.forms.pages.candidates import candidates
from parser.forms.pages.checks import vouches
from parser.forms.pages.endings import ends_bullets, stands_over_values
from parser.forms.pages.fields import AGE, CODE, COUNT, DATE, YES_NO
from parser.forms.pages.label_shapes import COMMON
from parser.forms.pages.vocabulary import BOUND, find_word, key
from parser.lines import Line
from parser.values.country import country_code

_TYPED = frozenset({CODE, DATE, COUNT, AGE, YES_NO})
_LEAST_BULLETS = 2
_LEAST_COLUMNS, _LONGEST_CELL = 2, 40
_MOST_WORDS_OF_A_CODE = 5
_COLUMNS = frozenset(label for labels in BOUND.values() for label in labels)


def is_table_head(text: str) -> bool:
    """Whether a line is the head of a table that is not read."""
    cells = [cell.strip() for cell in text.split("|") if cell.strip()] if "|" in text[1:] else []
    if len(cells) < _LEAST_COLUMNS or find_word(text) or max(map(len, cells)) > _LONGEST_CELL:
        return False
    known = sum(key(cell) in _COLUMNS or find_word(cell) is not None for cell in cells)
    return known >= _LEAST_COLUMNS and known * 2 > len(cells) and text[0] != "|"


def is_role_below_a_name(lines: Sequence[Line], index: int) -> bool:
    """Whether a label says what the line above it is, as `Lead Sponsor` does below a name under a question."""
    if index < 2 or not lines[index - 2].text.endswith("?"):
        return False
    found = find_word(lines[index].text)
    if found is None or found.word.field != "lead_sponsor":
        return False
    return find_word(lines[index - 2].text) is None and vouches("lead_sponsor", lines[index - 1].text)


def is_below_a_place(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above, in the same paragraph, ends a site's place: whom the line names is to be asked there."""
    if index == 0 or lines[index].opens:
        return False
    return any(country_code(part.strip()) for part in lines[index - 1].text.split(",")) and "," in lines[index - 1].text


def ends_text(lines: Sequence[Line], index: int, in_criteria: bool, bullets: int) -> bool:
    """Whether what follows a line of running text is none, or no list like the one above it, of so many `bullets`."""
    if in_criteria:
        ends = ends_bullets(lines, index) or stands_over_values(lines, index)
        return bullets >= _LEAST_BULLETS and ends
    return stands_over_values(lines, index, find_word(lines[index].text) is not None)


def is_label_in_vain(line: Line) -> bool:
    """Whether a line is a label of a code or number whose value cannot be read: `Minimum Age: 50`."""
    for candidate in candidates(line):
        found = candidate.found
        if found is None or candidate.value is None or candidate.joined or candidate.key in COMMON:
            continue
        value = line.text[candidate.value.start - line.start : candidate.value.end - line.start]
        if found.word.form in _TYPED and len(value.split()) <= _MOST_WORDS_OF_A_CODE:
            return len(candidate.text.split()) > 1
    return False
