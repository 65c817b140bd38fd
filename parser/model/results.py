"""resultsSection: ClinicalTrials.gov API v2's modules of posted results, with all of their keys."""

from __future__ import annotations

from typing import Annotated

from parser.model.base import Model, Section, doc
from parser.model.codes import (
    AgreementRestrictionType,
    AnalysisDispersionType,
    ConfidenceIntervalNumSides,
    EventAssessment,
    MeasureDispersionType,
    MeasureParam,
    NonInferiorityType,
    OutcomeMeasureType,
    ReportingStatus,
)

# --- participant flow ---


class FlowGroup(Model, frozen=True):
    id: Annotated[str | None, doc("FG000, FG001, ...: the groups of the flow in their order.")] = None
    title: Annotated[str | None, doc("The group's name.")] = None
    description: Annotated[str | None, doc("What the group received, markup as on the page.")] = None


class FlowStats(Model, frozen=True):
    group_id: Annotated[str | None, doc("The group that the number is of.")] = None
    comment: Annotated[str | None, doc("What is to be said of the number.")] = None
    num_subjects: Annotated[str | None, doc("Number of participants, as printed.")] = None
    num_units: Annotated[str | None, doc("Number of units, if other units than participants are counted.")] = None


class Milestone(Model, frozen=True):
    type: Annotated[str | None, doc("STARTED, COMPLETED, NOT COMPLETED, or the study's own milestone.")] = None
    comment: Annotated[str | None, doc("What is to be said of the milestone.")] = None
    achievements: Annotated[tuple[FlowStats, ...], doc("How many reached it, for each group.")] = ()


class DropWithdraw(Model, frozen=True):
    type: Annotated[str | None, doc("The reason: Adverse Event, Lost to Follow-up, Withdrawal by Subject, ...")] = None
    comment: Annotated[str | None, doc("What is to be said of the reason.")] = None
    reasons: Annotated[tuple[FlowStats, ...], doc("How many left for it, for each group.")] = ()


class FlowPeriod(Model, frozen=True):
    title: Annotated[str | None, doc("The period's name: `Overall Study` if there is only one.")] = None
    milestones: Annotated[tuple[Milestone, ...], doc("Its milestones: STARTED first, NOT COMPLETED last.")] = ()
    drop_withdraws: Annotated[tuple[DropWithdraw, ...], doc("Why participants did not complete it.")] = ()


class ParticipantFlowModule(Model, frozen=True):
    pre_assignment_details: Annotated[
        str | None, doc("What happened after enrolment and before assignment to a group.")
    ] = None
    recruitment_details: Annotated[str | None, doc("When and where participants were recruited.")] = None
    type_units_analyzed: Annotated[str | None, doc("Units counted besides participants: eyes, lesions, ...")] = None
    groups: Annotated[tuple[FlowGroup, ...], doc("The groups whose numbers follow.")] = ()
    periods: Annotated[tuple[FlowPeriod, ...], doc("The periods of the study.")] = ()


# --- measures: shared by baseline characteristics and outcomes ---


class MeasureGroup(Model, frozen=True):
    id: Annotated[str | None, doc("BG000, BG001, ... at baseline, OG000, OG001, ... of an outcome.")] = None
    title: Annotated[str | None, doc("The group's name.")] = None
    description: Annotated[str | None, doc("What the group received, markup as on the page.")] = None


class DenomCount(Model, frozen=True):
    group_id: Annotated[str | None, doc("The group.")] = None
    value: Annotated[str | None, doc("How many there are in it, as printed.")] = None


class Denom(Model, frozen=True):
    units: Annotated[str | None, doc("What is counted: Participants, eyes, ...")] = None
    counts: Annotated[tuple[DenomCount, ...], doc("A number for each group.")] = ()


class Measurement(Model, frozen=True):
    group_id: Annotated[str | None, doc("The group.")] = None
    value: Annotated[str | None, doc("The value, as printed; `NA` if not available.")] = None
    spread: Annotated[str | None, doc("The dispersion, if it is one number.")] = None
    lower_limit: Annotated[str | None, doc("The lower end of the dispersion, if it is a range.")] = None
    upper_limit: Annotated[str | None, doc("The upper end of the dispersion, if it is a range.")] = None
    comment: Annotated[str | None, doc("Why a value or a limit is NA.")] = None


class MeasureCategory(Model, frozen=True):
    title: Annotated[str | None, doc("The category: `Female`; absent if there is only one.")] = None
    measurements: Annotated[tuple[Measurement, ...], doc("A value for each group.")] = ()


class MeasureClass(Model, frozen=True):
    title: Annotated[str | None, doc("The row: a point in time, a country; absent if there is only one.")] = None
    denoms: Annotated[tuple[Denom, ...], doc("How many were analysed for this row.")] = ()
    categories: Annotated[tuple[MeasureCategory, ...], doc("The categories of the row.")] = ()


