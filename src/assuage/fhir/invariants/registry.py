"""How an invariant is written: a function by its official id, that says whether a value keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Protocol, cast

from msgspec import Struct

from assuage.fhir.definitions import tables_of_r4

Node = dict[str, Any]


class Surroundings(Protocol):
    """What an invariant may ask beyond its own element: the resources contained in the one it stands in."""

    @property
    def contained(self) -> dict[str, str]:
        """The type of each contained resource by its id."""
        ...


Invariant = Callable[[Any, Surroundings], bool]


class Kept(Struct, frozen=True):
    """An invariant: the key without which there is nothing to ask (empty: always ask), and the function."""

    when: str
    holds: Invariant


INVARIANTS: dict[str, Kept] = {}
# What the specification says in words only, by type: our id, the function, the English of the rule.
SPOKEN: dict[str, list[tuple[str, Kept, str]]] = {}


def invariant(*ids: str, when: str = "") -> Callable[[Invariant], Invariant]:
    """The decorator that enters a function under its official id; some ids are one rule for several types."""

    def enter(function: Invariant) -> Invariant:
        for each in ids:
            assert each not in INVARIANTS, each
            INVARIANTS[each] = Kept(when, function)
        return function

    return enter


def spoken(name: str, id: str, text: str, when: str = "") -> Callable[[Invariant], Invariant]:  # noqa: A002
    """The decorator of a rule of a type that has no official id."""

    def enter(function: Invariant) -> Invariant:
        SPOKEN.setdefault(name, []).append((id, Kept(when, function), text))
        return function

    return enter


def has(node: Node, key: str) -> bool:
    """Whether an element is there: by its value, or by extensions in place of one."""
    return key in node or f"_{key}" in node


@cache
def _spelled(choice: str) -> frozenset[str]:
    """Every key under which an element with a choice of types may stand, in whichever type."""
    keys: set[str] = set()
    for table in tables_of_r4().types.values():
        types = table.elements.get(f"{choice}[x]", [0, 0, []])[2]
        for each in cast("list[str]", types):
            name = each.partition("(")[0].replace("SimpleQuantity", "Quantity")
            key = choice + name[0].upper() + name[1:]
            keys.update((key, f"_{key}"))
    return frozenset(keys)


def chooses(node: Node, choice: str) -> bool:
    """Whether an element with a choice of types is there, in whichever spelling."""
    return not _spelled(choice).isdisjoint(node)


def coded(concept: Node | None, system: str, *codes: str) -> bool:
    """Whether a concept has one of these codes of the system."""
    return concept is not None and any(
        coding.get("system") == system and coding.get("code") in codes for coding in concept.get("coding", ())
    )


def all_different(values: Iterable[object]) -> bool:
    """Whether no value comes twice."""
    listed = list(values)
    return len(listed) == len(set(listed))
