"""Phones as people type them into the registry, and the numbers that can be dialled."""

from __future__ import annotations

import pytest

from parser.values.phone import read_phones, split_extension
from tests.conftest import needs_records
from tests.evaluation.measure_people import countries, phones, places
from tests.evaluation.records import load_records

# Text, the regions in order, and the numbers: E.164, extension after an x, `?` where the country was guessed.
PHONES = [
    ("142499768 ext. +33", "FR", "+33142499768"),
    ("0320445962 ext. +33", "FR", "+33320445962"),
    ("3.20.44.42.73 ext. +33", "FR", "+33320444273"),
    ("0491381594 Ext. 33", "FR", "+33491381594"),
    ("089 / 4140 9715 ext. +49", "DE", "+498941409715"),
    ("25488355 ext. 0045", "DK", "+4525488355"),
    ("15808432375 ext. ＋86", "CN", "+8615808432375"),
    ("+ 33 142499768", "", "+33142499768"),
    ("0033-4-76-76-54-52", "FR", "+33476765452"),
    ("00 33 1 56 09 34 74", "", "+33156093474"),
    ("011 44 20 8990 4466", "US", "+442089904466"),
    ("33142499768", "FR", "+33142499768"),
    ("+44 (0) 20 8990 4466", "", "+442089904466"),
    ("+39 (0) 81 5903 1816", "", "+3908159031816"),
    ("(+34) 913368263", "", "+34913368263"),
    ("(+)1-888-84 22937", "IN", "+18888422937"),
    ("（+86）0311-85988973", "CN", "+8631185988973"),
    ("+45 +4597663656", "DK", "+4597663656"),
    ("82+31-881-7699", "KR", "+82318817699"),
    ("0905337483275", "TR", "+905337483275"),
    ("(615) 322-0000", "US", "+16153220000"),
    ("(615) 322-0000", "FR US", "+16153220000"),
    ("(615) 322-0000", "FR", "+16153220000?"),
    ("519.931.5777 ext. 24118", "", "+15199315777x24118?"),
    ("14126474537", "US", "+14126474537"),
    ("(0) 20 7905 2000 ext. 2863", "GB", "+442079052000x2863"),
    ("7026363000x4225", "US", "+17026363000x4225"),
    ("319-338-0581 ext. x635200", "US", "+13193380581x635200"),
    ("800-633-1610 ext. option 6", "US", "+18006331610x6"),
    ("416-813-7654 ext. 201438", "CA", "+14168137654x201438"),
    ("0423592525EXT3176", "TW", "+886423592525x3176"),
    ("+34 872 987087 extension 323", "ES", "+34872987087x323"),
    ("01 42 49 97 68 poste 12", "FR", "+33142499768x12"),
    ("+86-10-8888-9999 转 123", "CN", "+861088889999x123"),
    ("7222766820 (ext 1071065)", "MX", "+527222766820x1071065"),
    ("+576023319090 - 4022", "CO", "+576023319090x4022"),
    ("91-22-24177000 ext. 6861/6017", "IN", "+912224177000x6861/6017"),
    ("8864235925253218", "TW", "None"),
    ("+1-877-CTLILLY", "", "+18772854559"),
    ("1-877-CTLILLY (1-877-285-4559)", "", "+18772854559?"),
    ("1-877-CTLILLY (1-877-285-4559) or 1-317-615-4559", "US", "+18772854559; +13176154559"),
    ("1-866-44-ISLET(1-866-444-7538)", "US", "+18664447538"),
    ("01579 382666 or 01822 832641", "GB", "+441579382666; +441822832641"),
    ("+862552887091 ext. +8618951670116", "CN", "+862552887091; +8618951670116"),
    ("+33 1 42 49 97 68 / +33 1 42 49 97 69", "", "+33142499768; +33142499769"),
    ("615-322-0000, 615-322-0001; 615-322-0002", "US", "+16153220000; +16153220001; +16153220002"),
    ("+35928510866+3592851", "BG", "+35928510866"),
    ("888-662-6728 (U.S. and Canada)", "US", "+18886626728"),
    ("+372 731 96 05 (14:00-15:00)", "EE", "+3727319605"),
    ("QMH- +852 2255 3838", "HK", "+85222553838"),
    ("52 1 777 1346708", "MX", "+527771346708"),
    ("+6643366568-9", "TH", "+6643366568"),
    ("1-884-432-3892", "US CN", "None"),
    ("jane.doe2023@x.org 615-322-0000", "US", "+16153220000"),
    ("615-322-0000, jane2@x.org", "US", "+16153220000"),
    ("jane2023@x.org", "US", "None"),
    ("24/7: 615-322-0000", "US", "+16153220000"),
    ("24-hour line 1-800-555-1234", "US", "+18005551234"),
    ("1-800-CALL-NOW ext 5", "US", "+18002255669x5"),
    ("615-322-0000;ext=45", "US", "+16153220000x45"),
    ("142499768 ext. +033", "FR", "+33142499768"),
    ("142499768 ext. +33(0)", "FR", "+33142499768"),
    ("1-877-CTLILLY (1-877-285-4559) or", "US", "+18772854559"),
    ("+1 (615) 322-0000 x1234", "US", "+16153220000x1234"),
    ("(02) 2123-4567 ext. 5", "TW", "+886221234567x5"),
    ("24177000 ext. 7027", "IN", "Nonex7027"),
    ("+1 512-289-5370", "AU", "+15122895370"),
    ("1-833-445-3230 (GILEAD-0)", "KR US", "+18334453230"),
    ("319-338-0581", "IN US", "+13193380581"),
    ("49 6221 3968304", "DE", "+4962213968304"),
    ("+504051512", "PL", "+48504051512"),
    ("15808432375 ext. 86", "CN", "+8615808432375"),
    ("86-2087343154 ext. 86-2087343154", "CN", "+862087343154"),
    ("02224177018 ext. 7718982948", "IN", "+912224177018; +917718982948"),
    ("886-4-7238595-3933", "TW", "+88647238595x3933"),
    ("5551234 ext. 567", "US", "Nonex567"),
    ("06-xxxxxxxx", "NL", "None"),
    ("(0)", "US", "None"),
    ("E-mail only", "JP", "None"),
    ("000-000-0000", "US", "None"),
    ("", "US", ""),
]


