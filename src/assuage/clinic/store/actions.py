"""Write to the store: a new record, and entries at its end. Nothing else writes there but erasure."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import cast
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from msgspec import Struct
from msgspec.structs import replace

from assuage.clinic.store.chain import canonical, link, new_uid, opening_link, salted_digest
from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.clinic.store.queries import entries_since, kept, stored_record
from assuage.clinic.store.received import (
    NewEntry,
    Writer,
    matters_to,
    refuse_a_wrong_clock,
    refuse_what_has_not_begun,
    refuse_what_is_too_much,
)
from assuage.clinic.store.snapshots import afterwards
from assuage.engine.append import append_as_followed, can_be_followed
from assuage.errors import Problem, Problems
from assuage.record.append import Appended, Disputed, Refused, append
from assuage.record.entries import KIND_OF, Record
from assuage.record.write import entry_to_plain


class Saved(Struct, frozen=True):
    """What was stored, in order; what was there already is given as it was stored the first time."""

    entries: tuple[StoredEntry, ...]
    disputed: tuple[StoredEntry, ...] = ()


class StaleHead(Exception):
    """Somebody wrote what matters to this act after it was looked at: `between` came in the meantime."""

    def __init__(self, between: Sequence[StoredEntry]) -> None:
        super().__init__()
        self.between = between


class Overtaken(Problems):
    """Somebody did meanwhile what this act was to do, and nothing was written that it could be told by."""


def write(
    record_id: int,
    drafts: Iterable[NewEntry],
    writer: Writer,
    *,
    seen: int | None = None,
    sent: datetime | None = None,
    at: datetime | None = None,
) -> Saved:
    """The entries at the end of the record, all or none. Its row is held until they are stored.

    `seen` is the head that the writer looked at, for an act that depends on it; `sent` what the writer's clock showed
    when it was sent. The same uid with the same content is one entry however often it comes; with other content it is
    filed under a new uid, in dispute with the first. Raises `StaleHead`, and `Problems` for what is wrong in itself.
    """
    drafts = tuple(drafts)
    at = at or timezone.now()
    refuse_what_is_too_much(drafts, writer)
    refuse_a_wrong_clock(sent, at)
    try:
        return _write(record_id, drafts, writer, seen, at)
    except IntegrityError:  # the same uid came to another record at this moment: now it is there, and is seen
        return _write(record_id, drafts, writer, seen, at)


@transaction.atomic
def _write(
    record_id: int, drafts: Sequence[NewEntry], writer: Writer, seen: int | None, at: datetime
) -> Saved:
    head = ClinicRecord.objects.select_for_update().get(pk=record_id)
    if seen is not None and seen != head.head:
        between = entries_since(head, seen) if 0 <= seen < head.head else ()
        stale = matters_to(between, [draft.entry for draft in drafts])
        if stale or not 0 <= seen < head.head:
            raise StaleHead(stale)
    saving = _taken(head, drafts, writer, at)
    if saving.new:
        StoredEntry.objects.bulk_create(saving.new)
        head.save(update_fields=["head", "head_hash"])
        kept.keep(head, saving.record)
        transaction.on_commit(lambda: afterwards(record_id))
    disputed = [each for each in saving.new if each.state == StoredEntry.State.DISPUTED]
    return Saved(tuple(saving.saved), tuple(disputed))


def _taken(head: ClinicRecord, drafts: Sequence[NewEntry], writer: Writer, at: datetime) -> _Saving:
    """All of them taken. What decides nothing is walked once, at the end; where that fails, each entry is asked."""
    record, known, before = stored_record(head), _with_these_uids(drafts), (head.head, head.head_hash)
    decides = any(draft.entry.get("kind") == "decision" for draft in drafts)
    for one_by_one in (True,) if decides else (False, True):
        head.head, head.head_hash = before
        saving = _Saving(head, record, writer, at, {uid: list(rows) for uid, rows in known.items()})
        saving.one_by_one = one_by_one
        for draft in drafts:
            saving.take(draft)
        if one_by_one or saving.is_followed():
            return saving
    raise AssertionError("the last way takes every entry")


def _with_these_uids(drafts: Sequence[NewEntry]) -> dict[UUID, list[StoredEntry]]:
    """What is stored under the uids of what comes, or came under one of them when it was taken already."""
    uids = {draft.uid for draft in drafts}
    known: dict[UUID, list[StoredEntry]] = {uid: [] for uid in uids}
    for row in StoredEntry.objects.filter(Q(uid__in=uids) | Q(claims__in=uids)).order_by("pk"):
        known[row.uid if row.uid in uids else cast("UUID", row.claims)].append(row)
    return known


class _Saving:
    """A save while it goes on: the record with what was added to it, and the rows that are to be stored."""

    def __init__(
        self,
        head: ClinicRecord,
        record: Record,
        writer: Writer,
        at: datetime,
        known: dict[UUID, list[StoredEntry]],
    ) -> None:
        self.head, self.record = head, record
        self.saved: list[StoredEntry] = []
        self.new: list[StoredEntry] = []
        self.one_by_one = True
        self._writer, self._at, self._known, self._batch = writer, at, known, new_uid()
        self._first = len(record.entries)

    def is_followed(self) -> bool:
        """Whether its pathways can follow the decisions of the record beside all that was added."""
        return can_be_followed(self.record, self.record.entries[self._first :])

    def take(self, draft: NewEntry) -> None:
        """Add one entry, unless it is there."""
        known = self._known[draft.uid]
        same = next((each for each in known if self._is_the_same(each, draft)), None)
        if same is not None:
            self.saved.append(same)
            return
        refuse_what_has_not_begun(self.head, draft.entry, self._at)
        uid = new_uid() if known else draft.uid
        plain = self._signed(draft, uid)
        rivals = [str(each.uid) for each in known if each.record_id == self.head.pk]
        if rivals:
            plain["disputed_with"] = [*_named(plain.get("disputed_with")), *rivals]
        row = self._added(plain, uid, draft.uid if known else None)
        known.append(row)
        self.new.append(row)
        self.saved.append(row)

    def _is_the_same(self, known: StoredEntry, draft: NewEntry) -> bool:
        """Whether what came is what is stored there: of this record, by this writer, with these fields."""
        if known.record_id != self.head.pk or known.author != self._writer.author:
            return False
        if known.payload is None:
            return True  # erased since: it came again from a phone that did not know
        stored = self.record.written(str(known.uid))
        if stored is None:
            return False
        before = replace(self.record, entries=self.record.entries[: stored.place])
        again = append(before, self._signed(draft, known.uid))
        if isinstance(again, Refused):
            return False
        longer = again.record if isinstance(again, Disputed) else again
        first, second = entry_to_plain(stored, self.record), entry_to_plain(longer.entries[-1], longer)
        ignored = {"disputed_with", "source", *(() if "entered" in draft.entry else ("entered",))}
        return _but(first, ignored) == _but(second, ignored)

    def _signed(self, draft: NewEntry, uid: UUID) -> dict[str, object]:
        """The entry with who wrote it and when: never what the sender says of who."""
        writer = self._writer
        entered = self._at.astimezone(ZoneInfo(self.head.zone)).isoformat(timespec="seconds")
        signed = {"id": str(uid), "author": writer.author, "role": writer.role, "source": writer.source}
        return {"entered": entered, **draft.entry, **signed}

    def _added(self, plain: Mapping[str, object], uid: UUID, claims: UUID | None) -> StoredEntry:
        """The row of an entry that was added to the record."""
        appended: Appended = (append_as_followed if self.one_by_one else append)(self.record, plain)
        if isinstance(appended, Refused):
            raise Problems("entry", _of_the_entry(appended.problems))
        self.record = appended.record if isinstance(appended, Disputed) else appended
        added = self.record.entries[-1]
        row = StoredEntry(uid=uid, claims=claims, batch=self._batch, kind=KIND_OF[type(added)], day=added.day)
        row.state = StoredEntry.State.DISPUTED if added.disputed_with else StoredEntry.State.STANDING
        return linked(self.head, row, canonical(entry_to_plain(added, self.record)), self._writer, self._at)


def _but(plain: Mapping[str, object], ignored: Collection[str]) -> dict[str, object]:
    return {name: value for name, value in plain.items() if name not in ignored}


def _named(given: object) -> list[object]:
    return list(given) if isinstance(given, list | tuple) else [] if given is None else [given]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _of_the_entry(problems: Sequence[Problem]) -> list[Problem]:
    """The problems with places inside the entry: the writer knows nothing of its place in the record."""
    return [Problem(each.place.partition("].")[2] or "entry", each.what) for each in problems]


def linked(head: ClinicRecord, row: StoredEntry, payload: str, writer: Writer, at: datetime) -> StoredEntry:
    """The row with its payload, its writer and its link at the end of the chain, whose head moves on."""
    row.record, row.version, row.received_at = head, head.head + 1, at
    row.author, row.role, row.source = writer.author, writer.role, writer.source
    salt = os.urandom(16)
    row.payload, row.salt, row.digest = payload, salt, salted_digest(salt, payload)
    row.hash = link(bytes(head.head_hash), row)
    head.head, head.head_hash = row.version, row.hash
    return row


@transaction.atomic
def open_record(
    pseudonym: str, *, starts_on: date, zone: str, pathway: str = "", **patient: object
) -> ClinicRecord:
    """A record without an entry."""
    record = ClinicRecord(
        pseudonym=pseudonym,
        about_patient=patient,
        starts_on=starts_on,
        zone=zone,
        first_zone=zone,
        pathway=pathway,
    )
    record.head_hash, record.opened_at = opening_link(record), timezone.now()
    record.save(force_insert=True)
    return record


@transaction.atomic
def take_over(record: Record, *, pseudonym: str, starts_on: date, zone: str, writer: Writer) -> ClinicRecord:
    """A record that was read whole from a document, stored entry by entry as it is.

    Entries that have an id keep saying which they answer and correct: ids are made into uids of this record. An
    author and a role that the document names stay what they are; the row says who brought it.
    """
    patient = {"sex": record.patient.sex, "age": record.patient.age}
    head = open_record(
        pseudonym,
        starts_on=record.starts_on or starts_on,
        zone=record.zone or zone,
        pathway=record.pathway or "",
        **{name: value for name, value in patient.items() if value is not None},
    )
    at, rows = timezone.now(), list[StoredEntry]()
    for entry in record.entries:
        plain = entry_to_plain(entry, record)
        uid = _uid_of(pseudonym, entry.id) if entry.id else new_uid()
        for name in ("replaces", "about", "of"):
            if name in plain:
                plain[name] = str(_uid_of(pseudonym, str(plain[name])))
        if "disputed_with" in plain:
            plain["disputed_with"] = [
                str(_uid_of(pseudonym, str(each))) for each in _named(plain["disputed_with"])
            ]
        row = StoredEntry(uid=uid, kind=KIND_OF[type(entry)], day=entry.day)
        row.state = StoredEntry.State.DISPUTED if entry.disputed_with else StoredEntry.State.STANDING
        rows.append(linked(head, row, canonical(plain | {"id": str(uid)}), writer, at))
    StoredEntry.objects.bulk_create(rows)
    head.save(update_fields=["head", "head_hash"])
    return head


def _uid_of(pseudonym: str, name: str) -> UUID:
    """The uid of an entry that a document calls by a name of its own."""
    return uuid5(NAMESPACE_URL, f"{pseudonym}/{name}")
