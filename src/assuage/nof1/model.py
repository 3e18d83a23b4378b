"""What the analysis of a trial asks of its diary: the model of `assuage.dynamics`, at its distributed lag.

The draw would allow a column for the exposure's own day; it is left out, since it costs power and the question is of
the days after. With rest as control, every day without
the exposure is a comparison; with light touch, a session of either kind has a column of its own and the effect is that
of the exposure over light touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import lgamma
from typing import Literal

import numpy as np

from assuage.dynamics.design import design
from assuage.dynamics.diary import Diary, Exposures, together
from assuage.dynamics.infer import infer
from assuage.dynamics.model import Floats
from assuage.nof1.plan import TrialPlan

RuleAnswer = Literal["go on", "stop for harm", "stop for safety"]
EITHER = "a session of either kind"


def diary(plan: TrialPlan, ratings: Floats, exposed: Sequence[int], controls: Sequence[int]) -> Diary:
    """The diary of a trial: `ratings` by day (NaN unknown), the days with the exposure and with the control."""
    drawn = {plan.exposure: exposed}
    if plan.control != "rest":
        drawn[EITHER] = (*exposed, *controls)
    columns = {name: Exposures(_by_day(days, len(ratings))) for name, days in drawn.items()}
    return Diary("trial", plan.outcome, ratings.reshape(-1, 1), columns)


def trial_effects(diaries: Sequence[Diary]) -> Floats:
    """`[trial]`: mean, SD, 2.5 % and 97.5 % points, P(> 0), P(> 1 point) of the exposure at its distributed lag."""
    batch = together(diaries)
    return infer(batch, design(batch, "distributed")).summary()[:, 0, :6]


def rule(plan: TrialPlan, numbers: Floats) -> RuleAnswer:
    """What the stopping rule says on the `trial_effects` of one diary; it goes on where nothing can be estimated."""
    if not able(plan, numbers):
        return "go on"
    if numbers[4] > plan.stopping.harm:
        return "stop for harm"
    return "stop for safety" if numbers[5] < plan.stopping.safe else "go on"


def able(plan: TrialPlan, numbers: Floats) -> bool:
    """Whether the `trial_effects` of one diary say anything: there are some, and no wider than ten times the scale."""
    return bool(numbers[3] - numbers[2] <= 10 * (plan.outcome.high - plan.outcome.low))


def density(trial: Diary) -> tuple[tuple[float, float], ...]:
    """The posterior density of the effect in one diary, at 121 places around its middle: points and height.

    A mixture of Student's t over the grid of the noise, as it stands; nothing is taken for normal.
    """
    batch = together([trial])
    posterior = infer(batch, design(batch, "distributed"))
    mean, sd = (float(number) for number in posterior.summary()[0, 0, :2])
    at: Floats = np.linspace(mean - 4 * sd, mean + 4 * sd, 121)
    free = float(posterior.degrees_of_freedom[0])
    scale, weight = posterior.scale[0, 0], np.exp(posterior.log_weight[0])
    z: Floats = (at[:, None] - posterior.mean[0, 0]) / scale
    peak = np.exp(lgamma((free + 1) / 2) - lgamma(free / 2)) / (np.sqrt(free * np.pi) * scale)
    total: Floats = (weight * peak * (1 + z**2 / free) ** (-(free + 1) / 2)).sum(axis=1)
    return tuple((float(point), float(height)) for point, height in zip(at, total, strict=True))


def _by_day(days: Sequence[int], length: int) -> Floats:
    column = np.zeros(length)
    column[[day for day in days if day < length]] = 1.0
    return column
