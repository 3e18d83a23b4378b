"""Did the exposure do it? The Naranjo scale and the WHO-UMC categories, as values.

Both were made for drugs; used for a manual therapy they are adapted, and say so. The Naranjo scale counts
an unknown item as 0, so its score is a number even when little is known; the range beside it runs over every
way the unknown items could still be answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct

from assuage.catalogue.message import Message, Wording
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.sources import Source
from assuage.terms.symptoms import PAIN_AFTER_MASSAGE, Symptom

NARANJO_SOURCE = PUBLICATIONS["NARANJO81"]
WHO_UMC_SOURCE = PUBLICATIONS["WHOUMC"]


class NaranjoItem(Struct, frozen=True):
    """One question of the scale with the points for yes and for no; unknown gives 0."""

    id: str
    question: str
    yes: int
    no: int

    @property
    def wording(self) -> Wording:
        """The question with the key of its translations."""
        return Wording(f"naranjo.{self.id}.question", self.question)

    def points(self, given: Answer) -> int:
        """What the answer scores."""
        return self.yes if given is YES else self.no if given is NO else 0


NARANJO: tuple[NaranjoItem, ...] = (
    NaranjoItem("NQ1", "Are there previous conclusive reports on this reaction?", 1, 0),
    NaranjoItem("NQ2", "Did the event appear after the suspected exposure?", 2, -1),
    NaranjoItem("NQ3", "Did it improve when the exposure was stopped, or with an antagonist?", 1, 0),
    NaranjoItem("NQ4", "Did it reappear on re-exposure?", 2, -1),
    NaranjoItem("NQ5", "Are there other causes that alone could explain it?", -1, 2),
    NaranjoItem("NQ6", "Did it reappear with a placebo?", -1, 1),
    NaranjoItem("NQ7", "Was a toxic concentration detected?", 1, 0),
    NaranjoItem("NQ8", "Was it worse with a higher dose, or milder with a lower one?", 1, 0),
    NaranjoItem("NQ9", "Was there a similar reaction to the same or a similar exposure before?", 1, 0),
    NaranjoItem("NQ10", "Was it confirmed by objective evidence?", 1, 0),
)
# A manual therapy has no blood level, and deep massage cannot be blinded: these two stay unanswered for good.
NOT_FOR_MANUAL_THERAPY = frozenset({"NQ6", "NQ7"})


def naranjo_category(score: int) -> str:
    """Definite (9 or more), probable (5 to 8), possible (1 to 4) or doubtful (0 or less)."""
    if score >= 9:
        return "definite"
    if score >= 5:
        return "probable"
    return "possible" if score >= 1 else "doubtful"


class Naranjo(Struct, frozen=True):
    """The scale's score, with the range over the items nobody could answer, and why each was answered as it was."""

    answers: Mapping[str, Answer]
    reasons: Mapping[str, Message]
    open_items: tuple[str, ...]
    score: int
    low: int
    high: int

    @property
    def category(self) -> str:
        """The category of the score, unknown items counting 0 as the scale prescribes."""
        return naranjo_category(self.score)

    @property
    def categories(self) -> tuple[str, ...]:
        """Every category the score could still end in, from the least to the most."""
        return tuple(dict.fromkeys(naranjo_category(score) for score in range(self.low, self.high + 1)))


def naranjo(
    answers: Mapping[str, Answer], reasons: Mapping[str, Message] | None = None, *, manual: bool = False
) -> Naranjo:
    """The Naranjo score of these answers; a missing item is unknown.

    `manual` leaves the two items that no manual therapy can answer out of the range. Source: Naranjo 1981.
    """
    given = {item.id: answers.get(item.id, UNKNOWN) for item in NARANJO}
    closed = NOT_FOR_MANUAL_THERAPY if manual else frozenset[str]()
    open_items = [item for item in NARANJO if given[item.id] is UNKNOWN and item.id not in closed]
    score = sum(item.points(given[item.id]) for item in NARANJO)
    return Naranjo(
        answers=given,
        reasons=dict(reasons or {}),
        open_items=tuple(item.id for item in open_items),
        score=score,
        low=score + sum(min(item.yes, item.no, 0) for item in open_items),
        high=score + sum(max(item.yes, item.no, 0) for item in open_items),
    )


class WhoUmc(Enum):
    """The WHO-UMC causality categories."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    CONDITIONAL = "conditional_unclassified"
    UNASSESSABLE = "unassessable"

    def __str__(self) -> str:
        return self.value


class Causality(Struct, frozen=True):
    """What the WHO-UMC categories ask, each yes, no or unknown."""

    plausible_time: Answer
    other_causes: Answer
    better_after_withdrawal: Answer
    objective: Answer
    back_on_rechallenge: Answer
    examination_pending: bool = False


def who_umc(case: Causality) -> WhoUmc:
    """The WHO-UMC category. Probable and certain need other causes judged unlikely by a person.

    Source: WHO-UMC system for standardised case causality assessment.
    """
    if case.examination_pending:
        return WhoUmc.CONDITIONAL
    if case.plausible_time is UNKNOWN:
        return WhoUmc.UNASSESSABLE
    if case.plausible_time is NO:
        return WhoUmc.UNLIKELY
    if case.other_causes is NO and case.better_after_withdrawal is YES:
        if case.objective is YES and case.back_on_rechallenge is YES:
            return WhoUmc.CERTAIN
        return WhoUmc.PROBABLE
    return WhoUmc.POSSIBLE


class Reports(Struct, frozen=True):
    """What is on record of a reaction, and whether that is conclusive: seen more often than in people without it."""

    sources: tuple[Source, ...]
    conclusive: bool


# Which reactions are on record for which exposure (NQ1), and where. Anything else is unknown, not "no". One survey
# without a comparison and a review of case reports say that pain after a massage occurs, not that it is commoner.
KNOWN_REACTIONS: dict[tuple[str, str], Reports] = {
    ("massage", "pain"): Reports((PUBLICATIONS["CAMBRON07"], PUBLICATIONS["YIN14"]), conclusive=False),
}
# Symptoms whose very name says that an outcome came with an exposure.
TOLD_AS: dict[tuple[str, str], Symptom] = {("massage", "pain"): PAIN_AFTER_MASSAGE}
