"""The record as values: one patient, what was recorded, nothing derived.

Every entry knows its day, who said it and where in the document it stands. Reading and checking happen in
`assuage.record.read`; what entries mean together is the engine's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Literal, Self, cast, get_args

from msgspec import Struct, field
from msgspec.structs import replace

from assuage.record.care_entries import (
    AdherenceEntry,
    AdverseEventEntry,
    AllergyEntry,
    AppointmentEntry,
    DiagnosisEntry,
    ExposureEntry,
    GoalEntry,
    MeasurementEntry,
    OfferEntry,
    RatingEntry,
)
from assuage.record.decided_entries import ConsentEntry, DecisionEntry, RedFlagEntry
from assuage.record.doses import Dose, Ingredient, Needle
from assuage.record.entry import Entry, NamedWords, VoidEntry
from assuage.record.ruling import Ruling, allergy_ruling
from assuage.record.standing import (
    StandingIndex,
    disputes_of,
    foreign_corrections,
    replaced_ids,
    rulings_among,
    speaks_of_another,
    withdrawn_ids,
)
from assuage.record.too_long import as_read
from assuage.terms.allergies import allergen_in
from assuage.terms.conditions import (
    Condition,
    conditions_in_weeks,
    conditions_ruled_out,
    find_condition,
    find_conditions,
)
from assuage.terms.denied import is_denial
from assuage.terms.drug_names import find_drug
from assuage.terms.drugs import Drug
from assuage.terms.listed import is_list_of_names
from assuage.terms.measured import measured_in_text
from assuage.terms.measurements import find_measurement
from assuage.terms.names import checked_name, spaced
from assuage.terms.no_medication import says_no_medication
from assuage.terms.routes import way_of
from assuage.terms.signs import Sign, find_felt_sign, find_sign
from assuage.terms.sites import WIDESPREAD
from assuage.terms.symptoms import GONE_STATES, State, Symptom, find_symptom
from assuage.terms.therapies import Pressure, Therapy, find_therapy, what_was_done

FindingState = Literal["present", "absent", "normal", "abnormal", "unknown"]
Method = Literal["history", "examination", "laboratory", "imaging", "family", "social"]
# Whose history a finding is, as the second format writes it: of relatives, or of how the patient lives.
HISTORIES = frozenset({"family", "social"})
MedicationAct = Literal["start", "change", "stop"]
TherapyAct = Literal["start", "session", "stop"]
Sex = Literal["female", "male", "other", "unknown"]

# An answer to one item: a number, a yes or no, or null for "not answered" (never 0).
ItemValue = float | bool | str | None


class ScoreEntry(Entry, frozen=True, kw_only=True):
    """A number somebody reported. A range has `low` and `high` and no `value`."""

    scale: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    sites: tuple[str, ...] = ()

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest value this can stand for; the same number twice for a plain value."""
        if self.value is not None:
            return (self.value, self.value)
        assert self.low is not None
        assert self.high is not None
        return (self.low, self.high)

    @property
    def contested(self) -> Self | None:
        """Unknown."""
        return None

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """The range from the lowest to the highest that anybody says of that scale, place and day."""
        low, high = self.range
        for other in others:
            if not isinstance(other, ScoreEntry) or other.day != self.day:
                return None
            if (other.scale, other.sites) != (self.scale, self.sites):
                return None
            low, high = min(low, other.range[0]), max(high, other.range[1])
        return replace(self, value=None, low=low, high=high)


class AnswersEntry(Entry, frozen=True, kw_only=True):
    """Answers to an instrument's items; an unanswered item is left out or None.

    `sites` lists all painful sites of the widespread pain index (empty: none hurts); None for others.
    """

    instrument: str
    items: Mapping[str, ItemValue] = field(default_factory=dict[str, ItemValue])
    sites: tuple[str, ...] | None = None

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """The answers on which all agree."""
        items, sites = dict(self.items), self.sites
        for other in others:
            if (
                not isinstance(other, AnswersEntry)
                or other.instrument != self.instrument
                or other.day != self.day
            ):
                return None
            items = {
                item: given if other.items.get(item, given) == given else None
                for item, given in items.items()
            }
            sites = sites if other.sites is None or sites is None or set(other.sites) == set(sites) else None
        return replace(self, items=items, sites=sites)


