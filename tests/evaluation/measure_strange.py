"""How much is wrong of what is read from pages of sites that nobody knows: records printed among a site's own texts.

    python -m tests.evaluation.measure_strange --every 5 [--pages 2] [--wrong 40]

A value is right, absent or wrong, as in `real_pages.compare`; a refusal leaves all values of a page absent. The exit
code is 1 if more than a share of the values read are wrong.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from parser import parse
from parser.problems import ParserError
from tests.evaluation.leaves import leaves
from tests.evaluation.records import chosen_records, records_parser
from tests.evaluation.strange_printer import SETS, Page, print_strange

MOST_WRONG = 0.02

# How an entry of a list is told: by the one field that a page names it by.
_RECORDS: Mapping[str, tuple[str, ...]] = {
    "/protocolSection/armsInterventionsModule/interventions": ("name",),
    "/protocolSection/contactsLocationsModule/overallOfficials": ("name",),
    "/protocolSection/contactsLocationsModule/locations": ("facility",),
    "/protocolSection/contactsLocationsModule/centralContacts": ("name",),
    "/protocolSection/sponsorCollaboratorsModule/collaborators": ("name",),
    "/protocolSection/outcomesModule/primaryOutcomes": ("measure",),
    "/protocolSection/outcomesModule/secondaryOutcomes": ("measure",),
    "/protocolSection/referencesModule/references": ("citation",),
    "/protocolSection/armsInterventionsModule/armGroups": ("label",),
}
# What follows from other values.
_DERIVED = ("/protocolSection/eligibilityModule/stdAges", "/protocolSection/identificationModule/organization")


def judge(page: Page) -> Iterator[tuple[str, str, str]]:
    """Each value of a page: its field, `right`, `absent` or `wrong`, and what was read."""
    try:
        document = parse(page.text).to_dict()
    except ParserError:
        document = {}
    read = dict(leaves(document.get("protocolSection", {}), "/protocolSection", _RECORDS, _name))
    for field in {**page.facts, **read}:
        if field.startswith(_DERIVED):
            continue
        expected, found = page.facts.get(field), read.get(field)
        if isinstance(expected, list) or isinstance(found, list):
            left = [*map(_form, expected or [])]
            for value in found or []:
                said = _form(value)
                yield field, "right" if said in left else "wrong", f"{value!r} is not among {expected!r}"
                if said in left:
                    left.remove(said)
            yield from ((field, "absent", repr(one)) for one in left)
        elif found is None:
            yield field, "absent", repr(expected)
        else:
            same = expected is not None and _form(found) == _form(expected)
            yield field, "right" if same else "wrong", f"{found!r} is not {expected!r}"


def _name(fields: tuple[str, ...], record: Mapping[str, Any]) -> str:
    return str(record.get(fields[0]) or "")


def _form(value: Any) -> Any:
    """A value as it is compared: blanks, bullets and escapes aside."""
    return re.sub(r"[\s\\*•]+|(?:^|(?<=\s))-\s", " ", value).strip() if isinstance(value, str) else value


def main(argv: list[str] | None = None) -> int:
    """Print the figures, by field and in all."""
    arguments = records_parser("tests.evaluation.measure_strange", __doc__)
    arguments.add_argument("--pages", type=int, default=1, help="how many pages of each record")
    arguments.add_argument("--texts", choices=SETS, default="a", help="which set of what a site adds")
    arguments.add_argument("--wrong", type=int, default=0, help="how many wrong values to print")
    options = arguments.parse_args(argv)
    tallies: dict[str, Counter[str]] = {}
    shown = 0
    for study in chosen_records(arguments, options):
        for number in range(options.pages):
            page = print_strange(study, number, options.texts)
            for field, verdict, message in judge(page):
                tallies.setdefault(field, Counter())[verdict] += 1
                if verdict == "wrong" and shown < options.wrong:
                    shown += 1
                    nct = study["protocolSection"]["identificationModule"]["nctId"]
                    print(f"{nct} {number} {field.rsplit('/', 1)[-1]}: {message[:300]}")
    for field, tally in sorted(tallies.items(), key=lambda pair: -pair[1]["wrong"]):
        print(f"{field:70} {_line(tally)}")
    total = sum(tallies.values(), Counter[str]())
    print(f"in all: {_line(total)}")
    return int(total["wrong"] > MOST_WRONG * (total["wrong"] + total["right"]))


def _line(tally: Counter[str]) -> str:
    read = tally["right"] + tally["wrong"]
    share = 100 * tally["wrong"] / read if read else 0.0
    return f"{tally['right']} right, {tally['absent']} absent, {tally['wrong']} wrong ({share:.1f} % of what is read)"


if __name__ == "__main__":
    sys.exit(main())
