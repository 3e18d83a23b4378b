"""What may have made it worse: a therapy with its group, or a drug, and the days on which the patient was exposed."""

from __future__ import annotations

from msgspec import Struct

from assuage.errors import InputError, nearest
from assuage.record.entries import MedicationEntry, TherapyEntry
from assuage.record.timeline import Timeline
from assuage.terms.drug_names import drug_with_id, find_drug, suggested
from assuage.terms.drugs import Drug
from assuage.terms.therapies import THERAPY_NAMED, Therapy, find_therapy


class Exposure(Struct, frozen=True):
    """What may have done it: a therapy (the ids of its group), or a drug each time it is started or changed."""

    id: str
    title: str
    therapy: Therapy | None = None
    drug: str | None = None

    @property
    def term(self) -> Therapy | Drug | str:
        """The therapy or the drug itself; its name where no rule knows it."""
        return self.therapy or drug_with_id(self.drug or "") or self.title

    def days(self, timeline: Timeline, until: int) -> list[int]:
        """The days up to `until` on which the patient was exposed; a session that may not have been it is left out."""
        if self.therapy is not None:
            return sorted({entry.day for entry, sure in timeline.exposures(self.therapy, until) if sure})
        return sorted({entry.day for entry in self.entries(timeline, until) if entry.do != "stop"})

    def is_called(self, word: str) -> bool:
        """Whether a word names this drug, or a therapy of this kind."""
        if self.therapy is not None:
            therapy = find_therapy(word)
            return therapy is not None and therapy.id in self.therapy.members
        drug = find_drug(word)
        return drug is not None and drug.id == self.drug

    def entries(self, timeline: Timeline, until: int) -> list[TherapyEntry | MedicationEntry]:
        """Every word on this exposure up to a day, in order: starts, sessions, changes and stops."""
        if self.drug is not None:
            return [*timeline.medication_of(self.drug, until)]
        members = self.therapy.members if self.therapy else frozenset[str]()
        return [entry for entry in timeline.therapies(until) if not members.isdisjoint(entry.certainly)]


def exposure_to(what: Therapy | Drug) -> Exposure:
    """The exposure to a therapy or a drug."""
    if isinstance(what, Therapy):
        return Exposure(what.id, what.title, therapy=what)
    return Exposure(what.id, what.title, drug=what.id)


def known_exposure(name: str) -> Exposure:
    """The exposure of that name: a therapy or a drug. InputError, with the nearest known, for any other word."""
    known = find_therapy(name) or find_drug(name)
    if known is not None:
        return exposure_to(known)
    near = suggested(name)
    known = THERAPY_NAMED if near is None else (*THERAPY_NAMED, near.title)
    raise InputError(f"--exposure: {nearest(name, known, 'exposure')}")
