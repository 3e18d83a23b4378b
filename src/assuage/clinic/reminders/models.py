"""Whether and when somebody wants to be reminded, and each reminder with what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from assuage.clinic.store.models import ClinicRecord


class ReminderWish(models.Model):
    """That a patient asked for reminders, at which hour of their own day, and whether they pause.

    The address is the patient's (`people.NamedPatient.email`). `paused_until` without a date is until further notice.
    """

    record = models.OneToOneField(ClinicRecord, on_delete=models.PROTECT, related_name="reminder_wish")
    at = models.TimeField()
    paused = models.BooleanField(default=False)
    paused_until = models.DateField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField()

    if TYPE_CHECKING:
        record_id: int


class Reminder(models.Model):
    """One reminder of one day: planned, sent, opened, answered. `token` is what its link carries."""

    record = models.ForeignKey(ClinicRecord, on_delete=models.PROTECT, related_name="reminders")
    on_date = models.DateField()
    token = models.UUIDField(unique=True)
    planned_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        record_id: int

    class Meta:
        """One a day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "on_date"], name="one_reminder_a_day")
        ]
