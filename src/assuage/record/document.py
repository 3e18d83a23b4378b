"""A file, standard input or text becomes a document: plain values, safely, out of YAML or JSON.

Nothing here knows what a record is. A document is bounded (bytes, depth, number of values once aliases are
written out), so that a hostile file costs milliseconds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Literal

from assuage.catalogue.message import Message, message
from assuage.errors import InputError, Problem, Problems, reason_of
from assuage.record.json_text import read_json
from assuage.record.places import MOST_BYTES, WHOLE, Document

Format = Literal["yaml", "json"]
_FORMAT_OF: dict[str, Format] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}


def load(path: str | Path, names: Collection[str] = ()) -> Document:
    """The document of a file; `-` is standard input. The format follows the extension, else the text.

    `names` are the field names that never are a part of text with a comma (see `yaml_text.compose`).
    """
    if str(path) == "-":
        return parse(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input", None, names)
    file = Path(path)
    if file.suffix.lower() in (".parquet", ".pq"):
        raise InputError(message("file.a-table", path=file))
    return parse(read_bytes(file, MOST_BYTES), str(path), _FORMAT_OF.get(file.suffix.lower()), names)


def read_bytes(file: Path, most: int) -> bytes:
    """The bytes of a file, one more than `most` at the utmost."""
    try:
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except FileNotFoundError:
        raise InputError(message("file.none", path=file)) from None
    except IsADirectoryError:
        raise InputError(message("file.folder-not-file", path=file)) from None
    except (OSError, ValueError) as error:
        raise InputError(message("file.unreadable", path=file, why=reason_of(error))) from None


def decoded(content: bytes, name: str, consequence: Message | str = "not used") -> str:
    """The text of UTF-8 bytes, without a byte order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = message("document.not-utf-8", byte=f"0x{content[error.start]:02x}")
        raise Problems(name, [Problem(WHOLE, what, line)], consequence) from None


def parse(
    content: bytes | str, name: str, form: Format | None = None, names: Collection[str] = ()
) -> Document:
    """The document of some text. Without `form`, text that begins like JSON is tried as JSON first.

    `names` are the field names that never are a part of text with a comma (see `yaml_text.compose`).
    """
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(raw) > MOST_BYTES:
        raise Problems(name, [Problem(WHOLE, message("document.too-large", megabytes=MOST_BYTES / 1e6))])
    text = decoded(raw, name)
    if not text.strip():
        raise Problems(name, [Problem(WHOLE, message("document.empty"))])
    if form == "json":
        return read_json(text, name)
    if form is None and text.lstrip()[:1] in ("{", "["):
        with suppress(json.JSONDecodeError):
            return read_json(text, name, refuse=False)
    from assuage.record.yaml_text import compose  # slow to import, and no diary and no JSON needs it

    return compose(text, name, names)
