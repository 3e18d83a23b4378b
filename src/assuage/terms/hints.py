"""Words that hint at a condition or a red flag without naming it: `missed period`, `bruises easily`, `calf swelling`.

A hint decides nothing: it asks a person what it means where the condition could forbid what is proposed. The words are
ours, in English, Lithuanian and German, and so is what they hint at, written down from memory. The codes are those of
the WHO's ICD-10. Where two groups of words stand under one hint, both must be there, in whatever order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from assuage.terms.conditions import CONDITIONS
from assuage.terms.denials import is_taken_back
from assuage.terms.icd10 import icd10_code
from assuage.terms.must_hold import may_be_in
from assuage.terms.names import spaced
from assuage.terms.red_flags import RED_FLAGS


class Hint(Struct, frozen=True):
    """What words may mean: any of these conditions, or of these red flags.

    Each of `groups`, patterns of words, must be there. `passes` is whether nothing of it is left once it is past.
    """

    id: str
    groups: tuple[str, ...]
    conditions: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    passes: bool = False


_TYPED = str.maketrans({
    "ä": "(?:ä|ae|a)", "ö": "(?:ö|oe|o)", "ü": "(?:ü|ue|u)", "ß": "(?:ß|ss)", "ą": "[ąa]", "č": "[čc]", "ę": "[ęe]",
    "ė": "[ėe]", "į": "[įi]", "š": "[šs]", "ų": "[ųu]", "ū": "[ūu]", "ž": "[žz]",
})  # fmt: skip


def _hint(
    name: str,
    *groups: str,
    conditions: str = "",
    flags: str = "",
    codes: str = "",
    passes: bool = False,
) -> Hint:
    """A hint whose groups of words are patterns between word boundaries; accents may be left out."""
    return Hint(
        name,
        tuple(rf"\b(?:{group.translate(_TYPED)})(?!\w)" for group in groups),
        frozenset(conditions.split()),
        frozenset(f"RF_{flag}" for flag in flags.split()),
        frozenset(codes.lower().split()),
        passes,
    )


_PREGNANCY = "pregnancy_t1 pregnancy_t2 pregnancy_t3 pregnancy_ge20w"
# Up to so many words may stand between two words that belong together.
_ANY = r"(?:\w+ ){0,3}"
_PERIOD = r"(?:periods?(?! of| pain)|menses|menstruations?)"
_MENSES_LT, _MENSES_DE = r"(?:mėnesin|menstruacij)\w*", r"(?:periode|regel(?:blutung)?|menstruation|mens)"
_BRUISES_DE = r"(?:blaue[n]? flecken?|hämatome?n?|blutergüsse)"

HINTS: tuple[Hint, ...] = (
    _hint(
        "perhaps_pregnant",
        rf"(?:missed|skipped) {_ANY}{_PERIOD}|{_PERIOD} {_ANY}(?:late|overdue|missed|delayed|absent|stopped|not come)"
        rf"|(?:late|overdue|delayed|absent|no) (?:\w+ )?{_PERIOD}|amenorr\w*|amenorėja"
        r"|positive (?:pregnancy|hcg) test|(?:pregnancy|hcg)(?: test)?(?: is| was)? positive|(?:positive|raised) hcg"
        r"|hcg \d{2,}"
        r"|(?:trying|tries|try|hoping|hopes|wants?|wishes|wish|planning|plans) (?:to |for |a |be |have |get |become )*"
        r"(?:conceive|conception|pregnan\w*|baby|child)|unprotected (?:sex|intercourse)|morning sickness|ivf"
        r"|in vitro fertili[sz]ation|embryo transfer|gestation\w*|\d+ (?:weeks?|wks?) (?:gestation|amenorr\w*)"
        r"|expecting (?:a |her |their )?(?:\w+ )?(?:baby|child|twins)"
        r"|expectant mother|antenatal|prenatal|laukiasi|\d+\.? ?ssw|ssw \d+|schwangerschaftswoche"
        r"|in anderen umständen|mutterpass"
        rf"|(?:vėluoja|neatėjo|dingo|nėra|nebėra) (?:\w+ )?{_MENSES_LT}|{_MENSES_LT} (?:\w+ )?(?:vėluoja|neatėjo|dingo"
        r"|nėra|nebėra)|planuoja (?:pastoti|nėštumą|vaiką|kūdikį)|teigiamas nėštumo testas|nėštumo testas teigiamas"
        rf"|(?:ausgebliebene|überfällige|verspätete|keine) {_MENSES_DE}|{_MENSES_DE} {_ANY}(?:ausgeblieben|überfällig"
        r"|verspätet|bleibt aus|blieb aus)|kinderwunsch|schwangerschaftstest positiv|positiver schwangerschaftstest",
        conditions=_PREGNANCY,
        codes="N91 Z32 O00 O03 N97",
        passes=True,
    ),
    _hint(
        "perhaps_breastfeeding",
        r"gave birth|post ?partum|newborn|nursing|delivered (?:a )?baby|baby (?:is |of )?\d+ (?:days?|weeks?|months?)"
        r"|pagimdė|kūdik\w*|naujagim\w*|maitina krūtimi|wochenbett|entbunden|neugeboren\w*|säugling\w*",
        conditions="lactation",
        codes="Z39 O92",
        passes=True,
    ),
    _hint(
        "bleeds_easily",
        rf"bruis\w* (?:very |so |too )?(?:easi\w*|all over|a lot|for no|without)|(?:easy|easily|unexplained|spontaneous"
        rf"|frequent|many|multiple|lots of) (?:\w+ )?bruis\w*|bleed\w* {_ANY}(?:easi\w*|long|for hours|heavily)"
        r"|(?:easy|prolonged|excessive|unusual|spontaneous) bleeding|nose ?bleeds?|nose bleeding|epistaxis"
        r"|gums? (?:\w+ )?bleed\w*|bleeding (?:from the )?gums?|petechia\w*|purpura"
        r"|(?:lengvai|greitai|dažnai|be priežasties|savaime) (?:\w+ ){0,2}mėlyn\w*"
        r"|mėlyn\w* (?:\w+ ){0,2}(?:lengvai|greitai|dažnai|be priežasties|savaime)"
        r"|kraujuoja (?:iš nosies|dantenos)|kraujavim\w* iš nosies|dantenų kraujavim\w*|petechij\w*"
        rf"|(?:leicht|schnell|häufig|spontan\w*|viele|ständig) (?:\w+ )?{_BRUISES_DE}|{_BRUISES_DE} {_ANY}(?:leicht"
        r"|schnell|häufig|ohne grund|ständig)|nasenbluten|zahnfleischbluten|petechien|blutet (?:leicht|lange)",
        conditions="bleeding_disorder",
        codes="R04.0 R23.3 K06.8",
    ),
    _hint(
        "perhaps_a_seizure",
        r"black ?outs?|tongue[ -]biting|bit(?:es|ten)? (?:his|her|the) tongue|bitten tongue|staring spells?|absences"
        r"|jerk\w* (?:\w+ ){0,3}(?:limbs?|arms?|legs?|all over)|(?:limbs?|arms?|legs?) (?:\w+ )?jerk\w*|epileptiform\w*"
        r"|spike[ -]waves?|įsikando liežuvį|epileptiform\w*|zungenbiss|krampfpotential\w*",
        conditions="epilepsy",
    ),
    _hint(
        "perhaps_of_the_heart",
        r"(?:aort|mitral|tricuspid|trikuspid|pulmon|valv|vožtuv)\w*(?: valve| valvular| klappe| vožtuvo)?[ -]?"
        r"(?:stenos|stenoz|insuff?i|regurg|prolaps|nesandarum|incompeten)\w*"
        r"|(?:aorten|mitral|trikuspidal|pulmonal)(?:klappen)?(?:stenos|insuffizienz|prolaps)\w*"
        r"|stenosis of the (?:aort|mitral)\w*|valv\w* (?:heart )?disease|leaky (?:heart )?valve|heart murmur|murmur"
        r"|bicuspid (?:aortic )?valve|rheumatic heart disease|enlarged heart|cardiomegaly|ventricular hypertrophy"
        r"|lvh|pace ?maker|defibrillator|widow ?maker|ejection fraction|orthopn\w*|sleeps? propped up|skipped beats"
        r"|irregular (?:pulse|heart ?beat|heart rhythm)|ectopic beats|extrasystol\w*|positive stress test"
        r"|(?:coronary )?stents?(?! \w*(?:ureter|biliar|bile)\w*)|angioplasty|cabg|bypass (?:surgery|operation)|pci"
        r"|(?:heart|cardiac) (?:surgery|operation|valve|transplant)|širdies (?:yda|ydos|ūžes\w*|operacija)"
        r"|vožtuv\w*|kardiostimuliator\w*|ekstrasistol\w*|nereguliarus pulsas|herz(?:klappen\w*|vitium|fehler"
        r"|geräusch|schrittmacher|stolpern|operation)|klappenvitium|vitium|unregelmäßiger puls",
        conditions="heart_failure heart_failure_severe ischaemic_heart_disease arrhythmia heart_block",
        codes="I05 I06 I07 I08 I34 I35 I36 I37 I38 I39 I51 I52 Q20 Q21 Q22 Q23 Q24 R01 R94.3 Z95.0 Z95.2 Z95.4",
    ),
    _hint(
        "perhaps_of_the_liver",
        r"ascites|varices|spider naevi|liver (?:biopsy|lesions?|nodules?|disease|problems?)|kepenų (?:liga|ligos)"
        r"|varikozė stemplėje|lebererkrankung|aszites|ösophagusvarizen",
        conditions="hepatic_impairment_mild hepatic_impairment_modsev",
        codes="R18 K70 K73 K74 K75 K76.9 I85.9",
    ),
    _hint(
        "perhaps_of_the_kidneys",
        r"(?:one|single|solitary) kidney|nephrectomy|kidney (?:removed|problems?|transplant\w*)|nephrotic|proteinuria"
        r"|albuminuria|nefrektomija"
        r"|(?:vienas|vieną) inkst\w*|proteinurija|einzelniere|nephrektomie|eiweiß im urin",
        conditions="ckd_30_59 ckd_lt30",
        codes="R80 Z90.5 N03 N04 N05 N11 N12 N13.3 N18 N25 N26 Q60 Q61",
    ),
    _hint(
        "perhaps_too_much_calcium",
        r"hyper ?vitaminosis d|vitamin d (?:toxicity|intoxication|overdose)|milk[ -]alkali|nephrocalcinosis"
        r"|hipervitaminozė d|vitamin[ -]d[ -](?:intoxikation|überdosierung|vergiftung)",
        conditions="hypercalcaemia",
        codes="E67.3",
    ),
    _hint(
        "perhaps_glaucoma",
        r"(?:raised|high|increased) (?:intra ?ocular|eye) pressure|ocular hypertension|padidėjęs akispūdis"
        r"|akispūdis padidėjęs|erhöhter augendruck|augeninnendruck erhöht|eye drops for pressure",
        conditions="glaucoma_narrow",
        codes="H40",
    ),
    _hint(
        "perhaps_retention",
        r"(?:weak|poor|slow) (?:urin\w+ )?stream|hesitancy|strain\w* to (?:pee|urinate|pass (?:urine|water))"
        r"|(?:pee|urin)\w* dribbl\w*|dribbl\w* of urine|prostat\w*|(?:urinary|indwelling) catheter"
        r"|silpna (?:šlapimo )?srovė|sunku (?:pradėti )?šlapintis|schwacher harnstrahl|harnstrahl schwach",
        conditions="urinary_retention",
        codes="N40 N41 N42 R39.1 N31 N32",
    ),
    _hint(
        "perhaps_apnoea",
        r"stops? breathing|loud snor\w*|snor\w* loud\w*|pauses in breathing|breathing pauses|cpap|home oxygen"
        r"|oxygen (?:at home|concentrator)|nustoja kvėpuoti|garsiai knarkia|kvėpavimo sustojim\w*|atemaussetzer"
        r"|atempausen|schnarcht (?:sehr )?laut|heimsauerstoff",
        conditions="sleep_apnoea",
        codes="R06.5 R06.8 Z99.1 Z99.8 J41 J42 J43 J47 J96",
    ),
    _hint(
        "perhaps_low_pressure",
        r"(?:dizz\w*|faint\w*|light[ -]?headed\w*|black) (?:\w+ ){0,2}(?:on|when|upon|after|before eyes)"
        r" (?:standing|getting|rising)\w*|svaigsta (?:\w+ )?(?:atsistojus|stojantis)|schwindel beim aufstehen"
        r"|schwarz vor augen",
        conditions="hypotension",
    ),
    _hint(
        "perhaps_bipolar",
        r"euphori\w*|elated|elation|spending sprees?|racing thoughts|needs? (?:hardly any|no) sleep|grandios\w*"
        r"|euforij\w*|pakili nuotaika|kaufrausch|gedankenrasen|größenwahn\w*|größenideen",
        conditions="bipolar",
        codes="F34.0 F25 F39",
    ),
    _hint(
        "perhaps_dementia",
        # Below 24 of 30 and below 26 of 30 are the cut-offs those tests are known by; from memory.
        r"(?:mmse|mini[ -]mental\w*|mmst)\D{0,20}(?:1?\d|2[0-3])(?: ?/ ?30)?|moca\D{0,20}(?:1?\d|2[0-5])(?: ?/ ?30)?"
        r"|memory (?:care|loss|unit)|lewy(?: bod\w*)?|fronto ?temporal|cognitive (?:impairment|decline|deficit)"
        r"|(?:does not|doesn't|cannot|can't) (?:recogni[sz]e|remember|recall) (?:her|his|their"
        r"|the) (?:\w+ )?(?:children"
        r"|child|family|husband|wife|name|daughter|son|way home)|wander\w* at night|silpnaprotyst\w*|praranda atmintį"
        r"|atminties (?:praradimas|sutrikim\w*)|kognityvin\w* (?:sutrikim\w*|funkcijos)|gedächtnisverlust"
        r"|kognitive störung"
        r"|vergesslich\w*",
        conditions="dementia",
        codes="F03 F06.7 G31 R41.3 R41.8",
    ),
    _hint(
        "perhaps_of_substances",
        r"drink\w* (?:\w+ ){0,4}(?:bottles?|litres?|vodka|whisky|spirits|every day|daily|heavily|a lot|too much)"
        r"|binge[ -]drink\w*|heavy drink\w*|\d\d+ units (?:\w+ ){0,2}(?:week|day)"
        r"|(?:uses?|using|injects?|injecting|smokes?|takes?) (?:heroin|cocaine|amphetamines?|crack|speed|cannabis)"
        r"|(?:iv|intravenous) drug use\w*|withdrawal (?:symptoms|tremor)|craving\w*|geria (?:\w+ )?(?:kasdien|daug)"
        r"|piktnaudžiauja\w*|vartoja narkotikus|trinkt (?:täglich|viel|zu viel)|suchtmittel\w*|drogen\w*",
        conditions="substance_use",
        codes="F10 F11 F12 F13 F14 F15 F16 F18 F19 Z72.1 Z72.2 Z71.4",
    ),
    _hint(
        "perhaps_overactive_thyroid",
        r"goit(?:re|er)|tsh (?:is )?(?:low|suppressed)|(?:low|suppressed) tsh|struma|gūžys|bulging eyes|exophthalm\w*",
        conditions="hyperthyroidism",
        codes="E04 E05",
    ),
    _hint(
        "perhaps_low_defence",
        r"(?:frequent|recurrent|repeated) (?:\w+ ){0,2}infections?|bone marrow|(?:on|takes) (?:biologics?|steroids?)"
        r"|steroid (?:tablets|injections?)|dažnos infekcijos|vartoja steroidus|häufige infekt\w*|biologika",
        conditions="immunosuppressed",
        codes="D70 D71 D72.8 D80 D81 D82 D83 D84 D89 Z94 Z92.6 B20 B21 B22 B23 B24 Z21",
    ),
    _hint(
        "skin_is_not_whole",
        r"shingles|mrsa|(?:herpes )?zoster|herpes(?: simplex| labialis)?|cold sores?|impetigo|folliculitis|boils?"
        r"|furun[ck]\w*|carbunc\w*|karbunk\w*|fungal (?:\w+ )?infection|tinea|ringworm|scabies|pus|purulent|weeping"
        r"|open (?:wounds?|sores?)|(?:skin|leg|pressure) (?:ulcers?|sores?)|infected (?:wound|skin|eczema|cyst)"
        r"|juostinė pūslelinė|pūslelin\w*|pūliuoja|pūliai|pūlin\w*|atvir\w+ žaizd\w*|odos grybel\w*|niežai"
        r"|gürtelrose|eitr\w*|eiter\w*|offene (?:wunden?|stelle)|hautpilz\w*|krätze|ulcus cruris",
        conditions="skin_infection_site",
        codes="B00 B01 B02 B08 B35 B36 B37.2 B86 A46 L00 L01 L02 L03 L04 L05 L08 L88 L97 L98.4",
        passes=True,
    ),
    _hint(
        "harmed_by_a_needle",
        r"necro\w*|nekro\w*|granul\w*|nod(?:e|es|ules?|ular)|lumps?|indurat\w*|ulcer\w*|absc\w*|fistul\w*|mazg\w*"
        r"|gumb\w*|sukietėjim\w*|opos|opa|opų|knoten|verhärtung\w*|geschwür\w*|abszess\w*|pus|drain\w*|discharg\w*"
        r"|scarr\w*|atroph\w*|atrof\w*|swollen|swelling|redness|patinim\w*|paraudim\w*|schwellung|rötung",
        r"mesother\w*|mezoter\w*|injec\w*|injek\w*|needl\w*|needle\w*|spritze\w*|gespritzt\w*|adat\w*|nadel\w*"
        r"|infiltr\w*|lipoly\w*|fillers?|leidim\w*|dūri\w*|einstich\w*",
        conditions="skin_infection_site skin_disease_site",
        flags="INJ_INFECT",
        codes="T80 T81 L92.3 L98.0 M79.4",
    ),
    _hint(
        "reaction_at_the_dentist",
        r"collaps\w*|faint\w*|react\w*|reaction|unwell|passed out|rash|swell\w*|swollen|apalp\w*|alp\w*|reakcij\w*"
        r"|patin\w*|ohnmacht\w*|ohnmächtig|reaktion|kollabiert|kollaps|ausschlag",
        r"dentist\w*|dental\w*|odontolog\w*|dantų gydytoj\w*|zahnarzt\w*|zahnbehandlung",
        conditions="la_allergy",
    ),
    _hint(
        "perhaps_of_the_heart_now",
        rf"(?:tight\w*|pressure|heav\w*|squeez\w*|discomfort|burning|weight) {_ANY}chest|chest (?:is "
        rf"|feels )?(?:tight\w*"
        r"|pressure|discomfort|heav\w*)|arm and jaw|jaw and arm|jaw (?:pain |hurts )?(?:on|with) exertion"
        r"|(?:short\w*|out) of breath at rest|breathless at rest|cannot breathe|can't breathe|krūtin\w* (?:spaud"
        r"|verž)\w*"
        r"|(?:spaud|verž)\w* krūtin\w*|brust(?:druck|enge)|druck auf der brust|engegefühl|ruhedyspnoe",
        flags="CARDIAC",
        codes="I20 I21 R07.2 R07.3",
    ),
    _hint(
        "perhaps_of_the_cauda",
        rf"(?:not|cannot|can't|no|unable to) feel\w* {_ANY}wip\w*|numb\w* {_ANY}(?:buttocks?|saddle|genitals?|perine\w*"
        r"|private parts)|(?:lost|loses|losing|no) (?:\w+ )?control (?:of|over) (?:\w+ )?(?:bladder|bowels?)"
        r"|(?:wet|wets|soils?|soiled) (?:herself|himself|themselves)|tirpsta (?:sėdmenys|tarpvietė)"
        r"|gesäß (?:ist )?taub|taubes gesäß",
        flags="CAUDA",
    ),
    _hint(
        "perhaps_of_the_cord",
        r"clumsy (?:hands?|fingers)|hands? (?:are |have become )?clums\w*|legs? (?:give|gives|giving|gave) way"
        r"|buckling legs?"
        r"|nevikrios rankos|sulinksta kojos|ungeschickte hände|beine knicken ein",
        flags="MYELOPATHY NEW_WEAKNESS",
    ),
    _hint(
        "perhaps_jaundice",
        r"pagelt\w*|gelton\w* (?:oda|akys)|gelbe (?:haut|augen)|ikter\w*|icter\w*",
        flags="LIVER",
        codes="R17",
    ),
    _hint(
        "perhaps_an_eye",
        r"halos?|haloes|eye pain|painful (?:red )?eyes?|akies skausm\w*|augenschmerz\w*",
        flags="RETENTION_GLAUCOMA",
        conditions="glaucoma_narrow",
        codes="H57.1",
    ),
    _hint(
        "reaction_to_a_drug",
        r"hives|rash|urticaria|swell\w*|swollen|wheez\w*|anaphyla\w*|dilgėlin\w*|bėrim\w*|patin\w*|ausschlag"
        r"|nesselsucht"
        r"|schwellung|geschwollen",
        r"(?:after|from|to|by|with|due to|po|nuo|nach|durch) (?:\w+ ){0,2}(?:tablets?|pills?|medicines?|drugs?"
        r"|medication"
        r"|capsules?|antibiotics?|painkillers?|vaist\w*|tablet\w*|medikament\w*)",
        flags="ANAPHYLAXIS",
    ),
    _hint(
        "cannot_swallow",
        r"(?:cannot|can't|unable to|difficulty|trouble) swallow\w*|negali (?:nu)?ryti|kann nicht schlucken",
        flags="STROKE ANAPHYLAXIS",
    ),
    _hint(
        "swollen_leg",
        r"calf|calves|(?:one|left|right|unilateral|lower) (?:lower )?leg|blauzd\w*|(?:kairė|dešinė|viena) koj\w*"
        r"|waden?|unterschenkel\w*|(?:linkes|rechtes|ein) bein|waden?(?:schwellung|ödem)",
        r"swell\w*|swollen|oedem\w*|edem\w*|thicker|tin(?:sta|imas)|patin\w*|ištin\w*|schwell\w*|schwillt"
        r"|geschwollen\w*|ödem\w*|waden?(?:schwellung|ödem)",
        flags="CARDIAC",
        codes="I80 I82.9 M79.8",
    ),
    _hint(
        "hurt_in_a_fall",
        r"fall|falls|fell(?! asleep)|fallen(?! asleep)|whiplash|accident|crash|collision|trauma|injur\w*|hit"
        r"|krit\w*|nukrit\w*|griuv\w*|pargriuv\w*|avarij\w*|traum\w*|susitrenk\w*|sturz|stürzte|gestürzt|unfall"
        r"|schleudertrauma|verletz\w*|hws[ -]distorsion",
        r"whiplash|neck|cervical|spine|spinal|head|back|kakl\w*|sprand\w*|galv\w*|nugar\w*|stubur\w*|nacken\w*|hals"
        r"|hws|kopf|rücken\w*|wirbel\w*|schleudertrauma",
        flags="FRACTURE INSTABILITY",
        codes="S10 S11 S13 S14 S19 S20 S23 S24 S33 S34 S06 S09 T09 T91",
    ),
    _hint(
        "tired_of_living",
        r"(?:wish\w*|want\w*) (?:\w+ ){0,2}(?:to die|dead)|better off dead|life (?:is |was )?not worth|self[ -]?harm\w*"
        r"|(?:cut|cuts|cutting|slit|slits|hurts?|hurting) (?:(?:him|her|my)self|(?:his|her|my) wrists?)"
        r"|end(?:ing)? it all"
        r"|(?:hang|kill|drown|shoot|poison)(?:ing|ed)? (?:him|her|my)self|end(?:ing)? (?:his|her|my) life"
        r"|took an overdose"
        r"|jump(?:ing|ed)? (?:off|from) (?:a |the )?(?:bridge|building|balcony|window|roof)|(?:no|nothing"
        r"|without) (?:reason )?to live(?: for)?"
        r"|(?:neben|ne)ori gyventi|nebenoriu gyventi|žalojasi|save žaloja|lebensmüde|nicht mehr leben"
        r"|selbstverletz\w*|ritzt sich",
        flags="SUICIDE",
        codes="Z91.5 R45.81",
    ),
)


@lru_cache(maxsize=20_000)
def hints_in(words: str) -> tuple[Hint, ...]:
    """The hints that these words give, by their code or clause by clause; none in a clause that takes it back."""
    code = icd10_code(words)
    if code is not None:
        return tuple(hint for hint in HINTS if not hint.codes.isdisjoint(code.prefixes))
    return tuple(_in_words(spaced(words)))


_CLAUSE = re.compile(r"[,;.()!?:/]")


@cache
def _pattern(group: str) -> re.Pattern[str]:
    """A group of words compiled when a text comes that it could be found in: most reviews meet few or none."""
    return re.compile(group)


def _is_in(words: str, group: str) -> bool:
    return may_be_in(group, words) and _pattern(group).search(words) is not None


def _in_words(plain: str) -> Iterator[Hint]:
    clauses = _CLAUSE.split(plain)
    for hint in HINTS:
        if not all(_is_in(plain, group) for group in hint.groups):
            continue
        kept = "; ".join(clause for clause in clauses if not is_taken_back(_beside(hint, clause)))
        if all(_is_in(kept, group) for group in hint.groups):
            yield hint


def _beside(hint: Hint, clause: str) -> str:
    """What a clause says besides the words of a hint: `no` in "no easy bruising", nothing in "no period"."""
    for group in hint.groups:
        clause = _pattern(group).sub(" ", clause)
    return clause


assert {condition for hint in HINTS for condition in hint.conditions} <= CONDITIONS.keys()
assert {flag for hint in HINTS for flag in hint.flags} <= RED_FLAGS.keys()
