"""Amounts: units, conversion and sums are exact."""

from __future__ import annotations

from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given

from assuage.record.entries import Dose
from assuage.safety.amounts import TOLERANCE, convert, exact, factor, over, shown_amount, spelled, total


@pytest.mark.parametrize(
    ("amount", "unit", "into", "substance", "gives"),
    [
        (1, "g", "mg", "", 1000),
        (250, "mcg", "mg", "", Fraction(1, 4)),
        (1, "kg", "g", "", 1000),
        (1, "mg", "kg", "", Fraction(1, 1_000_000)),
        (5, "ng", "mcg", "", Fraction(1, 200)),
        (1, "mcg", "ng", "", 1000),
        (1, "kg", "mcg", "", 10**9),
        (2000, "IU", "mcg", "vitamin_d3", 50),
        (2, "kIU", "mcg", "vitamin_d3", 50),
        (50, "mcg", "IU", "vitamin_d3", 2000),
        (1, "mg", "IU", "vitamin_d3", 40_000),
        (1, "kIU", "IU", "vitamin_d3", 1000),
        (2, "ml 50 mg/ml", "mg", "ketoprofen", 100),
        (2, "ml of 2 %", "mg", "lidocaine", 40),
        (2, "ml (2%)", "mg", "lidocaine", 40),
        (4, "ml 100 mg/2 ml", "mg", "ketoprofen", 200),
        (1, "l 2%", "g", "lidocaine", 20),
        (2, "ml 0,5 mg/ml", "mcg", "x", 1000),
        (2, "ml 50 µg/ml", "mg", "x", Fraction(1, 10)),
        (2, "ml 50 ug/ml", "mg", "x", Fraction(1, 10)),
        (3, "ml 400 IU/ml", "mcg", "vitamin_d3", 30),
        (7, "tablets", "tablets", "", 7),
    ],
)
def test_units_convert_exactly(amount: float, unit: str, into: str, substance: str, gives: Fraction):
    assert convert(amount, unit, into, substance) == gives


@pytest.mark.parametrize(
    ("unit", "into", "substance"),
    [
        ("tablet", "mg", ""),
        ("mmol", "mg", "magnesium"),
        ("ml", "mg", "lidocaine"),
        ("IU", "mg", "creatine"),
        ("ml 400 IU/ml", "mg", "creatine"),
        ("mg", "tablet", ""),
        ("drops", "mg", ""),
        ("ml 5 mmol/ml", "mg", ""),
        ("ml 50 mg/0 ml", "mg", ""),
    ],
)
def test_what_has_no_conversion_has_none(unit: str, into: str, substance: str):
    assert factor(unit, into, substance) is None
    assert convert(1, unit, into, substance) is None


@pytest.mark.parametrize("unit", ["ug", "µg", "μg", "mcg", "MCG", "Microgram"])
def test_one_unit_has_one_spelling(unit: str):
    assert spelled(unit) == "mcg"
    assert factor(unit, "mg") == Fraction(1, 1000)


@given(st.decimals(0, 1_000_000, places=4), st.sampled_from(["ng", "mcg", "mg", "g", "kg"]))
def test_there_and_back_is_the_same_number(amount: object, unit: str):
    there = convert(str(amount), unit, "mg", "")
    assert there is not None
    back = there * (factor("mg", unit) or 0)
    assert back == exact(str(amount))


@given(st.lists(st.integers(1, 99_999), min_size=1, max_size=9))
def test_a_sum_of_decimals_is_the_decimal_sum(tenths: list[int]):
    doses = tuple(Dose(tenth / 10, "mg") for tenth in tenths)
    assert total([doses], "mg", "x").peak == Fraction(sum(tenths), 10)
    assert total([(dose,) for dose in doses], "mg", "x") == total([doses], "mg", "x")


def test_a_sum_keeps_apart_what_is_unreadable_and_what_is_not_recorded():
    found = total([(Dose(1, "g"), Dose(2, "tablets")), (), ()], "mg", "x")
    assert (found.least, found.most, found.peak) == (1000, 1000, 1000)
    assert found.unreadable == (Dose(2, "tablets"),)
    assert found.unrecorded == 2
    assert not found.complete
    assert not total([(Dose(2, "tablets"),)], "mg", "x").complete
    assert not total([()], "mg", "x").complete
    assert total([(Dose(1, "mg"),)], "mg", "x").complete


