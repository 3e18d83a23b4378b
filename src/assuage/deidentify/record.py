"""A record without what could tell who it is about: every text of it, its dates, its ids, its patient.

The original is never changed. What follows from the profile is done to the values (dates, ages, old days); what
people wrote is read by the rules of `text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from assuage.deidentify.ages import AGE, BAND, band
from assuage.deidentify.dates import rounded
from assuage.deidentify.identifiers import Change, Policy, Rule, Unjudged
from assuage.deidentify.text import Hiding
from assuage.pathways import registry
from assuage.record.entries import AnyEntry, Record
from assuage.record.read import parse_record
from assuage.record.write import to_plain

START = Rule("start-date", "C", "the calendar date of day 0", "removed")
DATED = Rule("entry-date", "C", "the calendar date of an entry", "Day N")
ENTERED = Rule("entered", "C", "the moment an entry was written down", "removed")
OLD_DAY = Rule("old-day", "C", "an exact day long before day 0", "rounded, marked approximate")
PATIENT = Rule("patient-id", "R", "the patient's pseudonym", "another pseudonym")
ENTRY_ID = Rule("entry-id", "R", "the id of an entry", "another id")
AUTHOR = Rule("author", "R", "who wrote an entry", "another pseudonym")
ZONE = Rule("zone", "B", "the time zone a patient lives in", "removed")
PATHWAY = Rule("pathway", "R", "a pathway that the product does not ship", "another name")
PHASE = Rule("phase", "R", "a phase of such a pathway", "another name")
LOT = Rule("lot", "R", "the lot of a product", "[lot]")

# What is hidden of a record as a file: its ids, its calendar, its names of pathways. A report prints none of it.
OF_THE_RECORD = frozenset((START, DATED, ENTERED, OLD_DAY, PATIENT, ENTRY_ID, AUTHOR, ZONE, PATHWAY, PHASE))

AGE_FINDING = "age band"


@dataclass(frozen=True)
class Hidden:
    """A document without identifiers, every change made to it, and every word a person must judge."""

    value: Any
    changes: tuple[Change, ...]
    unjudged: tuple[Unjudged, ...]
    # How many texts of more than a word were read.
    texts: int = 0


def hide_record(record: Record, policy: Policy) -> Hidden:
    """The record without identifiers. Raises Problems where what is left is no record."""
    hiding = Hiding(policy, record.starts_on)
    plain = to_plain(record)
    known = [_known_texts(entry) for entry in record.entries]
    named = (record.patient.id, *(word for each in record.entries for word in (each.id, each.author) if word))
    hiding.learn((text for _, text in _texts(plain["entries"], "entries", known)), named)
    ids = _new_ids(record, policy, hiding)
    authors = _new_authors(record, hiding)
    days, foreign = _old_days(record, plain["entries"]), _ForeignNames(hiding.changes)
    entries: list[dict[str, Any]] = []
    for at, (entry, given) in enumerate(zip(record.entries, plain["entries"], strict=True)):
        place = f"entries[{at}]"
        values = _timed(entry, given, place, days, hiding.changes)
        for name in _REFERENCES:
            if name in values:
                values[name] = ids[values[name]]
        disputed = values.get("disputed_with")
        if disputed is not None:
            values["disputed_with"] = (
                ids[disputed] if isinstance(disputed, str) else [ids[each] for each in disputed]
            )
        if "author" in values:
            values["author"] = authors[values["author"]]
        for name in ("pathway", "to"):
            if name in values:
                values[name] = foreign.hidden(name, values[name], f"{place}.{name}")
        values = _with_new_ids(values, place, ids, known[at], hiding)
        entries.append(_read(values, place, known[at], hiding))
    top: dict[str, Any] = {
        "format": plain["format"],
        "patient": _patient(record, policy, hiding.changes, entries),
    }
    if record.starts_on is not None:
        hiding.changes.append(Change("starts_on", record.starts_on.isoformat(), "", START))
    if record.zone is not None:
        hiding.changes.append(Change("zone", record.zone, "", ZONE))
    if record.pathway is not None:
        top["pathway"] = foreign.hidden("pathway", record.pathway, "pathway")
    top["entries"] = entries
    return Hidden(
        parse_record(top, "the de-identified record"),
        tuple(hiding.changes),
        tuple(hiding.unjudged),
        hiding.texts,
    )


class _ForeignNames:
    """Names of pathways and phases that somebody else gave: each becomes one of ours, the same one everywhere."""

    def __init__(self, changes: list[Change]) -> None:
        self.changes = changes
        self.named: dict[tuple[str, str], str] = {}
        self.phases = {phase.id for each in registry.PATHWAY_IDS for phase in registry.pathway(each).phases}

    def hidden(self, field: str, name: str, place: str) -> str:
        """The name as it is where the product ships it, else another one."""
        known = _is_shipped_pathway(name) if field == "pathway" else name in self.phases
        if known:
            return name
        rule = PATHWAY if field == "pathway" else PHASE
        number = sum(1 for other, _ in self.named if other == field) + 1
        new = self.named.setdefault((field, name), f"{rule.id}-{number}")
        self.changes.append(Change(place, name, new, rule))
        return new


def _is_shipped_pathway(name: str) -> bool:
    """Whether a name is the id of a shipped pathway, alone or with a version, whichever it is."""
    plain, at, version = name.partition("@")
    return plain in registry.PATHWAY_IDS and (version.isascii() and version.isdigit() if at else True)


def hide_text(text: str, policy: Policy, day_zero: date | None = None) -> Hidden:
    """A plain text without identifiers; line and column are the places."""
    lines = text.splitlines(keepends=True)
    hiding = Hiding(policy, day_zero)
    hiding.learn([text])
    # Rules look at paragraphs: a name may run over the end of a line.
    out: list[str] = []
    first = 1
    for paragraph in _paragraphs(lines):
        out.append(hiding.hide("".join(paragraph), "", first_line=first))
        first += len(paragraph)
    return Hidden("".join(out), tuple(hiding.changes), tuple(hiding.unjudged), hiding.texts)


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    held: list[str] = []
    for line in lines:
        held.append(line)
        if not line.strip():
            yield held
            held = []
    if held:
        yield held


# Fields whose words are ids of the product, never free text.
_IDS = frozenset(
    (
        "kind",
        "time",
        "by",
        "state",
        "do",
        "scale",
        "instrument",
        "method",
        "pressure",
        "site",
        "sites",
        "unit",
        "to",
        "role",
        "source",
        "pathway",
        "loinc",
        "certainty",
        "action",
        "outcome",
        "system",
        "code",
        "asked",
    )
)
# Of these kinds the fields are words of whoever wrote them.
_WORDS_OF_KIND: dict[str, frozenset[str]] = {
    "measurement": frozenset(("method", "unit")),
    "exposure": frozenset(("unit",)),
    "rating": frozenset(("unit",)),
}
_DAYS = ("onset", "end", "due", "on")
# What names an entry by its id.
_REFERENCES = ("id", "replaces", "about", "of")
_ALL_REFERENCES = (*_REFERENCES, "disputed_with")


# What a code of ICD-10, ICD-11 or ICPC-2 looks like; anything else in its place is somebody's own words.
_CODE_OF_DISEASE = re.compile(r"[A-Za-z0-9]{2,5}(\.[A-Za-z0-9]{1,4})?")


def _is_id(key: str, entry: dict[str, Any]) -> bool:
    """Whether the words of a field are an id of the product, or of an entry or author, and never free text."""
    if key in _WORDS_OF_KIND.get(str(entry.get("kind")), ()):
        return False
    if key == "code":
        return entry.get("system") != "local" and _CODE_OF_DISEASE.fullmatch(str(entry[key])) is not None
    return key in _IDS or key in _ALL_REFERENCES or key == "author"


def _known_texts(entry: AnyEntry) -> frozenset[str]:
    """Words of an entry that the product knows: they name no one."""
    return frozenset(word for word, known in entry.named if known)


def _texts(value: Any, place: str, known: list[frozenset[str]] | None) -> Iterator[tuple[str, str]]:
    """Every text of a document that people wrote, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in cast("dict[str, Any]", value).items():
            if known is None or not (
                _is_id(key, cast("dict[str, Any]", value)) or key in ("entered", "date")
            ):
                yield from _texts(inner, f"{place}.{key}", known)
    elif isinstance(value, list):
        for at, inner in enumerate(cast("list[Any]", value)):
            yield from _texts(inner, f"{place}[{at}]", known)


