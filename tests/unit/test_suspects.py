"""Better after it was stopped: what counts as an answer, and for how long."""

from __future__ import annotations

from typing import Any

import pytest

from assuage.errors import InputError
from assuage.pathways import registry
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.review.exposures import known_exposure
from assuage.review.make import review
from assuage.review.model import Suspect
from assuage.review.suspects import known_outcome, suspect
from assuage.words.speak import describe

MASSAGE = {"kind": "therapy", "what": "massage", "pressure": "deep", "by": "patient"}
FLARED = [{"day": 1, **MASSAGE}, {"day": 2, "kind": "symptom", "what": "pain", "state": "worse"}]
STOPPED = {**MASSAGE, "day": 5, "do": "stop"}


def felt(day: int, state: str) -> dict[str, Any]:
    return {"day": day, "kind": "symptom", "what": "pain", "state": state}


def _linked_before() -> list[dict[str, Any]]:
    """Three massages that were each followed by worse pain, and four quiet spells: by the counts a likely trigger."""
    massages = [{**MASSAGE, "day": day} for day in (20, 40, 60)]
    return [
        *massages,
        *(felt(day + 1, "worse") for day in (20, 40, 60)),
        *(felt(d, "present") for d in (10, 30, 50, 70)),
    ]


def better_when_stopped(entries: list[dict[str, Any]], on: int = 40, linked: bool = True) -> str:
    """The third question of Naranjo's scale, for massage and pain; `entries` begin a hundred days after the others."""
    later = [{**entry, "day": entry["day"] + 100} for entry in entries]
    told = [*_linked_before(), *later] if linked else later
    plain = {"format": "assuage-record/1", "patient": {"id": "Ana"}, "entries": told}
    suspected = review(parse_record(plain), registry.pathway("neck-first"), on + 100).suspects
    (pain,) = [one for one in suspected if (one.exposure, one.outcome) == ("massage", "pain")]
    return pain.naranjo.answers["NQ3"].value


@pytest.mark.parametrize(
    ("what", "entries", "expected"),
    [
        ("never stopped", [felt(9, "resolved")], "unknown"),
        ("nothing was said after it", [STOPPED], "unknown"),
        ("gone on the day of the stop", [STOPPED, felt(5, "resolved")], "yes"),
        ("gone the day before the stop", [felt(4, "resolved"), STOPPED], "unknown"),
        ("gone on the fourteenth day", [STOPPED, felt(19, "absent")], "yes"),
        ("gone on the fifteenth day", [STOPPED, felt(20, "absent")], "unknown"),
        ("better is enough", [STOPPED, felt(9, "better")], "yes"),
        ("worse, then better", [STOPPED, felt(8, "worse"), felt(12, "better")], "yes"),
        ("still there", [STOPPED, felt(9, "present")], "no"),
        ("worse within, gone after it", [STOPPED, felt(9, "worse"), felt(20, "resolved")], "no"),
        ("counted from the latest stop", [STOPPED, {**STOPPED, "day": 12}, felt(20, "resolved")], "yes"),
        (
            "what was said before the latest stop",
            [STOPPED, felt(9, "worse"), {**STOPPED, "day": 12}],
            "unknown",
        ),
        ("stopped on the day of the massage", [{**STOPPED, "day": 1}, felt(9, "resolved")], "yes"),
        ("stopped before the first flare", [{**STOPPED, "day": -90}, felt(9, "resolved")], "unknown"),
        ("another therapy was stopped", [{**STOPPED, "what": "yoga"}, felt(9, "resolved")], "unknown"),
    ],
)
def test_pain_that_is_better_within_two_weeks_of_a_stop_is_better_because_of_it(what, entries, expected):
    assert better_when_stopped([*FLARED, *entries]) == expected, what


def test_nothing_after_the_day_of_the_review_is_an_answer():
    entries = [*FLARED, STOPPED, felt(9, "resolved")]
    assert [better_when_stopped(entries, on) for on in (4, 8, 9)] == ["unknown", "unknown", "yes"]
    entries = [*FLARED, STOPPED, felt(5, "resolved")]
    assert [better_when_stopped(entries, on) for on in (4, 5)] == ["unknown", "yes"]


def test_a_stop_is_no_answer_where_nothing_flared():
    entries = [FLARED[0], felt(2, "better"), STOPPED, felt(9, "resolved")]
    assert better_when_stopped(entries, linked=False) == "unknown"


def test_what_is_not_shown_to_be_linked_may_have_got_better_anyway():
    entries = [*FLARED, STOPPED, felt(9, "resolved")]
    assert [better_when_stopped(entries, linked=linked) for linked in (True, False)] == ["yes", "unknown"]
    assert better_when_stopped([*FLARED, STOPPED, felt(9, "present")], linked=False) == "no"


# --- any symptom or finding may be the outcome -----------------------------------------------------------------

STARTED = {"day": 0, "kind": "medication", "drug": "tizanidine", "do": "start"}
TAKEN_OFF = {"day": 5, "kind": "medication", "drug": "tizanidine", "do": "stop"}


def finding(day: int, state: str, what: str = "hypotension") -> dict[str, Any]:
    return {"day": day, "kind": "finding", "what": what, "state": state, "method": "examination"}


def told(day: int, state: str, what: str = "tremor of the hands") -> dict[str, Any]:
    return {"day": day, "kind": "symptom", "what": what, "state": state}


def judged(outcome: str, *entries: dict[str, Any]) -> Suspect:
    plain = {"format": "assuage-record/2", "patient": {"id": "Ana"}, "entries": [*entries]}
    timeline = Timeline(parse_record(plain))
    counted = suspect(timeline, (), 20, known_exposure("tizanidine"), known_outcome(outcome, timeline))
    assert counted is not None
    return counted


