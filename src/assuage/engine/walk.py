"""Walking a record through a pathway: stays, moves by gates, and the decisions of people that outrank them.

The rules, each specified by a test:

- The pathway starts on day 0, or earlier with a decision before it; a decision `enter` starts it again.
- At most one move a day by gates. The way back is looked at before the way forward; forward needs the gate
  out of this phase and the gate into the next. A new stay is judged from the following day.
- While a red flag of the tier `stop` stands, no gate is open, until a person clears it.
- On a day with a decision no gate moves anybody: the decision stands, with the gate's state at that moment.
- `hold` keeps the patient where they are until the next decision. `leave` ends the pathway.
- Only a clinician's decision counts: what somebody else decided, or wrote down, moves nobody and is asked about.
- An override of a red flag or of a recommendation that names no phase is no decision about the phase.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.engine.followed import decisions_on, is_of_a_phase
from assuage.engine.reference import View
from assuage.engine.shut_days import NO_DAY, ShutDays
from assuage.engine.trace import GateReading, read_gate
from assuage.errors import InputError, Problem, Problems, unknown_word
from assuage.pathways.model import Gate, Pathway, Phase
from assuage.pathways.registry import pathway as pathway_of_id
from assuage.record.changed import days_changed
from assuage.record.decided_entries import DecisionEntry
from assuage.record.entries import AnyEntry, Record
from assuage.record.entry import Entry
from assuage.record.fields import FURTHEST_DAY
from assuage.record.timeline import Timeline

MovedBy = Literal["gate", "decision"]


class InPhase:
    """What a stay and the days of one have in common: from `entered` to the day before `left`; None while it lasts."""

    entered: int
    left: int | None

    def holds(self, day: int) -> bool:
        """Whether the patient is in the phase at the end of a day: it began by then and has not been left."""
        return self.entered <= day and (self.left is None or day < self.left)


class Stay(Struct, InPhase, frozen=True):
    """A stay in a phase. `left` is None while it lasts; `gates` are those of the move that began it."""

    phase: Phase
    entered: int
    by: MovedBy
    left: int | None = None
    decision: DecisionEntry | None = None
    gates: tuple[GateReading, ...] = ()

    @property
    def from_the_start(self) -> bool:
        """Whether it began with the pathway: by nobody's decision, and through no gate."""
        return self.by == "gate" and not self.gates

    @property
    def against_gate(self) -> bool:
        """Whether a person decided it while a gate was shut."""
        return self.by == "decision" and any(reading.state == "shut" for reading in self.gates)


class Walk(Struct, frozen=True):
    """A patient's stays in a pathway, one after the other, up to the end of day `until`.

    `starts` are the days on which the pathway began; `held` and `ended` the decision that holds or ended it.
    """

    pathway: Pathway
    timeline: Timeline
    until: int
    stays: tuple[Stay, ...] = ()
    starts: tuple[int, ...] = ()
    held: DecisionEntry | None = None
    ended: DecisionEntry | None = None

    @property
    def current(self) -> Stay | None:
        """The stay the patient is in; None before the start and after leaving."""
        return self.stays[-1] if self.stays and self.stays[-1].left is None else None

    @property
    def decisions(self) -> Sequence[DecisionEntry]:
        """The decisions that count, in order: those that were taken on this pathway."""
        return decisions_on(self.pathway.id, self.timeline, self.until)

    @property
    def phase_decisions(self) -> Sequence[DecisionEntry]:
        """Those of the decisions that are about the phase, in order."""
        return [decision for decision in self.decisions if is_of_a_phase(decision, self.pathway)]

    def placed_by_clinician(self, day: int, after: Entry | None = None) -> bool:
        """Whether a clinician decided up to a day that the patient goes into a phase.

        With `after` only decisions count that came after that entry.
        """
        return any(
            decision.do in ("enter", "advance", "return", "override")
            for decision in self.phase_decisions
            if decision.day <= day and (after is None or decision.order > after.order)
        )

    def overrides(self, day: int) -> list[DecisionEntry]:
        """The overrides of clinicians in the stay of a day, up to that day, in order."""
        stay = self.stay_on(day)
        return [
            decision
            for decision in self.decisions
            if decision.do == "override" and stay is not None and stay.entered <= decision.day <= day
        ]

    def stay_on(self, day: int) -> Stay | None:
        """The stay at the end of a day; None outside the pathway."""
        for stay in reversed(self.stays):
            if stay.holds(day):
                return stay
        return None

    def phase_on(self, day: int) -> Phase | None:
        """The phase at the end of a day; None outside the pathway."""
        stay = self.stay_on(day)
        return None if stay is None else stay.phase

    def view(self, day: int) -> View:
        """The record at the end of a day, in the stay of that day."""
        stay = self.stay_on(day)
        started = max((start for start in self.starts if start <= day), default=0)
        return View(self.timeline, day, started=started, entered=stay.entered if stay else None)

    def back_to(self, day: int) -> Walk:
        """The same walk as it was at the end of an earlier day."""
        if day >= self.until:
            return self
        stays = [stay for stay in self.stays if stay.entered <= day]
        if stays and (left := stays[-1].left) is not None and left > day:
            stays[-1] = replace(stays[-1], left=None)
        starts = tuple(start for start in self.starts if start <= day)
        back = Walk(self.pathway, self.timeline, day, tuple(stays), starts)
        decided = back.phase_decisions
        latest = decided[-1] if decided else None
        return replace(
            back,
            held=latest if latest is not None and latest.do == "hold" else None,
            ended=latest if latest is not None and latest.do == "leave" else None,
        )


