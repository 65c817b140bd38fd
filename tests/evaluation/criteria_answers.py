"""Answers for the criteria tree, read from the indentation of the registry's own CommonMark.

* Adequate marrow function:             parent of the two items below it

  1. Platelets ≥ 100,000/mm\\^3         child: it is at the content column of the item above
  2. Hemoglobin ≥ 9 g/dL
* Signed consent                        no parent

A paragraph of column 0 right above a list that says no more than a title is the heading of a group, and the parent of
the group's items: "Cohort B:" up to the next heading, "Any of the following:" up to the next paragraph of any kind.

The parser takes no part here: what is read are the columns of CommonMark 5.2, in which the registry writes its lists
by program. A record whose columns say too little, or in which people wrote lists that CommonMark does not know
(`a) … b) …`), has no answer; `NoAnswer` says why. The same outline is also written in two forms without columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

# An item of the registry's lists: column, marker, and what is after it.
ITEM = re.compile(r"( *)([*+-]|\d{1,9}[.)])(?: +(?=\S)(.*)| *)$")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# A marker at the start of a paragraph that CommonMark takes for text, and people for a list.
FOREIGN = re.compile(
    r"\\?[-–—•·►▪●◦*#] ?(?=\S)|o (?=\S)|[①-⑳]|[(（](?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[)）]"
    r"|\d{1,2}(?:\\?\.(?!\d)|[)、]|- )|(?:[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})(?:\.(?=\s)|\)|- )"
)
# An enumerator inside a line.
INLINE = re.compile(r"(?<![^\s;,.:(])(\(?)(\d{1,2}|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})([.)]|- )(?![.,)\d])")
CATEGORY = re.compile(r"\W*(?:\w+ )?(?:inclusion|exclusion)(?: criteria)?(?: \w+)?\W*$", re.IGNORECASE)
# A category heading with more in its item: in front of an item's text, or after it.
CATEGORY_INSIDE = re.compile(
    r"\W*(?:the |key |main |additional )?(?:inclusion|exc?lusion) criteria\b|.*\b(?:In|Ex)clusion(?: [Cc]riteria)?:$",
    re.IGNORECASE,
)
# A paragraph that tells on which side the list below it is, or is about the criteria, is not a heading of a group.
ABOUT_CRITERIA = re.compile(
    r"clusion|\b(?:ex|in)cluded\b|eligib|criteria (?:will|apply|must)|\bnotes?\b|enrol"
    r"|participa\w+ (?:must|should|will)"
    r"|(?:patients?|subjects?|individuals|volunteers|candidates|you) (?:must|should|shall|will|need)(?: \w+)?:$",
    re.IGNORECASE,
)
# Words of a category heading that name no group, and of a sentence about the criteria.
BASIC = frozenset(
    """
    inclusion exclusion inclusions exclusions eligibility criteria criterion key main major general study additional
    other specific primary trial the of for to in and or
    """.split()  # noqa: SIM905
)
SENTENCE = re.compile(
    r"\b(?:is|are|was|were|be|must|should|will|shall|may|can|have|has|meet\w*|if|apply|applies|following|who)\b",
    re.IGNORECASE,
)
TITLE_WORDS = 8
NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
ROMAN = {numeral: number for number, numeral in enumerate(NUMERALS, 1)}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MAX_READINGS = 2000


class NoAnswer(Exception):
    """A record that is not its own answer; the message is the reason, and few reasons exist, so that they count."""


class Edge(NamedTuple):
    """An item's text and the text of the item that it belongs to, None for an item of the outermost list."""

    text: str
    parent: str | None


@dataclass
class Item:
    """An item of a list: `parent` and `number` as indexes of the outline and of an ordered list, -1 where none.

    `paragraphs` are as printed, the first of them after the marker. `told` of them show, without any column, that
    they are the item's: the next line is an item, which in the registry's text follows no paragraph of column 0.
    """

    parent: int
    marker: str
    column: int
    opens: bool
    segment: int
    paragraphs: list[str]
    told: int = 1
    children: list[int] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.marker[-1]

    @property
    def number(self) -> int:
        return int(self.marker[:-1] or -1)

    @property
    def text(self) -> str:
        return clean(" ".join(self.paragraphs))

    @property
    def texts(self) -> list[str]:
        """The texts as which the item can be read where columns are gone, its own last."""
        return [clean(" ".join(self.paragraphs[:count])) for count in range(self.told, len(self.paragraphs) + 1)]

    @property
    def is_category(self) -> bool:
        """Whether the item is a category heading, which is not a criterion: `* Inclusion Criteria:`."""
        return CATEGORY.match(self.text) is not None


