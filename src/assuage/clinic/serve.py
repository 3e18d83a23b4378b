"""Start the clinic: its folder, its secret, its tables, the demonstration, and granian in front of it."""

from __future__ import annotations

import os
import secrets
import socket
from functools import partial
from pathlib import Path
from typing import NamedTuple

from assuage.catalogue.message import message
from assuage.clinic.keys import keep_token_key, kept_secret
from assuage.errors import InputError, reason_of

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})  # addresses to listen on; `checks` has names of hosts


class Served(NamedTuple):
    """What has to be told of a clinic that is about to answer: its address, and how to log in to a demonstration."""

    address: str
    people: tuple[str, ...]
    passphrase: str | None


def prepare_clinic(data: Path, host: str, port: int) -> Served:
    """Everything before the first request: the environment, the tables, and people where there are none.

    Without DATABASE_URL it is a demonstration, which answers this machine alone. Raises InputError for a
    demonstration that others could reach and for an address that is taken, Problems for settings that are refused.
    """
    demo = not os.environ.get("DATABASE_URL")
    if demo and host not in LOOPBACK:
        raise InputError(message("clinic.demo-stays-here", host=host))
    _refuse_a_taken_address(host, port)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    _environment(data, host, demo=demo)
    keep_token_key(Path(os.environ["ASSUAGE_CLINIC_DATA"]))
    import django

    django.setup()
    from django.core.management import call_command

    from assuage.clinic.checks import refuse_to_start

    refuse_to_start()

    call_command("migrate", verbosity=0, interactive=False)
    return Served(f"http://{host}:{port}/", *_demo(data) if demo else ((), None))


def _refuse_a_taken_address(host: str, port: int) -> None:
    """InputError where something answers there already: two servers would share it, each with half the calls."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as asked:
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            asked.bind((host, port))
    except (OSError, OverflowError) as error:
        raise InputError(message("hooks.not-listening", host=host, port=port, why=reason_of(error))) from None


def _environment(data: Path, host: str, *, demo: bool) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "assuage.clinic.settings"
    os.environ.setdefault("ASSUAGE_CLINIC_DATA", str(data))
    if demo:
        os.environ["ASSUAGE_CLINIC_DEMO"] = "1"
        os.environ["ASSUAGE_CLINIC_TLS"] = "none"
        os.environ["ASSUAGE_CLINIC_HOSTS"] = ",".join(sorted(LOOPBACK | {"[::1]"}))
        os.environ["ASSUAGE_CLINIC_SECRET_FILE"] = str(
            kept_secret(data / "secret", partial(secrets.token_urlsafe, 50))
        )


def _demo(data: Path) -> tuple[tuple[str, ...], str]:
    """The people of the demonstration and what all of them log in with."""
    from assuage.clinic.demo.people import PEOPLE, make_demo
    from assuage.clinic.people.models import Person

    passphrase = kept_secret(data / "passphrase", partial(secrets.token_urlsafe, 9)).read_text(
        encoding="utf-8"
    )
    if not Person.objects.exists():
        make_demo(passphrase)
    return tuple(f"{username} ({role})" for username, role, *_ in PEOPLE), passphrase


def answer_requests(host: str, port: int) -> None:
    """Answer until it is interrupted."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "assuage.clinic.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=2,
        websockets=False,
        log_enabled=False,
    ).serve()
