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


_CHANGED = "modifierExtension"
_MOST_LEFT = 1_000  # elements of one resource that are told by name (ours)


class _Read:
    """What was read of one resource: of each object its elements, and the objects as a whole, by who they are."""

    __slots__ = ("elements", "wholes")

    def __init__(self) -> None:
        self.elements: dict[int, set[str]] = {}
        self.wholes: set[int] = set()


class ResourcePart:
    """An object of a resource, by its place. Asking for a value notes that it was read."""

    __slots__ = ("_above", "_place", "_read", "plain")

    def __init__(self, plain: Mapping[str, Any], path: str, above: ResourcePart | None = None) -> None:
        self.plain = plain
        self._place = path
        self._above = above
        self._read: _Read = _Read() if above is None else above._read

    @property
    def path(self) -> str:
        """Its place, as FHIRPath writes it."""
        return self._place if self._above is None else f"{self._above.path}.{self._place}"

    def use(self, *keys: str) -> None:
        """Note that these elements were read, with all that is in them; without a name, this one."""
        if not keys:
            self._read.wholes.add(id(self.plain))
        else:
            self._read.elements.setdefault(id(self.plain), set()).update(keys)

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
        """An element with elements of its own; what is read of it is noted there.

        None as well where an extension changes its meaning: what that may be nobody here knows.
        """
        value = self.plain.get(key)
        if not isinstance(value, dict) or _CHANGED in value:
            return None
        return ResourcePart(cast("dict[str, Any]", value), key, self)

    def parts(self, key: str) -> list[ResourcePart]:
        """The elements of a list, without those whose meaning an extension changes."""
        value = self.plain.get(key)
        if not isinstance(value, list):
            return []
        return [
            ResourcePart(cast("dict[str, Any]", each), f"{key}[{at}]", self)
            for at, each in enumerate(cast("list[Any]", value))
            if isinstance(each, dict) and _CHANGED not in each
        ]

    def left(self) -> list[str]:
        """The places of which nothing was read, the largest ones that are so: the first thousand."""
        return self._left_in(self.plain, self.path, is_root=True)[0][:_MOST_LEFT]

    def _left_in(
        self, plain: Mapping[str, Any], place: str, *, is_root: bool = False
    ) -> tuple[list[str], bool]:
        """The places of an object of which nothing was read, and whether anything of it was."""
        if id(plain) in self._read.wholes:
            return [], True
        used = self._read.elements.get(id(plain))
        left: list[str] = []
        any_read = used is not None
        for key, value in plain.items():
            if (used is not None and key in used) or (is_root and key == "resourceType"):
                continue
            if isinstance(value, dict):
                inside, read = self._left_in(cast("dict[str, Any]", value), f"{place}.{key}")
            elif isinstance(value, list):
                inside, read = self._left_of(cast("list[Any]", value), f"{place}.{key}")
            else:
                left.append(f"{place}.{key}")
                continue
            left += inside
            any_read = any_read or read
        return (left, any_read) if any_read or is_root else ([place], False)

    def _left_of(self, listed: list[Any], place: str) -> tuple[list[str], bool]:
        """The same of a list."""
        left: list[str] = []
        any_read = False
        for at, value in enumerate(listed):
            inside, read = (
                self._left_in(cast("dict[str, Any]", value), f"{place}[{at}]")
                if isinstance(value, dict)
                else self._left_of(cast("list[Any]", value), f"{place}[{at}]")
                if isinstance(value, list)
                else ([f"{place}[{at}]"], False)
            )
            left += inside
            any_read = any_read or read
        return (left, any_read) if any_read else ([place], False)
