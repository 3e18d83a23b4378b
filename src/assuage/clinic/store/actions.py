"""Write to the store: a new record, and entries at its end. Nothing else writes there but erasure."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from assuage.clinic.store.chain import FIRST_LINK, canonical, link, new_uid, salted_digest
from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.clinic.store.queries import entries_since, kept, stored_pathway, stored_record
from assuage.engine.append import append_on_pathway
from assuage.errors import Problem, Problems
from assuage.record.append import Appended, Disputed, Refused, append
from assuage.record.entries import KIND_OF, Record
from assuage.record.entry import Role, WrittenFrom
from assuage.record.write import entry_to_plain


class Writer(Struct, frozen=True):
    """Who writes: the pseudonym of the account, in which role, from where."""

    author: str
    role: Role
    source: WrittenFrom = "web"


class NewEntry(Struct, frozen=True):
    """An entry before it is stored: its uid, made by whoever wrote it, and its fields as a document has them."""

    uid: UUID
    entry: Mapping[str, object]


class Saved(Struct, frozen=True):
    """What was stored, in order; what was there already is given as it was stored the first time."""

    entries: tuple[StoredEntry, ...]
    disputed: tuple[StoredEntry, ...] = ()


class StaleHead(Exception):
    """Somebody wrote what matters to this act after it was looked at: `between` came in the meantime."""

    def __init__(self, between: Sequence[StoredEntry]) -> None:
        super().__init__()
        self.between = between


# What a patient's day is made of commutes: it never makes an act stale that does not depend on it. All else does.
COMMUTING = frozenset({"rating", "goal", "appointment", "offer"})


@transaction.atomic
def write(
    record_id: int,
    drafts: Iterable[NewEntry],
    writer: Writer,
    *,
    seen: int | None = None,
    at: datetime | None = None,
) -> Saved:
    """The entries at the end of the record, all or none. Its row is held until they are stored.

    `seen` is the head that the writer looked at, for an act that depends on it. The same uid with the same content is
    one entry however often it comes; with other content it is filed under a new uid, in dispute with the first.
    Raises `StaleHead`, and `Problems` for what is wrong in itself.
    """
    at = at or timezone.now()
    head = ClinicRecord.objects.select_for_update().get(pk=record_id)
    if seen is not None and seen < head.head:
        between = [each for each in entries_since(head, seen) if each.kind not in COMMUTING]
        if between:
            raise StaleHead(between)
    record, saved, disputed, batch = stored_record(head), list[StoredEntry](), list[StoredEntry](), new_uid()
    for draft in drafts:
        known = StoredEntry.objects.filter(uid=draft.uid).first()
        if known is not None and _is_the_same(known, head, draft, writer):
            saved.append(known)
            continue
        uid = draft.uid if known is None else new_uid()
        plain = _signed(draft.entry, uid, writer)
        if known is not None and known.record_id == head.pk:
            plain["disputed_with"] = [*_named(plain.get("disputed_with")), str(known.uid)]
        record, stored, is_disputed = _added(head, record, plain, uid, writer, at)
        stored.batch, stored.claims = batch, None if known is None else draft.uid
        stored.save(force_insert=True)
        head.save(update_fields=["head", "head_hash"])
        saved.append(stored)
        if is_disputed:
            disputed.append(stored)
    kept.keep(head, record)
    return Saved(tuple(saved), tuple(disputed))


def _is_the_same(known: StoredEntry, head: ClinicRecord, draft: NewEntry, writer: Writer) -> bool:
    """Whether what came is what is stored under that uid: of this record, by this writer, with these fields."""
    if known.record_id != head.pk or known.author != writer.author:
        return False
    if known.payload is None:
        return True  # erased since: it came again from a phone that did not know
    record = stored_record(head)
    stored = record.written(str(known.uid))
    again = append(_without(record, str(known.uid)), _signed(draft.entry, known.uid, writer))
    if stored is None or isinstance(again, Refused):
        return False
    longer = again.record if isinstance(again, Disputed) else again
    first, second = entry_to_plain(stored, record), entry_to_plain(longer.entries[-1], longer)
    for each in (first, second):
        each.pop("disputed_with", None)
    return first == second


def _without(record: Record, name: str) -> Record:
    """The record before an entry of that name was written."""
    from msgspec.structs import replace

    place = next(place for place, each in enumerate(record.entries) if each.id == name)
    return replace(record, entries=record.entries[:place])


def _signed(entry: Mapping[str, object], uid: UUID, writer: Writer) -> dict[str, object]:
    """The entry with who wrote it: never what the sender says of that."""
    return {**entry, "id": str(uid), "author": writer.author, "role": writer.role, "source": writer.source}


def _named(given: object) -> list[object]:
    return list(given) if isinstance(given, list | tuple) else [] if given is None else [given]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _added(
    head: ClinicRecord, record: Record, plain: Mapping[str, object], uid: UUID, writer: Writer, at: datetime
) -> tuple[Record, StoredEntry, bool]:
    """The record with the entry, and the row for it, its link made; the head moved on, neither saved."""
    followed = stored_pathway(head)
    appended: Appended = (
        append(record, plain) if followed is None else append_on_pathway(record, plain, followed)
    )
    if isinstance(appended, Refused):
        raise Problems("entry", _of_the_entry(appended.problems))
    longer = appended.record if isinstance(appended, Disputed) else appended
    added = longer.entries[-1]
    is_disputed = bool(added.disputed_with)
    stored = linked(head, canonical(entry_to_plain(added, longer)), uid, writer, at)
    stored.kind, stored.day = KIND_OF[type(added)], added.day
    stored.state = StoredEntry.State.DISPUTED if is_disputed else StoredEntry.State.STANDING
    return longer, stored, is_disputed


def _of_the_entry(problems: Sequence[Problem]) -> list[Problem]:
    """The problems with places inside the entry: the writer knows nothing of its place in the record."""
    return [Problem(each.place.partition("].")[2] or "entry", each.what) for each in problems]


def linked(head: ClinicRecord, payload: str, uid: UUID, writer: Writer, at: datetime) -> StoredEntry:
    """The row of a payload at the end of the chain, its head moved on; kind, day and state are not in it yet."""
    salt = os.urandom(16)
    digest = salted_digest(salt, payload)
    before = bytes(head.head_hash) or FIRST_LINK
    head.head += 1
    head.head_hash = link(before, head.head, uid, digest, writer.author, at)
    return StoredEntry(
        record=head,
        version=head.head,
        uid=uid,
        payload=payload,
        salt=salt,
        digest=digest,
        author=writer.author,
        role=writer.role,
        source=writer.source,
        received_at=at,
        hash=head.head_hash,
    )


@transaction.atomic
def open_record(
    pseudonym: str, *, starts_on: date, zone: str, pathway: str = "", **patient: object
) -> ClinicRecord:
    """A record without an entry."""
    return ClinicRecord.objects.create(
        pseudonym=pseudonym,
        about_patient=patient,
        starts_on=starts_on,
        zone=zone,
        pathway=pathway,
        head_hash=FIRST_LINK,
        opened_at=timezone.now(),
    )


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
        stored = linked(head, canonical(plain | {"id": str(uid)}), uid, writer, at)
        stored.kind, stored.day = KIND_OF[type(entry)], entry.day
        stored.state = StoredEntry.State.DISPUTED if entry.disputed_with else StoredEntry.State.STANDING
        rows.append(stored)
    StoredEntry.objects.bulk_create(rows)
    head.save(update_fields=["head", "head_hash"])
    return head


def _uid_of(pseudonym: str, name: str) -> UUID:
    """The uid of an entry that a document calls by a name of its own."""
    return uuid5(NAMESPACE_URL, f"{pseudonym}/{name}")