@dataclass
class Outline:
    """The items in the order of the text; `blocks` are the outermost ones by index, and the paragraphs between."""

    items: list[Item]
    blocks: list[int | str]

    @cached_property
    def headings(self) -> dict[int, list[str | None]]:
        """The heading of the group that an outermost item is in, None for no group, by the item's index.

        The first is the one that the form shows. Others follow where it does not: a category heading may name a group,
        and a title that is not right above a list may be the heading of all that follows.
        """
        found: dict[int, list[str | None]] = {}
        heading: str | None = None
        others: list[str | None] = []
        for block, following in zip(self.blocks, [*self.blocks[1:], ""], strict=True):
            if isinstance(block, int):
                if self.items[block].is_category:
                    heading = None
                else:
                    found[block] = [heading, *others]
            elif ABOUT_CRITERIA.search(block):
                heading = None
                others += [clean(block)] if names_group(block) else []
            elif is_title(block) and isinstance(following, int):
                heading, others = clean(block), []
            elif is_title(block):
                others.append(clean(block))
            elif heading and is_lead_in(heading):
                heading = None
        return found


def is_title(paragraph: str) -> bool:
    """Whether a paragraph above a list is a title over it: it ends in a colon, or is some words without an end."""
    words = paragraph.strip("*_ ")
    if words.lower() in ("or", "and", ""):
        return False
    return words.endswith((":", " -")) or (len(words.split()) <= TITLE_WORDS and words[-1:] not in ".;,?")


def names_group(category: str) -> bool:
    """Whether a category heading says of whom or of what it is: `Bevacizumab-Specific Exclusions`."""
    category = re.sub(r"\b(?:are|were|is|will be)(?: as follows| the following)?\W*$", "", category)
    words = re.findall(r"[^\W_]+", category.lower())
    return len(words) <= 30 and not SENTENCE.search(category) and not BASIC.issuperset(words)


def is_lead_in(heading: str) -> bool:
    """Whether a title is a sentence that the list below it completes: it has more words than a title."""
    return len(heading.split()) > TITLE_WORDS


def clean(text: str) -> str:
    """A text as the parser gives it, without the second marker that some people write: `* (1) male`, `* • Age`."""
    plain = " ".join(ESCAPE.sub(r"\1", text).split())
    found = FOREIGN.match(plain)
    return plain[found.end() :].strip() if found else plain


def read_outline(text: str) -> Outline:
    """The outline that columns tell. Raises `NoAnswer`."""
    if "\t" in text:
        raise NoAnswer("tabs")
    outline = Outline([], [])
    reader = _Reader(outline)
    for line in text.split("\n"):
        reader.read(line.rstrip())
    for item in outline.items:
        if not item.text:
            raise NoAnswer("an item without text")
        _refuse_lists_in(item.marker + " " + " ".join(item.paragraphs))
        _refuse_foreign(item.paragraphs[1:])
        if not item.is_category and any(CATEGORY_INSIDE.match(paragraph) for paragraph in item.paragraphs):
            raise NoAnswer("a category heading inside an item")
    for before, block in zip(["", *outline.blocks], outline.blocks, strict=False):
        if isinstance(block, str):
            _refuse_lists_in(block)
            _refuse_foreign([block])
            ends = isinstance(before, int) and outline.items[before].text.endswith(":")
            if ends and not ABOUT_CRITERIA.search(block) and not is_title(block):
                raise NoAnswer("an item that ends in a colon above a paragraph")
    return outline


