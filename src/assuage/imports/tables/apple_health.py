"""An export of Apple Health becomes one table, a row a day and kind or a row a record, in bounded memory.

The file may be of any size: it is read in pieces, and of most records only a count or a sum of the day stays. Its
document type is cut off before it is parsed, so that no entity can be declared, and nothing outside is ever opened.
(Exports of some versions have a document type that no parser takes, too.)

What may be summed is summed by day and by device: a watch and a telephone both count steps, and Apple alone knows
which of them stood still, so they are never added up. Names of devices are numbers here; people name them after
themselves. Source of the names: HealthKit's identifiers as they stand in exports, see `shapes/apple_health.toml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from assuage.catalogue.message import message
from assuage.imports.foreign import DiaryRow
from assuage.imports.tables.archive import archive, member_bytes
from assuage.imports.tables.source import SkippedPart, SourceTable, parser_without_entities, unreadable

HEADERS = ("date", "time", "name", "value", "unit", "note")
_ROOT = b"<HealthData"
_LONGEST_START = 1_000_000  # bytes in which the document begins; a document type has some ten thousand
_MOST_UNPACKED = 16_000_000_000  # of export.xml within a zip; an export of ten years has about a tenth
_MOST_ROWS = 500_000  # of records that are kept one by one
# Ours: of sums by day and device, nights and kinds that are counted, a hundred in use for decades.
_MOST_KINDS = 2_000_000
# Ours, in bytes: the parser holds an element whole, and a record has some hundreds.
_LONGEST_ELEMENT = 4_000_000
_CHUNK = 1 << 20
_QUANTITY, _CATEGORY = "HKQuantityTypeIdentifier", "HKCategoryTypeIdentifier"
_SLEEP = "SleepAnalysis"
_ASLEEP = "HKCategoryValueSleepAnalysisAsleep"
_SUMMED = frozenset(
    ("StepCount", "DistanceWalkingRunning", "FlightsClimbed", "ActiveEnergyBurned", "AppleExerciseTime")
)
_ONE_BY_ONE = frozenset(
    (
        *("RestingHeartRate", "HeartRateVariabilitySDNN", "BodyMass", "BodyTemperature", "OxygenSaturation"),
        *("BloodPressureSystolic", "BloodPressureDiastolic", "DietaryCaffeine"),
    )
)
_SEVERITY = "HKCategoryValueSeverity"
_EVENING = 18  # sleep that ends at this hour or later belongs to the night before the next day
# Control characters that XML has not, which names of devices in some exports hold.
_NOT_IN_XML = bytes(code for code in range(32) if code not in (9, 10, 13))


class _Day(NamedTuple):
    name: str
    device: str
    on: str
    unit: str


@dataclass
class _Health:
    """What is kept of an export while it goes by."""

    sums: dict[_Day, float] = field(default_factory=dict[_Day, float])
    sleep: dict[tuple[str, str], list[tuple[datetime, datetime]]] = field(
        default_factory=dict[tuple[str, str], list[tuple[datetime, datetime]]]
    )
    rows: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    left: Counter[str] = field(default_factory=Counter[str])
    odd: Counter[str] = field(default_factory=Counter[str])
    within: int = 0
    nights: int = 0

    @property
    def too_much(self) -> bool:
        """Whether more different things are kept than an export can have, so that memory would grow without end."""
        return len(self.sums) + len(self.left) + len(self.odd) + self.nights > _MOST_KINDS

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """One element begins. Records within a correlation stand outside of it once more."""
        if element == "Record":
            if not self.within:
                self._record(attributes)
        elif element == "Correlation":
            self.within += 1
        elif element == "Workout":
            self._workout(attributes)
        elif element == "ActivitySummary":
            self.left[element] += 1

    def end(self, element: str) -> None:
        """One element ends."""
        if element == "Correlation":
            self.within -= 1

    def _record(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "")
        if kind.startswith(_QUANTITY):
            name = kind[len(_QUANTITY) :]
            if name in _SUMMED:
                self._add(name, attributes)
            elif name in _ONE_BY_ONE:
                self._keep(name, attributes, attributes.get("value", ""), attributes.get("unit", ""))
            else:
                self.left[name] += 1
        elif kind.startswith(_CATEGORY):
            name, value = kind[len(_CATEGORY) :], attributes.get("value", "")
            if name == _SLEEP:
                self._asleep(value, attributes)
            elif value.startswith(_SEVERITY):
                self._keep(name, attributes, value[len(_SEVERITY) :], "")
            else:
                self.left[name] += 1
        else:
            self.left[kind or "Record"] += 1

    def _add(self, name: str, attributes: dict[str, str]) -> None:
        start = attributes.get("startDate", "")
        try:
            value = float(attributes["value"])
        except (KeyError, ValueError):
            value = float("nan")
        if value != value or len(start) < 10:
            self.odd[name] += 1
            return
        day = _Day(name, attributes.get("sourceName", ""), start[:10], attributes.get("unit", ""))
        self.sums[day] = self.sums.get(day, 0.0) + value

    def _keep(self, name: str, attributes: dict[str, str], value: str, unit: str) -> None:
        start = attributes.get("startDate", "")
        if len(start) < 16 or not value:
            self.odd[name] += 1
            return
        if len(self.rows) >= _MOST_ROWS:
            self.left[name] += 1
            return
        row = {"date": start[:10], "time": start[11:16], "name": name, "value": value, "unit": unit}
        self.rows.append(row)

    def _workout(self, attributes: dict[str, str]) -> None:
        name = "Workout " + attributes.get("workoutActivityType", "").removeprefix("HKWorkoutActivityType")
        self._keep(name, attributes, attributes.get("duration", ""), attributes.get("durationUnit", ""))

    def _asleep(self, value: str, attributes: dict[str, str]) -> None:
        """An interval asleep; time in bed and awake is left out, and counted."""
        if not value.startswith(_ASLEEP):
            self.left[f"{_SLEEP} {value.removeprefix('HKCategoryValueSleepAnalysis')}"] += 1
            return
        begins, ends = _moment(attributes.get("startDate", "")), _moment(attributes.get("endDate", ""))
        if begins is None or ends is None or ends <= begins:
            self.odd[_SLEEP] += 1
            return
        on = ends.date() + timedelta(days=1) if ends.hour >= _EVENING else ends.date()
        self.nights += 1
        self.sleep.setdefault((attributes.get("sourceName", ""), on.isoformat()), []).append((begins, ends))


def apple_health_table(path: Path) -> SourceTable:
    """The table of an export, out of `export.xml` or the zip that it comes in. Raises `Problems`."""
    health = _Health()
    if path.suffix.lower() == ".zip":
        with archive(path) as opened:
            member = health_member(opened.namelist())
            assert member is not None, "asked before"
            with opened.open(member) as stream:
                _read(member_bytes(stream, _MOST_UNPACKED), health, path.name)
    else:
        with path.open("rb") as stream:
            _read(iter(lambda: stream.read(_CHUNK), b""), health, path.name)
    return _table(health, path.name)


def health_member(names: Iterable[str]) -> str | None:
    """The member of a zip that is an export of Apple Health; None where there is none."""
    return next(
        (name for name in sorted(names, key=len) if name.split("/")[-1] in ("export.xml", "Export.xml")), None
    )


def begins_like_health(start: bytes) -> bool:
    """Whether a file begins like an export of Apple Health."""
    return _ROOT in start or b"DOCTYPE HealthData" in start


def _read(pieces: Iterator[bytes], health: _Health, name: str) -> None:
    parser = parser_without_entities("UTF-8")
    parser.buffer_text = True
    parser.StartElementHandler = health.start
    parser.EndElementHandler = health.end
    start = b""
    try:
        for piece in pieces:
            start += piece
            at = start.find(_ROOT)
            if at >= 0:
                parser.Parse(start[at:].translate(None, _NOT_IN_XML), False)
                break
            if len(start) > _LONGEST_START:
                raise unreadable(name, message("tables.no-health-data"))
        else:
            raise unreadable(name, message("tables.no-health-data"))
        del start
        # Counted from where the document begins, as the parser counts.
        given = 0
        for piece in pieces:
            plain = piece.translate(None, _NOT_IN_XML)
            parser.Parse(plain, False)
            given += len(plain)
            if given - parser.CurrentByteIndex > _LONGEST_ELEMENT or health.too_much:
                raise unreadable(name, message("tables.health-endless"))
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        broken = message("tables.broken-xml", error=expat.errors.messages.get(error.code, str(error.code)))
        raise unreadable(name, broken, f"row {error.lineno}") from None


def _table(health: _Health, name: str) -> SourceTable:
    devices = {
        each: {device: number for number, device in enumerate(sorted(by), start=1)}
        for each, by in _devices(health).items()
    }

    def named(kind: str, device: str) -> str:
        numbers = devices[kind]
        return kind if len(numbers) == 1 else f"{kind} (device {numbers[device]})"

    rows = [
        {"date": day.on, "name": named(day.name, day.device), "value": f"{total:.10g}", "unit": day.unit}
        for day, total in health.sums.items()
    ]
    rows += [
        {"date": on, "name": named(_SLEEP, device), "value": str(_minutes(times)), "unit": "min"}
        for (device, on), times in health.sleep.items()
    ]
    rows += health.rows
    rows.sort(key=lambda row: (row["date"], row.get("time", ""), row["name"]))
    numbered = tuple(
        DiaryRow(at, {header: row.get(header, "") for header in HEADERS})
        for at, row in enumerate(rows, start=1)
    )
    left = tuple(
        SkippedPart(kind, message("tables.health-not-read"), count)
        for kind, count in health.left.most_common()
    )
    odd = tuple(
        SkippedPart(kind, message("tables.health-odd"), count) for kind, count in health.odd.most_common()
    )
    several = sorted(kind for kind, numbers in devices.items() if len(numbers) > 1)
    notices = (message("tables.health-devices", kinds=tuple(several)),) if several else ()
    return SourceTable(name, "xml", HEADERS, numbered, 1, notices=notices, skipped=(*left, *odd))


def _devices(health: _Health) -> dict[str, set[str]]:
    """The devices that recorded each kind which is put together by day."""
    by_kind: dict[str, set[str]] = {}
    for day in health.sums:
        by_kind.setdefault(day.name, set()).add(day.device)
    for device, _ in health.sleep:
        by_kind.setdefault(_SLEEP, set()).add(device)
    return by_kind


def _minutes(times: list[tuple[datetime, datetime]]) -> int:
    """The minutes that the intervals cover, each moment once."""
    covered = timedelta()
    until, _ = min(times)
    for begins, ends in sorted(times):
        if ends > until:
            covered += ends - max(begins, until)
            until = ends
    return round(covered.total_seconds() / 60)


def _moment(text: str) -> datetime | None:
    """The local time of `2016-04-18 08:25:32 -0700`: the clock of the person, without its offset."""
    try:
        date.fromisoformat(text[:10])
        return datetime.fromisoformat(text[:19])
    except ValueError:
        return None
