"""Phases and gates of a review as rows: stays as bands, the days on which a gate was open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.engine.reference import View
from assuage.engine.trace import is_open
from assuage.engine.walk import Stay, Walk, gates_between
from assuage.pathways.model import Gate, Pathway
from assuage.report.timeline.row import TimelineRow
from assuage.review.standing import AnyStanding
from assuage.words.patients import for_a_patient
from assuage.words.speak import ENGLISH


def phase_rows(review: AnyStanding | None, speaking: Catalogue = ENGLISH) -> Iterator[TimelineRow]:
    """A band for each stay, in order, and a mark for each decision that moved nobody."""
    if review is None or review.walk is None:
        return
    moved = {stay.decision.place for stay in review.stays if stay.decision}
    for stay in review.stays:
        yield _stay(stay, review.on, speaking)
    for entry in review.walk.decisions:
        if entry.place not in moved:
            act = message(f"decision.{entry.do}")
            decided = message("timeline.decision", decision=act, because=entry.because)
            yield TimelineRow(
                panel="phase",
                lane=speaking.say(message("moved-by.decision")),
                what="decision",
                day=entry.day,
                approximate=entry.approximate,
                text=speaking.say(decided),
                label=speaking.say(act),
                places=(entry.place,),
                speaking=speaking,
            )


def _stay(stay: Stay, on: int, speaking: Catalogue) -> TimelineRow:
    decision = stay.decision
    states = {reading.state for reading in stay.gates}
    gate = "shut" if "shut" in states else "open" if states else None
    told_of_gates = decision and gate and not for_a_patient(speaking)
    at_gate = message(f"timeline.gate-{gate}") if told_of_gates else None
    entered = message("timeline.entered-at-the-start" if stay.from_the_start else "timeline.entered-by-gate")
    if decision:
        entered = message("timeline.entered-by-decision", decision=message(f"decision.{decision.do}"))
    begun = [
        entered,
        decision.because if decision else None,
        message("timeline.at-that-moment", gate=at_gate) if at_gate else None,
    ]
    by_gate = message("stay.from-the-start" if stay.from_the_start else "timeline.by-gate")
    how = [message("moved-by.decision") if decision else by_gate, at_gate]
    title = speaking.value(stay.phase)
    return TimelineRow(
        panel="phase",
        lane=title,
        what="stay",
        day=stay.entered,
        until=on if stay.left is None else stay.left,
        ongoing=stay.left is None,
        approximate=bool(decision and decision.approximate),
        text=speaking.value(tuple(part for part in begun if part), "semicolon"),
        label=title,
        remark=speaking.value(tuple(part for part in how if part)),
        state=stay.phase.id,
        places=(decision.place,) if decision else (),
        speaking=speaking,
    )


def gate_rows(review: AnyStanding | None, speaking: Catalogue = ENGLISH) -> Iterator[TimelineRow]:
    """The spells of days on which a gate out of the phase was open, gate by gate; none for a patient."""
    walk = review.walk if review else None
    if review is None or walk is None or for_a_patient(speaking):
        return
    spells: dict[str, tuple[Gate, list[tuple[int, int]]]] = {}
    for stay in review.stays:
        last = review.on if stay.left is None else stay.left
        for gate in _passed(walk.pathway, stay):
            days = [day for day in range(stay.entered + 1, last + 1) if is_open(_view(walk, stay, day), gate)]
            if days:
                spells.setdefault(gate.id, (gate, []))[1].extend(_spells(days))
    for gate, spans in spells.values():
        for first, end in spans:
            one_day = first == end
            open_ = message("timeline.open-on", day=first)
            yield TimelineRow(
                panel="gate",
                lane=speaking.value(gate),
                what="open",
                day=first,
                until=end,
                text=speaking.say(open_ if one_day else message("timeline.open-from", first=first, last=end)),
                state=gate.id,
                speaking=speaking,
            )


def _view(walk: Walk, stay: Stay, day: int) -> View:
    """The record on a day, seen from a stay: on the day a gate moves the patient, from the stay that ends."""
    started = max((start for start in walk.starts if start <= stay.entered), default=0)
    return View(walk.timeline, day, started=started, entered=stay.entered)


def _passed(pathway: Pathway, stay: Stay) -> Iterator[Gate]:
    """The gates that can move a patient out of this phase: on to the next, then back."""
    after = pathway.after(stay.phase)
    if after is not None:
        yield from gates_between(pathway, stay.phase, after)
    elif stay.phase.leave is not None:
        yield stay.phase.leave
    for back in stay.phase.fall_back:
        yield back.gate


def _spells(days: list[int]) -> Iterator[tuple[int, int]]:
    first = days[0]
    for day, following in pairwise([*days, days[-1] + 2]):
        if following != day + 1:
            yield first, day
            first = following
