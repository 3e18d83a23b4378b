"""Work that takes time: a bar or a spinner on a terminal, elsewhere a line when it lasts and one when it is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Any

from assuage.catalogue.message import Message
from assuage.catalogue.unprintable import bare, made_visible

LASTS = 2.0  # seconds after which a person wonders whether anything happens
LASTS_ELSEWHERE = 10.0  # seconds after which it is worth a line in the log of a program

Step = Callable[[int, int], None]


class _Waiting:
    """What is shown while work lasts, and only then: started by a timer, ended before anything else is printed."""

    def __init__(self, text: str) -> None:
        self.text, self.began, self.shown, self.over = text, time.monotonic(), False, False
        self.live: Any = None
        self.lock = Lock()
        self.timer = Timer(LASTS if sys.stderr.isatty() else LASTS_ELSEWHERE, self._begin)
        self.timer.daemon = True
        self.timer.start()

    def _begin(self) -> None:
        with self.lock:
            if self.over:
                return
            self.shown = True
            if sys.stderr.isatty():
                from rich.console import Console

                self.live = Console(file=bare(sys.stderr)).status(made_visible(self.text))
                self.live.start()
            else:
                print(f"{self.text} …", file=sys.stderr, flush=True)

    def end(self, done: str | None) -> None:
        """Take it away; say that it is done, and after how long, where it was said to last and nobody saw it move."""
        self.timer.cancel()
        with self.lock:
            self.over = True
            if self.live is not None:
                self.live.stop()
            elif self.shown and done is not None:
                print(done, file=sys.stderr, flush=True)


@contextmanager
def working(what: Message, lang: str = "en") -> Generator[None]:
    """Show that `what` is being done, where it lasts longer than a person waits in peace. Print nothing meanwhile."""
    from assuage.catalogue.message import message
    from assuage.words.speak import catalogue

    speaking = catalogue(lang)
    waiting = _Waiting(str(speaking.say(what)))
    done: str | None = None
    try:
        yield
        seconds = round(time.monotonic() - waiting.began)
        done = str(speaking.say(message("progress.done", what=what, seconds=seconds)))
    finally:
        waiting.end(done)


@contextmanager
def counting(what: Message, lang: str = "en") -> Generator[Step]:
    """A step that is told how much of how much is done: a bar on a terminal, elsewhere as `working`."""
    if not sys.stderr.isatty():
        with working(what, lang):
            yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from assuage.words.speak import catalogue

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(file=bare(sys.stderr)),
        transient=True,
    ) as bar:
        task = bar.add_task(made_visible(str(catalogue(lang).say(what))), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
