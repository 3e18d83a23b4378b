"""What is made outside of requests: one thread makes it, first what somebody waits for; who asks is never kept long.

A page shows what there is, with its age, and says that the one of now is being made.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from datetime import datetime
from itertools import count
from queue import PriorityQueue
from typing import Any, Final, Generic, TypeVar, cast

from django.conf import settings as site
from django.db import close_old_connections, connection
from django.utils import timezone
from msgspec import Struct

from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import KeptOfRecords

T = TypeVar("T")
PATIENCE: Final = 0.25  # seconds that a request waits for what is being made for it (ours)
_SOMEBODY_WAITS, _NOBODY_WAITS = 0, 1


class Workshop:
    """One thread of this process that does what was asked for, one thing after the other, and each thing once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._numbers = count()
        self._waiting: PriorityQueue[tuple[int, int, Hashable, Callable[[], object]]] = PriorityQueue()
        self._asked: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def ask(self, key: Hashable, work: Callable[[], object], *, somebody_waits: bool) -> threading.Event:
        """Have it done; the event is set when it was, whatever came of it. What waits already is not asked for twice.

        `work` tells nobody what went wrong: it is to keep that where whoever asked looks for it.
        """
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            done = self._asked.get(key)
            if done is not None and not somebody_waits:
                return done
            # Who waits goes before everybody else: what was asked for before is found done when its turn comes.
            done = done or self._asked.setdefault(key, threading.Event())
            order = _SOMEBODY_WAITS if somebody_waits else _NOBODY_WAITS
            self._waiting.put((order, next(self._numbers), key, work))
            return done

    def _run(self) -> None:
        while True:
            _, _, key, work = self._waiting.get()
            with self._lock:
                done = self._asked.pop(key, None)
            if done is None:
                continue  # it was done for somebody who could not wait
            close_old_connections()
            try:
                work()
            except Exception as fault:
                from assuage.clinic.security import log_fault

                log_fault(fault)
            finally:
                done.set()
                if self._waiting.empty():
                    connection.close()


workshop: Final = Workshop("made-outside")


class MadeThen(Struct, Generic[T], frozen=True):
    """Something that was made of a record: at which head, for which day, and when."""

    value: T
    head: int
    day: int
    at: datetime


class MadeNow(Struct, Generic[T], frozen=True):
    """What there is of it: `version` is None where nothing was made yet; without `fresh` the one of now is being made.

    `since` is how many entries came after it.
    """

    version: MadeThen[T] | None
    fresh: bool
    since: int = 0


class MadeOutside(Generic[T]):
    """Something that is made of records outside of requests, kept by head, day and country."""

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._kept = KeptOfRecords[MadeThen[T]](most)
        self._faults: dict[Hashable, Exception] = {}

    def of(self, record: ClinicRecord, day: int, make: Callable[[], T], *also: Hashable) -> MadeNow[T]:
        """The one of now where it is there or made in time; else the last that was made, while that of now is made.

        `also` is what else it depends on, such as the language; `make` is called on another thread. Raises what `make`
        raised, where that is known in time.
        """
        alike = (site.CLINIC_COUNTRY, *also)
        version = self._kept.get(record, day, *alike)
        if version is not None:
            return MadeNow(version, fresh=True)

        def make_version() -> MadeThen[T]:
            return MadeThen(make(), record.head, day, timezone.now())

        if getattr(site, "CLINIC_AT_ONCE", False):
            return MadeNow(self._kept.once(record, make_version, day, *alike), fresh=True)
        key = (self._name, record.pk, record.head, record.erased, record.zone, day, *also)

        def work() -> None:
            try:
                self._kept.once(record, make_version, day, *alike)
            except Exception as fault:  # told to whoever asked, in their own thread
                self._faults[key] = fault

        done = workshop.ask(key, work, somebody_waits=True).wait(PATIENCE)
        fault = self._faults.pop(key, None) if done else None
        if fault is not None:
            raise fault
        version = self._kept.get(record, day, *alike)
        if version is not None:
            return MadeNow(version, fresh=True)
        last = self._kept.last(record, lambda kept_also: kept_also[1:] == alike)
        return MadeNow(last, fresh=False, since=0 if last is None else record.head - last.head)


def have_made(key: Hashable, work: Callable[[], Any]) -> None:
    """Have something made that nobody waits for: after the reply, or at once where the site says so."""
    if getattr(site, "CLINIC_AT_ONCE", False):
        work()
    else:
        workshop.ask(key, cast("Callable[[], object]", work), somebody_waits=False)
