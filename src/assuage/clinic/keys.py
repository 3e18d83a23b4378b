"""What is made or read at start of the site: the key that signs for programs, the house's log-in, the post office."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


def token_key(data: Path) -> str:
    """The private key, as text; empty where there is none: then no program learns who somebody is."""
    path = Path(os.environ.get("ASSUAGE_CLINIC_TOKEN_KEY_FILE") or data / "token-key.pem")
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def kept_secret(path: Path, make: Callable[[], str]) -> Path:
    """A file with a secret that is made once and that its owner alone can read."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
    return path


def keep_token_key(data: Path) -> None:
    """The key in the folder, unless the site names one elsewhere."""
    if not os.environ.get("ASSUAGE_CLINIC_TOKEN_KEY_FILE"):
        kept_secret(data / "token-key.pem", _new_key)


def _new_key() -> str:
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def log_in_of_the_house() -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """What allauth is told of the house's OpenID Connect, its name, where its form leads; nothing where there is none.

    The file holds the secret of this clinic there, and is its owner's alone. Raises KeyError for one that is not whole.
    """
    named = os.environ.get("ASSUAGE_CLINIC_OIDC_FILE")
    if not named:
        return {}, "", ()
    told: dict[str, str] = json.loads(Path(named).read_text(encoding="utf-8"))
    app = {
        "provider_id": "house",
        "name": told["name"],
        "client_id": told["client_id"],
        "secret": told["secret"],
        "settings": {"server_url": told["server"], "oauth_pkce_enabled": True, "fetch_userinfo": False},
    }
    server = urlsplit(told["server"])
    return {"openid_connect": {"APPS": [app]}}, told["name"], (f"{server.scheme}://{server.netloc}",)


def address_of(hosts: Sequence[str], *, over_tls: bool) -> str:
    """The address of the clinic by its first name."""
    return f"{'https' if over_tls else 'http'}://{hosts[0] if hosts else 'localhost'}"


def post_office(*, demo: bool) -> tuple[str, str, int]:
    """How notes are sent, and from where; no way where the site names none."""
    named = os.environ.get("ASSUAGE_CLINIC_SMTP", "")
    if named:
        host, _, port = named.partition(":")
        return "django.core.mail.backends.smtp.EmailBackend", host, int(port or 587)
    return ("django.core.mail.backends.filebased.EmailBackend" if demo else ""), "", 0


def account_of_post_office() -> tuple[str, str]:
    """Who logs in there, and with what; empty where it does not ask."""
    kept = os.environ.get("ASSUAGE_CLINIC_SMTP_PASSWORD_FILE")
    password = Path(kept).read_text(encoding="utf-8").strip() if kept else ""
    return os.environ.get("ASSUAGE_CLINIC_SMTP_USER", ""), password
