"""A map that grows by a few pairs at a time, each time as a new map: what was there is shared, not copied.

The pairs lie in layers, each at least twice as large as the next: a layer that would not be is put together with it.
So a pair is copied as often as its map doubles, and found in as many looks.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class GrowingMap(Mapping[K, V]):
    """The pairs of some layers, the largest first; of two pairs of one key the later layer's counts."""

    __slots__ = ("_count", "layers")

    def __init__(self, layers: tuple[Mapping[K, V], ...], count: int) -> None:
        self.layers, self._count = layers, count

    def followed_by(self, more: Mapping[K, V]) -> GrowingMap[K, V]:
        """The same with these pairs, in the place of those of the same keys."""
        if not more:
            return self
        count = self._count + sum(key not in self for key in more)
        layers, last = list(self.layers), dict(more)
        while layers and len(layers[-1]) < 2 * len(last):
            last = {**layers.pop(), **last}
        return GrowingMap((*layers, last), count)

    def __getitem__(self, key: K) -> V:
        for layer in reversed(self.layers):
            if key in layer:
                return layer[key]
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return any(key in layer for layer in self.layers)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[K]:
        return iter({key: None for layer in self.layers for key in layer})


def growing(pairs: Mapping[K, V]) -> GrowingMap[K, V]:
    """The map of some pairs, which are taken as they are and must not change; itself where it is one."""
    return pairs if isinstance(pairs, GrowingMap) else GrowingMap((pairs,), len(pairs))
