"""Where a statement comes from, and how sure its transcription makes us.

A `Source` is a publication; a `Convention` is a choice nobody published. Every criterion carries a
source for its idea and, where it has a cut-off, whose number that is. How far a fact was checked is its
`Status`, taken over from the fact files and shown wherever the fact is shown.
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from assuage.catalogue.message import Message, message


class Status(Enum):
    """How a fact got here: read in the source, in part, from memory, from the one case, computed, chosen."""

    SEEN = "seen"
    MIXED = "mixed"
    MEMORY = "memory"
    CASE = "case"
    DERIVED = "derived"
    POLICY = "policy"

    @property
    def caution(self) -> str:
        """What a reader must be told beside the fact; empty for what was read in the source."""
        return _CAUTION[self]


_CAUTION = {
    Status.SEEN: "",
    Status.MIXED: "checked in part",
    Status.MEMORY: "from memory: check against a current text",
    Status.CASE: "rests on one case report",
    Status.DERIVED: "computed from a published rule",
    Status.POLICY: "our choice, no publication",
}


def caution_message(status: Status) -> Message | None:
    """What a reader must be told beside a fact of this status; None for what was read in the source."""
    return message(f"caution.{status.value}") if status.caution else None


class Source(Struct, frozen=True):
    """A publication."""

    key: str
    citation: str
    doi: str | None = None
    pmid: str | None = None
    status: Status = Status.SEEN

    def __str__(self) -> str:
        return self.citation


class Convention(Struct, frozen=True):
    """A choice with no publication behind it, and whose it is."""

    key: str
    why: str

    def __str__(self) -> str:
        return self.why


Basis = Source | Convention

OURS = Convention("ours", "ours: chosen by the authors of this software; no published cut-off")


class Fact(Struct, frozen=True):
    """One finding of the fact files, with its number, its caveat and where it was read."""

    id: str
    statement: str
    sources: tuple[Source, ...]
    status: Status
    number: str = ""
    caveat: str = ""

    def __str__(self) -> str:
        finding = f"{self.statement}: {self.number}" if self.number else self.statement
        return f"{finding} ({self.caveat})" if self.caveat else finding
