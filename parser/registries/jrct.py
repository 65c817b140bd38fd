"""Pages of jRCT, one of Japan's registers: their English halves."""

from __future__ import annotations

from parser.registries.registry import RegistryPage

_LABELS = """\
=: 1 Objective|2 Sponsor|Sponsor|Objective|Key inclusion & exclusion criteria
brief_summary: Study Objective
phases: Phase
-: Planned enrollment date
  start_date: Start
  -: End
start_actual: First enrollment date
enrollment: Planned sample size
size_actual: Actual sample size
study_type: Study Type
design_list: Study Design
-: Presence or Absence of Placebo|Intervention(s)|Discontinuation Criteria|Study period|Keyword|Code
countries: Countries of recruitment
inclusion: Inclusion Criteria
exclusion: Exclusion Criteria
minimum_age: Age Minimum
maximum_age: Age Maximum
sex: Gender
conditions: Health Condition(s) or Problem(s) Studied
primary_outcome_lines: Primary Outcome(s)
secondary_outcome_lines: Secondary Outcome(s)
official: Name of Principal Investigator
-: Research Institution|Primary sponsor|Secondary sponsor|Affiliation|Contact for Scientific Inquiries|\
Contact for Public Inquiries|Source of Monetary Support|Secondary ID(s)"""

PAGE = RegistryPage(
    form="jrct-page",
    meaning="jRCT, Japan: its English half.",
    labels=_LABELS,
    signature="Planned enrollment date|Planned sample size|Presence or Absence of Placebo|First enrollment date",
)
