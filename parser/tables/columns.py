"""The tables of a data set: their columns, types, keys and meanings, each defined once.

Parquet files, DuckDB tables and the README's list are all made from `TABLES`; `rows_of` in parser/tables/rows.py fills
them. `record` is a running number over the data set, so that keys are unique even if an NCT id occurs twice or
is missing. Names are chosen so that no column has to be quoted in SQL; of the tables, `"references"` has to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

TYPES = ("BIGINT", "DOUBLE", "BOOLEAN", "DATE", "VARCHAR", "VARCHAR[]")
"""The SQL types that columns have. `VARCHAR[]` is a list."""


class Column(NamedTuple):
    """A column. Those of the primary key are never null."""

    name: str
    type: str
    meaning: str
    key: bool = False
    """Whether it is part of the table's primary key."""
    refers: str = ""
    """The `table.column` that it is found in, together with `record`; empty if it is not a foreign key."""


class Table(NamedTuple):
    """A table, with its columns in their order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that identify a row."""
        return tuple(column.name for column in self.columns if column.key)


_RECORD = (
    Column("record", "BIGINT", "The record: its place in the data set, from 1.", True, "studies.record"),
    Column("nct_id", "VARCHAR", "The registry's identifier; null if the page shows none."),
)
_POSITION = Column("position", "BIGINT", "Place in the record's list, from 1.", True)
_PLACE = (
    Column("start_offset", "BIGINT", "Where it begins on the page, or in an export's field, in code points."),
    Column("end_offset", "BIGINT", "Where it ends there, exclusive."),
)


def _date(name: str, meaning: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_date", "DATE", f"{meaning}; the first day of its known part."),
        Column(f"{name}_precision", "VARCHAR", f"Precision of {name}_date: year, month or day."),
        Column(f"{name}_text", "VARCHAR", f"{name}_date as in the document: yyyy, yyyy-MM or yyyy-MM-dd."),
    )


