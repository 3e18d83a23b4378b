"""A lowered pathway: one row of numbers for the kernels, and beside it the names that the numbers stand for.

The kernels get few arrays on purpose: what they take apart at every call is what they cost to compile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assuage.engine.many.jit import Ints, Longs
from assuage.engine.many.program import codes as c
from assuage.measures.criteria import Criterion
from assuage.measures.nodes import AnyTest, Scores
from assuage.pathways.model import Gate, Pathway
from assuage.terms.sites import Site


@dataclass(frozen=True)
class Lowered:
    """A program with its names: what the columns of its output mean and where its input comes from."""

    pathway: Pathway
    program: Longs  # laid out as `codes` says
    sources: tuple[Scores, ...]
    streams: tuple[tuple[str, object], ...]  # kind of stream and what it is about
    queries: tuple[tuple[Site, ...], ...]  # site lists asked of sessions
    criteria: tuple[Criterion, ...]
    gates: tuple[Gate, ...]
    leaves: tuple[AnyTest, ...]
    rises: frozenset[int]  # the streams of exposures after which a rise is asked for


def ints(values: Iterable[object], wide: int = 1) -> Ints:
    """Whole numbers as an array; `wide` of them in a row."""
    found = np.array(list(values), dtype=np.int32)
    return found.reshape(-1, wide) if wide > 1 else found


def firsts(lists: Sequence[Sequence[object]]) -> Ints:
    """Where each list begins when they are laid end to end, and where the last ends."""
    return np.concatenate([[0], np.cumsum([len(one) for one in lists], dtype=np.int64)]).astype(np.int32)


def pack(tables: Mapping[int, Sequence[object]], sizes: Mapping[int, int]) -> Longs:
    """Tables laid end to end behind a header that says where each begins, and the sizes in the header."""
    header = np.zeros(c.P_HEADER, np.int64)
    parts = [header]
    at = c.P_HEADER
    for name, rows in tables.items():
        flat = np.array(rows, dtype=np.int64).reshape(-1)
        header[name] = at
        parts.append(flat)
        at += flat.size
    for name, size in sizes.items():
        header[name] = size
    return np.concatenate(parts)
