"""Red flags: what raises them, what clears them, what they shut."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.record.care_entries import MeasurementEntry
from assuage.record.decided_entries import DecisionEntry, RedFlagEntry
from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    FindingEntry,
    MedicationEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import (
    active_flags,
    concerns_flags,
    shutting_flags,
)
from assuage.safety.check import check, fired_rules
from assuage.safety.flag_alerts import flag_alert, flag_questions
from assuage.safety.known import situation
from assuage.safety.situation import Situation
from assuage.terms.answers import YES
from assuage.terms.red_flags import RED_FLAGS, RedFlag
from assuage.words.speak import describe
from tests.record.strategies import records

CLEAR = {"RF_DISSECTION": "absent", "RF_MYELOPATHY": "absent", "RF_PROGRESSIVE": "absent"}


def entries(*given: AnyEntry) -> tuple[AnyEntry, ...]:
    return given


def checked(place: int, day: int, **flags: str) -> RedFlagEntry:
    return RedFlagEntry(place=place, day=day, flags=flags)  # type: ignore[arg-type]


def felt(place: int, day: int, what: str, state: Any = "new", site: str | None = "occiput") -> SymptomEntry:
    return SymptomEntry(place=place, day=day, what=what, state=state, site=site)


def ids(*given: AnyEntry, on: int = 99) -> list[str]:
    return [active.flag.id for active in active_flags(Timeline.of(given), on)]


def test_a_check_that_finds_a_flag_raises_it_and_a_later_one_clears_it():
    found = checked(0, 1, RF_STROKE="present")
    assert ids(found) == ["RF_STROKE"]
    assert ids(found, on=0) == []
    assert ids(found, checked(1, 2, RF_STROKE="unknown")) == ["RF_STROKE"]
    assert ids(found, checked(1, 2, RF_STROKE="absent")) == []
    assert ids(found, checked(1, 2, RF_STROKE="absent"), checked(2, 3, RF_STROKE="unknown")) == ["RF_STROKE"]
    assert ids(checked(0, 1, RF_STROKE="absent"), checked(1, 2, RF_STROKE="present")) == ["RF_STROKE"]


def test_a_flag_found_again_rests_on_both_checks():
    active = active_flags(
        Timeline.of([checked(0, 1, RF_STROKE="present"), checked(5, 3, RF_STROKE="present")]), 9
    )
    assert active[0].since == 1
    assert active[0].entries == (0, 5)


def test_an_unknown_flag_is_left_alone():
    assert ids(checked(0, 1, RF_NOTHING="present")) == []


@pytest.mark.parametrize("state", ["new", "worse"])
def test_new_numbness_raises_its_flag(state: str):
    assert ids(felt(0, 48, "numbness", state)) == ["RF_NEW_NUMBNESS"]


@pytest.mark.parametrize(
    ("what", "state"), [("numbness", "present"), ("tingling", "new"), ("weakness", "better")]
)
def test_what_is_not_the_trigger_itself_raises_nothing(what: str, state: str):
    assert ids(felt(0, 48, what, state)) == []


def test_that_numbness_went_away_does_not_clear_it():
    assert ids(felt(0, 48, "numbness"), felt(1, 50, "numbness", "resolved")) == ["RF_NEW_NUMBNESS"]


def test_the_three_checks_since_it_appeared_clear_new_numbness_together_or_one_by_one():
    numb = felt(0, 48, "numbness")
    assert ids(numb, checked(1, 49, **CLEAR)) == []
    assert (
        ids(
            numb,
            checked(1, 49, RF_DISSECTION="absent"),
            checked(2, 50, RF_MYELOPATHY="absent", RF_PROGRESSIVE="absent"),
        )
        == []
    )
    assert ids(numb, checked(1, 49, RF_DISSECTION="absent", RF_MYELOPATHY="absent")) == ["RF_NEW_NUMBNESS"]


def test_a_check_from_before_or_one_that_was_overtaken_does_not_clear_it():
    numb = felt(1, 48, "numbness")
    assert ids(checked(0, 47, **CLEAR), numb) == ["RF_NEW_NUMBNESS"]
    assert ids(felt(0, 40, "numbness"), checked(1, 41, **CLEAR), felt(2, 48, "numbness", "worse")) == [
        "RF_NEW_NUMBNESS"
    ]
    mixed = [numb, checked(2, 49, RF_DISSECTION="absent"), checked(3, 50, RF_DISSECTION="present")]
    rest = checked(4, 51, RF_MYELOPATHY="absent", RF_PROGRESSIVE="absent")
    assert ids(*mixed, rest) == ["RF_DISSECTION", "RF_NEW_NUMBNESS"]


TOLD: dict[str, Any] = {"day": 4, "kind": "finding", "what": "suspected stroke", "state": "present"}
LOOKED: dict[str, Any] = {"day": 4, "kind": "red_flag_check", "flags": {"stroke": "absent"}}


@pytest.mark.parametrize(
    ("told", "looked", "active"),
    [
        ({}, {}, True),
        ({"time": "10:00"}, {"time": "10:00"}, True),
        ({"time": "10:00"}, {}, True),
        ({}, {"time": "10:00"}, True),
        ({"time": "morning"}, {"time": "10:00"}, True),
        ({"time": "10:00"}, {"time": "morning"}, True),
        ({"time": "22:10"}, {"time": "night"}, True),
        ({"time": "10:00", "approximate": True}, {"time": "12:00"}, True),
        ({}, {"day": 9, "approximate": True}, True),
        ({}, {"day": 9, "flags": {"stroke": "absent", "cauda": "unknown"}}, False),
        ({"time": "10:00"}, {"time": "10:01"}, False),
        ({"time": "morning"}, {"time": "evening"}, False),
        ({"time": "morning"}, {"time": "11:30"}, False),
        ({}, {"day": 5}, False),
    ],
)
def test_only_a_check_that_came_after_what_was_told_clears_it(
    told: dict[str, Any], looked: dict[str, Any], active: bool
):
    """Of the same moment, without a time to tell, or of an approximate day it clears nothing, in whichever order."""
    both = [TOLD | told, LOOKED | looked]
    for written in (both, both[::-1]):
        plain = {"format": "assuage-record/2", "patient": {"id": "Ana"}, "entries": written}
        timeline = Timeline(parse_record(plain))
        assert ("RF_STROKE" in {flag.flag.id for flag in active_flags(timeline, 20)}) is active


def test_an_override_clears_the_flag_it_names_and_no_other():
    numb, stroke = felt(0, 48, "numbness"), checked(1, 48, RF_STROKE="present")

    def decided(because: str | None, do: Any = "override") -> DecisionEntry:
        return DecisionEntry(place=2, day=50, do=do, because=because)

    assert ids(numb, stroke, decided("RF_NEW_NUMBNESS: seen by neurology, normal")) == ["RF_STROKE"]
    assert ids(numb, stroke, decided("stroke or TIA signs excluded by CT")) == ["RF_NEW_NUMBNESS"]
    assert len(ids(numb, stroke, decided("the patient wants to go on"))) == 2
    assert len(ids(numb, stroke, decided(None))) == 2
    assert len(ids(numb, stroke, decided("RF_NEW_NUMBNESS", "advance"))) == 2


def test_urgent_flags_shut_every_gate_and_one_that_is_to_be_seen_soon_asks():
    stroke, inflammation = checked(0, 1, RF_STROKE="present"), checked(1, 1, RF_INFLAM="present")
    both = Timeline.of([stroke, inflammation])
    assert [flag.flag.id for flag in shutting_flags(both, 1)] == ["RF_STROKE"]
    assert {flag_alert(flag).id: flag_alert(flag).tier for flag in active_flags(both, 1)} == {
        "RF_STROKE": "stop",
        "RF_INFLAM": "ask",
    }


def test_every_flag_makes_an_alert_with_its_action_and_sources():
    for flag in RED_FLAGS.values():
        alert = flag_alert(
            active_flags(Timeline.of([RedFlagEntry(place=0, day=0, flags={flag.id: "present"})]), 0)[0]
        )
        assert flag.action in describe(alert.action)
        assert [source.key for source in alert.sources] == list(flag.sources)
        assert (
            alert.severity
            == {"emergency": "contraindicated", "urgent": "major", "soon": "moderate"}[flag.urgency]
        )


def test_occipital_numbness_brings_its_differential_and_numb_feet_do_not():
    occipital = flag_alert(active_flags(Timeline.of([felt(0, 48, "numbness", site="occiput_left")]), 48)[0])
    assert len(occipital.details) == 13
    assert describe(occipital.details[0]).startswith("Occipital neuralgia")
    assert "left occiput" in describe(occipital.text)
    assert flag_alert(active_flags(Timeline.of([felt(0, 48, "numbness", site="foot")]), 48)[0]).details == ()
    assert flag_alert(active_flags(Timeline.of([felt(0, 48, "numbness", site=None)]), 48)[0]).details == ()


def test_numbness_that_gets_worse_keeps_its_first_day_and_all_its_entries():
    active = active_flags(Timeline.of([felt(0, 40, "numbness"), felt(3, 48, "numbness", "worse")]), 48)[0]
    assert (active.since, active.entries) == (40, (0, 3))


@pytest.mark.parametrize(
    ("condition", "flag"),
    [
        ("neuro_deficit_new", "RF_NEW_NUMBNESS"),
        ("vascular_red_flag", "RF_DISSECTION"),
        ("cervical_myelopathy_suspected", "RF_MYELOPATHY"),
        ("fever_systemic", "RF_INFECTION"),
    ],
)
def test_a_condition_that_is_a_flag_in_other_words_raises_it(condition: str, flag: str):
    assert fired_rules(Situation(conditions={condition: YES})) == {flag}


def test_a_flag_raised_twice_is_one_alert():
    active = active_flags(Timeline.of([felt(0, 48, "numbness")]), 48)
    found = check(Situation(red_flags=active, conditions={"neuro_deficit_new": YES}))
    assert [(alert.id, alert.entries) for alert in found] == [("RF_NEW_NUMBNESS", (0,))]


def finding(place: int, day: int, what: str, state: Any = "present") -> FindingEntry:
    return FindingEntry(place=place, day=day, what=what, state=state)


def answered(place: int, day: int, answer: int | None) -> AnswersEntry:
    return AnswersEntry(place=place, day=day, instrument="phq9", items={"self_harm": answer})


def taking(place: int, day: int, drug: str, do: Any = "start") -> MedicationEntry:
    return MedicationEntry(place=place, day=day, drug=drug, do=do)


@pytest.mark.parametrize(
    "told",
    [
        felt(0, 4, "suicidal thoughts", "present"),
        felt(0, 4, "Suizidgedanken", "new"),
        finding(0, 4, "suicidal ideation"),
        finding(0, 4, "suicidality"),
        answered(0, 4, 1),
        checked(0, 4, RF_SUICIDE="present"),
    ],
    ids=["symptom", "in German", "finding", "condition", "answer", "check"],
)
def test_suicidal_thoughts_shut_every_gate_in_whichever_way_they_are_written(told: AnyEntry):
    assert [flag.flag.id for flag in shutting_flags(Timeline.of([told]), 4)] == ["RF_SUICIDE"]
    assert [alert.tier for alert in check(situation(Timeline.of([told]), 4)) if alert.id == "RF_SUICIDE"] == [
        "stop"
    ]


@pytest.mark.parametrize("key", ["self_harm", "9", "09", "q9", "Q9", "item9", "item_9", "question_9"])
def test_the_answer_about_self_harm_raises_its_flag_by_the_items_id_or_number(key: str):
    record = parse_record(
        {
            "format": "assuage-record/1",
            "patient": {"id": "ana"},
            "entries": [{"day": 5, "kind": "answers", "instrument": "phq9", "items": {key: 3}}],
        }
    )
    assert [flag.flag.id for flag in shutting_flags(Timeline(record), 5)] == ["RF_SUICIDE"]


@pytest.mark.parametrize("answer", [0, None])
def test_no_thoughts_or_no_answer_tell_nothing(answer: int | None):
    assert ids(answered(0, 4, answer)) == []


@pytest.mark.parametrize(
    ("condition", "flag"),
    [
        ("neuro_deficit_new", "RF_NEW_NUMBNESS"),
        ("vascular_red_flag", "RF_DISSECTION"),
        ("cervical_myelopathy_suspected", "RF_MYELOPATHY"),
        ("cervical_instability", "RF_INSTABILITY"),
        ("lft_raised_gt3uln", "RF_LIVER"),
        ("fever_systemic", "RF_INFECTION"),
    ],
)
def test_a_finding_that_is_a_flag_in_other_words_shuts_every_gate_until_it_is_found_gone(condition, flag):
    there = finding(0, 4, condition)
    assert ids(there) == [flag]
    assert ids(there, finding(1, 5, condition, "absent")) == []
    assert ids(there, finding(1, 5, condition, "unknown")) == [flag]
    assert ids(there, finding(1, 5, condition, "absent"), finding(2, 6, condition, "unknown")) == [flag]
    assert ids(there, checked(1, 5, **{flag: "absent"})) == []
    assert ids(checked(0, 4, **{flag: "present"}), finding(1, 5, condition, "absent")) == [flag]


def test_a_flag_that_follows_from_a_number_names_it_and_its_day():
    fever = MeasurementEntry(place=0, day=4, what="temperature", value=39.2, unit="Cel")
    (flag,) = active_flags(Timeline.of((fever,)), 4)
    assert str(describe(flag.because)) == "fever or systemic infection (temperature 39.2 Cel) on day 4"


def test_a_flag_that_a_check_cleared_is_not_raised_again_by_the_finding_that_told_of_it():
    record = Timeline.of([finding(0, 4, "fever_systemic"), checked(1, 5, RF_INFECTION="absent")])
    assert "RF_INFECTION" not in {alert.id for alert in check(situation(record, 5))}


def test_normal_liver_tests_take_back_that_they_were_raised():
    assert ids(finding(0, 4, "lft_raised_gt3uln"), finding(1, 9, "ALT", "normal")) == []


@pytest.mark.parametrize(
    ("what", "flag"),
    [
        ("saddle anaesthesia", "RF_CAUDA"),
        ("black stool", "RF_GIBLEED"),
        ("Teerstuhl", "RF_GIBLEED"),
        ("juodos išmatos", "RF_GIBLEED"),
        ("chest pain", "RF_CARDIAC"),
        ("syncope", "RF_ARRHYTHMIA"),
        ("jaundice", "RF_LIVER"),
        ("gelta", "RF_LIVER"),
        ("fever", "RF_INFECTION"),
        ("Fieber", "RF_INFECTION"),
        ("weight loss", "RF_MALIGNANCY"),
        ("nodules at injection sites", "RF_INJ_INFECT"),
        ("Mycobacterium chelonae", "RF_INJ_INFECT"),
        ("serotonin syndrome", "RF_SEROTONIN"),
    ],
)
def test_a_sign_tells_of_its_flag_as_a_symptom_and_as_a_finding(what: str, flag: str):
    assert ids(felt(0, 4, what, "present")) == [flag]
    assert ids(finding(0, 4, what)) == [flag]
    assert ids(felt(0, 4, what, "absent")) == []
    assert ids(finding(0, 4, what, "absent")) == []
    assert ids(felt(0, 4, what, "present"), felt(1, 5, what, "resolved")) == [flag]


@pytest.mark.parametrize("flag", RED_FLAGS.values(), ids=str)
def test_a_flag_is_told_of_under_its_own_title_and_id(flag: RedFlag):
    for name in (flag.id, flag.title, flag.title.upper()):
        assert ids(finding(0, 4, name)) == [flag.id]
        assert ids(felt(0, 4, name, "present", None)) == [flag.id]
        assert ids(felt(0, 4, name, "absent", None)) == []


@pytest.mark.parametrize(
    ("diagnosis", "flag"),
    [
        ("meningitis", "RF_INFECTION"),
        ("Epidural abscess", "RF_INFECTION"),
        ("subarachnoid haemorrhage", "RF_THUNDERCLAP"),
        ("DVT", "RF_CARDIAC"),
        ("pulmonary embolism", "RF_CARDIAC"),
        ("aortic dissection", "RF_CARDIAC"),
        ("vertebral fracture", "RF_FRACTURE"),
        ("cauda equina", "RF_CAUDA"),
        ("plaučių embolija", "RF_CARDIAC"),
        ("Lungenembolie", "RF_CARDIAC"),
    ],
)
def test_a_diagnosis_for_which_a_flag_stands_tells_of_it(diagnosis: str, flag: str):
    assert ids(finding(0, 4, diagnosis)) == [flag]
    assert ids(felt(0, 4, diagnosis, "new", None)) == [flag]


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        *((each, "RF_CAUDA") for each in ("cannot pee", "numb between the legs", "numb saddle area",
                                          "lost bladder control", "negaliu šlapintis", "kann nicht Wasser lassen")),
        *((each, "RF_SUICIDE") for each in ("wants to kill herself", "better off dead", "overdose",
                                            "savižudybės mintys", "will sich umbringen")),
        ("black tarry stools", "RF_GIBLEED"),
        ("schwarzer Stuhl", "RF_GIBLEED"),
        *((each, "RF_CARDIAC") for each in ("crushing chest pain", "shortness of breath", "difficulty breathing",
                                            "Atemnot", "dusulys", "coughing blood")),
        ("swollen tongue", "RF_ANAPHYLAXIS"),
        *((each, "RF_INJ_INFECT") for each in ("pus at the injection site", "red hot swollen injection site")),
        ("spreading redness", "RF_INFECTION"),
        ("fever 39", "RF_INFECTION"),
        *((each, "RF_STROKE") for each in ("drooping face", "loss of vision", "seizure", "confusion", "traukuliai")),
        ("foot drop", "RF_NEW_WEAKNESS"),
        ("weakness in both legs", "RF_NEW_WEAKNESS"),
        ("worst headache of my life", "RF_THUNDERCLAP"),
        ("red painful eye", "RF_RETENTION_GLAUCOMA"),
        *((each, "RF_PUMP") for each in ("baclofen pump empty", "baklofeno pompa tuščia", "Baclofenpumpe leer")),
    ],
)  # fmt: skip
def test_the_plain_words_of_a_patient_tell_of_the_flag(words: str, flag: str):
    assert ids(felt(0, 4, words, "new", None)) == [flag]


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("hives", "RF_ANAPHYLAXIS"),
        ("difficulty breathing", "RF_ANAPHYLAXIS"),
        ("dilgėlinė", "RF_ANAPHYLAXIS"),
        ("metallic taste", "RF_LAST"),
        ("ringing in ears", "RF_LAST"),
        ("Ohrensausen", "RF_LAST"),
    ],
)
def test_a_reaction_to_an_injection_is_told_of_on_the_day_of_the_needle_only(words: str, flag: str):
    needle = TherapyEntry(place=0, day=4, what="mesotherapy")
    assert flag in ids(needle, felt(1, 4, words, "new", None))
    assert flag not in ids(needle, felt(1, 5, words, "new", None))
    assert flag not in ids(felt(1, 4, words, "new", None))


def test_the_severity_and_the_site_of_a_symptom_are_read_with_its_name():
    pain = SymptomEntry(place=0, day=4, what="pain", state="new", site="chest", severity="crushing")
    assert ids(pain) == ["RF_CARDIAC"]
    assert ids(SymptomEntry(place=0, day=4, what="pain", state="new", site="chest", severity="mild")) == []
    headache = SymptomEntry(place=0, day=4, what="headache", state="new", severity="thunderclap")
    assert ids(headache) == ["RF_THUNDERCLAP"]


def test_new_weakness_of_a_leg_with_retention_is_a_cauda_syndrome_under_the_flags_title_too():
    retention = felt(0, 4, "urinary retention", "present", None)
    assert "RF_CAUDA" in ids(retention, felt(1, 4, "New weakness", "present", "lower_leg_right"))


def test_new_weakness_is_cleared_by_the_checks_it_asks_for():
    weak = felt(0, 4, "weakness", "new", "hand_left")
    assert ids(weak) == ["RF_NEW_WEAKNESS"]
    assert ids(weak, checked(1, 5, RF_MYELOPATHY="absent")) == ["RF_NEW_WEAKNESS"]
    assert ids(weak, checked(1, 5, RF_MYELOPATHY="absent", RF_PROGRESSIVE="absent")) == []


# The Hunter criteria (Dunkley 2003), each rule with a serotonergic drug and without one.
@pytest.mark.parametrize(
    ("signs", "toxic"),
    [
        (["spontaneous clonus"], True),
        (["inducible clonus"], False),
        (["inducible clonus", "agitation"], True),
        (["inducible clonus", "diaphoresis"], True),
        (["ocular clonus", "tremor"], False),
        (["ocular clonus", "agitation"], True),
        (["tremor"], False),
        (["hyperreflexia"], False),
        (["tremor", "hyperreflexia"], True),
        (["hypertonia", "ocular clonus"], False),
        (["hypertonia", "fever", "inducible clonus"], True),
        (["hypertonia", "fever"], False),
    ],
)
def test_serotonin_toxicity_is_told_of_by_the_hunter_criteria(signs: list[str], toxic: bool):
    felt_signs = [felt(at, 4, sign, "new", None) for at, sign in enumerate(signs)]
    drug = taking(9, 1, "amitriptyline")
    assert ("RF_SEROTONIN" in ids(*felt_signs, drug)) is toxic
    assert "RF_SEROTONIN" not in ids(*felt_signs)
    assert "RF_SEROTONIN" not in ids(*felt_signs, taking(9, 1, "paracetamol"))
    assert ("RF_SEROTONIN" in ids(*felt_signs, drug, taking(10, 2, "amitriptyline", "stop"))) is toxic


@pytest.mark.parametrize("drug", ["linezolid", "sumatriptan", "Cipralex", "tramadol/paracetamol"])
def test_a_brand_a_class_or_a_part_of_a_combination_is_a_serotonergic_drug(drug: str):
    assert ids(taking(0, 1, drug), felt(1, 4, "clonus", "new", None)) == ["RF_SEROTONIN"]


def test_a_sign_that_went_away_before_the_next_came_makes_no_group():
    drug = taking(0, 1, "amitriptyline")
    tremor, gone = felt(1, 2, "tremor", site=None), felt(2, 3, "tremor", "resolved", None)
    assert ids(drug, tremor, gone, felt(3, 4, "hyperreflexia", site=None)) == []
    later = felt(4, 5, "tremor", "resolved", None)
    assert ids(drug, tremor, felt(3, 4, "hyperreflexia", site=None), later) == ["RF_SEROTONIN"]


def test_retention_or_incontinence_with_weak_legs_is_a_cauda_syndrome():
    retention = felt(0, 4, "urinary retention", "present", None)
    assert ids(retention) == []
    assert "RF_CAUDA" in ids(retention, felt(1, 4, "weakness", site="lower_leg_right"))
    assert "RF_CAUDA" in ids(retention, felt(1, 4, "bilateral leg weakness", site=None))
    assert "RF_CAUDA" not in ids(retention, felt(1, 4, "weakness", site="hand_left"))
    assert ids(felt(0, 4, "urinary retention", "new", None)) == ["RF_CAUDA"]


def test_an_abscess_tells_of_infection_where_a_needle_was_used():
    needle = TherapyEntry(place=0, day=1, what="mesotherapy")
    abscess = felt(1, 28, "abscess", site="neck")
    assert ids(abscess) == []
    assert ids(needle, abscess) == ["RF_INJ_INFECT"]
    active = active_flags(Timeline.of([needle, abscess]), 28)[0]
    assert active.entries == (0, 1)


# --- questions a symptom raises ---------------------------------------------------------------------------


MASSAGE = TherapyEntry(place=0, day=40, what="massage", pressure="deep")


def asked(*given: AnyEntry, on: int = 99) -> list[tuple[str, int]]:
    return [(alert.id, alert.count) for alert in flag_questions(Timeline.of(given), on)]


def test_new_neck_pain_within_four_weeks_of_massage_asks_for_dissection():
    assert asked(MASSAGE, felt(1, 40, "pain", site="neck")) == [("RF_DISSECTION", 1)]
    assert asked(MASSAGE, felt(1, 68, "pain", site="occiput")) == [("RF_DISSECTION", 1)]
    assert asked(MASSAGE, felt(1, 69, "pain", site="occiput")) == []
    assert asked(MASSAGE, felt(1, 40, "pain", site="neck"), felt(2, 47, "headache")) == [("RF_DISSECTION", 2)]
    assert asked(MASSAGE, felt(1, 41, "dizziness", site=None)) == [("RF_DISSECTION", 1)]
    assert asked(MASSAGE, felt(1, 40, "pain", site="neck"), on=39) == []


def test_pain_elsewhere_old_pain_or_pain_without_manual_work_asks_nothing():
    assert asked(MASSAGE, felt(1, 41, "pain", site="foot")) == []
    assert asked(MASSAGE, felt(1, 41, "pain", site=None)) == []
    assert asked(MASSAGE, felt(1, 41, "pain", "present", "neck")) == []
    assert asked(felt(1, 41, "pain", site="neck")) == []
    refused = TherapyEntry(place=0, day=40, what="massage", do="stop")
    assert asked(refused, felt(1, 41, "pain", site="neck")) == []


def test_new_weakness_asks_for_its_extent():
    assert asked(felt(1, 41, "weakness", site="hand_left")) == [("RF_PROGRESSIVE", 1)]


def test_a_check_answers_the_question_whatever_it_found_unless_it_found_nothing_out():
    pain = felt(1, 41, "pain", site="neck")
    assert asked(MASSAGE, pain, checked(2, 42, RF_DISSECTION="absent")) == []
    assert asked(MASSAGE, pain, checked(2, 42, RF_DISSECTION="unknown")) == [("RF_DISSECTION", 1)]


@given(records(), st.integers(-5, 60))
def test_the_entries_that_can_flag_give_the_same_flags_as_all_entries(record, day):
    some = [entry for entry in record.current if concerns_flags(Timeline.of([entry]))]
    assert active_flags(Timeline.of(some), day) == active_flags(Timeline(record), day)


@pytest.mark.parametrize("by", ["patient", "import", "device"])
@pytest.mark.parametrize(
    "clearing",
    [
        {"kind": "red_flag_check", "flags": {"gibleed": "absent"}},
        {"kind": "decision", "do": "override", "to": "settle", "because": "RF_GIBLEED: I feel fine"},
    ],
    ids=["check", "override"],
)
def test_only_a_clinician_clears_a_flag(by: str, clearing: dict[str, object]):
    told = {"day": 1, "kind": "red_flag_check", "flags": {"gibleed": "present"}}
    plain = {"format": "assuage-record/1", "patient": {"id": "a"}}
    standing = parse_record({**plain, "entries": [told, {"day": 2, "by": by, **clearing}]})
    cleared = parse_record({**plain, "entries": [told, {"day": 2, **clearing}]})
    assert {active.flag.id for active in active_flags(Timeline(standing), 3)} == {"RF_GIBLEED"}
    assert active_flags(Timeline(cleared), 3) == ()
