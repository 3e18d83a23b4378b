"""How much a page asks of the database: counted for each, so that one more question is seen before it is a hundred."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assuage.clinic.people.rights import MAY, Act, SiteAct
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
