"""How units are written, and what they are in UCUM (https://ucum.org/ucum): the one table of units.

A row is `code | dimension | size | marks | prefixes | symbols | words`:

* code: the UCUM atom; `{}` is an annotation that holds the word as it is written (`3 drinks` is `{drinks}`), and a
  power of ten alone (`10*9`) belongs to the number in front.
* dimension: what is measured; size: how many seconds, grams, metres or litres one of it is.
* marks: `dose` what is given; `below` only in a denominator; `rate` in a denominator, or over one; `times` only behind
  a sign of multiplication (`2 x normal`); `cells` more words may be in front (`CD34+ cells`); `prefixed` never without
  a prefix. parser/values/units.py says when a number may be followed by what is marked `guard`.
* prefixes: UCUM's, for each symbol and each word.
* symbols and words: the written forms. `*` adds a plural in s. Letters may be of either case but for forms with `=`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

_SYMBOLS: dict[str, tuple[str, ...]] = {"u": ("µ", "u", "mc")}
_WORDS = {"T": "tera", "G": "giga", "M": "mega", "k": "kilo", "h": "hecto", "d": "deci", "c": "centi"}
_WORDS |= {"m": "milli", "u": "micro", "n": "nano", "p": "pico", "f": "femto"}
_POWERS = {"T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "d": -1, "c": -2, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15}

_ROWS = """
a | time | 31557600 | | | yr*, yo, y.o., y.o, y/o, =y | year*
a | time | 31557600 | below | | | annum
mo | time | 2629800 | | | mo, mos, mth*, mnth* | month*
wk | time | 604800 | | | wk*, =w | week*
d | time | 86400 | | | | day*
d | time | 86400 | guard | | =d |
h | time | 3600 | | | hr, hrs, =h | hour*
h | time | 3600 | guard | | =H |
min | time | 60 | | | min, mins, =mn | minute*
s | time | 1 | | m u n | sec, secs | second*
s | time | 1 | guard | | =s |
ms | time | .001 | | | =ms |
us | time | .000001 | | | =µs, =us |
{} | time | | | | | half-life, half-lives, half life, half lives
{} | time | | below | | | night*
(2.wk) | time | 1209600 | below | | | fortnight*
g | mass | 1 | dose | | =g |
g | mass | 1 | dose prefixed | m u n p f | g |
g | mass | 1 | dose | m u n p f | gm, gms, gr | gram*, gramme*
g | mass | 1 | guard | | =G |
kg | mass | 1000 | | | kg, kgs, kgm, kgr | kilo, kilos, kilogram*, kilogramme*
kg | mass | 1000 | below | | kgBW, kg-BW |
mg | mass | .001 | dose | | mgs |
ug | mass | .000001 | dose | | mcgs, ugs |
[lb_av] | mass | 453.59237 | | | lb* | pound*
[oz_av] | mass | 28.349523125 | dose | | =oz, =Oz, =ozs | ounce*
L | volume | 1 | dose | d m u | | liter*, litre*
L | volume | 1 | dose prefixed | d m u | L, ls |
L | volume | 1 | prefixed | c n f p | =L |
L | volume | 1 | dose guard | | =L, =l, =lt, =Lt, =ltr |
uL | volume | .000001 | | | microL |
ug | mass | .000001 | dose | | microg |
umol | amount | | | | micromol |
mL | volume | .001 | dose | | cc, ccs |
[foz_us] | volume | .0295735295625 | dose | | fl oz, fl. oz., fl. oz | fluid ounce*
[tsp_us] | volume | .00492892159375 | dose | | tsp, tsps | teaspoon*
[tbs_us] | volume | .01478676478125 | dose | | tbsp, tbsps | tablespoon*
[gal_us] | volume | 3.785411784 | | | | gallon*
[qt_us] | volume | .946352946 | | | | quart*
m | length | 1 | | k c m u n | | meter*, metre*
m | length | 1 | prefixed | k c m u | m, ms |
m | length | 1 | guard | | =m, =M |
nm | length | .000000001 | | | =nm |
um | length | .000001 | | | | micron*
[in_i] | length | .0254 | | | =in. | inch, inches
[ft_i] | length | .3048 | | | =ft | feet
[yd_i] | length | .9144 | | | =yd, =yds | yard*
[mi_i] | length | 1609.344 | | | | mile*
m2 | area | | | | sqm |
cm3 | volume | .001 | | | ccm |
mm3 | volume | .000001 | | | cumm, cmm, mmc |
mol | amount | | dose | m u n p f | mol, mols, mole, moles | mole*
mmol/L | concentration | | | | =mM | millimolar
umol/L | concentration | | | | =µM, =uM | micromolar
nmol/L | concentration | | | | =nM | nanomolar
pmol/L | concentration | | | | =pM | picomolar
eq | amount | | dose prefixed | m u | eq, eqs, equiv | equivalent*
osm | amount | | prefixed | m u | osm, osmol, osmols, osmole | osmole*, osmol
[IU] | arbitrary | | dose | k m u M | IU, IUs, I.U. | international unit*
[IU] | arbitrary | | dose prefixed | k m u M | UI |
[IU] | arbitrary | | dose rate | | =UI, =IE |
U | arbitrary | | dose | | | unit*
U | arbitrary | | dose prefixed | k m u M | U | unit*
U | arbitrary | | dose guard | | =U, =u |
kU | arbitrary | | | | kUA, kU/A |
[USP'U] | arbitrary | | dose | | | USP unit*
[arb'U] | arbitrary | | | | =AU | arbitrary unit*
{} | arbitrary | | rate | | =EU, =BAU, =RU, =mAU | ELISA unit*
{} | arbitrary | | | | | binding antibody unit*, Speywood unit*, allergy unit*, endotoxin unit*
[GPL'U] | arbitrary | | | | =GPL | GPL unit*
[MPL'U] | arbitrary | | | | =MPL | MPL unit*
[beth'U] | arbitrary | | | | =BU | Bethesda unit*
[tb'U] | arbitrary | | dose | | =TU | tuberculin unit*
[PNU] | arbitrary | | dose | | =PNU | protein nitrogen unit*
[hnsf'U] | attenuation | | | | =HU | Hounsfield unit*
[wood'U] | resistance | | | | =WU | Wood unit*, Woods unit*, Wood's unit*
kat | catalytic activity | | | u n m | kat | katal*
[CFU] | arbitrary | | dose | | CFU, CFUs | colony forming unit*, colony-forming unit*
[PFU] | arbitrary | | dose | | PFU, PFUs | plaque forming unit*, plaque-forming unit*
[FFU] | arbitrary | | dose | | FFU, FFUs | focus forming unit*, focus-forming unit*, fluorescent focus unit*
[TCID_50] | arbitrary | | dose | | TCID50, TCID_50 |
[CCID_50] | arbitrary | | dose | | CCID50, CCID_50 |
[EID_50] | arbitrary | | dose | | EID50, EID_50 |
Bq | radioactivity | | dose | k M G T | Bq | becquerel*
Ci | radioactivity | | dose prefixed | m u n | =Ci | curie*
mCi | radioactivity | | dose | | =mci, =MCi |
Gy | absorbed dose | | dose | c m | Gy, Gys | gray*
Gy{RBE} | absorbed dose | | dose | c | GyE, Gy-Eq, Gy (RBE), Gy(RBE), GyRBE | gray equivalent*
Gy{RBE} | absorbed dose | | dose | | =CGE |
Sv | equivalent dose | | | m u | =Sv | sievert*
cal | energy | | prefixed | k | cal, cals | calorie*
[Cal] | energy | | | | | calorie*
J | energy | | | k m | =J | joule*
eV | energy | | prefixed | k M | =eV |
W | power | | | k m | | watt*
W | power | | prefixed | k m | =W |
W | power | | guard | | =W |
V | electric potential | | | k m u M | | volt*
V | electric potential | | prefixed | k m u M | =V |
kV | electric potential | | | | =kVp, =KVp, =KV |
A | electric current | | | m u | | ampere*
A | electric current | | prefixed | m u | =A | amp*
mA.s | electric charge | | | | =mAs |
Ohm | electric resistance | | | k M | =Ω, =Ohm, =ohm, =ohms |
Hz | frequency | | | k M G | Hz | hertz
T | magnetic field | | | m | | tesla*
lx | illuminance | | | | =lx | lux
N | force | | | m k | | newton*
N | force | | prefixed | m k | =N |
N.m | torque | | | | =Nm, =N m |
dyn | force | | | | =dyn | dyne*
dB | level | | | | =db, =dB, =dBHL, =dB HL, =dB nHL | decibel*
dB[SPL] | level | | | | =dB SPL, =dBSPL |
mm[Hg] | pressure | | | | mmHg, mm Hg, mm/Hg, mm of Hg, mm. Hg, torr | mm of mercury, mm mercury
mm[Hg] | pressure | | | | | millimeter* of mercury, millimetre* of mercury, millimeter* mercury
cm[H2O] | pressure | | | | cmH2O, cm H2O, cm of H2O, cmH20, cm H20 | cm of water, centimeter* of water
mm[H2O] | pressure | | | | mmH2O, mm H2O, mmH20, mm H20 |
Pa | pressure | | prefixed | k h M | =Pa | pascal*
kPa | pressure | | | | kPa |
bar | pressure | | | m | =bar, =bars |
atm | pressure | | | | =atm, =ATA, =ata | atmosphere*
[psi] | pressure | | | | =psi |
Cel | temperature | | | | °C, ° C, ºC, º C, ˚C, ˚ C, ℃, deg C, degree* C | degree* Celsius, celsius, ° celsius, °celsius
Cel | temperature | | guard | | =C | centigrade, degree* centigrade
[degF] | temperature | | | | °F, ° F, ºF, º F, ˚F, ˚ F, ℉, deg F, degree* F | degree* Fahrenheit, fahrenheit
[degF] | temperature | | guard | | =F |
K | temperature | | | | =°K | kelvin
deg | angle | | | | | degrees
deg | angle | | guard | | =°, =º, =˚, deg | degree
[diop] | refraction | | | | dpt, dpts | diopter*, dioptre*
[diop] | refraction | | guard | | =D |
[p'diop] | refraction | | | | | prism diopter*, prism dioptre*, prism-diopter*
% | fraction | | | | %, ％, vol%, vol.%, vol %, wt%, weight%, weight % | percent, per cent, % point*, %-point*
% | fraction | | | | | percentage point*, percentage-point*
[ppth] | fraction | | | | ‰ | per mille, per mil, permille
[ppm] | fraction | | | | =ppm, =PPM | parts per million
[ppb] | fraction | | | | =ppb, =PPB | parts per billion
mg/dL | concentration | | | | mg%, mg % |
g/dL | concentration | | | | gm%, g%, gms%, gm % |
{percentile} | rank | | | | %ile, th%ile, th %ile, th%tile | percentile*, centile*, th percentile*, th centile*
{percentile} | rank | | | | | rd percentile*, rd centile*, st percentile*, nd percentile*
{SD} | deviation | | | | =SD, =SDs, =SDS | standard deviation*
[MET] | metabolic rate | | | | =METs | metabolic equivalent*
[MET] | metabolic rate | | rate | | =MET |
{beats}/min | rate | | | | bpm, b.p.m., b/min |
L/min | flow | | | | =LPM, =lpm, =slpm, =SLPM |
{revolutions}/min | rate | | | | =rpm, =RPM |
[mi_i]/h | speed | | | | =mph |
km/h | speed | | | | =kph, =kmh |
10*3 | | | guard | | =K, =k |
10*6 | | | guard | | =M |
10*9 | | | guard | | =G |
10*12 | | | guard | | =T |
10*5 | | | rate | | | lakh*, lac*
10*3 | | | rate | | =tsd, =Tsd | thou, thousand*
10*6 | | | rate | | mio, mill | million*
10*9 | | | rate | | =Gpt, =Gpts | giga, billion*
10*12 | | | rate | | =Tpt, =Tpts | tera
{ULN} | limit | | | | ULN, ULNs, UNL, ULRR, IULN, LULN, ULoN, ULN's | upper limit* normal, upper normal limit*
{ULN} | limit | | | | | upper normal, upper level normal, upper bound normal, upper reference limit*
{ULN} | limit | | | | | upper limit* reference, upper limit* normal reference, upper limit*
{ULN} | limit | | times | | =N, =NL, =URL, =ULR | normal, norm, normal limit*, normal level*, limit* normal
{LLN} | limit | | | | LLN, LLNs, LNL | lower limit* normal, lower normal limit*, normal lower limit*, lower normal
{LLN} | limit | | | | | lower limit* reference, lower reference limit*
{ULN} | limit | | | | | normal upper limit*, upper normal level*
{baseline} | limit | | times | | | baseline, baseline level*
{} | count | | | | | fold, folds
{} | log | | | | log, logs, log10, log 10, log_10 | logarithm*
{logMAR} | acuity | | | | logMAR |
{pack}.a | exposure | | | | pack-yr*, pack yr*, pack/yr* | pack-year*, pack year*, packyear*, pack/year*
{patient}.a | exposure | | below | | | patient-year*, patient year*, person-year*, person year*, subject-year*
[HPF] | count | | below | | HPF, HPFs | high power field*, high-power field*, high powered field*
[LPF] | count | | below | | LPF, LPFs | low power field*, low-power field*
{} | count | | below | | fx, =fr | dose*, fraction*, session*, cycle*, course*, injection*, infusion*, visit*
{} | count | | below | | | application*, treatment*, side*, eye*, nostril*, patient*, person*, participant*, subject*
{} | count | | below | | | administration*, site*, lesion*, disc*, disk*, =time, field*, meal*, bolus, exposure*
{} | count | | dose | | gtt, tab, tabs, caps, amp* | tablet*, capsule*, pill*, caplet*, drops, puff*, spray*, actuation*
{} | count | | dose | | | inhalation*, patch, patches, vial*, ampoule*, ampule*, sachet*, suppository, suppositories
{} | count | | dose | | | lozenge*, packet*, scoop*, pellet*, teaspoonful*, tablespoonful*, spoonful*
{} | count | | dose | | =IEQ, =IEQs, =DDD, =DDDs, =MME, =MMEs, =OME | islet equivalent*
{} | count | | | | =ppd | drink*, alcoholic beverage*, beer*, glass, glasses, cup*, bottle*, serving*
{} | count | | | | | cigarette*, cigar*, pack*, unit* of alcohol, alcohol unit*, standard unit*, unit* of caffeine
{} | count | | | | | unit* of blood, unit* of packed red, unit* of RBC, unit* of RBCs, unit* of pRBC, unit* of pRBCs
{} | count | | | | | beat*, breath*, letters, points, episodes, steps
{} | count | | rate | | | letter, point, episode, step, stool*, respiration*, mitoses, egg*, spore*, parasite*
{} | count | | cells dose | | cel, cels | cell*
{copies} | count | | dose guard | | =c, =cp, =cps |
{} | count | | dose | | | copies, genome copies
{} | count | | dose rate | | | copy, RNA copies, DNA copies
{} | count | | dose | | =vg, =vp, =gc, =VG, =Vg | viral particle*, virus particle*, vector genome*, viral genome*
{} | count | | dose rate | | =GC, =VP, =CSM, =MSC, =MSCs, =TIL, =TILs, =CART, =CTL, =CTLs, =TNC, =MNC |
{} | count | | rate | | =WBC, =WBCs, =RBC, =RBCs, =PMN, =PMNs, =PBMC, =PBMCs, eos | white blood cell*, red blood cell*
{} | count | | rate | | | leukocyte*, leucocyte*, lymphocyte*, neutrophil*, platelet*, granulocyte*, erythrocyte*
{} | count | | rate | | | eosinophil*, blast*, monocyte*, thrombocyte*, particle*
"""


class Atom(NamedTuple):
    """What a written form means; `code` is empty where the form itself is the annotation.

    `size` is in seconds, grams, metres or litres, None for other dimensions.
    """

    code: str
    dimension: str
    size: Decimal | None
    marks: frozenset[str]


class Form(NamedTuple):
    """A written form; `exact` says that the case of its letters matters."""

    text: str
    exact: bool
    atom: Atom


def _numbers(form: str) -> list[str]:
    """A form in singular and plural."""
    head, star, tail = form.partition("*")
    return [head + tail, head + "s" + tail] if star else [form]


def _rows() -> Iterator[Form]:
    for row in _ROWS.strip().splitlines():
        code, dimension, size, marks, prefixes, symbols, words = (field.strip() for field in row.split("|"))
        code = "" if code == "{}" else code
        given = frozenset(marks.split())
        fields = [
            [form for written in field.split(", ") if written for form in _numbers(written)]
            for field in (symbols, words)
        ]
        for prefix in ("" if "prefixed" in given else " ") + prefixes.replace(" ", ""):
            atom = Atom(code, dimension, Decimal(size) if size else None, given)
            spellings: tuple[tuple[str, ...], tuple[str, ...]] = ("",), ("",)
            if prefix != " ":
                full = atom.size.scaleb(_POWERS[prefix]) if atom.size else None
                atom = Atom(prefix + code, dimension, full, given)
                spellings = _SYMBOLS.get(prefix, (prefix,)), (_WORDS[prefix],)
            for forms_of, begins in zip(fields, spellings, strict=True):
                for form in forms_of:
                    exact = form[0] == "="
                    for begin in begins:
                        yield Form(begin + form[exact:], exact, atom)


@cache
def forms() -> tuple[Form, ...]:
    """All forms of the table. They are made on first use: this costs some milliseconds, which few calls need."""
    return tuple(_rows())


@cache
def _by_text() -> dict[str, list[Form]]:
    found: dict[str, list[Form]] = {}
    for form in forms():
        found.setdefault(form.text.casefold(), []).append(form)
    return found


@cache
def sizes() -> dict[str, tuple[str, Decimal]]:
    """Dimension and size of the codes that have one."""
    return {atom.code: (atom.dimension, atom.size) for _, _, atom in forms() if atom.size}


def look_up(written: str) -> list[Atom]:
    """What a form may mean, the likeliest first.

    Letters may be of another case than in the table where this makes no other unit of it: a printed `MG` is a
    milligram, but `mBq` is no megabecquerel, and between `mU` and `MU` the case of the prefix decides.
    """
    found = _by_text().get(written.casefold(), [])
    exact = [atom for text, _, atom in found if text == written]
    if exact or not found:
        return exact
    loose = [atom for _, exact, atom in found if not exact and (atom.code[:1] != "M" or written[0] == "M")]
    return [atom for atom in loose if atom.code[:1] == "M"] or loose


# --- The forms as a pattern that tries each letter once ---

_Trie = dict[str, "_Trie"]


def _trie(texts: Iterable[str]) -> str:
    root: _Trie = {}
    for text in texts:
        node = root
        for character in text:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(root)


def _branches(node: _Trie) -> str:
    inner = [_escaped(character) + _branches(child) for character, child in node.items() if character]
    if not inner:
        return ""
    pattern = inner[0] if len(inner) == 1 else f"(?:{'|'.join(inner)})"
    return f"(?:{pattern})?" if "" in node else pattern


def _escaped(character: str) -> str:
    return r"\s{1,2}" if character == " " else re.escape(character)


def alternatives(chosen: Iterable[Form]) -> str:
    """A pattern for forms. The first letter has both of its cases, so that most alternatives fail without a look."""
    loose: dict[str, list[str]] = {}
    exact = []
    for form in chosen:
        if form.exact:
            exact.append(form.text)
        else:
            folded = form.text.casefold()
            loose.setdefault(folded[0], []).append(folded[1:])
    patterns = []
    for first, rest in loose.items():
        letters = {first, first.upper(), "µ" if first == "μ" else first}
        patterns.append(f"[{''.join(sorted(letters))}](?i:{_trie(rest)})")
    return f"(?:{'|'.join([*patterns, _trie(exact)] if exact else patterns)})"
