"""Something that is measured, and the conditions that its numbers are."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from assuage.terms.sources import Status

RuledOut = Literal["no", "where nobody says otherwise", "yes"]


class Cut(Struct, frozen=True):
    """A condition that a value is: above, from or below these bounds, in the quantity's unit or in upper limits.

    `rules_out` is whether a value outside says that the condition is absent. `within` is a bound at or below which it
    says so whatever was told before. Of a value whose upper limit nobody wrote down, `over_any_limit` is what it has to
    be above, in the quantity's unit, to be above the bound by the limit of every laboratory (ours; empty: it never is).
    """

    condition: str
    above: str = ""
    least: str = ""
    below: str = ""
    of_upper_limit: bool = False
    over_any_limit: str = ""
    rules_out: RuledOut = "no"
    within: str = ""
    status: Status = Status.POLICY
    source: str = "ours"


class Quantity(Struct, frozen=True):
    """Something that is measured, in `unit`; `other_units` are multiplied and then added to.

    Outside `plausible` a number is a slip or in another unit, and is not read. `bare` says that a number without a unit
    has one meaning; where it cannot be in `unit`, it is in `bare_otherwise`. Outside `alarming`, the lowest and the
    highest (empty: no such end), a person looks at it before anything is begun (all ours); no condition follows of it.
    Above `asks_above`, or above `asks_above_limits` times the laboratory's own upper limit, it is asked whether one of
    the conditions of `asks` is there (ours).
    """

    id: str
    title: str
    names: tuple[str, ...]
    unit: str
    plausible: tuple[str, str]
    loinc: tuple[str, ...] = ()
    loinc_status: Status = Status.SEEN
    molar_mass: str = ""
    other_units: tuple[tuple[str, str, str], ...] = ()
    cuts: tuple[Cut, ...] = ()
    measured: str | None = None  # the condition of its never having been measured
    bare: bool = False
    bare_otherwise: str = ""
    alarming: tuple[str, str] = ("", "")
    asks: tuple[str, ...] = ()
    asks_above: str = ""
    asks_above_limits: str = ""

    def __str__(self) -> str:
        return self.title

    def is_asked_about(self, low: Fraction, limits: tuple[Fraction, Fraction] | None) -> bool:
        """Whether a value of at least `low`, in its unit and in upper limits, asks for the conditions of `asks`."""
        by_limits = limits is not None and bool(self.asks_above_limits)
        return bool(self.asks) and (
            low > Fraction(self.asks_above)
            or (by_limits and limits is not None and limits[0] > Fraction(self.asks_above_limits))
        )


# Units as laboratories write them beside the first one of a quantity.
ENZYME_UNITS = (("iu/l", "1", "0"), ("units/l", "1", "0"), ("ukat/l", "60", "0"))
COUNT_UNITS = (
    *((unit, "1", "0") for unit in ("x10^9/l", "x 10^9/l", "10*9/l", "x10*9/l", "10e9/l", "g/l", "/nl", "10^3/ul",
                                    "x10^3/ul", "10*3/ul", "k/ul")),
    ("/ul", "0.001", "0"),
    ("cells/ul", "0.001", "0"),
    *((unit, "1", "0") for unit in ("tsd/ul", "tsd./ul", "tys/ul", "tys./ul", "thou/ul")),
)  # fmt: skip