class SymptomEntry(Entry, frozen=True, kw_only=True):
    """A symptom and its state. `site` is a site id, or None for no particular place."""

    what: str
    state: State
    site: str | None = None
    severity: str | None = None

    @property
    def contested(self) -> Self | None:
        """Not gone."""
        return self.in_doubt(())

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """There: a symptom that somebody reports is not gone because somebody else says so."""
        return None if self.state in GONE_STATES else self

    @property
    def named(self) -> NamedWords:
        """The symptom."""
        return ((self.what, self.symptom is not None or self.sign is not None),)

    @property
    def where(self) -> str | None:
        """The site it is said of; None for no particular place, and for the whole body, which is the same."""
        return None if self.site == WIDESPREAD.id else self.site

    @property
    def symptom(self) -> Symptom | None:
        """The known symptom; None for words that are kept but not checked."""
        return find_symptom(self.what)

    @property
    def sign(self) -> Sign | None:
        """The sign of a red flag it is; None if it is none."""
        return find_felt_sign(self.what, self.site, self.severity)


class FindingEntry(Entry, frozen=True, kw_only=True):
    """Something found, or looked for and not found."""

    what: str
    state: FindingState
    method: Method | None = None
    result: str | None = None

    @property
    def with_result(self) -> str:
        """What was found, and the result behind it where there is one."""
        return f"{self.what} {self.result}" if self.result else self.what

    @property
    def condition(self) -> Condition | None:
        """The first condition that the words name; None for words that are kept but not checked."""
        return find_condition(self.what)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of which the finding says what its state is.

        Words that name a part of a condition (a stroke) do not rule out the whole where they are absent. The weeks of a
        pregnancy may stand in its result.
        """
        if self.state in ("absent", "normal"):
            return conditions_ruled_out(self.what)
        named = find_conditions(self.what)
        return conditions_in_weeks(named, self.result) if self.result else named

    @property
    def contested(self) -> Self | None:
        """Unknown where it was not found."""
        return self if self.state in ("present", "abnormal") else replace(self, state="unknown")

    @property
    def named(self) -> NamedWords:
        """The finding."""
        return ((self.what, self.is_read),)

    @property
    def ruling(self) -> Ruling | None:
        """Of the allergy that it names."""
        allergen = allergen_in(self.what)
        return None if allergen is None else allergy_ruling(allergen, self.state)

    @property
    def no_medication(self) -> bool:
        """Whether it says that the patient takes nothing at all."""
        return self.state == "present" and says_no_medication(self.what)

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """Unknown."""
        return replace(self, state="unknown")

    @property
    def is_read(self) -> bool:
        """Whether anything reads it: as a sign, a condition, a measurement, a number, or a name that was looked up."""
        return (
            find_sign(self.what) is not None
            or self.condition is not None
            or find_measurement(self.what) is not None
            or bool(measured_in_text(self.what, self.result))
            or checked_name(self.what) is not None
            or says_no_medication(self.what)
            or is_denial(self.what)
            or is_list_of_names(self.what)
        )


class MedicationEntry(Entry, frozen=True, kw_only=True):
    """A medication started, changed or stopped.

    A second start of one substance under another name, while the first runs, is asked about: whether both are taken.
    By another route it is a second treatment, which runs until it is stopped itself, or everything is.
    """

    drug: str
    do: MedicationAct
    doses: tuple[Dose, ...] = ()
    route: str | None = None
    purpose: str | None = None
    because: str | None = None

    @property
    def known(self) -> Drug | None:
        """The known drug; None for a name that is kept but not checked."""
        return find_drug(self.drug)

    @property
    def named(self) -> NamedWords:
        """The drug."""
        return ((self.drug, self.known is not None),)

    @property
    def code(self) -> str:
        """The drug's id, or its name in lower case when it is not known."""
        return self.known.id if self.known else spaced(self.drug)

    @property
    def way(self) -> str | None:
        """The way in which it is given, as far as its route or its name says it."""
        return way_of(self.drug, self.route)

    @property
    def contested(self) -> Self | None:
        """Possibly taken: a stop does not count."""
        return None if self.do == "stop" else self

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """Possibly taken: a stop does not count, and of doses that differ none is known."""
        if self.do == "stop":
            return None
        doses = {other.doses for other in others if isinstance(other, MedicationEntry) and other.do != "stop"}
        return replace(self, doses=()) if doses - {self.doses} else self


