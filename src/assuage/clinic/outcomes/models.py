"""The table of outcomes: what was counted, when, by which program. Each is a cache and never read as truth."""

from __future__ import annotations

from django.db import models


class CountedOutcomes(models.Model):
    """The outcomes of one day as JSON (`figures.Outcomes`)."""

    made_at = models.DateTimeField(db_index=True)
    program = models.CharField(max_length=40)
    body = models.BinaryField()
