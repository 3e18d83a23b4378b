"""The models that others fitted to the public data sets, written from their textbooks with dense linear algebra.

None of them is the engine's: counts of admissions, times to a migraine, yes-or-no headaches. They are here so that what
was published can be had from the data as we read them; only then is the engine's own answer put beside it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def minimum(of: Callable[[np.ndarray], float], start: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where `of` is least, and the inverse of its second derivatives there: Newton's method."""
    at, units, step = np.asarray(start, dtype=float), np.eye(len(start)), 1e-4
    for _ in range(200):
        here = of(at)
        up = np.array([of(at + step * one) for one in units])
        down = np.array([of(at - step * one) for one in units])
        slope = (up - down) / (2 * step)
        bend = np.diag((up - 2 * here + down) / step**2)
        for a in range(len(at)):
            for b in range(a):
                both = of(at + step * (units[a] + units[b])) + of(at - step * (units[a] + units[b]))
                bend[a, b] = bend[b, a] = (both - up[a] - down[a] - up[b] - down[b] + 2 * here) / (
                    2 * step**2
                )
        values, vectors = np.linalg.eigh(bend)
        move = -vectors @ ((vectors.T @ slope) / np.maximum(np.abs(values), 1e-6))
        length = min(1.0, 1.0 / np.abs(move).max())
        while of(at + length * move) > here + 1e-9 and length > 1e-8:
            length /= 2
        at = at + length * move
        if np.abs(length * move).max() < 1e-6:
            break
    return at, np.linalg.inv(bend)


def conditional_poisson(
    x: np.ndarray, days: np.ndarray, events: np.ndarray, person: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Log relative incidences and their errors, given the number of events of each person (Farrington 1995)."""
    count = np.bincount(person, events)

    def loss(beta: np.ndarray) -> float:
        rate = days * np.exp(x @ beta)
        return float(count @ np.log(np.bincount(person, rate)) - events @ np.log(rate))

    beta, covariance = minimum(loss, np.zeros(x.shape[1]))
    return beta, np.sqrt(np.diag(covariance))


def cox_efron(
    x: np.ndarray, start: np.ndarray, stop: np.ndarray, event: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Log hazard ratios and their errors; intervals of time (start, stop], ties after Efron 1977."""

    def loss(beta: np.ndarray) -> float:
        risk, total = np.exp(x @ beta), 0.0
        for time in np.unique(stop[event]):
            tied = event & (stop == time)
            there, among = risk[(start < time) & (stop >= time)].sum(), risk[tied].sum()
            many = tied.sum()
            total += np.log(there - among * np.arange(many) / many).sum() - (x[tied] @ beta).sum()
        return float(total)

    beta, covariance = minimum(loss, np.zeros(x.shape[1]))
    return beta, np.sqrt(np.diag(covariance))


def robust_least_squares(x: np.ndarray, y: np.ndarray, person: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients, and errors that allow for anything within a person (Mancl and DeRouen 2001)."""
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ x.T @ y
    meat = np.zeros_like(bread)
    for one in np.unique(person):
        own, left = x[person == one], (y - x @ beta)[person == one]
        score = own.T @ np.linalg.solve(np.eye(len(own)) - own @ bread @ own.T, left)
        meat += np.outer(score, score)
    return beta, np.sqrt(np.diag(bread @ meat @ bread))


def logistic_with_intercepts(
    x: np.ndarray, y: np.ndarray, person: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Log odds and their errors with a normal intercept for each person, by Laplace's approximation; its SD is last."""
    of = np.zeros(person.max() + 1)

    def loss(at: np.ndarray) -> float:
        fixed, spread, own = x @ at[:-1], at[-1] ** 2, of.copy()
        for _ in range(30):
            chance = 1 / (1 + np.exp(-(fixed + own[person])))
            bend = np.bincount(person, chance * (1 - chance)) + 1 / spread
            own = own + (np.bincount(person, y - chance) - own / spread) / bend
        value = fixed + own[person]
        inner = y @ value - np.logaddexp(0, value).sum() - (own**2).sum() / (2 * spread)
        chance = 1 / (1 + np.exp(-value))
        bend = np.bincount(person, chance * (1 - chance)) * spread + 1
        return float(-inner + 0.5 * np.log(bend).sum())

    at, covariance = minimum(loss, np.append(np.zeros(x.shape[1]), 1.0))
    return at, np.sqrt(np.diag(covariance))


def mixed_with_ar1(
    x: np.ndarray, z: np.ndarray, y: np.ndarray, day: np.ndarray, person: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    """Coefficients, errors and phi: random coefficients of `z` for each person and AR(1) within, REML."""
    people = [person == one for one in np.unique(person)]

    def parts(at: np.ndarray) -> tuple[float, np.ndarray, np.ndarray, float]:
        root = np.array([[np.exp(at[0]), 0], [at[1], np.exp(at[2])]])  # of the spread, in units of the noise
        phi, n, p = np.tanh(at[3]), len(y), x.shape[1]
        log_det, gram = 0.0, np.zeros((p + 1, p + 1))
        for own in people:
            v = z[own] @ root @ root.T @ z[own].T + phi ** np.abs(day[own][:, None] - day[own])
            both = np.column_stack([x[own], y[own]])
            gram += both.T @ np.linalg.solve(v, both)
            log_det += np.linalg.slogdet(v)[1]
        inverse = np.linalg.inv(gram[:p, :p])
        beta = inverse @ gram[:p, p]
        left = gram[p, p] - gram[p, :p] @ beta
        loss = 0.5 * (log_det - np.linalg.slogdet(inverse)[1] + (n - p) * np.log(left))
        return float(loss), beta, np.sqrt(np.diag(inverse) * left / (n - p)), float(phi)

    at, _ = minimum(lambda one: parts(one)[0], np.array([0.0, 0.0, -1.0, 0.3]))
    return parts(at)[1:]
