"""Where values were read, and where the characters of a page went: nothing is lost unseen."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser import Document, page_source, parse
from parser.coverage import PARTS, per_mille, read_coverage
from parser.criteria import plain
from parser.explain import leaves, resolve
from parser.problems import InvalidDocumentError
from parser.protocol import DesignModule, ProtocolSection
from parser.provenance import read_spans
from parser.source import Span, Value, fold
from tests.conftest import HTML_SAMPLES, TEXT_SAMPLES, name_of, needs_records
from tests.evaluation.printer import print_page
from tests.evaluation.records import RECORDS, load_records
from tests.linear import assert_linear
from tests.pages import SENTENCES, page, section

# Of so many records one is tried here: parsing all of them takes minutes.
SAMPLED = 40


@cache
def pages() -> dict[str, str]:
    """Pages by what they are called: the samples, and some of the records where there are any."""
    found = {name_of(path): page_source(path.read_bytes()).text for path in (*TEXT_SAMPLES, *HTML_SAMPLES)}
    studies = islice(load_records(), 0, None, SAMPLED) if RECORDS else ()
    printed = {f"record {index}": print_page(study) for index, study in enumerate(studies)}
    return {**found, **printed}


@cache
def document_of(text: str) -> Document:
    return parse(text, spans=True)


def shape(pointer: str) -> str:
    """A pointer without the numbers of elements, and without the levels of the criteria tree."""
    return re.sub(r"/children\b|/\d+", "", pointer)


@needs_records
def test_there_are_records_to_try() -> None:
    assert len(pages()) > len(TEXT_SAMPLES) + 30


# --- Spans ------------------------------------------------------------------------------------------------------------

DERIVED = {
    "/schemaVersion",
    "/protocolSection/eligibilityModule/stdAges",
    "/protocolSection/armsInterventionsModule/interventions/armGroupLabels",
    "/normalizedSection/eligibilityModule/criteria/id",
    *(
        f"/resultsSection/{leaf}"
        for leaf in (
            "participantFlowModule/groups/id",
            "participantFlowModule/periods/milestones/achievements/groupId",
            "participantFlowModule/periods/dropWithdraws/reasons/groupId",
            "baselineCharacteristicsModule/groups/id",
            "baselineCharacteristicsModule/denoms/counts/groupId",
            "baselineCharacteristicsModule/measures/classes/categories/measurements/groupId",
            "outcomeMeasuresModule/outcomeMeasures/type",
            "outcomeMeasuresModule/outcomeMeasures/groups/id",
            "outcomeMeasuresModule/outcomeMeasures/denoms/counts/groupId",
            "outcomeMeasuresModule/outcomeMeasures/classes/categories/measurements/groupId",
            "adverseEventsModule/eventGroups/id",
            "adverseEventsModule/seriousEvents/stats/groupId",
            "adverseEventsModule/otherEvents/stats/groupId",
        )
    ),
}
"""Leaves that are printed nowhere: only these, and offsets, have no place."""

IN_OTHER_WORDS = {
    "/protocolSection/designModule/designInfo/maskingInfo/whoMasked",
    "/protocolSection/armsInterventionsModule/armGroups/interventionNames",
    "/protocolSection/contactsLocationsModule/locations/contacts/role",
}
"""Leaves of protocolSection that say in the registry's words what the page says in others."""

WITH_MORE = {
    f"/protocolSection/contactsLocationsModule/{whose}/{part}"
    for whose in ("centralContacts", "locations/contacts")
    for part in ("phone", "phoneExt")
}
"""Leaves whose place has more than they say."""

PLAIN = {
    "/normalizedSection/eligibilityModule/headings/text",
    "/normalizedSection/eligibilityModule/criteria/marker",
    "/normalizedSection/eligibilityModule/criteria/text",
    "/normalizedSection/eligibilityModule/criteria/quantities/text",
    "/normalizedSection/armsInterventionsModule/armGroups/doses/text",
    "/normalizedSection/contactsLocationsModule/facilityContacts/rawPhone",
    "/normalizedSection/contactsLocationsModule/locations/city",
    "/normalizedSection/referencesModule/references/authors/family",
    "/normalizedSection/referencesModule/references/title",
}
"""Leaves of normalizedSection that are the page's own words."""


