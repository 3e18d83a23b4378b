"""What people did with alerts: the acts are kept, the alerts themselves are worked out anew every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from assuage.clinic.people.models import Person
from assuage.clinic.store.models import ClinicRecord


class AlertAct(models.Model):
    """An alert acknowledged, or put aside until a day; `rule` and `subject` are its cause."""

    class Kind(models.TextChoices):
        """Seen by somebody who takes it on, or put aside with a reason and an end."""

        ACKNOWLEDGED = "acknowledged"
        SNOOZED = "snoozed"
        OVERRIDDEN = "overridden"

    record = models.ForeignKey(ClinicRecord, on_delete=models.PROTECT, related_name="alert_acts")
    rule = models.CharField(max_length=80)
    subject = models.CharField(max_length=200, blank=True)
    tier = models.CharField(max_length=10)
    kind = models.CharField(max_length=15, choices=Kind.choices)
    reason = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on_day = models.IntegerField()
    until_day = models.IntegerField()  # the last day on which it stays put aside
    head = models.IntegerField()

    if TYPE_CHECKING:
        record_id: int

    class Meta:
        """Asked for by record, and counted by rule."""

        indexes = (models.Index(fields=["record", "rule"]),)
