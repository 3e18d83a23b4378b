"""The worlds that diaries are simulated in: what pain does by itself, and why an exposure happens.

Values only; `simulate` runs them. The numbers of a single patient's pain are those seen in real diaries: within-person
SD 1.1 to 1.3 (10-90 % 0.6 to 2.1), between-person SD 1.3 to 1.8, 7 to 15 % of days missing in runs
(206 back-pain patients of three trials; Ono 2019, PMC6379815, for the completion of diaries).
What no diary shows, such as how strongly a massage is sought on a bad day, is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from assuage.catalogue.message import message
from assuage.errors import InputError, unknown_word

Seeks = Literal["none", "high today", "high yesterday", "good days", "drift", "high this morning"]


@dataclass(frozen=True)
class Scenario:
    """One world. Points are of the 0-10 scale, rates are a day, SD are within one patient.

    `effect` is what an exposure adds to pain on the day after (`shape` spreads it over lags 0 to 3), in the share
    `with_effect` of the patients; the others have 0.
    """

    id: str
    title: str
    days: int = 180
    # pain by itself
    level: tuple[float, float] = (4.0, 6.0)
    level_sd: float = 0.0
    phi: tuple[float, float] = (0.35, 0.65)
    ar_sd: tuple[float, float] = (1.3, 1.3)
    noise_sd: float = 0.5
    weekly: float = 0.3
    stress_effect: float = 0.4
    random_walk_sd: float = 0.0
    drift: float = 0.0
    tail_df: float = 0.0
    flare_rate: float = 0.0
    phase_drop: float = 0.0
    # why and how often an exposure happens
    exposures: int = 1
    rate: tuple[float, float] = (0.06, 0.06)
    stress_drives: float = 0.5
    weekday_drives: float = 0.7
    seeks: Seeks = "none"
    seeks_strength: float = 1.5
    block: int = 1
    rarer_in_phase: float = 1.0
    # what it does
    effect: float = 2.0
    effect_sd: float = 0.0
    with_effect: float = 0.5
    shape: tuple[float, float, float, float] = (0.0, 1.0, 0.0, 0.0)
    only_before_phase: bool = False
    # what the diary keeps
    missing: float = 0.15
    missing_run: float = 2.5
    missing_when_high: float = 0.0
    stress_kept: bool = True
    exposure_lost: float = 0.0
    exposure_lost_on_missing_days: bool = False
    half_daily: bool = False

    @property
    def ratings_per_day(self) -> int:
        """How many ratings a day the diary asks for."""
        return 2 if self.half_daily else 1


BASE = Scenario("base", "AR(1) noise, missing runs, the exposure on stressful days and weekends")


def _like(base: Scenario, name: str, title: str, **changes: object) -> Scenario:
    return replace(base, id=name, title=title, **changes)  # pyright: ignore[reportArgumentType] - fields by name


_ALL = (
    BASE,
    _like(BASE, "few", "three or four exposures in half a year", rate=(0.018, 0.018)),
    _like(BASE, "random-walk", "a level that wanders", random_walk_sd=0.12),
    _like(BASE, "heavy-tails", "innovations with Student t tails, 4 degrees of freedom", tail_df=4.0),
    _like(BASE, "flares", "spontaneous flares of some days", flare_rate=1 / 45),
    _like(
        BASE, "phase", "a therapy phase: pain 2.5 points lower, the exposure a third as often",
        level=(5.0, 7.0), phase_drop=2.5, rarer_in_phase=1 / 3, rate=(0.08, 0.08),
    ),
    _like(BASE, "drift", "slow drift, and the exposure follows it", drift=1.0, seeks="drift"),
    _like(BASE, "seek-yesterday", "the exposure is sought when pain was high yesterday", seeks="high yesterday"),
    _like(BASE, "seek-same-day", "the exposure is sought when pain is high that day", seeks="high today"),
    _like(BASE, "seek-good-days", "the exposure only on good days", seeks="good days"),
    _like(BASE, "stress-unmeasured", "stress drives both and is not written down", stress_kept=False),
    _like(BASE, "missing-when-high", "days are left out when pain is high", missing_when_high=1.0),
    _like(
        BASE, "unlogged-days", "an exposure on a day without an entry is lost", exposure_lost_on_missing_days=True
    ),
    _like(BASE, "not-logged", "three in ten exposures are not written down", exposure_lost=0.3),
    _like(BASE, "floor", "pain near 0", level=(0.5, 1.5)),
    _like(BASE, "ceiling", "pain near 10", level=(8.0, 9.0)),
    _like(BASE, "blocks", "courses of seven days", block=7, rate=(0.035, 0.035)),
    _like(
        BASE, "paradox", "harm while sensitised, none in the later phase",
        phase_drop=1.5, level=(4.5, 6.5), only_before_phase=True, rate=(0.11, 0.11), with_effect=1.0,
    ),
    _like(
        BASE, "half-daily", "ratings morning and evening, the exposure at noon chosen on the morning's pain",
        half_daily=True, seeks="high this morning", with_effect=0.0,
    ),
    _like(
        BASE, "many-exposures", "ten exposures, two in ten with an effect",
        exposures=10, rate=(0.033, 0.22), effect=0.5, effect_sd=0.7, with_effect=0.2,
    ),
    _like(
        BASE, "clinic", "levels and spreads as between real patients",
        level=(5.5, 5.5), level_sd=1.5, ar_sd=(0.6, 2.0), rate=(0.01, 0.11), with_effect=0.3,
    ),
)  # fmt: skip
SCENARIOS: dict[str, Scenario] = {scenario.id: scenario for scenario in _ALL}


def scenario_named(name: str) -> Scenario:
    """The scenario of that name; InputError with the nearest known for any other word."""
    if name not in SCENARIOS:
        raise InputError(
            message(
                "option.said",
                option="--scenario",
                what=unknown_word(name, SCENARIOS, message("word.scenario")),
            )
        )
    return SCENARIOS[name]
