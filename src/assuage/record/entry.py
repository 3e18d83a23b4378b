"""What every entry of a record has, whatever its kind: its day, who said it, who wrote it, what it corrects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Self

from msgspec import Struct

from assuage.record.ruling import SURE, Ruling

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

NamedWords = tuple[tuple[str, bool], ...]

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

    @property
    def word_of_clinician(self) -> bool:
        """Whether a clinician says it, and nobody else wrote it down as such: what clears, moves and rules out."""
        return self.by == "clinician" and self.by_clinician

    @property
    def settles(self) -> bool:
        """Whether its writer may withdraw and replace what anybody wrote: what a file brings along may not."""
        return self.by_clinician and self.role != "import"

    def may_settle(self, other: Entry) -> bool:
        """Whether it may withdraw or replace another entry: a clinician's may, and that of who wrote the other.

        Who wrote the other has its author and its role. Where not both name an author the role decides, or else who
        said it.
        """
        if self.settles:
            return True
        same_author = self.author is None or other.author is None or self.author == other.author
        return same_author and self.writer == other.writer

    @property
    def writer(self) -> By | Role:
        """Who wrote it where no author is named: the role, or else who said it."""
        return self.role or self.by

    @property
    def named(self) -> NamedWords:
        """The words with which it names a drug, a therapy, a finding or a symptom, and whether a rule knows each."""
        return ()

    @property
    def ruling(self) -> Ruling | None:
        """How sure it is of something that only a clinician, or who said it, may take back; None: of nothing."""
        return None

    @property
    def denies(self) -> Ruling | None:
        """What it rules out or doubts without being the word of a clinician; None for nothing."""
        ruling = None if self.settles else self.ruling
        return ruling if ruling is not None and ruling.sure < SURE else None

    def is_denied_by(self, other: Entry) -> bool:
        """Whether another entry rules out or doubts what this one says is there, and may not take it back."""
        here, there = self.ruling, other.denies
        denied = (
            here is not None and there is not None and here.about == there.about and there.sure < here.sure
        )
        return denied and not other.may_settle(self)

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
