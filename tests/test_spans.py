"""Where values were read, and where the characters of a page went: nothing is lost unseen."""

from __future__ import annotations

import json
import re
from collections import Counter
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
from parser.model.document import attach_spans
from parser.problems import InvalidDocumentError
from parser.source import Span, fold, stretches
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
    return parse(text)


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
        offsets = {pointer for pointer in unread if pointer.endswith(("/start", "/end"))}
        assert unread - offsets <= DERIVED, name
        for pointer, place in spans.items():
            for span in stretches(place):
                assert 0 <= span.start < span.end <= len(text), (name, pointer)
                assert text[slice(*span)].strip() == text[slice(*span)], "a place has blanks at its ends"


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


def test_the_words_for_a_quantity_and_its_event_have_places_of_their_own() -> None:
    tried: Counter[str] = Counter()
    for name, text in pages().items():
        document = document_of(text)
        data = document.to_dict()
        for pointer, span in document.spans.items():
            if pointer.endswith(("/subject", "/anchor")):
                tried[pointer.rpartition("/")[2]] += 1
                assert plain(text[slice(*span)]) == plain(resolve(data, pointer)), (name, pointer)
    assert min(tried["subject"], tried["anchor"]) > 20


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
    """The leaf that another leaf was read from; the number of a paper and the words for a quantity are next to it."""
    if pointer.endswith(("/pmid", "/subject")):
        return None
    if match := re.match(r"(/normalizedSection/eligibilityModule/criteria/.+)/quantities/", pointer):
        return f"{match[1]}/text"
    if match := re.match(r"/normalizedSection(/referencesModule/references/\d+)/", pointer):
        return f"/protocolSection{match[1]}/citation"
    if match := re.match(r"/normalizedSection(/contactsLocationsModule/centralContacts/\d+/name)", pointer):
        return f"/protocolSection{match[1]}"
    return None


def test_places_are_always_at_hand_and_in_the_json_only_where_they_are_asked_for(sample: Path) -> None:
    document = parse(sample.read_bytes())
    without, having = document.to_dict(), document.to_dict(spans=True)
    assert "spans" not in without["sourceSection"]
    assert having["sourceSection"].pop("spans") == {pointer: list(place) for pointer, place in document.spans.items()}
    assert having == without
    assert document.spans["/protocolSection/identificationModule/nctId"] == (131, 142)


def test_places_come_back_from_json_with_the_document(sample: Path) -> None:
    document = parse(sample.read_bytes())
    copy = Document.from_dict(json.loads(document.to_json(spans=True)))
    assert copy == document == Document.from_dict(document.to_dict())
    assert copy.spans == document.spans
    assert Document.from_dict(document.to_dict()).spans == {}


def test_a_value_may_be_joined_from_several_stretches() -> None:
    pointer = "/protocolSection/identificationModule/briefTitle"
    document = Document.from_dict({"protocolSection": {"identificationModule": {"briefTitle": "Two parts"}}})
    written = attach_spans(document, {pointer: (Span(0, 3), Span(8, 13))}).to_dict(spans=True)
    assert written["sourceSection"]["spans"] == {pointer: [[0, 3], [8, 13]]}
    assert Document.from_dict(written).spans == {pointer: (Span(0, 3), Span(8, 13))}


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([], "sourceSection.spans: Expected `object | null`, got `array`"),
        ({"/a": 3}, "sourceSection.spans[...]: Expected `array`, got `int`"),
        ({"/a": [1, True]}, "sourceSection.spans[...][1]: Expected `int | array`, got `bool`"),
        ({"/a": [0, 1], "/b": [1]}, "sourceSection.spans[/b]: expected a start and an end after it"),
        ({"/a": []}, "sourceSection.spans[/a]: expected a start and an end after it"),
        ({"/a": [1, 2, 3]}, "sourceSection.spans[/a]: expected a start and an end after it"),
        ({"/a": [2, 1]}, "sourceSection.spans[/a]: expected a start and an end after it"),
        ({"/a": [-1, 1]}, "sourceSection.spans[/a]: expected a start and an end after it"),
        ({"/a": [0, 10**5000]}, "sourceSection.spans[/a]: expected a start and an end after it"),
        ({"/a": [[1, 2], 3]}, "sourceSection.spans[/a]: expected a start and an end after it"),
        ({"/a": [1, [2, 3]]}, "sourceSection.spans[/a]: expected a start and an end after it"),
    ],
    ids=range(11),
)
def test_spans_of_another_shape_are_refused(spans: Any, message: str) -> None:
    with pytest.raises(InvalidDocumentError) as refusal:
        Document.from_dict({"schemaVersion": "2.0", "sourceSection": {"spans": spans}})
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
    spans = parse(text).spans
    assert text[slice(*spans["/protocolSection/identificationModule/nctId"])] == "NCT03562065"
    assert text[slice(*spans["/normalizedSection/eligibilityModule/criteria/0/marker"])] == "*"
    assert text[slice(*spans["/protocolSection/sponsorCollaboratorsModule/leadSponsor/class"])] == "OTHER"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_words_for_a_dose_are_those_on_its_line(line_end: str) -> None:
    described = "Renal function [RF] index\nRenal function \\[RF\\] index: 5 mg"
    text = page(section("Interventions", "Aspirin", described, "Intervention Type DRUG")).replace("\n", line_end)
    document = parse(text)
    dose = "/normalizedSection/armsInterventionsModule/interventions/0/doses/0"
    assert resolve(document.to_dict(), f"{dose}/subject") == "Renal function [RF] index"
    assert text[slice(*document.spans[f"{dose}/subject"])] == "Renal function \\[RF\\] index"
    assert text[slice(*document.spans[f"{dose}/low"])] == "5 mg"


