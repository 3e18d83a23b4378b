"""Signs of red flags: the words people write for them, which of them tell of a flag alone, and which only together.

A sign may be written as a symptom or as a finding, in English, Lithuanian or German; it is the same sign. What the
tables mean stands in docs/reference/red-flags.md. `sources` are keys of the formulary's source list.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.patterns import kept_pattern
from assuage.terms.modifiers import without_modifiers
from assuage.terms.names import folded, unaccented, without_umlauts
from assuage.terms.red_flags import RED_FLAGS, RedFlag
from assuage.terms.sign_codes import sign_of_code
from assuage.terms.sources import Status

# What must have been recorded beside signs: that a drug of a class was ever taken, or that a needle was ever used, or
# used on the day of the signs (a reaction to what was injected comes within minutes or hours).
Support = Literal["taken:serotonergic", "taken:tca", "taken:tizanidine", "needle", "needle:same-day"]


class Sign(Struct, frozen=True):
    """Something that may tell of a red flag, by the words people write for it.

    `flag` is the flag it tells of by itself (None: only together with others), from any statement that it is there;
    where `newly`, only from one that it is new or worse, or was found.
    """

    id: str
    title: str
    words: tuple[str, ...] = ()
    flag: RedFlag | None = None
    newly: bool = False

    @property
    def is_flag(self) -> bool:
        """Whether this is the flag itself, under its id, its title or a diagnosis it stands for."""
        return self.flag is not None and self.flag.id == self.id

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        if self.flag is not None and self.is_flag:
            return self.flag.wording
        return Wording(f"sign.{self.id}", self.title)

    def __str__(self) -> str:
        return self.title


class SignGroup(Struct, frozen=True):
    """Signs that together tell of a flag: at least one of each part, and what must be recorded beside them."""

    id: str
    flag: RedFlag
    parts: tuple[tuple[str, ...], ...]
    beside: tuple[Support, ...]
    sources: tuple[str, ...]
    status: Status


def _flag(name: str) -> RedFlag:
    return RED_FLAGS[f"RF_{name}"]


# Diagnoses that people write where a flag of the table fits (ours): the flag says who acts and how soon.
DIAGNOSES: dict[str, tuple[str, ...]] = {
    "RF_DISSECTION": ("carotid dissection", "vertebral artery dissection", "carotid artery dissection",
                      "kaklo arterijos disekacija", "dissektion der halsschlagader"),
    "RF_STROKE": ("acute stroke", "suspected stroke", "stroke signs", "tia signs", "ūminis insultas",
                  "įtariamas insultas", "akuter schlaganfall", "verdacht auf schlaganfall"),
    "RF_THUNDERCLAP": ("subarachnoid haemorrhage", "subarachnoid hemorrhage", "subarachnoid bleeding",
                       "subarachnoidinė hemoragija", "subarachnoidalblutung"),
    "RF_MYELOPATHY": ("cervical myelopathy", "kaklinė mielopatija", "zervikale myelopathie"),
    "RF_PROGRESSIVE": ("progressive weakness", "progressive neurologic deficit", "progresuojantis silpnumas",
                       "fortschreitende schwäche"),
    "RF_CAUDA": ("cauda equina", "suspected cauda equina syndrome", "conus medullaris syndrome",
                 "arklio uodegos sindromas", "cauda equina syndrom", "kauda syndrom"),
    "RF_GCA": ("temporal arteritis", "gigantinių ląstelių arteritas", "smilkininis arteritas",
               "riesenzellarteriitis", "arteriitis temporalis"),
    "RF_MALIGNANCY": ("suspected malignancy", "suspected cancer", "malignant tumour", "malignant tumor",
                      "spinal metastases", "bone metastases", "vertebral metastases", "piktybinis navikas",
                      "įtariamas vėžys", "knochenmetastasen", "verdacht auf krebs"),
    "RF_INFECTION": ("nuchal rigidity", "meningism", "meningismus", "meninginiai simptomai", "meningeal signs",
                     "meningitis", "epidural abscess", "spinal epidural abscess", "spinal abscess",
                     "spinal infection", "systemic infection", "discitis", "spondylodiscitis", "osteomyelitis",
                     "vertebral osteomyelitis", "septic arthritis", "septicaemia", "septicemia", "septic shock",
                     "encephalitis", "endocarditis", "necrotising fasciitis", "necrotizing fasciitis", "meningitas",
                     "epidurinis abscesas", "osteomielitas", "spondilodiscitas", "sepsinis šokas",
                     "hirnhautentzündung", "epiduralabszess", "spondylodiszitis", "blutvergiftung"),
    "RF_FRACTURE": ("vertebral fracture", "spinal fracture", "compression fracture", "neck fracture",
                    "vertebral compression fracture", "cervical fracture", "odontoid fracture", "hip fracture",
                    "stuburo lūžis", "slankstelio lūžis", "kaklo slankstelio lūžis", "lūžis", "wirbelbruch",
                    "wirbelkörperfraktur", "fraktur", "knochenbruch"),
    "RF_INSTABILITY": ("atlantoaxial instability", "atlantoaxial subluxation", "kaklo nestabilumas",
                       "atlantoaxiale instabilität"),
    "RF_ICP": ("papilloedema", "papilledema", "intracranial hypertension", "intrakranijinė hipertenzija",
               "stauungspapille", "hirndruck"),
    "RF_CARDIAC": ("thrombose", "thrombosis", "trombozė", "acute coronary syndrome", "acute myocardial infarction",
                   "unstable angina", "pulmonary embolism", "pulmonary embolus", "lung embolism",
                   "aortic dissection", "dissecting aortic aneurysm", "dvt", "deep vein thrombosis",
                   "deep venous thrombosis", "ūminis miokardo infarktas", "plaučių embolija", "aortos disekacija",
                   "giliųjų venų trombozė", "akuter herzinfarkt", "akutes koronarsyndrom", "lungenembolie",
                   "aortendissektion", "tiefe venenthrombose", "nestabili krūtinės angina",
                   "nestabilioji krūtinės angina", "krūtinės angina nestabili", "instabile angina pectoris",
                   "instabile angina", "tvt", "tvt bein", "beinvenenthrombose", "tiefe beinvenenthrombose",
                   "gvt", "leg dvt", "dvt of the leg", "kojos giliųjų venų trombozė"),
    "RF_BILIARY": ("acute cholecystitis", "acute cholangitis", "acute pancreatitis", "biliary colic",
                   "ūminis pankreatitas", "ūminis cholecistitas", "tulžies diegliai", "gallenkolik",
                   "akute pankreatitis", "akute cholezystitis"),
    "RF_LAST": ("local anesthetic toxicity", "local anaesthetic systemic toxicity",
                "local anesthetic systemic toxicity", "lidocaine toxicity", "vietinio anestetiko toksiškumas",
                "lokalanästhetika intoxikation"),
    "RF_ANAPHYLAXIS": ("nsaid bronchospasm", "acute bronchospasm", "bronchų spazmas", "bronchospasmus"),
    "RF_INJ_INFECT": ("injection-site infection", "injekcijos vietos infekcija",
                      "infektion der injektionsstelle"),
    "RF_LIVER": ("drug-induced liver injury", "dili", "acute liver failure", "acute hepatitis",
                 "vaistinis kepenų pažeidimas", "medikamentöser leberschaden", "akutes leberversagen"),
    "RF_RETENTION_GLAUCOMA": ("acute angle closure", "acute angle-closure glaucoma",
                              "ūminis glaukomos priepuolis", "glaukomanfall"),
    "RF_SUICIDE": ("suicide", "suicide attempt", "suicide risk", "suicidal intent or plan",
                   "savižudybė", "bandymas nusižudyti", "savižudybės rizika", "suizid", "suizidversuch",
                   "selbstmordversuch"),
    "RF_PUMP": ("intrathecal baclofen withdrawal", "baclofen withdrawal", "baclofen withdrawal syndrome",
                "itb withdrawal", "baclofen pump empty", "empty baclofen pump", "baclofen pump alarm",
                "baclofen pump failure", "baclofen pump malfunction", "baclofen pump stopped",
                "baclofen pump ran out", "baclofen pump ran dry", "missed baclofen pump refill",
                "baclofen pump refill missed", "baklofeno pompa tuščia", "baklofeno pompos gedimas",
                "tuščia baklofeno pompa", "baklofeno nutraukimo sindromas", "baklofeno abstinencija",
                "baclofenpumpe leer", "leere baclofenpumpe", "baclofenpumpe defekt", "baclofenpumpe alarm",
                "baclofen entzug", "baclofenentzug"),
}  # fmt: skip

SIGNS: dict[str, Sign] = {
    sign.id: sign
    for sign in (
        *(Sign(flag.id, flag.title, DIAGNOSES.get(flag.id, ()), flag) for flag in RED_FLAGS.values()),
        Sign(
            "numbness", "numbness",
            ("numb", "taubheit", "sensory loss", "loss of feeling", "new numbness", "tirpimas", "nutirpimas",
             "tirpsta ranka", "tirpsta rankos", "tirpsta abi rankos", "tirpsta koja", "tirpsta kojos",
             "tirpsta pirštai", "tirpsta plaštakos",
             "taubheitsgefühl"),
            _flag("NEW_NUMBNESS"),
            newly=True,
        ),
        Sign(
            "weakness", "weakness",
            ("paralysis", "lähmung", "paralyžius", "lähmungen", "muscle weakness", "limb weakness",
             "raumenų silpnumas", "muskelschwäche", "arm weakness", "weakness of the arm", "weakness in the arm",
             "weak arm", "weak arms", "hand weakness", "weakness of the hand", "weak hand", "weak hands", "weak grip",
             "silpna ranka", "silpnos rankos", "rankos silpnumas", "rankų silpnumas", "silpna plaštaka",
             "armschwäche", "schwäche im arm", "schwacher arm", "handschwäche", "schwäche der hand",
             "paresis", "parezė", "parese"),
            _flag("NEW_WEAKNESS"),
            newly=True,
        ),
        Sign(
            "leg_weakness", "weakness of the legs",
            ("fußheberparese", "leg weakness", "bilateral leg weakness", "weakness of both legs", "weak legs",
             "legs give way", "kojų silpnumas", "abiejų kojų silpnumas", "beinschwäche", "schwäche beider beine",
             "weakness in both legs", "weak in both legs", "both legs weak", "foot drop", "drop foot",
             "dropped foot", "silpnos kojos", "silpnumas abiejose kojose", "krintanti pėda",
             "krentanti pėda", "fallfuß", "fußheberschwäche", "schwäche in beiden beinen"),
            _flag("NEW_WEAKNESS"),
            newly=True,
        ),
        Sign(
            "saddle_anaesthesia", "saddle anaesthesia",
            ("numbness around the anus", "numb around the anus", "numb bottom", "numb buttocks and genitals",
             "saddle anesthesia", "saddle numbness", "saddle paraesthesia", "perineal numbness",
             "perianal numbness", "genital numbness", "numbness of the perineum", "numb perineum",
             "loss of perianal sensation", "tarpvietės nutirpimas", "tarpvietės tirpimas", "reithosenanästhesie",
             "taubheit im genitalbereich", "numb between the legs", "numbness between the legs", "numb saddle area",
             "numbness in the saddle area", "numb genitals", "numb groin and buttocks", "tirpsta tarp kojų",
             "nutirpo tarp kojų", "nutirpimas tarp kojų",
             "taub zwischen den beinen", "taubheit zwischen den beinen", "sattelanästhesie"),
            _flag("CAUDA"),
        ),
        Sign(
            "retention", "urinary retention",
            ("can't wee", "cannot wee", "kann kein wasser lassen", "harnverhaltung akut", "retention of urine",
             "acute urinary retention", "cannot pass urine", "unable to pass urine", "inability to urinate",
             "no urine", "anuria", "šlapimo susilaikymas", "negali šlapintis", "harnverhalt", "harnverhaltung",
             "cannot pee", "can't pee", "can not pee", "unable to pee", "cannot urinate", "can't urinate",
             "unable to urinate", "cannot empty the bladder", "negaliu šlapintis", "negaliu pasišlapinti",
             "negali pasišlapinti", "nepavyksta pasišlapinti",
             "kann nicht wasser lassen", "kann nicht urinieren", "kann nicht pinkeln"),
            _flag("CAUDA"),
            newly=True,
        ),
        Sign(
            "incontinence", "incontinence of urine or stool",
            ("urinary incontinence", "faecal incontinence", "fecal incontinence", "bowel incontinence",
             "bladder incontinence", "loss of bladder control", "loss of bowel control", "loss of anal tone",
             "šlapimo nelaikymas", "išmatų nelaikymas", "harninkontinenz", "stuhlinkontinenz",
             "lost bladder control", "lost control of bladder", "lost control of the bladder",
             "inkontinenz", "inkontinencija", "incontinent",
             "lost bowel control", "lost control of bowels", "lost control of the bowels",
             "no bladder control", "no bowel control", "wetting myself", "soiling myself",
             "nesulaiko šlapimo", "nesulaikau šlapimo", "nesulaiko išmatų", "nesulaikau išmatų",
             "blasenkontrolle verloren", "verlust der blasenkontrolle", "verlust der darmkontrolle"),
            _flag("CAUDA"),
            newly=True,
        ),
        Sign(
            "sciatica_both_legs", "sciatica in both legs",
            ("bilateral sciatica", "bilateral radicular pain", "abipusė išialgija", "beidseitige ischialgie"),
            _flag("CAUDA"),
            newly=True,
        ),
        Sign(
            "black_stool", "black stool",
            ("fresh blood pr", "blood pr", "pr bleeding", "pr bleed", "blood per rectum",
             "kraujavimas iš tiesiosios žarnos", "black stools", "tarry stool", "tarry stools", "melaena", "melena",
             "blood in stool", "rectal bleeding", "juodos išmatos", "deguto spalvos išmatos", "melena", "teerstuhl",
             "blut im stuhl", "kraujas išmatose", "black tarry stools", "black tarry stool",
             "black and tarry stools", "black sticky stools", "bloody stool", "bloody stools",
             "juodos deguto spalvos išmatos", "juodos kaip degutas išmatos", "schwarzer stuhl",
             "schwarzer stuhlgang"),
            _flag("GIBLEED"),
        ),
        Sign(
            "vomiting_blood", "vomiting of blood",
            ("kaffeesatzerbrechen", "vomited blood", "vomiting blood", "haematemesis", "hematemesis",
             "coffee ground vomit", "coffee-ground vomiting", "vėmimas krauju", "bluterbrechen", "hämatemesis",
             "vomits blood", "throwing up blood",
             "vemia krauju", "vemiu krauju", "erbricht blut", "blut erbrechen"),
            _flag("GIBLEED"),
        ),
        Sign(
            "active_gi_bleed", "gastrointestinal bleeding now",
            ("active gi bleeding", "acute gi bleed", "acute gi bleeding", "gastrointestinal haemorrhage",
             "gastrointestinal hemorrhage", "kraujavimas iš virškinimo trakto", "gastrointestinale blutung"),
            _flag("GIBLEED"),
        ),
        Sign(
            "chest_pain", "chest pain",
            ("pain in the chest", "chest tightness", "chest pressure", "exertional chest pain",
             "retrosternal pain", "krūtinės skausmas", "skausmas krūtinėje", "brustschmerz", "brustschmerzen",
             "thoraxschmerz", "crushing chest pain", "crushing pain in the chest", "severe chest pain",
             "squeezing chest pain", "pressing chest pain", "pressure in the chest", "tight chest",
             "spaudžiantis krūtinės skausmas", "spaudimas krūtinėje", "drückender brustschmerz",
             "druck auf der brust", "engegefühl in der brust"),
            _flag("CARDIAC"),
        ),
        Sign(
            "syncope", "syncope",
            ("apalpo", "nualpo", "sąmonės netekimas", "loc", "bewusstseinsverlust", "fainting", "fainted", "faint",
             "blackout", "collapse", "loss of consciousness", "passed out",
             "unconscious", "found unconscious", "unresponsive", "lost consciousness", "loses consciousness",
             "blacked out", "prarado sąmonę", "nesąmoningas", "nesąmoninga", "bewusstlos", "ohnmächtig",
             "sinkopė", "alpimas", "nualpimas", "synkope", "ohnmacht", "bewusstlosigkeit"),
            _flag("ARRHYTHMIA"),
        ),
        Sign(
            "palpitations", "palpitations",
            ("palpitation", "racing heart", "heart racing", "širdies permušimai", "herzrasen", "herzklopfen",
             "palpitationen"),
        ),
        Sign(
            "jaundice", "jaundice",
            ("icterus", "yellow skin", "yellow eyes", "dark urine", "gelta", "pageltimas", "tamsus šlapimas",
             "gelbsucht", "ikterus", "dunkler urin"),
            _flag("LIVER"),
        ),
        Sign(
            "suicidal_thoughts", "suicidal thoughts",
            ("dsh", "deliberate self harm", "wants to end it all", "want to end it all", "wants to end her life",
             "wants to end his life", "wants to end their life", "want to end my life", "end my life",
             "lebensmüdigkeit", "lebensmüde", "will nicht mehr leben", "nenori gyventi", "nenoriu gyventi",
             "suicidal ideation", "suicidal", "suicidality", "suicidal intent", "suicidal plan",
             "thoughts of suicide", "thoughts of self-harm", "self-harm", "wants to die", "mintys apie savižudybę",
             "suicidinės mintys", "savižudiškos mintys", "suizidgedanken", "suizidalität", "selbstmordgedanken",
             "wants to kill herself", "wants to kill himself", "wants to kill themselves", "wants to kill themself",
             "want to kill myself", "kill myself", "killing myself", "i want to die", "want to die", "wish to die",
             "better off dead", "better dead", "thoughts of being better off dead", "suicide thoughts",
             "thoughts of death", "overdose", "took an overdose", "deliberate overdose", "self harm",
             "hurting myself", "savižudybės mintys", "mintys apie mirtį", "nori nusižudyti", "noriu nusižudyti",
             "nori mirti", "noriu mirti", "geriau būtų mirti", "perdozavimas", "savižala", "will sich umbringen",
             "will mich umbringen", "will sterben", "lieber tot",
             "besser tot", "todeswunsch", "überdosis", "selbstverletzung"),
            _flag("SUICIDE"),
        ),
        Sign(
            "fever", "fever",
            ("pyrexia", "febrile", "high temperature", "raised temperature", "chills", "rigors", "sepsis",
             "karščiavimas", "karščiuoja", "šaltkrėtis", "fieber", "schüttelfrost", "fever 38", "fever 38.5",
             "fever 39", "fever 39.5", "fever 40", "fever 40.5", "fever 41", "fever of 38", "fever of 38.5",
             "fever of 39", "fever of 39.5", "fever of 40", "fever of 40.5", "fever of 41", "temperature 38",
             "temperature 38.5", "temperature 39", "temperature 39.5", "temperature 40", "temperature 40.5",
             "temperature 41", "temperature of 38", "temperature of 38.5", "temperature of 39",
             "temperature of 39.5", "temperature of 40", "temperature of 40.5", "temperature of 41",
             "temperatūra 38", "temperatūra 38.5", "temperatūra 39", "temperatūra 39.5", "temperatūra 40",
             "temperatūra 40.5", "temperatūra 41", "karščiavimas 38", "karščiavimas 38.5", "karščiavimas 39",
             "karščiavimas 39.5", "karščiavimas 40", "karščiavimas 40.5", "karščiavimas 41", "fieber 38",
             "fieber 38.5", "fieber 39", "fieber 39.5", "fieber 40", "fieber 40.5", "fieber 41",
             "high fever", "aukšta temperatūra", "hohes fieber"),
            _flag("INFECTION"),
        ),
        Sign(
            "weight_loss", "weight loss",
            ("ungewollter gewichtsverlust", "unexplained weight loss", "unintended weight loss",
             "unintentional weight loss", "losing weight",
             "svorio kritimas", "svorio netekimas", "gewichtsverlust"),
            _flag("MALIGNANCY"),
        ),
        Sign(
            "injection_nodule", "nodules at injection sites",
            ("nodule at injection site", "nodules at the injection sites", "nodule at the injection site",
             "lump at injection site", "lumps at injection sites", "injection site nodule",
             "injection site nodules", "injection site abscess", "abscess at injection site",
             "abscess at the injection site", "injection site infection", "infection at injection site",
             "drainage from injection site", "pus at injection site", "discharge from injection site",
             "mazgeliai injekcijos vietoje", "pūlinys injekcijos vietoje", "knoten an der injektionsstelle",
             "spritzenabszess", "abszess an der injektionsstelle", "pus at the injection site",
             "pus from the injection site", "red hot swollen injection site", "red swollen injection site",
             "hot swollen injection site", "red hot injection site", "swollen red injection site",
             "infected injection site", "injection site red hot and swollen", "pūliai injekcijos vietoje",
             "paraudusi karšta patinusi injekcijos vieta", "raudona ir patinusi injekcijos vieta",
             "eiter an der injektionsstelle", "rote heiße geschwollene injektionsstelle",
             "entzündete injektionsstelle"),
            _flag("INJ_INFECT"),
        ),
        Sign(
            "mycobacterium", "rapidly growing mycobacteria",
            ("mycobacterium chelonae", "m. chelonae", "mycobacterium abscessus", "m. abscessus",
             "mycobacterium fortuitum", "m. fortuitum", "mycobacteria", "nontuberculous mycobacteria",
             "non-tuberculous mycobacteria", "ntm", "atypical mycobacteria", "netuberkuliozės mikobakterijos",
             "nichttuberkulöse mykobakterien"),
            _flag("INJ_INFECT"),
        ),
        Sign(
            "abscess", "abscess",
            ("abscesses", "skin abscess", "pustule", "pustules", "purulent discharge", "cellulitis",
             "draining sinus", "nodule", "nodules", "skin nodules", "pūlinys", "abscesas", "abszess",
             "celiulitas", "zellulitis", "phlegmone", "pus", "pūliai", "eiter", "discharging pus"),
        ),
        Sign("spontaneous_clonus", "spontaneous clonus", ("spontaninis klonusas", "spontaner klonus")),
        Sign("inducible_clonus", "inducible clonus",
             ("induced clonus", "ankle clonus", "sukeliamas klonusas", "auslösbarer klonus")),
        Sign("ocular_clonus", "ocular clonus",
             ("opsoclonus", "slow eye movements", "akių klonusas", "okulärer klonus")),
        Sign("clonus", "clonus, of which kind not said", ("clonus", "klonusas", "klonus")),
        Sign("tremor", "tremor", ("tremors", "shaking", "trembling", "drebulys", "tremoras", "zittern")),
        Sign("hyperreflexia", "hyperreflexia",
             ("brisk reflexes", "exaggerated reflexes", "hiperrefleksija", "hyperreflexie",
              "gesteigerte reflexe")),
        Sign("agitation", "agitation",
             ("agitated", "sujaudinimas", "ažitacija", "agitiertheit")),
        Sign("sweating", "sweating",
             ("diaphoresis", "profuse sweating", "prakaitavimas", "gausus prakaitavimas", "schwitzen",
              "schweißausbruch")),
        Sign("hypertonia", "hypertonia",
             ("muscle rigidity", "rigidity", "rigor of muscles", "raumenų rigidiškumas", "hipertonusas",
              "muskelrigidität", "rigor")),
        Sign("serotonin_toxicity", "serotonin toxicity",
             ("serotonin syndrome", "serotonino sindromas", "serotoninsyndrom", "serotonerges syndrom"),
             _flag("SEROTONIN")),
        Sign("anaphylaxis", "anaphylaxis",
             ("anaphylactic shock", "anaphylactic reaction", "anafilaksija", "anafilaksinis šokas",
              "anaphylaxie", "anaphylaktischer schock"), _flag("ANAPHYLAXIS")),
        Sign("thunderclap", "thunderclap headache",
             ("plötzlich stärkste kopfschmerzen", "plötzlich stärkster kopfschmerz",
              "staigus stiprus galvos skausmas", "worst headache of life", "sudden severe headache",
              "žaibinis galvos skausmas", "donnerschlagkopfschmerz", "vernichtungskopfschmerz",
              "worst headache of my life", "worst headache ever", "worst ever headache",
              "the worst headache of my life", "sudden worst headache", "stipriausias galvos skausmas gyvenime",
              "blogiausias galvos skausmas gyvenime", "staigus labai stiprus galvos skausmas",
              "schlimmste kopfschmerzen meines lebens", "stärkste kopfschmerzen meines lebens",
              "plötzlicher heftiger kopfschmerz"), _flag("THUNDERCLAP")),
        Sign("stroke_sign", "facial droop, loss of speech or sight",
             ("verwaschene sprache", "veido nusvirimas", "neaiški kalba", "visual loss", "lost speech",
              "facial droop", "face droop", "facial weakness", "slurred speech", "speech disturbance", "dysarthria",
              "aphasia", "sudden loss of vision", "tia", "transient ischaemic attack", "veido asimetrija",
              "kalbos sutrikimas", "dizartrija", "sprachstörung", "gesichtslähmung", "drooping face",
              "face drooping", "one side of the face droops", "drooping mouth", "loss of vision", "vision loss",
              "lost vision", "sudden blindness", "loss of sight", "loss of speech", "cannot speak", "seizure",
              "seizures", "convulsion", "convulsions", "fit of convulsions", "confusion", "confused",
              "acute confusion", "sudden confusion", "nusviręs veidas", "nukritęs burnos kampas",
              "regėjimo netekimas", "regos netekimas", "traukuliai", "traukulių priepuolis", "sumišimas",
              "sąmonės sutrikimas", "hängendes gesicht", "hängender mundwinkel", "sehverlust",
              "verlust des sehvermögens", "krampfanfall",
              "verwirrtheit", "verwirrung"),
             _flag("STROKE")),
        Sign("horner", "Horner sign or double vision",
             ("dvejinimasis akyse", "diplopija", "horner sign", "horner syndrome", "double vision", "diplopia",
              "drop attack", "drop attacks",
              "hornerio sindromas", "dvejinimasis", "horner-syndrom", "doppelbilder"), _flag("DISSECTION")),
        Sign("myelopathy_sign", "gait unsteadiness, clumsy hands or Lhermitte sign",
             ("gait unsteadiness", "unsteady gait", "gait disturbance", "clumsy hands", "hand clumsiness",
              "lhermitte sign", "lhermitte", "hoffmann sign", "babinski sign", "eisenos sutrikimas",
              "nerangios rankos", "gangstörung", "gangunsicherheit"), _flag("MYELOPATHY"), newly=True),
        Sign("jaw_claudication", "jaw claudication",
             ("pain in the jaw on chewing", "žandikaulio klaudikacija", "kieferklaudikation"), _flag("GCA")),
        Sign("breathlessness", "shortness of breath",
             ("sob", "sob at rest", "ruhedyspnoe", "breathless", "short of breath", "difficulty breathing",
              "difficulty in breathing", "breathing difficulty", "breathing difficulties", "trouble breathing",
              "cannot breathe", "can't breathe", "dyspnoea", "dyspnea", "dusulys", "dūsta", "dūstu",
              "sunku kvėpuoti", "pasunkėjęs kvėpavimas", "oro trūkumas", "atemnot",
              "kurzatmigkeit", "luftnot", "dyspnoe"), _flag("CARDIAC"), newly=True),
        Sign("coughing_blood", "coughing of blood",
             ("coughing blood", "coughing up blood", "coughs blood", "haemoptysis", "hemoptysis",
              "bloody sputum", "atkosėja kraują", "kosėja krauju", "kosėjimas krauju", "atsikosėjimas krauju",
              "bluthusten",
              "blut husten", "hämoptyse"), _flag("CARDIAC")),
        Sign("angioedema", "swelling of the tongue, lips or throat",
             ("swollen tongue", "tongue swelling", "swelling of the tongue", "swollen lips", "lip swelling",
              "swollen throat", "throat swelling", "throat closing", "angioedema", "angiooedema",
              "angio-oedema", "ištinęs liežuvis", "patinęs liežuvis", "liežuvio patinimas", "lūpų patinimas",
              "gerklės patinimas",
              "angioedema", "geschwollene zunge", "zungenschwellung", "geschwollene lippen", "angioödem"),
             _flag("ANAPHYLAXIS")),
        Sign("hives", "hives",
             ("urticaria", "nettle rash", "itchy rash", "wheals", "generalised itching", "dilgėlinė",
              "urtikarija",
              "nesselsucht", "nesselausschlag", "urtikaria", "quaddeln")),
        Sign("wheeze", "wheeze", ("wheezing", "wheezes", "švokštimas", "švokščia", "giemen",
        "pfeifende atmung")),
        Sign("anaesthetic_taste", "metallic taste or numbness of the mouth",
             ("metallic taste", "metal taste", "taste of metal", "perioral numbness", "numb lips",
              "numb tongue", "numb mouth", "tingling lips", "metalo skonis", "metalo skonis burnoje",
              "nutirpusios lūpos",
              "nutirpęs liežuvis", "metallgeschmack", "metallischer geschmack", "taube lippen", "taube zunge")),
        Sign("tinnitus", "ringing in the ears",
             ("tinnitus", "ringing in ears", "ringing ears", "ears ringing", "buzzing in the ears",
              "ūžesys ausyse", "spengimas ausyse", "zvimbimas ausyse", "ohrensausen", "ohrgeräusche",
              "ohrklingeln")),
        Sign("spreading_redness", "spreading redness of the skin",
             ("spreading redness", "redness spreading", "spreading skin redness", "red streaks",
              "plintantis paraudimas", "plintantis odos paraudimas", "besiplečiantis paraudimas",
              "sich ausbreitende rötung",
              "ausbreitende rötung"), _flag("INFECTION")),
        Sign("red_eye", "acute painful red eye",
             ("painful red eye", "haloes around lights", "halos around lights", "skausminga raudona akis",
              "schmerzhaftes rotes auge", "red painful eye", "painful and red eye", "red and painful eye",
              "raudona skausminga akis", "skausminga ir raudona akis", "rotes schmerzhaftes auge",
              "schmerzendes rotes auge"), _flag("RETENTION_GLAUCOMA")),
    )
}  # fmt: skip

_CLONUS = ("inducible_clonus", "clonus")
SIGN_GROUPS: tuple[SignGroup, ...] = (
    SignGroup(
        "cauda_legs",
        _flag("CAUDA"),
        (("retention", "incontinence"), ("leg_weakness", "sciatica_both_legs")),
        (),
        ("CAUDA_BMJ",),
        Status.SEEN,
    ),
    # Hunter criteria; which kind of clonus is not said: read as the kind that decides alone (ours).
    SignGroup(
        "hunter_spontaneous_clonus",
        _flag("SEROTONIN"),
        (("spontaneous_clonus", "clonus"),),
        ("taken:serotonergic",),
        ("HUNTER03",),
        Status.SEEN,
    ),
    SignGroup(
        "hunter_inducible_clonus",
        _flag("SEROTONIN"),
        (_CLONUS, ("agitation", "sweating")),
        ("taken:serotonergic",),
        ("HUNTER03",),
        Status.SEEN,
    ),
    SignGroup(
        "hunter_ocular_clonus",
        _flag("SEROTONIN"),
        (("ocular_clonus",), ("agitation", "sweating")),
        ("taken:serotonergic",),
        ("HUNTER03",),
        Status.SEEN,
    ),
    SignGroup(
        "hunter_tremor",
        _flag("SEROTONIN"),
        (("tremor",), ("hyperreflexia",)),
        ("taken:serotonergic",),
        ("HUNTER03",),
        Status.SEEN,
    ),
    SignGroup(
        "hunter_hypertonia",
        _flag("SEROTONIN"),
        (("hypertonia",), ("fever",), ("ocular_clonus", *_CLONUS)),
        ("taken:serotonergic",),
        ("HUNTER03",),
        Status.SEEN,
    ),
    SignGroup(
        "needle_abscess",
        _flag("INJ_INFECT"),
        (("abscess",),),
        ("needle",),
        ("NTM22", "NTM_CN", "NTM_ES"),
        Status.SEEN,
    ),
    SignGroup(
        "needle_redness",
        _flag("INJ_INFECT"),
        (("spreading_redness",),),
        ("needle",),
        ("NTM_ES", "MESO_NTM"),
        Status.SEEN,
    ),
    SignGroup(
        "needle_anaphylaxis",
        _flag("ANAPHYLAXIS"),
        (("hives", "wheeze", "breathlessness"),),
        ("needle:same-day",),
        ("ANA_AU", "ANA_WHO"),
        Status.SEEN,
    ),
    SignGroup(
        "needle_anaesthetic",
        _flag("LAST"),
        (("anaesthetic_taste", "tinnitus", "agitation"),),
        ("needle:same-day",),
        ("LAST_MED", "LAST_HK"),
        Status.SEEN,
    ),
    SignGroup(
        "retention_on_tca",
        _flag("RETENTION_GLAUCOMA"),
        (("retention",),),
        ("taken:tca",),
        ("MEM",),
        Status.MEMORY,
    ),
    SignGroup(
        "palpitations_on_tca",
        _flag("ARRHYTHMIA"),
        (("palpitations",),),
        ("taken:tca",),
        ("AMI_CY",),
        Status.SEEN,
    ),
    SignGroup(
        "palpitations_on_tizanidine",
        _flag("ARRHYTHMIA"),
        (("palpitations",),),
        ("taken:tizanidine",),
        ("TIZ_IE",),
        Status.SEEN,
    ),
)

SIGN_NAMED: dict[str, Sign] = {
    folded(typed): sign
    for sign in SIGNS.values()
    for name in (sign.id, sign.title, *sign.words)
    for typed in (name, without_umlauts(name))
}
_UNACCENTED = {unaccented(name): sign for name, sign in SIGN_NAMED.items()}


_FEVER = kept_pattern(
    r"(?:fever|fieber|karsciavimas|karsciuoja|temperature|temperatura|temperatur|temp|t)(?: of| iki| bis| up to|:)? ?"
    r"(?:3[89]|4[0-2])(?:[.,]\d)?(?: ?°? ?c?)"
)


@lru_cache(maxsize=20_000)
def find_sign(name: str) -> Sign | None:
    """The sign of that id, name or ICD-10 code, whatever its case and accents; None if there is none."""
    sign = _listed_sign(name)
    if sign is not None:
        return sign
    coded = sign_of_code(name)
    if coded is not None:
        return SIGNS[coded]
    if _FEVER.fullmatch(unaccented(name)):
        return SIGNS["fever"]
    shorter = (_UNACCENTED.get(words) for words in without_modifiers(name))
    return next((known for known in shorter if known is not None), None)


def _listed_sign(name: str) -> Sign | None:
    """The sign of that id or name, nothing left out of it."""
    return SIGN_NAMED.get(folded(name)) or _UNACCENTED.get(unaccented(name))


@lru_cache(maxsize=20_000)
def find_felt_sign(name: str, site: str | None, severity: str | None) -> Sign | None:
    """The sign a symptom is: by its name, or by its severity and its site put before it (`crushing chest pain`)."""
    sign = find_sign(name)
    if sign is not None or severity is None:
        return sign
    return _listed_sign(f"{severity} {name}") or (
        None if site is None else _listed_sign(f"{severity} {site} {name}")
    )
