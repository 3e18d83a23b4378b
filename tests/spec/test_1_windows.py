"""Windows look back from the end of a day and include that day. Day values come first, windows second."""

from assuage.instruments import INSTRUMENTS
from assuage.measures.notation import PATHWAY_START, PHASE_ENTRY, percent, score
from assuage.terms.scales import PAIN, SLEEP
from assuage.terms.times import days
from tests.spec.engines import UNKNOWN

title = "Windows of scores"


def test_the_past_seven_days_are_today_and_the_six_days_before(spec):
    spec(
        """
        patient | day 1 | 2 | 7 | 8
        Ana     |   9   | 3 | 4 |
        Ben     |       | 9 | 4 | 2
        """,
        score(PAIN).past(days(7)).worst,
        on_day=8,
        gives={"Ana": 4, "Ben": 9},
    )


def test_a_window_with_too_few_days_is_unknown_not_zero(spec):
    spec(
        """
        patient | day 1 | 2 | 3 | 4 | 5 | 6 | 7
        Ana     |   3   | 5 |   | 2 | 4 |   | 1
        Ben     |   3   |   |   |   |   |   | 1
        """,
        score(PAIN).past(days(7), needing=4).worst,
        on_day=7,
        gives={"Ana": 5, "Ben": UNKNOWN},
    )


def test_needing_counts_days_not_entries(spec):
    """Four entries on one day are one day."""
    spec(
        {
            "Ana": [
                {"day": 7, "kind": "score", "scale": "pain", "value": v, "time": f"{8 + v}:00".zfill(5)}
                for v in (1, 2, 3, 4)
            ]
        },
        score(PAIN).past(days(7), needing=2).worst,
        on_day=7,
        gives={"Ana": UNKNOWN},
    )


def test_several_entries_of_a_day_become_one_by_the_rule_of_the_scale(spec):
    """Pain keeps the worst of a day, whatever the order in which it was told."""
    spec(
        {
            "Ana": [
                {"day": 3, "time": "morning", "kind": "score", "scale": "pain", "value": 7},
                {"day": 3, "time": "evening", "kind": "score", "scale": "pain", "value": 4},
            ]
        },
        score(PAIN).past(days(1)).last,
        on_day=3,
        gives={"Ana": 7},
    )


def test_a_missing_day_is_left_out_of_a_mean_not_filled(spec):
    spec(
        """
        patient | day 1 | 2 | 3 | 4
        Ana     |   2   |   |   | 6
        """,
        score(PAIN).past(days(4)).mean,
        on_day=4,
        gives={"Ana": 4},
    )


def test_last_is_the_latest_day_that_has_a_value(spec):
    spec(
        """
        patient | day 1 | 2 | 3
        Ana     |   2   | 5 |
        """,
        score(PAIN).past(days(3)).last,
        on_day=3,
        gives={"Ana": 5},
    )


def test_a_slope_is_in_points_per_week(spec):
    """It is the slope of the straight line with the least squares."""
    spec(
        """
        patient | day 0 | 1 | 2 | 3 | 7
        Ana     |   7   |   |   |   | 4
        Ben     |   1   | 2 | 3 | 4 |
        """,
        score(PAIN).past(days(8)).slope,
        on_day=7,
        gives={"Ana": -3, "Ben": 7},
    )


def test_one_day_has_no_slope(spec):
    spec(
        """
        patient | day 1
        Ana     |   2
        """,
        score(PAIN).past(days(3)).slope,
        on_day=2,
        gives={"Ana": UNKNOWN},
    )


def test_since_an_anchor_includes_the_day_of_the_anchor(spec):
    spec(
        """
        patient | day 2 | 3 | 5
        Ana     |   9   | 8 | 1
        """,
        score(PAIN).since(PHASE_ENTRY).worst,
        on_day=5,
        entered=3,
        gives={"Ana": 8},
    )


def test_nothing_recorded_later_is_seen(spec):
    spec(
        """
        patient | day 1 | 2 | 3
        Ana     |   2   | 3 | 9
        """,
        score(PAIN).past(days(7)).worst,
        on_day=2,
        gives={"Ana": 3},
    )


def test_sleep_is_worse_when_it_is_higher(spec):
    """The scale asks for the sleep problem: 0 is the best possible sleep, 10 the worst."""
    spec(
        """
        patient | day 1 | 2
        Ana     |   2   | 8
        """,
        score(SLEEP).past(days(2)).worst,
        scale="sleep",
        on_day=2,
        gives={"Ana": 8},
    )


def test_a_fall_is_a_share_of_the_first_day_on_which_the_measure_is_known(spec):
    """Ana's mean of two days is first known on day 1, as 8; Ben never has two days, so he has no baseline."""
    spec(
        """
        patient | day 0 | 1 | 6 | 7
        Ana     |   9   | 7 | 5 | 3
        Ben     |   9   |   |   | 3
        """,
        score(PAIN).past(days(2), needing=2).mean.fall_from(PATHWAY_START),
        on_day=7,
        gives={"Ana": 50, "Ben": UNKNOWN},
    )


def test_a_fall_from_zero_is_unknown(spec):
    spec(
        """
        patient | day 0 | 1
        Ana     |   0   | 3
        """,
        score(PAIN).past(days(1)).mean.fall_from(PATHWAY_START),
        on_day=1,
        gives={"Ana": UNKNOWN},
    )


def test_thirty_percent_of_seven_is_thirty_percent(spec):
    """7 to 4.9 is exactly 30 %; numbers are compared after rounding to nine decimals."""
    spec(
        """
        patient | day 0 | 1
        Ana     |   7   | 4.9
        Ben     |   7   | 5
        """,
        score(PAIN).past(days(1)).mean.fall_from(PATHWAY_START) >= percent(30),
        on_day=1,
        gives={"Ana": "yes", "Ben": "no"},
    )


def test_several_totals_of_a_day_give_way_to_the_last(spec):
    """A questionnaire that was filled in again replaces the one before it, whichever is the higher."""
    form = {"day": 3, "kind": "score", "scale": "gad7"}
    spec(
        {"Ana": [{**form, "time": "morning", "value": 12}, {**form, "time": "evening", "value": 5}]},
        score(INSTRUMENTS["gad7"].scale).past(days(1)).last,
        on_day=3,
        gives={"Ana": 5},
    )


def test_a_baseline_may_look_back_behind_its_anchor(spec):
    """The anchor says on which day the measure is asked for first; its window looks back as on any day."""
    spec(
        """
        patient | day -2 | -1 | 0 | 5 | 6
        Ana     |   8    |  8 |   | 4 | 4
        """,
        score(PAIN).past(days(3), needing=2).mean.fall_from(PATHWAY_START),
        on_day=6,
        gives={"Ana": 50},
    )
