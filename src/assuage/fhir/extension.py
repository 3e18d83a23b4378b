"""What FHIR has no element for, in one complex extension: named values, lists and maps, never a text of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from assuage.fhir.codes import json_number

ENTRY, RECORD = "urn:assuage:assuage-entry", "urn:assuage:assuage-record"
PREFILLED = "urn:assuage:filled-in"  # an answer that was taken from the record, and that nobody gave anew

Plain = dict[str, Any]

# What no other value can say: FHIR has no empty text, list or map, and no null.
_NOTHING: Mapping[str, Any] = {"null": None, "empty-text": "", "empty-list": [], "empty-map": {}}
_EACH = "each"
_MOST_INTEGER = 2**31 - 1


def written(url: str, values: Mapping[str, object]) -> Plain:
    """The extension of that address with a value for each name; a list has its parts under `each`."""
    return {"url": url, "extension": [_value(name, value) for name, value in values.items()]}


def _value(name: str, value: object) -> Plain:
    for word, nothing in _NOTHING.items():
        if type(value) is type(nothing) and value == nothing:
            return {"url": name, "valueCode": word}
    match value:
        case bool():
            return {"url": name, "valueBoolean": value}
        case int() if abs(value) <= _MOST_INTEGER:
            return {"url": name, "valueInteger": value}
        case int() | float():
            return {"url": name, "valueDecimal": json_number(value)}
        case str():
            return {"url": name, "valueString": value}
        case list() | tuple():
            return {"url": name, "extension": [_value(_EACH, each) for each in cast("list[object]", value)]}
        case dict():
            inner = cast("dict[str, object]", value)
            return {"url": name, "extension": [_value(key, each) for key, each in inner.items()]}
        case _:
            raise TypeError(f"a {type(value).__name__} has no place in the extension")


def extension_values(extension: Mapping[str, Any]) -> Plain | None:
    """The values of an extension that was written here; None where it was written by somebody else."""
    read = _read_parts(extension.get("extension"), 0)
    return cast("Plain", read) if isinstance(read, dict) else None


_BAD = object()
_DEEPEST = 8


def _read_parts(parts: object, depth: int) -> Any:
    if not isinstance(parts, list) or depth > _DEEPEST:
        return _BAD
    read: list[tuple[str, Any]] = []
    for part in cast("list[object]", parts):
        if not isinstance(part, dict):
            return _BAD
        each = cast("Plain", part)
        name, value = each.get("url"), _read_value(each, depth)
        if not isinstance(name, str) or value is _BAD:
            return _BAD
        read.append((name, value))
    if read and all(name == _EACH for name, _ in read):
        return [value for _, value in read]
    named = dict(read)
    return named if len(named) == len(read) else _BAD


def _read_value(each: Plain, depth: int) -> Any:
    if "extension" in each:
        return _read_parts(each["extension"], depth + 1)
    match each:
        case {"valueCode": str() as word}:
            return _NOTHING.get(word, _BAD)
        case (
            {"valueBoolean": bool() as value}
            | {"valueInteger": int() as value}
            | {"valueDecimal": int() | float() as value}
            | {"valueString": str() as value}
        ):
            return value
        case _:
            return _BAD
