"""Series of trials of one, simulated: `make study-series` writes docs/studies/series.md.

Patients are drawn around a mean, each lives a trial of the usual shape, and the trials are pooled as `assuage nof1
series` pools them. What is asked: do the intervals hold the truth, and does pooling bring an estimate nearer to it?
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assuage.dynamics.contrast import in_tenths
from assuage.dynamics.hierarchy import cell_quantile, half_normal, pool_likelihoods
from assuage.dynamics.model import Floats
from assuage.dynamics.pooling import SPREAD
from assuage.nof1.layout import exposed_periods, layout_of
from assuage.nof1.model import EFFECTS, log_likelihood_of
from assuage.nof1.plan import PainProcess, Stopping, TrialPlan
from assuage.nof1.power import ratings_with, usual_shape
from assuage.nof1.series import SPREADS
from assuage.terms.scales import PAIN
from benchmarks.tables import table

PAGE = Path("docs/studies/series.md")
SERIES, SEED = 60, 1976
PLAN = TrialPlan(
    "massage", PAIN, stopping=Stopping(pairs=6, first=6), assumed=PainProcess(sigma=1.4, kappa=0.13)
)
# Patients, the mean of their effects in points, the SD between them.
CELLS = ((4, 0.0, 0.0), (4, 1.0, 0.5), (8, 0.0, 0.0), (8, 1.0, 0.5), (8, 0.0, 1.5), (20, 1.0, 0.5))


@dataclass(frozen=True)
class SeriesCell:
    """One cell: shares of intervals that hold the truth, false words, and errors of single patients."""

    patients: int
    mean: float
    spread: float
    covers_mean: float
    covers_next: float
    covers_alone: float
    covers_pooled: float
    false_mean: float
    error_alone: float
    error_pooled: float
    width_alone: float
    width_pooled: float


def likelihoods(effects: Floats, chance: np.random.Generator) -> Floats:
    """The log likelihoods of one trial for each of these true effects."""
    layout = layout_of(PLAN)
    spread = layout.spread[usual_shape(PLAN)]
    rows: list[Floats] = []
    for effect in effects:
        exposed = exposed_periods(chance.random(PLAN.stopping.pairs) < 0.5)
        ratings = ratings_with(PLAN, exposed @ (effect * spread), chance)
        rows.append(log_likelihood_of(layout, exposed, in_tenths(PAIN, ratings), EFFECTS)[-1])
    return np.array(rows)


def studied(patients: int, mean: float, spread: float, series: int, seed: int) -> SeriesCell:
    """So many series of one cell."""
    chance = np.random.default_rng([seed, patients, round(10 * mean), round(10 * spread)])
    of_series: list[list[float]] = []
    for _ in range(series):
        true = mean + spread * chance.standard_normal(patients)
        pooled = pool_likelihoods(EFFECTS, likelihoods(true, chance), SPREADS, half_normal(SPREADS, SPREAD))

        def ends(mass: Floats) -> tuple[float, float, float]:
            low, middle, high = (cell_quantile(EFFECTS, mass, at) for at in (0.025, 0.5, 0.975))
            return low, middle, high

        of_mean, of_new = ends(pooled.mean), ends(pooled.new)
        alone, together = (np.array([ends(mass) for mass in of]) for of in (pooled.alone, pooled.pooled))
        new = mean + spread * chance.standard_normal(200)
        of_series.append(
            [
                float(of_mean[0] <= mean <= of_mean[2]),
                float(((of_new[0] <= new) & (new <= of_new[2])).mean()),
                *(float(((of[:, 0] <= true) & (true <= of[:, 2])).mean()) for of in (alone, together)),
                float(mean == 0 and not of_mean[0] <= 0 <= of_mean[2]),
                *(float(((of[:, 1] - true) ** 2).mean()) for of in (alone, together)),
                *(float((of[:, 2] - of[:, 0]).mean()) for of in (alone, together)),
            ]
        )
    told = np.array(of_series).mean(axis=0)
    told[5:7] **= 0.5
    return SeriesCell(patients, mean, spread, *told.tolist())


def page(series: int = SERIES, seed: int = SEED) -> str:
    """The page in Markdown."""
    cells: list[SeriesCell] = []
    for cell in CELLS:
        cells.append(studied(*cell, series, seed))
        print(cell, file=sys.stderr, flush=True)
    trials = np.array([cell.patients for cell in cells])
    alone, pooled = (
        float(np.average([getattr(cell, name) for cell in cells], weights=trials))
        for name in ("covers_alone", "covers_pooled")
    )
    nearer = [1 - cell.error_pooled / cell.error_alone for cell in cells]
    lines = [
        "# Does a series of trials tell the truth?",
        "",
        f"Pooled intervals of single patients held the truth in {pooled:.3f} of trials, those of patients alone in "
        f"{alone:.3f}; pooling brought estimates nearer to the truth by {min(nearer):.0%} to {max(nearer):.0%}. The "
        f"interval of the mean held it in {np.mean([cell.covers_mean for cell in cells]):.3f} of series, that of the "
        f"next patient held the next in {np.mean([cell.covers_next for cell in cells]):.3f}.",
        "",
        f"Written by `make study-series`; {series} simulated series a row, seed {seed}; the Monte Carlo error of a "
        f"share of series near 0.95 is {(0.95 * 0.05 / series) ** 0.5:.3f}. Each patient lives {PLAN.stopping.pairs} "
        f"pairs of sessions {PLAN.gap} days apart, against rest, pain of SD {PLAN.assumed.sigma} with a tenth of the "
        "days missing, an effect of the usual shape (from the next day, then half and half again) drawn from a normal; "
        "read as `assuage nof1 series` reads it. Intervals are of 95 %. A truth of exactly 0 in every patient lies at "
        "the edge of the model, and intervals there are wider than need be. Simulated patients are not patients.",
        "",
        *table(
            (
                *("patients", "mean", "SD between", "covers the mean", "covers the next", "covers, alone"),
                *(
                    "covers, pooled",
                    "mean 0 excluded",
                    "error alone",
                    "error pooled",
                    "width alone",
                    "width pooled",
                ),
            ),
            [
                [
                    cell.patients,
                    f"{cell.mean:g}",
                    f"{cell.spread:g}",
                    *(
                        f"{share:.3f}"
                        for share in (
                            cell.covers_mean,
                            cell.covers_next,
                            cell.covers_alone,
                            cell.covers_pooled,
                        )
                    ),
                    f"{cell.false_mean:.3f}" if cell.mean == 0 else "",
                    *(
                        f"{size:.2f}"
                        for size in (
                            *(cell.error_alone, cell.error_pooled),
                            *(cell.width_alone, cell.width_pooled),
                        )
                    ),
                ]
                for cell in cells
            ],
        ),
        "",
        "*Error*: the root of the mean square of the median's distance from the truth, in points.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=SERIES, help="of each row")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    PAGE.write_text(page(given.series, given.seed), encoding="utf-8")
    print(f"{PAGE} written")
