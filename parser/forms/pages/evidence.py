"""Whether what was read of a page in unknown words is a record: an id, a value that passes its check, or criteria.

Recruitment Status: Recruiting          says one
NCT00000001                             under an id's label, alone on its line or in the title
Inclusion Criteria                      with criteria below it
Sponsor, Conditions, Summary            three of the labels of free text, with text below them

A form to fill in and a list of what a registry collects have the same labels, and none of these.
"""

from __future__ import annotations

import re

from parser.forms.pages.checks import is_typed, vouches
from parser.forms.pages.endings import only_headings
from parser.forms.pages.fields import AGE, COUNT
from parser.forms.pages.ids import record_id
from parser.forms.pages.model import Page
from parser.forms.pages.vocabulary import FORM_OF
from parser.registries import identify
from parser.source import Source, fold
from parser.values.age_line import read_ages
from parser.values.codes import read_code, read_yes_or_no
from parser.values.number import read_enrollment

_SIDES = re.compile(r"^\W*(?:key |main |major )?((?:in|ex)clusion) criteria\W*$", re.IGNORECASE | re.MULTILINE)
_OF_CRITERIA = re.compile(r"\b(?:in|ex)clusion criteri|\bcriteria (?:are|is|that)\b", re.IGNORECASE)
# Answers to questions, which a table of what is collected has in the place of values.
_ANSWERS = frozenset({"results", "expanded_access", "ipd_sharing"})
# Dates that any page of the web may have.
_DATES_OF_A_PAGE = frozenset({"last_updated", "verified", "first_posted", "results_posted"})
_SUBJECT = frozenset(
    {"brief_title", "official_title", "brief_summary", "detailed_description", "eligibility_criteria", "acronym"}
)
_RESULTS = re.compile(
    r"^[^\w\r\n]{0,5}\d[\d,]{0,9} (?:results?|studies|trials)(?: found)?[^\w\r\n]{0,5}$", re.IGNORECASE | re.MULTILINE
)
_LEAST_WORDS = 3
_LEAST_ITEMS, _LEAST_OF_A_PARAGRAPH = 2, 12
_LIMIT = re.compile(r"\S \S*\d")
_NAMED = ("lead_sponsor", "conditions", "primary_outcomes", "secondary_outcomes", "official_title")
_LEAST_NAMED = 3
_SENTENCE = re.compile(r"(?<!\S)(?:\S+ ){8}\S+[.!?](?:\s|\Z)")


def says_a_record(source: Source, page: Page) -> bool:
    """Whether a page holds an id, a typed value that can be read, or criteria."""
    if page.stated or record_id(source.text, page.ids, ())[0]:
        return True
    if "registry_id" in page.fields and identify(source.slice(page.fields["registry_id"])):
        return True
    said = {field: fold(source.slice(span)) for field, span in page.fields.items()}
    if not (_SUBJECT & said.keys()) and _RESULTS.search(source.text):
        # A form of search has values, and nothing that they are about.
        return False
    if any(_is_read(field, text) for field, text in said.items()):
        return True
    others = said.keys() - {"eligibility_criteria"} or any(page.records.values())
    criteria = source.slice(page.fields["eligibility_criteria"]) if "eligibility_criteria" in said else ""
    # A guide to trials has criteria as an example, and nothing else: those of a record are of both sides then.
    if (
        criteria
        and _are_criteria(criteria)
        and (others or len({one.casefold() for one in _SIDES.findall(criteria)}) > 1)
    ):
        return True
    texts = [_SENTENCE.search(said.get(field, "")) for field in ("brief_summary", "detailed_description")]
    if all(texts):
        return True
    named = [field in said or bool(page.records.get(field)) for field in _NAMED]
    return sum(map(bool, texts)) + sum(named) >= _LEAST_NAMED


def _is_read(field: str, text: str) -> bool:
    if field == "phases":
        return any(read_code("phases", part) for part in text.split("/"))
    if FORM_OF.get(field) == COUNT:
        return read_enrollment(text)[0] is not None
    if FORM_OF.get(field) == AGE:
        return read_ages(text) is not None
    return is_typed(field) and field not in _ANSWERS | _DATES_OF_A_PAGE and vouches(field, text)


def _are_criteria(text: str) -> bool:
    """Whether a text has criteria below its headings: no answers, and no further headings alone."""
    lines = [line.strip(" \t|*•-") for line in text.split("\n")]
    first = next((line for line in lines if line), "")
    if read_yes_or_no(first.split("|")[0].strip()) is not None:
        return False
    # An item says nothing of criteria themselves, as an explanation of the word does.
    below = [line for line in lines if line and not only_headings([line]) and not _OF_CRITERIA.search(line)]
    if sum(len(line.split()) >= _LEAST_WORDS for line in below) >= _LEAST_ITEMS:
        return True
    return any(_LIMIT.search(line) or len(line.split()) >= _LEAST_OF_A_PARAGRAPH for line in below)
