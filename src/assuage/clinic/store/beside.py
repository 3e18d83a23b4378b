"""A process beside the server for what loads hundreds of megabytes: begun when somebody waits, gone when it is done."""

from __future__ import annotations

import subprocess
import sys
import threading
from importlib.util import find_spec
from typing import Final

from django.conf import settings as site

_ARGUMENTS: Final = ("-m", "assuage", "clinic", "work-out", "--asked-for")
_LONGEST: Final = 600  # seconds after which it is ended: a request asks again (ours)


def can_judge_effects() -> bool:
    """Whether what the model of a diary needs is installed."""
    return find_spec("numba") is not None and find_spec("polars") is not None


class _Beside:
    """One process at a time; who asks while it goes on has it begun once more behind it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._again = False

    def begin(self) -> None:
        with self._lock:
            self._again = True
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="beside", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._again:
                    self._thread = None
                    return
                self._again = False
            # What it says is for whoever calls it by hand; what it made is in the database.
            asked = [sys.executable, *_ARGUMENTS]
            try:
                subprocess.run(
                    asked,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    timeout=_LONGEST,
                    check=False,
                )
            except (OSError, subprocess.TimeoutExpired) as fault:
                from assuage.clinic.security import log_fault

                log_fault(fault)


_beside: Final = _Beside()


def have_effects_made() -> None:
    """Begin it, unless the site has somebody else do it (`CLINIC_BESIDE` is False: a timer, or nobody)."""
    if site.CLINIC_BESIDE and can_judge_effects():
        _beside.begin()
