"""The headings and labels of registry pages: one line each, and nowhere else.

A heading names the section it opens and the shape of what follows (a rule of grammars/page.lark). A label names the
field whose value it carries. Where several texts stand for one heading or label, each has its line.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

from parser.source import fold

PROSE, FIELDS, RECORDS, PLACES, CONTACTS, GROUPS = "PROSE", "FIELDS", "RECORDS", "PLACES", "CONTACTS", "GROUPS"


class Heading(NamedTuple):
    """A heading line, its section's name, the shape of the section, and the site's fixed sentence below it."""

    text: str
    section: str
    shape: str
    sentence: str = ""

    @property
    def terminal(self) -> str:
        return f"{self.shape}_HEADING"


# The order is the page's: where a line only looks like a heading, its place in this order speaks for or against it.
HEADINGS = (
    Heading("Study Results", "results", FIELDS),
    Heading("Basic Information", "basic", FIELDS, "Get a concise snapshot of the trial, including recruitment status, study phase, enrollment targets, and key timeline milestones."),
    Heading("Brief Summary", "brief_summary", PROSE, "Review the sponsor-provided synopsis that highlights what the study is about and why it is being conducted."),
    Heading("Detailed Description", "detailed_description", PROSE, "Dive into the extended narrative that explains the scientific background, objectives, and procedures in greater depth."),
    Heading("Conditions", "conditions", PROSE, "See the medical conditions and disease areas that this research is targeting or investigating."),
    Heading("Keywords", "keywords", PROSE, "Explore important study keywords that can help with search, categorization, and topic discovery."),
    Heading("Study Design", "design", FIELDS, "Understand how the trial is structured, including allocation methods, masking strategies, primary purpose, and other design elements."),
    Heading("Study Groups", "groups", GROUPS, "Review each arm or cohort in the study, along with the interventions and objectives associated with them."),
    Heading("Interventions", "interventions", RECORDS, "Learn about the drugs, procedures, or behavioral strategies being tested and how they are applied within this trial."),
    Heading("Eligibility Criteria", "eligibility", FIELDS, "Check the participation requirements, including inclusion and exclusion rules, age limits, and whether healthy volunteers are accepted."),
    Heading("Sponsors", "sponsors", RECORDS, "Meet the organizations funding or collaborating on the study and learn about their roles."),
    Heading("Responsible Party", "responsible_party", FIELDS, "Identify the individual or organization who holds primary responsibility for the study information submitted to regulators."),
    Heading("Locations", "locations", PLACES, "Explore where the study is taking place and check the recruitment status at each participating site."),
    Heading("Countries", "countries", PROSE, "Review the countries where the study has at least one active or historical site."),
    Heading("Central Contacts", "central_contacts", CONTACTS, "Reach out to these primary contacts for questions about participation or study logistics."),
    Heading("Facility Contacts", "facility_contacts", CONTACTS, "Find local site contact details for specific facilities participating in the trial."),
    Heading("References", "references", RECORDS, "Explore related publications, articles, or registry entries linked to this study."),
    Heading("Other Identifiers", "identifiers", RECORDS, "Review additional registry numbers or institutional identifiers associated with this trial."),
    Heading("More Related Trials", "related_trials", PROSE, "Additional clinical trials that may be relevant based on similarity analysis."),
)  # fmt: skip

# What may follow a label on its line. A code is one word, so that "Group Type A virus" stays a sentence.
BELOW = None  # the value is the next block, or stands after a colon
CODE = r"[A-Za-z][A-Za-z_-]{2,}"
ANY = r"\S.*"
FLAG = ""  # the line is the value


class Label(NamedTuple):
    """A label line: the section it belongs to, the field it carries, and what may follow it on its line."""

    text: str
    section: str
    field: str
    inline: str | None = BELOW


# Of several texts for one field the first is the one that is printed.
LABELS = (
    Label("NCT ID", "front", "nct_id", ANY),
    Label("NCT ID", "front", "nct_id"),
    Label("Last Updated", "front", "last_updated", ANY),
    Label("Last Updated", "front", "last_updated"),
    Label("Results pending", "results", "results", FLAG),
    Label("Results available", "results", "results", FLAG),
    Label("Recruitment Status", "basic", "overall_status"),
    Label("Clinical Phase", "basic", "phases"),
    Label("Total Enrollment", "basic", "enrollment"),
    Label("Study Classification", "basic", "study_type"),
    Label("Study Start Date", "basic", "start_date"),
    Label("Study Completion Date", "basic", "completion_date"),
    Label("Allocation Method", "design", "allocation"),
    Label("Intervention Model", "design", "intervention_model"),
    Label("Observational Model Type", "design", "observational_model"),
    Label("Observational Model", "design", "observational_model"),
    Label("Observational Study Model", "design", "observational_model"),
    Label("Observation Model", "design", "observational_model"),
    Label("Study Observational Model", "design", "observational_model"),
    Label("Study Time Perspective", "design", "time_perspective"),
    Label("Time Perspective", "design", "time_perspective"),
    Label("Observation Time Perspective", "design", "time_perspective"),
    Label("Observational Time Perspective", "design", "time_perspective"),
    Label("Primary Study Purpose", "design", "primary_purpose"),
    Label("Blinding Strategy", "design", "masking"),
    Label("Who Masked", "design", "who_masked"),
    Label("Group Type", "groups", "arm_type", CODE),
    Label("Intervention Type", "groups", "intervention_type", CODE),
    Label("Intervention Type", "interventions", "intervention_type", CODE),
    Label("Minimum Eligible Age", "eligibility", "minimum_age"),
    Label("Maximum Eligible Age", "eligibility", "maximum_age"),
    Label("Eligible Sex", "eligibility", "sex"),
    Label("Accepts Healthy Volunteers", "eligibility", "healthy_volunteers"),
    Label("Sponsor Role", "sponsors", "sponsor_role", CODE),
    Label("Responsibility Role", "responsible_party", "responsible_party_type", CODE),
    Label("Site Status", "locations", "site_status", CODE),
    Label("Role", "central_contacts", "contact_role", ANY),
    Label("Role", "facility_contacts", "contact_role", ANY),
    Label("Reference Type", "references", "reference_type", CODE),
    Label("PMID", "references", "pmid", r"\d+\b.*"),
    Label("Identifier Type", "identifiers", "identifier_type", ANY),
    Label("Identifier Source", "identifiers", "identifier_source", ANY),
)

RESULTS_NOTICES = {
    "Results pending": (
        "The study team has not published outcome measurements, participant flow, or safety data for this trial yet. "
        "Check back later for updates.",
    ),
    "Results available": (
        "The study team has published outcome measurements, participant flow, or safety data for this trial.",
        "View full results",
    ),
}
"""What the site says of results, by the value of Study Results: a sentence, and the text of a button."""

# Lines of the site's own that stand beside a section's values.
SITE_LINES = frozenset(line for notice in RESULTS_NOTICES.values() for line in notice)

PUBMED_LINK = "(View on PubMed)"
"""The text of the site's link that follows the number of a paper."""

