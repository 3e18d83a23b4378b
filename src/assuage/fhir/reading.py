"""JSON of strangers becomes plain values within bounds, or an issue: never a traceback, never another value.

`orjson` refuses NaN, half characters, bytes that are no UTF-8 and nesting beyond its own bound. It keeps the last of
two equal keys without a word, so colons are counted: a text with other ones than what was read, written again, is
looked through by Python's own reader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

import orjson

from assuage.catalogue.message import message
from assuage.fhir.issue import Issue
from assuage.record.parser_words import parser_says

# A document is held whole; NDJSON is read line by line, each of at most this (ours).
MOST_BYTES = 64 * 1024 * 1024
WHOLE = "(document)"
_COLONS = re.compile(rb'"\s*:')
_MOST_DOUBLED = 20


def read_json_bytes(raw: bytes) -> Any | Issue:
    """The value of a JSON text, or the issue that says why there is none."""
    if len(raw) > MOST_BYTES:
        return Issue(
            "error", "too-costly", WHOLE, message("fhir.too-large", megabytes=MOST_BYTES // (1024 * 1024))
        )
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        # Its message names what it met by kind and place; it shows no value.
        return Issue(
            "error",
            "structure",
            WHOLE,
            message("fhir.not-json", error=parser_says(error.msg), line=error.lineno, column=error.colno),
        )


def may_double(raw: bytes, again: bytes) -> bool:
    """Whether a key may stand twice: the text has more colons than what was read of it, written `again`."""
    if raw == again:
        return False
    if b"\\" not in raw:
        # A colon in a text stands in both; without escapes nothing hides one.
        return raw.count(b":") != again.count(b":")
    return len(_COLONS.findall(raw)) != len(_COLONS.findall(again)) or b"\\u" in raw


class _Doubled(dict[str, Any]):
    """An object in which a key stands twice."""

    twice: tuple[str, ...] = ()


def doubled_keys(raw: bytes) -> Iterator[Issue]:
    """An issue for each key that an object has twice."""
    is_doubled = False

    def as_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal is_doubled
        values = dict(pairs)
        if len(values) == len(pairs):
            return values
        is_doubled = True
        doubled = _Doubled(values)
        seen: set[str] = set()
        doubled.twice = tuple(key for key, _ in pairs if key in seen or seen.add(key))
        return doubled

    whole: Any = json.loads(raw, object_pairs_hook=as_object, parse_int=float)
    if not is_doubled:
        return
    told = 0
    start = cast("dict[str, Any]", whole).get("resourceType") if isinstance(whole, dict) else None
    waiting: list[tuple[Any, str]] = [(whole, start if isinstance(start, str) else WHOLE)]
    while waiting and told < _MOST_DOUBLED:
        value, place = waiting.pop()
        if isinstance(value, _Doubled):
            for key in value.twice:
                told += 1
                yield Issue("error", "duplicate", f"{place}.{key}", message("fhir.key-twice"))
        if isinstance(value, dict):
            waiting.extend((each, f"{place}.{key}") for key, each in cast("dict[str, Any]", value).items())
        elif isinstance(value, list):
            listed = cast("list[Any]", value)
            waiting.extend((each, f"{place}[{index}]") for index, each in enumerate(listed))
