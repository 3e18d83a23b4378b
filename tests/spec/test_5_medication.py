"""Medication is written down by the clinic: once any is, a drug that is not named is not taken."""

from assuage.measures.notation import medication
from assuage.terms.drugs import AMITRIPTYLINE, APIXABAN, DRUGS, TIZANIDINE, WARFARIN

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
        {"a stop": [drug(1, "stop", "ibuprofen")], "no rule": [drug(1, "start", "metformin")]},
        medication(TIZANIDINE).taken,
        on_day=3,
        gives={"a stop": "no", "no rule": "no"},
    )


def test_as_long_as_something_is_taken_whose_name_nothing_reads_no_drug_is_known_not_to_be_taken(spec):
    """It may be that drug. What is known to be taken stays known, and once it is stopped silence means no again."""
    tea = [drug(1, "start", "a tea of her own")]
    people = {
        "a tea": tea,
        "a tea and tizanidine": [*tea, drug(1, "start")],
        "a tea, stopped": [*tea, drug(3, "stop", "A Tea of her own")],
    }
    spec(
        people,
        medication(TIZANIDINE).taken,
        on_day=3,
        gives={"a tea": "unknown", "a tea and tizanidine": "yes", "a tea, stopped": "no"},
    )
    spec(
        people,
        medication(TIZANIDINE).time_on,
        on_day=3,
        gives={"a tea": None, "a tea and tizanidine": 2, "a tea, stopped": 0},
    )


def test_a_drug_is_taken_under_any_of_its_names(spec):
    """A brand, a salt, a release form, the Lithuanian and the German name, a listed misspelling."""
    names = ("Coumadin", "warfarin sodium", "varfarinas", "Warfarin-ratiopharm 5 mg", "warfrin")
    people = {name: [drug(1, "start", name)] for name in names}
    spec(people, medication(WARFARIN).taken, on_day=3, gives=dict.fromkeys(names, "yes"))


def test_a_combination_is_taken_as_each_of_its_parts(spec):
    people = {
        "in one tablet": [drug(1, "start", "amitriptyline/perphenazine")],
        "the tablet instead of it": [
            drug(1, "start", "amitriptyline"),
            drug(5, "stop", "amitriptyline"),
            drug(5, "start", "amitriptyline/perphenazine"),
        ],
        "a day without it": [
            drug(1, "start", "amitriptyline/perphenazine"),
            drug(4, "stop", "perphenazine/amitriptyline"),
            drug(5, "start", "amitriptyline"),
        ],
        "only the other part": [drug(1, "start", "perphenazine")],
    }
    spec(
        people,
        medication(AMITRIPTYLINE).time_on,
        on_day=9,
        gives={
            "in one tablet": 8,
            "the tablet instead of it": 8,
            "a day without it": 4,
            "only the other part": 0,
        },
    )


def test_a_class_is_taken_by_who_takes_any_member_of_it(spec):
    """One triptan for another is no break; a substance whose classes nobody wrote down leaves it open."""
    people = {
        "a triptan": [drug(1, "start", "zolmitriptan")],
        "another": [
            drug(1, "start", "sumatriptan"),
            drug(3, "stop", "sumatriptan"),
            drug(3, "start", "Relpax"),
        ],
        "none": [drug(1, "start", "ibuprofen")],
        "stopped": [drug(1, "start", "zolmitriptan"), drug(2, "stop", "Zomig")],
    }
    spec(
        people,
        medication(DRUGS["triptan"]).taken,
        on_day=4,
        gives={"a triptan": "yes", "another": "yes", "none": "no", "stopped": "no"},
    )
    spec(
        people,
        medication(DRUGS["triptan"]).time_on,
        on_day=4,
        gives={"a triptan": 3, "another": 3, "none": 0, "stopped": 0},
    )
