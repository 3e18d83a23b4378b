"""Gates move a patient at most once a day; decisions of people outrank them."""

import pytest
from msgspec.structs import replace

from assuage.engine.walk import walk
from assuage.measures.notation import PATHWAY_START, PHASE_ENTRY, records, score, time_in_phase
from assuage.pathways.model import Pathway, Phase, gate
from assuage.record.timeline import Range, Timeline
from assuage.terms.scales import PAIN
from assuage.terms.therapies import MESOTHERAPY
from assuage.terms.times import days
from tests.small_pathway import SMALL, example
from tests.spec.conftest import record

title = "Gates, stays and decisions"


def pain(day: int, value: int, **where: object) -> dict[str, object]:
    return {"day": day, "kind": "score", "scale": "pain", "value": value, **where}


def decision(day: int, do: str, to: str | None = None, because: str = "an example") -> dict[str, object]:
    where = {} if to is None else {"to": to}
    return {"day": day, "kind": "decision", "do": do, "because": because, **where}


def session(day: int) -> dict[str, object]:
    return {"day": day, "kind": "therapy", "what": "mesotherapy"}


CALM = [pain(1, 2), pain(2, 1)]
NECK = [pain(2, 5, site="neck")]


def test_the_first_phase_begins_on_day_0(course):
    course(SMALL, [], until=3, gives=[("rest", 0, "gate")])


def test_the_first_enter_begins_a_stay_of_its_own(course):
    """Until then nothing was known of the decision; a later entry never changes an earlier day.

    It does so where only gates had moved the patient before; after any other decision an `enter` for the phase one
    is in begins no new stay.
    """
    course(SMALL, [decision(4, "enter", "rest")], until=3, gives=[("rest", 0, "gate")])
    course(
        SMALL, [decision(4, "enter", "rest")], until=6, gives=[("rest", 0, "gate"), ("rest", 4, "decision")]
    )


def test_a_decision_before_day_0_begins_the_pathway_on_its_day(course):
    """Whatever was decided: the days count from there, and on them gates move the patient as on any other day."""
    course(SMALL, [decision(-3, "enter", "rest")], until=-4, gives=[])
    course(SMALL, [decision(-3, "enter", "rest")], until=1, gives=[("rest", -3, "decision")])


@pytest.mark.parametrize(
    ("do", "to", "phase"),
    [
        ("enter", "treat", "treat"),
        ("advance", None, "rest"),
        ("advance", "treat", "treat"),
        ("hold", None, "rest"),
        ("return", "treat", "treat"),
        ("override", None, "rest"),
        ("override", "go", "go"),
        ("leave", None, None),
    ],
)
def test_a_decision_of_the_first_day_begins_the_pathway(do, to, phase):
    """A decision of the first day begins the pathway: in the phase it names, else in the first.

    So an `advance` of day 0 does not advance: nobody was in a phase yet. Gates move nobody on that day.
    """
    walked = walk(SMALL, Timeline(record([decision(0, do, to)])), 0)
    assert [(stay.phase.id, stay.by) for stay in walked.stays] == ([(phase, "decision")] if phase else [])


def test_every_enter_is_a_start_of_the_pathway():
    """Every `enter` is a start of the pathway, and nothing else is but its first day.

    A fall "from its value at the start of the pathway" is measured from the latest start. `override` leads back
    after leaving, but starts nothing; after leaving, the last start stays the start.
    """
    fall = score(PAIN).past(days(1)).mean.fall_from(PATHWAY_START)
    scores = [pain(0, 8), pain(5, 6), pain(9, 3)]

    def falls(*decisions: dict[str, object]) -> float:
        value = walk(SMALL, Timeline(record([*scores, *decisions])), 9).view(9).value(fall)
        assert value is not None
        return value.low

    assert falls() == 62.5  # from 8 to 3
    assert falls(decision(5, "enter", "rest")) == 50  # from 6 to 3
    assert falls(decision(0, "enter", "rest"), decision(5, "enter", "rest")) == 50
    assert falls(decision(5, "advance")) == 62.5
    assert falls(decision(3, "leave"), decision(5, "enter", "rest")) == 50
    assert falls(decision(3, "leave"), decision(5, "override", "rest")) == 62.5
    assert falls(decision(3, "leave")) == 62.5


