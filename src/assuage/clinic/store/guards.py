"""What the database itself refuses: to change or delete what was written. Set again after every migration.

A migration that rebuilds a table drops its triggers, so they are no part of any: they are taken off before a migration
that does something and put on after each, on SQLite and on PostgreSQL alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from assuage.clinic.store.models import ClinicRecord, ErasedEntry, Erasure, ShownReview, StoredEntry

REFUSED = "assuage: what was written stays"


def _never_changed() -> tuple[type[models.Model], ...]:
    """The tables of which a row stays as it was written; entries beside them have one exception."""
    return (
        ShownReview,
        Erasure,
        ErasedEntry,
        apps.get_model("audit", "AccessEvent"),
        apps.get_model("audit", "Checkpoint"),
    )


def written_once() -> tuple[type[models.Model], ...]:
    """Every table that has a guard: those of which a row stays, the entries, and the heads of records."""
    return (*_never_changed(), StoredEntry, ClinicRecord)


def guard_tables(using: str = "default") -> None:
    """Put the triggers on every table that is there."""
    connection = connections[using]
    if connection.vendor not in ("sqlite", "postgresql"):
        return
    there = set(connection.introspection.table_names())
    needed = {model._meta.db_table for model in written_once()}
    if not needed <= there:
        return
    with connection.cursor() as cursor:
        for statement in _on(connection):
            cursor.execute(statement)


def unguard_tables(using: str = "default") -> None:
    """Take the triggers off, for a migration or for the empty database of the next test."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table in guards_there(connection):
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name}"{on}')


def missing_guards(using: str = "default") -> list[str]:
    """The tables that a trigger is missing from; none where the database refuses all it should."""
    there = {(name, table) for name, table in guards_there(connections[using])}
    tables = [model._meta.db_table for model in written_once()]
    return [
        table
        for table in tables
        if not {(f"{table}_{act}_guard", table) for act in ("update", "delete")} <= there
    ]


def guards_there(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """The name and table of each trigger of ours."""
    rows = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_guard'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal "
        "AND tgname LIKE '%_guard'",
    }
    with connection.cursor() as cursor:
        cursor.execute(rows[connection.vendor])
        return [(str(name), str(table).strip('"')) for name, table in cursor.fetchall()]


def _on(connection: BaseDatabaseWrapper) -> Iterator[str]:
    return _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _columns(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in model._meta.local_concrete_fields]


_ERASED = ("payload", "salt")


def _of_sqlite() -> Iterator[str]:
    entry, record = _table(StoredEntry), _table(ClinicRecord)
    same = " AND ".join(
        f'NEW."{each}" IS OLD."{each}"' for each in _columns(StoredEntry) if each not in _ERASED
    )
    named = f"EXISTS (SELECT 1 FROM {_table(ErasedEntry)} WHERE uid = OLD.uid)"
    erasing = f"NEW.payload IS NULL AND NEW.salt IS NULL AND {same} AND {named}"
    backwards = "NEW.head < OLD.head OR NEW.erased < OLD.erased OR NEW.pseudonym IS NOT OLD.pseudonym"
    backwards += " OR NEW.first_zone IS NOT OLD.first_zone"
    for model in written_once():
        table = _table(model)
        unless = {entry: f"NOT ({erasing})", record: backwards}.get(table)
        yield _sqlite_trigger(table, "update", unless)
        yield _sqlite_trigger(table, "delete")
        # INSERT OR REPLACE deletes a row without asking the trigger for it
        key = str(model._meta.pk.column) if model._meta.pk is not None else "id"
        clashes = {entry: " OR uid = NEW.uid OR (record_id = NEW.record_id AND version = NEW.version)"}
        clash = f'"{key}" = NEW."{key}"{clashes.get(table, "")}'
        yield _sqlite_trigger(table, "insert", f"EXISTS (SELECT 1 FROM {table} WHERE {clash})")


def _sqlite_trigger(table: str, act: str, when: str | None = None) -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f'CREATE TRIGGER IF NOT EXISTS "{table}_{act}_guard" BEFORE {act.upper()} ON "{table}" {condition}'
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )


def _of_postgresql() -> Iterator[str]:
    refuse = f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';"
    taken = " - ".join(f"'{each}'" for each in _ERASED)
    erasing = (
        f"NEW.payload IS NULL AND NEW.salt IS NULL AND to_jsonb(NEW) - {taken} = to_jsonb(OLD) - {taken} "
        f"AND EXISTS (SELECT 1 FROM {_table(ErasedEntry)} WHERE uid = OLD.uid)"
    )
    onwards = "NEW.head >= OLD.head AND NEW.erased >= OLD.erased AND NEW.pseudonym = OLD.pseudonym "
    onwards += "AND NEW.first_zone = OLD.first_zone"
    yield _function("assuage_stays", refuse)
    yield _function("assuage_erases_only", f"IF {erasing} THEN RETURN NEW; END IF; {refuse}")
    yield _function("assuage_goes_on", f"IF {onwards} THEN RETURN NEW; END IF; {refuse}")
    function_of = {_table(StoredEntry): "assuage_erases_only", _table(ClinicRecord): "assuage_goes_on"}
    for model in written_once():
        table = _table(model)
        for act, each, does in (
            ("update", "ROW", function_of.get(table, "assuage_stays")),
            ("delete", "ROW", "assuage_stays"),
            ("truncate", "STATEMENT", "assuage_stays"),
        ):
            yield (
                f'CREATE OR REPLACE TRIGGER "{table}_{act}_guard" BEFORE {act.upper()} ON "{table}" '
                f"FOR EACH {each} EXECUTE FUNCTION {does}()"
            )


def _function(name: str, does: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does} END $$"


def before_migration(using: str, plan: Any = None, **_: Any) -> None:
    """A migration that does something rebuilds tables: not under triggers that name others."""
    if plan:
        unguard_tables(using)


def after_migration(using: str, **_: Any) -> None:
    """Whatever was migrated: the triggers are on. A server that does not own the tables leaves that to who does."""
    from assuage.clinic.store.roles import owns_the_tables

    if owns_the_tables():
        guard_tables(using)
