"""A refusal counts however it was written, what was stopped counts while it may be there, a sign may be new."""

from __future__ import annotations

import pytest

from assuage.terms.refusals import refused_in
from tests.documented import Plain
from tests.unit.test_named_in_passing import AMITRIPTYLINE, CREATINE, EXERCISE, NEEDLE, felt, state_of, told


def consent(purpose: str, state: str = "refused") -> Plain:
    return {"kind": "consent", "for": purpose, "state": state}


@pytest.mark.parametrize(
    ("example", "entry", "state"),
    [
        (CREATINE, consent("all tablets"), "withheld"),
        (CREATINE, consent("any of the tablets"), "withheld"),
        (CREATINE, told("refuses all tablets"), "withheld"),
        (CREATINE, told("does not want any medication"), "withheld"),
        (CREATINE, felt("atsisako visų vaistų"), "withheld"),
        (CREATINE, told("lehnt Medikamente ab"), "withheld"),
        (CREATINE, told("möchte keine Tabletten"), "withheld"),
        (CREATINE, told("tablets refused"), "withheld"),
        (CREATINE, told("refuses the tablets Dr X gave"), "ask"),
        (CREATINE, told("refuses all tablets", "absent"), "now"),
        (CREATINE, told("declines amitriptyline"), "now"),
        (CREATINE, told("declines blood tests"), "now"),
        (CREATINE, told("refuses injections"), "now"),
        (AMITRIPTYLINE, told("declines amitriptyline"), "withheld"),
        (AMITRIPTYLINE, told("refuses antidepressants"), "withheld"),
        (NEEDLE, told("refuses needles"), "withheld"),
        (NEEDLE, told("does not want any tablets"), "now"),
        (NEEDLE, told("nenori gerti tablečių"), "now"),
        (NEEDLE, told("möchte keine Tabletten einnehmen"), "now"),
        (NEEDLE, told("refuses capsules"), "now"),
        (NEEDLE, told("refuses all medication"), "withheld"),
        (NEEDLE, told("refuses patches"), "now"),
        (NEEDLE, consent("tablets"), "now"),
        (CREATINE, told("does not want any tablets"), "withheld"),
        (CREATINE, told("nenori gerti tablečių"), "withheld"),
        (CREATINE, told("atsisako geriamųjų vaistų"), "withheld"),
        (CREATINE, told("möchte keine Tabletten einnehmen"), "withheld"),
        (CREATINE, told("refuses oral medication"), "withheld"),
        (CREATINE, told("refuses patches"), "now"),
        (CREATINE, told("atsisako pleistrų"), "now"),
        (CREATINE, told("lehnt Augentropfen ab"), "now"),
        (CREATINE, told("refuses ointments"), "now"),
        (EXERCISE, told("does not want any tablets"), "now"),
        (EXERCISE, told("refuses all tablets"), "now"),
        (EXERCISE, told("refuses treatment"), "withheld"),
    ],
)
def test_a_refusal_in_words_holds_back_what_it_covers(example: tuple[str, str], entry: Plain, state: str):
    assert state_of(example, entry) == state


def test_a_later_consent_to_the_same_ends_a_refusal_in_words():
    refusal = {**told("refuses all tablets"), "time": "08:00"}
    assert state_of(CREATINE, refusal, {**consent("drugs", "given"), "time": "09:00"}) == "now"
    assert state_of(CREATINE, {**consent("drugs", "given"), "time": "07:00"}, refusal) == "withheld"


@pytest.mark.parametrize(
    "words", ["no tablets refused by her mother so far", "wants no-one to know", "sore hand"]
)
def test_other_words_refuse_nothing_that_is_treatment(words: str):
    assert state_of(CREATINE, told(words)) == "now"


@pytest.mark.parametrize(
    ("words", "thing"), [("Refuses ALL tablets.", "tablets"), ("atsisako", None), ("refusal of care", "care")]
)
def test_what_is_refused_is_read_whole(words: str, thing: str | None):
    assert refused_in(words) == thing


def course(drug: str, stopped: int) -> list[Plain]:
    drug_of: Plain = {"kind": "medication", "drug": drug}
    return [{"day": -200, **drug_of, "do": "start"}, {"day": stopped, **drug_of, "do": "stop"}]


