"""The viewer's pages: what is in them, that nothing of a record becomes markup, and where places lead."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from parser import Document, merge, page_source, parse, parse_file, parse_records, view
from parser.cli import main
from parser.cli.view import MOST_RECORDS
from parser.writers.view import Viewed, page
from parser.writers.view_html import seen, tag, text
from parser.writers.view_quantity import bounds, number
from parser.writers.view_record import words
from parser.writers.view_source import SourceView
from tests.conftest import HTML_SAMPLES, ROOT, TEXT_SAMPLES

Captured = pytest.CaptureFixture[str]

EXPORTS = ROOT / "samples" / "exports"
HOSTILE = 'Trial of </script><script>alert(1)</script><img src=x onerror=alert(2)> "quoted" <!-- & \u202eleft\u202c'
PAGE = f"{HOSTILE}\n\nNCT ID: NCT00000001\n\nConditions\n\n{HOSTILE}\n\nA Heading Nobody Knows\n\n{HOSTILE}\n"


def opened(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def one(found: Any, selector: str) -> Tag:
    """The only element that a selector finds."""
    (element,) = found.select(selector)
    assert isinstance(element, Tag)
    return element


def said(element: Tag) -> str:
    return " ".join(element.get_text().split())


def section(html: BeautifulSoup, name: str) -> Tag:
    (heading,) = [heading for heading in html.select("details.section h2") if said(heading) == name]
    found = heading.find_parent("details")
    assert isinstance(found, Tag)
    return found


def row(part: Tag, label: str) -> Tag:
    """The value of a label."""
    value = next(term for term in part.select("dt") if said(term) == label).find_next_sibling("dd")
    assert isinstance(value, Tag)
    return value


def lines_of(html: BeautifulSoup) -> list[str]:
    return [line.get_text() for line in html.select(".source .line")]


def shown_at(lines: list[str], place: str) -> str:
    """What a place leads to: columns are UTF-16 units, as a browser counts them."""
    first, column, last, end = map(int, re.split("[:-]", place))
    encoded = [line.encode("utf-16-le") for line in lines[first : last + 1]]
    encoded[-1] = encoded[-1][: 2 * end]
    encoded[0] = encoded[0][2 * column :]
    return "\n".join(part.decode("utf-16-le") for part in encoded)


@pytest.fixture(scope="module")
def sample_page() -> BeautifulSoup:
    path = ROOT / "samples" / "NCT03562065.txt"
    return opened(view(parse_file(path), page_source(path.read_bytes()).text))


# --- The page as a whole --------------------------------------------------------------------------------------------


def test_a_page_lets_only_its_own_style_and_script_run() -> None:
    html = opened(view(parse(PAGE), PAGE))
    policy = one(html, 'meta[http-equiv="Content-Security-Policy"]')["content"]
    directives = dict(directive.strip().split(" ", 1) for directive in str(policy).split(";"))
    assert directives["default-src"] == "'none'"
    for name, directive in (("style", "style-src"), ("script", "script-src")):
        digest = hashlib.sha256(str(one(html, name).string).encode()).digest()
        assert directives[directive] == f"'sha256-{base64.b64encode(digest).decode()}'"


def test_a_page_names_nothing_outside_and_has_no_handlers_and_no_inline_styles(sample_page: BeautifulSoup) -> None:
    for element in sample_page.find_all(True):
        for name, value in element.attrs.items():
            assert not name.startswith("on") and name not in ("src", "style", "srcset", "action"), element
            assert name != "href" or str(value).startswith("#")
    assert not re.search(r"@import|url\(", str(one(sample_page, "style").string))


def test_nothing_of_a_record_becomes_markup() -> None:
    html = opened(view(parse(PAGE), PAGE))
    assert len(html.select("script")) == 1 and not html.select("img")
    shown = HOSTILE.replace("\u202e", "\ufffd").replace("\u202c", "\ufffd")
    assert said(one(html, "h1")) == shown and lines_of(html)[0] == shown
    study = {"protocolSection": {"identificationModule": {HOSTILE: HOSTILE, "nctId": "NCT00000001"}}}
    html = opened(view(parse(study)))
    assert len(html.select("script")) == 1 and not html.select("img")
    assert any(HOSTILE[:30] in said(value) for value in html.select(".fields .value"))


def test_controls_of_direction_are_shown_by_their_names() -> None:
    html = opened(view(parse("Safe \u202etitle\n\nNCT ID: NCT00000001\n"), "Safe \u202etitle\n\nNCT ID: NCT00000001\n"))
    names = [unseen["data-name"] for unseen in html.select(".unseen")]
    assert names and set(names) == {"U+202E"}
    assert "\u202e" not in str(html)


def test_the_title_is_the_registry_id(sample_page: BeautifulSoup) -> None:
    assert said(one(sample_page, "title")) == "NCT03562065"


# --- Escaping -------------------------------------------------------------------------------------------------------


def test_text_is_escaped_and_markup_is_not() -> None:
    inner = tag("b", "AST <ULN & ALT")
    assert inner == "<b>AST &lt;ULN &amp; ALT</b>"
    assert tag("p", inner, None, '"', title='"<', class_="x", data_at=None, open=True) == (
        '<p title="&quot;&lt;" class="x" open><b>AST &lt;ULN &amp; ALT</b>"</p>'
    )


def test_runs_of_unseen_characters_are_one_element_of_as_many_units() -> None:
    shown = text("a" + "\u200b" * 5 + "b\U000e0041")
    assert shown.count("<span") == 2
    assert 'data-name="U+200B U+200B U+200B … 5 characters">' + "\ufffd" * 5 in shown
    assert 'data-name="U+E0041">\ufffd\ufffd<' in shown
    assert seen("a\u202eb\x00") == "a\ufffdb\ufffd"


# --- Places ---------------------------------------------------------------------------------------------------------

ODD = st.text(st.sampled_from("ab 𝔸😀é\u0301\u202e\x00\x85\u2028\t<&\n\r"), max_size=60)


@given(ODD, st.integers(0, 60), st.integers(0, 60))
def test_a_place_in_any_text_leads_to_the_same_characters(source: str, start: int, length: int) -> None:
    start = min(start, len(source))
    end = min(start + length, len(source))
    view_of = SourceView(source)
    lines = [line.get_text() for line in opened(view_of.html()).select(".line")]
    read = "".join("\ufffd" if "unseen" in text(char) else char for char in source[start:end] if char not in "\r\n")
    # Long runs of blank lines are not shown.
    assert "".join(shown_at(lines, view_of.place(start, end)).split()) == "".join(read.split())


@pytest.mark.parametrize("path", TEXT_SAMPLES[:6] + TEXT_SAMPLES[-6:], ids=lambda path: str(path.name))
def test_each_place_on_a_page_is_the_text_of_its_span(path: Path) -> None:
    document, source = parse_file(path), page_source(path.read_bytes()).text
    html = opened(view(document, source))
    lines, view_of = lines_of(html), SourceView(source)
    assert "\n".join(lines).split() == source.split()
    places = {str(element["data-at"]) for element in html.select("[data-at]")}
    expected = {
        view_of.place(*span)
        for place in document.spans.values()
        for span in ([place] if isinstance(place[0], int) else place)
    }
    problems = {view_of.place(p.start, p.end) for p in document.problems if p.start is not None and p.end is not None}
    assert {part for place in places for part in place.split(" ")} <= expected | problems
    for pointer, place in document.spans.items():
        if pointer.endswith(("/nctId", "/briefTitle", "/date", "/facility")) and isinstance(place[0], int):
            shown = shown_at(lines, view_of.place(*place))
            assert shown.split() == source[place[0] : place[1]].split()
            assert view_of.place(*place) in places, pointer


def test_astral_characters_before_a_value_count_as_two() -> None:
    source = "Title\n\nNCT ID: NCT00000001\n\nConditions\n\n😀𝔸 Headache\n\nEligibility Criteria\n\n😀 Age ≥ 18 years\n"
    html = opened(view(parse(source), source))
    chip = one(html, ".criterion .chip")
    assert shown_at(lines_of(html), str(chip["data-at"])) == "≥ 18 years"


def test_line_ends_are_those_of_the_page() -> None:
    source = "Title\r\n\r\nNCT ID: NCT00000001\r\n\r\nConditions\r\n\r\nHeadache\r\n"
    html = opened(view(parse(source), source))
    value = one(row(section(html, "Identification"), "NCT ID"), ".value")
    assert value["data-at"] == "2:8-2:19"
    assert [line["data-n"] for line in html.select(".source .line")] == [str(n) for n in range(1, 9)]


def test_a_line_that_is_too_long_for_a_browser_is_shown_in_parts() -> None:
    source = "word " * 10_000 + "\nlast"
    view_of = SourceView(source)
    lines = opened(view_of.html()).select(".line")
    assert max(len(line.get_text()) for line in lines) <= 4000
    assert [line.get("data-n") for line in lines if line.get("data-n")] == ["1", "2"]
    assert "".join(line.get_text() for line in lines) == source.replace("\n", "")
    assert shown_at([line.get_text() for line in lines], view_of.place(45_000, 45_004)) == "word"


def test_a_million_blank_lines_are_not_a_million_elements() -> None:
    assert SourceView("a\n" + "\n" * 1_000_000 + "b").html().count("<div") < 10


def test_unparsed_text_is_marked() -> None:
    source = "Title\n\nNCT ID: NCT00000001\n\nBasic Information\n\nRecruitment Status\n\nON A BREAK\n"
    html = opened(view(parse(source), source))
    assert said(one(html, ".source mark")) == "ON A BREAK"
    value = one(section(html, "In no field"), ".value")
    assert shown_at(lines_of(html), str(value["data-at"])) == "ON A BREAK"


# --- The record -----------------------------------------------------------------------------------------------------


def test_modules_are_sections_in_the_order_of_api_v2(sample_page: BeautifulSoup) -> None:
    assert [said(heading) for heading in sample_page.select("details.section h2")] == [
        "Identification",
        "Status",
        "Sponsors and collaborators",
        "Description",
        "Conditions and keywords",
        "Design",
        "Arms and interventions",
        "Eligibility",
        "Contacts and locations",
        "References",
        "Problems",
        "Source",
    ]


def test_criteria_are_a_tree_under_their_category_headings(sample_page: BeautifulSoup) -> None:
    tree = one(sample_page, "ol.criteria")
    kinds = [item for item in tree.find_all("li", recursive=False) if isinstance(item, Tag)]
    titles = [index for index, item in enumerate(kinds) if "category" in item["class"]]
    assert titles == [0, 10] and len(kinds) == 1 + 9 + 1 + 13
    assert said(kinds[10]) == "Exclusion Criteria"
    deepest = next(item for item in tree.select("li.criterion") if said(one_of(item, ".id")) == "I4.2.6")
    assert said(one_of(deepest, ".marker")) == "vi-"
    around = deepest.find_parent("li")
    assert isinstance(around, Tag) and said(one_of(around, ".id")) == "I4.2"


def one_of(item: Tag, selector: str) -> Tag:
    found = item.select_one(selector)
    assert found is not None
    return found


def test_quantities_are_chips_with_bounds_unit_and_ucum_and_repairs_are_flagged(sample_page: BeautifulSoup) -> None:
    chips = [said(chip) for chip in sample_page.select(".criteria .chip")]
    assert "Age > 18 to < 70 years a" in chips
    assert "neutropenia < 5 × 10⁸ /L repaired: flattened-superscript, not 0.5109" in chips
    assert "Cyclosporine 2.5 to 5 mg/kg/day mg/kg/d" in chips
    assert "≤ 3 months mo after the end of treatment" in chips
    dose = next(chip for chip in sample_page.select(".cards .chip") if "10⁶" in said(chip))
    assert shown_at(lines_of(sample_page), str(dose["data-at"])) == "1.10\\^6 CSM / kg"


def test_problems_are_where_they_belong_and_in_one_list(sample_page: BeautifulSoup) -> None:
    conditions = row(section(sample_page, "Conditions and keywords"), "Conditions")
    assert "conditions-joined" in said(one(conditions, ".problem"))
    criterion = next(item for item in sample_page.select("li.criterion") if said(one_of(item, ".id")) == "I1")
    assert [said(code) for code in criterion.select(".problem code")] == ["age-mismatch", "age-mismatch"]
    assert len(section(sample_page, "Problems").select("li")) == 4


def test_what_is_normalized_is_next_to_what_it_was_made_of(sample_page: BeautifulSoup) -> None:
    places = section(sample_page, "Contacts and locations")
    assert "+33142499768" in said(row(places, "Central contacts"))
    assert "FR" in said(row(places, "Locations"))
    assert said(row(section(sample_page, "Eligibility"), "Minimum age")) == "18 Years 18 Years a"
    assert "Farge D, Biard L" in said(row(section(sample_page, "References"), "Authors"))


def test_a_note_among_the_criteria_is_no_problem() -> None:
    eligibility = "Eligibility Criteria\n\nInclusion Criteria:\n\n* Adults\n\nOther inclusion criteria apply.\n"
    source = f"Title\n\nNCT ID: NCT00000001\n\n{eligibility}"
    html = opened(view(parse(source), source))
    assert said(one_of(one(html, ".criterion.note"), ".value")) == "Other inclusion criteria apply."
    assert not html.select(".criterion.problem")


QUANTITY: dict[str, Any] = {"low": None, "lowInclusive": False, "high": None, "highInclusive": False}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"low": 6, "lowInclusive": True, "high": 6, "highInclusive": True}, "6"),
        ({"low": 6, "lowInclusive": True}, "≥ 6"),
        ({"low": 6}, "> 6"),
        ({"high": 0.5, "highInclusive": True}, "≤ 0.5"),
        ({"high": 0}, "< 0"),
        ({"low": 2.5, "lowInclusive": True, "high": 5, "highInclusive": True}, "2.5 to 5"),
        ({"low": 18, "high": 70, "highInclusive": True}, "> 18 to ≤ 70"),
        ({}, "no bounds"),
    ],
)
def test_bounds(given: dict[str, Any], shown: str) -> None:
    assert bounds({**QUANTITY, **given}) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (3000, "3000"),
        (30_000, "30\u202f000"),
        (1_000_000, "10⁶"),
        (500_000_000, "5 × 10⁸"),
        (1_234_500, "1.2345 × 10⁶"),
        (1_234_567, "1\u202f234\u202f567"),
        (0.0000001, "1e-07"),
        (1.771561, "1.771561"),
        (10**15, "10¹⁵"),
    ],
)
def test_numbers(value: float, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("briefTitle", "Brief title"),
        ("nctId", "NCT ID"),
        ("orgStudyIdInfo", "Org study ID"),
        ("startDateStruct", "Start date"),
        ("ipdSharingStatementModule", "IPD sharing statement"),
        ("resultsSection", "Results"),
        ("<b>", "<b>"),
        ("", ""),
    ],
)
def test_keys_in_words(key: str, shown: str) -> None:
    assert words(key) == shown


@pytest.mark.parametrize("times", [1, 47])
def test_keys_and_nesting_that_no_study_has_are_shown_as_they_are(times: int) -> None:
    deep: Any = "bottom"
    for _ in range(times):
        deep = {"a/b": [deep]}
    module = {"nctId": "NCT00000001", "odd": deep, "none": None, "empty": []}
    html = opened(view(parse({"protocolSection": {"identificationModule": module}})))
    part = section(html, "Identification")
    assert "bottom" in said(part) and said(row(part, "Empty")) == "—"
    assert "/protocolSection/identificationModule/odd/a~1b/0" in str(html)


# --- What it was read from --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", HTML_SAMPLES[:2], ids=lambda path: str(path.name))
def test_of_a_saved_page_the_text_that_it_shows_is_on_the_left(path: Path) -> None:
    source = page_source(path.read_bytes())
    html = opened(view(parse_file(path), source.text))
    title = one_of(one(html, ".fields"), "dd .value[data-at]")
    assert shown_at(lines_of(html), str(title["data-at"])) == said(title)


def test_another_text_is_refused(sample: Path) -> None:
    with pytest.raises(ValueError, match="not the text that the document was read from"):
        view(parse_file(sample), "Another text")


def test_without_a_text_the_values_are_on_the_left(sample: Path) -> None:
    html = opened(view(Document.from_dict(parse_file(sample).to_dict())))
    assert "was not given" in said(one(html, ".source .about"))
    value = one(row(section(html, "Identification"), "Brief title"), ".value")
    assert shown_at(lines_of(html), str(value["data-at"])) == said(value)


def test_without_a_text_offsets_into_it_lead_nowhere(sample: Path) -> None:
    html = opened(view(parse_file(sample)))
    assert not html.select(".criteria [data-at]")
    lines = lines_of(html)
    chip = next(chip for chip in html.select("dd > .chip") if "18" in said(chip))
    assert shown_at(lines, str(chip["data-at"])) == "18 Years"
    note = one(row(section(html, "Conditions and keywords"), "Conditions"), ".problem")
    assert "data-at" not in note.attrs


def test_of_an_export_the_values_are_on_the_left_and_places_count_in_them() -> None:
    document = next(parse_records(EXPORTS / "ctgov-xml" / "studies.xml"))
    html = opened(view(document))
    lines = lines_of(html)
    chips = {said(chip): shown_at(lines, str(chip["data-at"])) for chip in html.select(".chip[data-at]")}
    assert chips["FEV1 ≥ 60 %"] == "at least 60 %"
    assert chips["Age ≥ 18 years a"].split() == ["18", "years", "or", "older"]
    assert chips["18 Years a"] == "18 Years"
    country = next(value for value in html.select(".normalized.value") if said(value) == "FR")
    assert shown_at(lines, str(country["data-at"])) == "France"
    left = one(section(html, "In no field"), "li:first-child")
    assert shown_at(lines, str(one(left, ".value")["data-at"])).split() == said(one(left, ".value")).split()
    captions = [said(caption) for caption in html.select(".source .caption")]
    assert "/protocolSection/eligibilityModule/eligibilityCriteria" in captions


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n", "\n\n\n\n\n"])
def test_values_that_end_in_line_ends_do_not_move_the_next_ones(ending: str) -> None:
    module = {"nctId": "NCT00000001", "acronym": f"A{ending}", "briefTitle": f"{ending}Title", "officialTitle": "T"}
    html = opened(view(parse({"protocolSection": {"identificationModule": module}})))
    part = section(html, "Identification")
    for label, value in (("Acronym", "A"), ("Brief title", "Title"), ("Official title", "T")):
        assert shown_at(lines_of(html), str(one(row(part, label), ".value")["data-at"])).strip() == value


def test_what_a_merged_record_has_from_another_source_has_no_place() -> None:
    protocol = (ROOT / "samples" / "labelled" / "NCT04264208.txt").read_text(encoding="utf-8")
    results = (ROOT / "samples" / "results" / "lines" / "NCT04264208.txt").read_text(encoding="utf-8")
    merged = merge(parse(protocol), parse(results))
    html = opened(view(merged, protocol))
    flow = section(html, "Results · Participant flow")
    assert flow.select(".value") and not flow.select("[data-at]")
    assert section(html, "Identification").select("[data-at]")


# --- Several records --------------------------------------------------------------------------------------------------


def test_several_records_have_an_index() -> None:
    documents = list(parse_records(EXPORTS / "ictrp-xml" / "trials.xml"))
    html = opened(page([Viewed(document, None) for document in documents]))
    links = [link["href"] for link in html.select("nav.index a")]
    assert links == [f"#{article['id']}" for article in html.select("article")]
    assert len(links) == len(documents) > 1


# --- Notebooks --------------------------------------------------------------------------------------------------------


def test_a_notebook_shows_the_sections_folded_and_without_scripts(sample: Path) -> None:
    html = opened(parse_file(sample)._repr_html_())
    assert not html.select("script, [data-at], [open].section")
    assert said(one(html, ".title:not(.cards .title)")).startswith("Treatment of Refractory")
    assert len(html.select("details.section")) == 10
    assert "neutropenia < 5 × 10⁸ /L" in {said(chip).partition(" repaired")[0] for chip in html.select(".chip")}


def test_a_notebook_shows_a_long_list_and_a_long_text_in_part() -> None:
    conditions = [f"Condition {number}" for number in range(500)]
    module = {"conditions": conditions, "keywords": ["x" * 100_000]}
    shown = parse({"protocolSection": {"conditionsModule": module}})._repr_html_()
    assert "… 470 more" in shown and "99,400 more characters" in shown
    assert len(shown) < 10_000


# --- The command ------------------------------------------------------------------------------------------------------


def test_a_file_becomes_a_page(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert main(["view", str(sample), "-o", str(out)]) == 0
    html = opened(out.read_text(encoding="utf-8"))
    assert len(html.select("article")) == 1 and not html.select("nav")
    assert said(row(section(html, "Source"), "Name")) == str(sample)


def test_without_an_output_the_page_goes_to_stdout(sample: Path, capsys: Captured) -> None:
    assert main(["view", str(sample)]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


def test_stdin_is_a_file_too(sample: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    with sample.open(encoding="utf-8", newline="") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert main(["view", "-"]) == 0
    assert said(row(section(opened(capsys.readouterr().out), "Source"), "Name")) == "<stdin>"


def test_several_files_become_a_page_with_an_index(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "pages.html"
    export = EXPORTS / "ictrp-xml" / "trials.xml"
    assert main(["view", str(sample), str(export), "-o", str(out)]) == 0
    names = [said(cells[-1]) for line in opened(out.read_text("utf-8")).select("nav tbody tr") if (cells := line("td"))]
    assert names == [str(sample), *(f"{export}#{number}" for number in (1, 2, 3))]


def test_a_folder_gets_a_page_for_each_record_and_an_index(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "pages"
    study = tmp_path / "study.json"
    study.write_text('{"protocolSection": {"identificationModule": {"briefTitle": "../../a <b>/c"}}}', encoding="utf-8")
    assert main(["view", str(sample), str(study), "-o", str(out)]) == 0
    index = opened((out / "index.html").read_text("utf-8"))
    addresses = [str(link["href"]) for link in index.select("nav a")]
    assert addresses == ["00001-NCT03562065.html", "00002-a-b-c.html"]
    assert sorted(path.name for path in out.iterdir()) == [*addresses, "index.html"]


def test_what_is_no_record_is_said_and_the_rest_is_shown(sample: Path, tmp_path: Path, capsys: Captured) -> None:
    news, out = tmp_path / "news.txt", tmp_path / "page.html"
    news.write_text("Something that is no record.\n", encoding="utf-8")
    assert main(["view", str(news), str(tmp_path / "none.txt"), str(sample), "-o", str(out)]) == 1
    errors = capsys.readouterr().err.splitlines()
    assert errors[0].startswith(f"{news}: error: the text is no registry record")
    assert errors[1].startswith(f"{tmp_path / 'none.txt'}: error: the file cannot be read")
    assert len(opened(out.read_text("utf-8")).select("article")) == 1


@pytest.mark.parametrize("name", ["page.html", "folder"])
def test_nothing_is_written_if_there_is_nothing_to_show(name: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "news.txt").write_text("Something that is no record.\n", encoding="utf-8")
    assert main(["view", str(tmp_path / "news.txt"), "-o", str(tmp_path / name)]) == 1
    assert not (tmp_path / name).exists()
    assert "no registry record" in capsys.readouterr().err


def test_a_refused_record_of_an_export_is_named_and_the_rest_is_shown(tmp_path: Path, capsys: Captured) -> None:
    trials = EXPORTS / "ctis-json" / "trials.jsonl"
    out = tmp_path / "page.html"
    assert main(["view", str(trials), "-o", str(out)]) == 1
    assert capsys.readouterr().err.startswith(f"{trials}#3: error: ")
    assert len(opened(out.read_text("utf-8")).select("article")) == 2


def test_too_many_records_for_one_page_are_refused_with_what_to_do(tmp_path: Path, capsys: Captured) -> None:
    line = '{"protocolSection": {"identificationModule": {"nctId": "NCT%08d", "briefTitle": "A"}}}\n'
    studies, out = tmp_path / "studies.jsonl", tmp_path / "page.html"
    studies.write_text("".join(line % number for number in range(MOST_RECORDS + 1)), encoding="utf-8")
    assert main(["view", str(studies), "-o", str(out)]) == 1
    assert f"more than {MOST_RECORDS} records" in capsys.readouterr().err and not out.exists()
    assert main(["view", str(studies), "-o", str(tmp_path / "pages")]) == 0
    assert len(list((tmp_path / "pages").iterdir())) == MOST_RECORDS + 2


@pytest.mark.skipif(sys.platform == "win32", reason="a device of Unix-like systems")
@pytest.mark.parametrize("name", ["missing/page.html", "file/pages"])
def test_an_output_that_cannot_be_written_is_said(name: str, sample: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "file").touch()
    out = tmp_path / name
    assert main(["view", str(sample), "-o", str(out)]) == 1
    assert capsys.readouterr().err.startswith(f"{out}: error: the page cannot be written: ")


def test_an_export_without_records_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "studies.json"
    path.write_text('{"studies": []}')
    assert main(["view", str(path)]) == 1
    assert "holds no record" in capsys.readouterr().err
