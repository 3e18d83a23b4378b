"""What comes to be stored, looked at before it is: how much at once, for which day, after what the writer saw."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.clinic.store.days import calendar_date, is_yet_to_come
from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.errors import Problem, Problems
from assuage.record.entry import Role, WrittenFrom
from assuage.record.fields import FURTHEST_DAY

MOST_AT_ONCE = 500  # entries in one save: months of a phone without network (ours)
MOST_BROUGHT = 5_000  # entries of a diary that was kept elsewhere, in one file: years of it (ours)
LONGEST_TEXT = 20_000  # letters of one text, some ten pages (ours)
MOST_ASKEW = timedelta(hours=2)  # a clock beyond shows another time than there is, in whatever zone (ours)


class Writer(Struct, frozen=True):
    """Who writes: the pseudonym of the account, in which role, from where."""

    author: str
    role: Role
    source: WrittenFrom = "web"


class NewEntry(Struct, frozen=True):
    """An entry before it is stored: its uid, made by whoever wrote it, and its fields as a document has them."""

    uid: UUID
    entry: Mapping[str, object]


# What a patient's day is made of commutes: it never makes an act stale that does not depend on it. All else does.
COMMUTING = frozenset({"rating", "goal", "appointment", "offer"})
# What no rule of safety reads: it makes no medicine, therapy or session stale.
_NOT_OF_SAFETY = COMMUTING | {"score", "note"}
_ACTS_OF_SAFETY = frozenset({"medication", "therapy", "exposure", "intake", "adverse_event", "allergy"})


def matters_to(between: Iterable[StoredEntry], drafts: Sequence[Mapping[str, object]]) -> list[StoredEntry]:
    """Those of the entries that came in between on which one of these acts depends."""
    return [each for each in between if any(_matters(each, draft) for draft in drafts)]


def _matters(each: StoredEntry, draft: Mapping[str, object]) -> bool:
    """A correction depends on what else was said of the same entry, and on all that its own kind depends on."""
    kind, target = draft.get("kind"), draft.get("replaces") or draft.get("of")
    if target is not None and (str(each.uid) == target or target in _told_of(each)):
        return True
    if kind == "void" or (target is not None and kind in COMMUTING | {"score", "note"}):
        return False
    return each.kind not in (_NOT_OF_SAFETY if kind in _ACTS_OF_SAFETY else COMMUTING)


def _told_of(each: StoredEntry) -> set[object]:
    plain = cast("dict[str, Any]", json.loads(each.payload)) if each.payload else {}
    return {plain.get(name) for name in ("replaces", "of", "about")}


def refuse_what_is_too_much(drafts: Sequence[NewEntry], writer: Writer) -> None:
    """Raise `Problems` for a save or a text that no hand writes, and for letters that are none."""
    most = MOST_BROUGHT if writer.source == "import" else MOST_AT_ONCE
    if len(drafts) > most and writer.role != "import":
        raise Problems("entry", [Problem("entry", message("clinic.store-too-many", most=most))])
    problems = [
        Problem(place, what)
        for draft in drafts
        for place, text in _texts(draft.entry, "")
        if (what := _wrong_with(text)) is not None
    ]
    if problems:
        raise Problems("entry", problems)


def _wrong_with(text: str) -> Message | None:
    if len(text) > LONGEST_TEXT:
        return message("clinic.store-too-long", most=LONGEST_TEXT, letters=len(text))
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return message("clinic.store-no-letter")
    return None


def _texts(value: object, place: str) -> Iterable[tuple[str, str]]:
    """Every text of what came, its names too, with its place."""
    match value:
        case str():
            yield place or "entry", value
        case Mapping():
            for name, each in cast("Mapping[str, object]", value).items():
                yield place or "entry", name
                yield from _texts(each, f"{place}.{name}" if place else name)
        case list() | tuple():
            for number, each in enumerate(cast("Sequence[object]", value)):
                yield from _texts(each, f"{place}[{number}]")
        case _:
            return


def refuse_a_wrong_clock(sent: datetime | None, at: datetime) -> None:
    """Raise `Problems` where the sender's clock shows another time than ours: its days may be wrong too."""
    if sent is None:
        return
    if sent.tzinfo is None:
        raise Problems("entry", [Problem("sent", message("clinic.store-no-offset"))])
    if abs(sent - at) > MOST_ASKEW:
        shown, there = sent.isoformat(" ", "minutes"), at.astimezone(sent.tzinfo).isoformat(" ", "minutes")
        raise Problems("entry", [Problem("sent", message("clinic.store-clock", shown=shown, now=there))])


def refuse_what_has_not_begun(head: ClinicRecord, entry: Mapping[str, object], at: datetime) -> None:
    """Raise `Problems` for a day that has begun in no time zone, and for a moment of writing that is to come.

    Asked before anything else is: nobody on earth can tell of that day, so it is a clock or a slip of the finger.
    """
    entered = _moment(entry.get("entered"))
    if entered is not None and entered.tzinfo is None:
        raise Problems("entry", [Problem("entered", message("clinic.store-no-offset"))])
    refuse_a_wrong_clock(entered if entered is not None and entered > at else None, at)
    on = _date_of(head, entry)
    if on is not None and is_yet_to_come(on, at):
        place = "date" if "date" in entry else "day"
        raise Problems("entry", [Problem(place, message("clinic.store-day-to-come", day=on.isoformat()))])


def _moment(given: object) -> datetime | None:
    """A moment as it is written; None where there is none, or none that can be read: that is said later."""
    try:
        return datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _date_of(head: ClinicRecord, entry: Mapping[str, object]) -> date | None:
    given, day = entry.get("date"), entry.get("day")
    try:
        if isinstance(given, str):
            return date.fromisoformat(given)
        if isinstance(day, int) and head.starts_on is not None and abs(day) <= FURTHEST_DAY:
            return calendar_date(head, day)
    except (ValueError, OverflowError):
        return None
    return None
