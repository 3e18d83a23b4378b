"""Words that nothing reads as a whole and that name a danger in passing: they are asked about, and decide nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assuage.record.read import parse_record
from assuage.review.make import review
from tests.documented import Plain

EXAMPLES = Path(__file__).parents[2] / "examples" / "patients"
AMITRIPTYLINE, CREATINE = ("ida", "start-amitriptyline"), ("ida", "start-creatine")
NEEDLE, EXERCISE = ("jon", "weekly-mesotherapy"), ("mila", "graded-exercise")


def state_of(example: tuple[str, str], *entries: Plain, **patient: object) -> str:
    """The state of an example's recommendation once this is recorded too; without it all of them are `now`."""
    who, name = example
    plain = yaml.safe_load((EXAMPLES / f"{who}.yaml").read_text(encoding="utf-8"))
    day = max(each["day"] for each in plain["entries"])
    plain["format"] = "assuage-record/2"
    plain["patient"] |= patient
    plain["entries"] += [{"day": day, **entry} for entry in entries]
    shown = review(parse_record(plain), None, day)
    states = {item.recommendation.id: item.state for item in shown.plan}
    return (states | {item.recommendation.id: "withheld" for item in shown.withheld})[name]


def told(what: str, state: str = "present", **more: object) -> Plain:
    return {"kind": "finding", "what": what, "state": state, **more}


def felt(what: str, state: str = "new") -> Plain:
    return {"kind": "symptom", "what": what, "state": state}


@pytest.mark.parametrize(
    ("example", "what", "state"),
    [
        (AMITRIPTYLINE, "?long QT syndrome", "ask"),
        (AMITRIPTYLINE, "suspected long QT syndrome", "ask"),
        (AMITRIPTYLINE, "query MI", "ask"),
        (AMITRIPTYLINE, "heart attack three weeks ago", "ask"),
        (AMITRIPTYLINE, "Holter: AV block", "ask"),
        (AMITRIPTYLINE, "long QT syndrome not excluded", "ask"),
        (AMITRIPTYLINE, "long QT syndrome excluded", "now"),
        (AMITRIPTYLINE, "her mother has long QT syndrome", "now"),
        (AMITRIPTYLINE, "fear of a heart attack", "now"),
        (CREATINE, "?long QT syndrome", "now"),
        (NEEDLE, "cellulitis last week", "ask"),
        (NEEDLE, "no diabetes any more", "now"),
        (NEEDLE, "on chemotherapy since May", "ask"),
        (NEEDLE, "hay fever in spring", "now"),
        (AMITRIPTYLINE, "known PAD", "withheld"),
        (AMITRIPTYLINE, "heating pad at night", "now"),
        (NEEDLE, "Wärmepad", "now"),
        (AMITRIPTYLINE, "seizure-free for 3 days", "ask"),
        (AMITRIPTYLINE, "seizure-free for 10 years", "ask"),
        (EXERCISE, "seizure-free for 3 days", "ask"),
        (EXERCISE, "anfallsfrei seit 3 Tagen", "ask"),
        (EXERCISE, "fell down the stairs yesterday", "ask"),
        (EXERCISE, "car accident last week", "ask"),
        (EXERCISE, "concussion last week", "ask"),
        (EXERCISE, "nukrito nuo laiptų vakar", "ask"),
        (EXERCISE, "Autounfall gestern", "ask"),
        (EXERCISE, "car accident in 2005", "now"),
        (EXERCISE, "afraid of a car accident", "now"),
        (EXERCISE, "fell asleep in the bus", "now"),
        (EXERCISE, "be priepuolių 3 dienas", "ask"),
        (EXERCISE, "seizure-free for 10 years", "now"),
        (EXERCISE, "seizure free for 10 years", "now"),
        (EXERCISE, "seizure free since 2009", "now"),
        (EXERCISE, "seizure free for 3 days", "ask"),
        (NEEDLE, "f e v e r", "withheld"),
        (NEEDLE, "f-e-v-e-r", "withheld"),
        (EXERCISE, "c h e s t  p a i n", "ask"),
        (EXERCISE, "vitamins a b c d", "now"),
        (AMITRIPTYLINE, "wants to die sometimes", "ask"),
    ],
)
def test_a_condition_that_is_named_in_passing_is_asked_about(example: tuple[str, str], what: str, state: str):
    assert state_of(example, told(what)) == state


def test_what_is_said_of_the_family_is_not_of_the_patient():
    assert state_of(AMITRIPTYLINE, told("long QT syndrome in an aunt", method="family")) == "now"