def test_every_pointer_leads_to_a_leaf_and_every_leaf_that_was_read_has_one() -> None:
    for name, text in pages().items():
        document = document_of(text)
        spans = document.spans
        found = {pointer: value for pointer, value in leaves(document.to_dict(), "") if not _of_source(pointer)}
        assert spans.keys() - found.keys() == {pointer for pointer in spans if _of_source(pointer)}, name
        unread = {shape(pointer) for pointer, value in found.items() if pointer not in spans and value is not None}
        # The words for what a dose measures may be printed with escapes, and then they are not found.
        known = {pointer for pointer in unread if pointer.endswith(("/start", "/end", "/subject"))}
        assert unread - known <= DERIVED, name
        for pointer, span in spans.items():
            assert 0 <= span.start < span.end <= len(text), (name, pointer)


def _of_source(pointer: str) -> bool:
    return pointer.startswith("/sourceSection/")


def test_the_text_at_a_place_says_the_value() -> None:
    tried: set[str] = set()
    for name, text in pages().items():
        if name.startswith("family/"):
            # Pages of other sites print dates and codes in words of their own; their goldens say what comes out.
            continue
        document = document_of(text)
        data = document.to_dict()
        for pointer, span in document.spans.items():
            value, printed = resolve(data, pointer), text[slice(*span)]
            of_protocol = pointer.startswith("/protocolSection/") and shape(pointer) not in IN_OTHER_WORDS
            if isinstance(value, str) and (of_protocol or shape(pointer) in PLAIN):
                tried.add(shape(pointer))
                # A phone and its extension share a place.
                same = fold(printed) == fold(value) or plain(printed) == fold(value)
                assert same or (shape(pointer) in WITH_MORE and fold(value) in fold(printed)), (name, pointer)
    assert {shape for shape in tried if shape.startswith("/normalized")} <= PLAIN
    if RECORDS:
        assert tried >= PLAIN


def test_the_words_for_a_quantity_are_found_or_their_item_is() -> None:
    found = 0
    for name, text in pages().items():
        document = document_of(text)
        data, spans = document.to_dict(), document.spans
        for pointer, span in spans.items():
            if pointer.endswith("/subject"):
                item = pointer.partition("/quantities/")[0] + "/text"
                exact = text[slice(*span)] == resolve(data, pointer)
                assert exact or span == spans[item], (name, pointer)
                found += exact
    assert found > 20


def test_quantities_and_parts_of_citations_lie_in_what_they_are_parts_of() -> None:
    inner = 0
    for name, text in pages().items():
        spans = document_of(text).spans
        for pointer, span in spans.items():
            if (above := _parent(pointer)) and (around := spans.get(above)):
                inner += 1
                assert around.start <= span.start < span.end <= around.end, (name, pointer)
    assert inner > 500


def _parent(pointer: str) -> str | None:
    """The leaf that another leaf was read from; the number of a paper and the words for a quantity stand beside it."""
    if pointer.endswith(("/pmid", "/subject")):
        return None
    if match := re.match(r"(/normalizedSection/eligibilityModule/criteria/.+)/quantities/", pointer):
        return f"{match[1]}/text"
    if match := re.match(r"/normalizedSection(/referencesModule/references/\d+)/", pointer):
        return f"/protocolSection{match[1]}/citation"
    if match := re.match(r"/normalizedSection(/contactsLocationsModule/centralContacts/\d+/name)", pointer):
        return f"/protocolSection{match[1]}"
    return None


