"""Which database: SQLite in a folder of its own, or PostgreSQL where DATABASE_URL names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from assuage.catalogue.message import message
from assuage.errors import InputError

_POSTGRES = frozenset({"postgres", "postgresql"})


def database_of(url: str | None, data: Path) -> dict[str, Any]:
    """Django's row for the database. Raises InputError for an address that names no PostgreSQL.

    SQLite writes are `IMMEDIATE`: a read that turns into a write would find the database locked at once, whatever the
    time it may wait. `synchronous=FULL`: what was answered for survives a power cut.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data / "clinic.sqlite3"),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-20000;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in _POSTGRES or not parts.path.strip("/"):
        raise InputError(message("clinic.no-database"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
