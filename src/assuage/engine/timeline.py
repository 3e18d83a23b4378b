"""One record laid out by day, as the reference engine looks things up. Nothing is judged here.

Built once for a record; every look-up takes the day it is asked on and never sees a later entry.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from assuage.instruments import INSTRUMENTS
from assuage.instruments.result import Scored
from assuage.instruments.scoring import score
from assuage.measures.nodes import Scores
from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    ConsentEntry,
    DecisionEntry,
    FindingEntry,
    MedicationEntry,
    NoteEntry,
    Record,
    RedFlagEntry,
    ScoreEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.safety.standing import StandingFlag, may_flag, shut_by, standing_flags
from assuage.terms.sites import lies_within
from assuage.terms.symptoms import ALL_SYMPTOMS, GONE_STATES
from assuage.terms.times import TimeOfDay, time_of_day


@dataclass(frozen=True)
class Range:
    """A number that is known to lie from `low` to `high`; both the same when it is known exactly."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


@dataclass(frozen=True)
class Said:
    """A value of a scale as it was recorded: the range it stands for, where, and when in the day."""

    low: float
    high: float
    sites: tuple[str, ...]
    time: TimeOfDay | None
    minute: int | None = None

    def answers(self, sites: frozenset[str], time: TimeOfDay | None) -> bool:
        """Whether this speaks of these sites (none: the patient as a whole) at this time of day."""
        if time is not None and time is not self.time:
            return False
        if not sites:
            return not self.sites or "widespread" in self.sites
        return any(site == asked or lies_within(site, asked) for site in self.sites for asked in sites)


def scored(entry: AnswersEntry) -> Scored | None:
    """What answers come to; None where nothing was answered, or no instrument of that name is known."""
    given: dict[str, object] = dict(entry.items)
    if entry.sites is not None:
        given["sites"] = list(entry.sites)
    if entry.instrument not in INSTRUMENTS or all(value is None for value in given.values()):
        return None
    return score(entry.instrument, given)


def came_before(minute: int | None, other: int | None) -> bool:
    """Whether something said at `minute` is known to have come before `other` on the same day."""
    return minute is not None and other is not None and minute < other


