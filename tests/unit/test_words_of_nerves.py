"""Losses of strength and feeling, serotonin toxicity, mania and the wish to die, told in everyday words, are asked."""

from __future__ import annotations

import pytest

from tests.unit.test_named_in_passing import AMITRIPTYLINE, EXERCISE, NEEDLE, felt, state_of, told


@pytest.mark.parametrize(
    ("example", "words"),
    [
        (NEEDLE, "weak grip since yesterday"),
        (NEEDLE, "nepakelia rankos"),
        (NEEDLE, "rankoje nebėra jėgų"),
        (NEEDLE, "rechte Hand plötzlich ohne Kraft"),
        (NEEDLE, "linkes Bein knickt weg"),
        (NEEDLE, "leg gives way"),
        (NEEDLE, "cannot make a fist"),
        (NEEDLE, "MRC 3/5 in the left deltoid"),
        (NEEDLE, "Gefühl im Schritt weg"),
        (NEEDLE, "nejunta užpakalio"),
        (NEEDLE, "no feeling down below"),
        (EXERCISE, "denkt daran, von der Brücke zu springen"),
        (EXERCISE, "nušokti nuo tilto"),
        (EXERCISE, "plans to drive into a tree"),
        (EXERCISE, "clonus, sweating and agitation since the new tablet"),
        (EXERCISE, "tremor and hyperreflexia on tramadol"),
        (EXERCISE, "Tremor mit gesteigerten Reflexen"),
        (EXERCISE, "muscle rigidity, 39 degrees, sweating"),
        (AMITRIPTYLINE, "talks nonstop and spends recklessly"),
        (AMITRIPTYLINE, "schläft kaum und ist voller Energie"),
        (AMITRIPTYLINE, "beveik nemiega, pilna energijos"),
        (AMITRIPTYLINE, "hat einen Schrittmacher"),
        (AMITRIPTYLINE, "turi širdies stimuliatorių"),
    ],
)
def test_a_danger_in_everyday_words_is_asked_about(example: tuple[str, str], words: str):
    assert state_of(example, felt(words)) == "ask"


@pytest.mark.parametrize(
    "words",
    [
        "cannot lift arms because of pain",
        "weak hands for many years",
        "no weakness of the legs",
        "legs not weak",
        "tremor since childhood",
        "walks well on heels and toes",
        "jumps from topic to topic",
        "tired legs",
        "Beine schwer am Abend",
        "skauda kelius lipant laiptais",
    ],
)
def test_what_has_a_reason_or_is_denied_is_not(words: str):
    assert state_of(NEEDLE, told(words)) == "now"


def test_weakness_of_which_nobody_says_that_it_is_new_is_not():
    assert state_of(NEEDLE, felt("weak legs in the evening", "present")) == "now"
