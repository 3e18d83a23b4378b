"""A document becomes a `Record`, or all its problems at once, each with its place and the remedy.

Nothing is clipped, guessed or dropped. Values and vocabularies are in `fields` and `kinds`, contradictions
between entries in `contradictions`; this module walks the document and puts the record together.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args
from zoneinfo import available_timezones

from assuage.catalogue.message import Message, message
from assuage.errors import InputError, Problem, Problems
from assuage.patterns import kept_pattern
from assuage.record import fields as f
from assuage.record.age import contradicts_age
from assuage.record.contradictions import contradictions
from assuage.record.csv_table import is_diary
from assuage.record.document import Format, load, parse
from assuage.record.entries import AnyEntry, FindingEntry, Patient, Record, Sex
from assuage.record.entry import FIRST_FORMAT, FORMAT, FORMATS, VoidEntry
from assuage.record.kind import COMMON, Kind
from assuage.record.kinds import KINDS, MISSING
from assuage.record.places import NO_LINES, WHOLE, Document, Lines
from assuage.record.settling import settled_with
from assuage.record.standing import disputes_of, foreign_corrections, replaced_ids, withdrawn_ids
from assuage.record.trusted import trusted as trusted
from assuage.terms.scales import SCALES

_EXAMPLE = "{day: 0, kind: score, scale: pain, value: 4}"


def _format(value: object, place: str, say: f.Say) -> Any:
    if value in FORMATS:
        return value
    say(place, message("record.not-the-format", format=FORMAT, is_=f.shown(value)))
    return f.BAD


def _entries(value: object, place: str, say: f.Say) -> Any:
    if isinstance(value, list):
        return cast("list[object]", value)
    say(place, message("record.entries-not-a-list", is_=f.kind_of_value(value)))
    return f.BAD


def time_zone(value: object, place: str, say: f.Say) -> Any:
    """A time zone by its IANA name, such as Europe/Vilnius."""
    if isinstance(value, str) and value in zone_names():
        return value
    say(place, message("record.not-a-zone", is_=f.shown(value)))
    return f.BAD


@cache
def zone_names() -> frozenset[str]:
    """The names of the IANA data base; a machine's own zone and the placeholder of a fresh one are no names of it."""
    return frozenset(available_timezones() - {"localtime", "Factory", "posixrules"})


def _kept(value: object, _place: str, _say: f.Say) -> Any:
    return value


_TOP = (
    f.Field("format", _format, required=True, example=f"format: {FORMAT}"),
    f.Field("patient", _kept, required=True, example="patient: {id: case-1, sex: female, age: 48}"),
    f.Field("starts_on", f.start_date),
    f.Field("zone", time_zone, since=2),
    f.Field("pathway", f.free_text),
    f.Field("entries", _entries),
)
_PATIENT = (
    f.Field("id", f.free_text, required=True, example="id: case-1 (a pseudonym)"),
    f.Field("sex", f.choice(get_args(Sex), message("word.sex"))),
    f.Field("age", f.integer(0, 120)),
)
# Never the end of a text with a comma in it, so that a field without its value is noticed.
FIELD_NAMES = frozenset(field.name for kind in KINDS.values() for field in kind.fields) | {"kind"}


def read_record(path: str | Path) -> Record:
    """The record of a file (`-`: standard input). Raises `Problems` with everything wrong in it."""
    return record_of_document(load_record(path))


def load_record(path: str | Path) -> Document:
    """The document of a file that should hold a record, not yet read as one.

    InputError, with the way to a record, for what is something else: a diary, a sheet, a folder, FHIR.
    """
    name = str(path)
    _refuse_other_files(name)
    document = load(path, FIELD_NAMES)
    value: object = document.value
    if isinstance(value, Mapping):
        kind = cast("Mapping[str, object]", value).get("resourceType")
        if isinstance(kind, str):
            raise InputError(
                message("file.fhir", name=name, kind=kind[:40], command=_IMPORT_FHIR.format(name))
            )
    return document


_IMPORT_FHIR = "assuage fhir import {} -o record.yaml"
_IMPORT = "assuage import {} --map map.toml -o record.yaml"
_SHEETS = (".xlsx", ".xls", ".ods", ".numbers")


