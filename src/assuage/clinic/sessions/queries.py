"""Read sessions: each with what was answered after it, what is still to be asked, and how it was written before."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from assuage.record.entries import Record, ScoreEntry, TherapyEntry
from assuage.record.entry import VoidEntry
from assuage.review.standing import Standing
from assuage.terms.therapies import MESOTHERAPY

# When a response is asked for, in hours after the needle: one hour and one, three, seven days (the issue's; ours).
ASKED_AFTER: Final = (1, 24, 72, 168)
_HOURS_OF_A_DAY: Final = 24


class AnswerState(StrEnum):
    """Whether a response was told, is to be asked for, or is of a day that is yet to come."""

    ANSWERED = "answered"
    DUE = "due"
    TO_COME = "to-come"


class FollowUp(Struct, frozen=True):
    """One response after a session: so many hours later, on which day, and what was told that day."""

    hours: int
    day: int
    answers: tuple[ScoreEntry, ...]
    state: AnswerState


class SessionAndAnswers(Struct, frozen=True):
    """A session, its responses at each time that is asked about, those of other days, and its earlier versions."""

    entry: TherapyEntry
    follow_ups: tuple[FollowUp, ...]
    besides: tuple[ScoreEntry, ...]
    before: tuple[TherapyEntry, ...]

    @property
    def due(self) -> tuple[FollowUp, ...]:
        """What is to be asked for now."""
        return tuple(each for each in self.follow_ups if each.state is AnswerState.DUE)


def sessions_of(here: Standing) -> Sequence[SessionAndAnswers]:
    """The sessions with the needle up to the day, the last first."""
    scores = here.timeline.scores(here.on)
    return [
        _with_answers(here.record, entry, scores, here.on)
        for entry, sure in reversed(list(here.timeline.exposures(MESOTHERAPY, here.on)))
        if sure
    ]


def _with_answers(
    record: Record, entry: TherapyEntry, scores: Sequence[ScoreEntry], day: int
) -> SessionAndAnswers:
    before = tuple(each for each in record.earlier(entry) if isinstance(each, TherapyEntry))
    names = {each.id for each in (entry, *before) if each.id is not None}
    answers = [each for each in scores if each.about in names]
    follow_ups = tuple(_follow_up(entry, hours, answers, day) for hours in ASKED_AFTER)
    asked = {each.day for each in follow_ups}
    return SessionAndAnswers(
        entry, follow_ups, tuple(each for each in answers if each.day not in asked), before
    )


def _follow_up(entry: TherapyEntry, hours: int, answers: Sequence[ScoreEntry], today: int) -> FollowUp:
    day = entry.day + hours // _HOURS_OF_A_DAY
    told = tuple(each for each in answers if each.day == day)
    state = AnswerState.ANSWERED if told else AnswerState.DUE if day <= today else AnswerState.TO_COME
    return FollowUp(hours, day, told, state)


def session_named(record: Record, name: str) -> TherapyEntry | None:
    """The session with the needle of that id, as it stands; None where there is none, or it stands no more."""
    entry = record.written(name)
    gone = name in record.withdrawn or name in record.replaced
    if gone or not isinstance(entry, TherapyEntry) or not entry.took_place:
        return None
    return entry if MESOTHERAPY.id in entry.certainly else None


def withdrawn_sessions(record: Record) -> Sequence[tuple[TherapyEntry, VoidEntry]]:
    """The sessions that were withdrawn, each with the entry that says why, the last first."""
    voids = {each.of: each for each in record.standing if isinstance(each, VoidEntry)}
    return [
        (entry, voids[entry.id])
        for entry in reversed(record.entries)
        if isinstance(entry, TherapyEntry)
        and MESOTHERAPY.id in entry.certainly
        and entry.id in record.withdrawn
        and entry.id in voids
    ]
