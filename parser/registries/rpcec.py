"""RPCEC.

RPCEC00000307
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
registry_id: Unique ID number
first_posted: Date of Registration in Primary Registry
verified: Record Verification Date
-: Next update date|Link to the spanish version|Date available for expiration
=: General information|Authorization for beginning|Principal investigator|Clinical sites to participate|\
Health condition and Intervention|Outcomes|Selection criteria|Revision of the record|Contact for public queries|\
Contact for scientific queries|Research ethics committees|Results
brief_title: Public title
acronym: Acronym of Public Title
official_title: Scientific title
-: Acronym of Scientific Title|Acronym of scientific title
secondary_ids: Secondary indentifying numbers|Secondary identifying numbers
-: Issuing authority of the secondary identifying numbers
sponsor: Primary sponsor
collaborators: Secondary sponsor
-: Source(s) of monetary or material support|Regulatory instance to authorize the initiation of the study|\
Authorization date|Reference number|First name|Middle name|Last name|Medical Specialty|Affiliation|Postal address|City|\
Country|Zip Code|Telephone|Email|E-mail|Email address
countries: Countries of recruitment
-: Clinical sites|Name of the research ethics committee|Research ethics committees
overall_status: Recruitment status
start_date: Date of first enrollment
conditions: Health condition(s) or Problem(s) studied
-: Health condition(s) code|Health condition keyword|Intervention(s)|Intervention code|Intervention keyword
primary_outcomes: Primary outcome(s)|Primary outcomes
secondary_outcomes: Key secondary outcome(s)|Key secondary outcomes
sex: Gender
minimum_age: Minimum age
maximum_age: Maximum age
inclusion: Inclusion criteria
exclusion: Exclusion criteria
-: Type of population|Type of participant
study_type: Type of study
primary_purpose: Purpose
allocation: Allocation
masking: Masking
-: Control group|Other design
intervention_model: Study design
phases: Phase
enrollment: Target sample size"""

_PAGE = RegistryPage(
    form="rpcec-page",
    meaning="Cuban Public Registry of Clinical Trials: its English half.",
    labels=_LABELS,
    signature=(
        "Secondary indentifying numbers|Acronym of Public Title|Unique ID number|Medical Specialty|Type of population|"
        "Date of Registration in Primary Registry|Issuing authority of the secondary identifying numbers"
    ),
)

REGISTRY = Registry(
    name="RPCEC",
    id_pattern=id_pattern(r"RPCEC\d{8}"),
    codes={
        "sex": {"male/female": "ALL"},
        "allocation": {
            "n/a: single arm study": "NA",
            "randomized controlled trial": "RANDOMIZED",
            "non-randomized controlled trial": "NON_RANDOMIZED",
        },
    },
    page=_PAGE,
)
