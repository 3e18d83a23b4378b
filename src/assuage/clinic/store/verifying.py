"""Whether everything that was written is still there as it was: each chain, and the signed heads of each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import datetime
from itertools import combinations
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.clinic.audit.models import AccessEvent, Checkpoint
from assuage.clinic.audit.queries import broken_events
from assuage.clinic.audit.signing import signature_of
from assuage.clinic.store.chain import link, opening_link, salted_digest
from assuage.clinic.store.guards import missing_guards
from assuage.clinic.store.models import ClinicRecord, ErasedEntry, StoredEntry
from assuage.clinic.store.received import MOST_ASKEW

MOVED_ZONE = "move-zone"  # the event of the log that says by which zone days roll from then on
MOST_PAIRED = 40  # rows that do not hold among which an exchanged pair is looked for (ours)


class StoreFault(Struct, frozen=True):
    """One thing that is not as it was written: in which record (empty: in the log or its signatures), and what."""

    record: str
    what: Message


class Verified(Struct, frozen=True):
    """How much was looked at, and what does not hold; `last` is the latest signature, to be kept elsewhere."""

    records: int
    entries: int
    events: int
    checkpoints: int
    faults: tuple[StoreFault, ...]
    last: str | None


def verify_store(at: datetime | None = None) -> Verified:
    """Every record's chain, the log, and the signed checkpoints, each fault named."""
    erased = set(ErasedEntry.objects.values_list("uid", flat=True))
    entries, faults = 0, list[StoreFault]()
    pseudonyms = list(ClinicRecord.objects.order_by("pk").values_list("pk", "pseudonym"))
    for key, pseudonym in pseudonyms:
        of, rows = _rows_of(key)
        entries += len(rows)
        faults += [StoreFault(pseudonym, what) for what in _of_a_record(of, rows, erased)]
    faults += _of_zones()
    broken = broken_events()
    faults += [StoreFault("", message("clinic.verify-event", seq=seq)) for seq in broken]
    faults += [StoreFault("", message("clinic.verify-guard", table=table)) for table in missing_guards()]
    checkpoints = list(Checkpoint.objects.order_by("day"))
    faults += _of_checkpoints(checkpoints)
    faults += _of_the_clock(at or timezone.now())
    last = bytes(checkpoints[-1].signature).hex() if checkpoints else None
    events = AccessEvent.objects.count()
    return Verified(len(pseudonyms), entries, events, len(checkpoints), tuple(faults), last)


@transaction.atomic
def _rows_of(key: int) -> tuple[ClinicRecord, Sequence[StoredEntry]]:
    """A record and its entries at one moment, while nobody writes to it."""
    of = ClinicRecord.objects.select_for_update().get(pk=key)
    return of, list(StoredEntry.objects.filter(record=of).order_by("version"))


def _of_a_record(of: ClinicRecord, rows: Sequence[StoredEntry], erased: set[UUID]) -> Iterator[Message]:
    before, expected, broken = opening_link(of), 1, list[StoredEntry]()
    if not rows and of.head == 0 and bytes(of.head_hash) != before:
        yield message("clinic.verify-opening")
    for row in rows:
        if row.version != expected:
            yield message("clinic.verify-hole", first=expected, last=row.version - 1)
        elif link(before, row) != bytes(row.hash):
            broken.append(row)
        before, expected = bytes(row.hash), row.version + 1
        yield from _of_a_payload(row, erased)
    yield from _of_broken_links(of, rows, broken)
    if of.head != expected - 1:
        yield message("clinic.verify-tail", head=of.head, last=expected - 1)
    elif rows and bytes(of.head_hash) != before:
        yield message("clinic.verify-head", head=of.head)


def _of_a_payload(row: StoredEntry, erased: set[UUID]) -> Iterator[Message]:
    if row.payload is None:
        if row.uid not in erased:
            yield message("clinic.verify-taken", version=row.version)
    elif row.uid in erased:
        yield message("clinic.verify-not-erased", version=row.version)
    elif salted_digest(bytes(row.salt or b""), row.payload) != bytes(row.digest):
        yield message("clinic.verify-payload", version=row.version)


