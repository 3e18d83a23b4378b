"""A file of FHIR, packed or not, is checked: one resource or bundle, or a resource a line (NDJSON), within bounds."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

import orjson
from msgspec.structs import replace

from assuage.catalogue.message import message
from assuage.errors import InputError, Problem, Problems, reason_of
from assuage.fhir.issue import Checked, Issue
from assuage.fhir.reading import MOST_BYTES, WHOLE
from assuage.fhir.validate import MOST_TOLD, checked_bytes

_PACKED = b"\x1f\x8b"
_LINES = (".ndjson", ".jsonl")
_BLANKS = b" \t\r\n"
_NOT_PACKED = (EOFError, gzip.BadGzipFile, zlib.error)


def checked_file(name: str) -> Checked:
    """What is wrong with a file, or with standard input (`-`). Raises InputError where it cannot be read."""
    with _opened(name) as (stream, has_lines):
        return _checked_stream(stream, has_lines)


def whole_texts(name: str) -> Iterator[tuple[int | None, bytes]]:
    """The JSON texts of a file or of standard input, each with its line where there is one a line.

    Raises InputError where the file cannot be read, Problems where it cannot be unpacked.
    """
    with _opened(name) as (stream, has_lines):
        try:
            by_line, texts = _texts(stream, has_lines)
            for number, text in enumerate(texts, 1):
                if not by_line:
                    yield None, text
                elif text.strip(_BLANKS):
                    yield number, text.strip(_BLANKS)
        except _NOT_PACKED:
            raise Problems(name, [Problem(WHOLE, message("fhir.cannot-unpack"))]) from None


@contextmanager
def _opened(name: str) -> Generator[tuple[BinaryIO, bool]]:
    """The bytes of a file or of standard input, and whether its name says that there is a resource a line."""
    if name == "-":
        yield sys.stdin.buffer, False
        return
    path = Path(name)
    try:
        with path.open("rb") as stream:
            plain = path.with_suffix("") if path.suffix.lower() == ".gz" else path
            yield stream, plain.suffix.lower() in _LINES
    except FileNotFoundError:
        raise InputError(message("file.none", path=path)) from None
    except IsADirectoryError:
        raise InputError(message("file.folder-not-file", path=path)) from None
    except (OSError, ValueError) as error:
        raise InputError(message("file.unreadable", path=path, why=reason_of(error))) from None


def _checked_stream(stream: BinaryIO, has_lines: bool) -> Checked:
    try:
        by_line, texts = _texts(stream, has_lines)
        return _checked_lines(texts) if by_line else checked_bytes(next(texts))
    except _NOT_PACKED:
        return Checked((Issue("error", "structure", WHOLE, message("fhir.cannot-unpack")),))


def _texts(stream: BinaryIO, has_lines: bool) -> tuple[bool, Iterator[bytes]]:
    """Whether there is a resource a line, and the texts: the lines, or else the one."""
    buffered = cast("BinaryIO", _Peeked(stream))
    if cast("_Peeked", buffered).start[:2] == _PACKED:
        buffered = cast("BinaryIO", gzip.GzipFile(fileobj=buffered))
    # One more than is allowed: the reader of the text then says that it is too large.
    first = _without_mark(buffered.readline(MOST_BYTES + 1))
    if has_lines:
        return True, _lines(first, buffered)
    if not _is_whole(first):
        return False, iter((first + buffered.read(MOST_BYTES + 1 - len(first)),))
    blank, second = _next_line(buffered)
    if not second:
        return False, iter((first,))
    return True, chain([first], [b"\n"] * blank, _lines(second, buffered))


class _Peeked:
    """A stream that was looked at: what was read comes again."""

    def __init__(self, stream: BinaryIO) -> None:
        self.start = stream.read(2)
        self._stream = stream
        self._waiting = self.start

    def read(self, size: int = -1) -> bytes:
        waiting, self._waiting = self._waiting, b""
        return waiting + self._stream.read(max(size - len(waiting), 0) if size >= 0 else -1)

    def readline(self, size: int) -> bytes:
        waiting, self._waiting = self._waiting, b""
        end = waiting.find(b"\n")
        if end >= 0:
            self._waiting = waiting[end + 1 :]
            return waiting[: end + 1]
        return waiting + self._stream.readline(size - len(waiting))


def _is_whole(line: bytes) -> bool:
    """Whether a first line is a JSON object by itself, so that there is one a line."""
    text = line.strip(_BLANKS)
    if not line.endswith(b"\n") or text[:1] != b"{" or text[-1:] != b"}":
        return False
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _next_line(stream: BinaryIO) -> tuple[int, bytes]:
    """How many blank lines come next, and the line after them; empty at the end."""
    blank = 0
    line = stream.readline(MOST_BYTES + 1)
    while line and not line.strip(_BLANKS):
        blank += 1
        line = stream.readline(MOST_BYTES + 1)
    return blank, line


def _lines(first: bytes, rest: BinaryIO) -> Iterator[bytes]:
    line = first
    while line:
        yield line
        if len(line) > MOST_BYTES:
            return  # what follows is the middle of a line
        line = rest.readline(MOST_BYTES + 1)


def _without_mark(text: bytes) -> bytes:
    """Without the mark that some writers of UTF-8 put first; JSON has none."""
    return text.removeprefix(b"\xef\xbb\xbf")


def _checked_lines(lines: Iterator[bytes]) -> Checked:
    issues: list[Issue] = []
    resources = unchecked = left_out = 0
    for number, line in enumerate(lines, 1):
        text = line.strip(_BLANKS)
        if not text:
            continue
        checked = checked_bytes(text)
        resources += checked.resources
        unchecked += checked.unchecked
        for issue in checked.issues:
            if len(issues) < MOST_TOLD:
                issues.append(replace(issue, line=number))
            else:
                left_out += 1
    if left_out:
        issues.append(Issue("error", "too-costly", WHOLE, message("fhir.more", n=left_out)))
    return Checked(tuple(issues), resources, unchecked)
