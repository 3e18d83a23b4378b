"""What is worked out by night: the cohort engine says of everybody what `standing` says; outcomes and effects."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

from assuage.clinic.course.actions import write_as_clinician
from assuage.clinic.operating import begin_day, work_out_by_night
from assuage.clinic.outcomes.actions import count_outcomes
from assuage.clinic.outcomes.figures import agree, outcomes_of
from assuage.clinic.outcomes.queries import last_outcomes
from assuage.clinic.people.gate import open_for
from assuage.clinic.people.rights import Act
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import today
from assuage.clinic.store.effects import keep_effects, kept_effects
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import stored_record, stored_standing
from assuage.cohort.on_days import placed_on_days

CASE = "case-2026"


@pytest.fixture
def counted(db):
    """The outcomes of the demonstration."""
    return count_outcomes(ClinicRecord.objects.all())


@pytest.fixture
def judged(record):
    """The effects in the diary of the published case."""
    return keep_effects([record(CASE)])


def placed_today():
    """Each patient of the demonstration on a pathway: as the review says, and as the cohort engine does."""
    of = {each.pseudonym: each for each in ClinicRecord.objects.all()}
    stands = {name: stored_standing(each, today(each)) for name, each in of.items()}
    for name in {here.pathway.id for here in stands.values() if here.pathway}:
        theirs = {who: here for who, here in stands.items() if here.pathway and here.pathway.id == name}
        records = [(stored_record(of[who]), here.on) for who, here in theirs.items()]
        placed = placed_on_days(records, next(iter(theirs.values())).pathway).placed
        yield from ((who, here, placed[who]) for who, here in theirs.items())


def test_the_cohort_engine_and_the_standing_agree_on_every_patient(db):
    agreed = {who: agree(here, placed) and placed.on == here.on for who, here, placed in placed_today()}
    assert (len(agreed) > 5, [who for who, same in agreed.items() if not same]) == (True, [])


def test_restrictions_in_force_are_those_of_the_standing(db):
    for who, here, placed in placed_today():
        in_force = {each.restriction.id for each in here.restrictions if each.in_force}
        assert set(placed.in_force) == in_force, who


def test_each_record_is_looked_at_on_its_own_today(db):
    assert len({placed.on for _, _, placed in placed_today()}) > 1


def test_a_patient_on_whom_the_engines_differ_is_named(db, monkeypatch):
    monkeypatch.setattr("assuage.clinic.outcomes.figures.agree", lambda here, placed: False)
    outcomes = outcomes_of(ClinicRecord.objects.all())
    assert len(outcomes.differing) == outcomes.patients - outcomes.without_pathway


def test_everybody_is_counted_once(counted):
    assert counted == last_outcomes().outcomes
    assert counted.patients == ClinicRecord.objects.count()
    assert sum(each.patients for each in counted.pathways) + counted.without_pathway == counted.patients
    for each in counted.pathways:
        told = each.responded + each.not_responded + each.unknown
        assert (told, sum(each.status.values())) == (each.patients, each.patients)
        assert sum(phase.now for phase in each.phases) == each.status.get("in a phase", 0) + each.status.get(
            "held", 0
        )


def test_stays_that_are_over_and_those_that_go_on_are_all_stays(counted):
    for each in counted.pathways:
        assert sum(phase.entered for phase in each.phases) == sum(each.moves.values())
        assert all((phase.lasted is None) == (phase.over == 0) for phase in each.phases)


def test_an_override_is_counted(counted, person):
    before = {each.id: each.decided.get("override", 0) for each in counted.pathways}
    opened = open_for(person("jonas"), "ben", Act.DECIDE)
    here = stored_standing(opened.record, opened.today)
    onward = next(each for each in here.gates if each.leads == "on")
    entry: dict[str, object] = {
        "kind": "decision",
        "do": "override",
        "to": onward.to.id,
        "because": "weighed with the patient at this visit",
    }
    write_as_clinician(opened, [entry], act="decide-override", uid=new_uid(), seen=opened.record.head)
    after = outcomes_of(ClinicRecord.objects.all())
    assert sum(each.decided.get("override", 0) for each in after.pathways) == sum(before.values()) + 1


@pytest.mark.parametrize("who", ["jonas", "anna", "admin"])
def test_the_page_says_when_it_was_counted(counted, as_person, who):
    page = as_person(who).get("/outcomes").content.decode()
    assert (str(last_outcomes().made_at.year) in page, page.count("<table>")) == (
        True,
        len(counted.pathways),
    )


def test_before_the_first_night_the_page_says_so(as_person):
    assert "<table" not in as_person("anna").get("/outcomes").content.decode()


def test_effects_are_shown_to_the_team_with_their_day_and_what_came_since(judged, as_person, record):
    anna, kept = as_person("anna"), kept_effects(record(CASE))
    page = anna.get(f"/patients/{CASE}/ledger").content.decode()
    assert (kept is not None, 'id="effects"' in page, "; 0 entries came since" in page) == (True, True, True)
    anna.post(f"/patients/{CASE}/course", {"uid": str(new_uid()), "text": "a note"})
    assert "; 1 entries came since" in anna.get(f"/patients/{CASE}/ledger").content.decode()


def test_effects_are_made_again_only_of_a_record_that_moved(judged, record):
    assert (judged, keep_effects([record(CASE)])) == ((1, ()), (0, ()))


def test_the_night_works_out_both(db, monkeypatch):
    monkeypatch.setattr("assuage.clinic.store.effects._keep", lambda of, at: None)  # seconds for each diary
    done = work_out_by_night()
    assert (done.patients, done.effects, done.failed, done.differing) == (
        done.patients,
        done.patients,
        (),
        (),
    )


def test_a_new_day_makes_the_rows_that_are_not_of_today_and_no_others(db):
    tomorrow = timezone.now() + timedelta(days=1)
    assert (begin_day(tomorrow).rows, begin_day(tomorrow).rows) == (ClinicRecord.objects.count(), 0)
