"""In which language, and for which reader, a request is answered."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from assuage.catalogue.languages import LANGUAGES, ORIGINAL
from assuage.catalogue.read import Catalogue
from assuage.clinic.people.models import Person
from assuage.words.speak import catalogue


def language_of(request: HttpRequest) -> str:
    """That of the account; before log-in what was chosen here, or else what the browser asks for first of ours."""
    if isinstance(request.user, Person) and request.user.language in LANGUAGES:
        return request.user.language
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in LANGUAGES:
        return chosen
    for part in request.headers.get("Accept-Language", "").split(","):
        named = part.partition(";")[0].strip().lower().partition("-")[0]
        if named in LANGUAGES:
            return named
    return ORIGINAL


def speaking_to(request: HttpRequest, reader: str | None = None) -> Catalogue:
    """The catalogue for who asks: a patient is spoken to as a patient."""
    if reader is None:
        reader = "patient" if isinstance(request.user, Person) and request.user.is_patient else "clinician"
    return catalogue(language_of(request), reader)


class LanguageOfTheReader:
    """Middleware: the forms of Django and allauth speak the same language as our pages."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in that language and say so."""
        with translation.override(language_of(request)):
            response = self._answer(request)
            response.headers.setdefault("Content-Language", language_of(request))
            return response