def test_equal_values_have_each_their_own_place() -> None:
    site = ("Hospital", "Paris, , France", "Site Status RECRUITING")
    text = page(section("Locations", *site, *site))
    spans = parse(text).spans
    for leaf in ("protocolSection * facility", "protocolSection * status", "normalizedSection * city"):
        first, second = (
            spans["/" + leaf.replace(" * ", f"/contactsLocationsModule/locations/{number}/")] for number in (0, 1)
        )
        assert text[slice(*first)] == text[slice(*second)]
        assert first < second


def test_markers_subjects_and_unparsed_text_have_their_own_places() -> None:
    text = page(
        section(
            "Eligibility Criteria", "Inclusion Criteria:", "1. Age over 18 years\n2. ANC \\> 5 x 10^9/L and Hb (g) 9"
        ),
        section("Interventions", "Aspirin", "Aspirin is given: 5 mg a day", "Intervention Type DRUG"),
        "A Heading Nobody Knows\n\nReview what nobody knows at all about it.\n\nText of it.",
    )
    spans = parse(text).spans
    read = {pointer: text[slice(*span)] for pointer, span in spans.items()}
    criteria = "/normalizedSection/eligibilityModule/criteria"
    assert read[f"{criteria}/1/marker"] == "2."
    assert read[f"{criteria}/1/quantities/0/subject"] == "ANC"
    assert read[f"{criteria}/1/quantities/0/low"] == read[f"{criteria}/1/quantities/0/scale/exponent"]
    assert f"{criteria}/1/quantities/0/high" not in read
    assert f"{criteria}/1/start" not in read
    assert read["/sourceSection/unparsed/0/text"].startswith("A Heading Nobody Knows")


def test_a_value_that_was_not_understood_does_not_count_in_its_list() -> None:
    text = page(section("Basic Information", "Clinical Phase", "PHASE9/PHASE2"))
    document = parse(text)
    assert document.protocol_section.design_module.phases == ("PHASE2",)
    assert text[slice(*document.spans["/protocolSection/designModule/phases/0"])] == "PHASE2"
    assert text[slice(*document.spans["/sourceSection/unparsed/0/text"])] == "PHASE9"


@pytest.mark.linear
@pytest.mark.parametrize("line", ["x {0} mg of it ", "Dose \\[x\\] {0} mg, ", "{0} mg "])
def test_places_of_a_line_of_numbers_are_recorded_in_linear_time(line: str) -> None:
    def read(length: int) -> None:
        parse(page(section("Eligibility Criteria", "* " + "".join(line.format(n % 90 + 5) for n in range(length)))))

    assert_linear(read, 1000)


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
        "labels": "NCT ID: " + "Last Updated: " + "Site Status " + "Reference Type " + "PMID: ",
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


def test_what_the_document_does_not_have_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    pointer = "/protocolSection/designModule/enrollmentInfo/count"
    document = parse(TRIAL)
    kept = {other: place for other, place in document.spans.items() if other != pointer}
    monkeypatch.setattr("parser.coverage.parse_source", lambda source: attach_spans(document, kept))
    lost = read_coverage(TRIAL)
    assert lost.others["unaccounted"] == len("10participants")
    assert sum(lost.fields.values()) + sum(lost.others.values()) == len(TRIAL)


@given(st.lists(st.integers(0, 10**7), max_size=30))
def test_shares_add_up_and_are_near_what_they_are_of(counts: list[int]) -> None:
    shares = per_mille(counts)
    whole = sum(counts)
    assert sum(shares) == (1000 if whole else 0)
    assert all(abs(share * whole - count * 1000) <= whole for share, count in zip(shares, counts, strict=True))
