"""The house's own log-in (OpenID Connect): for accounts that were linked, and nobody is made up from a claim."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from assuage.clinic.keys import log_in_of_the_house
from assuage.clinic.people.models import Person
from tests.clinic.house import open_house

LOGIN = "/account/oidc/house/login/"


@pytest.fixture(scope="module")
def house():
    with open_house() as opened:
        yield opened


@pytest.fixture
def told_of(house, settings, tmp_path, monkeypatch):
    """The clinic, told of the house by its file."""
    cache.clear()
    path = tmp_path / "oidc.json"
    path.write_text(
        json.dumps({"name": "The house", "server": house.address, "client_id": "clinic", "secret": "s"})
    )
    monkeypatch.setenv("ASSUAGE_CLINIC_OIDC_FILE", str(path))
    settings.SOCIALACCOUNT_PROVIDERS, settings.HOUSE, _ = log_in_of_the_house()
    house.asked.clear()
    return house


def come_back(client: Client, start: str):
    """Go to the house and come back as whoever it says."""
    led = client.post(start)
    asked = parse_qs(urlsplit(led.headers["location"]).query)
    return asked, client.get("/account/oidc/house/login/callback/", {"code": "c", "state": asked["state"][0]})


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_whom_the_house_knows_and_the_clinic_does_not_is_nobody_here(told_of, db):
    client, before = Client(), Person.objects.count()
    come_back(client, LOGIN)
    assert (is_logged_in(client), Person.objects.count()) == (False, before)


def test_who_linked_the_account_logs_in_by_the_house(told_of, as_person):
    come_back(as_person("jonas"), f"{LOGIN}?process=connect")
    client = Client()
    come_back(client, LOGIN)
    assert is_logged_in(client)


def test_another_account_of_the_house_does_not_open_this_one(told_of, as_person):
    come_back(as_person("jonas"), f"{LOGIN}?process=connect")
    client, told_of.subject = Client(), "somebody-else@house"
    try:
        come_back(client, LOGIN)
    finally:
        told_of.subject = "jonas@house"
    assert not is_logged_in(client)


def test_a_closed_account_is_not_opened_by_the_house(told_of, as_person, person):
    come_back(as_person("jonas"), f"{LOGIN}?process=connect")
    who = person("jonas")
    who.is_active = False
    who.save()
    client = Client()
    come_back(client, LOGIN)
    assert not is_logged_in(client)


def test_nothing_the_house_tells_of_a_person_is_kept_but_who_it_is_there(told_of, as_person):
    come_back(as_person("jonas"), f"{LOGIN}?process=connect")
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data) == ("jonas@house", {})


def test_the_clinic_proves_that_it_asked(told_of, db):
    asked, _ = come_back(Client(), LOGIN)
    assert (asked["code_challenge_method"], "code_verifier" in told_of.asked[0]) == (["S256"], True)


def test_an_answer_that_nobody_asked_for_logs_nobody_in(told_of, as_person):
    come_back(as_person("jonas"), f"{LOGIN}?process=connect")
    client = Client()
    client.get("/account/oidc/house/login/callback/", {"code": "c", "state": "made up"})
    assert not is_logged_in(client)


def test_a_link_does_not_lead_to_the_house_by_itself(told_of, db):
    assert Client().get(LOGIN).status_code == 200  # a page that asks; what goes there is its form


def test_a_clinic_that_was_told_of_no_house_has_no_such_page(db):
    assert Client().get(LOGIN).status_code == 404


def test_the_form_may_lead_to_the_house_and_nowhere_else(told_of):
    assert log_in_of_the_house()[2] == (told_of.address,)
