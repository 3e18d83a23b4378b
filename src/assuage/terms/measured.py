"""A measured number as a value, out of fields or of text, and the conditions that it is.

A text is read whole or not at all: `QTc 510 ms`, `240 U/L (6x ULN)`, `eGFR 22`, `BP 150/95`. What is not read decides
nothing, and stays a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from assuage.patterns import kept_pattern
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.quantities import IN_WHAT, LEVEL, QUANTITIES, find_quantity, quantity_names
from assuage.terms.quantity import Cut, Quantity
from assuage.terms.told_numbers import number_behind, pressure_plainly, starts_of
from assuage.terms.units import unit_factor
from assuage.terms.written_numbers import NUMBER, number_in_text


class Measured(Struct, frozen=True):
    """A value of a quantity, in its unit: from `low` to `high`, both the same where it is known exactly.

    An open end is not itself in the range: `below 30`. `limits` is the value in multiples of the upper limit, None
    where nobody gave that limit. `shown` is the number as it was written.
    """

    quantity: Quantity
    low: Fraction
    high: Fraction
    shown: str
    low_open: bool = False
    high_open: bool = False
    limits: tuple[Fraction, Fraction] | None = None

    @property
    def is_alarming(self) -> bool:
        """Whether it, or a part of the range it may lie in, is outside the alarming limits of its quantity."""
        least, most = self.quantity.alarming
        return bool((least and self.low < Fraction(least)) or (most and self.high > Fraction(most)))


class Conclusion(Struct, frozen=True):
    """A condition that a number is, or rules out; `firm` where it speaks against what was told before."""

    condition: str
    answer: Answer
    firm: bool = True


NotJudged = Literal["no-unit", "unit", "no-range", "number"]


def why_not_judged(quantity: Quantity, unit: str, measured: Measured | None) -> NotJudged | None:
    """Why a number decides less than its quantity could; None where it is judged, or where it decides nothing anyway.

    Without a unit, or with one that is not of the quantity, the number is of nothing; one that cannot be is a slip; and
    a number that goes by the laboratory's limits is nothing without them.
    """
    if measured is None:
        if unit_of(quantity, unit) is not None:
            return "number"
        return "unit" if unit else "no-unit"
    needs_limit = any(cut.of_upper_limit and _answer(cut, measured)[0] is UNKNOWN for cut in quantity.cuts)
    return "no-range" if needs_limit and measured.limits is None else None


def decided_by(quantity: Quantity) -> frozenset[str]:
    """The conditions that a number of a quantity could decide, those of the eGFR by a creatinine."""
    quantities = (quantity, QUANTITIES["egfr"]) if quantity.id == "creatinine" else (quantity,)
    return frozenset(cut.condition for each in quantities for cut in each.cuts)


def open_by_words(what: str, result: str | None) -> frozenset[str]:
    """The conditions that an abnormal measurement leaves open which was put in words: `creatinine high`, `low sodium`.

    With no word on the direction, or with a number that cannot be read, all that the number could decide is open; none
    is where the words are read as a number, or name no quantity.
    """
    quantity = find_quantity(what)
    parts = what.lower().replace(",", " ").replace(":", " ").split()
    if quantity is None and not _DIRECTIONS.keys().isdisjoint(parts):
        quantity = find_quantity(" ".join(part for part in parts if part not in _DIRECTIONS))
    if quantity is None:
        named = named_number(what, result)
        quantity = None if named is None else named[0]
    if quantity is None or measured_in_text(what, result):
        return frozenset()
    words = re.split(r"[\s,;:()]+", f"{what} {result or ''}".lower())
    directions = {_DIRECTIONS[word] for word in words if word in _DIRECTIONS}
    high, low = "high" in directions, "low" in directions
    quantities = (quantity,)
    if quantity.id == "creatinine":  # a high creatinine is a low filtration rate
        quantities, high, low = (quantity, QUANTITIES["egfr"]), low, high
    return frozenset(
        cut.condition
        for each in quantities
        for cut in each.cuts
        if high == low or (high and (cut.above or cut.least)) or (low and cut.below)
    )


@lru_cache(maxsize=20_000)
def named_number(what: str, result: str | None) -> tuple[Quantity, str] | None:
    """The quantity that a finding names with a number behind it, and the words behind the number; else None."""
    text = " ".join((result or what).lower().split())
    quantity, rest = _named(text)
    if quantity is None and result is not None:
        quantity, rest = find_quantity(what), text
    match = None if quantity is None else _VALUE.match(rest)
    if quantity is None or match is None:
        return None
    behind = rest[match.end() :]
    return quantity, "" if _BESIDE.fullmatch(behind) else _BESIDE_LAST.sub("", behind)


def number_named(what: str, result: str | None) -> tuple[Fraction, Fraction] | None:
    """The lowest and highest number behind the quantity that a finding names, whatever its unit; None without one."""
    if named_number(what, result) is None:
        return None
    text = " ".join((result or what).lower().split())
    quantity, rest = _named(text)
    match = _VALUE.match(text if quantity is None else rest)
    low = None if match is None or match["sign"] else exact_number(match["low"])
    high = low if match is None or match["high"] is None else exact_number(match["high"])
    return None if low is None or high is None else (low, high)


# Units in which laboratories report what our own unit of a quantity counts otherwise.
_UNITS_OF_LABORATORIES = ("mg/dl", "g/dl", "mmol/l", "umol/l")


def values_in_any_unit(quantity: Quantity, low: Fraction, high: Fraction) -> tuple[Measured, ...]:
    """What a number without a unit that we read would be, in each unit in which it is plausible."""
    units = (quantity.unit, *(unit for unit, _, _ in quantity.other_units), *_UNITS_OF_LABORATORIES)
    values = (measured_value(quantity, low, high, unit, "") for unit in units)
    return tuple(value for value in values if value is not None)


def conclusions(measured: Measured) -> Iterator[Conclusion]:
    """The conditions that a value decides; nothing of those that it leaves open."""
    if measured.quantity.measured is not None:
        yield Conclusion(measured.quantity.measured, NO)
    for cut in measured.quantity.cuts:
        inside, within = _answer(cut, measured)
        if inside is YES or (inside is NO and (within or cut.rules_out == "yes")):
            yield Conclusion(cut.condition, inside)
        elif inside is NO and cut.rules_out != "no":
            yield Conclusion(cut.condition, inside, firm=False)


def _answer(cut: Cut, measured: Measured) -> tuple[Answer, bool]:
    """Whether a value is what the cut is about, and whether it lies so low that nothing else counts."""
    low, high, low_open, high_open = measured.low, measured.high, measured.low_open, measured.high_open
    if cut.of_upper_limit:
        if measured.limits is None:
            over_any = bool(cut.over_any_limit) and low > Fraction(cut.over_any_limit)
            return (YES if over_any else UNKNOWN), False
        low, high = measured.limits
    answers: list[Answer] = []
    for bound in filter(None, (cut.above,)):
        over = Fraction(bound)
        known_yes = low > over or (low == over and low_open)
        answers.append(YES if known_yes else NO if high <= over else UNKNOWN)
    for bound in filter(None, (cut.least,)):
        answers.append(_from(Fraction(bound), low, high, high_open))
    for bound in filter(None, (cut.below,)):
        reaches = _from(Fraction(bound), low, high, high_open)
        answers.append({YES: NO, NO: YES, UNKNOWN: UNKNOWN}[reaches])
    within = bool(cut.within) and high <= Fraction(cut.within)
    if NO in answers:
        return NO, within
    return (UNKNOWN if UNKNOWN in answers else YES), within


def _from(bound: Fraction, low: Fraction, high: Fraction, high_open: bool) -> Answer:
    if low >= bound:
        return YES
    return NO if high < bound or (high == bound and high_open) else UNKNOWN


# --- eGFR ---------------------------------------------------------------------------------------------


def ckd_epi_2021(creatinine_mg_dl: float, age: int, female: bool) -> float:
    """The estimated glomerular filtration rate in ml/min/1.73 m² of an adult.

    CKD-EPI creatinine equation of 2021, without race: Inker LA et al. N Engl J Med 2021;385:1737-1749.
    """
    kappa, alpha = (0.7, -0.241) if female else (0.9, -0.302)
    ratio = creatinine_mg_dl / kappa
    rate = 142 * min(ratio, 1) ** alpha * max(ratio, 1) ** -1.2 * 0.9938**age
    return rate * 1.012 if female else rate


def egfr_of_creatinine(creatinine: Measured, age: int, female: bool) -> Measured:
    """The eGFR of a creatinine, in whole numbers as laboratories report it."""
    per_mg_dl = unit_factor("mg/dl", "umol/l", creatinine.quantity.molar_mass)
    assert per_mg_dl is not None
    low, high = (
        Fraction(round(ckd_epi_2021(float(value / per_mg_dl), age, female)))
        for value in (creatinine.high, creatinine.low)
    )
    shown = f"{low}" if low == high else f"{low}-{high}"
    shown = f"eGFR {shown} ml/min/1.73 m² (CKD-EPI 2021; {creatinine.shown})"
    return Measured(QUANTITIES["egfr"], low, high, shown, creatinine.high_open, creatinine.low_open)


# --- body mass index ----------------------------------------------------------------------------------


def bmi_of(weight: Measured, height: Measured) -> Measured | None:
    """The body mass index: kg by the square of the height in metres; None where it cannot be that of a person.

    It is shown to a tenth, never rounded up to a limit that it does not reach.
    """
    quantity = QUANTITIES["bmi"]
    lowest, highest = map(Fraction, quantity.plausible)
    low_open, high_open = weight.low_open or height.high_open, weight.high_open or height.low_open
    low = weight.low / (height.high / 100) ** 2
    high = weight.high / (height.low / 100) ** 2
    if low < high:  # a range: no person is in the rest of it
        low, high = max(low, lowest), min(high, highest)
    if not lowest <= low <= high <= highest:
        return None
    tenths = tuple(f"{int(end * 10) / 10:g}" for end in (low, high))
    shown = f"BMI {'-'.join(dict.fromkeys(tenths))} kg/m²"
    return Measured(quantity, low, high, shown, low_open, high_open)


# --- out of fields --------------------------------------------------------------------------------------


def spelled_unit(unit: str) -> str:
    """A unit in one spelling: `mg/dL`, `µmol/L` and `mL/min/1.73 m²` without case, blanks and signs that vary.

    The signs of UCUM are among these: `mm[Hg]`, `[degF]`, `mL/min/{1.73_m2}`.
    """
    plain = unit.lower().replace("µ", "u").replace("μ", "u").replace("²", "2").replace("⁹", "^9")
    plain = plain.replace("·", "x").replace("×", "x").replace(",", ".").replace("litre", "l").replace(" ", "")
    return _MARKS.sub("", plain).replace("m^2", "m2")


_MARKS = kept_pattern(r"[\[\]{}_]")


@lru_cache(maxsize=1024)
def unit_of(quantity: Quantity, unit: str) -> tuple[Fraction, Fraction] | None:
    """What a number in that unit is multiplied with, and what is added, to be in the quantity's; None if unknown."""
    given, ours = spelled_unit(unit), spelled_unit(quantity.unit)
    if given == ours or (not given and quantity.bare):
        return Fraction(1), Fraction(0)
    for other, times, plus in quantity.other_units:
        if spelled_unit(other) == given:
            return Fraction(times), Fraction(plus)
    if any(re.fullmatch(r"[a-z]+(?:/[a-z]+)?", spelled) is None for spelled in (given, ours)):
        return None  # a count (x10^9/l) is in no unit that a factor leads to
    factor = unit_factor(_for_library(given), _for_library(ours), quantity.molar_mass)
    return None if factor is None else (factor, Fraction(0))


