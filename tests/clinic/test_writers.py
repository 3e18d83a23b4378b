"""Every writer asks for the role itself: a page, a call or a task that forgets to writes nothing for who may not."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from django.http import Http404

import assuage.clinic as clinic
from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.inbox.actions import act_on_alert
from assuage.clinic.people.gate import Opened
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import MAY, MAY_ON_SITE, Act, SiteAct
from assuage.clinic.store.days import today
from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.clinic.store.queries import stored_standing
from assuage.errors import Problems
from assuage.review.cards import flag_alerts_of
from assuage.safety.alerts import SAME_CAUSE_DAYS
from tests.clinic.test_matrix import LETTER, OF_A_RECORD

HERE = Path(clinic.__file__).parent
# Where writers live: `actions.py` of each app, and the two that work out first what they write.
FILES = sorted([*HERE.glob("*/actions.py"), HERE / "plan/medicines.py", HERE / "people/programs.py"])


def functions_of(file: Path) -> dict[str, object]:
    module = import_module(f"assuage.clinic.{file.parent.name}.{file.stem}")
    found = inspect.getmembers(module, inspect.isfunction)
    return {
        f"{file.parent.name}.{name}": each
        for name, each in found
        if each.__module__ == module.__name__ and not name.startswith("_")
    }


ALL = {name: each for file in FILES for name, each in functions_of(file).items()}
OF_RECORDS = {
    name: each for name, each in ALL.items() if next(iter(inspect.signature(each).parameters), "") == "opened"
}
OF_PEOPLE = {name: each for name, each in ALL.items() if "by" in inspect.signature(each).parameters}
# What has no person who does it, or whose person is the one it is about.
OTHERS = {
    "audit.event_hash", "audit.log_access", "outcomes.count_outcomes", "store.write", "store.open_record",
    "store.take_over", "store.linked", "people.set_language", "people.keep_email", "people.note_missed_glass",
    "people.break_glass", "people.register_program", "people.programs_let_in", "people.shut_out",
    "people.shut_out_everywhere", "people.origins_of_program", "reminders.note_answers",
    "reminders.open_reminder", "reminders.send_reminders", "plan.order_messages",
}  # fmt: skip
# What is worked out and shown, and stores nothing.
ONLY_SHOWN = {"sessions.work_out", "plan.judge_prescription"}
MAY_WRITE = {
    name: frozenset().union(*(OF_A_RECORD[str(act)] for act in each.writes))
    for name, each in OF_RECORDS.items()
    if hasattr(each, "writes")
}


def dummies(writer) -> tuple[list[object], dict[str, object]]:
    """Something in the place of each argument: whoever may not is refused before any of it is looked at."""
    rest = list(inspect.signature(writer).parameters.values())[1:]
    positional = [MagicMock() for each in rest if each.kind == each.POSITIONAL_OR_KEYWORD]
    return positional, {each.name: MagicMock() for each in rest if each.kind == each.KEYWORD_ONLY}


def test_every_writer_is_one_that_is_asked_here():
    assert set(ALL) == set(OF_RECORDS) | set(OF_PEOPLE) | OTHERS


@pytest.mark.parametrize("name", sorted(set(OF_RECORDS) - ONLY_SHOWN))
def test_a_writer_of_a_record_says_for_which_acts_it_is(name):
    assert set(OF_RECORDS[name].writes) <= set(Act)  # pyright: ignore[reportFunctionMemberAccess]


@pytest.mark.parametrize("name", sorted(MAY_WRITE))
def test_a_writer_refuses_every_role_that_has_none_of_its_acts_whatever_the_record_was_opened_for(
    record, person, name
):
    of, writer = record("ida"), OF_RECORDS[name]
    before = (StoredEntry.objects.count(), AccessEvent.objects.count())
    for letter, role in LETTER.items():
        if letter in MAY_WRITE[name]:
            continue
        somebody = Person.objects.create(username=f"w-{letter}", role=role)
        for act in Act:
            positional, named = dummies(writer)
            with pytest.raises(Http404):
                writer(Opened(of, of.patient, somebody, act, today(of)), *positional, **named)
    assert (StoredEntry.objects.count(), AccessEvent.objects.count()) == before


@pytest.mark.parametrize("name", sorted(OF_PEOPLE))
def test_people_are_managed_by_administrators_alone(db, name):
    before = AccessEvent.objects.count()
    for letter, role in LETTER.items():
        if role not in MAY_ON_SITE[SiteAct.MANAGE_PEOPLE]:
            by = Person.objects.create(username=f"m-{letter}", role=role)
            positional, named = dummies(OF_PEOPLE[name])
            with pytest.raises(Http404):
                OF_PEOPLE[name](MagicMock(), *positional, **{**named, "by": by})
    assert AccessEvent.objects.count() == before


def test_glass_is_broken_by_clinicians_alone(record, person):
    for who in ("ida", "admin"):
        with pytest.raises(Http404):
            ALL["people.break_glass"](record("ida"), person(who), "a reason")


# ---------------------------------------------------------------- alerts: who may do what with which


def opened_by(of, who: Person) -> Opened:
    return Opened(of, of.patient, who, Act.ACT_ON_ALERT, today(of))


@pytest.fixture
def asked_about(db):
    """A record of the demonstration with an alert that asks, and that alert."""
    for of in ClinicRecord.objects.select_related("patient").order_by("pk"):
        here = stored_standing(of, today(of))
        for alert in here.alerts:
            if alert.tier == "ask" and alert not in flag_alerts_of(here):
                return of, alert
    raise AssertionError("no alert to act on")


def acted(of, who: Person, alert, kind: str):
    return act_on_alert(
        opened_by(of, who), alert.id, alert.subject, kind=kind, reason="a reason that is long enough",
        days=SAME_CAUSE_DAYS, seen=of.head,
    )  # fmt: skip


def of_role(role: Person.Role) -> Person:
    return Person.objects.create(username=f"alert-{role}", role=role)


@pytest.mark.parametrize("role", sorted(MAY[Act.ACT_ON_ALERT]))
def test_that_an_alert_does_not_hold_is_a_physicians_to_say(asked_about, role):
    of, alert = asked_about
    if role in MAY[Act.OVERRIDE]:
        assert acted(of, of_role(role), alert, "overridden").kind == "overridden"
        return
    with pytest.raises(Problems):
        acted(of, of_role(role), alert, "overridden")


def test_nobody_acts_on_an_alert_that_their_role_is_not_shown(asked_about):
    of, alert = asked_about
    with pytest.raises(Problems) as refused:
        acted(of, of_role(Person.Role.PHYSIOTHERAPIST), alert, "acknowledged")
    assert [each.code for each in refused.value.problems] == ["clinic.alert-gone"]
    assert acted(of, of_role(Person.Role.NURSE), alert, "acknowledged").kind == "acknowledged"
