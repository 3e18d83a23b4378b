"""Logging in: nobody learns who has an account, tries are counted, and what stays logged in is bounded."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.security import IDLE_STAFF
from tests.clinic.logged_in import PASSPHRASE

LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _no_tries_of_before():
    cache.clear()


def page_without_names(client: Client, username: str, password: str) -> str:
    text = client.post(LOGIN, {"login": username, "password": password}).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text).replace(username, "NAME")


def test_the_right_passphrase_opens(client, db):
    assert client.post(LOGIN, {"login": "jonas", "password": PASSPHRASE}).headers["location"] == "/"


def test_a_name_that_nobody_has_answers_like_a_wrong_passphrase(client, db, settings):
    settings.DEMO = False
    known, unknown = (page_without_names(client, name, "wrong") for name in ("jonas", "nobody-here"))
    assert known == unknown


def test_a_closed_account_answers_like_one_that_does_not_exist(client, person, settings):
    settings.DEMO = False
    anna = person("anna")
    anna.is_active = False
    anna.save()
    closed = page_without_names(client, "anna", "wrong")
    assert closed == page_without_names(client, "nobody-here", "wrong")


def test_after_five_wrong_tries_an_account_is_not_asked_for_a_while(client, db):
    for _ in range(5):
        client.post(LOGIN, {"login": "jonas", "password": "wrong"})
    assert client.post(LOGIN, {"login": "jonas", "password": PASSPHRASE}).status_code != 302


def test_an_address_cannot_try_one_account_after_the_other(client, db):
    for number in range(11):
        client.post(LOGIN, {"login": f"person{number}", "password": "wrong"})
    assert client.post(LOGIN, {"login": "jonas", "password": PASSPHRASE}).status_code != 302


def test_a_failed_try_is_in_the_log_without_what_was_typed(client, db):
    client.post(LOGIN, {"login": "TYPEDNAME", "password": "TYPEDWORD"})
    last = AccessEvent.objects.order_by("-seq").first()
    assert (last.act, last.actor, last.why) == ("log-in-failed", "", "")


@pytest.mark.parametrize(
    "closed",
    [
        "signup/",
        "signup/passkey/",
        "email/",
        "confirm-email/",
        "password/reset/",
        "password/reset/done/",
        "login/code/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_would_make_an_account_or_a_mail_is_not_there(client, db, closed, method):
    assert getattr(client, method)(f"/account/{closed}").status_code == 404


def test_the_page_offers_no_sign_up(client, db):
    assert "signup" not in client.get(LOGIN).content.decode()


def test_the_page_tells_whom_one_can_be_in_a_demonstration(client, db):
    assert "<dt>jonas</dt>" in client.get(LOGIN).content.decode()


def test_elsewhere_it_tells_nobody(client, db, settings):
    settings.DEMO = False
    assert "<dt>" not in client.get(LOGIN).content.decode()


def test_a_passphrase_can_be_pasted(client, db):
    assert "onpaste" not in client.get(LOGIN).content.decode()


@pytest.mark.parametrize(("who", "status"), [("jonas", 302), ("ida", 200)])
def test_a_member_of_staff_who_was_idle_is_logged_out_and_a_patient_is_not(
    as_person, monkeypatch, who, status
):
    client = as_person(who)
    client.get("/account")
    later = time.time() + IDLE_STAFF + 60
    monkeypatch.setattr("assuage.clinic.security.time.time", lambda: later)
    assert client.get("/account").status_code == status


def test_a_session_of_a_patient_lasts_thirty_days(settings):
    assert settings.SESSION_COOKIE_AGE == 30 * 24 * 3600


def test_devices_are_shown_after_the_password_once_more(client, person):
    client.force_login(person("ida"))
    assert "/account/reauthenticate/" in client.get("/account/sessions/").headers["location"]


def test_logging_out_everywhere_ends_the_other_devices(db):
    here, there = Client(), Client()
    for each in (here, there):
        each.post(LOGIN, {"login": "ida", "password": PASSPHRASE})
    here.post("/account/reauthenticate/", {"password": PASSPHRASE})
    here.post("/account/sessions/")
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 302)


def test_a_new_password_ends_the_other_devices(as_person):
    here, there = as_person("ida"), as_person("ida")
    new = "another passphrase of hers"
    here.post("/account/password/change/", {"oldpassword": PASSPHRASE, "password1": new, "password2": new})
    assert there.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("who", "factor", "at", "led"),
    [
        ("jonas", False, "/patients", True),
        ("jonas", False, "/account/2fa/", False),
        ("jonas", True, "/patients", False),
        ("admin", False, "/people", True),
        ("ida", False, "/diary", False),
    ],
)
def test_staff_without_a_second_factor_are_led_to_where_one_is_set_up(
    as_person, person, settings, who, factor, at, led
):
    settings.CLINIC_STAFF_FACTOR = True
    if factor:
        Authenticator.objects.create(user=person(who), type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = as_person(who).get(at)
    assert (answer.status_code == 302 and answer.headers["location"] == "/account/2fa/") == led


def test_a_call_of_staff_without_a_second_factor_is_refused(as_person, settings):
    settings.CLINIC_STAFF_FACTOR = True
    assert as_person("jonas").get("/api/v1/inbox").status_code == 403
