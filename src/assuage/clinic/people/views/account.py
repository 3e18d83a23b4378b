"""One's own account: the language, and what allauth keeps (password, second factor, passkeys)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.message import message
from assuage.clinic.page import answer_with
from assuage.clinic.people.actions import set_language
from assuage.clinic.people.gate import on_site, open_to_all
from assuage.clinic.people.models import Person


@on_site(None)
@require_safe
def account(request: HttpRequest, person: Person) -> HttpResponse:
    """What can be changed of it."""
    return answer_with(request, "account.html", message("clinic.account", name=person.shown_as))


@open_to_all
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The same page in another language; kept with the account where there is one."""
    chosen, back = request.POST.get("language", ""), request.POST.get("back", "/")
    response = redirect(back if url_has_allowed_host_and_scheme(back, None) else "/")
    if chosen in LANGUAGES:
        if isinstance(request.user, Person):
            set_language(request.user, chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
