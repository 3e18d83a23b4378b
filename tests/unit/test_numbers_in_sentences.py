"""Numbers inside a sentence are read as the measurement would be, or asked about: never silent."""

from __future__ import annotations

import pytest

from assuage.terms.measured import measured_in_text
from assuage.terms.numbers_in_passing import numbers_in_passing
from tests.documented import Plain
from tests.unit.test_named_in_passing import AMITRIPTYLINE, felt, measured, state_of, told


@pytest.mark.parametrize(
    ("words", "quantity", "value"),
    [
        ("sodium came back at 116", "sodium", 116),
        ("her sodium was down to 116 mmol/l today", "sodium", 116),
        ("the lab called: sodium 116", "sodium", 116),
        ("natris nukrito iki 118", "sodium", 118),
        ("natrio rasta 118", "sodium", 118),
        ("Natrium ist von 140 auf 116 gefallen", "sodium", 116),
        ("Kalium lag bei 6,4 mmol/l", "potassium", 6.4),
        ("INR went up to 6.2", "inr", 6.2),
        ("BP was 225 over 130 today", "systolic", 225),
        ("Blutdruck 230 zu 130", "systolic", 230),
        ("QTc in der EKG 510", "qtc", 510),
        ("post-void residual 400 ml", "residual_urine", 400),
        ("O2 sats 84%", "oxygen_saturation", 84),
    ],
)
def test_a_sentence_that_only_reports_a_number_is_read_as_the_number(words: str, quantity: str, value: float):
    first = measured_in_text(words, None)[0]
    assert (first.quantity.id, float(first.low)) == (quantity, value)


@pytest.mark.parametrize(
    ("words", "quantity"),
    [
        ("bleeding gums, INR went up to 6.2", "inr"),
        ("sodium bottomed out at 116", "sodium"),
        ("hyperkalaemia of 6.9", "potassium"),
        ("2.4 mmol/l potassium", "potassium"),
        ("trombocitai katastrofiškai nukrito iki 12", "platelets"),
        ("Patientin mit Kalium 6,9 mmol/l", "potassium"),
    ],
)
def test_a_number_beside_other_words_is_one_in_passing(words: str, quantity: str):
    assert [number.quantity.id for number in numbers_in_passing(words) if number.far_out] == [quantity]


@pytest.mark.parametrize(
    "words",
    [
        "got 5 injections",
        "calcium 600 mg daily",
        "sodium valproate 500 mg",
        "sodium 3 weeks ago",
        "aim INR 2.5",
        "her mother had sodium 116",
        "heart rate variability 30 ms",
        "alt 30 Jahre",
        "vitamin d 2000 IU",
        "potassium was 6.9 ten years ago",
    ],
)
def test_a_number_of_something_else_or_of_others_is_none(words: str):
    assert not numbers_in_passing(words)


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (told("sodium came back at 116"), "ask"),
        (felt("platelets fell to 30"), "ask"),
        (told("Hb down to 6.8"), "ask"),
        (told("Kalium lag bei 6,4"), "ask"),
        (told("Kalium lag bei 4,4"), "now"),
        (told("platelets rose to 250"), "now"),
        (told("bleeding gums, INR went up to 6.2"), "ask"),
        (told("QTc heute bei 510 ms"), "withheld"),
        (told("vitamin D 160 ng/ml"), "ask"),
        (told("vitamin D 2000 IU daily"), "now"),
        (told("PHQ-9 26"), "ask"),
        (felt("scored 25 on the PHQ-9"), "ask"),
        (told("PHQ-9 fell from 22 to 8"), "now"),
        (told("her sister's PHQ-9 was 26"), "now"),
        (told("PR 320 ms"), "ask"),
        (told("PR interval 0.28 s"), "ask"),
        (told("PR 160 ms"), "now"),
        (measured("QRS", 160, "ms"), "ask"),
        (measured("QRS", 90, "ms"), "now"),
        (measured("her sodium today", 116, "mmol/l"), "ask"),
        (measured("residual volume of urine", 400, "ml"), "ask"),
    ],
)
def test_a_number_in_a_sentence_is_never_silent(entry: Plain, state: str):
    assert state_of(AMITRIPTYLINE, entry) == state
