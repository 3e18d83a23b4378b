"""Words for a class of drugs where nobody said which of them: `MAOI`, `blood thinner`, `kraujo skystinamieji`.

Such a word is read as an unnamed member of the class: what holds for the class holds for it, and of every question
about one of its members the answer is unknown. The words are ours, written down from memory; they name no drug.
Words are separated by semicolons and compared as names of drugs are: without case, accents and hyphens.
"""

from __future__ import annotations

from typing import NamedTuple

from assuage.terms.drugs import DRUGS, Drug


class ClassWords(NamedTuple):
    """The words for a class, by language; what it is called, and the classes of the index whose members it may be.

    A class that is an item of the formulary has its title there.
    """

    english: str
    lithuanian: str = ""
    german: str = ""
    title: str = ""
    classes: str = ""


_W = ClassWords
_ANTICOAGULANTS = (
    "vitamin_k_antagonist factor_xa_inhibitor thrombin_inhibitor heparin parenteral_anticoagulant"
)
_ANTIDEPRESSANTS = "tca ssri snri serotonin_modulator other_antidepressant maoi_irreversible maoi_reversible"
_DIURETICS = "thiazide_diuretic loop_diuretic potassium_sparing_diuretic"
_ANTIBACTERIALS = (
    "fluoroquinolone macrolide tetracycline_class penicillin_class cephalosporin carbapenem aminoglycoside "
    "sulfonamide_antibacterial nitroimidazole antibacterial_other maoi_reversible enzyme_inducer"
)
_HYPNOTICS = (
    "benzodiazepine z_drug barbiturate hypnotic_other orexin_antagonist melatonin_agonist "
    "sedating_antihistamine"
)