@pytest.mark.parametrize(("text", "regions", "expected"), PHONES, ids=[f"{case[0]} {case[1]}" for case in PHONES])
def test_phones(text: str, regions: str, expected: str) -> None:
    read = read_phones(text, regions.split())
    shown = [f"{one.e164}{'x' + one.extension if one.extension else ''}{'?' * one.guessed}" for one in read]
    assert "; ".join(shown) == expected
    for one in read:
        assert 0 <= one.start < one.end <= len(text)


def test_a_number_is_where_it_says() -> None:
    text = "Tel: 01579 382666 or 01822 832641 ext. 5, please"
    assert [text[one.start : one.end] for one in read_phones(text, ["GB"])] == ["01579 382666", "01822 832641 ext. 5"]


def test_a_number_of_several_regions_is_a_guess() -> None:
    (phone,) = read_phones("0711 685 000", ["DE", "CH"])
    assert phone.guessed
    assert phone.e164 == "+49711685000"


@pytest.mark.parametrize(
    "text",
    ["(" * 5000, "+" * 5000, "1" * 5000, "1-" * 5000, "ext" * 3000, "\ud8001", "٣" * 9, "800-" * 2000, "a" * 9000],
)
def test_odd_text_is_read_without_complaint(text: str) -> None:
    for one in read_phones(text, ["US", "FR", "ZZ"]):
        assert 0 <= one.start <= one.end <= len(text)


def test_the_registry_keeps_number_and_extension_apart() -> None:
    assert split_extension("142499768 ext. +33") == ("142499768", "+33")
    assert split_extension("7026363000x4225") == ("7026363000x4225", None)


@needs_records
def test_people_and_places_of_real_records() -> None:
    studies = list(load_records())[::10]
    for measure, least in ((countries, 0.999), (places, 0.999), (phones, 0.97)):
        result = measure(studies)
        assert result.share >= least, f"{result}: {result.wrong[:20]}"


@pytest.mark.parametrize(
    ("printed", "number"),
    [("1-800-555-1NOW", "+18005551669"), ("1-800-NOW-5555", "+18006695555"), ("1-800-555-12AB", None)],
)
def test_a_free_number_is_spelled_with_three_letters_or_more(printed: str, number: str | None) -> None:
    assert [phone.e164 for phone in read_phones(printed, ["US"])] == [number]


@pytest.mark.parametrize(
    ("printed", "regions", "number"),
    [
        ("33142499768", [], "+33142499768"),
        ("33142499768", ["JP"], None),
        ("16153220000", ["JP"], "+16153220000"),
        # Singapore has numbers of ten digits with its calling code, which is too few to see one in them.
        ("6561234567", [], None),
        ("65 61234567", [], "+6561234567"),
    ],
)
def test_many_digits_may_begin_with_a_calling_code(printed: str, regions: list[str], number: str | None) -> None:
    (phone,) = read_phones(printed, regions)
    assert (phone.e164, phone.guessed) == (number, number is not None)
