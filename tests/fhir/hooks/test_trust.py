"""Only a client whose key stands in the file is answered: once a token, for this service, now, and signed as agreed."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")
pytest.importorskip("jwt", reason="needs the extra assuage[hooks]")

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from assuage.errors import InputError, Problems
from assuage.fhir.hooks.trust import Clients, read_clients
from tests.fhir.hooks.calling import NOW, Answered, Clock, asked, service
from tests.fhir.hooks.documents import AUTHORIZATION, prefetch, request

VIEW = "/cds-services/assuage-patient-view"
BASE, ISSUER = "https://assuage.example.org", "https://ehr.example.org"
CALL = request(prefetch=prefetch())
EC_KEY, OTHER_KEY = ec.generate_private_key(ec.SECP384R1()), ec.generate_private_key(ec.SECP384R1())
SHORT_CURVE = ec.generate_private_key(ec.SECP256R1())
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public(key: Any, kid: str, **more: Any) -> dict[str, Any]:
    """A key of a JWKS."""
    kind = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    return json.loads(kind.to_jwk(key.public_key())) | {"kid": kid} | more


def written(folder: Path, config: str | None = None, keys: Any = None) -> Path:
    """A file of clients with its JWKS beside it."""
    listed = keys if keys is not None else {"keys": [public(EC_KEY, "e"), public(RSA_KEY, "r")]}
    (folder / "ehr.json").write_text(listed if isinstance(listed, str) else json.dumps(listed))
    file = folder / "clients.toml"
    file.write_text(
        config
        or f'base = "{BASE}"\n[[client]]\nname = "ehr"\niss = "{ISSUER}"\njwks = "ehr.json"\n'
        'fhir_servers = ["https://fhir.example.org/r4/"]\norigins = ["https://ehr.example.org"]\n'
    )
    return file


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Clients:
    return read_clients(written(tmp_path_factory.mktemp("clients")))


def token(
    key: Any = EC_KEY, algorithm: str = "ES384", headers: dict[str, Any] | None = None, **claims: Any
) -> str:
    """A token as a client signs it; a claim of None is left out."""
    now = int(NOW.timestamp())
    whole = {"iss": ISSUER, "aud": f"{BASE}{VIEW}", "exp": now + 300, "iat": now, "jti": "1"} | claims
    kept = {name: value for name, value in whole.items() if value is not None}
    return jwt.encode(kept, key, algorithm=algorithm, headers={"kid": "e"} | (headers or {}))


def unsigned(**header: Any) -> str:
    parts = ({"typ": "JWT", "kid": "e"} | header, {"iss": ISSUER, "aud": f"{BASE}{VIEW}", "jti": "1"})
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in parts)
        + "."
    )


def answer(clients: Clients, signed: str | None, sent: dict[str, Any] = CALL, **environ: str) -> Answered:
    header = {} if signed is None else {"HTTP_AUTHORIZATION": f"Bearer {signed}"}
    return asked(service(clients=clients), VIEW, sent, **header, **environ)


SECOND = int(NOW.timestamp())


@pytest.mark.parametrize(
    "signed",
    [
        token(),
        token(RSA_KEY, "RS384", {"kid": "r"}),
        token(aud=[BASE, "https://other.example.org"]),
        token(aud=f"{BASE}/cds-services"),
        token(nbf=SECOND - 300, iat=SECOND - 300, exp=SECOND + 60),  # as a known client makes them
        token(headers={"jku": "https://ehr.example.org/jwks"}),  # nobody looks there
    ],
)
def test_a_client_is_answered(clients: Clients, signed: str):
    assert answer(clients, signed).status == 200


@pytest.mark.parametrize(
    ("signed", "why"),
    [
        (None, "a signed token is needed"),
        ("", "a signed token is needed"),
        ("x.y.z", "cannot be read"),
        ("a" * 20_000, "cannot be read"),
        (unsigned(alg="none"), "ES384 or RS384"),
        (token("secret" * 8, "HS256"), "ES384 or RS384"),
        (token(SHORT_CURVE, "ES256"), "ES384 or RS384"),
        (token(RSA_KEY, "RS256", {"kid": "r"}), "ES384 or RS384"),
        (token(iss="https://other.example.org"), "no client here"),
        (token(iss=None), "no client here"),
        (token(headers={"kid": "new", "jku": "https://ehr.example.org/jwks"}), "none that the client has"),
        (token(headers={"kid": "r"}), "none that the client has"),
        (token(OTHER_KEY), "not that of the key"),
        (token(OTHER_KEY, headers={"jwk": public(OTHER_KEY, "e")}), "not that of the key"),
        (token(exp=SECOND - 61, iat=SECOND - 300), "not valid now"),
        (token(nbf=SECOND + 120), "not valid now"),
        (token(iat=SECOND + 120), "not valid now"),
        (token(exp=SECOND + 86_400), "not valid now"),
        (token(aud="https://other.example.org"), "another service"),
        (token(aud=f"{BASE}/cds-services/assuage-order-sign"), "another service"),
        (token(aud=None), "lacks"),
        (token(exp=None), "lacks"),
        (token(iat=None), "lacks"),
        (token(jti=None), "lacks"),
        (token(jti=""), "lacks"),
    ],
)
def test_anybody_else_is_not(clients: Clients, signed: str | None, why: str):
    told = answer(clients, signed)
    assert (told.status, why in told.body["issue"][0]["details"]["text"]) == (401, True)


def test_a_token_is_used_once(clients: Clients):
    app, header = service(clients=clients), f"Bearer {token()}"
    assert [asked(app, VIEW, CALL, HTTP_AUTHORIZATION=header).status for _ in range(2)] == [200, 401]


def test_a_token_that_is_over_is_no_longer_known_and_no_longer_valid(clients: Clients):
    clock = Clock()
    app, header = service(clients=clients, clock=clock), f"Bearer {token()}"
    asked(app, VIEW, CALL, HTTP_AUTHORIZATION=header)
    clock.now = NOW + timedelta(hours=2)
    assert asked(app, VIEW, CALL, HTTP_AUTHORIZATION=header).status == 401


@pytest.mark.parametrize(
    ("server", "status"),
    [
        ("https://fhir.example.org/r4", 200),
        ("https://fhir.example.org/r4/", 200),
        ("http://169.254.169.254/", 403),
    ],
)
def test_a_client_names_its_own_servers_alone(clients: Clients, server: str, status: int):
    sent = request(prefetch=prefetch(), fhirServer=server, fhirAuthorization=AUTHORIZATION)
    assert answer(clients, token(), sent).status == status


@pytest.mark.parametrize(
    ("origin", "allowed"), [("https://ehr.example.org", True), ("http://localhost", False)]
)
def test_with_clients_only_their_pages_may_read_the_answer(clients: Clients, origin: str, allowed: bool):
    assert ("Access-Control-Allow-Origin" in answer(clients, token(), HTTP_ORIGIN=origin).headers) == allowed


def test_feedback_needs_a_token_too(clients: Clients):
    assert asked(service(clients=clients), f"{VIEW}/feedback", {"feedback": []}).status == 401


def test_no_token_is_in_the_log_or_in_the_answer(clients: Clients):
    lines: list[str] = []
    signed = token(OTHER_KEY)
    told = asked(
        service(clients=clients, log=lines.append), VIEW, CALL, HTTP_AUTHORIZATION=f"Bearer {signed}"
    )
    assert [part in json.dumps(told.body) + lines[0] for part in signed.split(".")] == [False, False, False]


@pytest.mark.parametrize(
    ("config", "keys", "places"),
    [
        ("", None, ["base", "client"]),
        ('base = "http://a.example"\nbas = 1\n[[client]]\n', None,
         ["base", "bas", "client[0].name", "client[0].iss", "client[0].jwks"]),
        (None, "{", ["client[0].jwks"]),
        (None, {"keys": []}, ["client[0].jwks"]),
        (None, {"keys": [public(SHORT_CURVE, "s", alg="ES256")]}, ["client[0].jwks"]),
        (None, {"keys": [public(EC_KEY, "e") | {"d": "AQ"}]}, ["client[0].jwks"]),
    ],
)  # fmt: skip
def test_a_file_of_clients_is_refused_with_all_that_is_wrong(
    tmp_path: Path, config: str | None, keys: Any, places: list[str]
):
    file = written(tmp_path, config, keys)
    if config == "":
        file.write_text("")
    with pytest.raises(Problems) as refused:
        read_clients(file)
    assert [each.place for each in refused.value.problems] == places


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be read"):
        read_clients(tmp_path / "none.toml")
