"""Countries and their states, as codes: ISO 3166-1 alpha-2 and ISO 3166-2.

Korea, Republic of                      KR
Turkey (Türkiye)                        TR
California                              US-CA
Stockholms LÄN [se-01]                  SE-AB

Names and codes are pycountry's, which is imported on first use because it loads slowly. This file has the names that
registries print and ISO does not have, and the ways to write a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache

# The longest name; longer text is a paragraph.
_LONGEST_NAME = 120

# Names that pycountry does not know: the registry's, now or in older records, by the code they stand for.
#
# A dissolved country no longer has a code in ISO 3166-1, and neither of its successors would be right for a site.
# It keeps the code it had, as ISO 3166-3 records it: CS (Serbia and Montenegro), YU, AN and SU. A country that only
# changed its name has the code of today. Kosovo has XK, a user-assigned code of ISO that other registries use, too.
_REGISTRY_NAMES = {
    "AE": "uae",
    "AN": "netherlands antilles",
    "AT": "österreich",
    "BA": "bosnia|bosnia-herzegovina",
    "BN": "brunei",
    "BQ": "caribbean netherlands",
    "BR": "brasil",
    "BY": "byelarus",
    "CD": "congo (drc)|congo-kinshasa|dr congo|zaire",
    "CG": "congo-brazzaville",
    "CI": "ivory coast",
    "CN": "pr china|mainland china|china mainland",
    "CS": "former serbia and montenegro|serbia and montenegro",
    "CV": "cape verde",
    "DE": "deutschland",
    "ES": "españa",
    "FK": "falkland islands",
    "FM": "micronesia",
    "GB": "great britain|uk|england|scotland|wales|northern ireland",
    "HK": "hong kong, china|hong kong sar|hong kong sar china",
    "IE": "republic of ireland|eire",
    "KP": "korea north|dpr korea|dprk|korea (dprk)",
    "KR": "korea|korea south",
    "LA": "lao pdr",
    "LY": "libyan arab jamahiriya",
    "MF": "saint martin",
    "MK": "macedonia|former yugoslav republic of macedonia|fyrom|republic of macedonia",
    "MM": "burma",
    "MO": "macau|macau, china|macao, china|macao sar|macau sar",
    "NL": "holland",
    "PS": "palestine|palestinian territory|palestinian territories|occupied palestinian territory"
    "|occupied palestinian territories",
    "RU": "russia",
    "SA": "ksa",
    "SH": "saint helena",
    "SU": "soviet union|former ussr|former soviet union",
    "SX": "sint maarten|saint martin, dutch part",
    "SZ": "swaziland",
    "TL": "east timor",
    "TR": "turkey",
    "TW": "republic of china|taiwan, roc",
    "US": "us|usa",
    "VA": "vatican city state|holy see|vatican|vatican city",
    "VI": "virgin islands|united states virgin islands",
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
    "BE-BRU": "brussels capital",
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
    "CO-DC": "bogota d c",
    "CZ-10": "prague",
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
    "ES-CT": "catalonia",
    "ES-IB": "balearic islands|baleares|balears",
    "ES-PV": "basque country",
    "ES-BI": "vizcaya",
    "ES-SS": "guipuzcoa",
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
    "KR-41": "gyeonggido|kyonggi|gyounggido",
    "KR-46": "jeonranamdo",
    "KR-48": "kyongsangnam do",
    "MX-CMX": "distrito federal|mexico city|mexico city federal district|dif|d f|cdmx",
    "MY-07": "penang",
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
}

# Replacements of letters when accents are dropped; Unicode does not decompose these.
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"}
    | dict.fromkeys("'’‘`´ʼʻ", " ")
)
_NO_WORD = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_BRACKETS_OR_COMMA = re.compile(r"[()\[\],]")
# The blanks in `u s a` and `people s`, once dots and quotes are gone.
_BLANK_IN_WORD = re.compile(r"(?<=\b\w) (?=\w\b)| (?=s\b(?! \w\b))")
# Words of countries' names that are omitted, and abbreviations.
_COUNTRY_WORDS = {"the": "", "of": "", "st": "saint", "rep": "republic", "dem": "democratic"}

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
    """The ISO 3166-1 alpha-2 code of a country by the name a registry prints, or None if it is not a country.

    `Korea, Republic of`, `Korea (Republic of)` and `Republic of Korea` are one name, written in three ways. A former
    country has its withdrawn code: `Former Serbia and Montenegro` is CS. Codes are not read, `CA` may be any
    word, unless they are used as names: `UK`, `U.S.`
    """
    if len(name) > _LONGEST_NAME:
        return None
    names, key = _country_names(), _country_key(name)
    code = names.get(key) or names.get(_flip(key))
    return code or (_country_with_brackets(name) if _BRACKETS.search(name) else None)


def country_name(code: str) -> str | None:
    """The name of a country by its ISO 3166-1 alpha-2 code, as ISO has it; None for another code."""
    import pycountry  # Imported here, because it loads slowly.

    country = pycountry.countries.get(alpha_2=code)
    return str(getattr(country, "common_name", country.name)) if country else None


def _country_with_brackets(name: str) -> str | None:
    """The country of a name and of what is in brackets after it: another name, a part of the name, or a remark.

    Turkey (Türkiye)                TR, both are its names
    Guinea (Bissau)                 GW, the only one whose name has all these words
    United States (Puerto Rico)     PR, a territory, as ISO 3166-2 has it among the states of the United States
    Spain (mainland)                ES, the only one that is called Spain, with or without more words after it
    Korea (unknown), Georgia (USA)  None
    """
    names = _country_names()
    outer, inner = (_country_key(part) for part in (_BRACKETS.sub("", name), " ".join(_BRACKETS.findall(name))))
    code, other = names.get(outer), names.get(inner)
    if code and code == other:
        return code
    if outer:
        with_word = [_names_by_word().get(word, frozenset()) for word in (*outer.split(), *inner.split())]
        whole = {names[key] for key in frozenset.intersection(*with_word)}
        if len(whole) == 1:
            return whole.pop()
    if code and other:
        return next((b for a, b in ((code, other), (other, code)) if f"{a}-{b}" in _states(a).codes), None)
    return code if code and {names[key] for key in names if key.partition(",")[0] == outer} == {code} else None


@lru_cache(maxsize=4096)
def state_code(country: str, state: str) -> str | None:
    """The ISO 3166-2 code of a state, None if it is not known or could be one of several.

    `country` is an alpha-2 code. Accents, case, words such as Province or Region, and the order of `Madrid, Comunidad
    De` do not matter; a name that matches unchanged wins over one that matches without such words. The code's own
    letters are read where they are capitals, as in `Boston, MA`.
    """
    if len(state) > _LONGEST_NAME:
        return None
    states = _states(country)
    if f"{country}-{state}" in states.codes:
        return f"{country}-{state}"
    bare = _key(_BRACKETS.sub("", state))
    for key in (_key(state), bare):
        if (code := states.named(key)) != "":
            return code
    return states.loose.get(_loose(bare))


def is_state(country: str, name: str) -> bool:
    """Whether a name can be a state's: one of ISO 3166-2, even if several have it. `country` is an alpha-2 code."""
    if len(name) > _LONGEST_NAME:
        return False
    states, key = _states(country), _key(name)
    return states.named(key) != "" or _loose(key) in states.loose


