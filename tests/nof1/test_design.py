"""The plan of a re-challenge: what it refuses, what its draw promises, what it can show."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.cli import main
from assuage.errors import InputError, Problems
from assuage.nof1 import checklists, order, plan_file
from assuage.nof1.plan import PainProcess, Stopping, TrialPlan, outcome_of_option
from assuage.nof1.power import formula, pairs_needed, pairs_of_trial, simulate_trials
from assuage.nof1.registration import register, registered_message, registration_of
from assuage.terms.scales import PAIN
from assuage.words.speak import ENGLISH, catalogue

CASE = Path(__file__).parents[2] / "examples" / "case.yaml"
DEFAULT = TrialPlan("deep massage", PAIN)
NEXT_DAY = (0.0, 2.0, 1.0, 0.5)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"gap": 3}, "--gap 3"),
        ({"run_in": 0}, "--run-in 0"),
        ({"effect": 0.0}, "--effect 0"),
        ({"effect": float("nan")}, "--effect nan"),
        ({"exposure": " "}, "--exposure is empty"),
        ({"stopping": Stopping(pairs=1, first=1)}, "--pairs 1"),
        ({"stopping": Stopping(sure=0.5)}, "--sure 0.5"),
        ({"stopping": Stopping(sure_last=0.5)}, "--sure-last 0.5"),
        ({"stopping": Stopping(sure=0.95, sure_last=0.97)}, "--sure-last 0.97"),
        ({"response": 8}, "--response 8"),
        ({"response": 7, "gap": 7}, "--gap 7"),
        ({"settling": 2}, "--washout 2"),
        ({"schedule": "blocks", "gap": 5, "settling": 4}, "--gap 5"),
        ({"control": "Deep massage"}, "is the exposure itself"),
        ({"others": (PAIN,)}, "names one outcome twice"),
        ({"assumed": PainProcess(sigma=0.0)}, "--sigma 0"),
        ({"assumed": PainProcess(phi=1.0)}, "--phi 1"),
        ({"stopping": Stopping(pairs=24), "gap": 30}, "more than 730"),
    ],
)
def test_a_plan_that_cannot_work_is_refused_in_the_words_of_its_options(changes, says):
    with pytest.raises(InputError, match=says.replace("(", r"\(")):
        replace(DEFAULT, **changes)


@given(st.text(max_size=20), st.integers(2, 24))
@settings(max_examples=50)
def test_the_same_seed_draws_the_same_order_and_its_seal_is_the_plans(seed, pairs):
    planned = replace(DEFAULT, stopping=Stopping(pairs=pairs, first=2))
    sealed, drawn = order.draw(planned, seed)
    assert order.draw(planned, seed) == (sealed, drawn)
    assert order.order_of(order.to_json(drawn, sealed), "order.json", sealed) == drawn
    assert plan_file.plan_of(json.loads(json.dumps(plan_file.to_json(sealed))), "plan.json") == replace(
        sealed, control_is="nothing"
    )


def test_each_pair_has_one_day_of_each_and_about_half_begin_with_the_exposure():
    firsts = []
    for seed in range(400):
        sealed, drawn = order.draw(DEFAULT, str(seed))
        days = sorted((*drawn.exposed(sealed), *drawn.controls(sealed)))
        assert days == sorted(day for pair in range(12) for day in sealed.occasions(pair))
        firsts += drawn.first
    assert 0.47 < sum(firsts) / len(firsts) < 0.53


def test_an_order_that_was_changed_is_refused():
    sealed, drawn = order.draw(DEFAULT, "7")
    changed = order.to_json(replace(drawn, first=tuple(not one for one in drawn.first)), sealed)
    with pytest.raises(InputError, match="its seal differs"):
        order.order_of(changed, "order.json", sealed)


OLD = Path(__file__).parent / "plan-format-1.json"


def test_a_plan_of_format_1_is_read_as_the_question_it_asked():
    read = plan_file.plan_of(json.loads(OLD.read_text()), "plan.json")
    assert (read.stopping.asks, read.stopping.sure, read.stopping.first) == ("harm", 0.991, 2)
    assert (read.kind_of_control, read.schedule, read.response, read.others) == ("nothing", "sessions", 3, ())


@pytest.mark.parametrize(
    ("text", "low", "high", "higher_is"),
    [("pain", 0, 10, "worse"), ("mood=0-100:better", 0, 100, "better"), ("walking=0-60", 0, 60, "worse")],
)
def test_an_outcome_may_be_one_of_the_patients_own_with_its_ends(text, low, high, higher_is):
    scale = outcome_of_option(text)
    assert (scale.low, scale.high, scale.higher_is) == (low, high, higher_is)


@pytest.mark.parametrize("text", ["mood", "mood=", "mood=5-1", "mood=0-10:up", "pain=0-100", "=0-10"])
def test_an_outcome_without_a_range_or_against_our_table_is_refused(text):
    with pytest.raises(InputError):
        outcome_of_option(text)


@pytest.mark.parametrize(
    "value", [None, [], {}, {"format": "assuage-nof1/1"}, {"format": "assuage-nof1/2"}, {"format": "x"}]
)
def test_what_is_no_plan_is_a_problem_and_never_a_traceback(value):
    with pytest.raises(Problems):
        plan_file.plan_of(value, "plan.json")


# Pairs for 80 % power, two-sided 5 %, 7 days apart, 10 % missing: the method's own table (its grid of pairs is
# 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30). Ours has a weekly cycle too, so a gap of 8 days is compared.
@pytest.mark.parametrize(
    ("sigma", "phi", "kappa", "effect", "pairs"),
    [
        (1.2, 0.43, 0.38, 1.0, 15),
        (1.2, 0.43, 0.38, 2.0, 3),
        (1.6, 0.50, 0.13, 1.5, 10),
        (1.6, 0.50, 0.13, 2.0, 5),
        (2.0, 0.50, 0.20, 2.0, 8),
        (2.0, 0.50, 0.20, 3.0, 4),
    ],
)
def test_the_formula_needs_about_the_pairs_of_the_published_sums(sigma, phi, kappa, effect, pairs):
    planned = replace(DEFAULT, effect=effect, assumed=PainProcess(sigma, phi, kappa))
    needed = pairs_needed(planned)
    assert needed is not None
    assert abs(needed - pairs) <= max(1, 0.25 * pairs)


def test_light_touch_as_control_needs_more_pairs_than_rest():
    touched = replace(DEFAULT, control="light touch")
    assert formula(touched, 6) < formula(DEFAULT, 6)


# A small part of `make study-nof1`, with the slack of its size (1.64 standard errors).
def test_where_nothing_is_true_harm_and_benefit_are_called_in_at_most_a_twentieth_each():
    made = simulate_trials(DEFAULT, 0.0, 300, 41_915)
    slack = 1.64 * (0.05 * 0.95 / 300) ** 0.5
    assert max(made.harm, made.benefit) <= 0.05 + slack


@pytest.mark.parametrize("course", [(2.0, 1.0), NEXT_DAY, (0.0, 0.0, 0.0, 0.0, 2.0, 2.0)])
def test_harm_of_two_points_is_found_on_whatever_day_it_comes_and_never_called_safe(course):
    made = simulate_trials(DEFAULT, 2.0, 120, 41_915, days=course)
    assert made.harm >= 0.90 - 1.64 * (0.9 * 0.1 / 120) ** 0.5
    assert made.safe == 0.0


def test_a_benefit_of_two_points_is_found_in_nine_of_ten_trials():
    made = simulate_trials(DEFAULT, -2.0, 120, 41_915)
    assert made.benefit >= 0.90 - 1.64 * (0.9 * 0.1 / 120) ** 0.5


def test_a_trial_that_asks_for_harm_never_calls_a_benefit():
    asked = replace(DEFAULT, stopping=Stopping(asks="harm"))
    helps, nothing = (simulate_trials(asked, effect, 40, 41_915) for effect in (-2.0, 0.0))
    assert (helps.harm, helps.benefit, nothing.benefit) == (0.0, 0.0, 0.0)
    assert nothing.safe > 0.3


BLOCKS = TrialPlan(
    "drug A", PAIN, "drug B", -2.0, 14, stopping=Stopping(pairs=6), schedule="blocks", settling=4
)


def test_two_drugs_in_blocks_are_told_apart_and_what_washes_out_is_not_counted():
    made = simulate_trials(BLOCKS, -2.0, 60, 41_915)
    carried = simulate_trials(BLOCKS, 2.0, 60, 41_915, days=(2.0, 2.0, 2.0, 2.0))
    assert made.benefit >= 0.9
    assert carried.harm <= 0.15


def test_the_same_seed_simulates_the_same_trials():
    assert simulate_trials(DEFAULT, 1.0, 30, 3) == simulate_trials(DEFAULT, 1.0, 30, 3)


def test_the_bound_falls_from_the_first_look_to_the_last():
    stop = Stopping(pairs=12, first=3)
    bounds = [round(stop.sure_at(pairs), 3) for pairs in (3, 6, 9, 12, 13)]
    assert bounds == [0.995, 0.984, 0.948, 0.845, 0.845]


def test_a_bound_given_once_holds_at_every_look_and_is_written_once():
    planned = replace(DEFAULT, stopping=Stopping(sure=0.93, sure_last=0.93))
    written = plan_file.to_json(planned)
    assert "sure_last" not in written["stopping"]
    assert plan_file.plan_of(written, "plan.json").stopping.sure_at(3) == 0.93


def test_beside_a_sham_a_trial_needs_about_twice_the_pairs_of_rest():
    rest, sham = (pairs_of_trial(replace(DEFAULT, control=control)) for control in ("rest", "light touch"))
    assert (rest, sham) == (6, 12)


def test_the_protocol_says_that_deep_massage_cannot_be_blinded_and_when_to_stop():
    said = {item.number: str(ENGLISH.say(item.text)) for item in checklists.spent(DEFAULT)}
    of_blocks = {item.number: str(ENGLISH.say(item.text)) for item in checklists.spent(BLOCKS)}
    assert "Nobody can be blinded" in said["17a"]
    assert "Both are treatments" in of_blocks["17a"]
    assert "the patient wishes it" in said["11b"]
    assert said["24"] == str(ENGLISH.say(checklists.OPEN))


def test_design_writes_the_plan_and_keeps_the_order_apart(tmp_path, capsys):
    arguments = [
        "nof1",
        "design",
        "--exposure",
        "deep massage",
        "--trials",
        "0",
        "-o",
        str(tmp_path / "trial"),
    ]
    assert main(arguments) == 0
    written = {one.name: one.read_text() for one in (tmp_path / "trial").iterdir()}
    kept = json.loads((tmp_path / "trial-order.json").read_text())
    assert set(written) == {"plan.json", "registration.json", "protocol.md", "diary.csv"}
    assert not any(kept["seed"] in text or kept["first"] in text for text in written.values())
    assert stat.S_IMODE((tmp_path / "trial-order.json").stat().st_mode) == 0o600
    capsys.readouterr()
    assert main(arguments) == 2
    assert "drawing again would be no draw" in capsys.readouterr().err


def test_an_order_in_the_folder_of_the_plan_is_refused(tmp_path, capsys):
    out = tmp_path / "trial"
    order_file = str(out / "order.json")
    arguments = [
        "nof1",
        "design",
        "--exposure",
        "massage",
        "--trials",
        "0",
        "-o",
        str(out),
        "--order",
        order_file,
    ]
    assert main(arguments) == 2
    assert "keep the order apart" in capsys.readouterr().err


def test_the_published_case_is_told_not_now_while_its_red_flag_stands(capsys):
    assert main(["nof1", "design", str(CASE), "--exposure", "deep massage", "--trials", "0", "--json"]) == 1
    forbids = json.loads(capsys.readouterr().out)["forbids"]
    assert any("New numbness" in one for one in forbids)


def test_what_may_not_begin_is_not_planned_unless_asked_all_the_same(tmp_path: Path, capsys):
    asked = ["nof1", "design", str(CASE), "--exposure", "deep massage", "--trials", "0"]
    written = ["-o", str(tmp_path / "plan")]
    assert main([*asked, *written]) == 1
    told = capsys.readouterr()
    assert told.out.startswith("Not now: ")
    assert len(told.out.splitlines()) <= 3
    assert "--anyway" in told.err
    assert not (tmp_path / "plan").exists()
    assert main([*asked, *written, "--anyway"]) == 1
    assert (tmp_path / "plan" / "plan.json").exists()
    assert capsys.readouterr().out.startswith("Not now: ")


def _diary_of(phi: float, sd: float, days: int = 180) -> str:
    chance = np.random.default_rng(4)
    noise = np.zeros(days)
    for day in range(1, days):
        noise[day] = phi * noise[day - 1] + chance.normal(0, sd * np.sqrt(1 - phi**2))
    rows = [f"{day},{np.clip(np.rint(4 + noise[day]), 0, 10):g},{int(day % 17 == 9)}" for day in range(days)]
    return "day,pain,massage\n" + "\n".join(rows) + "\n"


def _designed(tmp_path, capsys, *more: str) -> dict:
    (tmp_path / "own.csv").write_text(_diary_of(0.6, 1.5))
    wanted = ["nof1", "design", "--exposure", "massage", "--trials", "0", "--json", *more]
    assert main(wanted) == 0
    return json.loads(capsys.readouterr().out)["assumed"]


def test_the_noise_may_be_that_of_the_patients_own_diary_and_says_whose_it_is(tmp_path, capsys):
    found = _designed(tmp_path, capsys, "--noise-from", str(tmp_path / "own.csv"))
    assert found["sigma"] == pytest.approx(1.5, abs=0.3)
    assert found["phi"] == pytest.approx(0.6, abs=0.2)
    assert found["whose"] == "the patient's own: posterior means from 180 rated days of own.csv"


def test_what_is_said_outranks_the_diary_and_is_told_apart(tmp_path, capsys):
    found = _designed(tmp_path, capsys, "--noise-from", str(tmp_path / "own.csv"), "--sigma", "2")
    assert (found["sigma"], found["whose"].endswith("sigma: as given")) == (2.0, True)


def test_without_a_diary_the_numbers_are_those_of_simulated_diaries(tmp_path, capsys):
    found = _designed(tmp_path, capsys)
    assert (found["sigma"], found["whose"]) == (1.4, "those of simulated diaries, not of this patient")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("day,pain\n0,3\n1,4\n", "rated on 2 days"),
        ("day,pain\n" + "\n".join(f"{day},5" for day in range(40)), "every rated day"),
    ],
)
def test_a_diary_that_tells_nothing_of_its_noise_is_refused_in_a_sentence(tmp_path, capsys, text, says):
    (tmp_path / "own.csv").write_text(text)
    assert main(["nof1", "design", "--exposure", "massage", "--noise-from", str(tmp_path / "own.csv")]) == 2
    assert says in capsys.readouterr().err


def test_a_protocol_says_that_harm_is_suspected_and_not_that_it_followed():
    asked = replace(DEFAULT, stopping=Stopping(asks="harm"))
    why = {item.number: str(ENGLISH.say(item.text)) for item in checklists.spent(asked)}["6a.2"]
    assert "is suspected of making" in why
    assert "followed" not in why


@pytest.mark.parametrize("language", ["en", "lt"])
def test_every_item_of_both_checklists_is_said_in_every_language(language):
    say = catalogue(language).say
    made = checklists.spent(DEFAULT)
    assert len(made) == len({item.number for item in made}) == 52
    assert all(str(say(item.name)) and str(say(item.text)) for item in made)


AT = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)


def test_a_registration_holds_when_it_was_drawn_and_a_hash_that_any_change_breaks():
    sealed, _ = order.draw(DEFAULT, "7")
    made = register(sealed, False, AT)
    assert made.drawn_at == "2027-01-04T09:30:00+00:00"
    assert registration_of(made.to_json(), "registration.json") == made
    for key, value in (("drawn_at", "2026-01-04T09:30:00+00:00"), ("earlier", []), ("seed_given", True)):
        changed = made.to_json() | {key: value}
        if changed != made.to_json():
            with pytest.raises(Problems):
                registration_of(changed, "registration.json")


def test_a_plan_changed_after_its_draw_and_another_published_hash_are_refused():
    sealed, _ = order.draw(DEFAULT, "7")
    made = register(sealed, False, AT)
    assert "as published" in str(ENGLISH.say(registered_message(made, sealed, made.digest)))
    with pytest.raises(InputError, match="changed after the draw"):
        registered_message(made, replace(sealed, response=5), None)
    with pytest.raises(InputError, match="drawn again"):
        registered_message(made, sealed, "0" * 64)


def test_a_draw_that_is_repeated_in_the_same_place_is_seen(tmp_path, capsys):
    wanted = ["nof1", "design", "--exposure", "massage", "--trials", "0", "-o", str(tmp_path / "trial")]
    assert main(wanted) == 0
    first = json.loads((tmp_path / "trial" / "registration.json").read_text())
    assert main([*wanted, "--force"]) == 0
    again = json.loads((tmp_path / "trial" / "registration.json").read_text())
    assert [draw["digest"] for draw in again["earlier"]] == [first["publish"]]
    assert again["publish"] in capsys.readouterr().err


def test_the_checklists_have_every_item_of_their_papers():
    """CENT 2015 has 25 items in 44 parts, by its own abstract; SPENT 2019 numbers 33 as SPIRIT does."""
    of_cent = {int(number.split(".")[0].rstrip("abcd")) for number in checklists.CENT_ITEMS}
    of_spent = {int(number.split(".")[0].rstrip("abcd")) for number in checklists.SPENT_ITEMS}
    assert (of_cent, len(set(checklists.CENT_ITEMS))) == ({*range(1, 26)}, 44)
    assert of_spent == {*range(1, 34)}
