"""Medication is written down by the clinic: once any is, a drug that is not named is not taken."""

from assuage.measures.notation import medication
from assuage.terms.drugs import APIXABAN, TIZANIDINE, WARFARIN

title = "Medication"


def drug(day: int, do: str, name: str = "tizanidine") -> dict[str, object]:
    return {"day": day, "kind": "medication", "drug": name, "do": do}


def test_taken_from_the_day_of_the_start_to_the_day_before_the_stop(spec):
    people = {"Ana": [drug(2, "start"), drug(9, "stop")]}
    for day, answer in ((1, "unknown"), (2, "yes"), (8, "yes"), (9, "no")):
        spec(people, medication(TIZANIDINE).taken, on_day=day, gives={"Ana": answer})


def test_a_drug_is_not_taken_when_others_are_recorded_and_it_is_not(spec):
    """Where no medication was ever recorded, nobody has asked yet."""
    spec(
        {"asked": [drug(1, "start", "amitriptyline")], "never asked": []},
        medication(WARFARIN, APIXABAN).taken,
        on_day=3,
        gives={"asked": "no", "never asked": "unknown"},
    )


def test_a_drug_is_found_by_its_latin_name_or_its_atc_code(spec):
    spec(
        {"latin": [drug(1, "start", "Tizanidinum")], "atc": [drug(1, "start", "M03BX02")]},
        medication(TIZANIDINE).taken,
        on_day=1,
        gives={"latin": "yes", "atc": "yes"},
    )


def test_a_stop_and_a_start_on_one_day_are_no_break(spec):
    """Only the last word of a day counts."""
    spec(
        {
            "restarted": [
                drug(1, "start"),
                {**drug(5, "stop"), "time": "morning"},
                {**drug(5, "start"), "time": "evening"},
            ],
            "changed": [drug(1, "start"), drug(5, "change")],
            "paused": [drug(1, "start"), drug(5, "stop"), drug(6, "start")],
        },
        medication(TIZANIDINE).time_on,
        on_day=10,
        gives={"restarted": 9, "changed": 9, "paused": 4},
    )


def test_time_on_a_drug_that_is_not_taken_is_zero(spec):
    spec(
        {"stopped": [drug(1, "start"), drug(5, "stop")], "never asked": []},
        medication(TIZANIDINE).time_on,
        on_day=10,
        gives={"stopped": 0, "never asked": None},
    )


def test_a_change_is_a_start_where_there_was_none(spec):
    """Nobody wrote down since when: it counts from the day on which the drug was first named."""
    spec(
        {"changed": [drug(4, "change")], "started again": [drug(4, "start"), drug(6, "start")]},
        medication(TIZANIDINE).time_on,
        on_day=10,
        gives={"changed": 6, "started again": 6},
    )


def test_any_word_on_any_medication_says_that_medication_was_asked_about(spec):
    """Also a stop, and also a drug that no rule knows."""
    spec(
        {"a stop": [drug(1, "stop", "ibuprofen")], "not known": [drug(1, "start", "a tea of her own")]},
        medication(TIZANIDINE).taken,
        on_day=3,
        gives={"a stop": "no", "not known": "no"},
    )
