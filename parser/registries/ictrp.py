"""WHO ICTRP's portal, which is not a register: its pages show records of all."""

from __future__ import annotations

from parser.registries.registry import RegistryPage

# WHO's Trial Registration Data Set, as its own portal prints it.
_LABELS = """\
-: Register|Last refreshed on|Prospective Registration|Web address|URL|Type|Ethics review|Ethics|Status
registry_id: Main ID|Primary registry and trial identifying number
first_posted: Date of registration
sponsor: Primary sponsor
brief_title: Public title
official_title: Scientific title
acronym: Acronym
start_date: Date of first enrolment|Date of first enrollment
enrollment: Target sample size
overall_status: Recruitment status
study_type: Study type
-: Study design
phases: Phase
countries: Countries of recruitment
contact: Contacts|Contact
  name: Name
  -: Address|Affiliation
  phone: Telephone
  email: Email
=: Key inclusion & exclusion criteria|Key inclusion and exclusion criteria
inclusion: Inclusion criteria
exclusion: Exclusion criteria
minimum_age: Age minimum
maximum_age: Age maximum
sex: Gender
conditions: Health Condition(s) or Problem(s) studied|Health condition(s) or problem(s) studied
interventions: Intervention(s)|Interventions
primary_outcomes: Primary Outcome(s)|Primary outcome
secondary_outcomes: Secondary Outcome(s)|Secondary outcome
secondary_ids: Secondary ID(s)|Secondary IDs
-: Source(s) of Monetary Support|Source of monetary support
collaborators: Secondary Sponsor(s)|Secondary sponsor
-: Approval Date|Contact:|Results
  -: Results available|Date Posted|Date Completed|URL|Summary results|Date of posting of results summaries|Hyperlink|\
Date of first journal publication of results|Baseline characteristics|Participant flow|Adverse events|\
Outcome measures|URL to protocol files|IPD sharing plan|IPD description"""

PAGE = RegistryPage(
    form="ictrp-page",
    meaning="WHO ICTRP's portal: a trial of any register.",
    labels=_LABELS,
    signature=(
        "Main ID|Key inclusion & exclusion criteria|Secondary Sponsor(s)|Source(s) of Monetary Support|"
        "Prospective Registration|Last refreshed on"
    ),
    day_first=True,
)
