"""How well phones, names and places are read over real records: `python -m tests.evaluation.measure_people [--show]`.

What a page prints of each is made from the record, read, and compared with the record. `--show` lists what is wrong.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from parser.values.country import country_code, state_code
from parser.values.name import split_degrees
from parser.values.phone import Phone, read_phones
from parser.values.place import Part, split_place
from tests.evaluation.printer import page_phone, page_text
from tests.evaluation.records import Study, chosen_records, records_parser

# A person can dial seven digits, unless all but the calling code are one digit or count up: those are typed to get past
# a form. Words such as "E-mail only" leave nothing to dial.
FEWEST_DIGITS = 7
_FILLER = re.compile(r"(?:[0-9]{1,3})?([0-9])\1{6,}\Z|0*123456(?:7(?:8(?:90?)?)?)?\Z|0+[0-9]{0,3}\Z")


class Figure(NamedTuple):
    """How many of what was tried came out right, and the others with what they were read as."""

    name: str
    right: int
    tried: int
    wrong: list[str]

    @property
    def share(self) -> float:
        return self.right / self.tried if self.tried else 1.0

    def __str__(self) -> str:
        return f"{self.name}: {self.share:.2%} ({self.right:,} of {self.tried:,})"


def figure(name: str, results: Iterable[tuple[bool, str]]) -> Figure:
    listed = list(results)
    return Figure(name, sum(right for right, _ in listed), len(listed), [text for right, text in listed if not right])


def locations(study: Study) -> list[dict[str, Any]]:
    return list(study.get("protocolSection", {}).get("contactsLocationsModule", {}).get("locations", []))


def countries(studies: Iterable[Study]) -> Figure:
    """The code of every location that has a country."""
    names = [site["country"] for study in studies for site in locations(study) if site.get("country")]
    return figure("countries with a code", ((country_code(name) is not None, name) for name in names))


def states(studies: Iterable[Study]) -> Figure:
    """The code of every state; some are not states but cities or remarks, so all of them is not to be had."""
    sites = [site for study in studies for site in locations(study) if site.get("state") and site.get("country")]
    codes = ((state_code(country_code(site["country"]) or "", site["state"]), site) for site in sites)
    return figure("states with a code", ((bool(code), f"{site['state']}, {site['country']}") for code, site in codes))


def places(studies: Iterable[Study]) -> Figure:
    """City, state and country of every location, printed in a line and cut again."""
    return figure("places cut right", (result for study in studies for result in _places(study)))


def _places(study: Study) -> Iterator[tuple[bool, str]]:
    listed = {page_text(site.get("country")) for site in locations(study)}
    for site in locations(study):
        parts = [page_text(site.get(key)) for key in ("city", "state", "country")]
        text = ", ".join(parts).strip()
        place = split_place(text, listed)
        read = [_text(text, part) for part in place[:3]]
        yield read == parts, f"{text!r} as {read}"


def _text(text: str, part: Part | None) -> str:
    return text[slice(*part)] if part else ""


def can_be_dialled(printed: str) -> bool:
    digits = "".join(re.findall("[0-9]", printed.partition(" ext. ")[0]))
    return len(digits) >= FEWEST_DIGITS and not _FILLER.match(digits)


def phones(studies: Iterable[Study]) -> Figure:
    """Phones that a person could dial, with the country of the site, or the countries of the page by their sites."""
    results = []
    for printed, regions in printed_phones(studies):
        if can_be_dialled(printed):
            read = read_phones(printed, regions)
            results.append((bool(read[0].e164), f"{printed!r} in {'/'.join(regions)} as {_shown(read)}"))
    return figure("phones that can be dialled", results)


def printed_phones(studies: Iterable[Study]) -> Iterator[tuple[str, list[str]]]:
    for study in studies:
        sites = locations(study)
        names = [site["country"] for site in sites if site.get("country")]
        by_sites = sorted(set(names), key=lambda name: (-names.count(name), names.index(name)))
        contacts = study.get("protocolSection", {}).get("contactsLocationsModule", {}).get("centralContacts", [])
        for owned, of in [(contacts, by_sites), *((site.get("contacts", []), [site.get("country")]) for site in sites)]:
            regions = [code for name in of if name and (code := country_code(name))]
            yield from ((page_phone(contact), regions) for contact in owned if page_phone(contact))


def _shown(read: Iterable[Phone]) -> str:
    return "; ".join(f"{one.e164}{' x' + one.extension if one.extension else ''}{' ?' * one.guessed}" for one in read)


def names(studies: Iterable[Study]) -> Iterator[str]:
    """Every contact's name once, with the degrees that are cut from it."""
    seen = set()
    for study in studies:
        module = study.get("protocolSection", {}).get("contactsLocationsModule", {})
        owned = [module.get("centralContacts", []), *(site.get("contacts", []) for site in module.get("locations", []))]
        seen |= {page_text(contact.get("name")) for contacts in owned for contact in contacts}
    for name in sorted(seen):
        read = split_degrees(name)
        if read.name != name:
            yield f"{name!r}: {read.name!r}, degrees {read.degrees!r}"


def main(argv: list[str] | None = None) -> None:
    options = records_parser("tests.evaluation.measure_people", __doc__)
    options.add_argument("--show", action="store_true", help="list what is wrong, and the names that were cut")
    chosen = options.parse_args(argv)
    studies, show = chosen_records(options, chosen), chosen.show
    for measure in (countries, states, places, phones):
        begun = time.perf_counter()
        result = measure(studies)
        print(result, f"{(time.perf_counter() - begun) * 1e6 / max(result.tried, 1):.0f} µs each", sep=", ")
        for text in sorted(set(result.wrong)) if show else ():
            print("   ", text)
    for name in names(studies) if show else ():
        print("   ", name)


if __name__ == "__main__":
    main()
