"""What allauth may do here: nobody signs up by themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter  # pyright: ignore[reportMissingTypeStubs]
from django.http import HttpRequest


class ClosedToSignUp(DefaultAccountAdapter):
    """Accounts are made by an administrator of the clinic."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
