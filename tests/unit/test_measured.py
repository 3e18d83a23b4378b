"""Numbers of measurements: read whole or not, turned into one unit, and what they come to."""

from __future__ import annotations

from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given

from assuage.record.care_entries import MeasurementEntry
from assuage.terms.answers import NO, YES, Answer
from assuage.terms.conditions import CONDITIONS
from assuage.terms.measured import (
    ckd_epi_2021,
    conclusions,
    egfr_of_creatinine,
    measured_in_text,
    measured_value,
    unit_of,
)
from assuage.terms.quantities import QUANTITIES, find_quantity, quantity_names
from assuage.terms.units import unit_factor


def concluded(what: str, result: str | None = None) -> dict[str, Answer]:
    """What the numbers of a finding come to."""
    return {
        conclusion.condition: conclusion.answer
        for value in measured_in_text(what, result)
        for conclusion in conclusions(value)
    }


# --- others' numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("creatinine", "age", "sex", "egfr"),
    [
        (1.2, 55, "male", 71),  # National Kidney Foundation's calculator
        (1.14, 34, "male", 86.5),  # these and the next: reference values of two independent implementations
        (0.8, 60, "female", 84.3),
        (0.9, 40, "male", 110.7),
        (1.8, 55, "male", 43.9),
        (1.8, 55, "female", 32.9),
    ],
)
def test_the_ckd_epi_equation_of_2021_gives_published_values(
    creatinine: float, age: int, sex: str, egfr: float
):
    digits = 0 if isinstance(egfr, int) else 1
    assert round(ckd_epi_2021(creatinine, age, sex == "female"), digits) == egfr


@pytest.mark.parametrize(
    ("quantity", "unit", "factor"),
    [
        ("creatinine", "mg/dL", 88.4),
        ("bilirubin", "mg/dL", 17.1),
        ("calcium", "mg/dL", 0.2495),
        ("glucose", "mg/dL", 0.05551),
        ("vitamin_d_25_oh", "ng/mL", 2.496),
        ("haemoglobin", "g/dL", 10),
        ("sodium", "mEq/L", 1),
    ],
)
def test_molar_masses_give_the_factors_of_the_tables_of_si_units(quantity: str, unit: str, factor: float):
    units = unit_of(QUANTITIES[quantity], unit)
    assert units is not None
    assert float(units[0]) == pytest.approx(factor, rel=5e-4)


# --- by example ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "result", "gives"),
    [
        ("eGFR 22", None, {"ckd_lt30": YES, "ckd_30_59": NO, "creatinine_unknown": NO}),
        ("creatinine", "eGFR 22", {"ckd_lt30": YES, "ckd_30_59": NO, "creatinine_unknown": NO}),
        ("eGFR", "30 ml/min/1.73 m²", {"ckd_lt30": NO, "ckd_30_59": YES, "creatinine_unknown": NO}),
        ("eGFR", "<30", {"ckd_lt30": YES, "ckd_30_59": NO, "creatinine_unknown": NO}),
        ("eGFR", ">60", {"ckd_lt30": NO, "ckd_30_59": NO, "creatinine_unknown": NO}),
        ("eGFR", "28-35", {"creatinine_unknown": NO}),
        ("ALT", "240 U/L (6x ULN)", {"lft_raised_gt3uln": YES, "lft_unknown": NO}),
        ("ALT", "130 U/l (range 10-40)", {"lft_raised_gt3uln": YES, "lft_unknown": NO}),
        ("ALT", "120 U/l (range 10-40)", {"lft_raised_gt3uln": NO, "lft_unknown": NO}),
        ("ALT", "240 U/L", {"lft_unknown": NO}),
        ("ALT", "2000 U/L", {"lft_raised_gt3uln": YES, "lft_unknown": NO}),  # above 3 x ULN by any limit
        ("ALT", "250-2000 U/L", {"lft_unknown": NO}),
        ("ALT", "310 U/L (range 10-110)", {"lft_raised_gt3uln": NO, "lft_unknown": NO}),
        ("QTc 510 ms", None, {"long_qt": YES, "qtc_borderline": NO}),
        ("QTc", "470 ms", {"long_qt": NO, "qtc_borderline": YES}),
        ("QTc", "449 ms", {"long_qt": NO, "qtc_borderline": NO}),
        ("QTc", "0.48 s", {"long_qt": YES, "qtc_borderline": NO}),
        ("INR 3.2", None, {"bleeding_disorder": YES}),
        ("INR", "1.0", {}),
        ("BP", "165/90", {"hypertension_uncontrolled": YES}),
        ("blood pressure 95/60 mmHg", None, {"hypotension": YES}),
        ("BP 120/80", None, {}),
        ("HbA1c", "75 mmol/mol", {"immunosuppressed": YES}),
        ("BMI", "29.9", {"obesity": NO}),
        ("temperature", "38.0 °C", {"fever_systemic": YES}),
        ("temperature", "101 F", {"fever_systemic": YES}),
        ("temperature", "36.8 °C", {}),
        ("sodium", "134 mmol/l", {"hyponatraemia": YES}),
        ("sodium", "135 mmol/l", {"hyponatraemia": NO}),
        ("platelets", "80000/µl", {"bleeding_disorder": YES}),
        ("platelets 80 x10^9/l", None, {"bleeding_disorder": YES}),
        ("calcium", "2.8 mmol/l (range 2.15-2.55)", {"hypercalcaemia": YES}),
        ("25-OH-D", "12 ng/ml", {"vitd_unknown": NO}),
    ],
)
def test_a_number_is_the_conditions_whose_bounds_it_passes(
    what: str, result: str | None, gives: dict[str, Answer]
):
    assert concluded(what, result) == gives


