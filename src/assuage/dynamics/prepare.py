"""Compile the kernels of the trigger engine: once on a machine. Made-up diaries are sent through all of them."""

from __future__ import annotations

import numpy as np

from assuage.dynamics.dependence import dependence
from assuage.dynamics.diary import Diary, Exposures
from assuage.dynamics.triggers import triggers
from assuage.terms.scales import PAIN

DAYS = 70


def prepare_kernels() -> None:
    """Nothing comes back; every kernel of one patient's diary is on disk afterwards."""
    chance = np.random.default_rng(1)
    there = (chance.random(DAYS) < 0.2).astype(np.float64)
    exposures = {"exposure": Exposures(there), "steps": Exposures(np.round(chance.normal(6000, 900, DAYS)))}
    for middle in (5.0, 0.5):  # the second lies at an end of its scale, and is sampled
        pain = np.clip(np.rint(middle + chance.normal(0, 1, DAYS)), 0, 10)
        diary = Diary("a", PAIN, pain[:, None], exposures)
        triggers(diary, drift=True)
        dependence(diary, "exposure")
