"""Saved pages of registries with the site's menus above the record, and what the older pages alone have."""

from __future__ import annotations

from typing import Any

import pytest

from parser import parse

CLASSIC = """\
<html><head><title>Evening Walks - Full Text View - ClinicalTrials.gov</title></head><body>
<div>A service of the U.S. National Institutes of Health</div>
<ul><li><a>Advanced Search</a></li><li><a>Help</a></li><li><a>Studies by Topic</a></li><li><a>Glossary</a></li></ul>
<ul><li><a>Find Studies</a><ul><li><a>Advanced Search</a></li><li><a>How to Search</a></li></ul></li>
<li><a>Submit Studies</a><ul><li><a>How to Edit Your Study Record</a></li><li><a>Frequently Asked Questions</a></li>
<li><a>Support Materials</a></li></ul></li><li><a>Resources</a></li><li><a>Disclaimer</a></li></ul>
<h1>Evening Walks Against Insomnia in Adults(WALK-LTO)</h1>
<p>This study has been completed.</p>
<div>Sponsor:</div><div>Example University</div>
<div>ClinicalTrials.gov Identifier:</div><div>NCT00000001</div>
<div>First received: July 9, 2009</div><div>Last updated: April 24, 2012</div><div>Last verified: April 2012</div>
<h2>Purpose</h2><p>To see whether walks in the evening help.</p>
<div>Study Type:</div><div>Observational</div>
<h2>Eligibility</h2>
<table><tr><td>Ages Eligible for Study:</td><td>18 Years to 90 Years</td></tr>
<tr><td>Genders Eligible for Study:</td><td>Both</td></tr>
<tr><td>Accepts Healthy Volunteers:</td><td>No</td></tr>
<tr><td>Sampling Method:</td><td>Probability Sample</td></tr></table>
<div>Study Population</div><p>Inclusion Criteria are:</p><ol><li>Insomnia for a year.</li><li>Able to walk.</li></ol>
<div>Criteria</div><p>Inclusion Criteria are:</p><ol><li>Insomnia for a year.</li><li>Able to walk.</li></ol>
<p>Exclusion criteria are:</p><ol><li>Sleep apnoea.</li></ol>
<h2>More Information</h2>
<p>Additional publications automatically indexed to this study by ClinicalTrials.gov Identifier (NCT Number):</p>
<p>Doe J, Roe R. Walks and sleep. J Ex Sleep. 2012 May;21(4):259-64.</p>
<table><tr><td>ClinicalTrials.gov Identifier:</td><td>NCT00000001</td></tr>
<tr><td>Other Study ID Numbers:</td><td>WALK-LTO</td></tr>
<tr><td>Study First Received:</td><td>July 9, 2009</td></tr></table>
<div>Keywords provided by Example University:</div><div>insomnia<br>walking<br>outcomes</div>
</body></html>"""

TABULAR = """\
Tracking Information

First Received Date ICMJE

July 9, 2009

Descriptive Information

Brief Title ICMJE

Evening Walks Against Insomnia in Adults

Intervention ICMJE

Not Provided

Study Group/Cohort (s)

* Walks

  Thirty minutes each evening

* Usual care

  Nothing new

Publications *

* Doe J, Roe R. Walks and sleep. J Ex Sleep. 2012 May;21(4):259-64.
* Poe E. Sleep and walks. J Ex Sleep. 2013 Jun;22(1):1-9.

Recruitment Information

Recruitment Status ICMJE

Completed

Contacts ICMJE

Contact information is only displayed when the study is recruiting subjects

Administrative Information

NCT Number ICMJE

NCT00000001

Other Study ID Numbers ICMJE

WALK-LTO

Has Data Monitoring Committee

No"""

