"""Who calls: the client that a signed token (JWT) proves, against keys that stand in a file here and are never fetched.

A token is used once, is of a client that the file names, is for this service, is valid now and not for long, and is
signed with ES384 or RS384. What is refused is said by the kind of fault; the token itself is told to nobody.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.errors import InputError, Problem, Problems, reason_of
from assuage.fhir.hooks.feedback import FeedbackStore

if TYPE_CHECKING:
    from jwt import PyJWK

ALGORITHMS = ("ES384", "RS384")
LEEWAY = timedelta(seconds=60)  # clocks differ (ours)
LONGEST = timedelta(hours=1)  # that a token may live; the specification wants five minutes (ours)
LEAST_RSA = 2048  # bits
MOST_TOKEN = 16_384  # letters of a token (ours)
_CLIENT_KEYS = {"name", "iss", "jwks", "fhir_servers", "origins"}

Fault = Literal[
    "missing",
    "unreadable",
    "algorithm",
    "unknown-client",
    "key",
    "signature",
    "time",
    "audience",
    "used",
    "claims",
]


class Untrusted(Exception):
    """A caller that is not known to be whom it says; `fault` says how, and nothing of the token."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


class Client(Struct, frozen=True):
    """A caller that is trusted: its issuer, its keys by their ids, the servers it may name, the pages it may run in."""

    name: str
    issuer: str
    keys: Mapping[str, PyJWK]
    fhir_servers: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