TABLES = (
    Table(
        "studies",
        "One row for each record.",
        (
            Column("record", "BIGINT", "The record: its place in the data set, from 1.", True),
            _RECORD[1],
            Column("source", "VARCHAR", "Where the page was found: file, member of an archive, line."),
            Column("sha256", "VARCHAR", "Hash of the page's text as UTF-8."),
            Column("form", "VARCHAR", "The form of the input: labelled-page, api-v2-json, ..."),
            Column("registry", "VARCHAR", "The registry whose record it is."),
            Column("registry_id", "VARCHAR", "The record's main identifier there."),
            Column("title", "VARCHAR", "The title of the page."),
            Column("status", "VARCHAR", "Recruitment status: RECRUITING, COMPLETED, ..."),
            Column("study_type", "VARCHAR", "INTERVENTIONAL, OBSERVATIONAL or EXPANDED_ACCESS."),
            Column("phases", "VARCHAR[]", "NA, EARLY_PHASE1, PHASE1, PHASE2, PHASE3, PHASE4."),
            Column("enrollment", "BIGINT", "Number of participants, planned or enrolled."),
            *_date("start", "When the study started or is to start"),
            *_date("completion", "When the last participant was or will be seen"),
            *_date("last_update", "When the record's last change was posted"),
            Column("sex", "VARCHAR", "ALL, FEMALE or MALE."),
            Column("healthy_volunteers", "BOOLEAN", "Whether healthy volunteers are accepted."),
            Column("minimum_age_years", "DOUBLE", "The lower age limit, in years of 365.25 days."),
            Column("minimum_age_text", "VARCHAR", "The lower limit of age as printed."),
            Column("maximum_age_years", "DOUBLE", "The upper age limit, in years of 365.25 days."),
            Column("maximum_age_text", "VARCHAR", "The upper limit of age as printed."),
            Column("std_ages", "VARCHAR[]", "CHILD, ADULT, OLDER_ADULT."),
            Column("allocation", "VARCHAR", "RANDOMIZED, NON_RANDOMIZED or NA."),
            Column("intervention_model", "VARCHAR", "SINGLE_GROUP, PARALLEL, CROSSOVER, ..."),
            Column("observational_model", "VARCHAR", "COHORT, CASE_CONTROL, CASE_ONLY, ..."),
            Column("time_perspective", "VARCHAR", "PROSPECTIVE, RETROSPECTIVE, CROSS_SECTIONAL or OTHER."),
            Column("primary_purpose", "VARCHAR", "TREATMENT, PREVENTION, DIAGNOSTIC, ..."),
            Column("masking", "VARCHAR", "NONE, SINGLE, DOUBLE, TRIPLE or QUADRUPLE."),
            Column("who_masked", "VARCHAR[]", "PARTICIPANT, CARE_PROVIDER, INVESTIGATOR, OUTCOMES_ASSESSOR."),
            Column("lead_sponsor", "VARCHAR", "The lead sponsor."),
            Column("lead_sponsor_class", "VARCHAR", "Its class: INDUSTRY, NIH, FED, OTHER, ..."),
            Column("collaborators", "VARCHAR[]", "Further organisations that support the study."),
            Column("responsible_party", "VARCHAR", "SPONSOR, PRINCIPAL_INVESTIGATOR or SPONSOR_INVESTIGATOR."),
            Column("investigator", "VARCHAR", "The responsible investigator's name."),
            Column("investigator_title", "VARCHAR", "The responsible investigator's title."),
            Column("investigator_affiliation", "VARCHAR", "The responsible investigator's organisation."),
            Column("org_study_id", "VARCHAR", "The sponsor's own identifier of the study."),
            Column("secondary_ids", "VARCHAR[]", "Further identifiers."),
            Column("has_results", "BOOLEAN", "Whether the registry has results of the study."),
            Column("brief_summary", "VARCHAR", "The short description, markup kept."),
            Column("detailed_description", "VARCHAR", "The long description, markup kept."),
            Column("eligibility_criteria", "VARCHAR", "The criteria's text, markup kept."),
            Column("unparsed", "VARCHAR[]", "Text that belongs to no field, in the page's order."),
        ),
    ),
    Table(
        "criteria",
        "One row for each node of the tree of eligibility criteria.",
        (
            *_RECORD,
            Column("criterion_id", "VARCHAR", "I, E or U, and the place at each level: I4.2.6.", True),
            Column("parent_id", "VARCHAR", "The node above; null at the top.", refers="criteria.criterion_id"),
            Column("path", "VARCHAR[]", "The ids from the top down to this one."),
            Column("depth", "BIGINT", "1 at the top."),
            Column("position", "BIGINT", "Place in the record, all levels counted, from 1."),
            Column("category", "VARCHAR", "INCLUSION, EXCLUSION or UNKNOWN."),
            Column("kind", "VARCHAR", "criterion; heading, a title over a group; note, prose that is not a criterion."),
            Column("marker", "VARCHAR", "The list marker as printed."),
            Column("text", "VARCHAR", "The node's own text, without marker and sub-criteria."),
            *_PLACE,
        ),
    ),
    Table(
        "quantities",
        "One row for each quantity of a criterion, an arm or an intervention.",
        (
            *_RECORD,
            _POSITION,
            Column("role", "VARCHAR", "criterion; dose or time, of an arm or an intervention."),
            Column("criterion_id", "VARCHAR", "Where the criterion has it.", refers="criteria.criterion_id"),
            Column("arm_position", "BIGINT", "Where an arm has it.", refers="arms.position"),
            Column("intervention_position", "BIGINT", "Where an intervention has it.", refers="interventions.position"),
            Column("kind", "VARCHAR", "quantity; time, a length or window of time; frequency, times per period."),
            Column("text", "VARCHAR", "As printed."),
            Column("subject", "VARCHAR", "The words for what is measured."),
            Column("low", "DOUBLE", "The lower bound, in ucum; null if open."),
            Column("low_inclusive", "BOOLEAN", "Whether the lower bound itself is in."),
            Column("high", "DOUBLE", "The upper bound, in ucum; null if open."),
            Column("high_inclusive", "BOOLEAN", "Whether the upper bound itself is in."),
            Column("unit", "VARCHAR", "The unit as written."),
            Column("ucum", "VARCHAR", "The unit in UCUM, 1 if dimensionless; null if it is not known."),
            Column("canonical_low", "DOUBLE", "The lower bound in canonical_ucum."),
            Column("canonical_high", "DOUBLE", "The upper bound in canonical_ucum."),
            Column("canonical_ucum", "VARCHAR", "The unit to compare by: /L for /uL, g/L for mg/dL, s for d."),
            Column("coefficient", "DOUBLE", "If a power of ten was printed: the factor before it."),
            Column("exponent", "BIGINT", "If a power of ten was printed: its exponent."),
            Column("window_relation", "VARCHAR", "before, after, within, for, every, until or since."),
            Column("window_anchor", "VARCHAR", "The event of the time window, as printed."),
            Column("repair_reason", "VARCHAR", "Why the number was not taken as literally printed; null if it was."),
            Column("path", "VARCHAR", "For exports: JSON Pointer of the field; null for the criteria."),
            *_PLACE,
        ),
    ),
    Table(
        "conditions",
        "One row for each condition and each keyword.",
        (
            *_RECORD,
            Column("kind", "VARCHAR", "condition or keyword.", True),
            Column("position", "BIGINT", "Place in the record's list of this kind, from 1.", True),
            Column("name", "VARCHAR", "The condition or the keyword."),
        ),
    ),
    Table(
        "interventions",
        "One row for each intervention.",
        (
            *_RECORD,
            _POSITION,
            Column("type", "VARCHAR", "DRUG, DEVICE, BIOLOGICAL, PROCEDURE, ..."),
            Column("name", "VARCHAR", "The intervention's name."),
            Column("description", "VARCHAR", "What it is, markup kept."),
            Column("routes", "VARCHAR[]", "Routes of administration: INTRAVENOUS, ORAL, ..."),
            Column("arm_labels", "VARCHAR[]", "The labels of the arms that receive it."),
        ),
    ),
    Table(
        "arms",
        "One row for each arm group.",
        (
            *_RECORD,
            _POSITION,
            Column("label", "VARCHAR", "The arm group's name."),
            Column("type", "VARCHAR", "EXPERIMENTAL, ACTIVE_COMPARATOR, PLACEBO_COMPARATOR, ..."),
            Column("description", "VARCHAR", "What happens in the arm, markup kept."),
            Column("routes", "VARCHAR[]", "Routes of administration: INTRAVENOUS, ORAL, ..."),
            Column("intervention_names", "VARCHAR[]", "Its interventions with their type: Drug: Placebo."),
        ),
    ),
    Table(
        "locations",
        "One row for each site.",
        (
            *_RECORD,
            _POSITION,
            Column("facility", "VARCHAR", "The site's name."),
            Column("status", "VARCHAR", "The site's recruitment status."),
            Column("city", "VARCHAR", "City."),
            Column("state", "VARCHAR", "State, province or region, as printed."),
            Column("state_code", "VARCHAR", "ISO 3166-2, if the state is a subdivision there."),
            Column("country", "VARCHAR", "Country, as printed."),
            Column("country_code", "VARCHAR", "ISO 3166-1 alpha-2."),
        ),
    ),
    Table(
        "contacts",
        "One row for each contact of the study or of a site.",
        (
            *_RECORD,
            Column("kind", "VARCHAR", "central or facility.", True),
            Column("position", "BIGINT", "Place in the record's list of this kind, from 1.", True),
            Column(
                "location_position",
                "BIGINT",
                "For a facility's contact: the site, if the page says which.",
                refers="locations.position",
            ),
            Column("name", "VARCHAR", "The name without titles and degrees."),
            Column("printed_name", "VARCHAR", "The name as printed."),
            Column("degrees", "VARCHAR", "Titles and degrees, as printed."),
            Column("role", "VARCHAR", "primary or backup at a facility; else CONTACT, PRINCIPAL_INVESTIGATOR, ..."),
            Column("phone", "VARCHAR", "E.164; null if no number is valid."),
            Column("phone_ext", "VARCHAR", "The extension of that number."),
            Column("other_phones", "VARCHAR[]", "Further numbers of the same field, E.164."),
            Column("printed_phone", "VARCHAR", "The phone field as printed."),
            Column("email", "VARCHAR", "E-mail address."),
        ),
    ),
    Table(
        "references",
        "One row for each publication.",
        (
            *_RECORD,
            _POSITION,
            Column("type", "VARCHAR", "BACKGROUND, RESULT or DERIVED."),
            Column("pmid", "VARCHAR", "PubMed identifier."),
            Column("doi", "VARCHAR", "Digital object identifier."),
            Column("authors", "VARCHAR[]", "Family and given names, in the order of the citation."),
            Column("title", "VARCHAR", "Title of the publication."),
            Column("journal", "VARCHAR", "Journal, as the citation abbreviates it."),
            Column("year", "BIGINT", "Year of publication."),
            Column("volume", "VARCHAR", "Volume."),
            Column("issue", "VARCHAR", "Issue or supplement."),
            Column("pages", "VARCHAR", "Pages, as printed."),
            Column("epub_date", "VARCHAR", "Electronic publication: yyyy, yyyy-MM or yyyy-MM-dd."),
            Column("citation", "VARCHAR", "The citation as printed."),
        ),
    ),
    Table(
        "problems",
        "One row for each problem of a page.",
        (
            *_RECORD,
            _POSITION,
            Column("code", "VARCHAR", "What was odd."),
            Column("severity", "VARCHAR", "info, warning or error."),
            Column("message", "VARCHAR", "What was odd, in words."),
            Column("path", "VARCHAR", "JSON Pointer of the field it is about, if there is one."),
            *_PLACE,
            Column("line_number", "BIGINT", "Line of start_offset, from 1."),
            Column("column_number", "BIGINT", "Column of start_offset in code points, from 1."),
        ),
    ),
)
"""Every table, `studies` first."""


def markdown() -> Iterator[str]:
    """The lines of a Markdown table of all tables, for the README. Columns without a type there are VARCHAR."""
    yield "| table | one row for each | key | further columns |"
    yield "| --- | --- | --- | --- |"
    for table in TABLES:
        rest = (column for column in table.columns if not column.key)
        key = ", ".join(f"`{name}`" for name in table.key)
        named = (f"`{column.name}`" + (f" {column.type}" if column.type != "VARCHAR" else "") for column in rest)
        each = table.meaning.removeprefix("One row for each ").removesuffix(".")
        yield f"| `{table.name}` | {each} | {key} | {', '.join(named)} |"
