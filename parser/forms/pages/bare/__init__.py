"""The bare page: another extractor's text of a page, without its labels: values only, one below the other.

Study Results
The study team has not published ...
Basic Information
Get a concise snapshot of the trial, ...
COMPLETED
PHASE3
120 participants
INTERVENTIONAL

A missing value leaves no gap, so each line is recognised by its kind and by the order of pages. A
label that shares its value's line (`Group Type EXPERIMENTAL`) may have stayed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from parser.enums import ENUMS
from parser.forms.pages.bare import kinds, untyped
from parser.forms.pages.bare import sections as cut
from parser.forms.pages.fields import CONTACTS, PROSE
from parser.forms.pages.headings import Opening, find_openings
from parser.forms.pages.model import READ, STRAY, Arm, Page, Piece, Record
from parser.forms.pages.pieces import mark_people, paragraphs
from parser.forms.pages.sections import known_interventions, read_sections
from parser.forms.pages.site import RESULTS_NOTICES, SEED_REGISTRY, SITE_LINES, speaks_to_the_reader
from parser.forms.pages.vocabulary import HEADING_BY_TEXT, HEADINGS, Heading, find_label
from parser.lines import Line
from parser.problems import Report
from parser.source import Source, Span, fold

NAME = "bare-page"

RELATED = Heading(
    "Related Clinical Trials",
    "related_trials",
    PROSE,
    "Explore similar clinical trials based on study characteristics and research focus.",
)
"""A section between Brief Summary and Detailed Description, of titles and ids of other trials."""

_BY_SENTENCE = {heading.sentence: heading for heading in HEADINGS if heading.sentence}
_NOTICES = frozenset(notice[0] for notice in RESULTS_NOTICES.values())
# A button may be before the next heading without a line end between them.
_BUTTONS = tuple(line for line in SITE_LINES if line not in _NOTICES)
# Sections of single values, which tell what page they are from, and how many of their lines are examined.
_ORDERED = {"basic": kinds.BASIC, "design": (*kinds.INTERVENTIONAL, *kinds.OBSERVATIONAL)}
_FIRST = 12

# An unknown heading: `Funding Sources`, `Ethics and Oversight`. No blank line sets it apart, so all its words are
# capitalised, and the sentence below it is as long as the site's are.
_TITLE = re.compile(r"(?=.{3,60}\Z)[A-Z][A-Za-z]+(?: (?:[A-Z][A-Za-z]+|and|of|for|the|in|&))*\Z")
_SENTENCE = 60

# Every page has something in these sections; one that has nothing in another of them leaves it out.
_NEVER_EMPTY = frozenset(
    {"basic", "brief_summary", "detailed_description", "conditions", "keywords", "groups", "interventions"}
    | {"eligibility", "sponsors"}
    | {"locations", "countries", "central_contacts", "facility_contacts", "references"}
)


# Here a record, or the section, begins with a text.
_NAMED = frozenset({"groups", "interventions", "eligibility", "sponsors", "references", "identifiers"})

# Here a record ends in a type or a role; how it is read where those are gone.
_UNTYPED: Mapping[str, Callable[[Sequence[Line]], list[Record]]] = {
    "sponsors": untyped.sponsors,
    "central_contacts": untyped.people,
    "facility_contacts": untyped.people,
    "references": untyped.single_lines,
    "identifiers": untyped.single_lines,
}

# Sections whose first block this extractor drops: a paragraph of prose, the first criterion.
_DROPPED = frozenset({"brief_summary", "detailed_description", "eligibility"})

# The number of a list item; and how many lines from the top of the criteria the first one is.
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s")
_TOP = 2

# If the study is masked, a line says who.
_MASKED = ENUMS["masking"] - {"NONE"}

# Fields whose values look alike: where there is but one value, it is taken for the first of the two.
_PAIRS = (("start_date", "completion_date"), ("minimum_age", "maximum_age"))

_Reader = Callable[[Sequence[Line]], list[Piece]]


def likeness(lines: Sequence[Line]) -> float:
    """How like a bare page some lines are, from 0 to 1: values are below the site's sentences, and no labels.

    A labelled page that lost its blank lines still has its labels.
    """
    headings = values = 0
    for index, (line, below) in enumerate(pairwise(lines)):
        heading = _BY_SENTENCE.get(below.text)
        if heading is None or not line.text.endswith(heading.text):
            continue
        headings += 1
        if heading.section in _ORDERED:
            for found in lines[index + 2 : index + 2 + _FIRST]:
                if found.text in HEADING_BY_TEXT:
                    break
                if find_label(heading.section, found.text):
                    return 0.0
                values += any(kind.fits(found.text) for kind in _ORDERED[heading.section])
    if values:
        return 1.0
    return 0.3 if headings else 0.0


def read_bare(source: Source, lines: list[Line], report: Report) -> Page:
    """Where each field of a bare page is. Reports what is odd and what is missing; never raises."""
    lines = _unglued(lines)
    openings = _openings(lines)
    bodies = _bodies(lines, openings)
    readers = _readers(source.text, bodies)
    records, arms = _read_untyped(source.text, bodies, readers)
    readers |= {section: _as_read(section) for section in (*records, *(["groups"] if arms else []))}
    sections = _cut_sections(source.text, lines, openings, readers, report)
    page = read_sections(source, openings, sections, report, NAME)
    page.registry = SEED_REGISTRY
    page.records |= records
    page.arms += arms
    return page


def _bodies(lines: list[Line], openings: Sequence[Opening]) -> dict[str, Sequence[Line]]:
    """The content of each section below its heading and sentence."""
    bounds = [opening.index for opening in openings] + [len(lines)]
    return {
        opening.heading.section: lines[opening.index + 1 + opening.has_sentence : end]
        for opening, end in zip(openings, bounds[1:], strict=True)
        if not opening.repeated
    }


def _read_untyped(
    text: str, bodies: Mapping[str, Sequence[Line]], readers: Mapping[str, _Reader]
) -> tuple[dict[str, list[Record]], list[Arm]]:
    """The records of sections in which nothing is left of types and roles, and the arm groups if they are so, too."""
    bare = {
        section
        for section in (*_UNTYPED, "groups", "interventions")
        if bodies.get(section) and not any(piece.terminal == "LABEL" for piece in readers[section](bodies[section]))
    }
    records = {section: read(bodies[section]) for section, read in _UNTYPED.items() if section in bare}
    if "interventions" not in bare:
        return records, []
    groups = bodies.get("groups", ())
    records["interventions"] = untyped.interventions(bodies["interventions"], groups)
    return records, untyped.arms(groups, records["interventions"], text) if "groups" in bare else []


def _as_read(section: str) -> _Reader:
    return lambda lines: [Piece(READ, line.span, section) for line in lines]


def _unglued(lines: Sequence[Line]) -> list[Line]:
    """Lines with a break before each heading that another line runs into: `View full resultsBasic Information`."""
    out: list[Line] = []
    for index, line in enumerate(lines):
        below = _BY_SENTENCE.get(lines[index + 1].text) if index + 1 < len(lines) else None
        heading = below.text if below else _after_button(line.text)
        if heading and line.text != heading and line.text.endswith(heading):
            before = line.text[: -len(heading)].rstrip()
            out.append(Line(line.start, line.start + len(before), before, line.opens))
            out.append(Line(line.end - len(heading), line.end, heading, False))
        else:
            out.append(line)
    return out


def _after_button(line: str) -> str | None:
    for button in _BUTTONS:
        rest = line.removeprefix(button)
        if rest != line and rest.strip() in HEADING_BY_TEXT:
            return rest.strip()
    return None


def _openings(lines: list[Line]) -> list[Opening]:
    """The openings of a page's sections: those that have a sentence below them, some without, and unknown ones."""
    openings = find_openings(lines)
    taken = {opening.index for opening in openings}
    has_results = any(opening.heading.section == "results" for opening in openings)
    for index, line in enumerate(lines):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if index in taken:
            continue
        if line.text == "Study Results" and not has_results and fold(following) in _NOTICES:
            openings.append(Opening(index, HEADING_BY_TEXT[line.text], has_sentence=False))
            has_results = True
        elif line.text == RELATED.text and (speaks_to_the_reader(following) or _lists_trials(lines, index + 1)):
            openings.append(Opening(index, RELATED, speaks_to_the_reader(following)))
        elif _is_unknown(line.text, following) and index - 1 not in taken:
            openings.append(Opening(index, Heading(line.text, "unknown", PROSE), has_sentence=True))
    return sorted(openings, key=lambda opening: opening.index)


