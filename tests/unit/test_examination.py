"""What an examiner or a laboratory found is asked about where it could forbid, in whichever words it was written."""

from __future__ import annotations

import pytest

from assuage.terms.allergies import allergen_in, is_no_drug
from assuage.terms.drug_names import read_drug
from tests.documented import Plain
from tests.unit.test_named_in_passing import AMITRIPTYLINE, EXERCISE, NEEDLE, felt, state_of, told

SILEXAN = ("ida", "start-silexan")


def found(what: str, result: str | None = None, **more: object) -> Plain:
    entry: Plain = {"kind": "finding", "what": what, "state": "abnormal", **more}
    return entry if result is None else {**entry, "result": result}


def measured(what: str, value: float) -> Plain:
    return {"kind": "measurement", "what": what, "value": value}


SIGNS_OF_THE_CORD = """
Hoffmann's sign positive | Babinski positive | Babinskio refleksas | Babinski-Zeichen positiv | upgoing plantars
hyperreflexia | brisk reflexes | gesteigerte Reflexe | gyvi refleksai | Lhermitte's | spastic gait | gait ataxia
inverted supinator sign | cord compression | spinal cord signal change
"""
SIGNS_OF_OTHER_FLAGS = """
nystagmus | ataxia | dysphagia | headache on coughing | Kopfschmerzen beim Husten | breast lump | lymphadenopathy
midline tenderness | fall from a ladder | head feels too heavy to hold up | stridor | collapsed | blackout
wants to end it | exertional jaw pain
"""
NOT_OF_A_FLAG = """
Hoffmann-Tinel sign at the wrist | symmetrically brisk reflexes | no Babinski | Babinski negative | cord not compressed
disc bulge C5/6, no cord compression | MRI of the neck: disc protrusion without myelopathy | collapsed disc 2010
breast lump removed in 2010 | blackouts in the power supply | iron deficiency
collapses on the sofa after work | has fits of pain
vitamin D deficiency | lost balance of work and life | mother had breast lump
"""


def each(words: str) -> list[str]:
    return [part.strip() for line in words.strip().splitlines() for part in line.split("|")]


@pytest.mark.parametrize("words", each(SIGNS_OF_THE_CORD) + each(SIGNS_OF_OTHER_FLAGS))
@pytest.mark.parametrize("kind", ["symptom", "finding"])
def test_what_the_table_of_flags_names_is_asked_about_before_a_needle(words: str, kind: str):
    entry = told(words) if kind == "finding" else {**felt(words), "state": "new"}
    assert state_of(NEEDLE, entry) == "ask"


@pytest.mark.parametrize("words", each(NOT_OF_A_FLAG))
@pytest.mark.parametrize("item", [NEEDLE, EXERCISE])
def test_what_is_nothing_of_that_holds_nothing_back(words: str, item: tuple[str, str]):
    assert state_of(item, told(words)) == state_of(item, felt(words)) == "now"


@pytest.mark.parametrize(
    ("item", "entry"),
    [
        (NEEDLE, found("MRI", "cord compression C5/6")),
        (NEEDLE, found("MRI neck", "myelopathy")),
        (NEEDLE, found("ultrasound", "gallstones, jaundice")),
        (NEEDLE, found("examination", "Babinski positive")),
        (NEEDLE, found("neurological examination")),
        (NEEDLE, found("neurologinis tyrimas")),
        (NEEDLE, found("troponin")),
        (NEEDLE, found("coagulation")),
        (NEEDLE, found("Gerinnung")),
        (NEEDLE, found("blood pressure")),
        (NEEDLE, found("inkstų funkcija")),
        (NEEDLE, found("Nierenwerte")),
        (NEEDLE, found("LFTs")),
        (NEEDLE, found("kepenų fermentai")),
        (AMITRIPTYLINE, found("EKG")),
        (AMITRIPTYLINE, found("potassium")),
        (AMITRIPTYLINE, found("hCG test", "positive")),
        (AMITRIPTYLINE, found("beta-hCG", "3400 IU/L")),
        (AMITRIPTYLINE, told("hallucinations")),
        (NEEDLE, measured("T", 38.9)),
    ],
)
def test_an_abnormal_result_in_words_is_asked_about_where_it_could_forbid(
    item: tuple[str, str], entry: Plain
):
    assert state_of(item, entry) == "ask"


@pytest.mark.parametrize(
    "entry",
    [
        found("MRI", "cord compression", state="normal"),
        found("neurological examination", state="normal"),
        found("MRI neck", "disc bulge, no cord compression"),
        found("troponin", state="normal"),
        found("X-ray", "degenerative changes"),
        measured("T", 36.7),
    ],
)
def test_a_result_that_is_as_it_should_be_holds_nothing_back(entry: Plain):
    assert state_of(NEEDLE, entry) == "now"


@pytest.mark.parametrize(
    "allergen",
    [
        "hay fever",
        "Heuschnupfen",
        "šienligė",
        "plasters",
        "sunlight",
        "cobalt",
        "wool",
        "lateksas",
        "none",
        "nil known",
        "NKDA",
        "denies",
    ],
)
def test_an_allergy_to_what_is_no_drug_or_to_nothing_holds_no_drug_back(allergen: str):
    assert state_of(SILEXAN, {"kind": "allergy", "substance": allergen}) == "now"


@pytest.mark.parametrize(
    "words", ["allergies", "drug allergy", "multiple drug allergies", "alergija", "Allergie"]
)
def test_an_allergy_of_which_nobody_says_to_what_could_be_to_anything(words: str):
    assert state_of(SILEXAN, told(words)) == state_of(SILEXAN, felt(words)) == "ask"
    assert state_of(SILEXAN, {**told(words), "state": "absent"}) == "now"


def test_a_kind_of_allergy_is_no_substance():
    assert is_no_drug(allergen_in("seasonal allergies") or "")


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("cephalosporins", "cephalosporin"),
        ("Penizillin", "penicillin_class"),
        ("sulfa", "sulfonamide_antibacterial"),
    ],
)
def test_a_class_of_antibiotics_is_read_as_one(words: str, known: str):
    read = read_drug(words)
    assert read is not None
    assert (read.drug.id, read.drug.kind) == (known, "class_item")
    assert state_of(SILEXAN, {"kind": "allergy", "substance": words}) == "now"


@pytest.mark.parametrize(
    ("numbers", "state"),
    [((2.9,), "ask"), ((1.5,), "now"), ((2.9, 1.0), "now"), ((1.0, 2.9), "ask")],
)
def test_a_high_bilirubin_asks_for_the_liver_until_a_later_one_is_lower(
    numbers: tuple[float, ...], state: str
):
    entries = [{**measured("bilirubin", value), "unit": "mg/dL"} for value in numbers]
    for entry in entries[:-1]:
        entry["time"] = "10:00"  # what has no time comes last in a day
    assert state_of(SILEXAN, *entries) == state


@pytest.mark.parametrize(
    ("written", "substance"),
    [("ciberžolė", "turmeric"), ("Kurkuma", "turmeric"), ("ašvaganda", "ashwagandha"), ("Selen", "selenium"),
     ("D vitaminas", "vitamin_d3"), ("kofermentas Q10", "coenzyme_q10"), ("Sonnenhut", "echinacea"), ("Jod", "iodine")],
)  # fmt: skip
def test_what_people_take_besides_is_read_in_their_language(written: str, substance: str):
    read = read_drug(written)
    assert read is not None
    assert (read.how, read.drug.id) == ("listed", substance)
