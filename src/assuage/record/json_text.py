"""JSON text becomes plain values: keys given twice are noticed, and lines are found when they are needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

from assuage.catalogue.message import message
from assuage.errors import Problem, Problems
from assuage.record.parser_words import parser_says
from assuage.record.places import DEEPEST, NO_LINES, TOO_DEEP, WHOLE, Document, Lines, whole_characters


def read_json(text: str, name: str, refuse: bool = True) -> Document:
    doubled: list[tuple[dict[str, Any], list[str]]] = []

    def as_map(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        twice: list[str] = []
        for key, value in pairs:
            if key in values:
                twice.append(key)
            else:
                values[key] = value
        if twice:
            doubled.append((values, twice))
        return values

    def as_int(written: str) -> int | float:
        return int(written) if len(written) <= 100 else float(written)

    try:
        value = json.loads(text, object_pairs_hook=as_map, parse_int=as_int)
    except json.JSONDecodeError as error:
        if not refuse:
            raise
        raise Problems(
            name, [Problem(WHOLE, message("json.syntax", error=parser_says(error.msg)), error.lineno)]
        ) from None
    except RecursionError:
        raise Problems(name, [Problem(WHOLE, TOO_DEEP)]) from None
    if text.count("[") + text.count("{") > DEEPEST and _depth(value) > DEEPEST:
        raise Problems(name, [Problem(WHOLE, TOO_DEEP)])
    if "\\u" in text.lower() and not whole_characters(json.dumps(value, ensure_ascii=False)):
        raise Problems(name, [Problem(WHOLE, message("json.half-a-character"))])
    places = _places_of([values for values, _ in doubled], value)
    problems = [
        Problem(f"{places[id(values)]}.{key}".lstrip("."), message("json.key-twice"))
        for values, twice in doubled
        if id(values) in places
        for key in twice
    ]
    return Document(name, value, LazyLines(text), tuple(problems))


class LazyLines(Lines):
    """Lines of JSON text, found by reading it again as YAML, and only when something is wrong with it."""

    def __init__(self, text: str) -> None:
        super().__init__(None, {})
        self._text = text
        self._found: Lines | None = None

    def of(self, place: str) -> int | None:
        if self._found is None:
            from assuage.record.yaml_text import compose

            self._found = NO_LINES
            with suppress(Problems):
                self._found = compose(self._text, "").lines
        return self._found.of(place)


def _depth(value: object) -> int:
    deepest = 0
    level: list[object] = [value]
    while level and deepest <= DEEPEST:
        below: list[object] = []
        nested = False
        for node in level:
            if isinstance(node, dict):
                nested = True
                below += cast("dict[str, object]", node).values()
            elif isinstance(node, list):
                nested = True
                below += cast("list[object]", node)
        deepest += nested
        level = below
    return deepest


def _places_of(wanted: Sequence[dict[str, Any]], root: object) -> dict[int, str]:
    """The place of each wanted map in the tree; one that was itself dropped as a doubled key has none."""
    if not wanted:
        return {}
    ids = {id(wanted_map) for wanted_map in wanted}
    place_of: dict[int, str] = {}
    todo: list[tuple[str, object]] = [("", root)]
    while todo:
        place, here = todo.pop()
        if isinstance(here, dict):
            inner = cast("dict[str, Any]", here)
            if id(inner) in ids:
                place_of[id(inner)] = place
            todo += [(f"{place}.{key}" if place else key, child) for key, child in inner.items()]
        elif isinstance(here, list):
            todo += [(f"{place}[{i}]", child) for i, child in enumerate(cast("list[object]", here))]
    return place_of
