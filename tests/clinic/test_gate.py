"""Who sees which page: everything else looks as if it were not there."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("jonas", "/patients", 200),
        ("jonas", "/patients/case-2026", 200),
        ("rasa", "/patients/case-2026", 200),
        ("ida", "/patients/case-2026", 404),
        ("ida", "/patients/ida", 404),
        ("admin", "/patients/case-2026", 404),
        ("jonas", "/patients/nobody", 404),
    ],
)
def test_a_page_of_a_record_opens_for_who_may_see_it(as_person, who, address, status):
    assert as_person(who).get(address).status_code == status


def test_a_record_of_somebody_else_looks_like_one_that_does_not_exist(as_person):
    ida = as_person("ida")
    assert ida.get("/patients/case-2026").content == ida.get("/patients/nobody").content


def test_whoever_is_not_logged_in_is_asked_to(client, db):
    assert client.get("/patients/case-2026").headers["location"].startswith("/account/login/")
