"""The house's own log-in, played by a server of the test: OpenID Connect with one account."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

KEY = generate_private_key(public_exponent=65537, key_size=2048)


class House:
    """Who it says somebody is (`subject`), and what it was asked for tokens with."""

    def __init__(self) -> None:
        self.subject, self.nonce, self.asked, self.address = "jonas@house", None, [], ""

    def id_token(self) -> str:
        now = int(time())
        claims = {
            "iss": self.address,
            "aud": "clinic",
            "sub": self.subject,
            "iat": now,
            "exp": now + 60,
            "email": "jonas@hospital.example",
            "name": "Jonas of the House",
        }
        return jwt.encode(claims, KEY, "RS256", headers={"kid": "1"})

    def answer(self, path: str, sent: str) -> dict[str, object]:
        if path == "/token":
            self.asked.append(parse_qs(sent))
            return {"access_token": "t", "token_type": "Bearer", "id_token": self.id_token()}
        if path == "/jwks":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [key | {"kid": "1", "alg": "RS256", "use": "sig"}]}
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "userinfo_endpoint": f"{self.address}/userinfo",
        }


@contextmanager
def open_house() -> Iterator[House]:
    """The server, while it answers."""
    house = House()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(
                house.answer(
                    self.path, self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                )
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the name that http.server asks for

        def log_message(self, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        house.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield house
        server.shutdown()
