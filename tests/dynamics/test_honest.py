"""What cannot be known gets a sentence, never a number; what was sought is an association; few say what they show."""

from __future__ import annotations

import numpy as np
import pytest

from assuage.dynamics.dependence import dependence
from assuage.dynamics.diary import Diary, Exposures
from assuage.dynamics.estimate import estimate
from assuage.dynamics.many import batch_of_simulated, diaries_of
from assuage.dynamics.reading import diary_of_record, diary_of_text
from assuage.dynamics.scenarios import SCENARIOS
from assuage.dynamics.simulate import simulate
from assuage.dynamics.triggers import triggers
from assuage.errors import InputError, Problems
from assuage.record.read import read_record
from assuage.review.compared_days import comparison_reasons
from assuage.terms.scales import PAIN
from assuage.words.speak import ENGLISH


def a_diary(ratings, massage, **more) -> Diary:
    values = np.array(ratings, dtype=float)
    return Diary("Ana", PAIN, values[:, None], {"massage": Exposures(np.array(massage, dtype=float))}, **more)


def noise(days: int, seed: int = 0):
    return np.clip(np.round(np.random.default_rng(seed).normal(5, 1.5, days)), 1, 9)


DAYS = 60
SOME = [float(day % 9 == 4) for day in range(DAYS)]
BAD = {
    "never recorded": (noise(DAYS), [0.0] * DAYS, "massage was never recorded in these 60 days."),
    "every day": (
        noise(DAYS),
        [1.0] * DAYS,
        "No day, or only one, was recorded as one without massage",
    ),
    "constant": ([4.0] * DAYS, SOME, "pain is 4 on every rated day"),
    "one day": ([4.0], [1.0], "1 rating of pain"),
    "all missing": ([np.nan] * DAYS, SOME, "There is no pain rating in this diary."),
    "a week": (noise(7), SOME[:7], "7 ratings of pain are too few"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_diary_that_can_say_nothing_gets_one_sentence_and_no_number(name):
    ratings, massage, sentence = BAD[name]
    found = triggers(a_diary(ratings, massage))
    assert ENGLISH.say(found.refusals[0]).startswith(sentence)
    assert {(one.state, one.estimate, one.lfsr) for one in found.effects} == {("not estimable", None, None)}
    assert (found.noise, found.days) == (None, ())


def test_a_diary_without_exposures_says_so():
    found = triggers(Diary("Ana", PAIN, noise(40)[:, None], {}))
    (refusal,) = found.refusals
    assert ENGLISH.say(refusal) == "No exposure was named or recorded, so there is nothing to compare."


def test_two_exposures_that_always_go_together_share_one_verdict():
    both = Exposures(np.array(SOME))
    found = triggers(Diary("Ana", PAIN, noise(DAYS)[:, None], {"massage": both, "wine": both}))
    alone = triggers(Diary("Ana", PAIN, noise(DAYS)[:, None], {"massage": both}))
    assert (
        found.verdict_of("wine").word == found.verdict_of("massage").word == alone.verdict_of("massage").word
    )
    assert found.of("wine").estimate == found.of("massage").estimate == alone.of("massage").estimate
    assert found.comparison_of("wine").with_others == ("massage",)


def test_one_exposure_is_not_enough():
    massage = np.zeros(DAYS)
    massage[20] = 1
    found = triggers(a_diary(noise(DAYS), massage))
    assert found.of("massage", 1).state == "not estimable"
    because = found.of("massage").because
    assert because is not None
    assert (
        ENGLISH.say(because)
        == "There is only one rating over the three days after it that could be used; two are the least."
    )


def test_a_value_off_the_scale_is_refused_with_its_day():
    ratings = noise(DAYS)
    ratings[7] = 11
    with pytest.raises(InputError, match="pain is scored 0 to 10; another value stands on day 7"):
        a_diary(ratings, SOME)


def test_a_csv_file_gives_every_bad_cell_and_every_day_that_stands_twice():
    text = "day,pain,massage\n0,5,no\n1,11,yes\n1,4,no\nx,3,perhaps\n"
    with pytest.raises(Problems) as caught:
        diary_of_text(text, "d.csv", exposures=["massage"])
    assert [problem.place for problem in caught.value.problems] == ["row 4 day", "row 5 day"]
    with pytest.raises(Problems) as caught:
        diary_of_text("day,pain,massage\n0,5,no\n1,11,perhaps\n", "d.csv", exposures=["massage"])
    assert [str(problem) for problem in caught.value.problems] == [
        "row 3 pain: must be 0 to 10, so 11 cannot be right",
        "row 3 massage: must be a number, yes, no, or blank",
    ]


@pytest.mark.parametrize("text", ["", "day,pain\n", "pain,massage\n3,yes\n", "day,massage\n1,yes\n"])
def test_a_csv_file_that_is_no_diary_is_a_problem_not_a_crash(text):
    with pytest.raises((Problems, InputError)):
        diary_of_text(text, "d.csv")


def test_a_blank_exposure_is_unknown_and_costs_no_rating():
    rows = [f"{day},{int(value)},{'yes' if day % 7 == 3 else 'no'}" for day, value in enumerate(noise(40))]
    whole = triggers(diary_of_text("day,pain,massage\n" + "\n".join(rows), "d.csv"))
    rows[20] = rows[20].rsplit(",", 1)[0] + ","
    blank = triggers(diary_of_text("day,pain,massage\n" + "\n".join(rows), "d.csv"))
    assert whole.used == blank.used
    assert whole.of("massage", 1).exposed == blank.of("massage", 1).exposed


def test_a_range_is_no_rating_and_the_diary_of_the_case_is_too_thin():
    diary = diary_of_record(read_record("examples/case.yaml"))
    assert "massage" in diary.exposures
    found = triggers(diary)
    assert "too few" in ENGLISH.say(found.refusals[0])


def test_what_is_sought_on_bad_days_is_an_association_and_the_patient_is_told():
    found = [triggers(diary) for diary in diaries_of(simulate(SCENARIOS["seek-same-day"], 20, 5))]
    downgraded = [one for one in found if one.effects[0].state == "association only"]
    assert len(downgraded) >= 12
    assert all("sought when high" in one.effects[0].flags for one in downgraded)
    assert sum(one.compared[0].same_day is not None for one in found) >= 12


@pytest.mark.parametrize(("scenario", "least"), [("seek-yesterday", 12), ("seek-same-day", 0), ("base", 0)])
def test_that_it_is_sought_is_said_only_where_the_outcome_was_high_the_day_before(scenario, least):
    found = [triggers(diary) for diary in diaries_of(simulate(SCENARIOS[scenario], 20, 5))]
    told = [
        any(
            "You tend to have" in ENGLISH.say(reason)
            for reason in comparison_reasons(one.compared[0], "pain")
        )
        for one in found
    ]
    assert told == [one.compared[0].before is not None for one in found]
    assert sum(told) >= least


def test_what_is_fixed_beforehand_may_have_its_lag_0():
    one = Exposures(np.array(SOME), fixed=True)
    found = triggers(Diary("Ana", PAIN, noise(DAYS)[:, None], {"massage": one}))
    assert [effect.lag for effect in found.effects] == [0, 1, 2, 3, -1]
    assert "association only" not in {effect.state for effect in found.effects}


def test_times_of_day_make_lag_0_estimable_and_without_them_it_stays_out():
    timed = diaries_of(simulate(SCENARIOS["half-daily"], 1, 1))[0]
    assert [effect.lag for effect in triggers(timed).effects] == [0, 1, 2, 3, -1]
    untimed = Diary(
        timed.patient, PAIN, timed.ratings, {"massage": Exposures(timed.exposures["exposure 1"].days)}
    )
    assert [effect.lag for effect in triggers(untimed).effects] == [1, 2, 3, -1]


def test_few_exposures_say_what_they_can_show():
    massage = np.zeros(DAYS)
    massage[[15, 30, 45]] = 1
    found = triggers(a_diary(noise(DAYS), massage))
    assert "few exposures" in found.of("massage").flags
    assert "with so few occasions this diary would show only differences of about" in " ".join(
        ENGLISH.say(note) for note in found.notes
    )


def test_factors_that_are_as_seldom_as_each_other_are_told_together():
    seldom = {
        f"factor {n}": Exposures(np.array([float(day % 19 == n) for day in range(DAYS)])) for n in range(4)
    }
    notes = triggers(Diary("Ana", PAIN, noise(DAYS)[:, None], seldom)).notes
    told = [note for note in notes if note.id == "triggers.few-occasions"]
    assert len({note.value("detectable") for note in told}) == len(told) > 0


def test_the_same_diary_and_seed_give_the_same_findings_and_the_batch_makes_no_difference():
    made = simulate(SCENARIOS["ceiling"], 3, 4)
    alone = [triggers(one) for one in diaries_of(made)]
    assert alone == [triggers(one) for one in diaries_of(made)]
    together = estimate(batch_of_simulated(made))
    for i, one in enumerate(alone):
        np.testing.assert_allclose([effect.estimate for effect in one.effects], together.numbers[i, :, 0])


def test_the_massage_paradox_is_seen_where_a_phase_divides_the_diary_and_unknown_where_a_side_is_empty():
    diary = diaries_of(simulate(SCENARIOS["paradox"], 1, 1))[0]
    found = dependence(diary, "exposure 1", "later phase")
    assert found.answer == "depends"
    assert found.difference == pytest.approx(2, abs=1.5)
    before = np.where(diary.phases["later phase"] > 0, 0.0, diary.exposures["exposure 1"].days)
    one_sided = Diary("Ana", PAIN, diary.ratings, {"massage": Exposures(before)}, phases=diary.phases)
    assert dependence(one_sided, "massage", "later phase").answer == "no exposure in one state"


def test_without_a_phase_the_state_is_guessed_from_the_past_and_the_text_says_so():
    diary = diaries_of(simulate(SCENARIOS["base"], 1, 1))[0]
    assert "guessed from past ratings" in ENGLISH.say(dependence(diary, "exposure 1").why)