class _Reader:
    """Reads line by line. `open` holds content column and index of every item that a line can still belong to."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.open: list[tuple[int, int]] = []
        self.blank = True
        self.segment = 0

    def read(self, line: str) -> None:
        if not line:
            self.blank = True
            return
        found = ITEM.match(line)
        if found:
            self._item(found)
        elif self.blank or not self.outline.blocks:
            self._paragraph(line)
        else:
            self._continue(line)
        self.blank = False

    def _level(self, column: int) -> int:
        """The item whose content column this is, -1 for column 0."""
        while self.open and self.open[-1][0] > column:
            self.open.pop()
        if column != (self.open[-1][0] if self.open else 0):
            raise NoAnswer("an indentation that fits no open level")
        return self.open[-1][1] if self.open else -1

    def _item(self, found: re.Match[str]) -> None:
        items = self.outline.items
        indent, marker, text = found.groups()
        parent = self._level(len(indent))
        if not self.blank and items:
            # No line of column 0 is followed by an item without a blank line, so this paragraph is told.
            items[-1].told = len(items[-1].paragraphs)
        items.append(Item(parent, marker, len(indent), self.blank, self.segment, [text or ""]))
        index = len(items) - 1
        if parent < 0:
            self.outline.blocks.append(index)
        else:
            items[parent].children.append(index)
        self.open.append((len(indent) + len(marker) + 1, index))

    def _paragraph(self, line: str) -> None:
        text = line.lstrip()
        owner = self._level(len(line) - len(text))
        if owner < 0:
            self.outline.blocks.append(text)
            self.segment += 1
            return
        if self.outline.items[owner].children:
            raise NoAnswer("a paragraph behind the items inside its item")
        self.outline.items[owner].paragraphs.append(text)

    def _continue(self, line: str) -> None:
        """A line of the paragraph above, whatever its column (CommonMark 4.8 and 5.2, laziness)."""
        blocks = self.outline.blocks
        if self.open:
            self.outline.items[self.open[-1][1]].paragraphs[-1] += " " + line.lstrip()
        else:
            assert isinstance(blocks[-1], str)
            blocks[-1] += " " + line.lstrip()


def _refuse_foreign(paragraphs: Sequence[str]) -> None:
    if any(FOREIGN.match(paragraph) for paragraph in paragraphs):
        raise NoAnswer("paragraphs with markers that CommonMark does not know")


def _refuse_lists_in(line: str) -> None:
    """Refuse a line with a list inside: an enumerator and, after it, the one that follows it in the same style."""
    seen: set[tuple[str, int]] = set()
    for opening, word, closing in INLINE.findall(line):
        for style, number in _values(word):
            if number > 1 and (opening + closing + style, number - 1) in seen:
                raise NoAnswer("enumerators that run on inside a line")
            seen.add((opening + closing + style, number))


def _values(word: str) -> list[tuple[str, int]]:
    """What an enumerator can be: `i` is a letter and a Roman one."""
    if word.isdigit():
        return [("1", int(word))]
    case = "A" if word[0].isupper() else "a"
    values = [(case, LETTERS.index(word.lower()) + 1)] if len(word) == 1 else []
    if word.lower() in ROMAN:
        values.append((case + "i", ROMAN[word.lower()]))
    return values


def edges_of(outline: Outline) -> list[Edge]:
    """Every item with its parent. A category heading is not an item, and what is in it belongs to what it is in."""
    items = outline.items
    edges = []
    top = 0
    for index, item in enumerate(items):
        if not item.is_category:
            parent = _above(items, item.parent)
            top = index if item.parent < 0 else top
            edges.append(Edge(item.text, items[parent].text if parent >= 0 else outline.headings.get(top, [None])[0]))
    return edges


def with_headings(outline: Outline, edges: Sequence[Edge]) -> list[frozenset[Edge]]:
    """For every edge, all that its item's heading may be: see `Outline.headings`."""
    listed = [(index, item) for index, item in enumerate(outline.items) if not item.is_category]
    return [
        frozenset({edge, *(Edge(edge.text, name) for name in outline.headings[index])})
        if _above(outline.items, item.parent) < 0 and index in outline.headings
        else frozenset({edge})
        for (index, item), edge in zip(listed, edges, strict=True)
    ]


def _above(items: Sequence[Item], parent: int) -> int:
    while parent >= 0 and items[parent].is_category:
        parent = items[parent].parent
    return parent


def answer(text: str) -> list[Edge] | None:
    """The edges of a block, None if the block is not an answer."""
    try:
        return edges_of(read_outline(text))
    except NoAnswer:
        return None


