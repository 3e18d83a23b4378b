"""Who gets through at every address: generated from the table of addresses, so that a new one is asked the same.

What each role may do is written here once more, by hand: a change of `people.rights` is a change of this table too.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.people.actions import join_team, leave_team, name_patient
from assuage.clinic.people.models import BrokenGlass, Person
from assuage.clinic.people.rights import Act, SiteAct
from assuage.clinic.store.actions import open_record
from tests.clinic.addresses import addresses
from tests.clinic.logged_in import just_logged_in

# d physician, t physiotherapist, y psychologist, n nurse, p patient, r researcher, a administrator
LETTER = dict(zip("dtynpra", Person.Role.values, strict=True))
OF_A_RECORD = {
    "see-review": "dtyn",
    "see-plan": "dtynp",
    "see-ledger": "dtynp",
    "see-card": "dtyn",
    "see-privacy": "p",
    "write-diary": "p",
    "write-finding": "dtyn",
    "write-medicine": "d",
    "tell-medicine": "dtynp",
    "decide": "dtyn",
    "override": "d",
    "inject": "d",
    "act-on-alert": "dtyn",
    "end-dispute": "dtyn",
    "export": "dtynp",
    "erase": "p",
    "share": "dtynp",
    "change-zone": "dtynp",
    "read-fhir": "dtynp",
}
OF_THE_SITE = {
    "see-inbox": "dtyn",
    "see-log": "a",
    "see-outcomes": "dtyna",
    "manage-people": "a",
    "break-glass": "dtyn",
}
# Of allauth: what somebody who is not logged in may open. Everything else of it asks to log in, or is not there.
OPEN_OF_ALLAUTH = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "configuration",  # of allauth.idp.oidc: what programs ask, with a proof of their own
    "jwks",
    "token",
    "revoke",
    "userinfo",
}
RELATIONS = ("own", "foreign", "former", "glass", "glass-over")
METHODS = ("get", "post")
OURS = {each.route: each for each in addresses() if each.is_ours}
THEIRS = {
    each.route: each for each in addresses() if not each.is_ours and not hasattr(each.pattern.callback, "act")
}
WITH_A_RECORD = [route for route, each in OURS.items() if isinstance(each.act, Act)]
OF_THE_HOUSE = [route for route, each in OURS.items() if isinstance(each.act, SiteAct) or each.act is None]


@pytest.mark.parametrize("route", OURS)
def test_every_address_says_who_may(route):
    assert OURS[route].act in {*Act, *SiteAct, None, "all"}


@pytest.mark.parametrize("act", Act)
def test_every_act_on_a_record_stands_in_the_table_of_this_test(act):
    assert str(act) in OF_A_RECORD


@pytest.mark.parametrize("act", SiteAct)
def test_every_act_of_the_site_stands_in_the_table_of_this_test(act):
    assert str(act) in OF_THE_SITE


@pytest.fixture
def everybody(db):
    """A record, and of each role somebody in each relation to it."""
    record = open_record(
        "r-matrix", starts_on=timezone.localdate() - timedelta(days=9), zone="Europe/Vilnius"
    )
    people = {
        (letter, relation): Person.objects.create(
            username=f"{letter}-{relation}", role=role, password=make_password("a passphrase"), language="en"
        )
        for letter, role in LETTER.items()
        for relation in RELATIONS
    }
    name_patient(record, "Matrix", person=people["p", "own"])
    admin, now = people["a", "foreign"], timezone.now()
    for (_letter, relation), each in people.items():
        if relation in ("own", "former"):
            join_team(record, each, by=admin)
        if relation == "former":
            leave_team(record, each, by=admin)
        if relation.startswith("glass"):
            until = now + timedelta(hours=1) if relation == "glass" else now - timedelta(seconds=1)
            BrokenGlass.objects.create(record=record, person=each, reason="a reason", at=now, until=until)
    return people


def asked(client: Client, method: str, path: str) -> int:
    client.raise_request_exception = False
    return getattr(client, method)(path).status_code


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", WITH_A_RECORD)
def test_a_record_opens_for_the_roles_of_its_act_in_the_team_or_in_an_emergency(everybody, route, method):
    """That it opened is read in the log: the gate writes the look before the page is made."""
    act = OURS[route].act
    through = set()
    for who, each in everybody.items():
        asked(just_logged_in(each), method, OURS[route].path("r-matrix"))
        if AccessEvent.objects.filter(actor=each.pseudonym, act=str(act), record="r-matrix").exists():
            through.add(who)
    own = getattr(OURS[route].pattern.callback, "own", False)
    may = "p" if own else OF_A_RECORD[str(act)]
    assert through == {
        (letter, relation) for letter in may for relation in (("own",) if letter == "p" else ("own", "glass"))
    }


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", OF_THE_HOUSE)
def test_a_page_of_the_house_is_there_for_the_roles_of_its_act(everybody, route, method):
    row = OURS[route]
    may = set(LETTER) if row.act is None else set(OF_THE_SITE[str(row.act)])
    absent = {
        letter
        for letter in LETTER
        if asked(just_logged_in(everybody[letter, "foreign"]), method, row.path("nobody")) == 404
    }
    has_names = "<" in route
    assert absent == set(LETTER) - may if not has_names else absent >= set(LETTER) - may


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", WITH_A_RECORD + OF_THE_HOUSE)
def test_an_empty_request_of_whoever_may_is_no_fault_of_ours(everybody, route, method):
    row = OURS[route]
    own = getattr(row.pattern.callback, "own", False)
    may = "p" if own else {**OF_A_RECORD, **OF_THE_SITE}.get(str(row.act), "d")
    assert asked(just_logged_in(everybody[may[0], "own"]), method, row.path("r-matrix")) < 500


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", WITH_A_RECORD + OF_THE_HOUSE)
def test_nobody_who_is_not_logged_in_gets_through(everybody, client, route, method):
    """A page leads to where one logs in, a call says that nobody is."""
    answer = getattr(client, method)(OURS[route].path("r-matrix"))
    led = "/account/login/" in answer.headers.get("location", "")
    assert (answer.status_code, led) == ((401, False) if OURS[route].is_call else (302, True))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "route", [route for route, each in THEIRS.items() if each.name not in OPEN_OF_ALLAUTH]
)
def test_an_account_page_is_for_whoever_is_logged_in(db, client, route, method):
    client.raise_request_exception = False
    answer = getattr(client, method)(THEIRS[route].path(""))
    assert answer.status_code == 404 or "/account/login/" in answer.headers.get("location", "")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", WITH_A_RECORD)
def test_a_record_of_somebody_else_answers_to_the_letter_like_one_that_does_not_exist(
    everybody, route, method
):
    client = just_logged_in(everybody["d", "foreign"])
    foreign, absent = (
        getattr(client, method)(OURS[route].path(pseudonym)) for pseudonym in ("r-matrix", "r-absent")
    )
    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)


@pytest.mark.parametrize(
    "route", [route for route in WITH_A_RECORD if OURS[route].act in (Act.EXPORT, Act.ERASE)]
)
def test_export_and_erasure_ask_for_the_password_once_more(everybody, route):
    client = Client()
    client.force_login(everybody["p", "own"])
    answer = client.get(OURS[route].path("r-matrix"))
    assert "/account/reauthenticate/" in answer.headers.get("location", "")
