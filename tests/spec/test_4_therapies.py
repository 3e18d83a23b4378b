"""Sessions are counted from the record; who would have written them down settles what silence means."""

from math import inf

from assuage.measures.notation import PHASE_ENTRY, records, score, symptom
from assuage.terms.scales import PAIN
from assuage.terms.sites import NECK, OCCIPUT
from assuage.terms.symptoms import PAIN_FELT
from assuage.terms.therapies import DEEP_MASSAGE, EXERCISE, MASSAGE, MECHANICAL, MESOTHERAPY
from assuage.terms.times import days
from tests.spec.engines import UNKNOWN

title = "Therapies: sessions, exposures, silence"


def therapy(day: int, what: str, **more: object) -> dict[str, object]:
    return {"day": day, "kind": "therapy", "what": what, **more}


def told(day: int) -> dict[str, object]:
    """The patient told something that day, not about a therapy."""
    return {"day": day, "kind": "score", "scale": "pain", "value": 3, "by": "patient"}


def test_what_the_clinic_records_did_not_happen_without_a_record(spec):
    spec(
        {"Ana": [therapy(1, "mesotherapy"), therapy(8, "mesotherapy")], "Ben": []},
        records(MESOTHERAPY).since(PHASE_ENTRY).count,
        on_day=9,
        gives={"Ana": 2, "Ben": 0},
    )


def test_what_the_patient_tells_of_is_unknown_while_nothing_was_told(spec):
    """No diary, no answer: silence about a massage is not "no massage"."""
    spec(
        {
            "told, none": [told(7)],
            "told, one": [told(7), therapy(6, "massage", pressure="deep", by="patient")],
            "silent": [],
        },
        records(DEEP_MASSAGE).past(days(7)).absent,
        on_day=7,
        gives={"told, none": "yes", "told, one": "no", "silent": "unknown"},
    )


def test_needing_asks_on_how_many_days_the_patient_told_anything(spec):
    """Any entry by the patient is a word of that day, whatever it is about."""
    spec(
        {"Ana": [told(5), told(6), told(7)], "Ben": [told(7)]},
        records(DEEP_MASSAGE).past(days(7), needing=3).absent,
        on_day=7,
        gives={"Ana": "yes", "Ben": "unknown"},
    )


def test_one_that_is_recorded_counts_even_where_the_rest_is_silence(spec):
    spec(
        {"Ana": [therapy(6, "massage", pressure="deep")]},
        records(DEEP_MASSAGE).past(days(7)).count,
        on_day=7,
        gives={"Ana": (1, inf)},
    )


def test_pressure_decides_whether_a_massage_is_deep(spec):
    """Medium or unrecorded pressure leaves it open: it is counted as possible, and asked about."""
    spec(
        {
            "deep": [told(7), therapy(7, "massage", pressure="deep")],
            "medium": [told(7), therapy(7, "massage", pressure="medium")],
            "light": [told(7), therapy(7, "massage", pressure="light")],
            "not recorded": [told(7), therapy(7, "massage")],
        },
        records(MECHANICAL).past(days(7)).count,
        on_day=7,
        gives={"deep": 1, "medium": (0, 1), "light": 0, "not recorded": (0, 1)},
    )


def test_a_group_counts_each_of_its_parts(spec):
    spec(
        {
            "Ana": [
                told(7),
                therapy(5, "massage"),
                therapy(6, "light massage"),
                therapy(7, "deep tissue massage"),
            ]
        },
        records(MASSAGE).past(days(7)).count,
        on_day=7,
        gives={"Ana": 3},
    )


def test_a_session_counts_at_its_sites_and_is_possible_where_none_were_written_down(spec):
    spec(
        {
            "neck": [therapy(7, "mesotherapy", sites=["neck"])],
            "both": [therapy(7, "mesotherapy", sites=["neck", "occiput_left"])],
            "none written": [therapy(7, "mesotherapy")],
        },
        records(MESOTHERAPY).at(OCCIPUT).past(days(7)).count,
        on_day=7,
        gives={"neck": 0, "both": 1, "none written": (0, 1)},
    )


def test_a_stop_or_a_refusal_is_no_session(spec):
    spec(
        {"Ana": [therapy(1, "kinesiotherapy", do="stop"), therapy(2, "kinesiotherapy")]},
        records(EXERCISE).past(days(7)).count,
        on_day=3,
        gives={"Ana": 1},
    )


def test_the_start_of_a_course_is_a_session_unless_one_of_that_day_stands_beside_it(spec):
    spec(
        {
            "start only": [therapy(1, "kinesiotherapy", do="start")],
            "start and session": [therapy(1, "kinesiotherapy", do="start"), therapy(1, "kinesiotherapy")],
        },
        records(EXERCISE).past(days(7)).count,
        on_day=3,
        gives={"start only": 1, "start and session": 1},
    )


