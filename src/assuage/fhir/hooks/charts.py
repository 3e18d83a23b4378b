"""Charts that were lately sent along, as they were read: what is sent again unchanged is not read again.

A chart is opened many times a day, and an order is looked at as often as it is changed; what is sent along is the same
each time. A few charts are kept, in memory alone and for minutes, each under a digest of all that was sent.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from threading import Lock
from typing import Any, NamedTuple, cast

import orjson
from msgspec import Struct, field

from assuage.fhir.hooks.card import HookCard
from assuage.fhir.hooks.prefetch import SentAlong
from assuage.fhir.hooks.understood import NotUnderstood, UnderstoodRecord
from assuage.review.standing import Standing

MOST_CHARTS = 32  # that are kept at once (ours)
KEPT = timedelta(minutes=10)  # from when a chart was first sent (ours)


class GivenCards(NamedTuple):
    """Cards, each with its uuid, and the body that says them."""

    cards: tuple[tuple[str, HookCard], ...]
    body: dict[str, Any]


class Chart(Struct):
    """What was sent along and what was read of it; the standing of each day that was asked for, and its cards."""

    since: datetime
    sent: SentAlong
    read: UnderstoodRecord | None
    invalid: Sequence[NotUnderstood]
    standings: dict[int | None, Standing] = field(default_factory=dict[int | None, Standing])
    views: dict[Hashable, GivenCards] = field(default_factory=dict[Hashable, GivenCards])

    @property
    def understood(self) -> UnderstoodRecord:
        """What was read of it. It may be asked for where nothing refuses what was sent."""
        assert self.read is not None, "a chart with issues is refused, and not read"
        return self.read


class Charts:
    """The charts of the last minutes, by the digest of what was sent."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Chart] = OrderedDict()
        self._lock = Lock()

    def get(self, key: bytes, now: datetime) -> Chart | None:
        """The chart of a digest; None where it was not sent lately."""
        with self._lock:
            chart = self._kept.get(key)
            if chart is None:
                return None
            if not chart.since <= now < chart.since + KEPT:
                del self._kept[key]
                return None
            self._kept.move_to_end(key)
            return chart

    def keep(self, key: bytes, chart: Chart) -> None:
        """Keep a chart, and let the one go that was longest not asked for."""
        with self._lock:
            self._kept[key] = chart
            while len(self._kept) > MOST_CHARTS:
                self._kept.popitem(last=False)


def chart_digest(call: object) -> bytes:
    """The digest of all that was sent along with a call, and of whom it is."""
    plain = cast("dict[str, Any]", call) if type(call) is dict else {}
    context = plain.get("context")
    patient = cast("dict[str, Any]", context).get("patientId") if type(context) is dict else None
    return blake2b(orjson.dumps([patient, plain.get("prefetch")]), digest_size=32).digest()
