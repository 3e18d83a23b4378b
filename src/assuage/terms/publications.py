"""The publications behind the clinical facts, by key. Each says how far it was read.

A key is the fact files' own, so that a rule, an alert and a page can be traced to one line.
"""

from __future__ import annotations

from assuage.terms.interaction_sources import INTERACTION_SOURCES
from assuage.terms.rule_sources import RULE_SOURCES
from assuage.terms.sources import Source, Status

PUBLICATIONS: dict[str, Source] = {
    source.key: source
    for source in (
        *INTERACTION_SOURCES,
        *RULE_SOURCES,
        Source(
            "CASE",
            "Luckute-Berene A. Case report: multidisciplinary management of fibromyalgia and cervicalgia, mesotherapy, massage paradox. Medical Sciences (e-ISSN 2345-0592), 2026",
            status=Status.CASE,
        ),
        Source(
            "EULAR17_T3",
            "Macfarlane GJ et al. EULAR revised recommendations for the management of fibromyalgia. Ann Rheum Dis 2017;76:318-328. PMID 27377815. doi 10.1136/annrheumdis-2016-209724. Table 3 (recommendation, level, grade, strength, agreement)",
            doi="10.1136/annrheumdis-2016-209724",
            pmid="27377815",
        ),
        Source(
            "EULAR17_ABS",
            "Same paper, abstract: only strong-for therapy is exercise; four-stage graduated approach",
        ),
        Source(
            "EULAR17_MEM",
            "Same paper, running text for therapies not in Table 3 (negative evaluations and their agreement percentages)",
            status=Status.MEMORY,
        ),
        Source(
            "LAUCHE15",
            "Lauche R et al. Overview of reviews of complementary therapies in fibromyalgia. Evid Based Complement Alternat Med 2015;2015:610615. PMID 26246841",
            pmid="26246841",
        ),
        Source(
            "WOLFE16",
            "Wolfe F et al. 2016 revisions to the 2010/2011 fibromyalgia diagnostic criteria. Semin Arthritis Rheum 2016;46:319-329 (criteria text seen as reproduced in a J Rheum Dis table)",
        ),
        Source(
            "ALVES13",
            "Alves CR et al. Creatine in fibromyalgia RCT. Arthritis Care Res 2013;65:1449-59. PMID 23554283. doi 10.1002/acr.22020",
            doi="10.1002/acr.22020",
            pmid="23554283",
        ),
        Source(
            "ALVES13_DOSE",
            "Secondary descriptions of the Alves protocol: 20 g/day in 4 doses for 5 days, then 5 g/day to week 16; 32 randomised, 28 analysed (15 creatine, 13 placebo)",
        ),
        Source(
            "LEADER09",
            "Leader A et al. Open-label add-on creatine in fibromyalgia, 2009: 3 g/day 3 weeks then 5 g/day to week 8, 4-week washout; FIQ better on, back to baseline off",
        ),
        Source(
            "DOLD23",
            "Dold M et al. Silexan in anxiety disorders meta-analysis. Eur Arch Psychiatry Clin Neurosci 2023;273:1615-1628. PMID 36717399. doi 10.1007/s00406-022-01547-w",
            doi="10.1007/s00406-022-01547-w",
            pmid="36717399",
        ),
        Source(
            "KASPER14",
            "Kasper S et al. Silexan 160/80 mg vs paroxetine vs placebo in GAD. Int J Neuropsychopharmacol 2014;17:859-869. doi 10.1017/S1461145714000017",
            doi="10.1017/S1461145714000017",
        ),
        Source(
            "KASPER17",
            "Kasper S et al. Silexan 10/40/80/160 mg dose finding in GAD, two RCTs, n=925. Int Clin Psychopharmacol 2017;32:195-204",
        ),
        Source(
            "MOLLER19",
            "Moller HJ et al. Silexan in subthreshold anxiety meta-analysis. Eur Arch Psychiatry Clin Neurosci 2019;269:183-193. doi 10.1007/s00406-017-0852-4",
            doi="10.1007/s00406-017-0852-4",
        ),
        Source(
            "SILSOM21",
            "Silexan and somatic symptoms, pooled 5 RCTs. Brain Behav 2021;11:e01997. doi 10.1002/brb3.1997",
            doi="10.1002/brb3.1997",
        ),
        Source("LASEA_IL", "Lasea 80 mg physician prescribing information (Israel, 2017)"),
        Source("LAVEKAN_HU", "Lavekan 80 mg lavender oil SmPC (Hungary, traditional herbal)"),
        Source("LAVPHLX_SE", "Lavendelolja PharmaLex 80 mg SmPC (Sweden)"),
        Source("PTAFORUM17", "PTA-Forum OTC check on Lasea (Germany), 2017"),
        Source("DOROSH13", "Doroshyenko O et al. Silexan CYP cocktail study. Drug Metab Dispos 2013;41:987"),
        Source(
            "HEGER14",
            "Heger-Mahn D et al. Silexan and ethinylestradiol/levonorgestrel. Drugs R D 2014;14. PMID 25319228. doi 10.1007/s40268-014-0065-5",
            doi="10.1007/s40268-014-0065-5",
            pmid="25319228",
        ),
        Source("SILABUSE", "Silexan abuse-liability crossover study vs lorazepam (summary by the maker)"),
        Source(
            "ILARI25",
            "Ilari S et al. Vitamin D and fibromyalgia pain, systematic review and meta-analysis. Nutrients 2025;17:3232. PMID 41156485. doi 10.3390/nu17203232",
            doi="10.3390/nu17203232",
            pmid="41156485",
        ),
        Source(
            "VITD22",
            "Vitamin D for fibromyalgia, meta-analysis of 5 RCTs, n=315, 2022. PMID 35596576",
            pmid="35596576",
        ),
        Source(
            "VITD23",
            "Vitamin D and psychological outcomes in fibromyalgia, meta-analysis of 8 trials, n=694. PMC10095322",
        ),
        Source(
            "EFSA23",
            "EFSA NDA Panel. Tolerable upper intake level for vitamin D. EFSA J 2023 (8145). PMID 37560437",
            pmid="37560437",
        ),
        Source(
            "FAETANI21",
            "Faetani L et al. Mesotherapy in musculoskeletal disorders, SR and MA. J Rehabil Med 2021;53:jrm00182. PMID 33764479. doi 10.2340/16501977-2817",
            doi="10.2340/16501977-2817",
            pmid="33764479",
        ),
        Source(
            "FAETANI21_OE",
            "OrthoEvidence summary of Faetani 2021: 7 RCTs, n=512 (236 vs 276), pooled VAS p=0.0005",
        ),
        Source(
            "MAMM25",
            "Mammucari M et al. International consensus guidelines on mesotherapy. J Clin Med 2025;14:4689. PMID 40649062. doi 10.3390/jcm14134689 (abstract and question headings only)",
            doi="10.3390/jcm14134689",
            pmid="40649062",
        ),
        Source(
            "MAMM26",
            "Mammucari M et al. Consensus statement on mesotherapy. Rheumatol Int 2026;46:39. PMID 41627453. doi 10.1007/s00296-025-06046-4 (abstract only)",
            doi="10.1007/s00296-025-06046-4",
            pmid="41627453",
        ),
        Source(
            "MAMM20",
            "Mammucari M et al. Mesotherapy: from historical notes to evidence. Pain Res Manag 2020. PMC7305548 (abstract)",
        ),
        Source(
            "MAMM12",
            "Mammucari M et al. Role of mesotherapy in musculoskeletal pain, Italian Society of Mesotherapy. ECAM 2012:436959 (technique wording seen on a training-site page that appears to reproduce it; Table 2 seen at hindawi)",
        ),
        Source(
            "MAMM11",
            "Mammucari M et al. Mesotherapy consensus report. Eur Rev Med Pharmacol Sci 2011;15:682-694 (abstract)",
        ),
        Source(
            "MESO_FM",
            "Value of mesotherapy in treatment of fibromyalgia, randomised, n=60. Egyptian J Med Res (ejmr article 318868)",
        ),
        Source(
            "MESO_NCT",
            "NCT04519333 mesotherapy vs IV dexketoprofen, cervical disc neck pain, n=100 (technique details)",
        ),
        Source(
            "RANIERI24",
            "Ranieri M et al. Mesotherapy in bilateral cervicobrachial pain. J Pers Med 2024;14:122. PMID 38276244",
            pmid="38276244",
        ),
        Source(
            "SCATURRO24",
            "Scaturro D et al. ESWT vs mesotherapy in myofascial syndrome. Front Med 2024. doi 10.3389/fmed.2024.1388922",
            doi="10.3389/fmed.2024.1388922",
        ),
        Source(
            "PAOLUCCI19",
            "Paolucci T et al. Mesotherapy in rehabilitation, state of the art. J Pain Res 2019. PMC6679691",
        ),
        Source(
            "NTM22",
            "Singsing ME et al. Mesotherapy-associated NTM infections, systematic review. Int J Womens Dermatol 2022: e059",
        ),
        Source(
            "NTM_ES",
            "Outbreak of M. abscessus after mesotherapy, Spain 2009. Enferm Infecc Microbiol Clin. doi 10.1016/j.eimc.2011.03.006",
            doi="10.1016/j.eimc.2011.03.006",
        ),
        Source(
            "NTM_CN",
            "Zeng R et al. NTM after cosmetic procedures. Infect Drug Resist 2025;18:2301. PMC12065458",
        ),
        Source(
            "PLACH19",
            "Plachouri KM, Georgiou S. Mesotherapy safety and complications. J Cosmet Dermatol 2019. doi 10.1111/jocd.13115",
            doi="10.1111/jocd.13115",
        ),
        Source(
            "MOORE15",
            "Moore RA et al. Amitriptyline for fibromyalgia. Cochrane 2015 CD011824. PMID 35658166",
            pmid="35658166",
        ),
        Source(
            "MOORE15_EBM", "Duodecim evidence summary of the same Cochrane review (NNH, sleep and fatigue)"
        ),
        Source(
            "TIZFM_OL",
            "McLain D. Open-label dose-finding of tizanidine in fibromyalgia (46 enrolled; 14 weeks) and 2000 abstract",
        ),
        Source(
            "TIZFM_CSF",
            "Russell IJ. Tizanidine in fibromyalgia, CSF substance P, n=25, ACR 2002 abstract report",
        ),
        Source(
            "LI14",
            "Li YH et al. Massage for fibromyalgia meta-analysis. PLoS One 2014;9:e89304. PMID 24586677",
            pmid="24586677",
        ),
        Source(
            "YUAN15",
            "Yuan SLK et al. Styles of massage in fibromyalgia. Man Ther 2015;20:257-264. doi 10.1016/j.math.2014.09.003",
            doi="10.1016/j.math.2014.09.003",
        ),
        Source(
            "CASTRO11A",
            "Castro-Sanchez AM et al. Massage-myofascial release in fibromyalgia RCT. ECAM 2011:561753",
        ),
        Source(
            "CASTRO11B",
            "Castro-Sanchez AM et al. Myofascial release RCT. Clin Rehabil 2011;25:800-813. doi 10.1177/0269215511399476",
            doi="10.1177/0269215511399476",
        ),
        Source(
            "MFR23",
            "Myofascial release vs stretching vs control in fibromyalgia RCT. Disabil Rehabil 2023. doi 10.1080/09638288.2023.2255130",
            doi="10.1080/09638288.2023.2255130",
        ),
        Source("YIN14", "Yin P et al. Adverse events of massage, systematic review. ECAM 2014:480956"),
        Source(
            "CAMBRON07",
            "Survey of 100 massage patients (2007): about 10% minor discomfort, onset under 12 h, lasting 36 h or less",
        ),
        Source(
            "VAD_CASES",
            "Vertebral artery dissection after neck massage: World Neurosurg 2018;115:41-43; NZ Med J bilateral VAD; J 108 2024; home device 2023",
        ),
        Source(
            "BIDONDE17",
            "Bidonde J et al. Aerobic exercise in fibromyalgia. Cochrane 2017 CD012700. PMID 28636204 (numbers via a secondary page)",
            pmid="28636204",
        ),
        Source(
            "BUSCH13",
            "Busch AJ et al. Resistance exercise in fibromyalgia. Cochrane 2013 CD010884. PMID 24362925 (numbers via a secondary page)",
            pmid="24362925",
        ),
        Source(
            "RIBEIRO18",
            "Resistance exercise intensity and post-exercise pain in fibromyalgia. Front Physiol 2018;9:1097. doi 10.3389/fphys.2018.01097",
            doi="10.3389/fphys.2018.01097",
        ),
        Source(
            "STAUD10",
            "Staud R et al. Activity, rest and pain in fibromyalgia. J Pain 2010;11:1376-83. PMID 20451465",
            pmid="20451465",
        ),
        Source("EIH19", "Exercise-induced hypoalgesia in fibromyalgia, J Pain 2019 abstract 296"),
        Source(
            "NARANJO81", "Naranjo CA et al. Clin Pharmacol Ther 1981;30:239-245. PMID 7249508", pmid="7249508"
        ),
        Source("WHOUMC", "WHO-UMC standardised case causality assessment"),
        Source("ICHD3", "ICHD-3 13.4 Occipital neuralgia"),
        Source(
            "IFOMPT23",
            "Rushton A et al. International IFOMPT Cervical Framework. JOSPT 2023;53:7-22. doi 10.2519/jospt.2022.11147",
            doi="10.2519/jospt.2022.11147",
        ),
        Source(
            "MCCART18",
            "McCartney S et al. Cervical radiculopathy and myelopathy in primary care. Br J Gen Pract 2018. PMC5737310",
        ),
        Source(
            "HILTON18",
            "Hilton B et al. Assessment of degenerative cervical myelopathy. PLoS One 2018. PMC6296508",
        ),
        Source("TIZ_IE", "Zanaflex (tizanidine) SmPC, Ireland 2016, Teva"),
        Source("TIZ_UK", "Tizanidine 4 mg SmPC (UK, older) and Tizagelan SmPC (UK 2022)"),
        Source("TIZ_US", "Tizanidine US label, drug interactions and monitoring"),
        Source("TIZ_INT", "Tizanidine interaction text (SmPC-derived)"),
        Source("TIZ_COC", "Tizanidine with oral contraceptives, study and population PK figures"),
        Source("TIZ_LT", "LiverTox: Tizanidine (2017)"),
        Source(
            "CHAUGAI19",
            "Chaugai S et al. Tizanidine with strong CYP1A2 inhibitors. Clin Pharmacol Ther 2019;105:703. PMID 30223305",
            pmid="30223305",
        ),
        Source(
            "NHSGGC_AD",
            "NHS Greater Glasgow and Clyde Mental Health Services: Antidepressant switching and stopping (guidance)",
        ),
        Source(
            "SPS_SSRI", "NHS Specialist Pharmacy Service: Switching SSRIs to other antidepressants (guidance)"
        ),
        Source("NTX_LBL", "Naltrexone label, opioid-free interval, as quoted by a public summary of it"),
        Source(
            "SUAREZ18",
            "Suárez-Lledó A et al. Tizanidine withdrawal syndrome after a prescription for a muscle contracture: "
            "a case report. Clin Med Insights Case Rep 2018;11",
        ),
        Source("CLON_US", "Clonidine US label, withdrawal, as quoted by a public summary of it"),
        Source(
            "MTX_US",
            "Methotrexate tablets US label: contraindicated in pregnancy for diseases that are not malignant",
        ),
        Source("BUP_US", "Bupropion US label, contraindications (seizure disorder), as reproduced by others"),
        Source(
            "NTX_US",
            "Naltrexone 50 mg US label (Mallinckrodt): contraindicated in acute hepatitis and liver failure",
        ),
        Source(
            "MG_CH",
            "Magnesium effervescent tablets, professional information, Switzerland: contraindications",
        ),
        Source(
            "ESP_UK",
            "Espestesin 4 % (articaine with adrenaline) leaflet, UK: not in hypersensitivity to sodium sulfite",
        ),
        Source("BAC_US", "Baclofen US label, abrupt drug withdrawal, as quoted by a public summary of it"),
        Source("AMI_CY", "Amirol (amitriptyline) SmPC, Cyprus 2021"),
        Source("AMI_UK", "Amitriptyline SmPC, UK (Accord and others)"),
        Source("AMI_45", "Amitriptyline SmPC section 4.5 reproduced"),
        Source(
            "MSF24",
            "MSF Essential drugs: amitriptyline (March 2024): not in recent MI, arrhythmia, closed-angle glaucoma, prostate disorders; halve dose in renal or hepatic impairment",
        ),
        Source("TCA_2D6", "Hansten and Horn card: TCA with CYP2D6-inhibiting antidepressants"),
        Source(
            "TRAM_TCA",
            "Tramadol with TCA or SSRI: seizures, serotonin toxicity (interaction card and label text)",
        ),
        Source("TRAM_LBL", "Tramadol label: renal, hepatic, MAOI, seizure statements"),
        Source("DUL_UK", "Cymbalta SmPC contraindications (Lilly UK)"),
        Source("DUL_DOSE", "Duloxetine dosing in fibromyalgia (30 then 60 mg/day, max 60)"),
        Source("MIL_US", "Savella (milnacipran) label dosing and renal adjustment"),
        Source("PGB_US", "Pregabalin US label, fibromyalgia dosing"),
        Source("PGB_MHRA", "MHRA pregabalin (2021) and gabapentin (2017) respiratory depression"),
        Source("CYC_US", "Cyclobenzaprine label summary"),
        Source("BAC_UK", "Baclofen SmPC UK"),
        Source(
            "ITB_BOX",
            "Intrathecal baclofen US label, boxed warning on abrupt discontinuation, as a public list of boxed warnings has it",
        ),
        Source(
            "ITB04",
            "Mohammed and Hussain 2004, BMC Clin Pharmacol 4:6: intrathecal baclofen withdrawal syndrome, a case and review",
        ),
        Source("KET_ME", "Ketonal 100 mg/2 ml injection SmPC (Montenegro)"),
        Source("KET_EE", "Ketonal 100 mg/2 ml injection SmPC (Estonia)"),
        Source("KET_PL", "Ketonal 50 mg/ml injection leaflet (Poland)"),
        Source(
            "KET_EXC",
            "Ketonal ampoule composition: propylene glycol 800 mg, ethanol 200 mg, benzyl alcohol 40 mg per 2 ml",
        ),
        Source("KET_INT", "Ketoprofen interaction text (SmPC-derived)"),
        Source(
            "NSAID_MG",
            "Medication Guide for NSAIDs of the FDA, as shipped with ketoprofen: after a recent heart attack",
        ),
        Source("KET_US", "Ketoprofen US and Canada dosing (oral IR up to 300 mg/day)"),
        Source("KET_CI", "Ketoprofen contraindications: Okitask IE 2021; Orudis SR AU 2022"),
        Source("DEXK_INC", "Ketesse (dexketoprofen) injection incompatibilities and compatible mixtures"),
        Source("DEXK_INT", "Ketesse interaction text: lithium, methotrexate"),
        Source("LID_IE", "Lidocaine HCl 2% SmPC, Ireland (HPRA) and UK products"),
        Source("LID_INT", "Lidocaine interaction sections, Italy and Switzerland"),
        Source("MEP_AT", "Mepinaest purum (mepivacaine) SmPC, Austria"),
        Source("MEL_IT", "Melatonin PR SmPC, Italy (interaction section), and MIMS"),
        Source("ZOL_MIMS", "Zolpidem prescribing summary"),
        Source("FDA_NSAID_PREG", "FDA safety communication 15 Oct 2020, NSAIDs from 20 weeks"),
        Source(
            "LAPI13",
            "Lapi F et al. NSAID with diuretic and RAAS inhibitor. BMJ 2013;346:e8525. PMID 23299844",
            pmid="23299844",
        ),
        Source("DREIS15", "Dreischulte T et al. Kidney Int 2015"),
        Source(
            "UGIB_SSRI",
            "SSRI and upper GI bleeding: Jiang 2015 Clin Gastroenterol Hepatol doi 10.1016/j.cgh.2014.06.021 (OR 1.55); Anglin 2014 Am J Gastroenterol doi 10.1038/ajg.2014.82",
            doi="10.1016/j.cgh.2014.06.021",
        ),
        Source(
            "PETERSEN24",
            "Petersen SR et al. NSAID with anticoagulant after VTE. Eur Heart J 2024. PMID 39551938. doi 10.1093/eurheartj/ehae736",
            doi="10.1093/eurheartj/ehae736",
            pmid="39551938",
        ),
        Source("AFNSAID25", "NSAID in anticoagulated AF, n=114119. EHJ Qual Care Clin Outcomes 2025"),
        Source("CREAT23", "Longobardi I et al. Creatine and kidney. Nutrients 2023;15:1466. PMC10054094"),
        Source(
            "CREAT20",
            "Vilar Neto JO et al. Creatine renal biomarkers RCT. Toxicol Res 2020;9:263. PMC7329184",
        ),
        Source(
            "BRUUN24",
            "Bruun KD et al. Naltrexone 6 mg in fibromyalgia. Lancet Rheumatol 2024;6:e31-e39. doi 10.1016/S2665-9913(23)00278-3",
            doi="10.1016/S2665-9913(23)00278-3",
        ),
        Source(
            "KIM20",
            "Kim J et al. Codeine, cholecystectomy and acute pancreatitis. Dig Dis Sci 2020;65:292-300. PMID 31468265",
            pmid="31468265",
        ),
        Source(
            "ZANA_LEAF", "Zanaflex consumer interaction list naming amitriptyline, fluoxetine, sertraline"
        ),
        Source(
            "HUNTER03",
            "Dunkley EJC et al. The Hunter Serotonin Toxicity Criteria. QJM 2003;96:635-642 (the rules seen as reproduced in BMJ Best Practice, criteria page)",
        ),
        Source(
            "CAUDA_BMJ",
            "BMJ Best Practice, cauda equina syndrome, diagnosis approach: red-flag symptoms and MRI within 4 hours of the request",
        ),
        Source(
            "PHQ9_ITEM9",
            "Simon GE et al. Does response on the PHQ-9 predict subsequent suicide attempt or death? Psychiatr Serv 2013;64:1195-1202. doi 10.1176/appi.ps.201200587 (abstract seen)",
            doi="10.1176/appi.ps.201200587",
        ),
        Source(
            "MEM",
            "General SmPC, BNF and pharmacology knowledge of the compiler; not read in a page",
            status=Status.MEMORY,
        ),
        Source(
            "DERIVED",
            "Arithmetic or inference by the compiler from the other listed sources",
            status=Status.DERIVED,
        ),
        Source(
            "GAD7_PHQ9_CUTS",
            "GAD-7 and PHQ-9: published severity bands and the screening cut of 10, as given in the instrument fact "
            "sheet; the primary papers were not read",
            status=Status.MIXED,
        ),
        Source(
            "FITZCHARLES21",
            "Fitzcharles MA et al. Nociplastic pain: towards an understanding of prevalent pain conditions. Lancet 2021;397:2098-2110",
        ),
        Source(
            "MHRA_MTX",
            "MHRA. Methotrexate once-weekly for autoimmune diseases: new measures to reduce risk of fatal overdose due to inadvertent daily instead of weekly dosing. Drug Safety Update, 2020",
        ),
    )
}


def cited(*keys: str) -> tuple[Source, ...]:
    """The publications of these keys, in order."""
    return tuple(PUBLICATIONS[key] for key in keys)


CASE = PUBLICATIONS["CASE"]
EULAR_2017 = PUBLICATIONS["EULAR17_T3"]
