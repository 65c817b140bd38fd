"""A page of the EU Clinical Trials Register: rows of EudraCT's form, a cell a line or with bars between cells.

A.3                                     | F.2.1 | Female | Yes |
Full title of the trial
A study of ...
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from parser.forms.eudract import NOTHING, Answers, FormRow, find_rows, products, read_answers, titles_of
from parser.forms.pages.model import READ, Mask, Page, Piece, Record
from parser.lines import Line
from parser.problems import Report
from parser.registries import eu_ctr
from parser.source import ParsedValue, Source, Span, fold
from parser.values.country import country_code

NAME = "euctr-page"

_CODE = re.compile(r"[|\s]*[A-P]\.\d+(?:\.\d+)*(?=[\s|A-Z]|\Z)")
_LEAST = 5
_SIGNATURE = re.compile(
    r"eudract number|member state concerned|sponsor's protocol code number|medical condition\(s\) being investigated"
    r"|main objective of the trial|principal (?:in|ex)clusion criteria|trial contains a sub-study",
    re.IGNORECASE,
)
# The summary above section A, of which a page that was cut off has no more.
_SUMMARY = re.compile(
    r"(?:eudract number|sponsor's protocol code number|national competent authority|clinical trial type"
    r"|trial status)\s*:",
    re.IGNORECASE,
)
_LEAST_OF_SUMMARY = 4


def likeness(lines: Sequence[Line]) -> float:
    """1 for lines that begin with codes of EudraCT's form, or those of its summary, and 0 for all else."""
    if len({match[0] for line in lines if (match := _SUMMARY.match(line.text.lstrip("| ")))}) >= _LEAST_OF_SUMMARY:
        return 1.0
    coded = sum(_CODE.match(line.text) is not None for line in lines)
    if coded < _LEAST:
        return 0.0
    return 1.0 if sum(_SIGNATURE.search(line.text) is not None for line in lines) > 1 else 0.0


def read_euctr(source: Source, lines: list[Line], report: Report) -> Page:
    """Where each field of a page of the register is. What has no field goes to `unparsed`."""
    text = source.text
    answers = read_answers(text)
    page = Page(NAME, is_known=True, registry=eu_ctr.REGISTRY.name, fields=dict(answers.fields))
    page.stated = dict(answers.stated)
    _status(text, page)
    if "registry_id" in page.fields:
        page.ids = [page.fields["registry_id"]]
    page.further_ids = [span for span, _ in answers.ids]
    if answers.country:
        page.member_state = country_code(text[slice(*answers.country)])
        page.records["locations"] = [Record(fields={"country": answers.country})]
    page.records["sponsors"] = [Record([span]) for span in _different(text, answers.sponsors)]
    if answers.conditions:
        page.fields["conditions"] = Span(answers.conditions[0].start, answers.conditions[-1].end)
        page.records["conditions"] = [Record([span]) for span in answers.conditions]
    page.records["interventions"] = [Record([span]) for span in products(text, answers)]
    page.records["central_contacts"] = [
        Record([one["name"]] if "name" in one else [], {key: one[key] for key in ("phone", "email") if key in one})
        for one in answers.contacts
    ]
    for name, (measures, time) in answers.outcomes.items():
        when = {"time_frame": time} if time else {}
        page.records[name] = [Record(fields={"measure": measure, **when}) for measure in measures]
    _eligibility(text, page, answers)
    for row, title in zip(answers.rest, titles_of(answers.rest), strict=True):
        of = f"a translation ({row.language}) of {title}" if row.language else f"API v2 has no field for it: {title}"
        report("no-field", of, row.value)
        page.unparsed.append(row.value)
    page.pieces = _pieces(text, lines)
    return page


def _status(text: str, page: Page) -> None:
    span = page.fields.get("overall_status")
    code = eu_ctr.REGISTRY.codes["overall_status"].get(fold(text[slice(*span)]).lower()) if span else None
    if code and span:
        page.stated["overall_status"] = (ParsedValue(code, span),)


def _different(text: str, spans: Sequence[Span]) -> list[Span]:
    return list({fold(text[slice(*span)]): span for span in reversed(spans)}.values())[::-1]


def _eligibility(text: str, page: Page, answers: Answers) -> None:
    """Rows E.3 and E.4 as one text from label to end: what is between them is masked, and bars between cells."""
    rows = [answers.criteria[code] for code in ("E.3", "E.4") if code in answers.criteria]
    rows = sorted((row for row in rows if row.value.start < row.value.end), key=lambda row: row.start)
    if not rows:
        return
    for row in rows:
        page.masks += [Mask(Span(row.after, row.value.start), ":" if _is_inline(text, row) else "")]
    for row, following in pairwise(rows):
        page.masks.append(Mask(Span(row.value.end, _label_of(text, following)), ""))
    page.fields["eligibility_criteria"] = Span(_label_of(text, rows[0]), rows[-1].value.end)


def _between(text: str, start: int, end: int) -> Span | None:
    """The site's own text below a heading, such as buttons."""
    cut = text[start:end]
    begin = start + len(cut) - len(cut.lstrip(" |-\r\n\t"))
    stop = start + len(cut.rstrip(" |-\r\n\t"))
    return Span(begin, stop) if begin < stop else None


def _label_of(text: str, row: FormRow) -> int:
    at = row.start + len(row.code)
    while text[at].isspace() or text[at] == "|":
        at += 1
    return at


def _is_inline(text: str, row: FormRow) -> bool:
    """Whether a value is on its label's line, and no colon parts them."""
    between = text[row.after : row.value.start]
    return "\n" not in between and text[row.after - 1] != ":"


def _pieces(text: str, lines: Sequence[Line]) -> list[Piece]:
    """What each row is, and the site's own text around them.

    Answers that say nothing are labels: no field has them.
    """
    rows = find_rows(text)
    first = rows[0].start if rows else len(text)
    pieces = [Piece("SENTENCE", line.span, "front") for line in lines if line.end <= first]
    starts = [row.start for row in rows]
    for row in rows:
        section = row.code[:1].lower() or "front"
        pieces.append(Piece("LABEL", Span(row.start, row.after), section))
        if row.value.start < row.value.end:
            said = fold(text[slice(*row.value)]).lower()
            pieces.append(Piece("LABEL" if said in NOTHING else READ, row.value, section))
        elif not row.code or row.value.start == row.after:
            below = bisect_right(starts, row.start)
            between = _between(text, row.after, starts[below] if below < len(starts) else row.after)
            pieces += [Piece("SENTENCE", between, section)] if between else []
    end = max((row.value.end for row in rows), default=0)
    pieces += [Piece("SENTENCE", line.span, "front") for line in lines if line.start >= end]
    return sorted(pieces, key=lambda piece: piece.span)
