"""NIPH's portal, which is not a register: its pages show the records of Japan's registers, the English halves."""

from __future__ import annotations

from parser.registries.registry import RegistryPage

# WHO's Trial Registration Data Set, as this portal prints it.
_LABELS = """\
registry_id: JRCT ID|UMIN ID|JapicCTI ID|JMACCT ID
dated_title: Registered date
=: Basic Information|Outcome(s)|Key inclusion & exclusion criteria|Related Information
overall_status: Recruitment status
conditions: Health condition(s) or Problem(s) studied
start_date: Date of first enrollment
enrollment: Target sample size
countries: Countries of recruitment
study_type: Study type
-: Intervention(s)
primary_outcomes: Primary Outcome
secondary_outcomes: Secondary Outcome
minimum_age: Age minimum
maximum_age: Age maximum
sex: Gender
inclusion: Include criteria
exclusion: Exclude criteria
sponsor: Primary Sponsor
collaborators: Secondary Sponsor
-: Source(s) of Monetary Support
secondary_ids: Secondary ID(s)
contact: Public contact
  name: Name
  -: Address|Affiliation
  phone: Telephone
  email: E-mail
-: Contact|Scientific contact
  -: Name|Address|Telephone|E-mail|Affiliation"""

PAGE = RegistryPage(
    form="niph-page",
    meaning="NIPH's portal: a trial of one of Japan's registers.",
    labels=_LABELS,
    signature="Include criteria|Exclude criteria|Registered date|JRCT ID|JapicCTI ID|JMACCT ID",
    day_first=True,
)
