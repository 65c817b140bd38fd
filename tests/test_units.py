"""Units as written and their UCUM codes, and what of a text is a unit behind a number."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import product

import pytest
from msgspec.structs import replace

from parser.quantities import read_quantities, unit_table, units
from parser.quantities.conversion import canonical, convert
from parser.quantities.unit_table import Row, atoms_by_code, forms, rows
from parser.quantities.units import read_unit, unit_at
from tests.conftest import ROOT, needs_records
from tests.evaluation.records import load_records
from tests.linear import assert_linear
from tests.quantity_notation import notation

PACKAGE = ROOT / "parser"

# As written, and the code: first what registry records hold most, by hand from UCUM's tables.
CODES = """
months => mo
weeks => wk
years => a
days => d
% => %
mg => mg
hours => h
minutes => min
mm => mm
ULN => {ULN}
mg/dL => mg/dL
mmol/L => mmol/L
cm => cm
hour => h
mmHg => mm[Hg]
Gy => Gy
mg/m2 => mg/m2
kg/m2 => kg/m2
Day => d
mg/dl => mg/dL
h => h
points => 1
mg/day => mg/d
/L => /L
Months => mo
g => g
kg => kg
mg/kg => mg/kg
g/dL => g/dL
ml => mL
mL => mL
upper limit of normal => {ULN}
half-lives => {half-lives}
min => min
/µL => /uL
/μL => /uL
ms => ms
mL/min => mL/min
mg daily => mg/d
seconds => s
mmol/l => mmol/L
cc => mL
d => d
mm Hg => mm[Hg]
the upper limit of normal => {ULN}
msec => ms
mmol/mol => mmol/mol
IU => [IU]
mg/m^2 => mg/m2
grams => g
consecutive days => d
mL/min/1.73 m2 => mL/min/{1.73_m2}
g/L => g/L
ml/min => mL/min
ng/mL => ng/mL
° => deg
degrees => deg
µg/kg => ug/kg
/mm3 => /mm3
mcg => ug
hr => h
Hz => Hz
percent => %
ml/min/1.73m2 => mL/min/{1.73_m2}
percentile => {percentile}
th percentile => {percentile}
hrs => h
mins => min
mg/g => mg/g
g/dl => g/dL
units => U
/mm^3 => /mm3
mg/d => mg/d
IU/mL => [IU]/mL
yrs => a
cm2 => cm2
µg => ug
bpm => {beats}/min
°C => Cel
wk => wk
s => s
mg/m² => mg/m2
MHz => MHz
cells/mm3 => {cells}/mm3
IU/L => [IU]/L
ng/ml => ng/mL
gram => g
fold => {fold}
µmol/L => umol/L
mg/mL => mg/mL
lbs => [lb_av]
mL/min/1.73m2 => mL/min/{1.73_m2}
kg/m^2 => kg/m2
g/m2 => g/m2
mg/kg/day => mg/kg/d
nmol/L => nmol/L
mmol => mmol
y => a
/mcL => /uL
/uL => /uL
pg/mL => pg/mL
U => U
milligrams => mg
m2 => m2
drops => {drops}
m => m
MONTHS => mo
mos => mo
U/L => U/L
days per week => d/wk
mg/kg.min => mg/kg/min
kg/m² => kg/m2
g/day => g/d
mths => mo
copies => {copies}
milligram => mg
beats per minute => {beats}/min
cells => {cells}
MG => mg
mo => mo
/mm³ => /mm3
cigarettes per day => {cigarettes}/d
oz => [oz_av]
g/serving => g/{serving}
wks => wk
pmol/L => pmol/L
institutional upper limit of normal => {ULN}
mg/m2/day => mg/m2/d
ng/dL => ng/dL
mL/min/1.73 m^2 => mL/min/{1.73_m2}
mEq/L => meq/L
mg/ m2 => mg/m2
w => wk
mg/mmol => mg/mmol
cells/µL => {cells}/uL
µg/day => ug/d
per microlitre => /uL
CART cells/kg => {CART_cells}/kg
Gy per fraction => Gy/{fraction}
days a week => d/wk
mg per day => mg/d
copies/mL => {copies}/mL
µg/disc => ug/{disc}
tablet => {tablet}
umol/L => umol/L
nm => nm
pounds => [lb_av]
mg/1.5 mL => mg/(15.10*-1.mL)
Gray => Gy
hours per night => h/{night}
upper limit normal => {ULN}
pack-years => {pack}.a
mg / mmol => mg/mmol
g/24h => g/(24.h)
tablets => {tablets}
meter => m
lt/min => L/min
letters => {letters}
normal => {ULN}
the ULN => {ULN}
L => L
inhalations => {inhalations}
cells/mm^3 => {cells}/mm3
mIU/L => m[IU]/L
IU/ml => [IU]/mL
Mg => mg
ng/L => ng/L
yr => a
days/week => d/wk
gm/dL => g/dL
sec => s
mIU/mL => m[IU]/mL
yo => a
sessions/week => {sessions}/wk
mA => mA
steps => {steps}
mg/m2 daily => mg/m2/d
month(s) => mo
SD => {SD}
L/L => L/L
millimeters of mercury => mm[Hg]
mCi => mCi
cm^2 => cm2
y/o => a
/ L => /L
the upper limit of the reference range => {ULN}
the upper limit of the normal range => {ULN}
milligrams per deciliter => mg/dL
mg/kg/d => mg/kg/d
kcal => kcal
gr => g
mg/hour => mg/h
teaspoons => [tsp_us]
IU/kg => [IU]/kg
mV => mV
attacks per week => {attacks}/wk
institutional ULN => {ULN}
episodes => {episodes}
centimeter => cm
calendar days => d
Tesla => T
lux => lx
nM => nmol/L
mM => mmol/L
U/kg => U/kg
m/s => m/s
drinks per week => {drinks}/wk
millimoles per liter => mmol/L
minutes per week => min/wk
kilograms per square meter => kg/m2
c/mL => {copies}/mL
the upper normal limit => {ULN}
IU/Week => [IU]/wk
drinks/week => {drinks}/wk
mg/mg => mg/mg
˚C => Cel
mg/kg per dose => mg/kg/{dose}
mmHG => mm[Hg]
cells/L => {cells}/L
pack years => {pack}.a
per day => /d
L/min => L/min
MBq => MBq
mg/kg BW/d => mg/kg/d
oz/day => [oz_av]/d
CART22 cells/kg => {CART22_cells}/kg
logMAR => {logMAR}
U/m² BSA => U/m2
mg/24 hr => mg/(24.h)
mg/(m2.d) => mg/m2/d
kHz => kHz
inches => [in_i]
log => {log}
CAR T cells/kg => {CAR_T_cells}/kg
mcg/puff => ug/{puff}
mcg per actuation => ug/{actuation}
CAR+ T cells/kg => {CAR+_T_cells}/kg
steps/min => {steps}/min
units/kg/day => U/kg/d
drinks per day => {drinks}/d
mmol/liter => mmol/L
mg/cc => mg/mL
mmoL/L => mmol/L
ML => mL
mm/5s => mm/(5.s)
cells/microliter => {cells}/uL
ml/min per 1.73m2 => mL/min/{1.73_m2}
micromole/liter => umol/L
mg/m²/dose => mg/m2/{dose}
cigarettes daily => {cigarettes}/d
ppm => [ppm]
vol.% => %
MG/ML => mg/mL
/mmc => /mm3
mU/L => mU/L
kPa => kPa
Gy-Eq => Gy{RBE}
fl oz => [foz_us]
mL/min/1·73 m2 => mL/min/{1.73_m2}
%-point => %
ml / ( min · 1.73m2 ) => mL/min/{1.73_m2}
METs => [MET]
/mm(3) => /mm3
mg/5ml => mg/(5.mL)
drug half-lives => {drug_half-lives}
°F => [degF]
IEQ/KG => {IEQ}/kg
cm H2O => cm[H2O]
units a week => U/wk
prism diopters => [p'diop]
diopters => [diop]
cigarettes a day => {cigarettes}/d
meq per kilogram of ideal body weight daily => meq/kg/d
milligrams per metre squared => mg/m2
ºC => Cel
consecutive days per 28 day => d/(28.d)
per cu mm => /mm3
calories per day => [Cal]/d
kg · m-2 => kg/m2
CH attacks per week => {CH_attacks}/wk
mSv per treatment => mSv/{treatment}
kV => kV
ugm/ml => ug/mL
mg.min/mL => mg.min/mL
International units per milliliters => [IU]/mL
standard liters per minute => L/min
attack per 48 hours => {attack}/(48.h)
ml/min.1.73m2 => mL/min/{1.73_m2}
W/cm2 => W/cm2
MBq/sqm => MBq/m2
rotations per minute => {rotations}/min
per 100,000 patients => /(100000.{patients})
Joules/ cm² => J/cm2
WU/ m2 => [wood'U]/m2
milliliter per minute per 1.73 meter square => mL/min/{1.73_m2}
mU/m2/min => mU/m2/min
cells/ cubic millimeter => {cells}/mm3
microg/mL => ug/mL
dyn·s/cm5 => dyn.s/cm5
mL /min /1,73m => mL/min/{1.73_m2}
ml•min-1•1.73m-2 => mL/min/{1.73_m2}
CD4 cells/µL => {CD4_cells}/uL
micturitions per 24 hours => {micturitions}/(24.h)
headache days per month => {headache_days}/mo
units of alcohol per week => {units_of_alcohol}/wk
log10 copies per mL => {log10_copies}/mL
log IU/ml => {log_IU}/mL
mg/24-hour => mg/(24.h)
milliunits/milliliter => mU/mL
mAs => mA.s
# What other trials write.
mg per kg per day => mg/kg/d
mg/(kg.day) => mg/kg/d
mg/kg(/day) => mg/kg/d
mg/(kg·min) => mg/kg/min
mg.h/L => mg.h/L
ng*hr/mL => ng.h/mL
ng/mL*h => ng/mL.h
mg/mL*min => mg/mL.min
IU/daily => [IU]/d
per fortnight => /(2.wk)
STAR+T cells / kg => {STAR+T_cells}/kg
cells/10⁹ => {cells}/10*9
institutional norm => {ULN}
µg·h/mL => ug.h/mL
mg-h/L => mg.h/L
ng/(mL·h) => ng/mL/h
mg/(kg/day) => mg/kg/d
mL/kg-1 => mL/kg
mL kg-1 min-1 => mL/kg/min
mL·min⁻¹ => mL/min
kg/m**2 => kg/m2
m*2 => m2
MG/M 2 => mg/m2
/100 mL => /(100.mL)
/12h => /(12.h)
per 24 hours => /(24.h)
mL/100 mL/min => mL/(100.mL)/min
copies/10^6 PBMC => {copies}/(10*6.{PBMC})
per 10^6 cells => /(10*6.{cells})
per million cells => /(10*6.{cells})
per 100 patient-years => /(100.{patient}.a)
cells per µL => {cells}/uL
drinks a day => {drinks}/d
mg/kg weekly => mg/kg/wk
mg/kg body weight => mg/kg
mg/kg of body weight/day => mg/kg/d
mg/kg b.w./day => mg/kg/d
mg/kgBW => mg/kg
mL/kg PBW => mL/kg
mg/g creatinine => mg/g
CD34+ cells/kg => {CD34+_cells}/kg
eos/HPF => {eos}/[HPF]
eosinophils per high power field => {eosinophils}/[HPF]
mitoses/10 HPF => {mitoses}/(10.[HPF])
TCID50 => [TCID_50]
CFU/mL => [CFU]/mL
PFU => [PFU]
vg/kg => {vg}/kg
viral particles => {viral_particles}
GC/kg => {GC}/kg
I.U./kg => [IU]/kg
UI/L => [IU]/L
kIU => k[IU]
MIU => M[IU]
mU => mU
MU => MU
kUA/L => kU/L
U/mL => U/mL
nkat/L => nkat/L
BU => [beth'U]
HU => [hnsf'U]
GPL => [GPL'U]
Wood units => [wood'U]
mOsm/kg => mosm/kg
mosmol/kg => mosm/kg
cGy => cGy
mSv => mSv
µCi => uCi
GBq => GBq
kJ => kJ
mW => mW
dB => dB
dB HL => dB
dB SPL => dB[SPL]
cmH2O => cm[H2O]
cmH20 => cm[H2O]
mm/Hg => mm[Hg]
mm of Hg => mm[Hg]
torr => mm[Hg]
bar => bar
atm => atm
ATA => atm
hPa => hPa
‰ => [ppth]
ppb => [ppb]
mg% => mg/dL
g% => g/dL
℃ => Cel
℉ => [degF]
degrees Celsius => Cel
deg C => Cel
Fahrenheit => [degF]
D => [diop]
gallons => [gal_us]
feet => [ft_i]
in. => [in_i]
miles => [mi_i]
mcL => uL
µL => uL
dL => dL
litres => L
cumm => mm3
cu mm => mm3
cells/cu. mm => {cells}/mm3
cubic centimeters => cm3
cm³ => cm3
mm² => mm2
sq m => m2
fL => fL
fmol => fmol
fg => fg
GM/DL => g/dL
G/DL => g/dL
MMOL/L => mmol/L
NG/ML => ng/mL
KG => kg
U/ML => U/mL
MBq/kg => MBq/kg
y.o. => a
years => a
minute => min
µs => us
lower limit of normal => {LLN}
LLN => {LLN}
x ULN => {ULN}
times the upper limit of normal => {ULN}
upper limit of the institution's normal range => {ULN}
the laboratory ULN => {ULN}
ULRR => {ULN}
UNL => {ULN}
IULN => {ULN}
N => {ULN}
baseline => {baseline}
MET-hours/week => [MET].h/wk
MET-min/week => [MET].min/wk
person-years => {patient}.a
half-life => {half-life}
puffs/day => {puffs}/d
capsules daily => {capsules}/d
mg/tablet => mg/{tablet}
mg/vial => mg/{vial}
IU daily => [IU]/d
mL/cm H2O => mL/cm[H2O]
L/min/m2 => L/min/m2
mmol/24 h => mmol/(24.h)
µmol/mol => umol/mol
mg/100 g => mg/(100.g)
/HPF => /[HPF]
per hour => /h
min-1 => /min
x10^9 cells/L => {cells}/L
"""

# A printed unit that is not known stays as it is: no guess.
UNKNOWN = """
foo/mL
XYZ/kg
XYZ
mBq
MIU/mL
cells/mm
platelets/mL3
mg/
mg//kg
mg/kg)
(mg
/
mL3
mg2
of
mg/0 mL
"""


def cases(table: str) -> list[str]:
    return [line for line in table.strip().splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("case", cases(CODES))
def test_a_unit_as_written_has_its_code(case: str) -> None:
    written, code = case.split(" => ")
    assert read_unit(written).ucum == code


def test_the_table_of_cases_is_long_enough() -> None:
    assert len(cases(CODES)) >= 250


@pytest.mark.parametrize("written", cases(UNKNOWN))
def test_an_unknown_unit_has_no_code(written: str) -> None:
    assert read_unit(written).ucum is None


@pytest.mark.parametrize(
    "text, written",
    [
        ("mg / kg / day", "mg/kg/day"),
        ("mg per kg", "mg per kg"),
        ("ml / ( min · 1.73m2 )", "ml/(min·1.73m2)"),
        ("mL/min/1.73 m^2", "mL/min/1.73 m^2"),
        ("x ULN", "ULN"),
        ("times the upper limit of normal", "upper limit of normal"),
        ("foo / mL", "foo/mL"),
        ("kg  body\tweight", "kg body weight"),
        ("/100 mL", "/100 mL"),
    ],
)
def test_the_written_form_is_kept_without_blanks_next_to_signs(text: str, written: str) -> None:
    assert read_unit(text).written == written


@pytest.mark.parametrize(
    "written, code, exponent",
    [
        ("K/µL", "/uL", 3),
        ("K/cumm", "/mm3", 3),
        ("thousand/mm3", "/mm3", 3),
        ("M/uL", "/uL", 6),
        ("G/L", "/L", 9),
        ("Lakh per cumm", "/mm3", 5),
        ("T/L", "/L", 12),
        ("10^9/L", "/L", 9),
        ("x10^9 cells/L", "{cells}/L", 9),
        ("/L", "/L", 0),
        ("g/L", "g/L", 0),
    ],
)
def test_a_power_of_ten_belongs_to_the_number(written: str, code: str, exponent: int) -> None:
    unit = read_unit(written)
    assert (unit.ucum, unit.exponent) == (code, exponent)


def test_what_is_multiplied_by_a_power_of_ten_is_counted() -> None:
    assert read_unit("XYZ / kg").ucum is None
    unit = read_unit("XYZ / kg", power=True)
    assert (unit.written, unit.ucum, unit.dimension, unit.dose) == ("XYZ/kg", "{XYZ}/kg", "", True)
    assert read_unit("CSM / kg", power=True).ucum == "{CSM}/kg"
    assert read_unit("edited cells", power=True).ucum == "{edited_cells}"
    # What is a unit stays one, and a denominator is never a guess.
    assert read_unit("mg/kg", power=True).ucum == "mg/kg"
    assert read_unit("cells/XYZ", power=True).ucum is None


@pytest.mark.parametrize(
    "written, dimension, dose",
    [
        ("years", "time", False),
        ("half-lives", "time", False),
        ("mg", "mass", True),
        ("kg", "mass", False),
        ("mL", "volume", True),
        ("mm3", "volume", False),
        ("cm", "length", False),
        ("m2", "area", False),
        ("%", "fraction", False),
        ("ULN", "limit", False),
        ("baseline", "limit", False),
        ("mg/dL", "concentration", False),
        ("cells/mm3", "concentration", False),
        ("/L", "concentration", False),
        ("drinks", "count", False),
        ("tablets", "count", True),
        ("cells", "count", True),
        ("cells/kg", "", True),
        ("mg/kg", "", True),
        ("mg/m2/day", "", True),
        ("mg/kg/dose", "", True),
        ("g/24h", "", True),
        ("IU", "arbitrary", True),
        ("IU/kg weekly", "", True),
        ("Gy", "absorbed dose", True),
        ("MBq", "radioactivity", True),
        ("mmol", "amount", True),
        ("mmol/mol", "", False),
        ("kg/m2", "", False),
        ("mL/min/1.73 m2", "", False),
        ("mmHg", "pressure", False),
        ("°C", "temperature", False),
        ("attacks/week", "", False),
        ("foo/mL", "", False),
    ],
)
def test_dimension_and_dose(written: str, dimension: str, dose: bool) -> None:
    unit = read_unit(written)
    assert (unit.dimension, unit.dose) == (dimension, dose)


# --- What of a text is a unit ---


def behind_number(text: str) -> str | None:
    """What is a unit behind the first number of a text, its sign of multiplication and blanks."""
    number = re.search(r"\d[\d.,]*(?:\s?(?:[xX]|times)(?= (?:ULN|the|norm|base|inst)))? ?", text)
    assert number
    found = unit_at(text, number.end(), times=number[0].rstrip().lower().endswith(("x", "times")))
    return text[found.start : found.end] if found else None


@pytest.mark.parametrize(
    "text, unit",
    [
        ("5 mg/kg/day for 3 days", "mg/kg/day"),
        ("500 mg / month for", "mg / month"),
        ("375 mg / m2, once", "mg / m2"),
        ("10 mg daily or", "mg daily"),
        ("10 mg once daily", "mg"),
        ("60 mL/min/1.73 m^2 by", "mL/min/1.73 m^2"),
        ("30 ml / ( min · 1.73m2 ) or", "ml / ( min · 1.73m2 )"),
        ("(BMI 30 kg/m^2)", "kg/m^2"),
        ("200 cells/mm(3) or", "cells/mm(3)"),
        ("150 /mm3 and", "/mm3"),
        ("500/µL 10. Left", "/µL"),
        ("20 ml/min/1.73m 4. Active", "ml/min/1.73m"),
        ("60 mL/min/1.73 m 2 or", "mL/min/1.73 m 2"),
        ("60 mL/min (1.73 m2)", "mL/min"),
        ("100 per cubic millimeter", "per cubic millimeter"),
        ("2 per day", "per day"),
        ("100 CD34+ cells/kg", "CD34+ cells/kg"),
        ("1 CSM / kg", "CSM / kg"),
        ("50 foo/mL", "foo/mL"),
        ("2.5 x ULN", "ULN"),
        ("2 times the institutional upper limit of normal,", "the institutional upper limit of normal"),
        ("2 x normal", "normal"),
        ("3 times baseline", "baseline"),
        ("2.5N and", "N"),
        ("18 years of age", "years"),
        ("18 y/o", "y/o"),
        ("18y", "y"),
        ("30 consecutive days of", "consecutive days"),
        ("5 half-lives", "half-lives"),
        ("15 headache days per month", "headache days per month"),
        ("3 drinks a day", "drinks a day"),
        ("4 attacks/week", "attacks/week"),
        ("20 pack-years", "pack-years"),
        ("38.5 C or", "C"),
        ("100.4F)", "F"),
        ("90° flexion", "°"),
        ("6.00 D)", "D"),
        ("100 m without", "m"),
        ("1.5 K/mcL", "K/mcL"),
        ("3 L oxygen", "L"),
        ("30 s and", "s"),
        ("12 h before", "h"),
        ("1 g/24h.", "g/24h"),
        ("10 mg/5 mL", "mg/5 mL"),
        ("160 mg/12.5 mg", "mg"),
        ("4 weeks/8 weeks", "weeks"),
        ("50 Gy/25 fractions", "Gy"),
        ("2 Gy per fraction daily", "Gy per fraction"),
        ("10 mg. Day 1", "mg"),
        ("5 mg.In patients", "mg"),
        ("40 mg twice per day", "mg"),
        ("100 mmHg/60 mmHg", "mmHg"),
        ("5 MG/M 2 of", "MG/M 2"),
        ("5 MG", "MG"),
        ("10 NG/ML", "NG/ML"),
        ("3 days/week", "days/week"),
        ("25 % predicted", "%"),
        ("95 th percentile", "th percentile"),
        ("5 month(s) of", "month(s)"),
        ("5 in. wide", "in."),
        ("2000 IU/daily for", "IU/daily"),
        ("3 STAR+T cells / kg", "STAR+T cells / kg"),
        ("2.5 X institutional norm or", "institutional norm"),
        ("3 months-old", "months"),
    ],
)
def test_a_unit_is_found_behind_a_number(text: str, unit: str) -> None:
    assert behind_number(text) == unit


@pytest.mark.parametrize(
    "text",
    [
        "18 and 70",
        "5 in the",
        "2 m",
        "3 of 5",
        "3 of the following",
        "10 a day",
        "5 at least",
        "3 as",
        "1 A",
        "2 I",
        "30 day mortality",
        "24 hour urine",
        "6 minute walk test",
        "5 year survival",
        "2D echocardiography",
        "3D printed",
        "3d printed guide",
        "1L treatment",
        "2L+ patients",
        "the 1990s",
        "in their 40s or older",
        "16s rRNA",
        "18F-FDG",
        "99m Tc",
        "3Ms",
        "2 MS relapses",
        "5 MM patients",
        "2 cell-based therapies",
        "2 NG tubes",
        "20 U.S. sites",
        "2° type II",
        "1/2 weeks",
        "120/80",
        "visit 2/week 12",
        "3/5 patients",
        "3 times per week",
        "2 x/week",
        "2 patients per group",
        "4 prior lines of therapy",
        "5-point scale",
        "5 normal volunteers",
        "3 PET/CT",
        "5 h30",
        "1 stone",
        "2 foot ulcers",
        "5 weeksmonths",
    ],
)
def test_what_only_looks_like_a_unit_is_none(text: str) -> None:
    assert behind_number(text) is None


HOSTILE = """
mg/
(
m^
/kg
/1.73m2
/100 mL
CD4+\x20
T\x20
consecutive\x20
institutional\x20
upper limit of\x20
per\x20
headache\x20
mg kg-1\x20
mg.
°
-h
1
\x20/\x20
\x20
"""


@pytest.mark.linear
@pytest.mark.parametrize("piece", HOSTILE.strip("\n").splitlines())
def test_hostile_texts_cost_what_they_are_long(piece: str) -> None:
    def match(length: int) -> None:
        tail = piece * (length // len(piece))
        for text in ("5 " + tail, "5 mg" + tail, "5 mg/kg" + tail):
            unit_at(text, 1)
        read_unit.__wrapped__(tail)
        read_unit.__wrapped__("mg" + tail)

    assert_linear(match, 100_000)


# --- From one unit to another ---


@pytest.mark.parametrize(
    "value, source, target, expected",
    [
        ("1", "h", "min", "60"),
        ("2", "a", "mo", "24"),
        ("3", "wk", "d", "21"),
        ("36", "h", "d", "1.5"),
        ("1", "a", "d", "365.25"),
        ("500", "ms", "s", "0.5"),
        ("1", "g", "mg", "1000"),
        ("500", "ug", "mg", "0.5"),
        ("1", "g/d", "mg/d", "1000"),
        ("100", "[lb_av]", "kg", "45.359237"),
        ("1", "m", "cm", "100"),
        ("1", "[in_i]", "cm", "2.54"),
        ("1", "L", "mL", "1000"),
        ("1", "mm3", "uL", "1"),
        ("5", "{ULN}", "{ULN}", "5"),
        ("5", "mg", "mL", None),
        ("5", "g/d", "mg/wk", None),
        ("5", "{cells}", "mg", None),
        ("5", "mmol/L", "mg/dL", None),
    ],
)
def test_values_in_another_unit(value: str, source: str, target: str, expected: str | None) -> None:
    converted = convert(Decimal(value), source, target)
    assert converted == (None if expected is None else Decimal(expected))


# --- The table ---

COLUMNS = {
    "counted": {"counted", "measured", "activity"},
    "plausible": {"", "cells", "copies", "virus", "thousands"},
    "marks": {"dose", "below", "rate", "times", "cells", "prefixed", "periodic", "period", "people"},
}


def test_a_row_has_a_size_or_says_that_it_has_none() -> None:
    for row in rows():
        size, _, base = row.size.partition(" ")
        assert size in ("none", "parts") or Decimal(size) > 0, row
        assert base or size in ("none", "parts") or row.code[0] in "{1%[", row
        if size == "parts":
            assert canonical(row.code), row
        assert row.counted in COLUMNS["counted"], row
        assert row.plausible in COLUMNS["plausible"], row
        assert set(row.marks.split()) <= COLUMNS["marks"], row


def test_no_other_module_names_a_unit() -> None:
    """What a unit is stands in the table alone: elsewhere no text is a code or a written form of one."""
    names = {row.code for row in rows() if len(row.code) > 2 and not row.code.startswith("10*")}
    # Powers of ten are numbers, too.
    names |= {form.text for form in forms() if len(form.text) > 2 and not form.atom.code.startswith("10*")}
    # Words that are units and have other meanings: of what is counted, of periods, of prefixes.
    words = {
        "cells",
        "copies",
        "time",
        "day",
        "week",
        "month",
        "year",
        "hour",
        "second",
        "minute",
        "parts",
        "points",
        "weeks",
        "days",
        "units",
        "at least",
        "fraction",
        "min",
    }
    words |= {"mega", "giga", "tera", "million", "thousand", "billion", "score", "normal", "limit", "dose", "doses"}
    words |= {row.dimension for row in rows()}
    found: list[str] = []
    for path in (PACKAGE / "quantities").glob("*.py"):
        if path.name == "unit_table.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found += [f"{path.name}:{node.lineno}: {node.value!r}"] if node.value in names - words else []
    assert found == []


LUMEN = Row("lm", "luminous flux", "1 cd.sr", "measured", "", "", "", "k m", "=lm", "lumen*")


@pytest.fixture
def with_lumens(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The table with one more row, as a user would add it."""
    tables = (unit_table.forms, unit_table._by_text, unit_table._trie, unit_table.atoms_by_code, units._first_words)
    kept = (*tables, units._common, read_unit, canonical)
    table = (*rows(), LUMEN)
    monkeypatch.setattr(unit_table, "rows", lambda: table)
    for cached in kept:
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in kept:
        cached.cache_clear()


@pytest.mark.usefixtures("with_lumens")
@pytest.mark.parametrize(
    "text, expected",
    [
        ("lamp of 2 x 105 lumens", ["[105, 105] lm"]),
        ("lamp ≥ 1.500 lm", ["[1.5, -) lm"]),
        ("between 3 and 5 klm", ["[3, 5] klm"]),
        ("lamp of 800 lumens per square meter", ["[800, 800] lm/m2"]),
        ("lamp of 800 lm/mL", ["[800, 800] lm/mL"]),
    ],
)
def test_a_unit_is_added_by_one_row(text: str, expected: list[str]) -> None:
    found = read_quantities(text)
    assert [notation(replace(one, subject=None)) for one in found] == expected
    assert all(one.repair is None for one in found)
    assert all((size := canonical(one.ucum or "")) and "cd.sr" in size.ucum for one in found)


# --- Every code is UCUM ---


@cache
def record_units() -> tuple[str, ...]:
    """The distinct units behind the numbers of the records, most frequent first."""
    counts: dict[str, int] = {}
    for study in load_records():
        protocol = study["protocolSection"]
        texts = [protocol.get("eligibilityModule", {}).get("eligibilityCriteria", "")]
        arms = protocol.get("armsInterventionsModule", {})
        texts += [arm.get("description", "") for kind in ("armGroups", "interventions") for arm in arms.get(kind, [])]
        for text in texts:
            unescaped = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
            for number in re.finditer(r"(?<![\w.,/-])\d[\d.,]*(?:\s?[x×](?=\s?[A-Z]))?[ \xa0]?", unescaped):
                if found := unit_at(unescaped, number.end()):
                    unit = unescaped[found.start : found.end]
                    counts[unit] = counts.get(unit, 0) + 1
    return tuple(sorted(counts, key=lambda unit: (-counts[unit], unit)))


def assert_valid(codes: set[str]) -> None:
    ucumvert = pytest.importorskip("ucumvert")
    parser = ucumvert.get_ucum_parser()
    wrong = []
    for code in sorted(codes):
        try:
            parser.parse(code)
        except Exception as error:  # lark's errors, of which there are several without a common name.
            wrong.append(f"{code}: {type(error).__name__}")
    assert not wrong


def test_the_sizes_of_the_table_are_those_of_ucum() -> None:
    ucumvert = pytest.importorskip("ucumvert")
    registry = ucumvert.PintUcumRegistry()
    for code, atom in atoms_by_code().items():
        if atom.dimension in ("time", "mass", "length", "volume", "pressure", "radioactivity"):
            expected = registry.from_ucum(code).to(registry.from_ucum(atom.base)).magnitude
            close = 1e-9 if atom.dimension in ("time", "mass", "length", "volume") else 1e-5
            assert float(atom.size or 0) == pytest.approx(expected, rel=close), code


def test_every_form_of_the_table_has_a_valid_code() -> None:
    codes = {read_unit(form.text).ucum for form in forms() if not form.atom.code.startswith("10*")}
    assert_valid({code for code in codes if code})
    # Only what is ambiguous alone has none, and what says how often and not how much.
    assert {form.text for form in forms() if read_unit(form.text).ucum is None} == {
        form.text
        for form in forms()
        if form.text in "KkT"
        or (form.atom.code.startswith("10*") and len(form.text) > 1)
        or (form.atom.marks & {"periodic", "period"} and form.text not in ("night", "nights"))
    }


def test_products_of_forms_have_valid_codes() -> None:
    numerators = [form.text for form in forms() if form.atom.dimension not in ("limit", "rank")][::7]
    denominators = (
        "kg",
        "m2",
        "mL",
        "mm^3",
        "day",
        "24 h",
        "1.73 m2",
        "(kg·min)",
        "10^6 cells",
        "dose",
        "mL*h",
        "HPF/d",
    )
    written = [f"{above}/{below}" for above, below in product(numerators, denominators)]
    codes = {unit.ucum for unit in map(read_unit, written) if unit.ucum}
    assert len(codes) > 1200
    assert_valid(codes)


@needs_records
def test_units_of_the_records_are_known_and_valid() -> None:
    found = record_units()
    known = {unit: code for unit in found if (code := read_unit(unit).ucum)}
    assert len(found) > 400
    assert len(known) / len(found) > 0.97
    assert_valid(set(known.values()))


@pytest.mark.parametrize("unit", ["mg tablets", "mg capsules", "mL ampoules"])
def test_a_mass_beside_a_thing_is_no_product(unit: str) -> None:
    assert read_unit(unit).ucum is None
