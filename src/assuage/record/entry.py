"""What every entry of a record has, whatever its kind: its day, who said it, who wrote it, what it corrects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Self

from msgspec import Struct

By = Literal["patient", "clinician", "device", "import"]
Role = Literal[
    "physician",
    "physiotherapist",
    "psychologist",
    "nurse",
    "patient",
    "relative",
    "researcher",
    "device",
    "import",
]
CLINICIANS: frozenset[Role] = frozenset({"physician", "physiotherapist", "psychologist", "nurse"})
WrittenFrom = Literal["web", "offline", "import", "fhir", "api"]

FORMAT = "assuage-record/2"
# Read for ever: a document of it has none of the fields and kinds that came with the second.
FIRST_FORMAT = "assuage-record/1"
FORMATS = (FORMAT, FIRST_FORMAT)


class Entry(Struct, frozen=True, kw_only=True):
    """What every entry has. `place` is its position in the document, counted from 0.

    `day` counts from day 0 and may be negative; it is the patient's civil day. `minute` counts from midnight and is
    None without a time; `time` is the time as it was written; `dated` says that the document gave a date, not a day.
    `by` said it; `author`, a pseudonym, wrote it in a `role`, from a `source`. `about` names the entry it answers,
    `disputed_with` the entries that say otherwise and stand beside it until a person settles it.
    """

    place: int
    day: int
    minute: int | None = None
    time: str | None = None
    by: By = "clinician"
    author: str | None = None
    role: Role | None = None
    source: WrittenFrom | None = None
    approximate: bool = False
    note: str | None = None
    entered: str | None = None
    copied: bool = False
    id: str | None = None
    about: str | None = None
    replaces: str | None = None
    disputed_with: tuple[str, ...] = ()
    dated: bool = False

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts entries as they happened: by day, by time (no time: at the end of the day), as written."""
        return (self.day, 1440 if self.minute is None else self.minute, self.place)

    @property
    def by_clinician(self) -> bool:
        """Whether a clinician wrote it: by the role; by who said it where no role is given, or a file was imported."""
        return self.by == "clinician" if self.role in (None, "import") else self.role in CLINICIANS

    def may_settle(self, other: Entry) -> bool:
        """Whether it may withdraw or replace another entry: a clinician's may, and that of who wrote the other.

        Without both authors the writers are the same where their roles are, or else who said it.
        """
        if self.by_clinician:
            return True
        if self.author is not None and other.author is not None:
            return self.author == other.author
        return self.writer == other.writer

    @property
    def writer(self) -> By | Role:
        """Who wrote it where no author is named: the role, or else who said it."""
        return self.role or self.by

    @property
    def contested(self) -> Self | None:
        """What is read of it while somebody who may not withdraw it wants it withdrawn; None: nothing.

        As it was written, unless it rules out, allows, stops or moves something: each such kind says so here.
        """
        return self

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """What is read of it while these others say otherwise, on the cautious side; None: nothing, it stays unknown.

        Each kind that has a cautious side says here which it is.
        """
        return None


class VoidEntry(Entry, frozen=True, kw_only=True):
    """An entry withdrawn, and why. The one it names counts on no day any more and can still be read.

    It is an entry and no field, so that it has its own day, author and reason, and nothing written is changed. A
    withdrawn correction corrects nothing: what it replaced stands again. A withdrawal can be withdrawn itself.
    """

    of: str
    because: str
