"""No word of a text is lost: it is in a field, in `unparsed`, or in a problem's message.

python -m tests.fuzz --seconds 600 --seed 1         the same of many more texts
"""

from __future__ import annotations

import random
from functools import partial
from typing import Any

import pytest

from parser import ParserError, page_source, parse
from parser.coverage import read_coverage
from tests.conftest import ROOT
from tests.fuzz.worded import Worded, samples
from tests.fuzz.words import PRINTERS, WORD, Read, Words, lost_words, one_text, read_all, study, value

HEAD = "NCT ID: NCT00000001\nOverall Status: Recruiting\nPhase: Phase 2\n"
BATCHES, IN_A_BATCH = 8, 30


def left(text: str) -> list[str]:
    return [one["text"] for one in parse(text).to_dict()["sourceSection"].get("unparsed", [])]


def everything_of(document: Any) -> str:
    return document.to_json(spans=False)  # type: ignore[no-any-return]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_each_word_of_a_text_is_somewhere_in_its_document(batch: int) -> None:
    for number in range(IN_A_BATCH):
        text = one_text(random.Random(f"words/{batch}/{number}"))
        try:
            records = read_all(text)
        except ParserError:
            continue
        assert [lost for record in records for lost in lost_words(record)] == [], f"{batch}/{number}: {text!r}"


@pytest.mark.parametrize("form", PRINTERS)
def test_each_word_of_a_record_is_read_from_every_form(form: str) -> None:
    words = Words(random.Random(form))
    texts = [PRINTERS[form](study(words)) for _ in range(4)]
    assert len(WORD.findall("".join(texts))) > 12
    assert [lost_words(record) for text in texts for record in read_all(text)] == [[]] * 4


@pytest.mark.parametrize("form", samples())
def test_each_word_that_is_put_into_a_sample_is_read(form: str) -> None:
    count = 0
    for number in range(12):
        words = Words(random.Random(f"{form}/{number}"))
        text = samples()[form](Worded(words, partial(value, words), words.chance))
        try:
            records = read_all(text)
        except ParserError:
            continue
        count += sum(len(WORD.findall(record.text)) for record in records)
        assert [lost for record in records for lost in lost_words(record)] == [], f"{number}: {text!r}"
    assert count > 12


@pytest.mark.parametrize("form", [form for form in samples() if form.startswith("html/")])
def test_each_word_of_a_page_in_html_is_shown(form: str) -> None:
    words = Words(random.Random(form))
    text = samples()[form](Worded(words, partial(value, words), words.chance))
    assert set(WORD.findall(text)) == set(WORD.findall(page_source(text).text))


def test_a_lost_word_is_found_and_a_seed_gives_the_same_text() -> None:
    text = HEAD + "Acronym: Bakofugivuzz"
    assert lost_words(Read(text, parse(text))) == []
    assert lost_words(Read(text, parse(HEAD))) == ["Bakofugivuzz"]
    assert one_text(random.Random("1/2")) == one_text(random.Random("1/2"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Secondary Outcome Measures\nSurvival of all\n\nProgression-free survival\n\nSleep", "Survival of all"),
        ("Primary Endpoint: Survival\n| Measure | Time Frame |\n| --- | --- |\n| Pain | 2 weeks |", "Survival"),
        ("Primary Outcomes\n\n| Measure | Method |\n| --- | --- |\n| Pain | A scale |", "Method"),
        ("Lead Sponsor: A Hospital\nSponsors: B Trust", "A Hospital"),
        ("Arms\n\nType: Experimental\nDescription: Twice a day", "Twice a day"),
        ("Arms\n\nName: First\nInterventions: Aspirin 5 mg; Pump", "Pump"),
        ("Arms\n\nName: First\nInterventions: Drug: Aspirin 5 mg; Pump", "Pump"),
        ("Age: 18 Years to 65 Years at the time of consent", "at the time of consent"),
        ("Age Groups: patients of the ward", "patients of the ward"),
        ("Standard Ages\npatients of the ward", "patients of the ward"),
        ("Related Studies: NCT00000002 is an extension", "NCT00000002 is an extension"),
        ("Start Date Type: by the ward", "by the ward"),
        ("Start Date: January 2020 (first ward)", "first ward"),
        ("Masking: Double (Participant, ward)", "ward"),
        ("Keywords provided by Ward Hospital:\nSalt\nWater", "Ward Hospital"),
        ("Last Updated On: by the ward", "by the ward"),
        ("Intervention Type: by the ward", "by the ward"),
        ("Related Publications and Links: see the ward\nPMID: 12345", "see the ward"),
        ("Brief Summary\n\nCompare the effect of salt.\n\nMore of it.", "Compare the effect of salt."),
    ],
)  # fmt: skip
def test_what_no_field_has_is_kept(text: str, kept: str) -> None:
    document = parse(HEAD + text)
    assert kept in everything_of(document)


