"""The clinic of the demonstration for every test: it is made once, and what a test writes is taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from assuage.clinic.demo.people import make_demo
from assuage.clinic.people.models import Person
from assuage.clinic.store.guards import guard_tables, unguard_tables
from assuage.clinic.store.models import ClinicRecord
from tests.clinic.logged_in import PASSPHRASE, just_logged_in


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
