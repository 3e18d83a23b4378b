"""What guidelines say of a therapy, and what is known for and against the mechanism it is given for."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.terms.sources import Fact, Source, Status


class Guideline(Struct, frozen=True):
    """A guideline by the name that is printed before its word."""

    id: str
    title: str

    def __str__(self) -> str:
        return self.title


class Advice(Struct, frozen=True):
    """A guideline's word on a therapy: strength and direction, or that it does not address it."""

    guideline: Guideline
    id: str
    therapy: str
    direction: Literal["for", "against", "not addressed"]
    strength: Literal["strong", "weak"] | None
    sources: tuple[Source, ...]
    status: Status
    level: str = ""
    agreement: str = ""


class Mechanism(Enum):
    """The report's triad, and the local cycle it sets beside it."""

    CENTRAL = "central hyperexcitability"
    PERIPHERAL_ENERGY = "peripheral energy crisis of the muscle"
    INFLAMMATION = "low-grade inflammation"
    LOCAL_CYCLE = "the local pain-spasm-ischaemia cycle"

    def __str__(self) -> str:
        return self.value


class Claim(Struct, frozen=True):
    """That a therapy works on a mechanism: what speaks for it and what against."""

    mechanism: Mechanism
    says: str
    evidence_for: tuple[Fact, ...] = ()
    evidence_against: tuple[Fact, ...] = ()

    @property
    def wording(self) -> Wording:
        """What it says, with the key of its translations."""
        return Wording("claim.says", self.says)
