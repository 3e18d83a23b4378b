"""What somebody told and no rule reads, beside a drug that is taken or a current: asked first, where it matters."""

from __future__ import annotations

import pytest

from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.report.visit_text import VisitText
from assuage.review.first_looked_at import told_beside_taken
from assuage.review.make import review
from assuage.review.visit import visit_page
from tests.documented import Plain
from tests.unit.test_named_in_passing import AMITRIPTYLINE, NEEDLE, state_of, told


def taking(drug: str, *entries: Plain, age: int | None = 70) -> Record:
    patient: Plain = {"id": "Ona", "sex": "female"} | ({} if age is None else {"age": age})
    begun: Plain = {"kind": "medication", "drug": drug, "do": "start"}
    plain = [{"day": 0, **entry} for entry in (begun, *entries)]
    return parse_record({"format": "assuage-record/2", "patient": patient, "entries": plain})


def asked(drug: str, what: str, age: int | None = 70) -> bool:
    return bool(told_beside_taken(Timeline(taking(drug, told(what), age=age)), 0))


@pytest.mark.parametrize(
    "what",
    """falls|fell in the bathroom|had a fall in May|hip fracture after a fall|unsteady on her feet|poor balance
    dizziness
    tripped over the rug|broke her wrist|griuvo namuose|nugriuvo laiptais|parkrito|šlaunikaulio lūžis|svaigsta galva
    pusiausvyros sutrikimas|gestürzt|Sturz vor zwei Wochen|Schenkelhalsfraktur|Schwindel|Gangunsicherheit""".replace(
        "\n    ", "|"
    ).split("|"),
)
def test_a_fall_of_somebody_old_is_asked_about_beside_what_sedates_or_lowers_the_pressure(what: str):
    beside = {drug: asked(drug, what) for drug in ("tizanidine", "ramipril", "paracetamol")}
    assert beside == {"tizanidine": True, "ramipril": True, "paracetamol": False}
    assert [asked("amitriptyline", what, age) for age in (None, 40)] == [True, False]


@pytest.mark.parametrize(
    "what",
    """no falls|keine Stürze|hair falls out|plaukų slinkimas|svorio kritimas|pain fell from 7 to 3|falls asleep at noon
    fell asleep|in the fall she hikes|slipped disc|blood pressure falls at night|fell in 2010|sister fell last year
    balanced diet|fallen arches|migraine|Sturzprophylaxe|falls in love""".replace("\n    ", "|").split("|"),
)
def test_what_falls_and_is_no_fall_of_the_patient_is_not(what: str):
    assert not asked("tizanidine", what)


@pytest.mark.parametrize(
    "what",
    """recurrent falls|fell twice last month|keeps falling|griūva dažnai|krenta kasdien|stürzt häufig|mehrmals gestürzt
    dizzy on standing|gets light-headed when getting up|svaigsta galva atsistojus|temsta akyse atsikėlus
    Schwindel beim Aufstehen|schwarz vor Augen beim Aufstehen|orthostatic dizziness|R29.6""".replace(
        "\n    ", "|"
    ).split("|"),
)
def test_who_falls_often_or_is_dizzy_on_standing_is_asked_about_at_any_age(what: str):
    assert asked("tizanidine", what, age=40)
    assert state_of(AMITRIPTYLINE, told(what)) == "ask"


@pytest.mark.parametrize("what", ["falls", "griūva", "gestürzt"])
def test_a_fall_stands_among_the_first_questions_whether_the_drug_is_taken_or_proposed(what: str):
    for drug in ("tizanidine", "paracetamol"):
        page = visit_page(review(taking(drug, told(what), age=88), "neck-first", 0))
        assert f'"{what}"' in " ".join(line.says for line in dict(VisitText(page).answers())["ask"]), drug


def test_a_clinician_who_looked_at_it_settles_it():
    looked: Plain = {"kind": "finding", "what": "checked: falls", "state": "normal", "method": "examination"}
    assert told_beside_taken(Timeline(taking("tizanidine", told("falls"), looked)), 0) == ()


# --- breathing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "drug", ["amitriptyline", "tizanidine", "quetiapine", "mirtazapine", "diazepam", "tramadol", "pregabalin"]
)
def test_a_high_stop_bang_is_asked_about_beside_whatever_sedates(drug: str):
    score: Plain = {"kind": "score", "scale": "stop_bang", "value": 6}
    assert told_beside_taken(Timeline(taking(drug, score)), 0) != ()


@pytest.mark.parametrize(("value", "later"), [(2, None), (6, "absent")])
def test_a_low_one_or_one_whose_apnoea_was_excluded_is_not(value: int, later: str | None):
    score: Plain = {"kind": "score", "scale": "stop_bang", "value": value}
    excluded = [{"kind": "finding", "what": "sleep apnoea", "state": later}] if later else []
    assert told_beside_taken(Timeline(taking("amitriptyline", score, *excluded)), 0) == ()


def test_apnoea_whose_rule_asks_already_is_not_asked_about_twice():
    assert told_beside_taken(Timeline(taking("zopiclone", told("sleep apnoea"))), 0) == ()
    assert told_beside_taken(Timeline(taking("tizanidine", told("sleep apnoea"))), 0) != ()


# --- a current -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "what", ["pacemaker", "ICD", "Schrittmacher", "širdies stimuliatorius", "cochlear implant"]
)
@pytest.mark.parametrize("therapy", ["TENS", "electrotherapy", "magnetoterapija", "Kurzwelle", "diathermy"])
def test_a_current_beside_an_implanted_device_is_asked_about(therapy: str, what: str):
    session: Plain = {"kind": "therapy", "what": therapy, "do": "session"}
    assert told_beside_taken(Timeline(taking("paracetamol", told(what), session)), 0) != ()


@pytest.mark.parametrize(
    ("therapy", "what"), [("TENS", "ICD-10 M79.7"), ("TENS", "migraine"), ("massage", "pacemaker")]
)
def test_and_nothing_else_is(therapy: str, what: str):
    session: Plain = {"kind": "therapy", "what": therapy, "do": "session"}
    assert told_beside_taken(Timeline(taking("paracetamol", told(what), session)), 0) == ()


# --- a needle ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "state"),
    [
        ("fear of needles", "ask"),
        ("afraid of injections", "ask"),
        ("is terrified of needles", "ask"),
        ("needle phobia", "ask"),
        ("trypanophobia", "ask"),
        ("Spritzenangst", "ask"),
        ("Spritzenphobie", "ask"),
        ("hat große Angst vor Nadeln", "ask"),
        ("bijo adatų", "ask"),
        ("adatų baimė", "ask"),
        ("panikuoja pamačiusi adatą", "ask"),
        ("faints at injections", "ask"),
        ("F40.2", "ask"),
        ("no fear of needles", "now"),
        ("not afraid of needles", "now"),
        ("nebijo adatų", "now"),
        ("keine Angst vor Spritzen", "now"),
        ("fear of spiders", "now"),
        ("fear of cancer", "now"),
        ("bijo vėžio", "now"),
        ("Flugangst", "now"),
    ],
)
def test_who_fears_the_needle_is_asked_before_it(what: str, state: str):
    assert state_of(NEEDLE, told(what)) == state
