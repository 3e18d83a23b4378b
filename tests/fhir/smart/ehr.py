"""A hospital system of our own: an authorisation server and its FHIR server, on this machine, as bad as asked."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from assuage.fhir.write.bundle import bundle_of, patient_id
from tests.universe import PATIENTS


class Ehr:
    """What it holds, what it answers, and what was asked of it."""

    def __init__(self) -> None:
        record = PATIENTS["cleo"]()
        self.resources: list[dict[str, Any]] = [each["resource"] for each in bundle_of(record)["entry"]]
        self.patient = patient_id(record)
        self.configuration: dict[str, Any] = {}
        self.answered: dict[str, Any] = {}  # laid over the answer with the token
        self.redirected: dict[str, str | None] = {}  # laid over what leads back
        self.scope: str | None = None  # what is granted, where that is not what was asked for
        self.fails: set[str] = set()  # types that cannot be searched
        self.leads_to: str | None = None  # an address that the next page is at
        self.page = 1000
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()
        self.asked: list[str] = []
        self.address = ""

    @property
    def fhir(self) -> str:
        return f"{self.address}/fhir"

    def configured(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            "capabilities": ["launch-ehr", "launch-standalone", "client-public"],
        } | self.configuration

    def authorized(self, asked: dict[str, str]) -> str:
        """Where a browser is sent back to: somebody let the program in."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.address} | self.redirected
        kept = {name: value for name, value in back.items() if value is not None}
        return f"{asked['redirect_uri']}?{urlencode(kept)}"

    def exchanged(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(sent.get("code", ""), None)  # a code is good once
        verifier = sent.get("code_verifier", "").encode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        if (
            asked is None
            or challenge != asked["code_challenge"]
            or sent["redirect_uri"] != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        token = secrets.token_urlsafe(8)
        self.tokens.add(token)
        told = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": 300,
            "scope": self.scope or asked["scope"],
            "patient": self.patient,
        } | self.answered
        return 200, {name: value for name, value in told.items() if value is not None}

    def found(self, path: str, query: str, authorization: str) -> tuple[int, dict[str, Any]]:
        if authorization.removeprefix("Bearer ") not in self.tokens:
            return 401, {
                "resourceType": "OperationOutcome",
                "issue": [{"severity": "error", "code": "login"}],
            }
        name, _, who = path.removeprefix("/fhir/").partition("/")
        if name in self.fails:
            return 500, {}
        named = [each for each in self.resources if each["resourceType"] == name]
        if who:
            return 200, next(each for each in named if each["id"] == who)
        at = int(dict(parse_qsl(query)).get("at", 0))
        links = []
        if at + self.page < len(named):
            links = [{"relation": "next", "url": f"{self.leads_to or self.fhir}/{name}?at={at + self.page}"}]
        entries = [{"resource": each} for each in named[at : at + self.page]]
        return 200, {"resourceType": "Bundle", "type": "searchset", "link": links, "entry": entries}


@contextmanager
def open_ehr() -> Iterator[Ehr]:
    """The system, listening."""
    ehr = Ehr()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            ehr.asked.append(self.path)
            parts = urlsplit(self.path)
            if parts.path.endswith("/smart-configuration"):
                self.says(200, ehr.configured())
            elif parts.path == "/authorize":
                self.send_response(302)
                self.send_header(
                    "Location", ehr.authorized({key: each[0] for key, each in parse_qs(parts.query).items()})
                )
                self.end_headers()
            elif parts.path == "/elsewhere":
                self.send_response(302)
                self.send_header("Location", "/fhir/.well-known/smart-configuration")
                self.end_headers()
            else:
                self.says(*ehr.found(parts.path, parts.query, self.headers.get("Authorization", "")))

        def do_POST(self) -> None:
            ehr.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.says(*ehr.exchanged(dict(parse_qsl(body))))

        def says(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    ehr.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield ehr
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