def _read(value: Any, place: str, known: frozenset[str], hiding: Hiding) -> Any:
    """The values of an entry, each text that people wrote without identifiers."""
    if isinstance(value, str):
        return value if value in known else hiding.hide(value, place)
    if isinstance(value, list):
        return [
            _read(inner, f"{place}[{at}]", known, hiding) for at, inner in enumerate(cast("list[Any]", value))
        ]
    if not isinstance(value, dict):
        return value
    read: dict[str, Any] = {}
    for key, inner in cast("dict[str, Any]", value).items():
        here = f"{place}.{key}"
        if _is_id(key, cast("dict[str, Any]", value)):
            read[key] = inner
        elif key == "lot":
            hiding.changes.append(Change(here, str(inner), LOT.becomes, LOT))
            read[key] = LOT.becomes
        elif key in ("flags", "items"):
            read[key] = {
                name: hiding.hide(answer, f"{here}.{name}")
                if isinstance(answer, str) and key == "items"
                else answer
                for name, answer in cast("dict[str, Any]", inner).items()
            }
        else:
            read[key] = _read(inner, here, known, hiding)
    return read


def _old_days(record: Record, given: list[dict[str, Any]]) -> dict[int, int]:
    """What becomes of each day long before day 0: rounded, and as many days apart as it takes to keep their order.

    A day of which everything is approximate already stays as it is, unless that would change the order.
    """
    exact = {entry.day for entry in record.entries if not entry.approximate}
    exact |= {values[name] for values in given for name in _DAYS if name in values}
    old = sorted({*exact, *(entry.day for entry in record.entries)}, reverse=True)
    days: dict[int, int] = {}
    latest: int | None = None
    for day in old:
        becomes = rounded(day) if day in exact else day
        if latest is not None:
            becomes = min(becomes, latest - 1)
        days[day] = latest = becomes
    return days


