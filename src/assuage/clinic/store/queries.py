"""Read the store: a record as the library knows it, and what the library makes of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from threading import Lock
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

import msgspec
from django.conf import settings as site
from django.db import transaction

from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.pathways.model import Pathway
from assuage.pathways.registry import pathway
from assuage.record.entries import Record
from assuage.record.entry import FORMAT
from assuage.record.trusted import trusted
from assuage.review.make import review_of
from assuage.review.model import Review
from assuage.review.standing import Standing, standing
from assuage.review.visit import VisitPage, visit_page
from assuage.safety.situation import Settings

MOST_KEPT = 16  # records in memory, some 2 MB each for a year of diary (ours)
MOST_LOOKED_AT = 6  # of which a review is in memory too: those that somebody has open (ours)


_Key = tuple[int, int, bytes, int, str]
T = TypeVar("T")


class KeptOfRecords(Generic[T]):
    """What was made of records last, by their head, what was erased and the zone: these never mean another record.

    `also` is what else it depends on: a day, a language.
    """

    def __init__(self, most: int) -> None:
        self._lock, self._most = Lock(), most
        self._records: OrderedDict[tuple[_Key, tuple[object, ...]], T] = OrderedDict()
        _everything.append(self)

    def get(self, of: ClinicRecord, *also: object) -> T | None:
        """What is kept of the record as it stands; None where nothing is."""
        key = (_key(of), also)
        with self._lock:
            value = self._records.get(key)
            if value is not None:
                self._records.move_to_end(key)
            return value

    def once(self, of: ClinicRecord, make: Callable[[], T], *also: object) -> T:
        """What is kept of the record as it stands; it is made where nothing is."""
        value = self.get(of, *also)
        if value is None:
            value = make()
            self.keep(of, value, *also)
        return value

    def last(self, of: ClinicRecord, alike: Callable[[tuple[object, ...]], bool]) -> T | None:
        """What was kept last of the record at whatever head, since nothing of it was erased and its zone is the same.

        `alike` says of what else a value depends on whether it would do.
        """
        pk, _, _, erased, zone = _key(of)
        with self._lock:
            for (other, also), value in reversed(self._records.items()):
                if (other[0], other[3], other[4]) == (pk, erased, zone) and alike(also):
                    return value
        return None

    def keep(self, of: ClinicRecord, value: T, *also: object) -> None:
        """Keep it once what was written of it is committed: what is rolled back was never there."""
        key = (_key(of), also)
        transaction.on_commit(lambda: self._kept(key, value))

    def _kept(self, key: tuple[_Key, tuple[object, ...]], value: T) -> None:
        with self._lock:
            self._records[key] = value
            self._records.move_to_end(key)
            while len(self._records) > self._most:
                self._records.popitem(last=False)

    def forget(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._records.clear()


_everything: list[KeptOfRecords[Any]] = []


def forget_everything() -> None:
    """What was erased is kept in no memory of this process."""
    for each in _everything:
        each.forget()


def _key(of: ClinicRecord) -> _Key:
    return (of.pk, of.head, bytes(of.head_hash), of.erased, of.zone)


kept = KeptOfRecords[Record](MOST_KEPT)
# What was worked out of the records that people look at now; each holds its record laid out by day, some megabytes.
_stands, _reviews, _pages = (
    KeptOfRecords[Standing](MOST_LOOKED_AT),
    KeptOfRecords[Review](MOST_LOOKED_AT),
    KeptOfRecords[VisitPage](MOST_LOOKED_AT),
)


def stored_record(of: ClinicRecord) -> Record:
    """The record up to its head, without what was erased."""
    return kept.once(of, lambda: record_up_to(of, of.head))


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
    # One text for all of them is read in a third of the time of one after the other.
    entries = cast("list[dict[str, Any]]", msgspec.json.decode(f"[{','.join(filter(None, payloads))}]"))
    if of.erased:
        gone = StoredEntry.objects.filter(record=of, version__lte=head, payload__isnull=True)
        erased = {str(uid) for uid in gone.values_list("uid", flat=True)}
        entries = [each for each in (_without_erased(each, erased) for each in entries) if each is not None]
    return trusted({**_head_of(of), "entries": entries})


def _without_erased(plain: dict[str, Any], erased: Collection[str]) -> dict[str, Any] | None:
    """The entry without the names of what was erased: a record names nothing that it does not have.

    What was in dispute with it, or corrected it, stands by itself; a withdrawal of it is nothing any more.
    """
    if plain.get("of") in erased:
        return None
    for name in ("replaces", "about"):
        if plain.get(name) in erased:
            del plain[name]
    disputed = plain.get("disputed_with")
    if disputed:
        names = [disputed] if isinstance(disputed, str) else disputed
        plain["disputed_with"] = [each for each in names if each not in erased]
        if not plain["disputed_with"]:
            del plain["disputed_with"]
    return plain


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
    """Where the patient stands on that day: the short review, worked out once for a head, a day and a country."""
    settings = settings_of_the_site()
    return _stands.once(of, lambda: standing(stored_record(of), None, on, settings), on, settings)


def stored_review(of: ClinicRecord, on: int) -> Review:
    """The review of that day without what takes seconds: effects are worked out outside a request."""
    settings = settings_of_the_site()
    return _reviews.once(of, lambda: review_of(stored_standing(of, on), effects=False), on, settings)


def stored_visit_page(of: ClinicRecord, on: int) -> VisitPage:
    """What a clinician reads in a minute: the review of that day since the last visit, with what to ask."""
    settings = settings_of_the_site()
    return _pages.once(of, lambda: visit_page(stored_review(of, on), None, settings), on, settings)


def entries_since(of: ClinicRecord, seen: int) -> Sequence[StoredEntry]:
    """What was written after somebody looked."""
    return list(StoredEntry.objects.filter(record=of, version__gt=seen).order_by("version"))


def entries_after(
    of: ClinicRecord, after: int, most: int, author: str | None = None
) -> Sequence[StoredEntry]:
    """The next entries in the order in which they were stored; of one author where one is named."""
    rows = StoredEntry.objects.filter(record=of, version__gt=after)
    return list((rows if author is None else rows.filter(author=author)).order_by("version")[:most])


def first_told_after(of: ClinicRecord, at: datetime) -> datetime | None:
    """When the patient's first entry after that moment was received; None where there is none."""
    rows = StoredEntry.objects.filter(record=of, role="patient", received_at__gt=at).order_by("received_at")
    return rows.values_list("received_at", flat=True).first()


def pseudonym_of_entry(uid: UUID) -> str | None:
    """The record that an entry is of; None where there is no such entry, or nothing is left of it."""
    rows = StoredEntry.objects.filter(uid=uid, payload__isnull=False)
    return rows.values_list("record__pseudonym", flat=True).first()


def entries_by_uid(of: ClinicRecord, uids: Iterable[UUID]) -> Sequence[StoredEntry]:
    """What of these is stored in the record already."""
    return list(StoredEntry.objects.filter(record=of, uid__in=list(uids)))
