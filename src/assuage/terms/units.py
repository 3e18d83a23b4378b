"""Units of measurement by a units library: exact factors from one to another, through a molar mass where one is moles.

The library is imported only when two units differ, for its import is slow. A unit it does not know has no factor.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any, cast

_DEFINITIONS = (
    "gram = [mass] = g",
    "kilogram = 1000 * gram = kg",
    "milligram = 1/1000 * gram = mg",
    "microgram = 1/1000000 * gram = mcg = ug",
    "nanogram = 1/1000000000 * gram = ng",
    "pound = 45359237/100000 * gram = lb",
    "litre = [volume] = l",
    "decilitre = 1/10 * litre = dl",
    "millilitre = 1/1000 * litre = ml",
    "microlitre = 1/1000000 * litre = ul",
    "mole = [substance] = mol",
    "millimole = 1/1000 * mole = mmol",
    "micromole = 1/1000000 * mole = umol",
    "nanomole = 1/1000000000 * mole = nmol",
    "picomole = 1/1000000000000 * mole = pmol",
    "unit_of_activity = [activity] = U = IU",
    "milliunit = 1/1000 * unit_of_activity = mU = mIU",
    "microunit = 1/1000000 * unit_of_activity = uU = uIU",
    "metre = [length] = m",
    "centimetre = 1/100 * metre = cm",
    "inch = 254/10000 * metre",
    "second = [time] = s",
    "millisecond = 1/1000 * second = ms",
    "cell = [count]",
)


@cache
def unit_registry() -> Any:
    """The units that this package knows, in a registry of their own: exact, and quick to build."""
    from pint import UnitRegistry

    units: Any = cast("Any", UnitRegistry)(None, non_int_type=Fraction)
    for definition in _DEFINITIONS:
        units.define(definition)
    return units


@cache
def unit_factor(unit: str, into: str, molar_mass: str = "") -> Fraction | None:
    """How many `into` one `unit` is, through `molar_mass` (g/mol) where one counts moles; None where it is none."""
    if unit == into:
        return Fraction(1)
    from pint import DimensionalityError, UndefinedUnitError

    units = unit_registry()
    try:
        given, target = units.Quantity(1, unit), units.Quantity(1, into)
        if given.check(target.dimensionality):
            return Fraction(given.to(into).magnitude)
        if not molar_mass:
            return None
        mass = units.Quantity(Fraction(molar_mass), "gram / mole")
        try:
            return Fraction((given / mass).to(into).magnitude)
        except DimensionalityError:
            return Fraction((given * mass).to(into).magnitude)
    except (UndefinedUnitError, DimensionalityError):
        return None
