"""What an update made, put in the place of what was there: all of it or nothing, whenever it is interrupted.

An update is written into a folder beside the output. Once it is whole that folder gets its name, and from then on it
counts: whoever looks at the output next moves what was not moved yet.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from assuage.catalogue.message import message
from assuage.errors import InputError

MANIFEST = "manifest.json"
CHECKPOINT, CHANGES = "checkpoint", "changes.parquet"
BEGUN, WHOLE = "update.new", "update"


def begun_beside(folder: Path) -> Path:
    """An empty folder in which an update is written; one that was begun and not finished is gone."""
    new = folder / BEGUN
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    (new / CHECKPOINT).mkdir(mode=0o700)
    return new


def commit(folder: Path) -> None:
    """What was written beside the output is the output now."""
    for file in _files(folder / BEGUN):
        file.chmod(0o600)
        with file.open("rb") as stream:
            os.fsync(stream.fileno())
    (folder / BEGUN).rename(folder / WHOLE)
    put_in_place(folder)


def put_in_place(folder: Path) -> None:
    """Nothing is left to be moved of an update that is whole. Raises InputError where it may not be moved."""
    whole = folder / WHOLE
    if not (whole / MANIFEST).exists() and not (whole / CHECKPOINT).exists():
        return
    try:
        for file in _files(whole):
            target = folder / file.relative_to(whole)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                file.replace(target)
            except FileNotFoundError:  # somebody else moved it at the same moment
                continue
    except PermissionError:
        raise InputError(message("cohort.update-interrupted", folder=folder)) from None
    shutil.rmtree(whole, ignore_errors=True)


def leave_no_update(folder: Path) -> None:
    """Nothing that updates wrote is there, and no checkpoint."""
    for name in (BEGUN, WHOLE, CHECKPOINT):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / CHANGES).unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    """The files of an update, the manifest last: who reads it finds what it speaks of."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return sorted(files, key=lambda file: (file.name == MANIFEST, file))
