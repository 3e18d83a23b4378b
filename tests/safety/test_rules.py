"""How rules fire: by property for what must hold of every regimen, by example for the rest."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given as for_all
from msgspec.structs import replace

from assuage.safety.check import check, fired_rules
from assuage.safety.data import (
    interactions_local,
    interactions_relaxants,
    interactions_serotonin,
    substances_mind,
    substances_pain,
    substances_partners,
)
from assuage.safety.formulary import (
    BURDEN_RULES,
    CONDITION_RULES,
    INTERACTIONS,
    MIXING_RULES,
    MONITORING_RULES,
    SUBSTANCES,
    WASHOUTS,
    members,
    party_title,
)
from assuage.safety.rules import Interaction
from assuage.safety.situation import RegimenLine, Settings, Situation
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.conditions import CONDITIONS
from assuage.terms.publications import PUBLICATIONS
from assuage.words.speak import describe
from tests.safety.situations import conditions, given, lines, regimens, taking

SUPERSEDED_BY: dict[str, set[str]] = {}
for rule in INTERACTIONS:
    for old in rule.supersedes:
        SUPERSEDED_BY.setdefault(old, set()).add(rule.id)

FORBIDDEN_PAIRS = [row for row in INTERACTIONS if row.severity == "contraindicated"]


def of(lines: list[RegimenLine], known: dict[str, Answer]) -> Situation:
    return Situation(regimen=tuple(lines), conditions=known)


# --- the tables ---------------------------------------------------------------------------------------


def test_every_row_of_the_fact_file_is_here():
    assert (
        len(
            {
                row.id
                for table in (substances_pain, substances_mind, substances_partners)
                for row in table.ROWS
            }
        )
        == 72
    )
    assert (
        sum(len(table.ROWS) for table in (interactions_relaxants, interactions_serotonin, interactions_local))
        == 99
    )
    assert len(CONDITION_RULES) == 267
    assert (len(BURDEN_RULES), len(MONITORING_RULES), len(MIXING_RULES)) == (9, 12, 10)


def test_every_rule_names_known_parties_conditions_and_sources():
    for row in (*INTERACTIONS, *CONDITION_RULES, *MONITORING_RULES, *BURDEN_RULES.values()):
        assert all(key in PUBLICATIONS for key in row.sources), row.id
    assert all(members(party) for row in INTERACTIONS for party in row.parties)
    assert all(members(row.target) and row.condition in CONDITIONS for row in CONDITION_RULES)
    ids = [row.id for row in (*INTERACTIONS, *CONDITION_RULES, *MONITORING_RULES)]
    assert len(ids) == len(set(ids))
    assert SUPERSEDED_BY.keys() <= set(ids)


# --- what holds of every regimen ------------------------------------------------------------------------


@for_all(regimens, lines(), conditions)
def test_adding_a_substance_never_removes_an_alert_except_through_supersedes(
    taken: list[RegimenLine], more: RegimenLine, known: dict[str, Answer]
):
    before = {alert.cause for alert in check(of(taken, known))}
    after = {alert.cause for alert in check(of([*taken, more], known))}
    fired = {key for key, _ in after}
    lost = {key for key, _ in before - after}
    assert all(SUPERSEDED_BY.get(key, set()) & fired for key in lost)


@for_all(regimens, conditions, st.randoms(use_true_random=False))
def test_the_order_of_lines_never_matters(
    taken: list[RegimenLine], known: dict[str, Answer], chance: st.DataObject
):
    shuffled = list(taken)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert check(of(shuffled, known)) == check(of(taken, known))


@for_all(st.sampled_from(FORBIDDEN_PAIRS), st.data(), regimens, conditions)
def test_a_contraindicated_pair_is_found_whatever_else_is_in_the_list(
    row: Interaction, data: st.DataObject, others: list[RegimenLine], known: dict[str, Answer]
):
    pair = [given(data.draw(st.sampled_from(sorted(members(party))))) for party in row.parties]
    if pair[0].substance != pair[1].substance:
        found = [alert for alert in check(of([*others, *pair], known)) if alert.id == row.id]
        assert [alert.tier for alert in found] == ["stop"]


@for_all(regimens, conditions)
def test_what_is_contraindicated_stops(taken: list[RegimenLine], known: dict[str, Answer]):
    assert all(
        alert.tier == "stop" for alert in check(of(taken, known)) if alert.severity == "contraindicated"
    )


@for_all(regimens, conditions)
def test_two_alerts_never_have_the_same_cause(taken: list[RegimenLine], known: dict[str, Answer]):
    causes = [alert.cause for alert in check(of(taken, known))]
    assert len(causes) == len(set(causes))


# --- by example --------------------------------------------------------------------------------------------


def tiers(situation: Situation, settings: Settings = Settings()) -> dict[str, str]:  # noqa: B008
    return {alert.id: alert.tier for alert in check(situation, settings)}


def test_one_drug_on_two_lines_does_not_interact_with_itself():
    assert "DI_OPI_OPI" not in fired_rules(taking("codeine", "codeine"))
    assert "DI_OPI_OPI" in fired_rules(taking("codeine", "tramadol"))
    assert "DI_TIZ_MR" not in fired_rules(taking("tizanidine", "tizanidine"))


def test_one_nsaid_in_the_skin_and_by_mouth_is_a_duplicate():
    assert "DI_NSAID_DUP" in fired_rules(taking("ketoprofen", given("ketoprofen", 50, route="intradermal")))
    assert "DI_NSAID_DUP" in fired_rules(taking("ketoprofen", "ibuprofen"))
    assert "DI_NSAID_DUP" not in fired_rules(taking("ketoprofen"))


def test_three_parties_need_three_substances():
    assert "DI_NSAID_TRIPLE" in fired_rules(taking("ibuprofen", "ace_inhibitor", "loop_diuretic"))
    assert "DI_NSAID_TRIPLE" not in fired_rules(taking("ibuprofen", "ace_inhibitor", "arb"))


def test_a_superseded_rule_is_dropped_only_when_the_superseding_one_fires():
    with_clonidine = fired_rules(taking("tizanidine", "clonidine"))
    assert "DI_TIZ_CLO" in with_clonidine
    assert "DI_TIZ_AHT" not in with_clonidine
    assert "DI_TIZ_AHT" in fired_rules(taking("tizanidine", "arb"))


def test_a_condition_fires_when_present_asks_when_unknown_and_is_silent_when_absent():
    assert tiers(taking("ibuprofen", ckd_lt30=YES))["CR_NSAID_CKD30"] == "stop"
    unknown = tiers(taking("ibuprofen", ckd_lt30=UNKNOWN))
    assert "CR_NSAID_CKD30" not in unknown
    assert unknown["ask-kidneys"] == "note"
    assert unknown["ask-contraindications"] == "ask"
    assert "ask-kidneys" not in tiers(taking("ibuprofen", ckd_lt30=NO, ckd_30_59=NO))


def test_a_question_names_the_rules_it_would_decide():
    asked = next(alert for alert in check(taking("duloxetine")) if alert.id == "ask-liver")
    assert asked.rules == ("CR_DUL_HEP", "CR_DUL_HEP2")
    assert asked.severity == "minor"


def test_one_known_trimester_answers_the_question_about_pregnancy():
    assert "ask-pregnancy" in tiers(taking("ibuprofen"))
    assert "ask-pregnancy" not in tiers(taking("ibuprofen", pregnancy_t2=YES))


def test_a_man_is_not_asked_about_pregnancy_and_age_is_not_asked_where_it_is_known():
    known = tiers(Situation(regimen=(given("ibuprofen"),), sex="male", age=70))
    assert not {"ask-pregnancy", "ask-lactation", "ask-age"} & known.keys()
    assert known["CR_NSAID_ELD"] == "ask"
    assert "CR_NSAID_ELD" not in tiers(Situation(regimen=(given("ibuprofen"),), age=64))
    assert "CR_NSAID_ELD" in tiers(Situation(regimen=(given("ibuprofen"),), age=65))
    assert tiers(Situation(regimen=(given("silexan"),), age=17))["CR_SIL_CHILD"] == "stop"
    assert "CR_SIL_CHILD" not in tiers(Situation(regimen=(given("silexan"),), age=18))


def test_a_missing_measurement_asks_only_where_its_result_could_decide_something_grave():
    assert tiers(taking("tizanidine", lft_unknown=YES))["CR_TIZ_LFTUNK"] == "ask"
    assert tiers(taking("ibuprofen", creatinine_unknown=YES))["CR_NSAID_CRUNK"] == "ask"
    assert tiers(taking("vitamin_d3", vitd_unknown=YES))["CR_VITD_UNK"] == "note"


def test_major_asks_and_moderate_is_a_note():
    assert tiers(taking("tizanidine", "combined_oral_contraceptive"))["DI_TIZ_COC"] == "ask"
    assert tiers(taking("tizanidine", "amitriptyline"))["DI_TIZ_TCA"] == "note"


def test_a_needle_without_consent_stops_and_with_unknown_consent_asks():
    assert tiers(taking("mesotherapy", consent_missing=YES))["CR_MESO_CONS"] == "stop"
    assert tiers(taking("mesotherapy"))["ask-consent_missing"] == "ask"
    assert "ask-consent_missing" not in tiers(taking("mesotherapy", consent_missing=NO))


def test_a_recorded_allergy_stops_the_substance_and_its_class():
    found = tiers(
        Situation(regimen=(given("ketoprofen"), given("tizanidine")), allergies=("ibuprofen", "tizanidine"))
    )
    assert found["allergy-tizanidine"] == "stop"
    assert found["CR_NSAID_HYP"] == "stop"
    assert "allergy-ibuprofen" not in found
    assert tiers(Situation(regimen=(given("lidocaine"),), allergies=("mepivacaine",)))["CR_LA_ALL"] == "stop"


@pytest.mark.parametrize(
    ("country", "tier"),
    [(None, "stop"), ("HU", "stop"), ("IL", "stop"), ("SE", "ask"), ("IT", "ask"), ("LT", "stop")],
)
def test_silexan_and_the_liver_follow_the_label_of_the_country(country: str | None, tier: str):
    situation = taking("silexan", hepatic_impairment_modsev=YES)
    assert tiers(situation, Settings(country=country))["CR_SIL_HEP"] == tier


def test_another_rule_does_not_depend_on_the_country():
    situation = taking("tizanidine", hepatic_impairment_modsev=YES)
    assert tiers(situation, Settings(country="SE"))["CR_TIZ_HEPSEV"] == "stop"


@pytest.mark.parametrize(
    ("substances", "fires"),
    [
        (("amitriptyline", "melatonin"), True),  # 3 + 1
        (("amitriptyline",), False),  # 3
        (("baclofen", "codeine"), True),  # 2 + 2
        (("gabapentin", "duloxetine"), False),  # 2 + 1
        (("duloxetine", "melatonin", "paroxetine", "fluvoxamine"), True),  # 4 x 1
    ],
)
def test_sedation_adds_up_to_four(substances: tuple[str, ...], fires: bool):
    assert ("BR_SED" in fired_rules(taking(*substances))) is fires


def test_three_depressants_are_too_many_whatever_they_score(monkeypatch: pytest.MonkeyPatch):
    for substance in ("baclofen", "codeine", "gabapentin", "strong_opioid"):
        monkeypatch.setitem(SUBSTANCES, substance, replace(SUBSTANCES[substance], sedation=0))
    assert "BR_SED" in fired_rules(taking("baclofen", "codeine", "gabapentin"))
    assert "BR_SED" not in fired_rules(taking("baclofen", "codeine", "ibuprofen"))
    found = next(
        alert
        for alert in check(taking("baclofen", "codeine", "gabapentin", "melatonin"))
        if alert.id == "BR_SED"
    )
    assert describe(found.text) == "Baclofen, codeine, gabapentin and melatonin: sedation scores add up to 1"


def test_two_serotonergics_are_enough():
    assert "BR_SERO" in fired_rules(taking("sertraline", "tramadol"))
    assert "BR_SERO" not in fired_rules(taking("sertraline", "melatonin"))


def placed(substance: str, place: int, amount: float = 5) -> RegimenLine:
    return replace(given(substance, amount), entries=(place,))


def test_an_alert_names_its_numbers_and_the_places_it_rests_on():
    lines = (placed("amitriptyline", 4), placed("tizanidine", 2, 14), placed("sertraline", 9))
    known = {"hepatic_steatosis": YES}
    found = {
        alert.id: (describe(alert.text), alert.entries) for alert in check(Situation(lines, conditions=known))
    }
    assert found["DI_TIZ_TCA"][1] == (2, 4)
    assert found["CR_TIZ_STEAT"][1] == (2,)
    assert found["MN_TIZ_BP"][1] == (2,)
    assert found["BR_SED"] == ("Amitriptyline and tizanidine: sedation scores add up to 6", (2, 4))
    assert found["BR_ACB"] == (
        "Amitriptyline, sertraline and tizanidine: anticholinergic scores add up to 5",
        (2, 4, 9),
    )
    assert found["BR_SERO"] == ("Amitriptyline and sertraline: 2 serotonergic substances", (4, 9))
    assert found["BR_QT"] == (
        "Amitriptyline, sertraline and tizanidine: 3 substances with a QT caution",
        (2, 4, 9),
    )
    assert found["BR_DOSE_MAX"] == ("Tizanidine: 14 of at most 12 mg a day", (2,))


def test_a_duplicate_within_and_between_lines_is_told_once():
    found = [alert.id for alert in check(taking("ketoprofen", "ketoprofen", "ibuprofen"))]
    assert found.count("DI_NSAID_DUP") == 1


def test_a_score_counts_once_per_substance_not_once_per_line():
    assert "BR_SED" not in fired_rules(taking("amitriptyline", "amitriptyline"))
    assert "BR_SERO" not in fired_rules(taking("sertraline", "sertraline"))


def test_anticholinergic_load_is_graver_at_65():
    situation = taking("amitriptyline")
    old = Situation(regimen=situation.regimen, age=65)
    grades = [next(a.severity for a in check(s) if a.id == "BR_ACB") for s in (situation, old)]
    assert grades == ["moderate", "major"]


def test_qt_needs_two_agents_with_a_flag_that_is_neither_none_nor_unknown():
    assert "BR_QT" in fired_rules(taking("amitriptyline", "loop_diuretic"))
    assert "BR_QT" not in fired_rules(taking("amitriptyline", "cyclobenzaprine"))


def test_memory_rows_say_check_against_a_current_label():
    alert = next(alert for alert in check(taking("tizanidine", "clonidine")) if alert.id == "DI_TIZ_CLO")
    assert describe(alert.caution) == "from memory: check against a current label"
    assert describe(alert.caution) in describe(alert.because)


def test_what_may_have_been_deep_massage_is_asked_about_and_does_not_fire():
    doubtful = RegimenLine("deep_tissue_massage", "massage", (), "procedure", (3,), sure=False)
    situation = Situation(procedures=(doubtful,), conditions={"neuro_deficit_new": YES})
    assert "CR_MASS_NEURO" not in fired_rules(situation)
    alert = next(alert for alert in check(situation) if alert.id == "CR_MASS_NEURO")
    assert alert.tier == "ask"
    assert "if it was" in describe(alert.text)


def test_mesotherapy_of_the_days_before_counts_for_the_massage_of_today_only_there():
    session = given("mesotherapy")
    situation = Situation(procedures=(given("deep_tissue_massage"),), recent=(session,))
    assert "DI_MESO_MASSAGE" in fired_rules(situation)
    assert not {"CR_MESO_CONS", "MN_LA"} & fired_rules(situation)
    assert "DI_MESO_MASSAGE" not in fired_rules(Situation(recent=(session,)))
    # The same pair on one day is told once; other pairs of a recent procedure do not count.
    both = Situation(procedures=(given("deep_tissue_massage"), session), recent=(session,))
    assert [alert.id for alert in check(both)].count("DI_MESO_MASSAGE") == 1
    earlier = (given("spinal_manipulation"), given("deep_tissue_massage"))
    twice = Situation(procedures=(session,), recent=earlier)
    assert [alert.id for alert in check(twice)].count("DI_MESO_MASSAGE") == 1
    assert "DI_MESO_AC" not in fired_rules(Situation(regimen=(given("warfarin"),), recent=(session,)))
    assert fired_rules(Situation(regimen=(given("creatine"),), recent=(session,))) == {"MN_CRE"}


def test_a_substance_no_rule_knows_is_said_to_be_unchecked():
    alert = next(alert for alert in check(Situation(regimen=(RegimenLine(None, "moon dust"),))))
    assert (alert.id, alert.tier) == ("not-checked", "ask")
    assert "moon dust" in describe(alert.text)


def test_an_incompatible_mixture_in_the_skin_stops_and_an_unverified_one_is_a_note():
    ketoprofen = given("ketoprofen", 100, route="intradermal")
    lidocaine = given("lidocaine", 40, route="intradermal")
    assert tiers(taking(ketoprofen, lidocaine))["MX_KETP_LID"] == "note"
    assert tiers(taking(ketoprofen, given("tramadol", 50, route="intradermal")))["MX_KET_TRA"] == "stop"
    assert tiers(taking(lidocaine, given("adrenaline_la", 1, route="intradermal")))["MX_ADR"] == "stop"
    assert "MX_KETP_LID" not in tiers(taking("ketoprofen", "lidocaine"))


# --- doses ---------------------------------------------------------------------------------------------------


def test_doses_are_summed_over_lines_and_routes():
    over = taking(given("ketoprofen", 100, route="intradermal"), given("ketoprofen", 0.10001, "g"))
    assert tiers(over)["BR_NSAID_DOSE"] == "stop"
    at = taking(given("ketoprofen", 100, route="intradermal"), given("ketoprofen", 0.1, "g"))
    assert "BR_NSAID_DOSE" not in tiers(at)


def test_two_hundred_and_a_rounding_error_is_not_over_two_hundred():
    assert "BR_NSAID_DOSE" not in tiers(taking(given("ketoprofen", 200.0000001)))
    assert "BR_NSAID_DOSE" in tiers(taking(given("ketoprofen", 200.01)))


def test_lidocaine_is_limited_per_kilogram_where_the_weight_is_known():
    line = (given("lidocaine", 190, route="intradermal"),)
    assert "BR_LA_DOSE" not in tiers(Situation(regimen=line))
    assert tiers(Situation(regimen=line, weight_kg=42))["BR_LA_DOSE"] == "stop"
    assert "BR_LA_DOSE" not in tiers(Situation(regimen=line, weight_kg=80))
    assert "BR_LA_DOSE" in tiers(Situation(regimen=(given("lidocaine", 210),), weight_kg=80))


def test_a_lidocaine_patch_does_not_count_against_the_limit_of_injections():
    assert "BR_LA_DOSE" not in tiers(taking(given("lidocaine", 700, route="patch")))


def test_vitamin_d_is_limited_in_micrograms_and_international_units():
    assert tiers(taking(given("vitamin_d3", 4001, "IU")))["BR_VITD_UL"] == "stop"
    assert "BR_VITD_UL" not in tiers(taking(given("vitamin_d3", 4, "kIU")))
    assert "BR_VITD_UL" in tiers(taking(given("vitamin_d3", 2000, "IU"), given("vitamin_d3", 60, "mcg")))


def test_two_drugs_over_their_ceilings_are_two_alerts():
    over = check(taking(given("tizanidine", 13), given("paracetamol", 5, "g")))
    assert [alert.subject for alert in over if alert.id == "BR_DOSE_MAX"] == ["paracetamol", "tizanidine"]


def test_a_substance_without_a_ceiling_does_not_hide_the_next_one():
    assert tiers(taking("alcohol", given("tizanidine", 13)))["BR_DOSE_MAX"] == "stop"


def test_a_unit_that_cannot_be_converted_is_a_question_never_ignored():
    assert tiers(taking(given("tizanidine", 2, "tablets")))["dose-unit"] == "ask"
    assert "dose-unit" not in tiers(taking(given("tizanidine", 2)))


def test_what_is_known_of_a_sum_can_already_be_over():
    situation = taking(given("tizanidine", 14), given("tizanidine", 1, "tablet"))
    assert {"BR_DOSE_MAX", "dose-unit"} <= tiers(situation).keys()


def test_a_line_without_a_dose_says_that_no_ceiling_was_checked():
    assert tiers(taking("tizanidine"))["dose-unrecorded"] == "note"
    assert "dose-unrecorded" not in tiers(taking("warfarin"))  # no ceiling in the file


def test_every_class_that_a_rule_matches_by_has_a_name_in_words():
    parties = [
        *(party for row in INTERACTIONS for party in row.parties),
        *(row.target for row in (*CONDITION_RULES, *MONITORING_RULES)),
        *(party for row in WASHOUTS for party in (row.stopped, *row.before)),
    ]
    assert {party.id for party in parties if party.is_class and "_" in party_title(party)} == set()