def _refuse_other_files(name: str) -> None:
    ending = Path(name).suffix.lower()
    if is_diary(name):
        raise InputError(message("file.diary", name=name, command=_IMPORT.format(name)))
    if ending in _SHEETS:
        csv = Path(name).with_suffix(".csv")
        raise InputError(message("file.sheet", name=name, command=_IMPORT.format(csv)))
    if name != "-" and Path(name).is_dir():
        raise InputError(message("file.folder-of-records", name=name))


def read_text(text: str | bytes, name: str = "record", form: Format | None = None) -> Record:
    """The record of a document's text. Raises `Problems` with everything wrong in it."""
    return record_of_document(parse(text, name, form, FIELD_NAMES))


def record_of_document(document: Document) -> Record:
    """The record of a document. Raises `Problems` with everything wrong in it."""
    record, problems = examine(document.value, document.lines)
    if document.problems:
        problems = [*document.problems, *problems]
        problems.sort(key=_position)
    if record is None or problems:
        raise Problems(document.name, problems)
    return record


def parse_record(plain: object, document: str = "record", lines: Lines = NO_LINES) -> Record:
    """The record of plain values (maps, lists, text, numbers). Raises `Problems` with everything wrong."""
    record, problems = examine(plain, lines)
    if record is None or problems:
        raise Problems(document, problems)
    return record


def examine(plain: object, lines: Lines = NO_LINES) -> tuple[Record | None, list[Problem]]:
    """The record and what is wrong, in the order of the document; None when it cannot be put together."""
    if not isinstance(plain, Mapping):
        what = (
            message("record.empty")
            if plain is None
            else message("record.not-a-map", is_=f.kind_of_value(plain))
        )
        return None, [Problem(WHOLE, what, 1)]
    return _RecordReader(cast("Mapping[str, object]", plain), lines).record()


_ENTRY = kept_pattern(r"entries\[(\d+)\]")


def _position(problem: Problem) -> tuple[int, int]:
    """Sorts problems as the document goes: its top by line, then entry by entry as they were found."""
    match = _ENTRY.match(problem.place)
    return (int(match[1]), 0) if match else (-1, problem.line or 0)


def read_entry(record: Record, plain: object) -> tuple[AnyEntry | None, list[Problem]]:
    """One more entry of a record, read alone, and what is wrong with it; its place is at the record's end.

    What it replaces, withdraws, answers and disputes is looked up in the record; what it contradicts is not asked.
    """
    reader = _RecordReader({"starts_on": record.starts_on}, NO_LINES, starts_on=record.starts_on)
    reader.ids = ChainMap({}, cast("dict[str, int]", record.index.ids))
    entry = reader.entry(plain, len(record.entries))
    if entry is not None:
        reader.check_age((entry,), record.patient)
        corrected = None if entry.replaces is None else record.written(entry.replaces)
        foreign = corrected is not None and not entry.may_settle(corrected)
        reader.foreign = record.foreign | {entry.place} if foreign else record.foreign
    settled = None if entry is None else settled_with(record, entry)
    withdrawn = record.withdrawn if settled is None else settled.withdrawn
    if entry is not None and settled is None:
        withdrawn = withdrawn_ids((*record.entries, entry))
    # The corrections of the record agree: only those of the same entry are asked again, or all where one comes back.
    names = (
        tuple(reader.replaces.values()) if settled is not None or entry is None else record.index.corrections
    )
    reader.know_corrections(record, names)
    reader.check_names((entry,) if entry is not None else (), withdrawn)
    return (None if reader.problems else entry), reader.problems


