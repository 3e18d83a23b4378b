"""That a reminder was answered: told by whoever saves a diary."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from assuage.clinic.reminders.models import Reminder
from assuage.clinic.store.days import local_date
from assuage.clinic.store.models import ClinicRecord


def note_answer(record: ClinicRecord, at: datetime | None = None) -> None:
    """A reminder of today is answered, where one was sent."""
    now = at or timezone.now()
    Reminder.objects.filter(record=record, on_date=local_date(record, now), answered_at=None).update(
        answered_at=now
    )
