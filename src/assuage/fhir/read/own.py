"""Our own resources: what stands in the extension is what FHIR's elements do not say, and no more.

An entry is what its resource says natively, with the extension laid over it. It is believed only where the
resource that is written of it says the same natively: who changed an element and left the extension is heard, and the
extension not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

from msgspec.structs import replace

from assuage.fhir.extension import ENTRY, extension_values
from assuage.fhir.read.element import ResourcePart, as_map, maps_in
from assuage.fhir.read.readers import READERS
from assuage.fhir.read.reading import FhirReading, NativeFact
from assuage.fhir.write.native import native_resource
from assuage.fhir.write.writing import Writing
from assuage.record.entries import AnyEntry, NoteEntry, Patient, Record
from assuage.record.read import read_entry
from assuage.record.write import entry_to_plain

Plain = dict[str, Any]

_WITHOUT_DAY_0 = Record(Patient("nobody"), ())
# What names other entries: looked up when all of them are together.
_LINKS = frozenset({"id", "about", "replaces", "disputed_with"})
# What is laid on a resource beside what its entry says.
_FILED = frozenset({"id", "meta", "identifier", "extension", "subject", "patient", "for"})


def native_facts(
    resource: Mapping[str, Any], zone: str | None, of: FhirReading | None = None
) -> list[NativeFact]:
    """What a resource says natively, whatever its status; nothing of what was entered in error."""
    name = str(resource.get("resourceType"))
    reader = READERS.get(name)
    if reader is None or entered_in_error(resource):
        return []
    return reader(ResourcePart(resource, name), of or FhirReading(zone=zone))


def entered_in_error(resource: Mapping[str, Any]) -> bool:
    """Whether the resource says of itself that it should never have been."""
    wrong = "entered-in-error"
    if wrong in (resource.get("status"), resource.get("lifecycleStatus")):
        return True
    verified = as_map(resource.get("verificationStatus"))
    return any(each.get("code") == wrong for each in maps_in(verified.get("coding")))


def in_days(fact: NativeFact, day_0: date | None) -> Plain:
    """A fact as an entry would say it, as far as its day is known."""
    plain = dict(fact.plain)
    when = fact.when
    if when.day is not None and when.sure and day_0 is not None:
        plain["day"] = (when.day - day_0).days
        if when.time is not None:
            plain["time"] = when.time
    elif when.first is not None:
        plain["approximate"] = True
    return plain


def beyond(
    entry: AnyEntry, facts: Sequence[NativeFact], day_0: date | None, *, gone: bool, disputed: bool
) -> Plain:
    """What the extension has to say of an entry beside what its resource says natively."""
    plain = entry_to_plain(replace(entry, dated=False), _WITHOUT_DAY_0)
    core = in_days(facts[0], day_0) if facts else {}
    values: Plain = {"place": entry.place}
    values |= {name: value for name, value in plain.items() if not _same(core.get(name), value)}
    left_out = [name for name in core if name not in plain]
    flags = {"not-given": left_out or None, "gone": gone or None, "disputed": disputed or None}
    flags["dated"] = entry.dated or None
    return values | {name: value for name, value in flags.items() if value is not None}


def _same(here: object, there: object) -> bool:
    """Whether two plain values are the same; true is not 1."""
    if isinstance(here, bool) is not isinstance(there, bool):
        return False
    if isinstance(here, dict) and isinstance(there, dict):
        these_values, those_values = cast("Plain", here), cast("Plain", there)
        return these_values.keys() == those_values.keys() and all(
            _same(these_values[key], those_values[key]) for key in these_values
        )
    if isinstance(here, list | tuple) and isinstance(there, list | tuple):
        these, those = cast("list[object]", here), cast("list[object]", there)
        return len(these) == len(those) and all(map(_same, these, those))
    return here == there


class OwnEntry:
    """An entry that our extension gives back: its fields, its place, whether it was withdrawn when it was written."""

    __slots__ = ("dated", "gone", "place", "plain")

    def __init__(self, plain: Plain, place: int, gone: bool, dated: bool) -> None:
        self.plain, self.place, self.gone, self.dated = plain, place, gone, dated


def extension_of(resource: Mapping[str, Any]) -> Plain | None:
    """The values of our extension; None where there is none, or none of ours."""
    for each in maps_in(resource.get("extension")):
        if each.get("url") == ENTRY:
            return extension_values(each)
    return None


def own_entry(
    resource: Mapping[str, Any], facts: Sequence[NativeFact], zone: str | None, day_0: date | None
) -> OwnEntry | None:
    """The entry of a resource of ours; None where its extension is not ours, or speaks of other elements than stand."""
    values = extension_of(resource)
    if values is None:
        return None
    place, gone, disputed = (
        values.pop("place", None),
        values.pop("gone", False),
        values.pop("disputed", False),
    )
    left_out, dated = values.pop("not-given", []), values.pop("dated", False)
    if not isinstance(place, int) or not isinstance(left_out, list):
        return None
    # What was entered in error says nothing natively, also where somebody else said so after us.
    core = in_days(facts[0], day_0) if facts else {}
    plain = {name: value for name, value in core.items() if name not in left_out} | values
    entry = _alone(plain)
    if entry is None:
        return None
    at = frozenset({entry.place})
    of = Writing(
        day_0=day_0, zone=zone, gone=at if gone else frozenset(), disputed=at if disputed else frozenset()
    )
    written = native_resource(entry, of)
    if _natively(written) == _natively(resource):
        return OwnEntry(plain, place, bool(gone), bool(dated))
    again = native_facts(written, zone)
    if [_compared(each, day_0) for each in again] != [_compared(each, day_0) for each in facts]:
        return None
    return OwnEntry(plain, place, bool(gone), bool(dated))


def _natively(resource: Mapping[str, Any]) -> Plain:
    """What a resource says, without whose it is and how it is filed."""
    return {name: value for name, value in resource.items() if name not in _FILED}


def _alone(plain: Plain) -> AnyEntry | None:
    """An entry, read without the others; None where it is none. What a withdrawal withdraws is taken to be there."""
    named = plain.get("of")
    before = _WITHOUT_DAY_0
    if isinstance(named, str):
        before = replace(before, entries=(NoteEntry(place=0, day=0, id=named, text=named),))
    return read_entry(before, {name: each for name, each in plain.items() if name not in _LINKS})[0]


def _compared(fact: NativeFact, day_0: date | None) -> object:
    """What a fact says, with its range of days, so that a changed month is seen."""
    when = fact.when
    return in_days(fact, day_0), (None, None) if when.day else (when.first, when.last)


def date_of_day(day: int, day_0: date) -> date:
    """The date of a day of a record."""
    return day_0 + timedelta(days=day)