def gates_between(pathway: Pathway, here: Phase | None, there: Phase) -> tuple[Gate, ...]:
    """The gates a move passes: out of this phase and into the next, or back, or only into a far one."""
    if here is None:
        return (there.enter,) if there.enter else ()
    for back in here.fall_back:
        if back.to.id == there.id:
            return (back.gate,)
    if pathway.comes_before(there, here):
        return ()
    return tuple(each for each in (here.leave, there.enter) if each is not None)


def checked_day_number(day: int) -> None:
    """Raises InputError for a day that is no whole number, such as a date: records count days from day 0."""
    if not isinstance(cast("object", day), int):
        raise InputError(message("walk.no-whole-day"))


def walk(pathway: Pathway | str, timeline: Timeline | Record, until: int) -> Walk:
    """The stays from the start of the pathway to the end of day `until`; a pathway may be named by its id.

    Decisions of a record that follows another pathway do not belong to this one and are left out.
    Raises Problems for decisions the pathway cannot follow: an unknown phase, a return to a later one;
    InputError for an id that no pathway has, and for a day that is no number.
    """
    if isinstance(pathway, str):
        pathway = pathway_of_id(pathway)
    if isinstance(timeline, Record):
        timeline = Timeline(timeline)
    checked_day_number(until)
    return _go_on(Walk(pathway, timeline, until), until)


def problems_on_the_way(pathway: Pathway, timeline: Timeline) -> Sequence[Problem]:
    """Which decisions of a record the pathway cannot follow; walked as far as the last of them."""
    decisions = timeline.decisions()
    if not decisions:
        return ()
    try:
        walk(pathway, timeline, decisions[-1].day)
    except Problems as refused:
        return refused.problems
    return ()


class Walker(Struct, frozen=True):
    """A walk that can go on: one patient at the end of a day, to be stepped with what is recorded next.

    A value: a step gives another walker and leaves this one as it was. So "what if this were written today" is one
    more step from the same walker, and as many such questions may be asked side by side.
    """

    walk: Walk

    @classmethod
    def begin(cls, pathway: Pathway, record: Record) -> Walker:
        """A walker before its first day, with what is recorded so far; `step` takes it to a day."""
        return cls(Walk(pathway, Timeline(record), -FURTHEST_DAY - 1))

    def back_to(self, day: int) -> Walker:
        """The walker as it was at the end of an earlier day, with all that is recorded; itself where it is no later."""
        return Walker(self.walk.back_to(day))

    def step(self, day: int, entries: Sequence[AnyEntry] = ()) -> Walker:
        """The walker at the end of `day`, with these entries written at the end of the record.

        Days between are walked as well. An entry for a day that was walked already, or one that replaces another,
        is walked again from the day it changes. Raises InputError for a day before the one this walker has come to
        and for entries of a later day, and Problems for decisions the pathway cannot follow.
        """
        before = self.walk
        if day < before.until:
            raise InputError(message("walk.day-before", day=day, until=before.until))
        late = [entry.day for entry in entries if entry.day > day]
        if late:
            raise InputError(message("walk.entry-later", late=late[0], day=day))
        timeline = before.timeline.with_entries(entries)
        changed = min(days_changed(before.timeline.record, entries), default=day + 1)
        kept = replace(before.back_to(changed - 1), timeline=timeline)
        return Walker(_go_on(kept, day))


def _go_on(walked: Walk, until: int) -> Walk:
    """A walk taken on to the end of day `until`, over a timeline that may hold more by now."""
    pathway, timeline = walked.pathway, walked.timeline
    known = replace(walked, until=until).phase_decisions
    problems = unfollowable(pathway, known)
    if problems:
        raise Problems("the record", problems)
    if walked.starts:
        first, steps = walked.until + 1, _Steps(walked)
    else:
        first = min(0, known[0].day) if known else 0
        if until < first:
            return Walk(pathway, timeline, until)
        steps = _Steps(Walk(pathway, timeline, first, (), (first,)))
    by_day: dict[int, list[DecisionEntry]] = defaultdict(list)
    for entry in known:
        by_day[entry.day].append(entry)
    decided = [*sorted(by_day), until + 1]
    day = first
    while day <= until:
        if day in by_day:
            for entry in by_day[day]:
                steps.decide(entry)
            day += 1
        else:
            day = min(steps.pass_day(day), decided[bisect_right(decided, day)])
    return Walk(pathway, timeline, until, tuple(steps.stays), tuple(steps.starts), steps.held, steps.ended)


