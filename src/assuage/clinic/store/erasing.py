"""Erase what a patient wrote: the payload and its salt go, the row and its link stay, and the chain still holds."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings as site
from django.db import transaction
from django.utils import timezone

from assuage.clinic.audit.actions import log_access
from assuage.clinic.store.models import ClinicRecord, ErasedEntry, Erasure, Snapshot, StoredEntry
from assuage.clinic.store.queries import forget_everything
from assuage.clinic.store.roles import as_who_erases

BY_THE_PATIENT = "patient"


def may_be_erased(of: ClinicRecord, *, before_day: int | None = None) -> list[StoredEntry]:
    """The entries that the patient wrote and that are there: the diary. What clinicians wrote stays.

    `before_day` asks for what is older than that day. An entry and its corrections go together or not at all: of an
    old correction erased alone the mistake would be left.
    """
    rows = list(
        StoredEntry.objects.filter(record=of, role=BY_THE_PATIENT, payload__isnull=False).order_by("version")
    )
    if before_day is None:
        return rows
    group = {str(each.uid): {str(each.uid)} for each in rows}
    for each in rows:
        for name in _corrected_by(each) & group.keys():
            together = group[str(each.uid)] | group[name]
            for uid in together:
                group[uid] = together
    young = {str(each.uid) for each in rows if each.day >= before_day}
    return [each for each in rows if not group[str(each.uid)] & young]


def came_from_elsewhere(of: ClinicRecord) -> int:
    """How many entries that say something in the patient's name were brought along with the record, and stay.

    Who wrote them down, and whether for the care or for the patient alone, nobody here can tell any more: they are kept
    as the clinical record is.
    """
    brought = StoredEntry.objects.filter(record=of, role="import", payload__isnull=False)
    payloads = brought.values_list("payload", flat=True)
    return sum(json.loads(payload or "{}").get("by") == BY_THE_PATIENT for payload in payloads)


def _corrected_by(each: StoredEntry) -> set[str]:
    plain = json.loads(each.payload or "{}")
    return {str(plain[name]) for name in ("replaces", "of") if plain.get(name)}


@transaction.atomic
def erase(
    record_id: int,
    *,
    by: str,
    role: str,
    why: str,
    entries: Iterable[StoredEntry] | None = None,
    at: datetime | None = None,
) -> Erasure | None:
    """Erase those entries, or all that may be; the row that says so, or None where nothing was there to erase.

    What was kept of the record is dropped with it: rows of lists, and reviews as they were shown.
    """
    of = ClinicRecord.objects.select_for_update().get(pk=record_id)
    allowed = {each.uid: each for each in may_be_erased(of)}
    uids = list(allowed) if entries is None else [each.uid for each in entries if each.uid in allowed]
    if not uids:
        return None
    erasure = Erasure.objects.create(record=of, at=at or timezone.now(), by=by, why=why)
    ErasedEntry.objects.bulk_create([ErasedEntry(erasure=erasure, uid=uid) for uid in uids])
    _take(of, uids)
    log_access("erase", actor=by, role=role, record=of.pseudonym, why=str(len(uids)))
    transaction.on_commit(lambda: _listed_elsewhere(of.pseudonym, uids, erasure))
    return erasure


LIST_OF_ERASURES = "erasures.jsonl"


def _listed_elsewhere(pseudonym: str, uids: Sequence[UUID], erasure: Erasure) -> None:
    """One line beside the database: a backup from before the erasure does not know of it, this file does."""
    line = {
        "record": pseudonym,
        "uids": [str(uid) for uid in uids],
        "at": erasure.at.isoformat(),
        "by": erasure.by,
        "why": erasure.why,
    }
    opened = os.open(Path(site.DATA) / LIST_OF_ERASURES, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _take(of: ClinicRecord, uids: Collection[UUID]) -> None:
    names = list(uids)
    with as_who_erases():
        for start in range(0, len(names), 500):
            some = StoredEntry.objects.filter(record=of, uid__in=names[start : start + 500])
            some.update(payload=None, salt=None)
    Snapshot.objects.filter(record=of).delete()
    of.erased += 1
    of.save(update_fields=["erased"])
    transaction.on_commit(forget_everything)


@transaction.atomic
def erase_again(listed: Path | None = None) -> int:
    """Erase what an erasure names and is there again, as after a restore; how many entries that were.

    `listed` is the list of erasures of the clinic: what was erased after the backup was made stands in it alone.
    """
    if listed is not None:
        _taken_from_the_list(listed)
    there = StoredEntry.objects.filter(payload__isnull=False, uid__in=ErasedEntry.objects.values("uid"))
    by_record: dict[int, list[UUID]] = {}
    for record, uid in there.values_list("record", "uid"):
        by_record.setdefault(record, []).append(uid)
    for record, uids in by_record.items():
        _take(ClinicRecord.objects.select_for_update().get(pk=record), uids)
    return sum(map(len, by_record.values()))


def _taken_from_the_list(listed: Path) -> None:
    """The erasures of the list that this database has not, as rows of it."""
    for line in listed.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        rows = StoredEntry.objects.filter(uid__in=told["uids"], record__pseudonym=told["record"])
        new = list(rows.exclude(uid__in=ErasedEntry.objects.values("uid")))
        if new:
            at = datetime.fromisoformat(told["at"])
            erasure = Erasure.objects.create(
                record_id=new[0].record_id, at=at, by=told["by"], why=told["why"]
            )
            ErasedEntry.objects.bulk_create([ErasedEntry(erasure=erasure, uid=each.uid) for each in new])
