"""The words people write for the conditions of the formulary: English, Lithuanian, German, and ICD-10 codes.

The words are ours, written down from memory; none is taken from a list of somebody else. The code numbers are those of
the WHO's ICD-10; what a code implies here is ours. Words of one condition are separated by semicolons; a word that
may be more than one condition stands under each of them, and is then read as all of them, on the cautious side.
"""

from __future__ import annotations

from typing import NamedTuple


class ConditionWords(NamedTuple):
    """The words for one condition, by language, and the ICD-10 codes (each with all that begin with it)."""

    english: str = ""
    lithuanian: str = ""
    german: str = ""
    icd10: str = ""


_W = ConditionWords
_ANY_PREGNANCY = (
    "pregnancy; pregnant; gravid; gestation; currently pregnant",
    "nėštumas; nėščia; laukiasi",
    "schwangerschaft; schwanger; gravidität",
    "Z33; Z34; O09; O10; O11; O12; O13; O14; O15; O20; O21; O22; O23; O24; O25; O26; O28; O29; O30; O31",
)

CONDITION_WORDS: dict[str, ConditionWords] = {
    "hepatic_steatosis": _W(
        "fatty liver; steatosis; hepatosteatosis; NAFLD; MASLD; fatty liver disease; liver steatosis",
        "kepenų steatozė; suriebėjusios kepenys; riebalinė kepenų liga",
        "fettleber; steatosis hepatis; leberverfettung",
        "K76.0",
    ),
    "lft_raised_gt3uln": _W(
        "ALT above 3 x ULN; AST above 3 x ULN; transaminases above 3 x ULN; ALT over 3 x ULN; AST over 3 x ULN",
        "ALT daugiau kaip 3 kartus virš normos",
        "ALT über dem dreifachen der norm; transaminasen über dem dreifachen der norm",
    ),
    "hepatic_impairment_mild": _W(
        "Child-Pugh A; Child-Pugh class A; mild hepatic impairment; mild liver impairment; compensated cirrhosis",
        "lengvas kepenų funkcijos sutrikimas; kompensuota kepenų cirozė",
        "leichte leberfunktionsstörung; kompensierte leberzirrhose",
    ),
    "hepatic_impairment_modsev": _W(
        "Child-Pugh B; Child-Pugh C; liver failure; hepatic failure; severe hepatic impairment; "
        "moderate hepatic impairment; hepatic impairment; liver impairment; decompensated cirrhosis; "
        "liver cirrhosis; cirrhosis; cirrhosis of the liver; hepatic encephalopathy; acute hepatitis",
        "kepenų nepakankamumas; kepenų cirozė; cirozė; dekompensuota kepenų cirozė; ūminis hepatitas",
        "leberinsuffizienz; leberversagen; leberzirrhose; dekompensierte leberzirrhose; akute hepatitis",
        "K70.3; K70.4; K71.1; K71.7; K72; K74.3; K74.4; K74.5; K74.6; K76.6; K76.7; B15; B16",
    ),
    "cholecystectomy": _W(
        "gallbladder removed; gall bladder removed; gallbladder absent; no gallbladder; "
        "laparoscopic cholecystectomy; post-cholecystectomy syndrome",
        "cholecistektomija; pašalinta tulžies pūslė",
        "cholezystektomie; gallenblase entfernt; gallenblasenentfernung",
        "K91.5",
    ),
    "ckd_30_59": _W(
        "CKD stage 3; CKD stage 3a; CKD stage 3b; chronic kidney disease stage 3a; "
        "chronic kidney disease stage 3b; CKD 3; CKD 3a; CKD 3b; CKD G3; CKD G3a; CKD G3b; stage 3 CKD; "
        "moderate renal impairment; "
        "chronic kidney disease stage 3; eGFR 30 to 59; CKD; chronic kidney disease; renal failure; "
        "kidney failure; chronic renal failure; renal insufficiency; renal impairment; kidney disease",
        "lėtinė inkstų liga; inkstų nepakankamumas; 3 stadijos lėtinė inkstų liga",
        "niereninsuffizienz; chronische nierenerkrankung; nierenversagen; chronische niereninsuffizienz",
        "N18.3; N18.9; N19",
    ),
    "ckd_lt30": _W(
        "CKD stage 4; CKD stage 5; chronic kidney disease stage 4; chronic kidney disease stage 5; "
        "CKD 4; CKD 5; CKD G4; CKD G5; stage 4 CKD; stage 5 CKD; ESRD; ESKD; dialysis; "
        "haemodialysis; hemodialysis; peritoneal dialysis; end-stage renal disease; end stage kidney disease; "
        "severe renal impairment; severe renal failure; acute kidney injury; acute renal failure; "
        "CKD; chronic kidney disease; renal failure; kidney failure; chronic renal failure; "
        "renal insufficiency; renal impairment; kidney disease",
        "dializė; hemodializė; sunkus inkstų nepakankamumas; ūminis inkstų nepakankamumas; lėtinė inkstų liga; "
        "inkstų nepakankamumas",
        "dialyse; hämodialyse; terminale niereninsuffizienz; akutes nierenversagen; niereninsuffizienz; "
        "chronische nierenerkrankung; nierenversagen; chronische niereninsuffizienz",
        "N17; N18.4; N18.5; N18.6; N18.9; N19; Z49; Z99.2",
    ),
    "peptic_ulcer": _W(
        "peptic ulcer; peptic ulcer disease; PUD; gastric ulcer; duodenal ulcer; stomach ulcer; "
        "history of peptic ulcer; past peptic ulcer; ulcer of the stomach; gastroduodenal ulcer; "
        "perforated ulcer; bleeding ulcer",
        "opaligė; skrandžio opa; dvylikapirštės žarnos opa; pepsinė opa",
        "magengeschwür; zwölffingerdarmgeschwür; ulcus ventriculi; ulcus duodeni; ulkuskrankheit; magenulkus",
        "K25; K26; K27; K28",
    ),
    "gi_bleed": _W(
        "GI bleed; GI bleeding; gastrointestinal bleeding; gastrointestinal bleed; past GI bleed; "
        "history of GI bleed; upper GI bleed; lower GI bleed; bleeding ulcer; perforated ulcer; GI perforation; "
        "gastrointestinal perforation; bleeding oesophageal varices",
        "kraujavimas iš virškinamojo trakto; buvęs kraujavimas iš virškinamojo trakto; skrandžio perforacija",
        "gi-blutung; magenblutung; frühere gastrointestinale blutung; magenperforation",
        "K25.0; K25.1; K25.2; K25.4; K25.5; K25.6; K26.0; K26.1; K26.2; K26.4; K26.5; K26.6; K27.0; K27.2; K27.4; "
        "K28.0; K28.4; I85.0; K92.0; K92.1; K92.2",
    ),
    "nsaid_hypersensitivity": _W(
        "NSAR-Unverträglichkeit; aspirin-sensitive asthma; NSAID-sensitive asthma; NSAID allergy; "
        "NSAID hypersensitivity; aspirin allergy; aspirin hypersensitivity; AERD; N-ERD; NERD; "
        "aspirin-exacerbated respiratory disease; NSAID-exacerbated respiratory disease; Samter triad; "
        "Samter's triad; aspirin asthma; aspirin-induced asthma; aspirin sensitivity; NSAID intolerance; "
        "aspirin intolerance; allergy to NSAIDs; allergy to aspirin; ASA triad; acetylsalicylic acid allergy",
        "alergija NVNU; alergija aspirinui; padidėjęs jautrumas aspirinui; aspirininė astma",
        "nsar-allergie; aspirinallergie; ass-allergie; aspirin-asthma; analgetika-intoleranz; "
        "samter-trias; analgetikaasthma",
        "Z88.6",
    ),
    "asthma": _W(
        "asthma; bronchial asthma; allergic asthma; asthmatic; exercise-induced asthma; intrinsic asthma",
        "astma; bronchų astma; bronchinė astma",
        "asthma bronchiale; bronchialasthma; allergisches asthma",
        "J45; J46",
    ),
    "nasal_polyps": _W(
        "nasal polyp; nasal polyps; nasal polyposis; chronic rhinitis; chronic rhinosinusitis; "
        "chronic rhinosinusitis with nasal polyps",
        "nosies polipai; nosies polipozė; lėtinis rinitas",
        "nasenpolypen; polyposis nasi; chronische rhinitis",
        "J31.0; J33",
    ),
    "heart_failure_severe": _W(
        "NYHA III; NYHA IV; NYHA 3; NYHA 4; NYHA class III; NYHA class IV; severe heart failure; "
        "heart failure NYHA III; heart failure NYHA IV; decompensated heart failure; acute heart failure; "
        "cardiogenic shock; pulmonary oedema; pulmonary edema",
        "sunkus širdies nepakankamumas; dekompensuotas širdies nepakankamumas; plaučių edema",
        "schwere herzinsuffizienz; dekompensierte herzinsuffizienz; lungenödem",
        "R57.0; J81",
    ),
    "heart_failure": _W(
        "heart failure; congestive heart failure; CHF; HFrEF; HFpEF; HFmrEF; chronic heart failure; "
        "cardiac failure; left ventricular failure; cardiomyopathy; cardiac insufficiency; NYHA I; NYHA II",
        "širdies nepakankamumas; lėtinis širdies nepakankamumas; kardiomiopatija",
        "herzinsuffizienz; herzschwäche; chronische herzinsuffizienz; kardiomyopathie",
        "I50; I11.0; I13.0; I13.2; I42",
    ),
    "recent_mi": _W(
        "recent MI; recent myocardial infarction; myocardial infarction; acute myocardial infarction; heart attack; "
        "MI; NSTEMI; STEMI; recent heart attack; myocardial infarction within 6 months; acute coronary syndrome",
        "miokardo infarktas; infarktas; ūminis miokardo infarktas; neseniai persirgtas miokardo infarktas",
        "herzinfarkt; myokardinfarkt; akuter myokardinfarkt; kürzlicher herzinfarkt",
        "I21; I22",
    ),
    "ischaemic_heart_disease": _W(
        "angina; angina pectoris; stable angina; unstable angina; coronary artery disease; CAD; IHD; CHD; "
        "coronary heart disease; ischaemic heart disease; ischemic heart disease; coronary stent; PCI; CABG; "
        "coronary bypass; stroke; past stroke; history of stroke; ischaemic stroke; ischemic stroke; TIA; "
        "transient ischaemic attack; transient ischemic attack; PAD; peripheral arterial disease; "
        "peripheral artery disease; peripheral vascular disease; intermittent claudication; old MI; "
        "previous myocardial infarction; past myocardial infarction; myocardial infarction; heart attack; MI; "
        "NSTEMI; STEMI; cerebrovascular disease; CVA; acute coronary syndrome",
        "išeminė širdies liga; infarktas; "
        "krūtinės angina; insultas; smegenų infarktas; praeinantis smegenų išemijos priepuolis; "
        "periferinių arterijų liga; miokardo infarktas; persirgtas miokardo infarktas",
        "koronare herzkrankheit; khk; schlaganfall; apoplex; hirninfarkt; pavk; herzinfarkt; myokardinfarkt; "
        "periphere arterielle verschlusskrankheit; belastungsangina",
        "I20; I21; I22; I23; I24; I25; I63; I64; I65; I66; I69.3; I69.4; I70; I73.9; G45; Z95.1; Z95.5",
    ),
    "heart_block": _W(
        "AV block; atrioventricular block; second-degree AV block; third-degree AV block; complete heart block; "
        "bundle branch block; LBBB; RBBB; left bundle branch block; conduction disorder; sick sinus syndrome; "
        "first-degree AV block; bifascicular block",
        "AV blokada; širdies blokada; atrioventrikulinė blokada; Hiso pluošto kojytės blokada",
        "av-block; herzblock; schenkelblock; linksschenkelblock; reizleitungsstörung; sick-sinus-syndrom",
        "I44; I45; I49.5",
    ),
    "long_qt": _W(
        "long QT; long QT syndrome; LQTS; prolonged QT; prolonged QTc; QT prolongation; QTc prolongation; "
        "QTc over 470 ms; QTc over 500 ms; torsades de pointes; torsade de pointes; congenital long QT",
        "ilgas QT; ilgo QT sindromas; pailgėjęs QT; QT pailgėjimas",
        "langes qt-syndrom; qt-verlängerung; verlängerte qt-zeit; long-qt-syndrom",
        "I45.8; I47.21; R94.31",
    ),
    "arrhythmia": _W(
        "arrhythmia; atrial fibrillation; AF; AFib; atrial flutter; ventricular tachycardia; VT; SVT; "
        "supraventricular tachycardia; ventricular fibrillation; cardiac arrhythmia; WPW; "
        "Wolff-Parkinson-White syndrome; paroxysmal atrial fibrillation; bradycardia; tachyarrhythmia",
        "aritmija; prieširdžių virpėjimas; prieširdžių plazdėjimas; skilvelinė tachikardija; širdies ritmo sutrikimas",
        "herzrhythmusstörung; herzrhythmusstörungen; vorhofflimmern; vorhofflattern; arrhythmie; "
        "ventrikuläre tachykardie",
        "I47; I48; I49; R00.1",
    ),
    "hypotension": _W(
        "low blood pressure; hypotension; orthostatic hypotension; postural hypotension; orthostatic drop; "
        "arterial hypotension; systolic below 100",
        "hipotenzija; žemas kraujospūdis; ortostatinė hipotenzija; žemas kraujo spaudimas",
        "hypotonie; niedriger blutdruck; orthostatische hypotonie; arterielle hypotonie",
        "I95",
    ),
    "hypertension_uncontrolled": _W(
        "uncontrolled hypertension; severe hypertension; hypertensive crisis; hypertensive emergency; "
        "malignant hypertension; poorly controlled hypertension; resistant hypertension; uncontrolled blood pressure",
        "nekontroliuojama hipertenzija; hipertenzinė krizė; nekontroliuojama arterinė hipertenzija",
        "unkontrollierte hypertonie; hypertensive krise; nicht eingestellter bluthochdruck",
        "I16",
    ),
    "glaucoma_narrow": _W(
        "angle-closure glaucoma; closed-angle glaucoma; narrow-angle glaucoma; angle closure glaucoma; "
        "acute glaucoma; glaucoma; narrow angles; angle closure; shallow anterior chamber; primary angle closure",
        "uždaro kampo glaukoma; ūminė glaukoma; glaukoma; sekli priekinė kamera; sekli priekinė akies kamera; "
        "sekli akies priekinė kamera; akies priekinė kamera sekli; siauras priekinės kameros kampas",
        "engwinkelglaukom; winkelblockglaukom; akuter glaukomanfall; glaukom; grüner star; flache vorderkammer; "
        "enger kammerwinkel",
        "H40.2; H40.9",
    ),
    "urinary_retention": _W(
        "urinary retention; retention of urine; BPH; benign prostatic hyperplasia; prostatic hyperplasia; "
        "enlarged prostate; prostatic hypertrophy; prostatism; bladder outlet obstruction; urinary obstruction; "
        "bladder neck obstruction; obstructive urinary symptoms",
        "šlapimo susilaikymas; gerybinė prostatos hiperplazija; prostatos hiperplazija; padidėjusi prostata",
        "harnverhalt; harnretention; prostatahyperplasie; benigne prostatahyperplasie; vergrößerte prostata",
        "N40; N32.0; R33; N13.8; R39.1",
    ),
    "epilepsy": _W(
        "epilepsy; seizure; seizures; convulsions; epileptic; seizure disorder; past seizure; febrile seizures; "
        "status epilepticus; fits; grand mal; petit mal; absence seizures; convulsion; epileptic fit; epileptic fits; "
        "had a fit; had fits; had a seizure; had seizures; had a convulsion; had convulsions",
        "epilepsija; traukuliai; epilepsijos priepuoliai",
        "epilepsie; krampfanfall; krampfanfälle; anfallsleiden; epileptischer anfall",
        "G40; G41; R56",
    ),
    "bipolar": _W(
        "bipolar disorder; bipolar; bipolar affective disorder; mania; manic episode; hypomania; "
        "manic-depressive illness; bipolar I; bipolar II; bipolar I disorder; bipolar II disorder; manic depression",
        "bipolinis sutrikimas; bipolinis afektinis sutrikimas; manija",
        "bipolare störung; manie; bipolare affektive störung; manisch-depressive erkrankung",
        "F30; F31",
    ),
    "suicidality": _W(
        "suicidal ideation; suicidal thoughts; suicidality; suicidal; active suicidal ideation; suicidal intent; "
        "thoughts of suicide; suicide risk",
        "mintys apie savižudybę; suicidinės mintys; savižudybės rizika; savižudiškos mintys",
        "suizidalität; suizidgedanken; selbstmordgedanken; suizidgefahr",
        "R45.85; R45.88",
    ),
    "dementia": _W(
        "dementia; Alzheimer disease; Alzheimer's disease; Alzheimer's; Alzheimer's dementia; vascular dementia; "
        "Lewy body dementia; frontotemporal dementia; delirium; cognitive impairment; mild cognitive impairment",
        "demencija; Alzheimerio liga; kraujagyslinė demencija; delyras",
        "demenz; alzheimer; alzheimer-krankheit; vaskuläre demenz; delir",
        "F00; F01; F02; F03; F05; G30; G31.0; G31.8",
    ),
    "pregnancy_t1": _W(
        f"{_ANY_PREGNANCY[0]}; first trimester; pregnancy first trimester; first trimester pregnancy; early pregnancy",
        f"{_ANY_PREGNANCY[1]}; pirmas nėštumo trimestras; pirmasis nėštumo trimestras",
        f"{_ANY_PREGNANCY[2]}; erstes trimenon; erstes schwangerschaftsdrittel; frühschwangerschaft",
        _ANY_PREGNANCY[3],
    ),
    "pregnancy_t2": _W(
        f"{_ANY_PREGNANCY[0]}; second trimester; pregnancy second trimester; second trimester pregnancy",
        f"{_ANY_PREGNANCY[1]}; antras nėštumo trimestras; antrasis nėštumo trimestras",
        f"{_ANY_PREGNANCY[2]}; zweites trimenon; zweites schwangerschaftsdrittel",
        _ANY_PREGNANCY[3],
    ),
    "pregnancy_t3": _W(
        f"{_ANY_PREGNANCY[0]}; third trimester; pregnancy third trimester; third trimester pregnancy; late pregnancy",
        f"{_ANY_PREGNANCY[1]}; trečias nėštumo trimestras; trečiasis nėštumo trimestras",
        f"{_ANY_PREGNANCY[2]}; drittes trimenon; letztes schwangerschaftsdrittel",
        _ANY_PREGNANCY[3],
    ),
    "pregnancy_ge20w": _W(
        f"{_ANY_PREGNANCY[0]}; second half of pregnancy; second trimester; pregnancy second trimester; "
        "second trimester pregnancy; third trimester; pregnancy third trimester; third trimester pregnancy; "
        "late pregnancy",
        f"{_ANY_PREGNANCY[1]}; antroji nėštumo pusė; antras nėštumo trimestras; antrasis nėštumo trimestras; "
        "trečias nėštumo trimestras; trečiasis nėštumo trimestras",
        f"{_ANY_PREGNANCY[2]}; zweite schwangerschaftshälfte; zweites trimenon; zweites schwangerschaftsdrittel; "
        "drittes trimenon; letztes schwangerschaftsdrittel",
        _ANY_PREGNANCY[3],
    ),
    "lactation": _W(
        "stillt; stilling; breast feeding; lactation; breastfeeding; breast-feeding; nursing mother; lactating",
        "žindymas; maitinimas krūtimi; žindo; maitina krūtimi; laktacija",
        "stillzeit; stillen; stillend; laktation",
        "Z39.1; O92",
    ),
    "la_allergy": _W(
        "local anaesthetic allergy; local anesthetic allergy; lidocaine allergy; lignocaine allergy; "
        "amide anaesthetic allergy; allergy to local anaesthetics; allergy to lidocaine; articaine allergy; "
        "bupivacaine allergy; mepivacaine allergy",
        "alergija vietiniams anestetikams; alergija lidokainui",
        "lokalanästhetika-allergie; lidocainallergie; allergie gegen lokalanästhetika",
        "Z88.4",
    ),
    "ketoprofen_photoallergy": _W(
        "ketoprofen photoallergy; ketoprofen photosensitivity; fenofibrate photoallergy; oxybenzone allergy; "
        "octocrylene allergy; photoallergy to ketoprofen",
        "fotoalergija ketoprofenui",
        "ketoprofen-photoallergie; photoallergie gegen ketoprofen",
    ),
    "benzyl_alcohol_allergy": _W(
        "benzyl alcohol allergy; propylene glycol allergy; allergy to benzyl alcohol; "
        "allergy to propylene glycol; benzyl alcohol hypersensitivity",
        "alergija benzilo alkoholiui; alergija propilenglikoliui; allergy to benzilo alkoholis; "
        "allergy to benzilo alkoholiui; allergy to propilenglikolis; allergy to propilenglikoliui",
        "benzylalkohol-allergie; propylenglykol-allergie; allergy to benzylalkohol; allergy to propylenglykol",
    ),
    "sulfite_allergy": _W(
        "sulfite allergy; sulphite allergy; sulfite sensitivity; allergy to sulfites; metabisulfite allergy; "
        "sulphite hypersensitivity",
        "alergija sulfitams; allergy to sulfitai; allergy to sulfitams",
        "sulfitallergie; sulfit-unverträglichkeit; allergy to sulfite; allergy to sulfit",
    ),
    "bleeding_disorder": _W(
        "Thrombopenie; bleeding disorder; haemophilia; hemophilia; von Willebrand disease; thrombocytopenia; "
        "low platelets; "
        "coagulopathy; bleeding diathesis; ITP; clotting disorder; haemorrhagic diathesis; coagulation disorder; "
        "platelets below 100; haemophiliac; hemophiliac; von Willebrand; von Willebrand's disease; "
        "von Willebrand syndrome; vWD; VWD type 1; haemophilia A; haemophilia B; hemophilia A; hemophilia B; "
        "factor VIII deficiency; factor IX deficiency; factor XI deficiency; Glanzmann thrombasthenia; "
        "Bernard-Soulier syndrome; immune thrombocytopenia; platelet function disorder",
        "hemofilija; krešėjimo sutrikimas; trombocitopenija; kraujavimo sutrikimas; Vilebrando liga; "
        "Willebrando liga; fon Vilebrando liga; hemofilija A; hemofilija B",
        "hämophilie; hämophilie a; hämophilie b; bluterkrankheit; blutgerinnungsstörung; gerinnungsstörung; "
        "thrombozytopenie; von-willebrand-syndrom",
        "D65; D66; D67; D68.0; D68.1; D68.2; D68.3; D68.4; D68.9; D69",
    ),
    "on_anticoagulant": _W(
        "OAK; NOAK; DOAK; OAC; on OAC; on anticoagulant; on anticoagulants; anticoagulated; anticoagulation; "
        "therapeutic anticoagulation; "
        "takes warfarin; on warfarin; on a DOAC; on heparin; taking anticoagulants; blood thinner; blood thinners; "
        "on blood thinners",
        "vartoja antikoaguliantus; gydymas antikoaguliantais; vartoja varfariną; antikoaguliantai; "
        "kraują skystinantys vaistai; vartoja kraują skystinančius vaistus; geria kraują skystinančius vaistus; "
        "kraujo skystikliai",
        "blutverdünnende medikamente; nimmt blutverdünner; antikoagulation; antikoaguliert; "
        "nimmt antikoagulanzien; unter marcumar; blutverdünner",
        "Z79.01; Z92.1",
    ),
    "skin_infection_site": _W(
        "skin infection; skin infection at the site; skin infection at injection site; infected skin at the site; "
        "open wound at the site; open lesion at injection site; local skin infection; impetigo; erysipelas; "
        "cellulitis; abscess; skin abscess; boil; furuncle; carbuncle; wound infection; infected wound; "
        "folliculitis at the site; wound at injection site",
        "odos infekcija; odos infekcija injekcijos vietoje; žaizda injekcijos vietoje; rožė; celiulitas; abscesas; "
        "furunkulas; šunvotė; votis; karbunkulas; flegmona; pūlinys; odos pūlinys; folikulitas; impetiga; piodermija",
        "phlegmone; abszess; furunkel; furunkulose; karbunkel; follikulitis; pyodermie; wundrose; wundinfektion; "
        "hautinfektion; hautinfektion an der einstichstelle; "
        "offene wunde an der einstichstelle; erysipel",
        "L00; L01; L02; L03; L08; A46; T80.2; T81.4",
    ),
    "skin_disease_site": _W(
        "psoriasis; psoriasis at site; keloid; keloids; keloid tendency; active dermatosis; eczema at the site; "
        "active dermatosis at the site; dermatitis at the site; hypertrophic scars",
        "psoriazė; žvynelinė; keloidai; keloidas; dermatozė injekcijos vietoje",
        "schuppenflechte; keloid-neigung; keloide; dermatose an der einstichstelle",
        "L40; L91.0",
    ),
    "immunosuppressed": _W(
        "renal transplant; kidney transplant; liver transplant; heart transplant; lung transplant; "
        "Nierentransplantation; Lebertransplantation; inksto transplantacija; splenectomy; splenectomised; "
        "Splenektomie; splenektomija; HIV-positiv; ŽIV infekcija; biologic therapy; biologinė terapija; "
        "stem cell transplant; high dose methotrexate; immunosuppressed; immunosuppression; immunocompromised; "
        "immunodeficiency; diabetes; diabetes mellitus; "
        "type 1 diabetes; type 2 diabetes; T1DM; T2DM; diabetic; uncontrolled diabetes; poorly controlled diabetes; "
        "HIV; HIV infection; AIDS; organ transplant; transplant recipient; chemotherapy; neutropenia; neutropenic; "
        "asplenic; immunodeficient; "
        "on immunosuppressants; long-term steroids; chronic steroid use; asplenia",
        "imunosupresija; imunodeficitas; cukrinis diabetas; diabetas; 2 tipo cukrinis diabetas; "
        "1 tipo cukrinis diabetas; ŽIV; chemoterapija; organo transplantacija",
        "immunsuppression; immunsupprimiert; immunschwäche; zuckerkrankheit; diabetes mellitus typ 2; "
        "diabetes mellitus typ 1; hiv-infektion; chemotherapie; organtransplantation",
        "B20; B21; B22; B23; B24; D70; D80; D81; D82; D83; D84; E10; E11; E12; E13; E14; Z94; Z79.52; Z21",
    ),
    "hypercalcaemia": _W(
        "hypercalcaemia; hypercalcemia; high calcium; sarcoidosis; primary hyperparathyroidism; hyperparathyroidism; "
        "raised calcium",
        "hiperkalcemija; sarkoidozė; hiperparatirozė; pirminė hiperparatirozė",
        "hyperkalzämie; sarkoidose; hyperparathyreoidismus; primärer hyperparathyreoidismus",
        "E83.5; D86; E21.0; E21.3",
    ),
    "nephrolithiasis": _W(
        "kidney stones; kidney stone; renal stones; nephrolithiasis; urolithiasis; renal calculi; ureteric stone; "
        "past kidney stones; renal colic",
        "inkstų akmenys; inkstų akmenligė; šlapimtakio akmuo; nefrolitiazė",
        "nierensteine; nierenstein; nephrolithiasis; urolithiasis; harnleiterstein; nierensteinleiden",
        "N20; N21; N22; N23",
    ),
    "hyperthyroidism": _W(
        "hyperthyroid; thyrotoxic; "
        "hyperthyroidism; Graves disease; Graves' disease; thyrotoxicosis; overactive thyroid; toxic goitre; "
        "Basedow disease; hyperthyreosis; toxic nodular goitre",
        "hipertirozė; tirotoksikozė; Greivso liga; Bazedovo liga",
        "hyperthyreose; schilddrüsenüberfunktion; morbus basedow; thyreotoxikose",
        "E05",
    ),
    "porphyria": _W(
        "porphyria; acute intermittent porphyria; AIP; variegate porphyria; hereditary coproporphyria; "
        "acute hepatic porphyria",
        "porfirija; ūminė intermituojanti porfirija",
        "porphyrie; akute intermittierende porphyrie",
        "E80.2; E80.20; E80.21",
    ),
    "myasthenia": _W(
        "myasthenia; myasthenia gravis; Lambert-Eaton syndrome; ocular myasthenia",
        "miastenija; generalizuota miastenija",
        "myasthenie; myasthenia gravis pseudoparalytica",
        "G70.0; G73.1",
    ),
    "sleep_apnoea": _W(
        "Schlafapnoesyndrom; sleep apnoea syndrome; sleep apnoea; sleep apnea; OSA; OSAS; obstructive sleep apnoea; "
        "obstructive sleep apnea; COPD; "
        "chronic obstructive pulmonary disease; emphysema; chronic bronchitis; respiratory failure; "
        "respiratory insufficiency; CPAP; obesity hypoventilation; pulmonary fibrosis; hypoventilation",
        "miego apnėja; obstrukcinė miego apnėja; LOPL; lėtinė obstrukcinė plaučių liga; kvėpavimo nepakankamumas",
        "schlafapnoe; obstruktive schlafapnoe; chronisch obstruktive lungenerkrankung; lungenemphysem; "
        "respiratorische insuffizienz; chronische bronchitis",
        "G47.3; J41; J42; J43; J44; J96; E66.2; J84.1",
    ),
    "substance_use": _W(
        "alcohol excess; alcohol misuse; Alkoholabusus; IVDU; intravenous drug user; piktnaudžiauja alkoholiu; "
        "alcohol dependence; alcohol use disorder; alcoholism; alcohol abuse; alcoholic; drug addiction; "
        "drug dependence; opioid use disorder; opioid dependence; substance abuse; substance use disorder; AUD; OUD; "
        "benzodiazepine dependence; harmful alcohol use; injection drug use; intravenous drug use; drug abuse",
        "priklausomybė nuo alkoholio; alkoholizmas; priklausomybė nuo opioidų; narkomanija; "
        "priklausomybė nuo narkotikų; piktnaudžiavimas alkoholiu",
        "alkoholabhängigkeit; alkoholismus; alkoholmissbrauch; drogenabhängigkeit; opioidabhängigkeit; "
        "drogenmissbrauch",
        "F10; F11; F12; F13; F14; F15; F16; F18; F19",
    ),
    "fructose_intolerance": _W(
        "hereditary fructose intolerance; HFI; fructose intolerance; sorbitol intolerance",
        "paveldimas fruktozės netoleravimas; fruktozės netoleravimas",
        "hereditäre fruktoseintoleranz; fruktoseintoleranz",
        "E74.1",
    ),
    "smoker_10plus": _W(
        "heavy smoker; smokes 20 a day; smokes more than 10 a day; smokes a pack a day; smoker more than 10 per day",
        "daug rūko; rūko daugiau kaip 10 cigarečių per dieną",
        "starker raucher; starke raucherin; raucht mehr als 10 am tag",
    ),
    "driver_machines": _W(
        "professional driver; lorry driver; truck driver; bus driver; taxi driver; crane operator; "
        "operates machinery; works with machines; pilot; train driver",
        "vairuotojas; vairuotoja; dirba su mechanizmais; profesionalus vairuotojas",
        "berufskraftfahrer; lkw-fahrer; busfahrer; arbeitet an maschinen",
    ),
    "central_sensitisation_active": _W(
        "active central sensitisation; active central sensitization; central sensitisation; central sensitization",
        "centrinė sensitizacija",
        "zentrale sensibilisierung",
    ),
    "neuro_deficit_new": _W(
        "new neurological deficit; neurological deficit; focal neurological deficit; new gait change; "
        "new sensory deficit; new motor deficit",
        "naujas neurologinis deficitas; neurologinis deficitas",
        "neues neurologisches defizit; neurologisches defizit",
        "R29.8",
    ),
    "cervical_myelopathy_suspected": _W(
        "cervical myelopathy; suspected myelopathy; degenerative cervical myelopathy; myelopathy; "
        "cord compression; spinal cord compression; cervical cord compression",
        "kaklinė mielopatija; mielopatija; nugaros smegenų suspaudimas",
        "zervikale myelopathie; myelopathie; rückenmarkskompression",
        "G95.2; G99.2; M47.1; M50.0",
    ),
    "cervical_instability": _W(
        "cervical instability; upper cervical instability; atlantoaxial instability; craniocervical instability; "
        "atlantoaxial subluxation; odontoid fracture",
        "kaklinės stuburo dalies nestabilumas; atlantoaksialinis nestabilumas",
        "halswirbelsäuleninstabilität; atlantoaxiale instabilität; hws-instabilität",
        "M43.3; M43.4; S12.1; S13.1",
    ),
    "vascular_red_flag": _W(
        "cervical artery dissection; vertebral artery dissection; carotid dissection; carotid artery dissection; "
        "suspected dissection; suspected vertebral artery dissection; suspected carotid dissection",
        "kaklo arterijos disekacija; slankstelinės arterijos disekacija; miego arterijos disekacija",
        "vertebralisdissektion; karotisdissektion; halsarteriendissektion",
        "I67.0; I72.0; I77.71; I77.74",
    ),
    "fever_systemic": _W(
        "fever; febrile; pyrexia; systemic infection; sepsis; septicaemia; bacteraemia; high temperature; "
        "febrile illness",
        "karščiavimas; sisteminė infekcija; sepsis; karščiuoja",
        "fieber; systemische infektion; blutvergiftung; fieberhaft",
        "R50; A40; A41",
    ),
    "hyponatraemia": _W(
        "hyponatraemia; hyponatremia; low sodium; SIADH; low serum sodium; sodium below 135",
        "hiponatremija; mažas natrio kiekis; sumažėjęs natrio kiekis",
        "hyponatriämie; niedriges natrium; natriummangel",
        "E87.1; E22.2",
    ),
    "obesity": _W(
        "obesity; obese; BMI over 30; BMI above 30; adiposity; morbid obesity; severe obesity",
        "nutukimas; nutukęs; nutukusi",
        "adipositas; fettleibigkeit; adipös",
        "E66",
    ),
    "age_ge_65": _W("aged 65 or more; over 65; older than 65; elderly", "vyresnis nei 65 metų", "über 65 jahre"),
    "age_lt_18": _W("under 18; aged under 18", "nepilnametis; jaunesnis nei 18 metų", "minderjährig; unter 18"),
    "consent_missing": _W(
        "no consent; no documented consent; consent not given", "sutikimo nėra", "keine einwilligung"),
    "lft_unknown": _W(
        "no liver function tests; transaminases unknown; LFT not done; liver enzymes not measured",
        "kepenų fermentai netirti",
        "transaminasen nicht gemessen; leberwerte nicht gemessen",
    ),
    "creatinine_unknown": _W(
        "no creatinine; creatinine unknown; kidney function unknown; renal function not measured",
        "kreatininas netirtas",
        "kreatinin nicht gemessen",
    ),
    "qtc_borderline": _W(
        "borderline QTc; borderline QT; QTc borderline; borderline prolonged QTc; slightly prolonged QTc",
        "ribinis QTc; ribinis QT",
        "grenzwertige qtc-zeit; grenzwertiges qtc; grenzwertige qt-zeit",
    ),
    "g6pd_deficiency": _W(
        "G6PD deficiency; G6PD deficient; G6PDD; favism; glucose-6-phosphate dehydrogenase deficiency; "
        "glucose 6 phosphate dehydrogenase deficiency",
        "G6PD trūkumas; G6FD trūkumas; favizmas; gliukozės-6-fosfato dehidrogenazės trūkumas",
        "G6PD-mangel; glucose-6-phosphat-dehydrogenase-mangel; favismus",
        "D55.0",
    ),
    "vitd_unknown": _W(
        "vitamin D not measured; no vitamin D level; vitamin D unknown",
        "vitaminas D netirtas",
        "vitamin d nicht gemessen",
    ),
}  # fmt: skip

