"""What a clinic, a patient or a specialist writes of a danger is asked about; what sounds alike and is none is not."""

from __future__ import annotations

import pytest

from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import active_flags
from assuage.terms.denials import said_of_patient
from assuage.terms.hints import hints_in
from assuage.terms.signs import find_sign
from tests.documented import Plain
from tests.unit.test_named_in_passing import AMITRIPTYLINE, CREATINE, EXERCISE, NEEDLE, felt, state_of, told

DANGERS = """
RF_CAUDA: cannot feel the toilet paper | no feeling when I wipe | numb around the back passage and saddle
RF_CAUDA: has not passed urine since last night | can't pass water | her bottom has gone numb
RF_CAUDA: Taubheit am Gesäß | spürt den Stuhlgang nicht mehr | Intimbereich fühlt sich taub an | nässt ein
RF_CAUDA: kann seit heute kein Wasser lassen | merkt den Harndrang nicht | Toilettenpapier nicht mehr gespürt
RF_CAUDA: nejaučia tarpvietės | nejaučia, kada šlapinasi | nutirpo sėdmenys | nebesulaiko šlapimo | nepavyksta šlapintis
RF_SUICIDE: they would be better off without her | saving up tablets | hoarding pills | has written goodbye letters
RF_SUICIDE: wish I could go to sleep and never wake up | sees no point in living | does not want to be here any more
RF_SUICIDE: thinking of killing himself | risk of suicide | took a deliberate overdose | don’t want to live
RF_SUICIDE: möchte nicht mehr aufwachen | Alle wären besser dran ohne mich | hat Tabletten gesammelt | will sterben
RF_SUICIDE: Abschiedsbrief geschrieben | sieht keinen Sinn mehr im Leben | denkt daran, sich umzubringen
RF_SUICIDE: mintys nusižudyti | nebematau prasmės gyventi | be manęs visiems būtų geriau | kaupia vaistus
RF_STROKE: face droops | mouth is crooked since breakfast | left arm suddenly went limp | words came out jumbled
RF_STROKE: amaurosis fugax | briefly blind in one eye | lost the sight of her left eye | husband noticed slurred speech
RF_STROKE: Mundwinkel hängt | spricht seit heute verwaschen | plötzlich auf einem Auge blind | halbseitig gelähmt
RF_STROKE: pakrypo veidas | kalba neaiškiai nuo ryto | staiga apako viena akis | staiga nutirpo kairė ranka
RF_THUNDERCLAP: worst headache of all | headache that came like a bolt | plötzliche stärkste Kopfschmerzen
RF_THUNDERCLAP: staiga suskaudo galvą | Kopfschmerz wie ein Blitz
RF_MYELOPATHY: keeps dropping things | walks as if drunk | cannot manage buttons | electric shocks down the spine
RF_MYELOPATHY: lässt Tassen fallen | geht unsicher | krenta daiktai iš rankų | eisena netvirta
RF_GIBLEED: poo is black like tar | kotzt Blut | vėmė krauju | Stuhl pechschwarz | išmatos juodos kaip degutas
RF_CARDIAC: crushing feeling across the chest | Druck auf dem Brustkorb | spaudžia krūtinę lipant
RF_LIVER: eyes have gone yellow | urine like cola | pagelto oda | Urin bierbraun
RF_INFECTION: 38.9 and shivering | karščiuoja ir dreba | fiebrig seit gestern
RF_MALIGNANCY: lost 9 kg without trying | 8 kg abgenommen | nukrito svoris 7 kg | metastases in the spine
RF_SEROTONIN: shaking and sweating since the new tablet
RF_INJ_INFECT: red hot swollen lumps at the injection points with pus | the needle marks are oozing | pus after the jabs
RF_INJ_INFECT: eitrige Einstichstellen | rot und heiß, wo gespritzt wurde | pūliuoja dūrių vietos
RF_INJ_INFECT: dūrio vieta raudona ir karšta
RF_DISSECTION: sees double | ungleiche Pupillen | dvejinasi akyse
RF_ICP: vomits every morning | headache with vomiting
RF_RETENTION_GLAUCOMA: sees rainbows round the lamps
RF_PUMP: baclofen pump is empty | missed the refill of her ITB pump | pump alarm is beeping | reservoir ran dry
RF_PUMP: Baclofenpumpe leer | Baclofenpumpe piept | baklofeno pompa sugedo | pompa tuščia | pump catheter kinked
RF_GCA: scalp hurts when combing her hair | jaw tires when chewing | Kopfhaut ist empfindlich
"""
ORDINARY = """
wakes up rested | does not wake up at night | never wakes up refreshed | wants to live near her daughter
collects her medication at the pharmacy | tired of the pain | looks forward to the holidays | no suicidal thoughts
denies suicidal ideation | keine Suizidgedanken | neigia mintis apie savižudybę | möchte nicht operiert werden
feels no pain on passing urine | regular bowel habit | stress at work | numb hands at night | numb toe in tight shoes
reads the newspaper | forgets words when tired | speech clear | smiles | wears glasses | new glasses for reading
headache at the end of the day | Kopfschmerzen nach der Arbeit | skauda galvą po darbo | tension headache
red marks after the needle | bruised where it was injected
eats well | insulin pump alarm | breast pump broken | heat pump failed | takes a proton pump inhibitor | pumpkin soup
lost 5 kg on a diet | hat mit Sport 4 kg abgenommen | svoris stabilus | weight stable
drinks two litres of water a day | two cups of coffee a day | trinkt 2 Liter Wasser am Tag | geria daug vandens
dizziness after a long bath | aching thighs after stairs | hot flushes | shivers when it is cold outside
swims twice a week | chest infection in 2015 | breast lump removed in 2010 | knee swelling after a run
Rückenschmerzen beim langen Sitzen | Nackenverspannung | müde und unkonzentriert | schläft schlecht
skauda nugarą sėdint | kaklo įtampa | jautri oda | prastai miega | pavargusi po darbo
"""
PHRASES = [
    (phrase.strip(), flag) for flag, _, phrases in (line.partition(": ") for line in DANGERS.strip().splitlines())
    for phrase in phrases.split(" | ")
]  # fmt: skip


