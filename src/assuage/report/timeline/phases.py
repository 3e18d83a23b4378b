"""Phases and gates of a review as rows: stays as bands, the days on which a gate was open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assuage.engine.reference import View
from assuage.engine.trace import is_open
from assuage.engine.walk import Stay, gates_between
from assuage.pathways.model import Gate
from assuage.record.entries import DecisionEntry
from assuage.report.timeline.row import Row
from assuage.review.model import Review


def phase_rows(review: Review | None) -> Iterator[Row]:
    """A band for each stay, in order, and a mark for each decision that moved nobody."""
    if review is None:
        return
    moved = {stay.decision.place for stay in review.stays if stay.decision}
    for stay in review.stays:
        yield _stay(stay, review.on)
    own = review.record.pathway is None or review.record.pathway.partition("@")[0] == review.pathway.id
    for entry in review.record.current if own else ():
        if isinstance(entry, DecisionEntry) and entry.day <= review.on and entry.place not in moved:
            why = f"; {entry.because}" if entry.because else ""
            yield Row(
                panel="phase",
                lane="decision",
                what="decision",
                day=entry.day,
                approximate=entry.approximate,
                text=f"decision: {entry.do}{why}",
                label=entry.do,
                places=(entry.place,),
            )


def _stay(stay: Stay, on: int) -> Row:
    decision = stay.decision
    states = {reading.state for reading in stay.gates}
    gate = "gate shut" if "shut" in states else "gate open" if states else ""
    by = f"decision ({decision.do})" if decision else "gate"
    why = decision.because if decision and decision.because else ""
    begun = [f"entered by {by}", why, f"the {gate} at that moment" if decision and gate else ""]
    return Row(
        panel="phase",
        lane=stay.phase.title,
        what="stay",
        day=stay.entered,
        until=on if stay.left is None else stay.left,
        ongoing=stay.left is None,
        approximate=bool(decision and decision.approximate),
        text="; ".join(part for part in begun if part),
        label=stay.phase.title,
        remark=", ".join(part for part in ("decision" if decision else "by gate", decision and gate) if part),
        state=stay.phase.id,
        places=(decision.place,) if decision else (),
    )


def gate_rows(review: Review | None) -> Iterator[Row]:
    """The spells of days on which a gate out of the phase was open, gate by gate."""
    if review is None:
        return
    spells: dict[str, tuple[Gate, list[tuple[int, int]]]] = {}
    for stay in review.stays:
        last = review.on if stay.left is None else stay.left
        for gate in _passed(review, stay):
            days = [
                day for day in range(stay.entered + 1, last + 1) if is_open(_view(review, stay, day), gate)
            ]
            if days:
                spells.setdefault(gate.id, (gate, []))[1].extend(_spells(days))
    for gate, found in spells.values():
        for first, end in found:
            said = f"open on day {first}" if first == end else f"open on days {first} to {end}"
            yield Row(
                panel="gate",
                lane=gate.title,
                what="open",
                day=first,
                until=end,
                text=said,
                state=gate.id,
            )


def _view(review: Review, stay: Stay, day: int) -> View:
    """The record on a day, seen from a stay: on the day a gate moves the patient, from the stay that ends."""
    started = max((start for start in review.walk.starts if start <= stay.entered), default=0)
    return View(review.walk.timeline, day, started=started, entered=stay.entered)


def _passed(review: Review, stay: Stay) -> Iterator[Gate]:
    """The gates that can move a patient out of this phase: on to the next, then back."""
    after = review.pathway.after(stay.phase)
    if after is not None:
        yield from gates_between(review.pathway, stay.phase, after)
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
