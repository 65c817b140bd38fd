"""The depth of each entry, from indentation, markers, blank lines and lead-ins.

* Presence of:                  opens a list: it ends in a colon

1. Renal failure                its child: another marker, and the first of its kind
2. Cardiac failure              continues the list
* Severe disorders              the outer marker is back

If the text still has its indentation, that decides. Otherwise these rules do: an ordinal continues the list in which it
is the next. In the registry's own text a blank line before an item opens a list inside the previous item; there are no
blank lines between items of one list. A new marker opens a list after a lead-in; without a lead-in this is a guess,
which is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from parser.criteria.groups import is_group
from parser.criteria.inline import LinePart
from parser.criteria.lead_ins import announces, awaits_more, leads_in
from parser.criteria.levels import OpenList, begins_again, first_ordinal, is_loose, next_after, ordinals_by_place
from parser.criteria.list_end import ListEndCandidate, begins_as_outer, score
from parser.criteria.markers import Marker, same_ordinals
from parser.criteria.paragraphs import APPENDIX, CATEGORY, HEADING, ITEM, JOINED, NOTE, Entry

DEEPEST = 60
"""The deepest level of lists; anything deeper stays on this level."""

# How many items of a list are compared to decide whether another one belongs to it.
_REMEMBERED = 20


class Outline:
    """Finds the depths of a block's entries, one after the other.

    `inside` holds the lists inside an entry's line, by its `id`: a paragraph cannot continue what precedes them.
    """

    def __init__(self, text: str, entries: Sequence[Entry], inside: Mapping[int, Sequence[LinePart]]) -> None:
        self.text = text
        self.inside = inside
        self.opened = False
        self.entries = entries
        self.levels: list[OpenList] = []
        margin = min([entry.indent for entry in entries], default=0)
        self.indented = any(
            [entry.indent > 0 if entry.marker else entry.blank and entry.indent > margin + 1 for entry in entries]
        )
        self.loose = is_loose(entries)

    # Computed on demand: few blocks have letters or paragraphs whose depth depends on what comes later.

    @cached_property
    def ordinals(self) -> dict[tuple[str, str, int], list[int]]:
        return ordinals_by_place(self.entries, self.inside)

    @cached_property
    def titles(self) -> list[int]:
        return [index for index, entry in enumerate(self.entries) if entry.kind in (CATEGORY, HEADING)]

    def find_depths(self) -> list[Entry]:
        """The entries with their depths; a paragraph that continues an item is joined to it."""
        kept: list[Entry] = []
        for index, entry in enumerate(self.entries):
            if entry.kind in (CATEGORY, HEADING, APPENDIX):
                # A heading's number is not an item's: the text after `1. Inclusion criteria:` is not inside a list.
                self.levels.clear()
            elif entry.marker:
                self._place(index, entry, entry.marker)
            else:
                self._place_unmarked(index, entry)
            if entry.kind == JOINED:
                kept[-1].end = entry.end
            else:
                kept.append(entry)
                self.opened = id(entry) in self.inside
                if self.opened:
                    self._open_inside(entry)
        return kept

    def _open_inside(self, entry: Entry) -> None:
        """A list that begins inside a line is open after it: `a. ...: i. ...` continues with `ii.` on the next line."""
        levels = self.levels
        outer = len(levels)
        for part in self.inside[id(entry)]:
            del levels[outer + part.depth - 1 :]
            number = part.marker.number_in(part.system) if part.marker else None
            if part.marker and number and len(levels) < DEEPEST:
                texts = [self.text[part.start : part.end]]
                levels.append(OpenList(entry.indent, part.marker.style, part.system, number, texts))

    # --- items ---

    def _place(self, index: int, entry: Entry, marker: Marker) -> None:
        levels = self.levels
        if marker.ordinals and self._is_word(marker) and not self._has_neighbour(marker):
            # `E. coli infection`: a letter without its predecessor or successor is part of the text.
            entry.start -= entry.inner - entry.indent
            entry.inner = entry.indent
            entry.marker = None
            self._place_unmarked(index, entry)
            return
        if self.indented:
            if self._close_deeper(index, entry, marker):
                return
            if levels and entry.indent >= levels[-1].indent + 2:
                if levels[-1].bullet and self._continues(levels[-1], marker):
                    # `* 1. Adults` has the number that those below continue.
                    self._continue(len(levels) - 1, entry, marker)
                    return
                if not levels[-1].style and not leads_in(self.text, self.entries[index - 1]):
                    # The older text indents its lists below all paragraphs, whatever their content.
                    levels.pop()
                self._open(entry, marker)
                return
        self._place_by_marker(index, entry, marker)

    def _close_deeper(self, index: int, entry: Entry, marker: Marker) -> bool:
        """Close the lists indented deeper than an item; returns whether it was placed against its indentation.

        That happens if only one of those lists can continue with its ordinal, and if a new kind of ordinal follows an
        item that announces a list: in lists with non-CommonMark markers the registry indents the first item only, or
        none.
        """
        levels = self.levels
        deeper = len(levels)
        while deeper and entry.indent < levels[deeper - 1].indent - 1:
            deeper -= 1
        if deeper < len(levels) and marker.ordinals and not any(self._continues(it, marker) for it in levels[:deeper]):
            ours = [at for at in range(deeper, len(levels)) if self._continues(levels[at], marker)]
            if ours:
                levels[ours[-1]].indent = entry.indent
                self._continue(ours[-1], entry, marker)
                return True
            if not marker.is_commonmark and marker.may_begin and awaits_more(self.text, self.entries[index - 1]):
                for level in levels:
                    level.indent = min(level.indent, entry.indent)
                self._open(entry, marker)
                return True
        del levels[deeper:]
        return False

    def _is_word(self, marker: Marker) -> bool:
        """Whether an ordinal could be the beginning of a sentence: a letter, or an initial (`A. fumigatus`)."""
        if marker.ordinals[0].system == "digit":
            return False
        abbreviates = marker.text[0].isupper() and marker.style == "."
        return not marker.may_begin or (abbreviates and self.text[marker.end + 1 : marker.end + 2].islower())

    def _has_neighbour(self, marker: Marker) -> bool:
        """Whether the block has the ordinal before or after a marker's."""
        return any(
            (marker.style, system, number + step) in self.ordinals
            for system, number in marker.ordinals
            for step in (-1, 1)
        )

    def _place_by_marker(self, index: int, entry: Entry, marker: Marker) -> None:
        """Among the lists with the same indentation, find the one that an item continues, or open a new one."""
        levels = self.levels
        lowest = len(levels) if self.indented else 0
        while lowest and abs(levels[lowest - 1].indent - entry.indent) <= 1:
            lowest -= 1
        found = len(levels) - 1
        while found >= lowest and not (
            self._continues(levels[found], marker) or self._is_mixed(index, levels[found], marker)
        ):
            found -= 1
        if found >= lowest and not (marker.is_bullet and self._is_nested_by_registry(index, entry, marker)):
            if self._is_announced(index, entry, marker, found):
                self._open(entry, marker)
                entry.guessed = True
            else:
                self._continue(self._outer(found, entry, marker), entry, marker)
        elif lowest == len(levels):
            self._open(entry, marker)
        elif marker.may_begin:
            self._begin(index, entry, marker, lowest)
        else:
            self._skip(index, entry, marker, lowest)

    def _is_announced(self, index: int, entry: Entry, marker: Marker, found: int) -> bool:
        """Whether a bullet opens a list inside an item with the same bullet, which announces parts in lower case."""
        before = self.entries[index - 1]
        return (
            marker.is_bullet
            and not self.indented
            and found == len(self.levels) - 1
            and before.kind == ITEM
            and before.marker is not None
            and self.text[entry.start].islower()
            and not any(text[:1].islower() for text in self.levels[found].texts[-_REMEMBERED:])
            and announces(self.text, before)
        )

    def _continues(self, level: OpenList, marker: Marker) -> bool:
        if level.style != marker.style:
            return False
        return marker.is_bullet or marker.number_in(level.system) == level.number + 1

    def _is_mixed(self, index: int, level: OpenList, marker: Marker) -> bool:
        """Whether an item continues a list in which only some bullets have ordinals after them.

        One without an ordinal does so after the last one with an ordinal: `* 1. Adults 2. Consent` before `* Able to
        walk`.
        """
        if marker.bullet:
            return marker.may_begin and level.style == marker.bullet
        return marker.is_bullet and level.bullet == marker.style and not self._goes_on_later(index, level)

    def _is_nested_by_registry(self, index: int, entry: Entry, marker: Marker) -> bool:
        """Whether the blank line before an item opens a list inside the item before, as in the registry's own text."""
        before = self.entries[index - 1].marker
        if self.indented or self.loose or not entry.blank or before is None:
            return False
        return before.is_commonmark and marker.is_commonmark

    def _outer(self, at: int, entry: Entry, marker: Marker) -> int:
        """The list that an item continues: the inner one, or an outer one that it could continue if that has ended."""
        levels = self.levels
        if not at or self.indented:
            return at
        item, inner = self.text[entry.start : entry.end], levels[at].texts[-_REMEMBERED:]
        best, found = 0.0, at
        for outer in range(at - 1, -1, -1):
            if not self._continues(levels[outer], marker):
                break
            candidate = ListEndCandidate(item, inner, levels[outer].texts[-_REMEMBERED:])
            # A number that is next in both lists is a coincidence, so only how the items begin counts.
            speaks = score(candidate) if marker.is_bullet else begins_as_outer(candidate)
            if speaks > best:
                best, found = speaks, outer
        entry.guessed = found != at
        return found

    def _continue(self, at: int, entry: Entry, marker: Marker) -> None:
        level = self.levels[at]
        del self.levels[at + 1 :]
        level.texts.append(self.text[entry.start : entry.end])
        if marker.bullet and level.style == marker.bullet:
            level.style, level.bullet = marker.style, marker.bullet
            level.system, level.number = first_ordinal(marker)
        elif marker.ordinals:
            level.number = marker.number_in(level.system) or level.number
        if entry.indent < level.indent:
            level.indent = entry.indent
        entry.depth = at

    def _begin(self, index: int, entry: Entry, marker: Marker, lowest: int) -> None:
        """Open a list: inside the previous item, or after it."""
        levels = self.levels
        before = self.entries[index - 1]
        same = next((at for at in range(len(levels) - 1, lowest - 1, -1) if begins_again(levels[at], marker)), None)
        # CommonMark, which the registry writes, parts a paragraph from a list by a blank line: only a colon joins them.
        leads = leads_in(self.text, before) and (
            before.marker is not None or not entry.blank or self.text[before.end - 1] in ":："
        )
        if leads or self._is_nested_by_registry(index, entry, marker):
            self._open(entry, marker)
        elif self._is_other_list(index, marker):
            del levels[lowest:]
            self._open(entry, marker)
        elif same is not None:
            # A list that restarts after the one before.
            del levels[same:]
            self._open(entry, marker)
            entry.guessed = True
        elif before.marker is None or (
            entry.blank
            and not before.marker.is_commonmark
            and marker.is_bullet
            and not is_group(self.text[before.start : before.end], True)
        ):
            # Paragraphs have blank lines around them, whatever follows, so they say nothing about nesting.
            del levels[lowest:]
            self._open(entry, marker)
            entry.guessed = before.marker is not None
        else:
            self._open(entry, marker)
            entry.guessed = True

    def _is_other_list(self, index: int, marker: Marker) -> bool:
        """Whether two consecutive lists have items on the same level although their markers differ.

        Codes are such a case (`EC1` after `IC9`), and so is an item that was moved into its heading's line and lacks
        the bullet of the list below it (`Exclusion Criteria:• Scoliosis`).
        """
        before = self.entries[index - 1]
        if before.marker and before.marker.style.startswith("code") and marker.style.startswith("code"):
            return True
        title = self.entries[index - 2] if index > 1 else None
        return (
            title is not None
            and title.kind == CATEGORY
            and marker.is_bullet
            and not self.indented
            and before.marker is not None
            and before.marker.is_bullet
            and self.text.find("\n", title.end, before.start) < 0
        )

    def _skip(self, index: int, entry: Entry, marker: Marker, lowest: int) -> None:
        """An ordinal that is next in no open list: it skips or repeats some of one, or begins late."""
        levels = self.levels
        for at in range(len(levels) - 1, lowest - 1, -1):
            level = levels[at]
            alike = same_ordinals(level.style, marker.style, level.system)
            if alike and marker.number_in(level.system) == level.number + 1:
                self._continue(at, entry, marker)
                return
        for at in range(len(levels) - 1, lowest - 1, -1):
            if levels[at].style == marker.style and marker.number_in(levels[at].system) is not None:
                self._continue(at, entry, marker)
                break
        else:
            before = self.entries[index - 1]
            # `Any of: f. fever` begins late, but inside the item that announces it.
            if before.marker is None or id(before) in self.inside or not leads_in(self.text, before):
                del levels[lowest:]
            self._open(entry, marker)
        entry.guessed = True

    def _open(self, entry: Entry, marker: Marker) -> None:
        if len(self.levels) >= DEEPEST:
            self.levels.pop()
        system, number = first_ordinal(marker)
        texts = [self.text[entry.start : entry.end]]
        self.levels.append(OpenList(entry.indent, marker.style, system, number, texts, marker.bullet))
        entry.depth = len(self.levels) - 1

    # --- paragraphs ---

    def _place_unmarked(self, index: int, entry: Entry) -> None:
        """A paragraph is on the top level unless it is inside an item: then it continues the item, or is a note."""
        levels = self.levels
        innermost = len(levels)
        if not self._is_inside(index, entry):
            self._place_line(index, entry)
        elif (
            self.entries[index - 1].kind in (ITEM, JOINED)
            and len(levels) == innermost
            and not self.opened
            and id(entry) not in self.inside
        ):
            entry.kind = JOINED
        else:
            entry.kind = NOTE
            entry.depth = len(levels)

    def _place_line(self, index: int, entry: Entry) -> None:
        """In a list of lines without markers only the words show what is inside an item that ends in a colon."""
        levels, text = self.levels, self.text[entry.start : entry.end]
        before = self.entries[index - 1] if index else None
        at = 0
        unmarked = levels and not any(level.style for level in levels)
        if before and before.kind == ITEM and before.marker is None and not entry.blank and unmarked:
            if self.text[before.end - 1] in ":：":
                at = len(levels)
            elif len(levels) > 1:
                candidate = ListEndCandidate(text, levels[-1].texts[-_REMEMBERED:], levels[-2].texts[-_REMEMBERED:])
                at = len(levels) - 1 - (begins_as_outer(candidate) or score(candidate) > 0)
                entry.guessed = True
        if at < len(levels) and not levels[at].style:
            levels[at].texts.append(text)
            del levels[at + 1 :]
        else:
            levels[at:] = [OpenList(entry.indent, "", "", 0, [text])]
        entry.depth = at

    def _is_inside(self, index: int, entry: Entry) -> bool:
        """Whether a paragraph is part of an open item; closes its lists that the paragraph ends."""
        levels = self.levels
        before = self.entries[index - 1] if index else None
        following = self.entries[index + 1] if index + 1 < len(self.entries) else None
        between = before and following and following.marker and following.indent == before.indent
        if awaits_more(self.text, before) and (between or not self.indented):
            return bool(levels)
        if self.indented:
            while levels and entry.indent <= levels[-1].indent:
                levels.pop()
            return bool(levels)
        if not entry.blank or not levels or not levels[-1].style:
            return False
        if following and following.marker and not following.blank:
            marker = following.marker
            return any(self._continues(level, marker) for level in levels)
        return any(self._goes_on_later(index, level) for level in levels if level.system)

    def _goes_on_later(self, index: int, level: OpenList) -> bool:
        """Whether the next ordinal of a list comes later without a blank line before it, and no list restarts."""
        end = next_after(self.ordinals.get((level.style, level.system, level.number + 1), ()), index)
        if end is None or self.entries[end].blank:
            return False
        begun = next_after(self.ordinals.get((level.style, level.system, 1), ()), index)
        title = next_after(self.titles, index)
        return (begun is None or begun > end) and (title is None or title > end)
