"""The forms that a page may have. A new one is a file with a likeness and a reader, and a row in `PAGE_FORMS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from parser.forms.pages import (
    bare,
    classic,
    classic_results,
    euctr,
    reader,
    registry_forms,
    registry_page,
    results,
    tables,
)
from parser.forms.pages.model import Page
from parser.forms.pages.vocabulary import SITE_SENTENCES
from parser.lines import Line
from parser.problems import NotARecordError, Report
from parser.source import Source, Span


class PageForm(NamedTuple):
    """One way in which pages print a record.

    `likeness` says from the first lines of a page, from 0 to 1, how similar it is to this form. `read` finds where each
    field is; it gets the source, its lines that are not blank, and whom to report to. Of the texts of a `signature`, in
    small letters, each page of the form has two in its first lines: one that has not is not asked for its likeness.
    Nor is a page with sentences of the seed's site, if the form is that of a registry's own pages.
    """

    name: str
    meaning: str
    likeness: Callable[[Sequence[Line]], float]
    read: Callable[[Source, list[Line], Report], Page]
    signature: tuple[str, ...] = ()
    of_a_registry: bool = False


PAGE_FORMS: tuple[PageForm, ...] = (
    # Its signature is its own; other forms would take its rows for tables, or its answers for values.
    PageForm(
        euctr.NAME,
        "EU Clinical Trials Register: rows of EudraCT's form.",
        euctr.likeness,
        euctr.read_euctr,
        of_a_registry=True,
    ),
    *(
        PageForm(
            one.name,
            one.meaning,
            registry_forms.likeness_to(one),
            registry_page.reader_of(one),
            one.signature,
            of_a_registry=True,
        )
        for one in registry_forms.FORMS
    ),
    # A registry's own pages have lines that no other has.
    PageForm(
        classic.RESULTS,
        "ClinicalTrials.gov before 2024: a study with its results.",
        classic.results_likeness,
        partial(classic_results.read_classic_results, form=classic.RESULTS),
        classic.RESULTS_SIGNATURE,
        of_a_registry=True,
    ),
    PageForm(
        classic.TABULAR,
        "ClinicalTrials.gov before 2024: the tabular view.",
        classic.tabular_likeness,
        partial(reader.read_as, form=classic.TABULAR),
        classic.TABULAR_SIGNATURE,
        of_a_registry=True,
    ),
    PageForm(
        classic.NAME,
        "ClinicalTrials.gov before 2024: the full text of a study.",
        classic.likeness,
        partial(reader.read_as, form=classic.NAME),
        of_a_registry=True,
    ),
    # First of the others, because its reader takes labelled lines between the tables as well.
    PageForm(tables.NAME, "A table of labels and values: `| Label | Value |`.", tables.likeness, reader.read_table),
    # No label is where a bare page has its values; a bare page may hold a line that is like a label.
    PageForm(bare.NAME, "Values only, one below the other.", bare.likeness, bare.read_bare),
    PageForm(
        reader.NAME,
        "Headings, labels and values on lines of their own.",
        reader.likeness,
        reader.read_labelled,
    ),
    PageForm(
        reader.OTHER_WORDS,
        "Headings, labels and values in other words than the first site's.",
        # The reader of labels says whose words they are, which a look at the first lines cannot.
        lambda lines: 0.0,
        partial(reader.read_as, form=reader.OTHER_WORDS),
    ),
    PageForm(results.NAME, "The results of a trial, its tables in lines.", results.likeness, results.read_results),
    PageForm(
        results.BARE_NAME,
        "The results of a trial, its tables with bars between cells.",
        results.bare_likeness,
        results.read_bare_results,
    ),
)
"""All forms of page. Of two that are equally similar to a page the first one reads it."""

# A page says what it is early on, and a likeness should cost next to nothing.
_MOST_LINES = 300

FLOOR = 0.3
"""A text less similar than this to every form is not a page: three labels or headings are enough, two are not."""

# Whose words the labels of a page are its reader says, not its form.
_LABELLED = frozenset({reader.NAME, reader.OTHER_WORDS})

# From this similarity on, a page is in the form; otherwise a second form within the margin makes it ambiguous.
_SURE = 1.0
_LEAST_OF_SIGNATURE = 2
# A signature's texts are labels, with which a line begins; most of a page's text is further on in long lines.
_MOST_OF_A_LABEL = 100
_MARGIN = 0.15


def page_form_named(name: str) -> PageForm | None:
    return next((form for form in PAGE_FORMS if form.name == name), None)


def choose_form(lines: Sequence[Line], report: Report) -> tuple[PageForm, float]:
    """The form that a page is most similar to, and how similar; `form-guessed` is reported where another is close."""
    found: list[tuple[float, PageForm]] = []
    for form, likeness in _likenesses(lines[:_MOST_LINES]):
        if likeness >= _SURE:
            return form, likeness
        found.append((likeness, form))
    (best, chosen), (second, other) = sorted(found, key=lambda pair: -pair[0])[:2]
    if second > 0 and best - second < _MARGIN:
        span = Span(lines[0].start, lines[0].end)
        report("form-guessed", f"the page could be a {other.name} as well: read as a {chosen.name}", span)
    return chosen, best


def _likenesses(first: Sequence[Line]) -> Iterator[tuple[PageForm, float]]:
    """How similar the first lines of a page are to each form."""
    # The criteria on a page of the seed's site may have the labels of a registry's own page.
    is_the_sites = sum(line.text in SITE_SENTENCES for line in first) >= _LEAST_OF_SIGNATURE
    text = "" if is_the_sites else "\n".join([line.text[:_MOST_OF_A_LABEL] for line in first]).lower()
    for form in PAGE_FORMS:
        may_be = not (is_the_sites and form.of_a_registry)
        if may_be and form.signature:
            may_be = sum(part in text for part in form.signature) >= _LEAST_OF_SIGNATURE
        yield form, form.likeness(first) if may_be else 0.0


def ask_form(lines: Sequence[Line], asked: PageForm) -> tuple[PageForm, float]:
    """The form that the caller names, and how similar the page is to it: it counts where the content leaves a doubt.

    Raises `NotARecordError` for a page that is certainly in another form: read in this one, its values would be wrong.
    """
    likenesses = dict(_likenesses(lines[:_MOST_LINES]))
    found, most = max(likenesses.items(), key=itemgetter(1))
    likeness = likenesses[asked]
    is_other = most >= _SURE or likeness < FLOOR <= most
    if is_other and found is not asked and not {found.name, asked.name} <= _LABELLED:
        raise NotARecordError(f"the page is not a {asked.name} but a {found.name}: name that form, or none")
    return asked, likeness
