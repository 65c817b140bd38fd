"""Which lines of a page in other words are headings and labels: `marks` says of each what it opens and where.

Overall Status: Recruiting      a label, and its value on the same line
Overall Status                  a label alone; its value is below
Study Plan                      a heading that holds labels and lists
Time Frame: 12 weeks            a label of a list's records, known only in that list

A line of running text may read like any of these. In a description, a list or the criteria it counts only if its
manner is the page's, its value looks like one, and the page has that field nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parser.forms.pages.candidates import Candidate, candidates, is_sure, named
from parser.forms.pages.checks import HEALTH, is_typed, vouches
from parser.forms.pages.endings import asks_who_cannot, is_another_heading, is_bulleted, tells_whom_to_ask
from parser.forms.pages.fields import GROUP, LINE, LIST, OUTCOMES, PROSE
from parser.forms.pages.furniture import is_site_line
from parser.forms.pages.headings import find_openings
from parser.forms.pages.label_shapes import (
    COMMON,
    FORMS,
    has_structure,
    is_joined_or_known,
    name_of,
    names_its_list,
    opens_another,
    text_at,
)
from parser.forms.pages.marks import FURNITURE, UNKNOWN, Mark, without_menus
from parser.forms.pages.unread import ends_text, is_below_a_place, is_label_in_vain, is_role_below_a_name, is_table_head
from parser.forms.pages.vocabulary import BOUND, HEADING_BY_TEXT, LIST_OF_LABEL, Word, find_label, key
from parser.lines import Line, closes
from parser.source import Span

_SUMMARY = Word("brief_summary", PROSE, "brief_summary")
_MOST_WORDS_OF_A_CODE = 5
_CRITERIA = Word("eligibility_criteria", PROSE, "eligibility")
_INCLUSION = re.compile(r"(?:key |main |major )?inclusion criteria\b[^\r\n]{0,60}\Z", re.IGNORECASE)

# `Subject Exclusion Criteria` is a heading of the criteria themselves.
_SIDE = re.compile(r"\b(?:in|ex)clusion criteria\b", re.IGNORECASE)

_BULLETED = re.compile(r"[*•·-]\s")
# A question that no criterion is: `Why Participate?`.
_ASKS = re.compile(r"(?:Why|What|How|Where|Who|When)\b")

# Tables whose cells have become lines, and what their cells say.
_TABLES = frozenset({"condition_table", "arm_table"})
_IN_TABLES = frozenset({"interventions", "phases", "groups"})

# Lists of names, which hold no running text: any heading or label ends them.
_SHORT_LISTS = frozenset({"conditions", "keywords", "countries", "sponsors", "central_contacts", "officials"})

_DESCRIPTIONS = frozenset({"brief_summary", "detailed_description"})
_PARTS_OF_AN_ABSTRACT = frozenset({"background", "objective", "objectives", "purpose"})

_LONGEST_NAME = 100
# Words with at least this many letters that are alone on a line are a heading, not running text.
_SURE = 18
# Labels that mean a field only over one of its values.
_AMBIGUOUS = frozenset({"type"})
# From this many labels on that directly precede their values, the page is in that style.
_LEAST_JOINED = 2


@dataclass
class _Walk:
    """One walk over the lines of a page, which knows what each is in."""

    lines: Sequence[Line]
    values: bool = False
    collapsed: bool = False
    speaks: bool = False
    openings: dict[int, bool] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    abstract: bool = False
    """Whether the page has a text in the parts of an abstract."""
    inline: bool = False
    joined: bool = False
    seen: set[str] = field(default_factory=set)
    empty: tuple[int, str] | None = None
    """The heading or label above a line, which has no value of its own."""
    home: Word | None = None
    filled: bool = False
    inline_home: bool = False
    names: bool = False
    """Whether a list has had nothing but short lines, which are names."""
    value_at: int = -1
    """The line that the value of a label without one is expected on: it may be any words."""
    criteria: bool = False
    """Whether the criteria's text has begun."""
    bullets: int = 0
    """How many lines with bullets there were since the last heading or label."""
    words: dict[int, tuple[tuple[Candidate, Word], ...]] = field(default_factory=dict)
    """What each line may be a label of, once that was asked: neither changes along the walk."""

    def __post_init__(self) -> None:
        lines = self.lines
        self.collapsed = sum(line.opens for line in lines) < 2 + 0.05 * len(lines)
        openings = find_openings(list(lines))
        self.speaks = sum(opening.has_sentence for opening in openings) >= 3
        if self.speaks:
            self.openings = {opening.index: opening.heading.section == "unknown" for opening in openings}
        said = {key(line.text) for line in lines if line.text.endswith(":")}
        # `Background:`, `Objective:`, `Eligibility:`, `Design:` are parts of one text.
        self.abstract = "design" in said and bool(said & _PARTS_OF_AN_ABSTRACT)
        self.joined = sum(one.joined for line in lines for one in candidates(line)) >= _LEAST_JOINED
        manners = [0, 0]
        common: dict[str, int] = {}
        for index in range(len(lines)):
            for candidate, word in self._words(index):
                if candidate.joined and index and self._is_label_of(index - 1, word.field):
                    # `Phase 2` below `Phase` is a value.
                    continue
                if self._fits(index, candidate, word) and not names_its_list(candidate):
                    places = common if candidate.key in COMMON else self.last
                    places[name_of(word, candidate.key)] = index
                    manners[candidate.value is not None] += not candidate.joined
        # A word that running text has as well does not occur against one that is nothing but a label.
        self.last = {**common, **self.last}
        self.inline = manners[1] > manners[0]

    def _is_label_of(self, index: int, name: str) -> bool:
        """Whether a line is a label of some field, without a value."""
        found = [one.found for one in candidates(self.lines[index]) if one.value is None]
        return any(one is not None and one.word.field == name for one in found)

    def marks(self) -> Iterator[Mark]:
        for index in range(len(self.lines)):
            mark = self._mark(index)
            self.names = self.names and len(self.lines[index].text) <= _LONGEST_NAME
            if mark is None:
                self.bullets += is_bulleted(self.lines[index].text)
                self.filled = self.filled or not is_site_line(self.lines[index].text)
                self.criteria = self.criteria or _is_criteria(self.home)
                continue
            yield mark
            self.bullets = 0
            self.names = not mark.bound and mark.value is None
            if mark.value is None and (mark.bound or mark.word.form in FORMS):
                self.value_at = index + 1
            if not mark.bound:
                self.home = mark.word
                self.inline_home = mark.value is not None
                # Criteria are full of lines that read like labels, from the first one on.
                self.filled = self.inline_home and _is_criteria(self.home)
                self.criteria = self.criteria or (self.inline_home and _is_criteria(self.home))
                self._note(mark)

    def _note(self, mark: Mark) -> None:
        """A heading or label that the page has had; one that nothing is below it has not."""
        if self.empty and self.empty[0] == mark.at - 1:
            self.seen.discard(self.empty[1])
        name = name_of(mark.word, key(text_at(self.lines, mark.label)))
        self.seen.add(name)
        self.empty = (mark.at, name) if mark.value is None else None

    def _mark(self, index: int) -> Mark | None:
        home = self.home
        if index == self.value_at and home and is_typed(home.field) and vouches(home.field, self.lines[index].text):
            # The value of the label above it, though other pages have it for a label: `Treatment`.
            return None
        if not self.filled and home and home.field == "conditions" and HEALTH.match(self.lines[index].text):
            return None
        if home and home.field == "keywords" and self._is_term(index):
            return None
        running = home is not None and home.form in (PROSE, LIST) and self.filled
        if home and index != self.value_at and is_site_line(self.lines[index].text, surely=running):
            if home.form == PROSE and not self.filled:
                # A site's remarks before a text.
                return None
            return Mark(index, FURNITURE, self.lines[index].span)
        if home and home.field == "central_contacts" and is_below_a_place(self.lines, index):
            return None
        if home and home.form == LIST:
            for candidate in candidates(self.lines[index]):
                bound = BOUND.get(home.field, {}).get(candidate.key)
                if bound and not opens_another(self.lines, index, candidate, home):
                    return Mark(index, home, candidate.label, candidate.value, None, bound)
        if home and home.form == LIST:
            for candidate in candidates(self.lines[index]):
                if candidate.key in BOUND.get(home.field, {}):
                    return self._made(
                        index, candidate, next(word for one, word in self._words(index) if one == candidate)
                    )
        if self.openings.get(index):
            known = next((word for _, word in self._words(index)), None)
            line = self.lines[index]
            return Mark(index, known or UNKNOWN, line.span)
        if is_table_head(self.lines[index].text) or is_role_below_a_name(self.lines, index):
            return Mark(index, UNKNOWN, self.lines[index].span)
        for candidate, word in self._words(index):
            if not self._is_in_a_table(candidate, word) and self._counts(index, candidate, word):
                return self._made(index, candidate, word)
        return self._ending(index) or self._criteria_without_heading(index)

    def _is_in_a_table(self, candidate: Candidate, word: Word) -> bool:
        """Whether a line is a cell of a table of conditions or arms, and no label."""
        if self.home is None or self.home.field not in _TABLES:
            return False
        return candidate.joined or word.field in _IN_TABLES or candidate.key in COMMON

    def _ending(self, index: int) -> Mark | None:
        """An unknown heading of another part of a page, which cannot be running text."""
        home = self.home
        if self.speaks or home is None or index == self.value_at or not (self.filled or self.inline_home):
            return None
        if home.form != PROSE and home.field not in OUTCOMES:
            # Sites and people are called so.
            return None
        if _is_criteria(home) and _SIDE.search(self.lines[index].text):
            return None
        own = self.collapsed or self.lines[index].opens
        if _is_criteria(home) and self.lines[index].text.endswith("?"):
            said = self.lines[index].text
            asks = self.bullets > 1 and _ASKS.match(said) and not asks_who_cannot(said)
            return Mark(index, UNKNOWN, self.lines[index].span) if asks else None
        if _is_criteria(home) and own and tells_whom_to_ask(self.lines[index].text):
            return Mark(index, UNKNOWN, self.lines[index].span)
        ends = home.form == PROSE and ends_text(self.lines, index, _is_criteria(home), self.bullets)
        if ends or (home.form == PROSE and is_label_in_vain(self.lines[index])):
            return Mark(index, UNKNOWN, self.lines[index].span)
        if not own or not is_another_heading(self.lines, index):
            return None
        return Mark(index, UNKNOWN, self.lines[index].span)

    def _criteria_without_heading(self, index: int) -> Mark | None:
        """`Inclusion Criteria` where nothing says that criteria follow: the line is their first."""
        line = self.lines[index]
        if self.home is None or self.criteria or self.speaks or not _INCLUSION.match(line.text):
            return None
        if _is_criteria(self.home) or self.last.get(_CRITERIA.field, -1) > index:
            return None
        return Mark(index, _CRITERIA, Span(line.start, line.start), line.span)

    def _made(self, index: int, candidate: Candidate, word: Word) -> Mark:
        owner = LIST_OF_LABEL.get(candidate.key, "")
        if owner and BOUND[owner].get(candidate.key):
            bound = BOUND[owner][candidate.key]
            self.home = Word(owner, LIST, "lists")
            return Mark(index, self.home, candidate.label, candidate.value, None, bound)
        found = candidate.found
        start = candidate.label.start
        kind = Span(start + found.kind[0], start + found.kind[1]) if found and found.kind else None
        return Mark(index, word, candidate.label, candidate.value, kind)

    def _candidates(self, index: int) -> Iterator[Candidate]:
        """The line as a label; without anything between label and value only where its neighbours are like that."""
        line = self.lines[index]
        found = candidates(line)
        yield from found
        if self.joined and not any(one.found for one in found) and (one := named(line)):
            around = [self.lines[at] for at in (index - 1, index + 1) if 0 <= at < len(self.lines)]
            if any(named(beside) or any(map(is_joined_or_known, candidates(beside))) for beside in around):
                yield one

    def _words(self, index: int) -> tuple[tuple[Candidate, Word], ...]:
        """What a line may be a label of, the most likely first."""
        found = self.words.get(index)
        if found is None:
            found = self.words[index] = tuple(self._read_words(index))
        return found

    def _read_words(self, index: int) -> Iterator[tuple[Candidate, Word]]:
        for candidate in self._candidates(index):
            owner = LIST_OF_LABEL.get(candidate.key)
            found = candidate.found
            if self.abstract and found and found.word.field == _CRITERIA.field and candidate.key == "eligibility":
                continue
            if self.values and (owner or (found and found.word.form == LIST)):
                continue
            if owner and (found is None or candidate.value is not None or found.word.form != LIST):
                yield candidate, Word(owner, LIST, "lists")
            elif found and candidate.key in _AMBIGUOUS and not self._vouched(index, candidate, found.word):
                continue
            elif found and not (candidate.value and found.word.form == GROUP):
                yield candidate, self._as_group(index, found.word) if candidate.value is None else found.word

    def _vouched(self, index: int, candidate: Candidate, word: Word) -> bool:
        """Whether the value of a label that can mean anything is one of the field it stands for."""
        below = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        return vouches(word.field, text_at(self.lines, candidate.value) if candidate.value else below)

    def _as_group(self, index: int, word: Word) -> Word:
        """The kind of a heading that is alone on its line, by the text below it.

        `Purpose` is a label over `Treatment`, and a heading over what the study is for. `Description` over criteria is
        their heading. `IPD Sharing Statement` is a label over `Yes`, and a heading over `Plan to Share IPD: Yes`.
        """
        if index + 1 < len(self.lines):
            beneath = self.lines[index + 1].text
            if word.field == "primary_purpose" and len(beneath.split()) > _MOST_WORDS_OF_A_CODE:
                return _SUMMARY
            if (
                word.field == "detailed_description"
                and _INCLUSION.match(beneath.rstrip(": "))
                and self.lines[index].text == "Description"
            ):
                return _CRITERIA
        form = FORMS.get(word.form)
        if form is None or index + 1 >= len(self.lines):
            return word
        below = [one for one in candidates(self.lines[index + 1]) if not one.joined]
        known = [candidate for candidate in below if candidate.found]
        if any(candidate.value for candidate in known) or (known and not form.match(below[0].text)):
            return Word("group", GROUP, word.section)
        return word

    def _counts(self, index: int, candidate: Candidate, word: Word) -> bool:
        """Whether a line that reads like a heading or a label is one where it is."""
        heading = word.form in (PROSE, LIST, GROUP) and candidate.value is None
        if self.speaks and heading and candidate.text in HEADING_BY_TEXT:
            return index in self.openings
        home = self.home
        if self.abstract and home and home.field in _DESCRIPTIONS and candidate.key == "design":
            return False
        if names_its_list(candidate):
            return True
        if (
            home
            and home.field in ("locations", "central_contacts")
            and word.field == "central_contacts"
            and not heading
        ):
            # Whom to ask at each of the sites.
            return False
        if word.field == "central_contacts" and candidate.value and is_below_a_place(self.lines, index):
            return False
        if heading and home is not None and home.field in OUTCOMES and word.field in OUTCOMES:
            return True
        guarded = home is not None and home.form in (PROSE, LIST) and self.filled and home.field not in _SHORT_LISTS
        guarded = guarded and not (self.names and home is not None and home.field == "interventions")
        if not guarded:
            beside = home is not None and home.form in (PROSE, LIST) and self.inline_home
            form = FORMS.get(word.form)
            if beside and candidate.value and form and not form.match(text_at(self.lines, candidate.value)):
                return False
            return home is not None or self._opens_a_page(index, candidate, word)
        if not self._fits(index, candidate, word) or not candidate.text[0].isupper():
            return False
        name = name_of(word, candidate.key)
        again = name in self.seen and not (heading and word.form == LIST and candidate.key not in COMMON)
        if (again or self.last.get(name) != index) and word.form != GROUP:
            return False
        if candidate.key in COMMON and (candidate.value is not None) != self.inline:
            return False
        if self.speaks and not (heading and has_structure(self.lines, index, word)):
            return False
        if _is_criteria(home) and word.form not in (PROSE, LIST, GROUP):
            below = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
            told = self.lines[index].text.endswith(":") and self._is_sure(candidate, word, below)
            return told or self._closes_criteria(index, candidate)
        return True

    def _opens_a_page(self, index: int, candidate: Candidate, word: Word) -> bool:
        """Whether the first mark of a page is one: what is before it is the title, which may be any words."""
        return index > 0 or candidate.value is not None or word.form in (GROUP, LINE)

    def _is_term(self, index: int) -> bool:
        """Whether a line in small letters goes on in a paragraph of terms."""
        line = self.lines[index]
        return not self.collapsed and not line.opens and line.text.islower() and ":" not in line.text

    def _fits(self, index: int, candidate: Candidate, word: Word) -> bool:
        """Whether the manner of a line, and what would be its value, are those of a heading or label."""
        line = self.lines[index]
        text = candidate.text
        below = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        colon = line.text.rstrip().endswith(":") and (len(text.split()) > 1 or self._is_sure(candidate, word, below))
        sure = (colon or (word.form in (LIST, GROUP) and len(candidate.key) >= _SURE)) and text[0].isupper()
        sure = sure and (candidate.key not in COMMON or (colon and word.form in FORMS))
        own = (
            self.collapsed
            or (sure and candidate.value is None)
            or (line.opens and (candidate.value is not None or self._closes(index)))
        )
        form = FORMS.get(word.form)
        if form is None:
            return own
        if candidate.value is not None:
            return (own or word.form != LINE) and form.match(text_at(self.lines, candidate.value)) is not None
        below = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        return bool(below) and form.match(below) is not None and (own or word.form != LINE)

    def _is_sure(self, candidate: Candidate, word: Word, below: str) -> bool:
        """Whether what is below a label is nothing but a value of it."""
        return bool(below) and word.form in FORMS and is_sure(candidate.text, word.field, word.form, below)

    def _closes(self, index: int) -> bool:
        """Whether a line ends its paragraph: a list below it is another."""
        return closes(self.lines, index) or _BULLETED.match(self.lines[index + 1].text) is not None

    def _closes_criteria(self, index: int, candidate: Candidate) -> bool:
        """Whether what follows a label and its value is another one: criteria go on otherwise."""
        after = index + 1 + (candidate.value is None)
        if after >= len(self.lines):
            return True
        return any(True for found, word in self._words(after) if self._fits(after, found, word)) or (
            find_label("eligibility", self.lines[after].text) is not None
        )


def _is_criteria(home: Word | None) -> bool:
    return home is not None and home.field == _CRITERIA.field


def find_marks(lines: Sequence[Line], opened: bool = False, values: bool = False) -> list[Mark]:
    """The headings and labels of a page, or of a section of it if `opened`, in its order.

    `values` leaves out what opens a list: in a section of labels, `Investigators` says who is masked. The work grows
    with the number of lines.
    """
    walk = _Walk(lines, values)
    walk.home = Word("group", GROUP, "basic") if opened else None
    return without_menus(list(walk.marks()), lines)
