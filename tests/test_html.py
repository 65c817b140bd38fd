"""Pages in HTML become the text that they show, and hostile ones cost no more than others."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from parser import ParserError, parse
from parser.html import html_text, is_html
from parser.html.blocks import Blocks
from parser.html.markup import MOST_ELEMENTS
from parser.problems import BinaryInputError, EmptyInputError, TooLargeError
from tests.conftest import ROOT, needs_records
from tests.evaluation.html_printer import SHELLS, print_html
from tests.evaluation.measure_html import compare
from tests.evaluation.records import load_records
from tests.linear import assert_linear


def shown(body: str) -> str:
    return html_text(f"<!doctype html><body>{body}").text


# --- what is HTML ---


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>\n<p>A",
        "\ufeff <!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>",
        "<!-- saved from url=(0014)about:internet -->\n<html lang=en>",
        '<?xml version="1.0"?>\n<!DOCTYPE html>',
        "<div class='record'><h1>A",
        "<HTML><BODY>",
        b"\xef\xbb\xbf<!doctype html>",
        "<!doctype html>".encode("utf-16"),
    ],
)
def test_a_page_is_html(text: str | bytes) -> None:
    assert is_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A Trial\n\nNCT ID: NCT00000001\n\n* <18 years",
        "A <b>Trial</b>\n\nNCT ID: NCT00000001",
        "<18 years\n\nNCT ID: NCT00000001",
        "A trial of <html> in browsers\n\nNCT ID: NCT00000001",
        "a < b\n<c> d",
        b"A Trial <br> of it",
    ],
)
def test_a_text_is_no_html(text: str | bytes) -> None:
    assert not is_html(text)


# --- what a page shows ---


@pytest.mark.parametrize(
    ("body", "text"),
    [
        # Blocks and lines
        ("<h1>A</h1><p>B<div>C</div>", "A\n\nB\n\nC"),
        ("<p>A<p>B<br>C<br/>D</br>E", "A\n\nB\nC\nD\nE"),
        ("A<br><br> B<br><br><br>C", "A\n\nB\n\nC"),
        ("<b>A</b>B <i> C</i>\n\t D&nbsp; E", "AB C D E"),
        ("<p> <b> A </b> </p><p>&nbsp;</p><p>B", "A\n\nB"),
        ("<dl><dt>L<dd>V<dt>M<dd>W</dl>X", "L\n\nV\n\nM\n\nW\n\nX"),
        ("<section><p>A</section>B<article>C</article>", "A\n\nB\n\nC"),
        ("<span style='display: block'>A</span>B", "A\n\nB"),
        ("<pre>\n A\n  B</pre>", " A\n  B"),
        ("A<wbr>B<embed src=x><p>C<video><source src=x></video>D", "AB\n\nCD"),
        ("<div style='white-space: pre-line'>A  B\n * C</div>", "A B\n* C"),
        ("<div class='text-sm whitespace-pre-wrap'>A\nB", "A\nB"),
        ("<p>A\n   B\nC", "A B C"),
        ("<p>A:\n\n* B\n* C</p>", "A:\n\n* B\n* C"),
        # Powers and indices
        ("10<sup><i>9</i></sup> A<sup>9<p>B", "10^9 A9\n\nB"),
        ("10<sup>9</sup>/L, m<sup>2</sup>, 10<sup> -6 </sup>, 2<sup>n</sup>", "10^9/L, m^2, 10^-6, 2^n"),
        ("1<sup>st</sup> CD4<sup>+</sup> Name<sup>®</sup> 10^<sup>3</sup>", "1st CD4+ Name® 10^3"),
        ("PaO<sub>2</sub>", "PaO2"),
        # Signs of comparison, entities
        ("AST <ULN and bilirubin >1.5, x <18 and </= 3 < 5", "AST <ULN and bilirubin >1.5, x <18 and </= 3 < 5"),
        ("if a <b and c> d, <i am not a tag", "if a <b and c> d, <i am not a tag"),
        ("A <made-up>B</made-up> <o:p></o:p><mi>C</mi>", "A B C"),
        (
            "&lt;p&gt; &amp;lt; &ge; &#181; &#x3BC; &bogus; AT&T &#99999999999;",
            "<p> &lt; ≥ µ μ &bogus; AT&T \ufffd",
        ),
        ("&#0000000000065;&#0;A", "A\ufffdA"),
        ("<a title='a > b' href=x>A</a><p data-x=\"<p>\">B</p>", "A\n\nB"),
        ("<a href='x>A</a> B", "A B"),
        ('<a href=\'x>A</a> "B" <p title="y" hidden>X</p>C <1 D', 'A "B" C <1 D'),
        ("A <![CDATA[B < C &amp; D]]> E", "A B < C & D E"),
        ("A<!-- <p>B --> C<!---> D<![endif]-->E<?php x ?>F", "A C DEF"),
        ("<p>A<!-- without end <p>B", "A"),
        ("<p>A<script>B<p>C", "A"),
        (f"<p>A\x00B{'C' * 100}", f"AB{'C' * 100}"),
        # Tags in wrong places
        ("<iframe src=x>A<title>B<textarea>C", "ABC"),
        ("<svg/>A<title/>B<b/>C", "ABC"),
        ("A</p>B</div>C<body>D", "A B C D"),
        ("<h2>A<p>B</h2>C", "A\n\nB C"),
        ("<b><p>A</b>B", "AB"),
        ("<div><b>A<div>B</b>C</div>D</div>E", "A\n\nBC\n\nD\n\nE"),
        ("A</body></html>B<p>C", "A\n\nB\n\nC"),
        ("<head><title>X</title><main>A</main></head>", "A"),
    ],
)
def test_a_page_becomes_what_it_shows(body: str, text: str) -> None:
    assert shown(body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<ul><li>A<li>B</ul>C", "* A\n* B\n\nC"),
        ("<p>A</p><ol start=3><li>B<li value=7>C<li>D</ol>", "A\n\n3. B\n7. C\n8. D"),
        ("<ol type=a start=26><li>A<li>B</ol><ol type=I><li>C", "z. A\naa. B\n\nI. C"),
        ("<ol type=i start=4><li>A<li>B<li type=1>C", "iv. A\nv. B\n6. C"),
        ("<ol type=a start=0><li>A", "0. A"),
        ("<ul><li>A<ul><li>B<li>C</ul><li>D</ul>", "* A\n\n  * B\n  * C\n* D"),
        ("<ol><li>A<ul><li>B<br>C</ul></li><li>D</li></ol>", "1. A\n\n   * B\n     C\n2. D"),
        ("<ul><li><p>A</p><p>B</p></li><li>C</li></ul>", "* A\n\n  B\n\n* C"),
        ("<ul><li></li><li>A</ul>", "* A"),
        ("<li>A", "* A"),
        # A list right inside a list
        ("<ul><ul><li>A</ul></ul>B", "  * A\n\nB"),
        ("<ul><li>A</li><ul><li>B<li>C</ul><li>D</ul>E", "* A\n\n  * B\n  * C\n* D\n\nE"),
        ("<ol start=9><li>A<li>B</li><ol><li>C</ol><li>D</ol>", "9. A\n10. B\n\n    1. C\n11. D"),
        # Tags that were left open
        ("<ul><li><b>A<li>B</ul>C", "* A\n* B\n\nC"),
        ("<ul><li>A<div>B<li>C</ul>D", "* A\n\n  B\n* C\n\nD"),
    ],
)
def test_lists_keep_their_markers_and_their_structure(body: str, text: str) -> None:
    assert shown(body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<table><tr><th>L<td>V<tr><th>M<td>W|X</table>Y", "| L | V |\n| M | W\\|X |\n\nY"),
        ("<table><thead><tr><th>A<th>B<tbody><tr><td>1<td></table>", "| A | B |\n|---|---|\n| 1 |  |"),
        ("<table><caption>C</caption><tr><td>1<td>2<td>3</table>", "C\n\n| 1 | 2 | 3 |"),
        (
            "<table><tr><th>M<th>A<br>first<tr><td><div>P</div><div>Q</div><td>1</table>",
            "| M |\nA\nfirst\n|\n|---|---|\n|\nP\nQ\n| 1 |",
        ),
        (
            "<table><tr><td rowspan=2>A<td>1<td>2<tr><td colspan=2>3<tr><td>4<td>5<td>6</table>",
            "| A | 1 | 2 |\n|  | 3 |  |\n| 4 | 5 | 6 |",
        ),
        # Tables that only lay out the page
        ("<table><tr><td>A<tr><td>B</table>", "A\n\nB"),
        ("<table><tr><td>L<td>V<br>W</table>", "L\n\nV\nW"),
        ("<table><tr><td>L<td><p>V<p>W</table>", "L\n\nV\n\nW"),
        ("<table><tr><td>L<td><ul><li>V</ul></table>", "L\n\n* V"),
        ("<table><tr><td><table><tr><td>A<td>B</table><td>C</table>", "| A | B |\n\nC"),
        ("<table role=presentation><tr><td>A<td>B</table>", "A\n\nB"),
        ("<table>lost?<tr><td>A<td>B</table>", "lost?\n\nA\n\nB"),
        ("<table><tr hidden><td>A<td>B<tr><td>C<td>D</table>", "| C | D |"),
        # Rows and cells in wrong places, whose text must be there once
        ("<table><tr><td>A<td>B<div>C<tr><td>D<td>E</table>F", "A\n\nB\n\nC\n\nD\n\nE\n\nF"),
        ("<table><td>A<td>B<tr><td>C<td>D</table>E", "A\n\nB\n\nC\n\nD\n\nE"),
        ("<table><colgroup>A<tr><td>B<td>C</table>D", "A\n\nB\n\nC\n\nD"),
        ("<table><tr><td>A<caption>B</caption><td>C</table>D", "A\n\nB\n\nC\n\nD"),
        ("<table><tr><td>A<em>B</td><td>C", "| AB | C |"),
    ],
)
def test_tables_of_data_become_rows(body: str, text: str) -> None:
    assert shown(body) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>if (a < b) '<p>X</p>'</script>",
        "<style>p > b {}</style>",
        "<noscript><p>X</p></noscript>",
        "<template><p>X</template>",
        "<nav><ul><li>X</ul></nav>",
        "<nav><div>X</nav>",
        "<aside><div><p>X<div></aside>",
        "<noscript><div>X</noscript>",
        "<header><p>X</header>",
        "<footer>X</footer>",
        "<aside>X</aside>",
        "<dialog open>X</dialog>",
        "<p hidden>X</p>",
        "<p aria-hidden=true>X</p>",
        "<p style='color: red; DISPLAY : none'>X</p>",
        "<div id=onetrust-banner-sdk>X</div>",
        "<div class='cc cookie-notice'>X</div>",
        "<div role=navigation>X</div>",
        "<svg><title>X</title><text>X</text></svg>",
        "<select><option>X<option>Y</select>",
        "<textarea>X</textarea><iframe>X</iframe>",
        "<!-- X -->",
    ],
)
def test_what_is_hidden_or_the_sites_is_left_out(hidden: str) -> None:
    assert shown(f"{hidden}<h1>A</h1>{hidden}<p>B</p>{hidden}") == "A\n\nB"
    assert shown(f"<p>A{hidden}") == "A"


@pytest.mark.parametrize(
    "mark", ["data-tab=x", "role=tabpanel", "class='tab-pane x'", "class=tab_content", "id=tabPanel"]
)
def test_what_is_in_a_tab_is_shown(mark: str) -> None:
    assert (
        shown(f"<p>A</p><div {mark} style='display:none'>B</div><div class=table style='display:none'>C</div>")
        == "A\n\nB"
    )


def test_heads_of_a_layout_are_over_their_values() -> None:
    rows = "<tr><th>A<th>B<tr><td>C<td>D<tr><td><p>E</p><p>F</p>"
    assert shown(f"<table>{rows}</table>") == "| A | B |\n|---|---|\n| C | D |\n\nE\n\nF"
    assert shown("<table><tr><th>A<th>B<tr><td>C<td><ul><li>D</ul></table>") == "A\n\nB\n\nC\n\n* D"


def test_a_link_that_opens_a_part_of_the_page_says_nothing() -> None:
    link = "<a href='javascript:show()'>{}</a>"
    assert shown(f"<p>A {link.format('Click to view criteria')}</p>") == "A"
    assert shown(f"<p>A {link.format('Test Hospital')}</p>") == "A Test Hospital"


def test_a_field_of_a_form_is_shown_where_its_cell_has_nothing_else() -> None:
    field = "<textarea style='display:none'> 1.A;\n2.B; </textarea>"
    assert shown(f"<table><tr><td>C<td>{field}<p></p></table>") == "C\n\n1.A;\n2.B;"
    assert shown(f"<table><tr><td>C<td>{field}<p>D</p></table>") == "| C | D |"
    assert shown(f"<p>C</p>{field}") == "C"


def test_all_of_a_page_is_shown_but_comments_scripts_styles_and_the_head() -> None:
    """A word of its own in each place where a page can have one: which ones are lost."""
    page = """<!doctype html [lost1]><html><head lost2=lost3><title>lost4</title><meta content=lost5>
        <style>lost6</style><script>if (a <b) "<p>lost7"</script><link title="lost8"></head><body class=lost9>
        kept1<h1 id='lost10'>kept2 <b a <kept3 <ULN kept4 <img alt="lost11" title='lost12'> kept5</h1>
        <p>kept6<!-- lost13 <p>lost14 -->kept7 &lt;kept8&gt; &#107;ept9 &#x6b;ept10 &kept11; kept12 &amp;lt; AT&T
        <p title="lost15 > lost16">kept13<br>kept14<br/>kept15</br>kept16<br class=lost17 />kept17<br
        >kept18 <![CDATA[kept19 <3 kept20]]> kept21<p><![CDATA[kept22 <kept23 >]]> <?lost18 lost19?> <!lost20> kept24
        <template>lost21</template><script>lost22</script><style>lost23</style><noscript><p>lost24</p></noscript>
        <ul>kept25<li>kept26<ul><li>kept27</ul>kept28<li value=3>kept29<ul><ul><li>kept30</ul>kept31</ul></ul>kept32
        <dl>kept33<dt>kept34<dd>kept35<p>kept36<dd>kept37</dl>
        <table>kept38<caption>kept39</caption><tr>kept40<td>kept41<table><tr><th>kept42<td>kept43</table>kept44
        <td>kept45</table>kept46<table><tr><td>kept47<td>kept48<tr><td colspan=2>kept49|kept50</table>
        <pre>kept51
          kept52<sup>kept53</sup><sub>kept54</sub></pre><made-up>kept55</made-up><x:y>kept56</x:y><z>kept57
        <ruby>kept58<rp>kept59</rp><rt>kept60</rt></ruby><button>kept61</button><label>kept62</label>
        <input value=lost25><a href="lost26" name='lost27'>kept63</a><p <!-- lost28>kept64</i>kept65</div>kept66
        <b>kept67<i>kept68</b>kept69</i><p><span><div>kept70</span>kept71<h2>kept72<p>kept73</h2>kept74
        <math><mi>kept75</mi></math> a<kept76 a< kept77 <= kept78 <> kept79 </ kept80 </> kept81 <!-kept82 <!> kept83
        </body>kept84</html>kept85 <p kept86"""
    text = html_text(page).text
    words = re.findall(r"(?:kept|lost)\d+", text)
    assert words == [f"kept{number}" for number in range(1, 87)]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>X<main><h1>A</h1></main><p>Y", "A"),
        ("<p>X<div role=main>A</div>", "A"),
        ("<header><h1>A</h1></header><main><p>B</main>", "A\n\nB"),
        ("<p>X</p><article>The record, which is most of it</article><p>Y", "The record, which is most of it"),
        ("<p>The record, which is most of it</p><article>A</article>", "The record, which is most of it\n\nA"),
        ("<main></main><p>A", "A"),
        ("<main hidden>X</main><main>A</main>", "A"),
        # A dialog that was open hides the rest, a class of the body names the banner, a header holds the title.
        ("<div aria-hidden=true><main>A</main></div>", "A"),
        ("<div class=has-cookie-banner><h1>A</h1></div>", "A"),
        ("<header><p>NCT ID: NCT00000001</header><p>B", "NCT ID: NCT00000001\n\nB"),
        ("<section><header>A</header><p>B<footer>C</footer></section>", "A\n\nB\n\nC"),
        ("<section id=informed-consent>A</section>", "A"),
    ],
)
def test_the_content_is_what_the_page_says(body: str, text: str) -> None:
    assert shown(body) == text


def test_a_page_without_text_is_refused() -> None:
    for page in ("<html><body><script>x</script>", "<div id=root></div>", "<p>&nbsp;<br></p>"):
        with pytest.raises(EmptyInputError):
            html_text(page)
    with pytest.raises(BinaryInputError):
        html_text("<html>" + "\x00\x01" * 100)
    with pytest.raises(TooLargeError):
        html_text("<p>" + "a" * 100, max_size=50)


# --- encodings ---


@pytest.mark.parametrize(
    ("declared", "codec", "name"),
    [
        ('<meta charset="utf-8">', "utf-8", "utf-8"),
        ("", "utf-8", "utf-8"),
        ("", "utf-8-sig", "utf-8-sig"),
        ("", "utf-16", "utf-16"),
        ("", "cp1252", "cp1252"),
        ("<meta charset=utf-8>", "cp1252", "cp1252"),
        ("<META CHARSET=iso-8859-1>", "cp1252", "windows-1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-2'>", "iso8859-2", "iso8859-2"),
        ('<?xml version="1.0" encoding="windows-1250"?>', "cp1250", "cp1250"),
        ("<meta charset=macintosh>", "mac-roman", "mac-roman"),
        ("<meta charset=gb2312>", "gb18030", "gb18030"),
        # What a declaration may not ask for is as if it were not there.
        ("<meta charset=utf-16>", "utf-8", "utf-8"),
        ("<meta charset=rot13>", "utf-8", "utf-8"),
        ("<meta charset=unicode_escape>", "utf-8", "utf-8"),
        ("<meta charset=nonsense>", "utf-8", "utf-8"),
        ("<meta charset=big5>", "utf-8", "utf-8"),
    ],
)
def test_bytes_are_decoded_as_they_are_marked_or_declared(declared: str, codec: str, name: str) -> None:
    start = "" if declared.startswith("<?") else "<!doctype html>"
    page = f"{start}{declared}<title>é</title><p>Médecin, ß é ü ä"
    assert decoded(page.encode(codec)) == ("Médecin, ß é ü ä", name)
    assert decoded(page) == ("Médecin, ß é ü ä", None)


def decoded(page: str | bytes) -> tuple[str, str | None]:
    source = html_text(page)
    return source.text, source.encoding


def test_a_declaration_is_looked_for_where_it_belongs_and_a_byte_order_mark_says_more() -> None:
    assert decoded("<!doctype html><meta charset=koi8-r><p>é".encode("utf-8-sig")) == ("é", "utf-8-sig")
    far = b"<!doctype html>" + b" " * 5000 + b"<meta charset=koi8-r><p>\xc3\xa9"
    assert decoded(far) == ("é", "utf-8")


def test_a_detector_that_happens_to_be_installed_is_not_asked(tmp_path: Path) -> None:
    for name in ("cchardet", "chardet", "charset_normalizer"):
        (tmp_path / f"{name}.py").write_text("def detect(data): return {'encoding': 'koi8-r'}\n", encoding="utf-8")
    script = (
        "from bs4 import UnicodeDammit; from parser.html import html_text; data = b'<!doctype html><p>M\\xe9decin';"
        "print(ascii([UnicodeDammit(data).original_encoding, html_text(data).text]))"
    )
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert run.stdout == "['koi8-r', 'M\\xe9decin']\n"


# --- the registry's records ---


@needs_records
@pytest.mark.parametrize("shell", SHELLS)
def test_html_gives_the_document_of_its_text(shell: str) -> None:
    for study in islice(load_records(), 0, None, 100):
        assert compare(study, shell) == []


@needs_records
@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_is_html_and_shows_the_id(shell: str) -> None:
    page = print_html(next(iter(load_records())), shell)
    assert is_html(page) and is_html(page.encode())
    assert "\n\nNCT ID: NCT" in html_text(page.encode()).text


# --- hostile pages ---

HOSTILE = [
    *(
        "<",
        "<!--",
        "<!",
        "<?x ",
        "</",
        "<a ",
        '<a "',
        '<a b="',
        "<a b='",
        "<a b=\"<a b='",
        "<p x ",
        "<a b= ",
        "<![CDATA[",
    ),
    *("&", "&#", "&#9", "&lt", "&amp;", "\x00a", ">", " ", "\n", "\xa0", "a\n\n"),
    *("<div>", "<div>x", "</div>", "<p>x", "<b>", "<b><i>", "<b></i>", "<b><p></b>", "<sup>9", "<br>", "<pre>\n"),
    *(
        "<ul><li>x",
        "<li>x",
        "<ol type=i><li>x",
        "<dl><dt>x<dd>",
        "<table>",
        "<table><tr><td>x",
        "<td>x",
        "<tr><td>x<td>y",
    ),
    *("<td colspan=999 rowspan=999>x<tr>", "<table><tr><td>a<td>b", "<table><caption>x", "<caption>x", "<table>x"),
    *("<script>", "<style>x</style>", "<title>", "<noscript>x", "<x-y>", "<x-y></x-y>", "<svg><path/>", "<img src=x>"),
    *("<main>x", "<h1>x", "<article>x", "<header>x", "<header><h1>x", "<footer>x", "<div class=cookie>x"),
    *("<b></i>", "<b><div></b></div></i>", "<b><table></b></table></i>", "<nav><div></nav>", "<section><header><h1>x"),
    *("<ul>", "<ul><ul><li>x</ul>", "<h1>NCT01234567", "<sup><b>", "<sup><p>", "<![CDATA[", "<![CDATA[x]]>", "<wbr>x"),
    *("<table><tr><td><div>x", "<b a <c ", "<a b='x>", "<p>a <b and c> d"),
    *("<div hidden>", "<div style='display:none", "<div role=dialog>", "<div aria-hidden=true><h1>x"),
]


@pytest.mark.linear
@pytest.mark.parametrize("unit", HOSTILE)
def test_the_cost_of_a_page_grows_with_its_length(unit: str) -> None:
    assert_linear(lambda length: read(f"<html>x{unit * (length // len(unit))}"), 4_000)


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("before", ["", "<table><tr><td>", "<ul><li>" * 70])
def test_the_cost_of_a_long_page_grows_with_its_length(unit: str, before: str) -> None:
    assert_linear(lambda length: read(f"<html>x{before}{unit * (length // len(unit))}"), 50_000)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + "x" + "</div>" * 50_000,
        "<ul><li>" * 50_000 + "x",
        "<table><tr><td>" * 50_000 + "x",
        "<p>" + "&amp;" * 300_000 + "x",
        "<p>" + "<" * 1_000_000 + "x",
        "<div " + 'a="b" ' * 1_600_000 + ">x",
        '<div class="' + "consent-" * 100_000 + '">x',
        "<div style='white-space" + " " * 100_000 + "'>x",
        "<p>x&#" + "9" * 100_000 + ";&#" + "0" * 100_000 + ";<ol start=" + "9" * 100_000 + "><li>y",
        '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]><p>x&a;&b;',
    ],
    ids=["deep", "lists", "tables", "references", "signs", "attributes", "class", "style", "numbers", "entities"],
)
def test_a_hostile_page_is_read(page: str) -> None:
    text = html_text(page).text
    assert "x" in text and "root:" not in text


def test_a_page_of_more_elements_than_any_record_has_is_refused() -> None:
    with pytest.raises(TooLargeError, match="more than 200,000 elements"):
        html_text("<html>" + "<p>a" * MOST_ELEMENTS)
    assert html_text("<html>" + "<!-- a -->a</b>" * MOST_ELEMENTS).text == "a" * MOST_ELEMENTS


def test_what_is_nested_too_deeply_is_shown_next_to_it() -> None:
    words = [f"w{number}" for number in range(1000)]
    deep = "".join(f"<div>{word}<b>" for word in words)
    assert shown(f"{deep}x{'</b></div>' * 1000}y<p>z").split() == [*words, "x", "y", "z"]
    hidden = "<div>" * 500 + "<p>x<div hidden>y</div>z" + "</div>" * 500
    assert shown(f"<main>{hidden}w</main>v").split() == ["x", "z", "w"]


def test_deep_lists_are_indented_so_far_and_no_further() -> None:
    text = shown("<ul><li>x" * 200)
    assert text.count("* x") == 200
    assert max(len(line) for line in text.split("\n")) == 2 * 10 + len("* x")


def test_an_indented_item_keeps_its_blank_lines_empty() -> None:
    blocks = Blocks()
    blocks.open_item("1. ", "   ")
    blocks.add("A")
    blocks.end_line()
    blocks.end_line()
    blocks.add("B")
    assert blocks.text() == "1. A\n\n   B"


def read(page: str) -> None:
    with suppress(ParserError):
        html_text(page)


def test_conditions_in_a_list_have_no_bullets_and_no_doubt() -> None:
    page = "<!doctype html><h1>A</h1><p>NCT ID: NCT01234567</p><h2>Conditions</h2><ul><li>Flu<li>Low Back Pain</ul>"
    document = parse(page)
    assert document.to_dict()["protocolSection"]["conditionsModule"]["conditions"] == ["Flu", "Low Back Pain"]
    assert "conditions-joined" not in {problem.code for problem in document.problems}