def _timed(
    entry: AnyEntry, given: dict[str, Any], place: str, days: Mapping[int, int], changes: list[Change]
) -> dict[str, Any]:
    """The values of an entry with a day for its date, without the moment of writing."""
    values = {name: value for name, value in given.items() if name not in ("date", "entered")}
    day = entry.day
    if "date" in given:
        changes.append(Change(f"{place}.date", str(given["date"]), f"Day {day}", DATED))
    if "entered" in given:
        changes.append(Change(f"{place}.entered", str(given["entered"]), "", ENTERED))
    if days[day] != day:
        changes.append(Change(f"{place}.day", str(day), str(days[day]), OLD_DAY))
        day = days[day]
        values["approximate"] = True
    for name in _DAYS:
        if name in values and days[values[name]] != values[name]:
            changes.append(Change(f"{place}.{name}", str(values[name]), str(days[values[name]]), OLD_DAY))
            values[name] = days[values[name]]
    return {"day": day, **{name: value for name, value in values.items() if name != "day"}}


def _with_new_ids(
    values: dict[str, Any], place: str, ids: Mapping[str, str], known: frozenset[str], hiding: Hiding
) -> dict[str, Any]:
    """The values with the ids of entries that texts name as they are called now; ids that are words go to a person."""
    if not ids:
        return values
    named = re.compile(
        r"(?<![\w-])(" + "|".join(map(re.escape, sorted(ids, key=len, reverse=True))) + r")(?![\w-])"
    )

    def renamed(value: Any, at: str) -> Any:
        if isinstance(value, dict):
            inner = cast("dict[str, Any]", value)
            return {
                key: each if _is_id(key, inner) or key == "kind" else renamed(each, f"{at}.{key}")
                for key, each in inner.items()
            }
        if isinstance(value, list):
            return [renamed(each, f"{at}[{number}]") for number, each in enumerate(cast("list[Any]", value))]
        if not isinstance(value, str) or value in known:
            return value

        def new(match: re.Match[str]) -> str:
            if not (_MARK.search(match[0]) and _LETTER.search(match[0])):
                if len(match[0]) > 2:
                    hiding.unjudged.append(
                        Unjudged(at, match[0], value[max(0, match.start() - 30) : match.end() + 30])
                    )
                return match[0]
            hiding.changes.append(Change(at, match[0], ids[match[0]], ENTRY_ID))
            return ids[match[0]]

        return named.sub(new, value)

    return renamed(values, place)


# An id that is neither a word nor a number has both, or a mark: no sentence has it by chance.
_MARK, _LETTER = re.compile(r"[^A-Za-zÀ-ž]"), re.compile(r"[A-Za-zÀ-ž]")


def _new_ids(record: Record, policy: Policy, hiding: Hiding) -> dict[str, str]:
    ids: dict[str, str] = {}
    for entry in record.entries:
        if entry.id is not None:
            ids[entry.id] = f"e{len(ids) + 1}"
            hiding.changes.append(Change(f"entries[{entry.place}].id", entry.id, ids[entry.id], ENTRY_ID))
    if record.patient.id != policy.patient:
        hiding.changes.append(Change("patient.id", record.patient.id, policy.patient, PATIENT))
    return ids


def _new_authors(record: Record, hiding: Hiding) -> dict[str, str]:
    authors: dict[str, str] = {}
    for entry in record.entries:
        if entry.author is not None:
            new = authors.setdefault(entry.author, f"a{len(authors) + 1}")
            hiding.changes.append(Change(f"entries[{entry.place}].author", entry.author, new, AUTHOR))
    return authors


def _patient(
    record: Record, policy: Policy, changes: list[Change], entries: list[dict[str, Any]]
) -> dict[str, Any]:
    """Who the record is about; an age over 89, or any age on request, becomes a finding with its band."""
    patient: dict[str, Any] = {"id": policy.patient}
    if record.patient.sex is not None:
        patient["sex"] = record.patient.sex
    age = record.patient.age
    if age is not None and (policy.age_bands or age > 89):
        changes.append(Change("patient.age", str(age), band(age), BAND if age <= 89 else AGE))
        entries.append(
            {
                "day": 0,
                "kind": "finding",
                "what": AGE_FINDING,
                "state": "present",
                "method": "history",
                "result": band(age),
            }
        )
    elif age is not None:
        patient["age"] = age
    return patient