@pytest.mark.parametrize(
    ("example", "entry", "state"),
    [
        (EXERCISE, felt("chest pain on exertion"), "ask"),
        (EXERCISE, felt("Brustschmerz bei Belastung"), "ask"),
        (EXERCISE, felt("fainting on exertion"), "ask"),
        (EXERCISE, felt("no chest pain on exertion"), "now"),
        (EXERCISE, felt("syncope as a child"), "now"),
        (EXERCISE, felt("intentional weight loss of 4 kg"), "now"),
        (EXERCISE, felt("chest pain on exertion", "absent"), "now"),
        (NEEDLE, told("positive Hoffmann sign"), "ask"),
        (NEEDLE, felt("numbness in the fingers on waking", "present"), "now"),
    ],
)
def test_a_sign_of_a_red_flag_that_is_named_in_passing_is_asked_about(
    example: tuple[str, str], entry: Plain, state: str
):
    assert state_of(example, entry) == state


def test_a_clinician_who_looked_at_the_words_settles_them():
    words, checked = told("positive Hoffmann sign"), told("checked: positive Hoffmann sign", "normal")
    assert state_of(NEEDLE, words, checked) == "now"


@pytest.mark.parametrize(
    ("patient", "state"),
    [
        ({"sex": "female", "age": 30}, "ask"),
        ({"sex": "female", "age": 64}, "now"),
        ({"sex": "male", "age": 30}, "now"),
    ],
)
def test_a_pregnancy_that_somebody_calls_unknown_is_asked_about(patient: Plain, state: str):
    assert state_of(AMITRIPTYLINE, told("pregnancy", "unknown"), **patient) == state


def test_a_pregnancy_that_was_unknown_and_then_ruled_out_is_not():
    entries = (told("pregnancy", "unknown", day=1), told("pregnancy", "absent", day=2))
    assert state_of(AMITRIPTYLINE, *entries, sex="female", age=30) == "now"


@pytest.mark.parametrize("what", ["no glaucoma", "kein Glaukom", "no history of stroke"])
def test_words_that_deny_the_whole_of_a_danger_name_none(what: str):
    assert state_of(CREATINE, told(what)) == "now"


@pytest.mark.parametrize("what", ["no response to treatment of glaucoma", "glaucoma without treatment"])
def test_words_that_deny_something_else_do(what: str):
    assert state_of(CREATINE, told(what)) == "ask"


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        (({"kind": "adverse_event", "what": "skin necrosis", "suspected": ["mesotherapy"]},), "withheld"),
        ((told("mesotherapy intolerance"),), "withheld"),
        ((told("did not tolerate intradermal therapy"),), "withheld"),
        ((told("mesotherapy intolerance", "absent"),), "now"),
        ((told("mesotherapy intolerance"), told("mesotherapy intolerance", "absent")), "now"),
        ((told("massage intolerance"),), "now"),
    ],
)
def test_a_therapy_that_was_not_tolerated_is_withheld_like_a_drug(entries: tuple[Plain, ...], state: str):
    dated = [{"day": -len(entries) + at, **entry} for at, entry in enumerate(entries)]
    assert state_of(NEEDLE, *dated) == state


@pytest.mark.parametrize(
    ("example", "what", "state"),
    [
        (AMITRIPTYLINE, "takes phenelzine", "ask"),
        (AMITRIPTYLINE, "?on Nardil", "ask"),
        (AMITRIPTYLINE, "takes no phenelzine", "now"),
        (AMITRIPTYLINE, "her husband takes phenelzine", "now"),
        (AMITRIPTYLINE, "takes levothyroxine", "now"),
        (CREATINE, "takes phenelzine", "now"),
        (NEEDLE, "warfarin", "ask"),
    ],
)
def test_a_drug_that_is_named_in_passing_is_asked_about_where_it_would_matter(
    example: tuple[str, str], what: str, state: str
):
    assert state_of(example, told(what)) == state


def measured(what: str, value: float, unit: str | None = None, **more: object) -> Plain:
    return {"kind": "measurement", "what": what, "value": value} | ({"unit": unit} if unit else {}) | more


LOW = measured("potassium", 2.8, "mmol/L", day=-2)


