"""What holds of every text, however damaged: a document or a `ParserError`, nothing lost, misplaced or unsayable."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

from parser import Document, ParserError, page_source, parse, parse_criteria, render
from parser.criteria import with_line_feeds
from parser.explain import leaves
from parser.forms.api_v2_json import NAME as API_V2_JSON
from parser.forms.pages import read_page
from parser.forms.pages.site import speaks_to_the_reader
from parser.forms.pages.vocabulary import find_word
from parser.model.schema import schema
from parser.problems import Problems
from parser.source import Source, Span, fold, stretches, text_source
from tests.fuzz.words import lost_words, read_all
from tests.test_criteria_score import faults_of

# What every labelled page has a place for, whatever else it says.
_SINGLE_VALUES = (
    ("identification_module", "nct_id"),
    ("status_module", "overall_status"),
    ("description_module", "brief_summary"),
    ("description_module", "detailed_description"),
    ("design_module", "study_type"),
    ("design_module", "phases"),
    ("eligibility_module", "eligibility_criteria"),
    ("eligibility_module", "sex"),
    ("eligibility_module", "minimum_age"),
    ("eligibility_module", "maximum_age"),
)


class Fault(NamedTuple):
    """Something that should have held: what, by a name that is the same for all faults of a kind, and the case."""

    kind: str
    detail: str


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def page_faults(data: str | bytes, thorough: bool = False) -> list[Fault]:
    """What is wrong with how a page is parsed; `thorough` checks against the JSON Schema as well.

    Anything but a `ParserError` that comes out of `parse` is let through.
    """
    try:
        records = read_all(data)
    except ParserError:
        return []
    faults = []
    for record in records:
        if lost := lost_words(record):
            faults.append(Fault(f"word lost in {record.document.source_section.form}", ", ".join(lost[:5])))
        faults += _faults_of(data, record.document, thorough)
    return faults


def _faults_of(data: str | bytes, document: Document, thorough: bool) -> list[Fault]:
    if document.source_section.offsets == "field":
        # An export: its values have no places in a text.
        return [*_strange_json(document, thorough), *_render_faults(document)]
    source = page_source(data)
    text = source.text
    faults = [*_gaps(source), *_strange_json(document, thorough)]
    written = document.to_dict()
    faults += _misplaced(Source(text), written, "")
    faults += _misplaced_values(text, document)
    faults += _render_faults(document)
    if len(text) != written["sourceSection"]["length"]:
        faults.append(Fault("length", str(written["sourceSection"]["length"])))
    return faults + list(_lost_criteria(text, document))


def _render_faults(document: Document) -> Iterator[Fault]:
    """A page that JSON renders otherwise, that cannot be read, or in which a single value is another one."""
    rendered = render(document)
    if render(json.loads(document.to_json())) != rendered:
        yield Fault("render", "its JSON renders to something else")
    try:
        again = parse(rendered)
    except ParserError as error:
        yield Fault("render", f"what it renders to is refused: {error}")
        return
    for module, field in _SINGLE_VALUES:
        value, other = (getattr(getattr(one.protocol_section, module), field) for one in (document, again))
        is_same = value == other or (isinstance(value, str) and fold(value) == fold(other or ""))
        if not is_same and not _is_given(document, module) and not _has_layout(value):
            yield Fault("render", f"{field} is {other!r}, not {value!r}"[:300])


def _is_given(document: Document, module: str) -> bool:
    """Whether a study's codes, ids and ages are as they were given, whatever they are: `18 Years or so`."""
    return document.source_section.form == API_V2_JSON and module != "description_module"


def _has_layout(value: object) -> bool:
    """Whether a text has a line that is one of the page's own: a heading, a label, a sentence of the site."""
    lines = map(fold, value.split("\n")) if isinstance(value, str) else ()
    return any(speaks_to_the_reader(line) or _is_of_layout(line) for line in lines)


def _is_of_layout(line: str) -> bool:
    match = find_word(line) or find_word(line.partition(":")[0].rstrip())
    return match is not None and match.word.field not in ("inclusion", "exclusion", "eligibility_criteria")