def test_what_is_left_is_in_no_field_that_it_does_not_belong_to() -> None:
    document = parse(HEAD + "Age: 18 Years to 65 Years at the time of consent")
    module = document.protocol_section.eligibility_module
    assert (module.minimum_age, module.maximum_age) in ((None, None), ("18 Years", "65 Years"))
    document = parse(HEAD + "Sex: Female\nSponsors: B\nAge Groups: patients of the ward")
    assert document.protocol_section.eligibility_module.std_ages == ()
    assert document.source_section.unparsed[-1].text == "patients of the ward"
    assert document.problems[-1].code == "unparsed-text"


def test_a_remark_in_an_export_is_kept() -> None:
    row = "NCT Number,Study Title,Study Status,Age\nNCT00000001,Salt,COMPLETED (in the ward),ADULT"
    assert "in the ward" in everything_of(parse(row))
    trial = (
        "<Trial><TrialID>NCT00000001</TrialID><Public_title>Salt</Public_title><Condition>Sleep</Condition>"
        "<Condition>Ward</Condition><Date_registration3>20200117</Date_registration3>"
        "<Date_registration>2020-01-18 in the yard</Date_registration></Trial>"
    )
    document = parse(trial).to_dict()
    texts = {one["path"]: one["text"] for one in document["sourceSection"]["unparsed"]}
    assert texts == {"/Trial/Condition[2]": "Ward", "/Trial/Date_registration": "2020-01-18 in the yard"}


def test_a_value_on_its_labels_line_is_not_counted_as_a_label() -> None:
    text = HEAD + "Age Groups: patients of the ward"
    counted = read_coverage(text).others
    assert counted["unparsed"] == len("patients of the ward")
    assert counted["labels"] == len("NCT ID: " + "Overall Status: " + "Phase: " + "Age Groups: ")


@pytest.mark.parametrize(
    ("sample", "value", "changed"),
    [
        ("ctgov-xml/studies.xml", '<completion_date type="Anticipated"', '<completion_date type="Anticipated or so"'),
        ("isrctn-xml/trials.xml", "2020-02-03T09:10:11.000Z", "2020-02-03T09:10:11.000Z or so"),
        ("isrctn-xml/trials.xml", "<contactType>Scientific", "<contactType>Scientific or so"),
        ("isrctn-xml/trials.xml", "2022-12-31T00:00:00.000Z", "2022-12-31T00:00:00.000Z or so"),
        ("ctis-json/trials.jsonl", "(Phase II)", "(Phase II) or so"),
        ("ctis-json/trials.jsonl", '{"name": "Patients"', '{"name": "Patients or so"'),
        ("drks-json/trials.jsonl", '"type": "PRIMARY_SPONSOR"', '"type": "PRIMARY_SPONSOR or so"'),
        ("drks-json/trials.jsonl", '"locale": "en"', '"locale": "en or so"'),
    ],
)
def test_what_an_export_says_after_a_code_or_a_date_is_kept(sample: str, value: str, changed: str) -> None:
    text = (ROOT / "samples" / "exports" / sample).read_text(encoding="utf-8")
    assert value in text
    records = read_all(text.replace(value, changed.replace("or so", "Bakofugivuzz")))
    assert any("Bakofugivuzz" in record.text for record in records)
    assert [lost for record in records for lost in lost_words(record)] == []


def test_a_value_on_the_line_of_a_label_in_chinese_is_kept() -> None:
    text = (ROOT / "samples" / "registries" / "chictr-page.txt").read_text(encoding="utf-8")
    document = parse(text.replace("\n研究类型：", "\nBakofugivuzz 研究类型："))
    assert any("Bakofugivuzz" in one.text for one in document.source_section.unparsed)
    assert parse(text).protocol_section == document.protocol_section
