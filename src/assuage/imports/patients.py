"""The entries of one patient as the rows of a diary come in: answers are put together, and a later row stands.

Where two rows say something else of one measure at one moment, the later row of the file stands and the other value is
told of. What happened (a session, a dose, a note) is no measure: each row is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from assuage.catalogue.message import message
from assuage.imports.accounts import Accounts
from assuage.terms.names import spaced


class CellAt(NamedTuple):
    """Where a value of an entry stands: the row, the header, the cell."""

    row: int
    header: str
    cell: str


@dataclass
class PlainEntry:
    """An entry as plain values, the row it came from, and the cells of its fields."""

    plain: dict[str, Any]
    row: int
    cells: dict[str, CellAt]
    dropped: bool = False


_WHEN = ("day", "date", "time", "by")


@dataclass
class PatientEntries:
    """Entries of one patient in the order of the rows."""

    starts_on: date | None = None
    entries: list[PlainEntry] = field(default_factory=list[PlainEntry])
    used: set[int] = field(default_factory=set[int])
    asked: dict[tuple[object, str], int] = field(default_factory=dict[tuple[object, str], int])
    _standing: dict[tuple[object, ...], list[PlainEntry]] = field(
        default_factory=dict[tuple[object, ...], list[PlainEntry]]
    )

    _done: dict[tuple[object, ...], list[int]] = field(default_factory=dict[tuple[object, ...], list[int]])
    _denied: dict[tuple[object, ...], list[PlainEntry]] = field(
        default_factory=dict[tuple[object, ...], list[PlainEntry]]
    )

    def add(self, entry: PlainEntry) -> None:
        """Take in an entry as it is."""
        self.entries.append(entry)

    def take(self, entry: PlainEntry, title: str, accounts: Accounts) -> None:
        """Take in an entry of a measure or an event; what another row of the same moment said is settled."""
        if entry.plain["kind"] == "answers":
            self._answers(entry, title, accounts)
            return
        if self._denied_and_done(entry, title, accounts):
            return
        measure = _measure_of(entry.plain)
        key = None if measure is None else (*(entry.plain.get(name) for name in _WHEN), *measure)
        standing = [] if key is None else self._standing.setdefault(key, [])
        others = [each for each in standing if each.row != entry.row]
        if any(each.plain == entry.plain for each in others):
            accounts.leave(entry.row, title, message("left-out.said-twice"))
            return
        for other in others:
            accounts.leave(other.row, title, message("left-out.said-otherwise"))
            other.dropped = True
            standing.remove(other)
        standing.append(entry)
        self.entries.append(entry)

    def _answers(self, entry: PlainEntry, title: str, accounts: Accounts) -> None:
        """Items of one instrument at one moment are one entry; of an item that stands twice the later one stays."""
        plain = entry.plain
        key = (*(plain.get(name) for name in _WHEN), "answers", plain["instrument"])
        standing = self._standing.setdefault(key, [])
        before = standing[0] if standing else None
        same_row = before is not None and any(
            before.cells[f"items.{item}"].row == entry.row
            for item in plain["items"]
            if item in before.plain["items"]
        )
        if before is None or same_row:
            standing.append(entry)
            self.entries.append(entry)
            return
        for item, answer in plain["items"].items():
            place = f"items.{item}"
            if item not in before.plain["items"]:
                pass
            elif before.plain["items"][item] == answer:
                accounts.leave(entry.row, title, message("left-out.said-twice"))
                continue
            else:
                accounts.leave(before.cells[place].row, title, message("left-out.said-otherwise"))
            before.plain["items"][item] = answer
            before.cells[place] = entry.cells[place]

    def _denied_and_done(self, entry: PlainEntry, title: str, accounts: Accounts) -> bool:
        """Whether the entry says no to what another row of its moment says was done: that it was done stands."""
        named, done = _event_of(entry.plain)
        if named is None:
            return False
        key = (*(entry.plain.get(name) for name in _WHEN), named)
        if not done:
            others = [row for row in self._done.get(key, ()) if row != entry.row]
            if others:
                accounts.leave(entry.row, title, message("left-out.said-done"))
                return True
            self._denied.setdefault(key, []).append(entry)
            return False
        self._done.setdefault(key, []).append(entry.row)
        for denial in self._denied.pop(key, ()):
            if denial.row != entry.row:
                accounts.leave(denial.row, title, message("left-out.said-done"))
                denial.dropped = True
        return False

    def ask_nothing(self, day: object, name: str, row: int) -> None:
        """Take down that a row of that day did not ask about something."""
        self.asked.setdefault((day, name), row)

    def _not_asked(self, by: str) -> Iterator[PlainEntry]:
        """An entry for each day that says something, and nothing of what it did not ask about."""
        known: set[tuple[object, str]] = set()
        days: dict[object, dict[str, Any]] = {}
        for entry in self.entries:
            when = {name: entry.plain[name] for name in ("day", "date") if name in entry.plain}
            day = next(iter(when.values()), None)
            days.setdefault(day, when)
            named = entry.plain.get("name") if entry.plain["kind"] == "exposure" else None
            named = entry.plain.get("what") if entry.plain["kind"] == "therapy" else named
            if named is not None:
                known.add((day, spaced(named)))
        for (day, name), row in self.asked.items():
            if day in days and (day, spaced(name)) not in known:
                plain = days[day] | {"by": by, "kind": "exposure", "name": name, "state": "not_asked"}
                yield PlainEntry(plain, row, {"": CellAt(row, "", "")})

    def settle(self, by: str) -> None:
        """Let go of what a later row said otherwise, and add what was not asked, in the order of the rows."""
        self.entries = [entry for entry in self.entries if not entry.dropped]
        self.used = self._used_rows()
        self.entries = sorted([*self.entries, *self._not_asked(by)], key=lambda entry: entry.row)

    def _used_rows(self) -> set[int]:
        """The rows of which something stands in an entry."""
        rows: set[int] = set()
        for entry in self.entries:
            items = {at.row for name, at in entry.cells.items() if name.startswith("items.")}
            rows |= items or {entry.row}
        return rows


def _measure_of(plain: dict[str, Any]) -> tuple[object, ...] | None:
    """What a value is of, so that a moment has one of it; None for what happened, and may happen twice."""
    match plain["kind"]:
        case "score":
            sites = plain.get("sites") or [plain.get("site")]
            return ("score", plain["scale"], *sorted(str(site) for site in sites))
        case "symptom":
            return ("symptom", spaced(plain["what"]), plain.get("site"))
        case "finding" | "measurement" as kind:
            return (kind, spaced(plain["what"]))
        case "exposure" | "rating" as kind:
            return (kind, spaced(plain["name"]))
        case _:
            return None


def _event_of(plain: dict[str, Any]) -> tuple[str | None, bool]:
    """The name of a session or dose, or of what was not there, and whether it was; None for everything else."""
    match plain["kind"]:
        case "therapy":
            return spaced(plain["what"]), True
        case "intake":
            return spaced(plain["drug"]), True
        case "exposure" if plain.get("state") == "absent":
            return spaced(plain["name"]), False
        case _:
            return None, False
