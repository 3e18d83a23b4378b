"""What a clinic refuses to start with: nothing of it is mended in silence.

`refusals` is a pure question about settings, so that `serve`, a WSGI server and Django's own `check` ask the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.errors import Problem, Problems

LOOPBACK = frozenset({"127.0.0.1", "::1", "[::1]", "localhost"})
SHORTEST_SECRET, FEWEST_LETTERS = 50, 5  # what Django itself warns of (security.W009)
_DJANGO_MADE = "django-insecure-"  # how Django marks a secret that a project came with
TRANSPORTS = ("proxy", "none")


class AtStart(Struct, frozen=True):
    """The settings that decide whether a clinic may start."""

    secret: str = ""
    hosts: tuple[str, ...] = ()
    debug: bool = False
    demo: bool = False
    transport: str = "proxy"
    cookies_over_tls: bool = True
    redirects_to_tls: bool = True
    strict_transport: bool = True
    other_database: bool = False


def at_start() -> AtStart:
    """Those of this process. A secret that is missing is an empty one."""
    try:
        secret = str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        secret = ""
    return AtStart(
        secret=secret,
        hosts=tuple(settings.ALLOWED_HOSTS),
        debug=settings.DEBUG,
        demo=settings.DEMO,
        transport=settings.TLS,
        cookies_over_tls=settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE,
        redirects_to_tls=settings.SECURE_SSL_REDIRECT,
        strict_transport=settings.SECURE_HSTS_SECONDS > 0,
        other_database="sqlite" not in settings.DATABASES["default"]["ENGINE"],
    )


def refusals(start: AtStart) -> list[Problem]:
    """Everything that keeps it from starting, each with the name of the setting; none where it may."""
    beyond = [host for host in start.hosts if host not in LOOPBACK]
    wrong: list[tuple[str, Message]] = []
    if not start.secret:
        wrong.append(("ASSUAGE_CLINIC_SECRET_FILE", message("clinic.start-no-secret")))
    elif start.secret.startswith(_DJANGO_MADE) or len(set(start.secret)) < FEWEST_LETTERS:
        wrong.append(("ASSUAGE_CLINIC_SECRET_FILE", message("clinic.start-known-secret")))
    elif len(start.secret) < SHORTEST_SECRET:
        wrong.append(
            ("ASSUAGE_CLINIC_SECRET_FILE", message("clinic.start-short-secret", letters=SHORTEST_SECRET))
        )
    if not start.hosts or "*" in start.hosts:
        wrong.append(("ASSUAGE_CLINIC_HOSTS", message("clinic.start-no-hosts")))
    if start.debug and beyond:
        wrong.append(("DEBUG", message("clinic.start-debug", hosts=tuple(beyond))))
    if start.transport not in TRANSPORTS:
        wrong.append(("ASSUAGE_CLINIC_TLS", message("clinic.start-unknown-tls", text=start.transport)))
    elif beyond and not start.demo and not _is_over_tls(start):
        wrong.append(("ASSUAGE_CLINIC_TLS", message("clinic.start-no-tls", hosts=tuple(beyond))))
    if start.demo and beyond:
        wrong.append(("ASSUAGE_CLINIC_DEMO", message("clinic.start-demo-host", hosts=tuple(beyond))))
    if start.demo and start.other_database:
        wrong.append(("ASSUAGE_CLINIC_DEMO", message("clinic.start-demo-database")))
    return [Problem(place, what) for place, what in wrong]


def _is_over_tls(start: AtStart) -> bool:
    return (
        start.transport == "proxy"
        and start.cookies_over_tls
        and start.redirects_to_tls
        and start.strict_transport
    )


def refuse_to_start() -> None:
    """Nothing where the clinic may start. Raises Problems with everything that it must not start with."""
    wrong = refusals(at_start())
    if wrong:
        raise Problems("assuage serve", wrong, message("clinic.start-not"))


@register(Tags.security)
def refused_settings(app_configs: Sequence[Any] | None = None, **_given: Any) -> list[CheckMessage]:
    """The same for `django check`, in English as all that Django says there."""
    speaking = Catalogue("en", "clinician")
    return [
        Error(f"{each.place}: {speaking.say(each.message)}", id=f"assuage.{each.code}")
        for each in refusals(at_start())
    ]
