"""A unit being read from left to right: a numerator, what it is multiplied and divided by, how often it is given."""

from __future__ import annotations

import re

from msgspec.structs import replace

from parser.quantities.unit_forms import FIRST_WORD, FormReader
from parser.quantities.unit_parts import (
    COUNTED_THINGS,
    DIGITS,
    EVENTS,
    STANDARD_BODY,
    Below,
    Factor,
    Unit,
    annotation,
    below_number,
)
from parser.quantities.unit_table import ends, look_up
from parser.quantities.words import WORDS

_NO_NOUN = rf"(?!(?:{'|'.join(sorted(WORDS['no_unit']))})\b)"
# Cells of a kind, and what else is counted where it is divided by what leaves no doubt.
_CELLS = re.compile(
    rf"(?![xXeE]\d)(?:{_NO_NOUN}[A-Za-z][\w+-]{{0,15}}[ /]){{1,4}}(?:[cC]ells|cell(?= ?/))(?!-| ?based)(?![^\W_])"
)
_THING = re.compile(rf"{_NO_NOUN}(?![xX]\d)[A-Za-z][\w+-]{{0,14}}(?= ?/| per )")
# `3×10^10 eRBC in one dose`: what a power of ten counts may be an abbreviation alone.
_ABBREVIATED_THING = re.compile(r"(?!ANC|PLT|WBC\b|IU|PG|NG)[a-z]{0,2}[A-Z]{2,5}s?(?= in | per dose|\(|[.,;]|\Z)")
_THINGS = re.compile(
    rf"{_NO_NOUN}[A-Za-z][A-Za-z+-]{{1,14}}(?:/(?!d|h|week|day|month"
    rf"|year)[a-z]{{3,14}})?(?: {_NO_NOUN}[a-z][a-z-]{{1,14}}){{0,2}}"
    r"(?= (?:per|an?|each) (?:\d{1,3}[ -])?(?:day|week|month|year|hour|minute|night|cycle|session)"
    r"| ?/ ?(?:\d{1,3} )?(?:days?|weeks?|wks?|months?|years?|yrs?|hours?|hrs?|min|secs?|d|h)\b)"
)
_OF_BODY = re.compile(
    r" ?(?:of )?(?:(?:the|actual|ideal|adjusted|lean|total|predicted|dry|estimated"
    r"|current) ){0,2}(?:body[ -]?(?:weight|wt"
    r"|mass|surface(?: area)?)|[AILPT]?BWT?|bw|b\.w\.|BSA)(?![^\W_])"
)
_OVER = re.compile(
    r" {0,2}/ {0,2}(?:per )?| {0,2}(?<![^\W\d_])per {1,2}(?:(?:each|an?|the|one) )?"
    r"| (?:an?|each) (?:single )?(?=day|week|month|year|hour|min|sec|night|fortnight)"
)
_BELOW_NUMBER = re.compile(
    r"(?:1 ?[x×*] ?)?10 ?(?:\^|\*{1,2}|[eE]) ?\(?\d{1,2}\)?|10[⁰¹²³⁴-⁹]{1,2}|\d{1,3}(?:[ ,]\d{3}){1,2}(?!\d)"
    r"|\d{1,5}(?:[.,·]\d{1,2})?|(?:(?:1|one|a) )?(?:hundred|thousand|million)(?![^\W_])"
)
_NUMERATOR_POWER = re.compile(
    r"(?:1 ?)?(?:[x×*] ?)?(?:10 ?(?:\^|\*{1,2}|[eE]) ?\(?(\d{1,2})\)?\^?|10([⁰¹²³⁴-⁹]{1,2})"
    r"|10(?:\((\d{1,2})\)))(?= ?/| ?[A-Za-z])"
)
_BODY_SURFACE = re.compile(
    r"\[?1[.,·] ?73(?:(?: |_)*(?:square |sq\.? ?)?m(?:et(?:er|re)s?)?(?:(?: ?\^ ?)?(?:-?[1-5]|\(-?[1-5]\))| 2(?![\d.,])"
    r"|\*\*?2|[⁺⁻]?[¹²³]| squared?)?(?![^\W_])|(?!\d))\]?"
)
# What a sign of multiplication may lead to: where it is only a full stop, two sentences may have run together.
_SIGN_OF_TIMES = re.compile(r" ?[·*×•⋅∙] ?|[.-]| ?x ?(?=1[.,]73)")
_AFTER_BLANK = re.compile(r" (?=(?:[kK]g|m|min|h|hr|s|d|day|[mdµ]?[lL])(?:-[1-3](?![\d.])|⁻[¹²³]|\^-\d)(?![^\W_]))")
_GROUP_END = re.compile(r" ?\)")
_BASIC = frozenset({"time", "volume", "mass", "length"})


