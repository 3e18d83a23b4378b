"""The session planner: the report's mixture, ceilings, what is unknown, what is off."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from assuage.record.entries import Needle
from assuage.report.session import session_lines
from assuage.safety.planned_session import Ampoule, Planned, session_problems
from assuage.safety.regimen_text import read_regimen
from assuage.safety.session import SessionPlan, plan_session
from assuage.safety.session_read import read_plan
from assuage.terms.answers import NO, UNKNOWN, YES
from assuage.words.speak import ENGLISH, describe

KETOPROFEN = Ampoule("ketoprofen", "ketoprofen", 2, 100)
LIDOCAINE = Ampoule("lidocaine", "lidocaine", 2, 40)
SALINE = Ampoule("sodium_chloride_09", "saline", 6)
REPORT = Planned((KETOPROFEN, LIDOCAINE, SALINE), needle=Needle(30, 4))


def tiers(plan: SessionPlan) -> dict[str, str]:
    return {alert.id: alert.tier for alert in plan.alerts}


def technique(plan: SessionPlan) -> dict[str, Any]:
    return {check.what.english: check.answer for check in plan.technique}


def test_the_mixture_of_the_report():
    plan = plan_session(replace(REPORT, weight_kg=70))
    ketoprofen, lidocaine = plan.drugs
    assert plan.total_ml == 10
    assert (ketoprofen.mg_per_ml, lidocaine.mg_per_ml) == (10, 4)
    assert (plan.deposits.fewest, plan.deposits.most) == (50, 100)
    assert (ketoprofen.share, lidocaine.share) == (Fraction(1, 2), Fraction(1, 5))
    assert ketoprofen.per_point_mg == (1, 2)
    assert lidocaine.per_point_mg == (Fraction(2, 5), Fraction(4, 5))
    assert lidocaine.mg_per_kg == Fraction(4, 7)
    assert (lidocaine.mg_per_kg_limit, ketoprofen.mg_per_kg_limit) == (Fraction(9, 2), None)
    assert plan.saline_mg_per_ml == Fraction(54, 10)
    assert plan.excipients_mg_per_ml == {"propylene_glycol": 80, "ethanol": 20, "benzyl_alcohol": 4}
    assert plan.deposits.grid == ((100, 2, 400), (100, 3, 900), (50, 2, 200), (50, 3, 450))
    assert plan.deposits.area_cm2 == (200, 900)


def test_racemic_ketoprofen_with_lidocaine_is_unverified_and_dexketoprofen_is_label_backed():
    plan = plan_session(REPORT)
    assert [(row.id, row.verdict) for row in plan.compatibility] == [
        ("MX_KETP_LID", "unverified"),
        ("MX_LID_NACL", "compatible"),
    ]
    assert "session-dexketoprofen" in tiers(plan)
    backed = plan_session(
        replace(REPORT, mixture=(Ampoule("dexketoprofen", "dexketoprofen", 2, 50), LIDOCAINE, SALINE))
    )
    assert [row.id for row in backed.compatibility] == ["MX_DEXK_LID", "MX_LID_NACL"]
    assert not {"session-dexketoprofen", "not-checked"} & tiers(backed).keys()
    assert backed.drugs[0].ceiling_mg is None
    assert backed.excipients_mg_per_ml == {}


def test_what_is_taken_that_day_counts_towards_the_ceiling():
    lines, _ = read_regimen("ketoprofen 150 mg oral")
    plan = plan_session(replace(REPORT, regimen=lines))
    assert plan.drugs[0].share_of_session == Fraction(1, 2)
    assert plan.drugs[0].share == Fraction(5, 4)
    assert plan.drugs[0].day_mg == 250
    assert tiers(plan)["BR_NSAID_DOSE"] == "stop"
    assert "BR_NSAID_DOSE" not in tiers(plan_session(REPORT))


def test_the_weight_lowers_the_ceiling_of_lidocaine():
    plan = plan_session(replace(REPORT, weight_kg=40))
    assert plan.drugs[1].ceiling_mg == 180
    assert plan_session(replace(REPORT, weight_kg=80)).drugs[1].ceiling_mg == 200


def test_a_plan_without_a_word_on_consent_stops():
    assert tiers(plan_session(REPORT))["CR_MESO_CONS"] == "stop"
    assert "CR_MESO_CONS" not in tiers(plan_session(replace(REPORT, consent=YES)))
    assert tiers(plan_session(replace(REPORT, consent=NO)))["CR_MESO_CONS"] == "stop"
    documented = replace(REPORT, conditions={"consent_missing": NO})
    assert "CR_MESO_CONS" not in tiers(plan_session(documented))


def test_contraindications_are_present_absent_or_not_recorded():
    plan = plan_session(replace(REPORT, consent=YES, conditions={"bleeding_disorder": YES, "la_allergy": NO}))
    said = dict(plan.contraindications)
    assert said["bleeding_disorder"] is YES
    assert said["la_allergy"] is NO
    assert said["fever_systemic"] is UNKNOWN
    assert said["consent_missing"] is NO
    assert tiers(plan)["CR_MESO_BLEED"] == "stop"


def test_the_ends_of_what_is_published_are_inside():
    inside = replace(
        REPORT, volume_per_point_ml=0.1, spacing_cm=3, depth_mm=1, days_since_last=7, needle=Needle(27, 13)
    )
    assert technique(plan_session(inside)) == {
        "needle": YES,
        "depth": YES,
        "volume per point": YES,
        "spacing": YES,
        "volume per session": NO,
        "interval": YES,
        "drugs in one syringe": YES,
    }
    outside = replace(
        REPORT,
        volume_per_point_ml=0.21,
        spacing_cm=1.9,
        depth_mm=3.1,
        days_since_last=6,
        needle=Needle(26, None),
    )
    assert set(technique(plan_session(outside)).values()) == {NO, YES}
    assert technique(plan_session(outside))["drugs in one syringe"] is YES
    small = replace(REPORT, mixture=(Ampoule("lidocaine", "lidocaine", 5, 50),))
    assert technique(plan_session(small))["volume per session"] is YES


def test_what_is_not_said_is_unknown_and_a_first_session_needs_no_interval():
    said = technique(plan_session(replace(REPORT, needle=None)))
    assert [said[what] for what in ("needle", "depth", "volume per point", "spacing", "interval")] == [
        UNKNOWN
    ] * 5
    assert technique(plan_session(replace(REPORT, needle=Needle(30, None))))["needle"] is UNKNOWN
    assert technique(plan_session(replace(REPORT, number=1)))["interval"] is YES


def test_a_session_too_soon_with_too_many_drugs_or_without_response_asks():
    assert tiers(plan_session(replace(REPORT, days_since_last=6)))["session-interval"] == "ask"
    assert "session-interval" not in tiers(plan_session(replace(REPORT, days_since_last=7)))
    three = replace(REPORT, mixture=(*REPORT.mixture, Ampoule("thiocolchicoside", "thiocolchicoside", 2, 4)))
    assert tiers(plan_session(three))["session-drugs"] == "ask"
    assert tiers(plan_session(replace(REPORT, number=4, response_percent=0)))["session-response"] == "ask"
    for more in ({"number": 3, "response_percent": 0}, {"number": 4, "response_percent": 10}, {"number": 4}):
        assert "session-response" not in tiers(plan_session(replace(REPORT, **more)))


def test_more_volume_in_the_points_than_in_the_syringe_asks():
    assert "session-volume" not in tiers(plan_session(replace(REPORT, points=100, volume_per_point_ml=0.1)))
    assert (
        tiers(plan_session(replace(REPORT, points=101, volume_per_point_ml=0.1)))["session-volume"] == "ask"
    )


def test_a_given_volume_and_spacing_leave_one_number_of_deposits_and_one_area():
    plan = plan_session(replace(REPORT, volume_per_point_ml=0.15, spacing_cm=1.5))
    assert (plan.deposits.fewest, plan.deposits.most) == (67, 67)
    assert plan.deposits.area_cm2 == (67 * Fraction(9, 4), 67 * Fraction(9, 4))


def test_what_must_be_written_down_is_listed_until_it_is():
    assert len(plan_session(REPORT).record_fields) == 23
    assert "operator" in plan_session(REPORT).missing_fields
    full = tuple(replace(part, lot="L1", brand="B", expiry="2027-01") for part in REPORT.mixture)
    done = replace(
        REPORT,
        mixture=full,
        number=2,
        points=50,
        volume_per_point_ml=0.2,
        spacing_cm=2,
        written=frozenset({"operator"}),
    )
    missing = plan_session(done).missing_fields
    given = {"operator", "drugs_brand_batch_expiry", "date_session_number", "points_number", "volume_per_point",
             "spacing", "total_volume_injected", "needle_gauge_length"}  # fmt: skip
    assert not given & set(missing)
    assert "neuro_check" in missing


def test_a_brand_is_named_beside_the_excipients():
    branded = replace(REPORT, mixture=(replace(KETOPROFEN, brand="X"), SALINE))
    assert "X" in describe(plan_session(branded).excipients_note)
    assert "not recorded" in describe(plan_session(REPORT).excipients_note)


# --- the document ------------------------------------------------------------------------------------------


DOCUMENT: dict[str, Any] = {
    "mixture": [
        {"drug": "ketoprofen", "volume_ml": 2, "strength": "50 mg/ml"},
        {"drug": "lidocaine", "volume_ml": 2, "strength": "2 %"},
        {"drug": "saline", "volume_ml": 6},
    ],
    "needle": {"gauge": 30, "length_mm": 4},
    "sites": ["neck"],
    "conditions": ["asthma"],
    "consent": "given",
    "regimen": "amitriptyline 5 mg",
    "record": {"operator": "AB", "skin_check": ""},
    "response_percent": [20, 40],
}


def test_a_document_becomes_a_plan_with_or_without_session_around_it():
    for document in (DOCUMENT, {"session": DOCUMENT}):
        planned, wrong = read_plan(document)
        assert wrong == ()
        assert planned is not None
        assert [part.milligrams for part in planned.mixture] == [100, 40, None]
        assert planned.conditions == {"asthma": YES}
        assert planned.written == {"operator"}
        assert planned.response_percent == 40


def test_an_entry_of_a_record_can_be_used_as_it_is():
    entry = {"day": 30, "kind": "therapy", "what": "mesotherapy", "number": 1, "mixture": DOCUMENT["mixture"]}
    planned, wrong = read_plan(entry)
    assert wrong == ()
    assert planned is not None
    assert planned.number == 1


@pytest.mark.parametrize(
    ("change", "place", "text"),
    [
        (
            {"mixture": [{"drug": "lidocxaine", "volume_ml": 2, "amount_mg": 40}]},
            "mixture[0].drug",
            '"lidocaine"',
        ),
        ({"mixture": [{"drug": "lidocaine", "volume_ml": 2}]}, "mixture[0].amount_mg", "strength: 50 mg/ml"),
        (
            {"mixture": [{"drug": "lidocaine", "volume_ml": 2, "strength": "two"}]},
            "mixture[0].amount_mg",
            '"two"',
        ),
        ({"mixture": [{"drug": "lidocaine", "amount_mg": 40}]}, "mixture[0].volume_ml", "missing"),
        (
            {"mixture": [{"drug": "lidocaine", "volume_ml": -1, "amount_mg": 40}]},
            "mixture[0].volume_ml",
            "0.01 to 100",
        ),
        ({"volume_per_point_ml": 1e-12}, "volume_per_point_ml", "0.001 to 5"),
        ({"conditions": {"asthma": "perhaps"}}, "conditions.asthma", "present, absent or unknown"),
        ({"conditions": ["asthmma"]}, "conditions.asthmma", '"asthma"'),
        ({"conditions": 3}, "conditions", "must be a list"),
        ({"regimen": "tizanidine 2 mgg"}, "regimen (tizanidine 2 mgg)", '"mgg"'),
        ({"record": {"operatr": "AB"}}, "record.operatr", '"operator"'),
        ({"record": ["operator"]}, "record", "must be a map"),
        ({"mixture": [{"drug": 3, "volume_ml": 2}]}, "mixture[0].drug", "must be text"),
        ({"regimen": 5}, "regimen", "must be text"),
        ({"weight_kg": 0}, "weight_kg", "1 to 400"),
        ({"colour": "red"}, "colour", "unknown field"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_place(change: dict[str, Any], place: str, text: str):
    planned, wrong = read_plan({**DOCUMENT, **change})
    assert planned is None
    assert [problem.place for problem in wrong] == [place]
    assert text in wrong[0].text


def test_a_plan_without_a_mixture_cannot_be_worked_out():
    assert session_problems(Planned(()))[0].place == "mixture"
    assert read_plan({"sites": ["neck"]})[1][0].place == "mixture"
    assert read_plan(3)[1]


def planned(**change: Any) -> Planned:
    """The plan of the document with these fields changed; it can be read."""
    plan, wrong = read_plan({**DOCUMENT, **change})
    assert wrong == ()
    assert plan is not None
    return plan


def alerts_of(**change: Any) -> dict[str, str]:
    """The tiers of the alerts of that plan, by their ids."""
    return {alert.id: alert.tier for alert in plan_session(planned(**change)).alerts}


ONE_PART = [{"drug": "lidocaine", "volume_ml": 2, "strength": "2 %"}]


@pytest.mark.parametrize(
    ("change", "alert", "tier"),
    [
        ({"mixture": [{"drug": "triamcinolone", "volume_ml": 1, "amount_mg": 40}], "regimen": "ritonavir"}, "DI_3A4_STE", "ask"),  # noqa: E501
        ({"mixture": [{"drug": "triamcinolone", "volume_ml": 1, "amount_mg": 40}, *ONE_PART]}, "MX_DEPOT", "stop"),
        ({"mixture": [{"drug": "Diprospan", "volume_ml": 1, "amount_mg": 7}, *ONE_PART]}, "MX_DEPOT", "stop"),
        ({"mixture": [{"drug": "adrenaline", "volume_ml": 0.1, "strength": "1:1000"}, *ONE_PART], "regimen": "propranolol"}, "DI_ADR_BB", "ask"),  # noqa: E501
        ({"mixture": [{"drug": "Traumeel", "volume_ml": 2}, *ONE_PART]}, "not-checked", "ask"),
        ({"mixture": ONE_PART, "conditions": ["pacemaker"]}, "session-unread", "ask"),
        ({"mixture": ONE_PART, "conditions": {"fever": "present"}}, "CR_MESO_FEVER", "stop"),
        ({"mixture": ONE_PART, "conditions": ["pregnancy"]}, "CR_MESO_PREG", "stop"),
        ({"mixture": ONE_PART, "age": 12}, "CR_MESO_CHILD", "ask"),
        ({"mixture": ONE_PART, "regimen": "apixaban 5 mg"}, "CR_MESO_AC", "ask"),
        ({"mixture": ONE_PART, "regimen": ["warfarin 5 mg", "metoprolol 50 mg"]}, "CR_MESO_AC", "ask"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_session_is_said(change: dict[str, Any], alert: str, tier: str):
    assert alerts_of(**change).get(alert) == tier


def test_a_regimen_that_nobody_gave_is_asked_and_none_is_none():
    assert alerts_of(mixture=ONE_PART, regimen="none").keys().isdisjoint({"session-regimen", "not-checked"})
    silent = {key: value for key, value in DOCUMENT.items() if key != "regimen"}
    plan, wrong = read_plan(silent)
    assert wrong == ()
    assert plan is not None
    assert "session-regimen" in {alert.id for alert in plan_session(plan).alerts}


@pytest.mark.parametrize(
    "name",
    ["saline", "NaCl", "NaCl 0,9 %", "physiological saline", "fiziologinis tirpalas", "natrio chloridas", "Kochsalzlösung"],  # noqa: E501
)  # fmt: skip
def test_saline_is_saline_under_all_its_names(name: str):
    plan = plan_session(planned(mixture=[*ONE_PART, {"drug": name, "volume_ml": 4}]))
    assert [drug.substance for drug in plan.drugs] == ["lidocaine"]
    assert plan.saline_mg_per_ml == 6


def test_one_in_a_thousand_is_a_milligram_in_a_millilitre():
    part = {"drug": "adrenaline", "volume_ml": 0.5, "strength": "1:1000"}
    assert planned(mixture=[part]).mixture[0].milligrams == Fraction(1, 2)


def test_a_part_that_nothing_reads_is_named_and_the_rest_is_worked_out():
    plan = plan_session(planned(mixture=[{"drug": "Traumeel", "volume_ml": 2}, *ONE_PART]))
    assert plan.unmeasured == ("Traumeel",)
    assert [drug.mg_per_ml for drug in plan.drugs] == [10]


def test_what_forbids_a_session_stands_before_its_amounts():
    lines = list(session_lines(plan_session(planned(consent="refused")), ENGLISH, everything=False))
    assert lines[0].startswith("STOP")
