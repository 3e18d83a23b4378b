"""The publications behind the instruments and criteria, each with how far it was checked.

`MIXED` means that the content was read and an identifier (DOI, PMID) is from memory, or the reverse.
"""

from __future__ import annotations

from assuage.terms.sources import Source, Status

MIXED, MEMORY = Status.MIXED, Status.MEMORY

_ALL = (
    Source(
        "wolfe2016",
        "Wolfe F, Clauw DJ, Fitzcharles MA, et al. 2016 Revisions to the 2010/2011 fibromyalgia diagnostic "
        "criteria. Semin Arthritis Rheum 2016;46(3):319-329",
        "10.1016/j.semarthrit.2016.08.012",
        "27916278",
        MIXED,
    ),
    Source(
        "jrd2022_t4",
        "Review of fibromyalgia diagnosis and therapy, J Rheum Dis (Korea), PMC10324920, Tables 3 and 4 "
        "(reprints of the 2011 and 2016 criteria)",
    ),
    Source(
        "jrheum_regions",
        "J Rheumatol, Table 4: possible criterion addition (five-region rule; which sites are excluded)",
    ),
    Source(
        "wolfe2015psd",
        "Wolfe F, Walitt BT, Rasker JJ, Katz RS, Hauser W. Use of polysymptomatic distress categories. "
        "J Rheumatol 2015;42(8):1494-1501",
        "10.3899/jrheum.141519",
        status=MIXED,
    ),
    Source(
        "salaffi2021",
        "Salaffi F et al. Definition of fibromyalgia severity: 2339 Italian patients. "
        "Rheumatology (Oxford) 2021",
        "10.1093/rheumatology/keaa355",
        status=MIXED,
    ),
    Source(
        "wolfe2011",
        "Wolfe F et al. Fibromyalgia criteria and severity scales for clinical and epidemiological studies. "
        "J Rheumatol 2011;38(6):1113-1122",
        "10.3899/jrheum.100594",
        status=MIXED,
    ),
    Source(
        "wolfe2010",
        "Wolfe F et al. ACR preliminary diagnostic criteria for fibromyalgia. Arthritis Care Res "
        "2010;62(5):600-610",
        pmid="20461783",
        status=MIXED,
    ),
    Source(
        "wolfe1990",
        "Wolfe F et al. ACR 1990 criteria for the classification of fibromyalgia. "
        "Arthritis Rheum 1990;33:160-172",
        pmid="2306288",
        status=MIXED,
    ),
    Source(
        "bellato2012",
        "Bellato E et al. Fibromyalgia syndrome: etiology, pathogenesis, diagnosis, and treatment. Pain Res Treat "
        "2012;2012:426130, Table 2 (the 1990 criteria beside those of 2010: at least 3 months; the axis is neck, front "
        "of the chest, thoracic spine or low back)",
    ),
    Source(
        "wolfe2019cwp",
        "Wolfe F, Butler SH, Fitzcharles MA, et al. Revised chronic widespread pain criteria. "
        "Scand J Pain 2019/2020",
    ),
    Source(
        "arnold2019",
        "Arnold LM et al. AAPT diagnostic criteria for fibromyalgia. J Pain 2019;20(6):611-628",
        "10.1016/j.jpain.2018.10.008",
        "30453109",
    ),
    Source("examine_aapt", "Examine fibromyalgia FAQ (lists the nine AAPT sites)"),
    Source(
        "kosek2021",
        "Kosek E et al. Chronic nociplastic pain affecting the musculoskeletal system: clinical criteria and "
        "grading system. Pain 2021;162(11):2629-2634",
        "10.1097/j.pain.0000000000002324",
        "33974577",
        MIXED,
    ),
    Source(
        "nijs2021",
        "Nijs J et al. Nociplastic pain criteria or recognition of central sensitization? "
        "J Clin Med 2021;10(15):3203",
        "10.3390/jcm10153203",
    ),
    Source(
        "neblett2013",
        "Neblett R et al. The Central Sensitization Inventory: establishing clinically significant values. "
        "J Pain 2013;14(5):438-445",
    ),
    Source(
        "neblett2015",
        "Neblett R et al. Ability of the CSI to identify central sensitivity syndromes. Clin J Pain",
        "10.1097/AJP.0000000000000113",
    ),
    Source(
        "neblett2017",
        "Neblett R et al. Establishing clinically relevant severity levels for the CSI. "
        "Pain Pract 2017;17(2):166-175",
        "10.1111/papr.12440",
        "26989894",
    ),
    Source(
        "farrar2001",
        "Farrar JT et al. Clinical importance of changes in chronic pain intensity measured on an 11-point "
        "NRS. Pain 2001;94:149-158",
        "10.1016/s0304-3959(01)00349-9",
        "11690728",
    ),
    Source(
        "farrar2010",
        "Farrar JT et al. Clinical importance of changes in the 0-10 NRS for worst, least, average pain. "
        "J Pain 2010;11(2):109-118",
        "10.1016/j.jpain.2009.06.007",
    ),
    Source(
        "dworkin2008",
        "Dworkin RH et al. Interpreting the clinical importance of treatment outcomes (IMMPACT). "
        "J Pain 2008;9:105-121",
        pmid="18055266",
        status=MIXED,
    ),
    Source(
        "mease2011",
        "Mease PJ et al. Estimation of MCID for pain in fibromyalgia. Arthritis Care Res 2011;63(6)",
        "10.1002/acr.20449",
    ),
    Source(
        "boonstra2014",
        "Boonstra AM et al. VAS cut-offs in chronic musculoskeletal pain. Pain 2014;155:2545-2550",
        "10.1016/j.pain.2014.09.014",
        "25239073",
    ),
    Source(
        "boonstra2016",
        "Boonstra AM et al. NRS cut-offs in chronic musculoskeletal pain. Front Psychol 2016;7:1466",
        "10.3389/fpsyg.2016.01466",
    ),
    Source(
        "krebs2009",
        "Krebs EE et al. PEG. J Gen Intern Med 2009;24(6):733-738",
        "10.1007/s11606-009-0981-1",
    ),
    Source(
        "reed2024",
        "Reed DE et al. Minimally important differences of BPI and PEG across six trials. "
        "J Pain 2024;25(1):142-152",
        "10.1016/j.jpain.2023.07.028",
        "37544394",
    ),
    Source(
        "bennett2009fiqr",
        "Bennett RM et al. The Revised FIQ (FIQR). Arthritis Res Ther 2009;11:R120 (erratum 11:415)",
        "10.1186/ar2783",
        "19664287",
    ),
    Source("fiqr_scoring", "FIQR scoring guidelines of its authors"),
    Source("bennett2009mcid", "Bennett RM et al. MCID in the FIQ. J Rheumatol 2009;36:1304-1311"),
    Source(
        "toussaint2020",
        "Toussaint A et al. Sensitivity to change and MCID of the GAD-7. J Affect Disord 2020;265:395-401",
        "10.1016/j.jad.2020.01.032",
    ),
    Source(
        "kounali2022",
        "Kounali D et al. MCID of PHQ-9, BDI-II, GAD-7. Psychol Med",
        "10.1017/S0033291720003700",
        "33138872",
    ),
    Source(
        "morin2011",
        "Morin CM et al. Insomnia Severity Index psychometrics. Sleep 2011;34(5):601-608",
        "10.1093/sleep/34.5.601",
        "21532953",
    ),
    Source(
        "yang2009",
        "Yang M et al. Interpreting score differences in the ISI. Curr Med Res Opin 2009;25(10):2487-2494",
        "10.1185/03007990903167415",
        "19689221",
    ),
    Source(
        "cappelleri2009",
        "Cappelleri JC et al. Single-item sleep quality scale in fibromyalgia. "
        "Health Qual Life Outcomes 2009;7:54",
        "10.1186/1477-7525-7-54",
    ),
    Source(
        "cleland2006",
        "Cleland JA et al. NDI and PSFS in cervical radiculopathy. Spine 2006;31(5):598-602",
    ),
    Source(
        "young2009",
        "Young BA et al. Responsiveness of the NDI. Spine J 2009;9:802-808",
        "10.1016/j.spinee.2009.06.002",
    ),
    Source("vernon_chiro", "Vernon H, Painter F. Notes on scoring the Neck Disability Index"),
    Source(
        "thoomes2024",
        "Thoomes E et al. PSFS 2.0 in nonspecific neck pain. Phys Ther 2024;104(1)",
        "10.1093/ptj/pzad113",
    ),
    Source(
        "perrot2010",
        "Perrot S et al. FiRST. Pain 2010;150(2):250-256",
        "10.1016/j.pain.2010.03.034",
        "20488620",
    ),
    Source(
        "casanueva2016",
        "Casanueva B et al. Spanish FiRST. Clin Exp Rheumatol 2016;34(2 Suppl 96)",
        pmid="27055283",
    ),
    Source("pmc7136290", "Table 3, summary of neuropathic pain questionnaires, PMC7136290"),
    Source(
        "gauffin2013", "Gauffin J et al. 2013, painDETECT in fibromyalgia (quoted second-hand)", status=MIXED
    ),
    Source("bouhassira2005", "Bouhassira D et al. DN4. Pain 2005;114:29-36", pmid="15733628", status=MEMORY),
    Source(
        "vanseventer2013",
        "van Seventer R et al. Dutch DN4. Pain Pract 2013;13(5):390-398",
        "10.1111/papr.12006",
    ),
    Source(
        "timmerman2017",
        "Timmerman H et al. Dutch DN4. PLoS One 2017;12(11)",
        "10.1371/journal.pone.0187961",
    ),
    Source(
        "bruun2021",
        "Bruun KD et al. Performance of the 2016 criteria in tertiary pain rehabilitation. "
        "Scand J Pain 2021/2022",
        "10.1515/sjpain-2021-0081",
    ),
    Source(
        "macfarlane2017",
        "Macfarlane GJ et al. EULAR revised recommendations for the management of fibromyalgia. "
        "Ann Rheum Dis 2017;76:318-328",
        "10.1136/annrheumdis-2016-209724",
        "27377815",
    ),
    Source("ktc", "KTC Questionnaire Starter Set (codes checked against LOINC 2.82)", status=MIXED),
    Source(
        "pcs_rehab",
        "Rehabilitation Measures Database: Pain Catastrophizing Scale (2020): subscales by item, above 30",
    ),
    Source(
        "woby2005",
        "Woby SR et al. Psychometric properties of the TSK-11. Pain 2005 (abstract)",
        pmid="16055269",
    ),
    Source("tsk_tutors", "Physiotutors: Tampa Scale 11 (TSK-11): 11 items of 1 to 4, 11 to 44"),
    Source(
        "pseq_eppoc",
        "Measurely: Pain Self-Efficacy Questionnaire, with the levels of the electronic Persistent Pain Outcomes "
        "Collaboration and the review of Dubé 2021",
    ),
    Source(
        "nicholas2007",
        "Nicholas MK. The pain self-efficacy questionnaire. Eur J Pain 2007;11:153-163 (abstract)",
    ),
    Source("hads_protocol", "HADS as described in a study protocol (bio-protocol 9706213): 0-7, 8-10, 11-21"),
    Source(
        "hads_form",
        "HADS form as published by clinics: anxiety and depression alternate; reversed answers as printed",
    ),
    Source("audit_c_key", "eMentalHealth.ca: AUDIT-C scoring key, after Bush 1998 and Bradley 2003"),
    Source(
        "odi_key",
        "Scoring of the (modified) Oswestry questionnaire: 16 of 50 is 32, 16 of 45 is 35.5 percent",
    ),
    Source(
        "odi_table",
        "Minimally invasive sacroiliac joint fusion: one-year outcomes. Ann Surg Innov Res 2013;7:12, Table 1",
    ),
    Source("hit6_tutors", "Physiotutors: Headache Impact Test (HIT-6): 36 to 78 and four bands"),
    Source(
        "psqi_sohn",
        "PSQI-K, scoring table after Sohn 2012 (jksaa 34(1):125, Table 1)",
    ),
    Source(
        "psqi_radc", "Rush Alzheimer's Disease Center codebook: sleep questionnaire, coding of 7 hours as 0"
    ),
    Source("psqi_protocol", "PSQI as described in a paper of 2021 (bio-protocol 8724295)"),
    Source(
        "stop_bang_fp",
        "Family Practice Notebook: STOP-Bang questionnaire (0-2 low, 3-4 intermediate, above 4 high)",
    ),
    Source(
        "promis_guide", "HealthMeasures: brief guide to the PROMIS adult profile instruments, 25 June 2019"
    ),
    Source(
        "eq5d_england",
        "Feng Y, Devlin N, Herdman M. The health of the general population in England: 3 and 5 levels of EQ-5D",
    ),
    Source("eq5d_apersu", "Alberta PROMs and EQ-5D Research and Support Unit: about EQ-5D, EQ VAS 0 to 100"),
    Source(
        "healthify_icd11",
        "Healthify NZ, fibromyalgia for health-care professionals (quotes the ICD-11 "
        "definition, Nicholas 2019)",
    ),
)

SOURCES: dict[str, Source] = {source.key: source for source in _ALL}


def sources_named(*keys: str) -> tuple[Source, ...]:
    """The sources of those keys, in that order."""
    return tuple(SOURCES[key] for key in keys)
