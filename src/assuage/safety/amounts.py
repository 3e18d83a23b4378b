"""Amounts with units: read, converted and summed per day, exactly.

Fractions throughout, so that 0.1 + 0.2 is 0.3. The units library is imported only when two units differ (its
import is slow), and each conversion is asked for once. What cannot be converted is returned as such, never
dropped: a caller turns it into a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache, lru_cache

from msgspec import Struct

from assuage.patterns import kept_pattern
from assuage.record.entries import Dose
from assuage.terms.dosing import read_frequency
from assuage.terms.frequency import ONCE_A_DAY, Frequency
from assuage.terms.units import unit_registry
from assuage.terms.written_numbers import number_in_text

# Units that are one and the same, in the spelling used here.
_SPELLED: dict[str, str] = {
    "ug": "mcg",
    "microgram": "mcg",
    "micrograms": "mcg",
    "milligram": "mg",
    "milligrams": "mg",
    "gram": "g",
    "grams": "g",
    "kilogram": "kg",
    "iu": "IU",
    "ui": "IU",
    "i.u.": "IU",
    "ie": "IU",
    "i.e.": "IU",
    "tv": "IU",
    "t.v.": "IU",
    "mkg": "mcg",
    "mikrogramm": "mcg",
    "mikrogramai": "mcg",
    "milligramm": "mg",
    "miligramai": "mg",
    "gramm": "g",
    "gramai": "g",
    "kiu": "kIU",
    "millilitre": "ml",
    "milliliter": "ml",
    "millilitres": "ml",
    "milliliters": "ml",
}
_MASSES = frozenset({"ng", "mcg", "mg", "g", "kg"})
# Colecalciferol: 40 IU are 1 mcg (EFSA 2023). No other substance here has units of activity.
_IU_PER_MCG: dict[str, int] = {"vitamin_d3": 40}

_NUMBER = r"\d+(?:[.,]\d+)?"
_STRENGTH = kept_pattern(
    rf"(?P<volume>ml|l)\s*(?:of\s*|x\s*|@\s*|à\s*)?\(?\s*"
    rf"(?:1\s*:\s*(?P<parts>\d[\d,.\s]*)"
    rf"|(?P<amount>{_NUMBER})\s*(?P<mass>ng|mcg|mg|g|iu|kiu)\s*/\s*(?P<per>{_NUMBER})?\s*ml|(?P<percent>{_NUMBER})\s*%)"
    rf"\s*\)?"
)

# A millionth (ours): no syringe and no tablet is that exact, and a float that went through a sum is not either.
TOLERANCE = Fraction(1, 1_000_000)


def exact(number: float | int | str) -> Fraction:
    """The number exactly as it is written, not as the nearest binary fraction."""
    return Fraction(str(number).replace(",", "."))


def spelled(unit: str) -> str:
    """A unit in the one spelling used here: `µg`, `ug` and `microgram` are `mcg`."""
    plain = " ".join(unit.lower().replace("µ", "u").replace("μ", "u").split())
    return _SPELLED.get(plain, plain).replace("ug", "mcg")


class _Measure(Struct, frozen=True):
    """A unit as the units library writes it, and the number it stands for."""

    unit: str
    times: Fraction = Fraction(1)


def _measure(unit: str, substance: str) -> _Measure | None:
    plain = spelled(unit)
    if plain in _MASSES:
        return _Measure(plain)
    if plain in ("IU", "kIU", "unit", "units", "einheiten", "vienetai"):
        per = _IU_PER_MCG.get(substance)
        return None if per is None else _Measure("mcg", Fraction(1000 if plain == "kIU" else 1, per))
    if plain.endswith("/h"):  # what a patch gives off: an amount a day
        inner = _measure(plain.removesuffix("/h"), substance)
        return None if inner is None else _Measure(inner.unit, inner.times * 24)
    match = _STRENGTH.fullmatch(plain)
    if match is None:
        return None
    if match["parts"]:  # 1:1000 is 1 g in 1000 ml
        digits = re.sub(r"[\s,.]", "", match["parts"])
        return _Measure(f"{match['volume']} * g / ml", Fraction(1, int(digits))) if int(digits) else None
    if any(
        not isinstance(number_in_text(number), Fraction)
        for number in (match["amount"], match["per"], match["percent"])
        if number is not None
    ):
        return None  # "1,000 mg/ml" has two readings
    if match["percent"]:  # weight per volume: 1 % is 1 g in 100 ml
        return _Measure(f"{match['volume']} * g / ml", exact(match["percent"]) / 100)
    inner = _measure(match["mass"], substance)
    per = exact(match["per"] or 1)
    if inner is None or not per:
        return None
    strength = exact(match["amount"]) / per
    return _Measure(f"{match['volume']} * {inner.unit} / ml", inner.times * strength)


@cache
def factor(unit: str, into: str, substance: str = "") -> Fraction | None:
    """How many `into` one `unit` of a substance is; None where no conversion exists (tablets, mmol)."""
    return _ratio(unit, into, substance)


def _ratio(unit: str, into: str, substance: str) -> Fraction | None:
    if spelled(unit) == spelled(into):
        return Fraction(1)
    given, target = _measure(unit, substance), _measure(into, substance)
    if given is None or target is None:
        return None
    if given.unit == target.unit:
        return given.times / target.times
    units = unit_registry()
    ratio = units.Quantity(given.unit).to(target.unit).magnitude
    return Fraction(ratio) * given.times / target.times


def convert(amount: float | str, unit: str, into: str, substance: str) -> Fraction | None:
    """The amount in another unit, exactly; None where no conversion exists."""
    times = factor(unit, into, substance)
    return None if times is None else exact(amount) * times


class Total(Struct, frozen=True):
    """What is known of a day's amount: at least and at most in the mean of days, and at most on one day (`peak`).

    `unreadable` are the doses whose unit cannot be converted, `untimed` those of which nobody can say how often they
    are taken at most: each of them stands once in `most` and `peak`, and not at all in `least`. With any of them, or
    with unrecorded doses, the amount is what stands here or more.
    """

    least: Fraction
    most: Fraction
    peak: Fraction
    unreadable: tuple[Dose, ...] = ()
    untimed: tuple[Dose, ...] = ()
    unrecorded: int = 0

    @property
    def complete(self) -> bool:
        """Whether every dose of the day is in the sum."""
        return not self.unreadable and not self.untimed and not self.unrecorded


def frequency_of(dose: Dose) -> Frequency | None:
    """How often a dose is taken; None where its words cannot be read. Without a word: once a day."""
    return ONCE_A_DAY if dose.when is None else read_frequency(dose.when)


def total(doses: Iterable[tuple[Dose, ...]], into: str, substance: str) -> Total:
    """The amount of a day over all lines of a substance; a line without doses is unrecorded, not 0."""
    least = most = peak = Fraction(0)
    unreadable, untimed, unrecorded = list[Dose](), list[Dose](), 0
    for line in doses:
        if not line:
            unrecorded += 1
        for dose in line:
            times = factor(dose.unit, into, substance)
            if times is None:
                unreadable.append(dose)
                continue
            amounts = _amounts(dose, times, into, substance)
            if amounts is None:
                untimed.append(dose)
                amounts = (Fraction(0), exact(dose.amount) * times, exact(dose.amount) * times)
            least, most, peak = least + amounts[0], most + amounts[1], peak + amounts[2]
    return Total(least, most, peak, tuple(unreadable), tuple(untimed), unrecorded)


@lru_cache(maxsize=20_000)  # the same doses are summed for each question that is tried, and day after day
def _amounts(
    dose: Dose, times: Fraction, into: str, substance: str
) -> tuple[Fraction, Fraction, Fraction] | None:
    """At least, at most and on one day, of one dose; None where nobody said how often at most, or how much."""
    frequency = frequency_of(dose)
    if frequency is None:
        return None
    high = exact(dose.amount) * times
    low = high if dose.low is None else exact(dose.low) * times
    limit = None
    if frequency.limit is not None:
        of_unit = factor(frequency.limit.unit, into, substance)
        if of_unit is None:
            return None
        limit = frequency.limit.amount * of_unit
    if frequency.most is None or frequency.peak is None:
        return None if limit is None else (Fraction(0), limit, limit)
    seldom, often, on_one_day = frequency.least, frequency.most, frequency.peak
    if dose.unit.endswith("/h") and seldom:
        # A patch gives off its amount on every day that it stays on, however seldom it is changed.
        seldom, often = max(seldom, Fraction(1)), max(often, Fraction(1))
    least, most, peak = low * seldom, high * often, high * on_one_day
    if limit is not None:
        most, peak = min(most, limit), min(peak, limit)
    return min(least, most), most, peak


def over(amount: Fraction, ceiling: Fraction) -> bool:
    """Whether an amount lies over a ceiling by more than a rounding error."""
    return amount > ceiling * (1 + TOLERANCE)


def shown_amount(amount: Fraction) -> str:
    """An amount as people write it: `250`, `0.57`."""
    return f"{float(amount):.10g}" if amount.denominator in (1, 2, 4, 5, 10) else f"{float(amount):.3g}"
