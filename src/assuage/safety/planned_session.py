"""What a person means to do in one mesotherapy session: the mixture, where, how; what is left out is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct, field

from assuage.catalogue.message import message
from assuage.errors import Problem
from assuage.record.entries import Needle
from assuage.safety.amounts import convert, exact
from assuage.safety.situation import RegimenLine
from assuage.terms.answers import UNKNOWN, Answer

DILUENTS = frozenset({"sodium_chloride_09", "water"})


class Ampoule(Struct, frozen=True):
    """One ampoule's worth in the syringe. `strength` is the unit of its label: `50 mg/ml`, `2 %`."""

    substance: str | None
    name: str
    volume_ml: float | None = None
    amount_mg: float | None = None
    strength: str = ""
    lot: str = ""
    brand: str = ""
    expiry: str = ""

    @property
    def is_diluent(self) -> bool:
        """Whether it only dilutes."""
        return self.substance in DILUENTS or self.name.lower() in ("water for injection", "sterile water")

    @property
    def milligrams(self) -> Fraction | None:
        """How much of the drug it holds; None where neither an amount nor a strength is given."""
        if self.amount_mg is not None:
            return exact(self.amount_mg)
        if self.strength and self.volume_ml is not None:
            return convert(self.volume_ml, f"ml {self.strength}", "mg", self.substance or "")
        return None


class Planned(Struct, frozen=True):
    """What a person means to do. What is left out is unknown and is asked for or listed as missing."""

    mixture: tuple[Ampoule, ...]
    sites: tuple[str, ...] = ()
    needle: Needle | None = None
    volume_per_point_ml: float | None = None
    points: int | None = None
    spacing_cm: float | None = None
    depth_mm: float | None = None
    number: int | None = None
    days_since_last: int | None = None
    response_percent: float | None = None
    weight_kg: float | None = None
    age: int | None = None
    conditions: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    unread: tuple[str, ...] = ()  # what is said to be there and no rule reads
    regimen: tuple[RegimenLine, ...] | None = None  # None: nobody said what is taken that day
    consent: Answer = UNKNOWN
    written: frozenset[str] = frozenset()
    country: str | None = None


def session_problems(planned: Planned) -> tuple[Problem, ...]:
    """What makes a plan impossible to work out: no mixture, no volume, a drug without an amount."""
    problems: list[Problem] = []
    if not planned.mixture:
        problems.append(Problem("mixture", message("session.mixture-empty")))
    for index, part in enumerate(planned.mixture):
        place = f"mixture[{index}]"
        if part.volume_ml is None:
            what = message("session.volume-missing", drug=part.name)
            problems.append(Problem(f"{place}.volume_ml", what))
        # Of a name that nothing reads the amount may be unknown: the rest is worked out, and the name is asked about.
        if not part.is_diluent and part.milligrams is None and (part.substance or part.strength):
            what = message("session.amount-missing", drug=part.name, strength=part.strength)
            problems.append(Problem(f"{place}.amount_mg", what))
    return tuple(problems)
