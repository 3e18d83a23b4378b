"""Read the store: a record as the library knows it, and what the library makes of it."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any
from uuid import UUID

from django.conf import settings as site
from django.db import transaction

from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.pathways.model import Pathway
from assuage.pathways.registry import pathway
from assuage.record.entries import Record
from assuage.record.entry import FORMAT
from assuage.record.trusted import trusted
from assuage.review.make import review
from assuage.review.model import Review
from assuage.review.standing import Standing, standing
from assuage.safety.situation import Settings

MOST_KEPT = 64  # records in memory, some 2 MB each for a year of diary (ours)


_Key = tuple[int, int, bytes, int]


class _KeptRecords:
    """The records that were read last, by their head and what was erased: these never mean another record."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._records: OrderedDict[_Key, Record] = OrderedDict()

    def get(self, of: ClinicRecord) -> Record | None:
        with self._lock:
            record = self._records.get(_key(of))
            if record is not None:
                self._records.move_to_end(_key(of))
            return record

    def keep(self, of: ClinicRecord, record: Record) -> None:
        """Keep it once what was written of it is committed: what is rolled back was never there."""
        key = _key(of)
        transaction.on_commit(lambda: self._kept(key, record))

    def _kept(self, key: _Key, record: Record) -> None:
        with self._lock:
            self._records[key] = record
            self._records.move_to_end(key)
            while len(self._records) > MOST_KEPT:
                self._records.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._records.clear()


def _key(of: ClinicRecord) -> _Key:
    return (of.pk, of.head, bytes(of.head_hash), of.erased)


kept = _KeptRecords()


def stored_record(of: ClinicRecord) -> Record:
    """The record up to its head, without what was erased."""
    record = kept.get(of)
    if record is None:
        record = record_up_to(of, of.head)
        kept.keep(of, record)
    return record


def as_it_is_now(of: ClinicRecord) -> ClinicRecord:
    """The same record with the head that it has by now."""
    return ClinicRecord.objects.get(pk=of.pk)


def held_record(of: ClinicRecord) -> ClinicRecord:
    """The same, held until the transaction ends: nobody writes to it in between."""
    return ClinicRecord.objects.select_for_update().get(pk=of.pk)


def record_up_to(of: ClinicRecord, head: int) -> Record:
    """The record as it stood when that version was its last."""
    payloads = (
        StoredEntry.objects.filter(record=of, version__lte=head, payload__isnull=False)
        .order_by("version")
        .values_list("payload", flat=True)
    )
    return trusted({**_head_of(of), "entries": [json.loads(payload) for payload in payloads if payload]})


def _head_of(of: ClinicRecord) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "format": FORMAT,
        "patient": {"id": of.pseudonym, **of.about_patient},
        "zone": of.zone,
    }
    if of.starts_on is not None:
        plain["starts_on"] = of.starts_on.isoformat()
    if of.pathway:
        plain["pathway"] = of.pathway
    return plain


def stored_pathway(of: ClinicRecord) -> Pathway | None:
    """The pathway that stands before the entries; a decision may name another."""
    return pathway(of.pathway) if of.pathway else None


def settings_of_the_site() -> Settings:
    """The country whose rules hold."""
    return Settings(site.CLINIC_COUNTRY)


def stored_standing(of: ClinicRecord, on: int) -> Standing:
    """Where the patient stands on that day: the short review."""
    return standing(stored_record(of), None, on, settings_of_the_site())


def stored_review(of: ClinicRecord, on: int) -> Review:
    """The review of that day without what takes seconds: effects are worked out outside a request."""
    return review(stored_record(of), None, on, settings_of_the_site(), effects=False)


def entries_since(of: ClinicRecord, seen: int) -> Sequence[StoredEntry]:
    """What was written after somebody looked."""
    return list(StoredEntry.objects.filter(record=of, version__gt=seen).order_by("version"))


def entries_by_uid(of: ClinicRecord, uids: Iterable[UUID]) -> Sequence[StoredEntry]:
    """What of these is stored in the record already."""
    return list(StoredEntry.objects.filter(record=of, uid__in=list(uids)))
