"""What a patient sees beside the diary: the plan, what came after what, and what is kept and by whom it was seen."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest

from assuage.clinic.privacy.export import no_formula
from assuage.clinic.store.actions import NewEntry, Writer, write
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import local_date, today
from assuage.clinic.store.queries import stored_record
from assuage.record.read import parse_record
from assuage.record.write import to_plain
from tests.clinic.logged_in import just_logged_in
from tests.clinic.test_diary import filled_form

TEAM = Writer("p-jonas", "physician")


@pytest.fixture
def ida(as_person):
    return as_person("ida")


@pytest.fixture
def confirmed(person):
    """Ida, who has just given her password once more."""
    return just_logged_in(person("ida"))


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("address", ["/my-plan", "/ledger", "/privacy"])
@pytest.mark.parametrize(("who", "status"), [("ida", 200), ("jon", 200), ("jonas", 404), ("admin", 404)])
def test_the_pages_of_ones_own_are_a_patients(as_person, address, who, status):
    assert as_person(who).get(address).status_code == status


def test_the_plan_is_the_card_of_the_library(ida):
    assert all(
        each in text_of(ida.get("/my-plan")) for each in ("When to call", "What to do", "Whom to call")
    )


def test_words_that_nobody_signed_are_kept_back_where_the_site_does_not_answer_for_them(as_person, settings):
    settings.CLINIC_UNSIGNED_CARDS = False
    page = as_person("jon").get("/my-plan").content.decode()
    assert ("my-card" in page, 'class="my-card" lang="en"' in page) == (True, True)


def test_the_next_visit_stands_on_the_plan(ida, record):
    of = record("ida")
    visit = {"day": today(of), "kind": "appointment", "on": today(of) + 7, "whom": "the physiotherapist"}
    write(of.pk, [NewEntry(new_uid(), visit)], TEAM)
    assert "with the physiotherapist" in text_of(ida.get("/my-plan"))


def exposed(client, of, *days_ago: int) -> None:
    for days in days_ago:
        on = (local_date(of) - timedelta(days=days)).isoformat()
        client.post("/diary", filled_form(of, date=on, exposure=["massage"]))


@pytest.mark.parametrize(
    ("days_ago", "words"),
    [
        ((), "Nothing is written down yet"),
        ((4,), "That is not enough yet"),
        ((2,), "still to come"),
        ((4,), "no answer"),
    ],
)
def test_the_ledger_says_what_is_known_and_no_more(ida, record, days_ago, words):
    exposed(ida, record("ida"), *days_ago)
    assert words in text_of(ida.get("/ledger"))


def test_with_more_than_one_time_the_ledger_counts_and_says_that_it_could_be_chance(ida, record):
    exposed(ida, record("ida"), 8, 4)
    assert "chance" in text_of(ida.get("/ledger"))


def test_the_team_sees_the_ledger_of_a_patient(as_person):
    page = text_of(as_person("rasa").get("/patients/ida/ledger"))
    assert all(each in page for each in ("Kas buvo ir kas vyko po to", "Seansai"))


def test_a_look_of_the_team_is_seen_at_once_and_by_name(as_person, ida):
    as_person("jonas").get("/patients/ida")
    page = text_of(ida.get("/privacy"))
    assert all(each in page for each in ("Jonas Petraitis", "looked at your record"))


def test_who_joined_the_team_is_said_and_who_added_them(ida):
    page = text_of(ida.get("/privacy"))
    assert "Administrator added to your team: Rasa Kazlauskienė" in " ".join(page.split())


def test_a_record_opened_in_an_emergency_is_said_as_that(as_person, ida, record):
    from assuage.clinic.audit.actions import log_access

    log_access(
        "break-glass", actor="gone", role="physician", record=record("ida").pseudonym, why="unconscious"
    )
    page = " ".join(text_of(ida.get("/privacy")).split())
    assert "an account that is gone opened your record in an emergency" in page


@pytest.mark.parametrize("address", ["/privacy/export", "/privacy/erase"])
def test_a_copy_and_an_erasure_ask_for_the_password_once_more(person, client, address):
    client.force_login(person("ida"))
    assert "reauthenticate" in client.get(address)["location"]


def packed(client) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(client.get("/privacy/export").content))


def test_the_copy_is_the_whole_record(confirmed, record):
    plain = json.loads(packed(confirmed).read("record.json"))
    assert to_plain(parse_record(plain)) == to_plain(stored_record(record("ida")))


def test_the_copy_has_a_row_an_entry_and_the_same_as_fhir(confirmed, record):
    file = packed(confirmed)
    rows = list(csv.DictReader(io.StringIO(file.read("entries.csv").decode(), newline="")))
    assert len(rows) == len(stored_record(record("ida")).entries)
    assert json.loads(file.read("fhir.json"))["resourceType"] == "Bundle"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+370", "'+370"),
        ("-4", "'-4"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("walked", "walked"),
        (-4, "-4"),
        (None, ""),
        (True, "true"),
    ],
)
def test_no_cell_is_a_formula(value, cell):
    assert no_formula(value) == cell


def test_the_diary_is_erased_and_what_the_team_wrote_stays(confirmed, record):
    note = {"day": today(record("ida")), "kind": "note", "text": "seen today"}
    write(record("ida").pk, [NewEntry(new_uid(), note)], TEAM)
    confirmed.post("/diary", filled_form(record("ida"), note="mine"))
    page = text_of(confirmed.post("/privacy/erase", {"sure": "yes"}))
    left = [getattr(each, "text", "") for each in stored_record(record("ida")).entries]
    assert ("mine" in left, "seen today" in left, "It stays" in page) == (False, True, True)


def test_nothing_is_erased_without_the_tick(confirmed, record):
    confirmed.post("/diary", filled_form(record("ida"), note="mine"))
    answer = confirmed.post("/privacy/erase", {})
    left = [getattr(each, "text", "") for each in stored_record(record("ida")).entries]
    assert (answer.status_code, "mine" in left) == (422, True)


def test_a_consent_that_was_given_can_be_withdrawn(ida, record):
    of = record("ida")
    given = {
        "day": today(of) - 1,
        "kind": "consent",
        "for": "diary research",
        "state": "given",
        "by": "patient",
    }
    write(of.pk, [NewEntry(new_uid(), given)], Writer("p-ida", "patient"))
    ida.post("/privacy/withdraw", {"purpose": "diary research", "uid": str(new_uid())})
    last = [
        each
        for each in stored_record(record("ida")).standing
        if getattr(each, "purpose", "") == "diary research"
    ]
    assert last[-1].state == "withdrawn"


def test_answers_that_came_with_a_record_stay_and_the_page_says_why(as_person, record):
    from assuage.clinic.store.erasing import came_from_elsewhere, erase

    of = record("ida")
    before = came_from_elsewhere(of)
    page = as_person("ida").get("/privacy").content.decode()
    erase(of.pk, by="p-ida", role="patient", why="asked for")
    assert (before > 0, f"came with your record from another place ({before})" in page) == (True, True)
    assert came_from_elsewhere(record("ida")) == before
