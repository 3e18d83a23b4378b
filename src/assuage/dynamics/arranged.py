"""The exposures of one diary as its model can hold them: the inseparable as one, the many screened one by one.

Two exposures that nearly always come together cannot be told apart by any model of one diary, so they share an
estimate and a verdict. A diary of n ratings cannot hold any number of exposures at three lags each: the others are
looked at alone, and correct the verdicts of all. Every number here is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from assuage.dynamics.contrast import diary_in_contrasts
from assuage.dynamics.diary import MOST_EXPOSURES, Diary, Exposures, batch_of, together
from assuage.dynamics.evidence import JudgedBatch, judge_batch
from assuage.dynamics.model import Floats, Grid
from assuage.dynamics.verdict import DiaryEvidence, combined_chance

INSEPARABLE = 0.8  # correlation of two exposures by day, from which on they share one verdict
KNOWN_TOGETHER = 10  # days on which both are known, below which nothing is said of that
RATINGS_EACH = 9  # usable ratings for each exposure in one model: three for each of its lags
ALONE = "alone"


@dataclass(frozen=True)
class PlacedExposure:
    """Where the numbers of one exposure stand: diary `at` of a judged batch, under the name that it has there.

    `members` are those that share them; `alone` says that it was looked at without the others.
    """

    judged: JudgedBatch
    at: int
    name: str
    members: tuple[str, ...]
    alone: bool

    @property
    def evidence(self) -> DiaryEvidence:
        """All that the diary says of it."""
        return self.judged.evidence(self.at, self.name)

    @property
    def targets(self) -> list[int]:
        """The places of its targets, single lags first, the course over three days last."""
        return [m for m, (name, _) in enumerate(self.judged.estimates.targets) if name == self.name]


@dataclass(frozen=True)
class ArrangedDiary:
    """The judged exposures of one diary by name, and the joint model with the diary as it was put into it."""

    placed: Mapping[str, PlacedExposure]
    joint: JudgedBatch
    diary: Diary


def arrange(diary: Diary, grid: Grid, drift: bool, seed: int) -> ArrangedDiary:
    """Every exposure of the diary judged, in one model with the others where the diary can hold it."""
    groups = inseparable(diary)
    merged = {members[0]: _merged(diary, members) for members in groups}
    members_of = {members[0]: members for members in groups}
    diary = replace(diary, exposures=merged)
    most = min(MOST_EXPOSURES, max(1, int((~np.isnan(diary.ratings)).sum()) // RATINGS_EACH))
    screened: dict[str, PlacedExposure] = {}
    kept = list(merged)
    if len(merged) > most:
        screened = _screened(diary, grid, drift, seed)
        kept = sorted(merged, key=lambda name: _chance(screened[name]))[:most]
        kept = [name for name in merged if name in kept]
    held = replace(diary, exposures={name: merged[name] for name in kept})
    joint = judge_batch(batch_of(held), grid, drift, seed)
    placed: dict[str, PlacedExposure] = {}
    for first, members in members_of.items():
        of_first = PlacedExposure(joint, 0, first, members, False) if first in kept else screened[first]
        for name in members:
            placed[name] = replace(of_first, members=members)
    return ArrangedDiary(placed, joint, held)


def inseparable(diary: Diary) -> list[tuple[str, ...]]:
    """The exposures in groups that nearly always come together, most of them alone; in the order of the diary."""
    names = list(diary.exposures)
    groups = {name: (name,) for name in names}
    if len(names) < 2:
        return list(groups.values())
    days = np.column_stack([diary.exposures[name].days for name in names])
    known = ~np.isnan(days)
    centred = np.where(known, days - np.nanmean(np.where(known.any(axis=0), days, 0.0), axis=0), 0.0)
    spread = np.sqrt((centred**2).sum(axis=0))
    product = (centred.T @ centred) / np.maximum(np.outer(spread, spread), 1e-300)
    both = known.astype(np.float64).T @ known.astype(np.float64)
    close = (product >= INSEPARABLE) & (both >= KNOWN_TOGETHER)
    for a, first in enumerate(names):
        for b in range(a + 1, len(names)):
            second = names[b]
            alike = diary.exposures[first].fixed == diary.exposures[second].fixed
            if close[a, b] and alike and groups[first] is not groups[second]:
                joined = tuple(name for name in names if name in (*groups[first], *groups[second]))
                groups |= dict.fromkeys(joined, joined)
    return list(dict.fromkeys(groups.values()))


def _merged(diary: Diary, members: tuple[str, ...]) -> Exposures:
    """One exposure out of some: any of them where they are yes and no, else their mean in typical contrasts."""
    if len(members) == 1:
        return diary.exposures[members[0]]
    first, days = diary.exposures[members[0]], [diary.exposures[name].days for name in members]
    if all(np.isin(each[~np.isnan(each)], (0.0, 1.0)).all() for each in days):
        either: Floats = np.maximum.reduce(days)
        return Exposures(either, None, first.fixed, first.by)
    only = replace(diary, exposures={name: diary.exposures[name] for name in members})
    mean: Floats = np.mean([each.days for each in diary_in_contrasts(only).exposures.values()], axis=0)
    return Exposures(mean, None, first.fixed, first.by)


def _screened(diary: Diary, grid: Grid, drift: bool, seed: int) -> dict[str, PlacedExposure]:
    """Each exposure in a model without the others."""
    placed: dict[str, PlacedExposure] = {}
    kinds: dict[tuple[bool, bool], list[str]] = {}
    for name, exposure in diary.exposures.items():
        kinds.setdefault((exposure.fixed, exposure.minute is not None), []).append(name)
    for names in kinds.values():
        diaries = [replace(diary, exposures={ALONE: diary.exposures[name]}) for name in names]
        judged = judge_batch(together(diaries), grid, drift, seed)
        for at, name in enumerate(names):
            placed[name] = PlacedExposure(judged, at, ALONE, (name,), True)
    return placed


def _chance(placed: PlacedExposure) -> float:
    evidence = placed.evidence
    if not evidence.lags:
        return 1.0
    return min(combined_chance(evidence, worse=True), combined_chance(evidence, worse=False))
