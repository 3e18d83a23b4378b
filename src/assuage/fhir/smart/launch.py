"""Being launched from a hospital system, or by ourselves: to its page that lets us in, and back with a token.

Each launch has a secret of its own (PKCE) and a state that is used once, in the browser that began it, within minutes.
What comes back has to come from the server that it was sent to: by its own address to come back to, and by the name of
the issuer where it says one. A token is never written down and never told.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast
from urllib.parse import urlencode

import orjson
from msgspec import Struct

from assuage.fhir.primitives import fault_of
from assuage.fhir.read.element import as_map, maps_in
from assuage.fhir.smart.servers import SmartServer
from assuage.fhir.smart.web import CannotAsk, Web, WebAnswer

Plain = dict[str, Any]

STATE_LIVES = 600  # seconds between leaving for a server and coming back (ours)
MOST_WAITING = 1_000  # launches that have not come back (ours)

LaunchFault = Literal[
    "unknown-server",
    "configuration",
    "no-pkce",
    "state",
    "issuer",
    "denied",
    "no-code",
    "token",
    "no-patient",
    "no-scope",
    "silent",
]


class LaunchRefused(Exception):
    """A launch that ends here; `fault` says why, and nothing of what was sent."""

    def __init__(self, fault: LaunchFault) -> None:
        super().__init__(fault)
        self.fault: LaunchFault = fault


class SmartConfiguration(Struct, frozen=True):
    """What a server says of how it lets programs in."""

    authorize: str
    token: str
    issuer: str | None
    says_issuer: bool


class BegunLaunch(Struct, frozen=True):
    """A launch that has left for the server: from which browser, when, and with which secret."""

    server: SmartServer
    configuration: SmartConfiguration
    verifier: str
    browser: str
    at: float


class Launched(Struct, frozen=True):
    """A launch that came back: the token, of whom, for what, how long, and what else is in context."""

    server: SmartServer
    token: str
    patient: str
    scopes: tuple[str, ...]
    lasts: float
    context: tuple[str, ...] = ()


class Launches:
    """The launches that are under way, in memory alone."""

    def __init__(self, servers: Mapping[str, SmartServer], web: Mapping[str, Web], address: str) -> None:
        self.servers, self._web, self._address = servers, web, address.rstrip("/")
        self._waiting: dict[str, BegunLaunch] = {}

    def web(self, server: SmartServer) -> Web:
        """What asks that server."""
        return self._web[server.name]

    def back(self, server: SmartServer) -> str:
        """The address to come back to: one for each server, so that none answers for another."""
        return f"{self._address}/back/{server.name}"

    def server_of(self, fhir: str) -> SmartServer:
        """The server with that address of its FHIR. Raises LaunchRefused for one that is not in the file."""
        for server in self.servers.values():
            if server.fhir == fhir.rstrip("/"):
                return server
        raise LaunchRefused("unknown-server")

    def begin(self, server: SmartServer, launch: str | None, browser: str, now: float) -> str:
        """The address of the page that lets us in. `launch` is what a system gave along; None: by ourselves."""
        configuration = self._configuration(server)
        verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(32)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        left_out = "launch/patient" if launch is not None else "launch"
        asked = {
            "response_type": "code",
            "client_id": server.client_id,
            "redirect_uri": self.back(server),
            "scope": " ".join(each for each in server.scopes if each != left_out),
            "state": state,
            "aud": server.fhir,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **({} if launch is None else {"launch": launch}),
        }
        self._forget(now)
        self._waiting[state] = BegunLaunch(server, configuration, verifier, browser, now)
        joint = "&" if "?" in configuration.authorize else "?"
        return f"{configuration.authorize}{joint}{urlencode(asked)}"

    def _forget(self, now: float) -> None:
        """Let go of launches that nobody came back from; of too many the oldest."""
        old = [state for state, each in self._waiting.items() if now - each.at > STATE_LIVES]
        full = len(self._waiting) - len(old) - MOST_WAITING + 1
        for state in [*old, *(list(self._waiting)[: max(full, 0)] if full > 0 else [])]:
            self._waiting.pop(state, None)

    def finish(self, name: str, sent: Mapping[str, str], browser: str, now: float) -> Launched:
        """The launch that a browser came back from. Raises LaunchRefused; its state is used up in any case."""
        begun = self._waiting.pop(sent.get("state", ""), None)
        if begun is None or begun.server.name != name or not secrets.compare_digest(begun.browser, browser):
            raise LaunchRefused("state")
        if now - begun.at > STATE_LIVES:
            raise LaunchRefused("state")
        issuer = sent.get("iss")
        if issuer is None and begun.configuration.says_issuer:
            raise LaunchRefused("issuer")
        if issuer is not None and issuer != begun.configuration.issuer:
            raise LaunchRefused("issuer")
        if "error" in sent:
            raise LaunchRefused("denied")
        code = sent.get("code")
        if not code:
            raise LaunchRefused("no-code")
        return self._exchanged(begun, code)

    def _configuration(self, server: SmartServer) -> SmartConfiguration:
        answer = self._asked(server, f"{server.fhir}/.well-known/smart-configuration", {})
        told = _json(answer)
        authorize, token = told.get("authorization_endpoint"), told.get("token_endpoint")
        if answer.status != 200 or not _is_safe(authorize, server) or not _is_safe(token, server):
            raise LaunchRefused("configuration")
        methods = told.get("code_challenge_methods_supported")
        if not isinstance(methods, list) or "S256" not in methods:
            raise LaunchRefused("no-pkce")
        issuer = told.get("issuer")
        says = told.get("authorization_response_iss_parameter_supported") is True
        return SmartConfiguration(
            str(authorize), str(token), issuer if isinstance(issuer, str) else None, says
        )

    def _exchanged(self, begun: BegunLaunch, code: str) -> Launched:
        server = begun.server
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back(server),
            "code_verifier": begun.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if server.secret is None:
            sent["client_id"] = server.client_id
        else:
            pair = f"{server.client_id}:{server.secret}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        answer = self._asked(server, begun.configuration.token, headers, urlencode(sent).encode())
        return _launched(server, answer)

    def _asked(
        self, server: SmartServer, url: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> WebAnswer:
        try:
            return self.web(server).ask(url, {"Accept": "application/json", **headers}, body)
        except CannotAsk:
            raise LaunchRefused("silent") from None


def _launched(server: SmartServer, answer: WebAnswer) -> Launched:
    told = _json(answer)
    token, lasts = told.get("access_token"), told.get("expires_in")
    kind = str(told.get("token_type", "")).lower()
    if answer.status != 200 or not isinstance(token, str) or not token or kind != "bearer":
        raise LaunchRefused("token")
    if isinstance(lasts, bool) or not isinstance(lasts, int | float) or lasts <= 0:
        raise LaunchRefused("token")  # one of which nobody says how long it is good is not used
    patient = told.get("patient")
    if not isinstance(patient, str) or fault_of("id", patient) is not None:
        raise LaunchRefused("no-patient")
    # A server that says nothing of scopes gives what was asked for (RFC 6749, 5.1).
    scopes = str(told["scope"]).split() if "scope" in told else [*server.scopes]
    return Launched(server, token, patient, tuple(scopes), float(lasts), _context(told.get("fhirContext")))


def _context(value: object) -> tuple[str, ...]:
    """What else is in context: references and canonical addresses, as they are."""
    named: list[str] = []
    for each in maps_in(value):
        for key in ("reference", "canonical"):
            if isinstance(each.get(key), str):
                named.append(each[key])
    return tuple(named)


def _is_safe(address: object, server: SmartServer) -> bool:
    starts: Sequence[str] = ("https://", "http://127.0.0.1:") if server.loopback else ("https://",)
    return isinstance(address, str) and address.startswith(tuple(starts)) and "#" not in address


def _json(answer: WebAnswer) -> Plain:
    try:
        return as_map(cast("object", orjson.loads(answer.body)))
    except orjson.JSONDecodeError:
        return {}