# How the site explains whether there are results: one sentence, which tells nothing of this trial, so no figures.
_EXPLANATION = re.compile(r"[A-Z][^\r\n\d]{10,300}\.\Z")

REGISTRY_ID = re.compile(r"\bNCT\d{8}\b")

# A site's sentence under a heading speaks to the reader. Seen on pages: Get, Review, Dive, See, Understand, Learn, ...
_IMPERATIVE = re.compile(
    r"(?:Access|Additional|Browse|Check|Compare|Consult|Contact|Discover|Dive|Examine|Explore|Find|Follow|Get|Identify"
    r"|Know|Learn|Look|Meet|Reach|Read|Review|See|Track|Understand|View) [^\r\n]{10,240}\.\Z"
)

HEADING_BY_TEXT = {heading.text: heading for heading in HEADINGS}
HEADING_ORDER = {heading.text: rank for rank, heading in enumerate(HEADINGS)}


def speaks_to_the_reader(line: str) -> bool:
    """Whether a line is in the imperative, as sites' fixed sentences are: `Explore where the study is ...`."""
    return line.endswith(".") and _IMPERATIVE.match(line) is not None


def is_site_text(text: str, explains: bool = False) -> bool:
    """Whether a text is the site's own: a line that it prints on every page or, if `explains`, any sentence like one."""
    return fold(text) in SITE_LINES or (explains and _EXPLANATION.match(text) is not None)