_PREGNANCY = "pregnancy; pregnant; currently pregnant; nėštumas; nėščia; schwangerschaft; schwanger"
# The words that mean the whole of a condition, so that their absence is its absence. Every other word is narrower
# (a stroke is not all of what "ischaemic heart disease, stroke or PAD" is): that it is absent says nothing of the rest.
WHOLE_WORDS: dict[str, str] = {
    "hepatic_steatosis": "fatty liver; steatosis; hepatosteatosis; suriebėjusios kepenys; fettleber",
    "cholecystectomy": "gallbladder removed; cholecistektomija; cholezystektomie",
    "ckd_30_59": "CKD; chronic kidney disease; renal failure; kidney failure; renal insufficiency; renal impairment; "
    "kidney disease; lėtinė inkstų liga; inkstų nepakankamumas; niereninsuffizienz",
    "ckd_lt30": "CKD; chronic kidney disease; renal failure; kidney failure; renal insufficiency; renal impairment; "
    "kidney disease; lėtinė inkstų liga; inkstų nepakankamumas; niereninsuffizienz",
    "peptic_ulcer": "peptic ulcer; peptic ulcer disease; PUD; history of peptic ulcer; opaligė; ulkuskrankheit",
    "gi_bleed": "GI bleed; GI bleeding; gastrointestinal bleeding; gastrointestinal bleed; history of GI bleed",
    "nsaid_hypersensitivity": "NSAID allergy; NSAID hypersensitivity; allergy to NSAIDs; nsar-allergie",
    "asthma": "asthma; bronchial asthma; asthmatic; astma; bronchų astma; asthma bronchiale; bronchialasthma",
    "nasal_polyps": "nasal polyps; nasal polyposis; nosies polipai; nasenpolypen",
    "heart_failure": "heart failure; congestive heart failure; CHF; chronic heart failure; širdies nepakankamumas; "
    "herzinsuffizienz",
    "heart_failure_severe": "severe heart failure; schwere herzinsuffizienz; sunkus širdies nepakankamumas",
    "recent_mi": "recent MI; recent myocardial infarction; myocardial infarction; MI; heart attack; herzinfarkt; "
    "miokardo infarktas",
    "heart_block": "conduction disorder; reizleitungsstörung",
    "long_qt": "long QT; prolonged QT; prolonged QTc; ilgas QT; verlängerte qt-zeit",
    "arrhythmia": "arrhythmia; cardiac arrhythmia; aritmija; herzrhythmusstörung; herzrhythmusstörungen",
    "hypotension": "hypotension; low blood pressure; hipotenzija; hypotonie",
    "hypertension_uncontrolled": "uncontrolled hypertension; nekontroliuojama hipertenzija; unkontrollierte hypertonie",
    "glaucoma_narrow": "angle-closure glaucoma; closed-angle glaucoma; narrow-angle glaucoma; engwinkelglaukom; "
    "uždaro kampo glaukoma; glaucoma; glaukoma; glaukom",
    "urinary_retention": "urinary retention; šlapimo susilaikymas; harnverhalt",
    "epilepsy": "epilepsy; epilepsija; epilepsie",
    "bipolar": "bipolar disorder; bipolar; bipolinis sutrikimas; bipolare störung",
    "suicidality": "suicidal ideation; suicidal thoughts; suicidality; suicidinės mintys; suizidalität",
    "dementia": "dementia; demencija; demenz",
    **dict.fromkeys(("pregnancy_t1", "pregnancy_t2", "pregnancy_t3", "pregnancy_ge20w"), _PREGNANCY),
    "lactation": "lactation; breastfeeding; breast-feeding; žindymas; stillzeit; stillen",
    "la_allergy": "local anaesthetic allergy; local anesthetic allergy; allergy to local anaesthetics; "
    "lokalanästhetika-allergie; alergija vietiniams anestetikams",
    "bleeding_disorder": "bleeding disorder; coagulopathy; krešėjimo sutrikimas; gerinnungsstörung",
    "on_anticoagulant": "on anticoagulant; on anticoagulants; anticoagulated; anticoagulation; "
    "vartoja antikoaguliantus; antikoagulation",
    "skin_infection_site": "skin infection; skin infection at the site; skin infection at injection site; "
    "odos infekcija; hautinfektion",
    "immunosuppressed": "immunosuppressed; immunosuppression; immunocompromised; imunosupresija; immunsuppression",
    "nephrolithiasis": "kidney stones; kidney stone; inkstų akmenys; nierensteine",
    "hyperthyroidism": "hyperthyroidism; hipertirozė; hyperthyreose",
    "porphyria": "porphyria; porfirija; porphyrie",
    "myasthenia": "myasthenia; myasthenia gravis; miastenija; myasthenie",
    "substance_use": "substance use disorder; substance abuse",
    "fructose_intolerance": "hereditary fructose intolerance; fructose intolerance; fruktoseintoleranz",
    "vascular_red_flag": "cervical artery dissection; kaklo arterijos disekacija; halsarteriendissektion",
    "cervical_myelopathy_suspected": "cervical myelopathy; myelopathy; mielopatija; zervikale myelopathie",
    "cervical_instability": "cervical instability; upper cervical instability",
    "fever_systemic": "fever; febrile; pyrexia; karščiavimas; fieber",
    "hyponatraemia": "hyponatraemia; hyponatremia; hiponatremija; hyponatriämie",
    "obesity": "obesity; nutukimas; adipositas",
    "g6pd_deficiency": "G6PD deficiency; G6PD trūkumas; G6PD-mangel",
}  # fmt: skip