def _of_broken_links(
    of: ClinicRecord, rows: Sequence[StoredEntry], broken: Sequence[StoredEntry]
) -> Iterator[Message]:
    """The rows that do not follow from the ones before them; two that changed places are told as a pair."""
    hashes = {row.version: bytes(row.hash) for row in rows} | {0: opening_link(of)}
    paired = set[int]()
    for first, second in combinations(broken[:MOST_PAIRED], 2):
        if not {first.version, second.version} & paired and _changed_places(first, second, hashes):
            paired |= {first.version, second.version}
            yield message("clinic.verify-exchanged", first=first.version, second=second.version)
    for row in broken:
        # what follows an exchanged pair follows from a hash that moved with its row
        if row.version not in paired and row.version - 1 not in paired:
            yield message("clinic.verify-changed", version=row.version)


def _changed_places(first: StoredEntry, second: StoredEntry, hashes: dict[int, bytes]) -> bool:
    """Whether the later row holds in the place of the earlier one."""
    there = copy(second)
    there.version = first.version
    return link(hashes.get(first.version - 1, b""), there) == bytes(second.hash)


def _of_zones() -> Iterator[StoreFault]:
    """A zone that days roll by and that the log does not tell of: the last that was told, else the first."""
    moves = AccessEvent.objects.filter(act=MOVED_ZONE).order_by("seq").values_list("record", "why")
    told = dict(moves)
    for pseudonym, first, now in ClinicRecord.objects.values_list("pseudonym", "first_zone", "zone"):
        if now != told.get(pseudonym, first):
            yield StoreFault(
                pseudonym, message("clinic.verify-zone", zone=now, told=told.get(pseudonym, first))
            )


def _of_checkpoints(checkpoints: Iterable[Checkpoint]) -> Iterator[StoreFault]:
    before: str | None = None
    for each in checkpoints:
        day = each.day.isoformat()
        if signature_of(each) != bytes(each.signature) or each.heads.get("before") != before:
            yield StoreFault("", message("clinic.verify-signature", day=day))
        else:
            yield from _of_heads(each, day)
        before = bytes(each.signature).hex()


def _of_heads(each: Checkpoint, day: str) -> Iterator[StoreFault]:
    """What was there on a day, by its signature, and is not any more or not as it was."""
    seq, digest = each.heads["log"]
    if seq and not AccessEvent.objects.filter(seq=seq, hash=bytes.fromhex(digest)).exists():
        yield StoreFault("", message("clinic.verify-log-behind", seq=seq, day=day))
    records = {of.pseudonym: of for of in ClinicRecord.objects.all()}
    signed = {
        name: (version, bytes.fromhex(value)) for name, (version, value) in each.heads["records"].items()
    }
    there = {
        (name, version): bytes(digest)
        for name, version, digest in StoredEntry.objects.filter(
            version__in={version for version, _ in signed.values()}
        ).values_list("record__pseudonym", "version", "hash")
    }
    for name, (version, value) in signed.items():
        if name not in records:
            yield StoreFault(name, message("clinic.verify-record-gone", day=day))
        elif version and there.get((name, version)) != value:
            yield StoreFault(name, message("clinic.verify-behind", version=version, day=day))


def _of_the_clock(at: datetime) -> Iterator[StoreFault]:
    last = AccessEvent.objects.order_by("-seq").first()
    if last is not None and last.at > at + MOST_ASKEW:
        yield StoreFault("", clock_set_back(last.at, at))


def clock_set_back(last: datetime, at: datetime) -> Message:
    """That the machine's clock shows a time before the last event."""
    shown, written = at.isoformat(" ", "minutes"), last.isoformat(" ", "minutes")
    return message("clinic.clock-back", now=shown, last=written)