def test_a_page_has_spans_only_where_they_are_asked_for(sample: Path) -> None:
    text = sample.read_bytes().decode("utf-8")
    without, having = parse(text), parse(text, spans=True)
    assert without.spans == {}
    assert "spans" not in without.to_dict()["sourceSection"]
    data = having.to_dict()
    assert data["sourceSection"].pop("spans") == {pointer: list(span) for pointer, span in having.spans.items()}
    assert data == without.to_dict()


def test_spans_come_back_from_json_with_the_document(sample: Path) -> None:
    document = parse(sample.read_bytes(), spans=True)
    copy = Document.from_dict(json.loads(document.to_json()))
    assert copy == document
    assert hash(copy) == hash(document)
    assert copy.spans == document.spans
    assert copy.spans["/protocolSection/identificationModule/nctId"] == (131, 142)


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([], "sourceSection.spans: expected an object, found a list"),
        ({"/a": [1]}, "sourceSection.spans[/a]: expected a start and an end, found a list"),
        ({"/a": [1, True]}, "sourceSection.spans[/a]: expected a start and an end, found a list"),
        ({"/a": [1, 2], "/b": 3}, "sourceSection.spans[/b]: expected a start and an end, found 3"),
    ],
)
def test_spans_of_another_shape_are_refused(sample: Path, spans: Any, message: str) -> None:
    data = parse(sample.read_bytes()).to_dict()
    data["sourceSection"]["spans"] = spans
    with pytest.raises(InvalidDocumentError) as refusal:
        Document.from_dict(data)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    "respelled",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text.replace("\n\n", "\n \u00a0\n"),
        lambda text: text.replace("\n", "\n\u2028\n"),
    ],
    ids=["CRLF", "CR", "blanks", "line separators"],
)
def test_places_are_those_in_the_text_as_it_was_given(sample: Path, respelled: Any) -> None:
    text = respelled(sample.read_bytes().decode("utf-8"))
    spans = parse(text, spans=True).spans
    assert text[slice(*spans["/protocolSection/identificationModule/nctId"])] == "NCT03562065"
    assert text[slice(*spans["/normalizedSection/eligibilityModule/criteria/0/marker"])] == "*"
    assert text[slice(*spans["/protocolSection/sponsorCollaboratorsModule/leadSponsor/class"])] == "OTHER"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_words_for_a_dose_are_looked_for_on_its_line_alone(line_end: str) -> None:
    described = "Renal function [RF] index\nRenal function \\[RF\\] index: 5 mg"
    text = page(section("Interventions", "Aspirin", described, "Intervention Type DRUG")).replace("\n", line_end)
    document = parse(text, spans=True)
    dose = "/normalizedSection/armsInterventionsModule/interventions/0/doses/0"
    assert resolve(document.to_dict(), f"{dose}/subject") == "Renal function [RF] index"
    assert f"{dose}/subject" not in document.spans
    assert f"{dose}/low" in document.spans


def test_markers_subjects_and_unparsed_text_have_their_own_places() -> None:
    text = page(
        section(
            "Eligibility Criteria", "Inclusion Criteria:", "1. Age over 18 years\n2. ANC \\> 5 x 10^9/L and Hb (g) 9"
        ),
        section("Interventions", "Aspirin", "Aspirin is given: 5 mg a day", "Intervention Type DRUG"),
        "A Heading Nobody Knows\n\nReview what nobody knows at all about it.\n\nText of it.",
    )
    spans = parse(text, spans=True).spans
    read = {pointer: text[slice(*span)] for pointer, span in spans.items()}
    criteria = "/normalizedSection/eligibilityModule/criteria"
    assert read[f"{criteria}/1/marker"] == "2."
    assert read[f"{criteria}/1/quantities/0/subject"] == "ANC"
    assert read[f"{criteria}/1/quantities/0/low"] == read[f"{criteria}/1/quantities/0/scale/exponent"]
    assert f"{criteria}/1/quantities/0/high" not in read
    assert f"{criteria}/1/start" not in read
    assert read["/sourceSection/unparsed/0/text"].startswith("A Heading Nobody Knows")


