"""The words people write for conditions: what is read, in three languages and by code, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.errors import Problems
from assuage.record.entries import FindingEntry
from assuage.record.timeline import Timeline
from assuage.safety.formulary import CONDITION_RULES
from assuage.safety.known import known_conditions
from assuage.safety.regimen import check_regimen
from assuage.terms.answers import NO, YES
from assuage.terms.condition_words import CONDITION_WORDS, WHOLE_WORDS
from assuage.terms.conditions import (
    CONDITIONS,
    conditions_ruled_out,
    find_condition,
    find_conditions,
    near_conditions,
    words_of,
)


def named(word: str) -> list[str]:
    return [condition.id for condition in find_conditions(word)]


def known(what: str, state: str) -> dict[str, object]:
    finding = FindingEntry(place=0, day=0, what=what, state=state)  # type: ignore[arg-type]
    return dict(known_conditions(Timeline.of([finding])))


@pytest.mark.parametrize(
    ("word", "condition"),
    [
        ("angle-closure glaucoma", "glaucoma_narrow"),
        ("Engwinkelglaukom", "glaucoma_narrow"),
        ("glaucoma", "glaucoma_narrow"),  # of no kind that is said: read on the cautious side
        ("COPD", "sleep_apnoea"),
        ("haemophiliac", "bleeding_disorder"),
        ("neutropenic", "immunosuppressed"),
        ("had a fit", "epilepsy"),
        ("had seizures", "epilepsy"),
        ("LOPL", "sleep_apnoea"),
        ("gastric ulcer", "peptic_ulcer"),
        ("duodenal ulcer", "peptic_ulcer"),
        ("opaligė", "peptic_ulcer"),
        ("Magengeschwür", "peptic_ulcer"),
        ("GI bleed", "gi_bleed"),
        ("congestive heart failure", "heart_failure"),
        ("širdies nepakankamumas", "heart_failure"),
        ("sirdies nepakankamumas", "heart_failure"),
        ("Herzinsuffizienz", "heart_failure"),
        ("angina", "ischaemic_heart_disease"),
        ("myocardial infarction", "recent_mi"),
        ("prolonged QTc", "long_qt"),
        ("CKD stage 3", "ckd_30_59"),
        ("renal failure", "ckd_30_59"),
        ("pregnancy", "pregnancy_t1"),
        ("pregnancy 8 weeks", "pregnancy_t1"),
        ("NSAID allergy", "nsaid_hypersensitivity"),
        ("aspirin allergy", "nsaid_hypersensitivity"),
        ("AERD", "nsaid_hypersensitivity"),
        ("asthma", "asthma"),
        ("suicidal ideation", "suicidality"),
        ("diabetes", "immunosuppressed"),
        ("diabetes mellitus", "immunosuppressed"),
        ("hyponatraemia", "hyponatraemia"),
        ("alcohol dependence", "substance_use"),
        ("Graves disease", "hyperthyroidism"),
        ("Vorhofflimmern", "arrhythmia"),
        ("prieširdžių virpėjimas", "arrhythmia"),
        ("epilepsija", "epilepsy"),
        ("Niereninsuffizienz", "ckd_30_59"),
    ],
)
def test_the_words_people_write_are_read_as_their_condition(word: str, condition: str):
    first = find_condition(word)
    assert first is not None
    assert first.id == condition


@pytest.mark.parametrize(
    "word",
    [
        *(
            "no asthma",
            "?glaucoma",
            "family history of epilepsy",
            "asthma as a child",
            "asthma?",
            "not pregnant",
        ),
        *(
            "hypertension",
            "penicillin allergy",
            "migraine",
            "B12",
            "M79.7",
            "12 weeks",
            "possible CKD",
        ),
    ],
)
def test_denials_doubts_and_other_things_name_no_condition(word: str):
    assert named(word) == []


@pytest.mark.parametrize(
    ("word", "conditions"),
    [
        ("pregnancy", ["pregnancy_t1", "pregnancy_t2", "pregnancy_t3", "pregnancy_ge20w"]),
        ("8 weeks pregnant", ["pregnancy_t1"]),
        ("pregnancy, 13 weeks", ["pregnancy_t1"]),
        ("pregnancy 14 weeks", ["pregnancy_t2"]),
        ("nėštumas 20 savaičių", ["pregnancy_t2", "pregnancy_ge20w"]),
        ("Schwangerschaft 28. SSW", ["pregnancy_t3", "pregnancy_ge20w"]),
        ("pregnancy 50 weeks", []),
    ],
)
def test_a_pregnancy_is_read_by_its_weeks_and_without_them_as_every_part(word: str, conditions: list[str]):
    assert named(word) == conditions


@pytest.mark.parametrize(
    ("code", "conditions"),
    [
        ("I50", ["heart_failure"]),
        ("I50.9", ["heart_failure"]),
        ("i509", ["heart_failure"]),
        ("ICD-10: I50.1", ["heart_failure"]),
        ("I21.4", ["recent_mi", "ischaemic_heart_disease"]),
        ("K25.4", ["peptic_ulcer", "gi_bleed"]),
        ("K25.7", ["peptic_ulcer"]),
        ("N18.3", ["ckd_30_59"]),
        ("N18.4", ["ckd_lt30"]),
        ("H40.2", ["glaucoma_narrow"]),
        ("H40.1", []),
        ("I10", []),
    ],
)
def test_a_code_is_read_as_what_it_implies(code: str, conditions: list[str]):
    assert named(code) == conditions


def test_that_a_part_is_absent_says_nothing_of_the_whole():
    assert known("stroke", "present")["ischaemic_heart_disease"] is YES
    assert "ischaemic_heart_disease" not in known("stroke", "absent")
    assert "immunosuppressed" not in known("diabetes", "absent")
    assert known("peptic ulcer", "absent")["peptic_ulcer"] is NO
    assert known("pregnancy", "absent")["pregnancy_t3"] is NO
    assert "ischaemic_heart_disease" not in known("myocardial infarction", "absent")
    assert known("myocardial infarction", "absent")["recent_mi"] is NO


def test_every_condition_that_a_rule_asks_about_has_several_words():
    for key in {rule.condition for rule in CONDITION_RULES}:
        assert len(list(words_of(CONDITIONS[key]))) >= 4, key


def test_every_word_for_the_whole_is_a_word_for_the_condition():
    for key, words in WHOLE_WORDS.items():
        for word in words.split(";"):
            assert CONDITIONS[key] in find_conditions(word), word
            assert CONDITIONS[key] in conditions_ruled_out(word), word


@given(st.sampled_from(sorted(CONDITION_WORDS)), st.data())
def test_a_word_is_read_whatever_its_case_and_its_blanks(key: str, data: st.DataObject):
    word = data.draw(st.sampled_from(list(words_of(CONDITIONS[key]))))
    assert CONDITIONS[key] in find_conditions(f" {word.upper()}  ".replace("-", " "))


@pytest.mark.parametrize("word", ["hypertension", "hypetension", "hipertenzija", "hypertonie", "MS"])
def test_nothing_is_suggested_where_it_could_be_the_opposite_or_something_else(word: str):
    assert near_conditions(word) == ()


def test_a_slip_of_two_letters_is_suggested_and_never_read():
    assert near_conditions("epilepsie") == ()
    assert near_conditions("epilpesy") == ("epilepsy",)
    assert named("epilpesy") == []
    with pytest.raises(Problems, match="did you mean"):
        check_regimen("amitriptyline 10 mg", present=["epilpesy"])
    with pytest.raises(Problems) as raised:
        check_regimen("amitriptyline 10 mg", present=["hypertension"])
    assert "hypotension" not in str(raised.value)


@given(st.sampled_from(sorted(CONDITIONS)), st.data())
def test_what_is_suggested_is_a_word_of_one_condition(key: str, data: st.DataObject):
    word = data.draw(st.sampled_from(list(words_of(CONDITIONS[key]))))
    at = data.draw(st.integers(0, len(word) - 1))
    for suggestion in near_conditions(word[:at] + word[at + 1 :]):
        assert find_conditions(suggestion)
