"""What a person decided or looked for on purpose: a decision about the pathway, a consent, a check for red flags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Self

from msgspec.structs import replace

from assuage.record.entry import Entry

DecisionAct = Literal["enter", "advance", "hold", "return", "override", "leave"]
ConsentState = Literal["given", "refused", "withdrawn"]
FlagState = Literal["present", "absent", "unknown"]


class DecisionEntry(Entry, frozen=True, kw_only=True):
    """A person's decision about the pathway; it outranks gates and carries its reason.

    Only a clinician's counts. What anybody else decides, or wrote down, is kept and asked about, and moves nobody.
    """

    do: DecisionAct
    to: str | None = None
    because: str | None = None
    pathway: str | None = None

    @property
    def contested(self) -> Self | None:
        """A hold."""
        return self.in_doubt(())

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """A hold: the patient stays in the phase until the next decision."""
        return replace(self, do="hold", to=None)


class ConsentEntry(Entry, frozen=True, kw_only=True):
    """Consent given, refused or withdrawn. `purpose` is the document's `for`."""

    purpose: str
    state: ConsentState

    @property
    def contested(self) -> Self | None:
        """Not given."""
        return self.in_doubt(())

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """Not given."""
        return None if self.state == "given" else self


class RedFlagEntry(Entry, frozen=True, kw_only=True):
    """A check for red flags: each one present, absent or unknown."""

    flags: Mapping[str, FlagState]

    @property
    def contested(self) -> Self | None:
        """What is said to be absent is unknown."""
        return self.in_doubt(())

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """What is present stays so; what is said to be absent is unknown."""
        return replace(
            self,
            flags={
                flag: "present" if state == "present" else "unknown" for flag, state in self.flags.items()
            },
        )