class BaselineMeasure(Model, frozen=True):
    title: Annotated[str | None, doc("What was measured: `Age, Continuous`.")] = None
    description: Annotated[str | None, doc("How it was measured.")] = None
    population_description: Annotated[str | None, doc("Who was analysed, where not all were.")] = None
    param_type: Annotated[MeasureParam | None, doc("What the values are: means, counts, ...")] = None
    dispersion_type: Annotated[MeasureDispersionType | None, doc("What the dispersion of the values is.")] = None
    unit_of_measure: Annotated[str | None, doc("The unit of the values.")] = None
    calculate_pct: Annotated[bool | None, doc("Whether percentages are calculated for display.")] = None
    denom_units_selected: Annotated[str | None, doc("The units that are the denominator.")] = None
    denoms: Annotated[tuple[Denom, ...], doc("How many were analysed.")] = ()
    classes: Annotated[tuple[MeasureClass, ...], doc("The rows.")] = ()


class BaselineCharacteristicsModule(Model, frozen=True):
    population_description: Annotated[str | None, doc("Who was analysed.")] = None
    type_units_analyzed: Annotated[str | None, doc("What is counted besides participants.")] = None
    groups: Annotated[tuple[MeasureGroup, ...], doc("The groups, a total last.")] = ()
    denoms: Annotated[tuple[Denom, ...], doc("How many there are in each group.")] = ()
    measures: Annotated[tuple[BaselineMeasure, ...], doc("What was measured.")] = ()


# --- outcomes ---


class MeasureAnalysis(Model, frozen=True):
    param_type: Annotated[str | None, doc("What was estimated: Hazard Ratio (HR), Mean Difference, ...")] = None
    param_value: Annotated[str | None, doc("The estimate.")] = None
    dispersion_type: Annotated[AnalysisDispersionType | None, doc("What the dispersion is.")] = None
    dispersion_value: Annotated[str | None, doc("The estimate's dispersion.")] = None
    statistical_method: Annotated[str | None, doc("The test.")] = None
    statistical_comment: Annotated[str | None, doc("What is to be said of the test.")] = None
    p_value: Annotated[str | None, doc("The p-value, as printed.")] = None
    p_value_comment: Annotated[str | None, doc("What is to be said of the p-value.")] = None
    ci_num_sides: Annotated[
        ConfidenceIntervalNumSides | None, doc("Whether the confidence interval has one or two limits.")
    ] = None
    ci_pct_value: Annotated[str | None, doc("The level of the confidence interval, in per cent.")] = None
    ci_lower_limit: Annotated[str | None, doc("Its lower limit.")] = None
    ci_upper_limit: Annotated[str | None, doc("Its upper limit.")] = None
    ci_lower_limit_comment: Annotated[str | None, doc("Why the lower limit is NA.")] = None
    ci_upper_limit_comment: Annotated[str | None, doc("Why the upper limit is NA.")] = None
    estimate_comment: Annotated[str | None, doc("What is to be said of the estimate.")] = None
    tested_non_inferiority: Annotated[bool | None, doc("Whether non-inferiority was tested.")] = None
    non_inferiority_type: Annotated[NonInferiorityType | None, doc("The hypothesis that was tested.")] = None
    non_inferiority_comment: Annotated[str | None, doc("A comment on that, such as the margin.")] = None
    other_analysis_description: Annotated[str | None, doc("An analysis of another kind.")] = None
    group_description: Annotated[str | None, doc("The null hypothesis, power, and similar.")] = None
    group_ids: Annotated[tuple[str, ...], doc("The groups compared.")] = ()


class OutcomeMeasure(Model, frozen=True):
    type: Annotated[OutcomeMeasureType | None, doc("Its rank among the outcomes.")] = None
    title: Annotated[str | None, doc("What was measured.")] = None
    description: Annotated[str | None, doc("How it was measured.")] = None
    population_description: Annotated[str | None, doc("Who was analysed.")] = None
    reporting_status: Annotated[ReportingStatus | None, doc("Whether its results were posted.")] = None
    anticipated_posting_date: Annotated[str | None, doc("When results are to be posted.")] = None
    param_type: Annotated[MeasureParam | None, doc("What the values are: means, counts, ...")] = None
    dispersion_type: Annotated[str | None, doc("Standard Deviation, 95% Confidence Interval, ...")] = None
    unit_of_measure: Annotated[str | None, doc("The unit of the values.")] = None
    calculate_pct: Annotated[bool | None, doc("Whether percentages are calculated for display.")] = None
    time_frame: Annotated[str | None, doc("When it was measured.")] = None
    type_units_analyzed: Annotated[str | None, doc("What is counted besides participants.")] = None
    denom_units_selected: Annotated[str | None, doc("The units that are the denominator.")] = None
    groups: Annotated[tuple[MeasureGroup, ...], doc("The groups compared.")] = ()
    denoms: Annotated[tuple[Denom, ...], doc("How many were analysed.")] = ()
    classes: Annotated[tuple[MeasureClass, ...], doc("The rows.")] = ()
    analyses: Annotated[tuple[MeasureAnalysis, ...], doc("Statistical analyses.")] = ()


