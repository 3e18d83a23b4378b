"""What was worked out of a record and is kept: where each patient stands, for the list of all; never read as truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

import msgspec
from django.conf import settings as site
from django.utils import timezone
from msgspec import Struct

from assuage import __version__
from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.sentence import Span
from assuage.clinic.store.days import today
from assuage.clinic.store.models import ClinicRecord, Snapshot
from assuage.clinic.store.outside import have_made
from assuage.clinic.store.queries import stored_record, stored_standing
from assuage.errors import AssuageError
from assuage.review.standing import Standing
from assuage.review.techniques import flag_alerts_of
from assuage.words.speak import catalogue
from assuage.words.visits import gate_message

INBOX, REVIEW = "inbox", "review"


Words = Mapping[str, tuple[Span, ...]]  # by language, each stretch with the language it is in


class InboxGate(Struct, frozen=True):
    """A gate that can move the patient from where they are, by ids: which, whereto, and whether it is open."""

    id: str
    leads: str
    to: str
    state: str


class InboxAlert(Struct, frozen=True):
    """An alert of the day, by the id of its rule, as it is said; `flag` where it is a red flag."""

    id: str
    tier: str
    severity: str
    subject: str
    flag: bool
    text: Words

    @property
    def cause(self) -> tuple[str, str]:
        """What makes two alerts the same one."""
        return (self.id, self.subject)


class InboxRow(Struct, frozen=True):
    """Where a patient stands, in ids that the library's tables name: one row of the list of all patients.

    What is shown of it is kept in words of each language: `title` of the phase, what a gate `waits` for.
    `broken` are restrictions in force that were broken; `now`, `asked` and `withheld` recommendations of the plan;
    `disputed` is how many entries stand beside one that says otherwise; `last_day` the last that anything tells of,
    `recorded` the last day up to today on which something was recorded.
    """

    on: int
    pathway: str | None
    phase: str | None
    since: int | None
    gates: tuple[InboxGate, ...]
    alerts: tuple[InboxAlert, ...]
    broken: tuple[str, ...]
    now: tuple[str, ...]
    asked: tuple[str, ...]
    withheld: tuple[str, ...]
    disputed: int
    last_day: int | None
    recorded: int | None
    title: Words | None
    waits: Words | None


class KeptRow(Struct, frozen=True):
    """A row as it is kept, and whether it is of the record's head, of the patient's today and of this program.

    `unreadable`: this program cannot make the row of now, such as that of a pathway it does not have. `unmade`: none
    was made yet, and this one says nothing of the patient.
    """

    row: InboxRow
    fresh: bool
    unreadable: bool = False
    unmade: bool = False


def inbox_row(stands: Standing) -> InboxRow:
    """The row of a standing."""
    current, gate = stands.current, gate_message(stands)
    recorded = stands.timeline.recorded_days(None, stands.on)
    flags = {each.cause for each in flag_alerts_of(stands)}
    return InboxRow(
        on=stands.on,
        pathway=None if stands.pathway is None else stands.pathway.id,
        phase=None if current is None else current.phase.id,
        since=None if current is None else current.entered,
        gates=tuple(
            InboxGate(each.reading.gate.id, each.leads, each.to.id, str(each.reading.state))
            for each in stands.gates
        ),
        alerts=tuple(
            InboxAlert(
                each.id, str(each.tier), str(each.severity), each.subject, each.cause in flags, _words(each)
            )
            for each in stands.alerts
        ),
        broken=tuple(
            each.restriction.therapy.id for each in stands.restrictions if each.in_force and each.breaches
        ),
        now=tuple(each.recommendation.id for each in stands.plan if each.mark == "now"),
        asked=tuple(each.recommendation.id for each in stands.plan if each.mark == "ask"),
        withheld=tuple(each.recommendation.id for each in stands.withheld),
        disputed=len(stands.record.disputes),
        last_day=stands.record.last_day,
        recorded=recorded[-1] if recorded else None,
        title=None if current is None else _words(current.phase),
        waits=None if gate is None else _words(gate),
    )


def _words(value: object) -> Words:
    return {each: catalogue(each, "clinician").value(value).spans for each in LANGUAGES}


def inbox_rows(records: Iterable[ClinicRecord], at: datetime | None = None) -> Mapping[int, KeptRow]:
    """The row kept of each record, by its primary key, in one query; a record that has none yet has no row.

    A row that is not fresh says how it was: it is shown with its day, and made again by the next save or `new-day`.
    """
    asked = {each.pk: each for each in records}
    rows: dict[int, KeptRow] = {}
    snapshots = Snapshot.objects.filter(record__in=asked.keys(), kind=INBOX).order_by("head", "on_day", "pk")
    for each in snapshots:
        of = asked[each.record_id]
        of_now = (each.head, each.on_day, each.pathway) == (of.head, today(of, at), of.pathway)
        fresh = of_now and _is_of_now(each)
        kept = rows.get(of.pk)
        if fresh or kept is None or not kept.fresh:
            rows[of.pk] = KeptRow(msgspec.json.decode(bytes(each.body), type=InboxRow), fresh)
    return rows


def _is_of_now(each: Snapshot) -> bool:
    return (each.program, each.settings) == (__version__, settings_key())


def settings_key() -> str:
    """The site's settings as part of a snapshot's name."""
    return site.CLINIC_COUNTRY or ""


MOST_MADE_AT_ONCE = 20  # rows that are made while somebody waits for the list (ours)


def rows_to_show(records: Sequence[ClinicRecord]) -> Mapping[int, KeptRow]:
    """The row of each record. A few that are missing or old are made; of many the rest afterwards.

    Whoever has no row at all is never left out: what is not known of them could be a STOP.
    """
    rows = dict(inbox_rows(records))
    missing = [of for of in records if of.pk not in rows]
    old = [of for of in records if of.pk in rows and not rows[of.pk].fresh]
    first = missing[:MOST_MADE_AT_ONCE]
    now = old[: max(0, MOST_MADE_AT_ONCE - len(missing))]
    for of in missing[len(first) :]:
        rows[of.pk] = KeptRow(_row_of_nothing(of), fresh=False, unmade=True)
    for of in (*first, *now):
        try:
            rows[of.pk] = KeptRow(keep_inbox_row(of), fresh=True)
        except AssuageError:
            last = rows[of.pk].row if of.pk in rows else _row_of_nothing(of)
            rows[of.pk] = KeptRow(last, fresh=False, unreadable=True)
    for of in (*missing[len(first) :], *old[len(now) :]):
        afterwards(of.pk)
    return rows


def _row_of_nothing(of: ClinicRecord) -> InboxRow:
    """The row of somebody of whom nothing could be worked out: it says only that the patient is there."""
    nothing = dict.fromkeys(("gates", "alerts", "broken", "now", "asked", "withheld"), ())
    unknown = dict.fromkeys(("phase", "since", "last_day", "recorded", "title", "waits"))
    return InboxRow(on=today(of), pathway=of.pathway or None, disputed=0, **nothing, **unknown)


def inbox_row_of(of: ClinicRecord, at: datetime | None = None) -> InboxRow:
    """The row of today, made and not kept."""
    return inbox_row(stored_standing(of, today(of, at)))


def keep_inbox_row(of: ClinicRecord, at: datetime | None = None) -> InboxRow:
    """The row of today, made and kept; those it takes the place of are dropped."""
    row = inbox_row_of(of, at)
    _keep_rows([(of, row)], at)
    return row


def keep_inbox_rows(rows: Sequence[tuple[ClinicRecord, InboxRow]], at: datetime | None = None) -> None:
    """Keep the rows of many, worked out elsewhere."""
    for start in range(0, len(rows), 500):
        _keep_rows(rows[start : start + 500], at)


def _keep_rows(rows: Sequence[tuple[ClinicRecord, InboxRow]], at: datetime | None) -> None:
    made_at = at or timezone.now()
    new = [
        Snapshot(
            record=of,
            head=of.head,
            on_day=row.on,
            pathway=of.pathway,
            program=__version__,
            settings=settings_key(),
            kind=INBOX,
            body=msgspec.json.encode(row),
            made_at=made_at,
        )
        for of, row in rows
    ]
    Snapshot.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["record", "head", "on_day", "pathway", "program", "settings", "kind"],
        update_fields=["body", "made_at"],
    )
    older = Snapshot.objects.filter(record__in=[of for of, _ in rows], kind=INBOX)
    older.exclude(made_at=made_at).filter(made_at__lt=made_at).delete()


def afterwards(record_id: int) -> None:
    """Have the row of the record made: after the reply, or at once where the site says so (`CLINIC_AT_ONCE`).

    A row that could not be made is missing or old, and says so; the next save or `new-day` makes it.
    """
    have_made((INBOX, record_id), partial(make_row, record_id))


def make_row(record_id: int) -> None:
    """Make the row of one record; nothing where it cannot be made: the list then shows the old one with its day."""
    from django.db import DatabaseError

    from assuage.errors import AssuageError

    try:
        of = ClinicRecord.objects.get(pk=record_id)
        stored_record(of)
        keep_inbox_row(of)
    except (DatabaseError, AssuageError, ClinicRecord.DoesNotExist):
        return
