"""Where each field of each kind of entry goes in FHIR, and what is lost there without our extension.

Nothing of it is written down: a specimen of the kind is written and read back, once as it is and once without the field
or with another value of it, and the two are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from assuage.fhir.read.own import beyond, native_facts
from assuage.fhir.specimens import COMMON_VALUES, OTHERWISE, SPECIMENS
from assuage.fhir.write.native import native_resource
from assuage.fhir.write.writing import Writing
from assuage.record.entries import AnyEntry, NoteEntry, Patient, Record
from assuage.record.kind import COMMON
from assuage.record.kinds import KINDS
from assuage.record.read import read_entry

Plain = dict[str, Any]
# `kept`: FHIR's own elements give it back. `told`: they say it, in words or in part, and it does not come back as it
# was. `extension`: our extension alone has it.
Fate = Literal["kept", "told", "extension"]

_DAY_0, _ZONE = date(2026, 1, 5), "Europe/Vilnius"
_EARLIER = ("e1", "e2")
_BEFORE = Record(
    Patient("nobody"),
    tuple(NoteEntry(place=at, day=0, id=name, text=name, by="clinician") for at, name in enumerate(_EARLIER)),
    starts_on=_DAY_0,
    zone=_ZONE,
)
_MOST_NAMED = 3  # elements by their whole names (ours)
_POSITION = re.compile(r"\[\d+\]")


class MappedField(Struct, frozen=True):
    """A field of a kind of entry: the elements that say it, and what becomes of it without our extension."""

    kind: str
    resource: str
    field: str
    elements: tuple[str, ...]
    fate: Fate

    @property
    def where(self) -> tuple[str, ...]:
        """The elements that matter: none of those inside another, no display names; of many the first names."""
        plain = [each for each in self.elements if not each.endswith(".display")]
        outer = [each for each in plain if not any(each.startswith(f"{other}.") for other in plain)]
        return tuple(
            outer if len(outer) <= _MOST_NAMED else dict.fromkeys(e.partition(".")[0] for e in outer)
        )


@cache
def mapped_fields() -> tuple[MappedField, ...]:
    """Every own field of every kind, in the order of the record's tables."""
    return tuple(
        _mapped(_specimen_with(kind.name, field.name), field.name)
        for kind in KINDS.values()
        for field in kind.specific
    )


@cache
def mapped_common_fields() -> tuple[MappedField, ...]:
    """The fields that every kind has, for each kind."""
    return tuple(
        _mapped(_specimen_with(kind, None) | {field.name: COMMON_VALUES[field.name]}, field.name)
        for field in COMMON
        for kind in KINDS
    )


def _specimen_with(kind: str, field: str | None) -> Plain:
    """The first specimen of a kind that has the field."""
    return dict(next(each for each in SPECIMENS if each["kind"] == kind and (field is None or field in each)))


def _mapped(specimen: Plain, field: str) -> MappedField:
    kind = specimen["kind"]
    entry = _read(specimen)
    of = Writing(day_0=_DAY_0, zone=_ZONE)
    resource = native_resource(entry, of)
    other = native_resource(_read(_without(specimen, field)), of)
    changed = dict.fromkeys(_POSITION.sub("", place) for place in _differing(resource, other, ""))
    facts = native_facts(resource, _ZONE)
    left = beyond(entry, facts, _DAY_0, gone=False, disputed=False)
    # Whether it was a date or a day that was written is a word of the record's alone: the day is what counts.
    is_lost = ("day" if field == "date" else field) in left
    fate: Fate = "kept" if not is_lost else "told" if changed else "extension"
    return MappedField(kind, resource["resourceType"], field, tuple(changed), fate)


def _without(specimen: Plain, field: str) -> Plain:
    """The specimen with another value of the field, or else without it."""
    if field in ("day", "date"):
        return {key: each for key, each in specimen.items() if key not in ("day", "date")} | {"day": 4}
    if field == "by":
        return specimen | {"by": "device"}
    other = OTHERWISE.get((specimen["kind"], field))
    if (specimen["kind"], field) == ("answers", "instrument"):
        return {"kind": "answers", "instrument": other, "items": {"sleep": 1}}
    rest = {key: each for key, each in specimen.items() if key != field}
    return rest if other is None else rest | {field: other}


def _read(specimen: Plain) -> AnyEntry:
    plain = specimen if "date" in specimen else {"day": 3, **specimen}
    entry, problems = read_entry(_BEFORE, plain)
    if entry is None:
        raise ValueError(f"{specimen}: {problems}")
    return replace(entry, place=len(_EARLIER))


def _differing(here: object, there: object, place: str) -> Iterator[str]:
    """The places at which two plain values differ: elements, without the name of the resource."""
    if isinstance(here, dict) and isinstance(there, dict):
        these, those = cast("Mapping[str, object]", here), cast("Mapping[str, object]", there)
        for key in dict.fromkeys((*these, *those)):
            if key not in these or key not in those:
                yield f"{place}.{key}".lstrip(".")
            else:
                yield from _differing(these[key], those[key], f"{place}.{key}".lstrip("."))
    elif isinstance(here, list) and isinstance(there, list):
        first, second = cast("list[object]", here), cast("list[object]", there)
        if len(first) != len(second):
            yield place
        for before, after in zip(first, second, strict=False):
            yield from _differing(before, after, place)
    elif here != there:
        yield place
