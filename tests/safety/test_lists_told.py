"""What one entry tells in a list: each part that is a name by itself, as if it had an entry of its own."""

from __future__ import annotations

import pytest

from assuage.pathways.registry import pathway
from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.review.make import review
from assuage.terms.listed import is_list_of_names, told_in_list
from tests.agree.both import assert_same_alerts

NECK_FIRST = pathway("neck-first")
LISTS = """
fever, stiff neck and a headache: RF_INFECTION
numb saddle area, cannot pass urine since yesterday: RF_CAUDA
chest pain, sweating, left arm pain: RF_CARDIAC
shortness of breath; swollen left calf: RF_CARDIAC
black stools and dizziness: RF_GIBLEED
weight loss, night sweats, pain at night: RF_MALIGNANCY
wants to die, has pills at home: RF_SUICIDE
pins and needles in both hands, clumsy, unsteady gait: RF_MYELOPATHY
passed out this morning: RF_ARRHYTHMIA
karščiuoja, sustingęs sprandas, galvos skausmas: RF_INFECTION
stiff neck with fever: RF_INFECTION
dusulys, krūtinės skausmas: RF_CARDIAC
Brustschmerz, Atemnot: RF_CARDIAC
"""
RAISED = [tuple(line.rsplit(": ", 1)) for line in LISTS.strip().splitlines()]


def told(words: str, kind: str, name: str = "a") -> Record:
    """A record in which one entry says so on day 30."""
    state = {"finding": "present", "symptom": "new"}[kind]
    entry = {"day": 30, "kind": kind, "what": words, "state": state}
    return parse_record({"format": "assuage-record/2", "patient": {"id": name}, "entries": [entry]})


@pytest.mark.parametrize("kind", ["finding", "symptom"])
@pytest.mark.parametrize(("words", "flag"), RAISED)
def test_a_sign_in_a_list_raises_its_flag(words: str, flag: str, kind: str):
    alerts = review(told(words, kind), NECK_FIRST, 30).alerts
    assert flag in {alert.id for alert in alerts if alert.tier == "stop"}


@pytest.mark.parametrize("kind", ["finding", "symptom"])
def test_both_engines_read_the_same_lists(kind: str):
    records = [told(words, kind, f"p{number:02}") for number, (words, _) in enumerate(RAISED)]
    assert_same_alerts(NECK_FIRST, records, 30)


@pytest.mark.parametrize(
    "words",
    [
        "fever or stiff neck",
        "possible fever, chest pain",
        "no fever, chest pain, weakness",
        "denies chest pain; dizzy",
        "mother had a stroke, father angina",
        "epilepsy, asthma in childhood",
        "afraid of stroke, heart attack",
        "chest pain, resolved",
        "fever? chest pain",
        "pain with swelling",
        "GORD, IBS, migraine",
        "fever",
    ],
)
def test_words_that_leave_it_open_tell_nothing_of_their_parts(words: str):
    assert told_in_list(words) == ()


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("asthma and diabetes", ("asthma", "diabetes")),
        ("bipolar disorder, epilepsy", ("bipolar disorder", "epilepsy")),
        ("kidney disease stage 3, glaucoma", ("kidney disease stage 3", "glaucoma")),
        ("nėščia, dusulys", ("nėščia", "dusulys")),
        ("the patient has fever and chills", ("fever", "chills")),
        ("rash and fever", ("fever",)),
    ],
)
def test_the_parts_of_a_list_that_are_names_are_told(words: str, parts: tuple[str, ...]):
    assert told_in_list(words) == parts


def test_a_list_is_read_only_where_every_part_is():
    assert is_list_of_names("asthma and diabetes")
    assert not is_list_of_names("rash and fever")
