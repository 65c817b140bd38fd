"""resultsSection: ClinicalTrials.gov API v2's modules of posted results, with all of their keys."""

from __future__ import annotations

from dataclasses import dataclass

from parser.model import Model, Text, many, one
from parser.source import Value

# --- participant flow ---


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FlowGroup(Model):
    id: Text | None = one("FG000, FG001, ...: the groups of the flow in their order.")
    title: Text | None = one("The group's name.")
    description: Text | None = one("What the group received, markup as on the page.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FlowStats(Model):
    group_id: Text | None = one("The group that the number is of.")
    comment: Text | None = one("What is to be said of the number.")
    num_subjects: Text | None = one("Number of participants, as printed.")
    num_units: Text | None = one("Number of units, where not only participants are counted.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Milestone(Model):
    type: Text | None = one("STARTED, COMPLETED, NOT COMPLETED, or a milestone of the study's own.")
    comment: Text | None = one("What is to be said of the milestone.")
    achievements: tuple[FlowStats, ...] = many("Who reached it, a number for each group.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DropWithdraw(Model):
    type: Text | None = one("The reason: Adverse Event, Lost to Follow-up, Withdrawal by Subject, ...")
    comment: Text | None = one("What is to be said of the reason.")
    reasons: tuple[FlowStats, ...] = many("Who left for it, a number for each group.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FlowPeriod(Model):
    title: Text | None = one("The period's name: `Overall Study` where there is one only.")
    milestones: tuple[Milestone, ...] = many("Its milestones: STARTED first, NOT COMPLETED last.")
    drop_withdraws: tuple[DropWithdraw, ...] = many("Why participants did not complete it.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ParticipantFlowModule(Model):
    pre_assignment_details: Text | None = one("What happened after enrolment and before assignment to a group.")
    recruitment_details: Text | None = one("When and where participants were recruited.")
    type_units_analyzed: Text | None = one("What is counted besides participants: eyes, lesions, ...")
    groups: tuple[FlowGroup, ...] = many("The groups whose numbers follow.")
    periods: tuple[FlowPeriod, ...] = many("The periods of the study.")


# --- measures: what the characteristics at baseline and the outcomes have in common ---


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MeasureGroup(Model):
    id: Text | None = one("BG000, BG001, ... at baseline, OG000, OG001, ... of an outcome.")
    title: Text | None = one("The group's name.")
    description: Text | None = one("What the group received, markup as on the page.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DenomCount(Model):
    group_id: Text | None = one("The group.")
    value: Text | None = one("How many there are in it, as printed.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Denom(Model):
    units: Text | None = one("What is counted: Participants, eyes, ...")
    counts: tuple[DenomCount, ...] = many("A number for each group.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Measurement(Model):
    group_id: Text | None = one("The group.")
    value: Text | None = one("The value, as printed; `NA` where it cannot be given.")
    spread: Text | None = one("The dispersion, where that is one number.")
    lower_limit: Text | None = one("The lower end of the dispersion, where that is a range.")
    upper_limit: Text | None = one("The upper end of the dispersion, where that is a range.")
    comment: Text | None = one("Why a value or a limit is NA.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MeasureCategory(Model):
    title: Text | None = one("The category: `Female`; absent where there is one only.")
    measurements: tuple[Measurement, ...] = many("A value for each group.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MeasureClass(Model):
    title: Text | None = one("The row: a point in time, a country; absent where there is one only.")
    denoms: tuple[Denom, ...] = many("How many were analysed for this row.")
    categories: tuple[MeasureCategory, ...] = many("The categories of the row.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BaselineMeasure(Model):
    title: Text | None = one("What was measured: `Age, Continuous`.")
    description: Text | None = one("How it was measured.")
    population_description: Text | None = one("Who was analysed, where not all were.")
    param_type: Text | None = one("MEAN, MEDIAN, COUNT_OF_PARTICIPANTS, NUMBER, ...")
    dispersion_type: Text | None = one("STANDARD_DEVIATION, INTER_QUARTILE_RANGE or FULL_RANGE.")
    unit_of_measure: Text | None = one("The unit of the values.")
    calculate_pct: Value[bool] | None = one("Whether percentages are calculated for display.")
    denom_units_selected: Text | None = one("The units that are the denominator.")
    denoms: tuple[Denom, ...] = many("How many were analysed.")
    classes: tuple[MeasureClass, ...] = many("The rows.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BaselineCharacteristicsModule(Model):
    population_description: Text | None = one("Who was analysed.")
    type_units_analyzed: Text | None = one("What is counted besides participants.")
    groups: tuple[MeasureGroup, ...] = many("The groups, a total last.")
    denoms: tuple[Denom, ...] = many("How many there are in each group.")
    measures: tuple[BaselineMeasure, ...] = many("What was measured.")


# --- outcomes ---


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MeasureAnalysis(Model):
    param_type: Text | None = one("What was estimated: Hazard Ratio (HR), Mean Difference, ...")
    param_value: Text | None = one("The estimate.")
    dispersion_type: Text | None = one("STANDARD_DEVIATION or STANDARD_ERROR_OF_MEAN.")
    dispersion_value: Text | None = one("The estimate's dispersion.")
    statistical_method: Text | None = one("The test.")
    statistical_comment: Text | None = one("What is to be said of the test.")
    p_value: Text | None = one("The p-value, as printed.")
    p_value_comment: Text | None = one("What is to be said of the p-value.")
    ci_num_sides: Text | None = one("ONE_SIDED or TWO_SIDED.")
    ci_pct_value: Text | None = one("The level of the confidence interval, in per cent.")
    ci_lower_limit: Text | None = one("Its lower limit.")
    ci_upper_limit: Text | None = one("Its upper limit.")
    ci_lower_limit_comment: Text | None = one("Why the lower limit is NA.")
    ci_upper_limit_comment: Text | None = one("Why the upper limit is NA.")
    estimate_comment: Text | None = one("What is to be said of the estimate.")
    tested_non_inferiority: Value[bool] | None = one("Whether non-inferiority was tested.")
    non_inferiority_type: Text | None = one("SUPERIORITY, NON_INFERIORITY, EQUIVALENCE, ...")
    non_inferiority_comment: Text | None = one("What is to be said of that, such as the margin.")
    other_analysis_description: Text | None = one("An analysis of another kind.")
    group_description: Text | None = one("The null hypothesis, power, and the like.")
    group_ids: tuple[Text, ...] = many("The groups compared.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OutcomeMeasure(Model):
    type: Text | None = one("PRIMARY, SECONDARY, OTHER_PRE_SPECIFIED or POST_HOC.")
    title: Text | None = one("What was measured.")
    description: Text | None = one("How it was measured.")
    population_description: Text | None = one("Who was analysed.")
    reporting_status: Text | None = one("POSTED or NOT_POSTED.")
    anticipated_posting_date: Text | None = one("When results are to be posted.")
    param_type: Text | None = one("MEAN, MEDIAN, COUNT_OF_PARTICIPANTS, NUMBER, ...")
    dispersion_type: Text | None = one("Standard Deviation, 95% Confidence Interval, ...")
    unit_of_measure: Text | None = one("The unit of the values.")
    calculate_pct: Value[bool] | None = one("Whether percentages are calculated for display.")
    time_frame: Text | None = one("When it was measured.")
    type_units_analyzed: Text | None = one("What is counted besides participants.")
    denom_units_selected: Text | None = one("The units that are the denominator.")
    groups: tuple[MeasureGroup, ...] = many("The groups compared.")
    denoms: tuple[Denom, ...] = many("How many were analysed.")
    classes: tuple[MeasureClass, ...] = many("The rows.")
    analyses: tuple[MeasureAnalysis, ...] = many("Statistical analyses.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OutcomeMeasuresModule(Model):
    outcome_measures: tuple[OutcomeMeasure, ...] = many("The outcomes, primary ones first.")


# --- adverse events ---


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EventGroup(Model):
    id: Text | None = one("EG000, EG001, ...: the groups in their order.")
    title: Text | None = one("The group's name.")
    description: Text | None = one("What the group received, markup as on the page.")
    deaths_num_affected: Value[int] | None = one("How many died of any cause.")
    deaths_num_at_risk: Value[int] | None = one("Of how many that is.")
    serious_num_affected: Value[int] | None = one("How many had a serious event.")
    serious_num_at_risk: Value[int] | None = one("Of how many that is.")
    other_num_affected: Value[int] | None = one("How many had another event above the threshold.")
    other_num_at_risk: Value[int] | None = one("Of how many that is.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EventStats(Model):
    group_id: Text | None = one("The group.")
    num_events: Value[int] | None = one("How often the event happened.")
    num_affected: Value[int] | None = one("To how many.")
    num_at_risk: Value[int] | None = one("Of how many that is.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AdverseEvent(Model):
    term: Text | None = one("The event.")
    organ_system: Text | None = one("The organ system it belongs to.")
    source_vocabulary: Text | None = one("The vocabulary of the term: MedDRA 23.1, ...")
    assessment_type: Text | None = one("SYSTEMATIC_ASSESSMENT or NON_SYSTEMATIC_ASSESSMENT.")
    notes: Text | None = one("What is to be said of the event.")
    stats: tuple[EventStats, ...] = many("Numbers for each group.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AdverseEventsModule(Model):
    frequency_threshold: Text | None = one("Other events below this per cent are not reported.")
    time_frame: Text | None = one("Over what time events were collected.")
    description: Text | None = one("How events were collected.")
    all_cause_mortality_comment: Text | None = one("What is to be said of the deaths.")
    event_groups: tuple[EventGroup, ...] = many("The groups.")
    serious_events: tuple[AdverseEvent, ...] = many("Serious events.")
    other_events: tuple[AdverseEvent, ...] = many("Other events.")


# --- more ---


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LimitationsAndCaveats(Model):
    description: Text | None = one("What limits the results.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CertainAgreement(Model):
    pi_sponsor_employee: Value[bool] | None = one("Whether the principal investigators are the sponsor's employees.")
    restriction_type: Text | None = one("LTE60, GT60 or OTHER.")
    restrictive_agreement: Value[bool] | None = one("Whether an agreement restricts what they may publish.")
    other_details: Text | None = one("What the agreement says.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PointOfContact(Model):
    title: Text | None = one("Name or title.")
    organization: Text | None = one("Organisation.")
    email: Text | None = one("E-mail address.")
    phone: Text | None = one("Phone, as printed.")
    phone_ext: Text | None = one("Extension.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MoreInfoModule(Model):
    limitations_and_caveats: LimitationsAndCaveats | None = one("Limitations and caveats.")
    certain_agreement: CertainAgreement | None = one("Agreements on publication.")
    point_of_contact: PointOfContact | None = one("Whom to ask about the results.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ResultsSection(Model):
    participant_flow_module: ParticipantFlowModule | None = one("Who started, who completed, and why others did not.")
    baseline_characteristics_module: BaselineCharacteristicsModule | None = one("The participants at the start.")
    outcome_measures_module: OutcomeMeasuresModule | None = one("What was measured.")
    adverse_events_module: AdverseEventsModule | None = one("What harm was seen.")
    more_info_module: MoreInfoModule | None = one("Limitations, agreements and whom to ask.")
