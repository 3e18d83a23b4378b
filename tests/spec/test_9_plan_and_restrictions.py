"""What to do now, what only after a question, and what to leave alone.

A proposal is checked like a prescription: what nobody has recorded and could forbid it makes it a question. In these
examples `BASELINE` says that all of that was asked, and is absent.

Plans are made for one patient at a time, and so by one engine; restrictions hold for both.
"""

from assuage.record.read import parse_record
from assuage.review.make import review
from assuage.words.reviews import breach_session
from assuage.words.speak import describe
from tests.documented import BASELINE, no_fever
from tests.small_pathway import SMALL
from tests.spec.conftest import record
from tests.spec.test_8_moves import decision, pain, session

title = "Recommendations and restrictions"


def plan(entries, on):
    return [
        (item.do, item.what, item.state, describe(item.when))
        for item in review(record(entries), SMALL, on).plan
    ]


def drug(day: int, do: str, name: str) -> dict[str, object]:
    return {"day": day, "kind": "medication", "drug": name, "do": do}


ENTERED = decision(0, "enter", "rest")
TREATED = [decision(0, "enter", "treat"), decision(1, "hold")]


def test_a_drug_that_is_not_running_is_to_be_started_and_one_that_is_goes_on():
    assert plan([ENTERED, *BASELINE], 3) == [("start", "amitriptyline", "now", "now")]
    assert plan([drug(1, "start", "amitriptyline")], 3) == [
        ("continue", "amitriptyline", "now", "running since day 1")
    ]


def test_nobody_is_treated_whose_diagnosis_is_open_and_whom_no_clinician_has_entered():
    item = review(record(BASELINE), SMALL, 3).plan[0]
    assert item.state == "ask"
    assert "whether it is fibromyalgia (criteria," in str(describe(item.needs))


def test_what_nobody_recorded_and_could_forbid_a_drug_makes_it_a_question():
    item = review(record([ENTERED]), SMALL, 3).plan[0]
    assert (item.do, item.state) == ("start", "ask")
    assert "what is not recorded and could forbid it" in str(describe(item.needs))


def test_a_drug_a_person_stopped_is_proposed_again_only_as_a_question():
    stopped = [drug(1, "start", "amitriptyline"), drug(2, "stop", "amitriptyline")]
    assert plan(stopped, 3) == [("start", "amitriptyline", "ask", "once it is answered")]


def test_stop_is_proposed_only_while_the_drug_is_taken():
    assert ("stop", "tizanidine", "now", "now") in plan([drug(1, "start", "tizanidine")], 3)
    assert "tizanidine" not in str(plan([], 3))


def test_a_course_says_how_many_were_given_and_when_the_next_is_due():
    entries = [*BASELINE, *TREATED, session(0), session(7)]
    assert plan(entries, 8)[0] == ("wait", "mesotherapy", "now", "2 of 3 given; next due day 14")
    assert plan(entries, 14)[0] == ("perform", "mesotherapy", "now", "2 of 3 given; due")
    assert plan([*BASELINE, *TREATED], 1)[0] == ("perform", "mesotherapy", "now", "none of 3 given; due")


def test_what_only_the_day_of_the_needle_can_tell_is_asked_on_the_day():
    """A fever that was lately absent is asked beside the session; one that was there forbids it till it is denied."""
    told = review(record([*BASELINE, *TREATED]), SMALL, 3).plan[0]
    assert (told.do, told.state) == ("perform", "now")
    assert "ask on the day, before the needle: fever or systemic infection" in str(describe(told.beside[0]))
    feverish = {"day": 1, "kind": "finding", "what": "fever_systemic", "state": "present"}
    assert plan([*BASELINE, *TREATED, feverish], 3) == []
    (held, *_) = review(record([*BASELINE, *TREATED, feverish]), SMALL, 3).withheld
    assert "last said present on day 1, which holds 1 day: ask again" in str(describe(held.reasons[0]))


def test_a_question_once_answered_returns_when_its_answer_no_longer_holds():
    asked = review(record([*BASELINE, *TREATED]), SMALL, 400).plan[0]
    assert (asked.do, asked.state) == ("perform", "ask")
    said = "Bleeding disorder or platelets below 100 (last said absent on day 0, which holds 365 days)"
    assert said in str(describe(asked.needs))


