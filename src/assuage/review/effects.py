"""The effects of an exposure in a record's diary, where the diary and what is installed allow them.

The only place of the review that reaches for the numerical model, and only when there is something to fit: a review of
a record without a diary never loads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.engine.phases import PhaseDays
from assuage.record.care_entries import ExposureEntry
from assuage.record.timeline import Timeline
from assuage.review.exposures import factor_id
from assuage.review.triggers import DiaryEffects
from assuage.terms.scales import SCALES
from assuage.terms.spoken import outcome_term
from assuage.terms.symptoms import SYMPTOMS
from assuage.terms.therapies import family_of, find_therapy

if TYPE_CHECKING:
    from assuage.dynamics.diary import Diary
    from assuage.dynamics.triggers import Findings

INSTALL = "pip install 'assuage[triggers]'"
# Ours: four weeks of ratings and three occasions, below which the counts are all there is.
FEWEST_RATED, FEWEST_OCCASIONS = 28, 3


class JudgedDiary(Struct, frozen=True):
    """A diary with what it says of every exposure in it, all judged together; or why nothing could be judged.

    `findings` are None of a diary with too few ratings.
    """

    diary: Diary | None
    findings: Findings | None
    because: Message | None = None


def judged_diary(
    timeline: Timeline,
    phases: tuple[PhaseDays, ...],
    day: int,
    outcome: str,
    asked: tuple[str, ...] = (),
    *,
    settled: tuple[str, ...] = (),
    slow_waves: bool = False,
) -> JudgedDiary:
    """The diary of an outcome up to a day, judged with all that was recorded beside it and what was `asked` for.

    What else was done stays in the model whatever is asked, so that no verdict depends on who asks. Worked out once for
    a record; never raises for a diary that is too short or odd. What was `settled` before its day counts from that day
    on; `slow_waves` of the outcome are taken out where they are asked for.
    """
    exposures = exposures_in(timeline, day, asked)
    return timeline.once(_judged_diary, phases, day, outcome, exposures, settled, slow_waves)


def exposures_in(timeline: Timeline, day: int, asked: Sequence[str] = ()) -> tuple[str, ...]:
    """The ids of what a record's diary is judged with: known therapies, the patient's factors, what is asked.

    A factor that was never there is none.
    """
    families = (
        family_of(therapy).id
        for session in timeline.sessions(day)
        if (therapy := find_therapy(session.what)) is not None
    )
    factors = (
        factor_id(entry.name)
        for entry in timeline.entries_of(ExposureEntry, day)
        if entry.state == "present" or (entry.amount or 0) > 0
    )
    return tuple(dict.fromkeys((*families, *factors, *map(factor_id, asked))))


def _judged_diary(
    timeline: Timeline,
    phases: tuple[PhaseDays, ...],
    day: int,
    outcome: str,
    exposures: tuple[str, ...],
    settled: tuple[str, ...],
    slow_waves: bool,
) -> JudgedDiary:
    if find_spec("numpy") is None or find_spec("numba") is None:
        return JudgedDiary(None, None, message("trigger.needs-extra", install=INSTALL))
    from assuage.dynamics.reading import diary_of
    from assuage.dynamics.triggers import triggers
    from assuage.errors import AssuageError

    try:
        diary = diary_of(timeline, outcome, exposures or None, phases, day, settled)
        return JudgedDiary(
            diary, triggers(diary, drift=slow_waves) if rated_days(diary) >= FEWEST_RATED else None
        )
    except AssuageError as error:
        return JudgedDiary(None, None, message("trigger.not-estimated", because=error.what))


def effects_of(
    timeline: Timeline,
    phases: Sequence[PhaseDays],
    day: int,
    exposure: str,
    occasions: int,
    outcome: str,
    *,
    slow_waves: bool = False,
) -> DiaryEffects:
    """The effects of one exposure on one outcome up to a day, judged with all else that was recorded."""
    if outcome not in SCALES:
        return DiaryEffects((), message("trigger.words-only", outcome=SYMPTOMS.get(outcome, outcome)))
    rated = {
        score.day for score in timeline.scores(day) if score.scale == outcome and score.value is not None
    }
    if (lacking := too_few(outcome, len(rated), occasions)) is not None:
        return DiaryEffects((), lacking)
    judged = judged_diary(timeline, tuple(phases), day, outcome, (exposure,), slow_waves=slow_waves)
    return effects_in(judged, exposure, occasions)


def effects_in(judged: JudgedDiary, exposure: str, occasions: int) -> DiaryEffects:
    """The effects of one exposure, taken so many times, in a judged diary; why there are none, where there are none."""
    if judged.diary is None:
        return DiaryEffects((), judged.because, unjudged=True)
    lacking = too_few(judged.diary.outcome.code, rated_days(judged.diary), occasions)
    if judged.findings is None:
        return DiaryEffects((), lacking)
    effects = of_findings(judged.findings, judged.diary, exposure)
    # Why nothing could be estimated at all says more than that the diary is short.
    estimated = effects.overall is not None and effects.overall.estimate is not None
    if lacking is not None:
        return DiaryEffects((), lacking) if estimated else effects
    waves = message("triggers.slow-waves", outcome=judged.diary.outcome)
    told = waves if waves in judged.findings.notes else None
    return replace(effects, unjudged=not estimated, slow_waves=told)


def rated_days(diary: Diary) -> int:
    """On how many days the outcome was rated."""
    return int((diary.ratings == diary.ratings).any(axis=1).sum())


def too_few(outcome: str, rated: int, occasions: int) -> Message | None:
    """Why there is no diary to estimate from, where there are too few rated days or occasions; else None."""
    if rated >= FEWEST_RATED and occasions >= FEWEST_OCCASIONS:
        return None
    return message(
        "trigger.no-diary",
        outcome=outcome_term(outcome),
        days=rated,
        occasions=occasions,
        fewest_days=FEWEST_RATED,
        fewest_occasions=FEWEST_OCCASIONS,
    )


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
    compared = [
        dependence(diary, exposure, phase, drift=findings.slow_waves) for phase in diary.phases or (None,)
    ]
    depends = any(each.answer == "depends" for each in compared)
    differences = tuple(each.why for each in compared)
    verdict, comparison = findings.verdict_of(exposure), findings.comparison_of(exposure)
    return DiaryEffects(effects, None, depends, differences, verdict, comparison)