def flags_named(words: str) -> set[str]:
    sign = find_sign(words)
    named = {sign.flag.id} if sign is not None and sign.flag is not None else set[str]()
    return named.union(*(hint.flags for hint in hints_in(words)))


@pytest.mark.parametrize(("words", "flag"), PHRASES)
def test_words_of_a_danger_name_its_flag(words: str, flag: str):
    assert flag in flags_named(words)


@pytest.mark.parametrize(
    "words", [each.strip() for line in ORDINARY.strip().splitlines() for each in line.split("|")]
)
def test_ordinary_words_name_no_flag_and_hold_nothing_back(words: str):
    assert flags_named(words) == set()
    for example in (AMITRIPTYLINE, NEEDLE, EXERCISE):
        assert state_of(example, felt(words, "present")) == "now"


@pytest.mark.parametrize(
    ("words", "flag"), [pair for pair in PHRASES if pair[1] not in ("RF_MALIGNANCY", "RF_GCA")]
)
def test_words_of_a_danger_are_asked_about_before_a_needle(words: str, flag: str):
    assert state_of(NEEDLE, felt(words)) != "now"


@pytest.mark.parametrize(("example", "state"), [(AMITRIPTYLINE, "ask"), (NEEDLE, "now")])
def test_a_tender_scalp_is_asked_about_from_fifty_years_on(example: tuple[str, str], state: str):
    assert state_of(example, felt("scalp tenderness")) == state  # of 52, and of 47


@pytest.mark.parametrize("words", ["miega pus valandos po injekcijos", "spot on the chin with pus"])
def test_half_an_hour_and_a_spot_elsewhere_are_no_infection_of_a_needle(words: str):
    assert "RF_INJ_INFECT" not in flags_named(words)


