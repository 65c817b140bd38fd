"""Checks of values on pages with unknown layouts: a value passes its field's check or is left over.

A wrong value is worse than a missing one: a heading, a label, a menu's entry, a bare status, Yes, No, or an id is not a
sponsor, no condition and no outcome, wherever it is printed.
"""

from __future__ import annotations

import re

from parser.enums import ENUMS
from parser.forms.pages.furniture import is_site_line
from parser.forms.pages.ids import id_alone
from parser.forms.pages.vocabulary import FORM_OF, find_word, key, says_something
from parser.registries import find_ids
from parser.source import Span
from parser.values.codes import read_code, read_yes_or_no
from parser.values.country import country_code
from parser.values.date import read_date

_WORDS_OF_STATUS = frozenset(map(key, ENUMS["overall_status"] | ENUMS["study_type"] | ENUMS["phases"]))
# Words that other fields have as codes, which name nothing: `DRUG`, `Industry`, `All`.
_CODES = _WORDS_OF_STATUS.union(
    *(map(key, ENUMS[field]) for field in ("intervention_type", "sponsor_class", "sex", "allocation", "arm_type"))
    # The one class of sponsors that is an organisation's name as well.
) - {"nih"}
_SEXES = re.compile(r"(?:fe)?males?(?: (?:and|or|&) (?:fe)?males?)?\Z|men and women\Z", re.IGNORECASE)
_ANSWERS = frozenset(
    {"yes", "no", "true", "false", "none", "na", "notapplicable", "unknown", "informationnotpresentineudract"}
)

# The code of a row of a form, such as EudraCT's: `E.5.1.1`.
_ROW_CODE = re.compile(r"[A-Z](?:\.\d{1,2}){1,6}\.?(?:\s|\Z)")
_SENTENCE_END = re.compile(r"[a-z)]{2}[.!?]\Z")
_COMPANY = re.compile(r"\b(?:Inc|Ltd|Co|Corp|LLC|S\.?A|N\.?V|GmbH|Pty|plc|Lab|Univ|Hosp|e\.?V)\.\Z")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S{1,255}\.\w", re.IGNORECASE)

# The longest value that each field is known to have, and the most words of one that ends as a sentence does.
_LONGEST = {
    "acronym": 60,
    "lead_sponsor": 250,
    "collaborators": 250,
    "organization": 250,
    "org_study_id": 80,
    "conditions": 250,
    "keywords": 200,
    "official_title": 1500,
    "brief_title": 600,
    "facility": 300,
    "countries": 80,
}
# Checked where they are read.
_OTHERWISE = frozenset({"registry_id", "who_masked", "ipd_info_types", "results", "collaborators"})
# A name or a term is more than a count; a term has no label, whatever the label says.
_LEAST_LETTERS, _LEAST_OF_A_MEASURE = 2, 3
_TERMS = frozenset({"conditions", "keywords"})
_LABELLED = re.compile(r"[A-Z][A-Za-z ()/]{3,60}(?::|\?)")
# A label within a term, `Diabetes Department: Medicine`, and one before what should be running text.
_LABEL_WITHIN = re.compile(r" [A-Z]\w{3,20}: \S")
_LABEL_BEFORE = re.compile(
    r"(?:[\w/-]+ ){0,3}(?:name|title|locations?|id|number|status|type|sponsor|phase|investigator|contact|department"
    r"|funder|funding):",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:What|Who|How|When|Where|Why)(?:['’]s|['’]re)? .{3,60}\Z|"
    r"(?:[A-Z][\w&/-]*[ ]){0,4}(?:Summary|Description|Information|Details|Criteria|Overview|Locations?|Contacts?"
    r"|Eligibility"
    r"|Outcomes?|Sponsors?|Design|Trials?|Studies|Data|Number|Identifiers?|provided)\Z"
)
# Numbers of a study: no label, no sentence.
_IDS = re.compile(r"(?=[^\r\n]*\d|[A-Z0-9_/.-]+\Z)(?![A-Z][A-Za-z ()]{3,40}: )[^\r\n]{3,1000}(?<![.:])\Z")
# What is left of a label that was cut, and a sentence on whom a study is for, which is no term of what it is about.
_REST_OF_A_LABEL = re.compile(r"[Aa]ges? ?[\d<>=≥≤]|(?:or|and|of|studied) ?[A-Z(]|studied[a-z]")
_TELLS_WHOM = re.compile(
    r"(?:have|has|be|must|are|is|patients? must|participants? must|this (?:study|trial))\b.*"
    r"\b(?:eligible|must|in order to|study|trial)\b",
    re.IGNORECASE,
)
# A sentence after another one.
_GOES_ON = re.compile(r"[a-z]{2}[.!?] [A-Z]")
GLUED = re.compile(r"[a-z]{6}[A-Z][a-z]{3}|[a-z]{6}[A-Z]{3}\d")
"""Where a site has run terms together: `DepressionMental Disorders`."""