def _for_library(unit: str) -> str:
    """A unit as the units library writes it: `U`, `IU` and their parts have a capital."""
    return re.sub(r"\b([mu]?)(i?)u\b", lambda match: f"{match[1]}{match[2].upper()}U", unit)


def measured_value(
    quantity: Quantity,
    low: Fraction | None,
    high: Fraction | None,
    unit: str,
    shown: str,
    upper_limit: Fraction | None = None,
) -> Measured | None:
    """The value of a quantity from its number and unit; None where the unit is unknown or the number cannot be.

    An end that is None is open: `high` 30 alone is "below 30". `upper_limit` is that of the laboratory's range, in the
    same unit.
    """
    units = unit_of(quantity, unit)
    if units is None or (low is None and high is None):
        return None
    times, plus = units
    lowest, highest = map(Fraction, quantity.plausible)
    if not unit and quantity.bare_otherwise and any(end is not None and end > highest for end in (low, high)):
        return measured_value(quantity, low, high, quantity.bare_otherwise, shown, upper_limit)
    ours_low = lowest if low is None else low * times + plus
    ours_high = highest if high is None else high * times + plus
    if not lowest <= ours_low <= ours_high <= highest:
        return None
    limits = None
    if upper_limit:
        most = (highest - plus) / times if high is None else high
        limits = ((low or Fraction(0)) / upper_limit, most / upper_limit)
    return Measured(quantity, ours_low, ours_high, shown, high is None, low is None, limits)


