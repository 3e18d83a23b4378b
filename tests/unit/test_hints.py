"""Words that hint at a danger without naming it are asked about where it could forbid; they decide nothing."""

from __future__ import annotations

import pytest

from assuage.terms.hints import HINTS
from tests.documented import Plain
from tests.unit.test_named_in_passing import AMITRIPTYLINE, EXERCISE, NEEDLE, felt, state_of, told


def diagnosed(what: str, **more: object) -> Plain:
    return {"kind": "diagnosis", "what": what, **more}


def measured(what: str, value: float, **more: object) -> Plain:
    return {"kind": "measurement", "what": what, "value": value, **more}


@pytest.mark.parametrize(
    ("example", "entry", "state"),
    [
        (AMITRIPTYLINE, told("missed period"), "ask"),
        (AMITRIPTYLINE, felt("period two weeks late"), "ask"),
        (AMITRIPTYLINE, felt("Periode seit drei Wochen ausgeblieben"), "ask"),
        (AMITRIPTYLINE, told("veluoja menesines"), "ask"),
        (AMITRIPTYLINE, told("no period since May"), "ask"),
        (AMITRIPTYLINE, told("no period pain"), "now"),
        (AMITRIPTYLINE, told("missed period in 2019"), "now"),
        (NEEDLE, told("missed period"), "now"),  # a man
        (NEEDLE, felt("bruises easily"), "ask"),
        (NEEDLE, felt("lengvai atsiranda mėlynės"), "ask"),
        (NEEDLE, felt("häufig blaue Flecken"), "ask"),
        (NEEDLE, told("does not bruise easily"), "now"),
        (NEEDLE, told("her mother bruises easily"), "now"),
        (AMITRIPTYLINE, told("bruises easily"), "now"),
        (AMITRIPTYLINE, told("aortic stenosis"), "ask"),
        (AMITRIPTYLINE, told("Mitralklappeninsuffizienz"), "ask"),
        (AMITRIPTYLINE, told("aortos vožtuvo stenozė"), "ask"),
        (AMITRIPTYLINE, told("spinal stenosis"), "now"),
        (EXERCISE, felt("calf swelling"), "ask"),
        (EXERCISE, felt("patinusi blauzda"), "ask"),
        (EXERCISE, felt("geschwollene Wade"), "ask"),
        (EXERCISE, felt("calf cramps"), "now"),
        (NEEDLE, told("shingles"), "ask"),
        (NEEDLE, diagnosed("B02.9"), "ask"),
        (NEEDLE, told("Gürtelrose"), "ask"),
        (NEEDLE, told("shingles in 2015"), "now"),
        (EXERCISE, felt("neck pain after a fall"), "ask"),
        (EXERCISE, felt("Nackenschmerzen nach Sturz"), "ask"),
        (EXERCISE, felt("nukrito, skauda kaklą"), "ask"),
        (EXERCISE, felt("fell asleep with a sore neck"), "now"),
        (NEEDLE, told("skin necrosis after mesotherapy"), "ask"),
        (NEEDLE, told("granuloma after mesotherapy in 2019"), "ask"),
        (NEEDLE, told("Knoten nach Injektion"), "ask"),
        (NEEDLE, felt("reaction at the dentist"), "ask"),
    ],
)
def test_a_hint_is_asked_about_where_it_could_forbid(example: tuple[str, str], entry: Plain, state: str):
    assert state_of(example, entry) == state


@pytest.mark.parametrize(
    "words", ["allergy to antidepressants", "intolerance to tricyclics", "antidepressant allergy"]
)
def test_an_allergy_to_a_class_asks_before_its_members(words: str):
    assert state_of(AMITRIPTYLINE, told(words)) == "ask"
    assert state_of(NEEDLE, told(words)) == "now"


@pytest.mark.parametrize(
    ("what", "state"),
    [
        ("two pregnancies in 2010", "now"),
        ("pregnant in 2010", "now"),
        ("dvi nėštumai 2010 m.", "now"),
        ("no cellulitis any more", "now"),
        ("kein Erysipel mehr", "now"),
        ("pneumonia in childhood", "now"),
        ("cellulitis not healed", "ask"),
        ("still cellulitis, in 2010 as well", "ask"),
        ("stroke in 2010", "ask"),
    ],
)
def test_what_passes_and_is_over_is_asked_no_more(what: str, state: str):
    assert state_of(NEEDLE, told(what)) == state


def test_agranulocytosis_is_a_danger_that_no_rule_reads_and_is_asked_before_any_drug():
    assert state_of(AMITRIPTYLINE, told("agranulocytosis")) == "ask"
    assert state_of(NEEDLE, told("agranulocytosis")) == "ask"


@pytest.mark.parametrize(
    ("certainty", "state"), [("possible", "ask"), ("refuted", "now")]
)  # fmt: skip
def test_a_possible_diagnosis_of_what_a_grave_rule_asks_for_is_a_question(certainty: str, state: str):
    entry = diagnosed("epilepsy", code="G40.9", system="icd-10", certainty=certainty)
    assert state_of(AMITRIPTYLINE, entry) == state


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (measured("potassium", 2.8), "ask"),
        (measured("potassium", 2.8, unit="mval"), "ask"),
        (measured("potassium", 4.1), "now"),
        (told("potassium 2.8"), "ask"),
        (measured("haemoglobin", 7.2), "ask"),  # g/dl; in g/l it cannot be
        (measured("haemoglobin", 13.5), "now"),
        (measured("sodium", 118), "ask"),
        (measured("platelets", 250, unit="mmol/l"), "now"),  # a unit that cannot be of it
    ],
)
def test_a_number_without_a_unit_that_is_far_out_in_any_is_asked(entry: Plain, state: str):
    assert state_of(AMITRIPTYLINE, entry) == state


@pytest.mark.parametrize(
    ("drug", "state"),
    [
        ("MST", "ask"),
        ("Jarsin", "ask"),
        ("an SSRI", "ask"),
        ("some kind of blood thinner", "ask"),
        ("ein Triptan", "now"),
    ],
)
def test_a_brand_and_a_class_with_an_article_are_read(drug: str, state: str):
    assert state_of(AMITRIPTYLINE, {"kind": "medication", "drug": drug, "do": "start"}) == state


def test_each_hint_says_what_it_hints_at():
    assert all(hint.conditions or hint.flags or hint.before for hint in HINTS)
    assert len({hint.id for hint in HINTS}) == len(HINTS)
