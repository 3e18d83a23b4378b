"""A diary that was kept elsewhere, before anything of it is stored: what its file is, what is asked, what it adds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.clinic.people.rights import Act, may_be_told
from assuage.clinic.store.actions import NewEntry
from assuage.clinic.store.chain import canonical
from assuage.clinic.store.days import day_of_date
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.received import MOST_BROUGHT, refuse_what_has_not_begun
from assuage.errors import Problem, Problems
from assuage.imports.shapes.draft import ROW, Ask, Meaning
from assuage.record.entries import AnyEntry, Record
from assuage.record.write import entry_to_plain

if TYPE_CHECKING:  # what reads files is some 8 MB, and most processes of a clinic never see one
    from assuage.imports.shapes.understand import ReadFiles, Understood, UnderstoodTable

# Bytes of a file (ours): ten years of daily rows. It goes to the browser and comes back with what is confirmed.
MOST_BYTES_BROUGHT: Final = 400_000
MOST_CELLS_IN_A_ROW: Final = 200  # columns of a diary (ours)
OUT: Final = "out"
DAY_0: Final = "day-0"
_NO_TABLE: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<", b"{", b"[", b"%PDF")
_PLACEHOLDER: Final = "…"
_NAME: Final = re.compile(r"[^\w. -]+")


class BroughtFile(Struct, frozen=True):
    """A file as it came, and what was answered about it: everything that the reading of it depends on."""

    name: str
    content: bytes
    answers: Mapping[str, str] = {}


class BringQuestion(Struct, frozen=True):
    """What has to be answered before the file comes in; `answers` are the ways, `can_stay_out` those of a column."""

    field: str
    what: Message
    answers: tuple[Meaning, ...] = ()
    can_stay_out: bool = False
    asks_a_date: bool = False

    @property
    def can_be_answered(self) -> bool:
        """Whether anything on the page answers it; else the file has to be changed."""
        return bool(self.answers) or self.can_stay_out or self.asks_a_date


class BroughtDiary(Struct, frozen=True):
    """What a file was taken for, and what it would add to the record; `read` is None while something is asked.

    `not_theirs` is how many entries of which kind a patient cannot file.
    """

    understood: Understood
    questions: tuple[BringQuestion, ...] = ()
    read: ReadFiles | None = None
    record: Record | None = None
    entries: tuple[AnyEntry, ...] = ()
    drafts: tuple[NewEntry, ...] = ()
    not_theirs: Mapping[str, int] = {}


def named_file(name: str) -> str:
    """The name of a file without folders and marks that mean something elsewhere."""
    return _NAME.sub("_", Path(name.replace("\\", "/")).name)[-80:] or "diary.csv"


def look_at(of: ClinicRecord, file: BroughtFile) -> BroughtDiary:
    """What the file is and would add. Raises `Problems` with everything in it that cannot be read: all or nothing."""
    from assuage.imports.shapes.understand import read_files, understand

    _refuse_what_is_no_csv(file)
    with TemporaryDirectory(prefix="assuage-") as folder:
        path = Path(folder) / Path(file.name).with_suffix(".csv").name
        path.write_bytes(file.content)
        understood = understand([path], of.pseudonym)
    wide = next((each for each in understood.tables if len(each.table.headers) > MOST_CELLS_IN_A_ROW), None)
    if wide is not None:
        raise _refused(message("tables.too-many-columns", n=MOST_CELLS_IN_A_ROW))
    questions = tuple(_answered(of, understood, file.answers))
    if questions:
        return BroughtDiary(understood, questions)
    read = read_files(understood)
    if len(read.records) != 1:
        raise _refused(message("clinic.bring-not-one", n=len(read.records)))
    (record,) = read.records
    entries, drafts, not_theirs = _drafts(of, record)
    if len(drafts) > MOST_BROUGHT:
        raise _refused(message("clinic.bring-too-many", n=len(drafts), most=MOST_BROUGHT))
    return BroughtDiary(understood, (), read, record, entries, drafts, not_theirs)


def _refuse_what_is_no_csv(file: BroughtFile) -> None:
    if len(file.content) > MOST_BYTES_BROUGHT:
        raise _refused(message("clinic.bring-too-large", kilobytes=MOST_BYTES_BROUGHT // 1000))
    if file.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_NO_TABLE):
        raise _refused(message("clinic.bring-no-csv"))


def _refused(what: Message) -> Problems:
    return Problems("file", [Problem("", what)])


# ---------------------------------------------------------------- what is asked and answered


def _answered(
    of: ClinicRecord, understood: Understood, answers: Mapping[str, str]
) -> Iterator[BringQuestion]:
    """The questions that nobody has answered yet; an answer goes into the draft of the map, as a person writes it."""
    for at, (table, ask) in enumerate(understood.asked):
        question = _question(at, ask)
        if table is None or not _taken(of, table, ask, question, answers.get(question.field, "")):
            yield question
        else:
            table.draft.asks.remove(ask)
    for at, table in enumerate(each for each in understood.tables if each.comes_in):
        if "day" in table.draft.diary and "starts_on" not in table.draft.diary:
            on = _date(answers.get(f"{DAY_0}-{at}", ""))
            if on is None:
                what = message("clinic.bring-day-0", column=table.draft.diary["day"])
                yield BringQuestion(f"{DAY_0}-{at}", what, asks_a_date=True)
            else:
                table.draft.diary["starts_on"] = on


def _question(at: int, ask: Ask) -> BringQuestion:
    ways = tuple(each for each in ask.answers if _PLACEHOLDER not in str(each))
    return BringQuestion(f"answer-{at}", ask.what, ways, ask.place not in ("diary", ROW))


def _taken(
    of: ClinicRecord, table: UnderstoodTable, ask: Ask, question: BringQuestion, chosen_way: str
) -> bool:
    """Whether the question is answered: by what was chosen, or by the time zone that the record has."""
    draft = table.draft
    if any("zone" in each for each in ask.answers):
        draft.diary["zone"] = of.zone
        return True
    if chosen_way == OUT and question.can_stay_out:
        draft.leave(ask.place, message("clinic.bring-kept-out"))
        return True
    chosen = (
        question.answers[int(chosen_way)] if chosen_way in map(str, range(len(question.answers))) else None
    )
    if chosen is None:
        return False
    if ask.place == "diary":
        draft.diary.update(chosen)
    elif ask.place == ROW:
        draft.row = dict(chosen)
    else:
        (draft.names if draft.diary.get("layout") == "name" else draft.columns)[ask.place] = dict(chosen)
    return True


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# ---------------------------------------------------------------- what it would add


def _drafts(
    of: ClinicRecord, record: Record
) -> tuple[tuple[AnyEntry, ...], tuple[NewEntry, ...], Mapping[str, int]]:
    """The entries of the file as a patient may write them, and how many of which kind may not be.

    The uid of an entry is made of what it says: the same file twice, or a longer one later, adds nothing twice. Two
    that say the same in one file happened twice, as far as anybody knows.
    """
    entries, drafts, seen, out = list[AnyEntry](), list[NewEntry](), dict[str, int](), dict[str, int]()
    problems, at = list[Problem](), timezone.now()
    for entry in record.entries:
        plain: dict[str, Any] = dict(entry_to_plain(entry, record))
        kind, on = cast("str", plain["kind"]), record.date_of(entry.day)
        if (
            on is None
            or not may_be_told(plain, Act.WRITE_DIARY)
            or entry.by not in (None, "patient", "device")
        ):
            out[kind] = out.get(kind, 0) + 1
            continue
        for name in ("date", "id", "author", "role", "source", "entered"):
            plain.pop(name, None)
        plain |= {"day": day_of_date(of, on), "by": entry.by or "patient"}
        text = canonical(plain)
        seen[text] = seen.get(text, 0) + 1
        try:
            refuse_what_has_not_begun(of, plain, at)
        except Problems as wrong:
            problems += wrong.problems
            continue
        entries.append(entry)
        drafts.append(NewEntry(_uid(of, text, seen[text]), plain))
    if problems:
        raise Problems("file", list(dict.fromkeys(problems)))
    return tuple(entries), tuple(drafts), out


def _uid(of: ClinicRecord, text: str, count: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"{of.pseudonym}/brought/{count}/{text}")
