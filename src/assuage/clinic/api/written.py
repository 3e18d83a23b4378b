"""Entries that a program sends: named, held against what its call may write, and stored as any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from assuage.catalogue.message import message
from assuage.clinic.api.shapes import NewEntries
from assuage.clinic.course.actions import write_told
from assuage.clinic.diary.form import part_uid
from assuage.clinic.people.gate import Opened
from assuage.clinic.people.rights import KINDS_WRITTEN, Act, is_told_therapy
from assuage.clinic.store.actions import NewEntry, Saved
from assuage.clinic.store.chain import read_uid
from assuage.clinic.store.queries import entries_by_uid
from assuage.errors import Problem, Problems

# Who said what a call tells: the first where nothing is said of it.
_SAID_BY = {Act.WRITE_DIARY: ("patient", "device"), Act.WRITE_FINDING: ("clinician", "patient", "device")}
_OURS = ("author", "role", "source", "disputed_with")  # the store says these; a sender who does is told so


def corrects(sent: NewEntries) -> bool:
    """Whether one of the entries replaces or withdraws another: then it matters what the sender saw."""
    return any(each.get("replaces") or each.get("kind") == "void" for each in sent.entries)


def save_sent(opened: Opened, sent: NewEntries, key: UUID | None, seen: int | None) -> Saved:
    """The entries, all or none. Raises Problems with everything that is wrong, StaleHead for a correction too late."""
    problems: list[Problem] = []
    drafts = [
        draft
        for at, each in enumerate(sent.entries)
        if (draft := _named(opened, each, at, key, problems)) is not None
    ]
    problems += _not_theirs(opened, sent.entries)
    moment = _moment(sent.sent, problems)
    if problems:
        raise Problems("entries", problems)
    return write_told(opened, drafts, seen=seen, sent=moment, source="api")


def _named(
    opened: Opened, entry: Mapping[str, object], at: int, key: UUID | None, problems: list[Problem]
) -> NewEntry | None:
    place, before = f"entries[{at}]", len(problems)
    kind, fields = entry.get("kind"), {name: value for name, value in entry.items() if name != "id"}
    if kind != "void" and not (isinstance(kind, str) and kind in KINDS_WRITTEN[opened.act]):
        kinds = tuple(sorted({*KINDS_WRITTEN[opened.act], "void"}))
        problems.append(Problem(f"{place}.kind", message("clinic.api-kind", kinds=kinds)))
    if kind == "therapy" and not is_told_therapy(entry, opened.act):
        problems.append(Problem(place, message("clinic.api-therapy")))
    problems += [
        Problem(f"{place}.{name}", message("clinic.api-not-yours")) for name in _OURS if name in entry
    ]
    if entry.get("by", _SAID_BY[opened.act][0]) not in _SAID_BY[opened.act]:
        problems.append(Problem(f"{place}.by", message("clinic.api-by", who=_SAID_BY[opened.act])))
    uid = _uid(entry.get("id"), at, key)
    if uid is None:
        problems.append(Problem(f"{place}.id", message("clinic.api-no-id")))
    if len(problems) > before or uid is None:
        return None
    return NewEntry(uid, {"by": _SAID_BY[opened.act][0]} | fields)


def _uid(given: object, at: int, key: UUID | None) -> UUID | None:
    return part_uid(key, str(at)) if given is None and key is not None else read_uid(given)


def _not_theirs(opened: Opened, entries: Sequence[Mapping[str, object]]) -> list[Problem]:
    """What is corrected and may not be: a patient's own entries are theirs, and a kind that the call cannot write."""
    named = {at: read_uid(each.get("replaces") or each.get("of")) for at, each in enumerate(entries)}
    uids = [uid for uid in named.values() if uid is not None]
    stored = {each.uid: each for each in entries_by_uid(opened.record, uids)} if uids else {}
    writer = opened.person.pseudonym if opened.act == Act.WRITE_DIARY else None
    refused: list[Problem] = []
    for at, uid in named.items():
        row = None if uid is None else stored.get(uid)
        if row is None:
            continue
        if row.kind not in KINDS_WRITTEN[opened.act] or (writer is not None and row.author != writer):
            refused.append(Problem(f"entries[{at}]", message("clinic.api-not-to-correct")))
    return refused


def _moment(given: str | None, problems: list[Problem]) -> datetime | None:
    if given is None:
        return None
    try:
        return datetime.fromisoformat(given)
    except ValueError:
        problems.append(Problem("sent", message("clinic.api-no-moment")))
        return None