EUCTR = """\
<html><body><table><tr><td>EU Clinical Trials Register</td><td>Help</td></tr></table>
<ul><li>Home &amp; Search</li><li>Joining a trial</li><li>Contacts</li><li>About
<ul><li>About the EU clinical trials register</li><li>What's new</li><li>Links</li></ul></li></ul>
<h1>Clinical trials</h1><p>The register currently displays some trials.</p>
<table><tr><th>Summary</th><th></th></tr>
<tr><td>EudraCT Number:</td><td>2009-012345-12</td></tr>
<tr><td>Sponsor's Protocol Code Number:</td><td>WALK0001</td></tr>
<tr><td>National Competent Authority:</td><td>Estonia - SAM</td></tr>
<tr><td>Clinical Trial Type:</td><td>EEA CTA</td></tr>
<tr><td>Trial Status:</td><td>Prematurely Ended</td></tr>
<tr><td>Date on which this record was first entered in the EudraCT database:</td><td>2010-07-21</td></tr></table>
</body></html>"""


def _value(document: dict[str, Any], path: str) -> object:
    value: Any = document["protocolSection"]
    for name in path.split("."):
        value = value.get(name) if value else None
    return value


@pytest.mark.parametrize(
    ("page", "path", "expected"),
    [
        (CLASSIC, "identificationModule.briefTitle", "Evening Walks Against Insomnia in Adults(WALK-LTO)"),
        (CLASSIC, "statusModule.overallStatus", "COMPLETED"),
        (CLASSIC, "identificationModule.orgStudyIdInfo.id", "WALK-LTO"),
        (CLASSIC, "conditionsModule.keywords", ["insomnia", "walking", "outcomes"]),
        (
            CLASSIC,
            "eligibilityModule.studyPopulation",
            "Inclusion Criteria are:\n\n1. Insomnia for a year.\n2. Able to walk.",
        ),
        (
            CLASSIC,
            "referencesModule.references",
            [{"citation": "Doe J, Roe R. Walks and sleep. J Ex Sleep. 2012 May;21(4):259-64."}],
        ),
        (TABULAR, "contactsLocationsModule.centralContacts", None),
        (TABULAR, "armsInterventionsModule.interventions", None),
        (TABULAR, "identificationModule.orgStudyIdInfo.id", "WALK-LTO"),
        (
            TABULAR,
            "armsInterventionsModule.armGroups",
            [
                {"label": "Walks", "description": "Thirty minutes each evening"},
                {"label": "Usual care", "description": "Nothing new"},
            ],
        ),
        (
            TABULAR,
            "referencesModule.references",
            [
                {"citation": "Doe J, Roe R. Walks and sleep. J Ex Sleep. 2012 May;21(4):259-64."},
                {"citation": "Poe E. Sleep and walks. J Ex Sleep. 2013 Jun;22(1):1-9."},
            ],
        ),
        (EUCTR, "identificationModule.briefTitle", None),
        (EUCTR, "descriptionModule.briefSummary", None),
        (EUCTR, "statusModule.overallStatus", "TERMINATED"),
        (EUCTR, "statusModule.studyFirstPostDateStruct.date", "2010-07-21"),
    ],
)
def test_a_value_below_a_menu(page: str, path: str, expected: object) -> None:
    assert _value(parse(page.encode()).to_dict(), path) == expected


@pytest.mark.parametrize(("page", "form"), [(CLASSIC, "ctgov-classic-page"), (EUCTR, "euctr-page")])
def test_a_saved_page_is_known(page: str, form: str) -> None:
    assert parse(page.encode()).to_dict()["sourceSection"]["form"] == f"html/{form}"


@pytest.mark.parametrize("column", [1, 3])
def test_bulleted_labels_are_no_menu(column: int) -> None:
    page = "NCT00000001\n\n* Sex\n\n  Female\n\n* Phase\n\n  Phase 2\n\n* Conditions\n\n  Insomnia\n\n* Age\n\n  8\n"
    document = parse(page.replace("* ", "*" + " " * column).encode()).to_dict()
    assert _value(document, "conditionsModule.conditions") == ["Insomnia"]