def test_outside_the_pathway_nothing_is_known_since_entry_to_a_phase():
    """There is no phase to be in: time in the phase, and what is counted since entry to it, is unknown."""
    left = walk(SMALL, Timeline(record([session(1), decision(5, "leave"), pain(9, 3)])), 9)
    sessions = records(MESOTHERAPY).since(PHASE_ENTRY).count
    assert [left.view(day).value(time_in_phase) for day in (4, 5, 9)] == [Range(4, 4), None, None]
    assert [left.view(day).value(sessions) for day in (4, 5, 9)] == [Range(1, 1), None, None]


@pytest.mark.parametrize(
    ("asked", "gives"),
    [
        (time_in_phase <= days(9), []),
        (records(MESOTHERAPY).since(PHASE_ENTRY).count >= 1, []),
        (score(PAIN).since(PHASE_ENTRY).worst <= 5, []),
        ((time_in_phase <= days(9)).assumed(True, because="an example"), [("first", 0, "gate")]),
        ((time_in_phase >= days(9)).assumed(True, because="an example"), [("first", 0, "gate")]),
    ],
)
def test_the_gate_to_the_first_phase_is_asked_outside_every_phase(course, asked, gives):
    """Nobody has entered anything yet, so what counts from the entry to a phase cannot open it: it is unknown."""
    first = Phase("first", "First", "Begin.", enter=gate("may-begin", "May begin", example("begun", asked)))
    course(Pathway("p", 1, "P", "An example.", (first,)), [session(1), pain(1, 2)], until=3, gives=gives)


def test_on_the_day_of_a_move_what_is_asked_is_asked_of_the_new_stay():
    """The gate that opened was asked of the old one; at the end of the day the patient is in the new phase."""
    walked = walk(SMALL, Timeline(record([*CALM, *NECK])), 4)
    assert [walked.view(day).value(time_in_phase) for day in (1, 2, 3)] == [
        Range(1, 1),
        Range(0, 0),
        Range(1, 1),
    ]


def test_a_move_needs_the_gate_out_and_the_gate_in(course):
    course(SMALL, CALM, until=9, gives=[("rest", 0, "gate")])
    course(SMALL, NECK, until=9, gives=[("rest", 0, "gate")])
    course(SMALL, [*CALM, *NECK], until=9, gives=[("rest", 0, "gate"), ("treat", 2, "gate")])


def test_unknown_keeps_a_gate_shut(course):
    """One day of the two it needs: not known to be calm, so nobody moves."""
    course(SMALL, [pain(2, 1), *NECK], until=9, gives=[("rest", 0, "gate")])


def test_a_new_stay_is_judged_from_the_following_day(course):
    """Two sessions on the day of entry open the next gate on the day after it."""
    course(
        SMALL,
        [*CALM, *NECK, session(2), session(2)],
        until=9,
        gives=[("rest", 0, "gate"), ("treat", 2, "gate"), ("go", 3, "gate")],
    )


def test_the_way_back_is_looked_at_before_the_way_forward(course):
    course(
        SMALL,
        [*CALM, *NECK, session(3), session(4), pain(3, 8), pain(4, 8)],
        until=4,
        gives=[("rest", 0, "gate"), ("treat", 2, "gate"), ("rest", 3, "gate")],
    )


def test_sessions_since_entry_count_from_zero_in_a_new_stay(course):
    course(
        SMALL,
        [*CALM, *NECK, session(3), decision(4, "return", "rest"), decision(5, "advance"), session(6)],
        until=9,
        gives=[
            ("rest", 0, "gate"),
            ("treat", 2, "gate"),
            ("rest", 4, "decision"),
            ("treat", 5, "decision"),
        ],
    )


def test_a_decision_outranks_a_shut_gate(course):
    course(SMALL, [decision(3, "advance")], until=9, gives=[("rest", 0, "gate"), ("treat", 3, "decision")])


def test_advance_may_name_a_phase_further_on(course):
    course(SMALL, [decision(3, "advance", "go")], until=9, gives=[("rest", 0, "gate"), ("go", 3, "decision")])


def test_on_a_day_with_a_decision_no_gate_moves_anybody(course):
    course(SMALL, [*CALM, *NECK, decision(2, "hold")], until=2, gives=[("rest", 0, "gate")])


def test_hold_keeps_the_patient_until_the_next_decision(course):
    """Calm and a sore neck on day 2 would move Ana; held, she stays. Advance ends the hold, as any decision does."""
    entries = [*CALM, *NECK, decision(1, "hold")]
    course(SMALL, entries, until=9, gives=[("rest", 0, "gate")])
    course(
        SMALL,
        [*entries, decision(5, "advance")],
        until=9,
        gives=[("rest", 0, "gate"), ("treat", 5, "decision")],
    )


