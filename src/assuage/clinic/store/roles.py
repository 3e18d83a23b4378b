"""What the server's role may do on PostgreSQL: read and add, never change or delete what was written.

The role that the server logs in as owns no table and cannot take the triggers off. It cannot touch the content of an
entry either: for an erasure, and for nothing else, it becomes another role, which can take that away and do no more.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from django.db import connection, models

from assuage.catalogue.message import message
from assuage.clinic.store.guards import written_once
from assuage.clinic.store.models import ClinicRecord, ErasedEntry, StoredEntry
from assuage.errors import InputError

ERASING_ROLE = "assuage_erasure"
_CONTENT = ("payload", "salt")
_MOVES_ON = (
    "head",
    "head_hash",
    "erased",
    "zone",
)  # of a record's head; the trigger sees that it only goes on


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def grant_to_server(role: str) -> None:
    """Give the role what a server needs, and take from it whatever else it was given on these tables.

    Asked by the owner of the tables, after a migration. Raises InputError where the database has no roles, and where
    that one or the erasing one is not there.
    """
    if connection.vendor != "postgresql":
        raise InputError(message("clinic.no-roles-here"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname IN (%s, %s)", [role, ERASING_ROLE])
        there = {name for (name,) in cursor.fetchall()}
        for each in (role, ERASING_ROLE):
            if each not in there:
                raise InputError(message("clinic.no-role", role=each))
        for statement in _grants(connection.ops.quote_name(role), ERASING_ROLE):
            cursor.execute(statement)


def _grants(server: str, erasing: str) -> Iterator[str]:
    both = f"{server}, {erasing}"
    yield f"GRANT USAGE ON SCHEMA public TO {both}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {both}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {server}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {server}"
    for model in written_once():
        yield f"REVOKE UPDATE, DELETE ON {_table(model)} FROM {server}"
    yield f"GRANT UPDATE ({', '.join(_MOVES_ON)}) ON {_table(ClinicRecord)} TO {server}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {server}"
    yield f"GRANT SELECT ON {_table(StoredEntry)}, {_table(ErasedEntry)} TO {erasing}"
    yield f"GRANT UPDATE ({', '.join(_CONTENT)}) ON {_table(StoredEntry)} TO {erasing}"


@contextmanager
def as_who_erases() -> Generator[None]:
    """Inside a transaction: whoever may not change the content of an entry is the role that may, for this long."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        asked = "SELECT has_column_privilege(current_user, %s, 'payload', 'UPDATE')"
        cursor.execute(asked, [StoredEntry._meta.db_table])
        (may,) = cursor.fetchone() or (False,)
        if not may:
            cursor.execute(f"SET LOCAL ROLE {ERASING_ROLE}")
    yield
    if not may:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def owns_the_tables() -> bool:
    """Whether whoever is logged in can change the tables themselves; so on SQLite everybody can."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        owned = (
            "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(%s)"
        )
        cursor.execute(owned, [StoredEntry._meta.db_table])
        row = cursor.fetchone()
    return row is None or bool(row[0])
