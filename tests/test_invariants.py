"""What holds of every page, whatever it says: pages are put together from parts of real ones and from made-up prose."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from parser import Document, parse, parse_criteria, render
from parser.forms.pages import read_page
from parser.problems import Problems
from parser.source import Source, Span, stretches
from tests.fuzz.check import criteria_faults, page_faults
from tests.fuzz.seeds import read_seeds
from tests.pages import SENTENCES
from tests.test_criteria_score import faults_of
from tests.test_schema import faults

# --- pages ---

WORDS = st.sampled_from(
    """
    patients with type 2 diabetes and HbA1c who have had grade 3 toxicity in the past vitamin b. e.g. i.e. aged older
    platelets ANC hepatitis B informed consent must not receive either or one of the following: including stage IV
    after before enrollment surgery \\> \\< ≥ ≤ ( ) [x] * ** µg naïve 高血压
    """.split()  # noqa: SIM905
)
AMOUNTS = st.sampled_from(
    (
        *(
            "18 years",
            "≥ 1.5 x 10\\^9/L",
            "100 000 /mm3",
            "0.5.109/L",
            "30. 109 / L",
            "10 mg/kg",
            "5-7 days",
            "7 ± 2 days",
        ),
        *(
            "within 4 weeks",
            "q12h",
            "twice a day",
            "every 3 weeks",
            "1,5 x ULN",
            "\\<40%",
            "between 1 and 3",
            "grade 2",
        ),
        *("140/90 mmHg", "14.000/mm3", "CD20", "1e400", "2021-02-30"),
    )
)
MARKERS = st.sampled_from(
    (
        *("* ", "- ", "• ", "o ", "  * ", "1. ", "2. ", "3. ", "    1. ", "1.1. ", "a. ", "b. ", "c) ", "i- ", "ii- "),
        *("iii- ", "(1) ", "(a) ", "I1. ", "", ""),
    )
)
PHRASES = st.lists(st.one_of(WORDS, WORDS, AMOUNTS), min_size=1, max_size=8).map(" ".join)
LINES = st.builds(str.__add__, MARKERS, PHRASES)
TITLES = st.sampled_from(
    ("Inclusion Criteria:", "Exclusion Criteria", "Key Exclusion Criteria:", "Cohort B:", "Other criteria may apply.")
)
PROSE = st.lists(st.one_of(LINES, LINES, LINES, TITLES), min_size=1, max_size=12).flatmap(
    lambda lines: st.lists(
        st.sampled_from(("\n", "\n\n")), min_size=len(lines) - 1, max_size=len(lines) - 1
    ).map(lambda gaps: "".join(line + gap for line, gap in zip(lines, [*gaps, ""], strict=True)).strip() or "-")
)  # fmt: skip

ELIGIBILITY_END = "\nMinimum Eligible Age\n\n18 Years\n\nEligible Sex\n\nALL\n\nAccepts Healthy Volunteers\n\nNo"
_OPENING = re.compile(
    "|".join(
        rf"(?:\A|(?<=\n\n)){re.escape(heading)}\n\n{re.escape(said)}" for heading, said in SENTENCES.items() if said
    )
)


def real_sections() -> tuple[list[str], dict[str, list[str]]]:
    """The fronts of the samples, and their sections by heading, each with the site's sentence."""
    fronts, sections = [], defaultdict(list)
    for page in read_seeds(with_records=False).pages:
        openings = [match.start() for match in _OPENING.finditer(page)]
        if openings:
            fronts.append(page[: openings[0]].rstrip("\n"))
            for start, end in zip(openings, [*openings[1:], len(page)], strict=True):
                section = page[start:end].rstrip("\n")
                sections[section.partition("\n")[0]].append(section)
    return fronts, dict(sections)


FRONTS, SECTIONS = real_sections()
# The sections whose text is the sponsor's own, each with what of a document is read from it.
OWN_TEXT = {
    "Brief Summary": ("descriptionModule",),
    "Detailed Description": ("descriptionModule",),
    "Eligibility Criteria": ("eligibilityModule",),
}


@st.composite
def parts(draw: st.DrawFn) -> dict[str, str]:
    """The parts of a page by their headings, in the order of pages; the front has none."""
    chosen = {"": draw(st.sampled_from(FRONTS))}
    for heading in SENTENCES:
        if heading in OWN_TEXT:
            chosen[heading] = with_text(heading, draw(PROSE))
        elif heading in SECTIONS and draw(st.integers(0, 3)):
            chosen[heading] = draw(st.sampled_from(SECTIONS[heading]))
    return chosen


def with_text(heading: str, text: str) -> str:
    end = ELIGIBILITY_END if heading == "Eligibility Criteria" else ""
    return f"{heading}\n\n{SENTENCES[heading]}\n\n{text}{end}"


def joined(parts: dict[str, str]) -> str:
    return "\n\n".join(parts.values())


PAGES = parts().map(joined)


def without_places(data: Any) -> Any:
    """A document as it is apart from offsets, with the line ends of texts as line feeds."""
    if isinstance(data, dict):
        return {key: without_places(value) for key, value in data.items() if key not in ("start", "end")}
    if isinstance(data, list):
        return [without_places(item) for item in data]
    return data.replace("\r\n", "\n") if isinstance(data, str) else data


