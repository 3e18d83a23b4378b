"""What surrounds a command: the streams it prints to, the disk, the memory. Their faults are said in one line each."""

from __future__ import annotations

import _thread
import codecs
import errno
import io
import os
import signal
import sys
import threading
import unicodedata
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Self, TextIO

from assuage.catalogue.message import Message, message
from assuage.catalogue.unprintable import printed
from assuage.errors import reason_of

BROKEN_SURROUNDINGS = 74

# What is written where a terminal has no letter for it. What is not here loses its accent (ė: e), or becomes a ?.
_PLAIN = {
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "→": "->", "←": "<-", "↑": "^", "↓": "v", "×": "x", "·": "-",
    "•": "*", "…": "...", "≤": "<=", "≥": ">=", "≈": "~", "±": "+/-", "°": " degrees", "µ": "u", "μ": "u", "‘": "'",
    "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "─": "-", "━": "-", "│": "|", "┃": "|", "║": "|",
    "═": "=", "ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "½": "1/2",
    "✓": "yes", "✗": "no", "▪": "*", "■": "#", "█": "8", "▇": "7", "▆": "6", "▅": "5", "▄": "4", "▃": "3", "▂": "2",
    "▁": "1", "¹": "1", "²": "2", "³": "3", "Δ": "D", "β": "beta", "α": "alpha", "σ": "sigma", "φ": "phi", "κ": "kappa",
}  # fmt: skip
READABLE = "assuage.readable"


def _readable(error: UnicodeError) -> tuple[str | bytes, int]:
    """What stands for letters that an output has not, readable for a person: `>=` for ≥, `e` for ė."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    written = "".join(_plain(letter) for letter in error.object[error.start : error.end])
    return written, error.end


def _plain(letter: str) -> str:
    if letter in _PLAIN:
        return _PLAIN[letter]
    base = "".join(each for each in unicodedata.normalize("NFKD", letter) if each.isascii())
    return base or "?"


class _Closed(io.TextIOBase):
    """Standard output where there is none (`>&-`): nothing is lost in silence."""

    encoding = "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, _text: str) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def ready_streams() -> None:
    """Make the streams bear every letter, and what is closed say so. A file must never get the number of a stream."""
    codecs.register_error(READABLE, _readable)
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 (it lasts as long as the program)
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stdout = _Closed()
    if sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (it lasts as long as the program)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.encoding.lower().startswith("utf"):
            stream.reconfigure(errors=READABLE)


@contextmanager
def printed_streams() -> Generator[None]:
    """While it lasts nothing is printed that could move a cursor or turn a line around: it is shown by its number."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(printed, before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


class Interruption:
    """Remembers that somebody pressed Ctrl-C while it was entered.

    A library may turn the `KeyboardInterrupt` into an error of its own, half-way through a compilation or an import
    for instance; that is no fault of the program, and is not to be called one. Or it swallows it, where Python is
    called from compiled code: so it comes again every second until it is heeded. While kernels are compiled it waits:
    raised within the compiler it can end the whole process.
    """

    def __init__(self) -> None:
        self.came = False
        self._set = False
        self._over = threading.Event()

    def __enter__(self) -> Self:
        # A program that calls `main` may have a handler of its own, and only the main thread may set one.
        ours = threading.current_thread() is threading.main_thread()
        if ours and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._arrived)
            self._set = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._set:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _arrived(self, number: int, frame: FrameType | None) -> None:
        if not self.came:
            threading.Thread(target=self._again, daemon=True).start()
        self.came = True
        if not _is_within_compiler(frame):
            raise KeyboardInterrupt

    def _again(self) -> None:
        while not self._over.wait(1.0):
            _thread.interrupt_main()


def _is_within_compiler(frame: FrameType | None) -> bool:
    """Whether Python code of the compiler runs, called from compiled code that may not bear an exception from it."""
    while frame is not None:
        if str(frame.f_globals.get("__name__")).partition(".")[0] in ("numba", "llvmlite"):
            return True
        frame = frame.f_back
    return False


def let_go(stream: TextIO) -> None:
    """Point a stream that takes nothing any more at nowhere, so that the end of the program does not complain."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def say(text: object) -> None:
    """Print a line for people on standard error; where that takes nothing, nobody can be told."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        let_go(sys.stderr)


def of_the_program(what: Message, words: Sequence[str]) -> str:
    """What failed that is neither the command line nor the document; as its id where even a catalogue fails."""
    from assuage.cli.language import line_in, typed_language

    try:
        return line_in(message("program.says", what=what), typed_language(words))
    except Exception:
        return f"assuage: {what.id}"


def flushed(status: int, words: Sequence[str] = ()) -> int:
    """The exit status once all that was printed is out: that of the surroundings where it cannot be."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (`head`, a pager) has what it wanted
        let_go(sys.stdout)
    except OSError as error:
        let_go(sys.stdout)
        say(of_the_program(told(error), words))
        return BROKEN_SURROUNDINGS
    return status


def told(error: OSError | MemoryError) -> Message:
    """What failed around the program, in one line, with the remedy where there is one."""
    if isinstance(error, MemoryError):
        return message("machine.no-memory")
    path = error.filename if isinstance(error.filename, str) and error.filename else None
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return message("machine.make-room", path=path)
        case errno.EFBIG:
            return message("machine.file-too-large", path=path)
        case errno.EBADF:
            return message("machine.output-closed")
        case errno.ENOMEM:
            return message("machine.no-memory")
        case errno.ELOOP:
            return message("machine.circle-at", path=path)
        case errno.EACCES | errno.EPERM:
            return message("machine.not-allowed-at", path=path, why=reason_of(error))
        case errno.EMFILE | errno.ENFILE:
            return message("machine.close-files")
        case _:
            return message("machine.could-not", path=path, why=reason_of(error))
