"""The log of who looked at what and did what: one chain, so that a change of it shows."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class AccessEvent(models.Model):
    """One look or one act. `what` is the act's name, `why` a reason that was asked for; no value of a patient."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)  # the pseudonym of the account; empty for nobody
    role = models.CharField(max_length=20)
    act = models.CharField(max_length=40)
    record = models.CharField(max_length=40, blank=True)  # the pseudonym of the record
    why = models.TextField(blank=True)
    request = models.UUIDField(null=True)
    hash = models.BinaryField()

    class Meta:
        """A patient asks who looked at one record."""

        indexes: ClassVar = [models.Index(fields=["record", "seq"])]


class Checkpoint(models.Model):
    """The heads of all chains on one day, signed: a tail that is removed later is missed."""

    day = models.DateField(primary_key=True)
    at = models.DateTimeField()
    heads: models.JSONField[dict[str, Any]] = (
        models.JSONField()
    )  # {"log": [seq, hash], "records": {pseudonym: [head, hash]}}
    signature = models.BinaryField()
