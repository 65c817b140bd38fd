"""Pages of registries by their own labels: a label and its value on a line, on two, or in the cells of a row.

Main ID: ISRCTN00000000                 | Main ID | ISRCTN00000000 |
Date of registration:
2020-01-02

A value is what follows a label up to the next label that the registry has, so that none runs into another one's text.
Text in languages other than English is left over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from parser.forms.pages.joined_labels import joins_labels
from parser.forms.pages.model import READ, Mask, Page, Piece
from parser.forms.pages.registry_forms import Label, RegistryForm, key_of, openings, starts
from parser.forms.pages.registry_lines import RegistryLines
from parser.forms.pages.registry_lists import ONE_TEXT, trimmed_value
from parser.lines import Line
from parser.problems import Report
from parser.registries import chictr, find_ids, isrctn, rebec
from parser.registries.clinicaltrials_gov import REGISTRY as CLINICALTRIALS_GOV
from parser.source import Source, Span

_RULE = re.compile(r"[|\s:-]+")
_LANGUAGE = re.compile("en|es|pt-br", re.IGNORECASE)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_YEAR_AT_END = re.compile(r"\b\d{4}\W*\Z")
_LATIN = re.compile("[A-Za-z]{2}")
_LONG_WORD = re.compile("[A-Za-z]{4}")
_ITEM = re.compile(r"(?:[-•*–·]|\(?\d{1,2}[.)])\s")
_LEAST_TITLE = 3
_TITLE_BELOW_ID = "jrct-page"
_LEAST_CUT = 8
_LONGEST_LABEL = 80
# Targets whose value is the name of a person, a site, an arm or an outcome, and those of what follows the name.
_BEGIN = {"outcome": "outcome", "second_outcome": "outcome", "contact": "contact", "name": "contact"} | {
    name: name for name in ("arm", "site", "official")
}
_CONTINUE = {
    "time": "outcome",
    "phone": "contact",
    "email": "contact",
    "arm_type": "arm",
    "arm_description": "arm",
    "site_status": "site",
    "official_affiliation": "official",
}


def reader_of(form: RegistryForm) -> Callable[[Source, list[Line], Report], Page]:
    """The reader of a registry's page."""

    def read(source: Source, lines: list[Line], report: Report) -> Page:
        return _Reader(source, lines, report, form).page()

    return read


@dataclass
class _Value:
    """A label on a page, and the lines of its value."""

    target: str
    label: Span
    parts: list[Span] = field(default_factory=list)


