"""Prints a part of an API v2 study as a page of a site that nobody knows.

Some fields of the record under known labels, below or beside them; labels that lost their values; between them what
sites add: headings in their own words with a sentence, a list or a menu below, calls to the reader, the site's name. It
shares no code with the package. What is printed is a function of the study and a number.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

Json = dict[str, Any]


class Page(NamedTuple):
    """A page, and what of the record it has: values by JSON Pointer, a list of them where the record has one."""

    text: str
    facts: dict[str, Any]


class _Part(NamedTuple):
    """A label, the lines of its value, whether they are a list with bullets, and the facts that they say."""

    label: str
    lines: list[str]
    listed: bool = False
    facts: dict[str, Any] = {}  # noqa: RUF012


_I, _S = "/protocolSection/identificationModule", "/protocolSection/statusModule"
_D, _E = "/protocolSection/designModule", "/protocolSection/eligibilityModule"
_P, _L = "/protocolSection/sponsorCollaboratorsModule", "/protocolSection/contactsLocationsModule"


class _Texts(NamedTuple):
    """What a site adds: lines above the title, headings of its own, and what is below these."""

    above: list[str]
    headings: list[str]
    sentences: list[str]
    items: list[str]
    short: list[str]


_TEXTS = {
    "a": _Texts(
        above=[
            "Alder Valley Health",
            "Pinewood Research Portal",
            "Northgate Cancer Alliance",
            "Hillmont Medical Center",
            "Home",
            "About Us",
            "Marlowe Trials",
            "Find a Doctor",
            "Our Services",
            "Giving",
            "Patients and Visitors",
            "Research",
            "News",
            "Skip to main content",
            "In This Section",
            "Share this page",
            "Print",
            "Back to results",
        ],
        headings=[
            "Getting here",
            "Why this matters",
            "What could go wrong",
            "How your data are used",
            "Our team",
            "Good to know",
            "Costs and travel",
            "Questions we are asked",
            "Before your first visit",
            "Ways to help",
            "At a glance",
            "The science in short",
            "Meet the researchers",
            "What this could mean",
            "Next steps",
            "Is it right for me?",
            "What happens at the visits?",
            "Where is it done?",
            "Funding round",
            "Patient stories",
            "Related services",
            "Active substance",
            "Stay in touch",
            "Quality of this page",
        ],
        sentences=[
            "Parking is free for those who take part, and the tram stops at the door.",
            "Nobody knows yet whether this will help people who join.",
            "Your doctor can tell you whether it suits you.",
            "All answers are kept for ten years and then deleted.",
            "We publish what we find, whether it is good or bad.",
            "This page was written by volunteers and may have mistakes.",
            "Sign up to hear when this page changes.",
            "Visits take about two hours, and a meal is included.",
        ],
        items=[
            "A scan at the beginning and at the end",
            "Three phone calls",
            "A diary that you fill in each evening",
            "Travel paid by the project",
            "Blood samples",
            "Help with forms",
        ],
        short=["Yes", "87", "Read more", "Apply now", "Gold", "See map", "Updated daily", "(more)", "None yet"],
    ),
    "b": _Texts(
        above=[
            "Home > Science > Projects",
            "St. Elmo Teaching Hospital",
            "A+ A-",
            "English Deutsch",
            "Menu",
            "Cookies help us to serve you.",
            "Department of Clinical Neurosciences",
            "Trial Finder for Families",
            "Welcome to our research pages",
            "Call 555-0142 for an appointment",
            "Everything on one page",
            "Last visited",
            "MyElmo login",
            "Donate today",
        ],
        headings=[
            "DIRECTIONS",
            "about your privacy",
            "Highlights:",
            "Reasons people give for taking part",
            "Team of the study",
            "Everything that has changed since the page was last printed by us",
            "Ward and rooms",
            "Ideas behind the project",
            "Risks in plain words",
            "TRAVEL COSTS",
            "Who pays?",
            "In the media",
            "Glossary",
            "Student projects",
            "Partners and friends",
            "Safety first",
            "Do I have to come in person?",
            "Awards",
            "Ethics",
            "Your rights",
            "Impact",
            "Tools and forms",
        ],
        sentences=[
            "the bus 42 stops in front of building C",
            "It took us four years to plan all this with families.",
            "Some people feel tired after the second visit, and most do not.",
            "You can stop whenever you like; nobody will ask why.",
            "Ward: 7B",
            "Study nurse: Ann Bell",
            "Hours: Monday to Friday, 9 to 5",
            "A film about the project was shown in March",
            "The board has seen and agreed to every form we use.",
            "Follow us where you like to read",
        ],
        items=[
            "Free lunch",
            "One blood test of 5 ml",
            "Talks with a dietitian",
            "Two nights in our sleep laboratory",
            "A report for your own doctor",
            "Sessions in small groups of six",
        ],
        short=[
            "Open",
            "3 of 12",
            "Download (PDF)",
            "Top",
            "Contact form",
            "New",
            "no",
            "2.4 MB",
            "Elmo Award 2019",
            "Details",
        ],
    ),
    "c": _Texts(
        above=[
            "Trials / Heart / 22",
            "Larkspur Clinic Group",
            "Page 2 of 3",
            "Volunteer now",
            "Larkspur Clinic | Science",
            "Events",
            "Jobs at Larkspur",
            "Today: ward closed",
            "A to Z",
            "Log in for staff",
            "Open studies for adults",
            "Doctors and nurses",
            "June 2021",
            "Welcome",
            "Project view",
        ],
        headings=[
            "## Support",
            "1. Overview of the ward",
            "Rooms & Beds",
            "Pay and Time",
            "For your family",
            "Small print",
            "HOW WE WORK WITH FAMILIES",
            "What you get:",
            "Our promise",
            "Steps",
            "Voices",
            "Did you know?",
            "Things to bring",
            "After the study",
            "Links and downloads",
            "Results so far",
            "Study timeline",
            "Background reading",
            "Accessibility",
            "Staff picks",
            "What is a placebo?",
            "Legal notice",
            "Key facts",
            "Similar projects",
        ],
        sentences=[
            "Everyone who joins gets a small present, and is asked to a summer party in the garden.",
            "Q: May I bring a friend? A: Yes.",
            "Results will be printed in our yearly letter.",
            "Dr. Maya Lund, Dr. Otis Grey",
            "The first visit is on a Tuesday.",
            "Both groups get the same care.",
            "© Larkspur Clinic",
            "Most people who ask us join.",
            "Room 12, second floor",
            "Please ring the bell twice.",
        ],
        items=[
            "Swimming once a week",
            "A booklet about sleep",
            "Ten visits in all",
            "Photos of the skin",
            "Tea and cake",
            "A bracelet that counts steps",
        ],
        short=[
            "★★★★☆",
            "Next",
            "1 / 4",
            "Ask us",
            "17 March 2020",
            "true",
            "Silver partner",
            "12 people like this",
            "More",
            "Video (3 min)",
        ],
    ),
}
"""Sets of texts: the rules were developed with the first; of the others the first run is what counts."""

SETS = tuple(_TEXTS)


def print_strange(study: Json, number: int = 0, texts: str = "a") -> Page:
    """The page of a study; `number` chooses another one of the same study, `texts` the set of what the site adds."""
    protocol = study["protocolSection"]
    identification = protocol["identificationModule"]
    dice = random.Random(f"{identification['nctId']} {number}")
    site = _TEXTS[texts]
    with_id = dice.random() < 0.5
    parts = [part for part in _parts(protocol, dice) if dice.random() < 0.55]
    dice.shuffle(parts)
    parts = sorted(parts, key=lambda part: part.listed or len(part.lines[0]) > 200) if dice.random() < 0.5 else parts
    title = _one_line(identification["briefTitle"])
    facts: dict[str, Any] = {f"{_I}/briefTitle": title}
    paragraphs = [[one] for one in dice.sample(site.above, dice.randint(0, 5))] + [[title]]
    if with_id:
        label = dice.choice(("NCT ID", "ClinicalTrials.gov Identifier", "NCT Number", "Registration Number"))
        parts.insert(0, _Part(label, [identification["nctId"]], False, {f"{_I}/nctId": identification["nctId"]}))
    inline = dice.random() < 0.5
    for part in parts:
        lost = dice.random() < 0.12
        if not lost:
            facts.update(part.facts)
        paragraphs += _printed(part, inline, lost, dice)
        if dice.random() < 0.35:
            paragraphs += _noise(site, dice)
    paragraphs += _noise(site, dice)
    between = "\n\n" if dice.random() < 0.6 else "\n"
    return Page(between.join("\n".join(one) for one in paragraphs) + "\n", facts)


def _printed(part: _Part, inline: bool, lost: bool, dice: random.Random) -> Iterator[list[str]]:
    if lost:
        yield [f"{part.label}:" if inline else part.label]
    elif inline and len(part.lines) == 1 and not part.listed:
        yield [f"{part.label}: {part.lines[0]}"]
    elif part.listed and dice.random() < 0.5:
        yield [part.label]
        yield [f"- {line}" for line in part.lines]
    else:
        yield [part.label]
        yield from ([line] for line in part.lines)


def _noise(site: _Texts, dice: random.Random) -> Iterator[list[str]]:
    """A part of the page that is not of the record."""
    yield [dice.choice(site.headings)]
    kind = dice.random()
    if kind < 0.45:
        yield from ([one] for one in dice.sample(site.sentences, dice.randint(1, 2)))
    elif kind < 0.75:
        yield [f"• {one}" for one in dice.sample(site.items, dice.randint(2, 3))]
    else:
        yield from ([one] for one in dice.sample(site.short, dice.randint(1, 2)))


def _parts(protocol: Json, dice: random.Random) -> Iterator[_Part]:
    yield from _single(protocol, dice)
    yield from _lists(protocol, dice)
    yield from _texts(protocol, dice)


def _single(protocol: Json, dice: random.Random) -> Iterator[_Part]:
    identification, status = protocol["identificationModule"], protocol.get("statusModule", {})
    design, eligibility = protocol.get("designModule", {}), protocol.get("eligibilityModule", {})
    sponsor = protocol.get("sponsorCollaboratorsModule", {}).get("leadSponsor", {}).get("name")
    values = (
        (("Official Title", "Scientific title"), identification.get("officialTitle"), f"{_I}/officialTitle"),
        (("Sponsor", "Lead Sponsor"), sponsor, f"{_P}/leadSponsor/name"),
        (("Recruitment Status", "Overall Status"), _spoken(status.get("overallStatus")), f"{_S}/overallStatus"),
        (("Study Type",), _spoken(design.get("studyType")), f"{_D}/studyType"),
        (("Start Date", "Study Start"), status.get("startDateStruct", {}).get("date"), f"{_S}/startDateStruct/date"),
        (("Minimum Age",), eligibility.get("minimumAge"), f"{_E}/minimumAge"),
        (("Maximum Age",), eligibility.get("maximumAge"), f"{_E}/maximumAge"),
        (("Gender", "Sex"), _spoken(eligibility.get("sex")), f"{_E}/sex"),
        (
            ("Enrollment", "Target enrollment"),
            design.get("enrollmentInfo", {}).get("count"),
            f"{_D}/enrollmentInfo/count",
        ),
    )
    codes = {f"{_S}/overallStatus", f"{_D}/studyType", f"{_E}/sex"}
    raw = {
        f"{_S}/overallStatus": status.get("overallStatus"),
        f"{_D}/studyType": design.get("studyType"),
        f"{_E}/sex": eligibility.get("sex"),
    }
    for labels, value, pointer in values:
        if value not in (None, ""):
            said = _one_line(str(value))
            fact = raw[pointer] if pointer in codes else value if isinstance(value, int) else said
            yield _Part(dice.choice(labels), [said], False, {pointer: fact})
    phases = design.get("phases", [])
    if phases and phases != ["NA"]:
        yield _Part(
            dice.choice(("Phase", "Study Phase")),
            ["/".join(_spoken(one) for one in phases)],
            False,
            {f"{_D}/phases": phases},
        )


def _lists(protocol: Json, dice: random.Random) -> Iterator[_Part]:
    conditions = [_one_line(one) for one in protocol.get("conditionsModule", {}).get("conditions", [])]
    if conditions:
        label = dice.choice(("Conditions", "Condition", "Condition or disease"))
        yield _Part(label, conditions, True, {"/protocolSection/conditionsModule/conditions": conditions})
    interventions = protocol.get("armsInterventionsModule", {}).get("interventions", [])
    if interventions:
        typed = dice.random() < 0.6
        names = [_one_line(one["name"]) for one in interventions]
        said = [f"{_spoken(one['type'])}: {name}" for one, name in zip(interventions, names, strict=True)]
        pointer = "/protocolSection/armsInterventionsModule/interventions"
        yield _Part(dice.choice(("Interventions", "Treatments")), said if typed else names, True, {pointer: names})
    officials = [
        _one_line(one["name"]) for one in protocol.get("contactsLocationsModule", {}).get("overallOfficials", [])
    ]
    if officials:
        yield _Part("Principal Investigator", officials[:1], False, {f"{_L}/overallOfficials": officials[:1]})
    sites = protocol.get("contactsLocationsModule", {}).get("locations", [])[: dice.randint(1, 3)]
    lines = [
        line
        for one in sites
        if one.get("facility")
        for line in (
            _one_line(one["facility"]),
            ", ".join(one[key] for key in ("city", "state", "country") if one.get(key)),
        )
    ]
    if lines:
        facilities = [_one_line(one["facility"]) for one in sites if one.get("facility")]
        yield _Part("Locations", lines, False, {f"{_L}/locations": facilities})


def _texts(protocol: Json, dice: random.Random) -> Iterator[_Part]:
    summary = protocol.get("descriptionModule", {}).get("briefSummary", "")
    if summary:
        label = dice.choice(("Brief Summary", "Summary", "Study Description"))
        pointer = "/protocolSection/descriptionModule/briefSummary"
        yield _Part(label, _paragraphs(summary), False, {pointer: summary})
    criteria = protocol.get("eligibilityModule", {}).get("eligibilityCriteria", "")
    if criteria:
        label = dice.choice(("Eligibility Criteria", "Who can join", "Eligibility"))
        lines = [re.sub(r"^\s*\*\s+", "• ", line).strip() for line in criteria.split("\n") if line.strip()]
        yield _Part(label, lines, False, {f"{_E}/eligibilityCriteria": criteria})


def _paragraphs(text: str) -> list[str]:
    return [_one_line(one) for one in re.split(r"\n\s*\n", text) if one.strip()]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _spoken(code: str | None) -> str:
    """A code as pages print it."""
    if not code:
        return ""
    if phase := re.fullmatch(r"(EARLY_)?PHASE(\d)", code):
        return f"{'Early ' if phase[1] else ''}Phase {phase[2]}"
    return {"ACTIVE_NOT_RECRUITING": "Active, not recruiting"}.get(code) or code.replace("_", " ").capitalize()
