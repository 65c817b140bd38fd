"""Counts of a page's labels: whose wording the page has, and how many records it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby

from parser.forms.pages.candidates import candidates
from parser.forms.pages.fields import GROUP, LIST
from parser.forms.pages.ids import id_alone
from parser.forms.pages.label_shapes import FORMS, name_of
from parser.forms.pages.vocabulary import BOUND, HEADING_BY_TEXT, LIST_OF_LABEL, any_label
from parser.lines import Line
from parser.source import Span

# A line that is a label in one of these sections of the labelled page is in no other words.
_OWN_SECTIONS = frozenset({"front", "basic", "design", "eligibility", "interventions"})

# What names a record, and what a record has once.
_TITLES = frozenset({"brief_title", "official_title"})
_TEXTS = frozenset({"brief_summary", "detailed_description"})
_ONCE = frozenset({"registry_id", "overall_status", "phases", "study_type", "enrollment"})
# A list of records repeats the first of its labels.
_MOST_LABELS = 8
# Labels of the records within a record: of arms, outcomes, sites.
_OF_LISTS = frozenset(label for labels in BOUND.values() for label in labels)


def records_in(lines: Sequence[Line]) -> int:
    """How many records some lines hold.

    How many titles one label has, and how often another label goes with them; how many different values each of two
    labels has that a record has once, by what they say or because an id is their value; or how often two labels take
    turns, one of which only a record has.
    """
    said: dict[str, set[str]] = {}
    titles: set[str] = set()
    others: Counter[str] = Counter()
    order: dict[tuple[str, str], bool] = {}
    for line in lines:
        for candidate in candidates(line):
            if candidate.value is None or candidate.joined:
                continue
            value = line.text[candidate.value.start - line.start :]
            field = candidate.found.word.field if candidate.found else ""
            texts = field in _TITLES or field in _TEXTS or id_alone(value, Span(0, len(value))) is not None
            if texts:
                said.setdefault(candidate.key, set()).add(value)
            if field in _TITLES:
                titles.add(candidate.key)
            elif field in _ONCE:
                others[candidate.key] += 1
            own = texts or field == "eligibility_criteria"
            if field and (own or field in _ONCE):
                order[candidate.key, value] = own and candidate.key not in _OF_LISTS
    several = [len(values) for values in said.values() if len(values) > 1]
    most = max((len(said[label]) for label in titles), default=0)
    return max(min(most, max(others.values(), default=0)), min(several) if len(several) > 1 else 0, _turns(order))


def _turns(order: Mapping[tuple[str, str], bool]) -> int:
    """How often two labels take turns, each with other values; `order` has them, and which only a record has."""
    own = {label for (label, _), is_own in order.items() if is_own}
    times = Counter(label for label, _ in order)
    repeated = [label for label, count in times.items() if count > 1][:_MOST_LABELS]
    most = 0
    for first, second in combinations(repeated, 2):
        if first in own or second in own:
            runs = Counter(label for label, _ in groupby(one for one, _ in order if one in (first, second)))
            most = max(most, min(runs[first], runs[second]))
    return most


def other_words(lines: Sequence[Line], values: bool = False) -> int:
    """How many lines are headings or labels in words that a labelled page does not have; of `values`, labels only."""
    return sum(1 for _ in words_seen(lines, values))


def words_seen(lines: Sequence[Line], values: bool = False) -> Iterator[str]:
    """The headings and labels that `other_words` counts, each by the field, the list or the words that it means."""
    for index, line in enumerate(lines):
        if any_label(line.text, _OWN_SECTIONS):
            continue
        for candidate in candidates(line):
            found, owner = candidate.found, LIST_OF_LABEL.get(candidate.key)
            if found is None and (values or not owner):
                # A label that only records of a list have opens a list.
                continue
            known = candidate.text in HEADING_BY_TEXT and candidate.value is None
            listed = owner or (found is not None and found.word.form in (LIST, GROUP))
            if found and found.word.form == GROUP and candidate.value:
                # A heading has no value.
                continue
            if not (values and listed) and not known:
                below = lines[index + 1].text if index + 1 < len(lines) else ""
                form = FORMS.get(found.word.form) if found else None
                value = line.text[candidate.value.start - line.start :] if candidate.value else below
                if form is None or form.match(value) is not None:
                    yield name_of(found.word, candidate.key) if found else owner or ""
                break
