"""Operate a clinic: its tables, the beginning of a day, and letting go of what is kept long enough."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.errors import InputError, SurroundingsError

if TYPE_CHECKING:
    from assuage.clinic.store.models import ClinicRecord
    from assuage.clinic.store.snapshots import InboxRow

DIARY_YEARS = (
    10  # after which a diary is erased unless the site says otherwise (ours: ask who knows your law)
)


_KEPT_AT_ONCE = 50  # rows that are stored together (ours)
_RECORDS_AT_ONCE = 500  # whose rows are looked at together (ours)


class NewDay(Struct, frozen=True):
    """What the beginning of a day did: rows made, patients whose row could not be made, and the signature."""

    rows: int
    failed: tuple[str, ...]
    signature: str


class Expired(Struct, frozen=True):
    """What was let go: entries of diaries by how many patients, and sessions of browsers."""

    entries: int
    patients: int
    sessions: int


def open_clinic(data: Path | None) -> None:
    """Make the tables of the clinic known to this process: its folder and its secret come from the environment.

    `data` stands for ASSUAGE_CLINIC_DATA. Raises InputError where no clinic is there.
    """
    if data is not None:
        os.environ["ASSUAGE_CLINIC_DATA"] = str(data)
    folder = Path(os.environ.get("ASSUAGE_CLINIC_DATA", "."))
    if not os.environ.get("DATABASE_URL") and not (folder / "clinic.sqlite3").is_file():
        raise InputError(message("clinic.not-there", folder=str(folder)))
    _django(folder)


def _django(folder: Path) -> None:
    has_secret = {"ASSUAGE_CLINIC_SECRET", "ASSUAGE_CLINIC_SECRET_FILE"} & os.environ.keys()
    if not has_secret and (folder / "secret").is_file():
        os.environ["ASSUAGE_CLINIC_SECRET_FILE"] = str(folder / "secret")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assuage.clinic.settings")
    import django

    django.setup()
    from django.conf import settings

    if not settings.SECRET_KEY:
        raise InputError(message("clinic.no-secret-here"))


def migrate_tables(server_role: str | None = None) -> tuple[str, ...]:
    """Bring the tables up to this program; the migrations that were made, in their order.

    A `server_role` of PostgreSQL gets its rights on them. Raises InputError where there is no such role.
    """
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    recorder = MigrationRecorder(connections["default"])
    before = set(recorder.applied_migrations())
    call_command("migrate", verbosity=0, interactive=False)
    if server_role is not None:
        from assuage.clinic.store.roles import grant_to_server

        grant_to_server(server_role)
    return tuple(".".join(each) for each in recorder.applied_migrations() if each not in before)


def begin_day(at: datetime | None = None) -> NewDay:
    """Where every patient stands today, kept for the list, and the heads of all chains signed.

    Raises SurroundingsError where the clock shows a time before the last event: no day begins twice.
    """
    from django.utils import timezone

    from assuage.clinic.audit.models import AccessEvent
    from assuage.clinic.audit.signing import sign_heads
    from assuage.clinic.store.received import MOST_ASKEW
    from assuage.clinic.store.snapshots import inbox_row_of, keep_inbox_rows
    from assuage.clinic.store.verifying import clock_set_back
    from assuage.errors import AssuageError

    at = at or timezone.now()
    last = AccessEvent.objects.order_by("-seq").first()
    if last is not None and last.at > at + MOST_ASKEW:
        raise SurroundingsError(clock_set_back(last.at, at))
    rows, failed = 0, list[str]()
    worked_out: list[tuple[ClinicRecord, InboxRow]] = []
    for of in _without_fresh_row(at):
        try:
            worked_out.append((of, inbox_row_of(of, at)))
        except AssuageError:
            failed.append(of.pseudonym)
        if len(worked_out) == _KEPT_AT_ONCE:
            keep_inbox_rows(worked_out, at)
            rows, worked_out = rows + len(worked_out), []
    keep_inbox_rows(worked_out, at)
    return NewDay(rows + len(worked_out), tuple(failed), bytes(sign_heads(at).signature).hex())


def _without_fresh_row(at: datetime) -> Iterator[ClinicRecord]:
    """Those whose midnight came since, or who have no row of their last entry: every hour these are few."""
    from assuage.clinic.store.models import ClinicRecord
    from assuage.clinic.store.snapshots import inbox_rows

    records = ClinicRecord.objects.order_by("pk").iterator(chunk_size=_RECORDS_AT_ONCE)
    while some := list(islice(records, _RECORDS_AT_ONCE)):
        kept = inbox_rows(some, at)
        yield from (of for of in some if of.pk not in kept or not kept[of.pk].fresh)


class WorkedOutByNight(Struct, frozen=True):
    """What takes too long for a request: outcomes of so many patients, effects in so many diaries.

    `failed` could not be worked out; on `differing` the cohort engine and the review do not agree.
    """

    patients: int
    effects: int
    failed: tuple[str, ...]
    differing: tuple[str, ...]


def work_out_by_night(at: datetime | None = None) -> WorkedOutByNight:
    """The outcomes of the clinic by the cohort engine, held against every review, and the effects in diaries.

    Raises InputError where what the cohort engine needs is not installed.
    """
    from assuage.clinic.outcomes.actions import count_outcomes
    from assuage.clinic.store.beside import can_judge_effects
    from assuage.clinic.store.effects import keep_effects
    from assuage.clinic.store.models import ClinicRecord

    if not can_judge_effects():
        raise InputError(message("extra.cohort"))
    outcomes = count_outcomes(ClinicRecord.objects.order_by("pk").iterator(), at)
    effects, without = keep_effects(ClinicRecord.objects.order_by("pk").iterator(), at)
    failed = tuple(dict.fromkeys((*outcomes.failed, *without)))
    return WorkedOutByNight(outcomes.patients, effects, failed, outcomes.differing)


def work_out_what_was_asked_for(at: datetime | None = None) -> WorkedOutByNight:
    """The effects in the diaries of which somebody waits, and nothing else.

    Raises InputError where what the model of a diary needs is not installed.
    """
    from assuage.clinic.store.beside import can_judge_effects
    from assuage.clinic.store.effects import keep_effects_asked_for

    if not can_judge_effects():
        raise InputError(message("extra.cohort"))
    effects, failed = keep_effects_asked_for(at)
    return WorkedOutByNight(0, effects, failed, ())


def erase_expired(years: int = DIARY_YEARS, at: datetime | None = None) -> Expired:
    """Erase what patients wrote more than so many years ago, and the sessions of browsers that are over."""
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from assuage.clinic.store.days import today
    from assuage.clinic.store.erasing import erase, may_be_erased
    from assuage.clinic.store.models import ClinicRecord

    at = at or timezone.now()
    entries, patients = 0, 0
    for of in ClinicRecord.objects.order_by("pk"):
        first = today(of, at) - round(timedelta(days=365.25 * years).days)
        old = may_be_erased(of, before_day=first)
        if old and erase(of.pk, by="clinic", role="", why="expired", entries=old, at=at):
            entries, patients = entries + len(old), patients + 1
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    return Expired(entries, patients, sessions)
