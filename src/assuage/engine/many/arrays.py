"""Arrays by the kind of their elements, and the few ways in which tables of them are built.

The kinds are distinct to the type checker, which so refuses days where values are asked for; the compiler of the
kernels checks the same once more. What one element is, the array library leaves open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]
Shorts: TypeAlias = NDArray[np.int16]
Ints: TypeAlias = NDArray[np.int32]
Longs: TypeAlias = NDArray[np.int64]
Words: TypeAlias = NDArray[np.uint64]
Floats: TypeAlias = NDArray[np.float64]

Columns = TypeVar("Columns", bound=tuple[Any, ...])


def bytes_of(values: Iterable[object]) -> Bytes:
    """Small whole numbers, or yes and no, as an array."""
    return np.array(list(values), dtype=np.uint8)


def ints_of(values: Iterable[object]) -> Ints:
    """Whole numbers as an array."""
    return np.array(list(values), dtype=np.int32)


def grid_of(rows: Iterable[Sequence[int]], wide: int) -> Ints:
    """Rows of whole numbers, each `wide` of them."""
    return np.array(list(rows), dtype=np.int32).reshape(-1, wide)


def firsts_of(lists: Iterable[Sequence[object]]) -> Ints:
    """Where each list begins when they are laid end to end, and where the last ends."""
    return np.concatenate([[0], np.cumsum([len(each) for each in lists], dtype=np.int64)]).astype(np.int32)


def map_columns(table: Columns, change: Callable[[Any], Any]) -> Columns:
    """The same table with every column changed."""
    return type(table)(*map(change, table))


def join_columns(tables: Sequence[Columns]) -> Columns:
    """The lines of all tables, one after the other."""
    return type(tables[0])(*map(np.concatenate, zip(*tables, strict=True)))


def appended(table: Columns, more: Columns) -> Columns:
    """The lines of both, one after the other, lists with them: those lie between their `_first` and the next one's."""
    columns: list[Any] = []
    names: tuple[str, ...] = cast(Any, table)._fields
    for name, before, after in zip(names, table, more, strict=True):
        if name.endswith("_first"):
            before, after = before[:-1], after + before[-1]
        columns.append(np.concatenate([before, after]))
    return type(table)(*columns)
