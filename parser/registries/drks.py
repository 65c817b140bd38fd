"""German Clinical Trials Register.

DRKS00099999
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="German Clinical Trials Register",
    id_pattern=id_pattern(r"DRKS\d{8}"),
    codes={
        "overall_status": {"pending": "NOT_YET_RECRUITING"},
        "study_type": {"non_interventional": "OBSERVATIONAL"},
        "allocation": {"non_randomized_controlled_trial": "NON_RANDOMIZED", "single_arm_study": "NA"},
        "intervention_model": {"single": "SINGLE_GROUP"},
    },
)
