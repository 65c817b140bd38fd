"""Countries and their states, as codes: ISO 3166-1 alpha-2 and ISO 3166-2.

Korea, Republic of                      KR
Turkey (Türkiye)                        TR
California                              US-CA
Stockholms LÄN [se-01]                  SE-AB

Names and codes are pycountry's (`parser.lexicon.iso`), read with the first name, and the states of a country with its
first state. What stands here are the names that the registry prints and ISO does not have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from parser.lexicon import iso

# No name is longer; what is longer is a paragraph, and is not worth the work.
_LONGEST_NAME = 120

# Names of the registry, now or in older records, by the code they stand for, in lower case.
#
# A country that came apart has no code in ISO 3166-1 any more, and neither of its successors would be right for a site.
# It keeps the code it had, as ISO 3166-3 records it: CS (Serbia and Montenegro), YU, AN and SU. A country that only
# changed its name has the code of today. Kosovo has the code that ISO leaves to users and the registry's kin use: XK.
_REGISTRY_NAMES = {
    "AN": "netherlands antilles",
    "AT": "österreich",
    "BN": "brunei",
    "BO": "bolivia",
    "BQ": "caribbean netherlands",
    "BR": "brasil",
    "BY": "byelarus",
    "CD": "congo (kinshasa)|congo (democratic republic)|congo (drc)|congo-kinshasa|dr congo|zaire"
    "|congo, democratic republic of the|democratic republic of congo|democratic republic of the congo",
    "CG": "congo-brazzaville|congo, republic of|congo, republic of the|republic of congo",
    "CI": "ivory coast",
    "CN": "p.r. china|pr china|p. r. china|mainland china|china, people's republic of|china mainland",
    "CS": "former serbia and montenegro|serbia and montenegro",
    "CV": "cape verde",
    "CZ": "czech republic",
    "DE": "deutschland",
    "ES": "españa",
    "FK": "falkland islands",
    "FM": "micronesia",
    "GB": "great britain|u.k.|uk|united kingdom of great britain and northern ireland|england|scotland|wales"
    "|northern ireland",
    "HK": "hong kong, china|hong kong sar|hong kong sar china|hong kong s.a.r. china",
    "IE": "republic of ireland|eire",
    "KP": "korea north|korea, north|korea (north)|korea, dem. people's rep. of",
    "KR": "korea|korea south|korea, south|korea, rep. of|republic of korea",
    "LA": "lao people's dem. rep.",
    "LY": "libyan arab jamahiriya",
    "MF": "saint martin|saint martin, french part",
    "MK": "macedonia|macedonia, the former yugoslav republic of|former yugoslav republic of macedonia|fyrom"
    "|republic of macedonia",
    "MM": "burma",
    "MO": "macau|macau, china|macao, china|macao sar|macau sar",
    "NL": "holland",
    "PS": "palestine|palestinian territory|palestinian territories|palestinian territory, occupied"
    "|palestinian territories, occupied|occupied palestinian territory",
    "RU": "russia",
    "SH": "saint helena|st. helena",
    "SA": "ksa|kingdom of saudi arabia",
    "SK": "slovak republic",
    "ST": "são tomé and príncipe",
    "SU": "soviet union|former ussr|former soviet union",
    "SX": "sint maarten|sint maarten, dutch part",
    "SZ": "swaziland",
    "TL": "east timor",
    "TW": "taiwan, r.o.c.|taiwan, roc|taiwan (r.o.c.)",
    "TR": "turkey|turkiye",
    "US": "u.s.|u.s.a.|usa|united states of america",
    "AE": "u.a.e.|uae",
    "VA": "vatican city state|holy see|vatican|vatican city",
    "VG": "british virgin islands|virgin islands (british)",
    "VI": "u.s. virgin islands|us virgin islands|virgin islands (u.s.)|virgin islands|united states virgin islands",
    "XK": "kosovo|republic of kosovo",
    "YU": "former yugoslavia|yugoslavia",
}

# English names, and those the registry still uses, of states that ISO 3166-2 has in their own language only.
_STATE_NAMES = {
    "AR-C": "ciudad auton buenos aires|caba|buenos aires f d",
    "AT-2": "carinthia",
    "AT-3": "lower austria",
    "AT-4": "upper austria",
    "AT-6": "styria",
    "AT-7": "tyrol",
    "AT-9": "vienna",
    "BE-BRU": "brussels|brussels capital",
    "BE-VAN": "antwerp",
    "BE-VOV": "east flanders",
    "BE-VWV": "west flanders",
    "BE-VBR": "flemish brabant",
    "CL-RM": "metropolitana|region m santiago|santiago metropolitan|reg metropolitana santiago",
    "CH-BE": "bern",
    "CH-GE": "geneva",
    "CH-LU": "lucerne",
    "CH-SG": "saint gallen",
    "CH-TI": "tessin",
    "CN-GX": "guangxi",
    "CN-NM": "inner mongolia|neimenggu",
    "CN-NX": "ningxia",
    "CN-XJ": "xinjiang",
    "CN-XZ": "tibet",
    "CO-DC": "bogota|bogota d c",
    "CZ-10": "prague",
    "DE-BE": "land berlin",
    "DE-BW": "baden wurttemberg",
    "DE-BY": "bavaria",
    "DE-HE": "hesse",
    "DE-MV": "mecklenburg western pomerania",
    "DE-NI": "lower saxony",
    "DE-NW": "north rhine westphalia",
    "DE-RP": "rhineland palatinate",
    "DE-SN": "saxony",
    "DE-ST": "saxony anhalt",
    "DE-TH": "thuringia",
    "DK-81": "north jutland|north denmark",
    "DK-82": "central jutland|central denmark",
    "DK-83": "southern denmark",
    "DK-84": "capital region|capital region of denmark|capitol region of denmark",
    "DK-85": "zealand",
    "ES-AN": "andalusia",
    "ES-CT": "catalonia|cataluna",
    "ES-IB": "balearic islands|baleares|balears",
    "ES-PV": "basque country",
    "ES-BI": "vizcaya",
    "ES-SS": "guipuzcoa",
    "ES-VC": "valenciana comunitat|comunitat valenciana",
    "GR-B": "central macedonia",
    "GR-E": "thessaly",
    "GR-F": "ionian islands",
    "GR-G": "western greece|west greece",
    "GR-I": "attica",
    "GR-M": "crete",
    "IL-D": "hadarom|southern",
    "IL-HA": "haifa|heifa",
    "IL-JM": "yerushalayim|jerusalem",
    "IL-M": "hamerkaz|central",
    "IL-TA": "tel aviv|tell abib",
    "IL-Z": "hatsafon|hazafon|northern",
    "IN-OD": "orissa",
    "IN-DL": "new delhi|national capital territory delhi",
    "IT-MI": "milan",
    "IT-RM": "rome",
    "IT-21": "piedmont",
    "IT-25": "lombardy",
    "IT-52": "tuscany",
    "IT-75": "apulia",
    "IT-82": "sicily",
    "IT-88": "sardinia",
    "KR-11": "seoul teugbyeolsi",
    "KR-26": "pusan|pusan kwangyokshi|busan gwang yeogsi",
    "KR-27": "taegu|taegu kwangyokshi|daegu gwang yeogsi",
    "KR-28": "incheon gwang yeogsi|inch on",
    "KR-41": "gyeonggido|kyonggi do|kyonggi|gyounggido",
    "KR-46": "jeonranamdo",
    "KR-48": "kyongsangnam do",
    "MX-CMX": "distrito federal|mexico city|mexico city federal district|dif|d f|cdmx",
    "MY-07": "penang",
    "MY-14": "kuala lumpur",
    "NL-NH": "north holland",
    "NL-ZH": "south holland",
    "NL-NB": "north brabant",
    "PL-12": "lesser poland",
    "PL-14": "mazovian|masovian",
    "PL-24": "silesian|silesia",
    "PL-30": "greater poland",
    "PT-11": "lisbon",
    "RO-B": "bucharest",
    "SE-M": "scania",
    "TH-10": "bangkok",
    "US-DC": "d c|washington d c",
    "VN-HN": "hanoi",
    "ZA-KZN": "kwazulu natal",
}

# What the letters of these alphabets are written as where accents are dropped; Unicode does not take them apart.
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"}
    | dict.fromkeys("'’‘`´ʼʻ", " ")
)
_NO_WORD = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"\s*[\[(]([^\[\]()]*)[\])]")

# Words for a kind of state, and those between it and the name, which registries put, drop and translate freely.
_KIND_WORDS = """
    province provincia provence state estado region regione regiao county comitatus district distrito governorate oblast
    kraj kray lan laani canton kanton prefecture ken municipality metropolitan autonomous autonoma community comunidad
    comunitat principado voivodeship wojewodztwo land city ciudad capital zupanija apskritis miestas mesto maakond maa
    judet jud departamento department departement territory territoire fed federal wilayah persekutuan do si sheng shi
    zizhiqu gwangyeoksi teukbyeolsi teukbyeoljachido hlavni grad republic of the de del du des la le el los las
