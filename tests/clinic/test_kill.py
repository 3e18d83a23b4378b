"""What was answered for is there: after a process that was killed, on a disk that is full, with a clock set back."""

from __future__ import annotations

import http.client
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Timer
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from assuage.clinic.diary.form import part_uid
from assuage.clinic.store.actions import write
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import today
from assuage.clinic.store.guards import missing_guards
from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.clinic.store.snapshots import inbox_rows, keep_inbox_row
from assuage.clinic.store.verifying import verify_store
from assuage.errors import Problems
from tests.clinic.databases import Databases
from tests.clinic.made_entries import IDA, PAIN, new
from tests.clinic.processes import ForkedClinic, KilledClinic, ServedClinic, cookies_of
from tests.clinic.test_diary import filled_form

FEW = 10
KINDS = [
    pytest.param(ForkedClinic, FEW, id="the-application"),
    pytest.param(ServedClinic, 200, id="assuage-serve", marks=pytest.mark.slow),
]


@pytest.fixture
def clinic(request, databases, own_database) -> Iterator[KilledClinic]:
    """A clinic in a process of its own, in front of the database that the test sees."""
    kind: Callable[[Databases, str], KilledClinic] = request.param
    made = kind(databases, own_database)
    yield made
    made.close()


def ida() -> ClinicRecord:
    return ClinicRecord.objects.get(pseudonym="ida")


def form_of(note: str) -> dict[str, object]:
    """A day with a number and a note: two entries, both or none."""
    return filled_form(ida(), uid=str(new_uid()), note=note)


def stored_of(form: dict[str, object]) -> int:
    uid = UUID(str(form["uid"]))
    return StoredEntry.objects.filter(uid__in=[part_uid(uid, "pain"), part_uid(uid, "note")]).count()


@pytest.mark.parametrize(("clinic", "times"), KINDS, indirect=["clinic"])
def test_what_was_answered_for_is_there_when_the_process_is_killed_right_after(clinic, times):
    cookies, before = cookies_of("ida"), ida().head
    for at in range(times):
        clinic.start()
        form = form_of(f"note {at}")
        assert clinic.post(cookies, "/diary", form) == 302
        clinic.kill()
        assert stored_of(form) == 2
        assert verify_store().faults == ()
    assert ida().head - before == 2 * times


@pytest.mark.parametrize(
    ("clinic", "times"),
    [
        pytest.param(ForkedClinic, FEW, id="few"),
        pytest.param(ForkedClinic, 200, id="many", marks=pytest.mark.slow),
    ],
    indirect=["clinic"],
)
def test_what_is_killed_on_the_way_is_stored_whole_or_not_and_once_when_it_is_sent_again(clinic, times):
    chance, cookies, became = random.Random(8), cookies_of("ida"), Counter[str]()
    clinic.start()
    clinic.post(cookies, "/diary", form_of("the first request takes longer"))
    before = ida().head
    for at in range(times):
        form, killing = form_of(f"note {at}"), Timer(chance.uniform(0.0, 0.08), clinic.kill)
        killing.start()
        try:
            # who was not taken yet when the process ended waits for nobody
            answered = clinic.post(cookies, "/diary", form, timeout=1.0) == 302
        except (OSError, http.client.HTTPException):
            answered = False
        killing.join()
        there = stored_of(form)
        became["answered" if answered else "stored" if there else "lost"] += 1
        assert there == 2 if answered else there in (0, 2)
        clinic.start()
        assert clinic.post(cookies, "/diary", form) == 302
    assert ida().head - before == 2 * times, became
    assert verify_store().faults == ()


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("clinic", [ForkedClinic], indirect=True)
@pytest.mark.parametrize("most", [1, 40_000, 120_000, 400_000])
def test_on_a_disk_that_is_full_nothing_is_half_stored_and_nothing_that_was_answered_for_is_lost(
    clinic, most
):
    cookies, before = cookies_of("ida"), ida().head
    sent = [form_of(f"note {at}") for at in range(30)]
    clinic.start(most)
    answers = [clinic.post(cookies, "/diary", form) for form in sent]
    clinic.kill()
    assert set(answers) <= {302, 500}
    assert 500 in answers
    assert [stored_of(form) for form in sent] == [2 if each == 302 else 0 for each in answers]
    assert verify_store().faults == ()
    clinic.start()
    assert {clinic.post(cookies, "/diary", form) for form in sent} == {302}
    assert ida().head - before == 2 * len(sent)


def test_an_entry_that_comes_while_the_clock_is_a_day_back_is_stored_after_the_ones_before(own_database):
    now, of = timezone.now(), ida()
    write(of.pk, [new(PAIN)], IDA, at=now)
    write(of.pk, [new(PAIN | {"time": "11:00"})], IDA, at=now - timedelta(hours=20))
    last = StoredEntry.objects.filter(record=of).order_by("version").last()
    assert (last is not None and last.version, verify_store().faults) == (of.head + 2, ())


def test_a_clock_that_is_set_back_by_days_has_today_asked_about_and_not_filed(own_database):
    of = ida()
    with pytest.raises(Problems) as asked:
        write(of.pk, [new(PAIN | {"day": today(of)})], IDA, at=timezone.now() - timedelta(days=3))
    assert [each.code for each in asked.value.problems] == ["clinic.store-day-to-come"]


def test_the_row_of_a_day_that_the_clock_has_left_again_is_told_as_not_of_today(own_database):
    now, of = timezone.now(), ida()
    keep_inbox_row(of, now)
    assert [each.fresh for each in inbox_rows([of], now - timedelta(days=2)).values()] == [False]


APPS = [each.label for each in apps.get_app_configs() if each.name.startswith("assuage.clinic")]


@pytest.mark.parametrize("app", APPS)
def test_a_migration_back_and_forward_again_loses_no_entry_and_no_guard(own_database, app):
    write(ida().pk, [new(PAIN)], IDA)
    entries = list(StoredEntry.objects.order_by("pk").values_list("uid", "payload"))
    steps = sorted(name for label, name in MigrationLoader(connection).disk_migrations if label == app)
    for earlier in steps[:-1]:
        call_command("migrate", app, earlier, verbosity=0, interactive=False)
        call_command("migrate", verbosity=0, interactive=False)
    assert list(StoredEntry.objects.order_by("pk").values_list("uid", "payload")) == entries
    assert (missing_guards(), verify_store().faults) == ([], ())
