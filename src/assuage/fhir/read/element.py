"""A part of a resource that notes what was read of it, so that what nobody read can be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast


def as_map(value: object) -> dict[str, Any]:
    """The object that a value is; an empty one where it is none."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def maps_in(value: object) -> list[dict[str, Any]]:
    """The objects of a list, where it is one."""
    listed = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("dict[str, Any]", each) for each in listed if isinstance(each, dict)]


def resources_in(bundle: object) -> Iterator[dict[str, Any]]:
    """The resources that a bundle holds itself, in their order; none of what is no bundle."""
    for entry in maps_in(as_map(bundle).get("entry")):
        resource = entry.get("resource")
        if isinstance(resource, dict):
            yield cast("dict[str, Any]", resource)


_MOST_LEFT = 1_000  # elements of one resource that are told by name (ours)


class ResourcePart:
    """An object of a resource, by its place. Asking for a value notes that it was read."""

    __slots__ = ("_used", "path", "plain")

    def __init__(self, plain: Mapping[str, Any], path: str, used: set[str] | None = None) -> None:
        self.plain = plain
        self.path = path
        self._used: set[str] = set() if used is None else used

    def use(self, *keys: str) -> None:
        """Note that these elements were read, with all that is in them; without a name, this one."""
        if not keys:
            self._used.add(self.path)
        self._used.update(f"{self.path}.{key}" for key in keys)

    def has(self, key: str) -> bool:
        """Whether there is such an element; it is not read by that."""
        return key in self.plain

    def text(self, key: str) -> str | None:
        """The text of an element; None where it has none."""
        value = self.plain.get(key)
        if not isinstance(value, str) or not value.strip():
            return None
        self.use(key)
        return value

    def number(self, key: str) -> float | None:
        """The number of an element; None where it is none."""
        value = self.plain.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        self.use(key)
        return value

    def truth(self, key: str) -> bool | None:
        """True or false; None where the element says neither."""
        value = self.plain.get(key)
        if not isinstance(value, bool):
            return None
        self.use(key)
        return value

    def part(self, key: str) -> ResourcePart | None:
        """An element with elements of its own; what is read of it is noted there."""
        value = self.plain.get(key)
        if not isinstance(value, dict):
            return None
        return ResourcePart(cast("dict[str, Any]", value), f"{self.path}.{key}", self._used)

    def parts(self, key: str) -> list[ResourcePart]:
        """The elements of a list."""
        value = self.plain.get(key)
        if not isinstance(value, list):
            return []
        return [
            ResourcePart(cast("dict[str, Any]", each), f"{self.path}.{key}[{at}]", self._used)
            for at, each in enumerate(cast("list[Any]", value))
            if isinstance(each, dict)
        ]

    def left(self) -> Iterator[str]:
        """The places of which nothing was read, the largest ones that are so."""
        for at, place in enumerate(_left(self.plain, self.path, self._used, _above(self._used))):
            if at == _MOST_LEFT:
                return
            yield place


def _above(used: set[str]) -> set[str]:
    """The places that hold something that was read."""
    above: set[str] = set()
    for place in used:
        while "." in place or "[" in place:
            place = place[: max(place.rfind("."), place.rfind("["))]
            if place in above:
                break
            above.add(place)
    return above


def _left(value: object, place: str, used: set[str], above: set[str]) -> Iterator[str]:
    if place in used:
        return
    if place not in above and "." in place:
        yield place
    elif isinstance(value, dict):
        for key, each in cast("dict[str, object]", value).items():
            if key != "resourceType" or "." in place:
                yield from _left(each, f"{place}.{key}", used, above)
    elif isinstance(value, list):
        for at, each in enumerate(cast("list[object]", value)):
            yield from _left(each, f"{place}[{at}]", used, above)
    else:
        yield place