class IntakeEntry(Entry, frozen=True, kw_only=True):
    """A dose that was taken when it was needed. On that day the drug is taken, whatever else the record says of it."""

    drug: str
    doses: tuple[Dose, ...] = ()
    route: str | None = None

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """Taken, in doses that nobody knows."""
        return replace(self, doses=())

    @property
    def named(self) -> NamedWords:
        """The drug."""
        return ((self.drug, find_drug(self.drug) is not None),)

    @property
    def code(self) -> str:
        """The drug's id, or its name in lower case when it is not known."""
        known = find_drug(self.drug)
        return known.id if known else spaced(self.drug)

    @property
    def as_taken(self) -> MedicationEntry:
        """The medication of that day."""
        return MedicationEntry(
            place=self.place,
            day=self.day,
            minute=self.minute,
            time=self.time,
            by=self.by,
            approximate=self.approximate,
            drug=self.drug,
            do="start",
            doses=self.doses,
            route=self.route,
        )


class TherapyEntry(Entry, frozen=True, kw_only=True):
    """A session of a therapy, or its start or stop."""

    what: str
    do: TherapyAct = "session"
    number: int | None = None
    sites: tuple[str, ...] = ()
    minutes: float | None = None
    pressure: Pressure | None = None
    because: str | None = None
    mixture: tuple[Ingredient, ...] = ()
    needle: Needle | None = None
    points: int | None = None
    volume_per_point_ml: float | None = None
    response_percent: tuple[float, float] | None = None

    @property
    def contested(self) -> Self | None:
        """Not stopped."""
        return None if self.do == "stop" else self

    @property
    def known(self) -> Therapy | None:
        """The known therapy; None for words that are kept but not checked."""
        return find_therapy(self.what)

    @property
    def named(self) -> NamedWords:
        """The therapy, and the drugs of the mixture."""
        mixture = ((part.drug, find_drug(part.drug) is not None) for part in self.mixture)
        return ((self.what, self.known is not None), *mixture)

    @property
    def certainly(self) -> frozenset[str]:
        """The therapy ids this certainly is."""
        return what_was_done(self.what, self.pressure)[0]

    @property
    def possibly(self) -> frozenset[str]:
        """The therapy ids this may be, beside those it certainly is: a massage of unrecorded pressure."""
        return what_was_done(self.what, self.pressure)[1]

    @property
    def took_place(self) -> bool:
        """Whether something was done: a session or a start. A stop (or a refusal) is no exposure."""
        return self.do != "stop"

    @property
    def in_words(self) -> str:
        """`deep massage`, `mesotherapy`."""
        return f"{self.pressure} {self.what}" if self.pressure else self.what


class NoteEntry(Entry, frozen=True, kw_only=True):
    """Free text, never interpreted."""

    text: str


AnyEntry = (
    ScoreEntry
    | AnswersEntry
    | SymptomEntry
    | FindingEntry
    | MedicationEntry
    | TherapyEntry
    | DecisionEntry
    | ConsentEntry
    | RedFlagEntry
    | NoteEntry
    | IntakeEntry
    | MeasurementEntry
    | AllergyEntry
    | AdverseEventEntry
    | DiagnosisEntry
    | AdherenceEntry
    | OfferEntry
    | ExposureEntry
    | RatingEntry
    | GoalEntry
    | AppointmentEntry
    | VoidEntry
)


KIND_OF: dict[type[Entry], str] = {
    ScoreEntry: "score",
    AnswersEntry: "answers",
    SymptomEntry: "symptom",
    FindingEntry: "finding",
    MedicationEntry: "medication",
    TherapyEntry: "therapy",
    DecisionEntry: "decision",
    ConsentEntry: "consent",
    RedFlagEntry: "red_flag_check",
    NoteEntry: "note",
    IntakeEntry: "intake",
    MeasurementEntry: "measurement",
    AllergyEntry: "allergy",
    AdverseEventEntry: "adverse_event",
    DiagnosisEntry: "diagnosis",
    AdherenceEntry: "adherence",
    OfferEntry: "offer",
    ExposureEntry: "exposure",
    RatingEntry: "rating",
    GoalEntry: "goal",
    AppointmentEntry: "appointment",
    VoidEntry: "void",
}
assert set(KIND_OF) == set(get_args(AnyEntry))


class Patient(Struct, frozen=True):
    """Who the record is about: a pseudonym, and what is known of sex and age on day 0."""

    id: str
    sex: Sex | None = None
    age: int | None = None

    def age_on(self, day: int) -> int | None:
        """The age in whole years on a day; before day 0 that of day 0, None where it is not known."""
        return None if self.age is None else self.age + max(day, 0) // 365


_MINUTE, _DAY_AND_PLACE = attrgetter("minute"), attrgetter("day", "place")


