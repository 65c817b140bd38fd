"""One record of a registry's page in every layout that dumps have: what it says is the same in all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from parser import parse

Row = tuple[str, str]

ROWS: Mapping[str, Sequence[Row]] = {
    "isrctn-page": (
        ("ISRCTN", "ISRCTN00000001"),
        ("Submission date", "01/02/2020"),
        ("Registration date", "03/02/2020"),
        ("Last edited", "04/05/2021"),
        ("Overall study status", "Completed"),
        ("Condition category", "Nervous System Diseases"),
        ("Primary study design", "Interventional"),
        ("Scientific title", "Evening walks for adults with insomnia: a randomised trial"),
        ("Health condition(s) or problem(s) studied", "Insomnia"),
        ("Phase", "Phase III"),
        ("Primary outcome measure", "Sleep efficiency at 8 weeks"),
        ("Key inclusion criteria", "1. Insomnia for three months"),
        ("Participant type(s)", "Patient"),
        ("Sex", "Female"),
        ("Target number of participants", "84"),
        ("Key exclusion criteria", "1. Sleep apnoea"),
        ("Date of first enrolment", "05/06/2020"),
        ("Countries of recruitment", "England"),
    ),
    "umin-page": (
        ("Unique ID issued by UMIN", "UMIN000000001"),
        ("Receipt number", "R000000001"),
        ("Date of disclosure of the study information", "2019/05/01"),
        ("Public title", "Evening walks and sleep"),
        ("Scientific Title", "Effect of evening walks on sleep in adults with insomnia"),
        ("Condition", "Insomnia"),
        ("Narrative objectives1", "To see whether walks in the evening help."),
        ("Developmental phase", "Phase II"),
        ("Primary outcomes", "Sleep efficiency at 8 weeks"),
        ("Study type", "Interventional"),
        ("Basic design", "Parallel"),
        ("Gender", "Male and Female"),
        ("Key inclusion criteria", "1. Insomnia for three months"),
        ("Key exclusion criteria", "1. Sleep apnoea"),
        ("Target sample size", "60"),
        ("Recruitment status", "Open public recruiting"),
    ),
    "niph-page": (
        ("Recruitment status", "Recruiting"),
        ("Health condition(s) or Problem(s) studied", "Insomnia"),
        ("Date of first enrollment", "05/06/2020"),
        ("Target sample size", "60"),
        ("Study type", "Interventional"),
        ("Primary Outcome", "Sleep efficiency at 8 weeks"),
        ("Secondary Outcome", "Fatigue"),
        ("Age minimum", ">= 20age old"),
        ("Age maximum", "<= 80age old"),
        ("Gender", "Both"),
        ("Include criteria", "1. Insomnia for three months 2. Written consent"),
        ("Exclude criteria", "1. Sleep apnoea 2. Shift work"),
    ),
    "ictrp-page": (
        ("Primary registry and trial identifying number", "ACTRN12612000000001"),
        ("Date of registration", "03/02/2020"),
        ("Primary sponsor", "Example University"),
        ("Public title", "Evening walks and sleep"),
        ("Scientific title", "Effect of evening walks on sleep in adults with insomnia"),
        ("Date of first enrolment", "05/06/2020"),
        ("Target sample size", "60"),
        ("Recruitment status", "Recruiting"),
        ("Study type", "Interventional"),
        ("Countries of recruitment", "Australia"),
        ("Key inclusion & exclusion criteria", "Inclusion Criteria: 1. Insomnia for three months"),
        ("Age minimum", "18 Years"),
        ("Gender", "Female"),
        ("Health Condition(s) or Problem(s) studied", "Insomnia"),
        ("Primary Outcome(s)", "Sleep efficiency at 8 weeks"),
        ("Secondary Sponsor(s)", "Example Hospital"),
        ("Source(s) of Monetary Support", "Example Fund"),
    ),
    "cris-page": (
        ("CRIS Registration Number", "KCT0000001"),
        ("Unique Protocol ID", "WALK-2020"),
        ("Public/Brief Title", "Evening walks and sleep"),
        ("Scientific Title", "Effect of evening walks on sleep in adults with insomnia"),
        ("MFDS Regulated Study", "No"),
        ("Board Approval Status", "Submitted approval"),
        ("Overall Recruitment Status", "Completed"),
        ("Date of First Enrollment", "2020-06-05 , Actual"),
        ("Target Number of Participant", "60"),
        ("Study Completion Date", "2021-06-05 , Actual"),
        ("Study Type", "Interventional Study"),
        ("Condition(s)/Problem(s)", "Insomnia"),
    ),
    "rpcec-page": (
        ("Public title", "Evening walks and sleep"),
        ("Acronym of Public Title", "WALK-CU"),
        ("Scientific title", "Effect of evening walks on sleep in adults with insomnia"),
        ("Secondary indentifying numbers", "WALK-1"),
        ("Primary sponsor", "Example Institute"),
        ("Recruitment status", "Recruiting"),
        ("Date of first enrollment", "2020/06/05"),
        ("Health condition(s) or Problem(s) studied", "Insomnia"),
        ("Primary outcome(s)", "Sleep efficiency at 8 weeks"),
        ("Gender", "Male/Female"),
        ("Minimum age", "18 years"),
        ("Inclusion criteria", "1. Insomnia for three months"),
        ("Exclusion criteria", "1. Sleep apnoea"),
        ("Type of study", "Interventional"),
        ("Phase", "Phase II"),
        ("Target sample size", "60"),
        ("Unique ID number", "RPCEC00000001"),
        ("Date of Registration in Primary Registry", "2020/02/03"),
    ),
    "lbctr-page": (
        ("Primary registry identifying number", "LBCTR2020000001"),
        ("MOH registration number", "12"),
        ("Study registered at the country of origin", "Yes"),
        ("Date of registration in primary registry", "03/02/2020"),
        ("Public title", "Evening walks and sleep"),
        ("Health conditions/problem studied: Specify", "Insomnia"),
        ("Key inclusion and exclusion criteria: Gender", "Both"),
        ("Key inclusion and exclusion criteria: Age minimum", "18"),
        ("Type of study", "Interventional"),
        ("Study phase", "2"),
        ("Target sample size", "60"),
        ("Date of first enrollment: Type", "Anticipated"),
        ("Date of first enrollment: Date", "05/06/2020"),
        ("Recruitment status", "Recruiting"),
    ),
    "tctr-page": (
        ("TCTR Identification Number", "TCTR20200000001"),
        ("Date of Approval", "3 February 2020"),
        ("Public Title", "Evening walks and sleep"),
        ("Sponsor ID/ IRB ID/ EC ID", "WALK-1"),
        ("Registration Site", "Thai Clinical Trials Registry"),
        ("Health Condition(s) or Problem(s) Studied", "Insomnia"),
        ("Gender", "Both"),
        ("Accept Healthy Volunteers", "No"),
        ("Overall Recruitment Status", "Completed (Has Results)"),
        ("Study Start Date (First enrollment)", "5 June 2020 Indicate Type : Actual"),
        ("Study Type", "Interventional"),
        ("Study Phase", "Phase 2"),
        ("Actual sample size", "60"),
    ),
    "drks-page": (
        ("DRKS-ID", "DRKS00000001"),
        ("Date of Registration in DRKS", "2020/02/03"),
        ("Investigator Sponsored/Initiated Trial (IST/IIT)", "yes"),
        ("Health condition or Problem studied", "Insomnia"),
        ("Study Type", "Interventional"),
        ("Phase", "Phase II"),
        ("Primary Outcome", "Sleep efficiency at 8 weeks"),
        ("(Anticipated or Actual) Date of First Enrollment", "2020/06/05"),
        ("Target Sample Size", "60"),
        ("Gender", "Both, male and female"),
        ("Minimum Age", "18 Years"),
        ("Additional Inclusion Criteria", "1. Insomnia for three months"),
        ("Exclusion Criteria", "1. Sleep apnoea"),
        ("Recruitment Status", "Recruiting ongoing"),
    ),
}  # fmt: skip

HEADS = {
    "niph-page": (
        "JRCT ID: jRCTs000000001\n\nRegistered date:05/06/2020\n\nEvening walks and sleep\n\nBasic Information\n"
    )
}

FACTS: Mapping[str, Mapping[str, Any]] = {
    "isrctn-page": {"registryId": "ISRCTN00000001", "posted": "2020-02-03", "status": "COMPLETED", "count": 84,
                    "start": "2020-06-05", "phases": ["PHASE3"], "sex": "FEMALE", "age": None},
    "umin-page": {"registryId": "UMIN000000001", "posted": "2019-05-01", "status": "RECRUITING", "count": 60,
                  "start": None, "phases": ["PHASE2"], "sex": "ALL", "age": None},
    "niph-page": {"registryId": "jRCTs000000001", "posted": "2020-06-05", "status": "RECRUITING", "count": 60,
                  "start": "2020-06-05", "phases": None, "sex": "ALL", "age": "20 Years"},
    "ictrp-page": {"registryId": "ACTRN12612000000001", "posted": "2020-02-03", "status": "RECRUITING", "count": 60,
                   "start": "2020-06-05", "phases": None, "sex": "FEMALE", "age": "18 Years"},
    "cris-page": {"registryId": "KCT0000001", "posted": None, "status": "COMPLETED", "count": 60,
                  "start": "2020-06-05", "phases": None, "sex": None, "age": None},
    "rpcec-page": {"registryId": "RPCEC00000001", "posted": "2020-02-03", "status": "RECRUITING", "count": 60,
                   "start": "2020-06-05", "phases": ["PHASE2"], "sex": "ALL", "age": "18 Years"},
    "lbctr-page": {"registryId": "LBCTR2020000001", "posted": "2020-02-03", "status": "RECRUITING", "count": 60,
                   "start": "2020-06-05", "phases": ["PHASE2"], "sex": "ALL", "age": "18 Years"},
    "tctr-page": {"registryId": "TCTR20200000001", "posted": "2020-02-03", "status": "COMPLETED", "count": 60,
                  "start": "2020-06-05", "phases": ["PHASE2"], "sex": "ALL", "age": None},
    "drks-page": {"registryId": "DRKS00000001", "posted": "2020-02-03", "status": "RECRUITING", "count": 60,
                  "start": "2020-06-05", "phases": ["PHASE2"], "sex": "ALL", "age": "18 Years"},
}  # fmt: skip


def _html(rows: Sequence[Row]) -> str:
    cells = "".join(
        f"<tr><th>{label}</th><td>{value.replace('<', '&lt;').replace('>', '&gt;')}</td></tr>" for label, value in rows
    )
    return f"<html><body><table>{cells}</table></body></html>"


LAYOUTS: Mapping[str, Callable[[Sequence[Row]], str]] = {
    "below": lambda rows: "\n".join(f"{label}\n{value}" for label, value in rows),
    "below and apart": lambda rows: "\n\n".join(f"{label}\n\n{value}" for label, value in rows),
    "a blank": lambda rows: "\n".join(f"{label} {value}" for label, value in rows),
    "nothing": lambda rows: "\n".join(f"{label}{value}" for label, value in rows),
    "a colon": lambda rows: "\n".join(f"{label}: {value}" for label, value in rows),
    "bars": lambda rows: "\n".join(f"| {label} | {value} |" for label, value in rows),
    "cells": lambda rows: "\n".join(f"{label} |\n{value} |" for label, value in rows),
    "bullets": lambda rows: "\n".join(f"- {label}\n- {value}" for label, value in rows),
}


def _said(text: str) -> tuple[dict[str, Any], str | None, list[tuple[str, str]]]:
    document = parse(text)
    protocol = document.to_dict()["protocolSection"]
    # Its headings are as the page prints them.
    protocol["eligibilityModule"].pop("eligibilityCriteria", None) if "eligibilityModule" in protocol else None
    criteria = document.normalized_section.eligibility_module.criteria
    return protocol, document.source_section.registry_id, [(one.category, one.text) for one in criteria]


@pytest.mark.parametrize("form", ROWS)
def test_what_a_page_says(form: str) -> None:
    document = parse(HEADS.get(form, "") + LAYOUTS["nothing"](ROWS[form])).to_dict()
    section = document["protocolSection"]
    status, design = section["statusModule"], section["designModule"]
    eligibility = section.get("eligibilityModule", {})
    said = {
        "registryId": document["sourceSection"]["registryId"],
        "posted": status.get("studyFirstPostDateStruct", {}).get("date"),
        "status": status["overallStatus"],
        "count": design["enrollmentInfo"]["count"],
        "start": status.get("startDateStruct", {}).get("date"),
        "phases": design.get("phases"),
        "sex": eligibility.get("sex"),
        "age": eligibility.get("minimumAge"),
    }
    assert said == FACTS[form]
    assert section["conditionsModule"]["conditions"] == ["Insomnia"]
    assert design["studyType"] == "INTERVENTIONAL"


@pytest.mark.parametrize("form", ROWS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_layout_changes_nothing(form: str, layout: str) -> None:
    head = HEADS.get(form, "")
    expected = _said(head + LAYOUTS["below"](ROWS[form]))
    text = head + LAYOUTS[layout](ROWS[form])
    assert parse(text).source_section.form == form
    assert _said(text) == expected


@pytest.mark.parametrize("form", ROWS)
def test_a_saved_page_says_the_same(form: str) -> None:
    head = HEADS.get(form, "")
    page = _html(ROWS[form]).replace("<table>", "".join(f"<p>{line}</p>" for line in head.split("\n")) + "<table>", 1)
    assert parse(page).source_section.form == f"html/{form}"
    assert _said(page) == _said(head + LAYOUTS["below"](ROWS[form]))
