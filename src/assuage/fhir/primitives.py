"""What a value of each primitive type may look like: HL7's patterns, and the calendar that a pattern cannot say.

`accepting` gives the Python type that JSON has for it and a test in C for the value; what these refuse is looked at
again by `fault_of`, which says why. HL7's own patterns for texts are read as in its validator, where `\\S` means other
than ASCII blanks; that for base64 takes exponential time on a bad text, so ours stands for it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from math import isfinite
from typing import Any

from assuage.catalogue.message import Message, message

Accept = Callable[[Any], object]

# HL7 bounds a string at 1 MB; base64 has no bound of its own there (ours: that of the document).
LONGEST = 1024 * 1024

_YEAR = r"(?!0000)[0-9]{4}"
# A day that the calendar has, leap years and all, so that one test in C says both.
_DAY = (
    rf"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29)"
)
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_TEXT = r"[^\x00-\x08\x0b\x0c\x0e-\x1f]+"
PATTERNS = {
    "canonical": r"[^\s]+",
    "code": r"[^\s]+(?:\s[^\s]+)*",
    "date": rf"{_DAY}|{_YEAR}(?:-(?:0[1-9]|1[0-2]))?",
    "dateTime": rf"{_DAY}(?:T{_CLOCK}{_ZONE})?|{_YEAR}(?:-(?:0[1-9]|1[0-2]))?",
    "id": r"[A-Za-z0-9\-.]{1,64}",
    "instant": rf"{_DAY}T{_CLOCK}{_ZONE}",
    "markdown": _TEXT,
    "oid": r"urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+",
    "string": _TEXT,
    "time": _CLOCK,
    "uri": r"[^\s]+",
    "url": r"[^\s]+",
    "uuid": r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "xhtml": _TEXT,
}
_BOUNDS = {
    "integer": range(-(2**31), 2**31),
    "unsignedInt": range(2**31),
    "positiveInt": range(1, 2**31),
}
_CALENDAR = ("date", "dateTime", "instant")
_LIKE_A_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9])")
_DAYS = re.compile(_DAY)
_WITHOUT_ZONE = re.compile(rf"{_DAY}T{_CLOCK}")
_BLANKS = re.compile(r"\s+")

EXAMPLES = {
    "base64Binary": "aGVsbG8=",
    "boolean": "true",
    "canonical": "http://example.org/plan|1",
    "code": "final",
    "date": "2026-03-01",
    "dateTime": "2026-03-01T08:30:00+02:00",
    "decimal": "3.5",
    "id": "ana-1",
    "instant": "2026-03-01T08:30:00.000Z",
    "integer": "3",
    "oid": "urn:oid:1.2.3",
    "positiveInt": "1",
    "time": "08:30:00",
    "unsignedInt": "0",
    "uri": "http://example.org/a",
    "url": "http://example.org/a",
    "uuid": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520",
}  # fmt: skip


def _base64(value: str) -> bool:
    try:
        base64.b64decode(_BLANKS.sub("", value), validate=True)
    except (binascii.Error, ValueError):
        return False
    return bool(value.strip())


def _matcher(pattern: str) -> Accept:
    return re.compile(pattern, re.ASCII).fullmatch


_ACCEPTING: dict[str, tuple[type, Accept]] = {
    **{name: (str, _matcher(pattern)) for name, pattern in PATTERNS.items()},
    **{name: (int, bounds.__contains__) for name, bounds in _BOUNDS.items()},
    "base64Binary": (str, _base64),
    "boolean": (bool, frozenset({True, False}).__contains__),
    "decimal": (float, isfinite),
}


def accepting(name: str) -> tuple[type, Accept]:
    """The type that JSON has for a primitive, and the test of its value."""
    return _ACCEPTING[name]


def is_primitive(name: str) -> bool:
    """Whether it is a type with a value, and not one with elements."""
    return name in _ACCEPTING


def fault_of(name: str, value: object) -> Message | None:
    """What is wrong with a value of a primitive type; None where nothing is. The value itself is not told."""
    wanted, accept = _ACCEPTING[name]
    if name == "decimal" and type(value) is int:
        return None
    if type(value) is not wanted:
        kind = {str: "text", bool: "boolean", int: "number", float: "number"}[wanted]
        return message(
            "fhir.json-type",
            type=name,
            wanted=message(f"fhir.json-{kind}"),
            got=message(f"fhir.json-{json_kind(value)}"),
        )
    if isinstance(value, str):
        if not value:
            return message("fhir.empty-text")
        if len(value) > LONGEST and name != "base64Binary":
            return message("fhir.too-long", most="1 MB")
    if accept(value):
        return None
    return _why_refused(name, value)


def _why_refused(name: str, value: object) -> Message:
    if isinstance(value, str) and name in _CALENDAR:
        if _LIKE_A_DAY.match(value) and not _DAYS.match(value):
            return message("fhir.no-such-day", day=int(value[8:10]), month=int(value[5:7]))
        if _WITHOUT_ZONE.fullmatch(value) and name != "date":
            return message("fhir.without-zone", example=EXAMPLES[name])
    if name in ("string", "markdown", "xhtml"):
        return message("fhir.control-character")
    if name == "id":
        return message("fhir.id")
    return message("fhir.pattern", type=name, example=EXAMPLES[name])


def not_of_kind(name: str, kind: str, value: object) -> Message:
    """That a type is written as another kind of JSON."""
    return message(
        "fhir.json-type",
        type=name,
        wanted=message(f"fhir.json-{kind}"),
        got=message(f"fhir.json-{json_kind(value)}"),
    )


def json_kind(value: object) -> str:
    """What JSON calls a value: object, list, text, number, boolean or null."""
    match value:
        case dict():
            return "object"
        case list():
            return "list"
        case str():
            return "text"
        case bool():
            return "boolean"
        case None:
            return "null"
        case _:
            return "number"
