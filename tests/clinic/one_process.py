"""A clinic whose process can be killed at any moment and be there again at once.

    python -m tests.clinic.one_process SOCKET

The program is loaded once; for each line on standard input it forks a process that answers by the real application, and
writes its number. The line is the size beyond which no file can be written, 0 for none: a disk that is full.
"""

from __future__ import annotations

import os
import resource
import socket
import sys
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the library's
        """Nothing: whoever asks knows what came."""


ServerHandler.http_version = "1.1"


def _warm_up() -> None:
    """What the first request loads, loaded once for all; no connection is taken along."""
    from django.db import connections

    from assuage.clinic.people.models import Person
    from tests.clinic.logged_in import just_logged_in

    headers = {"host": "localhost"}
    just_logged_in(Person.objects.get(username="ida")).get("/diary", headers=headers)
    connections.close_all()


def main() -> None:
    """Fork for each line that comes."""
    listening = socket.socket(fileno=int(sys.argv[1]))
    from assuage.clinic.wsgi import application

    _warm_up()
    server = WSGIServer(listening.getsockname(), _Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.server_name, server.server_port = listening.getsockname()
    server.setup_environ()
    server.set_app(application)
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            most = int(line)
            if most:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            server.serve_forever()
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
