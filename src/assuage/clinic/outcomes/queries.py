"""Read the outcomes that were counted last."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct

from assuage.clinic.outcomes.counted import Outcomes
from assuage.clinic.outcomes.models import CountedOutcomes


class CountedOn(Struct, frozen=True):
    """Outcomes with when they were counted and by which program."""

    made_at: datetime
    program: str
    outcomes: Outcomes


def last_outcomes() -> CountedOn | None:
    """The last ones; None where nobody has had them counted, or an older program wrote them another way."""
    last = CountedOutcomes.objects.order_by("-made_at").first()
    if last is None:
        return None
    try:
        outcomes = msgspec.json.decode(bytes(last.body), type=Outcomes)
    except msgspec.MsgspecError:
        return None
    return CountedOn(last.made_at, last.program, outcomes)
