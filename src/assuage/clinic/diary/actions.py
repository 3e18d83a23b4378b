"""Write the diary: what a form says, the same as yesterday, what is taken back. Each is one event of the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from assuage.clinic.diary.form import DiaryDrafts, answer_slot, part_uid
from assuage.clinic.people.gate import Opened, writes
from assuage.clinic.people.rights import Act
from assuage.clinic.store.actions import NewEntry, Saved, write
from assuage.record.entries import AnswersEntry, AnyEntry, ScoreEntry
from assuage.record.entry import WrittenFrom


@writes(Act.WRITE_DIARY)
@transaction.atomic
def save_diary(opened: Opened, drafts: DiaryDrafts, source: WrittenFrom = "web") -> Saved:
    """What the form says, stored. Raises `Problems` for what the record refuses."""
    opened.log("save-diary")
    return write(opened.record.pk, drafts.drafts(), opened.writer(source))


@writes(Act.WRITE_DIARY)
@transaction.atomic
def copy_yesterday(
    opened: Opened, uid: UUID, slots: Mapping[str, AnyEntry], common: Mapping[str, object]
) -> Saved:
    """The answers of yesterday as those of today, each marked as copied."""
    opened.log("copy-diary")
    drafts = [
        NewEntry(part_uid(uid, slot), {**common, **_content(entry), "by": "patient", "copied": True})
        for slot, entry in slots.items()
    ]
    return write(opened.record.pk, drafts, opened.writer())


def _content(entry: AnyEntry) -> dict[str, object]:
    match entry:
        case ScoreEntry():
            return {"kind": "score", "scale": entry.scale, "value": entry.value}
        case AnswersEntry():
            return {"kind": "answers", "instrument": entry.instrument, "sites": list(entry.sites or ())}
        case _:
            raise TypeError(type(entry).__name__)


@writes(Act.WRITE_DIARY)
@transaction.atomic
def correct_diary(
    opened: Opened, drafts: DiaryDrafts, before: Iterable[AnyEntry], because: str, seen: int
) -> Saved:
    """What is written now replaces what was before; what is missing now is withdrawn. `StaleHead` as `write`."""
    opened.log("correct-diary")
    by_slot = {answer_slot(each): each for each in before}
    new = [
        NewEntry(part_uid(drafts.uid, slot), {**entry, **_replacing(by_slot.get(slot))})
        for slot, entry in drafts.entries.items()
    ]
    gone = [each for slot, each in by_slot.items() if slot not in drafts.entries]
    common = next(iter(drafts.entries.values()), dict[str, object]())
    new += _withdrawals(drafts.uid, gone, because, common)
    return write(opened.record.pk, new, opened.writer(), seen=seen)


def _replacing(entry: AnyEntry | None) -> dict[str, object]:
    return {} if entry is None else {"replaces": entry.id}


@writes(Act.WRITE_DIARY)
@transaction.atomic
def take_back(opened: Opened, uid: UUID, entries: Iterable[AnyEntry], because: str, seen: int) -> Saved:
    """The entries withdrawn: they count no more and can still be read. `StaleHead` as `write`."""
    opened.log("take-back-diary")
    drafts = _withdrawals(uid, entries, because, {"day": opened.today})
    return write(opened.record.pk, drafts, opened.writer(), seen=seen)


def _withdrawals(
    uid: UUID, entries: Iterable[AnyEntry], because: str, common: Mapping[str, object]
) -> list[NewEntry]:
    kept = {name: common[name] for name in ("day", "entered") if name in common}
    return [
        NewEntry(
            part_uid(uid, f"void-{each.id}"),
            {"kind": "void", "of": each.id, "because": because, "by": "patient", **kept},
        )
        for each in entries
    ]


@writes(Act.WRITE_DIARY)
@transaction.atomic
def file_brought(opened: Opened, drafts: Sequence[NewEntry]) -> Saved:
    """The entries of a diary that was kept elsewhere, all or none; what is there already is not added again."""
    opened.log("bring-diary", why=str(len(drafts)))
    return write(opened.record.pk, drafts, opened.writer("import"))


@writes(Act.WRITE_DIARY)
@transaction.atomic
def take_back_brought(opened: Opened, uid: UUID, entries: Sequence[AnyEntry], because: str) -> Saved:
    """What one file brought is withdrawn: it counts no more and can still be read."""
    opened.log("take-back-brought", why=str(len(entries)))
    drafts = _withdrawals(uid, entries, because, {"day": opened.today})
    return write(opened.record.pk, drafts, opened.writer("import"))
