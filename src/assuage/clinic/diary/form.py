"""What a patient's form says, as entries of the record: read by the page and by what a phone kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.utils import timezone
from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.clinic.store.actions import NewEntry
from assuage.clinic.store.chain import read_uid
from assuage.clinic.store.days import can_be_today_somewhere, day_of_date, is_yet_to_come
from assuage.clinic.store.models import ClinicRecord
from assuage.record.entry import Entry
from assuage.terms.scales import FATIGUE, PAIN, SLEEP, Scale
from assuage.terms.therapies import find_therapy

ASKED: Final[tuple[Scale, ...]] = (PAIN, SLEEP, FATIGUE)
INDEX: Final = "wpi"
LONGEST_LINE, LONGEST_NOTE = 200, 2000  # letters of what was managed, of a note (ours)
_NUMBER: Final = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_WHOLE: Final = re.compile(r"-?\d{1,5}")
_CLOCK: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
AFTER: Final = "after-"


class DiaryForm(Struct, frozen=True):
    """A form as it came: what each field says, in the order in which it was sent."""

    fields: Mapping[str, Sequence[str]]

    def words(self, name: str) -> str:
        """The last that a field says, without what surrounds it; empty where it says nothing."""
        given = self.fields.get(name) or ("",)
        return given[-1].replace("\r\n", "\n").strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Everything that a field says, each once."""
        return tuple(dict.fromkeys(each.strip() for each in self.fields.get(name, ()) if each.strip()))


class FormProblem(Struct, frozen=True):
    """What is wrong with a field of the form, to be shown beside it."""

    field: str
    what: Message


class DiaryDrafts(Struct, frozen=True):
    """The entries by what they answer (`pain`, `sites`, `exposure-massage`), without names yet; or what is wrong."""

    uid: UUID
    entries: Mapping[str, Mapping[str, object]]
    problems: tuple[FormProblem, ...] = ()
    day: int = 0

    def drafts(self) -> list[NewEntry]:
        """As the store takes them."""
        return [NewEntry(part_uid(self.uid, slot), entry) for slot, entry in self.entries.items()]


def part_uid(of: UUID, slot: str) -> UUID:
    """The uid of one entry of a form: the same each time the form is sent, in the order of time as the form's is."""
    digest = int.from_bytes(sha256(of.bytes + slot.encode()).digest()[:10]) & ((1 << 74) - 1)
    return UUID(
        int=(of.int >> 80) << 80 | 7 << 76 | (digest >> 62) << 64 | 2 << 62 | digest & ((1 << 62) - 1)
    )


def read_form(record: ClinicRecord, form: DiaryForm, at: datetime | None = None) -> DiaryDrafts:
    """The entries that the form asks for; every problem at once where it cannot be read."""
    problems: list[FormProblem] = []
    uid = read_uid(form.words("uid"))
    if uid is None:
        problems.append(FormProblem("uid", message("clinic.diary-no-name")))
    entered = _entered(record, form, problems, at)
    day = _day(record, form, problems, at)
    common: dict[str, object] = {"by": "patient", "day": day, "entered": entered}
    clock = form.words("time")
    if _CLOCK.fullmatch(clock):
        common["time"] = clock
    elif clock:
        problems.append(FormProblem("time", message("clinic.diary-no-time")))
    entries: dict[str, Mapping[str, object]] = {}
    for slot, fields in _answers(form, day, problems):
        entries[slot] = common | fields
        if fields.get("about"):
            entries[slot] = {name: held for name, held in entries[slot].items() if name != "time"}
    return DiaryDrafts(uid or UUID(int=0), entries, tuple(problems), day)