@pytest.mark.parametrize(
    ("quantity", "units"),
    [
        ("temperature", "°C|C|Cel|Celsius|degC|degrees C|[degF]|degF|°F|F|Fahrenheit|Grad Celsius|laipsniai"),
        ("systolic", "mmHg|mm Hg|mm[Hg]|torr"),
        ("heart_rate", "/min|bpm|{beats}/min|1/min|Schläge/min|k/min"),
        ("egfr", "ml/min/1.73m2|mL/min/{1.73_m2}|mL/min/1.73.m2|ml/min"),
        ("inr", "|{INR}|1|ratio"),
        ("hba1c", "%|mmol/mol|mmol/mol{Hb}"),
        ("tsh", "mU/L|m[IU]/L|u[IU]/mL|µIU/ml"),
        ("platelets", "10*9/L|10*3/uL|/uL|G/L|Tsd/µl|tys./µl"),
        ("alt", "U/L|[IU]/L|ukat/L"),
        ("weight", "kg|g|lb|lbs|[lb_av]"),
        ("height", "cm|m|[in_i]|in"),
        ("bmi", "kg/m2|kg/m^2|kg/m²"),
    ],
)
def test_a_unit_is_read_as_laboratories_and_ucum_write_it(quantity: str, units: str):
    assert [unit for unit in units.split("|") if unit_of(QUANTITIES[quantity], unit) is None] == []


@pytest.mark.parametrize(
    ("unit", "unread"),
    [("°C", ()), ("Cel", ()), ("", ()), ("apples", ("temperature 38.9 apples",))],
)
def test_a_number_in_no_unit_of_its_quantity_is_told_as_unread(unit: str, unread: tuple[str, ...]):
    entry = MeasurementEntry(place=0, day=0, what="temperature", value=38.9, unit=unit or None)
    assert tuple(words for words, known in entry.named if not known) == unread


@pytest.mark.parametrize(
    ("what", "result"),
    [
        ("creatinine", "1.2"),  # mg/dl or µmol/l
        ("platelets", "80,000 /µl"),  # thousands or a decimal
        ("QTc", "510 ms after the dose was doubled"),
        ("QTc", "5100 ms"),
        ("eGFR", "22 apples"),
        ("weight loss", None),
        ("ALT", "normal"),
        ("asthma", "22"),
        ("sodium", "128 mmol/l or 138"),
    ],
)
def test_what_is_not_read_whole_comes_to_nothing(what: str, result: str | None):
    assert measured_in_text(what, result) == ()


def test_a_creatinine_comes_to_an_egfr_that_names_it():
    (creatinine,) = measured_in_text("creatinine", "2.2 mg/dL")
    egfr = egfr_of_creatinine(creatinine, 66, female=True)
    assert (egfr.low, egfr.high) == (24, 24)
    assert egfr.shown == "eGFR 24 ml/min/1.73 m² (CKD-EPI 2021; creatinine 2.2 mg/dL)"


# --- the table and properties ---------------------------------------------------------------------------