# The letters by which a line that may be a label is told: not more than any label's first word has.
OPENING = min(3, *(len(label.text.split()[0]) for label in LABELS))


def _spaced(text: str) -> str:
    """An expression for a label whatever white space stands between its words."""
    return r"\s+".join(re.escape(word) for word in text.split())


class SectionLabels(NamedTuple):
    """The labels of a section: those that are a line of their own, and one expression for those that share a line.

    A group of that expression is one of `sharing`. `openings` are the first letters of all, `OPENING` of each: most
    lines are no label, and these tell so soonest.
    """

    openings: frozenset[str]
    alone: dict[str, Label]
    shared: re.Pattern[str] | None
    sharing: list[Label]

    def find(self, line: str) -> tuple[Label, int] | None:
        """The label that a line with one of the openings is, and where its value begins in the line.

        `Group Type EXPERIMENTAL` in Study Groups gives the label of the arm's type and 11. For a label whose value
        stands below it, and for a line that is itself the value, the value begins at the line's end or start. A colon
        may follow a label: `Clinical Phase:`, `Clinical Phase: PHASE2`.
        """
        label = self.alone.get(fold(line.removesuffix(":"))) if self.alone else None
        if label is not None:
            return label, 0 if label.inline == FLAG else len(line)
        match = self.shared.match(line) if self.shared else None
        if match is None or match.lastindex is None:
            return None
        return self.sharing[match.lastindex - 1], match.end()


def _section_labels() -> dict[str, SectionLabels]:
    found: dict[str, SectionLabels] = {}
    # In the order of the table: that of a set would differ from run to run, and with it which of two labels is found.
    for section in dict.fromkeys(label.section for label in LABELS):
        here = [label for label in LABELS if label.section == section]
        alone = {label.text: label for label in here if not label.inline}
        # Where the value has a line of its own, only a colon tells one on the label's line from a sentence.
        sharing = [label for label in here if label.inline != FLAG]
        shared = [
            rf"({_spaced(label.text)})(?:\s*:\s*|\s+)(?=(?:{label.inline})\Z)"
            if label.inline
            else rf"({_spaced(label.text)})\s*:\s*(?=\S)"
            for label in sharing
        ]
        openings = frozenset(label.text[:OPENING] for label in here)
        found[section] = SectionLabels(openings, alone, re.compile("|".join(shared)) if shared else None, sharing)
    return found


SECTION_LABELS = _section_labels()
"""The labels of each section that has any; running text has none."""


# A line with a label is mostly shorter, and the same on many pages: `Clinical Phase`, `Site Status COMPLETED`.
_REPEATED = 60


def find_label(section: str, line: str) -> tuple[Label, int] | None:
    """The label that a line of a section is, and where its value begins; see `SectionLabels.find`."""
    labels = SECTION_LABELS.get(section)
    if labels is None or line[:OPENING] not in labels.openings:
        return None
    return _find_repeated(section, line) if len(line) <= _REPEATED else labels.find(line)


@lru_cache(maxsize=1024)
def _find_repeated(section: str, line: str) -> tuple[Label, int] | None:
    return SECTION_LABELS[section].find(line)


def _sections_by_opening() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for section, labels in SECTION_LABELS.items():
        for opening in labels.openings:
            found.setdefault(opening, []).append(section)
    return found


_SECTIONS_BY_OPENING = _sections_by_opening()


def any_label(line: str, sections: Container[str] = SECTION_LABELS) -> Label | None:
    """The label that a line is in one of some sections: `Clinical Phase`, `Group Type EXPERIMENTAL`."""
    for section in _SECTIONS_BY_OPENING.get(line[:OPENING], ()):
        if section in sections and (found := find_label(section, line)):
            return found[0]
    return None


def is_heading(line: str) -> bool:
    """Whether a line reads like a heading."""
    return line in HEADING_BY_TEXT
