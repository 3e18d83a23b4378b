"""One's own account: the language, and what allauth keeps (password, second factor, passkeys)."""

from __future__ import annotations

from allauth.usersessions.views import (  # pyright: ignore[reportMissingTypeStubs]
    list_usersessions,  # pyright: ignore[reportUnknownVariableType]
)
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.message import message
from assuage.clinic.page import answer_with
from assuage.clinic.people.actions import set_language
from assuage.clinic.people.gate import ask_again, on_site, open_to_all
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import MAY_ON_SITE, SiteAct


@on_site(None)
@require_safe
def account(request: HttpRequest, person: Person) -> HttpResponse:
    """What can be changed of it."""
    return answer_with(
        request,
        "account.html",
        message("clinic.account", name=person.shown_as),
        house=settings.HOUSE,
        may_break_glass=person.role in MAY_ON_SITE[SiteAct.BREAK_GLASS],
    )


@on_site(None)
def devices(request: HttpRequest, _person: Person) -> HttpResponse:
    """Where the account is logged in, and a way to log out everywhere else: after the password once more."""
    return ask_again(request) or list_usersessions(request)


@open_to_all
def closed(_request: HttpRequest) -> HttpResponse:
    """What allauth has and this clinic has not."""
    raise Http404


@open_to_all
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The same page in another language; kept with the account where there is one."""
    chosen, back = request.POST.get("language", ""), request.POST.get("back", "/")
    is_here = back.startswith("/") and url_has_allowed_host_and_scheme(back, None)
    response = HttpResponseRedirect(back if is_here else "/")
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