class UnitReader(FormReader):
    """A unit being read, as long as it can be."""

    # --- where it ends ---

    def unit(self, end: int) -> Unit:
        """The unit that was read up to an offset."""
        return self._parts.unit(self._text[self._start : end])

    def read(self) -> int:
        at = self._numerator(self._start)
        while (end := self._part(at)) > at:
            at = end
        return self._periodic(at) if at > self._start else at

    def _numerator(self, at: int) -> int:
        """What is above; the offset itself where nothing does, or where only a denominator follows."""
        if not self._behind and (match := _NUMERATOR_POWER.match(self._text, at)):
            digits = next(filter(None, match.groups()))
            self._parts.exponent += int(digits.translate(DIGITS))
            at = match.end() + self._text.startswith(" ", match.end())
        found = self._atom_at(at, first=True)
        end, limit = self._limit(at) if self._may_be_limit(at) else (at, None)
        if limit and (not found or end >= found[0]):
            self._parts.above.append(limit)
            return end
        cells = _CELLS.match(self._text, at)
        if cells and (not found or (cells.end() > found[0] and found[1][0].atom.dimension == "count")):
            factor = Factor("", 1, look_up("cells")[0])
            self._parts.above.append(replace(factor, code=annotation(cells[0])))
            return cells.end()
        if found:
            end, factors = found
            if "rate" in factors[0].atom.marks and self._behind and not self._divided(end):
                return at
            self._parts.above += [factor for factor in factors if factor.power > 0]
            self._parts.below += [Below("", (replace(one, power=-one.power),)) for one in factors if one.power < 0]
            return end
        counted = self._counted(at)
        return counted if counted > at else self._misspelt(at)

    def _misspelt(self, at: int) -> int:
        """`140 mBq`: a form of the table in letters that make another unit of it is one that is not known."""
        word = FIRST_WORD.match(self._text, at)
        if not word or len(word[0]) < 3 or word.end() not in ends(self._text, at) or look_up(word[0]):
            return at
        self._parts.known = False
        self._parts.above.append(Factor(annotation(word[0]), 1, EVENTS))
        return word.end()

    def _divided(self, at: int) -> bool:
        over = _OVER.match(self._text, at)
        return over is not None or self._power

    def _counted(self, at: int) -> int:
        """A thing that is not in the table, where a denominator says that it is counted."""
        if (match := _THINGS.match(self._text, at)) and not self._power:
            self._parts.above.append(Factor(annotation(match[0]), 1, EVENTS))
            return match.end()
        words, end = self._words_over_body(at)
        if end > at:
            self._parts.known = self._power
            self._parts.above.append(Factor(annotation(words), 1, COUNTED_THINGS))
        return end

    def _words_over_body(self, at: int) -> tuple[str, int]:
        """`XYZ / kg`: a word that is not known over a mass, a volume or a time."""
        if not self._behind and self._power and (match := re.compile(r"[A-Za-z][\w+ -]{0,40}\Z").match(self._text, at)):
            return match[0], match.end()
        if self._behind and self._power and (match := _ABBREVIATED_THING.match(self._text, at)):
            return match[0], match.end()
        match = _THING.match(self._text, at)
        if not match or not (over := _OVER.match(self._text, match.end())):
            return "", at
        below = self._atom_at(over.end(), first=False)
        factor = below[1][0] if below else None
        # Things per lesion or side are not units, but what a microscope's field holds is.
        if not factor or (factor.atom.dimension not in (*_BASIC, "area") and not factor.atom.code.startswith("[")):
            return "", at
        return match[0], match.end()

    # --- what follows the numerator ---

    def _part(self, at: int) -> int:
        """Where the next factor or denominator ends; the offset itself if there is none."""
        for rule in (self._over, self._multiplied, self._after_blank, self._of_body):
            end = rule(at)
            if end > at:
                return end
        return at

    def _over(self, at: int) -> int:
        text = self._text
        if text.startswith("(/", at):
            found = self._atom_at(at + 2, first=False)
            if found and text.startswith(")", found[0]):
                self._parts.divide("", found[1])
                return found[0] + 1
            return at
        match = _OVER.match(text, at)
        if not match or (at == self._start and not self._parts.above and not self._may_lead(match)):
            return at
        place = match.end()
        if text.startswith("(", place):
            return self._group(place + 1) or at
        if body := _BODY_SURFACE.match(text, place):
            self._parts.below.append(Below("", (STANDARD_BODY,)))
            return body.end()
        number = _BELOW_NUMBER.match(text, place)
        if number:
            return self._number_below(number, at, match)
        found = self._atom_at(place, first=False)
        if not found or (match[0].strip() == "/" and self._is_pair(found[1][0])):
            return at
        self._parts.divide("", found[1])
        return found[0]

    def _may_lead(self, over: re.Match[str]) -> bool:
        """Written without a numerator are `150 /mm3` and `2 per day`, but not `120/mmHg` or `3/5 patients`."""
        if not self._behind:
            return True
        text, place = self._text, over.end()
        if over[0][:2] in (" a", " e"):
            return False
        number = _BELOW_NUMBER.match(text, place)
        after = number.end() + text.startswith((" ", "-"), number.end()) if number else place
        found = self._atom_at(after, first=False)
        if not found:
            return False
        factor = found[1][0]
        dimension = factor.atom.dimension
        if number:
            return (
                (dimension in ("volume", "count", "exposure") and factor.atom.code != "")
                or factor.is_volume
                or ("per" in over[0])
            )
        if dimension == "time" and "/" in over[0] and re.match(r" \d", text[found[0] :]):
            return False
        if dimension == "length":
            return factor.power > 1
        if dimension == "mass":
            return (factor.atom.size or 0) >= 1
        whose = "people" in factor.atom.marks or factor.atom.counted == "counted" or factor.atom.code.startswith("[")
        return dimension in ("volume", "time", "area") or (dimension == "count" and whose) or dimension == "exposure"

    def _is_pair(self, below: Factor) -> bool:
        """`100 mmHg/60 mmHg`, `mg/tab`: what is below must be something to divide by."""
        above = self._parts.above[-1].atom.dimension if self._parts.above else "pressure"
        return (
            below.atom.dimension in ("limit", "fraction", "temperature", "rank")
            or above == below.atom.dimension == "pressure"
        )

    def _number_below(self, number: re.Match[str], at: int, over: re.Match[str]) -> int:
        """`/24 h`, `/100 mL`, `/10^6 cells`."""
        text = self._text
        place = number.end() + text.startswith((" ", "-"), number.end())
        found = self._atom_at(place, first=False)
        printed = below_number(number[0])
        if printed is None:
            return at
        if not found:
            if self._behind:
                return at
            self._parts.below.append(Below(printed, ()))
            return number.end()
        factor = found[1][0]
        if self._behind and re.search("[.,·]", printed_number := number[0]) and not printed_number.endswith("000"):
            # `12 mg/0.6 mL` is what a syringe holds.
            return at
        if self._behind and not self._countable(factor, number[0]):
            return at
        if (
            self._behind
            and self._parts.above
            and self._parts.above[-1].atom.dimension == factor.atom.dimension in ("time", "volume")
        ):
            # Two times are two times (`4 weeks/8 weeks`), and so are two volumes.
            return at
        self._parts.below.append(Below(printed, tuple(found[1])))
        return found[0]

    def _countable(self, factor: Factor, number: str) -> bool:
        """What a number below makes a rate of: two masses are the strengths of two drugs."""
        dimension = factor.atom.dimension
        if dimension == "mass":
            return (factor.atom.size or 0) >= 1 and number.replace(" ", "").endswith(("10", "00"))
        counted = dimension == "count" and (factor.atom.counted == "counted" or factor.atom.code != "")
        people = dimension == "exposure" or "people" in factor.atom.marks
        return dimension in ("time", "volume") or factor.is_volume or factor.power == 2 or counted or people

    def _group(self, at: int) -> int:
        """`/(kg·min)`; None if it does not close."""
        text, parts = self._text, list[Below]()
        at += text.startswith(" ", at)
        while len(parts) < 4:
            if body := _BODY_SURFACE.match(text, at):
                parts.append(Below("", (STANDARD_BODY,)))
                at = body.end()
            elif found := self._atom_at(at, first=False):
                parts.append(Below("", tuple(found[1])))
                at = found[0]
            else:
                return 0
            if closed := _GROUP_END.match(text, at):
                self._parts.below += parts
                return closed.end()
            sign = re.compile(r" ?[·*×.x/•⋅] ?").match(text, at)
            if not sign:
                return 0
            at = sign.end()
        return 0

    def _multiplied(self, at: int) -> int:
        sign = _SIGN_OF_TIMES.match(self._text, at)
        if not sign or at == self._start:
            return at
        if body := _BODY_SURFACE.match(self._text, sign.end()):
            self._parts.below.append(Below("", (STANDARD_BODY,)))
            return body.end()
        found = self._atom_at(sign.end(), first=False)
        if not found or found[1][0].atom.dimension not in _BASIC:
            return at
        if sign[0] == "." and found[0] - sign.end() > 3:
            return at
        if " " in sign[0] and self._text[sign.end()] in "DHMSWY":
            # `cells/kg * Day 2` begins an item.
            return at
        self._parts.multiply(found[1])
        return found[0]

    def _after_blank(self, at: int) -> int:
        blank = _AFTER_BLANK.match(self._text, at)
        found = self._atom_at(blank.end(), first=False) if blank else None
        if not found:
            return at
        self._parts.multiply(found[1])
        return found[0]

    def _of_body(self, at: int) -> int:
        """Whose mass or area is meant changes no unit."""
        last = self._parts.below[-1].factors[-1:] if self._parts.below else self._parts.above[-1:]
        if not last or last[0].render() not in ("kg", "m2"):
            return at
        match = _OF_BODY.match(self._text, at)
        return match.end() if match else at

    def _periodic(self, at: int) -> int:
        """`mg/kg weekly`, `IU/daily`."""
        text = self._text
        separator = re.compile(r" {1,2}|/").match(text, at)
        if not separator:
            return at
        last = self._parts.below[-1].factors[-1:] if self._parts.below else self._parts.above[-1:]
        if not last or last[0].atom.dimension in ("fraction", "time") or "below" in last[0].atom.marks:
            return at
        for end in ends(text, separator.end()):
            atom = next((one for one in look_up(text[separator.end() : end]) if "periodic" in one.marks), None)
            if atom and not re.compile(r"[\w-]").match(text, end):
                self._parts.below.append(Below("", (Factor(atom.code, 1, atom),)))
                return end
        return at
