"""Dates as pages print them: what is read, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser import parse
from parser.values.date import DateReading, is_before, is_last_of_month, read_date
from tests.pages import page, section

READ = [
    ("2019-09-11", "2019-09-11"),
    ("2019-09", "2019-09"),
    ("2019", "2019"),
    ("2019-9-1", "2019-09-01"),
    ("2019/09/11", "2019-09-11"),
    ("2019.09.11", "2019-09-11"),
    ("2019-09-11T00:00:00Z", "2019-09-11"),
    ("September 11, 2019", "2019-09-11"),
    ("September 11th, 2019", "2019-09-11"),
    ("Sept 11, 2019", "2019-09-11"),
    ("Sep 11 2019", "2019-09-11"),
    ("SEPTEMBER 11, 2019", "2019-09-11"),
    ("11 Sep 2019", "2019-09-11"),
    ("11 September 2019", "2019-09-11"),
    ("11-Sep-2019", "2019-09-11"),
    ("2019 Sep 11", "2019-09-11"),
    ("Wednesday, September 11, 2019", "2019-09-11"),
    ("September 2019", "2019-09"),
    ("Sept. 2019", "2019-09"),
    ("Sep-2019", "2019-09"),
    ("February 2020", "2020-02"),
    ("May 2020", "2020-05"),
    ("09/2019", "2019-09"),
    ("07-2021", "2021-07"),
    ("13/09/2019", "2019-09-13"),
    ("09/13/2019", "2019-09-13"),
    ("11/11/2019", "2019-11-11"),
    ("11.09.2019", "2019-09-11"),
    ("1.2.2019", "2019-02-01"),
    ("29 February 2020", "2020-02-29"),
]

ODD = [
    ("09/11/2019", DateReading("2019", problem="ambiguous-date")),
    ("1/2/2019", DateReading("2019", problem="ambiguous-date")),
    ("2019-02-30", DateReading(None, problem="impossible-date")),
    ("2019-13", DateReading(None, problem="impossible-date")),
    ("13/2019", DateReading(None, problem="impossible-date")),
    ("00-2019", DateReading(None, problem="impossible-date")),
    ("2019-09-11 Actual", DateReading("2019-09-11", "ACTUAL")),
    ("September 2019, estimated", DateReading("2019-09", "ESTIMATED")),
    ("2019-00-01", DateReading(None, problem="impossible-date")),
    ("0000", DateReading(None, problem="impossible-date")),
    ("February 30, 2019", DateReading(None, problem="impossible-date")),
    ("29 Feb 2019", DateReading(None, problem="impossible-date")),
    ("31/06/2020", DateReading(None, problem="impossible-date")),
    ("31.06.2020", DateReading(None, problem="impossible-date")),
    ("09.13.2019", DateReading(None, problem="impossible-date")),
    ("September", DateReading(None, problem="not-understood")),
    ("11/09/19", DateReading(None, problem="not-understood")),
    ("Q3 2019", DateReading(None, problem="not-understood")),
    ("Spring 2019", DateReading(None, problem="not-understood")),
    ("2019 participants", DateReading(None, problem="not-understood")),
    ("September 2019 to October 2019", DateReading(None, problem="not-understood")),
    ("soon", DateReading(None, problem="not-understood")),
    ("20190911", DateReading(None, problem="not-understood")),
    ("٢٠١٩", DateReading(None, problem="not-understood")),
    ("9" * 1000, DateReading(None, problem="not-understood")),
]

TYPED = [
    ("Sept. 2019 (Actual)", DateReading("2019-09", "ACTUAL")),
    ("2019-09-11 (Estimated)", DateReading("2019-09-11", "ESTIMATED")),
    ("September 11, 2019 [Anticipated]", DateReading("2019-09-11", "ESTIMATED")),
    ("(Actual)", DateReading(None, problem="not-understood")),
]


@pytest.mark.parametrize(("text", "date"), READ)
def test_a_date_has_the_parts_that_were_printed(text: str, date: str) -> None:
    assert read_date(text) == DateReading(date)


@pytest.mark.parametrize(("text", "reading"), [*ODD, *TYPED])
def test_what_is_odd_about_a_date_is_reported(text: str, reading: DateReading) -> None:
    assert read_date(text) == reading


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    reading = read_date(text)
    assert (reading.date is None) <= (reading.problem is not None)


@given(st.dates())
def test_every_day_comes_back(day: object) -> None:
    assert read_date(str(day)).date == str(day)


@pytest.mark.parametrize(
    ("date", "last"),
    [("2004-04-30", True), ("2004-02-29", True), ("2005-02-28", True), ("2004-04-29", False), ("2004-04", False)],
)
def test_the_last_day_of_a_month(date: str, last: bool) -> None:
    assert is_last_of_month(date) is last


@pytest.mark.parametrize(
    ("date", "other", "before"),
    [
        ("2019", "2020", True),
        ("2019-05", "2019-06-01", True),
        ("2019", "2019-06", False),
        ("2020-01", "2019-12", False),
    ],
)
def test_before_is_only_what_both_dates_tell(date: str, other: str, before: bool) -> None:
    assert is_before(date, other) is before


def test_a_page_reports_its_odd_dates() -> None:
    basic = section("Basic Information", "Study Start Date", "May 2020 (Actual)", "Study Completion Date", "2020-04-30")
    document = parse(page(basic, section("Brief Summary", "Text.")))
    status = document.to_dict()["protocolSection"]["statusModule"]
    assert status["startDateStruct"] == {"date": "2020-05", "type": "ACTUAL"}
    assert status["completionDateStruct"] == {"date": "2020-04-30"}
    assert [problem.code for problem in document.problems] == ["last-of-month", "dates-out-of-order"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("03/04/2021 (mm/dd/yyyy)", "2021-03-04"),
        ("03/04/2021 (dd/mm/yyyy)", "2021-04-03"),
        ("20/04/2021 (mm/dd/yyyy)", None),
    ],
)
def test_the_order_of_a_date_may_be_said_after_it(text: str, date: str | None) -> None:
    found = read_date(text)
    assert (found.date, found.problem is None) == (date or "2021-04-20", True)
