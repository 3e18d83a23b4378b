"""Write reminders: what somebody asks for, what is sent and what became of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.conf import settings as site
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from msgspec import Struct

from assuage.catalogue.message import message
from assuage.clinic.people.actions import keep_email
from assuage.clinic.people.gate import Opened, writes
from assuage.clinic.people.queries import email_and_language
from assuage.clinic.people.rights import Act
from assuage.clinic.reminders.models import Reminder, ReminderWish
from assuage.clinic.reminders.queries import EARLIEST, LATEST, is_due, is_quiet, reminders_of, wish_of
from assuage.clinic.store.days import local_date
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import first_told_after
from assuage.errors import InputError, Problem, Problems
from assuage.words.speak import catalogue

PUT_OFF = timedelta(hours=2)  # once a day (ours)


class Reminded(Struct, frozen=True):
    """What a round of reminders did: how many went out, how many could not be sent."""

    sent: int
    failed: int


@writes(Act.WRITE_DIARY)
@transaction.atomic
def ask_for_reminders(opened: Opened, address: str, at: str) -> None:
    """The wish kept, and the address with the patient's name. Raises Problems for what is no address or no hour."""
    problems: list[Problem] = []
    try:
        validate_email(address)
    except ValidationError:
        problems.append(Problem("email", message("clinic.reminder-no-address")))
    try:
        hour = time.fromisoformat(at)
    except ValueError:
        hour = None
    if hour is None or hour.tzinfo is not None or is_quiet(hour):
        problems.append(
            Problem("at", message("clinic.reminder-quiet", first=f"{EARLIEST:%H:%M}", last=f"{LATEST:%H:%M}"))
        )
    if problems or hour is None:
        raise Problems("reminder", problems)
    keep_email(opened.record, address)
    ReminderWish.objects.update_or_create(
        record=opened.record,
        defaults={
            "at": hour,
            "agreed_at": timezone.now(),
            "paused": False,
            "paused_until": None,
            "snoozed_until": None,
        },
    )
    opened.log("ask-for-reminders")


@writes(Act.WRITE_DIARY)
@transaction.atomic
def stop_reminders(opened: Opened) -> None:
    """No reminder any more, and the address forgotten."""
    keep_email(opened.record, "")
    ReminderWish.objects.filter(record=opened.record).delete()
    opened.log("stop-reminders")


@writes(Act.WRITE_DIARY)
@transaction.atomic
def pause_reminders(opened: Opened, until: str) -> None:
    """Nothing is sent until that day is over; without a day until they go on. Raises Problems for a past day."""
    day = None
    if until:
        try:
            day = date.fromisoformat(until)
        except ValueError:
            raise Problems("reminder", [Problem("until", message("clinic.reminder-no-day"))]) from None
        if day < local_date(opened.record):
            raise Problems("reminder", [Problem("until", message("clinic.reminder-no-day"))])
    ReminderWish.objects.filter(record=opened.record).update(paused=True, paused_until=day)
    opened.log("pause-reminders")


@writes(Act.WRITE_DIARY)
@transaction.atomic
def go_on_with_reminders(opened: Opened) -> None:
    """The pause is over."""
    ReminderWish.objects.filter(record=opened.record).update(paused=False, paused_until=None)
    opened.log("go-on-with-reminders")


@writes(Act.WRITE_DIARY)
@transaction.atomic
def put_off_reminder(opened: Opened) -> None:
    """Today's once more in two hours; only once a day."""
    now = timezone.now()
    wish = wish_of(opened.record)
    before = wish.snoozed_until if wish is not None else None
    if wish is None or (
        before is not None and local_date(opened.record, before) == local_date(opened.record, now)
    ):
        raise InputError(message("clinic.reminder-put-off-once"))
    ReminderWish.objects.filter(pk=wish.pk).update(snoozed_until=now + PUT_OFF)
    opened.log("put-off-reminder")


def note_answers(of: ClinicRecord) -> None:
    """Each reminder after which the patient wrote on the same day is answered, by whatever way the entry came."""
    for each in reminders_of(of):
        if each.sent_at is None or each.answered_at is not None:
            continue
        told = first_told_after(of, each.sent_at)
        if told is not None and local_date(of, told) == each.on_date:
            Reminder.objects.filter(pk=each.pk).update(answered_at=told)


def open_reminder(token: UUID) -> bool:
    """Whether the link is one of ours; that it was opened is kept the first time."""
    asked = Reminder.objects.filter(token=token)
    asked.filter(opened_at=None).update(opened_at=timezone.now())
    return asked.exists()


def send_reminders(at: datetime | None = None) -> Reminded:
    """Everybody who is to get one gets it; who cannot be reached is counted, never named.

    Raises InputError where the site can send none.
    """
    if not site.EMAIL_BACKEND:
        raise InputError(message("clinic.reminder-no-post"))
    now = at or timezone.now()
    sent = failed = 0
    wishes = ReminderWish.objects.select_related("record").filter(record__patient__person__is_active=True)
    for wish in wishes.order_by("pk"):
        note_answers(wish.record)
        if is_due(wish, now):
            done = _send(wish, now)
            sent, failed = sent + done, failed + (not done)
    return Reminded(sent, failed)


def _send(wish: ReminderWish, now: datetime) -> bool:
    """The note, without a word about health: who reads the screen of a telephone learns nothing."""
    of = wish.record
    reminder, _ = Reminder.objects.get_or_create(
        record=of, on_date=local_date(of, now), defaults={"token": uuid4(), "planned_at": now}
    )
    address, language = email_and_language(of)
    speaking = catalogue(language, "patient")
    link = site.CLINIC_ADDRESS + reverse("reminder", args=[reminder.token])
    wanted = site.CLINIC_ADDRESS + reverse("reminders")
    note = EmailMessage(
        str(speaking.say(message("clinic.reminder-subject"))),
        str(speaking.say(message("clinic.reminder-body", link=link, settings=wanted))),
        site.DEFAULT_FROM_EMAIL,
        [address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        note.send()
    except OSError:  # the post office does not answer: tried again in the next round
        return False
    Reminder.objects.filter(pk=reminder.pk).update(sent_at=now)
    return True