def test_a_drug_shows_when_it_was_last_confirmed_and_is_asked_about_after_90_days():
    taken = {"day": 20, "kind": "adherence", "drug": "amitriptyline", "taken": True}
    entries = [*TREATED, drug(1, "start", "amitriptyline"), taken]
    told = parse_record({"format": "assuage-record/2", "patient": {"id": "Ana"}, "entries": entries})
    reviewed = review(told, SMALL, 109)
    assert reviewed.timeline.last_confirmed(reviewed.running[0], 109) == 20
    assert reviewed.to_confirm == ()
    (asks,) = review(told, SMALL, 110).to_confirm
    assert describe(asks) == "whether amitriptyline is still taken (last confirmed on day 20, 90 days ago)"


def test_a_finished_course_becomes_the_question_whether_to_go_on():
    entries = [decision(0, "enter", "treat"), decision(1, "hold"), session(0), session(7), session(14)]
    assert plan(entries, 15)[0] == ("perform", "mesotherapy", "ask", "3 of 3 given")


def test_a_recommendation_with_an_unknown_condition_is_a_question_that_names_what_is_missing():
    item = review(record([*BASELINE, *TREATED, no_fever(1)]), SMALL, 1).plan[1]
    assert (item.do, item.state) == ("extend", "ask")
    assert tuple(map(describe, item.needs)) == (
        "whether numbness at the occiput is present or gone, in the past week",
    )


def test_a_recommendation_whose_condition_is_known_not_to_be_met_is_silent():
    gone = {"day": 1, "kind": "symptom", "what": "numbness", "site": "occiput", "state": "absent"}
    assert "extend" not in str(plan([*TREATED, gone], 1))


def test_the_limit_of_a_phase_adds_its_recommendation():
    held = [decision(0, "enter", "treat"), decision(1, "hold")]
    assert "refer" not in str(plan(held, 13))
    assert "refer" in str(plan(held, 14))


QUIET = [pain(day, 1, site="neck") for day in (5, 6, 7)]


def test_a_restriction_is_in_force_until_its_end_is_known_to_be_reached(engine):
    assert engine.restriction(SMALL, record([]), 7) == (True, [])
    assert engine.restriction(SMALL, record(QUIET), 7) == (False, [])


def test_a_restriction_comes_back_by_itself(engine):
    assert engine.restriction(SMALL, record([*QUIET, pain(8, 6, site="neck")]), 8) == (True, [])


def massage(day: int, **more: object) -> dict[str, object]:
    return {"day": day, "kind": "therapy", "what": "massage", **more}


def test_every_record_of_the_therapy_while_in_force_is_a_breach(engine):
    """In force at the end of the day of the session; the start of a course counts where it counts as a session."""
    entries = [massage(2, pressure="deep", by="patient"), *QUIET, massage(7, pressure="deep")]
    assert engine.restriction(SMALL, record(entries), 9) == (False, [(2, True)])


def test_a_massage_of_unrecorded_pressure_is_a_breach_that_must_be_asked_about(engine):
    assert engine.restriction(SMALL, record([massage(2)]), 3) == (True, [(2, False)])


def test_a_breach_says_what_was_done_and_who_sought_it():
    """Of one patient only: of a cohort the day and the doubt are kept."""
    told = [massage(2, pressure="deep", by="patient"), massage(3)]
    breaches = review(record(told), SMALL, 4).restrictions[0].breaches
    assert [describe(breach_session(breach)) for breach in breaches] == [
        "deep massage, at the patient's own wish",
        "massage, pressure not recorded",
    ]


def test_a_light_massage_is_no_breach(engine):
    assert engine.restriction(SMALL, record([massage(2, pressure="light")]), 3) == (True, [])


def test_outside_the_pathway_nothing_is_restricted(engine):
    assert engine.restriction(SMALL, record([decision(1, "leave"), massage(2, pressure="deep")]), 3) == (
        False,
        [],
    )