# --- out of text ----------------------------------------------------------------------------------------

_VALUE = kept_pattern(
    rf"\s*(?:=|:|of|was|is)?\s*(?P<sign>[<>]=?|≤|≥|below|under|above|over)?\s*(?P<low>{NUMBER})"
    rf"(?:\s*(?:-|–|to)\s*(?P<high>{NUMBER}))?\s*"
)
_LIMITS = kept_pattern(
    rf"\(?\s*(?P<times>{NUMBER})\s*[x×]\s*(?:the\s+)?(?:uln|upper limit(?: of normal)?)\s*\)?\s*"
)
_RANGE = kept_pattern(
    r"\(?\s*(?:ref(?:erence)?(?:\s+range)?|range|normal(?:\s+range)?|uln)\.?\s*:?\s*"
    rf"(?:(?P<from>{NUMBER})\s*(?:-|–|to)|<|≤|up to)?\s*(?P<to>{NUMBER})\s*(?P<unit>[^\s()]*)\s*\)?\s*"
)
_BESIDE = kept_pattern(
    r"[(),;\s]*(?:\(?(?:high|low|raised|elevated|reduced|abnormal|normal|h|l|today)\)?)?[(),;\s.]*"
)
_BESIDE_LAST = kept_pattern(rf"(?<=[\w)%])(?=[(),;\s.]){_BESIDE.pattern}$")
# Words for the direction of a value, in English, Lithuanian and German (ours).
_DIRECTIONS: dict[str, Literal["high", "low", "normal", "abnormal"]] = {
    **dict.fromkeys(
        ("high", "raised", "elevated", "increased", "up", "prolonged", "h", "↑", "aukštas", "aukšta", "padidėjęs",
         "padidėjusi", "padidėjo", "pailgėjęs", "hoch", "erhöht", "verlängert"),
        "high",
    ),
    **dict.fromkeys(
        ("low", "reduced", "decreased", "down", "l", "↓", "žemas", "žema", "sumažėjęs", "sumažėjusi", "niedrig",
         "erniedrigt", "vermindert"),
        "low",
    ),
    **dict.fromkeys(
        ("abnormal", "deranged", "pathological", "pakitęs", "pakitusi", "patologinis", "pathologisch", "auffällig"),
        "abnormal",
    ),
    **dict.fromkeys(("normal", "unremarkable", "fine", "ok", "normalus", "normali", "unauffällig"), "normal"),
}  # fmt: skip
_PRESSURE = kept_pattern(
    r"(?:bp|rr|blood pressure|aks|kraujospūdis|kraujospudis|blutdruck)\s*:?\s*"
    r"(?P<s>\d{2,3})\s*/\s*(?P<d>\d{2,3})\s*(?:mm\s?hg)?\s*[.]?"
)
_TWO_NUMBERS = kept_pattern(r"\d\d\D+\d\d")  # most texts have none, and are not looked at further