class _Reader(RegistryLines):
    def __init__(self, source: Source, lines: list[Line], report: Report, form: RegistryForm) -> None:
        result = Page(
            form.name,
            is_known=True,
            registry=form.registry.name if form.registry else None,
            day_first=form.day_first,
        )
        super().__init__(source.text, report, form.registry, result)
        self.form = form
        self.front: list[Line] = []
        self.nameless: set[str] = set()
        self.of_parts = {key for label in form.labels.values() for key in label.below}
        """The labels that count after another one only."""
        unlabelled = ((line, starts(line.text)[-1]) for line in lines if key_of(line.text) not in form.labels)
        self.loose = joins_labels(form.joined, unlabelled)
        self.values = self._of_first_record(self._values(lines))

    def _of_first_record(self, values: list[_Value]) -> list[_Value]:
        """The values, those from the id of a second trial on without a field."""
        seen: dict[str, str] = {}
        for at, value in enumerate(values):
            if value.target != "registry_id" or not value.parts:
                continue
            named = next(find_ids(self.text[slice(*value.parts[0])]), None)
            key = named.id.trial_key if named else ""
            if key and seen.setdefault(key_of(self.text[slice(*value.label)]), key) != key:
                self.report("duplicate-field", "the id of a second trial: one record is expected", value.parts[0])
                return values[:at] + [_Value("-", one.label, one.parts) for one in values[at:]]
        return values

    def _values(self, lines: list[Line]) -> list[_Value]:
        values: list[_Value] = []
        above: Label | None = None
        columns: list[str] = []
        in_pairs = False
        for line in self._parted(lines):
            if columns and _RULE.fullmatch(line.text):
                continue
            cells = self._cells(line)
            named = [above.below.get(key_of(self.text[slice(*one)]), "") for one in cells] if above else []
            if len(named) > 1 and all(named):
                columns = named
                values.append(_Value("=", line.span))
                continue
            opening = self._opening(line, above, values[-1] if values else None)
            if opening and values and self._is_next_item(line, opening[0], values[-1]):
                opening = None
            if opening is None and columns and len(row := self._row(line, cells)) == len(columns):
                values += [
                    _Value(target, Span(cell.start, cell.start), [cell] if cell.start < cell.end else [])
                    for target, cell in zip(columns, row, strict=True)
                ]
                continue
            if opening is None and columns:
                # Of which column this is nobody knows.
                values.append(_Value("-", Span(line.start, line.start), [trimmed_value(self.text, *line.span)]))
                continue
            columns = [] if opening is None else self._columns(line, opening)
            is_pair = len(cells) == 2 and line.text.startswith("|")
            if opening is None and in_pairs and is_pair and cells[0].end - cells[0].start <= _LONGEST_LABEL:
                # Each row of such a table is a label and its value, and nobody knows this one.
                start, end = cells[0].start, cells[1].end
                values.append(_Value("-", Span(start, start), [Span(start, end)]))
                continue
            in_pairs = is_pair if opening else in_pairs and is_pair
            if opening is None:
                span = trimmed_value(self.text, line.start, line.end)
                if values and self.text.startswith("- ", values[-1].label.start):
                    # A list of labels and values has bullets before both.
                    span = Span(span.start + 2, span.end) if self.text.startswith("- ", span.start) else span
                if not values:
                    self.front.append(line)
                elif span.start < span.end:
                    values[-1].parts.append(span)
                continue
            target, at, label = opening
            if target.startswith("="):
                target = target[1:] if self._is_value_of_heading(line, at, label) else "="
            above = label if label and target != "!" else above
            if columns:
                values.append(_Value("=", line.span))
                continue
            value = _Value(target, Span(line.start, line.start + at), self._in_chinese_label(line, target))
            if inner := self._inner(line, at, label):
                # `Arm 1 | Arm Label | Walks`: the label of a part, and the first one in it.
                values.append(value)
                target, at = inner
                value = _Value(target, Span(value.label.end, line.start + at))
            rest = trimmed_value(self.text, line.start + at, line.end)
            if rest.start < rest.end:
                value.parts.append(rest)
            values.append(value)
        if values:
            self._cut_foot(values[-1], lines)
        if self.registry is rebec.REGISTRY:
            for value in values:
                value.parts = self._in_english(value.parts)
        return values

    def _in_english(self, parts: list[Span]) -> list[Span]:
        """What is below the sign `en`, where each language has a sign above its text."""
        signs = [_LANGUAGE.fullmatch(self.text[slice(*part)]) is not None for part in parts]
        if not any(signs):
            return parts
        kept: list[Span] = []
        is_english = True
        for part, is_sign in zip(parts, signs, strict=True):
            if is_sign:
                is_english = self.text[slice(*part)].lower() == "en"
                self.signs.append(part)
            elif is_english:
                kept.append(part)
            else:
                self._leave([part])
        return kept

    def _cut_foot(self, last: _Value, lines: list[Line]) -> None:
        """Leave what a blank line parts from the value of the last label: no label shows where a page's foot begins.

        An item of a list that began above belongs to the value.
        """
        opening = {line.start for line in lines if line.opens}
        is_list = bool(last.parts) and _ITEM.match(self.text, last.parts[0].start) is not None
        for index, part in enumerate(last.parts[1:], 1):
            if part.start in opening and not (is_list and _ITEM.match(self.text, part.start)):
                self._leave(last.parts[index:])
                del last.parts[index:]
                return

    def _opening(self, line: Line, above: Label | None, last: _Value | None) -> tuple[str, int, Label | None] | None:
        """The target of a line's label, where its value begins, and the label itself if it is not one of a part."""
        if line.end == len(self.text.rstrip()) and self._is_cut_label(line, last):
            return "-", len(line.text), None
        repeats = self.text[slice(*last.label)].strip() if last and not last.parts else ""
        for key, at in openings(line, self.form.joined, loose=self.loose, repeats=repeats):
            if above and key in above.below:
                return above.below[key], at, None
            if label := self.form.labels.get(key):
                return label.target, at, label
            if at < len(line.text) and key in self.of_parts and last and last.parts and last.target in ONE_TEXT:
                # It is no line of a title.
                return "-", at, None
        if self.registry is chictr.REGISTRY and line.text.rstrip("| ")[-1:] in (":", "：") and _CJK.search(line.text):
            return "-", len(line.text), Label("-", {})
        return None

    def _is_next_item(self, line: Line, target: str, last: _Value) -> bool:
        """Whether a line that begins like a label is an item of a list of criteria: `2. Sex: any` after `1. Adults`."""
        item = _ITEM.match(line.text.lstrip())
        sides = ("inclusion", "exclusion")
        if item is None or target in sides or last.target not in sides or _ITEM.match(self.text, last.label.start):
            return False
        items = [one[0] for part in last.parts if (one := _ITEM.match(self.text, part.start))]
        number = re.sub(r"\D", "", item[0])
        if not last.parts:
            return number in ("", "1")
        before = items[-1] if items else ""
        return re.sub(r"\D", "", before) == str(int(number) - 1) if number else before == item[0]

    def _in_chinese_label(self, line: Line, target: str) -> list[Span]:
        """What a line with a label in Chinese has besides, which may be a value: `Insomnia 研究类型：`."""
        chinese = _CJK.search(line.text) if self.registry is chictr.REGISTRY and target == "-" else None
        if not chinese:
            return []
        before = trimmed_value(self.text, line.start, line.start + chinese.start())
        if key_of(self.text[slice(*before)]):
            return [before]
        return [line.span] if _LONG_WORD.search(line.text) else []

    def _inner(self, line: Line, at: int, label: Label | None) -> tuple[str, int] | None:
        """The label of a part's part that follows the part's in a row, and where its value begins."""
        if label is None or "|" not in line.text[at:]:
            return None
        rest = line.text[at:]
        cell = rest.lstrip("| ")
        key, bar, _ = cell.partition("|")
        if not bar or key_of(key) not in label.below:
            return None
        return label.below[key_of(key)], at + len(rest) - len(cell) + len(key) + 1

    def _is_value_of_heading(self, line: Line, at: int, label: Label | None) -> bool:
        """Whether the one other cell of a heading's row is a value: `| Health Condition | Insomnia |`."""
        key = key_of(cell := line.text[at:].strip("| \t"))
        if not label or label.target == "=" or not key or "|" in cell or line.text[:at].rstrip()[-1:] not in ("|", ":"):
            return False
        return key not in self.form.labels and not key.startswith(tuple(label.below))

    def _is_cut_label(self, line: Line, last: _Value | None) -> bool:
        """Whether a text's last line is the beginning of a label: the text was cut there.

        A few letters are one after a value only, where no line ends: `No` may be the value itself.
        """
        if len(line.text) < _LEAST_CUT and (last is None or not last.parts or "\n" in self.text[line.end :]):
            return False
        cut = key_of(line.text)
        if not cut or cut in self.form.labels:
            return False
        return any(key.startswith(cut) for name, label in self.form.labels.items() for key in (name, *label.below))

    def _are_heads(self, span: Span) -> bool:
        """Whether all cells of a row are labels: those of a table whose heading is missing."""
        keys = [key_of(cell) for cell in self.text[slice(*span)].split("|")]
        return len(keys) > 1 and all(key in self.form.labels or key in self.of_parts for key in keys)

    def _in_latin_letters(self, spans: list[Span]) -> list[Span]:
        """The lines that are not foreign; those that are, are left."""
        foreign = [span for span in spans if self._is_foreign(span)]
        for span in foreign:
            self._leave([span])
        return [span for span in spans if span not in foreign]

    def _is_foreign(self, span: Span) -> bool:
        """Whether a line is in Chinese, Japanese or Korean; ChiCTR's half in English has none of their letters."""
        text = self.text[slice(*span)]
        return bool(_CJK.search(text)) and (self.registry is chictr.REGISTRY or not _LATIN.search(text))

    def _is_nothing(self, span: Span) -> bool:
        """Whether a value says nothing, or says so with its label: `No secondary ID`."""
        text = self.text[slice(*span)]
        without = text[3:] if text[:3].lower() == "no " else ""
        return super()._is_nothing(span) or (bool(without) and key_of(without) in self.form.labels)

    def page(self) -> Page:
        page = self.result
        for value in self.values:
            self._take(value)
        self._criteria()
        self._title()
        if page.registry is None:
            self._foreign_registry()
        self.signs += page.ids
        page.pieces = sorted(self._pieces(), key=lambda piece: piece.span)
        return page

    # --- Values by their targets ---

    def _take(self, value: _Value) -> None:
        spans = [span for span in value.parts if not self._is_nothing(span)]
        self.signs += [span for span in value.parts if span not in spans]
        if spans and self._are_heads(spans[0]):
            self._leave(spans)
            return
        if begun := _BEGIN.get(value.target):
            # What follows a name that is missing belongs to nobody that came before.
            (self.nameless.discard if spans else self.nameless.add)(begun)
        if _CONTINUE.get(value.target) in self.nameless:
            self._leave(spans)
            return
        if value.target == "phases":
            spans = value.parts
        if not spans or value.target in ("=", "inclusion", "exclusion"):
            if value.target == "=":
                # The number of a part, `Study Site 1`, is no text of its own.
                numbers = [span for span in spans if self.text[slice(*span)].isdecimal()]
                self.signs += numbers
                self._leave([span for span in spans if span not in numbers])
            return
        has_field = value.target not in ("-", "!")
        if has_field and value.target != "study_time":
            spans = self._in_latin_letters(spans)
        reader = getattr(self, f"_{value.target}", None) if has_field else None
        if not has_field or not spans:
            self._leave(spans)
        elif reader:
            reader(spans)
        else:
            self._set(value.target, spans)

    # --- The criteria, the title, the register ---

    def _criteria(self) -> None:
        """Both sides as one text: what is between them is masked. Of a side that comes again the longer list counts."""
        sides: list[_Value] = []
        for target in ("inclusion", "exclusion"):
            found = [value for value in self.values if value.target == target and value.parts]
            for value in found:
                value.parts = self._in_latin_letters(value.parts)
            found = [value for value in found if value.parts]
            # Of a summary and the list itself the list has more parts.
            chosen = max(found, key=lambda value: len(value.parts), default=None)
            sides += [chosen] if chosen else []
            for value in found:
                self._leave(value.parts if value is not chosen else [])
        if not sides:
            return
        sides.sort(key=lambda value: value.label)
        masks: list[Mask] = []
        for at, value in enumerate(sides):
            label = self._heading(value)
            first, last = value.parts[0], value.parts[-1]
            inline = "\n" not in self.text[label.end : first.start]
            # The indent of the first line is that of the others.
            start = first.start if inline else self.text.rfind("\n", label.end, first.start) + 1
            start = first.start if self.text[start : first.start].strip() else start
            masks.append(Mask(Span(label.end, start), ":" if inline and label.end < start else ""))
            if at + 1 < len(sides):
                masks.append(Mask(Span(last.end, self._heading(sides[at + 1]).start), ""))
        self.result.masks = masks
        whole = Span(self._heading(sides[0]).start, sides[-1].parts[-1].end)
        self.result.fields["eligibility_criteria"] = whole

    def _heading(self, value: _Value) -> Span:
        """The words of a side's label; where they are `Details`, of the heading above it."""
        label = trimmed_value(self.text, *value.label)
        before, colon, last = self.text[slice(*label)].rpartition(":")
        if colon and all("criteria" in part.lower() for part in (before, last)):
            # `Key inclusion and exclusion criteria: Inclusion criteria`
            return trimmed_value(self.text, label.end - len(last), label.end)
        if "criteria" in self.text[slice(*label)].lower():
            return label
        headings = [one for one in self.values if one.label.start < value.label.start and one.target == "="]
        named = [one for one in headings if "criteria" in self.text[slice(*one.label)].lower()]
        return trimmed_value(self.text, *named[-1].label) if named else label

    def _title(self) -> None:
        """The title above all labels, where no label has it; an id there is the record's."""
        page = self.result
        above: list[Line] = []
        for at, line in enumerate(self.front):
            mine = [found for found in find_ids(self.text, *line.span) if found.id.registry is self.registry]
            if mine:
                page.fields.setdefault("registry_id", Span(mine[0].start, mine[0].end))
                page.ids = [page.fields["registry_id"]]
                below = self.front[at + 1 : at + 2] if self.form.name == _TITLE_BELOW_ID else []
                if below and len(below[0].text.split()) >= _LEAST_TITLE and not self._is_no_title(below[0]):
                    page.fields["brief_title"] = below[0].span
                break
            above.append(line)
        if "brief_title" in page.fields:
            return
        if self.registry is isrctn.REGISTRY and above and len(above[-1].text.split()) >= _LEAST_TITLE:
            page.fields["brief_title"] = trimmed_value(self.text, *above[-1].span)
        elif "official_title" in page.fields:
            page.fields["brief_title"] = page.fields["official_title"]

    def _is_no_title(self, line: Line) -> bool:
        """Whether a line is in another language, or ends with a year, as one with a date does."""
        return self._is_foreign(line.span) or _YEAR_AT_END.search(line.text) is not None

    def _foreign_registry(self) -> None:
        """The portal's page of a trial is the record of the register whose id it has."""
        span = self.result.fields.get("registry_id")
        found = next(find_ids(self.text, *span), None) if span else None
        if found and found.id.registry is not CLINICALTRIALS_GOV:
            self.result.registry = found.id.registry.name

    def _pieces(self) -> list[Piece]:
        pieces = [Piece("SENTENCE", line.span, "front") for line in self.front]
        for value in self.values:
            pieces.append(Piece("LABEL", trimmed_value(self.text, *value.label), "basic"))
            pieces += [Piece(READ, span, "basic") for span in value.parts]
        pieces += [Piece("LABEL", span, "basic") for span in self.signs]
        # Of two that begin at one place the last one says what is there.
        return list({piece.span.start: piece for piece in pieces}.values())