CONDITIONS = """
sleep_apnoea: AHI 45 | sleeps with a CPAP mask | Schlafapnoesyndrom mit Maske | AHI: 12/h
hepatic_impairment_modsev: MELD 22 | MELD-Na score of 14 | Child-Pugh C cirrhosis | Leberzirrhose CHILD B seit 2020
heart_failure_severe: NYHA III | NYHA 3-4 | ŠN, NYHA III klasė | LVEF 25 % | Vorderwandinfarkt vor 4 Monaten
pregnancy_t1: LMP 9 weeks ago | letzte Periode vor 8 Wochen | paskutinės mėnesinės prieš 7 savaites
pregnancy_t1: due date is in March | thinks she may be expecting | Geburtstermin im Mai
ckd_lt30: dialysepflichtig | hemodializės 3 k./sav. | on the list for a kidney transplant
epilepsy: Grand-mal-Anfälle | traukulių priepuoliai vaikystėje | epileptische Anfälle
bipolar: manic last winter | bipolinis sutrikimas, remisija | manische Phase 2019
dementia: pažengusi demencija | beginnende Demenz | early Alzheimer's
glaucoma_narrow: Engwinkelglaukom rechts | glaukomos priepuolis | closed-angle glaucoma of the left eye
bleeding_disorder: alteplase yesterday | Lysetherapie vor 2 Tagen | trombolizė prieš dieną | anti-Xa 1.1
skin_infection_site: pustules on the neck | infected eczema | pūlinukai ant kaklo | Eiterpusteln im Nacken
la_allergy: went into shock with a dental injection | reagierte allergisch auf die Betäubungsspritze
substance_use: AUDIT-C 11 | AUDIT 25 | 6 beers a day | a bottle of vodka every day | heavy drinker | alkoholkrank
substance_use: trinkt täglich eine Flasche Wein | 5 Bier am Abend, jeden Tag | kasdien 2 buteliai alaus | F10.2
"""
CONDITION_PHRASES = [
    (phrase.strip(), condition)
    for condition, _, phrases in (line.partition(": ") for line in CONDITIONS.strip().splitlines())
    for phrase in phrases.split(" | ")
]


@pytest.mark.parametrize(("words", "condition"), CONDITION_PHRASES)
def test_words_of_a_condition_hint_at_it(words: str, condition: str):
    assert condition in {each for hint in hints_in(words) for each in hint.conditions}


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (told("AUDIT-C 11"), "ask"),
        (told("AUDIT-C", result="11"), "ask"),
        (told("AUDIT 3"), "now"),
        (told("6 beers a day"), "ask"),
        (told("trinkt jeden Abend 4 Bier"), "ask"),
        (told("4 buteliai alaus kasdien"), "ask"),
        (told("no alcohol"), "now"),
        (told("2 bottles of water a day"), "now"),
        (told("her husband drinks 6 beers a day"), "now"),
        ({"kind": "diagnosis", "code": "F10.2", "system": "icd-10"}, "ask"),
        ({"kind": "diagnosis", "what": "F10.2", "certainty": "refuted"}, "now"),
        ({"kind": "diagnosis", "what": "alcohol dependence", "code": "F10.2", "system": "icd-10"}, "ask"),
    ],
)
def test_who_drinks_much_is_asked_about_before_what_sedates(entry: Plain, state: str):
    assert state_of(AMITRIPTYLINE, entry) == state
    assert state_of(CREATINE, entry) == "now"


@pytest.mark.parametrize(
    "words",
    ["fear of stroke", "Angst vor Schlaganfall", "insulto baimė", "bijo vėžio", "worried she has cancer",
     "afraid of having another heart attack", "cancer phobia", "Krebsangst", "fürchtet einen Herzinfarkt",
     "family history of stroke", "mother had a stroke", "Vater mit Herzinfarkt", "motinai insultas",
     "Familienanamnese: Schlaganfall", "FH: breast cancer", "grandmother had dementia", "brother is bipolar"],
)  # fmt: skip
def test_what_is_feared_or_of_the_family_is_no_fact(words: str):
    for example in (AMITRIPTYLINE, NEEDLE, EXERCISE):
        assert state_of(example, felt(words)) == state_of(example, told(words)) == "now"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("chest pain and fear of dying", "chest pain"),
        ("fear of stroke since her face droops", "her face droops"),
        ("husband noticed slurred speech", "slurred speech"),
        ("afraid of her chest pain", "chest pain"),
        ("GP worried about cancer", "cancer"),
        ("lives with her daughter, early dementia", "early dementia"),
        ("mother had a stroke, she herself epilepsy", "epilepsy"),
    ],
)
def test_a_fear_and_a_relative_take_back_nothing_else(words: str, left: str):
    assert left in said_of_patient(words)