HEALTH = re.compile(r"healthy (?:subjects?|volunteers?|participants?)\Z", re.IGNORECASE)
"""What a study of healthy people is about below the label of conditions; a label elsewhere."""

# What no organisation's name begins with: two words as in `episodic migraine`, a program's name, and a sentence.
_IN_SMALL_LETTERS = re.compile(r"[a-z]+ (?!of\b)[a-z]+\b|[a-z]+(?:_[a-z]+)+\Z|This |The (?:purpose|aim|study|trial)\b")
_MOST_WORDS_OF_AN_ID = 8
_LABEL_OF_AN_ID = re.compile(r"[A-Za-z ]{2,20}: \S")
# Two organisations in one name.
_WITH_ANOTHER = re.compile(r"\b(?:in (?:collaboration|partnership|cooperation)|together) with\b| / ", re.IGNORECASE)
_ORGANISATIONS = frozenset({"lead_sponsor", "collaborators", "organization"})
# Where a site has its data from, which is not an organisation that runs a trial.
_REGISTRY = re.compile(r"(?:www\.)?clinicaltrials\.gov\b|WHO ICTRP\b|.*\btrials? regist(?:er|ry)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:recruitment|enrol?lment|study|trial|start|completion) (?:end|start|date|status|type|dates)\Z"
    r"|(?:main |lead |chief |principal |co-?|sub-?)?investigators?\Z"
    r"|(?:study|trial) (?:team|staff|chair|director)\Z",
    re.IGNORECASE,
)
# A citation has a year, or the number of a paper.
_CITES = re.compile(r"\b(?:19|20)\d\d\b|\bPMID\b|\bdoi\b", re.IGNORECASE)
_LEAST_OF_A_CITATION = 25
_MOST_WORDS_OF_A_SENTENCE = 6
_MOST_WORDS_OF_A_NAME, _MOST_COMMAS = 14, 2
_PHRASE = re.compile(
    r"(?:find|view|see|learn|who|where|how|contact|ages?|n/a|search|join|apply)\b|.*\byou(?:r|rs)?\b", re.IGNORECASE
)
# A limit, whom a study is for, and who runs it.
_NO_INTERVENTION = re.compile(
    r"[<>≥≤]|\A(?:patients|participants|subjects|volunteers)\b"
    r"|\b(?:University|Hospital|Institute|Foundation|LLC|Inc|Ltd|GmbH|Pharmaceuticals)\b\.?\Z"
)
_DATED = re.compile(r"\b(?:19|20)\d\d\Z")
_ARM_OR_TYPE = re.compile(
    r"(?:arm|group|cohort) ?[\dA-Z]{1,3}\Z|(?:active|placebo|sham) comparator\Z|experimental\Z|yes no\b", re.IGNORECASE
)
# Names, which are neither answers nor statuses.
_NAMES = frozenset(
    {"lead_sponsor", "collaborators", "organization", "conditions", "measure", "brief_title", "official_title"}
    | {"acronym", "facility", "sponsors", "brief_summary", "detailed_description"}
)
_SHORT = frozenset(
    {"lead_sponsor", "collaborators", "organization", "conditions", "keywords", "acronym", "org_study_id"}
)


def is_role(text: str) -> bool:
    """Whether a text says what someone is in a study: `Principal Investigator`."""
    return _ROLE.match(text) is not None


def is_no_term(text: str) -> bool:
    """Whether a text below a label of terms is the rest of that label, or a sentence to those who would take part."""
    label, dash, _ = text.partition(" - ")
    return bool(_REST_OF_A_LABEL.match(text) or _TELLS_WHOM.match(text) or (dash and find_word(label)))


