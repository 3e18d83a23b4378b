"""Whether an exposure does more in one phase or state than in another: the massage paradox as a question to a diary.

States are known phases, or a proxy from the patient's past ratings: how high pain has been lately, for this
patient. With the proxy the difference comes out a third too small (it follows the true state with a correlation
of about 0.7); a phase is better where there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from assuage.catalogue.message import Message, message
from assuage.dynamics import kernels
from assuage.dynamics.contrast import diary_in_contrasts
from assuage.dynamics.design import Design, DesignColumn, by_itself, design_rows
from assuage.dynamics.diary import Batch, Diary, batch_of
from assuage.dynamics.infer import FREE, infer_rows
from assuage.dynamics.model import FEWEST_EXPOSED, NUGGET, Floats, Grid
from assuage.terms.spoken import exposure_term

HALF_LIFE = 10.0  # days in which what was felt counts half (ours)
HIGH, LOW = "after high", "after low"  # what the two columns are called
# Exposures in half a year at which a difference of 2 points against 0 is seen in 29, 56, 75 and 88 of 100 diaries.
ENOUGH = 16


@dataclass(frozen=True)
class InState:
    """The effect in one state at the distributed lag, in points, None without an estimate.

    `exposed` counts the days with the exposure in that state.
    """

    state: Message
    exposed: int
    estimate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Dependence:
    """Effects of one exposure by state, and the first state's minus the second's; None where a state is empty.

    `answer` is "depends", "unknown" or "no exposure in one state"; `why` says it in a sentence.
    """

    exposure: str
    states: tuple[InState, InState]
    difference: float | None
    low: float | None
    high: float | None
    p_gt_0: float | None
    answer: str
    why: Message


def recent_level(diary: Diary) -> Floats:
    """How high the ratings have been up to the day before, in half the patient's own SD around 0.5; NaN before any."""
    daily = np.array([np.nan if np.isnan(day).all() else np.nanmean(day) for day in diary.ratings])
    keep, state = 0.5 ** (1 / HALF_LIFE), np.full(len(daily), np.nan)
    total, weight = 0.0, 0.0
    for day, value in enumerate(daily):
        state[day] = total / weight if weight > 0 else np.nan
        total, weight = keep * total, keep * weight
        if not np.isnan(value):
            total, weight = total + value, weight + 1
    if np.isnan(state).all():
        return state
    spread = float(np.nanstd(state))
    middle = float(np.nanmean(state))
    scaled = np.full(len(state), 0.5) if spread == 0 else 0.5 + (state - middle) / (2 * spread)
    return np.where(np.isnan(state), np.nan, scaled).astype(np.float64)


def dependence(
    diary: Diary, exposure: str, phase: str | None = None, grid: Grid = NUGGET, drift: bool = False
) -> Dependence:
    """The effect of an exposure outside and inside a phase of the diary, or by how high pain has been lately.

    With a phase the first state is the days before or outside it. KeyError for an exposure or phase the diary has not.
    """
    diary = diary_in_contrasts(diary)
    names = (f"outside {phase}", f"in {phase}") if phase is not None else (HIGH, LOW)
    states_named = (
        (message("state.after-high"), message("state.after-low"))
        if phase is None
        else (message("state.outside-phase", phase=phase), message("state.in-phase", phase=phase))
    )
    inside = diary.phases[phase] if phase is not None else 1 - recent_level(diary)
    weights = {names[0]: 1 - inside, names[1]: inside}
    batch, states_columns = _split(batch_of(diary), diary, exposure, weights, phase is None)
    columns = by_itself(batch, drift)
    if phase is None:
        columns.append(DesignColumn(kernels.LAGGED, HIGH))
    columns += [
        DesignColumn(kernels.DISTRIBUTED_LAG, name, exposure=name)
        for name in batch.exposures
        if name not in states_columns
    ]
    places = [len(columns), len(columns) + 1]
    columns += [DesignColumn(kernels.DISTRIBUTED_LAG, name, exposure=name) for name in states_columns]
    contrasts = np.zeros((3, len(columns)))
    contrasts[0, places[0]] = contrasts[1, places[1]] = contrasts[2, places[0]] = 1
    contrasts[2, places[1]] = -1
    asked = Design(tuple(columns), tuple((name, -1) for name in (*states_columns, exposure)), contrasts)
    posterior = infer_rows(
        design_rows(batch, asked.columns), batch.starts, asked, grid, batch.ratings_per_day
    )
    numbers = posterior.summary(fewest=0)[0]
    days = diary.exposures[exposure].days
    counts = [int(np.nansum((days > 0) & (weights[name] > 0.5))) for name in names]
    able = [
        count >= FEWEST_EXPOSED and posterior.column_state[0, place] == FREE and not np.isnan(numbers[at, 0])
        for at, (count, place) in enumerate(zip(counts, places, strict=True))
    ]
    states = [
        InState(
            name, count, *((float(number) for number in numbers[at, [0, 2, 3]]) if ok else (None, None, None))
        )
        for at, (name, count, ok) in enumerate(zip(states_named, counts, able, strict=True))
    ]
    both, term = (states[0], states[1]), exposure_term(exposure)
    if not all(able):
        empty = able.index(False)
        told = "never" if counts[empty] == 0 else "seldom"
        why = message(f"depends.{told}", exposure=term, n=counts[empty] or None, state=states_named[empty])
        return Dependence(exposure, both, None, None, None, None, "no exposure in one state", why)
    difference, low, high, above = (float(numbers[2, at]) for at in (0, 2, 3, 4))
    sure = low > 0 or high < 0
    open_yet = message("depends.not-enough", n=sum(counts))
    if sum(counts) < ENOUGH:
        open_yet = message("depends.too-few", n=sum(counts), enough=ENOUGH)
    why = message(
        "depends.difference",
        exposure=term,
        difference=difference,
        low=low,
        high=high,
        first=states_named[0],
        second=states_named[1],
        open=None if sure else open_yet,
        guessed=message("depends.guessed") if phase is None else None,
    )
    return Dependence(exposure, both, difference, low, high, above, "depends" if sure else "unknown", why)


def _split(
    batch: Batch, diary: Diary, exposure: str, weights: Mapping[str, Floats], proxy: bool
) -> tuple[Batch, tuple[str, str]]:
    """The batch with the exposure split by state, and the names of its two parts."""
    ratings_per_day = batch.ratings_per_day
    days = diary.exposures[exposure].days
    # On a day without the exposure the state does not matter, so that it need not be known.
    parts = {
        f"{exposure} @ {name}": np.repeat(np.where(days == 0, 0.0, days * weight), ratings_per_day)
        for name, weight in weights.items()
    }
    columns = dict(parts)
    if proxy:
        columns[HIGH] = np.repeat(weights[HIGH], ratings_per_day)
    others = tuple(name for name in batch.exposures if name != exposure)
    first, second = parts
    wide = np.ascontiguousarray(np.column_stack([batch.series, *columns.values()]))
    split = replace(
        batch,
        series=wide,
        names=(*batch.names, *columns),
        exposures=(*others, first, second),
        fixed=(),
        timed=(),
    )
    return split, (first, second)
