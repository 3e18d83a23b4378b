"""The publications behind the rules for drugs of other diseases, each as it was read."""

from __future__ import annotations

from assuage.terms.sources import Source

RULE_SOURCES: tuple[Source, ...] = (
    Source("SIL_CH", "Sildenafil (Viatris), Swiss professional information: contraindications"),
    Source(
        "PDE5_FDA",
        "FDA label change for PDE5 inhibitors, reported by MPR: contraindicated with guanylate cyclase stimulators such as riociguat",
    ),
    Source(
        "RIO_PT",
        "Riociguat, information for patients, United States: what must not be taken with it (nitrates, PDE5 inhibitors, vericiguat)",
    ),
    Source("SUMA_TH", "Sumatriptan (Siagran), prescribing information, Thailand: contraindications"),
    Source("CAF_HK", "Cafergot (ergotamine with caffeine), prescribing information, Hong Kong: interactions"),
    Source(
        "ERG_HAND",
        "Handbook of drug interactions for nurses: ergot alkaloids with antimicrobials and other enzyme inhibitors",
    ),
    Source("SIM_US", "Simvastatin US label: interactions, reproduced by WikiDoc"),
    Source("ZOC_HK", "Zocor (simvastatin), prescribing information, Hong Kong: contraindicated drugs"),
    Source("GEM_US", "Gemfibrozil US label: interactions and the label change of October 2013"),
    Source("ROS_CY", "Rosuvastatin SmPC, Cyprus, 2021: contraindications"),
    Source("TIC_CH", "Swissmedic interaction data: ticagrelor with ketoconazole and clarithromycin"),
    Source("EPL_CH", "Eplerenone, Swiss professional information: contraindications"),
    Source("EPL_US", "Inspra (eplerenone) US label: contraindications, reproduced by WikiDoc"),
    Source("IVA_EU", "Corlentor (ivabradine) SmPC, European Union, 2019: contraindications"),
    Source("IVA_PH", "Ivabradine (Valheart), prescribing information, Philippines: interactions"),
    Source("DAB_CH", "Dabigatran, Swiss professional information: contraindications"),
    Source("DAB_EU", "Pradaxa (dabigatran) SmPC: interaction with verapamil"),
    Source(
        "SAC_US",
        "Sacubitril with valsartan: US label, and table 4 of an expert consensus of the American College of Cardiology: contraindications",
    ),
    Source("DOM_UK", "MHRA 2014, domperidone: new contraindications, as quoted in two UK formularies"),
    Source("DOM_PH", "Domperidone (GI-Norm), prescribing information, Philippines: interactions"),
    Source("ITZ_CH", "Itraconazole (Itraconax), Swiss professional information: contraindications"),
    Source("PIM_MAC", "Antipsychotics with macrolides: interaction monograph"),
    Source("CIT_HK", "Citalopram (pms), prescribing information, Hong Kong: contraindications"),
    Source("CIT_CH", "Citalopram (Pfizer), Swiss professional information: contraindications"),
    Source("THI_HAND", "Handbook of drug interactions for nurses: thioridazine with enzyme inhibitors"),
    Source(
        "FEB_JP",
        "Azathioprine with allopurinol or febuxostat: a case, and the package inserts compared (Japan): abstract",
    ),
    Source(
        "FEB_NZ",
        "Medsafe. Prescriber Update 39(3), September 2018: febuxostat with azathioprine or mercaptopurine",
    ),
    Source(
        "FEB_FAERS",
        "Logan JK et al. Febuxostat and thiopurines. Pharmacotherapy 2020: abstract. doi 10.1002/phar.2362",
    ),
    Source("PER_MY", "Perindopril (Perinace), prescribing information, Malaysia: special precautions"),
    Source("THE_CIP", "Ciprofloxacin with theophylline: interaction monograph"),
    Source(
        "THE_QUI", "Grasela TH, Dreis MW. Quinolones and theophylline in FDA's spontaneous reports: abstract"
    ),
    Source(
        "THE_JON",
        "Jonkman JHG. Drug interactions with theophylline. J Allergy Clin Immunol 1986;78:736-742: abstract",
    ),
    Source("THE_MAC", "Xanthines with macrolides: interaction monograph for patients"),
    Source("AGO_EU", "Valdoxan (agomelatine) SmPC text: interactions"),
    Source("ALP_US", "Alprazolam US label: contraindications, reproduced by WikiDoc"),
    Source(
        "QUE_FDA",
        "Sampson MR et al. Quetiapine with HIV protease inhibitors. J Clin Pharmacol 2019;59:500-509: abstract",
    ),
    Source(
        "CNI_3A4",
        "Aprepitant, prescribing information, Thailand, and brigatinib, Hong Kong: substrates of CYP3A4 with a narrow range (ciclosporin, tacrolimus, sirolimus, everolimus)",
    ),
    Source("SJW_CH", "St John's wort (Hyperval 500), Swiss professional information: contraindications"),
    Source("SJW_MAN", "Mannel M. Drug interactions with St John's wort. Drug Saf 2004;27:773-797: abstract"),
    Source("MET_US", "Flagyl (metronidazole) US label: contraindications, reproduced by WikiDoc"),
    Source("DIS_PT", "Disulfiram (Esperal), prescribing information, Portugal: contraindications"),
    Source("ISO_HK", "Isotretinoin (Dermavax), prescribing information, Hong Kong: contraindications"),
    Source("ISO_CZ", "Isotretinoin SmPC, Czechia: contraindications"),
    Source("GLB_TH", "Glibenclamide (Sugril), prescribing information, Thailand: interactions"),
    Source("GLI_MY", "Gliclazide (Plecaz), prescribing information, Malaysia: interactions"),
    Source("GLI_TH", "Glimepiride, prescribing information: interactions (CYP2C9, miconazole, fluconazole)"),
    Source("GLU_TH", "Insulin glargine with lixisenatide, prescribing information, Thailand: interactions"),
    Source("REP_EMA", "EMEA public statement: repaglinide contraindicated with gemfibrozil"),
    Source("REP_HAND", "Handbook of drug interactions for nurses: antidiabetic substrates of CYP2C8"),
    Source("MTF_ID", "Metformin with glibenclamide, prescribing information, Indonesia: interactions"),
    Source("MTF_FDA", "FDA 2016, metformin and the kidney: table 3 of a review. PMC5533243"),
    Source(
        "MCP_TX",
        "Texas Vendor Drug Program: criteria for quetiapine, interactions of atypical antipsychotics",
    ),
    Source("LEV_MAOI", "Levodopa with MAO inhibitors: interaction monograph for patients"),
    Source("MPH_IT", "Pharmamedix (Italy): methylphenidate, contraindications"),
    Source("MPH_MY", "Concerta (methylphenidate), prescribing information, Malaysia: interactions"),
    Source(
        "CYP3A_TAB",
        "Inhibitors and inducers of CYP3A after FDA's classification: table of a clinical reference",
    ),
    Source(
        "TERA_REV",
        "Običan S, Scialli AR. Teratogenic exposures. Am J Med Genet C 2011: abstract and key words",
    ),
    Source("TERA_LIST", "Dictionary of medical words: drugs that are dangerous in pregnancy"),
    Source(
        "TERA_SUM",
        "Summary of guidelines: teratogenic drugs that women of childbearing age should avoid (valproate, warfarin, mycophenolate, ACE inhibitors and sartans, thalidomide, methotrexate)",
    ),
    Source(
        "TERA_TRI",
        "Medications contraindicated in pregnancy: ACE inhibitors in the second and third trimester",
    ),
    Source(
        "HUS_ISO",
        "Helsinki University Hospital, teratology information service: synthetic derivatives of vitamin A",
    ),
    Source(
        "ERG_TW",
        "Ergotamine with caffeine, hospital drug information, Taiwan: contraindications, pregnancy, lactation",
    ),
    Source("PRO_US", "Propranolol US label: contraindications, as summarised"),
    Source("MGFA", "Myasthenia Gravis Foundation of America. Cautionary drugs"),
    Source(
        "MG_UCB",
        "UCB, myasthenia gravis: drugs to avoid or use with caution, after the Myasthenia Gravis Foundation of America",
    ),
    Source(
        "G6PD_REV",
        "Drugs in G6PD deficiency: summary of a review (seven drugs with solid evidence) and of US labels",
    ),
    Source("AGO_CI", "Agomelatine, prescribing information (Alclor): contraindicated in hepatic impairment"),
    Source(
        "CYC_MPR",
        "Cyclobenzaprine tablets, MPR summary and Canadian monograph: contraindications, hepatic impairment",
    ),
    Source("PGB_HF", "Pregabalin and heart failure: summary of the US label and of case reports"),
    Source("PGB_PH", "Pregabalin (Pregabur), prescribing information, Philippines: special precautions"),
    Source(
        "SEL_DRUG", "Selegiline, drug monograph: contraindications of tablets and patch, two weeks after it"
    ),
    Source("SEL_MAYO", "Selegiline by mouth, Merative Micromedex at Mayo Clinic: precautions, 14 days"),
    Source(
        "RAS_DD",
        "Rasagiline with dextromethorphan, professional interaction monograph: at least 14 days after an MAO inhibitor",
    ),
    Source(
        "LZD_PSY",
        "Linezolid with psychiatric drugs: summary of Prim Care Companion J Clin Psychiatry 2009;11:353-356",
    ),
    Source(
        "ASRA_TAB",
        "Anticoagulants and antiplatelets at interventional pain procedures: table of a clinical reference after Narouze S et al. Reg Anesth Pain Med 2018;43:225-262",
    ),
    Source(
        "PAUSE_TAB",
        "Interruption of direct oral anticoagulants after the PAUSE study: table of a review of the American Society of Hematology",
    ),
    Source(
        "MESO_NTM",
        "Infections with mycobacteria after mesotherapy: 15 cases, 1 to 12 weeks after it (abstract); a case with redness and swelling at the sites of injection",
    ),
    Source(
        "ACU_MCM",
        "McMaster University, acupuncture course: contraindications to needling (pregnancy, coagulopathy, open or infected skin); that the needle of mesotherapy is another such needle is ours",
    ),
    Source(
        "ANA_AU",
        "Australian Immunisation Handbook: features that tell a vasovagal episode from anaphylaxis after an injection",
    ),
    Source(
        "ANA_WHO",
        "Vaccine training of a ministry of health: acute stress response and anaphylaxis, signs at skin, breath and pulse",
    ),
    Source(
        "LAST_MED",
        "Medscape, local anaesthetic toxicity, history: numbness of mouth, metallic taste, tinnitus, disorientation, 1 to 5 minutes to an hour after the injection",
    ),
    Source(
        "LAST_HK",
        "Lidocaine (Xylocaine), prescribing information, Hong Kong: symptoms of acute systemic toxicity",
    ),
    Source(
        "CDC_IMM",
        "CDC, immunocompromised travellers: drugs that make a person severely immunocompromised, with the doses below which they do not, as reproduced by the West Virginia Board of Pharmacy",
    ),
    Source(
        "ZOSTER_CA",
        "Table of a Canadian review of the zoster vaccine, 2011: corticosteroids by dose, time and place, methotrexate and azathioprine by dose. PMC3192074",
    ),
    Source(
        "TX_DRUGS",
        "Table of the major drugs of transplantation, their group and mechanism. Cureus 2015;7:e376. PMC4671911",
    ),
    Source("TX_TARGETS", "Table of select immunosuppressive agents and their targets. PMC7197021"),
    Source(
        "CTR_TH",
        "Calcitriol (Meditrol), prescribing information, Thailand: interactions and special precautions",
    ),
    Source("ALF_CZ", "Alfacalcidol (Enzola), summary of product characteristics (Czech): interactions"),
    Source("CFD_HK", "Calcifediol (Hidroferol), prescribing information, Hong Kong: interactions"),
    Source(
        "VIL_US",
        "Qelbree (viloxazine), US prescribing information as summarised by MPR: contraindicated with MAO inhibitors and with sensitive CYP1A2 substrates such as tizanidine, duloxetine and theophylline",
    ),
    Source(
        "ROF_TIZ",
        "Backman JT et al. Rofecoxib is a potent inhibitor of cytochrome P450 1A2: studies with tizanidine and caffeine. Br J Clin Pharmacol 2006;62:345-357: abstract",
    ),
    Source(
        "TIZ_FAERS",
        "Villa-Zapata L et al. Tizanidine and CYP1A2 inhibitors in FDA's reports. Drug Saf 2022;45:863-871: abstract (zafirlukast)",
    ),
    Source(
        "TIZ_HAND",
        "Interaction handbook (Hansten and Horn's scheme): tizanidine with CYP1A2 inhibitors, atazanavir among them",
    ),
    Source(
        "CYP2D6_TAB",
        "Table of strong and moderate CYP2D6 inhibitors after FDA's guidance, as reproduced by UpToDate",
    ),
    Source(
        "RIT_HIV",
        "HIV InSite, University of California: interactions of ritonavir (amitriptyline: CYP3A4 and CYP2D6)",
    ),
    Source("RIT_EU", "Ritonavir SmPC: amitriptyline, nortriptyline and other substrates of CYP2D6"),
    Source(
        "RIT_US", "Norvir (ritonavir) US label, table of interactions: lidocaine among the antiarrhythmics"
    ),
    Source(
        "OZA_CMSC", "Ozanimod with serotonergic antidepressants (DAYBREAK): abstract of the CMSC meeting 2021"
    ),
    Source(
        "OZA_PT",
        "Ozanimod (Zeposia), information for patients, United States: what must not be taken with it",
    ),
    Source(
        "CIC_ID",
        "Sandimmun Neoral (ciclosporin), prescribing information, Indonesia: drugs of nephrotoxic synergy, NSAIDs among them",
    ),
    Source(
        "TAC_ID",
        "Advagraf (tacrolimus), prescribing information, Indonesia: NSAIDs, aminoglycosides, vancomycin and others that harm the kidney",
    ),
    Source(
        "TDF_APHA",
        "Bickel M et al. Acute kidney injury by tenofovir with diclofenac. HIV Med 2013;14:633-638, as reported by APhA",
    ),
    Source("TDF_DD", "DDInter 2.0: tenofovir with nephrotoxic drugs, with the list of those drugs"),
    Source("KET_GEL", "Fastum gel (ketoprofen 2.5 %) SmPC, Cyprus, 2021: contraindications"),
    Source(
        "MTZ_EU",
        "Metamizole, European Medicines Agency 2013 and SmPC: contraindications and warnings on other analgesics",
    ),
    Source(
        "CYP3A4_TAB",
        "Table of CYP3A4 inhibitors and inducers after FDA's guidance, as reproduced by UpToDate",
    ),
)
