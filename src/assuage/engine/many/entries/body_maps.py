"""Body maps that no rule can tell apart are one entry to the dictionary: a million maps, a few thousand entries.

What pain at a site counts for is one number of bits: its region (`assuage.instruments.body`), and its side, half and
axis by the rule of 1990, which reads single sites. Sites that count for the same are exchangeable, and an open site
that could add nothing to what is reached already is like any other such. So the key of an entry is made of numbers
of sites, not of sites.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.many.entries.grouping import Heads, code_of, kind_of, site_of, text_of
from assuage.engine.many.entries.hash_table import mix
from assuage.engine.many.jit import Bytes, Floats, Ints, Longs, kernel
from assuage.engine.many.rows.columns import Rows
from assuage.engine.many.rows.vocabulary import Texts
from assuage.instruments.body import KIND, NOT_COUNTING
from assuage.instruments.criteria.acr_1990 import COUNTS_IN_1990
from assuage.instruments.criteria.from_record import BODY_INDEX
from assuage.terms.sites import WPI_SITES

_SITES = {f"{BODY_INDEX}.{site}": at for at, site in enumerate(WPI_SITES)}
_MARK = 77  # stands for the code of any site


def _bits(site: str) -> int:
    """What pain at a site counts for: whether for generalised pain, then its region, then the places of 1990."""
    region = 0 if KIND[site] == NOT_COUNTING else 1 | 2 << KIND[site]
    return region | COUNTS_IN_1990[site] << (NOT_COUNTING + 1)


# What sites can count for, each once; how many sites count for it; and which of these each site is.
_WAYS: Longs = np.array(sorted({_bits(site) for site in WPI_SITES}), dtype=np.int64)
_KINDS: Ints = np.searchsorted(_WAYS, [_bits(site) for site in WPI_SITES]).astype(np.int32)
_ALL: Longs = np.bincount(_KINDS).astype(np.int64)


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
    fold(rows.what, rows.value, plain, order, first, keys, site, answers, bare, _KINDS, _ALL, _WAYS)


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
    counts_for: Longs,
) -> None:
    """The work of `fold_maps`. The last of `site`, `plain` and `bare` stands for null."""
    in_order = order.size == 0
    hurts, free = np.zeros(every.size, np.int64), np.zeros(every.size, np.int64)
    # How many hurt, and are open: first of those that do not count for generalised pain, then of those that do.
    painful, open_there = np.zeros(2, np.int64), np.zeros(2, np.int64)
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
        reached = 0
        for of in range(every.size):
            if hurts[of]:
                reached |= counts_for[of]
        painful[:], open_there[:] = 0, 0
        for of in range(every.size):
            unknown, counts = every[of] - hurts[of] - free[of], counts_for[of] & 1
            painful[counts] += hurts[of]
            if counts_for[of] & ~reached:
                key = mix(key, unknown)
            else:
                open_there[counts] += unknown
        key = mix(mix(key, painful[0]), painful[1])
        keys[head] = mix(mix(mix(key, open_there[0]), open_there[1]), reached)
