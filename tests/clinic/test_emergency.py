"""A record opened in an emergency: with a reason, for an hour, told to the patient and the administrator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from assuage.clinic.audit.queries import access_events
from assuage.clinic.people.models import BrokenGlass, CareTeamMember

REASON = "Fainted in the waiting room; what does she take?"


@pytest.fixture
def outsider(as_person, person, record):
    """A physician who cares for nobody."""
    CareTeamMember.objects.filter(person=person("anna")).update(until=timezone.now())
    return as_person("anna")


def opened(client, whose="Ida", reason=REASON):
    return client.post("/emergency", {"whose": whose, "reason": reason})


def test_a_record_is_closed_before(outsider):
    assert outsider.get("/patients/ida").status_code == 404


@pytest.mark.parametrize("whose", ["Ida", "ida", "IDA"])
def test_it_opens_under_the_name_or_the_pseudonym(outsider, whose):
    assert opened(outsider, whose).headers["location"] == "/patients/ida"


def test_then_it_is_open(outsider):
    opened(outsider)
    assert outsider.get("/patients/ida").status_code == 200


def test_after_an_hour_it_is_closed_again(outsider, person):
    opened(outsider)
    BrokenGlass.objects.filter(person=person("anna")).update(until=timezone.now() - timedelta(seconds=1))
    assert outsider.get("/patients/ida").status_code == 404


def test_the_patient_reads_it_with_its_reason_among_who_looked(outsider, person):
    opened(outsider)
    told = [(each.act, each.actor, each.why) for each in access_events("ida")]
    assert ("break-glass", person("anna").pseudonym, REASON) in told


def test_the_administrator_reads_it_first(outsider, as_person):
    opened(outsider)
    assert REASON[:20] in as_person("admin").get("/people").content.decode()


@pytest.mark.parametrize(
    ("whose", "reason", "field"),
    [("Ida", "short", "reason"), ("Ida", "", "reason"), ("Nobody", REASON, "whose"), ("", REASON, "whose")],
)
def test_what_is_missing_is_said_beside_the_field_and_what_was_written_stays(outsider, whose, reason, field):
    page = opened(outsider, whose, reason).content.decode()
    assert (f'id="{field}-wrong"' in page, reason[:10] in page, whose in page) == (True, True, True)


def test_names_cannot_be_tried_for_long(outsider):
    for _ in range(5):
        opened(outsider, "Nobody")
    assert opened(outsider).status_code == 422


@pytest.mark.parametrize("who", ["ida", "admin"])
def test_it_is_for_clinicians_alone(as_person, who):
    assert opened(as_person(who)).status_code == 404
