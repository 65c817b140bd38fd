"""Names of people, and the degrees and titles that are around them.

Dominique Farge, MD PhD                 Dominique Farge: MD PhD
Prof. Dr. med. Hans Müller              Hans Müller: Prof. Dr. med.
Sunny K. Philip, Jr., Site 007-582      Sunny K. Philip, Jr.: none; a site's number is not a degree
Antonio MD Casado                       Antonio Casado: MD, typed where a middle name goes
Clinical Trials Information Center      not a person: the name unchanged
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple


class Name(NamedTuple):
    """A name without its degrees, as `name`; its span, from the first to the last word; and the degrees.

    `degrees` are as printed, in the page's order, joined by a blank and without the commas between them; None if there
    are none.
    """

    name: str
    name_start: int
    name_end: int
    degrees: str | None


# Degrees, by their letters in capitals. They are not words of a name, so they need no comma before them.
_DEGREE_WORDS = """
    MD PHD MDPHD MDMSC DMD DDS PHARMD MBBS MBCHB MBBCH MBCHIR MBBCHIR BMBS BMBCH MPH MSC BSC DSC DPHIL MPHIL DNP BSN MSN
    RNBSN FRCP FRCPC FRCPATH FRCS FRCSC FRCR FRCA FRACP FRANZCR FACP FACS FACC FACOG FCAP FAHA FSCAI FAAN FAAP
    FASCO FESC MRCP MRCPI MRCS FCPS DNB MCH DCH DMRD PSYD SCD MHS MHSC MSPH MSCE MSCI MSHS MSCR MBA MMED MEDSCD CCRP
    CCRC CCRN AOCN APRN CRNP LPN DVM DRPH EDD LLM MDS DPT BHMS BAMS BDS PHDC MUDR
"""
_DEGREES = frozenset(_DEGREE_WORDS.split())

# Degrees in capitals that are too short to be sure of: they need a comma, another degree, or a name in small letters.
_SHORT_DEGREE_WORDS = """
    DO MS MA BA BS RN RD PT DM DC PA NP OD ND PD PH DPM MSW LCSW MED BBS MCN MSD KMD MM CRC OT SLP AUD CPNP NNP FNP PNP
    MPT BED PM BPT BE CRA AB MBE MHA MPA MPP MAT JD
"""
_SHORT_DEGREES = frozenset(_SHORT_DEGREE_WORDS.split())

# These are also common family names, even in capitals.
_FAMILIES = frozenset({"DO", "MA", "BA", "BE", "PA", "AB", "OT"})

# Titles, by their letters, and those that are titles only where a dot or another title follows.
_TITLES = frozenset({"DR", "PROF", "PROFESSOR", "DOCTOR", "PR", "DRS", "UNIVPROF", "PRIVDOZ", "PD", "MUDR", "AO"})
# Titles that are before a name only.
_TITLES_BEFORE = frozenset({"MR", "MRS", "DRA", "PROFA", "PROFDR", "APROF", "DOTT", "DOTTSSA"})
_DOTTED_TITLES = frozenset({"ASSOC", "ASSIST", "ASST", "UNIV", "DOC", "ING", "DIPLING", "DIPL", "LEK", "APL"})
_RANKS = _DOTTED_TITLES | {"ASSOCIATE", "ASSISTANT", "ADJUNCT", "CLINICAL", "FULL", "VISITING", "MEDICAL", "RESIDENT"}
_TITLES_BEHIND = _TITLES | {"MASTER", "MASTERS", "BACHELOR", "BACHELORS"}
# Words after a title that belong to it: `Dr. med.`, `dr hab. n. med.`, `Dr. rer. nat. h.c.`
_TITLE_ENDS = frozenset({"med", "hab", "habil", "n", "sc", "rer", "nat", "hc", "phil", "mult", "univ", "dent", "vet"})
_IN_THE_MIDDLE = frozenset({"MD", "M.D.", "PhD", "Ph.D.", "Dr", "Dr.", "Prof", "Prof."})

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|2nd|3rd)\.?\Z", re.IGNORECASE)
_SITE = re.compile(r"site\b[ #:]*(?![ #:])(?=\S*\d)\S+\Z", re.IGNORECASE)
# A person's occupation is neither a degree nor part of the name.
_ROLE = re.compile(
    r"\b(?:coordinator|manager|investigator|nurse|assistant|director|physician|fellow|officer|lead|specialist|resident"
    r"|student|postdoc|PI|recruiter|administrator|consultant|surgeon|researcher)\Z",
    re.IGNORECASE,
)
# Words, and beginnings of words, that are in no name of a person.
_NO_PERSON_WORDS = """
    study studies trial trials clinical center centre centers centres hospital clinic department dept inc ltd llc gmbh
    foundation group team company call email contact sponsor information office research registry program service
    services http https www corp pharma