@dataclass
class _RecordReader:
    plain: Mapping[str, object]
    lines: Lines
    problems: list[Problem] = field(default_factory=list[Problem])
    ids: MutableMapping[str, int] = field(default_factory=dict[str, int])
    replaces: dict[int, str] = field(default_factory=dict[int, str])
    id_of: dict[int, str] = field(default_factory=dict[int, str])
    disputed: dict[int, frozenset[str]] = field(default_factory=dict[int, frozenset[str]])
    foreign: frozenset[int] = frozenset()
    starts_on: date | None = None
    first_format: bool = False

    def say(self, place: str, what: Message) -> None:
        line = self.lines.of(place)
        self.problems.append(Problem(f.printable(place, 120), f.printable_message(what), line))

    def know_corrections(self, record: Record, of: Iterable[str]) -> None:
        """Take note of the corrections that a record has of these ids, before those that were read."""
        places = sorted(place for name in of for place in record.index.corrections.get(name, ()))
        older = [record.entries[place] for place in places]
        self.replaces = {each.place: str(each.replaces) for each in older} | self.replaces
        self.disputed |= {each.place: frozenset(each.disputed_with) for each in older}
        self.id_of |= {each.place: each.id for each in older if each.id is not None}

    def record(self) -> tuple[Record | None, list[Problem]]:
        top = f.read_fields(self.plain, _TOP, "", self.say, message("what.record"))
        self.first_format = top.get("format") == FIRST_FORMAT
        self._check_since(self.plain, _TOP, "")
        if self.plain.get("entries") is None:
            self.say("entries", message("record.no-entries", example=_EXAMPLE))
        patient: dict[str, Any] = {}
        if "patient" in top:
            patient = f.read_fields(top["patient"], _PATIENT, "patient", self.say, message("what.patient"))
        self.starts_on = top.get("starts_on")
        given: list[object] = top.get("entries", [])
        entries = [self.entry(entry, place) for place, entry in enumerate(given)]
        built = tuple(entry for entry in entries if entry is not None)
        withdrawn = withdrawn_ids(built)
        self.foreign = foreign_corrections(built)
        self.check_names(built, withdrawn)
        if {"id", "age"} <= patient.keys():
            self.check_age(built, Patient(**patient))
        gone = replaced_ids(built, withdrawn) | withdrawn
        standing = [entry for entry in built if entry.id is None or entry.id not in gone]
        for clash in contradictions(standing, disputes_of(standing)):
            self.say(f"entries[{clash.place}]", clash.what)
        self.problems.sort(key=_position)
        if self.problems:
            return None, self.problems
        record = Record(
            patient=Patient(**patient),
            entries=built,
            starts_on=self.starts_on,
            pathway=top.get("pathway"),
            zone=top.get("zone"),
        )
        return record, []

    def entry(self, given: object, index: int) -> AnyEntry | None:
        place = f"entries[{index}]"
        before = len(self.problems)
        if not isinstance(given, dict):
            self.say(place, message("record.entry-not-a-map", example=_EXAMPLE, is_=f.kind_of_value(given)))
            return None
        plain = cast("dict[str, object]", given)
        name = plain.get("kind")
        kind = KINDS.get(name) if isinstance(name, str) else None
        if kind is None:
            if name is None:
                self.say(f"{place}.kind", message("record.no-kind", kinds=tuple(KINDS)))
            else:
                self.say(f"{place}.kind", _unknown_kind(name))
            # Its own fields cannot be judged without the kind; the common ones can.
            common = {field.name: plain[field.name] for field in COMMON if field.name in plain}
            attributes = f.read_fields(common, COMMON, place, self.say, message("what.entry"))
        else:
            attributes = f.read_fields(
                plain, kind.fields, place, self.say, message("what.entry-of", kind=kind.name), ("kind",)
            )
            if kind.together is not None:
                kind.together(attributes, place, self.say)
            if kind.name in MISSING:
                MISSING[kind.name](plain, place, self.say)
        self._check_since(plain, COMMON if kind is None else kind.fields, place, kind)
        self._when(plain, attributes, place)
        self._who_is_who(attributes, place, index)
        if kind is None or "day" not in attributes or len(self.problems) > before:
            return None
        return cast("AnyEntry", kind.makes(place=index, **attributes))

    def _check_since(
        self, plain: Mapping[str, object], fields: Iterable[f.Field], place: str, kind: Kind | None = None
    ) -> None:
        """A document of the first format has nothing that came with the second."""
        if not self.first_format:
            return
        at = f"{place}." if place else ""
        if kind is not None and kind.since > 1:
            self.say(f"{at}kind", message("record.since-the-second", format=FORMAT))
        for known in fields:
            newer = known.since > 1 or _is_newer(plain.get(known.name), known)
            if newer and plain.get(known.name) is not None:
                self.say(f"{at}{known.name}", message("record.since-the-second", format=FORMAT))

    def check_names(self, entries: Sequence[AnyEntry], withdrawn: frozenset[str]) -> None:
        """What an entry replaces, answers, withdraws and disputes are entries; what it withdraws is an older one."""
        self._check_replacements(withdrawn)
        for entry in entries:
            withdraws = entry.of if isinstance(entry, VoidEntry) else None
            disputed = (("disputed_with", other) for other in entry.disputed_with)
            for name, other in (("about", entry.about), ("of", withdraws), *disputed):
                place = f"entries[{entry.place}].{name}"
                if other is not None and other not in self.ids:
                    self.say(place, f.unknown(other, self.ids, message("word.entry-id")))
                elif other is not None and other == entry.id:
                    self.say(place, message("record.names-itself"))
                elif other is not None and name == "of" and self.ids[other] >= entry.place:
                    self.say(place, message("record.withdraws-later"))
                elif other is not None and name == "about" and self.ids[other] > entry.place:
                    self.say(place, message("record.names-later"))

    def check_age(self, entries: Sequence[AnyEntry], patient: Patient) -> None:
        """No finding says of the patient's age what the age on day 0 rules out."""
        for entry in entries:
            if isinstance(entry, FindingEntry) and contradicts_age(entry, patient):
                what = message("record.another-age", what=entry.what, state=entry.state, age=patient.age)
                self.say(f"entries[{entry.place}].state", what)

    def _when(self, plain: Mapping[str, object], attributes: dict[str, Any], place: str) -> None:
        """Fill in day and minute; exactly one of day and date, and a date only with a day 0."""
        has_day, has_date = plain.get("day") is not None, plain.get("date") is not None
        on: date | None = attributes.pop("date", None)
        if has_day and has_date:
            self.say(f"{place}.date", message("record.day-and-date"))
        elif not has_day and not has_date:
            self.say(f"{place}.day", message("record.no-day"))
        elif has_date and self.starts_on is None:
            if self.plain.get("starts_on") is None:
                self.say(f"{place}.date", message("record.date-without-start"))
        elif on is not None and self.starts_on is not None:
            attributes["day"] = (on - self.starts_on).days
            attributes["dated"] = True
            if abs(attributes["day"]) > f.FURTHEST_DAY:
                self.say(f"{place}.date", message("record.date-too-far", value=on))
        if "time" in attributes:
            attributes["minute"] = f.minute_of_time(attributes["time"])
        self._check_entered(attributes, place)

    def _check_entered(self, attributes: dict[str, Any], place: str) -> None:
        if self.starts_on is None or "entered" not in attributes or "day" not in attributes:
            return
        happened = self.starts_on + timedelta(days=attributes["day"])
        # A day's grace: the two dates may come from clocks in different time zones.
        if datetime.fromisoformat(attributes["entered"]).date() < happened - timedelta(days=1):
            self.say(f"{place}.entered", message("record.entered-before", day=happened))

    def _who_is_who(self, attributes: dict[str, Any], place: str, index: int) -> None:
        new_id, old = attributes.get("id"), attributes.get("replaces")
        if new_id is not None and self.ids.setdefault(new_id, index) != index:
            self.say(
                f"{place}.id", message("record.id-twice", id=new_id, other=f"entries[{self.ids[new_id]}]")
            )
        if old is not None:
            self.replaces[index] = old
            self.disputed[index] = frozenset(attributes.get("disputed_with", ()))
        if new_id is not None:
            self.id_of[index] = new_id

    def _names_of(self, index: int) -> frozenset[str]:
        return frozenset((self.id_of[index],)) if index in self.id_of else frozenset()

    def _check_replacements(self, withdrawn: frozenset[str]) -> None:
        """Every replaced entry exists, is replaced once by what was not withdrawn, and was written before."""
        replaced_by: dict[str, int] = {}
        for index, old in self.replaces.items():
            place = f"entries[{index}].replaces"
            if not self.ids:
                self.say(place, message("record.no-ids"))
            elif old not in self.ids:
                self.say(place, f.unknown(old, self.ids, message("word.entry-id")))
            elif self.ids[old] == index:
                self.say(place, message("record.replaces-itself"))
            elif self.ids[old] > index:
                self.say(place, message("record.names-later"))
            elif self.id_of.get(index) in withdrawn or index in self.foreign:
                continue
            elif old in replaced_by and not self.disputed[index].isdisjoint(self._names_of(replaced_by[old])):
                continue  # two corrections of one entry that are known to be in dispute
            elif old in replaced_by:
                first = f"entries[{replaced_by[old]}]"
                self.say(place, message("record.replaced-already", id=old, other=first))
            else:
                replaced_by[old] = index


def _is_newer(value: object, field: f.Field) -> bool:
    return isinstance(value, str) and value in field.newer


def _unknown_kind(name: object) -> Message:
    if not isinstance(name, str):
        return message("field.not-a-word", kind=message("word.kind-of-entry"), is_=f.kind_of_value(name))
    if name in SCALES:
        return message("record.kind-is-a-scale", scale=name)
    return f.unknown(name, KINDS, message("word.kind"))
