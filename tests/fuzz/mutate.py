"""How texts are damaged. Every mutation takes its chances from one `random.Random`, so a seed gives the same text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from parser.forms.pages.vocabulary import HEADINGS

# No mutation makes a text longer than this: length alone is for tests/test_nasty.py.
LONGEST = 60_000

CHARACTERS = (
    *"\x00\x01\x0b\x0c\x1b\x1c\x7f\x85\xa0\xad\u200b\u200e\u2028\u2029\u202e\u3000\ufeff\ufffd\ufffe\uffff",
    *"\ud800\udfff\U0001f600\U000e0041\u0301\u0130\u0131ß\u1e9eſ\u212a",
    *"\t \n\r\\()[]{}<>*_#`~|&;:,.-–—+=/%^'\"≤≥±×·•●º°µμ½¼²³⁹①㉛٣५๓０９ⅣⅫ¹",
)
TOKENS = (
    *("\r\n", "\n\n", "\n \n", "\\^", "\\*", "\\<", "\\\\", "**", "__", "* ", "- ", "o ", "• ", "> "),
    *("1. ", "2) ", "(3) ", "a. ", "b) ", "i- ", "ii- ", "viii. ", "xl. ", "I1. ", "E2 ", "1.1.1 ", "#1 ", "②", "99. "),
    *("10^9/L", "10\\^9/L", "x 109/L", "10E9", "10*9", "×10(9)", "10⁹", "1.10\\^6", "0.5.109/L", "30. 109 / L", "e400"),
    *("9" * 30, "1e400", "0" * 20, "1,000,000.00", "14.000/mm3", "1/0", "0/0", "140/90 mmHg", "5 ± 1", "-5", "½", "٣"),
    *(">= 18 and <= 65 years", "between 1 and ", "within 4 weeks", "twice a day", "every 3 weeks", "q12h", "mg/kg/d"),
    *("NCT00000001", "NCT ID: ", "Last Updated: ", "2021-02-30", "31 February 2020", "0000-00-00", "March 2019"),
    *("Inclusion Criteria:", "Exclusion Criteria", "Cohort B:", "including:", "one of the following:", " e.g. "),
    *("Minimum Eligible Age", "18 Years", "N/A", "Eligible Sex", "Site Status RECRUITING", "Role: CONTACT", "ext. +33"),
    *("Group Type EXPERIMENTAL", "Intervention Type DRUG", "Sponsor Role lead", "Paris, , France", ", , ", "a@b.c"),
    *("doi: 10.1016/", "PMID: 1", "2020;1(2):3-4.", "et al.", "https://", "&lt;", "<sup>9</sup>", "None", "null", "-"),
    *(heading.text for heading in HEADINGS),
)
_BRACKETS = "()[]{}<>（）"
_DIGITS = "0123456789"

Mutation = Callable[[random.Random, str, Sequence[str]], str]


def stretch(chance: random.Random, text: str, longest: int) -> tuple[int, int]:
    """A stretch of a text, short ones the more likely."""
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + int(longest ** chance.random()))


def cut(chance: random.Random, text: str, others: Sequence[str]) -> str:
    start, end = stretch(chance, text, max(2, len(text) // 2))
    return text[:start] + text[end:]


def keep(chance: random.Random, text: str, others: Sequence[str]) -> str:
    start, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    return text[start:end]


def drop_lines(chance: random.Random, text: str, others: Sequence[str]) -> str:
    share = chance.choice((0.02, 0.1, 0.5))
    return "\n".join(line for line in text.split("\n") if chance.random() > share)


def shuffle_blocks(chance: random.Random, text: str, others: Sequence[str]) -> str:
    blocks = text.split("\n\n")
    start, end = stretch(chance, "." * len(blocks), len(blocks) + 1)
    moved = blocks[start:end]
    chance.shuffle(moved)
    return "\n\n".join(blocks[:start] + moved + blocks[end:])


def repeat(chance: random.Random, text: str, others: Sequence[str]) -> str:
    start, end = stretch(chance, text, 4000)
    times = chance.choice((2, 2, 3, 10, 100))
    return text[:start] + text[start:end] * times + text[end:]


def splice(chance: random.Random, text: str, others: Sequence[str]) -> str:
    other = chance.choice(others)
    start, end = stretch(chance, other, len(other) + 1)
    at, until = stretch(chance, text, max(2, len(text) // 2))
    return text[:at] + other[start:end] + text[until:]


def hit_characters(chance: random.Random, text: str, others: Sequence[str]) -> str:
    return _at_places(chance, text, CHARACTERS)


def put_tokens(chance: random.Random, text: str, others: Sequence[str]) -> str:
    return _at_places(chance, text, TOKENS)


def _at_places(chance: random.Random, text: str, pieces: Sequence[str]) -> str:
    """Put some pieces into a text, each between two characters or in the place of one."""
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(pieces) + text[at + chance.randrange(2) :]
    return text


def change_digits(chance: random.Random, text: str, others: Sequence[str]) -> str:
    share = chance.choice((0.05, 0.3, 1.0))
    return re.sub(r"\d", lambda digit: chance.choice(_DIGITS) if chance.random() < share else digit.group(), text)


def damage_powers(chance: random.Random, text: str, others: Sequence[str]) -> str:
    def damaged(match: re.Match[str]) -> str:
        return chance.choice(("10", "10^", "10\\^", "x10", "10*", "1.10\\^", "10E", "10(", "")) + match.group()[2:]

    return re.sub(r"10(?:\\?\^|\*|E)?-?\d*", damaged, text)


def change_brackets(chance: random.Random, text: str, others: Sequence[str]) -> str:
    share = chance.choice((0.1, 0.5))

    def changed(match: re.Match[str]) -> str:
        return chance.choice(("", match.group() * 2, chance.choice(_BRACKETS))) if chance.random() < share else match[0]

    return re.sub(r"[()\[\]{}<>（）]", changed, text)


def change_escapes(chance: random.Random, text: str, others: Sequence[str]) -> str:
    if chance.random() < 0.5:
        return text.replace("\\", chance.choice(("", "\\\\", "\\ ", "/")))
    return re.sub(r"(?=[!-/:-@\[-`{-~])", lambda _: "\\" if chance.random() < 0.2 else "", text)


def change_line_ends(chance: random.Random, text: str, others: Sequence[str]) -> str:
    old, new = chance.choice(
        (("\n", "\r\n"), ("\n", "\r"), ("\n\n", "\n"), ("\n", "\n\n"), ("\n", " "), ("\n", "\u2028"), ("\n", "\n\r"))
    )
    return text.replace(old, new)


def indent(chance: random.Random, text: str, others: Sequence[str]) -> str:
    return re.sub("^", lambda _: chance.choice(("", "", "  ", "    ", "\t", "\xa0")), text, flags=re.MULTILINE)


def change_case(chance: random.Random, text: str, others: Sequence[str]) -> str:
    start, end = stretch(chance, text, 500)
    change = chance.choice((str.upper, str.lower, str.title, str.swapcase))
    return text[:start] + change(text[start:end]) + text[end:]


MUTATIONS: tuple[Mutation, ...] = (
    cut,
    keep,
    drop_lines,
    shuffle_blocks,
    repeat,
    splice,
    hit_characters,
    hit_characters,
    put_tokens,
    put_tokens,
    change_digits,
    damage_powers,
    change_brackets,
    change_escapes,
    change_line_ends,
    indent,
    change_case,
)


def mutated(chance: random.Random, text: str, others: Sequence[str]) -> str:
    """A text after one to six mutations; `others` are the texts that pieces are taken from."""
    for _ in range(chance.choice((1, 1, 2, 2, 3, 6))):
        text = chance.choice(MUTATIONS)(chance, text, others)[:LONGEST]
    return text


def mutated_bytes(chance: random.Random, text: str, others: Sequence[str]) -> bytes:
    """A text as bytes in some encoding, some of them hit."""
    encoding = chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"))
    data = bytearray(mutated(chance, text, others).encode(encoding, "ignore"))
    for _ in range(chance.choice((0, 1, 1, 5, 50))):
        at = chance.randrange(len(data) + 1)
        data[at : at + chance.randrange(2)] = bytes([chance.randrange(256)])
    return bytes(data)
