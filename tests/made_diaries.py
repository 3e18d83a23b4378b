"""Diaries made for tests, whose truth is known."""

from __future__ import annotations

import numpy as np


def diary_of_two_exposures() -> str:
    """Half a year of pain: ten massages, each followed by two points more the day after, and tea now and then."""
    chance = np.random.default_rng(5)
    days = 180
    noise = np.zeros(days)
    for day in range(1, days):
        noise[day] = 0.5 * noise[day - 1] + chance.normal(0, 1)
    massage = np.zeros(days)
    massage[8::18] = 1
    tea = (chance.random(days) < 0.3).astype(int)
    pain = np.clip(np.rint(5 + noise + 2 * np.concatenate([[0], massage[:-1]])), 0, 10)
    rows = [f"{day},{pain[day]:g},{massage[day]:g},{tea[day]}" for day in range(days) if day % 11]
    return "day,pain,massage,tea\n" + "\n".join(rows) + "\n"