def is_typed(field: str) -> bool:
    """Whether a field has a check of its own, which reports what does not pass it."""
    return (field in ENUMS and field != "phases") or FORM_OF.get(field) in ("DATE", "YES_NO")


def vouches(field: str, text: str) -> bool:
    """Whether a text is a value of a field: by the check of a typed field, or as `may_hold` has it."""
    form = FORM_OF.get(field)
    if field in ENUMS and field != "phases":
        return read_code(field, text) is not None
    if form == "DATE":
        return read_date(text).date is not None
    if form == "YES_NO":
        return read_yes_or_no(text) is not None
    if form in ("CODE", "COUNT", "AGE") or field in _OTHERWISE:
        # Checked where it is read: a part of it may be the value.
        return True
    return may_hold(field, text)


def _may_be_intervention(text: str) -> bool:
    """Whether a text may be the name of an intervention: no answer, id, date, sentence, and no list of names."""
    if (
        key(text) in _ANSWERS | _WORDS_OF_STATUS
        or text.endswith((".", ":", "?"))
        or len(text.split()) > _MOST_WORDS_OF_A_NAME
    ):
        return False
    if next(find_ids(text), None) or read_date(text).date or _DATED.search(text) or _ADDRESS.search(text):
        return False
    if _PHRASE.match(text) or _NO_INTERVENTION.search(text):
        return False
    return text.count(", ") < _MOST_COMMAS and not _ARM_OR_TYPE.match(text)


def may_hold(field: str, text: str) -> bool:
    """Whether a free-text field of a record may hold a text."""
    folded = " ".join(text.split())
    name = key(folded)
    if not folded or _ROW_CODE.match(folded) or (field in _NAMES and name in _ANSWERS | _CODES):
        return False
    if field in _NAMES and _SEXES.match(folded):
        return False
    if folded.endswith("(s)") and field in _TERMS | {"interventions", "measure"}:
        # A label, in any wording.
        return False
    if field == "conditions" and HEALTH.match(folded):
        return True
    if says_something(folded) and not (field == "keywords" and folded.islower() and ":" not in folded):
        return False
    if is_site_line(folded) or len(folded) > _LONGEST.get(field, len(folded)):
        return False
    if field == "measure" and len(folded) < _LEAST_OF_A_MEASURE:
        return False
    if field in _NAMES | _SHORT and field != "org_study_id" and sum(map(str.isalpha, folded)) < _LEAST_LETTERS:
        return False
    if field == "secondary_ids":
        return _IDS.match(folded) is not None
    if field == "conditions" and GLUED.search(folded):
        return False
    if field in _TERMS and (folded.endswith(":") or _GOES_ON.search(folded) or is_no_term(folded)):
        return False
    if field in _TERMS and (_LABELLED.match(folded) or _HEADING.match(folded) or _LABEL_WITHIN.search(folded)):
        return False
    if field in ("brief_summary", "detailed_description") and _LABEL_BEFORE.match(folded):
        return False
    if field == "interventions":
        return _may_be_intervention(folded)
    if field == "references":
        return _CITES.search(folded) is not None and len(folded) >= _LEAST_OF_A_CITATION
    if field == "countries":
        return country_code(folded) is not None
    if field == "organization" and _REGISTRY.match(folded):
        return False
    if field in _ORGANISATIONS and (
        _ROLE.match(folded)
        or _IN_SMALL_LETTERS.match(folded)
        or _LABEL_BEFORE.match(folded)
        or _WITH_ANOTHER.search(folded)
        or "@" in folded
    ):
        return False
    if field == "org_study_id" and (
        folded.endswith(":") or _LABEL_OF_AN_ID.match(folded) or len(folded.split()) > _MOST_WORDS_OF_AN_ID
    ):
        return False
    if field in _SHORT:
        if field != "org_study_id" and (_ADDRESS.search(folded) or id_alone(folded, Span(0, len(folded)))):
            return False
        return not (
            _SENTENCE_END.search(folded)
            and not _COMPANY.search(folded)
            and len(folded.split()) > _MOST_WORDS_OF_A_SENTENCE
        )
    return True