@pytest.mark.parametrize("example", [AMITRIPTYLINE, CREATINE, NEEDLE, EXERCISE])
@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ((LOW,), "ask"),
        ((measured("potassium", 7.1, "mmol/L"),), "ask"),
        ((measured("potassium", 4.1, "mmol/L"),), "now"),
        ((told("potassium", "abnormal", result="2.8 mmol/L"),), "ask"),
        ((measured("heart rate", 38, "/min"),), "ask"),
        ((measured("heart rate", 150, "/min"),), "ask"),
        ((measured("systolic", 225, "mmHg"),), "ask"),
        ((measured("systolic", 82, "mmHg"),), "ask"),
        ((measured("glucose", 25, "mmol/l"),), "ask"),
        ((measured("haemoglobin", 60, "g/l"),), "ask"),
        ((measured("CRP", 150, "mg/l"),), "ask"),
        ((measured("SpO2", 82, "%"),), "ask"),
        ((measured("neutrophils", 0.4, "10^9/l"),), "ask"),
        ((measured("troponin T", 80, "ng/L"),), "ask"),
        ((measured("LVEF", 25, "%"),), "ask"),
        ((measured("LVEF", 60, "%"),), "now"),
        ((measured("lactate", 6, "mmol/l"),), "ask"),
        ((measured("lactate", 15, "mg/dl"),), "now"),
        ((measured("D-dimer", 8000, "ng/ml"),), "ask"),
        ((measured("D-dimer", 400, "ng/ml"),), "now"),
        ((measured("digoxin level", 4.5, "nmol/l"),), "ask"),
        ((measured("lithium level", 1.9),), "ask"),
        ((measured("magnesium", 2.0, "mg/dl"),), "now"),
        ((measured("GCS", 15),), "now"),
        ((measured("TSH", 0.01, "mU/l"),), "ask"),
        ((measured("lipase", 900, "U/l", range={"high": 60}),), "ask"),
        ((measured("lipase", 40, "U/l", range={"high": 60}),), "now"),
        ((measured("lipase", 900, "U/l"),), "now"),
        ((measured("lipase", 900, "U/l", range={"high": 60}, day=-2), measured("lipase", 40, "U/l")), "now"),
        ((LOW, measured("potassium", 4.1, "mmol/L", day=-1)), "now"),
        ((measured("potassium", 4.1, "mmol/L", day=-3), LOW), "ask"),
        ((LOW, told("checked: potassium", "normal", day=-1, by="clinician")), "now"),
        ((LOW, told("checked: potassium", "normal", day=-1, by="patient")), "ask"),
        ((told("checked: potassium", "normal", day=-3, by="clinician"), LOW), "ask"),
    ],
)
def test_a_number_that_is_far_out_is_asked_about(
    example: tuple[str, str], entries: tuple[Plain, ...], state: str
):
    assert state_of(example, *entries) == state


OFFER = {"kind": "offer", "what": "amitriptyline", "chosen": False, "day": -3}


@pytest.mark.parametrize(
    ("entries", "example", "state"),
    [
        ((OFFER,), AMITRIPTYLINE, "ask"),
        ((OFFER,), CREATINE, "now"),
        ((OFFER, OFFER | {"chosen": True, "day": -2}), AMITRIPTYLINE, "now"),
        ((OFFER | {"chosen": True, "day": -4}, OFFER), AMITRIPTYLINE, "ask"),
        ((OFFER | {"what": "mesotherapy"},), NEEDLE, "ask"),
    ],
)
def test_what_was_offered_and_not_chosen_is_asked_about_before_it_is_begun(
    entries: tuple[Plain, ...], example: tuple[str, str], state: str
):
    assert state_of(example, *entries) == state


CHEST, THUNDER = "chest pain on exertion", "worst headache of my life, like a thunderclap"


@pytest.mark.parametrize(
    ("example", "entries", "state"),
    [
        (EXERCISE, (told("recent_mi"),), "ask"),
        (EXERCISE, (told("heart attack last week"),), "ask"),
        (EXERCISE, (told("no heart attack"),), "now"),
        (EXERCISE, (told("her father had a heart attack"),), "now"),
        (NEEDLE, (told("recent_mi"),), "ask"),  # an NSAID
        (EXERCISE, (told("heart_failure_severe"),), "ask"),
        (EXERCISE, (told("hypertension_uncontrolled"),), "ask"),
        (EXERCISE, (told("fever_systemic"),), "ask"),
        (EXERCISE, (told("epilepsy"),), "now"),
        (EXERCISE, (told("severe aortic stenosis"),), "ask"),
        (NEEDLE, (told("acute myocarditis"),), "ask"),
        (NEEDLE, (felt("slurred speech and weak left arm for 20 minutes", "resolved"),), "ask"),
        (NEEDLE, ({**felt(THUNDER), "day": -1}, felt(THUNDER, "resolved")), "ask"),
        (EXERCISE, ({**felt(CHEST), "day": -1}, felt(CHEST, "resolved")), "ask"),
        (EXERCISE, (felt(CHEST, "absent"),), "now"),
        (EXERCISE, (felt("sore throat", "resolved"),), "now"),
    ],
)
def test_nothing_is_done_with_the_body_beside_what_could_be_a_danger_to_the_heart_or_the_brain(
    example: tuple[str, str], entries: tuple[Plain, ...], state: str
):
    assert state_of(example, *entries) == state


def test_what_exercise_is_fitted_to_stands_beside_it():
    plain = yaml.safe_load((EXAMPLES / "mila.yaml").read_text(encoding="utf-8"))
    plain["format"] = "assuage-record/2"
    plain["entries"] += [{"day": 0, **told("epilepsy")}]
    shown = review(parse_record(plain), None, 0)
    beside = {item.recommendation.id: [each.id for each in item.beside] for item in shown.plan}
    assert "beside.moving" in beside["graded-exercise"]
