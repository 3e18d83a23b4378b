"""The courses of a chunk as Arrow tables: stays, states, breaches, panel, and the patients that were refused."""

from __future__ import annotations

from typing import Any

import numpy as np

from assuage.cohort.alerts import Alerts
from assuage.cohort.criteria import CohortCriteria
from assuage.cohort.repeated import REPEATED
from assuage.cohort.scores import Scores
from assuage.engine.many.arrays import Bytes, Longs
from assuage.engine.many.blocks.prescan import EMPTY
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.walk.results import ChunkResult
from assuage.record.arrow import arrow
from assuage.review.diagnosis import shown_criteria
from assuage.terms.answers import NO, UNKNOWN, YES

TABLES = ("stays", "state", "breaches", "criteria", "scores", "rejected", REPEATED)
PANEL = "panel"
_ANSWERS = [{c.UNKNOWN: UNKNOWN, c.YES: YES, c.NO: NO}[code].value for code in range(3)]


class Asked:
    """What is asked of every chunk beside its courses: alerts, the criteria the pathway shows, scores."""

    def __init__(self, lowered: Lowered) -> None:
        self.alerts = Alerts(lowered)
        self.criteria = CohortCriteria(shown_criteria(lowered.pathway))
        self.scores = Scores()


def tables(found: ChunkResult, lowered: Lowered, panel: bool, asked: Asked, again: Any) -> dict[str, Any]:
    """Each table of the output by name."""
    pa = arrow()
    made = {
        "stays": _stays(found, lowered),
        "state": _state(found, lowered, asked.alerts),
        "breaches": _breaches(found, lowered),
        "criteria": _criteria(found, asked.criteria),
        "scores": asked.scores.table(found),
        "rejected": pa.table(
            {
                "patient": pa.array([one.patient for one in found.rejected], pa.string()),
                "place": pa.array([one.place for one in found.rejected], pa.string()),
                "problem": pa.array([one.text for one in found.rejected], pa.string()),
            }
        ),
        REPEATED: again,
    }
    if panel:
        made[PANEL] = _panel(found, lowered)
    return made


def _words(numbers: Any, words: list[str]) -> Any:
    """Words by number; null where the number is negative."""
    pa = arrow()
    numbers = np.asarray(numbers).astype(np.int32)
    mask = numbers < 0
    index = pa.array(np.where(mask, 0, numbers), mask=mask)
    return pa.DictionaryArray.from_arrays(index, pa.array(words or [""], pa.string()))


def _days(days: Any) -> Any:
    """Days; null where there is none."""
    pa = arrow()
    days = np.asarray(days)
    return pa.array(days.astype(np.int32), mask=days == c.NO_DAY)


def _lists(raised: Any, words: list[str]) -> Any:
    """For each row the words of the columns that are set."""
    return _listed(raised.sum(axis=1, dtype=np.int64), np.nonzero(raised)[1], words)


def _listed(counts: Longs, numbers: Any, words: list[str]) -> Any:
    """For each row as many words as it has, by number, one after the other."""
    pa = arrow()
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), _words(numbers, words).cast(pa.string()))


def _stays(found: ChunkResult, lowered: Lowered) -> Any:
    pa = arrow()
    stays = found.stays
    return pa.table(
        {
            "patient": found.names.take(pa.array(stays.patient)),
            "phase": _words(stays.phase, [phase.id for phase in lowered.pathway.phases]),
            "entered": pa.array(stays.entered),
            "left": _days(stays.left),
            "by": _words(stays.by, ["gate", "decision"]),
        }
    )


def _breaches(found: ChunkResult, lowered: Lowered) -> Any:
    pa = arrow()
    breaches = found.breaches
    return pa.table(
        {
            "patient": found.names.take(pa.array(breaches.patient)),
            "restriction": _words(breaches.restriction, [one.id for one in lowered.pathway.restrictions]),
            "day": pa.array(breaches.day),
            "sure": pa.array(breaches.sure.astype(bool)),
        }
    )


def since_of(found: ChunkResult) -> Longs:
    """Since when each patient has been in the phase they are in; NO_DAY outside."""
    since = np.full(found.route.size, c.NO_DAY, np.int64)
    lasting = found.stays.left == c.NO_DAY
    since[found.stays.patient[lasting]] = found.stays.entered[lasting]
    return since


def _state(found: ChunkResult, lowered: Lowered, alerts: Alerts) -> Any:
    pa = arrow()
    pathway, states = lowered.pathway, found.states
    since = since_of(found)
    number_of = {criterion: at for at, criterion in enumerate(lowered.criteria)}
    in_gate = np.zeros((len(lowered.gates), len(lowered.criteria)), np.int32)
    for at, gate in enumerate(lowered.gates):
        in_gate[at, [number_of[one] for one in gate.criteria]] = 1
    waiting = ((states.gates > 0).astype(np.int32) @ in_gate) > 0
    criteria = [criterion.id for criterion in lowered.criteria]
    gates = [gate.id for gate in lowered.gates]
    restrictions = [one.id for one in pathway.restrictions]
    breached = np.zeros((found.route.size, len(restrictions)), np.uint8)
    breached[found.breaches.patient, found.breaches.restriction] = 1
    begun = found.started <= found.until
    status = np.where(~begun, 0, np.where(states.holds > 0, states.holds, np.where(states.phase < 0, 3, 4)))
    table = pa.table(
        {
            "patient": found.names,
            "on": pa.array(found.until.astype(np.int32)),
            "status": _words(status, ["not begun", "held", "left", "waiting to enter", "in a phase"]),
            "phase": _words(states.phase, [phase.id for phase in pathway.phases]),
            "since": _days(since),
            "open": _lists(states.gates == 1, gates),
            "shut": _lists(states.gates == 2, gates),
            "unknown": _lists(waiting & (states.answers == c.UNKNOWN), criteria),
            "not_met": _lists(waiting & (states.answers == c.NO), criteria),
            "in_force": _lists(states.in_force > 0, restrictions),
            "breached": _lists(breached, restrictions),
            "alerts": _listed(*alerts.raised(found, since), alerts.names),
        }
    )
    return table.filter(pa.array(found.route != EMPTY))


def _criteria(found: ChunkResult, criteria: CohortCriteria) -> Any:
    """A line for each patient and set of criteria."""
    pa = arrow()
    answers, as_of = criteria.answers(found)
    judged = np.flatnonzero(found.route != EMPTY)
    each = len(criteria.names)
    return pa.table(
        {
            "patient": found.names.take(pa.array(np.repeat(judged, each))),
            "criteria": _words(np.tile(np.arange(each), judged.size), list(criteria.names)),
            "answer": _words(answers[judged].reshape(-1), _ANSWERS),
            "as_of": _days(np.repeat(as_of[judged], each)),
        }
    )


def _panel(found: ChunkResult, lowered: Lowered) -> Any:
    """One line a patient; phase and each criterion a byte a day, from `first` on. See `assuage.cohort.panel`."""
    pa = arrow()
    offsets = pa.py_buffer(found.days.astype(np.int64).tobytes())

    def bytes_of(column: Bytes) -> Any:
        flat = pa.py_buffer(np.ascontiguousarray(column).tobytes())
        return pa.Array.from_buffers(pa.large_binary(), found.route.size, [None, offsets, flat])

    columns = {
        "patient": found.names,
        "first": pa.array(found.started.astype(np.int32)),
        "phase": bytes_of(found.panel.phase),
    }
    for at in range(found.panel.answers.shape[0]):
        columns[lowered.criteria[at].id] = bytes_of(found.panel.answers[at])
    return pa.table(columns).filter(pa.array(found.route != EMPTY))
