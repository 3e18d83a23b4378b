"""Effects that are known, put into pain that is real: `make study-plasmode` writes docs/studies/plasmode.md.

The noise of a simulation is the model's own; that of a patient is not. One person's daily pain (MyAIGuide, MIT) is cut
into windows, exposures are drawn at random, their effect is added, and the sum is rounded to whole points again.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assuage.dynamics.diary import Batch, Diary, Exposures, together
from assuage.dynamics.estimate import estimate_distributed_lag
from assuage.dynamics.kernels import DELAY_1, DELAY_2, DELAY_3
from assuage.dynamics.model import Floats
from assuage.terms.scales import PAIN
from benchmarks.study_triggers import Score, least_squares, mean_difference, score

DATA = Path(__file__).parents[2] / "shared" / "data" / "myaiguide_participant1_daily.csv"
PAGE = Path("docs/studies/plasmode.md")
LAST = "2019-12-31"  # later years of the file are not to be used
SITES = ("kneePain", "handsAndFingerPain", "forearmElbowPain", "aroundEyesPain")
DAYS, DIARIES, SEED = 180, 2_000, 2026
SPREAD = (
    1.2  # points: the within-person SD to which windows are stretched, the median of 206 back-pain patients
)
LEVEL = 4.0  # points: room for the effects to be added (ours)
MISSING = 0.1  # of the days, at random (ours)
EFFECTS = (0.0, 1.0, 2.0)
PATTERNS = {"single days, 1 in 15": (1 / 15, 1), "courses of 7 days": (0.035, 7)}


@dataclass(frozen=True)
class Cell:
    """How an effect of one size fared under one pattern of exposure, by method."""

    pattern: str
    effect: float
    scores: dict[str, Score]


def runs() -> list[Floats]:
    """The unbroken runs of painful days of each site that are long enough for a window."""
    rows = [
        row for row in csv.DictReader(DATA.read_text(encoding="utf-8").splitlines()) if row["date"] <= LAST
    ]
    unbroken: list[Floats] = []
    for site in SITES:
        values = np.array([float(row[site]) for row in rows])
        edges = np.flatnonzero(np.diff(np.concatenate([[0], values > 0, [0]])))
        unbroken += [values[a:b] for a, b in edges.reshape(-1, 2) if b - a >= DAYS]
    return unbroken


def windows(count: int, chance: np.random.Generator) -> Floats:
    """Windows at random places: mean `LEVEL`, SD `SPREAD`, not yet rounded."""
    sources = runs()
    length = np.array([len(run) - DAYS + 1 for run in sources])
    drawn = np.empty((count, DAYS))
    for i, which in enumerate(chance.choice(len(sources), count, p=length / length.sum())):
        at = chance.integers(length[which])
        window = sources[which][at : at + DAYS]
        drawn[i] = LEVEL + (window - window.mean()) / window.std() * SPREAD
    return drawn


def exposed(count: int, rate: float, block: int, chance: np.random.Generator) -> Floats:
    """1 on the days of an exposure, which starts with chance `rate` and lasts `block` days."""
    starts = chance.random((count, DAYS)) < rate
    days = np.zeros((count, DAYS))
    for day in range(block):
        days[:, day:] += starts[:, : DAYS - day]
    return np.minimum(days, 1.0)


def batch(effect: float, rate: float, block: int, count: int, seed: int) -> tuple[Batch, int]:
    """Diaries with an effect of that size the day after, half and a quarter of it on the next two.

    Windows with a sum off the scale are left out, and counted.
    """
    chance = np.random.default_rng(seed)
    pain, days = windows(count, chance), exposed(count, rate, block, chance)
    for lag, weight in enumerate((DELAY_1, DELAY_2, DELAY_3), 1):
        pain[:, lag:] += effect * weight * days[:, :-lag]
    rated = np.round(pain)
    rated[chance.random(pain.shape) < MISSING] = np.nan
    off = ((np.round(pain) < PAIN.low) | (np.round(pain) > PAIN.high)).any(axis=1)
    kept = [
        Diary(f"window-{i}", PAIN, rated[i][:, None], {"exposure": Exposures(days[i], None)}, {}, {})
        for i in np.flatnonzero(~off)
    ]
    return together(kept), int(off.sum())


def cells(count: int = DIARIES) -> tuple[list[Cell], int]:
    """Every pattern and effect, and how many windows were left out."""
    rows, left_out = [], 0
    for pattern, (rate, block) in PATTERNS.items():
        for effect in EFFECTS:
            diaries, off = batch(effect, rate, block, count, SEED)
            left_out += off
            none, truth = np.zeros(len(diaries)), np.full(len(diaries), effect)
            methods = {
                "mean difference, as apps show it": mean_difference(diaries),
                "least squares": least_squares(diaries, "distributed"),
                "the engine": estimate_distributed_lag(diaries).numbers[:, 0],
            }
            scores = {name: score(numbers, truth, none) for name, numbers in methods.items()}
            rows.append(Cell(pattern, effect, scores))
    return rows, left_out


def page(count: int = DIARIES) -> str:
    """The whole page."""
    rows, left_out = cells(count)
    lines = [
        "# Known effects in one person's real pain",
        "",
        f"Written by `make study-plasmode`; seed {SEED}. {count:,} windows of {DAYS} days for each row out of four "
        "sites of one person's daily pain (MyAIGuide, participant 1, November 2015 to 2019), an exposure drawn at "
        "random, its effect added (all of it the day after, half and a quarter on the next two), rounded to whole "
        f"points, {MISSING:.0%} of the days taken out. Coverage is the share of 95 % intervals that hold what was "
        "added.",
        "",
        "| exposure | effect | method | diaries | coverage | bias | interval above 0 | width |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for cell in rows:
        for name, result in cell.scores.items():
            none = cell.effect == 0
            values = (
                (result.cover_0, result.bias_0, result.harm)
                if none
                else (result.cover, result.bias, result.power)
            )
            numbers = [f"{value:.3f}" for value in values] + [f"{result.width:.2f}"]
            lines.append(
                f"| {cell.pattern} | {cell.effect:+g} | {name} | {result.diaries} | {' | '.join(numbers)} |".replace(
                    "+0 ", "0 "
                )
            )
    lines += [
        "",
        "What this is not: it is one person. Windows overlap, so the rows say how intervals fare over random "
        "exposures in this pain, not over patients. The person rated in tenths and moved by a third of a point; "
        f"each window is stretched to an SD of {SPREAD} points around {LEVEL:g} before it is rounded, which keeps "
        "its autocorrelation and shape, not its size. Days with a 0 are left out, since the file does not say "
        f"whether nothing hurt or nothing was entered. {left_out} windows with a day off the scale were left out. "
        "Exposures at random are the easy case: here nobody sought one because of the pain. The mean difference "
        "asks only about the day after, so with courses of days it counts the days before too.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    if DATA.is_file():
        PAGE.write_text(page(), encoding="utf-8")
        print(f"{PAGE} written")
    else:
        print(f"{DATA.name} is not distributed with the project; without it this study is left out")
