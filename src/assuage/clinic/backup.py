"""A backup is one file: the whole database as it was at one moment, its checksum, and on request encrypted.

    assuage-clinic-backup/1
        manifest.json     program, moment, kind of database, SHA-256 and size of the copy
        clinic.sqlite3    an online copy (`VACUUM INTO`), or `clinic.dump` that pg_dump wrote

in a gzipped tar; encrypted it is AES-256-GCM in parts of a mebibyte, each bound to its place and the last marked as
such, so that no part can be changed, left out or exchanged.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from msgspec import Struct

from assuage import __version__
from assuage.catalogue.message import message
from assuage.clinic.database import database_of
from assuage.errors import InputError, SurroundingsError

FORMAT_OF_BACKUPS = "assuage-clinic-backup/1"
_ENCRYPTED = b"assuage-backup-aes-256-gcm/1\n"
_PART = 1024 * 1024
_SHORTEST_KEY = 32
_COPIES = {"sqlite": "clinic.sqlite3", "postgresql": "clinic.dump"}


class BackedUp(Struct, frozen=True):
    """What was written: where, how large, its SHA-256, and whether it is encrypted."""

    path: str
    size: int
    sha256: str
    encrypted: bool


def back_up(target: Path, data: Path, url: str | None, key_file: Path | None) -> BackedUp:
    """Write the backup while the clinic goes on; beside it `target.sha256`, as sha256sum reads it.

    Raises InputError for a target that is there, SurroundingsError where there is no room or no program for it.
    """
    if target.exists():
        raise InputError(message("clinic.backup-there", path=str(target)))
    key = None if key_file is None else _key_in(key_file)
    kind = "postgresql" if url else "sqlite"
    with TemporaryDirectory(prefix=".backup-", dir=target.absolute().parent) as folder:
        copy = Path(folder) / _COPIES[kind]
        if url:
            _pg("pg_dump", url, "--format=custom", "--no-owner", f"--file={copy}")
        else:
            _copy_of_sqlite(data / "clinic.sqlite3", copy)
        manifest = {
            "format": FORMAT_OF_BACKUPS,
            "program": __version__,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": kind,
            "sha256": _sha256_of(copy),
            "size": copy.stat().st_size,
        }
        packed = Path(folder) / "packed"
        _pack(packed, copy, manifest)
        whole = packed
        if key is not None:
            whole = Path(folder) / "encrypted"
            _encrypt(packed, whole, key)
        whole.chmod(0o600)
        with whole.open("rb") as file:
            os.fsync(file.fileno())
        sha256, size = _sha256_of(whole), whole.stat().st_size
        whole.replace(target)
    Path(f"{target}.sha256").write_text(f"{sha256}  {target.name}\n", encoding="utf-8")
    return BackedUp(str(target), size, sha256, key is not None)


def restore_backup(source: Path, data: Path, url: str | None, key_file: Path | None) -> dict[str, Any]:
    """Put the database of a backup where none is; its manifest. Nothing is left half-done.

    Raises InputError for what is no backup, was changed, needs a key, or would be put over a clinic that is there.
    """
    there = Path(f"{source}.sha256")
    if not source.is_file():
        raise InputError(message("file.none", path=str(source)))
    if there.is_file() and there.read_text(encoding="utf-8").split()[:1] != [_sha256_of(source)]:
        raise InputError(message("clinic.backup-changed", path=str(source)))
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not url and (data / "clinic.sqlite3").exists():
        raise InputError(message("clinic.restore-over", folder=str(data)))
    with TemporaryDirectory(prefix=".restore-", dir=data) as folder:
        packed = source
        with source.open("rb") as file:
            is_encrypted = file.read(len(_ENCRYPTED)) == _ENCRYPTED
        if is_encrypted:
            if key_file is None:
                raise InputError(message("clinic.backup-needs-key", path=str(source)))
            packed = Path(folder) / "packed"
            _decrypt(source, packed, _key_in(key_file))
        manifest, copy = _unpacked_to(packed, Path(folder), source)
        if (manifest["database"] == "postgresql") != bool(url):
            raise InputError(message("clinic.restore-other", database=manifest["database"]))
        if url:
            _pg("pg_restore", url, "--no-owner", "--exit-on-error", "--single-transaction", str(copy))
        else:
            copy.chmod(0o600)
            copy.replace(data / "clinic.sqlite3")
    return manifest


def _copy_of_sqlite(database: Path, copy: Path) -> None:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.OperationalError as error:
        if "full" in str(error):
            raise SurroundingsError(message("clinic.disk-full", path=str(copy.parent.parent))) from None
        raise
    finally:
        connection.close()


def _pg(program: str, url: str, *options: str) -> None:
    """Run a program of PostgreSQL; the password goes by the environment, where nobody sees it in a list of programs."""
    if shutil.which(program) is None:
        raise SurroundingsError(message("clinic.no-program", program=program))
    named = database_of(url, Path())
    where = [f"--dbname={named['NAME']}"]
    for flag, name in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if named[name]:
            where.append(f"{flag}={named[name]}")
    environment = {**os.environ, "PGPASSWORD": str(named["PASSWORD"])}
    ran = subprocess.run(
        [program, *where, *options], env=environment, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise SurroundingsError(
            message("clinic.program-failed", program=program, told=ran.stderr[-300:].strip())
        )


def _pack(packed: Path, copy: Path, manifest: dict[str, Any]) -> None:
    told = packed.parent / "manifest.json"
    told.write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    with gzip.open(packed, "wb", compresslevel=3) as file, tarfile.open(fileobj=file, mode="w") as tar:
        tar.add(told, arcname="manifest.json")
        tar.add(copy, arcname=copy.name)


def _unpacked_to(packed: Path, folder: Path, source: Path) -> tuple[dict[str, Any], Path]:
    broken = InputError(message("clinic.no-backup", path=str(source)))
    try:
        with tarfile.open(packed, "r:gz") as tar:
            members = {each.name: each for each in tar.getmembers() if each.isfile()}
            told = tar.extractfile(members["manifest.json"])
            manifest: dict[str, Any] = json.loads(told.read()) if told else {}
            if manifest.get("format") != FORMAT_OF_BACKUPS:
                raise broken
            name = _COPIES[manifest["database"]]
            copied, copy = tar.extractfile(members[name]), folder / name
            if copied is None:
                raise broken
            with copy.open("wb") as file:
                shutil.copyfileobj(copied, file, _PART)
    except (tarfile.TarError, EOFError, KeyError, ValueError, gzip.BadGzipFile):
        raise broken from None
    if _sha256_of(copy) != manifest.get("sha256"):
        raise InputError(message("clinic.backup-changed", path=str(source)))
    return manifest, copy


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _key_in(path: Path) -> bytes:
    """The key that a file holds: at least 32 bytes of anything."""
    if not path.is_file():
        raise InputError(message("file.none", path=str(path)))
    held = path.read_bytes().strip()
    if len(held) < _SHORTEST_KEY:
        raise InputError(message("clinic.key-too-short", path=str(path), least=_SHORTEST_KEY))
    return hashlib.sha256(b"assuage.clinic.backup/1" + held).digest()


def _parts(file: IO[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """The parts of a file, the last marked."""
    part = file.read(size)
    while True:
        following = file.read(size)
        yield part, not following
        if not following:
            return
        part = following


def _encrypt(plain: Path, target: Path, key: bytes) -> None:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher, prefix = AESGCM(key), os.urandom(7)
    with plain.open("rb") as file, target.open("wb") as out:
        out.write(_ENCRYPTED + prefix)
        for number, (part, is_last) in enumerate(_parts(file, _PART)):
            out.write(cipher.encrypt(_nonce(prefix, number, is_last), part, _ENCRYPTED))


def _decrypt(source: Path, target: Path, key: bytes) -> None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(key)
    with source.open("rb") as file, target.open("wb") as out:
        file.read(len(_ENCRYPTED))
        prefix = file.read(7)
        try:
            for number, (part, is_last) in enumerate(_parts(file, _PART + 16)):
                out.write(cipher.decrypt(_nonce(prefix, number, is_last), part, _ENCRYPTED))
        except InvalidTag:
            raise InputError(message("clinic.backup-not-opened", path=str(source))) from None


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4) + bytes([is_last])