class Record(Struct, frozen=True, dict=True):
    """What is known of one patient, as it was written. `zone` is the IANA time zone its days are civil days of."""

    patient: Patient
    entries: tuple[AnyEntry, ...]
    starts_on: date | None = None
    pathway: str | None = None
    zone: str | None = None

    @property
    def year(self) -> int | None:
        """The year of day 0; None where the record bears no date."""
        return None if self.starts_on is None else self.starts_on.year

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The ids of entries that somebody withdrew. They stay readable in `entries`."""
        return withdrawn_ids(self.entries) if self._settles else frozenset()

    @cached_property
    def replaced(self) -> frozenset[str]:
        """The ids of entries that a later correction replaces. They stay readable in `entries`."""
        return replaced_ids(self.entries, self.withdrawn) if self._settles else frozenset()

    @cached_property
    def _settles(self) -> bool:
        """Whether any entry says of another that it does not count, or says otherwise: of most records none does."""
        return any(map(speaks_of_another, self.entries))

    @cached_property
    def foreign(self) -> frozenset[int]:
        """The places of corrections by which somebody would replace what another wrote."""
        return foreign_corrections(self.entries)

    def written(self, name: str) -> AnyEntry | None:
        """The entry of an id, whether it stands or not; None where none has it."""
        return self.entries[self.index.ids[name]] if name in self.index.ids else None

    def earlier(self, entry: AnyEntry) -> tuple[AnyEntry, ...]:
        """What an entry corrects, and what that corrected, the latest first: none where it is the first of its kind."""
        before: list[AnyEntry] = []
        name = entry.replaces
        while name is not None and name in self.index.ids:
            before.append(self.entries[self.index.ids[name]])
            name = before[-1].replaces
        return tuple(before)

    def stands(self, entry: AnyEntry) -> bool:
        """Whether an entry of it is neither withdrawn nor replaced."""
        return entry.id is None or not (entry.id in self.replaced or entry.id in self.withdrawn)

    @cached_property
    def rulings(self) -> Mapping[tuple[str, str], tuple[int, ...]]:
        """The places of entries that rule something in or out, by what it is about."""
        return rulings_among(self.entries)

    @cached_property
    def standing(self) -> tuple[AnyEntry, ...]:
        """The entries that stand, as they were written and in the order in which they happened."""
        gone = self.replaced | self.withdrawn
        standing = [entry for entry in self.entries if not gone or entry.id is None or entry.id not in gone]
        if set(map(_MINUTE, standing)) <= {None}:  # without times the day and the place are the order
            return tuple(sorted(standing, key=_DAY_AND_PLACE))
        return tuple(sorted(standing, key=lambda entry: entry.order))

    @cached_property
    def disputes(self) -> Mapping[int, tuple[AnyEntry, ...]]:
        """By the place of an entry that is in dispute, those that stand against it."""
        return cast("Mapping[int, tuple[AnyEntry, ...]]", disputes_of(self.standing) if self._settles else {})

    @cached_property
    def current(self) -> tuple[AnyEntry, ...]:
        """The entries that count, in the order in which they happened; those in dispute on the cautious side."""
        if not self.disputes:
            return tuple(map(as_read, self.standing))
        read = (self._as_read(entry) for entry in self.standing)
        return tuple(as_read(entry) for entry in read if entry is not None)

    def _as_read(self, entry: AnyEntry) -> AnyEntry | None:
        """An entry that stands, on the cautious side where it is in dispute."""
        against = self.disputes.get(entry.place)
        if against is None:
            return entry
        if any(other.is_denied_by(entry) for other in against):
            return None
        otherwise = tuple(
            other for other in against if not isinstance(other, VoidEntry) and not entry.is_denied_by(other)
        )
        return entry.in_doubt(otherwise) if otherwise else entry.contested

    @cached_property
    def index(self) -> StandingIndex:
        """Where its entries are found by id and by day."""
        return StandingIndex.of(self.entries)

    @property
    def first_day(self) -> int | None:
        """The earliest day anything is recorded for; None for an empty record."""
        return self.current[0].day if self.current else None

    @property
    def last_day(self) -> int | None:
        """The latest day anything is recorded for; None for an empty record."""
        return self.current[-1].day if self.current else None

    def follows(self, pathway: str) -> bool:
        """Whether its decisions were taken on the pathway of that id: it names that one, in any version, or none."""
        return self.pathway is None or self.pathway.partition("@")[0] == pathway

    def date_of(self, day: int) -> date | None:
        """The calendar date of a day; None in a record without one."""
        return None if self.starts_on is None else self.starts_on + timedelta(days=day)

    @cached_property
    def not_checked(self) -> tuple[tuple[AnyEntry, str], ...]:
        """The standing entries whose drug, therapy, finding or symptom no rule knows, with that word."""
        return tuple((entry, word) for entry in self.current for word, known in entry.named if not known)
