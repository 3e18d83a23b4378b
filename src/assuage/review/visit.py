"""The visit page as a value: what must stop, how the patient is, where, what now, what not, what to ask, what is new.

A choice of what a review holds, in the order in which a clinician has a minute for it. Everything on it is in the
review, or worked out from it here; what is left out stands one level deeper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from assuage.catalogue.message import Message
from assuage.pathways.clinic import FOLLOWED
from assuage.record.fields import FURTHEST_DAY
from assuage.review.changes import changed_verdicts
from assuage.review.first_questions import FirstQuestion, first_questions
from assuage.review.followed_scores import FollowedScore, followed_scores, last_visit
from assuage.review.model import Review
from assuage.review.silence import Silence, silence
from assuage.review.standing import Standing, standing
from assuage.safety.alerts import Alert
from assuage.safety.check import ANYWHERE
from assuage.safety.reacted import is_of_reaction
from assuage.safety.situation import Settings
from assuage.terms.red_flags import is_emergency


class VisitPage(Struct, frozen=True):
    """What a clinician reads in a minute.

    `since` is the day that `changes` compare with, None where there is none, and `new_stops` are the causes of the
    alarms that were not there then. `silence` is of which days nothing was told, up to the day or before it; None where
    that is not long.
    """

    review: Review
    stops: tuple[Alert, ...]
    scores: tuple[FollowedScore, ...]
    questions: tuple[FirstQuestion, ...]
    since: int | None
    new_stops: frozenset[tuple[str, str]]
    changes: tuple[Message, ...]
    silence: Silence | None

    @property
    def silent(self) -> int | None:
        """For how many days up to the day nothing was told; None where that is not long."""
        gap = self.silence
        return gap.days if gap is not None and gap.last == self.review.on else None

    @property
    def unread(self) -> Sequence[Message]:
        """What is recorded and no rule reads, though it could forbid a drug."""
        return self.review.unread


def visit_page(review: Review, since: int | None = None, settings: Settings = ANYWHERE) -> VisitPage:
    """The page of a review; `since` is the day of the last review on paper (default: the last visit before the day)."""
    timeline, day, walked, pathway = review.timeline, review.on, review.walk, review.pathway
    visited = last_visit(timeline, day)
    since = visited if since is None else since
    before = None
    if since is not None and -FURTHEST_DAY <= since < day:
        before = standing(review.record, review.pathway, since, settings)
    stay = review.current
    follow = pathway.followed_in(stay.phase) if stay and pathway else FOLLOWED
    started = max((start for start in walked.starts if start <= day), default=0) if walked else 0
    return VisitPage(
        review,
        _gravest_first(alert for alert in review.alerts if alert.tier == "stop"),
        followed_scores(timeline, follow, started, visited, day),
        first_questions(review),
        since if before is not None else None,
        _new_stops(before, review) if before is not None else frozenset(),
        changed_verdicts(before, review) if before is not None else (),
        silence(timeline, stay.entered if stay else None, day),
    )


def _gravest_first(stops: Iterable[Alert]) -> tuple[Alert, ...]:
    """The alarms in their order: first what somebody has to act on at once, then what the patient reacted to."""
    return tuple(sorted(stops, key=lambda alert: (not is_emergency(alert.id), not is_of_reaction(alert))))


def _new_stops(before: Standing, now: Review) -> frozenset[tuple[str, str]]:
    known = {alert.cause for alert in before.alerts if alert.tier == "stop"}
    return frozenset(alert.cause for alert in now.alerts if alert.tier == "stop" and alert.cause not in known)