class Clients(Struct, frozen=True):
    """The callers of a file, and the address under which they reach this service."""

    base: str
    by_issuer: Mapping[str, Client]

    @property
    def origins(self) -> frozenset[str]:
        """The pages of all of them."""
        return frozenset(origin for client in self.by_issuer.values() for origin in client.origins)

    def caller(self, authorization: str | None, path: str, store: FeedbackStore, now: datetime) -> Client:
        """The client that a header `Authorization` proves, for a call of that path. Raises Untrusted."""
        import jwt

        scheme, _, token = (authorization or "").partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Untrusted("missing")
        if len(token) > MOST_TOKEN:
            raise Untrusted("unreadable")
        try:
            header = jwt.get_unverified_header(token)
            unproved = jwt.decode(token, options={"verify_signature": False})
        except jwt.PyJWTError:
            raise Untrusted("unreadable") from None
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS or "crit" in header:
            raise Untrusted("algorithm")
        issuer = unproved.get("iss")
        client = self.by_issuer.get(issuer) if type(issuer) is str else None
        if client is None:
            raise Untrusted("unknown-client")
        key = client.keys.get(str(header.get("kid", "")))
        if key is None and "kid" not in header and len(client.keys) == 1:
            key = next(iter(client.keys.values()))
        if key is None or key.algorithm_name != algorithm:
            raise Untrusted("key")
        claims = self._proved(token, key, algorithm, path)
        return self._once(client, claims, store, now)

    def _proved(self, token: str, key: PyJWK, algorithm: str, path: str) -> dict[str, Any]:
        import jwt

        base = self.base.rstrip("/")
        audiences = [f"{base}/{path}", f"{base}/{path.partition('/')[0]}", base]
        try:
            # Whether it is valid now is asked below, of the clock that everything here is asked of.
            return jwt.decode(
                token,
                key=key,
                algorithms=[algorithm],
                audience=audiences,
                options={
                    "require": ["iss", "aud", "exp", "iat", "jti"],
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except jwt.InvalidAudienceError:
            raise Untrusted("audience") from None
        except jwt.MissingRequiredClaimError:
            raise Untrusted("claims") from None
        except jwt.InvalidSignatureError:
            raise Untrusted("signature") from None
        except jwt.PyJWTError:
            raise Untrusted("unreadable") from None

    @staticmethod
    def _once(client: Client, claims: dict[str, Any], store: FeedbackStore, now: datetime) -> Client:
        until, issued = _moment(claims["exp"]), _moment(claims["iat"])
        begins = _moment(claims.get("nbf", claims["iat"]))
        name = claims["jti"]
        if type(name) is not str or not name or until is None or issued is None or begins is None:
            raise Untrusted("claims")
        if (
            now >= until + LEEWAY
            or begins > now + LEEWAY
            or issued > now + LEEWAY
            or until - issued > LONGEST
        ):
            raise Untrusted("time")
        if not store.first_use(client.issuer, name, until + LEEWAY, now):
            raise Untrusted("used")
        return client


def _moment(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


# --- the file ---------------------------------------------------------------------------------------


def read_clients(path: str | Path) -> Clients:
    """The clients of a file. Raises InputError where it cannot be read, Problems with all that is wrong in it."""
    from importlib.util import find_spec

    if find_spec("jwt") is None or find_spec("cryptography") is None:
        raise InputError(message("extra.signed-clients"))
    file = Path(path)
    try:
        plain: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(message("file.unreadable", path=file, why=reason_of(error))) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise InputError(message("hooks.not-toml", file=file)) from None
    problems: list[Problem] = []
    base = plain.get("base")
    if type(base) is not str or not base.startswith("https://"):
        problems.append(Problem("base", message("hooks.clients-base")))
    for key in plain.keys() - {"base", "client"}:
        problems.append(Problem(key, message("hooks.clients-key", known=("base", "client"))))
    listed = plain.get("client")
    clients: dict[str, Client] = {}
    for index, each in enumerate(cast("list[Any]", listed) if type(listed) is list else []):
        place = f"client[{index}]"
        client = _client(each, place, file.parent, problems)
        if client is not None and client.issuer in clients:
            problems.append(Problem(f"{place}.iss", message("hooks.clients-twice")))
        elif client is not None:
            clients[client.issuer] = client
    if not listed:
        problems.append(Problem("client", message("hooks.clients-none")))
    if problems:
        raise Problems(str(file), problems, message("hooks.clients-not-used"))
    return Clients(str(base), clients)


def _client(plain: object, place: str, folder: Path, problems: list[Problem]) -> Client | None:
    before = len(problems)
    table = cast("dict[str, Any]", plain) if type(plain) is dict else {}
    for key in table.keys() - _CLIENT_KEYS:
        problems.append(
            Problem(f"{place}.{key}", message("hooks.clients-key", known=tuple(sorted(_CLIENT_KEYS))))
        )
    for key in ("name", "iss", "jwks"):
        if type(table.get(key)) is not str or not table[key]:
            problems.append(Problem(f"{place}.{key}", message("hooks.clients-text")))
    for key in ("fhir_servers", "origins"):
        value = table.get(key, [])
        texts = cast("list[Any]", value) if type(value) is list else [None]
        if any(type(each) is not str or not each.startswith("https://") for each in texts):
            problems.append(Problem(f"{place}.{key}", message("hooks.clients-addresses")))
    if len(problems) > before:
        return None
    keys = _keys(folder / table["jwks"], f"{place}.jwks", problems)
    if keys is None:
        return None
    servers = tuple(each.rstrip("/") for each in table.get("fhir_servers", []))
    return Client(table["name"], table["iss"], keys, servers, tuple(table.get("origins", [])))


def _keys(file: Path, place: str, problems: list[Problem]) -> dict[str, PyJWK] | None:
    """The public keys of a JWKS that we take, by their ids; None, with the problem, where there is none."""
    import jwt

    def wrong(what: Message) -> None:
        problems.append(Problem(place, what))

    try:
        plain: Any = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        wrong(message("hooks.keys-unreadable"))
        return None
    listed = cast("dict[str, Any]", plain).get("keys") if type(plain) is dict else None
    keys: dict[str, PyJWK] = {}
    for each in cast("list[Any]", listed) if type(listed) is list else []:
        key = cast("dict[str, Any]", each) if type(each) is dict else {}
        if "d" in key or "k" in key:
            wrong(message("hooks.keys-private"))
            return None
        algorithm = key.get("alg") or {"EC": "ES384", "RSA": "RS384"}.get(str(key.get("kty")))
        if algorithm not in ALGORITHMS:
            continue
        try:
            public_key = jwt.PyJWK(key, algorithm=algorithm)
        except jwt.PyJWTError:
            wrong(message("hooks.keys-unreadable"))
            return None
        if algorithm == "RS384" and getattr(public_key.key, "key_size", 0) < LEAST_RSA:
            continue
        keys[str(key.get("kid", ""))] = public_key
    if not keys:
        wrong(message("hooks.keys-none"))
        return None
    return keys