"""
_KINDS = frozenset(_KIND_WORDS.split())
_ADJECTIVES = {"SE": "s", "UA": "ska"}


@lru_cache(maxsize=4096)
def country_code(name: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country by the name a registry prints, or None when it is no country.

    Names in parentheses are other names of the country before them: `Turkey (Türkiye)`. A country that is no more has
    its withdrawn code: `Former Serbia and Montenegro` is CS. Codes themselves are not read: `CA` may be anything.
    """
    if len(name) > _LONGEST_NAME:
        return None
    names = _country_names()
    known = names.get(_country_key(name))
    if known or "(" not in name:
        return known
    return names.get(_country_key(_BRACKETS.sub("", name)))


@lru_cache(maxsize=4096)
def state_code(country: str, state: str) -> str | None:
    """The ISO 3166-2 code of a state, None where it is not known or could be one of several.

    `country` is an alpha-2 code. Accents, case, words such as Province or Region, and the order of `Madrid, Comunidad
    De` do not matter; a name that is right as it stands wins over one that is right without such words. The code's own
    letters are read where they are capitals, as in `Boston, MA`.
    """
    if len(state) > _LONGEST_NAME:
        return None
    states = _states(country)
    own = f"{country}-{state}"
    if own in states.codes:
        return own
    bare = _key(_BRACKETS.sub("", state))
    for level, keys in (
        (states.names, (_key(state), bare)),
        (states.variants, (_key(state), bare)),
        (states.loose, (_loose(bare),)),
    ):
        for key in keys:
            if key in level:
                return level[key]
    return None