def needed(drug: str, day: int) -> list[Plain]:
    return [{"day": day, "kind": "intake", "drug": drug}]


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        (course("fluvoxamine", -1), "ask"),
        (course("paroxetine", -1), "ask"),
        (course("paroxetine", -6), "ask"),
        (course("paroxetine", -7), "now"),
        (course("quinidine", -2), "ask"),
        (course("sertraline", -1), "now"),  # with sertraline the pair is only moderate
        (course("paracetamol", -1), "now"),
        (course("diazepam", -1), "ask"),
        (course("diazepam", -13), "ask"),
        (course("diazepam", -14), "now"),
        (course("lorazepam", -1), "ask"),
        (course("lorazepam", -2), "ask"),
        (course("lorazepam", -3), "now"),
        (course("clonazepam", -10), "ask"),
        (course("zolpidem", 0), "ask"),
        (course("zolpidem", -1), "now"),
        (course("mirtazapine", -1), "ask"),
        (course("levothyroxine", -1), "now"),
        (course("moclobemide", 0), "withheld"),
        (course("moclobemide", -1), "now"),  # its washout was read, and is over
        (course("amiodarone", -60), "ask"),
        (course("amiodarone", -90), "now"),
        (needed("phenelzine", -5), "withheld"),
        (needed("phenelzine", -14), "now"),
        (needed("tramadol", -1), "now"),
    ],
)
def test_what_was_taken_counts_while_it_may_still_be_there(entries: list[Plain], state: str):
    assert state_of(AMITRIPTYLINE, *entries) == state


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (felt("cannot pee", "present"), "ask"),
        (felt("cannot pee", "resolved"), "now"),
        (felt("shortness of breath", "present"), "ask"),
        (felt("chronic shortness of breath", "present"), "now"),
        (felt("stress incontinence", "present"), "now"),
        (felt("sudden foot drop", "present"), "ask"),
        (felt("foot drop", "present"), "now"),
        (felt("urinary incontinence since yesterday", "present"), "ask"),
        (felt("new numbness of both legs", "present"), "ask"),
        (felt("tightness in the chest", "present"), "ask"),
        (felt("cannot feel when wiping", "present"), "ask"),
        (felt("hives after a tablet", "present"), "ask"),
        (felt("cut her wrists", "present"), "ask"),
        (told("gestational age 14 weeks"), "ask"),
        (told("MMSE 14"), "ask"),
        (told("MMSE 29"), "now"),
        (told("does not recognise her children"), "ask"),
        (told("Ca 3.2"), "ask"),
        (told("Ca 2.3"), "now"),
        (told("K 2.6"), "ask"),
        (told("coronary stent 2025"), "ask"),
        (told("hasn't got epilepsy"), "now"),
        (told("expecting a baby"), "ask"),
        (told("expecting improvement"), "now"),
        ({"kind": "diagnosis", "code": "F20.0", "system": "icd-10"}, "ask"),
        ({"kind": "diagnosis", "code": "Z88.9", "system": "icd-10"}, "ask"),
        ({"kind": "diagnosis", "code": "M79.7", "system": "icd-10"}, "now"),
    ],
)
def test_what_may_be_grave_is_asked_and_what_is_not_is_left(entry: Plain, state: str):
    assert state_of(AMITRIPTYLINE, entry) == state


def test_whether_an_emergency_is_new_is_asked_until_a_clinician_excluded_it():
    check: Plain = {"kind": "red_flag_check", "flags": {"cauda": "absent"}, "by": "clinician"}
    assert state_of(AMITRIPTYLINE, felt("cannot pee", "present"), check) == "now"


def test_an_enlarged_prostate_is_no_sign_of_the_cauda_equina():
    code: Plain = {"kind": "diagnosis", "code": "N40", "system": "icd-10"}
    assert (state_of(CREATINE, code), state_of(AMITRIPTYLINE, code)) == ("now", "withheld")


@pytest.mark.parametrize("words", ["novocaine reaction", "MRSA", "bleeds for hours after dental work"])
def test_what_speaks_against_a_needle_is_asked(words: str):
    assert state_of(NEEDLE, told(words)) == "ask"


def test_a_condition_in_dispute_that_could_matter_is_asked_about():
    there = {**told("epilepsy"), "id": "a"}
    gone = {**told("epilepsy", "absent"), "disputed_with": "a"}
    assert state_of(AMITRIPTYLINE, there, gone) == "ask"
    assert state_of(CREATINE, there, gone) == "now"
    assert state_of(AMITRIPTYLINE, there, gone, {**told("epilepsy", "absent"), "replaces": "a"}) == "now"


@pytest.mark.parametrize(
    ("first", "then", "state"),
    [
        ("", "weak legs", "ask"),  # jon's first symptoms and his check of red flags are of days before
        ("", "tirpsta abi rankos", "ask"),
        ("", "silpna ranka", "ask"),
        ("", "clumsy hands", "ask"),
        ("", "Gangunsicherheit", "ask"),
        ("clumsy hands", "clumsy hands", "now"),  # told from the first, and before anybody excluded it
        ("", "weak legs for years", "now"),
    ],
)
def test_a_sign_that_was_not_told_at_the_first_is_asked_whether_it_is_new(first: str, then: str, state: str):
    before = [{**felt(first, "present"), "day": 0, "time": "00:01"}] if first else []
    assert state_of(NEEDLE, *before, {**felt(then, "present"), "day": 1}) == state


def test_a_sign_that_came_later_is_asked_about_no_more_once_a_clinician_excluded_its_flag():
    check: Plain = {"kind": "red_flag_check", "flags": {"myelopathy": "absent"}, "by": "clinician", "day": 3}
    assert state_of(NEEDLE, {**felt("clumsy hands", "present"), "day": 1}, check) == "now"


@pytest.mark.parametrize(
    ("substance", "state"),
    [
        ("benzilo alkoholis", "withheld"),
        ("Benzylalkohol", "withheld"),
        ("propilenglikolis", "withheld"),
        ("cetyl alcohol", "ask"),  # not what is drunk: nobody knows what it means here
        ("vilnos alkoholis", "ask"),
    ],
)
def test_an_allergy_to_an_alcohol_is_of_that_alcohol(substance: str, state: str):
    assert state_of(NEEDLE, {"kind": "allergy", "substance": substance}) == state


@pytest.mark.parametrize("what", ["akies priekinė kamera sekli", "flache Vorderkammer"])
def test_a_shallow_chamber_of_the_eye_is_heard_in_three_languages(what: str):
    assert state_of(AMITRIPTYLINE, told(what)) == "withheld"


@pytest.mark.parametrize("what", ["TVT Bein", "krūtinės angina nestabili", "instabile Angina pectoris"])
def test_a_thrombosis_and_an_unstable_angina_stop_exercise_in_three_languages(what: str):
    assert state_of(EXERCISE, told(what)) != "now"