def test_a_value_that_was_not_understood_does_not_count_in_its_list() -> None:
    phases = (Value(None, Span(0, 1)), Value("PHASE2", Span(2, 8)))
    document = Document(protocol_section=ProtocolSection(design_module=DesignModule(phases=phases)))
    assert read_spans(document, "?/PHASE2") == (("/protocolSection/designModule/phases/0", Span(2, 8)),)
    assert resolve(document.to_dict(), "/protocolSection/designModule/phases/0") == "PHASE2"


@pytest.mark.parametrize("line", ["x {0} mg of it ", "Dose \\[x\\] {0} mg, ", "{0} mg "])
def test_spans_of_a_line_of_numbers_are_found_in_linear_time(line: str) -> None:
    def document(length: int) -> tuple[Document, str]:
        text = page(section("Eligibility Criteria", "* " + "".join(line.format(n % 90 + 5) for n in range(length))))
        return parse(text), text

    ready = {length: document(length) for length in (250, 1000)}
    assert_linear(lambda length: read_spans(*ready[length]), 1000)


# --- Coverage ---------------------------------------------------------------------------------------------------------


def test_every_character_of_every_page_is_accounted_for() -> None:
    for name, text in pages().items():
        coverage = read_coverage(text)
        assert list(coverage.others) == list(PARTS)
        assert sum(coverage.fields.values()) + sum(coverage.others.values()) == coverage.length == len(text), name
        assert coverage.others["unaccounted"] == 0, name


def test_what_characters_are_counted_as() -> None:
    parts = {
        "headings": "Locations" + "Countries" + "References" + "Study Results",
        "labels": "NCT ID: " + "Last Updated: " + "Site Status " + "Reference Type " + "PMID:  ",
        "site": "".join(SENTENCES[heading] for heading in ("Locations", "Countries", "References"))
        + "View full results"
        + "(View on PubMed)",
        "repeated": "France",
        "separators": ",,",
        "unparsed": "A Heading Nobody Knows\n\nReview what nobody knows at all about it.\n\nText of it.",
    }
    text = page(
        section("Study Results", "Results available", "View full results"),
        section("Locations", "Saint-Louis Hospital", "Paris, , France", "Site Status RECRUITING"),
        section("Countries", "France"),
        section("References", "Reference Type RESULT", "A paper. 2020.", "PMID: 123 (View on PubMed)"),
        parts["unparsed"],
    )
    coverage = read_coverage(text)
    assert {name: count for name, count in coverage.others.items() if name != "blank"} == {
        **{name: len(words) for name, words in parts.items()},
        "unaccounted": 0,
    }
    assert coverage.fields == {
        "front": len("A Trial" + "NCT00000001" + "2020-01-02"),
        "results": len("Results available"),
        "locations": len("Saint-Louis Hospital" + "Paris" + "France" + "RECRUITING"),
        "references": len("RESULT" + "A paper. 2020." + "123"),
    }


TRIAL = page(section("Basic Information", "Total Enrollment", "10 participants"), section("Conditions", "Lupus"))


def test_what_the_document_does_not_have_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pointer = "/protocolSection/designModule/enrollmentInfo/count"
    kept = tuple(place for place in read_spans(parse(TRIAL), TRIAL) if place[0] != pointer)
    monkeypatch.setattr("parser.coverage.read_spans", lambda document, text: kept)
    lost = read_coverage(TRIAL)
    assert lost.others["unaccounted"] == len("10participants")
    assert sum(lost.fields.values()) + sum(lost.others.values()) == len(TRIAL)


@given(st.lists(st.integers(0, 10**7), max_size=30))
def test_shares_add_up_and_are_near_what_they_are_of(counts: list[int]) -> None:
    shares = per_mille(counts)
    whole = sum(counts)
    assert sum(shares) == (1000 if whole else 0)
    assert all(abs(share * whole - count * 1000) <= whole for share, count in zip(shares, counts, strict=True))
