"""The inbox: the most urgent first; a STOP stays; what is put aside comes back."""

from __future__ import annotations

import pytest

from assuage.clinic.inbox.queries import inbox_of
from assuage.clinic.store.days import today
from assuage.clinic.store.queries import stored_standing

pytestmark = pytest.mark.usefixtures("each_database")

REASON = "discussed with the patient, to be seen again"


def alert_of(record, tier: str):
    return next(each for each in stored_standing(record, today(record)).alerts if each.tier == tier)


def post(client, record, alert, **typed):
    form = {"head": str(record.head), "rule": alert.id, "subject": alert.subject, **typed}
    return client.post(f"/patients/{record.pseudonym}/alerts", form)


def test_whoever_has_a_stop_comes_first(person, db):
    tiers = [any(alert.tier == "stop" for alert in row.alerts) for row in inbox_of(person("jonas"))]
    assert tiers == sorted(tiers, reverse=True)


def test_a_physiotherapist_is_told_of_flags_and_not_of_drugs(person, db):
    from assuage.terms.red_flags import RED_FLAGS

    ids = {alert.id for row in inbox_of(person("rasa")) for alert in row.alerts}
    assert ids <= set(RED_FLAGS)


@pytest.mark.parametrize("kind", ["snoozed", "overridden"])
def test_a_stop_is_never_put_aside(as_person, record, kind):
    of = record("case-2026")
    answer = post(as_person("jonas"), of, alert_of(of, "stop"), kind=kind, reason=REASON, days="7")
    assert answer.status_code == 422


def test_what_is_put_aside_leaves_the_inbox_and_its_act_is_kept(as_person, record, person):
    of = record("case-2026")
    alert = alert_of(of, "ask")
    post(as_person("jonas"), of, alert, kind="snoozed", reason=REASON, days="7")
    row = next(each for each in inbox_of(person("jonas")) if each.record.pk == of.pk)
    assert (alert.cause not in [each.cause for each in row.alerts], row.seen) == (True, 1)


def test_to_put_something_aside_takes_a_reason_and_an_end(as_person, record):
    of = record("case-2026")
    alert, jonas = alert_of(of, "ask"), as_person("jonas")
    answers = [
        post(jonas, of, alert, kind="snoozed", reason="", days="7"),
        post(jonas, of, alert, kind="snoozed", reason=REASON, days="4000"),
    ]
    assert [each.status_code for each in answers] == [422, 422]