def test_override_goes_where_it_says_whatever_the_gates_say(course):
    course(
        SMALL, [decision(3, "override", "go")], until=9, gives=[("rest", 0, "gate"), ("go", 3, "decision")]
    )


@pytest.mark.parametrize("because", ["RF_STROKE: the CT was normal", "start-amitriptyline: she asked for it"])
def test_an_override_of_a_flag_or_of_a_recommendation_that_names_no_phase_moves_nobody(course, because):
    """It is about the flag or the recommendation: it begins no stay, ends no hold and is no start of the pathway.

    Gates go on as on any other day.
    """
    decided = {**decision(2, "override"), "because": because}
    course(SMALL, [decided], until=9, gives=[("rest", 0, "gate")])
    course(SMALL, [{**decided, "day": -3}], until=9, gives=[("rest", 0, "gate")])
    course(SMALL, [*CALM, *NECK, decided], until=9, gives=[("rest", 0, "gate"), ("treat", 2, "gate")])
    held = [*CALM, *NECK, decision(1, "hold"), {**decided, "day": 5}]
    course(SMALL, held, until=9, gives=[("rest", 0, "gate")])
    left = [decision(3, "leave"), {**decided, "day": 7}]
    course(SMALL, left, until=9, gives=[("rest", 0, "gate")])


@pytest.mark.parametrize("by", ["patient", "device", "import"])
def test_nobody_is_moved_but_by_the_decision_of_a_clinician(course, by):
    """Only the decision of a clinician counts, that nobody else wrote down: by `by` and, where it is given, by `role`.

    What anybody else decided begins no stay, ends no hold and is no start of the pathway. Gates go on as on any other
    day. It is kept, and the review asks whether a clinician confirms it, until a later decision of a clinician.
    """
    for do, to in (
        ("enter", "treat"),
        ("advance", None),
        ("return", "rest"),
        ("override", "go"),
        ("leave", None),
    ):
        told = decision(3, do, to) | {"by": by}
        course(SMALL, [told], until=9, gives=[("rest", 0, "gate")])
        course(SMALL, [told | {"day": -3}], until=9, gives=[("rest", 0, "gate")])
    holding = decision(2, "hold") | {"by": by}
    course(SMALL, [*CALM, *NECK, holding], until=9, gives=[("rest", 0, "gate"), ("treat", 2, "gate")])


def test_leave_ends_the_pathway_and_enter_begins_it_again(course):
    course(
        SMALL,
        [decision(3, "leave"), decision(7, "enter", "treat")],
        until=9,
        gives=[("rest", 0, "gate"), ("treat", 7, "decision")],
    )


def test_after_leaving_only_enter_and_an_override_that_names_a_phase_lead_back(course):
    """After leaving, only `enter`, and an `override` that names a phase, lead back."""
    course(
        SMALL,
        [decision(3, "leave"), decision(7, "override", "go")],
        until=9,
        gives=[("rest", 0, "gate"), ("go", 7, "decision")],
    )


def test_a_decision_for_the_phase_one_is_in_begins_no_new_stay(course):
    course(
        SMALL,
        [decision(0, "enter", "rest"), decision(3, "enter", "rest")],
        until=9,
        gives=[("rest", 0, "decision")],
    )


def test_several_decisions_of_one_day_follow_in_order(course):
    course(
        SMALL,
        [{**decision(3, "advance"), "time": "morning"}, {**decision(3, "advance"), "time": "evening"}],
        until=3,
        gives=[("rest", 0, "gate"), ("treat", 3, "decision"), ("go", 3, "decision")],
    )


