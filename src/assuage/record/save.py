"""Files are written whole or not at all, for their owner only, and over no other file unless that is asked for."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

from assuage.catalogue.message import message
from assuage.errors import AssuageError, InputError, SurroundingsError, reason_of
from assuage.patterns import kept_pattern
from assuage.record.entries import Record
from assuage.record.write import to_json, to_yaml

Written = Literal["yaml", "json", "parquet"]
FORMATS: tuple[Written, ...] = get_args(Written)
_BY_EXTENSION: dict[str, Written] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_DOCUMENT: dict[Written, Callable[[Record], str]] = {"yaml": to_yaml, "json": to_json}
# What no other name and no other right would mend: the disk is full, broken or may not be written to.
_NOT_THE_NAME = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.ENOMEM})
# Windows keeps some names for its devices, whatever follows a dot.
_SAFE_NAME = kept_pattern(r"(?!(?i:con|prn|aux|nul|com\d|lpt\d)$)[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def format_of(path: Path, asked: Written | None) -> Written | None:
    """The format to write: the one asked for, else the extension's; None for a folder."""
    if asked is not None:
        return asked
    if not path.suffix or path.is_dir():
        return None
    if path.suffix.lower() not in _BY_EXTENSION:
        known = ", ".join(_BY_EXTENSION)
        raise InputError(message("file.unknown-ending", ending=path.suffix, path=path, known=known))
    return _BY_EXTENSION[path.suffix.lower()]


def document_of(record: Record, form: Written) -> str:
    """The record as a YAML or JSON document."""
    return _DOCUMENT[form](record)


def save(
    records: Sequence[Record] | Record,
    path: Path | str,
    asked: Written | None = None,
    force: bool = False,
) -> list[Path]:
    """The files written: one table of all records, one document of one, or a folder of documents.

    A document of a folder is named after its patient's pseudonym where that is a safe name, else numbered.
    """
    if isinstance(records, Record):
        records = (records,)
    path = Path(path)
    form = format_of(path, asked)
    if form == "parquet" and not path.is_dir():
        _save_table(records, path, force)
        return [path]
    if form is not None and path.suffix and not path.is_dir():
        if len(records) != 1:
            raise InputError(message("file.records-not-in-one", n=len(records)))
        with whole_file(path, force) as temporary:
            temporary.write_text(document_of(records[0], form), encoding="utf-8", newline="\n")
        return [path]
    form = form or "yaml"
    if form == "parquet":
        raise InputError(message("file.name-a-table-in", path=path))
    targets = [path / f"{name}.{form}" for name in _names(records)]
    taken = [target for target in targets if target.exists()]
    if taken and not force:
        raise InputError(message("file.taken", first=taken[0], n=len(taken)))
    folder(path)
    for record, target in zip(records, targets, strict=True):
        with whole_file(target, force) as temporary:
            temporary.write_text(document_of(record, form), encoding="utf-8", newline="\n")
    return targets


def _save_table(records: Sequence[Record], path: Path, force: bool) -> None:
    from assuage.record.table import to_frame

    # In memory first: the library would tell of a full disk in a way of its own.
    table = BytesIO()
    to_frame(records).write_parquet(table)
    write_file(path, table.getvalue(), force)


def _names(records: Sequence[Record]) -> list[str]:
    names: list[str] = []
    taken: set[str] = set()
    for at, record in enumerate(records, start=1):
        name = record.patient.id
        # Compared without case: some file systems do not tell `Ana` from `ana`.
        if not _SAFE_NAME.fullmatch(name) or name.lower() in taken:
            name = f"record-{at:06d}"
        taken.add(name.lower())
        names.append(name)
    return names


def write_file(path: Path | str, content: str | bytes, force: bool = False) -> None:
    """Write a text or bytes as `whole_file` does."""
    with whole_file(Path(path), force) as temporary:
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)


def folder(path: Path | str) -> Path:
    """The folder, made for its owner only where it is missing. InputError where it cannot be."""
    wanted = Path(path)
    above = [wanted, *wanted.parents]
    there = next((at for at, each in enumerate(above) if os.path.lexists(each)), len(above))
    try:
        for each in reversed(above[:there]):
            each.mkdir(mode=0o700, exist_ok=True)
        if not wanted.is_dir():
            if wanted.is_symlink() and not wanted.exists():
                raise InputError(message("file.link-nowhere", path=path))
            raise InputError(message("file.no-folder", path=path))
    except OSError as error:
        raise refused(path, error, "file.cannot-be-a-folder") from None
    return wanted


def refused(path: Path | str | None, error: OSError, id: str = "file.cannot-be-written") -> AssuageError:  # noqa: A002 - of the sentence
    """What is to be raised for a fault of writing: the fault of the name that was given, or of the machine."""
    kind = SurroundingsError if error.errno in _NOT_THE_NAME else InputError
    return kind(message(id, path=path, why=reason_of(error)))


def goes_in_circles(folder: Path) -> bool:
    """Whether the links on the way to a folder lead back to where they began."""
    try:
        folder.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def writable_target(path: Path, force: bool) -> Path:
    """Where a file is to lie, links followed. InputError for what is there already, and for what is no file."""
    if not str(path.name):
        raise InputError(message("file.no-name", path=path))
    try:
        # A link is followed, so that what it points at is written and the link stays.
        target = path.resolve(strict=True) if path.is_symlink() else path
    except FileNotFoundError:
        target = Path(os.path.realpath(path))
    except (OSError, RuntimeError):  # Python 3.11 raises a RuntimeError for a loop of links
        raise InputError(message("file.links-circle", path=path)) from None
    if path.is_symlink() and not target.exists() and not force:
        raise InputError(message("file.link-to-nothing", path=path))
    if target.is_dir():
        raise InputError(message("file.name-a-file-in", path=path))
    if target.exists() and not target.is_file():
        raise InputError(message("file.device", path=path))
    if target.exists() and not force:
        raise InputError(message("file.exists", path=path))
    if not target.parent.is_dir():
        if goes_in_circles(target.parent):
            raise InputError(message("file.links-circle", path=target.parent))
        raise InputError(message("file.no-folder-for", folder=target.parent, name=target.name))
    return target


@contextmanager
def whole_file(path: Path, force: bool = False) -> Generator[Path]:
    """A file beside the target that takes its place at the end; removed if anything goes wrong.

    It can be read by its owner only, from its first byte on: what is written here is about a patient.
    """
    target = writable_target(path, force)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    except OSError as error:
        raise refused(path, error) from None
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o600)
        temporary.replace(target)
    except OSError as error:
        raise refused(path, error) from None
    finally:
        temporary.unlink(missing_ok=True)
