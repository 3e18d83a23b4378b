"""Clinics in processes of their own, to be killed: the application alone, quickly there again, and `assuage serve`."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from abc import ABC, abstractmethod
from time import monotonic, sleep
from urllib.parse import urlencode

from django.conf import settings

from assuage.clinic.people.models import Person
from tests.clinic.databases import Databases
from tests.clinic.logged_in import just_logged_in

_TOKEN = "a" * 32
_MOST_WAITED = 60.0
_HOST = "127.0.0.1"


class KilledClinic(ABC):
    """A clinic in front of one database; `start` has it answer, `kill` ends it as a power cut ends a program."""

    def __init__(self, databases: Databases, name: str) -> None:
        without = {each: held for each, held in os.environ.items() if not each.startswith("ASSUAGE_CLINIC")}
        self.environment = without | {
            "DJANGO_SETTINGS_MODULE": "assuage.clinic.settings",
            "ASSUAGE_CLINIC_SECRET": settings.SECRET_KEY,
            "ASSUAGE_CLINIC_TLS": "none",
            "ASSUAGE_CLINIC_HOSTS": f"localhost,{_HOST}",
            "ASSUAGE_CLINIC_DATA": str(databases.folder / name),
        }
        self.folder = databases.folder / name
        self.folder.mkdir(exist_ok=True)
        if databases.server is not None:
            self.environment["DATABASE_URL"] = f"postgresql://postgres@/{name}"
            self.environment["PGHOST"] = str(databases.server.folder)
        self.port = 0

    @abstractmethod
    def start(self, most: int = 0) -> None:
        """Begin to answer; no file can grow beyond `most` bytes."""

    @abstractmethod
    def kill(self) -> None:
        """End it at once."""

    @abstractmethod
    def close(self) -> None:
        """End everything that was started."""

    def post(self, cookies: str, path: str, fields: dict[str, object], timeout: float = 60.0) -> int:
        """The status of the answer. Raises OSError or HTTPException where the process ended before there was one."""
        connection = http.client.HTTPConnection(_HOST, self.port, timeout=timeout)
        try:
            body = urlencode({**fields, "csrfmiddlewaretoken": _TOKEN}, doseq=True)
            kind = "application/x-www-form-urlencoded"
            headers = {"Cookie": f"csrf={_TOKEN}; {cookies}", "Content-Type": kind, "Connection": "close"}
            connection.request("POST", path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


class ForkedClinic(KilledClinic):
    """The application alone, one process a start, of a program that was loaded once."""

    def __init__(self, databases: Databases, name: str) -> None:
        super().__init__(databases, name)
        self._listening = socket.create_server((_HOST, 0))
        self.port = self._listening.getsockname()[1]
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.clinic.one_process", str(self._listening.fileno())],
            env=self.environment,
            pass_fds=[self._listening.fileno()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._pid = 0

    def start(self, most: int = 0) -> None:
        """Fork."""
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.write(f"{most}\n")
        self._parent.stdin.flush()
        self._pid = int(self._parent.stdout.readline())

    def kill(self) -> None:
        """SIGKILL."""
        os.kill(self._pid, signal.SIGKILL)

    def close(self) -> None:
        """The parent too."""
        if self._pid:
            self.kill()
        self._parent.kill()
        self._parent.communicate()
        self._listening.close()


class ServedClinic(KilledClinic):
    """`assuage serve` with all of its processes."""

    def __init__(self, databases: Databases, name: str) -> None:
        super().__init__(databases, name)
        with socket.create_server((_HOST, 0)) as free:
            self.port = free.getsockname()[1]
        if databases.server is None:
            (self.folder / "secret").write_text(settings.SECRET_KEY, encoding="utf-8")
        self._server: subprocess.Popen[bytes] | None = None

    def start(self, most: int = 0) -> None:
        """Start it, and wait until it answers."""
        told = ["--port", str(self.port), "--data", str(self.folder)]
        self._server = subprocess.Popen(
            [sys.executable, "-m", "assuage", "serve", *told],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = monotonic() + _MOST_WAITED
        while monotonic() < until:
            try:
                socket.create_connection((_HOST, self.port), timeout=1).close()
                return
            except OSError:
                sleep(0.05)
        raise AssertionError("it does not answer")

    def kill(self) -> None:
        """SIGKILL to the server and to its workers."""
        assert self._server is not None
        os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait()

    def close(self) -> None:
        """The same, where it was started."""
        if self._server is not None and self._server.poll() is None:
            self.kill()


def cookies_of(username: str) -> str:
    """The cookies of a browser in which somebody is logged in."""
    client = just_logged_in(Person.objects.get(username=username))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
