"""What the pain does by itself in the patient's own diary: the noise to plan a re-challenge with."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assuage.catalogue.message import message
from assuage.dynamics.design import design
from assuage.dynamics.diary import Diary, batch_of
from assuage.dynamics.infer import infer
from assuage.dynamics.reading import diary_of_record, exposure_id, read_diary
from assuage.dynamics.triggers import noise_of
from assuage.errors import InputError
from assuage.nof1.plan import PainProcess
from assuage.record.csv_table import is_diary
from assuage.record.read import read_record

FEWEST_RATED = 28  # days, below which a diary says too little of its own noise (ours)


def noise_from_diary(path: str, outcome: str, exposure: str) -> PainProcess:
    """SD, phi and kappa as posterior means of the trigger engine, with the exposures in its model; level and gaps.

    Raises InputError for a diary with fewer than 28 rated days, two ratings a day, or none that can be estimated.
    """
    diary = _diary(path, outcome, exposure)
    rated = diary.ratings[~np.isnan(diary.ratings)]
    if len(rated) < FEWEST_RATED:
        raise InputError(
            message("trial.too-few-rated", path=path, outcome=outcome, n=len(rated), fewest=FEWEST_RATED)
        )
    if diary.ratings_per_day != 1:
        raise InputError(message("trial.twice-a-day", path=path))
    if np.ptp(rated) == 0:
        raise InputError(message("trial.no-noise", path=path, outcome=outcome, value=rated[0]))
    batch = batch_of(diary)
    noise = noise_of(infer(batch, design(batch, "distributed")))
    if np.isnan(noise.sd):
        raise InputError(message("trial.too-few-known", path=path))
    return PainProcess(
        round(noise.sd, 3),
        round(noise.phi, 3),
        round(noise.kappa, 3),
        round(float(rated.mean()), 2),
        min(0.5, round(1 - len(rated) / diary.ratings.size, 3)),
        f"the patient's own: posterior means from {len(rated)} rated days of {Path(path).name}",
    )


def _diary(path: str, outcome: str, exposure: str) -> Diary:
    if is_diary(path):
        return read_diary(path, outcome)
    return diary_of_record(read_record(path), outcome, [exposure_id(exposure)])