class Timeline:
    """A record by day. Values of scales, sessions, statements, findings, checks, courses, decisions."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._said: dict[str, dict[int, list[Said]]] = defaultdict(lambda: defaultdict(list))
        self.day_values: dict[Scores, dict[int, Range]] = {}  # worked out by the engine, once for each source
        self.sessions: list[TherapyEntry] = []
        self._sessions_of: dict[str, list[TherapyEntry]] = defaultdict(list)
        self._statements: dict[str, list[SymptomEntry]] = defaultdict(list)
        self._findings: dict[str, list[FindingEntry]] = defaultdict(list)
        self._medication: dict[str, list[MedicationEntry]] = defaultdict(list)
        self.checks: list[RedFlagEntry] = []
        self.decisions: list[DecisionEntry] = []
        self._told: list[int] = []
        self._may_flag: list[AnyEntry] = []  # the entries that can raise or clear a red flag
        self._flags: dict[int, tuple[StandingFlag, ...]] = {}
        self._first_medication: int | None = None
        for entry in record.current:
            if entry.by == "patient" and (not self._told or self._told[-1] != entry.day):
                self._told.append(entry.day)
            self._lay_out(entry)
            if may_flag(entry):
                self._may_flag.append(entry)

    def _lay_out(self, entry: object) -> None:
        match entry:
            case ScoreEntry():
                low, high = entry.range
                self._say(entry.scale, entry, low, high, entry.sites)
            case AnswersEntry():
                self._say_total(entry)
            case SymptomEntry():
                known = entry.symptom
                self._statements[known.id if known else entry.what.lower()].append(entry)
            case FindingEntry():
                known = entry.condition
                self._findings[known.id if known else entry.what.lower()].append(entry)
            case MedicationEntry():
                self._medication[entry.code].append(entry)
                if self._first_medication is None:
                    self._first_medication = entry.day
            case TherapyEntry():
                if entry.took_place:
                    self.sessions.append(entry)
                    for therapy in entry.certainly | entry.possibly:
                        self._sessions_of[therapy].append(entry)
            case DecisionEntry():
                self.decisions.append(entry)
            case RedFlagEntry():
                self.checks.append(entry)
            case ConsentEntry() | NoteEntry():
                pass
            case _:
                assert_never(entry)  # pyright: ignore[reportArgumentType]  # every kind of entry is above

    def _say(
        self, scale: str, entry: ScoreEntry | AnswersEntry, low: float, high: float, sites: tuple[str, ...]
    ) -> None:
        if entry.minute is None:
            time = None
        else:
            time = TimeOfDay(entry.time) if entry.time in _TIME_WORDS else time_of_day(entry.minute)
        self._said[scale][entry.day].append(Said(low, high, sites, time, entry.minute))

    def _say_total(self, entry: AnswersEntry) -> None:
        """Answers to an instrument are a value of its total: a range where items are missing."""
        result = scored(entry)
        if result is not None and result.low is not None and result.high is not None:
            self._say(entry.instrument, entry, result.low, result.high, ())

    # --- scales ---

    def said_on(self, scale: str, day: int) -> list[Said]:
        """What was said of a scale on a day, in order."""
        by_day = self._said.get(scale)
        return by_day.get(day, []) if by_day else []

    def said(self, scale: str) -> Iterator[tuple[int, list[Said]]]:
        """What was said of a scale, day by day, in order."""
        yield from sorted(self._said.get(scale, {}).items())

    def has_scale(self, scale: str) -> bool:
        """Whether the scale occurs at all; most questions end here."""
        return scale in self._said

    # --- therapies ---

    def sessions_of(self, members: frozenset[str]) -> Iterator[tuple[TherapyEntry, bool]]:
        """Sessions that are (True) or possibly are (False) one of these therapies, in order."""
        found = {
            entry.place: entry for therapy in members for entry in self._sessions_of.get(therapy, ())
        }.values()
        for entry in sorted(found, key=lambda entry: entry.order):
            yield entry, not members.isdisjoint(entry.certainly)

    def told_days(self, first: int, last: int) -> int:
        """On how many days from `first` to `last` the patient told anything at all."""
        return bisect_right(self._told, last) - bisect_right(self._told, first - 1)

    # --- symptoms, findings, flags ---

    def statements(self, symptom: str, first: int | None, last: int) -> Iterator[SymptomEntry]:
        """What was said of a symptom from `first` (None: ever) to `last`, in order.

        "All symptoms are gone" speaks for each of them; that all are worse does not give a patient a symptom
        nobody named.
        """
        own = self._statements.get(symptom, [])
        general = [one for one in self._statements.get(ALL_SYMPTOMS.id, []) if one.state in GONE_STATES]
        if symptom == ALL_SYMPTOMS.id:
            general = []
        entries: Iterable[SymptomEntry] = own
        if general:
            entries = sorted([*own, *general], key=lambda entry: entry.order)
        for entry in entries:
            if (first is None or entry.day >= first) and entry.day <= last:
                yield entry

    def finding(self, condition: str, day: int) -> FindingEntry | None:
        """The latest word on a condition up to a day; None if nobody looked."""
        latest: FindingEntry | None = None
        for entry in self._findings.get(condition, ()):
            if entry.day <= day:
                latest = entry
        return latest

    def shutting_flags(self, day: int) -> tuple[StandingFlag, ...]:
        """The red flags that stand at the end of a day and shut every gate until a person clears them."""
        said = bisect_right(self._may_flag, day, key=lambda entry: entry.day)
        if said not in self._flags:  # nothing changes on a day on which nothing is said of a flag
            self._flags[said] = shut_by(standing_flags(self._may_flag[:said], day))
        return self._flags[said]

    # --- medication ---

    def medication_recorded(self, day: int) -> bool:
        """Whether any medication was recorded up to a day: only then does silence mean "not taken"."""
        return self._first_medication is not None and self._first_medication <= day

    def course(self, drug: str, day: int) -> tuple[int, MedicationEntry] | None:
        """Since when a drug has been taken without a break up to a day, and its latest entry; None if it is not.

        A stop and a start on one day are no break: only the last word of a day counts.
        """
        last_word: dict[int, MedicationEntry] = {}
        for entry in self._medication.get(drug, ()):
            if entry.day <= day:
                last_word[entry.day] = entry
        since: int | None = None
        latest: MedicationEntry | None = None
        for said_on, entry in last_word.items():
            if entry.do == "stop":
                since = None
            else:
                since = said_on if since is None else since
                latest = entry
        return (since, latest) if since is not None and latest is not None else None

    def acts(self, drug: str, day: int) -> Iterator[MedicationEntry]:
        """What was done about a drug up to a day: starts, changes and stops, in order."""
        yield from (entry for entry in self._medication.get(drug, ()) if entry.day <= day)

    def drugs(self) -> Iterator[str]:
        """Every drug that occurs, by code."""
        yield from self._medication

    def stopped(self, drug: str, day: int) -> MedicationEntry | None:
        """The entry that stopped a drug which is not being taken on a day; None if there is none."""
        entries = [entry for entry in self._medication.get(drug, ()) if entry.day <= day]
        return entries[-1] if entries and entries[-1].do == "stop" else None


_TIME_WORDS = frozenset(word.value for word in TimeOfDay)
