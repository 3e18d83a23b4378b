"""Read reminders: who is to get one now, and how many were left unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from assuage.clinic.diary.queries import own_entries
from assuage.clinic.reminders.models import Reminder, ReminderWish
from assuage.clinic.store.days import local_date, today
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import stored_record
from assuage.review.diary_days import WEEK, DiaryAsked, diary_asked

# Ours: nobody is woken; whoever left three unanswered is asked once a week until one is answered.
EARLIEST, LATEST = time(8, 0), time(21, 0)
UNANSWERED = 3


def is_quiet(at: time) -> bool:
    """Whether that hour of the patient's day is one in which nothing is sent."""
    return not EARLIEST <= at <= LATEST


def asked_now(of: ClinicRecord, day: int) -> DiaryAsked:
    """Whether the diary is asked for on that day."""
    return diary_asked(stored_record(of), day)


def wish_of(of: ClinicRecord) -> ReminderWish | None:
    """What the patient asked for; None where they asked for nothing."""
    return ReminderWish.objects.filter(record=of).first()


def reminders_of(of: ClinicRecord, most: int = 30) -> Sequence[Reminder]:
    """The last reminders, the latest first."""
    return list(Reminder.objects.filter(record=of).order_by("-on_date")[:most])


def reminders_to_json(of: ClinicRecord, address: str) -> dict[str, object]:
    """What is kept of somebody's reminders, for their copy of everything."""
    wish = wish_of(of)
    asked = None if wish is None else {"at": f"{wish.at:%H:%M}", "agreed_at": wish.agreed_at.isoformat()}
    moments = ("planned_at", "sent_at", "opened_at", "answered_at")
    kept = [
        {"on": each.on_date.isoformat()}
        | {name: None if (at := getattr(each, name)) is None else at.isoformat() for name in moments}
        for each in reminders_of(of, 100_000)
    ]
    return {"email": address, "asked_for": asked, "reminders": kept}


def is_due(wish: ReminderWish, at: datetime) -> bool:
    """Whether a reminder goes out at that moment: asked for, its hour come, not quiet, not paused, not answered."""
    of = wish.record
    here = at.astimezone(ZoneInfo(of.zone))
    if wish.paused and (wish.paused_until is None or here.date() <= wish.paused_until):
        return False
    if here.time() < wish.at or is_quiet(here.time()):
        return False
    if wish.snoozed_until is not None and at < wish.snoozed_until:
        return False
    day = today(of, at)
    record = stored_record(of)
    if diary_asked(record, day).reason is None or own_entries(record, day):
        return False
    return _may_be_sent(of, at, wish.snoozed_until)


def _may_be_sent(of: ClinicRecord, at: datetime, put_off_until: datetime | None) -> bool:
    """One a day, two where the first was put off; once a week after so many that nobody answered."""
    on, last = local_date(of, at), list(Reminder.objects.filter(record=of).order_by("-on_date")[:UNANSWERED])
    if last and last[0].on_date == on and last[0].sent_at is not None:
        return put_off_until is not None and last[0].sent_at < put_off_until <= at
    ignored = len(last) == UNANSWERED and all(each.answered_at is None for each in last)
    return not ignored or on - last[0].on_date >= timedelta(days=WEEK)