def _is_unknown(line: str, below: str) -> bool:
    """Whether a line is an unknown heading: a short title over a long sentence to the reader."""
    return len(below) >= _SENTENCE and speaks_to_the_reader(below) and _TITLE.match(line) is not None


def _lists_trials(lines: Sequence[Line], index: int) -> bool:
    """Whether a title and an id are at a place."""
    return any(kinds.is_registry_id(line.text) for line in lines[index : index + 2])


def _cut_sections(
    text: str, lines: list[Line], openings: Sequence[Opening], readers: Mapping[str, _Reader], report: Report
) -> list[list[Piece]]:
    """The pieces of each section, those before the first heading first."""
    bounds = [opening.index for opening in openings] + [len(lines)]
    front = cut.front_pieces(lines[: bounds[0]])
    if not any(piece.terminal == "TEXT" for piece in front):
        report("content-missing", "the page has no title", Span(0, 0))
    sections = [front]
    for opening, end in zip(openings, bounds[1:], strict=True):
        heading = opening.heading
        here = lines[opening.index : end]
        pieces = [Piece(heading.terminal, here[0].span, heading.section)]
        if opening.has_sentence:
            pieces.append(Piece("SENTENCE", here[1].span, heading.section))
        body = here[len(pieces) :]
        read = readers.get(heading.section)
        found = read(body) if read else paragraphs(body, heading.section)
        if not opening.repeated:
            _report_missing(heading, here[0].span, found, report)
            _report_dropped(heading, here[0].span, body, report)
        pieces += found
        if heading.shape == CONTACTS:
            mark_people(pieces, text)
        sections.append(pieces)
    return sections