@pytest.mark.parametrize(
    ("dose", "amounts"),
    [
        (Dose(25, "mg", "every other day"), ("12.5", "12.5", "25")),
        (Dose(4, "mg", "every 6 hours"), ("16", "16", "16")),
        (Dose(10, "mg", "nocte", low=5), ("5", "10", "10")),
        (Dose(100, "mg", "four to six times a day"), ("400", "600", "600")),
        (Dose(50, "mg", "as needed up to 4 times a day"), ("0", "200", "200")),
        (Dose(1, "g", "as needed, max 3 g a day"), ("0", "3000", "3000")),
        (Dose(1, "g", "every 4 hours, max 4 g a day"), ("4000", "4000", "4000")),
        (Dose(2, "mg", "1-0-½"), ("3", "3", "3")),
        (Dose(25, "mcg/h", "every 72 h"), ("0.6", "0.6", "0.6")),
        (Dose(15, "mg", "weekly on Monday"), ("15/7", "15/7", "15")),
    ],
)
def test_a_frequency_multiplies_a_dose_exactly(dose: Dose, amounts: tuple[str, str, str]):
    day = total([(dose,)], "mg", "x")
    assert (day.least, day.most, day.peak) == tuple(map(Fraction, amounts))
    assert day.complete


@pytest.mark.parametrize(
    "when", ["sometimes", "as needed", "twice a day and as needed", "max 2 tablets a day"]
)
def test_a_frequency_without_an_upper_end_counts_one_dose_at_most_and_is_asked(when: str):
    day = total([(Dose(50, "mg", when),)], "mg", "x")
    assert (day.least, day.most, day.peak) == (0, 50, 50)
    assert day.untimed == (Dose(50, "mg", when),)
    assert not day.complete


def test_over_means_by_more_than_a_millionth():
    assert Fraction(1, 1_000_000) == TOLERANCE
    assert not over(Fraction(200), Fraction(200))
    assert not over(exact("200.0002"), Fraction(200))
    assert over(exact("200.00020001"), Fraction(200))
    assert not over(exact("199.99"), Fraction(200))
    assert not over(exact("0.9"), Fraction(1))
    assert over(exact("2.5"), Fraction(2))


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("250", "250"),
        ("0.25", "0.25"),
        ("12345.5", "12345.5"),
        ("4/7", "0.571"),
        ("1/8", "0.125"),
    ],
)
def test_amounts_are_shown_as_people_write_them(amount: str, said: str):
    assert shown_amount(Fraction(amount)) == said


@pytest.mark.parametrize(
    ("written", "number"), [("12,5", "25/2"), (0.1, "1/10"), (3, "3"), (1e-07, "1/10000000")]
)
def test_a_number_is_taken_as_written(written: float | str, number: str):
    assert exact(written) == Fraction(number)


def test_the_units_library_is_not_imported_for_one_and_the_same_unit():
    import subprocess
    import sys

    code = (
        "import sys; from assuage.safety.check import check;"
        "from assuage.safety.amounts import factor; factor('mg', 'mg'); factor('IU', 'mcg', 'vitamin_d3');"
        "sys.exit('pint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("unit", "gives"),
    [
        ("µg", "mcg"),
        ("μg", "mcg"),
        ("ug", "mcg"),
        ("ml 50 ug/ml", "ml 50 mcg/ml"),
        ("ml 50 µg/ml", "ml 50 mcg/ml"),
    ],
)
def test_every_way_of_writing_microgram_is_one_unit(unit, gives):
    assert spelled(unit) == gives


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Fraction(12345), "12345"),
        (Fraction(4937, 4), "1234.25"),
        (Fraction(6171, 5), "1234.2"),
        (Fraction(12341, 10), "1234.1"),
        (Fraction(2469, 2), "1234.5"),
        (Fraction(4, 7), "0.571"),
    ],
)
def test_an_amount_is_shown_whole_where_it_is_a_short_decimal(amount, text):
    assert shown_amount(amount) == text
