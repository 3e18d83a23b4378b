"""What was laid out of a record, copied so far that one may grow without the other."""

from __future__ import annotations

from typing import TypeVar, cast

from assuage.record.body_mass import BodyMass

V = TypeVar("V")


def copied(known: V) -> V:
    """A list, or a map of lists or maps, that may grow without the other; whatever else is not changed, as it is."""
    match known:
        case list():
            return cast("V", [*cast("list[object]", known)])
        case dict():
            pairs = cast("dict[object, object]", known)
            return cast("V", {key: copied(value) for key, value in pairs.items()})
        case BodyMass():
            return cast("V", known.copy())
        case _:
            return known
