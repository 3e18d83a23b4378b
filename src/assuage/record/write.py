"""A `Record` becomes plain values, YAML or JSON: what is read back is the same record.

YAML has one entry per line in flow style, as people write it. Which fields there are comes from the tables in
`kinds`; what is left at its default is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple, cast

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from assuage.patterns import kept_pattern
from assuage.record.entries import KIND_OF, AnyEntry, Record
from assuage.record.entry import FORMAT
from assuage.record.kinds import KINDS
from assuage.record.yaml_text import scalar


def to_plain(record: Record) -> dict[str, Any]:
    """The record as maps, lists, text and numbers, in the order in which a document is read."""
    plain: dict[str, Any] = {"format": FORMAT, "patient": _given(record.patient)}
    if record.starts_on is not None:
        plain["starts_on"] = record.starts_on.isoformat()
    if record.zone is not None:
        plain["zone"] = record.zone
    if record.pathway is not None:
        plain["pathway"] = record.pathway
    plain["entries"] = [entry_to_plain(entry, record) for entry in record.entries]
    return plain


def entry_to_plain(entry: AnyEntry, record: Record) -> dict[str, Any]:
    """One entry as a map of fields; a dated one has its date instead of its day."""
    plain: dict[str, Any] = {"day": entry.day}
    if entry.dated and record.starts_on is not None:
        plain = {"date": (record.starts_on + timedelta(days=entry.day)).isoformat()}
    kind = KINDS[KIND_OF[type(entry)]]
    values = _given(entry)
    for name in ("time", "approximate", "copied"):
        if name in values:
            plain[name] = values.pop(name)
    plain["kind"] = kind.name
    for field in kind.specific:
        if field.into in values:
            plain[field.name] = values.pop(field.into)
    if kind.name != "answers" and len(plain.get("sites", ())) == 1:
        plain["site"] = plain.pop("sites")[0]
    if "response_percent" in plain and len(set(plain["response_percent"])) == 1:
        plain["response_percent"] = plain["response_percent"][0]
    if len(values.get("disputed_with", ())) == 1:
        values["disputed_with"] = values["disputed_with"][0]
    for name in ("day", "dated", "minute", "place"):
        values.pop(name, None)
    return plain | values


def to_json(record: Record) -> str:
    """The record as a JSON document."""
    return json.dumps(to_plain(record), ensure_ascii=False, indent=2) + "\n"


def to_yaml(record: Record) -> str:
    """The record as a YAML document, one entry a line."""
    plain = to_plain(record)
    entries = plain.pop("entries")
    head = "".join(f"{name}: {_flow(value)}\n" for name, value in plain.items())
    if not entries:
        return f"{head}entries: []\n"
    return f"{head}entries:\n" + "".join(f"- {_flow(entry)}\n" for entry in entries)


class _Attribute(NamedTuple):
    name: str
    default: Any
    of: type


@cache
def _attributes_of(cls: type) -> tuple[_Attribute, ...]:
    """The attributes of a class with their defaults."""
    defaults = [(each.name, _default_of(each)) for each in fields(cls)]
    return tuple(_Attribute(name, default, type(default)) for name, default in defaults)


def _default_of(field: FieldInfo) -> Any:
    return field.default if field.default_factory is NODEFAULT else field.default_factory()


def _given(value: Any) -> dict[str, Any]:
    """The attributes that differ from their default, as plain values."""
    attributes: dict[str, Any] = {}
    for name, default, of in _attributes_of(value.__class__):
        attribute = getattr(value, name)
        # `0 == False`: only a value of the default's own type is the default.
        if attribute is not default and (attribute != default or type(attribute) is not of):
            attributes[name] = attribute if type(attribute) is str else _plain(attribute)
    return attributes


def _plain(value: object) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in cast("Mapping[str, object]", value).items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in cast("tuple[object, ...]", value)]
    if isinstance(value, Struct):
        return _given(value)
    return value


# ---------------------------------------------------------------- YAML, flow style

# Readable without quotes everywhere: starts with a letter, holds nothing that flow style gives a meaning.
_PLAIN = kept_pattern(r"[A-Za-z][A-Za-z0-9_ ./+%()'-]*(?<! )")
_DATE = kept_pattern(r"\d{4}-\d{2}-\d{2}")
# Words that other readers of YAML take for something else.
_TAKEN = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
# JSON leaves these as they are; YAML forbids them or breaks the line at them.
_UNPRINTABLE = kept_pattern("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def _flow(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return "{" + ", ".join(f"{_text(key)}: {_flow(inner)}" for key, inner in pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in cast("list[Any]", value)) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _TAKEN and isinstance(scalar(text), str):
        return text
    if _DATE.fullmatch(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
