"""What the timeline shows, as rows: one for each mark of the figure, and the same rows are its table.

Only what was recorded, with its day: nothing is filled in between two entries. Phases, gates and breaches
come from a review; without one they are left out. Drawing is the business of `assuage.report.timeline.figure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence, as_written
from assuage.instruments import INSTRUMENTS
from assuage.record.care_entries import AdverseEventEntry
from assuage.record.decided_entries import RedFlagEntry
from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    IntakeEntry,
    MedicationEntry,
    NoteEntry,
    Record,
    ScoreEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.kinds import scales
from assuage.record.stated import scored_answers
from assuage.record.timeline import Timeline
from assuage.report.timeline.phases import gate_rows, phase_rows
from assuage.report.timeline.row import Breached, TimelineRow
from assuage.review.standing import AnyStanding
from assuage.terms.drug_names import find_drug
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.scales import SCALES
from assuage.terms.sites import SITES
from assuage.terms.symptoms import ALL_SYMPTOMS, GONE_STATES, find_symptom
from assuage.terms.therapies import family_of
from assuage.terms.times import MINUTE_OF, TimeOfDay, time_of_day
from assuage.words.reviews import session_message
from assuage.words.speak import ENGLISH

# An adverse event with one of these outcomes is over on the day it was told, where nobody wrote its end.
_OVER = frozenset({"recovered", "recovered_with_sequelae", "fatal"})
Taken = TypeVar("Taken", MedicationEntry, IntakeEntry)
SHORT_NOTE = 60  # letters of a note beside its mark; the table has all of them (ours)
_TIME_WORDS = frozenset(word.value for word in TimeOfDay)


def rows(
    record: Record,
    review: AnyStanding | None = None,
    speaking: Catalogue = ENGLISH,
    *,
    notes: bool = False,
) -> tuple[TimelineRow, ...]:
    """Every mark of the timeline in reading order: phases, gates, medication, therapy, symptoms, scores.

    With a review, phases, gates and breaches are those of its pathway, and nothing after its day is shown.
    Findings, consents and a person's own factors are no marks of the figure; the notes of clinicians are with `notes`,
    for those who care for the patient: free text goes into nothing that is handed on. The texts are in the language of
    `speaking`.
    """
    timeline = review.timeline if review else Timeline(record)
    until = review.on if review else None
    last = review.on if review else (record.last_day or 0)
    marks = _Marks(last, _breached(review), speaking)
    return (
        *phase_rows(review, speaking),
        *gate_rows(review, speaking),
        *marks.medication(timeline.medication(until)),
        *marks.intakes(timeline.entries_of(IntakeEntry, until)),
        *marks.therapy(timeline.therapies(until)),
        *marks.symptoms(timeline.symptoms(until), timeline.checks(until)),
        *marks.adverse_events(timeline.entries_of(AdverseEventEntry, until)),
        *(marks.notes(timeline.entries_of(NoteEntry, until)) if notes else ()),
        *marks.scores(timeline.scores(until), timeline.answers(until)),
    )


def _breached(review: AnyStanding | None) -> dict[int, Breached]:
    """The entries that breached a restriction, by place; sure ones win."""
    breaches: dict[int, Breached] = {}
    for state in review.restrictions if review else ():
        for breach in state.breaches:
            if breach.sure or breach.entry.place not in breaches:
                breaches[breach.entry.place] = "breach" if breach.sure else "possible-breach"
    return breaches


def _quoted(text: str | None) -> Sentence | None:
    """What a person wrote, in a language that nobody stated."""
    return None if text is None else as_written(text)


def _by(entry: AnyEntry) -> str:
    return "" if entry.by == "clinician" else entry.by


@dataclass
class _Open:
    """A course that has begun and is not recorded as ended."""

    since: MedicationEntry
    begun: bool  # False: the start was not recorded, only a later change


class _Marks(Struct, frozen=True):
    """The marks of a record up to its last day, in a language."""

    last: int
    breached: dict[int, Breached]
    speaking: Catalogue
    lanes: dict[tuple[str, tuple[str, ...]], str] = {}  # said once, however many values are in one

    def _say(self, id: str, /, **values: object) -> str:  # noqa: A002 - the id of the sentence
        return self.speaking.say(message(id, **values))

    def _sentence(self, *parts: Message | str | None) -> str:
        return self.speaking.value(tuple(part for part in parts if part), "semicolon")

    # --- medication ------------------------------------------------------------------------------------

    def medication(self, entries: Iterable[MedicationEntry]) -> Iterator[TimelineRow]:
        """The courses of every drug, drug by drug."""
        for acts in _by_drug(entries):
            yield from self._courses(acts)

    def _courses(self, acts: list[MedicationEntry]) -> Iterator[TimelineRow]:
        """The courses of one drug: a bar from start to stop, a mark for each change, a mark for a lone stop."""
        lane = self.speaking.value(acts[0].known or acts[0].drug)
        changes: list[TimelineRow] = []
        running: _Open | None = None
        for entry in acts:
            match entry.do:
                case "stop" if running is not None:
                    yield self._course(lane, running, entry, entry.day)
                    running = None
                case "stop":
                    text = self._sentence(message("timeline.stopped"), _quoted(entry.because))
                    yield self._mark(lane, "medication", "stop", entry, text)
                case _ if running is None:
                    running = _Open(entry, entry.do == "start")
                    continue
                case _:
                    doses = self._doses(entry) or self._say("timeline.dose-unknown")
                    text = self._sentence(message("timeline.changed", doses=doses), _quoted(entry.because))
                    changes.append(self._mark(lane, "medication", "change", entry, text, label=doses))
            if entry.do == "stop":
                yield from changes
                changes = []
        if running is not None:
            yield self._course(lane, running, None, self.last)
        yield from changes

    def _course(self, lane: str, course: _Open, stop: MedicationEntry | None, until: int) -> TimelineRow:
        since, doses = course.since, self._doses(course.since)
        begun = message("timeline.started" if course.begun else "timeline.taken", doses=doses or None)
        purpose = message("timeline.purpose", purpose=as_written(since.purpose)) if since.purpose else None
        return TimelineRow(
            panel="medication",
            lane=lane,
            what="course",
            day=since.day,
            until=until,
            ongoing=stop is None,
            begun_unknown=not course.begun,
            approximate=since.approximate,
            until_approximate=bool(stop and stop.approximate),
            text=self._sentence(begun, purpose, self._ended(stop)),
            label=doses,
            remark="" if stop is None else self._say("timeline.stopped-because", because=stop.because),
            by=_by(since),
            places=(since.place,) if stop is None else (since.place, stop.place),
            speaking=self.speaking,
        )

    def _ended(self, stop: MedicationEntry | TherapyEntry | None) -> Message:
        """`stopped about day 30: ineffective`; that no stop was recorded."""
        if stop is None:
            return message("timeline.not-stopped")
        return message(
            "timeline.stopped-about" if stop.approximate else "timeline.stopped-on",
            day=stop.day,
            because=_quoted(stop.because),
        )

    def intakes(self, entries: Iterable[IntakeEntry]) -> Iterator[TimelineRow]:
        """A mark for each dose that was taken when it was needed, drug by drug."""
        for taken in _by_drug(entries):
            lane = self._say("timeline.as-needed", drug=find_drug(taken[0].drug) or taken[0].drug)
            for entry in taken:
                doses = self._doses(entry)
                text = self._say("timeline.taken-once", doses=doses or None)
                yield self._mark(lane, "medication", "intake", entry, text, label=doses)

    def _doses(self, entry: MedicationEntry | IntakeEntry) -> str:
        return self.speaking.value(entry.doses, "plus")

    # --- therapy ---------------------------------------------------------------------------------------

    def therapy(self, entries: Iterable[TherapyEntry]) -> Iterator[TimelineRow]:
        """The programmes and sessions of every therapy, lane by lane."""
        by_lane: dict[str, list[TherapyEntry]] = {}
        for entry in entries:
            by_lane.setdefault(self._therapy_lane(entry), []).append(entry)
        for lane, acts in by_lane.items():
            running: TherapyEntry | None = None
            before: tuple[str, ...] = ()
            for entry in acts:
                match entry.do:
                    case "start":
                        if running is None:
                            running = entry
                        else:
                            text = self._say("timeline.started-again")
                            yield self._mark(lane, "therapy", "change", entry, text)
                    case "stop":
                        if running is not None:
                            yield self._programme(lane, running, entry, entry.day)
                            running = None
                        else:
                            stopped = message("timeline.stopped-or-not-begun")
                            text = self._sentence(stopped, _quoted(entry.because), _quoted(entry.note))
                            yield self._mark(lane, "therapy", "stop", entry, text)
                    case "session":
                        yield self._session(lane, entry, before)
                        before = entry.sites or before
            if running is not None:
                yield self._programme(lane, running, None, self.last)

    def _therapy_lane(self, entry: TherapyEntry) -> str:
        """Massage of any pressure is one lane: what it may have been is part of what its marks say."""
        return self.speaking.value(family_of(entry.known) if entry.known else entry.what)

    def _programme(
        self, lane: str, start: TherapyEntry, stop: TherapyEntry | None, until: int
    ) -> TimelineRow:
        return TimelineRow(
            panel="therapy",
            lane=lane,
            what="course",
            day=start.day,
            until=until,
            ongoing=stop is None,
            approximate=start.approximate,
            until_approximate=bool(stop and stop.approximate),
            breach=self.breached.get(start.place, ""),
            text=self._sentence(message("timeline.started"), _quoted(start.because), self._ended(stop)),
            by=_by(start),
            places=(start.place,) if stop is None else (start.place, stop.place),
            speaking=self.speaking,
        )

    def _session(self, lane: str, entry: TherapyEntry, before: tuple[str, ...]) -> TimelineRow:
        exposure = is_exposure(entry)
        done = message("timeline.session", number=entry.number)
        if exposure or entry.pressure:
            done = session_message(entry)
        response = entry.response_percent
        text = self._sentence(
            done,
            message("timeline.at", sites=_sites(entry.sites)) if entry.sites else None,
            message("timeline.minutes", minutes=entry.minutes) if entry.minutes else None,
            message("timeline.response", range=_range(*response)) if response else None,
            message("timeline.sought") if exposure and entry.by == "patient" else None,
        )
        number = "" if entry.number is None else str(entry.number)
        pressure = self._say(f"pressure.{entry.pressure}") if entry.pressure else ""
        return TimelineRow(
            panel="therapy",
            lane=lane,
            what="exposure" if exposure else "session",
            day=entry.day,
            time=_time(entry),
            minute=entry.minute,
            approximate=entry.approximate,
            breach=self.breached.get(entry.place, ""),
            text=text,
            label=pressure if exposure else number,
            remark=self._moved(before, entry.sites),
            by=_by(entry),
            places=(entry.place,),
            speaking=self.speaking,
        )

    def _moved(self, before: tuple[str, ...], now: tuple[str, ...]) -> str:
        """Which sites came to a session and which went since the one before: `+ occiput`."""
        if not before or not now:
            return ""
        came = [self.speaking.value(SITES[site]) for site in now if site not in before]
        went = [self.speaking.value(SITES[site]) for site in before if site not in now]
        return " ".join([*(f"+ {title}" for title in came), *(f"− {title}" for title in went)])

    # --- notes ---------------------------------------------------------------------------------------

    def notes(self, entries: Iterable[NoteEntry]) -> Iterator[TimelineRow]:
        """A mark for each note that a clinician added; what patients note in a diary is read there."""
        for entry in entries:
            if entry.by == "clinician":
                text, lane = self.speaking.value(as_written(entry.text)), self._say("timeline.notes")
                label = text if len(text) <= SHORT_NOTE else f"{entry.text[:SHORT_NOTE].rstrip()}…"
                yield self._mark(lane, "note", "note", entry, text, label=label)

    # --- symptoms and red flags ------------------------------------------------------------------------

    def symptoms(
        self, statements: Sequence[SymptomEntry], checks: Iterable[RedFlagEntry]
    ) -> Iterator[TimelineRow]:
        """Symptoms by lane, the lanes in the order in which they were first spoken of."""
        lanes: dict[str, list[TimelineRow]] = {}
        said_of_all = [entry for entry in statements if _all_gone(entry)]
        with_order = [(entry.order, self._states(entry)) for entry in statements]
        with_order += [(entry.order, self._flags(entry)) for entry in checks]
        for _, marks in sorted(with_order, key=lambda pair: pair[0]):
            for mark in marks:
                lanes.setdefault(mark.lane, []).append(mark)
        for marks in lanes.values():
            yield from marks[:-1]
            yield self._left_open(marks[-1], said_of_all)

    def _left_open(self, latest: TimelineRow, gone: Sequence[SymptomEntry]) -> TimelineRow:
        """The latest statement on a symptom, which holds until all symptoms were said to be gone, or on and on."""
        if latest.what != "state" or latest.state in GONE_STATES:
            return latest
        ended = next((entry for entry in gone if entry.day >= latest.day), None)
        if ended is not None:
            return replace(latest, until=ended.day, until_approximate=ended.approximate)
        text = self._sentence(latest.text, message("timeline.not-gone"))
        return replace(latest, until=self.last, ongoing=True, text=text)

    def _states(self, entry: SymptomEntry) -> list[TimelineRow]:
        site = SITES[entry.site] if entry.site else None
        lane = self._say("timeline.lane", what=entry.symptom or entry.what, site=site)
        text = self._sentence(message(f"symptom-state.{entry.state}"), _quoted(entry.severity))
        return [self._mark(lane, "symptom", "state", entry, text, state=entry.state)]

    def _flags(self, entry: RedFlagEntry) -> list[TimelineRow]:
        lane = self._say("timeline.red-flag")
        texts = [
            self._say("timeline.flag-present", flag=RED_FLAGS[flag])
            for flag, state in entry.flags.items()
            if state == "present"
        ]
        return [self._mark(lane, "symptom", "flag", entry, text, state="new") for text in texts]

    def adverse_events(self, entries: Iterable[AdverseEventEntry]) -> Iterator[TimelineRow]:
        """Each adverse event from its onset to its end; without one it goes on, unless it was told that it is over."""
        for entry in entries:
            known = find_symptom(entry.what)
            over = entry.day if entry.outcome in _OVER else None
            end = over if entry.end is None else entry.end
            suspected = tuple(find_drug(word) or word for word in entry.suspected)
            text = message("timeline.adverse-event", grade=entry.grade, suspected=suspected or None)
            lane = self._say("timeline.adverse-lane", what=known or entry.what)
            yield replace(
                self._mark(
                    lane,
                    "symptom",
                    "state",
                    entry,
                    self._sentence(text, message("timeline.not-gone") if end is None else None),
                    state="new",
                ),
                day=entry.day if entry.onset is None else entry.onset,
                until=self.last if end is None else min(end, self.last),
                ongoing=end is None,
            )

    # --- scores ----------------------------------------------------------------------------------------

    def scores(self, scores: Iterable[ScoreEntry], answers: Iterable[AnswersEntry]) -> Iterator[TimelineRow]:
        """Values by scale and site: pain first, then the other plain scales, then instruments."""
        order = {code: n for n, code in enumerate([*SCALES, *INSTRUMENTS])}
        with_order = [
            (entry.order, (entry.scale, tuple(sorted(entry.sites))), self._value(entry, *entry.range))
            for entry in scores
        ]
        for entry in answers:
            total = scored_answers(entry)
            if total is not None and total.low is not None and total.high is not None:
                row = self._total(entry, total.low, total.high)
                with_order.append((entry.order, (entry.instrument, ()), row))
        lanes: dict[tuple[str, tuple[str, ...]], list[TimelineRow]] = {}
        for _, key, row in sorted(with_order, key=lambda line: line[0]):
            lanes.setdefault(key, []).append(row)
        for key in sorted(lanes, key=lambda key: (order.get(key[0], len(order)), len(key[1]), key[1])):
            yield from lanes[key]

    def _value(self, entry: ScoreEntry, low: float, high: float) -> TimelineRow:
        value = _range(low, high)
        return self._scored(entry, entry.scale, tuple(sorted(entry.sites)), low, high, value)

    def _total(self, entry: AnswersEntry, low: float, high: float) -> TimelineRow:
        value = _range(low, high)
        text = self._say("timeline.answers-missing", value=value) if low < high else value
        return self._scored(entry, entry.instrument, (), low, high, text)

    def _lane(self, code: str, sites: tuple[str, ...]) -> str:
        """The lane of a scale at those places."""
        lane = self.lanes.get((code, sites))
        if lane is None:
            lane = self._say("timeline.scale-lane", scale=scales()[code], sites=_sites(sites) or None)
            self.lanes[code, sites] = lane
        return lane

    def _scored(
        self, entry: AnyEntry, code: str, sites: tuple[str, ...], low: float, high: float, text: str
    ) -> TimelineRow:
        scale = scales()[code]
        return TimelineRow(
            panel="score",
            lane=self._lane(code, sites),
            what="value",
            day=entry.day,
            time=_time(entry),
            minute=entry.minute,
            low=low,
            high=high,
            scale=code,
            scale_low=scale.low,
            scale_high=scale.high,
            approximate=entry.approximate,
            text=text,
            label=_range(low, high),
            by=_by(entry),
            places=(entry.place,),
            speaking=self.speaking,
        )

    def _mark(
        self,
        lane: str,
        panel: Literal["medication", "therapy", "symptom", "note"],
        what: Literal["change", "stop", "intake", "state", "flag", "note"],
        entry: AnyEntry,
        text: str,
        *,
        label: str = "",
        state: str = "",
    ) -> TimelineRow:
        return TimelineRow(
            panel=panel,
            lane=lane,
            what=what,
            day=entry.day,
            time=_time(entry),
            minute=entry.minute,
            approximate=entry.approximate,
            text=text,
            label=label,
            state=state,
            by=_by(entry),
            places=(entry.place,),
            speaking=self.speaking,
        )


def _by_drug(entries: Iterable[Taken]) -> Iterable[list[Taken]]:
    """The entries of each drug, the drugs in the order in which they were first spoken of."""
    by_drug: dict[str, list[Taken]] = {}
    for entry in entries:
        by_drug.setdefault(entry.code, []).append(entry)
    return by_drug.values()


def _all_gone(entry: SymptomEntry) -> bool:
    """Whether a statement says of all symptoms that they are gone."""
    return entry.symptom is ALL_SYMPTOMS and entry.state in GONE_STATES


def is_exposure(entry: TherapyEntry) -> bool:
    """Whether it is something a patient takes rather than is given: known so, or unknown and told by the patient."""
    return entry.known.recorded_by == "patient" if entry.known else entry.by == "patient"


def _time(entry: AnyEntry) -> str:
    """Morning, noon, evening or night; empty where no time was recorded."""
    if entry.minute is None:
        return ""
    return entry.time if entry.time in _TIME_WORDS and entry.time else time_of_day(entry.minute).value


def drawn_minute(row: TimelineRow) -> int:
    """Where in its day a row is drawn: at its time, at noon where none was recorded."""
    return MINUTE_OF[TimeOfDay.NOON] if row.minute is None else row.minute


def _range(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def _sites(sites: Sequence[str]) -> tuple[object, ...]:
    return tuple(SITES[site] for site in sites)
