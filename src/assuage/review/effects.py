"""The effects of an exposure in a record's diary, where the diary and what is installed allow them.

The only place of the review that reaches for the numerical model, and only when there is something to fit: a review of
a record without a diary never loads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.engine.phases import PhaseDays
from assuage.record.timeline import Timeline
from assuage.review.triggers import DiaryEffects
from assuage.terms.scales import SCALES
from assuage.terms.symptoms import SYMPTOMS

if TYPE_CHECKING:
    from assuage.dynamics.diary import Diary
    from assuage.dynamics.triggers import Findings

INSTALL = "pip install 'assuage[triggers]'"
# Ours: four weeks of ratings and three occasions, below which the counts are all there is.
FEWEST_RATED, FEWEST_OCCASIONS = 28, 3


def effects_of(
    timeline: Timeline, phases: Sequence[PhaseDays], day: int, exposure: str, occasions: int, outcome: str
) -> DiaryEffects:
    """The effects of one exposure on one outcome up to a day. Never raises for a diary that is too short or odd."""
    if outcome not in SCALES:
        told = SYMPTOMS.get(outcome, outcome)
        return DiaryEffects((), message("trigger.words-only", outcome=told))
    rated = {
        score.day for score in timeline.scores(day) if score.scale == outcome and score.value is not None
    }
    if len(rated) < FEWEST_RATED or occasions < FEWEST_OCCASIONS:
        lacking = message(
            "trigger.no-diary",
            outcome=SYMPTOMS.get(outcome, SCALES[outcome]),
            days=len(rated),
            occasions=occasions,
            fewest_days=FEWEST_RATED,
            fewest_occasions=FEWEST_OCCASIONS,
        )
        return DiaryEffects((), lacking)
    if find_spec("numpy") is None or find_spec("numba") is None:
        return DiaryEffects((), message("trigger.needs-extra", install=INSTALL))
    from assuage.dynamics.reading import diary_of
    from assuage.dynamics.triggers import triggers
    from assuage.errors import AssuageError

    try:
        diary = diary_of(timeline, outcome, [exposure], phases, day)
        return of_findings(triggers(diary), diary, exposure)
    except AssuageError as error:
        return DiaryEffects((), message("trigger.not-estimated", because=str(error)))


def of_findings(findings: Findings, diary: Diary, exposure: str) -> DiaryEffects:
    """The effects of one exposure among all findings, as the review keeps them."""
    effects = tuple(effect for effect in findings.effects if effect.exposure == exposure)
    overall = next((effect for effect in effects if effect.lag == -1), None)
    if overall is not None and overall.estimate is None:
        return DiaryEffects(effects, overall.because)
    if overall is None:
        return DiaryEffects(effects, next(iter(findings.refusals), None))
    from assuage.dynamics.dependence import dependence

    # Known phases where the diary has some, else how high the outcome has been lately.
    compared = [dependence(diary, exposure, phase) for phase in diary.phases or (None,)]
    depends = any(each.answer == "depends" for each in compared)
    differences = tuple(each.why for each in compared)
    verdict, comparison = findings.verdict_of(exposure), findings.comparison_of(exposure)
    return DiaryEffects(effects, None, depends, differences, verdict, comparison)