def _entered(record: ClinicRecord, form: DiaryForm, problems: list[FormProblem], at: datetime | None) -> str:
    """When it was written, by the clock of who wrote it; by ours where none came. One ahead of all is asked about."""
    try:
        moment = datetime.fromisoformat(form.words("entered"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return phone_moment(record, at).isoformat(timespec="seconds")
    if is_yet_to_come(moment.date(), at):
        problems.append(FormProblem("date", message("clinic.diary-clock", date=moment.date().isoformat())))
    return moment.isoformat(timespec="seconds")


def phone_moment(record: ClinicRecord, at: datetime | None = None) -> datetime:
    """Now, as the patient's clock shows it where the patient lives."""
    from zoneinfo import ZoneInfo

    return (at or timezone.now()).astimezone(ZoneInfo(record.zone))


def _day(record: ClinicRecord, form: DiaryForm, problems: list[FormProblem], at: datetime | None) -> int:
    try:
        on = date.fromisoformat(form.words("date"))
    except ValueError:
        problems.append(FormProblem("date", message("clinic.diary-no-date")))
        return 0
    if is_yet_to_come(on, at):
        problems.append(FormProblem("date", message("clinic.diary-yet-to-come", date=on.isoformat())))
    return day_of_date(record, on)


def is_right_clock(moment: str, at: datetime | None = None) -> bool:
    """Whether the clock of a phone that shows this now can be right in any time zone."""
    try:
        shown = datetime.fromisoformat(moment)
    except ValueError:
        return False
    return can_be_today_somewhere(shown.date(), at)


def _answers(
    form: DiaryForm, day: int, problems: list[FormProblem]
) -> Iterator[tuple[str, dict[str, object]]]:
    for scale in ASKED:
        value = _number(form, scale.code, scale, problems)
        if value is not None:
            yield scale.code, {"kind": "score", "scale": scale.code, "value": value}
        elif scale is PAIN and not any(each.field == PAIN.code for each in problems):
            problems.append(FormProblem(PAIN.code, message("clinic.diary-pain-missing")))
    sites, nowhere = form.all("site"), bool(form.words("nowhere"))
    if sites and nowhere:
        problems.append(FormProblem("sites", message("clinic.diary-nowhere-and-somewhere")))
    elif sites or nowhere:
        yield "sites", {"kind": "answers", "instrument": INDEX, "sites": list(sites)}
    managed = _text(form, "managed", LONGEST_LINE, problems)
    if managed:
        yield "managed", {"kind": "goal", "what": managed, "reached": True}
    other = _text(form, "other-exposure", LONGEST_LINE, problems)
    for name in dict.fromkeys((*form.all("exposure"), *((other,) if other else ()))):
        yield f"exposure-{name}", exposure_fields(name)
    note = _text(form, "note", LONGEST_NOTE, problems)
    if note:
        yield "note", {"kind": "note", "text": note}
    for field in form.fields:
        if field.startswith(AFTER):
            yield from _after(form, field, day, problems)


def exposure_fields(name: str) -> dict[str, object]:
    """An exposure as the record has it: a therapy that is known is one, any other word a factor of one's own."""
    therapy = find_therapy(name)
    if therapy is not None:
        return {"kind": "therapy", "what": therapy.id, "do": "session"}
    return {"kind": "exposure", "name": name, "state": "present"}


def _after(
    form: DiaryForm, field: str, day: int, problems: list[FormProblem]
) -> Iterator[tuple[str, dict[str, object]]]:
    """The answer to a question after an exposure: `after-<day>_<uid of the exposure>`."""
    number, _, about = field.removeprefix(AFTER).partition("_")
    value = _number(form, field, PAIN, problems)
    if value is None:
        return
    if not _WHOLE.fullmatch(number) or int(number) > day:
        problems.append(FormProblem(field, message("clinic.diary-after-unread")))
        return
    fields: dict[str, object] = {"kind": "score", "scale": PAIN.code, "value": value}
    yield field, fields | {"about": about or "?", "day": int(number)}


def _number(form: DiaryForm, field: str, scale: Scale, problems: list[FormProblem]) -> float | None:
    typed = dict.fromkeys((*form.all(field), *form.all(f"{field}-typed")))
    numbers = {_read(words) for words in typed}
    if not numbers:
        return None
    value = next(iter(numbers))
    if len(numbers) > 1:
        problems.append(FormProblem(field, message("clinic.diary-two-numbers")))
    elif value is None or not scale.low <= value <= scale.high:
        problems.append(FormProblem(field, message("clinic.diary-number", low=scale.low, high=scale.high)))
    else:
        return value
    return None


def _read(words: str) -> float | None:
    return float(words.replace(",", ".")) if _NUMBER.fullmatch(words) else None


def _text(form: DiaryForm, field: str, longest: int, problems: list[FormProblem]) -> str | None:
    words = form.words(field)
    if len(words) > longest:
        problems.append(FormProblem(field, message("clinic.diary-too-long", n=len(words), longest=longest)))
        return None
    return words or None


def answer_slot(entry: Entry) -> str:
    """What an entry of the diary answers: the name of its slot in the form."""
    from assuage.record.care_entries import ExposureEntry, GoalEntry
    from assuage.record.entries import AnswersEntry, NoteEntry, ScoreEntry, TherapyEntry

    match entry:
        case ScoreEntry(about=str(about)):
            return f"{AFTER}{entry.day}_{about}"
        case ScoreEntry():
            return entry.scale
        case AnswersEntry():
            return "sites"
        case GoalEntry():
            return "managed"
        case NoteEntry():
            return "note"
        case TherapyEntry():
            return f"exposure-{entry.what}"
        case ExposureEntry():
            return f"exposure-{entry.name}"
        case _:
            return ""