class _States:
    """The states of a country: their codes, and the code of each name, None if several states have that name.

    Spellings other than ISO's, and names without the words for kinds of states, `loose`, are made when asked for.
    """

    def __init__(self, country: str) -> None:
        from pycountry import subdivisions

        self._country = country
        # The library has hints, but none here.
        self._known = subdivisions.get(country_code=country) or ()  # type: ignore[no-untyped-call]
        self.codes = frozenset(state.code for state in self._known)
        self._own = [(_key(state.name), state.code) for state in self._known]
        self._names = _unique(self._own)

    def named(self, key: str) -> str | None:
        """The code of the state that has a name; "" if none has."""
        return self._names[key] if key in self._names else self._other_names.get(key, "")

    @cached_property
    def _others(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for state in self._known:
            bare = _BRACKETS.sub("", state.name)
            others = (*_BRACKETS.findall(state.name), *_STATE_NAMES.get(state.code, "").split("|"))
            found += ((_key(name), state.code) for name in (bare, _flip(bare), f"{bare} {state.type}", *others))
        return found

    @cached_property
    def _other_names(self) -> dict[str, str | None]:
        return _unique(self._others)

    @cached_property
    def loose(self) -> dict[str, str | None]:
        # Otherwise `Region of Denmark` would be the country.
        names = [(_loose(key), code) for key, code in (*self._own, *self._others)]
        names = [(key, code) for key, code in names if _country_names().get(key) != self._country]
        # The adjective that is before the word for a county is made from the name that English prints.
        if ending := _ADJECTIVES.get(self._country):
            names += [(key.removesuffix(ending), code) for key, code in names if key.endswith(ending)]
        return _unique(names)


_states = cache(_States)


@cache
def _country_names() -> Mapping[str, str]:
    from pycountry import countries

    names: dict[str, str] = {}
    for country in countries:
        spellings = (getattr(country, field, None) for field in ("name", "official_name", "common_name"))
        for name in filter(None, spellings):
            names.update((_country_key(spelling), country.alpha_2) for spelling in (name, _flip(name)))
    for code, others in _REGISTRY_NAMES.items():
        names.update((_country_key(name), code) for name in others.split("|"))
    return names


@cache
def _names_by_word() -> Mapping[str, frozenset[str]]:
    """The names of countries that have a word, as `_country_names` has them."""
    found: dict[str, set[str]] = {}
    for name in _country_names():
        for word in name.replace(",", "").split():
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _unique(names: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    """The code of each name; None for a name of several."""
    found: dict[str, str | None] = {}
    for key, code in names:
        if key:
            found[key] = code if found.get(key, code) == code else None
    return found


def _flip(name: str) -> str:
    """An inverted name in its spoken order: `Korea, Republic of` is `Republic of Korea`."""
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
    """A key that is the same for all spellings of a country: its parts between commas and brackets, joined by `, `.

    The commas stay: without them `Guinea, Bissau` would be a country.
    """
    parts = []
    for part in _BRACKETS_OR_COMMA.split(_plain(name).replace("&", " and ")):
        words = _BLANK_IN_WORD.sub("", _NO_WORD.sub(" ", part)).split()
        parts.append(" ".join(filter(None, (_COUNTRY_WORDS.get(word, word) for word in words))))
    return ", ".join(parts).rstrip(", ")


def _key(name: str) -> str:
    return _NO_WORD.sub(" ", _plain(name)).strip()


def _loose(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _KINDS)
