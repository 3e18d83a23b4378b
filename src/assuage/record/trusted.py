"""Reading what was checked once: the record of stored values that this program wrote itself.

Nothing is examined here and nothing is refused: no field, no name, no contradiction. Values that anybody else may have
touched are read by `assuage.record.read`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, cast, get_args, get_type_hints

from msgspec import NODEFAULT
from msgspec.structs import fields

from assuage.record.care_entries import ReferenceRange
from assuage.record.doses import Dose, Ingredient, Needle
from assuage.record.entries import AnyEntry, Patient, Record
from assuage.record.fields import minute_of_time
from assuage.record.kinds import KINDS


def trusted(rows: Mapping[str, object]) -> Record:
    """The record of the plain values that `write.to_plain` made of a record, as they are or read back from JSON.

    The same as `read.parse_record`, in a few microseconds an entry. Only for values that were checked when they were
    added (`record.append`) and carry the proof of it, such as their hash: of any others what comes back is undefined.
    """
    top = cast("dict[str, Any]", rows)
    starts_on = None if top.get("starts_on") is None else date.fromisoformat(top["starts_on"])
    return Record(
        patient=Patient(**top["patient"]),
        entries=tuple(_entry(place, plain, starts_on) for place, plain in enumerate(top["entries"])),
        starts_on=starts_on,
        pathway=top.get("pathway"),
        zone=top.get("zone"),
    )


def _entry(place: int, plain: Mapping[str, Any], starts_on: date | None) -> AnyEntry:
    makes, blank, fields_of = _shape(plain["kind"])
    values = {**blank, "place": place}
    for name, given in plain.items():
        if name in fields_of:
            attribute, convert = fields_of[name]
            values[attribute] = given if convert is None else convert(given)
    if "date" in plain:
        assert starts_on is not None
        values["day"], values["dated"] = (date.fromisoformat(plain["date"]) - starts_on).days, True
    if (time := values.get("time")) is not None:
        values["minute"] = _minute_of(time)
    return cast("AnyEntry", makes(**values))


_minute_of = lru_cache(maxsize=1440)(minute_of_time)  # a diary is filled in at the same few times

Made = Callable[[Any], Any] | None


@cache
def _shape(kind: str) -> tuple[type[Any], Mapping[str, Any], Mapping[str, tuple[str, Made]]]:
    """What a kind makes, the values it needs where nothing is given, and each field's attribute and how it is made."""
    makes = KINDS[kind].makes
    needed = [each.name for each in fields(makes) if each.default is each.default_factory is NODEFAULT]
    numbers = _numbers_of(makes)
    into = {each.name: each.into for each in KINDS[kind].fields if each.name != "date"}
    shape = {
        name: (attribute, float if attribute in numbers else _MADE.get(name))
        for name, attribute in into.items()
    }
    if "sites" in makes.__struct_fields__:
        shape["site"] = ("sites", lambda given: (given,))
    return makes, MappingProxyType(dict.fromkeys(needed)), MappingProxyType(shape)


@cache
def _numbers_of(makes: type) -> frozenset[str]:
    """The attributes that are numbers with a fraction, or none."""
    kinds = get_type_hints(makes)
    return frozenset(name for name, kind in kinds.items() if set(get_args(kind) or (kind,)) in _A_NUMBER)


_A_NUMBER = ({float}, {float, type(None)})


def _value(make: type[Any]) -> Callable[[Mapping[str, Any]], Any]:
    numbers = _numbers_of(make)
    return lambda given: make(
        **{name: float(each) if name in numbers else each for name, each in given.items()}
    )


def _values(make: type[Any]) -> Callable[[Sequence[Mapping[str, Any]]], tuple[Any, ...]]:
    value = _value(make)
    return lambda given: tuple(value(each) for each in given)


def _names(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _share(given: float | Sequence[float]) -> tuple[float, float]:
    low, high = (given, given) if isinstance(given, int | float) else given
    return (float(low), float(high))


# What is made of the fields that are neither text nor a number.
_MADE: dict[str, Callable[[Any], Any]] = {
    "sites": tuple,
    "suspected": tuple,
    "disputed_with": _names,
    "doses": _values(Dose),
    "mixture": _values(Ingredient),
    "needle": _value(Needle),
    "range": _value(ReferenceRange),
    "response_percent": _share,
    "taken": lambda given: given if isinstance(given, bool) else float(given),
}
