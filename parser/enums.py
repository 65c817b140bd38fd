"""The codes of ClinicalTrials.gov API v2 that pages print unchanged, by the page's field.

NOT_YET_RECRUITING
"""

from __future__ import annotations

from typing import get_args

from parser.model import codes

ENUMS: dict[str, frozenset[str]] = {
    field: frozenset(get_args(enumeration))
    for field, enumeration in {
        "overall_status": codes.Status,
        "last_known_status": codes.Status,
        "site_status": codes.RecruitmentStatus,
        "study_type": codes.StudyType,
        "phases": codes.Phase,
        "allocation": codes.DesignAllocation,
        "intervention_model": codes.InterventionalAssignment,
        "primary_purpose": codes.PrimaryPurpose,
        "observational_model": codes.ObservationalModel,
        "time_perspective": codes.DesignTimePerspective,
        "masking": codes.DesignMasking,
        "arm_type": codes.ArmGroupType,
        "intervention_type": codes.InterventionType,
        "sex": codes.Sex,
        "sponsor_class": codes.AgencyClass,
        "organization_class": codes.AgencyClass,
        "responsible_party_type": codes.ResponsiblePartyType,
        "contact_role": codes.ContactRole,
        "official_role": codes.OfficialRole,
        "reference_type": codes.ReferenceType,
        "org_id_type": codes.OrgStudyIdType,
        "secondary_id_type": codes.SecondaryIdType,
        "ipd_sharing": codes.IpdSharing,
        "info_type": codes.IpdSharingInfoType,
        "date_type": codes.DateType,
        "sampling_method": codes.SamplingMethod,
        "retention": codes.BioSpecRetention,
        "dispersion_type": codes.MeasureDispersionType,
        "outcome_type": codes.OutcomeMeasureType,
        "param_type": codes.MeasureParam,
        "assessment_type": codes.EventAssessment,
        "analysis_dispersion_type": codes.AnalysisDispersionType,
        "ci_num_sides": codes.ConfidenceIntervalNumSides,
        "non_inferiority_type": codes.NonInferiorityType,
    }.items()
}
