"""Damaged pages and blocks of criteria: some hundred that a seed makes up, and all that broke something once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import tests.fuzz.check as check
from parser.model.document import attach_spans
from parser.source import Source, Span
from tests.fuzz.__main__ import one_input
from tests.fuzz.crashes import FOLDER, Input, faults, keep, read_crash, smaller, timed_faults, write_crash
from tests.fuzz.mutate import MUTATIONS, mutated
from tests.fuzz.seeds import read_seeds

CRASHES = sorted(path for path in FOLDER.glob("*-*"))
# Without the records, so that every checkout tests the same inputs.
SEEDS = read_seeds(with_records=False)
BATCHES, IN_A_BATCH = 10, 40


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_damaged_text_gives_a_sound_document_or_is_refused(batch: int) -> None:
    for number in range(IN_A_BATCH):
        kind, data = one_input(random.Random(f"{batch}/{number}"), SEEDS)
        assert faults(kind, data, thorough=number % IN_A_BATCH == 0) == [], f"{batch}/{number}, a {kind}: {data!r}"


@pytest.mark.parametrize("path", CRASHES, ids=[path.name for path in CRASHES])
def test_what_broke_something_once_does_so_no_more(path: Path) -> None:
    assert faults(*read_crash(path), thorough=True) == []


def test_a_seed_gives_the_same_inputs_and_every_mutation_damages_something() -> None:
    assert one_input(random.Random("1/2"), SEEDS) == one_input(random.Random("1/2"), SEEDS)
    page = SEEDS.pages[0]
    for mutation in MUTATIONS:
        damaged = {mutation(random.Random(seed), page, SEEDS.pages) for seed in range(20)}
        assert len(damaged - {page}) > 5, mutation.__name__
    assert mutated(random.Random(1), "", SEEDS.pages) is not None


# What would show a fault is tried on faults that are made here: a check that cannot fail is none.


def test_an_exception_is_a_fault_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(text: str) -> list[check.Fault]:
        raise KeyError(text)

    monkeypatch.setattr("tests.fuzz.crashes.criteria_faults", fails)
    assert [fault.kind for fault in faults("criteria", "* One")] == ["KeyError in test_fuzz.py:fails"]


def test_a_lost_character_and_a_wrong_place_are_faults() -> None:
    text = "* One\n* Two ≥ 5 mg"
    tree = check.parse_criteria(text).to_dict()
    assert list(check._misplaced(Source(text), tree, "")) == [] == check.faults_of(text, tree)
    quantity = tree["criteria"][1]["quantities"][0]
    quantity["start"] += 1
    assert [fault.kind for fault in check._misplaced(Source(text), tree, "")] == ["text"]
    quantity["end"] = 99
    assert [fault.kind for fault in check._misplaced(Source(text), tree, "")] == ["place"]
    del tree["criteria"][0]
    assert check.faults_of(text, tree)


def test_blocks_that_do_not_tile_and_what_json_cannot_say_are_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [fault.kind for fault in check._unsayable({"low": float("inf")})] == ["number"]
    page = check.read_page

    def short(*given: object) -> object:
        found = page(*given)  # type: ignore[arg-type]
        found.length -= 1
        found.pieces = [found.pieces[0], *found.pieces[2:]]
        return found

    monkeypatch.setattr(check, "read_page", short)
    assert [fault.kind for fault in check.page_faults(SEEDS.pages[0])] == ["tiling"]


def test_a_problem_in_the_wrong_line_is_a_fault() -> None:
    problem = {"start": 3, "end": 4, "line": 1, "column": 4}
    assert [fault.kind for fault in check._misplaced(Source("a\nbcd"), {"problems": [problem]}, "")] == ["position"]


def test_a_value_that_is_not_where_it_is_said_to_be_is_a_fault() -> None:
    document = check.parse(SEEDS.pages[0])
    pointer = "/protocolSection/identificationModule/nctId"
    for spans in ({pointer: Span(3, 3)}, {pointer: (Span(0, 1), Span(2, 10**9))}, {f"{pointer}/0": Span(0, 1)}):
        wrong = attach_spans(document, spans)
        assert [fault.kind for fault in check._misplaced_values(SEEDS.pages[0], wrong)] == ["span"]


def test_a_page_that_does_not_come_back_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    document = check.parse(SEEDS.pages[0])
    assert list(check._render_faults(document)) == []
    rendered = check.render(document)
    sex = document.protocol_section.eligibility_module.sex
    assert sex
    monkeypatch.setattr(check, "render", lambda document: rendered.replace(f"Eligible Sex\n\n{sex}", ""))
    assert [fault.detail for fault in check._render_faults(document)] == [f"sex is None, not {sex!r}"]
    monkeypatch.setattr(check, "render", lambda document: "no page")
    assert [fault.kind for fault in check._render_faults(document)] == ["render"]


def test_what_takes_far_too_long_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter((0.0, 9.0))
    monkeypatch.setattr("tests.fuzz.crashes.time.process_time", lambda: next(times))
    assert [fault.kind for fault in timed_faults("criteria", "* One")] == ["slow"]


def test_an_input_is_made_smaller_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def finds(kind: str, data: Input) -> list[check.Fault]:
        return [check.Fault("lost", "")] if isinstance(data, str) and "\ud800" in data and "b" in data else []

    monkeypatch.setattr("tests.fuzz.crashes.faults", finds)
    path = keep("criteria", "aaa b ccc \ud800 ddd", check.Fault("lost", ""), tmp_path)
    assert read_crash(path) == ("criteria", "b\ud800")
    assert read_crash(write_crash("bytes", b"\xff\r\n", tmp_path)) == ("bytes", b"\xff\r\n")
    assert smaller(b"abcdef", lambda data: b"e" in data) == b"e"


def test_a_span_outside_of_the_page_is_found_in_any_part_of_a_document() -> None:
    span = Span(2, 9)
    data = {"a": [{"b": {"start": span.start, "end": span.end, "text": "x"}}]}
    assert [fault.kind for fault in check._misplaced(Source("abc"), data, "")] == ["place"]
