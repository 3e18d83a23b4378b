"""Lithuanian sentences as they are printed: cases, plural forms, the zero, and the minus sign."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from assuage.catalogue.compile import all_entries
from assuage.catalogue.message import Message, message
from assuage.cli import main
from assuage.measures import nodes
from assuage.pathways.actions import Refer
from assuage.record.read import read_record
from assuage.report import timeline
from assuage.report.session import session_lines
from assuage.safety.session import plan_session
from assuage.terms.drugs import DRUGS
from assuage.terms.scales import SCALES
from assuage.terms.therapies import THERAPIES
from assuage.words.actions import action_message
from assuage.words.measures import test_message as said_of_test
from assuage.words.speak import catalogue
from tests.safety.test_session import REPORT

ROOT = Path(__file__).parents[2]
CLINICIAN, PATIENT = catalogue("lt"), catalogue("lt", "patient")
PAIN = SCALES["pain"]
BLOOD_THINNERS = (DRUGS["warfarin"], DRUGS["apixaban"])


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (
            message("suspect.compared-none", n=1, outcome=PAIN),
            "per 1 panašų laikotarpį be to skausmas nesustiprėjo nė karto",
        ),
        (
            message("suspect.compared-none", n=2, outcome=PAIN),
            "per 2 panašius laikotarpius be to skausmas nesustiprėjo nė karto",
        ),
        (
            message("suspect.compared-none", n=12, outcome=PAIN),
            "per 12 panašių laikotarpių be to skausmas nesustiprėjo nė karto",
        ),
        (
            message("suspect.compared", n=2, flared=1, outcome=PAIN),
            "per 2 panašius laikotarpius be to skausmas sustiprėjo 1 kartą",
        ),
        (
            message("triggers.stretches-none", n=21),
            "per 21 panašų laikotarpį be to nepablogėjo nė karto.",
        ),
        (
            message("triggers.stretches", n=3, flared=2),
            "per 3 panašius laikotarpius be to pablogėjo 2 kartus.",
        ),
        (action_message(Refer(THERAPIES["pain_clinic"])), "siųsti į specializuotą skausmo kliniką"),
        (action_message(Refer(THERAPIES["psychology"])), "siųsti pas psichologą"),
        (
            message("alert.breach-sure", therapy=THERAPIES["massage"], breaches=("40 diena",)),
            "Atlikta, nors tuo metu neturėjo būti daroma: masažas; 40 diena",
        ),
        (
            message(
                "unknown-word",
                kind=message("word.field-of", what=message("what.entry-of", kind="medication")),
                word="change",
            ),
            "nežinomas žodis „change“ (laukas, kurio „medication“ įrašas neturi)",
        ),
    ],
)
def test_a_clinician_reads_it_in_the_right_case_and_number(what: Message, sentence: str):
    assert CLINICIAN.say(what) == sentence


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (
            message("need.medication-list", drugs=BLOOD_THINNERS),
            "kokius vaistus vartojate. Ar vartojate varfariną arba apiksabaną?",
        ),
        (
            message("visit.running", drugs=(DRUGS["amitriptyline"],)),
            "Vartojate amitriptiliną",
        ),
        (message("need.since-when", drug=DRUGS["warfarin"]), "nuo kada vartojate varfariną"),
        (message("need.dose-now", drug=DRUGS["creatine"]), "kokią kreatino dozę dabar vartojate"),
    ],
)
def test_a_patient_reads_it_in_the_right_case(what: Message, sentence: str):
    assert PATIENT.say(what) == sentence


@pytest.mark.parametrize(
    ("weeks", "sentence"),
    [(1, "1 savaitė"), (6, "6 savaitės"), (12, "12 savaičių"), (21, "21 savaitė")],
)
def test_a_time_in_the_phase_is_compared_with_a_time_in_the_nominative(weeks: int, sentence: str):
    test = nodes.Compare(nodes.TimeInPhase(), ">=", timedelta(weeks=weeks))
    assert CLINICIAN.say(said_of_test(test)) == f"laikas fazėje – ne mažiau kaip {sentence}"


def test_a_mark_of_the_course_begins_with_its_days_in_words():
    record = read_record(ROOT / "examples" / "case.yaml")
    begins = {row.sentence.partition(":")[0] for row in timeline.rows(record, None, CLINICIAN)}
    assert {
        "Nuo 0 dienos",
        "Nuo 0 iki apie 30 dienos",
        "Apie 30 dieną",
        "0 diena, rytą",
        "Apie −183 dieną",
    } <= begins


@pytest.mark.parametrize("language", ["en", "lt"])
def test_a_number_below_zero_has_a_minus_sign_and_not_a_hyphen(language: str):
    speaking = catalogue(language)
    assert (speaking.number(-183), speaking.decimals(-1.5, 0)) == (
        "−183",
        "−2",
    )


def test_the_drugs_of_a_session_are_named_in_the_language():
    printed = "\n".join(session_lines(plan_session(REPORT), CLINICIAN, everything=False))
    assert ("ketoprofenas: 100 mg" in printed, "lidokainas: 40 mg" in printed) == (True, True)


def test_no_translated_text_has_a_hyphen_for_a_minus():
    texts = [text for entry in all_entries("lt", "clinician") for text in entry.texts]
    assert [text for text in texts if re.search(r"[ (]-\d", text)] == []


def test_the_points_of_a_judgement_below_zero_have_a_minus_sign(capsys: pytest.CaptureFixture[str]):
    main(["causality", str(ROOT / "examples" / "case.yaml"), "--exposure", "massage", "--outcome", "pain"])
    assert "−1  Are there other causes" in capsys.readouterr().out
