"""What the analysis of a trial asks of its diary: the model of `assuage.dynamics`, in its delayed form.

The draw would allow a column for the exposure's own day; it is left out, since it costs power and the question is of
the days after. With rest as control, every day without
the exposure is a comparison; with light touch, a session of either kind has a column of its own and the effect is that
of the exposure over light touch.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assuage.dynamics.design import design
from assuage.dynamics.diary import Diary, Exposures, together
from assuage.dynamics.infer import infer
from assuage.dynamics.model import Floats
from assuage.nof1.plan import Plan

EITHER = "a session of either kind"


def diary(plan: Plan, ratings: Floats, exposed: Sequence[int], controls: Sequence[int]) -> Diary:
    """The diary of a trial: `ratings` by day (NaN unknown), the days with the exposure and with the control."""
    drawn = {plan.exposure: exposed}
    if plan.control != "rest":
        drawn[EITHER] = (*exposed, *controls)
    columns = {name: Exposures(_by_day(days, len(ratings))) for name, days in drawn.items()}
    return Diary("trial", plan.outcome, ratings.reshape(-1, 1), columns)


def effects(diaries: Sequence[Diary]) -> Floats:
    """`[trial]`: mean, SD, 2.5 % and 97.5 % points, P(> 0), P(> 1 point) of the exposure in its delayed form."""
    batch = together(diaries)
    return infer(batch, design(batch, "delayed")).summary()[:, 0]


def _by_day(days: Sequence[int], length: int) -> Floats:
    column = np.zeros(length)
    column[[day for day in days if day < length]] = 1.0
    return column
