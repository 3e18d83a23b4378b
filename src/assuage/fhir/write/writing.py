"""What every kind is written with: the patient, the calendar, who said it, and whether it still stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from msgspec import Struct

from assuage.fhir import moments
from assuage.fhir.codes import HL7, Concept, concept, own_coding
from assuage.fhir.primitives import fault_of
from assuage.record.entries import AnyEntry
from assuage.terms.sites import SITES
from assuage.terms.times import is_clock

Resource = dict[str, Any]

_NO_DATE = {
    "extension": [
        {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
    ]
}


class Writing(Struct, frozen=True, dict=True):
    """The patient by its resource, day 0 (None: no dates), the zone; which entries are withdrawn or disputed."""

    patient: str = "Patient/nobody"
    day_0: date | None = None
    zone: str | None = None
    gone: frozenset[int] = frozenset()
    disputed: frozenset[int] = frozenset()

    @cached_property
    def subject(self) -> Resource:
        """The reference to the patient."""
        return {"reference": self.patient}

    def when(self, entry: AnyEntry) -> str | None:
        """When an entry was, as far as it may be said: a moment, a day, or of an inferred day the month."""
        if self.day_0 is None:
            return None
        day = self.date_of(entry.day)
        if day is None:
            return None
        if not entry.approximate and entry.time is not None and self.zone and is_clock(entry.time):
            moment = moments.written_moment(day, entry.time, self.zone)
            if moment is not None:
                return moment
        return moments.written_day(day, approximate=entry.approximate)

    def date_of(self, day: int) -> date | None:
        """The date of a day of the record; None without a calendar, or beyond it."""
        if self.day_0 is None:
            return None
        try:
            return self.day_0 + timedelta(days=day)
        except OverflowError:
            return None

    def dated(self, entry: AnyEntry, key: str) -> Resource:
        """The element of that name with when the entry was; empty where that is not said."""
        when = self.when(entry)
        return {} if when is None else {key: when}

    def dated_always(self, entry: AnyEntry, key: str) -> Resource:
        """The same, where FHIR wants the element: that the date is not known is said then."""
        return self.dated(entry, key) or {f"_{key}": _NO_DATE}

    def period(self, entry: AnyEntry, key: str, end: str) -> Resource:
        """A Period of which the entry is one end."""
        when = self.when(entry)
        return {} if when is None else {key: {end: when}}

    def person(self, entry: AnyEntry) -> Resource | None:
        """A reference to who said it; None for a device and a file, which are no persons."""
        match entry.by:
            case "patient":
                return self.subject
            case "clinician":
                return {"type": "Practitioner", "display": "clinician"}
            case "device" | "import":
                return None

    def said_by(self, entry: AnyEntry, key: str, *, many: bool = False) -> Resource:
        """The element of that name with who said it; empty where no person did."""
        person = self.person(entry)
        if person is None:
            return {}
        return {key: [person] if many else person}

    def stands(self, entry: AnyEntry) -> bool:
        """Whether the entry was neither replaced nor withdrawn."""
        return entry.place not in self.gone

    def status(self, entry: AnyEntry, standing: str, disputed: str | None = None) -> str:
        """The status of a resource: as it stands, disputed, or entered in error."""
        if not self.stands(entry):
            return "entered-in-error"
        return disputed if disputed is not None and entry.place in self.disputed else standing


def words(text: str | None) -> str | None:
    """A text where FHIR takes it as it is; else None, and it stands in the extension alone."""
    return text if text is not None and fault_of("string", text) is None else None


def concept_of(key: str, text: str | None, *, many: bool = False) -> Resource:
    """A CodeableConcept of words; empty where there are none."""
    wording = words(text)
    if wording is None:
        return {}
    return {key: [{"text": wording}] if many else {"text": wording}}


def note_of(text: str | None) -> Resource:
    """An annotation; empty where there is no text."""
    wording = words(text)
    return {} if wording is None else {"note": [{"text": wording}]}


def site_concept(site: str) -> Concept:
    """A place on the body by our code and in words."""
    return concept(own_coding("site", site), text=SITES[site].title)


def sites_concept(sites: Iterable[str]) -> Resource:
    """The one place of an observation, or the words for several of them."""
    named = tuple(sites)
    if not named:
        return {}
    if len(named) == 1:
        return {"bodySite": site_concept(named[0])}
    return {"bodySite": {"text": ", ".join(SITES[site].title for site in named)}}


def kind_category(kind: str, *more: str) -> list[Concept]:
    """The category of an observation: HL7's words for it, and which kind of entry it is."""
    return [
        *(concept({"system": f"{HL7}observation-category", "code": code}) for code in more),
        concept(own_coding("kind", kind)),
    ]