def test_a_rise_is_the_worst_value_soon_after_the_exposure_over_the_week_before(spec):
    """Before: a mean of 3. After, within three days: at worst 8. Day 9 is too late to count."""
    spec(
        """
        patient | day 1 | 2 | 4 | 6 | 9
        Ana     |   2   | 4 | 6 | 8 | 10
        """,
        score(PAIN).at(NECK).rise_after(DEEP_MASSAGE, within=days(3)),
        site="neck",
        also=[therapy(4, "massage", pressure="deep")],
        on_day=9,
        gives={"Ana": 5},
    )


def test_a_rise_is_unknown_without_values_on_both_sides(spec):
    spec(
        {
            "no exposure": [],
            "nothing before": [therapy(4, "deep tissue massage")],
            "not sure it was deep": [therapy(4, "massage")],
        },
        score(PAIN).rise_after(DEEP_MASSAGE, within=days(3)),
        also=[{"day": 5, "kind": "score", "scale": "pain", "value": 8}],
        on_day=9,
        gives={"no exposure": UNKNOWN, "nothing before": UNKNOWN, "not sure it was deep": UNKNOWN},
    )


def test_worse_after_an_exposure_goes_by_what_was_said(spec):
    massage = therapy(4, "massage", pressure="deep")

    def said(day: int, state: str) -> dict[str, object]:
        return {"day": day, "kind": "symptom", "what": "pain", "state": state, "site": "neck"}

    spec(
        {
            "worse": [massage, said(5, "worse")],
            "better": [massage, said(5, "better")],
            "too late": [massage, said(9, "worse")],
            "nothing said": [massage],
        },
        symptom(PAIN_FELT).worse_after(DEEP_MASSAGE, within=days(3)),
        on_day=9,
        gives={"worse": "yes", "better": "no", "too late": "unknown", "nothing said": "unknown"},
    )


def test_a_start_stands_beside_a_session_of_any_part_of_the_group_that_is_asked_about(spec):
    """Whether or not the session is sure to be one. Several starts of a day without a session count each."""
    spec(
        {
            "another part": [therapy(1, "kinesiotherapy", do="start"), therapy(1, "graded exercise")],
            "two starts": [
                therapy(1, "kinesiotherapy", do="start"),
                therapy(1, "graded exercise", do="start"),
            ],
            "outside the group": [therapy(1, "kinesiotherapy", do="start"), therapy(1, "yoga")],
        },
        records(EXERCISE).past(days(7)).count,
        on_day=3,
        gives={"another part": 1, "two starts": 2, "outside the group": 1},
    )


def test_which_exposure_was_the_latest_is_unknown_where_the_last_session_may_have_been_another_therapy(spec):
    sore = {"day": 3, "kind": "score", "scale": "pain", "value": 3}
    sure = [sore, therapy(4, "massage", pressure="deep"), {**sore, "day": 5, "value": 8}]
    spec(
        {
            "sure": sure,
            "then a light one": [*sure, therapy(8, "massage", pressure="light")],
            "then one that may have been deep": [*sure, therapy(8, "massage")],
        },
        score(PAIN).rise_after(DEEP_MASSAGE, within=days(3)),
        on_day=9,
        gives={"sure": 5, "then a light one": 5, "then one that may have been deep": UNKNOWN},
    )


def test_what_is_known_to_have_been_said_before_the_exposure_is_no_answer_to_it(spec):
    """On its own day: where either has no time, what was said may have come after."""
    massage = therapy(4, "massage", pressure="deep", time="12:00")
    worse = {"day": 4, "kind": "symptom", "what": "pain", "state": "worse"}
    spec(
        {
            "before": [massage, {**worse, "time": "08:00"}],
            "after": [massage, {**worse, "time": "20:00"}],
            "no time": [massage, worse],
        },
        symptom(PAIN_FELT).worse_after(DEEP_MASSAGE, within=days(3)),
        on_day=9,
        gives={"before": "unknown", "after": "yes", "no time": "yes"},
    )
    before = {"day": 3, "kind": "score", "scale": "pain", "value": 3}
    later = {"day": 4, "kind": "score", "scale": "pain", "value": 8}
    spec(
        {
            "before": [before, massage, {**later, "time": "08:00"}],
            "after": [before, massage, {**later, "time": "20:00"}],
            "no time": [before, massage, later],
        },
        score(PAIN).rise_after(DEEP_MASSAGE, within=days(3)),
        on_day=9,
        gives={"before": UNKNOWN, "after": 5, "no time": 5},
    )
