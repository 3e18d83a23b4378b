"""What statsmodels says of 20 simulated diaries, as data of the tests: `make statsmodels-frozen`.

statsmodels is no part of the tests themselves: with scipy beside it numba loads scipy, and the command is slower.
SARIMAX(1, 0, 0) with measurement error is AR(1) + nugget, missing days exact; GLS gets the same correlation matrix.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np

from assuage.dynamics.design import design, design_rows
from assuage.dynamics.many import batch_of_simulated
from assuage.dynamics.scenarios import BASE
from assuage.dynamics.simulate import simulate

DIARIES, SEED = 20, 12
FROZEN = Path("tests/dynamics/statsmodels_numbers.csv")
POINTS = ((0.0, 0.0), (0.3, 0.0), (0.66, 0.0), (0.95, 0.0), (0.3, 0.15), (0.66, 0.35), (0.985, 0.6))


def diaries() -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Per diary: the columns that are anywhere off zero, ratings, and their days; the last column is lag 3."""
    batch = batch_of_simulated(simulate(BASE, DIARIES, SEED))
    rows, parts = design_rows(batch, design(batch).columns), []
    for first, last in pairwise(batch.starts):
        of_diary, known = rows.values[first:last], rows.known[first:last]
        values = of_diary[known]
        parts.append((values[:, :-1], values[:, -1], np.flatnonzero(known)))
    return parts


def of(x: np.ndarray, y: np.ndarray, day: np.ndarray, phi: float, kappa: float) -> list[float]:
    """log det and y' R^-1 y of the ratings by SARIMAX, then estimate and error of lags 1 to 3 by GLS."""
    from statsmodels.regression.linear_model import GLS
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    whole = np.full(day.max() - day.min() + 1, np.nan)
    whole[day - day.min()] = y
    model = SARIMAX(whole, order=(1, 0, 0), measurement_error=True)
    model.ssm.tolerance = 0  # its filter would stop updating once it has nearly settled, at the cost of 1e-7
    noise = np.array([phi, kappa, (1 - phi**2) * (1 - kappa)])
    likelihood, likelihood_of_four = (model.loglike(noise * [1, scale, scale]) for scale in (1, 4))
    form = (likelihood_of_four - likelihood + len(y) * np.log(2)) * 8 / 3
    log_det = -2 * likelihood - len(y) * np.log(2 * np.pi) - form
    matrix = (1 - kappa) * phi ** np.abs(day[:, None] - day) + kappa * np.eye(len(day))
    fit = GLS(y, x, sigma=matrix).fit()
    return [log_det, form, *fit.params[-3:], *fit.bse[-3:]]


def main() -> None:
    """Write them."""
    lines = ["diary,phi,kappa,log_det,form,lag_1,lag_2,lag_3,sd_1,sd_2,sd_3"]
    for at, (x, y, day) in enumerate(diaries()):
        for phi, kappa in POINTS:
            values = of(x, y, day, phi, kappa)
            lines.append(",".join([str(at), str(phi), str(kappa), *(f"{value:.12g}" for value in values)]))
    FROZEN.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
