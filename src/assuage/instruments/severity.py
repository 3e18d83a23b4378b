"""How severe the symptoms are: the symptom severity scale from items, from a total, or from both."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import cast

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.errors import unknown_word
from assuage.instruments.completions import Input, known, one_of, reach, sums
from assuage.instruments.model import Item
from assuage.instruments.reading import InputReader, Span, shown_value, shown_word

SSS_ITEMS = (
    Item("fatigue", 0, 3),
    Item("waking_unrefreshed", 0, 3),
    Item("cognitive", 0, 3, "trouble thinking or remembering"),
    Item("headaches", 0, 1),
    Item("lower_abdominal_pain_or_cramps", 0, 1),
    Item("depression", 0, 1),
)
# 2010: the three somatic questions were one estimate by the physician.
SSS_ITEMS_2010 = (*SSS_ITEMS[:3], Item("somatic", 0, 3, "the physician's estimate of somatic symptoms"))
SSS_TOTAL = Item("sss", 0, 12, "the symptom severity scale")
KEYS = ("sss", "sss_items")


class Severity(Struct, frozen=True):
    """The items, each with what it can still be, and the total if it was given."""

    items: tuple[Item, ...]
    held: Mapping[str, Span | None]
    total: Span | None

    @property
    def recorded(self) -> bool:
        """Whether anything at all is known."""
        return self.total is not None or any(span is not None for span in self.held.values())

    def choices(self, item: Item) -> range:
        """The values the item can still have."""
        low, high = self.held[item.id] or (item.low, item.high)
        return range(int(low), int(high) + 1)

    def totals(self) -> list[int]:
        """Every total some completion has."""
        totals = sums(reach(self.choices(item) for item in self.items))
        if self.total is None:
            return totals
        return [n for n in totals if self.total[0] <= n <= self.total[1]]

    def span(self) -> Span:
        """The lowest and highest total."""
        totals = self.totals()
        return totals[0], totals[-1]

    def to_input(self, told_apart: Callable[[int], Hashable]) -> Input:
        """The scale as an input of a rule that tells totals apart only by `told_apart`."""
        if self.total is not None:
            return one_of("sss", (told_apart(n) for n in self.totals()))
        states = frozenset(told_apart(n) for n in self.totals())
        if len(states) == 1:
            return known(next(iter(states)))
        moves: dict[str, frozenset[tuple[Hashable, Hashable]]] = {}
        for item in self.items:
            choices = self.choices(item)
            rest = sums(reach(self.choices(other) for other in self.items if other is not item))
            pairs = {
                (told_apart(n + choices[0] + a), told_apart(n + choices[0] + b))
                for n in rest
                for b in range(len(choices))
                for a in range(b)
            }
            moves[item.id] = frozenset(pair for pair in pairs if pair[0] != pair[1])
        return Input(states, moves)


def read_severity(
    reading: InputReader, given: Mapping[str, object], items: tuple[Item, ...] = SSS_ITEMS
) -> Severity:
    """The scale from `sss`, `sss_items` and the items by name; contradictions are problems."""
    before = len(reading.problems)
    answers: dict[str, object] = {}
    total: object = given.get("sss")
    for key in KEYS:
        value = given.get(key)
        if key == "sss" and (isinstance(value, int | float | str) or _is_range(value)):
            continue
        nested, inner_total = _nested(reading, key, value, items)
        total = inner_total if key == "sss" else total
        _add(reading, key, answers, nested)
    flat = {item.id: given[key] for item in items for key in (item.id, f"sss_item_{item.id}") if key in given}
    _add(reading, "", answers, flat)
    held = {item.id: reading.number(item.id, answers.get(item.id), item) for item in items}
    span = reading.number("sss", total, SSS_TOTAL)
    severity = Severity(items, held, span)
    if len(reading.problems) > before or severity.totals():
        return severity if len(reading.problems) == before else _nothing(items)
    possible = Severity(items, held, None).span()
    low, high = possible
    told = span[0] if span else 0
    reading.wrong(
        "sss", message("answers.items-disagree", told=told, low=low, high=None if low == high else high)
    )
    return _nothing(items)


def _nothing(items: tuple[Item, ...]) -> Severity:
    return Severity(items, dict.fromkeys((item.id for item in items), None), None)


def _is_range(value: object) -> bool:
    return isinstance(value, Mapping) and bool({"low", "high"} & set(cast("Mapping[object, object]", value)))


def _nested(
    reading: InputReader, place: str, value: object, items: tuple[Item, ...]
) -> tuple[dict[str, object], object]:
    """The items and the total of a nested list or object."""
    if value is None:
        return {}, None
    if isinstance(value, list | tuple):
        listed = cast("Sequence[object]", value)
        if len(listed) != len(items):
            names = tuple(item.id for item in items)
            reading.wrong(
                place, message("answers.write-these", n=len(listed), wanted=len(items), items=names)
            )
            return {}, None
        return {item.id: held for item, held in zip(items, listed, strict=True)}, None
    if not isinstance(value, Mapping):
        reading.wrong(place, message("answers.no-shape", value=shown_value(value)))
        return {}, None
    inner = {str(key): held for key, held in cast("Mapping[object, object]", value).items()}
    total = inner.pop("total", None)
    if "items" in inner:
        nested, _ = _nested(reading, f"{place}.items", inner.pop("items"), items)
        inner = {**nested, **inner}
    ids = {item.id for item in items}
    for key in inner:
        if key not in ids:
            reading.wrong(f"{place}.{key}", unknown_word(shown_word(key), ids, message("word.item")))
    return {key: held for key, held in inner.items() if key in ids}, total


def _add(reading: InputReader, place: str, answers: dict[str, object], more: Mapping[str, object]) -> None:
    for key, value in more.items():
        if answers.get(key) is not None and value is not None and answers[key] != value:
            reading.wrong(f"{place}.{key}" if place else key, message("answers.twice-different"))
        if value is not None or key not in answers:
            answers[key] = value