"""
_NO_PERSON = frozenset(_NO_PERSON_WORDS.split())
_NO_PERSON_BEGINNINGS = ("institut", "universit", "corp", "pharma", "laborator")
_LETTERS = re.compile(r"\w+")
# `Ph,D` is a typing error for one word.
_COMMA = re.compile(r"[;，；]|,(?!(?<=[Pp][Hh],)[Dd]\b)")
# A title may stand against the name: `Dr.Ashwin`. Brackets are one word, with what is in them.
_WORD = re.compile(r"(?:Dr|Prof)\.(?=[A-Z])|\([^()]*\)|\S+")
_OTHER_DEGREE = re.compile(
    r"(?:[A-Z][A-Za-z]{0,3}[A-Z]{1,5}(?:-[A-Z]{1,4})?|(?:[A-Za-z]{1,6}\.){1,4}[A-Za-z]{1,6}\.?)\Z"
)
_NO_LETTER = re.compile(r"[\W\d_]+")
_MOST_WORDS = 6


LONGEST = 1000
"""The longest name that is parsed: several times the longest in records."""


class _Word(NamedTuple):
    """A word, its letters in capitals (those before a bracket), and its place."""

    text: str
    letters: str
    start: int
    end: int


class _Part(NamedTuple):
    """A stretch of the text between commas, without the blanks around it, and its words."""

    text: str
    start: int
    end: int
    words: list[_Word]


@lru_cache(maxsize=4096)
def split_degrees(text: str) -> Name:
    """A name cut from its degrees and titles. `Jr.` and `III` are part of the name; sites and roles are neither.

    A name that is not a person's, or nothing but degrees, is kept whole.
    """
    parts = _parts(text)
    if not parts:
        return Name("", 0, 0, None)
    whole = Name(text[parts[0].start : parts[-1].end], parts[0].start, parts[-1].end, None)
    if _is_no_person(parts[0].text):
        return whole
    leading = len(parts) > 1 and all(map(_is_degree, parts[0].words))
    degrees = [parts[0].text] if leading else []
    person, *others = parts[1:] if leading else parts
    words = person.words
    first = _leading_titles(words)
    last = _trailing_degrees(words, first)
    if first == last:
        return whole
    middle = [word for word in words[first + 1 : last - 1] if word.text in _IN_THE_MIDDLE]
    degrees += [word.text for word in (*words[:first], *middle, *words[last:])]
    start, end = words[first].start, words[last - 1].end
    named = [word.text for word in words[first:last] if word not in middle]
    open_ended = last == len(words)
    for part in others:
        suffix = _SUFFIX.match(part.text)
        known = part.text != "PI" and not suffix and _is_degrees(part.words, several=last - first > 1)
        if known or _SITE.match(part.text) or _ROLE.search(part.text):
            open_ended = False
            degrees += [part.text] if known else []
        elif suffix or (open_ended and not (degrees and _is_no_person(part.text))):
            named[-1] += ","
            named.append(part.text)
            end = part.end
    return Name(" ".join(" ".join(named).split()), start, end, " ".join(" ".join(degrees).split()) or None)


def _is_no_person(text: str) -> bool:
    lower = text.lower()
    words = _LETTERS.findall(lower)
    return (
        "@" in text
        or "e-mail" in lower
        or not _NO_PERSON.isdisjoint(words)
        or any([word.startswith(_NO_PERSON_BEGINNINGS) and word != "institut" for word in words])
    )


def _parts(text: str) -> list[_Part]:
    parts = []
    start = 0
    for end, following in [*[match.span() for match in _COMMA.finditer(text)], (len(text), len(text))]:
        words = [_word(match.group(), match.start()) for match in _WORD.finditer(text, start, end)]
        if words:
            parts.append(_Part(text[words[0].start : words[-1].end], words[0].start, words[-1].end, words))
        start = following
    return parts


def _word(text: str, start: int) -> _Word:
    letters = text if text.isalpha() else _NO_LETTER.sub("", text.partition("(")[0])
    return _Word(text, letters.upper(), start, start + len(text))


def _is_degree(word: _Word) -> bool:
    """Whether a word is a degree wherever it is; `Md`, `Md.` is not, but the first name Mohammed."""
    return word.letters in _DEGREES and word.text not in ("Md", "Md.")


def _looks_like_name(word: _Word) -> bool:
    """Whether a word is written as names are: `Mba` is one, `MBA` and `Phd` are not."""
    return word.text.istitle() and word.text.isalpha() and word.letters not in ("PHD", "MSC", "BSC")


def _is_short_degree(word: _Word) -> bool:
    return word.letters in _SHORT_DEGREES and (word.text.isupper() or "." in word.text)


def _is_title(word: _Word, following: _Word | None) -> bool:
    return (
        word.letters in _TITLES
        or (word.letters in _DOTTED_TITLES and "." in word.text)
        or (word.letters in _RANKS and following is not None and following.letters in _TITLES)
    )


def _ends_title(word: _Word) -> bool:
    lower = word.text.replace(".", "")
    return lower in _TITLE_ENDS or (lower in ("Med", "Habil") and "." in word.text)


def _leading_titles(words: Sequence[_Word]) -> int:
    """How many of the first words are titles: `Prof. Dr. med.`, `PhD.`"""
    for count, word in enumerate(words):
        following = words[count + 1] if count + 1 < len(words) else None
        title = _is_title(word, following) or word.letters in ("PHD", "MUDR") or word.letters in _TITLES_BEFORE
        if not title and not (count and _ends_title(word)) and word.text not in ("Ms", "Ms."):
            return count
    return len(words)


def _trailing_degrees(words: Sequence[_Word], first: int) -> int:
    """Where the degrees after a name begin that no comma parts from it; the number of words if there are none."""
    last = len(words)
    sure = False
    while last > first:
        word = words[last - 1]
        short = _is_short_degree(word)
        if not short and not (_is_degree(word) and not _looks_like_name(word)) and not _ends(word, last):
            break
        last -= 1
        sure = sure or not short
    behind = words[last:]
    if sure or not behind:
        return last
    name = words[first:last]
    families = any(word.letters in _FAMILIES and "." not in word.text for word in behind)
    return last if len(name) > 1 and not families and not all(word.text.isupper() for word in name) else len(words)


def _ends(word: _Word, count: int) -> bool:
    """Whether the last of some words is a title after a name: `Li Wei Prof.`"""
    return word.letters in _TITLES and (word.text.endswith(".") or count > 2)


def _is_degrees(words: Sequence[_Word], several: bool) -> bool:
    """Whether words between commas are degrees: known ones, or what looks like them after a name of `several` words.

    A known one may be followed by its field: `DNB Radiotherapy`, `Doctor of Medicine`.
    """
    words = [word for word in words if not word.text.startswith("(")]
    if not words or len(words) > _MOST_WORDS:
        return False
    first, following = words[0], words[1] if len(words) > 1 else None
    if _is_degree(first) or first.letters in _TITLES_BEHIND or _is_title(first, following):
        return True
    if first.text == "Medical" and following is not None and following.text == "Doctor":
        return True
    if following is not None and _is_degree(_word("".join([word.text for word in words]), first.start)):
        return True
    return all(
        _is_degree(word) or _is_short_degree(word) or (several and bool(_OTHER_DEGREE.match(word.text)))
        for word in words
    )
