"""Keep the outcomes of a day: the task that makes them is the only one who writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from assuage import __version__
from assuage.clinic.outcomes.counted import Outcomes
from assuage.clinic.outcomes.figures import outcomes_of
from assuage.clinic.outcomes.models import CountedOutcomes
from assuage.clinic.store.models import ClinicRecord


def count_outcomes(records: Iterable[ClinicRecord], at: datetime | None = None) -> Outcomes:
    """The outcomes of these patients today, counted and kept."""
    outcomes = outcomes_of(records, at)
    with transaction.atomic():
        CountedOutcomes.objects.create(
            made_at=at or timezone.now(), program=__version__, body=msgspec.json.encode(outcomes)
        )
    return outcomes