@pytest.mark.parametrize(("example", "state"), [(AMITRIPTYLINE, "now"), (NEEDLE, "ask")])
@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "diagnosis", "what": "C44.3"},
        told("Basaliom am Nacken"),
        told("basal cell carcinoma of the nose"),
    ],
    ids=str,
)
def test_a_cancer_of_the_skin_is_no_flag_and_is_asked_where_a_needle_goes(
    entry: Plain, example: tuple[str, str], state: str
):
    assert state_of(example, entry) == state


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("residual urine 620 ml", "ask"), ("Restharn 500 ml", "ask"), ("liekamasis šlapimas 600 ml", "ask"),
        ("post-void residual 20 ml", "now"), ("Restharn 15 ml", "now"),
        ("Quick 15 %", "withheld"), ("Quick-Wert: 95 %", "now"), ("aPTT 98 s", "withheld"), ("aPTT 31 s", "now"),
        ("serum Na+ 116", "ask"), ("Natriumspiegel 118 mmol/l", "ask"), ("natrio kiekis 119", "ask"),
        ("Kalium 2,4", "ask"), ("kalio koncentracija 2,3 mmol/l", "ask"), ("S-Kalium 4,1 mmol/l", "now"),
        ("BSG 85 mm/h", "ask"), ("ENG 12 mm/h", "now"), ("sed rate 90", "ask"),
    ],
)  # fmt: skip
def test_a_number_is_read_by_the_names_a_laboratory_prints(words: str, state: str):
    assert state_of(NEEDLE, told(words)) == state


@pytest.mark.parametrize("words", ["QTc-Zeit 512 ms", "QTc interval 512 ms", "QTc-Wert 512 ms", "QTc 512 ms"])
def test_a_long_qt_is_one_by_whatever_name_its_number_has(words: str):
    assert state_of(AMITRIPTYLINE, told(words)) == "withheld"


def total(value: float, **more: object) -> Plain:
    return {"kind": "score", "scale": "phq9", "value": value, **more}


def answered(answer: int | None, others: int) -> Plain:
    items = {str(number): others for number in range(1, 9)} | {"9": answer}
    return {"kind": "answers", "instrument": "phq9", "items": items}


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ((total(27),), "ask"),
        ((total(25),), "ask"),
        ((total(20),), "ask"),
        ((total(19),), "now"),
        ((answered(None, 3),), "ask"),
        ((answered(None, 1),), "now"),
        ((answered(0, 3),), "now"),
        ((answered(0, 3), total(24)), "now"),
        ((total(27, day=-5), total(8, day=-1)), "now"),
        ((total(27, day=-5), {"kind": "red_flag_check", "flags": {"suicide": "absent"}, "day": -1}), "now"),
    ],
)
def test_a_high_total_without_the_answer_on_suicide_is_asked_about(entries: tuple[Plain, ...], state: str):
    for example in (AMITRIPTYLINE, NEEDLE, EXERCISE):
        assert state_of(example, *entries) == state


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        ({"kind": "diagnosis", "what": "R33"}, "ask"),
        (told("R33"), "ask"),
        (told("urinary retention", method="history"), "ask"),
        (told("urinary retention"), "ask"),
        (told("R20.0"), "ask"),
        ({"kind": "diagnosis", "what": "R33", "certainty": "refuted"}, "now"),
        (felt("Inkontinenz", "present"), "ask"),
    ],
)
def test_a_code_and_a_history_of_a_sign_that_must_be_new_are_asked_whether_they_are(entry: Plain, state: str):
    assert state_of(NEEDLE, entry) == state


@pytest.mark.parametrize(
    ("entry", "stands"),
    [
        ({"kind": "diagnosis", "what": "R33"}, False),
        ({"kind": "diagnosis", "what": "acute urinary retention"}, True),
        (told("R33"), False),
        (told("urinary retention"), True),
        (told("urinary retention", method="history"), False),
        (told("new urinary retention", method="history"), True),
    ],
)
def test_a_code_alone_and_a_history_are_no_flag_of_today(entry: Plain, stands: bool):
    plain = {"format": "assuage-record/2", "patient": {"id": "Ana"}, "entries": [{"day": 0, **entry}]}
    flags = {active.flag.id for active in active_flags(Timeline(parse_record(plain)), 0)}
    assert ("RF_CAUDA" in flags) is stands