@lru_cache(maxsize=4096)
def measured_in_text(what: str, result: str | None) -> tuple[Measured, ...]:
    """The values that a finding states: `QTc 510 ms`, or `ALT` with `240 U/L (6x ULN)`. Empty where it is not read."""
    text = " ".join((result or what).lower().split())
    pressure = _pressure(text)
    if pressure is None and result is not None:
        pressure = _pressure(f"{what.lower()} {text}")
    if pressure is not None:
        shown = f"{pressure['s']}/{pressure['d']} mmHg"
        both = (
            measured_value(QUANTITIES[name], Fraction(pressure[key]), Fraction(pressure[key]), "mmHg", shown)
            for name, key in (("systolic", "s"), ("diastolic", "d"))
        )
        return tuple(value for value in both if value is not None)
    quantity, rest = _named(text)
    if quantity is None and result is not None:
        quantity, rest = find_quantity(what), text
    if quantity is None:
        return ()
    written = " ".join((result or what).split())
    # "QTc 510 ms" names itself; "240 U/L" does not.
    shown = written if rest != text else f"{quantity.title} {written}"
    value = _value(quantity, rest, shown)
    return () if value is None else (value,)


def _pressure(text: str) -> re.Match[str] | None:
    """A blood pressure, by itself or in a sentence that only reports it."""
    if _TWO_NUMBERS.search(text) is None:
        return None
    return _PRESSURE.fullmatch(text) or next(
        (match for start in starts_of(text) if (match := _PRESSURE.fullmatch(pressure_plainly(start)))), None
    )


