"""What every answer says of what others may do with it, what a request may hold, and who is idle too long.

A fault is logged by its kind and its place in the program alone: what an exception says may be a value of a patient.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from allauth.mfa import utils as mfa_utils  # pyright: ignore[reportMissingTypeStubs]
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from assuage.clinic.api.problems import PREFIX, problem_of_status
from assuage.clinic.people.models import Person
from assuage.clinic.refused import SAID, refusal_page
from assuage.errors import AssuageError

SELF = "'self'"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    f"form-action {' '.join((SELF, *settings.FORMS_LEAD_TO))}"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
LOG_OUT = "/account/logout/"
IDLE_STAFF = 15 * 60  # seconds (the number; ours)
DEEPEST = 20  # arrays and objects in each other that a JSON body may have (ours)
_JSON = "json"
_SEEN, _FACTOR = "seen-at", "second-factor"
_WITHOUT_FACTOR = ("/account/", "/language", "/look.css", "/fonts/", "/static/")
_Factors: Any = mfa_utils  # allauth has no types
_faults = logging.getLogger("assuage.clinic.faults")


class SecurityHeaders:
    """Middleware: no script, style, picture or frame of anybody else; nothing of a page is kept by a cache."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self._answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["X-Frame-Options"] = "DENY"  # for browsers that do not know frame-ancestors
        response.headers.setdefault("Cache-Control", "no-store")
        if request.path == LOG_OUT and request.method == "POST":
            # What a browser keeps of pages for going back is forgotten; what a phone has not sent yet stays.
            response["Clear-Site-Data"] = '"cache"'
        return response


class BoundedRequests:
    """Middleware: what is too large or too deep is refused before it is read; an empty refusal gets its page."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or the page that says what is wrong with the request."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal():
            return refusal_page(request, 400)
        if int(length) > settings.CLINIC_MOST_BYTES:
            return refusal_page(request, 413)
        if _JSON in (request.content_type or "") and nesting(request.body, DEEPEST) > DEEPEST:
            return refusal_page(request, 400)
        response = self._answer(request)
        if response.status_code in SAID and not response.streaming and not response.content:
            page = refusal_page(request, response.status_code)
            if "Allow" in response.headers:
                page["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Log the fault without a word of what it says; a refusal is none.

        A record that the library cannot read, such as one on a pathway that this program does not have, is no fault of
        a page: who asks is told to have it looked at, and not what stands in it.
        """
        if not isinstance(exception, Http404 | PermissionDenied | SuspiciousOperation | BadRequest):
            log_fault(exception)
        return refusal_page(request, 409, "unreadable") if isinstance(exception, AssuageError) else None


def nesting(body: bytes, most: int) -> int:
    """How deep the arrays and objects of a JSON text lie in each other; counting ends one beyond `most`."""
    depth = deepest = 0
    in_text = escaped = False
    for byte in body:
        if in_text:
            if escaped:
                escaped = False
            elif byte == 0x5C:  # a backslash
                escaped = True
            elif byte == 0x22:  # a quotation mark
                in_text = False
        elif byte == 0x22:
            in_text = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > most:
                break
        elif byte in b"]}":
            depth -= 1
    return deepest


def log_fault(exception: BaseException) -> None:
    """One line: the kind of exception and the places it passed, last first; never its text."""
    frames = traceback.extract_tb(exception.__traceback__)[-6:]
    places = " < ".join(f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
    _faults.error("%s at %s", type(exception).__name__, places)


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


class SecondFactorOfStaff:
    """Middleware: a member of staff without a second factor is led to where one is set up, and gets no further."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or the way to the page of second factors."""
        person = request.user
        if not settings.CLINIC_STAFF_FACTOR or not isinstance(person, Person) or person.is_patient:
            return self._answer(request)
        if request.session.get(_FACTOR) or request.path.startswith(_WITHOUT_FACTOR):
            return self._answer(request)
        if not _Factors.is_mfa_enabled(person):
            if request.path.startswith(PREFIX):
                return problem_of_status(request, 403)
            return redirect("mfa_index")
        request.session[_FACTOR] = True
        return self._answer(request)
