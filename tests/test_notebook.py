"""What a scientist sees in a notebook: short reprs, and rows of tables that pandas and Arrow take."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from rich.pretty import pretty_repr

from parser import Document, parse, parse_file
from parser.ingest import convert
from parser.model.normalized import Criterion, Quantity, Repair
from parser.model.protocol import ConditionsModule, ContactsLocationsModule, Location
from parser.model.source import SourceSection
from parser.tables.columns import TABLES
from parser.tables.rows import rows_of

TABLE_NAMES = [table.name for table in TABLES]


@pytest.fixture(scope="module")
def document(sample: Path) -> Document:
    return parse_file(sample)


def test_a_session_in_a_notebook(sample: Path) -> None:
    """As README has it."""
    document = parse_file(sample)
    assert repr(document).startswith("<Document NCT03562065 'Treatment of Refractory")

    criteria = document.table("criteria")
    assert repr(criteria).startswith("<criteria: 36 rows of record, nct_id, criterion_id, ")
    assert [row["text"] for row in criteria if row["criterion_id"] == "I1"] == ["Age > 18 years and < 70 years."]

    frame = document.table("quantities").to_pandas()
    doses = frame[(frame.criterion_id == "I4.1") & (frame.kind == "quantity")]
    assert doses[["subject", "low", "ucum"]].values.tolist() == [["Prednisone", 6.0, "mg/d"]]


# --- Tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_rows_are_those_of_the_tables(document: Document, name: str) -> None:
    rows = document.table(name)
    expected = rows_of(document.to_dict())[name]
    assert list(rows) == expected
    assert len(rows) == len(expected)
    assert list(rows[:1]) == expected[:1]
    assert rows == document.table(name)
    assert rows.to_arrow().to_pylist() == expected
    frame = rows.to_pandas()
    assert list(frame.columns) == list(rows.columns)
    back = frame.astype(object).where(frame.notna(), None).to_dict("records")
    assert back == expected


def test_the_rows_are_what_convert_writes(document: Document, sample: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    convert(sample, tmp_path / "trials.parquet")
    for name in set(TABLE_NAMES) - {"studies"}:
        written = pq.read_table(tmp_path / "trials.parquet" / f"{name}.parquet")
        assert document.table(name).to_arrow().equals(written), name


def test_a_table_that_there_is_not_is_named_next_to_those_that_there_are(document: Document) -> None:
    with pytest.raises(LookupError, match="there is no table 'criterias'; there are: studies, criteria, "):
        document.table("criterias")


@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
def test_a_library_that_is_missing_is_named_with_its_extra(
    document: Document, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    rows = document.table("arms")
    with pytest.raises(ImportError, match=rf"this needs {library}: pip install 'registry-text-parser\[notebook\]'"):
        rows.to_pandas() if library == "pandas" else rows.to_arrow()


# --- Reprs ------------------------------------------------------------------------------------------------------------

QUANTITY = Quantity(
    kind="quantity",
    text="> 2 x 10^9",
    start=0,
    end=9,
    subject=None,
    low=2e9,
    low_inclusive=False,
    high=None,
    high_inclusive=False,
    unit="/L",
    ucum="/L",
    repair=Repair(reason="dot-as-times"),
)
CRITERION = Criterion(
    id="I1",
    category="INCLUSION",
    kind="criterion",
    marker=None,
    text="word " * 40,
    start=0,
    end=200,
    quantities=(QUANTITY, QUANTITY),
)


def test_reprs_are_without_empty_fields() -> None:
    assert repr(QUANTITY) == "Quantity(text='> 2 x 10^9', bounds='> 2000000000 /L', repair='dot-as-times')"
    assert repr(CRITERION) == f"Criterion(id='I1', text={'word ' * 11 + 'word…'!r}, quantities=[2 Quantity])"
    assert repr(Location(city="Paris")) == "Location(city='Paris')"
    assert (
        repr(ContactsLocationsModule(locations=(Location(),) * 7)) == "ContactsLocationsModule(locations=[7 Location])"
    )
    assert repr(SourceSection(form="labelled-page", spans={"/a": (0, 1)})) == (
        "SourceSection(form='labelled-page', spans={1 keys})"
    )
    conditions = ConditionsModule(conditions=("a", "b", "c", "d"))
    assert repr(conditions) == "ConditionsModule(conditions=['a', 'b', 'c', … 4 in all])"
    problem = parse("A Trial\n\nNCT ID: NCT00000001\n\nRecruitment Status\n\nON A BREAK").problems[0]
    assert repr(problem).startswith(f"Problem(code={problem.code!r}, severity=")


def test_no_part_of_a_document_is_a_wall(document: Document) -> None:
    for name in ("protocol_section", "normalized_section", "source_section"):
        shown = repr(getattr(document, name))
        assert "None" not in shown, name
        assert len(shown) < 4000, name
    assert pretty_repr(document).splitlines()[0] == "Document("
    assert "None" not in pretty_repr(document.normalized_section)


@pytest.mark.parametrize(
    ("bounds", "shown"),
    [
        ((5, True, 5, True, "mg"), "5 mg"),
        ((2.5, True, 5, True, "mg/kg"), "2.5–5 mg/kg"),
        ((18, False, 70, False, "a"), "> 18 and < 70 a"),
        ((None, False, 40, False, "%"), "< 40 %"),
        ((6, True, None, False, "1"), "≥ 6"),
        ((None, False, None, False, "mg"), ""),
        ((10**400, True, None, False, None), f"≥ {10**400} mg"),
    ],
)
def test_bounds_are_spelled_in_signs(bounds: tuple[object, ...], shown: str) -> None:
    low, low_inclusive, high, high_inclusive, ucum = bounds
    quantity = Quantity(
        kind="quantity",
        text="",
        start=0,
        end=0,
        subject=None,
        low=low,  # type: ignore[arg-type]
        low_inclusive=bool(low_inclusive),
        high=high,  # type: ignore[arg-type]
        high_inclusive=bool(high_inclusive),
        unit="mg",
        ucum=ucum,  # type: ignore[arg-type]
    )
    assert quantity.bounds == shown


@pytest.mark.parametrize(
    ("module", "key", "value", "table", "left"),
    [
        ("sponsorCollaboratorsModule", "leadSponsor", "Testtown", "studies", {"lead_sponsor": None}),
        ("conditionsModule", "conditions", 5, "conditions", None),
        ("conditionsModule", "conditions", "abc", "conditions", None),
        ("statusModule", "startDateStruct", [1], "studies", {"start_date": None}),
        ("identificationModule", "briefTitle", 5, "studies", {"title": None}),
        ("statusModule", "overallStatus", "PAUSED", "studies", {"status": "PAUSED"}),
    ],
)
def test_what_does_not_fit_in_a_study_of_api_v2_is_in_no_row(
    module: str, key: str, value: object, table: str, left: dict[str, Any] | None
) -> None:
    study: dict[str, Any] = {"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}}
    study["protocolSection"].setdefault(module, {})[key] = value
    document = parse(study)
    assert document.to_dict()["protocolSection"][module][key] == value
    rows = list(document.table(table))
    assert (rows == []) if left is None else ({name: rows[0][name] for name in left} == left)
