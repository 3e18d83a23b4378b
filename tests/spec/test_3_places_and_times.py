"""Scores have a place and a time of day. A question without a place is about the patient as a whole."""

from assuage.measures.notation import score
from assuage.terms.scales import PAIN
from assuage.terms.sites import NECK, OCCIPUT, SHOULDER_GIRDLE, WIDESPREAD
from assuage.terms.times import EVENING, MORNING, days
from tests.spec.engines import UNKNOWN

title = "Places and times of day"


def pain(value: int, **where: object) -> dict[str, object]:
    return {"day": 1, "kind": "score", "scale": "pain", "value": value, **where}


PEOPLE = {
    "at the neck": [pain(6, site="neck")],
    "left shoulder": [pain(5, site="shoulder_girdle_left")],
    "at two places": [pain(4, sites=["neck", "shoulder_girdle"])],
    "no place": [pain(3)],
    "whole body": [pain(2, site="widespread")],
}


def test_at_pools_the_places_and_their_parts(spec):
    spec(
        PEOPLE,
        score(PAIN).at(NECK, SHOULDER_GIRDLE).past(days(1)).worst,
        on_day=1,
        gives={
            "at the neck": 6,
            "left shoulder": 5,
            "at two places": 4,
            "no place": UNKNOWN,
            "whole body": UNKNOWN,
        },
    )


def test_without_a_place_it_is_the_patient_as_a_whole(spec):
    """A sore neck says nothing about the whole body, and the other way round."""
    spec(
        PEOPLE,
        score(PAIN).past(days(1)).worst,
        on_day=1,
        gives={
            "at the neck": UNKNOWN,
            "left shoulder": UNKNOWN,
            "at two places": UNKNOWN,
            "no place": 3,
            "whole body": 2,
        },
    )


def test_a_coarser_place_does_not_speak_for_a_finer_one(spec):
    spec(
        {"Ana": [pain(6, site="head")], "Ben": [pain(6, site="occiput_right")]},
        score(PAIN).at(OCCIPUT).past(days(1)).worst,
        on_day=1,
        gives={"Ana": UNKNOWN, "Ben": 6},
    )


def test_the_whole_body_pools_every_place_when_it_is_named(spec):
    spec(
        {"Ana": [pain(6, site="neck"), pain(8, site="lower_back")]},
        score(PAIN).at(WIDESPREAD).past(days(1)).worst,
        on_day=1,
        gives={"Ana": 8},
    )


def test_morning_and_evening_are_kept_apart(spec):
    """Clock times belong to a part of the day; an entry without a time belongs to none.

    The morning begins at 05:00, noon at 11:00, the evening at 17:00 and the night at 22:00.
    """
    people = {
        "words": [pain(4, time="morning"), pain(7, time="evening")],
        "clock": [pain(4, time="07:30"), pain(7, time="20:15")],
        "no time": [pain(5)],
    }
    spec(
        people,
        score(PAIN).in_the(MORNING).past(days(1)).worst,
        on_day=1,
        gives={"words": 4, "clock": 4, "no time": UNKNOWN},
    )
    spec(
        people,
        score(PAIN).in_the(EVENING).past(days(1)).worst,
        on_day=1,
        gives={"words": 7, "clock": 7, "no time": UNKNOWN},
    )
