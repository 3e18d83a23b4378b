"""What every answer says of what others may do with it, and how long somebody who is idle stays logged in."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from assuage.clinic.people.models import Person

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
IDLE_STAFF = 15 * 60  # seconds (the number; ours)
_SEEN = "seen-at"


class SecurityHeaders:
    """Middleware: no script, style, picture or frame of anybody else; nothing of a page is kept by a cache."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self._answer(request)
        response["Content-Security-Policy"] = POLICY
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class IdleSessions:
    """Middleware: a member of staff who did nothing for a while is logged out; a patient's phone stays."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, to nobody where the time is over."""
        if isinstance(request.user, Person) and not request.user.is_patient:
            now = time.time()
            seen = request.session.get(_SEEN)
            if seen is not None and now - seen > IDLE_STAFF:
                logout(request)
            elif seen is None or now - seen > 30:
                request.session[_SEEN] = now
        return self._answer(request)