def _misplaced_values(text: str, document: Document) -> Iterator[Fault]:
    """Places of values that are outside of the text, and places of what is not in the document."""
    known = {pointer for pointer, _ in leaves(document.to_dict(), "")}
    for pointer, place in document.spans.items():
        if pointer not in known or not all(0 <= start < end <= len(text) for start, end in stretches(place)):
            yield Fault("span", f"{pointer}: {place} in {len(text)}")


def criteria_faults(text: str) -> list[Fault]:
    """What is wrong with how a bare block of criteria is parsed."""
    tree = parse_criteria(text).to_dict()
    read = text_source(text).text
    faults = [*_misplaced(Source(read), tree, ""), *_unsayable(tree)]
    return faults + [Fault("lost", fault) for fault in faults_of(_with_line_feeds(read), tree)]


def _with_line_feeds(text: str) -> str:
    """A block as its criteria are read: line ends of other kinds, such as `<br>`, are white space."""
    return with_line_feeds(text, Span(0, len(text)))


def _gaps(source: Source) -> Iterator[Fault]:
    """Blocks that do not tile the page, or lie in the wrong order."""
    blocks = read_page(source, Problems(source.position)).blocks
    at = 0
    for block in blocks:
        if block.span.start != at or block.span.end < at:
            yield Fault("tiling", f"{block} begins where {at} is due")
        at = block.span.end
    if at != len(source.text):
        yield Fault("tiling", f"the last block ends at {at} of {len(source.text)}")


def _misplaced(source: Source, data: Any, path: str) -> Iterator[Fault]:
    """Places outside of the text, and texts kept next to a place that differ from what is there."""
    if isinstance(data, list):
        for item in data:
            yield from _misplaced(source, item, path)
    elif isinstance(data, Mapping):
        if "start" in data:
            text = source.text
            start, end = data["start"], data["end"]
            if not 0 <= start <= end <= len(text):
                yield Fault("place", f"{path}: {start} to {end} in {len(text)}")
            # A criterion's text has its escapes undone, which `faults_of` looks at.
            elif path.endswith(("unparsed", "quantities", "doses", "times")) and data["text"] != text[start:end]:
                yield Fault("text", f"{path}: {data['text']!r} is not {text[start:end]!r}")
            if "line" in data and source.position(start) != (data["line"], data["column"]):
                yield Fault("position", f"{path}: {data}")
        for key, value in data.items():
            if isinstance(value, list | Mapping):
                yield from _misplaced(source, value, f"{path}.{key}")


def _strange_json(document: Document, thorough: bool) -> Iterator[Fault]:
    """A document that JSON does not give back, or that is not of the schema's shape."""
    written = document.to_dict()
    yield from _unsayable(written)
    if json.loads(document.to_json()) != written:
        yield Fault("json", "to_json and to_dict differ")
    if Document.from_dict(written).to_dict() != written:
        yield Fault("json", "it does not come back from its dict")
    # A study of API v2 is written as it came, with keys that nobody knows.
    if thorough and document.source_section.form != API_V2_JSON:
        yield from (Fault("schema", f"{error.json_path}: {error.message}"[:300]) for error in _errors(written))


def _errors(written: Mapping[str, Any]) -> Iterator[Any]:
    return iter(_validator().iter_errors(written))


def _unsayable(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Numbers that JSON has no spelling for: infinite ones."""
    try:
        json.dumps(data, allow_nan=False)
    except ValueError as error:
        yield Fault("number", str(error))


def _lost_criteria(text: str, document: Document) -> Iterator[Fault]:
    """Characters of the eligibility text that are in no node and no heading of the tree."""
    place = document.spans.get("/protocolSection/eligibilityModule/eligibilityCriteria")
    if not isinstance(place, Span):
        return
    start, end = place
    written = document.to_dict().get("normalizedSection", {}).get("eligibilityModule", {})
    tree = {"criteria": written.get("criteria", []), "headings": written.get("headings", [])}
    yield from (Fault("lost", fault) for fault in faults_of(_with_line_feeds(text[start:end]), _moved(tree, -start)))


def _moved(data: Any, by: int) -> Any:
    """A tree with its places moved."""
    if isinstance(data, list):
        return [_moved(item, by) for item in data]
    if not isinstance(data, Mapping):
        return data
    return {key: value + by if key in ("start", "end") else _moved(value, by) for key, value in data.items()}
