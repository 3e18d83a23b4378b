"""What was read of FHIR becomes a record, or is added to one: the same resources twice change nothing.

A resource that changed is a correction of the entry that stands; one that was entered in error withdraws it; an older
version than what stands is passed over. What cannot be added is told, and nothing else is changed by that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

import orjson
from msgspec import Struct

from assuage.catalogue.message import message
from assuage.errors import Problems
from assuage.fhir.read.resources import ReadResources
from assuage.fhir.report import ReportLine
from assuage.record.append import Disputed, Refused, append
from assuage.record.entries import AnyEntry, Record
from assuage.record.read import parse_record
from assuage.record.write import entry_to_plain

Plain = dict[str, Any]


class Joined(Struct, frozen=True):
    """The record, what was said on the way, and how many entries came in, stood there already, or were withdrawn."""

    record: Record
    lines: tuple[ReportLine, ...] = ()
    added: int = 0
    unchanged: int = 0
    withdrawn: int = 0


def record_of(read: ReadResources) -> Joined:
    """A record of its own of what was read."""
    try:
        record = parse_record(read.document)
    except Problems:
        # Two sources that contradict each other, or a value that a record refuses: entry by entry.
        blank = parse_record({**read.document, "entries": list[Plain]()})
        return joined_to(blank, read)
    return Joined(record, (), len(record.entries))


def joined_to(record: Record, read: ReadResources) -> Joined:
    """The record with what was read of it at its end."""
    return _Joining(record).all_of(read)


class _Joining:
    def __init__(self, record: Record) -> None:
        self.record = record
        self.lines: list[ReportLine] = []
        self.added = self.unchanged = self.withdrawn = 0
        self.stands: dict[str, list[AnyEntry]] = {}
        self.parts: dict[str, dict[str, None]] = {}  # the addresses in each resource, in their order
        self.bare_texts: set[bytes] = set()
        self.taken: set[str | None] = set()
        for entry in record.entries:
            self._note(entry)

    def _note(self, entry: AnyEntry) -> None:
        address = _address(entry.id)
        self.stands.setdefault(address, []).append(entry)
        self.parts.setdefault(_resource(address), {})[address] = None
        self.taken.add(entry.id)
        self.bare_texts.add(_bare_text(entry_to_plain(entry, self.record)))

    def all_of(self, read: ReadResources) -> Joined:
        """Everything, in the order in which it was read; withdrawals last."""
        for plain in read.entries:
            self._entry(self._in_its_calendar(dict(plain), read))
        for name in read.withdrawn:
            self._withdraw(name)
        return Joined(self.record, tuple(self.lines), self.added, self.unchanged, self.withdrawn)

    def _in_its_calendar(self, plain: Plain, read: ReadResources) -> Plain:
        """An entry that counts its days from another day 0, in days of this record."""
        if "day" in plain and read.starts_on is not None and self.record.starts_on is not None:
            plain["day"] += (read.starts_on - self.record.starts_on).days
        return plain

    def _entry(self, plain: Plain) -> None:
        name = plain.get("id")
        if not isinstance(name, str) or "/" not in name:
            self._of_our_own(plain, name)
            return
        standing = self._standing(name)
        if standing is None:
            self._append(plain, name)
            return
        if _bare(entry_to_plain(standing, self.record)) == _bare(plain):
            self.unchanged += 1
            return
        if any(
            entry.id == name and _bare(entry_to_plain(entry, self.record)) == _bare(plain)
            for entry in self._all(name)
        ):
            self.unchanged += 1  # it was read before, and corrected since
            return
        if _order(name, plain) < _order(str(standing.id), entry_to_plain(standing, self.record)):
            self.lines.append(ReportLine(name, "(entry)", message("fhir-import.older"), "told"))
            return
        number = 2
        while name in self.taken:
            name = f"{plain['id']}~{number}"
            number += 1
        self._append(plain | {"id": name, "replaces": standing.id}, name)

    def _of_our_own(self, plain: Plain, name: object) -> None:
        """An entry that came back: it stands already, or is new."""
        if _bare_text(plain) in self.bare_texts:
            self.unchanged += 1
        else:
            self._append(plain, str(name or ""))

    def _all(self, name: str) -> list[AnyEntry]:
        return self.stands.get(_address(name), [])

    def _standing(self, name: str) -> AnyEntry | None:
        return next((entry for entry in reversed(self._all(name)) if self.record.stands(entry)), None)

    def _append(self, plain: Plain, name: str) -> bool:
        match append(self.record, plain):
            case Refused(problems):
                for problem in problems:
                    self.lines.append(
                        ReportLine(name, "(entry)", message("fhir-import.refused", why=problem.message))
                    )
                return False
            case Disputed(record, _, why):
                self.record = record
                self.lines.append(
                    ReportLine(name, "(entry)", message("fhir-import.disputed", why=why), "told")
                )
            case Record() as record:
                self.record = record
        self.added += 1
        self._note(self.record.entries[-1])
        return True

    def _withdraw(self, name: str) -> None:
        """Every version of a resource: what a withdrawn correction replaced would stand again."""
        tried: set[str | None] = set()
        while standing := [entry for entry in self._of_resource(name) if entry.id not in tried]:
            for entry in standing:
                tried.add(entry.id)
                self._void(entry)

    def _of_resource(self, name: str) -> Iterator[AnyEntry]:
        """The entries that stand of a resource, or of a part of it."""
        matter = _address(name)
        for address in self.parts.get(_resource(matter), {}):
            if address == matter or address.startswith(f"{matter}#"):
                yield from (
                    entry
                    for entry in self.stands[address]
                    if entry.id is not None and self.record.stands(entry)
                )

    def _void(self, entry: AnyEntry) -> None:
        plain = entry_to_plain(entry, self.record)
        when = {key: plain[key] for key in ("day", "date") if key in plain}
        void = {**when, "kind": "void", "of": entry.id, "because": "entered-in-error", "by": entry.by}
        void |= {"role": "import", "source": "fhir"}
        before = self.added
        if self._append(void, str(entry.id)):
            self.withdrawn += 1
        self.added = before


def _address(name: str | None) -> str:
    """The resource and the part of it that an entry came from, whatever the version."""
    if name is None:
        return ""
    base, _, rest = name.partition("/_history/")
    part = rest.partition("#")[1:] if rest else ("", "")
    return base.partition("~")[0] + "".join(part).partition("~")[0]


def _resource(address: str) -> str:
    """The resource of an address; the name of one that has no id begins with `#`."""
    part = address.find("#", address.find("/#") + 2)
    return address if part < 0 else address[:part]


def _order(name: str, plain: Mapping[str, Any]) -> tuple[int, str]:
    """Sorts versions of one resource: by the version, and by when it was written."""
    version = name.partition("/_history/")[2].partition("#")[0].partition("~")[0]
    return int(version) if version.isdecimal() and len(version) < 18 else -1, str(plain.get("entered", ""))


def _bare_text(plain: Mapping[str, Any]) -> bytes:
    """The same as one text, in which whole numbers are alike with a point and without."""
    return orjson.dumps(_whole(_bare(plain)), option=orjson.OPT_SORT_KEYS)


def _whole(value: Any) -> Any:
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {key: _whole(each) for key, each in cast("Plain", value).items()}
        case list() | tuple():
            return [_whole(each) for each in cast("list[Any]", value)]
        case _:
            return value


def _bare(plain: Mapping[str, Any]) -> Plain:
    """An entry without what differs from one import to the next."""
    return {
        key: value
        for key, value in plain.items()
        if key not in ("replaces", "entered", "id", "disputed_with")
    }
