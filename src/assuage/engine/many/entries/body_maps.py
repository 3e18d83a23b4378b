"""Body maps that no rule can tell apart are one entry: a million maps, a few thousand distinct entries.

What pain at a site counts for is one number of bits: its region (`assuage.instruments.body`), whether it is the front
of the axis of ICD-11, and its side, half and axis by the rule of 1990, which reads single sites. Sites that count for
the same are exchangeable, and an open site that could add nothing to what is reached already is like any other such.
So the key of an entry is made of numbers of sites, not of sites.

To key a map by how many sites of each region hurt would not do: neck and lower back are one region by the criteria of
2016, and lie above and below the waist by those of 1990. Two patients would share one key and not one answer.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.many.arrays import Floats, Ints, Longs
from assuage.engine.many.entries.answer_rows import AnswerWords, answer_words, key_beside
from assuage.engine.many.entries.grouping import EntryIndex
from assuage.engine.many.jit import kernel, mix
from assuage.engine.many.rows.columns import TableRows, row_code, row_kind
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.instruments.body import FRONT, KIND, NOT_COUNTING
from assuage.instruments.criteria.acr_1990 import COUNTS_IN_1990
from assuage.instruments.criteria.from_record import BODY_INDEX
from assuage.terms.sites import WPI_SITES

_SITES = {f"{BODY_INDEX}.{site}": at for at, site in enumerate(WPI_SITES)}
_MARK = 77  # stands for the code of any site


def _bits(site: str) -> int:
    """What pain at a site counts for: whether for generalised pain, its region, its front, the places of 1990."""
    region = 1 | 2 << KIND[site] if KIND[site] < NOT_COUNTING else (KIND[site] == FRONT) << FRONT
    return region | COUNTS_IN_1990[site] << (FRONT + 1)


# What sites can count for, each once; how many sites count for it; and which of these each site is.
_WAYS: Longs = np.array(sorted({_bits(site) for site in WPI_SITES}), dtype=np.int64)
_KINDS: Ints = np.searchsorted(_WAYS, [_bits(site) for site in WPI_SITES]).astype(np.int32)
_ALL: Longs = np.bincount(_KINDS).astype(np.int64)


class SiteKinds(NamedTuple):
    """What sites count for."""

    kind_of: Ints  # site: which of the ways to count is its own
    total: Longs  # way: how many sites count so
    counts_for: Longs  # way: what pain there counts for, in bits; the first for generalised pain


def fold_maps(rows: TableRows, vocabulary: Vocabulary, order: Ints, index: EntryIndex, keys: Longs) -> None:
    """Give every plain body map the key of its counts; whatever is odd about one keeps the key it has."""
    if not any(code in _SITES for code in vocabulary.codes):
        return
    words = answer_words(vocabulary, [_SITES.get(code, -1) for code in vocabulary.codes])
    first = np.append(index.row, np.int32(rows.what.size))
    fold_keys(rows.what, rows.value, order, first, words, SiteKinds(_KINDS, _ALL, _WAYS), keys)


@kernel
def fold_keys(
    what: Longs, value: Floats, order: Ints, first: Ints, words: AnswerWords, kinds: SiteKinds, keys: Longs
) -> None:
    """The work of `fold_maps`."""
    hurts, free = np.zeros(kinds.total.size, np.int64), np.zeros(kinds.total.size, np.int64)
    for entry in range(keys.size):
        begin: int = first[entry]
        row: int = begin if order.size == 0 else order[begin]
        if not words.answers[row_kind(what[row])] or words.item[row_code(what[row])] < 0:
            continue
        plain, key = read_body_map(what, value, order, begin, first[entry + 1], words, kinds, hurts, free)
        if plain:
            keys[entry] = mix_counts(key, kinds, hurts, free)


@kernel
def read_body_map(
    what: Longs,
    value: Floats,
    order: Ints,
    begin: int,
    end: int,
    words: AnswerWords,
    kinds: SiteKinds,
    hurts: Longs,
    free: Longs,
) -> tuple[bool, int]:
    """Whether a map is plain, and the key of what else it says; how many sites of each kind hurt or are free of pain.

    Plain is a map of sites of the list, each once, each hurting, free or open, whose rows beyond the first all say
    the same beside. Anything else is not folded, and stays an entry of its own.
    """
    hurts[:], free[:] = 0, 0
    alike, key = key_beside(what, order, begin, end, words, _MARK)
    if not alike:
        return False, key
    seen = 0
    for at in range(begin, end):
        row: int = at if order.size == 0 else order[at]
        site = words.item[row_code(what[row])]
        if (seen >> site) & 1:
            return False, key
        seen |= 1 << site
        if value[row] == 1.0:
            hurts[kinds.kind_of[site]] += 1
        elif value[row] == 0.0:
            free[kinds.kind_of[site]] += 1
        elif not np.isnan(value[row]):
            return False, key
    return True, key


@kernel
def mix_counts(key: int, kinds: SiteKinds, hurts: Longs, free: Longs) -> int:
    """The key of a map with its counts.

    What is reached, how many hurt, and how many are open. Of those that could add something to what is reached it
    matters which they are; of the others only how many there are, counted apart for sites of generalised pain.
    """
    reached = 0
    for kind in range(kinds.total.size):
        if hurts[kind]:
            reached |= kinds.counts_for[kind]
    # First of sites that do not count for generalised pain, then of those that do.
    painful, open_there = np.zeros(2, np.int64), np.zeros(2, np.int64)
    for kind in range(kinds.total.size):
        unknown, counts = kinds.total[kind] - hurts[kind] - free[kind], kinds.counts_for[kind] & 1
        painful[counts] += hurts[kind]
        if kinds.counts_for[kind] & ~reached:
            key = mix(key, unknown)
        else:
            open_there[counts] += unknown
    key = mix(mix(key, painful[0]), painful[1])
    return mix(mix(mix(key, open_there[0]), open_there[1]), reached)
