"""Programs that people let in: registered by whoever keeps the clinic running, let in and shut out by each person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.idp.oidc import models as idp  # pyright: ignore[reportMissingTypeStubs]
from allauth.idp.oidc.adapter import get_adapter  # pyright: ignore[reportMissingTypeStubs]
from django.db import transaction
from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.clinic.audit.actions import log_access
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import OPENID, SCOPES, fhir_scopes, is_fhir_scope, scope_told
from assuage.errors import InputError, Problem, Problems, unknown_word

# allauth has no types: its models are asked as they are.
_Client: Any = idp.Client
_Token: Any = idp.Token
_TIMED = (idp.Token.Type.ACCESS_TOKEN, idp.Token.Type.REFRESH_TOKEN)


class RegisteredProgram(Struct, frozen=True):
    """A program that people can let in. The secret is told once; a program without one proves itself by PKCE."""

    name: str
    id: str
    secret: str | None
    scopes: tuple[str, ...]


class ProgramLetIn(Struct, frozen=True):
    """A program that somebody let in: since when, and for what."""

    id: str
    name: str
    since: datetime
    scopes: tuple[str, ...]

    @property
    def told(self) -> tuple[Message, ...]:
        """What it was let in for, in words."""
        return tuple(scope_told(each) for each in self.scopes if each != OPENID)


@transaction.atomic
def register_program(
    name: str, redirects: Sequence[str], scopes: Sequence[str], *, keeps_a_secret: bool = False
) -> RegisteredProgram:
    """The program, with its id and its secret. Raises InputError for a scope there is not, Problems for an address.

    An address goes back over TLS, to this machine, or to an app of the phone by a scheme of its own.
    """
    for scope in scopes:
        if scope not in SCOPES and not is_fhir_scope(scope):
            known = (*SCOPES, *fhir_scopes())
            raise InputError(unknown_word(scope, known, message("clinic.word-scope")))
    wrong = [
        Problem("--redirect", message("clinic.program-address")) for each in redirects if not _is_safe(each)
    ]
    if wrong or not redirects:
        raise Problems("program", wrong or [Problem("--redirect", message("clinic.program-address"))])
    adapter = get_adapter()
    client = _Client(name=name, type=_Client.Type.PUBLIC)
    secret = str(adapter.generate_client_secret()) if keeps_a_secret else None
    if secret is not None:
        client.type = _Client.Type.CONFIDENTIAL
        client.set_secret(secret)
    client.set_redirect_uris(list(redirects))
    client.set_scopes([OPENID, *scopes])
    client.set_grant_types([_Client.GrantType.AUTHORIZATION_CODE, _Client.GrantType.REFRESH_TOKEN])
    client.save()
    log_access("register-program", actor="", role="", why=str(client.id))
    return RegisteredProgram(name, str(client.id), secret, tuple(scopes))


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme == "http":
        return parts.hostname in ("127.0.0.1", "::1", "localhost")
    private = (
        "." in parts.scheme
    )  # what an app of a phone registers for itself: org.example.app:/back (RFC 8252)
    return not parts.fragment and (private or (parts.scheme == "https" and bool(parts.hostname)))


def programs_let_in(person: Person) -> Sequence[ProgramLetIn]:
    """Every program that can act for the person now."""
    tokens = _Token.objects.valid().filter(user=person, type__in=_TIMED).select_related("client")
    by_program: dict[str, ProgramLetIn] = {}
    for token in tokens.order_by("-created_at"):
        client = token.client
        by_program[client.id] = ProgramLetIn(
            client.id, client.name, token.created_at, tuple(token.get_scopes())
        )
    return sorted(by_program.values(), key=lambda each: each.name)


@transaction.atomic
def shut_out(person: Person, program: str) -> int:
    """Every token of the program for this person gone; how many there were."""
    gone, _ = _Token.objects.filter(user=person, client_id=program).delete()
    if gone:
        log_access("shut-out-program", actor=person.pseudonym, role=person.role, why=program)
    return gone


def shut_out_everywhere(person: Person) -> None:
    """No program acts for somebody who lost the account or its password."""
    _Token.objects.filter(user=person).delete()


def origins_of_program(program: str) -> str:
    """Where a program may be sent back to, as sources of a content security policy."""
    client = _Client.objects.filter(pk=program).first()
    addresses: list[str] = client.get_redirect_uris() if client is not None else []
    parts = [urlsplit(each) for each in addresses]
    return " ".join(f"{each.scheme}://{each.netloc}" if each.netloc else f"{each.scheme}:" for each in parts)
