"""What an editor stumbled over: exposures that were left out, a pregnancy as a history, a scale with a comma, whose."""

from __future__ import annotations

from tests.report_care.test_manuscript import of

NIGHT = {"kind": "exposure", "name": "night shift", "by": "patient"}
COFFEE = {"kind": "exposure", "name": "coffee", "unit": "cups", "by": "patient"}
PAIN = {"kind": "score", "scale": "pain", "site": "neck", "by": "patient"}


def test_a_factor_is_told_by_the_days_on_which_it_was_there_of_those_for_which_it_was_recorded():
    days = [{**NIGHT, "day": day, "state": state} for day, state in ((1, "present"), (2, "absent"))]
    cups = [{**COFFEE, "day": day, "amount": amount} for day, amount in ((1, 2), (2, 4), (3, 0))]
    told = of(*days, *cups, section=10)
    assert "The patient noted night shift on 1 of the 2 days for which it was recorded." in told
    assert "The patient noted coffee (2–4 cups) on 2 of the 3 days for which it was recorded." in told


def test_a_factor_that_never_was_there_is_told_and_one_that_nobody_asked_about_is_not():
    told = of({**NIGHT, "day": 1, "state": "absent"}, section=10)
    assert "The patient noted no night shift on the one day for which it was recorded." in told
    assert "night shift" not in of({**NIGHT, "day": 1, "state": "not_asked"}, section=10)


def test_a_rating_of_the_patient_s_own_has_its_first_and_its_last_value():
    rating = {"kind": "rating", "name": "heaviness", "lowest": 0, "highest": 10, "by": "patient"}
    told = of({**rating, "day": 1, "value": 7}, {**rating, "day": 31, "value": 3}, section=10)
    assert "On a scale of the patient’s own, heaviness was 7 on day 1 and 3 on day 31." in told


def test_a_pregnancy_is_a_state_and_no_history_and_of_a_man_nobody_says_that_there_is_none():
    absent = {"day": -5, "kind": "finding", "what": "pregnancy", "state": "absent", "method": "history"}
    woman = of(absent, sex="female")
    assert "The patient was not pregnant" in woman
    assert "history of pregnancy" not in woman
    assert "pregnan" not in of(absent, sex="male")
    present = {"day": 2, "kind": "finding", "what": "pregnancy", "state": "present"}
    assert "The patient was pregnant on day 2." in of(present, sex="female")


def test_what_stands_behind_the_comma_of_a_title_stands_in_brackets_in_a_sentence():
    answered = {"day": 0, "kind": "score", "scale": "phq9", "value": 14}
    assert "The PHQ-9 (depression) was 14 on day 0" in of(answered, section=8)
    assert "PHQ-9 (depresija)" in of(answered, section=8, lang="lt")


def test_what_was_sought_is_of_his_or_her_own_initiative_where_the_sex_is_known():
    sought = {"day": 3, "kind": "therapy", "what": "massage", "by": "patient"}
    for sex, whose in (("female", "her"), ("male", "his"), (None, "their")):
        assert f"on {whose} own initiative" in of(sought, section=9, sex=sex)


def test_the_abstract_has_the_pain_at_both_ends():
    told = of({**PAIN, "day": 0, "value": 7}, {**PAIN, "day": 60, "value": 4}, section=3)
    assert "Pain in the neck was rated 7 on day 0 and 4 on day 60." in told


def test_no_more_is_denied_than_was_written():
    absent = {"day": 0, "kind": "finding", "what": "diabetes", "state": "absent", "method": "history"}
    told = of(absent, lang="lt")
    assert "imunosupresija" not in told
    assert "„diabetes“" in told