def test_a_decision_keeps_the_state_of_the_gates_at_that_moment():
    """Of one patient only: of a cohort no state of a gate is kept but that of the last day."""
    walked = walk(SMALL, Timeline(record([*CALM, decision(2, "advance")])), 9)
    stay = walked.stays[-1]
    assert [(one.gate.id, one.state) for one in stay.gates] == [("rested", "open"), ("may-treat", "shut")]
    assert stay.against_gate


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([decision(1, "advance", "tread")], 'did you mean "treat"'),
        ([decision(1, "advance", "go"), decision(2, "advance", "rest")], "write do: return"),
        ([decision(1, "enter", "rest"), decision(2, "return", "go")], "write do: advance"),
        ([decision(1, "advance", "go"), decision(2, "advance")], "the last phase"),
        ([decision(1, "leave"), decision(2, "hold")], "write do: enter"),
        ([decision(1, "leave"), decision(2, "advance")], "write do: enter"),
        ([decision(1, "leave"), decision(2, "override")], "write do: enter"),
        ([decision(1, "leave"), decision(2, "leave")], "write do: enter"),
        ([*CALM, *NECK, session(3), session(3), decision(5, "advance", "treat")], "write do: return"),
    ],
)
def test_a_decision_the_pathway_cannot_follow_is_a_problem_with_its_place(engine, entries, says):
    (refused,) = engine.refuses(SMALL, record(entries), 9)
    assert refused.day == entries[-1]["day"]
    assert says in refused.text


def test_where_a_decision_leads_from_is_where_gates_and_decisions_have_led(course):
    """By a gate or by a decision that names no phase: `return` leads back from there."""
    by_gates = [decision(0, "enter", "rest"), *CALM, *NECK, session(3), session(3)]
    reached = [("rest", 0, "decision"), ("treat", 2, "gate"), ("go", 3, "gate")]
    course(
        SMALL,
        [*by_gates, decision(5, "return", "treat")],
        until=5,
        gives=[*reached, ("treat", 5, "decision")],
    )
    course(
        SMALL,
        [
            decision(0, "enter", "rest"),
            decision(1, "advance"),
            decision(2, "override"),
            decision(5, "return", "treat"),
        ],
        until=5,
        gives=[
            ("rest", 0, "decision"),
            ("treat", 1, "decision"),
            ("go", 2, "decision"),
            ("treat", 5, "decision"),
        ],
    )


def test_all_impossible_decisions_are_reported_together(engine):
    entries = [decision(1, "advance", "tread"), decision(2, "advance", "gone")]
    assert [refused.day for refused in engine.refuses(SMALL, record(entries), 9)] == [1, 2]


def test_a_standing_red_flag_shuts_every_gate_until_a_person_clears_it(course):
    """New numbness on day 1; an examination on day 5 clears it, and the gates decide again."""
    numb = {"day": 1, "kind": "symptom", "what": "numbness", "state": "new", "site": "occiput"}
    calm = [pain(day, 1) for day in range(9)]
    sore = [pain(day, 5, site="neck") for day in range(9)]
    course(SMALL, [*calm, *sore, numb], until=8, gives=[("rest", 0, "gate")])
    checks = {f"RF_{name}": "absent" for name in ("DISSECTION", "MYELOPATHY", "PROGRESSIVE")}
    examined = {"day": 5, "kind": "red_flag_check", "flags": checks}
    course(SMALL, [*calm, *sore, numb, examined], until=8, gives=[("rest", 0, "gate"), ("treat", 5, "gate")])


def test_an_old_check_does_not_clear_numbness_that_a_later_one_finds(course):
    """Nor does the check that finds it: the three it asks for are to be found absent afterwards."""
    calm = [pain(day, 1) for day in range(9)]
    sore = [pain(day, 5, site="neck") for day in range(3, 9)]
    absent = {f"RF_{name}": "absent" for name in ("DISSECTION", "MYELOPATHY", "PROGRESSIVE")}
    before = {"day": 0, "kind": "red_flag_check", "flags": absent}
    found = {"day": 2, "kind": "red_flag_check", "flags": {"RF_NEW_NUMBNESS": "present"}}
    course(SMALL, [*calm, *sore, before, found], until=8, gives=[("rest", 0, "gate")])
    found_beside = {"day": 2, "kind": "red_flag_check", "flags": {**absent, "RF_NEW_NUMBNESS": "present"}}
    course(SMALL, [*calm, *sore, found_beside], until=8, gives=[("rest", 0, "gate")])
    after = {**before, "day": 6}
    course(SMALL, [*calm, *sore, found, after], until=8, gives=[("rest", 0, "gate"), ("treat", 6, "gate")])


def test_decisions_on_another_pathway_move_nobody_on_this_one(engine):
    """A record names the pathway it follows; where it names another, its decisions were taken on that one."""
    elsewhere = replace(record([decision(3, "advance")]), pathway="another")
    assert engine.stays(SMALL, elsewhere, 9) == [("rest", 0, "gate")]
    here = replace(record([decision(3, "advance")]), pathway="small@1")
    assert engine.stays(SMALL, here, 9) == [("rest", 0, "gate"), ("treat", 3, "decision")]
