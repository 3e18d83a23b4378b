"""A number is a range. A comparison is yes or no only where both ends of the range say the same."""

from assuage.measures.notation import PATHWAY_START, score
from assuage.terms.scales import PAIN
from assuage.terms.times import days

title = "Values given as a range"

PEOPLE = """
        patient | day 1
        Ana     |  4-5
        Ben     |   5
        """


def test_a_range_is_kept_whole(spec):
    spec(PEOPLE, score(PAIN).past(days(1)).worst, on_day=1, gives={"Ana": (4, 5), "Ben": 5})


def test_both_ends_agree_so_the_answer_is_known(spec):
    spec(PEOPLE, score(PAIN).past(days(1)).worst >= 4, on_day=1, gives={"Ana": "yes", "Ben": "yes"})


def test_a_cut_off_inside_the_range_leaves_it_open(spec):
    """The cautious side: the gate stays shut, the restriction stays on, the recommendation becomes a question."""
    spec(PEOPLE, score(PAIN).past(days(1)).worst <= 4, on_day=1, gives={"Ana": "unknown", "Ben": "no"})


def test_below_and_above_leave_out_the_number_itself(spec):
    """At most and at least keep it: a pain of 5 is at most 5 and not below 5."""
    worst = score(PAIN).past(days(1)).worst
    spec(PEOPLE, worst < 5, on_day=1, gives={"Ana": "unknown", "Ben": "no"})
    spec(PEOPLE, worst > 4, on_day=1, gives={"Ana": "unknown", "Ben": "yes"})
    spec(PEOPLE, worst > 5, on_day=1, gives={"Ana": "no", "Ben": "no"})


def test_a_fall_from_a_range_is_a_range(spec):
    """From 4 to 5 down to 2: a fall of 50 to 60 %."""
    spec(
        """
        patient | day 0 | 1
        Ana     |  4-5  | 2
        """,
        score(PAIN).past(days(1)).mean.fall_from(PATHWAY_START),
        on_day=1,
        gives={"Ana": (50, 60)},
    )


def test_a_half_answered_questionnaire_is_a_range_of_its_total(spec):
    """Three of six items answered: 5 points so far, and up to 3 more."""
    from assuage.instruments import INSTRUMENTS

    spec(
        {
            "Ana": [
                {
                    "day": 0,
                    "kind": "answers",
                    "instrument": "sss",
                    "items": {"fatigue": 1, "waking_unrefreshed": 2, "cognitive": 2},
                }
            ]
        },
        score(INSTRUMENTS["sss"].scale).past(days(7)).last,
        on_day=0,
        gives={"Ana": (5, 8)},
    )


def test_a_questionnaire_without_any_answer_says_nothing(spec):
    """It is no range from the lowest to the highest total, and does not stand in the way of an older one."""
    from assuage.instruments import INSTRUMENTS

    form = {"kind": "answers", "instrument": "gad7"}
    spec(
        {
            "blank": [{**form, "day": 1, "items": {"nervous": None}}],
            "blank, later": [
                {"day": 0, "kind": "score", "scale": "gad7", "value": 6},
                {**form, "day": 1, "items": {"nervous": None}},
            ],
        },
        score(INSTRUMENTS["gad7"].scale).past(days(7)).last,
        on_day=1,
        gives={"blank": None, "blank, later": 6},
    )


def test_a_fall_from_a_range_that_holds_zero_is_unknown(spec):
    spec(
        """
        patient | day 0 | 1
        Ana     |  0-3  | 1
        """,
        score(PAIN).past(days(1)).mean.fall_from(PATHWAY_START),
        on_day=1,
        gives={"Ana": None},
    )


def test_the_two_numbers_of_a_fall_are_taken_each_on_its_own(spec):
    """Also where they rest on the same days: on the day of the baseline itself, 4 to 5 may have risen or fallen."""
    spec(
        """
        patient | day 0
        Ana     |  4-5
        Ben     |   4
        """,
        score(PAIN).past(days(1)).mean.fall_from(PATHWAY_START),
        on_day=0,
        gives={"Ana": (-25, 20), "Ben": 0},
    )


def test_a_slope_over_ranges_runs_from_the_least_to_the_steepest_that_values_within_them_can_have(spec):
    spec(
        """
        patient | day 0 | 7
        Ana     |  4-5  | 1-3
        """,
        score(PAIN).past(days(8)).slope,
        on_day=7,
        gives={"Ana": (-4, -1)},
    )
