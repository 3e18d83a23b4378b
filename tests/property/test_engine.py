"""Properties of the reference engine on random records and random questions."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assuage.engine.reference import View
from assuage.engine.walk import walk
from assuage.measures.nodes import AnyTest
from assuage.record.timeline import Timeline
from assuage.report.review_json import to_json
from assuage.review.make import review
from assuage.terms.answers import UNKNOWN, Answer
from tests.property.strategies import LAST, records_plain, tests
from tests.small_pathway import SMALL
from tests.spec.conftest import record

days = st.integers(0, LAST)


def truth(entries: list[dict[str, Any]], test: AnyTest, day: int, entered: int = 0) -> Answer:
    return View(Timeline(record(entries)), day, started=0, entered=min(entered, day)).truth(test)


def settled(entries: list[dict[str, Any]], choose: random.Random) -> list[dict[str, Any]]:
    """The same record with every open answer filled in, one way or another."""
    filled: list[dict[str, Any]] = []
    for entry in entries:
        match entry:
            case {"low": low, "high": high}:
                rest = {key: value for key, value in entry.items() if key not in ("low", "high")}
                filled.append({**rest, "value": choose.randint(low, high)})
            case {"kind": "finding", "state": "unknown"}:
                filled.append({**entry, "state": choose.choice(["present", "absent"])})
            case {"kind": "red_flag_check", "flags": flags}:
                known = {
                    name: choose.choice(["present", "absent"]) if state == "unknown" else state
                    for name, state in flags.items()
                }
                filled.append({**entry, "flags": known})
            case {"kind": "therapy", "what": "massage", "pressure": "light" | "deep"}:
                filled.append(entry)
            case {"kind": "therapy", "what": "massage"}:
                filled.append({**entry, "pressure": choose.choice(["light", "deep"])})
            case _:
                filled.append(entry)
    return filled


@given(records_plain, tests, days, st.randoms(use_true_random=False))
def test_filling_in_what_was_left_open_never_moves_a_known_answer(entries, test, day, choose):
    """A range, an unknown finding or flag, a massage of unrecorded pressure: knowing more decides more, never other."""
    before = truth(entries, test, day)
    after = truth(settled(entries, choose), test, day)
    assert before is UNKNOWN or after is before


@given(records_plain, tests, days)
def test_nothing_recorded_later_changes_today(entries, test, day):
    so_far = [entry for entry in entries if entry["day"] <= day]
    assert truth(entries, test, day) is truth(so_far, test, day)


@given(records_plain, tests, days, st.randoms(use_true_random=False))
def test_the_order_in_the_document_does_not_matter_when_each_entry_has_its_time(entries, test, day, choose):
    """Two entries of one minute keep the order of the document, so only records without such a pair are shuffled."""
    moments = [(entry["day"], entry["time"]) for entry in entries]
    if len(set(moments)) < len(moments):
        entries = [entry for number, entry in enumerate(entries) if moments.index(moments[number]) == number]
    shuffled = list(entries)
    choose.shuffle(shuffled)
    assert truth(entries, test, day) is truth(shuffled, test, day)


@given(records_plain, tests, days, st.integers(-40, 40))
def test_the_calendar_does_not_matter_only_the_days_between(entries, test, day, shift):
    """Moving the whole record and the pathway by some days moves nothing else."""
    moved = [{**entry, "day": entry["day"] + shift} for entry in entries]
    here = View(Timeline(record(entries)), day, started=0, entered=0).truth(test)
    there = View(Timeline(record(moved)), day + shift, started=shift, entered=shift).truth(test)
    assert here is there


@given(records_plain, tests, days)
def test_a_question_and_its_denial_are_opposite_or_both_unknown(entries, test, day):
    from assuage.measures.notation import none_of
    from assuage.terms.answers import kleene_not

    assert truth(entries, none_of(test), day) is kleene_not(truth(entries, test, day))


decisions = st.lists(
    st.fixed_dictionaries(
        {
            "day": st.integers(0, LAST),
            "kind": st.just("decision"),
            "do": st.sampled_from(["enter", "override"]),
            "to": st.sampled_from(["rest", "treat", "go"]),
            "because": st.just("an example"),
        }
    ),
    max_size=3,
    unique_by=lambda entry: entry["day"],
)


@given(records_plain, decisions)
def test_stays_follow_each_other_without_gap_or_overlap(entries, decided):
    stays = walk(SMALL, Timeline(record([*entries, *decided])), LAST).stays
    for stay, following in zip(stays, stays[1:], strict=False):
        assert stay.left == following.entered
        assert stay.phase is not following.phase or following.by == "decision"
    assert all(stay.left is None for stay in stays[-1:])


@given(records_plain, decisions)
def test_gates_move_at_most_once_a_day_and_never_on_a_day_with_a_decision(entries, decided):
    stays = walk(SMALL, Timeline(record([*entries, *decided])), LAST).stays
    by_gate = [stay.entered for stay in stays if stay.by == "gate"]
    assert len(set(by_gate)) == len(by_gate)
    assert not set(by_gate) & {entry["day"] for entry in decided}


@given(records_plain, decisions, days)
def test_a_walk_up_to_a_day_is_the_beginning_of_every_longer_walk(entries, decided, day):
    timeline = Timeline(record([*entries, *decided]))
    short = [(stay.phase.id, stay.entered, stay.by) for stay in walk(SMALL, timeline, day).stays]
    long = [(stay.phase.id, stay.entered, stay.by) for stay in walk(SMALL, timeline, LAST).stays]
    assert short == [stay for stay in long if stay[1] <= day]


@given(records_plain, decisions, days)
def test_what_is_recorded_later_never_changes_an_earlier_review(entries, decided, day):
    every = [*entries, *decided]
    so_far = [entry for entry in every if entry["day"] <= day]

    def seen(told: dict[str, Any]) -> list[object]:
        breaches = [[(one["day"], one["what"]) for one in each["breaches"]] for each in told["restrictions"]]
        in_force = [each["in_force"] for each in told["restrictions"]]
        stays = [(one["phase"], one["entered"], one["left"], one["by"]) for one in told["stays"]]
        return [told["phase"], stays, in_force, breaches, told["criteria"]]

    before, after = (seen(to_json(review(record(one), SMALL, day))) for one in (so_far, every))
    assert before == after


@given(records_plain, decisions, days)
def test_a_review_never_fails_on_a_record_that_can_be_read(entries, decided, day):
    told = to_json(review(record([*entries, *decided]), SMALL, day))
    in_force = [one["in_force"] for one in told["restrictions"]]
    assert told["on"] == day
    assert in_force in ([True], [False])
