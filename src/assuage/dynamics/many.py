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


def diaries_of(simulated: Diaries) -> list[Diary]:
    """One diary a patient. Phases are known steps; stress is a confounder where it was kept."""
    world = simulated.scenario
    names = exposure_names(world.exposures)
    noon = np.full(world.days, NOON) if world.half_daily else None
    diaries: list[Diary] = []
    for i in range(len(simulated)):
        exposures = {name: Exposures(simulated.exposed[i, k], noon) for k, name in enumerate(names)}
        confounders = {"stress": simulated.stress[i]} if world.stress_kept else {}
        phases = {"later phase": simulated.in_phase[i].astype(float)} if simulated.in_phase.any() else {}
        ratings = simulated.pain[i].reshape(world.days, world.ratings_per_day)
        diaries.append(
            Diary(f"patient-{simulated.first + i:06d}", PAIN, ratings, exposures, confounders, phases)
        )
    return diaries


def batch_of_simulated(simulated: Diaries) -> Batch:
    """All of them in one batch."""
    return together(diaries_of(simulated))
