"""Until which day a physiotherapist's card holds: until time alone changes what it says, and a week at most.

The days that follow are reviewed as if nothing more were recorded, so that a fact that goes stale, a window that
passes and a gate that opens or falls back each end it on their day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.engine.trace import Reading
from assuage.record.entries import Record
from assuage.review.make import review as review_of
from assuage.review.model import Review
from assuage.review.techniques import flag_alerts_of, technique_signals
from assuage.safety.check import ANYWHERE
from assuage.safety.situation import Settings
from assuage.terms.answers import YES

# Sessions are a week apart on most pathways: what is older than one is made anew (ours).
VALID_DAYS = 7


class Validity(Struct, frozen=True):
    """The last day on which a card holds, and what ends it."""

    until: int
    because: Message


def validity(review: Review, settings: Settings = ANYWHERE) -> Validity:
    """Until when the card of this review holds, if nothing more is recorded, and no later than a gate could open."""
    last = review.on + VALID_DAYS
    because = message("valid.at-most", days=VALID_DAYS)
    for opens, gate in _could_open(review):
        if opens - 1 < last:
            last, because = opens - 1, gate
    record = _up_to(review.record, review.on)
    today = _statements(review_of(record, review.pathway, review.on, settings, effects=False))
    for day in range(review.on + 1, last + 1):
        then = _statements(review_of(record, review.pathway, day, settings, effects=False))
        if then != today:
            changed = next(what for what in (*today, *then) if today.get(what) != then.get(what))
            return Validity(day - 1, message("valid.changes", what=changed))
    return Validity(last, because)


def _up_to(record: Record, on: int) -> Record:
    """The record without what is of a later day."""
    if all(entry.day <= on for entry in record.standing):
        return record
    return replace(record, entries=tuple(entry for entry in record.standing if entry.day <= on))


def _statements(review: Review) -> dict[object, object]:
    """What a card rests on, by what it is of: the phase, the flags, the restrictions, the gates and the techniques."""
    stay = review.current
    statements: dict[object, object] = {}
    if stay is not None:
        statements[stay.phase] = "current"
    for alert in flag_alerts_of(review):
        statements[alert.text.value("flag")] = alert.tier
    for state in review.restrictions:
        statements[state.restriction.therapy] = state.in_force
        if state.until is not None:
            statements[state.until.criterion] = state.until.answer
    for gate in review.gates:
        for reading in gate.reading.criteria:
            statements[reading.criterion] = reading.answer
    for technique in technique_signals(review):
        statements[technique.therapy] = (technique.signal, technique.reason)
    return statements


def _could_open(review: Review) -> Iterator[tuple[int, Message]]:
    """For each gate that leads on and waits for ratings the earliest day on which the diary could open it.

    What else it waits for may be answered on any day, and who answers makes the card anew. A red flag keeps it shut,
    and so does a criterion that is known not to be met.
    """
    for gate in review.gates:
        lacking = [days for reading in gate.reading.criteria for days in _days_lacking(reading)]
        if gate.leads == "on" and lacking and not gate.reading.shut_by and not gate.reading.not_met:
            yield review.on + max(lacking), message("valid.gate-could-open", phase=gate.to)


def _days_lacking(reading: Reading) -> Iterator[int]:
    """How many days with a rating are lacking, for each question that waits for ratings."""
    for need in reading.needs if reading.answer is not YES else ():
        if need.id == "need.scores-on-days":
            yield cast("int", need.value("wanted")) - cast("int", need.value("has"))
