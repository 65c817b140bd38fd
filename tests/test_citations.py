"""Citations from the registry's records, each with what a person reads in it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import fields

from parser.values.citation import Author, Citation, CitationPart, read_citation
from tests.linear import assert_linear


def name(author: Author) -> tuple[str, ...]:
    parts = (author.family, author.given, author.suffix)
    return tuple(part.value for part in parts if part)


def read(text: str) -> dict[str, Any]:
    """What is read of a citation, without places and absent parts."""
    citation = read_citation(text)
    values = {field.name: getattr(citation, field.name) for field in fields(citation) if field.name != "authors"}
    return {
        **({"authors": [name(author) for author in citation.authors]} if citation.authors else {}),
        **{field: part.value for field, part in values.items() if part is not None},
    }


def parts_of(citation: Citation) -> list[CitationPart[Any]]:
    named = [getattr(citation, field.name) for field in fields(citation) if field.name != "authors"]
    people = [part for author in citation.authors for part in (author.family, author.given, author.suffix)]
    return [part for part in [*named, *people] if part is not None]


PUBMED: list[tuple[str, dict[str, Any]]] = [
    (
        "Farge D, Biard L, Resche-Rigon M. Allogeneic umbilical cord-derived mesenchymal stromal cells: a "
        "single-centre, open-label, phase 1 study. Lancet Rheumatol. 2025 Apr;7(4):e261-e273. doi: "
        "10.1016/S2665-9913(24)00298-4. Epub 2024 Dec 17.",
        {
            "authors": [("Farge", "D"), ("Biard", "L"), ("Resche-Rigon", "M")],
            "title": "Allogeneic umbilical cord-derived mesenchymal stromal cells: a single-centre, open-label, "
            "phase 1 study",
            "journal": "Lancet Rheumatol",
            "year": 2025,
            "volume": "7",
            "issue": "4",
            "pages": "e261-e273",
            "doi": "10.1016/S2665-9913(24)00298-4",
            "epub": "2024-12-17",
        },
    ),
    (
        "Weber H. Lumbar disc herniation. A controlled, prospective study with ten years of observation. Spine (Phila "
        "Pa 1976). 1983 Mar;8(2):131-40.",
        {
            "authors": [("Weber", "H")],
            "title": "Lumbar disc herniation. A controlled, prospective study with ten years of observation",
            "journal": "Spine (Phila Pa 1976)",
            "year": 1983,
            "volume": "8",
            "issue": "2",
            "pages": "131-40",
        },
    ),
    (
        "Zdeblick TA, Phillips FM. Interbody cage devices. Spine (Phila Pa 1976). 2003 Aug 1;28(15 Suppl):S2-7. doi: "
        "10.1097/01.BRS.0000076841.93570.78.",
        {
            "authors": [("Zdeblick", "TA"), ("Phillips", "FM")],
            "title": "Interbody cage devices",
            "journal": "Spine (Phila Pa 1976)",
            "year": 2003,
            "volume": "28",
            "issue": "15 Suppl",
            "pages": "S2-7",
            "doi": "10.1097/01.BRS.0000076841.93570.78",
        },
    ),
    (
        "Househam AM, Chopra D. The Effects of Stress and Meditation on the Immune System. Adv Mind Body Med. 2017 "
        "Fall;31(4):10-25.",
        {
            "authors": [("Househam", "AM"), ("Chopra", "D")],
            "title": "The Effects of Stress and Meditation on the Immune System",
            "journal": "Adv Mind Body Med",
            "year": 2017,
            "volume": "31",
            "issue": "4",
            "pages": "10-25",
        },
    ),
    (
        "Tomky D, Youssef G; 2012 Standards Revision Task Force. National standards for diabetes self-management "
        "education and support. Diabetes Care. 2013 Jan;36 Suppl 1(Suppl 1):S100-8. doi: 10.2337/dc13-S100. No "
        "abstract available.",
        {
            "authors": [("Tomky", "D"), ("Youssef", "G"), ("2012 Standards Revision Task Force",)],
            "title": "National standards for diabetes self-management education and support",
            "journal": "Diabetes Care",
            "year": 2013,
            "volume": "36 Suppl 1",
            "issue": "Suppl 1",
            "pages": "S100-8",
            "doi": "10.2337/dc13-S100",
        },
    ),
    (
        "Nombela C, Grahn JA. Into the groove: can rhythm influence Parkinson's disease? Neurosci Biobehav Rev. 2013 "
        "Dec;37(10 Pt 2):2564-70. doi: 10.1016/j.neubiorev.2013.08.003. Epub 2013 Sep 3.",
        {
            "authors": [("Nombela", "C"), ("Grahn", "JA")],
            "title": "Into the groove: can rhythm influence Parkinson's disease?",
            "journal": "Neurosci Biobehav Rev",
            "year": 2013,
            "volume": "37",
            "issue": "10 Pt 2",
            "pages": "2564-70",
            "doi": "10.1016/j.neubiorev.2013.08.003",
            "epub": "2013-09-03",
        },
    ),
    (
        "Zhang Y, Luo D. Influence of long-chain inulin phosphate monoester. Int J Biol Macromol. 2025 May;308(Pt "
        "3):141965. doi: 10.1016/j.ijbiomac.2025.141965. Epub 2025 Mar 17.",
        {
            "authors": [("Zhang", "Y"), ("Luo", "D")],
            "title": "Influence of long-chain inulin phosphate monoester",
            "journal": "Int J Biol Macromol",
            "year": 2025,
            "volume": "308",
            "issue": "Pt 3",
            "pages": "141965",
            "doi": "10.1016/j.ijbiomac.2025.141965",
            "epub": "2025-03-17",
        },
    ),
    (
        "Du Bois D, Du Bois EF. A formula to estimate the approximate surface area if height and weight be known. "
        "1916. Nutrition. 1989 Sep-Oct;5(5):303-11; discussion 312-3. No abstract available.",
        {
            "authors": [("Du Bois", "D"), ("Du Bois", "EF")],
            "title": "A formula to estimate the approximate surface area if height and weight be known. 1916",
            "journal": "Nutrition",
            "year": 1989,
            "volume": "5",
            "issue": "5",
            "pages": "303-11",
        },
    ),
    (
        "Mathai M, Hofmeyr GJ. Abdominal surgical incisions for caesarean section. Cochrane Database Syst Rev. 2007 "
        "Jan 24;(1):CD004453. doi: 10.1002/14651858.CD004453.pub2.",
        {
            "authors": [("Mathai", "M"), ("Hofmeyr", "GJ")],
            "title": "Abdominal surgical incisions for caesarean section",
            "journal": "Cochrane Database Syst Rev",
            "year": 2007,
            "issue": "1",
            "pages": "CD004453",
            "doi": "10.1002/14651858.CD004453.pub2",
        },
    ),
    (
        "Pelosi MA, Ortega I. [Cesarean section: Pelosi's simplified technique]. Rev Chil Obstet Ginecol. "
        "1994;59(5):372-7. Spanish.",
        {
            "authors": [("Pelosi", "MA"), ("Ortega", "I")],
            "title": "[Cesarean section: Pelosi's simplified technique]",
            "journal": "Rev Chil Obstet Ginecol",
            "year": 1994,
            "volume": "59",
            "issue": "5",
            "pages": "372-7",
        },
    ),
    (
        "Sooknarine C, D'Arcy F, Cundiff GW. Pilot Study of a Digital Behavioral Therapy for Overactive Bladder in "
        "Women. Urogynecology (Phila). 2024 Mar 7. doi: 10.1097/SPV.0000000000001499. Online ahead of print.",
        {
            "authors": [("Sooknarine", "C"), ("D'Arcy", "F"), ("Cundiff", "GW")],
            "title": "Pilot Study of a Digital Behavioral Therapy for Overactive Bladder in Women",
            "journal": "Urogynecology (Phila)",
            "year": 2024,
            "doi": "10.1097/SPV.0000000000001499",
        },
    ),
    (
        "Conde-Anton A, Ceballos-Laita L. Effects of stimulation in patients with fibromyalgia. A systematic review. "
        "Neurologia (Engl Ed). 2020 Oct 15:S0213-4853(20)30278-4. doi: 10.1016/j.nrl.2020.07.024. Online ahead of "
        "print. English, Spanish.",
        {
            "authors": [("Conde-Anton", "A"), ("Ceballos-Laita", "L")],
            "title": "Effects of stimulation in patients with fibromyalgia. A systematic review",
            "journal": "Neurologia (Engl Ed)",
            "year": 2020,
            "pages": "S0213-4853(20)30278-4",
            "doi": "10.1016/j.nrl.2020.07.024",
        },
    ),
    (
        "Blair HA. Daratumumab: A Review in Relapsed and/or Refractory Multiple Myeloma. Drugs. 2017 "
        "Dec;77(18):2013-2024. doi: 10.1007/s40265-017-0837-7. Erratum In: Drugs. 2018 Mar;78(3):397. doi: "
        "10.1007/s40265-018-0873-y.",
        {
            "authors": [("Blair", "HA")],
            "title": "Daratumumab: A Review in Relapsed and/or Refractory Multiple Myeloma",
            "journal": "Drugs",
            "year": 2017,
            "volume": "77",
            "issue": "18",
            "pages": "2013-2024",
            "doi": "10.1007/s40265-017-0837-7",
        },
    ),
    (
        "Intensive blood-glucose control with sulphonylureas or insulin compared with conventional treatment (UKPDS "
        "33). UK Prospective Diabetes Study (UKPDS) Group. Lancet. 1998 Sep 12;352(9131):837-53. Erratum In: Lancet "
        "1999 Aug 14;354(9178):602.",
        {
            "title": "Intensive blood-glucose control with sulphonylureas or insulin compared with conventional "
            "treatment (UKPDS 33). UK Prospective Diabetes Study (UKPDS) Group",
            "journal": "Lancet",
            "year": 1998,
            "volume": "352",
            "issue": "9131",
            "pages": "837-53",
        },
    ),
    (
        "Friedman BW, Grosberg BM. Diagnosis and management of the primary headache disorders. Emerg Med Clin North "
        "Am. 2009 Feb;27(1):71-87, viii. doi: 10.1016/j.emc.2008.09.005.",
        {
            "authors": [("Friedman", "BW"), ("Grosberg", "BM")],
            "title": "Diagnosis and management of the primary headache disorders",
            "journal": "Emerg Med Clin North Am",
            "year": 2009,
            "volume": "27",
            "issue": "1",
            "pages": "71-87, viii",
            "doi": "10.1016/j.emc.2008.09.005",
        },
    ),
    (
        "Fischman J. Who will take care of you? US News World Rep. 2005 Jan 31-Feb 7;138(4):44-6. No abstract "
        "available.",
        {
            "authors": [("Fischman", "J")],
            "title": "Who will take care of you?",
            "journal": "US News World Rep",
            "year": 2005,
            "volume": "138",
            "issue": "4",
            "pages": "44-6",
        },
    ),
    (
        "Pruijm M, Van der Niepen P. Renal blood oxygenation level-dependent imaging. Nephrol Dial Transplant. 2018 "
        "Sep 1;33(suppl_2):ii22-ii28. doi: 10.1093/ndt/gfy243.",
        {
            "authors": [("Pruijm", "M"), ("Van der Niepen", "P")],
            "title": "Renal blood oxygenation level-dependent imaging",
            "journal": "Nephrol Dial Transplant",
            "year": 2018,
            "volume": "33",
            "issue": "suppl_2",
            "pages": "ii22-ii28",
            "doi": "10.1093/ndt/gfy243",
        },
    ),
    (
        "Pories WJ, deRamon RA, Dolezal JM, et al. Who would have thought it? An operation proves to be the most "
        "effective therapy for adult-onset diabetes mellitus. Ann Surg. 1995 Sep;222(3):339-50; discussion 350-2. doi: "
        "10.1097/00000658-199509000-00011.",
        {
            "authors": [("Pories", "WJ"), ("deRamon", "RA"), ("Dolezal", "JM")],
            "title": "Who would have thought it? An operation proves to be the most effective therapy for adult-onset "
            "diabetes mellitus",
            "journal": "Ann Surg",
            "year": 1995,
            "volume": "222",
            "issue": "3",
            "pages": "339-50",
            "doi": "10.1097/00000658-199509000-00011",
        },
    ),
    (
        "Ansari M, Schrappe M; IBFM Study Group;; von Stackelberg A; IntReALL Study Group; Bader P. Total Body "
        "Irradiation. J Clin Oncol. 2021 Feb 1;39(4):295-307.",
        {
            "authors": [
                ("Ansari", "M"),
                ("Schrappe", "M"),
                ("IBFM Study Group",),
                ("von Stackelberg", "A"),
                ("IntReALL Study Group",),
                ("Bader", "P"),
            ],
            "title": "Total Body Irradiation",
            "journal": "J Clin Oncol",
            "year": 2021,
            "volume": "39",
            "issue": "4",
            "pages": "295-307",
        },
    ),
    (
        "HAPO Study Cooperative Research Group. Hyperglycemia and Adverse Pregnancy Outcome (HAPO) Study: associations "
        "with neonatal anthropometrics. Diabetes. 2009 Feb;58(2):453-9.",
        {
            "authors": [("HAPO Study Cooperative Research Group",)],
            "title": "Hyperglycemia and Adverse Pregnancy Outcome (HAPO) Study: associations with neonatal "
            "anthropometrics",
            "journal": "Diabetes",
            "year": 2009,
            "volume": "58",
            "issue": "2",
            "pages": "453-9",
        },
    ),
    (
        "FDA Wound Healing Clinical Focus Group.. Guidance for industry: chronic cutaneous ulcer. Wound Repair Regen. "
        "2001 Jul-Aug;9(4):258-68.",
        {
            "authors": [("FDA Wound Healing Clinical Focus Group",)],
            "title": "Guidance for industry: chronic cutaneous ulcer",
            "journal": "Wound Repair Regen",
            "year": 2001,
            "volume": "9",
            "issue": "4",
            "pages": "258-68",
        },
    ),
    (
        "Gunderson EP, Quesenberry CP Jr; Study of Women, Infant Feeding and Type 2 Diabetes Investigators. Lactation "
        "and Progression to Type 2 Diabetes. Ann Intern Med. 2015 Dec 15;163(12):889-98.",
        {
            "authors": [
                ("Gunderson", "EP"),
                ("Quesenberry", "CP", "Jr"),
                ("Study of Women, Infant Feeding and Type 2 Diabetes Investigators",),
            ],
            "title": "Lactation and Progression to Type 2 Diabetes",
            "journal": "Ann Intern Med",
            "year": 2015,
            "volume": "163",
            "issue": "12",
            "pages": "889-98",
        },
    ),
    (
        "Organoids May Point to Best Therapy. Cancer Discov. 2018 May;8(5):524. doi: 10.1158/2159-8290.CD-NB2018-029. "
        "Epub 2018 Mar 13.",
        {
            "title": "Organoids May Point to Best Therapy",
            "journal": "Cancer Discov",
            "year": 2018,
            "volume": "8",
            "issue": "5",
            "pages": "524",
            "doi": "10.1158/2159-8290.CD-NB2018-029",
            "epub": "2018-03-13",
        },
    ),
    (
        "The Lancet Diabetes Endocrinology. Metabolic health: a priority for the post-pandemic era. Lancet Diabetes "
        "Endocrinol. 2021 Apr;9(4):189. doi: 10.1016/S2213-8587(21)00058-9.",
        {
            "authors": [("The Lancet Diabetes Endocrinology",)],
            "title": "Metabolic health: a priority for the post-pandemic era",
            "journal": "Lancet Diabetes Endocrinol",
            "year": 2021,
            "volume": "9",
            "issue": "4",
            "pages": "189",
            "doi": "10.1016/S2213-8587(21)00058-9",
        },
    ),
    (
        "Zubrzycki A, Wronska A. The role of low-calorie diets in the treatment of obesity and type-2 diabetes. J "
        "Physiol Pharmacol. 2018 Oct;69(5). doi: 10.26402/jpp.2018.5.02. Epub 2019 Jan 21.",
        {
            "authors": [("Zubrzycki", "A"), ("Wronska", "A")],
            "title": "The role of low-calorie diets in the treatment of obesity and type-2 diabetes",
            "journal": "J Physiol Pharmacol",
            "year": 2018,
            "volume": "69",
            "issue": "5",
            "doi": "10.26402/jpp.2018.5.02",
            "epub": "2019-01-21",
        },
    ),
    (
        "Kumar A, Maini K, Kadian R. Levetiracetam. 2023 Dec 3. In: StatPearls [Internet]. Treasure Island (FL): "
        "StatPearls Publishing; 2025 Jan-. Available from http://www.ncbi.nlm.nih.gov/books/NBK499890/",
        {"authors": [("Kumar", "A"), ("Maini", "K"), ("Kadian", "R")], "title": "Levetiracetam", "year": 2023},
    ),
    (
        "Institute of Medicine (US) Committee on Disparities in Health Care; Smedley BD, Nelson AR, editors. Unequal "
        "Treatment: Confronting Racial and Ethnic Disparities in Health Care. Washington (DC): National Academies "
        "Press (US); 2003. Available from http://www.ncbi.nlm.nih.gov/books/NBK220358/",
        {
            "authors": [
                ("Institute of Medicine (US) Committee on Disparities in Health Care",),
                ("Smedley", "BD"),
                ("Nelson", "AR"),
            ],
            "title": "Unequal Treatment: Confronting Racial and Ethnic Disparities in Health Care",
            "year": 2003,
        },
    ),
]

FREE: list[tuple[str, dict[str, Any]]] = [
    (
        "Stewart WF, Corey R, Herzog AR, et al. Prevalence of overactive bladder in women: results from the NOBLE "
        "program. International Urogynecology Journal 2001; 12: pp. S66",
        {
            "authors": [("Stewart", "WF"), ("Corey", "R"), ("Herzog", "AR")],
            "title": "Prevalence of overactive bladder in women: results from the NOBLE program",
            "journal": "International Urogynecology Journal",
            "year": 2001,
            "volume": "12",
            "pages": "S66",
        },
    ),
    (
        "Nijenhuis, E. R., Van der Hart, O., & Kruger, K. (2002). The psychometric characteristics of the Traumatic "
        "Experiences Checklist (TEC): First findings. Clinical Psychology & Psychotherapy: An International Journal of "
        "Theory & Practice, 9(3), 200-210.",
        {
            "authors": [("Nijenhuis", "E. R."), ("Van der Hart", "O."), ("Kruger", "K.")],
            "title": "The psychometric characteristics of the Traumatic Experiences Checklist (TEC): First findings",
            "journal": "Clinical Psychology & Psychotherapy: An International Journal of Theory & Practice",
            "year": 2002,
            "volume": "9",
            "issue": "3",
            "pages": "200-210",
        },
    ),
    (
        "Kale, A.A. and Pathan, N.M., 2019. Effect of Core Stabilisation Exercises. Indian Journal of Physiotherapy "
        "and Occupational Therapy, 13(2), p.19.",
        {
            "authors": [("Kale", "A.A."), ("Pathan", "N.M.")],
            "title": "Effect of Core Stabilisation Exercises",
            "journal": "Indian Journal of Physiotherapy and Occupational Therapy",
            "year": 2019,
            "volume": "13",
            "issue": "2",
            "pages": "19",
        },
    ),
    (
        "Bourrie, B, Cotter, P, Willing, BP, 2018. Traditional kefir reduces weight gain. Journal of Functional Foods, "
        "46: 29-37. https://doi.org/10.1016/j.jff.2018.04.039",
        {
            "authors": [("Bourrie", "B"), ("Cotter", "P"), ("Willing", "BP")],
            "title": "Traditional kefir reduces weight gain",
            "journal": "Journal of Functional Foods",
            "year": 2018,
            "volume": "46",
            "pages": "29-37",
            "doi": "10.1016/j.jff.2018.04.039",
        },
    ),
    (
        "Kennedy, H. (2021). Models of care in forensic psychiatry. BJPsych Advances, 1-14. doi:10.1192/bja.2021.34",
        {
            "authors": [("Kennedy", "H.")],
            "title": "Models of care in forensic psychiatry",
            "journal": "BJPsych Advances",
            "year": 2021,
            "pages": "1-14",
            "doi": "10.1192/bja.2021.34",
        },
    ),
    (
        "Mixter WJ, Barr JS. Rupture of the intervertebral disc with involvement of the spinal canal. N Engl J Med "
        "211:210-215, 1934.",
        {
            "authors": [("Mixter", "WJ"), ("Barr", "JS")],
            "title": "Rupture of the intervertebral disc with involvement of the spinal canal",
            "journal": "N Engl J Med",
            "year": 1934,
            "volume": "211",
            "pages": "210-215",
        },
    ),
    (
        "Garofalo MC, Winter K, Regine WF, et al.: Recursive partitioning analysis (RPA) of prognostic factors. "
        "[Abstract] Int J Radiat Oncol Biol Phys 66 (3 Suppl 1): A-144, S80-1, 2006.",
        {
            "authors": [("Garofalo", "MC"), ("Winter", "K"), ("Regine", "WF")],
            "title": "Recursive partitioning analysis (RPA) of prognostic factors",
            "journal": "Int J Radiat Oncol Biol Phys",
            "year": 2006,
            "volume": "66",
            "issue": "3 Suppl 1",
            "pages": "A-144, S80-1",
        },
    ),
    (
        "Hijikata S, Oomori K. Percutaneous nucleotomy: a new treatment method. J Toden Hosp 1976, 6:6-13",
        {
            "authors": [("Hijikata", "S"), ("Oomori", "K")],
            "title": "Percutaneous nucleotomy: a new treatment method",
            "journal": "J Toden Hosp",
            "year": 1976,
            "volume": "6",
            "pages": "6-13",
        },
    ),
    (
        "Pelosi MA, II, Pelosi MA, III. Simplified cesarean section. Contemp OB/GYN. 1995; 40:89-100",
        {
            "authors": [("Pelosi", "MA", "II"), ("Pelosi", "MA", "III")],
            "title": "Simplified cesarean section",
            "journal": "Contemp OB/GYN",
            "year": 1995,
            "volume": "40",
            "pages": "89-100",
        },
    ),
    (
        "McKay HG, Barrera M. Internet-based diabetes self-management: Initial outcomes from the Diabetes Network "
        "project, Rehabil Psychol 2002;47:31-48.",
        {
            "authors": [("McKay", "HG"), ("Barrera", "M")],
            "title": "Internet-based diabetes self-management: Initial outcomes from the Diabetes Network project",
            "journal": "Rehabil Psychol",
            "year": 2002,
            "volume": "47",
            "pages": "31-48",
        },
    ),
    (
        "Abbey A, Abramis D, Caplan R. Effects of different sources of social support. Soc Sci Med 1985;6:2:111-129.",
        {
            "authors": [("Abbey", "A"), ("Abramis", "D"), ("Caplan", "R")],
            "title": "Effects of different sources of social support",
            "journal": "Soc Sci Med",
            "year": 1985,
            "volume": "6",
            "issue": "2",
            "pages": "111-129",
        },
    ),
    (
        "Vallerand RJ, Brière NM. Construction et validation de l'échelle de motivation en éducation (EME). Canadian "
        "Journal of Behavioural Science / Revue canadienne des sciences du comportement. 1989 ; 21(3) : 323-49. "
        "https://doi.org/10.1037/h0079855",
        {
            "authors": [("Vallerand", "RJ"), ("Brière", "NM")],
            "title": "Construction et validation de l'échelle de motivation en éducation (EME)",
            "journal": "Canadian Journal of Behavioural Science / Revue canadienne des sciences du comportement",
            "year": 1989,
            "volume": "21",
            "issue": "3",
            "pages": "323-49",
            "doi": "10.1037/h0079855",
        },
    ),
    (
        "15. Pastori D, Farcomeni A, et al. ATHERO-AF Study Group. Relationship of PCSK9 and Urinary Thromboxane "
        "Excretion to Cardiovascular Events. J Am Coll Cardiol. 2017 Sep 19;70(12):1455-1462. doi: "
        "10.1016/j.jacc.2017.07.743. PMID: 28911508. Cammisotto V, et al. PCSK9 Regulates Nox2. Antioxidants "
        "(Basel). 2020;9:296.",
        {
            "authors": [("Pastori", "D"), ("Farcomeni", "A"), ("ATHERO-AF Study Group",)],
            "title": "Relationship of PCSK9 and Urinary Thromboxane Excretion to Cardiovascular Events",
            "journal": "J Am Coll Cardiol",
            "year": 2017,
            "volume": "70",
            "issue": "12",
            "pages": "1455-1462",
            "doi": "10.1016/j.jacc.2017.07.743",
            "pmid": "28911508",
        },
    ),
    (
        "Gupta A, et al. LINAC-based stereotactic radiosurgery. Journal of Radiotherapy in Practice , Volume 21 , "
        "Issue 3 , September 2022 , pp. 351 - 359 DOI: https://doi.org/10.1017/S1460396921000029[Opens in a "
        "new window]",
        {
            "authors": [("Gupta", "A")],
            "title": "LINAC-based stereotactic radiosurgery",
            "doi": "10.1017/S1460396921000029",
        },
    ),
    (
        "King D, Delfabbro P. Internet Gaming Disorder: Theory, Assessment. Academic Press; 2018. 294 p.",
        {
            "authors": [("King", "D"), ("Delfabbro", "P")],
            "title": "Internet Gaming Disorder: Theory, Assessment",
            "year": 2018,
        },
    ),
    (
        "Gbolagade O, Fagbemi TN. Quality assessment of snack bar. Discov Food 2024. "
        "https://doi.org/10.1007/s44187-024-00200-w.",
        {
            "authors": [("Gbolagade", "O"), ("Fagbemi", "TN")],
            "title": "Quality assessment of snack bar",
            "journal": "Discov Food",
            "year": 2024,
            "doi": "10.1007/s44187-024-00200-w",
        },
    ),
    # The names may be given names first or last, so neither they nor the start of the title are certain.
    (
        "Nidhi Chauhan, Payal Mahajan. Snack Bars as a Functional Snack Option: A Review. Indian J Public Heal Res Dev "
        "2024;15:218-22. https://doi.org/10.37506/28ct9r25.",
        {
            "journal": "Indian J Public Heal Res Dev",
            "year": 2024,
            "volume": "15",
            "pages": "218-22",
            "doi": "10.37506/28ct9r25",
        },
    ),
    # The day of a visit is not that of publication.
    (
        "Canadian Diabetes Association. The prevalence and costs of diabetes. Diabetes.ca (accessed December 1, 2013).",
        {"authors": [("Canadian Diabetes Association",)], "title": "The prevalence and costs of diabetes"},
    ),
    ("Reported by Joanne Currie, Executive Director of Canadian Diabetes Educators Certification Board.", {}),
]

UNITS = (
    *("Smith J, ", "Smith J; ", ". ", ". J. 2001;1:1", "a ", "A", "(", "[1] ", "2001; ", "; ", "10.1000/(", "et al "),
    *("A. B, ", "doi: ", "Group ", ", 1(", "Epub 2001 ", "PMID: ", "\n", ", 12:1-2"),
)
"""Pieces of citations, of which a hostile text repeats one."""

DOIS = [
    ("10.1016/S2665-9913(24)00298-4.", "10.1016/S2665-9913(24)00298-4"),
    (
        "10.1002/(SICI)1097-0258(19980815)17:15/16<1661::AID-SIM968>3.0.CO;2-2.",
        "10.1002/(SICI)1097-0258(19980815)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
    ),
    ("10.1890/0012-9658(2001)082[1655:ERIPFT]2.0.CO;2.", "10.1890/0012-9658(2001)082[1655:ERIPFT]2.0.CO;2"),
    ("https://doi.org/10.1182/blood-2019-128347)", "10.1182/blood-2019-128347"),
    ("http://dx.doi.org/10.1000/182,", "10.1000/182"),
]


@pytest.mark.parametrize("text, expected", PUBMED + FREE, ids=lambda case: case[:30] if isinstance(case, str) else "")
def test_a_citation_is_read_as_a_person_reads_it(text: str, expected: dict[str, Any]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", [text for text, _ in PUBMED + FREE], ids=lambda text: text[:30])
def test_every_part_is_where_it_says(text: str) -> None:
    for part in parts_of(read_citation(text)):
        printed = text[part.start : part.end]
        # A day is respelt as ISO 8601; the year is its first part as printed.
        assert printed == str(part.value) or printed[:4] == str(part.value)[:4]


@pytest.mark.parametrize("printed, doi", DOIS)
def test_a_doi_holds_its_brackets_and_not_the_stop_after_it(printed: str, doi: str) -> None:
    for label in ("doi: ", "DOI:", ""):
        assert read(f"Smith J. Title. J Foo. 2001;1(2):3-4. {label}{printed} Epub 2000.")["doi"] == doi


@pytest.mark.parametrize("printed, day", [("2019 Jan 21", "2019-01-21"), ("2019 Jan", "2019-01"), ("2019", "2019")])
def test_an_epub_date_has_the_parts_that_were_printed(printed: str, day: str) -> None:
    assert read(f"Smith J. Title. J Foo. 2020;1(2):3-4. Epub {printed}.")["epub"] == day


@pytest.mark.parametrize("note", ["[No authors listed] ", "No authors listed. ", ""])
def test_a_note_that_there_are_no_authors_is_no_title(note: str) -> None:
    read_as = read(f"{note}A title. BMJ. 2000 Jan 1;320(7226):1-2.")
    assert (read_as["title"], read_as["journal"], read_as["year"]) == ("A title", "BMJ", 2000)
    assert not read_as.get("authors")


@pytest.mark.parametrize("number", ["zvz123", "e1234", "S0034-9887(24)00298-4", "123"])
def test_an_article_ahead_of_its_issue_has_a_number(number: str) -> None:
    read_as = read(f"Smith J. Title. J Foo. 2019 Dec 31:{number}. doi: 10.1093/x/zvz123. Online ahead of print.")
    assert (read_as["journal"], read_as["year"], read_as["pages"]) == ("J Foo", 2019, number)


def test_an_epub_date_of_two_months_is_known_to_the_year() -> None:
    assert read("Smith J. Title. J Foo. 2020;1(2):3-4. Epub 2019 Jan-Feb.")["epub"] == "2019"


@pytest.mark.parametrize("journal", ["N. Engl. J. Med.", "Am. J. Clin. Nutr.", "Lancet.", "BMJ"])
def test_a_journal_is_whole_with_or_without_full_stops(journal: str) -> None:
    read_as = read(f"Smith J. A title. Review. {journal} 2001;1(2):3-4.")
    assert (read_as["journal"], read_as["title"]) == (journal.removesuffix("."), "A title. Review")


def test_odd_punctuation_after_the_issue_costs_only_what_follows() -> None:
    found = read("Smith J. Title. J Foo. 2018 Aug;55(8):805-812. doi: 10.1000/1. Epub 2018 May ;17.")
    assert (found["year"], found["volume"], found["pages"], found["doi"]) == (2018, "55", "805-812", "10.1000/1")


def test_a_pubmed_identifier_is_found_under_either_label() -> None:
    for label in ("PMID: 123456.", "PubMed PMID: 123456; PubMed Central PMCID: PMC999."):
        assert read(f"Smith J. Title. J Foo. 2020;1(2):3-4. {label}")["pmid"] == "123456"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        ";",
        "2001",
        "2001;",
        "(2001)",
        ". . . 2001;1",
        "doi: 10.1000/",
        "10.1000/(((",
        "\x00",
        "Smith J",
        ";;;",
    ],
)
def test_a_text_that_is_no_citation_gives_no_names_and_does_not_raise(text: str) -> None:
    assert set(read(text)) <= {"authors", "year", "doi"}


@pytest.mark.linear
@pytest.mark.parametrize(
    "unit",
    UNITS,
)
def test_the_time_grows_no_faster_than_the_text(unit: str) -> None:
    assert_linear(lambda length: read_citation(unit * (length // len(unit))), 200_000)


@pytest.mark.parametrize("stray", [".", ";"])
def test_a_stray_mark_after_the_authors_is_no_group(stray: str) -> None:
    citation = read_citation(f"Smith J, Doe A, et al. {stray} Title of it. Lancet. 2020;1(2):3-4.")
    assert [author.family.value for author in citation.authors] == ["Smith", "Doe"]


@pytest.mark.parametrize(
    ("behind", "authors"),
    [
        ("Effects of a drug. A trial", ["Smith", "Doe"]),
        ("ATHERO Study Group. A trial", ["Smith", "Doe", "ATHERO Study Group"]),
        ("ATHERO-AF; Effects of a drug. A trial", ["Smith", "Doe", "ATHERO-AF"]),
    ],
)
def test_only_what_is_named_as_groups_are_is_an_author_after_a_comma(behind: str, authors: list[str]) -> None:
    citation = read_citation(f"Smith J, Doe A, {behind}. Lancet. 2020;1(2):3-4.")
    assert [author.family.value for author in citation.authors][:3] == authors
