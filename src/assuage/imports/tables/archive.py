"""What is inside a zip file, opened only after it was measured: nothing larger than its bounds is ever unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assuage.catalogue.message import message
from assuage.imports.tables.source import unreadable

MOST_MEMBERS = 5_000
_CHUNK = 1 << 20


@contextmanager
def archive(path: Path) -> Generator[zipfile.ZipFile]:
    """An open zip file. Raises `Problems` for one that is broken, locked with a password, or has too many members."""
    try:
        with zipfile.ZipFile(path) as opened:
            members = opened.infolist()
            if len(members) > MOST_MEMBERS:
                raise unreadable(path.name, message("tables.zip-members", n=MOST_MEMBERS))
            if any(member.flag_bits & 1 for member in members):
                raise unreadable(path.name, message("tables.zip-locked"))
            yield opened
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
        raise unreadable(path.name, message("tables.zip-broken")) from None


def measure(opened: zipfile.ZipFile, name: str, most: int) -> None:
    """Unpack everything into nothing, and raise `Problems` as soon as more than `most` bytes came out.

    What the zip says of its own sizes is not believed: a bomb lies about them.
    """
    left = most
    for member in opened.infolist():
        with opened.open(member) as stream:
            while piece := stream.read(_CHUNK):
                left -= len(piece)
                if left < 0:
                    raise unreadable(name, message("tables.zip-too-large", megabytes=most // 1_000_000))


def member_bytes(stream: IO[bytes], most: int) -> Iterator[bytes]:
    """The bytes of a member in pieces, at most `most` of them and one piece more."""
    left = most
    while left >= 0 and (piece := stream.read(_CHUNK)):
        left -= len(piece)
        yield piece
