"""The authors at the head of a citation.

Farge D, Resche-Rigon M, Quesenberry CP Jr, Tarte K. Title                   PubMed, Vancouver
Wing RR, Hill JO; Look AHEAD Research Group. Title                           a group among the authors
American Diabetes Association. Title                                         a group alone
Apolone, G., Groth, N., & Ware Jr, J. E. (2001). Title                       APA
Kale, A.A. and Pathan, N.M., 2019. Title                                     Harvard

PubMed's form is that of the National Library of Medicine's "Citing Medicine": initials without stops, a comma between
persons, a semicolon around groups, a full stop after the last.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parser.values.citation_parts import Author, CitationPart, part_of

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽ]"
_WORD = r"[^\s\d,.;:()\[\]&]+"
_DEGREE = "(?:MD|MPH|MS|MSc|PhD|PharmD|RN)"
_SUFFIX = r"(?:Jr|Sr|II|III|IV|[1-9](?:st|nd|rd|th))"

# A family name of up to six words, then initials. What ends it says whether the list goes on. Two letters of which
# the second is small are a short given name, or an initial that is a digraph: `Pulcini Ed`, `Dumas Th`.
_PERSON = re.compile(
    rf"(?P<family>{_WORD}(?: {_WORD}){{0,5}}?) (?P<given>(?:{_CAPITAL}\.?-?){{1,5}}|{_CAPITAL}[a-z])"
    rf"(?: (?P<suffix>{_SUFFIX}))?(?: {_DEGREE})?\.?(?P<end>,|;|:(?=\s)|\.(?=\s|\Z)|(?=\s+et al\b)|(?=\s*\()|\Z)"
)
_INVERTED = re.compile(
    rf"(?P<family>{_WORD}(?: {_WORD}){{0,4}}?)(?: (?P<suffix>{_SUFFIX}))?, "
    rf"(?P<given>{_CAPITAL}\.(?:[ -]?{_CAPITAL}\.){{0,4}}|{_CAPITAL}(?:-?{_CAPITAL}){{0,3}}(?!\.))"
    r"(?=\s*[,&(]|\s+and\b|\.?\s|\.?\Z)"
)
# `Brent L. Wood, Stuart S. Winter`: which of the names are given names is not always clear.
_NAMED_IN_FULL = re.compile(rf"(?:{_CAPITAL}[^\W\d_]+ )?(?:{_CAPITAL}\. )+{_CAPITAL}[^\s.,;:()]+(?:,| and\b| et al\b)")
_AND = re.compile(r"[,\s]*(?:(?:&|\band\b|\.\.\.|…)\s*)?")
_ET_AL = re.compile(r"[,;]?\s*et al\b[.:,]*\s*")
# What is in a list and is not an author: what cuts it short, or a suffix after a comma.
_NO_AUTHOR = re.compile(
    rf"(?:{_ET_AL.pattern}|\s*(?:editors?|eds?)(?:\.|,(?=\s))\s*)|\s*(?P<suffix>{_SUFFIX})(?P<end>[,.;]+)\s*"
)
_BETWEEN = re.compile(r"[;,\s]*")
_GROUP_END = re.compile(r";|\.+(?=\s|\Z)")
_AUTHORS_END = re.compile(r"[.:\s]*")
_GROUP_WORD = re.compile(
    r"\b(?:Academy|Alliance|Association|Board|Cent(?:er|re)s?|Collaborati(?:on|ve)|Collaborators|College|Commission"
    r"|Committee|Consortium|Council|Department|Federation|Foundation|Group|Initiative|Institutes?|Investigators"
    r"|Members|Ministry|Network|Organi[sz]ation|Panel|Party|Program(?:me)?|Project|Registry|Society|Subcommittee"
    r"|Task Force|Team|Trialists|Workgroup)\b",
    re.IGNORECASE,
)
# What may be after the last word of a group's name: its abbreviation.
_BRACKETED = re.compile(r"[\s)\]]*(?:\([^()]*\))?")
_NAME_WORD = re.compile(r"[^\W_][^\s,()]*")
_LONGEST_GROUP = 400
_SMALL_WORD = re.compile("a|an|and|de|der|des|di|du|et|for|from|in|la|le|of|on|or|study|the|to|und|von|with")


class Authors(NamedTuple):
    """The authors, and where the text after them starts; `end` is None if the list did not end as lists do."""

    authors: tuple[Author, ...]
    end: int | None


def read_authors(text: str, start: int, title_end: int, journal: CitationPart[str] | None = None) -> Authors:
    """Read the authors from `start` on. `title_end` is where the title certainly is over: a group that would leave no
    title is the title. `journal` may be the author itself, of an editorial.

    Without authors the list is empty and `end` equals `start`.
    """
    if _NAMED_IN_FULL.match(text, start):
        return Authors((), None)
    if _PERSON.match(text, start):
        return _vancouver(text, start)
    if _INVERTED.match(text, start):
        return _inverted(text, start)
    return _group_first(text, start, title_end, journal.value if journal else None)


def _vancouver(text: str, start: int) -> Authors:
    """A list of persons and groups."""
    authors: list[Author] = []
    position, groups = start, False
    while True:
        if match := _NO_AUTHOR.match(text, position):
            if match["suffix"] is None:
                return _group_behind(text, authors, match.end())
            authors[-1:] = [_with_suffix(author, match) for author in authors[-1:]]
            end = match["end"]
        elif match := _PERSON.match(text, position):
            authors.append(_person(match))
            end = match["end"]
        elif group := _group(text, position, groups):
            authors.append(Author(group))
            match = _GROUP_END.match(text, group.end)
            end = match[0] if match else ""
        else:
            return Authors(tuple(authors), None)
        position = match.end() if match else len(text)
        groups = groups or end == ";"
        if end.startswith((",", ";")):
            position = _past(_BETWEEN, text, position)
        elif not _ET_AL.match(text, position):
            return Authors(tuple(authors), _past(_AUTHORS_END, text, position))


def _person(match: re.Match[str]) -> Author:
    family, given, suffix = match.group("family", "given", "suffix")
    start, end = match.span("given")
    # The full stop after `M.D.` is its own, even where it also ends the list.
    if "." in given and match.string.startswith(".", end):
        given, end = given + ".", end + 1
    return Author(
        CitationPart(family, *match.span("family")),
        CitationPart(given, start, end),
        CitationPart(suffix, *match.span("suffix")) if suffix else None,
    )


def _with_suffix(author: Author, match: re.Match[str]) -> Author:
    return Author(author.family, author.given, CitationPart(match["suffix"], *match.span("suffix")))


def _group(text: str, start: int, after_semicolon: bool) -> CitationPart[str] | None:
    """The name of a group, up to a semicolon or a full stop. Among persons, without a semicolon before it, it has to
    look like one: a title may follow there."""
    match = _GROUP_END.search(text, start, start + _LONGEST_GROUP)
    group = part_of(text, start, match.start()) if match else None
    if group and (after_semicolon or (match and match[0] == ";") or _GROUP_WORD.search(group.value)):
        return group
    return None


def _group_behind(text: str, authors: list[Author], start: int) -> Authors:
    """The end of a list that was cut short: `et al. ATHERO-AF Study Group. Title`."""
    match = _GROUP_END.search(text, start, start + _LONGEST_GROUP)
    group = part_of(text, start, match.start()) if match else None
    if match and group and match.end() < len(text) and len(group.value.split()) <= 12 and _is_group(group.value):
        authors.append(Author(group))
        start = _past(_AUTHORS_END, text, match.end())
    return Authors(tuple(authors), start)


def _inverted(text: str, start: int) -> Authors:
    """`Family, I. I., & Family, I.`, up to a year or the title."""
    authors: list[Author] = []
    position = start
    while match := _INVERTED.match(text, position):
        authors.append(_person(match))
        position = _past(_AND, text, match.end())
    if match := _ET_AL.match(text, position):
        position = match.end()
    return Authors(tuple(authors), _past(_AUTHORS_END, text, position))


def _past(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _group_first(text: str, start: int, title_end: int, journal: str | None) -> Authors:
    """Authors that start with a group, or are one. A sentence that is not a name of a group belongs to the title."""
    match = _GROUP_END.search(text, start, start + _LONGEST_GROUP)
    if match is None:
        return Authors((), start)
    behind = _past(_BETWEEN, text, match.end())
    if match[0] == ";":
        if _PERSON.match(text, behind) or _is_group(text[start : match.start()]):
            return _vancouver(text, start)
        return Authors((), start)
    group = part_of(text, start, match.start())
    if group and behind < title_end and (_is_group(group.value) or (journal and _is_journal(group.value, journal))):
        return Authors((Author(group),), behind)
    return Authors((), start)


def _is_journal(name: str, journal: str) -> bool:
    """Whether a name is a journal's in full: `The Lancet Diabetes Endocrinology` is `Lancet Diabetes Endocrinol`."""
    words, short = name.removeprefix("The ").split(), journal.removeprefix("The ").split()
    return len(words) == len(short) and all(word.startswith(part) for word, part in zip(words, short, strict=True))


def _is_group(name: str) -> bool:
    """Whether a sentence is the name of a group: it has a word for one, and either ends with it or is in capitals."""
    words = list(_GROUP_WORD.finditer(name))
    if not words or ": " in name:
        return False
    if _BRACKETED.fullmatch(name, words[-1].end()):
        return True
    return not any(word[0].islower() for word in _NAME_WORD.findall(name) if not _SMALL_WORD.fullmatch(word))
