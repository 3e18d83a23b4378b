"""A browser in which somebody is logged in and has given the password once more just now."""

from __future__ import annotations

from time import time

from django.test import Client

from assuage.clinic.people.models import Person

PASSPHRASE = "a passphrase of the tests"


def just_logged_in(who: Person) -> Client:
    """What is asked for again (export, erasure, devices) is not asked for in it."""
    client = Client()
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
    return client
