"""The courses of a chunk as Arrow tables: stays, states, breaches, panel, who was refused, and who was read whole."""

from __future__ import annotations

from typing import Any

import numpy as np

from assuage.cohort.alerts import Alerts
from assuage.cohort.criteria import CohortCriteria
from assuage.cohort.repeated import REPEATED
from assuage.cohort.scores import CohortScores
from assuage.engine.many.arrays import Bytes, Longs
from assuage.engine.many.blocks.prescan import EMPTY
from assuage.engine.many.entries.entry_table import FallbackReason
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.walk.results import ChunkResult
from assuage.record.arrow import arrow
from assuage.review.diagnosis import shown_criteria
from assuage.terms.answers import NO, UNKNOWN, YES

FALLBACK = "fallback"
TABLES = ("stays", "state", "breaches", "criteria", "scores", "rejected", REPEATED, FALLBACK)
PANEL = "panel"
_ANSWERS = [{c.UNKNOWN: UNKNOWN, c.YES: YES, c.NO: NO}[code].value for code in range(3)]


class ChunkQuestions:
    """What is asked of every chunk beside its courses: alerts, the criteria the pathway shows, scores."""

    def __init__(self, lowered: Lowered) -> None:
        self.alerts = Alerts(lowered)
        self.criteria = CohortCriteria(shown_criteria(lowered.pathway))
        self.scores = CohortScores()


def chunk_tables(
    result: ChunkResult, lowered: Lowered, panel: bool, asked: ChunkQuestions, again: Any
) -> dict[str, Any]:
    """Each table of the output by name."""
    pa = arrow()
    by_name = {
        "stays": _stays(result, lowered),
        "state": _state(result, lowered, asked.alerts),
        "breaches": _breaches(result, lowered),
        "criteria": _criteria(result, asked.criteria),
        "scores": asked.scores.table(result),
        "rejected": pa.table(
            {
                "patient": pa.array([refused.patient for refused in result.rejected], pa.string()),
                "place": pa.array([refused.place for refused in result.rejected], pa.string()),
                "problem": pa.array([refused.text for refused in result.rejected], pa.string()),
            }
        ),
        REPEATED: again,
        FALLBACK: _fallback(result),
    }
    if panel:
        by_name[PANEL] = _panel(result, lowered)
    return by_name


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


def _stays(result: ChunkResult, lowered: Lowered) -> Any:
    pa = arrow()
    stays = result.stays
    return pa.table(
        {
            "patient": result.names.take(pa.array(stays.patient)),
            "phase": _words(stays.phase, [phase.id for phase in lowered.pathway.phases]),
            "entered": pa.array(stays.entered),
            "left": _days(stays.left),
            "by": _words(stays.by, ["gate", "decision"]),
        }
    )


def _breaches(result: ChunkResult, lowered: Lowered) -> Any:
    pa = arrow()
    breaches = result.breaches
    ids = [restriction.id for restriction in lowered.pathway.restrictions]
    return pa.table(
        {
            "patient": result.names.take(pa.array(breaches.patient)),
            "restriction": _words(breaches.restriction, ids),
            "day": pa.array(breaches.day),
            "sure": pa.array(breaches.sure.astype(bool)),
        }
    )


def since_of(result: ChunkResult) -> Longs:
    """Since when each patient has been in the phase they are in; NO_DAY outside."""
    since = np.full(result.route.size, c.NO_DAY, np.int64)
    lasting = result.stays.left == c.NO_DAY
    since[result.stays.patient[lasting]] = result.stays.entered[lasting]
    return since


def _state(result: ChunkResult, lowered: Lowered, alerts: Alerts) -> Any:
    pa = arrow()
    pathway, states = lowered.pathway, result.states
    since = since_of(result)
    number_of = {criterion: at for at, criterion in enumerate(lowered.criteria)}
    in_gate = np.zeros((len(lowered.gates), len(lowered.criteria)), np.int32)
    for at, gate in enumerate(lowered.gates):
        in_gate[at, [number_of[criterion] for criterion in gate.criteria]] = 1
    waiting = ((states.gates > 0).astype(np.int32) @ in_gate) > 0
    criteria = [criterion.id for criterion in lowered.criteria]
    gates = [gate.id for gate in lowered.gates]
    restrictions = [restriction.id for restriction in pathway.restrictions]
    breached = np.zeros((result.route.size, len(restrictions)), np.uint8)
    breached[result.breaches.patient, result.breaches.restriction] = 1
    begun = result.started <= result.until
    status = np.where(~begun, 0, np.where(states.holds > 0, states.holds, np.where(states.phase < 0, 3, 4)))
    table = pa.table(
        {
            "patient": result.names,
            "on": pa.array(result.until.astype(np.int32)),
            "status": _words(status, ["not begun", "held", "left", "waiting to enter", "in a phase"]),
            "phase": _words(states.phase, [phase.id for phase in pathway.phases]),
            "since": _days(since),
            "open": _lists(states.gates == 1, gates),
            "shut": _lists(states.gates == 2, gates),
            "unknown": _lists(waiting & (states.answers == c.UNKNOWN), criteria),
            "not_met": _lists(waiting & (states.answers == c.NO), criteria),
            "in_force": _lists(states.in_force > 0, restrictions),
            "breached": _lists(breached, restrictions),
            "alerts": _listed(*alerts.raised(result, since), alerts.names),
        }
    )
    return table.filter(pa.array(result.route != EMPTY))


def _fallback(result: ChunkResult) -> Any:
    """A line for each patient whose record was read whole, with the reasons by name."""
    pa = arrow()
    whole = np.flatnonzero(result.why)
    because = (result.why[whole, None] & np.array([*FallbackReason], result.why.dtype)) > 0
    names = [reason.name.lower() for reason in FallbackReason]
    return pa.table({"patient": result.names.take(pa.array(whole)), "reasons": _lists(because, names)})


def _criteria(result: ChunkResult, criteria: CohortCriteria) -> Any:
    """A line for each patient and set of criteria."""
    pa = arrow()
    answers, as_of = criteria.answers(result)
    judged = np.flatnonzero(result.route != EMPTY)
    each = len(criteria.names)
    return pa.table(
        {
            "patient": result.names.take(pa.array(np.repeat(judged, each))),
            "criteria": _words(np.tile(np.arange(each), judged.size), list(criteria.names)),
            "answer": _words(answers[judged].reshape(-1), _ANSWERS),
            "as_of": _days(np.repeat(as_of[judged], each)),
        }
    )


def _panel(result: ChunkResult, lowered: Lowered) -> Any:
    """One line a patient; phase and each criterion a byte a day, from `first` on. See `assuage.cohort.panel`."""
    pa = arrow()
    offsets = pa.py_buffer(result.days.astype(np.int64).tobytes())

    def bytes_of(column: Bytes) -> Any:
        flat = pa.py_buffer(np.ascontiguousarray(column).tobytes())
        return pa.Array.from_buffers(pa.large_binary(), result.route.size, [None, offsets, flat])

    columns = {
        "patient": result.names,
        "first": pa.array(result.started.astype(np.int32)),
        "phase": bytes_of(result.panel.phase),
    }
    for at in range(result.panel.answers.shape[0]):
        columns[lowered.criteria[at].id] = bytes_of(result.panel.answers[at])
    return pa.table(columns).filter(pa.array(result.route != EMPTY))
