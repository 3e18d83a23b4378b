"""The publications behind the interactions of drugs for other diseases, each as it was read."""

from __future__ import annotations

from assuage.terms.sources import Source

INTERACTION_SOURCES: tuple[Source, ...] = (
    Source(
        "WAR_CHART",
        "Antibiotics, azole antifungals and warfarin: a chart for pharmacists (azoles, fluoroquinolones, macrolides, metronidazole)",
    ),
    Source(
        "HH_ANTIB",
        "Interaction handbook in classes 1 to 3 (Hansten and Horn's scheme): oral anticoagulants with antibiotics",
    ),
    Source(
        "HH_MAOI",
        "The same handbook: MAO inhibitors with serotonergic drugs, tricyclics and sympathomimetics; bupropion",
    ),
    Source("HH_COC", "The same handbook: oral contraceptives with enzyme inducers"),
    Source(
        "WAR_SUM",
        "Summary of the warfarin label, April 2026: inhibitors and inducers of CYP2C9, INR monitoring",
    ),
    Source(
        "SJW_UK", "St John's wort, registered product information, UK (Napiers): warfarin contraindicated"
    ),
    Source("SJW_TGA", "TGA. St John's wort: information sheet for health care professionals"),
    Source("SJW_NPS", "NPS MedicineWise. St John's wort: table of interactions"),
    Source("SJW_MSD", "MSD Manual. Some drug interactions with St John's wort, 2023"),
    Source("SJW_BLINK", "St John's wort consumer label, interaction section: MAO inhibitors may be fatal"),
    Source("MEL_NHS", "NHS. Taking melatonin with other medicines and herbal supplements"),
    Source("MEL_NIP", "Circadin (melatonin 2 mg) prescribing information, UK, 2021"),
    Source(
        "DOAC_TABLE",
        "Interactions of dabigatran, rivaroxaban, apixaban and edoxaban: table 3 of a review. Healthcare 2020;8:281. PMC7551164",
    ),
    Source("DOAC_CH", "Swissmedic interaction data: rivaroxaban with St John's wort"),
    Source(
        "DOAC_RIVA", "Rivaroxaban interactions in three classes of relevance. Thromb J, table 4. PMC4334601"
    ),
    Source(
        "AFP_BLEED",
        "American Society of Consultant Pharmacists, Choosing Wisely 486: anticoagulants, antiplatelets, NSAIDs and SSRIs together",
    ),
    Source(
        "GGC_SSRI",
        "NHS Greater Glasgow and Clyde, Medicines Update: SSRIs and SNRIs with NSAIDs and oral anticoagulants",
    ),
    Source(
        "CLP_FDA",
        "FDA 2009 and label changes of 2012: clopidogrel with omeprazole, esomeprazole and other CYP2C19 inhibitors",
    ),
    Source(
        "LZD_MAO",
        "Sola CL and others. Linezolid and SSRI, an MAOI in disguise. Mayo Clin Proc 2006;81:330-4 (abstract)",
    ),
    Source("PIR_US", "Piroxicam capsules, US prescribing information: nonsteroidal anti-inflammatory drug"),
    Source("DOM_CY", "Domperidone (Costi), Cyprus, 2019: contraindicated in known prolongation of QTc"),
    Source(
        "QT_CLASSES",
        "Drugs associated with QT interval prolongation, by class: flecainide definite, QT and torsades in its label",
    ),
    Source("LZD_IT", "Linezolid SmPC, Italy: contraindications"),
    Source("SUMA_IT", "Sumatriptan SmPC, Italy: interactions"),
    Source("SUMA_HK", "Sumatriptan prescribing information, Hong Kong: interactions"),
    Source("TRIP_MOC", "Triptans with moclobemide and other MAO inhibitors: interaction monograph"),
    Source("MAOI_CMDT", "Quick Medical Diagnosis and Treatment: monoamine oxidase inhibitors, interactions"),
    Source("SER_MEDW", "Brown University Psychopharmacology Update: tramadol and pethidine with SSRIs"),
    Source(
        "MB_FDA",
        "FDA 2011: linezolid and methylene blue with serotonergic psychiatric drugs (reported by Clinical Advisor)",
    ),
    Source(
        "TRAMI_MY", "Tramadol with paracetamol (Tramicet), prescribing information, Malaysia: interactions"
    ),
    Source(
        "TRA_PH", "Tramadol with paracetamol (Nutram), prescribing information, Philippines: interactions"
    ),
    Source(
        "TRA_ID", "Tramadol with paracetamol (Catramol), prescribing information, Indonesia: interactions"
    ),
    Source("TRA_CH", "Swissmedic interaction data: tramadol with paroxetine"),
    Source("LI_AP", "Australian Prescriber. Lithium therapy and its interactions"),
    Source("LI_BPAC", "bpac New Zealand. Lithium in general practice, February 2007"),
    Source(
        "LI_STAHL", "Stahl SM. Essential psychopharmacology: prescriber's guide, 2020: lithium (as quoted)"
    ),
    Source(
        "MTX_NZ",
        "Medsafe. Prescriber Update 2022;43(1):6-7: methotrexate with trimethoprim or co-trimoxazole",
    ),
    Source(
        "MTX_SPS", "NHS Specialist Pharmacy Service, 30 June 2025: managing interactions with methotrexate"
    ),
    Source("MTX_CI", "Methotrexate product information: contraindications"),
    Source("KCL_CH", "Potassium product information, Switzerland (no. 21278): interactions"),
    Source(
        "SPI_MHRA",
        "MHRA Drug Safety Update, February and December 2016: spironolactone and renin-angiotensin system drugs",
    ),
    Source("SPI_US", "Aldactone (spironolactone) US label, section 7"),
    Source("RAAS_MHRA", "MHRA Drug Safety Update, June 2014: combined renin-angiotensin system blockade"),
    Source(
        "TELM_PH", "Telmisartan with hydrochlorothiazide, prescribing information, Philippines: interactions"
    ),
    Source("VER_IE", "Isoptin (verapamil) SmPC, Ireland, 2021"),
    Source("CCB_STOCK", "Beta-blockers with verapamil: interaction monograph"),
    Source("CCB_CH", "Swissmedic interaction data: diltiazem with a beta-blocker"),
    Source(
        "AFP_DDI",
        "Carpenter M et al. Clinically relevant drug-drug interactions in primary care. Am Fam Physician 2019;99:558-564",
    ),
    Source("CLO_LIST", "Clonidine: list of interactions with management"),
    Source("CLO_US", "Clonidine extended-release label: interactions"),
    Source("QT_DEVON", "Devon Formulary: drugs that prolong the QT interval, with the list of BNF 86"),
    Source("QT_STOCK", "Drugs that prolong the QT interval: interaction monograph"),
    Source("MOLDEN", "Molden E, Spigset O. Interactions between metoprolol and antidepressants: abstract"),
    Source("ESC_HK", "Citalopram (Selon), prescribing information, Hong Kong: interactions"),
    Source("ESC_RX", "Escitalopram SmPC text: interactions"),
    Source("ESC_TAJ", "Escitalopram: interaction list (other SSRIs, SNRIs)"),
    Source("BUP_STOCK", "Bupropion with alcohol and drugs of CYP2D6: interaction monograph"),
    Source(
        "BUP_DD",
        "DDInter 2.0: bupropion with antidepressants and other drugs that lower the seizure threshold",
    ),
    Source("BUP_MEDX", "Bupropion: what cannot be combined (systemic steroids, theophylline, tramadol)"),
    Source(
        "BUP_TF",
        "Drug interactions handbook, chapter on bupropion (abstract): drugs that lower the seizure threshold",
    ),
    Source(
        "STAT_MAC",
        "Abu Mellal A et al. Statins-macrolides interaction. Ther Clin Risk Manag 2019;15:921-936. PMID 31413581",
    ),
    Source("STAT_MED", "Paauw DS. Statins and antibiotics: which combination is safest? Medscape 2014"),
    Source("STAT_AMI", "FDA warning on simvastatin with amiodarone, as reported"),
    Source("SPS_IND", "NHS Specialist Pharmacy Service: using contraception with enzyme-inducing medicines"),
    Source("BZD_Z", "Diazepam with zolpidem: patient monograph on additive CNS depression"),
    Source("ZOL_ALC", "Zolpidem with alcohol: monograph on added respiratory and cognitive depression"),
    Source(
        "OPI_FDA",
        "FDA Drug Safety Communication, 31 August 2016: opioids with benzodiazepines or other CNS depressants",
    ),
    Source("PAR_PDR", "Paracetamol with codeine, PDR summary: duplicate products, alcohol, 4 g a day"),
    Source(
        "PAR_PRESC", "Prescott LF. Paracetamol, alcohol and the liver. Br J Clin Pharmacol 2000: abstract"
    ),
    Source("PAR_AP", "Australian Prescriber. Alcohol and paracetamol"),
    Source("COD_MEDX", "Codeine: what cannot be combined (muscle relaxants, sedatives, MAO inhibitors)"),
    Source("COD_PAR", "Paroxetine with codeine: interaction monograph"),
    Source(
        "COD_WIKI", "Wikipedia, Codeine: paroxetine, fluoxetine and bupropion as inhibitors of its activation"
    ),
    Source("COD_2D6", "CYP2D6 inhibitors with codeine and tramadol: summary of guideline text"),
)
