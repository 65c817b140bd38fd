"""What a pointer leads to, and how the lines of its place are shown: what is wide, long, of many lines or no letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser import parse
from parser.escape import printable
from parser.explain import NoSuchPointerError, excerpt, explain, leaves, resolve
from parser.source import Source, Span
from tests.pages import page, section


def shown(text: str, span: tuple[int, int], width: int = 60) -> list[str]:
    return excerpt(Source(text), Span(*span), width)


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("NCT ID: NCT1", "NCT1", ["1 | NCT ID: NCT1", "  |         ^^^^"]),
        ("a\tb", "b", ["1 | a       b", "  |         ^"]),
        ("a\tb", "\t", ["1 | a       b", "  |  ^^^^^^^"]),
        ("漢字 x", "字 x", ["1 | 漢字 x", "  |   ^^^^"]),
        ("e\u0301e\u0301 x", "x", ["1 | e\u0301e\u0301 x", "  |    ^"]),
        ("ae\u0301", "\u0301", ["1 | ae\u0301", "  |  ^"]),
        ("\u0301a", "a", ["1 | \u25cc\u0301a", "  |  ^"]),
        ("\x1b[31m\u202ex\x9b", "x", [r"1 | \x1b[31m\u202ex\x9b", "  |               ^"]),
        ("a\u202eb", "\u202e", [r"1 | a\u202eb", "  |  ^^^^^^"]),
        ("می\u200cروم", "روم", ["1 | می\u200cروم", "  |   ^^^"]),
        ("é", "é", ["1 | é", "  | ^"]),
    ],
)
def test_carets_are_under_the_place(text: str, marked: str, expected: list[str]) -> None:
    start = text.index(marked)
    assert shown(text, (start, start + len(marked))) == expected


LINE = "0123456789" * 20


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((0, 3), ["1 | 012345678901234567890123456789...", "  | ^^^"]),
        ((100, 103), ["1 | ...789012345678901234567890123456...", "  |                 ^^^"]),
        ((197, 200), ["1 | ...012345678901234567890123456789", "  |                               ^^^"]),
        ((50, 150), ["1 | ...0123456789012...7890123456789...", "  |              ^^^^^^^^^"]),
        ((0, 200), ["1 | 0123456789012...7890123456789", "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"]),
    ],
)
def test_a_long_line_is_cut_next_to_its_place_and_a_long_place_in_its_middle(
    span: tuple[int, int], expected: list[str]
) -> None:
    assert shown(LINE, span, width=40) == expected


def test_line_ends_of_every_kind_are_counted() -> None:
    assert shown("a\r\nb c\rd\n\ne", (5, 10)) == ["2 | b c", "  |   ^", "3 | d", "  | ^", "4 |"]


def test_of_many_lines_the_first_and_the_last_are_shown() -> None:
    text = "\n".join(f"line {number}" for number in range(1, 21))
    lines = shown(text, (0, len(text)))
    assert [line for line in lines if "^" not in line] == [
        *(f"{number:>2} | line {number}" for number in range(1, 10)),
        "... 8 lines ...",
        *(f"{number} | line {number}" for number in range(18, 21)),
    ]


CHARACTERS = "ab c.漢é\u0301\u200b\x00\x85\u2028🙂Å"


def columns(text: str) -> int:
    """How wide a text of these characters is, as it is shown."""
    shown = printable(text)
    return sum(0 if char == "\u0301" else 2 if char in "漢🙂" else 1 for char in shown)


@st.composite
def places(draw: st.DrawFn, characters: str, longest: int) -> tuple[str, tuple[int, int]]:
    """A text, and a place in it that has at least one character."""
    text = draw(st.text(st.sampled_from(characters), min_size=1, max_size=longest))
    start = draw(st.integers(0, len(text) - 1))
    return text, (start, draw(st.integers(start + 1, len(text))))


@given(places(CHARACTERS + "\r\n\t", 200))
def test_no_line_is_too_wide(place: tuple[str, tuple[int, int]]) -> None:
    lines = shown(*place, width=50)
    assert all(columns(line) <= 50 for line in lines)
    assert lines[0].lstrip()[0].isdigit()


@given(places(CHARACTERS, 20))
def test_carets_are_as_wide_as_the_place_and_as_far_to_the_right(place: tuple[str, tuple[int, int]]) -> None:
    text, (start, end) = "x" + place[0], (place[1][0] + 1, place[1][1] + 1)
    while text[start] == "\u0301":
        # A mark is shown with the letter before it.
        start -= 1
    _, carets = shown(text, (start, end))
    assert carets == "  | " + " " * columns(text[:start]) + "^" * columns(text[start:end])


def explained(pointer: str, text: str) -> list[str]:
    return list(explain(parse(text), Source(text), pointer, "page.txt", 60))


TRIAL = page(section("Basic Information", "Total Enrollment", "10 participants"), section("Conditions", "Lupus"))


def test_a_value_is_explained_by_its_line() -> None:
    assert explained("/protocolSection/designModule/enrollmentInfo/count", TRIAL) == [
        "page.txt:13:1: /protocolSection/designModule/enrollmentInfo/count = 10",
        "13 | 10 participants",
        "   | ^^^^^^^^^^^^^^^",
    ]


def test_what_is_printed_nowhere_is_said_to_be() -> None:
    assert explained("/sourceSection/registry", TRIAL) == [
        'page.txt: /sourceSection/registry = "ClinicalTrials.gov"',
        "(it is printed nowhere on the page)",
    ]


def test_an_object_is_explained_by_its_leaves() -> None:
    assert explained("/protocolSection/identificationModule", TRIAL) == [
        'page.txt:3:9: /protocolSection/identificationModule/nctId = "NCT00000001"',
        'page.txt:1:1: /protocolSection/identificationModule/briefTitle = "A Trial"',
    ]
    assert explained("", TRIAL)[0] == 'page.txt: /schemaVersion = "2.0"'
    *_, long = explained("/protocolSection", page(section("Brief Summary", "word " * 100)))
    assert len(long) < 150
    assert long.endswith("word w...")


@pytest.mark.parametrize(
    ("pointer", "nearest"),
    [
        ("/protocolSection/identificationModul/nctID", "/protocolSection/identificationModule/nctId"),
        ("nctId", "/protocolSection/identificationModule/nctId"),
        ("/nctId", "/protocolSection/identificationModule/nctId"),
        ("protocolSection/designModule", "/protocolSection/designModule"),
        ("/protocolSection/conditionsModule/conditions/7", "/protocolSection/conditionsModule/conditions/0"),
        ("/protocolSection/conditionsModule/conditions/00", "/protocolSection/conditionsModule/conditions/0"),
        ("/protocolSection/conditionsModule/conditions/-1", "/protocolSection/conditionsModule/conditions/0"),
        ("/protocolSection/conditionsModule/conditions/0/x", "/protocolSection/conditionsModule/conditions/0"),
    ],
)
def test_a_pointer_that_leads_nowhere_is_reported_the_nearest(pointer: str, nearest: str) -> None:
    with pytest.raises(NoSuchPointerError) as refusal:
        explained(pointer, TRIAL)
    first, *near = str(refusal.value).splitlines()
    assert first == f"the document has nothing at {pointer!r}; the nearest are:"
    assert nearest in [line.strip() for line in near]


@pytest.mark.parametrize("pointer", ["#", "/" + "9" * 5000, "x" * 40])
def test_a_pointer_that_is_near_nothing_is_refused_without_a_hint(pointer: str) -> None:
    with pytest.raises(NoSuchPointerError) as refusal:
        resolve({"a": [1, 2]}, pointer)
    assert str(refusal.value) == f"the document has nothing at {pointer!r}"


def test_pointers_escape_slashes_and_tildes_of_keys() -> None:
    data = {"a/b": {"m~n": [1, {}]}}
    assert dict(leaves(data, "")) == {"/a~1b/m~0n/0": 1, "/a~1b/m~0n/1": {}}
    assert resolve(data, "/a~1b/m~0n/0") == 1
    assert resolve(data, "") is data
