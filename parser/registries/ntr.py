"""Netherlands Trial Register.

NL8279, NTR1234, NL-OMON54321
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the register's pages until 2019.
_LABELS = """\
registry_id: NTR Number
-: candidate number|ISRCTN|Date ISRCTN created|date ISRCTN requested|hypothesis|mec approval received|\
multicenter trial|control|Type|Interventions|Timepoints|Trial web site|Funding|\
(Source(s) of Monetary or Material Support)|Publications|\
Main changes (audit trail)|RECORD|CONTACT for SCIENTIFIC QUERIES
first_posted: Date Registered NTR
secondary_ids: Secondary IDs
brief_title: Public Title
official_title: Scientific Title
acronym: ACRONYM
condition_terms: Healt Condition(s) or Problem(s) studied|Health Condition(s) or Problem(s) studied
inclusion: Inclusion criteria
exclusion: Exclusion criteria
allocation: randomised
masking: masking/blinding
intervention_model: group
study_type: Studytype
start_date: planned startdate
completion_date: planned closingdate
enrollment: Target number of participants
primary_outcomes: Primary outcome
secondary_outcomes: Secondary outcome
overall_status: status
name: CONTACT FOR PUBLIC QUERIES
sponsor: Sponsor/Initiator
brief_summary: Brief summary"""

_PAGE = RegistryPage(
    form="ntr-page",
    meaning="Netherlands Trial Register until 2019.",
    labels=_LABELS,
    signature=(
        "candidate number|NTR Number|Date Registered NTR|mec approval received|planned startdate|planned closingdate|"
        "Sponsor/Initiator|Main changes (audit trail)"
    ),
)

REGISTRY = Registry(
    name="Netherlands Trial Register",
    id_pattern=id_pattern(r"(?:NTR|NL-OMON|NL)\d{1,6}"),
    codes={
        "overall_status": {
            "planned": "NOT_YET_RECRUITING",
            "open: patient inclusion": "RECRUITING",
            "inclusion stopped: follow-up": "ACTIVE_NOT_RECRUITING",
            "stopped: trial finished": "COMPLETED",
        },
        "allocation": {"yes": "RANDOMIZED"},
        "study_type": {"intervention": "INTERVENTIONAL"},
    },
    page=_PAGE,
)
