"""The one place where a posterior becomes a word: likely, possible, cannot tell, no difference of a point, helps.

The words are a contract about error rates, measured on diaries with known truth (`benchmarks/verdicts.py`), and not
about a probability under a prior that nobody holds. Of diaries in which an exposure does nothing, at most one in
twenty may say *likely* or *possible*, one in ten where it is sought on bad days. Every level here is ours and was
chosen for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

VerdictWord = Literal["likely", "possible", "cannot tell", "no difference of a point", "helps"]

NO_DIFFERENCE: VerdictWord = "no difference of a point"

# Ours: the share of diaries without an effect in which the tests of all lags together may be as extreme as this.
LIKELY_LEVEL, POSSIBLE_LEVEL, HELPS_LEVEL = 0.01, 0.015, 0.0075
JOINT_LEVEL = 0.05  # below which the tests together speak against no difference (ours)
WORTH_LEVEL = 0.05  # probability of a point or more at a lag, above which a point is not excluded (ours)
LEAST_CHANCE = 1e-12  # below which a chance is no smaller, so that its inverse can be averaged


@dataclass(frozen=True)
class LagEvidence:
    """What the diary says of one lag: the 95 % interval, and P(worse) and P(a point or more) each way.

    `weight` is the lag's (or shape's) share in the average over all of them.
    """

    low: float
    high: float
    p_worse: float
    p_point_worse: float
    p_point_better: float
    weight: float = 1.0


@dataclass(frozen=True)
class DiaryEvidence:
    """All that a verdict rests on, in the direction in which the outcome is worse.

    `lags` are single lags, `shapes` courses over several of them, read as if a day's outcome came before its exposure;
    `if_first` is the same read as if the exposure came first, where that could matter and nobody knows. `worse` and
    `better` are the chances that a diary without any effect would look as bad, or as good, corrected for whatever else
    was looked at; None: nothing else was. `same_day_open` says that the outcome of the exposure's own day stands out
    and nobody knows which came first.
    """

    lags: tuple[LagEvidence, ...] = ()
    shapes: tuple[LagEvidence, ...] = ()
    if_first: tuple[LagEvidence, ...] = ()
    worse: float | None = None
    better: float | None = None
    same_day_open: bool = False


def verdict_word(evidence: DiaryEvidence) -> VerdictWord:
    """The word for what one diary says of one exposure.

    A link at a day or more has to hold whichever came first on the day itself: what only one of the two readings shows
    is as likely made by the wrong one. Days that speak for more beside days that speak for less are no link either way.
    A doubtful link that cannot reach a point is not called possible. "No difference" needs every lag to exclude a point
    either way, every interval to hold 0, and no sign of a link in all of them together or on the same day.
    """
    if not evidence.lags:
        return "cannot tell"
    everywhere = (*evidence.lags, *evidence.shapes, *evidence.if_first)
    worse = combined_chance(evidence, worse=True) if evidence.worse is None else evidence.worse
    better = combined_chance(evidence, worse=False) if evidence.better is None else evidence.better
    if both_ways(evidence):
        return "cannot tell"
    if worse <= better:
        if worse <= LIKELY_LEVEL:
            return "likely"
        if worse <= POSSIBLE_LEVEL and any(each.p_point_worse > WORTH_LEVEL for each in everywhere):
            return "possible"
    elif better <= HELPS_LEVEL:
        return "helps"
    if min(worse, better) <= JOINT_LEVEL or evidence.same_day_open:
        return "cannot tell"
    around_0 = all(each.low <= 0 <= each.high for each in everywhere)
    return NO_DIFFERENCE if excludes_a_point(evidence) and around_0 else "cannot tell"


def both_ways(evidence: DiaryEvidence) -> bool:
    """Whether days that speak for more stand beside days that speak for less, and neither side is far surer.

    What helped for a day and came back, or comes after a bad time that passes, shows both.
    """
    if not evidence.lags:
        return False
    worse, better = (combined_chance(evidence, side) for side in (True, False))
    # Only the days read together: a shape read alone takes a strong effect on another day for one of the other sign.
    other = _mean_chance(evidence.lags, worse > better)
    return other <= JOINT_LEVEL and min(worse, better) > JOINT_LEVEL * other


def excludes_a_point(evidence: DiaryEvidence) -> bool:
    """Whether at every lag, in every shape and in either reading of the same day a point is excluded both ways."""
    everywhere = (*evidence.lags, *evidence.shapes, *evidence.if_first)
    return bool(everywhere) and all(
        max(each.p_point_worse, each.p_point_better) <= WORTH_LEVEL for each in everywhere
    )


@dataclass(frozen=True)
class TriggerVerdict:
    """The word for one exposure, and the chances it rests on: that a diary without any effect looks as bad, as good.

    They are corrected for `tests` exposures. `below_a_point` says that in every shape and either reading a point is
    excluded both ways, `both_ways` that some days speak for more and others for less.
    """

    exposure: str
    word: VerdictWord
    worse: float
    better: float
    tests: int = 1
    below_a_point: bool = False
    both_ways: bool = False


def verdicts(of_exposure: Mapping[str, DiaryEvidence]) -> tuple[TriggerVerdict, ...]:
    """The verdict on each exposure of a page, corrected for how many could be judged."""
    able = [name for name, evidence in of_exposure.items() if evidence.lags]
    worse, better = (
        dict(zip(able, adjusted([combined_chance(of_exposure[name], side) for name in able]), strict=True))
        for side in (True, False)
    )
    judged: list[TriggerVerdict] = []
    for name, evidence in of_exposure.items():
        whole = replace(evidence, worse=worse.get(name, 1.0), better=better.get(name, 1.0))
        chances = (worse.get(name, 1.0), better.get(name, 1.0))
        sides = (excludes_a_point(evidence), both_ways(evidence))
        judged.append(TriggerVerdict(name, verdict_word(whole), *chances, max(len(able), 1), *sides))
    return tuple(judged)


def combined_chance(evidence: DiaryEvidence, worse: bool) -> float:
    """The chance that a diary without any effect would look as bad (as good) at some lag or in some shape.

    Over shapes it is the weighted harmonic mean of the one-sided chances, an average over models that needs no
    independence of them; over the two readings of the same day the larger.
    Source: D. J. Wilson, PNAS 2019;116:1195, the harmonic mean p-value as model averaging.
    """
    return max(_mean_chance(reading, worse) for reading in _readings(evidence))


def _readings(evidence: DiaryEvidence) -> list[tuple[LagEvidence, ...]]:
    """The evidence as if the outcome of a day came first, and as if the exposure did, where that could matter."""
    return [reading for reading in ((*evidence.lags, *evidence.shapes), evidence.if_first) if reading]


def _mean_chance(everywhere: Sequence[LagEvidence], worse: bool) -> float:
    total = sum(each.weight for each in everywhere)
    inverse = sum(
        each.weight / max(1 - each.p_worse if worse else each.p_worse, LEAST_CHANCE) for each in everywhere
    )
    return min(total / inverse, 1.0)


def adjusted(chances: Sequence[float]) -> tuple[float, ...]:
    """The chances of the exposures of a page, each corrected for all that were looked at.

    Source: Y. Benjamini, Y. Hochberg, J R Stat Soc B 1995;57:289. With no effect anywhere it is the chance that the
    page shows any link at all; with several links it holds back the share that are false.
    """
    order = sorted(range(len(chances)), key=lambda at: chances[at], reverse=True)
    corrected = [1.0] * len(chances)
    least = 1.0
    for place, at in enumerate(order):
        least = min(least, chances[at] * (len(chances) / (len(chances) - place)))
        corrected[at] = least
    return tuple(corrected)