class _Steps:
    """The state of a walk while it is being walked."""

    def __init__(self, walked: Walk) -> None:
        self.pathway = walked.pathway
        self.timeline = walked.timeline
        self.starts = list(walked.starts)
        self.stays = list(walked.stays)
        self.held = walked.held
        self.ended = walked.ended
        self.shut = ShutDays()
        self.ways: tuple[tuple[Phase, tuple[Gate, ...]], ...] | None = None

    @property
    def here(self) -> Stay | None:
        return self.stays[-1] if self.stays and self.stays[-1].left is None else None

    def view(self, day: int) -> View:
        entered = self.here.entered if self.here else None
        return View(self.timeline, day, started=self.starts[-1], entered=entered)

    def move(self, phase: Phase, day: int, by: MovedBy, decision: DecisionEntry | None = None) -> None:
        here = self.here
        view = self.view(day)
        gates = gates_between(self.pathway, here.phase if here else None, phase)
        readings = tuple(read_gate(view, each) for each in gates)
        if here:
            self.stays[-1] = replace(here, left=day)
        self.stays.append(Stay(phase, day, by, None, decision, readings))
        self._look_anew()

    def _look_anew(self) -> None:
        """Forget what was known of the gates: the patient is elsewhere, or somebody decided something."""
        self.shut, self.ways = ShutDays(), None

    def pass_day(self, day: int) -> int:
        """A day without a decision: gates may move the patient, once. The first later day on which one may again."""
        if self.ended or self.held:
            return NO_DAY
        here = self.here
        if here is not None and day == here.entered:
            return day + 1
        if self.ways is None:
            self.ways = tuple(self._ways())
        view, following = self.view(day), NO_DAY
        for phase, gates in self.ways:
            opening = self.shut.opening(view, gates)
            if opening <= day:
                self.move(phase, day, "gate")
                return day + 1
            following = min(following, opening)
        return following

    def _ways(self) -> Iterator[tuple[Phase, tuple[Gate, ...]]]:
        """The phases to which gates lead from here, those back first, each with the gates on the way."""
        here = self.here
        if here is not None:
            yield from ((back.to, (back.gate,)) for back in here.phase.fall_back)
        after = self.pathway.phases[0] if here is None else self.pathway.after(here.phase)
        if after is not None:
            yield after, gates_between(self.pathway, here.phase if here else None, after)

    def decide(self, entry: DecisionEntry) -> None:
        """A person's decision: it stands, whatever the gates say."""
        if self.ended and entry.do != "enter" and not (entry.do == "override" and entry.to):
            raise _problem(entry, message("walk.after-leaving", do=entry.do, day=self.ended.day))
        self.held = self.ended = None
        self._look_anew()
        here = self.here
        match entry.do:
            case "hold":
                if here is None:
                    self.move(self.pathway.phases[0], entry.day, "decision", entry)
                self.held = entry
            case "leave":
                if here:
                    self.stays[-1] = replace(here, left=entry.day)
                self.ended = entry
            case "enter" | "advance" | "return" | "override":
                to = self._target(entry)
                if entry.do == "enter":
                    self.starts.append(entry.day)
                # The first `enter` is the beginning of the pathway, also for a patient a gate had let in before.
                begins = entry.do == "enter" and all(stay.by == "gate" for stay in self.stays)
                if here is None or here.phase.id != to.id or begins:
                    self.move(to, entry.day, "decision", entry)

    def _target(self, entry: DecisionEntry) -> Phase:
        here = self.here
        if entry.to is not None:
            to = self.pathway.phase(entry.to)
            if here and entry.do == "advance" and self.pathway.comes_before(to, here.phase):
                raise _problem(entry, message("walk.advance-to-earlier", here=here.phase.id, to=to.id))
            if here and entry.do == "return" and self.pathway.comes_before(here.phase, to):
                raise _problem(entry, message("walk.return-to-later", here=here.phase.id, to=to.id))
            return to
        if here is None:
            return self.pathway.phases[0]
        after = self.pathway.after(here.phase)
        if after is None:
            raise _problem(entry, message("walk.nowhere", do=entry.do, here=here.phase.id))
        return after


def _problem(entry: DecisionEntry, what: Message) -> Problems:
    return Problems("the record", [Problem(f"entries[{entry.place}].do", what)])


def unfollowable(pathway: Pathway, decisions: Sequence[DecisionEntry]) -> list[Problem]:
    """All decisions that name a phase the pathway does not have, each with its place.

    Whether a phase it has can be gone to from where the patient is, is known only on the way: gates move patients too.
    """
    phases = [phase.id for phase in pathway.phases]
    return [
        Problem(
            f"entries[{entry.place}].to",
            message(
                "walk.unknown-phase",
                unknown=unknown_word(entry.to, phases, message("word.phase")),
                pathway=pathway.id,
            ),
        )
        for entry in decisions
        if entry.to is not None and not pathway.knows(entry.to)
    ]
