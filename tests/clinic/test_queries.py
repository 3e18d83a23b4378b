"""How much a page asks of the database: counted for each, so that one more question is seen before it is a hundred."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assuage.clinic.people.rights import MAY, Act, SiteAct
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import today
from assuage.clinic.store.queries import stored_standing
from tests.clinic.addresses import addresses
from tests.clinic.test_diary import filled_form

MOST = 12  # of one request (the number; ours)
_ROLES = {"physician": "jonas", "physiotherapist": "rasa", "patient": "ida", "administrator": "admin"}
_ABOUT_TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
PAGES = [each for each in addresses() if each.is_ours and "uuid" not in each.route]


def asked(client, send) -> list[str]:
    """The statements of one request beside those that begin and end transactions."""
    send(client)  # what is loaded once in a process is not asked again
    with CaptureQueriesContext(connection) as queries:
        send(client)
    statements = [each["sql"] for each in queries.captured_queries]
    return [each for each in statements if not each.startswith(_ABOUT_TRANSACTIONS)]


def who_may(row) -> str:
    if isinstance(row.act, Act):
        own = getattr(row.pattern.callback, "own", False)
        return next(
            who for role, who in _ROLES.items() if role in MAY[row.act] and (role == "patient" or not own)
        )
    return "jonas" if row.act in (SiteAct.SEE_INBOX, SiteAct.BREAK_GLASS) else "admin"


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name or row.route)
def test_no_page_asks_more_than_it_may(as_person, row):
    statements = asked(as_person(who_may(row)), lambda client: client.get(row.path("ida")))
    assert len(statements) <= MOST, statements


def test_a_day_of_the_diary_is_saved_with_no_more(as_person, record):
    of, times = record("ida"), iter(range(9))
    everything = {"sleep": "5", "fatigue": "6", "site": ["neck_left"], "exposure": ["coffee"], "note": "well"}
    statements = asked(
        as_person("ida"),
        lambda client: client.post("/diary", filled_form(of, time=f"08:0{next(times)}", **everything)),
    )
    inside = [
        each for each in statements if "store_snapshot" not in each
    ]  # the row of the list comes after the reply
    assert len(inside) <= MOST, inside


def test_the_inbox_asks_as_much_for_two_as_for_many(as_person, record, person):
    statements = asked(as_person("jonas"), lambda client: client.get("/patients"))
    assert len([each for each in statements if "store_snapshot" in each]) == 1


def _reads_whole(statement: str) -> bool:
    """Whether it reads the entries of a record, which a server has in memory since the page of the act was opened.

    A test takes back what it writes, and what is taken back is kept in no memory.
    """
    return statement.startswith('SELECT "store_storedentry"."payload"')


REASON = "weighed with the patient at this visit"
ACTS = {
    "a note": ("/patients/ida/course", {"text": "came with her sister"}),
    "a decision to stay": ("/patients/ida/gate/decision", {"act": "hold:", "because": REASON}),
    "an alert seen": ("/patients/case-2026/alerts", {"kind": "acknowledged"}),
    "a prescription read": ("/patients/ida/medicines/prescription", {"text": "paracetamol 500 mg 1-0-1"}),
    "a link to a card": ("/patients/ida/cards", {}),
}


@pytest.mark.parametrize("act", ACTS)
def test_no_act_asks_more_than_it_may(as_person, record, monkeypatch, act):
    path, fields = ACTS[act]
    # The row of the list comes after the reply.
    monkeypatch.setattr("assuage.clinic.store.actions.afterwards", lambda _record: None)

    def send(client):
        of = record(path.split("/")[2])
        alerts = stored_standing(of, today(of)).alerts
        named = {"rule": alerts[0].id, "subject": alerts[0].subject} if alerts else {}
        form = {"uid": str(new_uid()), "head": str(of.head), **named, **fields}
        with CaptureQueriesContext(connection) as queries:
            answers.append(client.post(path, form).status_code)
        counted.append(
            [
                each["sql"]
                for each in queries.captured_queries
                if not each["sql"].startswith(_ABOUT_TRANSACTIONS) and not _reads_whole(each["sql"])
            ]
        )

    answers, counted, client = list[int](), list[list[str]](), as_person("jonas")
    send(client)
    send(client)
    assert len(counted[-1]) <= MOST, "\n".join(each[:90] for each in counted[-1])