def content(document: Document) -> Any:
    """What a document says of the study, without places."""
    data = document.to_dict()
    return without_places({key: value for key, value in data.items() if key != "sourceSection"})


def test_the_parts_are_there() -> None:
    assert len(FRONTS) >= 12
    assert set(SECTIONS) >= {"Brief Summary", "Study Groups", "Interventions", "Locations", "References", "Sponsors"}


# --- places ---


@given(PAGES)
def test_blocks_tile_places_match_and_nothing_is_lost(text: str) -> None:
    assert page_faults(text) == []
    source = Source(text)
    blocks = read_page(source, Problems(source.position)).blocks
    assert "".join(text[block.span.start : block.span.end] for block in blocks) == text


@given(PROSE)
def test_no_character_of_a_block_is_lost(text: str) -> None:
    assert criteria_faults(text) == []


# Line ends of other kinds, with which a block has the same tree.
LINE_ENDS = ("\r\n", "\r", "\u2028", "<br>", "<BR />", "\r<br>", "\n<br>", "<br>\n", "&lt;br&gt;", "~", "¶", "\\n")


@pytest.mark.parametrize("mark", LINE_ENDS, ids=ascii)
@given(PROSE)
def test_line_ends_of_other_kinds_change_nothing_but_places_and_lose_nothing(mark: str, text: str) -> None:
    # `20~65` is a range, and `>~1.1` is about so much.
    assume(text.count("\n") > 1 and not re.search(r"[\d<>=≥≤]\n+\s?[.\d]|[~¶\r]", text))
    marked = text.replace("\n", mark)
    tree = parse_criteria(marked).to_dict()
    blank = " " * (len(mark) - 1) + "\n"
    assert faults_of(text.replace("\n", blank), tree) == []
    plain = without_places(parse_criteria(text).to_dict())
    assert without_quantities(tree["criteria"]) == without_quantities(plain["criteria"])
    assert [title["text"] for title in tree["headings"]] == [title["text"] for title in plain["headings"]]


def without_quantities(nodes: Any) -> Any:
    """Nodes without their places and quantities, whose texts are as printed."""
    return [
        (node["id"], node["kind"], node["marker"], node["text"], without_quantities(node.get("children", ())))
        for node in nodes
    ]


@given(PAGES)
def test_spans_nest(text: str) -> None:
    document = parse(text)
    for place in document.spans.values():
        assert all(0 <= span.start < span.end <= len(text) for span in stretches(place))
    place = document.spans.get("/protocolSection/eligibilityModule/eligibilityCriteria")
    if isinstance(place, Span):
        assert_nested(document.normalized_section.eligibility_module.criteria, *place)


def assert_nested(nodes: Any, start: int, end: int) -> int:
    """Nodes follow each other, each with its children after its own text; returns where the last one ends."""
    at: int = start
    for node in nodes:
        if node.kind == "heading" and node.start < at:
            # The heading of a group above category headings is on each side, with one place.
            at = assert_nested(node.children, at, end)
            continue
        assert at <= node.start <= node.end <= end
        assert all(node.start <= one.start < one.end <= node.end for one in node.quantities)
        starts = [one.start for one in node.quantities]
        assert starts == sorted(starts)
        at = assert_nested(node.children, node.end, end)
    return at


# --- documents ---


@given(PAGES)
def test_a_page_gives_the_same_document_each_time_and_json_gives_it_back(text: str) -> None:
    document = parse(text)
    written = document.to_dict()
    assert parse(text).to_dict() == written
    assert parse(text.encode("utf-8")).to_dict() == written
    assert faults(written) == []
    again = Document.from_dict(written)
    assert again == document
    assert again.to_dict() == written


@given(PROSE)
def test_a_block_gives_the_same_tree_each_time(text: str) -> None:
    assert parse_criteria(text).to_dict() == parse_criteria(text).to_dict()


@given(PAGES)
def test_line_ends_change_nothing_but_places(text: str) -> None:
    assert content(parse(text.replace("\n", "\r\n"))) == content(parse(text))


@pytest.mark.parametrize("heading", OWN_TEXT)
@given(parts(), PROSE)
def test_another_text_in_one_section_changes_nothing_in_others(heading: str, parts: dict[str, str], text: str) -> None:
    before = content(parse(joined(parts)))
    after = content(parse(joined({**parts, heading: with_text(heading, text)})))
    for section in ("protocolSection", "normalizedSection"):
        for module in OWN_TEXT[heading]:
            before.get(section, {}).pop(module, None)
            after.get(section, {}).pop(module, None)
    assert before == after


# --- back to the page ---


@given(PAGES)
def test_what_is_rendered_reads_the_same(text: str) -> None:
    document = parse(text)
    rendered = render(document)
    assert render(document.to_dict()) == rendered
    assert sections(parse(rendered)) == sections(document)
    assert render(parse(rendered)) == rendered


def sections(document: Document) -> Any:
    """The two sections of a document that come back."""
    data = content(document)
    return data["protocolSection"], data["normalizedSection"]
