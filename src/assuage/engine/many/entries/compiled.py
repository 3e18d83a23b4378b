"""What each distinct entry of a cohort means to a program, asked of the record's reader and of the timeline.

The rows of an entry are read exactly as a document of one patient with one entry; the reference engine then
says which day values, sessions, statements and courses it is. So no rule is written twice: the kernels only
learn where to count it. Entries that only a whole record can judge (corrections) are `hard`: their patients go
the long way, through the reference engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, NamedTuple, assert_never, cast

import numpy as np

from assuage.engine.many.jit import Bytes, Floats, Ints, Longs
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.lower import SITE_NUMBERS, TIMES
from assuage.engine.many.program.lowered import Lowered, firsts, ints
from assuage.engine.reference import View
from assuage.instruments.criteria.from_record import BODY_INDEX
from assuage.measures.nodes import Count, FindingIs, Past, Records
from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    ConsentEntry,
    DecisionEntry,
    FindingEntry,
    MedicationEntry,
    NoteEntry,
    Patient,
    Record,
    RedFlagEntry,
    ScoreEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.rows import records_of
from assuage.record.table import Numbered, Row
from assuage.record.timeline import Range, Timeline
from assuage.safety.active_flags import active_flags, concerns_flags
from assuage.terms.answers import NO, YES, Answer
from assuage.terms.conditions import Condition
from assuage.terms.drugs import Drug
from assuage.terms.red_flags import RedFlag
from assuage.terms.scales import SCALES
from assuage.terms.sites import Site
from assuage.terms.symptoms import GONE_STATES, WORSE_STATES, Symptom
from assuage.terms.therapies import Therapy
from assuage.terms.times import TimeOfDay

FACT, STARTS_ON, OTHER_PATHWAY = 1, 2, 3
_NAMES = frozenset(time.value for time in TimeOfDay)
_A_DAY = Past(timedelta(days=1))
_CODE: dict[Answer, int] = {YES: c.YES_, NO: c.NO_}


class Entries(NamedTuple):
    """The distinct entries for the kernels: one line each, and lists of where each counts."""

    hard: Bytes  # only the reference engine can judge a record with it
    fact: Bytes  # 0 for an entry, else which fact of the patient it is
    folded: Bytes  # whether it may stand for entries that say different things, as body maps do (`body_maps`)
    patient: Bytes  # whether the patient told it
    dated: Bytes  # whether it needs the date of day 0
    medication: Bytes
    timed: Bytes  # whether it makes its claim only when it has a time
    exposes: Bytes  # whether it is an exposure after which a rise is asked for
    flagging: Bytes  # whether it can raise or clear a red flag: 2 for one that raises
    time: Ints  # the time of day it names in words, -1 for none
    minute: Ints  # the minute that goes with that, -1 for none
    plain: Bytes  # whether it is a score whose value is in the row
    easy: Ints  # how a plain score that is nothing else counts, as `Dictionary` numbers it; 0 for all others
    low: Floats  # the value otherwise; for a plain score the lowest the scale allows
    high: Floats
    source_first: Ints  # where its sources begin in `source`; one more at the end
    source: Ints
    stream_first: Ints
    stream: Ints
    mark: Ints
    site: Ints
    about_first: Ints  # what it makes a claim about, to notice two that cannot both be true
    about: Ints
    here: Longs  # two bits for each list of sites: whether a session was at one of them


@dataclass
class Meaning:
    """What one distinct entry means."""

    hard: bool = False
    fact: int = 0
    folded: bool = False
    patient: bool = False
    dated: bool = False
    medication: bool = False
    timed: bool = False
    exposes: bool = False
    flagging: int = 0
    time: int = -1
    minute: int = -1
    plain: bool = False
    low: float = 0.0
    high: float = 0.0
    sources: list[int] = field(default_factory=list[int])
    streams: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    about: list[int] = field(default_factory=list[int])
    here: list[int] = field(default_factory=list[int])
    entry: AnyEntry | None = (
        None  # the entry itself; None for a fact and for what only a whole record can judge
    )
    person: Patient | None = None  # for a fact: the patient as far as it says


class Dictionary:
    """The distinct entries met so far. `tables` is what the kernels get."""

    def __init__(self, lowered: Lowered) -> None:
        self.lowered = lowered
        self.meanings: list[Meaning] = []
        self.flaggers: dict[int, AnyEntry] = {}
        self._standing: dict[tuple[int, ...], tuple[tuple[str, ...], bool]] = {}
        self.claims: dict[tuple[object, ...], int] = {}
        self._tables: Entries | None = None

    def add(self, rows: Sequence[Row], holds: set[str]) -> int:
        """The number of a new distinct entry; `holds` names what the text of its first row holds."""
        self.meanings.append(self._meaning(rows, holds))
        return len(self.meanings) - 1

    def standing(self, said: tuple[int, ...]) -> tuple[tuple[str, ...], bool]:
        """The red flags that stand after these entries, one after the other, and whether one shuts every gate.

        What stands hangs on the order of what was said, not on the days between, so that one answer serves all
        patients of whom the same was said.
        """
        if said not in self._standing:
            entries = [replace(self.flaggers[one], day=at, place=at) for at, one in enumerate(said)]
            flags = active_flags(Timeline.of(entries), len(said))
            self._standing[said] = tuple(one.flag.id for one in flags), any(one.shuts_gates for one in flags)
        return self._standing[said]

    def _meaning(self, rows: Sequence[Row], holds: set[str]) -> Meaning:
        first = rows[0]
        known = SCALES.get(first.code or "")
        plain = first.kind == "score" and first.code in SCALES and not holds & {"value", "low", "high"}
        minute = first.minute if first.minute is None or 0 <= first.minute < c.END_OF_DAY else 0
        given = [row._replace(patient="one", day=0, minute=minute) for row in rows]
        if plain and known is not None:
            given = [row._replace(value=known.low) for row in given]
        if "dated" in holds:
            given.append(Row("one", 0, None, "patient", "starts_on", None, None, "2000-01-01"))
        records, problems = records_of([Numbered("row", row) for row in given])
        if problems or not records:
            return Meaning(hard=True)
        if first.kind == "patient":
            return self._fact(first, records[0])
        if len(records[0].entries) != 1:
            return Meaning(hard=True)
        entry = records[0].entries[0]
        found = Meaning(
            hard=bool(holds & {"id", "replaces", "entered"}),
            folded=isinstance(entry, AnswersEntry) and entry.instrument == BODY_INDEX and bool(entry.items),
            patient=entry.by == "patient",
            dated=entry.dated,
            medication=isinstance(entry, MedicationEntry),
            timed=isinstance(entry, ScoreEntry) and entry.scale in SCALES,
            flagging=_flagging(entry),
            plain=plain,
            entry=entry,
        )
        if entry.time in _NAMES:
            found.time = TIMES.index(TimeOfDay(entry.time))
        if "time" in holds and entry.minute is not None:
            found.minute = entry.minute
        if found.flagging:
            self.flaggers[len(self.meanings)] = entry
        timeline = Timeline(records[0])
        self._day_values(found, timeline)
        if plain and known is not None:
            found.low, found.high = known.low, known.high
        found.streams = list(self._events(entry, timeline))
        found.exposes = any(one[0] in self.lowered.rises for one in found.streams)
        found.about = [self.claims.setdefault(claim, len(self.claims)) for claim in _claims(entry)]
        found.here = [_here(entry, records[0], sites) for sites in self.lowered.queries]
        return found

    def _easy(self, one: Meaning) -> int:
        """For a plain score and nothing else, in whatever order such come: 1, 1 more if the patient told it, and
        twice the number of its one source plus one (0: none). For all others 0.
        """
        more = one.hard or one.fact or one.dated or one.medication or one.exposes or one.streams
        if more or not one.plain or not one.timed or one.minute >= 0 or one.time >= 0 or len(one.sources) > 1:
            return 0
        program = self.lowered.program
        for at in one.sources:
            if (
                program[program[c.P_SOURCE_RULE] + at] == c.LATEST
                or program[program[c.P_SOURCE_TIME] + at] >= 0
            ):
                return 0
        return 1 + int(one.patient) + 2 * sum(at + 1 for at in one.sources)

    def _fact(self, row: Row, record: Record) -> Meaning:
        fact = FACT
        if row.code == "starts_on":
            fact = STARTS_ON
        elif row.code == "pathway" and record.pathway is not None:
            fact = FACT if record.follows(self.lowered.pathway.id) else OTHER_PATHWAY
        about = self.claims.setdefault(("fact", row.code), len(self.claims))
        return Meaning(fact=fact, about=[about], person=record.patient)

    def _day_values(self, found: Meaning, timeline: Timeline) -> None:
        for number, scores in enumerate(self.lowered.sources):
            sites = frozenset(site.id for site in scores.sites)
            for _, observations in timeline.observations(scores.scale.code):
                for one in observations:
                    if one.is_of(sites, None):
                        found.low, found.high = one.low, one.high
                        found.sources.append(number)

    def _events(self, entry: AnyEntry, timeline: Timeline) -> Iterator[tuple[int, int, int]]:
        """The streams an entry is an event of, with what it says there and where."""
        view = View(timeline, 0, started=0, entered=0)
        for number, (kind, about) in enumerate(self.lowered.streams):
            match kind:
                case "therapy":
                    for session, sure in timeline.sessions_of(cast("Therapy", about).members):
                        mark = (c.SURE if sure else 0) | (c.SESSION if session.do == "session" else 0)
                        yield number, mark, c.ANYWHERE
                case "symptom":
                    for one in timeline.statements(cast("Symptom", about).id, None, 0):
                        site = c.ANYWHERE if one.where is None else SITE_NUMBERS[one.where]
                        yield number, _said(one), site
                case "finding":
                    condition = cast("Condition", about)
                    if timeline.finding(condition.id, 0) is not None:
                        yield number, _CODE.get(view.truth(FindingIs(condition)), c.UNKNOWN_), c.ANYWHERE
                case "drug":
                    drug = cast("Drug", about)
                    if isinstance(entry, MedicationEntry) and entry.code == drug.id:
                        yield number, int(timeline.episode(drug.id, 0) is not None), c.ANYWHERE
                case "flag":
                    flag = cast("RedFlag", about).id
                    if isinstance(entry, RedFlagEntry) and flag in entry.flags:
                        yield number, _CODE.get(view.flag(flag, 0), c.UNKNOWN_), c.ANYWHERE
                case "flagging":
                    if concerns_flags(timeline):
                        yield number, 0, c.ANYWHERE
                case _:
                    if isinstance(entry, DecisionEntry):
                        yield number, c.DECISIONS.index(entry.do), self._phase(entry.to)

    def _phase(self, to: str | None) -> int:
        pathway = self.lowered.pathway
        if to is None:
            return c.ANYWHERE
        return pathway.phases.index(pathway.phase(to)) if pathway.knows(to) else c.UNKNOWN_PHASE

    @property
    def tables(self) -> Entries:
        """The distinct entries met so far, as arrays."""
        done = 0 if self._tables is None else self._tables.hard.size
        if done < len(self.meanings):
            more = self._build(self.meanings[done:])
            self._tables = more if self._tables is None else _laid_on(self._tables, more)
        return self._tables or self._build([])

    def _build(self, m: Sequence[Meaning]) -> Entries:
        streams = [one for each in m for one in each.streams]
        here = [sum(answer << (2 * query) for query, answer in enumerate(each.here)) for each in m]
        return Entries(
            hard=np.array([each.hard for each in m], dtype=np.uint8),
            fact=np.array([each.fact for each in m], dtype=np.uint8),
            folded=np.array([each.folded for each in m], dtype=np.uint8),
            patient=np.array([each.patient for each in m], dtype=np.uint8),
            dated=np.array([each.dated for each in m], dtype=np.uint8),
            medication=np.array([each.medication for each in m], dtype=np.uint8),
            timed=np.array([each.timed for each in m], dtype=np.uint8),
            exposes=np.array([each.exposes for each in m], dtype=np.uint8),
            flagging=np.array([each.flagging for each in m], dtype=np.uint8),
            time=ints([each.time for each in m]),
            minute=ints([each.minute for each in m]),
            plain=np.array([each.plain for each in m], dtype=np.uint8),
            easy=ints([self._easy(each) for each in m]).astype(np.int16),
            low=np.array([each.low for each in m], dtype=np.float64),
            high=np.array([each.high for each in m], dtype=np.float64),
            source_first=firsts([each.sources for each in m]),
            source=ints([one for each in m for one in each.sources]),
            stream_first=firsts([each.streams for each in m]),
            stream=ints([one[0] for one in streams]),
            mark=ints([one[1] for one in streams]),
            site=ints([one[2] for one in streams]),
            about_first=firsts([each.about for each in m]),
            about=ints([one for each in m for one in each.about]),
            here=np.array(here, dtype=np.int64),
        )


def _laid_on(before: Entries, more: Entries) -> Entries:
    """The lines of both, one after the other."""
    columns: dict[str, Any] = {}
    for name in Entries._fields:
        one, other = getattr(before, name), getattr(more, name)
        if name.endswith("_first"):
            one, other = one[:-1], other + one[-1]
        columns[name] = np.concatenate([one, other])
    return Entries(**columns)


def _said(entry: SymptomEntry) -> int:
    if entry.state in GONE_STATES:
        return c.SAID_GONE
    return c.SAID_WORSE if entry.state in WORSE_STATES else c.SAID_PRESENT


def _flagging(entry: AnyEntry) -> int:
    """0 for an entry that has nothing to do with red flags, 2 for one that may raise one, else 1."""
    timeline = Timeline.of([replace(entry, day=0)])
    if not concerns_flags(timeline):
        return 0
    present = isinstance(entry, RedFlagEntry) and "present" in entry.flags.values()
    return 2 if present or active_flags(timeline, 0) else 1


def _here(entry: AnyEntry, record: Record, sites: tuple[Site, ...]) -> int:
    """Whether a session was at one of the sites, as the reference engine counts it."""
    if not isinstance(entry, TherapyEntry) or not entry.took_place:
        return c.NO_
    itself = Therapy(min(entry.certainly), "the therapy itself")
    counted = View(Timeline(record), 0, started=0, entered=0).value(Count(Records(itself, sites), _A_DAY))
    if counted == Range(1, 1):
        return c.YES_
    return c.NO_ if counted == Range(0, 0) else c.UNKNOWN_


def _claims(entry: AnyEntry) -> Iterator[tuple[object, ...]]:
    """What an entry speaks of, so that two different ones of one moment are noticed.

    Coarser than the record's own rule, on purpose: where two might contradict each other the patient goes the
    long way, and the record's reader decides.
    """
    match entry:
        case ScoreEntry():
            for site in entry.sites or (None,):
                yield ("score", entry.scale, site, entry.by)
        case AnswersEntry():
            yield ("answers", entry.instrument)
        case SymptomEntry():
            known = entry.symptom
            yield ("symptom", known.id if known else _folded(entry.what), entry.site)
        case FindingEntry():
            yield ("finding", _folded(entry.what))
        case MedicationEntry():
            yield ("medication", entry.code)
        case DecisionEntry():
            yield ("decision",)
        case ConsentEntry():
            yield ("consent", entry.purpose)
        case RedFlagEntry():
            for flag in entry.flags:
                yield ("flag", flag)
        case TherapyEntry() | NoteEntry():
            return
        case _:
            assert_never(entry)


def _folded(words: str) -> str:
    return " ".join(words.lower().split())