def _readers(text: str, bodies: Mapping[str, Sequence[Line]]) -> dict[str, _Reader]:
    """How each section is cut that is not a running text. Some need to know what other sections say."""
    study_type = next((line.text for line in bodies.get("basic", ()) if line.text in ENUMS["study_type"]), "")

    def interventions(lines: Sequence[Line]) -> list[Piece]:
        return cut.closed_pieces(lines, "interventions", "intervention_type", ENUMS["intervention_type"].__contains__)

    known = known_interventions(text, interventions(bodies.get("interventions", ())))
    # Whether arms have types: those of observational studies have none.
    typed = study_type != "OBSERVATIONAL"
    return {
        "results": cut.results_pieces,
        "basic": lambda lines: cut.ordered_pieces(lines, "basic", kinds.BASIC),
        "design": lambda lines: cut.ordered_pieces(
            lines, "design", kinds.design_kinds(study_type, [line.text for line in lines])
        ),
        "groups": lambda lines: cut.group_pieces(lines, known, typed, bool(bodies.get("interventions"))),
        "interventions": interventions,
        "eligibility": cut.eligibility_pieces,
        "sponsors": cut.sponsor_pieces,
        "responsible_party": cut.responsible_pieces,
        "locations": lambda lines: cut.closed_pieces(
            lines, "locations", "site_status", ENUMS["site_status"].__contains__
        ),
        "countries": lambda lines: [cut.text_piece(line, "countries") for line in lines],
        "central_contacts": lambda lines: cut.contact_pieces(lines, "central_contacts"),
        "facility_contacts": lambda lines: cut.contact_pieces(lines, "facility_contacts"),
        "references": cut.reference_pieces,
        "identifiers": cut.identifier_pieces,
    }


def _report_missing(heading: Heading, place: Span, pieces: Sequence[Piece], report: Report) -> None:
    """Report what pages always have in a section and this one has not, and what could be one of two fields."""
    section, fields = heading.section, {piece.field for piece in pieces}
    if not pieces:
        if section in _NEVER_EMPTY:
            report("content-missing", f"the section {heading.text!r} is empty", place)
    elif section == "basic" and "overall_status" not in fields:
        report("content-missing", "Basic Information does not begin with a recruitment status", place)
    elif any(piece.terminal == READ for piece in pieces):
        report("content-missing", f"{heading.text!r} has no types or roles: its parts were inferred", place)
    elif section == "groups" and any(piece.terminal == STRAY for piece in pieces):
        report("content-missing", "no types distinguish arm groups from their interventions", place)
    elif section in _NAMED and pieces[0].terminal != "TEXT":
        report("content-missing", f"the first block of {heading.text!r} is missing", place)
    for one, other in _PAIRS:
        if one in fields and other not in fields:
            guessed = next(piece for piece in pieces if piece.field == one)
            message = f"this could be the {other.replace('_', ' ')} as well: no label says that it is the {one}"
            report("field-guessed", message.replace("_", " "), guessed.span)


def _report_dropped(heading: Heading, place: Span, lines: Sequence[Line], report: Report) -> None:
    """Report the first block of a section that is missing, or that may be: the text goes on as if it were there."""
    if heading.section == "design" and any(line.text in _MASKED for line in lines) and lines[-1].text in _MASKED:
        report("content-missing", "who is masked is missing", place)
    if heading.section not in _DROPPED or not lines:
        return
    number = next((match[1] for line in lines[:_TOP] if (match := _NUMBERED.match(line.text))), "1")
    if int(number) > 1:
        report("content-missing", f"{heading.text!r} begins at its item {number}: what comes before is missing", place)
    else:
        report("content-missing", f"the first block of {heading.text!r} may be missing: such pages lack it", place)
