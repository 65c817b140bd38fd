"""References as CSL-JSON: the names, dates and ids that reference managers expect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from parser import parse
from parser.csl import csl_items
from parser.model.normalized import Author, NormalizedReference
from tests.pages import page, section


def ids(*references: NormalizedReference) -> list[Any]:
    return [item["id"] for item in csl_items(references)]


def test_an_article_with_all_its_parts() -> None:
    article = NormalizedReference(
        authors=(
            Author(family="Farge", given="D"),
            Author(family="Quesenberry", given="CP", suffix="Jr"),
            Author(family="ABC Study Group"),
        ),
        title="Allogeneic cells",
        journal="Lancet Rheumatol",
        year=2025,
        volume="7",
        issue="4",
        pages="e261-e273",
        doi="10.1016/S2665-9913(24)00298-4",
        pmid="39706212",
        epub_date="2024-12-17",
    )
    assert csl_items([article]) == [
        {
            "id": "39706212",
            "type": "article-journal",
            "author": [
                {"family": "Farge", "given": "D"},
                {"family": "Quesenberry", "given": "CP", "suffix": "Jr"},
                {"literal": "ABC Study Group"},
            ],
            "title": "Allogeneic cells",
            "container-title": "Lancet Rheumatol",
            "volume": "7",
            "issue": "4",
            "page": "e261-e273",
            "DOI": "10.1016/S2665-9913(24)00298-4",
            "PMID": "39706212",
            "issued": {"date-parts": [[2025]]},
            "available-date": {"date-parts": [[2024, 12, 17]]},
        }
    ]


def test_what_is_absent_has_no_key() -> None:
    assert csl_items([NormalizedReference()]) == [{"id": "ref-1", "type": "document"}]
    assert csl_items([NormalizedReference(authors=(Author(),))]) == [{"id": "ref-1", "type": "document"}]


def test_the_id_is_the_pubmed_identifier_then_the_doi_then_the_place() -> None:
    both, doi = NormalizedReference(pmid="1", doi="10.1000/1"), NormalizedReference(doi="10.1000/1")
    assert ids(both, doi, NormalizedReference()) == ["1", "10.1000/1", "ref-3"]


def test_no_id_is_given_twice() -> None:
    assert ids(*[NormalizedReference(pmid="1")] * 3) == ["1", "1-2", "1-3"]


def test_a_document_gives_the_references_of_its_page(sample: Path) -> None:
    (item,) = parse(sample.read_bytes()).references_csl()
    assert item["type"] == "article-journal"
    assert item["DOI"] == "10.1016/S2665-9913(24)00298-4"
    assert item["PMID"] == "39706212"
    assert (item["container-title"], item["volume"], item["issue"], item["page"]) == (
        "Lancet Rheumatol",
        "7",
        "4",
        "e261-e273",
    )
    assert item["issued"]["date-parts"][0][0] == 2025
    assert len(item["author"]) == 19
    assert item["author"][0] == {"family": "Farge", "given": "D"}


def test_a_page_without_references_gives_none() -> None:
    assert parse(page(section("Brief Summary", "A trial."), section("Conditions", "Flu"))).references_csl() == []
