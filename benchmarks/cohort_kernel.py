"""`neck-first` written out by hand for the machine: the bound that the cohort engine is measured against.

Not a second engine and not used by the product: this very pathway, the columns of the generated cohort only,
decisions, ranges, statements and corrections left out; fever and the skin are asked about together. It reads the same
Parquet file and gives the same stays.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numba import njit

PAIN, NECK, SLEEP, ANXIETY = 0, 1, 2, 3
LANES = 64


@njit(cache=True, nogil=True)
def scatter(start, day, what, value, grid, deep, told, asked, first, last):
    """Rows of the patients `first` to `last` into a grid by day."""
    days = grid.shape[1]
    grid[:] = -1
    deep[:] = 0
    told[:] = 0
    asked[:] = 0
    for lane in range(last - first):
        for row in range(start[first + lane], start[first + lane + 1]):
            d, w = day[row], what[row]
            if d < 0 or d >= days or w < 0:
                continue
            if w < 4:
                grid[w, d, lane] = max(grid[w, d, lane], value[row])
                told[d, lane] = 1
            elif w == 4:
                deep[d, lane] = 1
                told[d, lane] = 1
            else:
                asked[d, lane] = 1


@njit(cache=True, nogil=True)
def fold(grid, deep, told, asked, out_patient, out_phase, out_entered, out_left, n, first, last):
    """The course of each patient: windows as counters, gates as bits, one move a day."""
    days, lanes = grid.shape[1], last - first
    never = -1000
    above = np.full((8, LANES), never, np.int16)
    had = np.zeros((4, 3, LANES), np.int16)  # by span: 7, 3, 14
    total = np.zeros((4, LANES), np.int16)
    base = np.zeros(LANES, np.float32)
    hands = np.full(LANES, never, np.int16)
    heard = np.zeros(LANES, np.int16)
    phase = np.zeros(LANES, np.int8)
    since = np.zeros(LANES, np.int16)
    stay = np.full(LANES, -1, np.int64)
    settled = np.zeros(LANES, np.uint8)
    local, window, flare, relapse = settled.copy(), settled.copy(), settled.copy(), settled.copy()
    for t in range(days):
        for lane in range(lanes):
            pain, neck = grid[PAIN, t, lane], grid[NECK, t, lane]
            above[0, lane] = t if pain > 2 else above[0, lane]
            above[1, lane] = t if neck > 1 else above[1, lane]
            above[2, lane] = t if (neck >= 0) & (neck < 4) else above[2, lane]
            above[3, lane] = t if neck >= 4 else above[3, lane]
            hands[lane] = t if deep[t, lane] else hands[lane]
            heard[lane] += told[t, lane]
            if t >= 7:
                heard[lane] -= told[t - 7, lane]
        for scale in range(4):
            for lane in range(lanes):
                x = grid[scale, t, lane]
                total[scale, lane] += max(x, 0)
                had[scale, 0, lane] += x >= 0
                had[scale, 1, lane] += x >= 0
            if t >= 7:
                for lane in range(lanes):
                    x = grid[scale, t - 7, lane]
                    total[scale, lane] -= max(x, 0)
                    had[scale, 0, lane] -= x >= 0
            if t >= 3:
                for lane in range(lanes):
                    had[scale, 1, lane] -= grid[scale, t - 3, lane] >= 0
        for lane in range(lanes):
            known = had[PAIN, 0, lane] >= 4
            mean = total[PAIN, lane] / max(had[PAIN, 0, lane], 1)
            base[lane] = mean if known & (base[lane] == 0) else base[lane]
            body = known & ((t - above[0, lane] >= 7) | ((base[lane] > 0) & (mean <= base[lane] / 2)))
            sleeps = (had[SLEEP, 0, lane] >= 4) & (total[SLEEP, lane] <= 3 * had[SLEEP, 0, lane])
            calm = (had[ANXIETY, 0, lane] >= 4) & (total[ANXIETY, lane] <= 3 * had[ANXIETY, 0, lane])
            settled[lane] = body & sleeps & calm
            flare[lane] = known & (mean >= 5)
            local[lane] = (had[NECK, 0, lane] >= 4) & (t - above[3, lane] < 7) & (asked[t, lane] != 0)
            quiet = (had[NECK, 0, lane] >= 7) & (t - above[1, lane] >= 7)
            window[lane] = quiet & (heard[lane] >= 7) & (t - hands[lane] >= 7)
            relapse[lane] = (had[NECK, 1, lane] >= 2) & (t - above[2, lane] >= 3)
        for lane in range(lanes):
            at, to = phase[lane], -1
            if t == 0:
                to = 0
            elif t == since[lane]:
                continue
            elif at == 0:
                if settled[lane] & local[lane]:
                    to = 1
            elif flare[lane]:
                to = 0
            elif at == 1:
                if window[lane]:
                    to = 2
            elif relapse[lane]:
                to = 1
            if to >= 0:
                if stay[lane] >= 0:
                    out_left[stay[lane]] = t
                out_patient[n], out_phase[n], out_entered[n], out_left[n] = first + lane, to, t, -1
                phase[lane], since[lane], stay[lane] = to, t, n
                n += 1
    return n


def run(path: Path, days: int = 84) -> tuple[int, dict[str, Any]]:
    """How many patients there are, and their stays."""
    file = pq.ParquetFile(
        path,
        read_dictionary=["patient", "kind", "code", "site", "text"],
        buffer_size=1 << 20,
        pre_buffer=False,
    )
    patients, stays = 0, []
    carry: list[Any] | None = None
    names = ["patient", "day", "code", "site", "value", "text"]
    for batch in file.iter_batches(batch_size=1 << 20, columns=names, use_threads=False):
        columns = [batch.column(at) for at in range(6)]
        who, code, site = (columns[at].indices.fill_null(-1).to_numpy() for at in (0, 2, 3))
        names_of, codes = columns[0].dictionary, columns[2].dictionary.to_pylist()
        sited = np.array([*(bool(name) for name in columns[3].dictionary.to_pylist()), False])
        table = np.full((len(codes), 2), -1, np.int8)
        for at, name in enumerate(codes):
            table[at] = {
                "pain": (0, 1),
                "sleep": (2, 2),
                "anxiety": (3, 3),
                "massage": (4, 4),
                "fever_systemic": (5, 5),
            }.get(name, (-1, -1))
        what = table[code, sited[site].view(np.int8)]
        day, value = columns[1].to_numpy(), np.nan_to_num(columns[4].to_numpy()).astype(np.int8)
        parts = [who, day, what, value]
        if carry is not None:
            # The patient that the batch before broke off: the same name, another number.
            goes_on = names_of[int(who[0])].as_py() == carry[4]
            joined = np.full(carry[0].size, who[0] if goes_on else -2)
            parts = [np.concatenate([a, b]) for a, b in zip([joined, *carry[1:4]], parts, strict=True)]
        starts = np.flatnonzero(np.concatenate([[True], parts[0][1:] != parts[0][:-1]]))
        whole = starts[-1]
        patients += _walked(parts, starts, days, stays)
        carry = [*(part[whole:].copy() for part in parts), names_of[int(who[-1])].as_py()]
    assert carry is not None
    patients += _walked(carry[:4], np.array([0, carry[0].size]), days, stays)
    return patients, {"stays": int(sum(len(part[0]) for part in stays)), "parts": stays}


def _walked(parts: list[Any], starts: Any, days: int, stays: list[Any]) -> int:
    patients = starts.size - 1
    if patients == 0:
        return 0
    size = patients * 16 + LANES * days
    out = [np.empty(size, kind) for kind in (np.int32, np.int8, np.int16, np.int16)]
    grid = np.empty((4, days, LANES), np.int8)
    deep, told, asked = (np.empty((days, LANES), np.int8) for _ in range(3))
    n = 0
    starts = starts.astype(np.int64)
    for first in range(0, patients, LANES):
        last = min(first + LANES, patients)
        scatter(starts, parts[1], parts[2], parts[3], grid, deep, told, asked, first, last)
        n = fold(grid, deep, told, asked, *out, n, first, last)
    stays.append([column[:n] for column in out])
    return patients
