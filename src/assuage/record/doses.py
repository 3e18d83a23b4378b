"""How much of a drug, what a mixture holds, and with which needle it was given."""

from __future__ import annotations

from msgspec import Struct


class Dose(Struct, frozen=True):
    """A dose: how much, in which unit, and when or how often; without `when` it is taken once a day.

    Of a dose from `low` to `amount` ("5-10 mg") `amount` is the most.
    """

    amount: float
    unit: str
    when: str | None = None
    low: float | None = None

    def __str__(self) -> str:
        least = "" if self.low is None else f"{self.low:g}-"
        amount = f"{least}{self.amount:g} {self.unit}"
        return f"{amount} {self.when}" if self.when else amount


class Ingredient(Struct, frozen=True):
    """One part of a mesotherapy mixture."""

    drug: str
    volume_ml: float | None = None
    amount_mg: float | None = None
    lot: str | None = None


class Needle(Struct, frozen=True):
    """A needle: gauge (G) and length in millimetres."""

    gauge: float | None = None
    length_mm: float | None = None
