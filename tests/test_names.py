"""Names and degrees, as contacts of real records have them."""

from __future__ import annotations

import pytest

from parser.values.name import split_degrees

NAMES = [
    ("Dominique Farge, MD PhD", "Dominique Farge", "MD PhD"),
    ("Seth W Holwerda, Ph,D", "Seth W Holwerda", "Ph,D"),
    ("dominique farge, MD PHD", "dominique farge", "MD PHD"),
    ("Prof. Dr. med. Hans Müller", "Hans Müller", "Prof. Dr. med."),
    ("James N. Weinstein, DO, MS", "James N. Weinstein", "DO MS"),
    ("Ann Lee, Site 007-123", "Ann Lee", None),
    ("Clinical Trials Information Center", "Clinical Trials Information Center", None),
    ("Angela Hirbe, M.D., Ph.D.", "Angela Hirbe", "M.D. Ph.D."),
    ("Robert C. Smith MD", "Robert C. Smith", "MD"),
    ("Dr Archya Dasgupta", "Archya Dasgupta", "Dr"),
    ("PhD. Li Wei", "Li Wei", "PhD."),
    ("Sunny K. Philip, Jr., Site 007-582", "Sunny K. Philip, Jr.", None),
    ("Kenneth A Weber II, DC, PhD", "Kenneth A Weber II", "DC PhD"),
    ("Troy Guthrie III, MD", "Troy Guthrie III", "MD"),
    ("Antonio MD Casado", "Antonio Casado", "MD"),
    ("Viraj Vijay Dr Borgaonkar", "Viraj Vijay Borgaonkar", "Dr"),
    ("Dr.Ashwin L Desouza, MBBS MS", "Ashwin L Desouza", "Dr. MBBS MS"),
    ("Yogesh Anap, MBBS,MD,DNB", "Yogesh Anap", "MBBS MD DNB"),
    ("Cheng Qian, MD，PhD", "Cheng Qian", "MD PhD"),
    ("Tomasz Klupa, Prof. dr hab. n. med.", "Tomasz Klupa", "Prof. dr hab. n. med."),
    ("Martina Broglie Däppen, PD Dr. med.", "Martina Broglie Däppen", "PD Dr. med."),
    ("Assoc. Prof. Hasan Ali Barman", "Hasan Ali Barman", "Assoc. Prof."),
    ("Rima Pathak, MD (Radiotherapy)", "Rima Pathak", "MD (Radiotherapy)"),
    ("Hanlon Sia, MBBS(Adelaide), FRACP, FRCPA", "Hanlon Sia", "MBBS(Adelaide) FRACP FRCPA"),
    ("Timiya S. Nolan, PhD, ANP-BC, FAAN", "Timiya S. Nolan", "PhD ANP-BC FAAN"),
    ("Virginie Corand, Medical Doctor", "Virginie Corand", "Medical Doctor"),
    ("Noela Gori, Study Coordinator", "Noela Gori", None),
    ("Stan Mathis, PI", "Stan Mathis", None),
    ("Sahithya Sriman,, MBBS, MD", "Sahithya Sriman", "MBBS MD"),
    ("Kathy Chan, Ph. D.", "Kathy Chan", "Ph. D."),
    ("Jing Pan, MD/PhD", "Jing Pan", "MD/PhD"),
    ("Bridgette Smith CCRC", "Bridgette Smith", "CCRC"),
    ("Nkechi I. Mba", "Nkechi I. Mba", None),
    ("JIN MA", "JIN MA", None),
    ("Md Abdul Karim", "Md Abdul Karim", None),
    ("Roy St. John", "Roy St. John", None),
    ("Site Hattori, Y.", "Site Hattori, Y.", None),
    ("Kailera Therapeutics, Inc.", "Kailera Therapeutics, Inc.", None),
    ("Avidity Biosciences, Inc. Patient Advocacy", "Avidity Biosciences, Inc. Patient Advocacy", None),
    ("First line of the email MUST contain the NCT# and Site #.",) * 2 + (None,),
    ("John Smith, III, MD", "John Smith, III", "MD"),
    ("A/Prof John Smith", "John Smith", "A/Prof"),
    ("Dott.ssa Maria Rossi", "Maria Rossi", "Dott.ssa"),
    ("Dra. Maria Lopez", "Maria Lopez", "Dra."),
    ("Mrs. Jane Doe, RN", "Jane Doe", "Mrs. RN"),
    ("Ms Jane Doe", "Jane Doe", "Ms"),
    ("MD", "MD", None),
    ("", "", None),
]


@pytest.mark.parametrize(("text", "name", "degrees"), NAMES, ids=[case[0] for case in NAMES])
def test_names_without_their_degrees(text: str, name: str, degrees: str | None) -> None:
    read = split_degrees(text)
    assert (read.name, read.degrees) == (name, degrees)


@pytest.mark.parametrize("text", [case[0] for case in NAMES if case[0]])
def test_a_name_is_where_it_says(text: str) -> None:
    read = split_degrees(text)
    printed = text[read.name_start : read.name_end].split()
    assert [word for word in printed if word not in ("MD", "Dr")] == read.name.split() or read.name == text


@pytest.mark.parametrize("text", [",", " , ;", "Dr.", "Prof. Dr. med.", "(", "\ud800, MD", "a" * 5000 + ", MD" * 5000])
def test_odd_text_is_read_without_complaint(text: str) -> None:
    read = split_degrees(text)
    assert 0 <= read.name_start <= read.name_end <= len(text)


def test_points_tell_a_degree_from_a_family() -> None:
    assert split_degrees("Jun Li M.A.").degrees == "M.A."
    assert split_degrees("Jun Li MA").degrees is None


def test_a_degree_may_are_before_the_name() -> None:
    assert split_degrees("MD, John Smith")[::3] == ("John Smith", "MD")


@pytest.mark.parametrize(
    ("printed", "name", "degrees"),
    [
        ("Associate Prof. Jane Doe", "Jane Doe", "Associate Prof."),
        ("Ing. Jane Doe", "Jane Doe", "Ing."),
        ("Ing Lim", "Ing Lim", None),
        ("Full Moon Li", "Full Moon Li", None),
    ],
)
def test_a_rank_is_a_title_before_a_title_or_with_a_point(printed: str, name: str, degrees: str | None) -> None:
    assert split_degrees(printed)[::3] == (name, degrees)
