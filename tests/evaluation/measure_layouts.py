"""Whether pages are distinguished: every record printed in every form, as a mixed folder would have them.

    python -m tests.evaluation.measure_layouts  # how many pages of each form are named rightly

The exit code is 1 if any is not.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from parser import parse
from tests.evaluation.bare_printer import print_bare
from tests.evaluation.html_printer import SHELLS, print_html
from tests.evaluation.printer import print_page
from tests.evaluation.records import Study, chosen_records, nct_id, records_parser
from tests.evaluation.results_printer import Style, print_results

HTML_LAYOUTS = {shell: "table-page" if shell == "tables" else "labelled-page" for shell in SHELLS}


def pages(study: Study) -> Iterator[tuple[str, str, str]]:
    """A record in each form: what the form is called, the page, and the layout that it should be read in."""
    page = print_page(study)
    yield "labelled", page, "labelled-page"
    yield "labelled, CRLF", page.replace("\n", "\r\n"), "labelled-page"
    yield "labelled, no blank lines", re.sub(r"\n\n+", "\n", page), "labelled-page"
    yield "bare", print_bare(study), "bare-page"
    yield "bare, inline labels kept", print_bare(study, "label"), "bare-page"
    yield "bare, inline lines gone", print_bare(study, "gone"), "bare-page"
    for shell, layout in HTML_LAYOUTS.items():
        yield f"HTML, {shell}", print_html(study, shell), f"html/{layout}"
    if "resultsSection" in study:
        for style, layout in ((Style(), "results-page"), (Style(bars=True), "bare-results-page")):
            results = print_results(study, style)
            yield layout, results, layout
            yield f"HTML of {layout}", as_html(results), f"html/{layout}"


def as_html(page: str) -> str:
    """A page as paragraphs of HTML."""
    escaped = page.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    paragraphs = "".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in escaped.split("\n\n"))
    return f"<!doctype html><html><body><nav>Home</nav>{paragraphs}</body></html>"


def layout_of(page: str) -> str:
    section = parse(page).source_section
    assert section
    return section.form or ""


def measure(studies: Iterable[Study]) -> tuple[Counter[str], list[Any]]:
    """How many pages of each form there are, and those that were named wrongly."""
    counted: Counter[str] = Counter()
    wrong: list[Any] = []
    for study in studies:
        for form, page, layout in pages(study):
            counted[form] += 1
            found = layout_of(page)
            if found != layout:
                wrong.append((form, nct_id(study), found))
    return counted, wrong


def main(argv: list[str] | None = None) -> int:
    options = records_parser("tests.evaluation.measure_layouts", __doc__)
    counted, wrong = measure(chosen_records(options, options.parse_args(argv)))
    missed = Counter(form for form, _, _ in wrong)
    for form, count in counted.items():
        print(f"{100 * (count - missed[form]) / count:8.3f} %  of {count:5}  {form}")
    for form, name, found in wrong[:20]:
        print(f"{form}: {name} was read as {found}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
