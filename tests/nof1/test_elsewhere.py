"""A trial drawn and lived elsewhere: read, its orders counted, and every table that cannot be read a sentence."""

from __future__ import annotations

import json
from math import comb
from pathlib import Path

import numpy as np
import pytest

from assuage.cli import main
from assuage.errors import InputError, Problems
from assuage.nof1.analyse import analyse_foreign
from assuage.nof1.elsewhere import foreign_layout, foreign_orders, read_foreign_trial
from assuage.nof1.plan import Stopping, outcome_of_option
from assuage.terms.scales import PAIN
from assuage.words.speak import ENGLISH

SHARED = Path(__file__).parents[3] / "shared" / "data" / "hpi_classroom_nof1.csv"
needs_data = pytest.mark.skipif(not SHARED.exists(), reason="the shared data sets are not here")


def table_of(words: str, effect: float = 0.0, days: int = 7, seed: int = 1) -> str:
    """A table in which each letter of `words` is a period of so many days; A adds `effect`."""
    chance = np.random.default_rng(seed)
    rows = ["day,pain,given,note"]
    for day in range(len(words) * days):
        word = words[day // days]
        pain = 5 + chance.normal(0, 0.8) + (effect if word == "A" else 0)
        rows.append(f"{day},{np.clip(np.rint(pain), 0, 10):g},{word},{'rash' if day == 3 else ''}")
    return "\n".join(rows) + "\n"


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> str:
        (tmp_path / "table.csv").write_text(text)
        return str(tmp_path / "table.csv")

    return write


def test_periods_are_the_runs_of_a_word_and_pairs_are_seen(written):
    trial = read_foreign_trial(written(table_of("ABBAAB")), "given", [PAIN], "A", None, length=7)
    assert [period.first for period in trial.periods] == [0, 7, 14, 21, 28, 35]
    assert (trial.control, trial.in_pairs, trial.exposed.tolist()) == (
        "B",
        True,
        [True, False, False, True, True, False],
    )


@pytest.mark.parametrize(
    ("words", "how", "orders"), [("ABBAAB", "pairs", 8), ("AABB", "periods", comb(4, 2))]
)
def test_the_orders_are_those_that_could_have_been_drawn(written, words, how, orders):
    trial = read_foreign_trial(written(table_of(words)), "given", [PAIN], "A", None, length=7)
    found, every = foreign_orders(trial, how)
    assert (len(found), every) == (orders, True)
    assert len({tuple(order) for order in found.tolist()}) == orders
    assert found[0].tolist() == trial.exposed.tolist()


def test_periods_that_are_no_pairs_are_not_taken_for_pairs(written):
    trial = read_foreign_trial(written(table_of("AABB")), "given", [PAIN], "A", None, length=7)
    with pytest.raises(InputError, match="do not come in pairs"):
        foreign_orders(trial, "pairs")


@pytest.mark.parametrize(("effect", "verdict"), [(3.0, "harm"), (-3.0, "benefit")])
def test_an_effect_is_found_in_a_trial_drawn_elsewhere(written, effect, verdict):
    trial = read_foreign_trial(written(table_of("ABBABAAB", effect)), "given", [PAIN], "A", None, length=7)
    made = analyse_foreign(trial, "active", Stopping(), settling=1)
    assert made.primary.verdict == verdict
    assert made.periods[0].notes == ((3, "rash"),)


def test_days_that_settle_are_not_counted(written):
    trial = read_foreign_trial(written(table_of("ABAB")), "given", [PAIN], "A", None)
    layout = foreign_layout(trial, "active", 2, 3)
    assert layout.counted.tolist() == [day % 7 >= 2 for day in range(28)]
    with pytest.raises(InputError, match="none would be left"):
        foreign_layout(trial, "active", 7, 3)


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("", {}, "is empty"),
        ("day,pain\n0,3\n", {}, "given"),
        ("pain,given\n3,A\n", {}, "day"),
        ("day,pain,given\nx,3,A\n", {}, "whole number"),
        ("day,pain,given\n0,11,A\n", {}, "11"),
    ],
)
def test_a_bad_table_is_problems_with_their_place(written, text, options, says):
    with pytest.raises(Problems) as raised:
        read_foreign_trial(written(text), "given", [PAIN], "A", None, **options)
    assert says in " ".join(str(problem.in_words(ENGLISH)) for problem in raised.value.problems)


@pytest.mark.parametrize(
    ("words", "exposure", "control", "says"),
    [
        ("ABC", "A", None, "say which is tried"),
        ("AB", None, None, "say which is tried"),
        ("AB", "X", None, "is not in column"),
        ("AA", "A", None, "say which is tried"),
        ("ABC", "A", "A", "is the exposure itself"),
    ],
)
def test_what_the_column_leaves_open_is_asked(written, words, exposure, control, says):
    with pytest.raises(InputError, match=says):
        read_foreign_trial(written(table_of(words)), "given", [PAIN], exposure, control)


STUDYU = """measurement_time,participant_id,current_day_of_study,current_intervention_name,survey1_question1_text,\
survey1_question1_response
2023-08-03 06:00:00.000Z,p1,2,No tea,How well did you sleep last night?,4
2023-08-02 07:00:00.000Z,p1,1,Herbal tea,How well did you sleep last night?,8
2023-08-02 06:00:00.000Z,p1,1,Herbal tea,How well did you sleep last night?,6
2023-08-01 06:00:00.000Z,p1,0,Herbal tea,How well did you sleep last night?,7
2023-08-01 06:00:00.000Z,p2,0,No tea,How well did you sleep last night?,1
""".replace("\\\n", "")


def test_an_export_of_studyu_is_read_by_its_question_and_the_later_answer_counts(written):
    sleep = outcome_of_option("How well did you sleep last night?=0-10:better")
    trial = read_foreign_trial(
        written(STUDYU), "current_intervention_name", [sleep], "Herbal tea", None, person="p1"
    )
    assert trial.ratings[sleep.code] == {0: 7.0, 1: 8.0, 2: 4.0}
    assert (trial.control, trial.twice) == ("No tea", (1,))
    with pytest.raises(InputError, match="2 people"):
        read_foreign_trial(written(STUDYU), "current_intervention_name", [sleep], "Herbal tea", None)


@needs_data
def test_the_classroom_trial_of_milk_has_the_difference_that_its_authors_printed(capsys):
    """Cold against warm milk, sleep quality: the authors print -1.38 (HPIclassroomNof1trials, MIT)."""
    arguments = ["--order", "intervention", "--outcome", "sleep_quality=0-10:better", "--patient", "5c8fe994"]
    wanted = ["nof1", "analyse", str(SHARED), *arguments, "--exposure", "Cold milk", "--json"]
    assert main(wanted) == 0
    made = json.loads(capsys.readouterr().out)
    even = made["effects"][0]
    assert (even["shape"], made["drawn"], made["randomisation"]["orders"]) == ("even", "pairs", 4)
    assert even["low"] < 1.38 < even["high"] or even["low"] < -1.38 < even["high"]