def _named(text: str) -> tuple[Quantity | None, str]:
    """The quantity whose name a text begins with, the longest first, and what stands behind the name.

    Of a sentence that only reports a number (`her sodium came back at 116`), what stands behind begins with it.
    """
    for told in starts_of(text):
        for start in dict.fromkeys((told, _BEFORE_NAME.sub("", told))):
            plain = start.replace("-", " ")
            for name, quantity in _names_by_letter().get(start[:1], ()):
                behind = start[len(name) :] if plain.startswith(name) else None
                level = None if behind is None else _BEHIND_NAME.match(behind)
                if behind is not None and (level is not None or not behind[:1].isalpha()):
                    return quantity, number_behind(behind[level.end() :] if level else behind)
    return None, text


_BEFORE_NAME = kept_pattern(rf"{IN_WHAT}(?=\w)")
_BEHIND_NAME = kept_pattern(rf"[ -]?{LEVEL}\b")


@cache
def _names_by_letter() -> Mapping[str, tuple[tuple[str, Quantity], ...]]:
    """The names of each quantity by their first letter, the longest first."""
    by_letter: dict[str, list[tuple[str, Quantity]]] = {}
    for name, quantity in sorted(quantity_names().items(), key=lambda each: len(each[0]), reverse=True):
        by_letter.setdefault(name[0], []).append((name, quantity))
    return MappingProxyType({letter: tuple(each) for letter, each in by_letter.items()})


def _value(quantity: Quantity, text: str, shown: str) -> Measured | None:
    only_limits = _LIMITS.fullmatch(text.strip())
    if only_limits is not None:
        times = exact_number(only_limits["times"])
        lowest, highest = map(Fraction, quantity.plausible)
        return None if times is None else Measured(quantity, lowest, highest, shown, limits=(times, times))
    match = _VALUE.match(text)
    if match is None:
        return None
    low = exact_number(match["low"])
    high = low if match["high"] is None else exact_number(match["high"])
    if low is None or high is None:
        return None
    unit, rest = unit_before(quantity, text[match.end() :])
    limits = upper = None
    if (times_match := _LIMITS.match(rest)) is not None:
        limits, rest = exact_number(times_match["times"]), rest[times_match.end() :]
    if (range_match := _RANGE.match(rest)) is not None:
        upper, rest = exact_number(range_match["to"]), rest[range_match.end() :]
        if upper is None or (range_match["unit"] and spelled_unit(range_match["unit"]) != spelled_unit(unit)):
            return None
    if _BESIDE.fullmatch(rest) is None:
        return None
    value = measured_value(quantity, low, high, unit, shown, upper)
    if value is None:
        return None
    if limits is not None:
        value = replace(value, limits=(limits, limits))
    return with_sign(value, match["sign"])


def with_sign(value: Measured, sign: str | None) -> Measured | None:
    """The value with one end open, as `below 30` has it; None where a range has a sign as well."""
    if sign is None:
        return value
    if value.low != value.high:
        return None
    lowest, highest = map(Fraction, value.quantity.plausible)
    limits = value.limits
    if sign in ("<", "<=", "≤", "below", "under"):
        if limits is not None:
            limits = (Fraction(0), limits[1])
        return replace(value, low=lowest, high_open=sign in ("<", "below", "under"), limits=limits)
    if limits is not None:
        limits = (limits[0], limits[0] * highest)
    return replace(value, high=highest, low_open=sign in (">", "above", "over"), limits=limits)


def unit_before(quantity: Quantity, text: str) -> tuple[str, str]:
    """The unit that a text begins with, the longest that is one, and what stands behind it; "" where none does."""
    for end in range(len(text), 0, -1):
        beside = text[end : end + 1]
        candidate = text[:end].strip()
        whole = not beside.isalnum() and beside not in ("/", "^", "²") and 0 < len(candidate) <= 24
        if whole and spelled_unit(candidate) and unit_of(quantity, candidate) is not None:
            return candidate, text[end:].strip()
    return "", text.strip()


def exact_number(written: str) -> Fraction | None:
    """A number as it is written; None where it is none, or has two readings."""
    number = number_in_text(written)
    return number if isinstance(number, Fraction) else None
