"""Simulated diaries as the batch that inference reads: what a patient would have written, nothing of the truth."""

from __future__ import annotations

import numpy as np

from assuage.dynamics.diary import Batch, Diary, Exposures, together
from assuage.dynamics.simulate import Diaries
from assuage.terms.scales import PAIN

NOON = 12 * 60.0


def exposure_names(count: int) -> tuple[str, ...]:
    """What the exposures of a simulation are called."""
    return tuple(f"exposure {at + 1}" for at in range(count))


def diaries_of(made: Diaries) -> list[Diary]:
    """One diary a patient. Phases are known steps; stress is a confounder where it was kept."""
    world = made.scenario
    names = exposure_names(world.exposures)
    noon = np.full(world.days, NOON) if world.half_daily else None
    found: list[Diary] = []
    for i in range(len(made)):
        exposures = {name: Exposures(made.exposed[i, k], noon) for k, name in enumerate(names)}
        confounders = {"stress": made.stress[i]} if world.stress_kept else {}
        phases = {"later phase": made.in_phase[i].astype(float)} if made.in_phase.any() else {}
        ratings = made.pain[i].reshape(world.days, world.slots)
        found.append(Diary(f"patient-{made.first + i:06d}", PAIN, ratings, exposures, confounders, phases))
    return found


def batch_of_simulated(made: Diaries) -> Batch:
    """All of them in one batch."""
    return together(diaries_of(made))
