"""Databases with the demonstration in them, on SQLite and on a PostgreSQL of our own: what is committed stays.

A test of the clinic runs in one transaction that is taken back. Threads, processes and roles see nothing of it, so they
get a copy of a whole database each, in a file or on a server which is started for the tests and stopped with them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep
from typing import Any

from django.core.management import call_command
from django.db import connections

from assuage.clinic.database import database_of
from assuage.clinic.demo.people import make_demo
from tests.clinic.logged_in import PASSPHRASE

_MOST_WAITED = 60.0  # seconds for the server to answer
_OWNER = "postgres"
_number = count(1)


def programs_of_postgresql() -> Path | None:
    """Where `initdb` and `postgres` are: of the newest version there is, or on the path; None where they are not."""
    found = [each.parent for each in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    found += [Path(on_path).resolve().parent] if on_path else []
    return max(found, key=lambda each: int("0" + "".join(filter(str.isdigit, each.parts[-2]))), default=None)


def _as_another(user: str) -> list[str]:
    """What a program of PostgreSQL is started with: it refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--pdeathsig=TERM"]


class OwnPostgres:
    """A server in a temporary folder, reached by a socket in it and by nothing else."""

    is_filled = False  # whether its pattern of a database is made

    def __init__(self, programs: Path) -> None:
        self.programs, self.folder = programs, Path(mkdtemp(prefix="assuage-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, _OWNER, _OWNER)
        data = self.folder / "data"
        self._run("initdb", "-D", str(data), "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--no-sync")
        given = {"listen_addresses": "", "unix_socket_directories": self.folder, "fsync": "off"}
        options = [word for name, value in given.items() for word in ("-c", f"{name}={value}")]
        self._server = subprocess.Popen(
            [*_as_another(_OWNER), str(programs / "postgres"), "-D", str(data), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        self._wait()

    def _run(self, program: str, *options: str) -> None:
        subprocess.run(
            [*_as_another(_OWNER), str(self.programs / program), *options],
            check=True,
            capture_output=True,
            cwd="/",
        )

    def _wait(self) -> None:
        until = monotonic() + _MOST_WAITED
        ready = [str(self.programs / "pg_isready"), "-q", "-h", str(self.folder)]
        while subprocess.run(ready, check=False).returncode:
            assert monotonic() < until, "PostgreSQL does not answer"
            sleep(0.05)

    def ask(self, statement: str, database: str = _OWNER) -> list[tuple[Any, ...]]:
        """What the server answers to its owner, outside a transaction."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), user=_OWNER, dbname=database, autocommit=True
        ) as connection:
            answer = connection.execute(statement)
            return answer.fetchall() if answer.description else []

    def row(self, name: str, user: str = _OWNER) -> dict[str, Any]:
        """Django's row for one of its databases."""
        url = f"postgresql://{user}@/{name}"
        return database_of(url, Path()) | {"HOST": str(self.folder), "CONN_MAX_AGE": 0}

    def stop(self) -> None:
        """End it, and take its folder away."""
        self._server.terminate()
        self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def swapped_database(row: dict[str, Any]) -> Iterator[None]:
    """Everything that asks Django for its database, in every thread, gets that one."""
    before, there = connections.settings["default"], connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": row})["default"]
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = there


class Databases:
    """Copies of a database with the demonstration in it, on one kind of database."""

    is_filled = False

    def __init__(self, folder: Path, server: OwnPostgres | None) -> None:
        self.folder, self.server = folder, server
        self.vendor = "sqlite" if server is None else "postgresql"
        self._pattern = server or self

    def _row(self, name: str) -> dict[str, Any]:
        if self.server is not None:
            return self.server.row(name)
        (self.folder / name).mkdir(exist_ok=True)
        return database_of(None, self.folder / name)

    def _filled(self) -> None:
        if self._pattern.is_filled:
            return
        if self.server is not None:
            self.server.ask("CREATE DATABASE pattern")
        with swapped_database(self._row("pattern")):
            call_command("migrate", verbosity=0, interactive=False)
            make_demo(PASSPHRASE)
        self._pattern.is_filled = True

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The demonstration in a database of its own, by its name; it is gone afterwards."""
        self._filled()
        name = f"copy{next(_number)}"
        if self.server is None:
            shutil.copytree(self.folder / "pattern", self.folder / name)
        else:
            self.server.ask(f"CREATE DATABASE {name} TEMPLATE pattern")
        try:
            with swapped_database(self._row(name)):
                yield name
        finally:
            if self.server is None:
                shutil.rmtree(self.folder / name)
            else:
                self.server.ask(f"DROP DATABASE {name} WITH (FORCE)")
