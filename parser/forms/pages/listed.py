"""Lists that say in their own manner what others say with labels: tables without cells, identifiers, sites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from parser.forms.pages import sites, tabled
from parser.forms.pages.checks import may_hold
from parser.forms.pages.entries import first_entry
from parser.forms.pages.field_values import Values
from parser.forms.pages.ids import id_alone
from parser.forms.pages.marks import Mark
from parser.forms.pages.model import READ, Piece, Record
from parser.lines import Line
from parser.source import Span, trimmed
from parser.values.codes import read_code

_BRACKETED = re.compile(r"\(([^()]+)\)\s*\Z")
# `Pfizer (Industry), Yale University (Other)`: a comma after a class divides sponsors.
_SPONSOR = re.compile(r"(?P<name>[^;|\r\n]*?[^;|\s])\s*\((?P<class>[^()]+)\)(?:,\s*|\Z)")
_ID = re.compile(r"(?=[^\r\n]*\d)[\w./ :+-]{3,60}\Z")
_BULLETS = ("- ", "* ", "• ")
_LONGEST_NAME = 200
_LONGEST_TYPE = 24
_ROW_HEAD = re.compile(
    r"(?:name|measure|title|outcome) ?(?:time ?frame|time|description) ?(?:method|description|time ?frame)?"
    r"|group ?intervention ?description",
    re.IGNORECASE,
)


class Listed(Values):
    """Reads such lists into what was read of a page so far."""

    def _own_manner(self, mark: Mark, body: list[Line]) -> bool:
        """Read a list by its own manner; False if it has none."""
        name = mark.word.field
        if name not in _READERS:
            return False
        if name == "locations" and not self._has_sites(body):
            return False
        if name == "interventions" and not any(_is_type(line.text) for line in body):
            return False
        self._pieces(mark, body)
        left = _READERS[name](self, mark, body)
        for span in left:
            self._leave("unparsed-text", f"text in {name.replace('_', ' ')} that belongs to no record", span)
        return True

    def _runs_together(self, mark: Mark, body: Sequence[Line]) -> bool:
        """Leave the rows of a table whose cells became one line: nothing shows where they divide."""
        if not body or not _ROW_HEAD.match(body[0].text):
            return False
        self._pieces(mark, body)
        self._leave(
            "unparsed-text", "rows of a table whose cells cannot be separated", Span(body[0].start, body[-1].end)
        )
        return True

    def _has_sites(self, body: Sequence[Line]) -> bool:
        """Whether a list of sites says places, or is nothing but names with bullets."""
        spans = [self._bare(line.span) for line in body]
        if any(sites.find_place(self.text, span) or sites.find_site(self.text, span) for span in spans):
            return True
        return bool(body) and all(line.text.startswith(_BULLETS) and len(line.text) <= _LONGEST_NAME for line in body)

    def _pieces(self, mark: Mark, body: Sequence[Line]) -> None:
        self._heading(mark, "RECORDS")
        spans = [*([mark.value] if mark.value else []), *(line.span for line in body)]
        self.pieces += [Piece(READ, span, mark.word.field) for span in spans]

    def _condition_table(self, mark: Mark, body: Sequence[Line]) -> Iterable[Span]:
        table = tabled.read_conditions(self.text, body)
        conditions = [span for span in table.conditions if may_hold("conditions", self.text[span.start : span.end])]
        if conditions and "conditions" not in self.fields:
            self.fields["conditions"] = Span(conditions[0].start, conditions[-1].end)
            if len(conditions) > 1:
                self.records["conditions"] = [Record([span]) for span in conditions]
        self.table_interventions += table.interventions
        if table.phases:
            self._read_value("phases", table.phases)
        return [*table.left, *(span for span in table.conditions if span not in conditions)]

    def _arm_table(self, mark: Mark, body: Sequence[Line]) -> Iterable[Span]:
        names = frozenset(tabled.intervention_key(self.text, one)[1] for one in self.table_interventions)
        has_arms = mark.word.field != "interventions" or any(
            tabled.says_arm(self.text, self._bare(line.span)) for line in body
        )
        table = tabled.read_arms(self.text, body, names, has_arms)
        self.table_arms += table.arms
        self.arm_interventions += table.interventions
        return table.left

    def _says_arms(self, name: str, body: Sequence[Line], bound: Sequence[Mark]) -> bool:
        """Whether a list of arms or interventions has lines such as `Experimental: Aspirin`, with text below them."""
        if any(mark.bound not in ("intervention_names", "other_names") for mark in bound):
            return False
        spans = [self._bare(line.span) for line in body]
        said = [tabled.says_arm_or_intervention(self.text, span) for span in spans]
        of_the_registry = self.form.startswith("ctgov-")
        if name == "groups":
            bulleted = of_the_registry and tabled.is_bulleted(self.text, body)
            return any(said) or bulleted or tabled.columns_of_arms(body) > 0
        described = of_the_registry and any(said) and not all(said)
        return name == "interventions" and (described or any(tabled.says_arm(self.text, span) for span in spans))

    def _read_arm_lines(self, mark: Mark, body: Sequence[Line]) -> None:
        """Read such a list."""
        self._pieces(mark, body)
        for span in self._arm_table(mark, body):
            self._leave("unparsed-text", f"text in {mark.word.field} that belongs to no record", span)

    def _party(self, mark: Mark, body: Sequence[Line]) -> None:
        """A responsible party without labels: whose name, title and organisation run together is not read."""
        spans = [*([mark.value] if mark.value else []), *(line.span for line in body[: 1 if mark.value is None else 0])]
        self._heading(mark, "FIELDS")
        for span in spans:
            self.pieces.append(Piece(READ, span, mark.word.field))
            if read_code("responsible_party_type", self.text[span.start : span.end]):
                self._set("responsible_party_type", span)
            else:
                self._leave(
                    "not-understood", "a responsible party whose name, title and organisation run together", span
                )
        self._rest(mark.word.field, body[1:] if mark.value is None else body)

    def _merged_interventions(self) -> list[Record]:
        """The interventions of both tables: in the order of the first, as the arms describe them."""
        described = {tabled.intervention_key(self.text, one): one for one in self.arm_interventions}
        merged: dict[tuple[str, str], Record] = {}
        for one in self.table_interventions:
            says = tabled.intervention_key(self.text, one)
            merged.setdefault(says, described.get(says, one))
        return list({**merged, **{says: one for says, one in described.items() if says not in merged}}.values())

    def _identifiers(self, mark: Mark, body: Sequence[Line]) -> Iterable[Span]:
        """A registry's id, the organisation's, then others with their kind: `142637 (Registry Identifier)`."""
        left: list[Span] = []
        for line in body:
            span = self._bare(line.span)
            if id_alone(self.text, span):
                self.ids.append(span)
                continue
            kind = _BRACKETED.search(self.text, *span)
            number = trimmed(self.text, span.start, kind.start() if kind else span.end)
            if not _ID.match(self.text, *number):
                left.append(span)
            elif kind is None and self.ids and "org_study_id" not in self.fields and "identifiers" not in self.records:
                self.fields["org_study_id"] = number
            else:
                self.records.setdefault("other_ids", []).append(Record([number]))
        return left

    def _status_and_phase(self, mark: Mark, body: Sequence[Line]) -> Iterable[Span]:
        left: list[Span] = []
        for line in body:
            fields = [field for field in ("overall_status", "phases") if read_code(field, line.text)]
            if fields:
                self._read_value(fields[0], line.span)
            elif not self._is_phases(line.span):
                left.append(line.span)
        return left

    def _is_phases(self, span: Span) -> bool:
        parts = [part.strip() for part in self.text[span.start : span.end].split("/")]
        if len(parts) > 1 and all(read_code("phases", part) for part in parts):
            return self._read_value("phases", span)
        return False

    def _sites(self, mark: Mark, body: Sequence[Line]) -> Iterable[Span]:
        records, left = sites.read_sites(self.text, body)
        if not records:
            left = []
            for span in (first_entry(self.text, line.span) for line in body):
                if sites.may_be_facility(self.text, span):
                    records.append(sites.facility(self.text, span))
                else:
                    left.append(span)
        self.records.setdefault("locations", []).extend(records)
        return left

    def _typed_interventions(self, mark: Mark, body: Sequence[Line]) -> Iterable[Span]:
        """A type, a name and a description, each on a line of its own: `DRUG`, `Aspirin`, `100 mg daily`."""
        records: list[Record] = []
        left: list[Span] = []
        for line in body:
            if _is_type(line.text):
                records.append(Record([], {"intervention_type": line.span}))
            elif not records:
                left.append(line.span)
            elif len(records[-1].texts) < 2:
                records[-1].texts.append(line.span)
            else:
                records[-1].texts[1] = Span(records[-1].texts[1].start, line.end)
        self.records.setdefault("interventions", []).extend(one for one in records if one.texts)
        return left

    def _sponsors_with_classes(self, value: Span) -> bool:
        """Collaborators whose classes are in brackets after their names; False if they are not."""
        records = []
        at = value.start
        while at < value.end:
            match = _SPONSOR.match(self.text, at, value.end)
            if match is None or read_code("sponsor_class", match["class"]) is None:
                return False
            records.append(Record([Span(*match.span("name"))], {"class": Span(*match.span("class"))}))
            at = match.end()
        self.records.setdefault("collaborators", []).extend(records)
        return bool(records)


def _is_type(text: str) -> bool:
    return len(text) <= _LONGEST_TYPE and read_code("intervention_type", text) is not None


_READERS = {
    "interventions": Listed._typed_interventions,
    "condition_table": Listed._condition_table,
    "arm_table": Listed._arm_table,
    "id_list": Listed._identifiers,
    "status_and_phase": Listed._status_and_phase,
    "locations": Listed._sites,
}
