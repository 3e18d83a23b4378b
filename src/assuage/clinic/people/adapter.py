"""What allauth may do here: nobody signs up by themselves, and a program learns of a person only the pseudonym."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter  # pyright: ignore[reportMissingTypeStubs]
from allauth.idp.oidc.adapter import DefaultOIDCAdapter  # pyright: ignore[reportMissingTypeStubs]
from allauth.socialaccount.adapter import (  # pyright: ignore[reportMissingTypeStubs]
    DefaultSocialAccountAdapter,
)
from django.http import HttpRequest
from django.utils.translation import get_language

from assuage.catalogue.languages import ORIGINAL
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import SCOPES, fhir_scopes, scope_told
from assuage.words.speak import catalogue


class ClosedToSignUp(DefaultAccountAdapter):
    """Accounts are made by an administrator of the clinic."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class LinkedAccountsOnly(DefaultSocialAccountAdapter):
    """Whoever logs in with the house's own accounts has linked theirs here before: nobody is made up from a claim."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Keep of what the house tells only who it is there: no name, no address."""
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False


class ScopesInWords(dict[str, str]):
    """What each scope lets a program do, in the language of the page that asks for it."""

    def get(self, scope: str, _otherwise: object = None) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The sentence of that scope: allauth asks for nothing else of the table."""
        return str(catalogue(get_language() or ORIGINAL, "patient").say(scope_told(scope)))


class ProgramsOfTheClinic(DefaultOIDCAdapter):
    """What a program that somebody let in learns of them: the pseudonym and the role, never a name or an address."""

    scope_display = ScopesInWords()

    def get_user_sub(self, client: Any, user: Any) -> str:
        """The pseudonym."""
        return str(user.pseudonym)

    def get_user_by_sub(self, client: Any, sub: str) -> Person | None:
        """Who has that pseudonym and is still here."""
        return Person.objects.filter(pseudonym=sub, is_active=True).first()

    def get_claims(
        self,
        purpose: str,
        user: Any,
        client: Any,
        scopes: Iterable[str],
        email: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """The pseudonym and the role."""
        return {"sub": str(user.pseudonym), "role": str(user.role)}

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """Leave out what is closed here."""
        for name in ("device_authorization_endpoint", "end_session_endpoint", "registration_endpoint"):
            data.pop(name, None)
        data["scopes_supported"] = ["openid", *SCOPES, *fhir_scopes()]
        data["grant_types_supported"] = ["authorization_code", "refresh_token"]
        data["response_types_supported"] = ["code"]
