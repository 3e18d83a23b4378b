"""Body maps that no rule can tell apart are one entry to the dictionary: a million maps, a few thousand entries.

Sites of one region that count alike are exchangeable (`assuage.instruments.body`), and in a region that hurts
already one open site is like another. So the key of such an entry is made of counts, not of sites.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.many.entries.grouping import Heads, code_of, kind_of, site_of, text_of
from assuage.engine.many.entries.hash_table import mix
from assuage.engine.many.jit import Bytes, Floats, Ints, Longs, kernel
from assuage.engine.many.rows.columns import Rows
from assuage.engine.many.rows.vocabulary import Texts
from assuage.instruments.body import KIND, NOT_COUNTING
from assuage.terms.sites import WPI_SITES

KINDS = NOT_COUNTING + 1
_SITES = {f"wpi.{site}": at for at, site in enumerate(WPI_SITES)}
_KINDS: Ints = np.array([KIND[site] for site in WPI_SITES], dtype=np.int32)
_ALL: Longs = np.bincount(_KINDS, minlength=KINDS).astype(np.int64)
_MARK = 77  # stands for the code of any site


def fold_maps(rows: Rows, texts: Texts, order: Ints, heads: Heads, keys: Longs) -> None:
    """Give every plain body map the key of its counts; whatever is odd about one keeps the key it has."""
    if not any(code in _SITES for code in texts.codes):
        return
    site = np.array([*(_SITES.get(code, -1) for code in texts.codes), -1], dtype=np.int32)
    answers = np.array([kind == "answers" for kind in texts.kinds], dtype=np.uint8)
    bare = np.array(
        [*(("is" not in held and "items" not in held) for held in texts.holds), True], dtype=np.uint8
    )
    first = np.append(heads.row, np.int32(rows.what.size))
    plain = texts.words().text
    fold(rows.what, rows.value, plain, order, first, keys, site, answers, bare, _KINDS, _ALL)


@kernel
def fold(
    what: Longs,
    value: Floats,
    plain: Longs,
    order: Ints,
    first: Ints,
    keys: Longs,
    site: Ints,
    answers: Bytes,
    bare: Bytes,
    kinds: Ints,
    every: Longs,
) -> None:
    """The work of `fold_maps`. The last of `site`, `plain` and `bare` stands for null."""
    in_order = order.size == 0
    hurts, free = np.zeros(every.size, np.int64), np.zeros(every.size, np.int64)
    last = every.size - 1  # the sites that do not count
    for head in range(keys.size):
        begin = first[head]
        row = begin if in_order else order[begin]
        if not answers[kind_of(what[row])] or site[code_of(what[row])] < 0:
            continue
        said = plain[text_of(what[row])]
        more = np.int64(-1)
        hurts[:] = 0
        free[:] = 0
        seen = 0
        odd = False
        key = _MARK
        for at in range(begin, first[head + 1]):
            row = at if in_order else order[at]
            one, text = site[code_of(what[row])], plain[text_of(what[row])]
            if one < 0 or (seen >> one) & 1 or site_of(what[row]) >= 0 or not bare[text]:
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
            if at == begin + 1:
                more = text
            if text >= 0 and at == begin:
                key = mix(key, said + 1)
            elif text >= 0 and text != more:
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
