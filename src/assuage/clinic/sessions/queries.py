"""Read sessions: each with the answers that were given to it, and which are still to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from assuage.record.entries import AnyEntry, ScoreEntry, TherapyEntry
from assuage.review.standing import Standing
from assuage.terms.therapies import MESOTHERAPY

# When a response is asked for: one hour and one, three, seven days after the needle (the issue's; ours).
ASKED_AFTER: Final = (0, 1, 3, 7)


class SessionAndAnswers(Struct, frozen=True):
    """A session, what was answered about it, and the days on which an answer is due and missing."""

    entry: TherapyEntry
    answers: tuple[AnyEntry, ...]
    due: tuple[int, ...]


def sessions_of(here: Standing) -> Sequence[SessionAndAnswers]:
    """The sessions with the needle up to the day, the last first."""
    scores = here.timeline.scores(here.on)
    return [
        _with_answers(entry, scores, here.on)
        for entry, sure in reversed(list(here.timeline.exposures(MESOTHERAPY, here.on)))
        if sure
    ]


def _with_answers(entry: TherapyEntry, scores: Sequence[ScoreEntry], day: int) -> SessionAndAnswers:
    answers = tuple(each for each in scores if entry.id is not None and each.about == entry.id)
    answered = {each.day - entry.day for each in answers}
    due = tuple(
        entry.day + after for after in ASKED_AFTER if entry.day + after <= day and after not in answered
    )
    return SessionAndAnswers(entry, answers, due)