CLASS_WORDS: dict[str, ClassWords] = {
    # --- classes that are items of the formulary -----------------------------------------------------------
    "ace_inhibitor": _W(
        "ACE inhibitor; ACE inhibitors; ACEi; ACE-I; angiotensin converting enzyme inhibitor",
        "AKF inhibitorius; AKF inhibitoriai; AKFI",
        "ACE-Hemmer",
    ),
    "arb": _W(
        "ARB; ARBs; sartan; sartans; angiotensin receptor blocker; angiotensin receptor blockers; "
        "angiotensin II receptor blocker; AT1 blocker",
        "sartanas; sartanai; angiotenzino receptorių blokatorius; ARB",
        "Sartane; AT1-Blocker; AT1-Rezeptorblocker; Angiotensin-Rezeptorblocker",
    ),
    "benzodiazepine": _W(
        "benzo; benzos; benzodiazepine; benzodiazepines; BZD; benzodiazepine tablets",
        "benzodiazepinas; benzodiazepinai",
        "Benzodiazepin",
    ),
    "beta_blocker": _W(
        "beta blocker; beta blockers; betablocker; betablockers; b-blocker",
        "beta blokatorius; beta blokatoriai; beta adrenoblokatorius; beta adrenoblokatoriai; BAB",
        "Betarezeptorenblocker",
    ),
    "combined_oral_contraceptive": _W(
        "the pill; pill; contraceptive pill; birth control pill; birth control pills; birth control; COC; OCP; "
        "combined pill; oral contraceptive; oral contraceptives; hormonal contraceptive; hormonal contraception; "
        "combined oral contraceptives; contraceptive",
        "kontraceptinės tabletės; kontraceptikai; kontraceptikas; hormoniniai kontraceptikai; "
        "geriamieji kontraceptikai; sudėtiniai geriamieji kontraceptikai",
        "Pille; die Pille; Antibabypille; Kontrazeptivum; orales Kontrazeptivum; hormonelle Verhütung; "
        "kombiniertes orales Kontrazeptivum",
    ),
    "loop_diuretic": _W(
        "loop diuretic; loop diuretics",
        "kilpinis diuretikas; kilpiniai diuretikai",
        "Schleifendiuretikum; Schleifendiuretika",
    ),
    "maoi_irreversible": _W(
        "irreversible MAOI; irreversible MAO inhibitor; non-selective MAOI; irreversible monoamine oxidase inhibitor",
        "negrįžtamo veikimo MAO inhibitorius; neselektyvus MAO inhibitorius",
        "irreversibler MAO-Hemmer; irreversibler MAOH",
    ),
    "strong_opioid": _W(
        "strong opioid; strong opioids; strong opiate; narcotic; narcotics; narcotic painkiller",
        "stiprus opioidas; stiprūs opioidai; narkotinis analgetikas; narkotiniai analgetikai",
        "starkes Opioid; starke Opioide; BTM; Betäubungsmittel",
    ),
    "systemic_corticosteroid": _W(
        "steroid; steroids; oral steroid; oral steroids; steroid tablets; corticosteroid; corticosteroids; "
        "glucocorticoid; glucocorticoids; systemic steroid; systemic steroids; long-term steroids; "
        "long-term corticosteroids; cortisone tablets; steroid course; systemic corticosteroids",
        "steroidai; steroidas; kortikosteroidai; kortikosteroidas; gliukokortikoidai; gliukokortikoidas; "
        "sisteminiai kortikosteroidai; hormonai nuo uždegimo; sisteminiai gliukokortikoidai",
        "Steroide; Kortikosteroid; Kortikosteroide; Corticosteroide; Glukokortikoid; Glukokortikoide; "
        "Glucocorticoide; Kortison; Cortison; Kortisontabletten",
    ),
    "thiazide_diuretic": _W(
        "thiazide; thiazides; thiazide diuretic; thiazide diuretics",
        "tiazidas; tiazidai; tiazidinis diuretikas; tiazidiniai diuretikai",
        "Thiazid; Thiazide; Thiaziddiuretikum; Thiaziddiuretika",
    ),
    "triptan": _W("triptan; triptans", "triptanas; triptanai", "Triptane"),
    "anticholinergic_other": _W(
        "anticholinergic; anticholinergics; anticholinergic drug; antimuscarinic; antimuscarinics",
        "anticholinerginis vaistas; anticholinerginiai vaistai; anticholinergikas",
        "Anticholinergikum; Anticholinergika",
    ),
    # --- other classes -------------------------------------------------------------------------------------
    "maoi": _W(
        "MAOI; MAOIs; MAO inhibitor; MAO inhibitors; monoamine oxidase inhibitor; monoamine oxidase inhibitors; MAO-I",
        "MAO inhibitorius; MAO inhibitoriai; MAOI; monoaminooksidazės inhibitorius; "
        "monoamino oksidazės inhibitorius; monoaminooksidazės inhibitoriai",
        "MAO-Hemmer; MAOH; Monoaminooxidasehemmer; Monoaminooxidase-Hemmer",
        "MAOI",
        "maoi_irreversible maoi_reversible mao_b_inhibitor",
    ),
    "mao_b_inhibitor": _W(
        "MAO-B inhibitor; MAO-B inhibitors; MAOB inhibitor", "MAO-B inhibitorius", "MAO-B-Hemmer", "MAOI of type B"
    ),
    "ssri": _W(
        "SSRI; SSRIs; selective serotonin reuptake inhibitor; selective serotonin reuptake inhibitors",
        "SSRI; SSRI grupės antidepresantas; selektyvus serotonino reabsorbcijos inhibitorius; "
        "selektyvieji serotonino reabsorbcijos inhibitoriai",
        "SSRI; Serotonin-Wiederaufnahmehemmer; selektiver Serotonin-Wiederaufnahmehemmer",
        "SSRI",
    ),
    "snri": _W(
        "SNRI; SNRIs; serotonin norepinephrine reuptake inhibitor; serotonin noradrenaline reuptake inhibitor",
        "SNRI; serotonino ir noradrenalino reabsorbcijos inhibitorius",
        "SNRI; SSNRI; Serotonin-Noradrenalin-Wiederaufnahmehemmer",
        "SNRI",
    ),
    "tca": _W(
        "TCA; TCAs; tricyclic; tricyclics; tricyclic antidepressant; tricyclic antidepressants",
        "TCA; triciklis antidepresantas; tricikliai antidepresantai",
        "TZA; trizyklisches Antidepressivum; trizyklische Antidepressiva; Trizyklikum; Trizyklika",
        "tricyclic antidepressant",
    ),
    "antidepressant": _W(
        "antidepressant; antidepressants; antidepressant tablets",
        "antidepresantas; antidepresantai; vaistai nuo depresijos",
        "Antidepressivum; Antidepressiva",
        "antidepressant",
        _ANTIDEPRESSANTS,
    ),
    "nsaid": _W(
        "NSAID; NSAIDs; NSAI; anti-inflammatory; anti-inflammatories; anti-inflammatory tablets; "
        "non-steroidal anti-inflammatory; non-steroidal anti-inflammatory drug; nonsteroidal anti-inflammatory drug; "
        "non-steroidal anti-inflammatory drugs; nonsteroidal anti-inflammatory drugs",
        "NVNU; nesteroidinis vaistas nuo uždegimo; nesteroidiniai vaistai nuo uždegimo; vaistai nuo uždegimo; "
        "nesteroidiniai priešuždegiminiai vaistai; NPUV; nesteroidiniai priešuždegiminiai",
        "NSAR; Antirheumatikum; nichtsteroidales Antirheumatikum; nichtsteroidale Antirheumatika; "
        "Entzündungshemmer",
        "NSAID",
        "nsaid",
    ),
    "opioid": _W(
        "opioid; opioids; opiate; opiates; opioid painkiller; opioid analgesic; opioid painkillers",
        "opioidas; opioidai; opiatai; opioidinis analgetikas; opioidiniai analgetikai",
        "Opioide; Opiat; Opiate; Opioidanalgetikum",
        "opioid",
        "strong_opioid weak_opioid",
    ),
    "weak_opioid": _W(
        "weak opioid; weak opioids", "silpnas opioidas; silpni opioidai", "schwaches Opioid", "weak opioid"
    ),
    "painkiller": _W(
        "painkiller; painkillers; pain killer; pain killers; pain medication; analgesic; analgesics; pain tablets",
        "nuskausminamieji; skausmą malšinantys vaistai; vaistai nuo skausmo; analgetikas; analgetikai; "
        "skausmo malšintojai",
        "Schmerzmittel; Schmerztabletten; Analgetikum; Analgetika",
        "painkiller",
        "nsaid salicylate strong_opioid weak_opioid pyrazolone analgesic_other",
    ),
    "anticoagulant": _W(
        "anticoagulant; anticoagulants; oral anticoagulant; OAC; anticoagulation",
        "antikoaguliantas; antikoaguliantai; geriamasis antikoaguliantas",
        "Antikoagulans; Antikoagulanz; Antikoagulanzien; Antikoagulantien; Gerinnungshemmer; "
        "orales Antikoagulans",
        "anticoagulant",
        _ANTICOAGULANTS,
    ),
    "blood_thinner": _W(
        "blood thinner; blood thinners; blood thinning tablets; blood-thinning medication; antithrombotic",
        "kraujo skystinamieji; kraujo skystinamieji vaistai; kraują skystinantys vaistai; kraujo skystiklis; "
        "kraujo skystikliai; kraują skystinantis vaistas; vaistai kraujui skystinti; antitrombozinis vaistas",
        "Blutverdünner; Blutverdünnung; blutverdünnende Medikamente; blutverdünnendes Mittel",
        "blood thinner",
        f"{_ANTICOAGULANTS} antiplatelet",
    ),
    "doac": _W(
        "DOAC; DOACs; NOAC; NOACs; direct oral anticoagulant; direct oral anticoagulants; new oral anticoagulant",
        "TGA; NGA; tiesioginio veikimo geriamasis antikoaguliantas; naujos kartos antikoaguliantas; "
        "tiesioginio veikimo antikoaguliantas",
        "DOAK; NOAK; direktes orales Antikoagulans",
        "direct oral anticoagulant",
        "factor_xa_inhibitor thrombin_inhibitor",
    ),
    "vitamin_k_antagonist": _W(
        "vitamin K antagonist; VKA; coumarin; coumarin anticoagulant",
        "vitamino K antagonistas; VKA",
        "Vitamin-K-Antagonist; Cumarin; Cumarine",
        "vitamin K antagonist",
    ),
    "lmwh": _W(
        "LMWH; low molecular weight heparin; low-molecular-weight heparin; heparin injections",
        "MMMH; mažos molekulinės masės heparinas",
        "NMH; niedermolekulares Heparin; Heparinspritzen; Bauchspritzen",
        "heparin of low molecular weight",
        "heparin parenteral_anticoagulant",
    ),
    "antiplatelet": _W(
        "antiplatelet; antiplatelets; antiplatelet drug; DAPT; dual antiplatelet therapy; platelet inhibitor",
        "antiagregantas; antiagregantai; trombocitų agregacijos inhibitorius",
        "Thrombozytenaggregationshemmer; Plättchenhemmer; TAH; Thrombozytenhemmer",
        "antiplatelet drug",
    ),
    "statin": _W("statin; statins; cholesterol tablets", "statinas; statinai; vaistai nuo cholesterolio",
                 "Statine; Cholesterinsenker", "statin"),
    "gabapentinoid": _W(
        "gabapentinoid; gabapentinoids", "gabapentinoidas; gabapentinoidai", "Gabapentinoide", "gabapentinoid"
    ),
    "z_drug": _W(
        "Z-drug; Z-drugs; Z drug; Z-hypnotic", "Z grupės migdomasis; Z vaistai", "Z-Substanz; Z-Substanzen", "Z-drug"
    ),
    "sleeping_tablet": _W(
        "sleeping pill; sleeping pills; sleeping tablet; sleeping tablets; hypnotic; hypnotics; sleep medication; "
        "sedative; sedatives; tranquilliser; tranquillisers; tranquilizer; tranquilizers; sleep aid",
        "migdomieji; migdomieji vaistai; migdomasis; vaistai nuo nemigos; raminamieji; raminamieji vaistai; "
        "trankviliantai; trankviliantas",
        "Schlafmittel; Schlaftabletten; Schlaftablette; Beruhigungsmittel; Tranquilizer; Hypnotikum; Hypnotika",
        "hypnotic or sedative",
        _HYPNOTICS,
    ),
    "muscle_relaxant": _W(
        "muscle relaxant; muscle relaxants; muscle relaxer; muscle relaxers",
        "miorelaksantas; miorelaksantai; raumenis atpalaiduojantys vaistai; raumenų relaksantas; "
        "raumenis atpalaiduojantis vaistas",
        "Muskelrelaxans; Muskelrelaxanz; Muskelrelaxanzien; Muskelrelaxantien",
        "muscle relaxant",
    ),
    "antipsychotic": _W(
        "antipsychotic; antipsychotics; neuroleptic; neuroleptics",
        "antipsichotikas; antipsichotikai; neuroleptikas; neuroleptikai; antipsichoziniai vaistai",
        "Antipsychotikum; Antipsychotika; Neuroleptikum; Neuroleptika",
        "antipsychotic",
        "phenothiazine_antipsychotic atypical_antipsychotic",
    ),
    "anticonvulsant": _W(
        "anticonvulsant; anticonvulsants; antiepileptic; antiepileptics; anti-epileptic; antiseizure drug; "
        "epilepsy tablets; anti-seizure medication",
        "vaistai nuo epilepsijos; antiepilepsiniai vaistai; priešepilepsinis vaistas; priešepilepsiniai vaistai; "
        "antikonvulsantas; antikonvulsantai",
        "Antiepileptikum; Antiepileptika; Antikonvulsivum; Antikonvulsiva",
        "antiepileptic",
        "antiepileptic enzyme_inducer gabapentinoid barbiturate benzodiazepine",
    ),
    "calcium_antagonist": _W(
        "calcium channel blocker; calcium channel blockers; CCB; CCBs; calcium antagonist",
        "kalcio kanalų blokatorius; kalcio kanalų blokatoriai; kalcio antagonistas",
        "Calciumantagonist; Kalziumantagonist; Calciumkanalblocker; Kalziumkanalblocker",
        "calcium channel blocker",
        "dihydropyridine calcium_channel_blocker",
    ),
    "diuretic": _W(
        "diuretic; diuretics; water tablet; water tablets; water pill; water pills",
        "diuretikas; diuretikai; šlapimą varantys vaistai; šlapimą varantis vaistas",
        "Diuretikum; Diuretika; Wassertablette; Wassertabletten; Entwässerungstabletten",
        "diuretic",
        _DIURETICS,
    ),
    "potassium_sparing_diuretic": _W(
        "potassium-sparing diuretic; MRA; aldosterone antagonist; mineralocorticoid receptor antagonist",
        "kalį sulaikantis diuretikas; aldosterono antagonistas",
        "kaliumsparendes Diuretikum; Aldosteronantagonist",
        "potassium-sparing diuretic",
    ),
    "antihypertensive": _W(
        "antihypertensive; antihypertensives; blood pressure tablet; blood pressure tablets; blood pressure pills; "
        "blood pressure medication; BP tablets; BP meds",
        "vaistai nuo spaudimo; kraujospūdį mažinantys vaistai; vaistai nuo kraujospūdžio; vaistai nuo hipertenzijos; "
        "antihipertenziniai vaistai; antihipertenzinis vaistas",
        "Blutdrucksenker; Blutdrucktabletten; Blutdruckmittel; Antihypertensivum; Antihypertensiva",
        "antihypertensive drug",
        f"ace_inhibitor arb beta_blocker dihydropyridine calcium_channel_blocker {_DIURETICS} alpha_blocker "
        "alpha2_agonist vasodilator renin_inhibitor",
    ),
    "nitrate": _W(
        "nitrate; nitrates", "nitratas; nitratai", "Nitrate; Nitropräparat; Nitrospray", "nitrate"
    ),
    "pde5_inhibitor": _W(
        "PDE5 inhibitor; PDE5 inhibitors; PDE-5 inhibitor; PDE-5 inhibitors; phosphodiesterase 5 inhibitor; "
        "phosphodiesterase type 5 inhibitor; erection tablets; potency pills",
        "FDE5 inhibitorius; FDE-5 inhibitorius; PDE5 inhibitorius; vaistai nuo erekcijos sutrikimo; potenciją "
        "didinantys vaistai",
        "PDE5-Hemmer; PDE-5-Hemmer; Phosphodiesterase-5-Hemmer; Potenzmittel",
        "PDE5 inhibitor",
    ),
    "antiarrhythmic": _W(
        "antiarrhythmic; antiarrhythmics; anti-arrhythmic",
        "antiaritminis vaistas; antiaritmikas; antiaritmikai; antiaritminiai vaistai",
        "Antiarrhythmikum; Antiarrhythmika",
        "antiarrhythmic",
        "class1_antiarrhythmic class3_antiarrhythmic beta_blocker calcium_channel_blocker cardiac_glycoside",
    ),
    "antibiotic": _W(
        "antibiotic; antibiotics; antibiotic tablets; course of antibiotics",
        "antibiotikas; antibiotikai",
        "Antibiotikum; Antibiotika",
        "antibiotic",
        _ANTIBACTERIALS,
    ),
    "fluoroquinolone": _W(
        "quinolone; quinolones; fluoroquinolone; fluoroquinolones",
        "fluorchinolonas; fluorchinolonai; chinolonas; chinolonai",
        "Chinolon; Fluorchinolon; Gyrasehemmer; Fluorchinolone",
        "fluoroquinolone",
    ),
    "macrolide": _W(
        "macrolide; macrolides; macrolide antibiotic", "makrolidas; makrolidai", "Makrolid; Makrolide", "macrolide"
    ),
    "cephalosporin": _W(
        "cephalosporin; cephalosporins; cefalosporin; cefalosporins",
        "cefalosporinas; cefalosporinai",
        "Cephalosporine; Cefalosporine",
        "cephalosporin",
    ),
    "penicillin_class": _W(
        "penicillins; penicillin antibiotic; penicillin antibiotics",
        "penicilinai; penicilinų grupė",
        "Penizillin; Penizilline; Penicilline",
        "penicillin",
    ),
    "sulfonamide_antibacterial": _W(
        "sulfa; sulpha; sulfa drug; sulfa drugs; sulfonamide; sulfonamides; sulphonamide; sulphonamides",
        "sulfonamidas; sulfonamidai; sulfanilamidas; sulfanilamidai",
        "Sulfonamid; Sulfonamide",
        "antibacterial sulfonamide",
    ),
    "antifungal": _W(
        "antifungal; antifungals; azole; azoles; azole antifungal; antifungal tablets",
        "priešgrybelinis vaistas; priešgrybeliniai vaistai; azolas; vaistai nuo grybelio",
        "Antimykotikum; Antimykotika; Azol-Antimykotikum; Pilzmittel",
        "antifungal",
        "azole_antifungal antifungal_other",
    ),
    "ppi": _W(
        "PPI; PPIs; proton pump inhibitor; proton pump inhibitors; acid reducer",
        "PSI; protonų siurblio inhibitorius; protonų siurblio inhibitoriai",
        "Protonenpumpenhemmer; Protonenpumpeninhibitor; Magenschutz; Säureblocker",
        "proton pump inhibitor",
    ),
    "h2_blocker": _W(
        "H2 blocker; H2 blockers; H2 antagonist; H2RA", "H2 blokatorius; H2 receptorių blokatorius", "H2-Blocker",
        "H2 blocker",
    ),
    "antihistamines": _W(
        "antihistamine; antihistamines; allergy tablets; hay fever tablets",
        "antihistamininis vaistas; antihistamininiai vaistai; vaistai nuo alergijos",
        "Antihistaminikum; Antihistaminika; Allergietabletten",
        "antihistamine",
        "sedating_antihistamine antihistamine",
    ),
    "decongestant": _W(
        "decongestant; decongestants; nasal decongestant",
        "dekongestantas; dekongestantai; vaistai nuo slogos",
        "abschwellendes Nasenspray; Dekongestivum",
        "decongestant",
        "decongestant sympathomimetic",
    ),
    "stimulant": _W(
        "stimulant; stimulants; ADHD medication",
        "stimuliantas; stimuliantai; psichostimuliantas",
        "Stimulans; Stimulanzien; Psychostimulans",
        "stimulant",
        "stimulant sympathomimetic",
    ),
    "sulfonylurea": _W(
        "sulfonylurea; sulfonylureas; sulphonylurea; sulphonylureas",
        "sulfonilkarbamidas; sulfonilurėja; sulfonilurėjos preparatas",
        "Sulfonylharnstoff; Sulfonylharnstoffe",
        "sulfonylurea",
    ),
    "immunosuppressant": _W(
        "immunosuppressant; immunosuppressants; immunosuppressive; immunosuppressive drug; anti-rejection drug; "
        "anti-rejection drugs; transplant medication",
        "imunosupresantas; imunosupresantai; imuninę sistemą slopinantys vaistai; imunosupresinis vaistas",
        "Immunsuppressivum; Immunsuppressiva",
        "immunosuppressant",
        "csdmard mtor_inhibitor tnf_inhibitor interleukin_antibody other_antibody jak_inhibitor "
        "immunomodulator_other cytotoxic systemic_corticosteroid",
    ),
    "biologic": _W(
        "biologic; biologics; biological; biological therapy; biologic therapy; monoclonal antibody; bDMARD",
        "biologinė terapija; biologiniai vaistai; biologinis vaistas",
        "Biologikum; Biologika; Biologicum; Biologica",
        "biologic",
        "tnf_inhibitor interleukin_antibody other_antibody",
    ),
    "tnf_inhibitor": _W(
        "TNF inhibitor; TNF inhibitors; anti-TNF; TNF blocker; TNF-alpha inhibitor; anti-TNF therapy",
        "TNF inhibitorius; TNF blokatorius; anti-TNF",
        "TNF-Blocker; TNF-Hemmer; TNF-alpha-Blocker",
        "TNF inhibitor",
    ),
    "jak_inhibitor": _W(
        "JAK inhibitor; JAK inhibitors; JAKi", "JAK inhibitorius", "JAK-Hemmer; JAK-Inhibitor", "JAK inhibitor"
    ),
    "contrast": _W(
        "contrast; contrast agent; contrast medium; contrast dye; iodinated contrast; x-ray contrast; CT contrast",
        "kontrastas; kontrastinė medžiaga; jodo kontrastinė medžiaga",
        "Kontrastmittel; Röntgenkontrastmittel",
        "contrast agent",
        "contrast",
    ),
    "antacid": _W(
        "antacid; antacids; heartburn tablets", "antacidas; antacidai; vaistai nuo rėmens", "Antazidum; Antazida",
        "antacid",
    ),
    "laxative": _W(
        "laxative; laxatives", "vidurius laisvinantys vaistai; laisvinamieji; laisvinamieji vaistai",
        "Abführmittel; Laxans; Laxanzien", "laxative",
    ),
    "antiemetic": _W(
        "antiemetic; antiemetics; anti-sickness tablets; nausea tablets", "vaistai nuo pykinimo; antiemetikas",
        "Antiemetikum; Antiemetika; Mittel gegen Übelkeit", "antiemetic",
        "setron prokinetic nk1_antagonist phenothiazine_antipsychotic sedating_antihistamine",
    ),
    "antimalarial": _W(
        "antimalarial; antimalarials; malaria tablets", "vaistai nuo maliarijos", "Malariamittel; Antimalariamittel",
        "antimalarial",
    ),
    "antiviral": _W(
        "antiviral; antivirals; antiretroviral; antiretrovirals; HAART; HIV medication; HIV tablets; HIV drugs; "
        "HIV treatment; protease inhibitor; protease inhibitors",
        "antivirusinis vaistas; antivirusiniai vaistai; vaistai nuo ŽIV; antiretrovirusiniai vaistai",
        "Virostatikum; Virostatika; HIV-Medikamente; antiretrovirale Therapie",
        "antiviral",
    ),
    "glucose_lowering": _W(
        "diabetes tablets; diabetes medication; antidiabetic; antidiabetics; oral antidiabetic; sugar tablets",
        "vaistai nuo diabeto; vaistai nuo cukraus; antidiabetiniai vaistai",
        "Antidiabetikum; Antidiabetika; Diabetestabletten; Blutzuckersenker",
        "drug for diabetes",
        "biguanide sulfonylurea dpp4_inhibitor sglt2_inhibitor glp1_agonist glitazone glinide "
        "alpha_glucosidase_inhibitor insulin",
    ),
    "thyroid_drug": _W(
        "thyroid tablets; thyroid tablet; thyroid medication; thyroid hormone; thyroid hormones",
        "vaistai skydliaukei; skydliaukės hormonai; skydliaukės vaistai",
        "Schilddrüsentabletten; Schilddrüsenhormon; Schilddrüsenhormone; Schilddrüsenmedikament",
        "thyroid drug",
        "thyroid_hormone antithyroid",
    ),
    "inhaler": _W(
        "inhaler; inhalers; asthma inhaler; puffer; asthma spray; blue inhaler; reliever inhaler; preventer inhaler",
        "inhaliatorius; inhaliatoriai; astmos inhaliatorius",
        "Asthmaspray; Inhalator; Inhalationsspray",
        "inhaler",
        "beta2_agonist inhaled_anticholinergic local_corticosteroid mast_cell_stabiliser",
    ),
    "hormone_therapy": _W(
        "HRT; hormone replacement therapy; hormone replacement; menopausal hormone therapy; hormone therapy",
        "pakaitinė hormonų terapija; menopauzės hormonų terapija; hormonų terapija",
        "Hormonersatztherapie; Hormontherapie; Wechseljahreshormone",
        "hormone therapy",
        "oestrogen progestogen androgen serm",
    ),
    "cytotoxic": _W(
        "chemotherapy; chemo; cytotoxic; cytotoxics; cytostatic; chemotherapy drug",
        "chemoterapija; citostatikas; citostatikai; chemoterapiniai vaistai",
        "Chemotherapie; Zytostatikum; Zytostatika; Chemo",
        "cytotoxic drug",
        "cytotoxic antineoplastic_other kinase_inhibitor",
    ),
}  # fmt: skip


def _class_items() -> dict[str, Drug]:
    known: dict[str, Drug] = {}
    for key, words in CLASS_WORDS.items():
        classes = tuple((words.classes or key).split())
        known[key] = DRUGS.get(key) or Drug(key, words.title, kind="class_item", of_classes=classes)
    return known


# Every class that a word names, as the item that stands for a member of it.
CLASS_ITEMS: dict[str, Drug] = _class_items()


def words_of_class(key: str) -> tuple[str, ...]:
    """The words for a class in all languages, as they are listed."""
    words = CLASS_WORDS[key]
    return tuple(
        word.strip()
        for text in (words.english, words.lithuanian, words.german)
        for word in text.split(";")
        if word.strip()
    )
