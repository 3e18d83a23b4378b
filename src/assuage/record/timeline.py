"""The one reading of a record: what it says of a scale, a therapy, a symptom, a drug up to the end of a day.

Built once for a record; every look-up takes the day it is asked on and never sees a later entry. Nothing is judged
here, and nobody above this layer looks through the entries itself, so that two answers to one question cannot differ.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, takewhile
from operator import attrgetter
from typing import Any, TypeVar, TypeVarTuple, assert_never, cast

from msgspec.structs import replace

from assuage.record.body_mass import BodyMass
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
from assuage.record.copied import copied
from assuage.record.decided_entries import ConsentEntry, DecisionEntry, RedFlagEntry
from assuage.record.derived import NumberEntry, derived_findings, lapsed_by
from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    Entry,
    FindingEntry,
    IntakeEntry,
    MedicationEntry,
    NoteEntry,
    Patient,
    Record,
    ScoreEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.entry import VoidEntry
from assuage.record.episodes import DrugEpisode, codes_by_part, courses_of, joined
from assuage.record.observations import DayValues, Observation, Range
from assuage.record.standing import speaks_of_another
from assuage.record.stated import findings_stated, scored_answers
from assuage.record.too_long import as_read
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.drug_names import drug_with_id, find_drug
from assuage.terms.drugs import Drug
from assuage.terms.holds import LapsedStatement
from assuage.terms.names import spaced
from assuage.terms.scales import Scale
from assuage.terms.sites import Site
from assuage.terms.symptoms import ALL_SYMPTOMS, GONE_STATES
from assuage.terms.therapies import Therapy
from assuage.terms.times import TimeOfDay, time_of_day

T = TypeVar("T")
E = TypeVar("E", bound=Entry)
Asked = TypeVarTuple("Asked")


class Timeline:
    """A record by day: values of scales, sessions, statements, findings, checks, drug episodes, decisions.

    With `until` what lies after that day is not laid out, as nothing is read ahead of the day that is asked about.
    """

    def __init__(self, record: Record, until: int | None = None) -> None:
        self.record = record
        self._of_kind: dict[type[Entry], list[Any]] = {}
        self._observations: dict[str, dict[int, tuple[Observation, ...]]] = {}
        self._sessions: list[TherapyEntry] = []
        self._sessions_of: dict[str, list[TherapyEntry]] = {}
        self._statements: dict[str, list[SymptomEntry]] = {}
        self._findings: dict[str, list[FindingEntry]] = {}
        self._concluded: list[FindingEntry] = []  # findings, and what numbers firmly come to
        self._presumed: list[FindingEntry] = []  # what numbers come to where nobody says otherwise
        self._histories, self._nothing_taken = list[FindingEntry](), list[FindingEntry]()
        self._body = BodyMass()
        self._adherence: dict[str, list[AdherenceEntry]] = {}
        self._intakes: dict[str, dict[int, IntakeEntry]] = {}  # the last of a day, by drug
        self._medication: dict[str, list[MedicationEntry]] = {}
        self._days, self._patient_days = list[int](), list[int]()
        self._day_values: dict[tuple[str, tuple[Site, ...], TimeOfDay | None], DayValues] = {}
        self._worked_out: dict[tuple[object, ...], object] = {}
        self._latest: tuple[int, int, int] | None = None  # of the entry that came last
        for entry in record.current:
            if until is not None and entry.day > until:
                break
            self._lay_out(entry)
            self._latest = entry.order

    @classmethod
    def of(cls, entries: Iterable[AnyEntry]) -> Timeline:
        """A timeline of these entries alone, of a patient of whom nothing else is known."""
        return cls(Record(Patient("nobody"), tuple(entries)))

    def _lay_out(self, entry: AnyEntry) -> None:
        if not isinstance(entry, FindingEntry):
            self._of_kind.setdefault(type(entry), []).append(entry)
        if not self._days or self._days[-1] != entry.day:
            self._days.append(entry.day)
        if entry.by == "patient" and (not self._patient_days or self._patient_days[-1] != entry.day):
            self._patient_days.append(entry.day)
        match entry:
            case ScoreEntry():
                low, high = entry.range
                self._observe(entry.scale, entry, low, high, entry.sites)
            case AnswersEntry():
                # Answers to an instrument are a value of its total: a range where items are missing.
                total = scored_answers(entry)
                if total is not None and total.low is not None and total.high is not None:
                    self._observe(entry.instrument, entry, total.low, total.high, ())
            case SymptomEntry():
                symptom = entry.symptom
                self._statements.setdefault(symptom.id if symptom else entry.what.lower(), []).append(entry)
                for finding in findings_stated(entry):
                    self._lay_finding(finding)
            case FindingEntry(method="family"):
                self._histories.append(entry)  # of relatives, not of the patient
            case FindingEntry():
                self._lay_finding(entry)
                for finding in findings_stated(entry):
                    self._lay_finding(finding)
            case MedicationEntry():
                known = self._medication.setdefault(entry.code, [])
                self._derive(entry, again=bool(known) and known[-1].do != "stop")
                known.append(entry)
            case TherapyEntry():
                if entry.took_place:
                    self._sessions.append(entry)
                    for therapy in entry.certainly | entry.possibly:
                        self._sessions_of.setdefault(therapy, []).append(entry)
            case MeasurementEntry():
                self._derive(entry)
            case AllergyEntry() | AdverseEventEntry() | DiagnosisEntry():
                for finding in findings_stated(entry):
                    self._lay_finding(finding)
            case AdherenceEntry():
                drug = find_drug(entry.drug)
                self._adherence.setdefault(drug.id if drug else spaced(entry.drug), []).append(entry)
            case IntakeEntry():
                self._derive(entry, again=entry.code in self._intakes)
                self._intakes.setdefault(entry.code, {})[entry.day] = entry
            case DecisionEntry() | RedFlagEntry() | ConsentEntry() | NoteEntry() | OfferEntry():
                pass
            case ExposureEntry() | RatingEntry() | GoalEntry() | AppointmentEntry() | VoidEntry():
                pass
            case _:
                assert_never(entry)

    def _lay_finding(self, entry: FindingEntry) -> None:
        if entry.no_medication:
            self._nothing_taken.append(entry)
        self._of_kind.setdefault(FindingEntry, []).append(entry)
        for condition in entry.conditions:
            self._findings.setdefault(condition.id, []).append(entry)
        self._concluded.append(entry)
        self._derive(entry)

    def _derive(self, entry: NumberEntry | MedicationEntry | IntakeEntry, *, again: bool = False) -> None:
        """Lay out what the numbers of an entry come to, or the taking of a drug; `again`: it was taken already."""
        of_both = self._body.followed_by(entry, self.record)
        for finding, firm in (*derived_findings(entry, self.record.patient, again=again), *of_both):
            if finding.state == "absent" and entry.place in self.record.disputes:
                continue  # a number in dispute rules nothing out
            if firm:
                self._findings.setdefault(finding.what, []).append(finding)
                self._concluded.append(finding)
            else:
                self._presumed.append(finding)

    def _observe(
        self, scale: str, entry: ScoreEntry | AnswersEntry, low: float, high: float, sites: tuple[str, ...]
    ) -> None:
        time = None
        if entry.minute is not None:
            time = TimeOfDay(entry.time) if entry.time in _TIME_WORDS else time_of_day(entry.minute)
        by_day = self._observations.setdefault(scale, {})
        observation = Observation(low, high, sites, time, entry.minute)
        by_day[entry.day] = (*by_day.get(entry.day, ()), observation)

    def with_entries(self, entries: Sequence[AnyEntry]) -> Timeline:
        """The timeline of the record with these written at its end; this one stays as it is.

        Each entry gets the place it then has. What happened last is added to what was laid out before, and so is a
        decision of any day; another entry that lies earlier, or one that replaces another, lays everything out anew.
        """
        if not entries:
            return self
        record, end = self.record, len(self.record.entries)
        written = tuple(replace(entry, place=end + number) for number, entry in enumerate(entries))
        longer = replace(record, entries=(*record.entries, *written))
        following = sorted(map(as_read, written), key=_ORDER)
        latest = self._latest
        if any(map(speaks_of_another, written)):
            return Timeline(longer)
        if latest is not None and following[0].order < latest:
            decided = all(isinstance(entry, DecisionEntry) for entry in following)
            return self._decided_before(following, longer) if decided else Timeline(longer)
        return self._followed_by(following, longer)

    def _decided_before(self, entries: Sequence[AnyEntry], record: Record) -> Timeline:
        """A copy of this timeline with decisions somewhere among its entries: they change nothing else of it."""
        longer = self._copy(record)
        for entry in entries:
            insort(longer._of_kind.setdefault(DecisionEntry, []), entry, key=_ORDER)
            for days, counts in ((longer._days, True), (longer._patient_days, entry.by == "patient")):
                if counts and entry.day not in days[bisect_left(days, entry.day) :][:1]:
                    insort(days, entry.day)
            longer._latest = max(longer._latest or entry.order, entry.order)
        return longer

    def _copy(self, record: Record) -> Timeline:
        """The same of a record that may hold more; what was worked out from it is not known of the other."""
        copy = Timeline(Record(record.patient, ()))
        for name, known in vars(self).items():
            if name not in ("record", "_worked_out"):
                setattr(copy, name, copied(known))
        copy.record = record
        return copy

    def _followed_by(self, entries: Sequence[AnyEntry], record: Record) -> Timeline:
        """A copy of this timeline with entries that all come after its own."""
        longer = self._copy(record)
        for entry in entries:
            longer._lay_out(entry)
        longer._latest = entries[-1].order
        longer._day_values = {
            key: values.followed_by(longer._observations.get(values.scale.code, {}), entries[0].day, *key[1:])
            for key, values in self._day_values.items()
        }
        return longer

    def once(self, work: Callable[[Timeline, *Asked], T], *asked: *Asked) -> T:
        """What a function makes of this timeline, worked out once for what it is asked: for rules of a layer above."""
        key = (work, *asked)
        if key not in self._worked_out:
            self._worked_out[key] = work(self, *asked)
        return cast("T", self._worked_out[key])

    # --- days ---

    @property
    def last_day(self) -> int | None:
        """The latest day anything is recorded for; None for an empty record."""
        return self._days[-1] if self._days else None

    def recorded_days(self, first: int | None = None, last: int | None = None) -> list[int]:
        """The days from `first` to `last` (None: all) for which anything at all is recorded, in order."""
        begin = 0 if first is None else bisect_left(self._days, first)
        return self._days[begin : None if last is None else bisect_right(self._days, last)]

    def patient_days(self, first: int, last: int) -> int:
        """On how many days from `first` to `last` the patient reported anything at all."""
        return bisect_right(self._patient_days, last) - bisect_right(self._patient_days, first - 1)

    # --- entries of one kind, in order ---

    def _until(self, entries: Sequence[E], day: int | None) -> Sequence[E]:
        if day is None or not entries or entries[-1].day <= day:
            return entries
        return entries[: bisect_right(entries, day, key=lambda entry: entry.day)]

    def symptoms(self, until: int | None = None) -> Sequence[SymptomEntry]:
        """Every statement about a symptom up to a day (None: all), in order."""
        return self._until(self._of_kind.get(SymptomEntry, []), until)

    def findings(self, until: int | None = None) -> Sequence[FindingEntry]:
        """Every finding of the patient up to a day (None: all), in order."""
        return self._until(self._of_kind.get(FindingEntry, []), until)

    def measurements(self, until: int | None = None) -> Sequence[MeasurementEntry]:
        """Every measurement up to a day (None: all), in order."""
        return self._until(self._of_kind.get(MeasurementEntry, []), until)

    def concluded(self, until: int | None = None) -> Sequence[FindingEntry]:
        """Every finding up to a day (None: all), and behind each what its numbers come to, in order."""
        return self._until(self._concluded, until)

    def presumed(self, until: int | None = None) -> Sequence[FindingEntry]:
        """What numbers up to a day (None: all) come to of conditions of which nobody said anything, in order."""
        return self._until(self._presumed, until)

    def histories(self, until: int | None = None) -> Sequence[FindingEntry]:
        """Every finding of the family history up to a day (None: all), in order."""
        return self._until(self._histories, until)

    def medication(self, until: int | None = None) -> Sequence[MedicationEntry]:
        """Every start, change and stop of a drug up to a day (None: all), in order."""
        return self._until(self._of_kind.get(MedicationEntry, []), until)

    def therapies(self, until: int | None = None) -> Sequence[TherapyEntry]:
        """Every word on a therapy up to a day (None: all), in order: starts, sessions and stops."""
        return self._until(self._of_kind.get(TherapyEntry, []), until)

    def sessions(self, until: int | None = None) -> Sequence[TherapyEntry]:
        """Every therapy that took place up to a day (None: all), in order: starts and sessions."""
        return self._until(self._sessions, until)

    def decisions(self, until: int | None = None) -> Sequence[DecisionEntry]:
        """Every decision of a clinician about a pathway up to a day (None: all), in order."""
        told = self._until(self._of_kind.get(DecisionEntry, []), until)
        return [entry for entry in told if entry.word_of_clinician]

    def unconfirmed_decisions(self, until: int) -> Sequence[DecisionEntry]:
        """Every decision of somebody else up to a day, in order, until a later decision of a clinician."""
        told = self._until(self._of_kind.get(DecisionEntry, []), until)
        return [*takewhile(lambda entry: not entry.word_of_clinician, reversed(told))][::-1]

    def consents(self, until: int | None = None) -> Sequence[ConsentEntry]:
        """Every word on a consent up to a day (None: all), in order."""
        return self._until(self._of_kind.get(ConsentEntry, []), until)

    def checks(self, until: int | None = None) -> Sequence[RedFlagEntry]:
        """Every check for red flags up to a day (None: all), in order."""
        return self._until(self._of_kind.get(RedFlagEntry, []), until)

    def scores(self, until: int | None = None) -> Sequence[ScoreEntry]:
        """Every score up to a day (None: all), in order, totals of questionnaires among them."""
        return self._until(self._of_kind.get(ScoreEntry, []), until)

    def notes(self, until: int | None = None) -> Sequence[NoteEntry]:
        """Every note up to a day (None: all), in order."""
        return self._until(self._of_kind.get(NoteEntry, []), until)

    def entries_of(self, kind: type[E], until: int | None = None) -> Sequence[E]:
        """Every entry of a kind up to a day (None: all), in order; for kinds about which nothing more can be asked."""
        return self._until(self._of_kind.get(kind, []), until)

    def as_written(self, finding: FindingEntry) -> FindingEntry:
        """A finding in dispute as it was written, where it was found: it tells of its red flag all the same."""
        if finding.state != "unknown" or finding.place not in self.record.disputes:
            return finding
        match self.record.entries[finding.place]:
            case FindingEntry(state=("present" | "abnormal") as state):
                return replace(finding, state=state)
            case DiagnosisEntry(certainty=certainty) if certainty not in ("possible", "refuted"):
                return replace(finding, state="present")
            case _:
                return finding

    def withdrawals(self, until: int) -> Iterator[tuple[AnyEntry, VoidEntry]]:
        """Each entry up to a day that is withdrawn, with what withdraws it, on whatever day that was written."""
        record = self.record
        for entry in record.standing:
            if isinstance(entry, VoidEntry) and entry.of in record.withdrawn:
                withdrawn = record.entries[record.index.ids[entry.of]]
                if withdrawn.day <= until:
                    yield withdrawn, entry

    def answers(self, until: int | None = None) -> Sequence[AnswersEntry]:
        """Every set of answers to an instrument up to a day (None: all), in order."""
        return self._until(self._of_kind.get(AnswersEntry, []), until)

    # --- scales ---

    def observations_on(self, scale: str, day: int) -> tuple[Observation, ...]:
        """What was recorded of a scale on a day, in order."""
        by_day = self._observations.get(scale)
        return by_day.get(day, ()) if by_day else ()

    def observations(self, scale: str) -> Iterator[tuple[int, tuple[Observation, ...]]]:
        """What was recorded of a scale, day by day, in order."""
        yield from sorted(self._observations.get(scale, {}).items())

    def has_scale(self, scale: str) -> bool:
        """Whether the scale occurs at all; most questions end here."""
        return scale in self._observations

    def reported_days(self, scale: str, until: int | None = None) -> list[int]:
        """The days up to `until` (None: all) on which something was recorded of a scale, in order."""
        days = sorted(self._observations.get(scale, {}))
        return days if until is None else days[: bisect_right(days, until)]

    def day_values(
        self, scale: Scale, first: int, last: int, sites: tuple[Site, ...] = (), time: TimeOfDay | None = None
    ) -> dict[int, Range]:
        """The value that stands for each day from `first` to `last`, by the scale's own rule, in order of the days.

        Of observations of these sites (none: the patient as a whole) at this time of day (None: any). A day without
        one is left out, not filled.
        """
        if scale.code not in self._observations:
            return {}
        key = (scale.code, sites, time)
        if key not in self._day_values:
            self._day_values[key] = DayValues.of(scale, self.observations(scale.code), sites, time)
        return self._day_values[key].between(first, last)

    # --- therapies ---

    def sessions_of(self, members: frozenset[str]) -> Iterator[tuple[TherapyEntry, bool]]:
        """Starts and sessions that are (True) or possibly are (False) one of these therapies, in order."""
        entries = {
            entry.place: entry for therapy in members for entry in self._sessions_of.get(therapy, ())
        }.values()
        for entry in sorted(entries, key=lambda entry: entry.order):
            yield entry, not members.isdisjoint(entry.certainly)

    def exposures(
        self, therapy: Therapy, until: int, first: int | None = None
    ) -> list[tuple[TherapyEntry, bool]]:
        """Sessions from `first` (None: ever) to `until` that are (True) or possibly are (False) the therapy, in order.

        The start of a course of sessions is one, unless a session of that day stands beside it.
        """
        entries = [
            (entry, sure)
            for entry, sure in self.sessions_of(therapy.members)
            if (first is None or entry.day >= first) and entry.day <= until
        ]
        session_days = {entry.day for entry, _ in entries if entry.do == "session"}
        return [
            (entry, sure) for entry, sure in entries if entry.do == "session" or entry.day not in session_days
        ]

    # --- symptoms and findings ---

    def statements(self, symptom: str, first: int | None, last: int) -> Iterator[SymptomEntry]:
        """What was recorded of a symptom from `first` (None: ever) to `last`, in order.

        "All symptoms are gone" speaks for each of them; that all are worse does not give a patient a symptom
        nobody named.
        """
        of_it = self._statements.get(symptom, [])
        general = [entry for entry in self._statements.get(ALL_SYMPTOMS.id, []) if entry.state in GONE_STATES]
        if symptom == ALL_SYMPTOMS.id:
            general = []
        entries: Iterable[SymptomEntry] = of_it
        if general:
            entries = sorted([*of_it, *general], key=lambda entry: entry.order)
        for entry in entries:
            if (first is None or entry.day >= first) and entry.day <= last:
                yield entry

    def finding(self, condition: str, day: int) -> FindingEntry | None:
        """The latest word on a condition up to a day; None if nobody looked, or if it no longer holds."""
        latest = self._last_finding(condition, day)
        return None if latest is None or lapsed_by(condition, latest, day) is not None else latest

    def lapsed_finding(self, condition: str, day: int) -> LapsedStatement | None:
        """The latest word on a condition up to a day, where it no longer holds; None if it does, or there is none."""
        latest = self._last_finding(condition, day)
        return None if latest is None else lapsed_by(condition, latest, day)

    def _last_finding(self, condition: str, day: int) -> FindingEntry | None:
        entries = self._until(self._findings.get(condition, []), day)
        return entries[-1] if entries else None

    def medication_recorded(self, day: int) -> bool:
        """Whether any medication, or that nothing is taken, was recorded up to a day.

        Only then does silence mean "not taken".
        """
        first = (*self._of_kind.get(MedicationEntry, ())[:1], *self._nothing_taken[:1])
        return any(entry.day <= day for entry in first)

    def drugs(self) -> Iterator[str]:
        """Every drug that occurs, by code."""
        yield from self._medication

    def medication_of(self, drug: str, day: int) -> Sequence[MedicationEntry]:
        """What was done about a drug up to a day, alone or in a combination: starts, changes and stops, in order."""
        entries = [entry for code in self._codes_of(drug) for entry in self._medication[code]]
        return self._until(sorted(entries, key=lambda entry: entry.order), day)

    def _codes_of(self, drug: str) -> list[str]:
        """The codes under which a drug, or a combination that has it as a part, occurs; the drug itself first."""
        asked = drug_with_id(drug)
        if asked is None:
            counting: Iterable[str] = ()
        elif asked.kind == "class_item":
            known = ((code, entries[0].known) for code, entries in self._medication.items())
            counting = (code for code, each in known if each is not None and each.counts_as(asked) is YES)
        else:
            counting = self.once(Timeline._codes_by_part).get(asked.id, ())
        others = [code for code in counting if code != drug]
        return [drug, *others] if drug in self._medication else others

    def _codes_by_part(self) -> Mapping[str, Sequence[str]]:
        return codes_by_part(self._medication)

    def takes(self, drug: Drug, day: int) -> Answer:
        """Whether a drug, or any member of a class, is taken at the end of a day.

        Medication is recorded by the clinic: once any is recorded, a drug that is not named is not taken. But as long
        as something is taken whose name nothing reads, it may be that drug, and the answer is unknown.
        """
        if self.episode(drug.id, day) is not None:
            return UNKNOWN if self.taking_is_doubted(drug.id, day) else YES
        if not self.medication_recorded(day):
            return UNKNOWN
        named = {code: entries[0].known for code, entries in self._medication.items()}
        for code, known in (named | {code: find_drug(code) for code in self._intakes}).items():
            may_be = UNKNOWN if known is None else known.counts_as(drug)
            if may_be is UNKNOWN and self._lasting(code, day):
                return UNKNOWN
        return NO

    def episodes(self, drug: str, day: int) -> list[DrugEpisode]:
        """The times without a break in which a drug was taken, as known at the end of a day, in order.

        Taken is who takes it alone, in a combination, or as a member of the class: where one takes the place of the
        other without a day between, that is no break.
        """
        codes = self._codes_of(drug)
        if len(codes) < 2:
            return self._episodes(codes[0], day) if codes else []
        parts = [episode for code in codes for episode in self._episodes(code, day)]
        return joined(drug, parts)

    def _episodes(self, code: str, day: int) -> list[DrugEpisode]:
        """The episodes of one code, whatever else has the same substance in it."""
        courses = self.courses(code, day)
        return courses[0] if len(courses) == 1 else joined(code, chain.from_iterable(courses))

    def courses(self, code: str, day: int) -> list[list[DrugEpisode]]:
        """The episodes of one code up to a day by the way in which it is given: those of each in order."""
        return courses_of(code, self._until(self._medication.get(code, []), day))

    def episode(self, drug: str, day: int) -> DrugEpisode | None:
        """The episode of a drug that lasts at the end of a day; None if it is not being taken."""
        episodes = self.episodes(drug, day)
        if episodes and episodes[-1].stopped is None:
            return episodes[-1]
        asked = drug_with_id(drug)
        for code in self._intakes:
            known = find_drug(code)
            if code == drug or (asked is not None and known is not None and known.counts_as(asked) is YES):
                lasting = self._lasting(code, day)
                if lasting:
                    return lasting[0]
        return None

    def taking_is_doubted(self, drug: str, day: int) -> bool:
        """Whether somebody said up to a day that a drug is not taken, and nothing since says for certain that it is."""
        codes = dict.fromkeys((*self._codes_of(drug), *(code for code in self._intakes if code == drug)))
        lasting = [code for code in codes if self._lasting(code, day)]
        return bool(lasting) and all(self._is_doubted(code, day) for code in lasting)

    def _is_doubted(self, code: str, day: int) -> bool:
        last = self._until(self._medication.get(code, []), day)[-1:]
        if any(entry.place in self.record.disputes for entry in last):
            return True
        of_it = self._until(self._adherence.get(code, []), day)[-1:]
        denials = (*(word for word in of_it if word.not_taken), *self._until(self._nothing_taken, day)[-1:])
        since = (*self._medication.get(code, ()), *self._intakes.get(code, {}).values())
        return any(
            all(entry.order < denial.order or entry.day > day for entry in since) for denial in denials
        )

    def _lasting(self, code: str, day: int) -> Sequence[DrugEpisode]:
        """What is taken under one code at the end of a day: the episodes that last, or a dose of that day."""
        last = (episodes[-1] for episodes in self.courses(code, day) if episodes)
        lasting = [episode for episode in last if episode.stopped is None]
        intake = self._intakes.get(code, {}).get(day)
        return lasting if lasting or intake is None else [DrugEpisode(code, (intake.as_taken,))]

    def active_medication(self, day: int) -> tuple[DrugEpisode, ...]:
        """The medications being taken at the end of a day, as they are called and by each way, the longest first."""
        codes = {**self._medication, **self._intakes}
        taken = (episode for code in codes for episode in self._lasting(code, day))
        return tuple(sorted(taken, key=lambda episode: (episode.since, episode.latest.place)))

    def last_confirmed(self, episode: DrugEpisode, day: int) -> int:
        """The latest day up to a day on which somebody said that what lasts is taken: its entries, doses, adherence."""
        code = episode.latest.code
        words = self._until(self._adherence.get(code, []), day)
        confirmed = (
            episode.latest.day,
            *(entry.day for entry in words if not entry.not_taken),
            *(taken for taken in self._intakes.get(code, {}) if taken <= day),
        )
        return max(confirmed)

    def stopped_therapy(self, therapy: Therapy, day: int) -> TherapyEntry | None:
        """The entry that stopped a therapy, where it is the latest word on it up to a day; None if it is not."""
        words = [each for each in self.therapies(day) if not therapy.members.isdisjoint(each.certainly)]
        return words[-1] if words and words[-1].do == "stop" else None

    def stopped(self, drug: str, day: int) -> MedicationEntry | None:
        """The entry that stopped a drug which is not being taken on a day; None if there is none."""
        entries = self.medication_of(drug, day)
        stop = entries[-1] if entries and entries[-1].do == "stop" else None
        return None if stop is None or self.episode(drug, day) is not None else stop


_ORDER = attrgetter("order")
_TIME_WORDS = frozenset(word.value for word in TimeOfDay)
