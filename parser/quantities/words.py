"""The words that the reader of quantities knows, by what they are to it."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Between what is measured and its value: `is`, `must be`, `of`, `with a`, `level of`.
BETWEEN = _words(
    """
    is are was were be been being of at to a an the must should shall will may can has have had having with equal
    equals that which remains remain falls measuring measured measures totaling documented i.e ie e.g eg than it
    they either both only also not no where still as calculated currently known up
    """
)

# How something is given, which is not what is given.
ROUTES = _words(
    """
    iv i.v orally po p.o oral intravenous intravenously intramuscular intramuscularly subcutaneous subcutaneously sc
    s.c im i.m parenterally parenteral intrathecal epidural topical intravitreal inhaled intranasal sublingual
    ophthalmic sub-cutaneous inj cap tab rectal vaginal transdermal intradermal intraperitoneal peroral
    """
)

GIVEN = ROUTES | _words(
    """
    bolus infusion infusions injection injections equivalent equivalents daily weekly monthly per day week total
    stable therapy treatment equivalently given administered injected infused taken dosed taking by via mouth vein
    administration capsule capsules tablet tablets tabs tab cap caps inj solution inj. tab. cap. maintenance
    once-daily
    """
)

DOSES = _words(
    """
    dose doses dosage dosages
    """
)

KINDS_OF_DOSE = _words(
    """
    lowest highest starting target cumulative prescribed initial loading single fixed daily recommended low high
    each final first second third radiation therapeutic usual full reduced higher lower
    """
)

DOSE_STEPS = _words(
    """
    level levels group groups escalation of
    """
)

SIZES = _words(
    """
    single maximum minimum maximal minimal mean average
    """
)

# Those who are measured are not what is measured.
PEOPLE = _words(
    """
    patient patients subject subjects participant participants men women man woman male males female females child
    children adult adults volunteer volunteers individual individuals people person persons boys girls infant
    infants adolescent adolescents donor donors recipient recipients they he she who those one pts mother mothers
    neonates newborns criteria criterion inclusion exclusion healthy must following provided
    """
)

# Where a noun phrase begins: what stands in front of these belongs to another part of the sentence.
BORDER = _words(
    """
    less greater more fewer according
    with without who whom whose which that has have had having if when unless except for by as than is are was were
    be been but from into between within during after before prior until since not no and or and/or to on in at of
    per via using use uses used show shows showing shown demonstrate demonstrated demonstrating include includes
    including included defined receive receives received receiving take takes taking taken require requires required
    requiring exceed exceeds exceeding either because due despite while where whether will must should can may
    cannot could would documented determined assessed confirmed suspected evidenced indicated i.e e.g ie eg such
    alternatively monitoring administer administers contains containing contain recieve followed tapered plus
    consist consists then given administered injected achieve achieved achieving obtained meeting meet maintain
    maintaining weighing under over above below about least both presence history evidence suffering undergoing
    undergone consuming consumes smoke smokes drink drinks drinking
    """
)

# Verbs that name what is measured: `weighing < 55 kg`.
MEASURING = _words(
    """
    weighing aging ageing aged
    """
)

ARTICLES = _words(
    """
    also still or/and and/or currently a an the any all each their his her its this these those some known other own
    my our
    """
)

# `X of Y` is one thing when X is how Y is measured.
MEASURES = _words(
    """
    level levels count counts number numbers ratio duration score scores value values concentration concentrations
    volume rate percentage percent proportion degree amount length thickness diameter size width height weight loss
    grade index expectancy titer titers titre intake dose doses elevation elevations increase decrease reduction
    change time period severity area range sum average mean history dimension presence clearance measurement
    measurements prolongation pressure intensity
    """
)

# What comes with something, but is not measured.
NOT_OF = (
    SIZES
    | DOSES
    | GIVEN
    | BORDER
    | PEOPLE
    | _words(
        """
    history diagnosis evidence presence use case cases treatment onset because instead absence episode episodes any
    risk documentation consists administration spite event events type types failure symptoms signs time day days
    week weeks month months year years hours combination regimen course courses following rate
    """
    )
)

CHANGES = _words(
    """
    decrease increase reduction change improvement difference rise drop elevation loss decline gain deterioration
    variation fall protein blood glucose cells bacteria
    """
)

# In front of a way of measuring or a stretch of time: what is measured stands before them.
ASIDE = _words(
    """
    by during using per via within after before
    """
)

# So it does before these when an occasion or people are behind them: `at screening`, `on room air`, `in men`.
PLACED = _words(
    """
    at on in for from of to
    """
)

OCCASIONS = _words(
    """
    screening baseline visit enrollment enrolment entry inclusion rest admission diagnosis randomization
    randomisation presentation discharge air registration start beginning onset time consent hospitalization
    echocardiography echocardiogram ultrasound mri ct ecg ekg dipstick urinalysis history examination assessment
    treatment day week month study today present least occasions room supplementation supplements dialysis
    """
)

# Between two values of one thing.
LINKS = PEOPLE | _words(
    """
    and or to i.e ie but equivalent corresponding = ~ equals that is approximately in for
    """
)

DOSE_LINKS = SIZES | DOSES | GIVEN | LINKS | BETWEEN

BARE = _words(
    """
    score scores a total scoring value rating level
    """
)

DURATIONS = _words(
    """
    age ages aged duration expectancy survival time period life gestation gestational stay sleep latency interval
    half follow exposure intervals refilling size length history symptoms disease pt ptt aptt qt qtc qtcf qtcb
    prothrombin thromboplastin qrs pr
    """
)

# Words that nothing measured begins with, behind a value.
NOT_BEHIND = (
    BORDER
    | ROUTES
    | _words(
        """
    given administered injected infused taken taking equivalent equivalents day week per via by total bolus infusion
    injection tablet tablets capsule capsules once twice every each a an three four daily bid tid qd q.d b.i.d
    followed then plus qid qhs od bd tds qw prn hs higher lower greater lesser more less old older younger duration
    long ago apart later prior
    """
    )
) - {"of", "prior", "oral"}

# Scales and measures that are printed without a unit.
SCALES = _words(
    """
    score scores scale index grade grades class ecog asa nyha ps kps status karnofsky gleason apgar inr bmi ratio ph
    gcs mmse moca nihss mrs edss hamd madrs phq apache sofa meld rating points age aged ages performance pugh vas
    nrs gold birads rads cgi rass category classification severity fio2 ccs who
    """
)

LABORATORY = _words(
    """
    pt aptt ptt qt qtc qtcf qtcb prothrombin thromboplastin qrs pr clotting coagulation refill
    """
)

# Words in front of a number that it is the name of.
NAMING = _words(
    """
    type types stage stages phase phases day days visit visits cycle cycles version ver v criterion criteria item
    items no nos number factor factors part parts cohort cohorts arm arms group groups step steps section sections
    chapter appendix table figure fig protocol study studies amendment nct dsm icd ctcae recist week month year
    period level omega vitamin vit chromosome chromosomes exon exons codon codons room suite question questions
    schedule hiv htlv hsv hpv hhv covid sars cov serotype serotypes genotype genotypes subtype subtypes clade
    interleukin il alpha beta gamma region zone line module session sessions article annex edition rule title lot
    batch reference ref see note hospital clinic ward model mark windows android ios mri tier track protein antigen
    receptor gene allele locus loci trisomy monosomy mucopolysaccharidosis mps nf ca
    """
)

# `weeks of 5`, `volume in 1 second`, `since 2019`: what stands before a small word decides.
BEFORE_SMALL = _words(
    """
    week weeks volume flow fev fev1 measured
    """
)

SMALL = _words(
    """
    of at in
    """
)

BEFORE_YEAR = _words(
    """
    in since before after until by from of year
    """
)

# Lengths of time are said of something, and are not measured themselves.
TIMES = _words("day days week weeks month months year years hour hours")

# --- Put together once, because each word of a text is looked up in them ---

# Between a subject and its value.
CONNECTING = BETWEEN | GIVEN | DOSES | SIZES
# What a phrase that names a subject must be more than.
UNNAMED = PEOPLE | GIVEN | SIZES
# What a phrase in front of a value does not begin with.
LEADING = ARTICLES | BORDER | ROUTES | PEOPLE
LEADING_BEHIND = ARTICLES | ROUTES
# What a phrase behind a value does not end with.
TRAILING_BEHIND = BORDER | GIVEN
# Behind a preposition, these only say where and of whom.
ASIDES = OCCASIONS | PEOPLE
APART = BORDER | PEOPLE
