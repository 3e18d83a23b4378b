"""Refusals, wishes and allergies in everyday words of three languages hold back or ask; other words do not."""

from __future__ import annotations

import pytest

from tests.unit.test_named_in_passing import AMITRIPTYLINE, EXERCISE, NEEDLE, state_of, told


@pytest.mark.parametrize(
    ("example", "words", "state"),
    [
        (NEEDLE, "wants to stop the needles", "withheld"),
        (NEEDLE, "no needles please", "withheld"),
        (NEEDLE, "keine Nadeln mehr", "withheld"),
        (NEEDLE, "adatų nenori", "withheld"),
        (NEEDLE, "keine Spritzen", "ask"),  # perhaps only that there are none
        (NEEDLE, "says no to the injections", "ask"),
        (NEEDLE, "no fear of needles", "now"),
        (NEEDLE, "asks when the next injections are", "now"),
        (EXERCISE, "will nicht trainieren", "withheld"),
        (EXERCISE, "atsisako mankštos", "withheld"),
        (EXERCISE, "lehnt Krankengymnastik ab", "withheld"),
        (EXERCISE, "wants to stop exercising", "withheld"),
        (EXERCISE, "no exercise please", "withheld"),
        (EXERCISE, "no exercise intolerance", "now"),
        (EXERCISE, "physiotherapy helped", "now"),
        (AMITRIPTYLINE, "wants to stop all medication", "withheld"),
        (AMITRIPTYLINE, "keine Tabletten", "ask"),
        (AMITRIPTYLINE, "no tablets today", "now"),
    ],
)
def test_a_refusal_in_everyday_words_holds_back_or_asks(example: tuple[str, str], words: str, state: str):
    assert state_of(example, told(words)) == state


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("nori pastoti", "ask"),
        ("Kinderwunsch", "ask"),
        ("G2P1, 20+3", "ask"),
        ("G1P0 12 weeks", "ask"),
        ("two pregnancies in 2010", "now"),
        ("does not want more children", "now"),
    ],
)
def test_a_pregnancy_that_is_wished_for_or_counted_in_weeks_is_asked_about(words: str, state: str):
    assert state_of(AMITRIPTYLINE, told(words), sex="female", age=30) == state


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("alergija vietiniams anestetikams", "withheld"),
        ("Allergie gegen Pflaster", "ask"),
        ("Latexallergie", "ask"),
        ("chlorhexidine allergy", "ask"),
        ("alergija jodui", "ask"),
        ("itchy rash from sticking plasters", "ask"),
        ("alergija Xyzzolui", "ask"),
        ("Allergie auf Xyzzol", "ask"),
        ("no latex allergy", "now"),
        ("keine Latexallergie", "now"),
        ("alergija žiedadulkėms", "now"),
        ("Katzenallergie", "now"),
        ("Überempfindlichkeit gegen Licht", "now"),
        ("her son is allergic to latex", "now"),
    ],
)
def test_an_allergy_is_heard_in_three_languages(words: str, state: str):
    assert state_of(NEEDLE, told(words)) == state
