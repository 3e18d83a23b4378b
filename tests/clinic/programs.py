"""A program that somebody lets in, as its browser and its server do it: by OAuth 2 with PKCE."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from assuage.clinic.people.models import Person
from assuage.clinic.people.programs import register_program

BACK = "https://app.example.org/back"
VERIFIER = "a-verifier-that-is-long-enough-for-the-standard-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def asked_to_let_in(program: str, scopes: str, challenge: str = CHALLENGE) -> dict[str, str]:
    asked = {"client_id": program, "redirect_uri": BACK, "response_type": "code", "scope": scopes}
    return asked | {
        "state": "s",
        **({"code_challenge": challenge, "code_challenge_method": "S256"} if challenge else {}),
    }


def token_of(somebody: Person, *scopes: str) -> str:
    """A token for a program that somebody let in for some scopes."""
    made = register_program("An app", [BACK], scopes)
    client = Client()
    client.force_login(somebody)
    page = client.get("/identity/o/authorize", asked_to_let_in(made.id, " ".join(scopes)))
    hidden = dict(re.findall(r'name="([\w-]+)"[^>]*value="([^"]*)"', page.content.decode()))
    granted = client.post("/identity/o/authorize", {**hidden, "scopes": scopes, "action": "grant"})
    code = parse_qs(urlsplit(granted.headers["Location"]).query)["code"][0]
    answer = Client().post(
        "/identity/o/api/token",
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "client_id": made.id,
            "code_verifier": VERIFIER,
        },
    )
    return json.loads(answer.content)["access_token"]
