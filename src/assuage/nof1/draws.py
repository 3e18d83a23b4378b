"""The draw repeated: how often would another order have spoken as loudly? Nothing is taken for granted but the draw.

If the order changes nothing, the same ratings would have been written under every order. The ratings are freed of what
comes by itself and of their memory, with the noise of a model without any effect, which is the same for every order;
so the share of orders that speak as loudly is exact whatever the noise truly is. An order speaks as loudly as the
shape that lies farthest from 0, in standard errors, with what a period of either kind does taken out.

With the stopping rule replayed, orders are ranked stage by stage: a stop for harm or benefit speaks louder the earlier
it comes, then an order that goes on, then a stop for no difference, the later the louder; within a stage by the test.
Stage-wise ordering: Armitage 1957, Biometrika 44:9.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assuage.dynamics.model import Floats
from assuage.nof1.layout import Bools, TrialLayout, exposed_periods
from assuage.nof1.model import (
    BENEFIT,
    GO_ON,
    HARM,
    NO_DIFFERENCE,
    SAFE,
    ShapeFit,
    answers_of,
    numbers_of,
    shapes_alone,
)
from assuage.nof1.plan import Stopping

EXACT = 12  # pairs, up to which every order is tried; beyond, `DRAWN` orders beside the one that was drawn
DRAWN, SEED = 4_095, 0
# From which p down the test forbids a verdict of no difference (two-sided), or of no harm (towards the worse); ours.
CONTRADICTS, CONTRADICTS_SAFETY = 0.10, 0.05
_BINS = 0.25  # standard errors to a pile of the picture


@dataclass(frozen=True)
class RandomisationTest:
    """Two-sided `p` over `orders` orders, and the smallest that any of them could give.

    `farthest` is the shape that speaks loudest and `z` how far it lies from 0, worse up. `worse` is the one-sided p
    towards the worse; `replayed` the p with the stopping rule put to every order. `piles` are distances under the
    orders, and how many gave them.
    """

    pairs: int
    z: float
    farthest: int
    p: float
    smallest: float
    worse: float
    replayed: float
    replayed_smallest: float
    orders: int
    every: bool
    piles: tuple[tuple[float, int], ...]

    @property
    def contradicts(self) -> bool:
        """Whether it speaks against a verdict of no difference."""
        return self.p <= CONTRADICTS

    @property
    def contradicts_safety(self) -> bool:
        """Whether it speaks against a verdict of no worthwhile harm."""
        return self.worse <= CONTRADICTS_SAFETY


def orders_of_pairs(first: Bools) -> tuple[Bools, bool]:
    """Every order of as many pairs, the drawn one in front, as periods `[order, period]`; whether these are all."""
    pairs = len(first)
    if pairs <= EXACT:
        others: Bools = np.asarray((np.arange(2**pairs)[:, None] >> np.arange(pairs)) & 1, dtype=np.bool_)
        others = others[np.asarray((others != first).any(axis=1))]
    else:
        others = np.random.default_rng(SEED).random((DRAWN, pairs)) < 0.5
    return exposed_periods(np.concatenate([first[None], others])), pairs <= EXACT


def randomisation_test(
    layout: TrialLayout, orders: Bools, every: bool, tenths: Floats, fit: ShapeFit, looks: int, stop: Stopping
) -> RandomisationTest:
    """The test at the last of the first `looks` looks, and with the rule replayed through all of them."""
    stages = np.zeros(len(orders))
    running = np.ones(len(orders), dtype=np.bool_)
    loud = signed = worst = np.zeros(len(orders))
    farthest = 0
    for look in range(looks):
        mean, sd = _of_orders(layout, orders, tenths, fit, look, centred=True)
        z = mean / sd
        loudest = np.abs(z).argmax(axis=1)
        signed = np.take_along_axis(z, loudest[:, None], axis=1)[:, 0]
        loud, farthest, worst = np.abs(signed), int(loudest[0]), z.max(axis=1)
        if len(layout.either) == 0:
            mean, sd = _of_orders(layout, orders, tenths, fit, look, centred=False)
        says = answers_of(stop, numbers_of(layout.priors, mean, sd), stop.sure_at(layout.pairs[look]))
        says = np.where((says == NO_DIFFERENCE) & (_shares(loud) <= CONTRADICTS), GO_ON, says)
        says = np.where((says == SAFE) & (_shares(worst) <= CONTRADICTS_SAFETY), GO_ON, says)
        earlier = looks - look + 1
        stages = np.where(running & np.isin(says, (HARM, BENEFIT)), earlier, stages)
        stages = np.where(running & np.isin(says, (NO_DIFFERENCE, SAFE)), -earlier, stages)
        running &= says == GO_ON
    p, staged = _shares(loud), _shares(_ranked(stages, loud))
    sizes, counts = np.unique(np.round(signed / _BINS), return_counts=True)
    return RandomisationTest(
        layout.pairs[looks - 1],
        float(signed[0]),
        farthest,
        float(p[0]),
        float(p.min()),
        float(_shares(worst)[0]),
        float(staged[0]),
        float(staged.min()),
        len(orders),
        every,
        tuple((float(size * _BINS), int(count)) for size, count in zip(sizes, counts, strict=True)),
    )


def contradicted(
    layout: TrialLayout, orders: Bools, tenths: Floats, fit: ShapeFit, look: int, answer: int
) -> bool:
    """Whether the test at one look, over these orders, forbids this answer: no difference, or no worthwhile harm."""
    mean, sd = _of_orders(layout, orders, tenths, fit, look, centred=True)
    z = mean / sd
    if answer == SAFE:
        return bool(_shares(z.max(axis=1))[0] <= CONTRADICTS_SAFETY)
    return bool(_shares(np.abs(z).max(axis=1))[0] <= CONTRADICTS)


def orders_at(orders: Bools, every: bool, periods: int) -> Bools:
    """The orders of the first periods, the drawn one in front; each once where all are there."""
    cut = orders[:, :periods]
    if not every or periods == orders.shape[1]:
        return cut
    _, places = np.unique(cut, axis=0, return_index=True)
    return cut[np.sort(places)]


def _shares(loud: Floats) -> Floats:
    """For each order the share that speaks at least as loudly."""
    rounded = np.round(loud, 9)
    ranked = np.sort(rounded)
    return 1 - np.searchsorted(ranked, rounded, side="left") / len(ranked)


def _ranked(stages: Floats, loud: Floats) -> Floats:
    """Stage first, then the test, as one number."""
    place = np.searchsorted(np.sort(np.round(loud, 9)), np.round(loud, 9), side="left")
    return stages * (len(loud) + 1) + place


def _of_orders(
    layout: TrialLayout, orders: Bools, tenths: Floats, fit: ShapeFit, look: int, *, centred: bool
) -> tuple[Floats, Floats]:
    """Mean and SD `[order, shape]` with the noise of the diary without an effect."""
    end = int(layout.ends[look])
    days = min(end, len(tenths), layout.days)
    known = np.flatnonzero(~np.isnan(tenths[:days]) & layout.counted[:days])
    periods = orders.shape[1]
    alone, fewest = shapes_alone(layout, with_either=centred)
    apart: Floats = np.abs(np.subtract.outer(known, known)).astype(np.float64)
    phi, kappa = float(fit.phi[look]), float(fit.kappa[look])
    noise: Floats = (1 - kappa) * np.power(phi, apart) + kappa * np.eye(len(known))
    factor = np.linalg.cholesky(noise)
    spread = layout.spread[:, :periods][:, :, known]
    shapes = len(spread)
    wide = np.column_stack(
        [alone[known][:, fewest <= len(known)], spread.reshape(-1, len(known)).T, tenths[known]]
    )
    white: Floats = np.asarray(np.linalg.solve(factor, wide), dtype=np.float64)
    nuisances = white.shape[1] - shapes * periods - 1
    basis = _basis(white[:, :nuisances])
    rest: Floats = np.asarray(
        white[:, nuisances:] - basis @ (basis.T @ white[:, nuisances:]), dtype=np.float64
    )
    column: Floats = rest[:, :-1].reshape(len(known), shapes, periods)
    along: Floats = np.einsum("dsp,d->sp", column, rest[:, -1])
    gram: Floats = column.transpose(1, 2, 0) @ column.transpose(1, 0, 2)
    chosen = orders.astype(np.float64)
    top: Floats = chosen @ along.T
    size: Floats = np.einsum("op,spq,oq->os", chosen, gram, chosen, optimize=True)
    able = size > 1e-6
    size = np.where(able, size, 1.0)
    sd: Floats = fit.sigma[look] / np.sqrt(size)
    return np.where(able, top / size, 0.0), np.where(able, sd, 1e6)


def _basis(columns: Floats) -> Floats:
    """An orthonormal basis of what some columns span, redundant ones left out."""
    left, sizes, _ = np.linalg.svd(columns, full_matrices=False)
    return np.asarray(left[:, sizes > 1e-8 * sizes[0]], dtype=np.float64)
