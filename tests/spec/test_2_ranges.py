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
