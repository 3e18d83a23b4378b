"""The clinic of the demonstration for every test: it is made once, and what a test writes is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from assuage.clinic.demo.people import make_demo
from assuage.clinic.people.models import Person
from assuage.clinic.store.guards import guard_tables, unguard_tables
from assuage.clinic.store.models import ClinicRecord
from tests.clinic.databases import Databases, OwnPostgres, programs_of_postgresql
from tests.clinic.logged_in import PASSPHRASE, just_logged_in
from tests.clinic.programs import token_of


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with the people and patients of the demonstration in it."""
    with django_db_blocker.unblock():
        make_demo(PASSPHRASE)


@pytest.fixture(scope="session", autouse=True)
def emptied_past_its_guards():
    """A test that commits is followed by an empty database, which the guards of it would refuse."""
    refusing = BaseDatabaseOperations.execute_sql_flush

    def emptied(self, statements):
        unguard_tables(self.connection.alias)
        refusing(self, statements)
        guard_tables(self.connection.alias)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", emptied)
        yield


@pytest.fixture
def person(db) -> Callable[[str], Person]:
    """Somebody of the demonstration by the name to log in with."""
    return lambda username: Person.objects.get(username=username)


@pytest.fixture
def as_person(person) -> Callable[[str], Client]:
    """A browser in which somebody of the demonstration is logged in and has just given the password once more."""

    def logged_in(username: str) -> Client:
        return just_logged_in(person(username))

    return logged_in


@pytest.fixture
def record(db) -> Callable[[str], ClinicRecord]:
    """A record of the demonstration by its pseudonym."""
    return lambda pseudonym: ClinicRecord.objects.get(pseudonym=pseudonym)


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[OwnPostgres]:
    """A PostgreSQL that these tests start, where it is installed."""
    programs = programs_of_postgresql()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here (Debian: apt-get install postgresql)")
    server = OwnPostgres(programs)
    yield server
    server.stop()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request, tmp_path_factory) -> Databases:
    """Where copies of the demonstration can be had, once for each kind of database."""
    server = request.getfixturevalue("own_postgres") if request.param == "postgresql" else None
    return Databases(tmp_path_factory.mktemp("databases"), server)


@pytest.fixture(scope="module")
def each_database(request, databases, django_db_blocker) -> Iterator[str]:
    """The tests of a module run on each kind of database; what they write is taken back as ever."""
    if any("db" in each.fixturenames for each in request.session.items):
        request.getfixturevalue(
            "django_db_setup"
        )  # made before another takes its place; without such a test never
    with django_db_blocker.unblock(), databases.fresh() as name:
        yield name


@pytest.fixture
def own_database(databases, django_db_blocker) -> Iterator[str]:
    """A database of this test alone: what it commits, every thread and process of it sees."""
    with django_db_blocker.unblock(), databases.fresh() as name:
        yield name


@pytest.fixture
def let_in(person):
    """A token of somebody for some scopes."""

    def token_for(who: str, *scopes: str) -> str:
        return token_of(person(who), *scopes)

    return token_for
