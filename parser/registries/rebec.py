"""ReBec.

RBR-7t5g2s
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
=: Trial identification|Sponsors|Recruitment|Outcomes|Contacts
registry_id: RBR Number
first_posted: Date of registration
last_updated: Last approval date
study_type: Study type
official_title: Scientific title
brief_title: Public title
acronym: Public acronym
-: Scientific acronym
secondary_ids: UTN code|Secondaries identifiers
-: Issuing authority
sponsor: Primary sponsor
  sponsor: Institution
-: Secondary sponsor|Supporting source
  -: Institution
conditions: Health conditions
-: General descriptors for health conditions|Specific descriptors for health conditions|Interventions|\
Descriptors for interventions|Descriptors|General descriptors|Specific descriptors
overall_status: Study status
countries: Countries
start_date: Date first enrollment
-: Date last enrollment|Target sample size
  enrollment: Target sample size
  sex: Gender
  minimum_age: Minimum age
  maximum_age: Maximum age
inclusion: Inclusion criteria
exclusion: Exclusion criteria
-: Study design
  primary_purpose: Purpose
  intervention_model: Intervention assignment
  masking: Masking type
  allocation: Allocation
  phases: Study phase
  -: Expanded access program|Number of arms
each_primary_outcome: Primary outcomes
each_secondary_outcome: Secondary outcomes
contact: Public contact
  name: Full name
  phone: Phone
  email: Email
  -: Address|City|Zip code|Affiliation
-: Scientific contact|Site contact
  -: Full name|Phone|Email|Address|City|Zip code|Affiliation
-: Additional links|Results|Summary results"""

_PAGE = RegistryPage(
    form="rebec-page",
    meaning="Brazilian Registry of Clinical Trials: its English half.",
    labels=_LABELS,
    signature=(
        "Secondaries identifiers|Last approval date|Public acronym|Date first enrollment|UTN code|Supporting source|"
        "Intervention assignment"
    ),
)

REGISTRY = Registry(
    name="ReBec",
    id_pattern=id_pattern(r"RBR-?[0-9A-Z]{6,8}"),
    codes={
        "allocation": {
            "randomized-controlled": "RANDOMIZED",
            "non-randomized-controlled": "NON_RANDOMIZED",
            "single-arm-study": "NA",
        },
        "masking": {"single-blind": "SINGLE", "double-blind": "DOUBLE", "triple-blind": "TRIPLE"},
        "intervention_model": {"single-group": "SINGLE_GROUP", "cross-over": "CROSSOVER"},
    },
    page=_PAGE,
)
