"""What may have made it worse: a therapy with its group, a drug or a factor, and the days on which it was there."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.errors import InputError, unknown_word
from assuage.record.care_entries import ExposureEntry
from assuage.record.entries import MedicationEntry, TherapyEntry
from assuage.record.timeline import Timeline
from assuage.terms.drug_names import drug_with_id, find_drug, suggested
from assuage.terms.drugs import Drug
from assuage.terms.names import spaced
from assuage.terms.therapies import THERAPY_NAMED, Therapy, family_of, find_therapy


class Exposure(Struct, frozen=True):
    """What may have done it: a therapy (the ids of its group), a drug each time it is started or changed, a factor.

    A factor is of the patient's own choosing (`coffee`): neither a therapy nor a drug that is known here.
    """

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
        by_name = {entry.day for entry in self._own(timeline, until)}
        if self.therapy is not None:
            return sorted(
                by_name | {entry.day for entry, sure in timeline.exposures(self.therapy, until) if sure}
            )
        words = timeline.medication_of(self.drug, until) if self.drug is not None else ()
        return sorted(by_name | {entry.day for entry in words if entry.do != "stop"})

    def is_called(self, word: str) -> bool:
        """Whether a word names this drug, this factor, or a therapy of this kind."""
        if self.therapy is not None:
            therapy = find_therapy(word)
            return therapy is not None and therapy.id in self.therapy.members
        drug = find_drug(word)
        if self.drug is None:
            return spaced(word) == self.id
        return drug is not None and drug.id == self.drug

    def entries(self, timeline: Timeline, until: int) -> list[TherapyEntry | MedicationEntry | ExposureEntry]:
        """Every word on this exposure up to a day, in order: starts, sessions, changes, stops, days it was there."""
        entries = [*self._own(timeline, until), *self._words(timeline, until)]
        return sorted(entries, key=lambda entry: entry.order)

    def stops(self, timeline: Timeline, until: int) -> list[int]:
        """The days up to `until` on which it is said to have been stopped."""
        return [entry.day for entry in self._words(timeline, until) if entry.do == "stop"]

    def begun(self, timeline: Timeline, until: int) -> list[int]:
        """The days up to `until` on which it was begun or repeated, and not merely changed."""
        begun = [entry.day for entry in self._words(timeline, until) if entry.do in ("start", "session")]
        return sorted([*begun, *(entry.day for entry in self._own(timeline, until))])

    def taken(self, timeline: Timeline, until: int) -> list[TherapyEntry | MedicationEntry | ExposureEntry]:
        """Every word up to `until` that it was there, in order: all but the stops."""
        words = [entry for entry in self._words(timeline, until) if entry.do != "stop"]
        return sorted([*self._own(timeline, until), *words], key=lambda entry: entry.order)

    def _words(self, timeline: Timeline, until: int) -> Sequence[TherapyEntry | MedicationEntry]:
        """Every word on the therapy or the drug."""
        if self.drug is not None:
            return timeline.medication_of(self.drug, until)
        members = self.therapy.members if self.therapy else frozenset[str]()
        return [entry for entry in timeline.therapies(until) if not members.isdisjoint(entry.certainly)]

    def _own(self, timeline: Timeline, until: int) -> list[ExposureEntry]:
        """The patient's own words that it was there."""
        return [
            entry
            for entry in timeline.entries_of(ExposureEntry, until)
            if (entry.state == "present" or (entry.amount or 0) > 0) and factor_id(entry.name) == self.id
        ]


def factor_id(name: str) -> str:
    """What a word of the patient's own is judged as: the therapy or the drug that it names, else the word itself."""
    therapy, drug = find_therapy(name), find_drug(name)
    if therapy is not None:
        return family_of(therapy).id
    return drug.id if drug is not None else spaced(name)


def exposure_to(what: Therapy | Drug | str) -> Exposure:
    """The exposure to a therapy, a drug, or a factor by its word."""
    if isinstance(what, Therapy):
        return Exposure(what.id, what.title, therapy=what)
    if isinstance(what, str):
        return Exposure(spaced(what), what)
    return Exposure(what.id, what.title, drug=what.id)


def known_exposure(name: str, timeline: Timeline | None = None) -> Exposure:
    """The exposure of that name: a therapy, a drug, or a factor that the record has; InputError for any other word."""
    known = find_therapy(name) or find_drug(name)
    if known is not None:
        return exposure_to(known)
    if timeline is not None and any(
        factor_id(entry.name) == spaced(name) for entry in timeline.entries_of(ExposureEntry)
    ):
        return exposure_to(name)
    near = suggested(name)
    known = THERAPY_NAMED if near is None else (*THERAPY_NAMED, near.title)
    raise InputError(
        message("option.said", option="--exposure", what=unknown_word(name, known, message("word.exposure")))
    )