class OutcomeMeasuresModule(Model, frozen=True):
    outcome_measures: Annotated[tuple[OutcomeMeasure, ...], doc("The outcomes, primary ones first.")] = ()


# --- adverse events ---


class EventGroup(Model, frozen=True):
    id: Annotated[str | None, doc("EG000, EG001, ...: the groups in their order.")] = None
    title: Annotated[str | None, doc("The group's name.")] = None
    description: Annotated[str | None, doc("What the group received, markup as on the page.")] = None
    deaths_num_affected: Annotated[int | None, doc("How many died of any cause.")] = None
    deaths_num_at_risk: Annotated[int | None, doc("Of how many that is.")] = None
    serious_num_affected: Annotated[int | None, doc("How many had a serious event.")] = None
    serious_num_at_risk: Annotated[int | None, doc("Of how many that is.")] = None
    other_num_affected: Annotated[int | None, doc("How many had another event above the threshold.")] = None
    other_num_at_risk: Annotated[int | None, doc("Of how many that is.")] = None


class EventStats(Model, frozen=True):
    group_id: Annotated[str | None, doc("The group.")] = None
    num_events: Annotated[int | None, doc("How often the event happened.")] = None
    num_affected: Annotated[int | None, doc("To how many.")] = None
    num_at_risk: Annotated[int | None, doc("Of how many that is.")] = None


class AdverseEvent(Model, frozen=True):
    term: Annotated[str | None, doc("The event.")] = None
    organ_system: Annotated[str | None, doc("The organ system it belongs to.")] = None
    source_vocabulary: Annotated[str | None, doc("The vocabulary of the term: MedDRA 23.1, ...")] = None
    assessment_type: Annotated[
        EventAssessment | None, doc("Whether participants were examined or asked for the event.")
    ] = None
    notes: Annotated[str | None, doc("What is to be said of the event.")] = None
    stats: Annotated[tuple[EventStats, ...], doc("Numbers for each group.")] = ()


class AdverseEventsModule(Model, frozen=True):
    frequency_threshold: Annotated[str | None, doc("Other events below this per cent are not reported.")] = None
    time_frame: Annotated[str | None, doc("Over what time events were collected.")] = None
    description: Annotated[str | None, doc("How events were collected.")] = None
    all_cause_mortality_comment: Annotated[str | None, doc("What is to be said of the deaths.")] = None
    event_groups: Annotated[tuple[EventGroup, ...], doc("The groups.")] = ()
    serious_events: Annotated[tuple[AdverseEvent, ...], doc("Serious events.")] = ()
    other_events: Annotated[tuple[AdverseEvent, ...], doc("Other events.")] = ()


# --- more ---


class LimitationsAndCaveats(Model, frozen=True):
    description: Annotated[str | None, doc("What limits the results.")] = None


class CertainAgreement(Model, frozen=True):
    pi_sponsor_employee: Annotated[
        bool | None, doc("Whether the principal investigators are the sponsor's employees.")
    ] = None
    restriction_type: Annotated[
        AgreementRestrictionType | None,
        doc("For how long the sponsor may embargo a publication: up to 60 days, longer, or otherwise."),
    ] = None
    restrictive_agreement: Annotated[bool | None, doc("Whether an agreement restricts what they may publish.")] = None
    other_details: Annotated[str | None, doc("What the agreement says.")] = None


class PointOfContact(Model, frozen=True):
    title: Annotated[str | None, doc("Name or title.")] = None
    organization: Annotated[str | None, doc("Organisation.")] = None
    email: Annotated[str | None, doc("E-mail address.")] = None
    phone: Annotated[str | None, doc("Phone, as printed.")] = None
    phone_ext: Annotated[str | None, doc("Extension.")] = None


class MoreInfoModule(Model, frozen=True):
    limitations_and_caveats: Annotated[LimitationsAndCaveats | None, doc("Limitations and caveats.")] = None
    certain_agreement: Annotated[CertainAgreement | None, doc("Agreements on publication.")] = None
    point_of_contact: Annotated[PointOfContact | None, doc("Whom to ask about the results.")] = None


class ResultsSection(Section, frozen=True):
    participant_flow_module: Annotated[
        ParticipantFlowModule, doc("How many started and completed, and why others did not.")
    ] = ParticipantFlowModule()
    baseline_characteristics_module: Annotated[BaselineCharacteristicsModule, doc("The participants at the start.")] = (
        BaselineCharacteristicsModule()
    )
    outcome_measures_module: Annotated[OutcomeMeasuresModule, doc("What was measured.")] = OutcomeMeasuresModule()
    adverse_events_module: Annotated[AdverseEventsModule, doc("What harm was seen.")] = AdverseEventsModule()
    more_info_module: Annotated[MoreInfoModule, doc("Limitations, agreements, contacts.")] = MoreInfoModule()
