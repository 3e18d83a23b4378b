"""On PostgreSQL the server logs in as a role that can add, and change or delete nothing that was written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
from django.conf import settings as site
from django.db import DatabaseError, connection, transaction

from assuage.clinic.operating import migrate_tables
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import Act
from assuage.clinic.store.actions import write
from assuage.clinic.store.erasing import erase
from assuage.clinic.store.guards import unguard_tables
from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.clinic.store.verifying import verify_store
from assuage.errors import InputError
from tests.clinic.addresses import addresses
from tests.clinic.databases import Databases, swapped_database
from tests.clinic.logged_in import just_logged_in
from tests.clinic.made_entries import IDA, PAIN, new
from tests.clinic.test_guards import REFUSED
from tests.clinic.test_operating import assuage

MADE = (
    "CREATE ROLE assuage_erasure NOLOGIN",
    "CREATE ROLE assuage_app LOGIN NOINHERIT",
    "GRANT assuage_erasure TO assuage_app",
)
PAGES = [
    each for each in addresses() if each.is_ours and isinstance(each.act, Act) and "uuid" not in each.route
]


@pytest.fixture(scope="module")
def as_server(own_postgres, tmp_path_factory, django_db_blocker) -> Iterator[None]:
    """A database of which the owner granted the server its rights; everything asks as the server does."""
    for statement in MADE:
        own_postgres.ask(statement)
    copies = Databases(tmp_path_factory.mktemp("roles"), own_postgres)
    with django_db_blocker.unblock(), copies.fresh() as name:
        migrate_tables("assuage_app")
        with swapped_database(own_postgres.row(name, "assuage_app")):
            ida = ClinicRecord.objects.get(pseudonym="ida").pk
            write(ida, [new(PAIN)], IDA)
            erase(ida, by="p-ida", role="patient", why="asked")
            yield


@pytest.mark.parametrize("statement", [*REFUSED, "TRUNCATE store_storedentry CASCADE"])
def test_the_role_of_the_server_is_refused_before_any_trigger_is_asked(as_server, statement):
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    # the head of a record is the server's to move on: that it only goes on is the trigger's to see
    by_trigger = "SET head = head - 1" in statement
    assert ("permission denied" in str(refused.value)) is not by_trigger


def test_the_role_of_the_server_takes_no_trigger_off(as_server):
    with pytest.raises(DatabaseError, match="must be owner"):
        unguard_tables()


def test_the_role_that_erases_takes_the_content_of_no_entry_that_no_erasure_names(as_server):
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL ROLE assuage_erasure;"
            "UPDATE store_storedentry SET payload = NULL, salt = NULL WHERE payload IS NOT NULL"
        )


@pytest.mark.parametrize(
    "statement", ["DELETE FROM store_storedentry", "UPDATE store_storedentry SET author = 'another'"]
)
def test_the_role_that_erases_does_nothing_else(as_server, statement):
    with pytest.raises(DatabaseError, match="denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE assuage_erasure; {statement}")


def test_the_role_of_the_server_erases_what_a_patient_wrote(as_server):
    assert StoredEntry.objects.filter(payload=None).exists()


def test_a_server_that_owns_no_table_finds_nothing_to_migrate_and_starts(as_server):
    assert migrate_tables() == ()


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
@pytest.mark.parametrize("who", ["jonas", "ida"])
def test_every_page_opens_to_the_role_of_the_server(as_server, row, who):
    client = just_logged_in(Person.objects.get(username=who))
    assert client.get(row.path("ida")).status_code in (200, 302, 404, 405)


def test_what_the_server_wrote_is_whole(as_server):
    assert verify_store().faults == ()


def test_a_role_that_is_not_there_is_named(own_postgres, tmp_path, django_db_blocker):
    copies = Databases(tmp_path, own_postgres)
    with django_db_blocker.unblock(), copies.fresh(), pytest.raises(InputError) as refused:
        migrate_tables("nobody_of_that_name")
    assert refused.value.args[0].id == "clinic.no-role"


def test_sqlite_has_no_roles(db):
    with pytest.raises(InputError):
        migrate_tables("assuage_app")


@pytest.fixture
def on_the_server(own_postgres, monkeypatch):
    """A command of the clinic run with one database of the server, and what it printed as an object."""

    def ran(database: str, *words: str) -> dict:
        monkeypatch.setenv("PATH", f"{own_postgres.programs}:{os.environ['PATH']}")
        given = {"DATABASE_URL": f"postgresql://postgres@/{database}", "PGHOST": str(own_postgres.folder)}
        secret = {"ASSUAGE_CLINIC_SECRET": site.SECRET_KEY}
        done = assuage("clinic", *words, "--json", **given, **secret)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ran


def test_a_clinic_on_postgresql_is_restored_from_its_backup_and_what_was_erased_since_is_erased_again(
    own_postgres, on_the_server, tmp_path, django_db_blocker, settings
):
    settings.DATA = tmp_path
    backup = str(tmp_path / "backup")
    with django_db_blocker.unblock(), Databases(tmp_path, own_postgres).fresh() as name:
        ida = ClinicRecord.objects.get(pseudonym="ida").pk
        write(ida, [new(PAIN)], IDA)
        on_the_server(name, "backup", backup)
        erase(ida, by="p-ida", role="patient", why="asked")
    own_postgres.ask("CREATE DATABASE restored")
    restored = on_the_server("restored", "restore", backup, "--erasures", str(tmp_path / "erasures.jsonl"))
    assert restored["erased_again"] == 1
    assert on_the_server("restored", "verify")["faults"] == []
