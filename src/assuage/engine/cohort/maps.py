"""Body maps that no rule can tell apart are one entry to the dictionary: a million maps, a few thousand entries.

Sites of one region that count alike are exchangeable (`assuage.instruments.body`), and in a region that hurts
already one open site is like another. So the key of such an entry is made of counts, not of sites.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.cohort.parquet import Texts
from assuage.engine.cohort.rows import Heads, Rows, mix
from assuage.engine.cohort.typed import Bytes, Floats, Ints, Longs, kernel
from assuage.instruments.body import KIND, NOT_COUNTING
from assuage.terms.sites import WPI_SITES

KINDS = NOT_COUNTING + 1
_SITES = {f"wpi.{site}": at for at, site in enumerate(WPI_SITES)}
_KINDS: Ints = np.array([KIND[site] for site in WPI_SITES], dtype=np.int32)
_ALL: Longs = np.bincount(_KINDS, minlength=KINDS).astype(np.int64)
_MARK = 77  # stands for the code of any site


def fold_maps(rows: Rows, texts: Texts, order: Ints, heads: Heads) -> None:
    """Give every plain body map the key of its counts; whatever is odd about one keeps the key it has."""
    if not any(code in _SITES for code in texts.codes):
        return
    site = np.array([_SITES.get(code, -1) for code in texts.codes] or [-1], dtype=np.int32)
    answers = np.array([kind == "answers" for kind in texts.kinds] or [False], dtype=np.uint8)
    bare = np.array(
        [True, *(("is" not in held and "items" not in held) for held in texts.holds)], dtype=np.uint8
    )
    fold(
        rows.kind, rows.code, rows.text, rows.site, rows.value, order, heads.row, heads.rows, heads.key,
        site, answers, bare, _KINDS, _ALL,
    )  # fmt: skip


@kernel
def fold(
    kind: Ints,
    code: Ints,
    text: Ints,
    where: Ints,
    value: Floats,
    order: Ints,
    first: Ints,
    count: Ints,
    keys: Longs,
    site: Ints,
    answers: Bytes,
    bare: Bytes,
    kinds: Ints,
    every: Longs,
) -> None:
    """The work of `fold_maps`."""
    hurts, free = np.zeros(every.size, np.int64), np.zeros(every.size, np.int64)
    last = every.size - 1  # the sites that do not count
    for head in range(keys.size):
        row = order[first[head]]
        if not answers[kind[row]] or code[row] < 0 or site[code[row]] < 0:
            continue
        hurts[:] = 0
        free[:] = 0
        seen = 0
        odd = False
        key = _MARK
        for at in range(first[head], first[head] + count[head]):
            row = order[at]
            one = site[code[row]] if code[row] >= 0 else -1
            if one < 0 or (seen >> one) & 1 or where[row] >= 0 or not bare[text[row] + 1]:
                odd = True
                break
            seen |= 1 << one
            if value[row] == 1.0:
                hurts[kinds[one]] += 1
            elif value[row] == 0.0:
                free[kinds[one]] += 1
            elif not np.isnan(value[row]):
                odd = True
                break
            if text[row] >= 0 and at == first[head]:
                key = mix(key, text[row] + 1)
            elif text[row] >= 0 and text[row] != text[order[first[head] + 1]]:
                odd = True
                break
        if odd:
            continue
        painful = open_there = 0
        for region in range(last):
            unknown = every[region] - hurts[region] - free[region]
            if hurts[region]:
                painful += hurts[region]
                open_there += unknown
                key = mix(key, 31)
            else:
                key = mix(key, unknown)
        # Two numbers to the compiler, whatever the array library's types say.
        key = mix(mix(mix(key, painful), open_there), hurts[last])  # pyright: ignore[reportArgumentType]
        keys[head] = mix(key, every[last] - hurts[last] - free[last])  # pyright: ignore[reportArgumentType]