@pytest.mark.parametrize(
    ("what", "outcome", "entries", "flared"),
    [
        ("a finding after the start", "hypotension", [finding(1, "present")], 1),
        ("found again, and there before", "hypotension", [finding(-1, "present"), finding(1, "present")], 0),
        ("gone", "hypotension", [finding(-9, "present"), finding(-1, "absent"), finding(1, "present")], 1),
        ("looked for and not found", "hypotension", [finding(1, "absent")], 0),
        ("found too late", "hypotension", [finding(4, "present")], 0),
        ("gone after the stop", "hypotension", [finding(1, "present"), TAKEN_OFF, finding(7, "absent")], 1),
        ("a symptom no table knows", "Tremor of the hands", [told(2, "new"), TAKEN_OFF, told(7, "resolved")], 1),
        ("a finding no table knows", "blue nails", [finding(2, "abnormal", "Blue nails")], 1),
    ],
)  # fmt: skip
def test_a_finding_or_an_unknown_symptom_may_be_the_outcome(what, outcome, entries, flared):
    counted = judged(outcome, STARTED, *entries)
    assert counted.flared == flared, what
    # Once is not more often than without it, and what came once may have gone by itself.
    assert "yes" not in {counted.naranjo.answers[item].value for item in ("NQ2", "NQ3", "NQ4")}


def test_a_word_that_the_record_does_not_have_is_refused():
    with pytest.raises(InputError, match="unknown outcome"):
        judged("hypotension", STARTED, told(2, "new"))


def test_a_condition_is_one_outcome_under_all_its_names():
    assert judged("Systolic below 100 or orthostatic drop", STARTED, finding(1, "present")).flared == 1


# --- adverse events answer items of the Naranjo scale, scored by hand --------------------------------------------

RESTARTED = {**STARTED, "day": 12}
EVENT = {"day": 9, "kind": "adverse_event", "what": "dizziness", "onset": 8, "suspected": ["tizanidine"]}
GONE = {**EVENT, "action": "stopped", "outcome": "recovered", "end": 11}
SHARED = {**EVENT, "suspected": ["tizanidine", "baclofen"]}
STOP_ON_9 = {**TAKEN_OFF, "day": 9}
AGAIN = {**EVENT, "day": 17, "onset": 17}
MEASURED = {**finding(8, "present", "nystagmus"), "method": "examination"}


@pytest.mark.parametrize(
    ("what", "entries", "answered", "score"),
    [
        ("after the drug", [EVENT], {"NQ2": "yes"}, 2),
        ("before the drug", [{**EVENT, "onset": -3}], {"NQ2": "no"}, -1),
        ("on its own day where no onset is known", [{**EVENT, "onset": None}], {"NQ2": "yes"}, 2),
        ("gone once it was stopped", [GONE], {"NQ2": "yes", "NQ3": "yes"}, 3),
        ("stopped by an entry of its own", [STOP_ON_9, {**GONE, "action": None}], {"NQ2": "yes", "NQ3": "yes"}, 3),
        ("still there", [{**GONE, "end": None, "outcome": "not_recovered"}], {"NQ2": "yes", "NQ3": "no"}, 2),
        ("gone without a stop", [{**GONE, "action": "none"}], {"NQ2": "yes"}, 2),
        ("nobody knows how it ended", [{**GONE, "end": None, "outcome": "unknown"}], {"NQ2": "yes"}, 2),
        ("gone before the stop", [{**TAKEN_OFF, "day": 13}, GONE], {"NQ2": "yes"}, 2),
        ("back on rechallenge", [STOP_ON_9, GONE, RESTARTED, AGAIN], {"NQ2": "yes", "NQ3": "yes", "NQ4": "yes"}, 5),
        ("again without a stop", [EVENT, AGAIN], {"NQ2": "yes"}, 2),
        ("seen by somebody", [EVENT, MEASURED], {"NQ2": "yes", "NQ10": "yes"}, 3),
        (
            "all of it",
            [STOP_ON_9, GONE, RESTARTED, AGAIN, MEASURED],
            {"NQ2": "yes", "NQ3": "yes", "NQ4": "yes", "NQ10": "yes"},
            6,
        ),
        ("another is suspected too", [SHARED], {"NQ2": "yes", "NQ5": "yes"}, 1),
        ("another alone is suspected", [{**EVENT, "suspected": ["baclofen"]}], {}, 0),
        ("another event", [{**EVENT, "what": "rash"}], {}, 0),
        ("told after the day of the review", [{**EVENT, "day": 21}], {}, 0),
    ],
)  # fmt: skip
def test_an_adverse_event_answers_the_items_of_naranjo_that_it_speaks_of(what, entries, answered, score):
    scale = judged(
        "dizziness", STARTED, *[{k: v for k, v in each.items() if v is not None} for each in entries]
    ).naranjo
    known = {item: given.value for item, given in scale.answers.items() if given.value != "unknown"}
    known = {item: given for item, given in known.items() if item != "NQ10" or given == "yes"}
    assert (known, scale.score) == (answered, score), what


def test_an_item_that_an_event_answers_shows_its_entry():
    shown = judged("dizziness", STARTED, GONE).naranjo.reasons
    words = {item: str(describe(shown[item])) for item in ("NQ2", "NQ3")}
    assert set(words.values()) == {"adverse event: dizziness, from day 8 (entry 1)"}


def test_an_event_in_words_that_no_rule_knows_may_be_the_outcome():
    event = {**EVENT, "what": "blue nails"}
    assert judged("blue nails", STARTED, event).naranjo.answers["NQ2"].value == "yes"
