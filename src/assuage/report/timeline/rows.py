"""What the timeline shows, as rows: one for each mark of the figure, and the same rows are its table.

Only what was recorded, with its day: nothing is filled in between two entries. Phases, gates and breaches
come from a review; without one they are left out. Drawing is the business of `assuage.report.timeline.figure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assuage.instruments import INSTRUMENTS
from assuage.instruments.scoring import score
from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    MedicationEntry,
    Record,
    RedFlagEntry,
    ScoreEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.kinds import scales
from assuage.report.timeline.phases import gate_rows, phase_rows
from assuage.report.timeline.row import Row
from assuage.review.model import Review
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.scales import SCALES
from assuage.terms.sites import SITES
from assuage.terms.therapies import family_of
from assuage.terms.times import MINUTE_OF, TimeOfDay, time_of_day

Breached = Literal["", "breach", "possible breach"]
_TIME_WORDS = frozenset(word.value for word in TimeOfDay)


def rows(record: Record, review: Review | None = None) -> tuple[Row, ...]:
    """Every mark of the timeline in reading order: phases, gates, medication, therapy, symptoms, scores.

    With a review, phases, gates and breaches are those of its pathway, and nothing after its day is shown.
    Findings, consents and notes are no marks of the figure.
    """
    entries = [entry for entry in record.current if review is None or entry.day <= review.on]
    last = review.on if review else (entries[-1].day if entries else 0)
    breached = _breached(review)
    return (
        *phase_rows(review),
        *gate_rows(review),
        *_medication([one for one in entries if isinstance(one, MedicationEntry)], last),
        *_therapy([one for one in entries if isinstance(one, TherapyEntry)], last, breached),
        *_symptoms(entries),
        *_scores(entries),
    )


def _breached(review: Review | None) -> dict[int, Breached]:
    """The entries that breached a restriction, by place; sure ones win."""
    found: dict[int, Breached] = {}
    for state in review.restrictions if review else ():
        for breach in state.breaches:
            if breach.sure or breach.entry.place not in found:
                found[breach.entry.place] = "breach" if breach.sure else "possible breach"
    return found


def _sentence(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


def _said_by(entry: AnyEntry) -> str:
    return "" if entry.by == "clinician" else entry.by


@dataclass
class _Open:
    """A course that has begun and is not recorded as ended."""

    since: AnyEntry
    text: str
    begun: bool  # False: the start was not recorded, only a later change


# --- medication ----------------------------------------------------------------------------------------


def _medication(entries: Iterable[MedicationEntry], last: int) -> Iterator[Row]:
    by_drug: dict[str, list[MedicationEntry]] = {}
    for entry in entries:
        by_drug.setdefault(entry.code, []).append(entry)
    for acts in by_drug.values():
        yield from _courses(acts, last)


def _courses(acts: list[MedicationEntry], last: int) -> Iterator[Row]:
    """The courses of one drug: a bar from start to stop, a mark for each change, a mark for a lone stop."""
    lane = acts[0].known.title if acts[0].known else acts[0].drug
    changes: list[Row] = []
    running: _Open | None = None
    for entry in acts:
        match entry.do:
            case "stop" if running is not None:
                yield _course(lane, running, entry, entry.day)
                running = None
            case "stop":
                yield _mark(lane, "medication", "stop", entry, _sentence("stopped", entry.because))
            case _ if running is None:
                running = _Open(entry, _doses(entry), entry.do == "start")
                continue
            case _:
                doses = _doses(entry) or "dose not recorded"
                text = _sentence(f"changed to {doses}", entry.because)
                changes.append(_mark(lane, "medication", "change", entry, text, label=doses))
        if entry.do == "stop":
            yield from changes
            changes = []
    if running is not None:
        yield _course(lane, running, None, last)
    yield from changes


def _course(lane: str, course: _Open, stop: MedicationEntry | None, until: int) -> Row:
    since = course.since
    assert isinstance(since, MedicationEntry)
    begun = "started" if course.begun else "taken, start not recorded"
    ended = "not recorded as stopped" if stop is None else _stopped(stop)
    return Row(
        panel="medication",
        lane=lane,
        what="course",
        day=since.day,
        until=until,
        ongoing=stop is None,
        approximate=since.approximate,
        until_approximate=bool(stop and stop.approximate),
        text=_sentence(f"{begun} {course.text}".strip(), since.purpose and f"for {since.purpose}", ended),
        label=course.text,
        remark="" if stop is None else ": ".join(part for part in ("stopped", stop.because) if part),
        by=_said_by(since),
        places=(since.place,) if stop is None else (since.place, stop.place),
    )


def _stopped(stop: MedicationEntry | TherapyEntry) -> str:
    """`stopped about day 30: ineffective`."""
    day = f"about day {stop.day}" if stop.approximate else f"day {stop.day}"
    return f"stopped {day}: {stop.because}" if stop.because else f"stopped {day}"


def _doses(entry: MedicationEntry) -> str:
    return " + ".join(str(dose) for dose in entry.doses)


# --- therapy -------------------------------------------------------------------------------------------


def _therapy(entries: Iterable[TherapyEntry], last: int, breached: dict[int, Breached]) -> Iterator[Row]:
    by_lane: dict[str, list[TherapyEntry]] = {}
    for entry in entries:
        by_lane.setdefault(_therapy_lane(entry), []).append(entry)
    for lane, acts in by_lane.items():
        running: TherapyEntry | None = None
        before: tuple[str, ...] = ()
        for entry in acts:
            match entry.do:
                case "start":
                    if running is None:
                        running = entry
                    else:
                        yield _mark(lane, "therapy", "change", entry, "started again")
                case "stop":
                    if running is not None:
                        yield _programme(lane, running, entry, entry.day, breached)
                        running = None
                    else:
                        text = _sentence("stopped, or not begun", entry.because, entry.note)
                        yield _mark(lane, "therapy", "stop", entry, text)
                case "session":
                    yield _session(lane, entry, before, breached.get(entry.place, ""))
                    before = entry.sites or before
        if running is not None:
            yield _programme(lane, running, None, last, breached)


def _therapy_lane(entry: TherapyEntry) -> str:
    """Massage of any pressure is one lane: what it may have been is part of what its marks say."""
    return family_of(entry.known).title if entry.known else entry.what


def is_exposure(entry: TherapyEntry) -> bool:
    """Whether it is something a patient takes rather than is given: known so, or unknown and told by the patient."""
    return entry.known.recorded_by == "patient" if entry.known else entry.by == "patient"


def _programme(
    lane: str, start: TherapyEntry, stop: TherapyEntry | None, until: int, breached: dict[int, Breached]
) -> Row:
    ended = "not recorded as stopped" if stop is None else _stopped(stop)
    return Row(
        panel="therapy",
        lane=lane,
        what="course",
        day=start.day,
        until=until,
        ongoing=stop is None,
        approximate=start.approximate,
        until_approximate=bool(stop and stop.approximate),
        breach=breached.get(start.place, ""),
        text=_sentence("started", start.because, ended),
        by=_said_by(start),
        places=(start.place,) if stop is None else (start.place, stop.place),
    )


def _session(lane: str, entry: TherapyEntry, before: tuple[str, ...], breach: Breached) -> Row:
    number = "" if entry.number is None else f" {entry.number}"
    exposure = is_exposure(entry)
    done = entry.in_words if exposure or entry.pressure else f"session{number}"
    response = entry.response_percent
    text = _sentence(
        done,
        f"at {_places(entry.sites)}" if entry.sites else "",
        f"{entry.minutes:g} minutes" if entry.minutes else "",
        response and f"response {_range(*response)} %",
        "sought alone" if exposure and entry.by == "patient" else "",
    )
    return Row(
        panel="therapy",
        lane=lane,
        what="exposure" if exposure else "session",
        day=entry.day,
        time=_time(entry),
        minute=entry.minute,
        approximate=entry.approximate,
        breach=breach,
        text=text,
        label=number.strip() if not exposure else (entry.pressure or ""),
        remark=_moved(before, entry.sites),
        by=_said_by(entry),
        places=(entry.place,),
    )


def _moved(before: tuple[str, ...], now: tuple[str, ...]) -> str:
    """Which sites came to a session and which went since the one before: `+ occiput`."""
    if not before or not now:
        return ""
    came = [SITES[site].title for site in now if site not in before]
    went = [SITES[site].title for site in before if site not in now]
    return " ".join([*(f"+ {title}" for title in came), *(f"− {title}" for title in went)])


# --- symptoms and red flags ----------------------------------------------------------------------------


def _symptoms(entries: Iterable[AnyEntry]) -> Iterator[Row]:
    """Symptoms by lane, the lanes in the order in which they were first spoken of."""
    lanes: dict[str, list[Row]] = {}
    for entry in entries:
        match entry:
            case SymptomEntry():
                name = entry.symptom.title if entry.symptom else entry.what
                lane = f"{name}, {SITES[entry.site].title}" if entry.site else name
                text = _sentence(entry.state, entry.severity)
                lanes.setdefault(lane, []).append(
                    _mark(lane, "symptom", "state", entry, text, state=entry.state)
                )
            case RedFlagEntry(flags=flags):
                for flag, state in flags.items():
                    if state == "present":
                        text = f"{RED_FLAGS[flag].title}: present"
                        row = _mark("red flag", "symptom", "flag", entry, text, state="new")
                        lanes.setdefault("red flag", []).append(row)
            case _:
                pass
    for marks in lanes.values():
        yield from marks


# --- scores --------------------------------------------------------------------------------------------


def _scores(entries: Iterable[AnyEntry]) -> Iterator[Row]:
    """Values by scale and site: pain first, then the other plain scales, then instruments."""
    order = {code: n for n, code in enumerate([*SCALES, *INSTRUMENTS])}
    lanes: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
    for entry in entries:
        match entry:
            case ScoreEntry():
                key = (entry.scale, tuple(sorted(entry.sites)))
                low, high = entry.range
                lanes.setdefault(key, []).append(_value(entry, *key, low, high))
            case AnswersEntry():
                total = _total(entry)
                if total is not None:
                    key = (entry.instrument, ())
                    lanes.setdefault(key, []).append(_value(entry, *key, *total))
            case _:
                pass
    for key in sorted(lanes, key=lambda key: (order.get(key[0], len(order)), len(key[1]), key[1])):
        yield from lanes[key]


def _total(entry: AnswersEntry) -> tuple[float, float] | None:
    """The total of answers, a range where items are missing; None where nothing can be said."""
    given: dict[str, object] = dict(entry.items)
    if entry.sites is not None:
        given["sites"] = list(entry.sites)
    if entry.instrument not in INSTRUMENTS or all(value is None for value in given.values()):
        return None
    result = score(entry.instrument, given)
    return None if result.low is None or result.high is None else (result.low, result.high)


def _value(
    entry: ScoreEntry | AnswersEntry, code: str, sites: tuple[str, ...], low: float, high: float
) -> Row:
    scale = scales()[code]
    lane = f"{scale.title}, {_places(sites)}" if sites else scale.title
    text = _range(low, high)
    if isinstance(entry, AnswersEntry) and low < high:
        text += " (answers missing)"
    return Row(
        panel="score",
        lane=lane,
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
        by=_said_by(entry),
        places=(entry.place,),
    )


def _time(entry: AnyEntry) -> str:
    """Morning, noon, evening or night; empty where no time was recorded."""
    if entry.minute is None:
        return ""
    return entry.time if entry.time in _TIME_WORDS and entry.time else time_of_day(entry.minute).value


def minute_of(row: Row) -> int:
    """Where in its day a row is drawn: at its time, at noon where none was recorded."""
    return MINUTE_OF[TimeOfDay.NOON] if row.minute is None else row.minute


def _range(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def _places(sites: Iterable[str]) -> str:
    titles = [SITES[site].title for site in sites]
    return " and ".join([", ".join(titles[:-1]), titles[-1]]) if len(titles) > 1 else titles[0]


def _mark(
    lane: str,
    panel: Literal["medication", "therapy", "symptom"],
    what: Literal["change", "stop", "state", "flag"],
    entry: AnyEntry,
    text: str,
    *,
    label: str = "",
    state: str = "",
) -> Row:
    return Row(
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
        by=_said_by(entry),
        places=(entry.place,),
    )
