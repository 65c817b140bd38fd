"""The XML in which registers give their trials to WHO ICTRP, as the columns of ICTRP's own export.

<trial><main><trial_id>RBR-4s7gh3</trial_id><reg_name>REBEC</reg_name> ... </main>
<contacts><contact><type>public</type><firstname>...</firstname></contact></contacts> ... </trial>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parser.forms.xml_paths import ElementPaths
from parser.source import fold

if TYPE_CHECKING:
    from parser.forms.xml_tree import Element

# ChiCTR's has a letter too many.
SIGNATURE = re.compile(rb"<(trial|Triall)>\s*<main>")

_COLUMN_OF_ELEMENT = {
    "trialid": "trialid",
    "regname": "sourceregister",
    "dateregistration": "dateregistration",
    "lastupdated": "lastupdated",
    "primarysponsor": "primarysponsor",
    "publictitle": "publictitle",
    "acronym": "acronym",
    "scientifictitle": "scientifictitle",
    "dateenrolment": "dateenrollment",
    "dateenrolement": "dateenrollment",
    "typeenrolment": "typeenrollment",
    "targetsize": "targetsize",
    "recruitmentstatus": "recruitmentstatus",
    "studytype": "studytype",
    "studydesign": "studydesign",
    "phase": "phase",
    "hcfreetext": "condition",
    "conditionfreetext": "condition",
    "hckeyword": "keywords",
    "ifreetext": "intervention",
    "interventionfreetext": "intervention",
    "country": "countries",
    "country2": "countries",
    "inclusioncriteria": "inclusioncriteria",
    "exclusioncriteria": "exclusioncriteria",
    "agemin": "inclusionagemin",
    "agemax": "inclusionagemax",
    "inclusionagemin": "inclusionagemin",
    "inclusionagemax": "inclusionagemax",
    "gender": "inclusiongender",
    "inclusionsex": "inclusiongender",
    "primoutcome": "primaryoutcome",
    "primaryoutcome/outcomename": "primaryoutcome",
    "secoutcome": "secondaryoutcome",
    "secondaryoutcome/outcomename": "secondaryoutcome",
    "utrn": "secondaryids",
    "secid": "secondaryids",
    "secondaryid": "secondaryids",
    "sponsorname": "secondarysponsor",
    "secondarysponsor": "secondarysponsor",
}
_OF_CONTACTS = {
    "firstname": "contactfirstname",
    "middlename": "contactfirstname",
    "lastname": "contactlastname",
    "telephone": "contacttel",
    "email": "contactemail",
}
_NAME_AND_WAYS = ("contactfirstname", "contactlastname", "contacttel", "contactemail")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
# `Drug: A` on a line of its own.
_TYPED_LINE = re.compile(r"\n\s{0,40}(?=[A-Z][A-Za-z/ ]{2,30}:\s)")


def columns_of(trial: Element) -> Iterator[tuple[str, str, str]]:
    """The columns of a trial, with their texts and the paths of the first elements that they are made of.

    An element that is in no column has its path as the name.
    """
    path = ElementPaths()
    columns: dict[str, tuple[list[str], str]] = {}
    for one in trial.iter():
        text = one.text or ""
        if not isinstance(one.tag, str) or len(one) or not text.strip():
            continue
        above = one.getparent()
        parent = "" if above is None else _name(str(above.tag))
        name = _name(str(one.tag))
        if parent in ("contact", "contacts") and name in _OF_CONTACTS:
            continue
        column = _COLUMN_OF_ELEMENT.get(f"{parent}/{name}") or _COLUMN_OF_ELEMENT.get(name)
        if column is None or parent == "contact":
            yield path(one), text, path(one)
        else:
            columns.setdefault(column, ([], path(one)))[0].append(text)
    for column, (texts, where) in columns.items():
        yield column, _joined(column, texts), where
    yield from _contacts(trial, path)


def _joined(column: str, texts: list[str]) -> str:
    if column == "intervention":
        return ";".join(_TYPED_LINE.sub(";", text) for text in texts)
    return "\n".join(texts)


def _contacts(trial: Element, path: ElementPaths) -> Iterator[tuple[str, str, str]]:
    """The columns of the contacts, with a part for each of them."""
    people = trial.findall(".//contact") or [one for one in trial if _name(str(one.tag)) == "contacts"]
    if not people:
        return
    rows: list[dict[str, str]] = []
    for person in people:
        row = dict.fromkeys(_NAME_AND_WAYS, "")
        for one in person:
            column = _OF_CONTACTS.get(_name(str(one.tag)))
            if column:
                row[column] = fold(f"{row[column]} {(one.text or '').replace(';', ',')}")
        rows.append(row)
    where = path(people[0])
    for column in _NAME_AND_WAYS:
        yield column, ";".join(row[column] for row in rows), where


def _name(tag: str) -> str:
    return _NO_LETTER.sub("", tag.lower())
