"""Bytes of a text file become text: UTF-8 and UTF-16 are known by their bytes, anything else is told of."""

from __future__ import annotations

import codecs

from assuage.catalogue.message import Message, message
from assuage.imports.tables.source import unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4_000
# Windows spreadsheets of Western and of Baltic Europe. No byte tells them apart where both have a letter for it.
_EIGHT_BITS = ("cp1252", "cp1257")
# Bytes of Lithuanian letters in Windows-1257. Those of š and ž are Icelandic letters in Windows-1252; of the others one
# is in some Western language, and no two of the second row are in the same. German is written alike in both.
_LITHUANIAN = frozenset("ąčęėįšųūžĄČĘĖĮŠŲŪŽ".encode("cp1257"))
_ICELANDIC = frozenset("ðþÐÞ".encode("cp1252"))
_SELDOM_TOGETHER = ("ėĖ", "ųŲ", "įĮ", "ąĄ", "ūŪ", "čČ", "ęĘ")
_NOT_GERMAN = 3  # of them, in a file


def text_of(content: bytes, name: str) -> tuple[str, tuple[Message, ...]]:
    """The text of a file, and what its reader should know of it.

    A byte order mark decides; without one UTF-8, else UTF-16 where every other byte of the start is zero. Bytes that
    are neither are read as Windows-1252, or as Windows-1257 where their letters are Lithuanian; this is told, since a
    letter outside of English may then be another one. Raises `Problems` for what is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding, name), ()
    sample = content[:_SAMPLE]
    if b"\0" in sample:
        for at, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            zeros = sample[at::2]
            if zeros and zeros.count(0) > 0.8 * len(zeros):
                return _decoded(content, encoding, name), ()
        raise unreadable(name, message("tables.not-text"))
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    first = _EIGHT_BITS[::-1] if _is_lithuanian(content) else _EIGHT_BITS
    for encoding in (*first, "latin-1"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sorted({letter for letter in text if not letter.isascii()})[:8]
        return text, (message("tables.assumed-encoding", encoding=encoding, letters=" ".join(odd)),)
    raise AssertionError("latin-1 decodes every byte")


def _is_lithuanian(content: bytes) -> bool:
    """Whether letters of Windows are Lithuanian ones: š or ž, or so many others that no other language has them all."""
    used = {byte for byte in content if byte > 127}
    if used & _ICELANDIC:
        return True
    pairs = [frozenset(letters.encode("cp1257")) for letters in _SELDOM_TOGETHER]
    return sum(bool(used & pair) for pair in pairs) >= _NOT_GERMAN and used <= _LITHUANIAN


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise unreadable(name, message("tables.broken-encoding", encoding=encoding)) from None