def is_state(country: str, name: str) -> bool:
    """Whether a name can be a state's: one of ISO 3166-2, even if several have it. `country` is an alpha-2 code."""
    if len(name) > _LONGEST_NAME:
        return False
    states, key = _states(country), _key(name)
    return key in states.variants or _loose(key) in states.loose


class _States(NamedTuple):
    """The states of a country: their codes, and the code of each name, None where several states have that name.

    `names` are ISO's, `variants` other spellings of them, `loose` both without the words for kinds of states.
    """

    codes: frozenset[str]
    names: Mapping[str, str | None]
    variants: Mapping[str, str | None]
    loose: Mapping[str, str | None]


@lru_cache(maxsize=1)
def _country_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for country in iso.countries():
        for field in ("name", "official_name", "common_name"):
            name = country.get(field)
            if name:
                names.update((_country_key(spelling), country["alpha_2"]) for spelling in {name, _flip(name)})
    for code, spellings in _REGISTRY_NAMES.items():
        names.update((_country_key(name), code) for name in spellings.split("|"))
    return names


@lru_cache(maxsize=1)
def _state_names() -> Mapping[str, Sequence[tuple[str, str, str]]]:
    """Code, name and kind of every state of ISO 3166-2, by country."""
    states: dict[str, list[tuple[str, str, str]]] = {}
    for state in iso.states():
        country, _, _ = state["code"].partition("-")
        states.setdefault(country, []).append((state["code"], state["name"], state["type"]))
    return states


@cache
def _states(country: str) -> _States:
    known = _state_names().get(country, ())
    names: list[tuple[str, str]] = []
    variants: list[tuple[str, str]] = []
    for code, name, kind in known:
        names.append((_key(name), code))
        bare = _BRACKETS.sub("", name)
        others = (*_BRACKETS.findall(name), *_STATE_NAMES.get(code, "").split("|"))
        spellings = (bare, _flip(bare), f"{bare} {kind}", *others)
        variants += ((_key(spelling), code) for spelling in spellings)
    loose = [(_loose(key), code) for key, code in (*names, *variants)]
    # Without such words `Region of Denmark` would be the country.
    loose = [(key, code) for key, code in loose if country_code(key) != country]
    # The adjective that stands before the word for a county is made from the name that English prints.
    ending = _ADJECTIVES.get(country)
    if ending:
        loose += [(key.removesuffix(ending), code) for key, code in loose if key.endswith(ending)]
    return _States(frozenset(code for code, _, _ in known), _unique(names), _unique(variants), _unique(loose))


def _unique(names: Iterable[tuple[str, str]]) -> Mapping[str, str | None]:
    """The code of each name; None for a name of several."""
    found: dict[str, str | None] = {}
    for key, code in names:
        if key:
            found[key] = code if found.get(key, code) == code else None
    return found


def _flip(name: str) -> str:
    """A name that is written the other way round, as it is spoken: `Korea, Republic of` is `Republic of Korea`."""
    name, comma, before = name.partition(", ")
    return f"{before} {name}" if comma else name


def _plain(text: str) -> str:
    """A text in lower case, without accents, and with quotes as blanks."""
    if text.isascii():
        # Most names: nothing is accented, and of the letters above only quotes are in ASCII.
        return text.lower().replace("'", " ").replace("`", " ")
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(_LETTERS)


def _country_key(name: str) -> str:
    """What spellings of a country have in common. Its commas stay: without them `Guinea, Bissau` would be a country."""
    words = _NO_WORD.sub(" ", _plain(name).replace("&", " and ").replace(",", "0")).replace("0", " , ").split()
    words = ["saint" if word == "st" else word for word in words]
    if words[-2:] == [",", "the"]:
        words = words[:-2]
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _key(name: str) -> str:
    return _NO_WORD.sub(" ", _plain(name)).strip()


def _loose(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _KINDS)
