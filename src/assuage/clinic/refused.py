"""Pages that say no: in our frame, in the reader's language, with nothing of what was sent and nothing of a patient.

They hold no form, so that two of them are alike to the letter: a record of somebody else and one that does not exist.
"""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from assuage.catalogue.message import message
from assuage.clinic.api.problems import PREFIX, problem_of_status
from assuage.clinic.page import templates
from assuage.clinic.people.models import Person
from assuage.clinic.speaking import speaking_to
from assuage.report.page.pages import given_to_pages

SAID: Final = {400: "bad", 403: "forbidden", 404: "missing", 405: "method", 413: "large", 500: "fault"}


def refusal_page(request: HttpRequest, status: int, what: str | None = None) -> HttpResponse:
    """The page of a status, problem details for a program; `what` is a closer reason, by the name of its sentence."""
    if status >= 500 or not isinstance(getattr(request, "user", None), Person):
        request.user = AnonymousUser()  # who asks may be what could not be found out
    if request.path.startswith(PREFIX):
        return problem_of_status(request, status)
    speaking = speaking_to(request)
    reason = what or SAID[status]
    title = message(f"clinic.refused-{reason}")
    given = given_to_pages(speaking, title) | {
        "what_to_do": message(f"clinic.refused-{reason}-do"),
        "home": reverse("home"),
        "look": reverse("look"),
    }
    response = HttpResponse(templates().get_template("refused.html").render(given), status=status)
    response["Content-Language"] = speaking.language
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read: too many fields, a host we are not; or what is too large to be."""
    return refusal_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is not allowed to who asks."""
    return refusal_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is not there, or not for who asks: nobody learns which."""
    return refusal_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return refusal_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the proof that it is ours: opened before log-in in another tab, or cookies are off."""
    return refusal_page(request, 403, "csrf")