def without_indentation(text: str) -> str:
    """A block as a page dump has it."""
    return "\n".join(line.strip() for line in text.split("\n"))


def in_one_line(outline: Outline) -> str:
    """A block with the items inside an item joined into its line: `a. ` outermost, then `i- `, then `(1) `.

    Raises `NoAnswer` where an item holds more items than there are letters, or where items lie deeper.
    """
    lines: list[str] = []
    for block in outline.blocks:
        if isinstance(block, str):
            lines += ["", block]
            continue
        item = outline.items[block]
        if item.opens:
            lines.append("")
        lines.append(f"{item.marker} {_joined(outline, block, 0)}")
    return "\n".join(lines).strip()


def _joined(outline: Outline, index: int, depth: int) -> str:
    item = outline.items[index]
    parts = [" ".join(item.paragraphs)]
    for position, child in enumerate(item.children):
        parts.append(f"{_enumerator(depth, position)} {_joined(outline, child, depth + 1)}")
    return " ".join(parts)


def _enumerator(depth: int, position: int) -> str:
    if depth > 2 or position >= (26, len(ROMAN), 26)[depth]:
        raise NoAnswer("too many items, or too deep, to be joined")
    return (f"{LETTERS[position]}.", f"{NUMERALS[position % len(NUMERALS)]}-", f"({position + 1})")[depth]


# A list that is open: the index of the item that it is in, its kind, and its last number.
OpenList = tuple[int, str, int]
Reading = tuple[OpenList, ...]


def choices(outline: Outline) -> list[frozenset[Edge]]:
    """For every edge of `edges_of`, all edges that the text without its columns allows in its place.

    A reading puts an item that is after a blank line into a list of its own in the item above it; after a
    paragraph, or where that is true, also into a new outermost list. It puts one without a blank line into any open
    list that it continues: one of the same bullet, or one of the same numbers in which it is next. Paragraphs of
    column 0 end all lists. What an item can belong to is what it belongs to in some reading of the whole stretch.
    Where the true tree is no such reading, because a number is left out, nothing else is allowed.
    """
    items = outline.items
    parents = [{item.parent} for item in items]
    start = 0
    for end in range(1, len(items) + 1):
        if end == len(items) or items[end].segment != items[start].segment:
            for index, possible in enumerate(_possible_parents(items, start, end), start):
                parents[index] |= possible
            start = end
    allowed = []
    headings: list[str | None] = [None]
    for index, (item, possible) in enumerate(zip(items, parents, strict=True)):
        if item.parent < 0:
            headings = outline.headings.get(index, [None])
        if not item.is_category:
            above = {_above(items, parent) for parent in possible}
            names = [name for parent in above for name in (items[parent].texts if parent >= 0 else headings)]
            allowed.append(frozenset(Edge(text, name) for text in item.texts for name in names))
    return allowed


def _possible_parents(items: Sequence[Item], start: int, end: int) -> list[set[int]]:
    layers: list[dict[Reading, set[Reading]]] = []
    before: set[Reading] = {()}
    true: set[Reading] = {()}
    for index in range(start, end):
        layer: dict[Reading, set[Reading]] = {}
        for reading in before:
            for following in _continued(items, index, reading):
                layer.setdefault(following, set()).add(reading)
        true = {reading for reading in layer if reading[-1][0] == items[index].parent and layer[reading] & true}
        if not true or len(layer) > MAX_READINGS:
            return [set() for _ in range(start, end)]
        layers.append(layer)
        before = set(layer)
    parents: list[set[int]] = []
    living = before
    for layer in reversed(layers):
        parents.append({reading[-1][0] for reading in living})
        living = {earlier for reading in living for earlier in layer[reading]}
    return parents[::-1]


def _continued(items: Sequence[Item], index: int, reading: Reading) -> list[Reading]:
    item = items[index]
    if not reading:
        return [((-1, item.kind, item.number),)]
    if item.opens:
        found = [(*reading, (index - 1, item.kind, item.number))]
        above = items[index - 1]
        if above.told < len(above.paragraphs) or item.parent < 0:
            found.append(((-1, item.kind, item.number),))
        return found
    return [
        (*reading[:level], (parent, kind, item.number))
        for level, (parent, kind, last) in enumerate(reading)
        if kind == item.kind and item.number in (-1, last + 1)
    ]