def test_every_condition_of_the_table_is_one_and_every_name_has_one_quantity():
    for quantity in QUANTITIES.values():
        assert {cut.condition for cut in quantity.cuts} <= CONDITIONS.keys()
        assert all(
            find_quantity(name) is quantity for name in (quantity.id, *quantity.names, *quantity.loinc)
        )
    assert len(quantity_names()) >= len(QUANTITIES)


@given(
    st.sampled_from(["creatinine", "glucose", "calcium", "bilirubin", "vitamin_d_25_oh"]),
    st.fractions(Fraction(1, 10), 500),
)
def test_there_and_back_through_a_molar_mass_is_the_same_number(name: str, value: Fraction):
    quantity = QUANTITIES[name]
    there = unit_factor("mg/dl", "mmol/l", quantity.molar_mass)
    back = unit_factor("mmol/l", "mg/dl", quantity.molar_mass)
    assert there is not None
    assert back is not None
    assert value * there * back == value


@given(
    st.sampled_from(sorted(QUANTITIES)),
    st.fractions(0, 1),
    st.fractions(0, 1),
    st.sampled_from([None, 40]),
)
def test_a_range_concludes_only_what_both_its_ends_conclude(
    name: str, first: Fraction, second: Fraction, limit: int | None
):
    quantity = QUANTITIES[name]
    lowest, highest = map(Fraction, quantity.plausible)
    low, high = (lowest + share * (highest - lowest) for share in sorted((first, second)))
    upper = None if limit is None else Fraction(limit)
    values = [
        measured_value(quantity, *ends, quantity.unit, "x", upper)
        for ends in ((low, high), (low, low), (high, high))
    ]
    whole, *ends = (
        {each.condition: each.answer for each in conclusions(value)} for value in values if value is not None
    )
    for condition, answer in whole.items():
        assert all(end.get(condition) is answer for end in ends)


@given(st.fractions(Fraction(1, 2), 8), st.integers(18, 90), st.booleans())
def test_more_creatinine_is_less_egfr(creatinine: Fraction, age: int, female: bool):
    less = ckd_epi_2021(float(creatinine), age, female)
    assert ckd_epi_2021(float(creatinine) * 1.1, age, female) < less


@pytest.mark.parametrize(
    ("names", "quantity"),
    [
        ("bilirubin total|Gesamtbilirubin|total bilirubin", "bilirubin"),
        ("ALAT (GPT)|serum ALT level", "alt"),
        ("QTc Bazett|QTc(F)|ECG QTc|QTcF", "qtc"),
        ("eGFR CKD-EPI|GFR (CKD-EPI)|eGFR (MDRD)", "egfr"),
        ("INR (TNS)", "inr"),
        ("BP systolic|blood pressure systolic|AKS sistolinis|systolischer Blutdruck", "systolic"),
        ("Herzfrequenz|ŠSD|pulse rate", "heart_rate"),
        ("body temp|Körpertemperatur|Kūno temperatūra", "temperature"),
        ("ANC|absolute neutrophil count", "neutrophils"),
    ],
)
def test_a_quantity_is_known_by_the_names_that_laboratories_print(names: str, quantity: str):
    assert {name: getattr(find_quantity(name), "id", None) for name in names.split("|")} == dict.fromkeys(
        names.split("|"), quantity
    )


@pytest.mark.parametrize(
    "name",
    [
        *(
            "ALT (pleural fluid)",
            "urine creatinine",
            "creatinine (urine)",
            "direct bilirubin",
            "bilirubin (direct)",
        ),
        *(
            "ionised calcium",
            "CK (MB)",
            "mean platelet volume",
            "sodium intake",
            "potassium tablets",
            "total",
            "QT",
        ),
    ],
)
def test_another_quantity_is_not_taken_for_one_whose_name_it_holds(name: str):
    assert find_quantity(name) is None


@pytest.mark.parametrize(
    ("result", "asks"),
    [
        ("30 µmol/l (range 3-14)", True),
        ("30 µmol/l (range 3-17)", False),
        ("30 µmol/l", False),
        ("2.5x ULN", True),
        ("36 µmol/l (range 5-21)", True),
    ],
)
def test_a_bilirubin_above_twice_its_limit_asks_for_the_liver(result: str, asks: bool):
    (value,) = measured_in_text("bilirubin", result)
    assert value.quantity.is_asked_about(value.low, value.limits) is asks
