"""Who calls: somebody logged in on this site, or a program that somebody let in, with what it may."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from allauth.core.internal import ratelimit  # pyright: ignore[reportMissingTypeStubs]
from allauth.idp.oidc.internal.oauthlib import server, utils  # pyright: ignore[reportMissingTypeStubs]
from allauth.idp.oidc.internal.resources import (  # pyright: ignore[reportMissingTypeStubs]
    is_resources_subset,
)
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from assuage.clinic.api.problems import RefusedCall
from assuage.clinic.people.models import Person

# allauth has no types; what of it is asked here are the functions that its own guards of an API ask.
_Limits: Any = ratelimit
_Server: Any = server
_Utils: Any = utils
# Whether the scopes of a token of somebody are enough for what is asked.
Allows = Callable[[Person, Collection[str]], bool]
CALLS = {"api": "600/m/key"}  # calls of one account or program in a minute (ours)


def caller(request: HttpRequest, scope: str | None) -> Person:
    """Who calls. Raises RefusedCall for nobody, for a program without the scope, for too many calls.

    A call with a token is that program's for that person alone, whatever session the browser has.
    """
    if request.headers.get("Authorization"):
        person = _of_token(request, lambda _person, scopes: scope is None or scope in scopes)
    else:
        person = request.user
        if not isinstance(person, Person):
            raise RefusedCall("no-account")
        if _csrf_fails(request):
            raise RefusedCall("forbidden")
    return _not_too_often(request, person)


def program_calling(request: HttpRequest, allows: Allows) -> Person:
    """Whose program calls, with a token of theirs. Raises RefusedCall as `caller` does, and where it may not."""
    if not request.headers.get("Authorization"):
        raise RefusedCall("no-account")
    return _not_too_often(request, _of_token(request, allows))


def _not_too_often(request: HttpRequest, person: Person) -> Person:
    if not _Limits.consume(
        request, app="assuage", action="api", config=CALLS, key=f"api-{person.pk}", limit_get=True
    ):
        raise RefusedCall("too-many")
    return person


def _of_token(request: HttpRequest, allows: Allows) -> Person:
    request.user = AnonymousUser()
    good, _ = _Server.get_server().verify_request(*_Utils.extract_params(request), scopes=[])
    token = _Utils.get_validator_context().access_token
    person = token.user if good and token is not None and _is_meant_for(request, token) else None
    if not isinstance(person, Person) or not person.is_active:
        raise RefusedCall("no-account")  # a token of no person has no role, and so no right to a record
    request.user = person
    if not allows(person, _scopes(token)):
        raise RefusedCall("no-scope")
    return person


def _scopes(token: Any) -> list[str]:
    return list(token.get_scopes())


def _is_meant_for(request: HttpRequest, token: Any) -> bool:
    """Whether the token may be used here: one that was made for another address (RFC 8707) may not."""
    asked, meant = [request.build_absolute_uri(request.path)], token.get_resources()
    return bool(is_resources_subset(asked, meant))


class _Csrf(CsrfViewMiddleware):
    """Only says whether the proof is there: a page of its own is for browsers."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _csrf_fails(request: HttpRequest) -> bool:
    """Whether a call that writes comes without the proof that a page of ours sent it."""
    check = _Csrf(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, lambda: None, (), {}) is not None
