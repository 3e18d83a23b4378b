"""From a record to a situation: what is known, what is not, and what counts as missing."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from assuage.record.care_entries import MeasurementEntry, ReferenceRange
from assuage.record.decided_entries import ConsentEntry, RedFlagEntry
from assuage.record.entries import (
    AnyEntry,
    Dose,
    FindingEntry,
    Ingredient,
    MedicationEntry,
    Patient,
    Record,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.check import check, fired_rules
from assuage.safety.consent import consent_given
from assuage.safety.known import (
    allergy_in,
    known_conditions,
    recorded_allergies,
    situation,
    unread_allergies,
)
from assuage.safety.reactions import RELATIVES, bearing_on
from assuage.safety.situation import Situation, line, lines_of, procedure_id, substance_id
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.sources import Status
from assuage.words.speak import ENGLISH

MIXTURE = (
    Ingredient("ketoprofen", 2, 100),
    Ingredient("lidocaine", 2, 40),
    Ingredient("sodium chloride 0.9%", 6),
)


def finding(what: str, state: Any = "present", day: int = 0, place: int = 0) -> FindingEntry:
    return FindingEntry(place=place, day=day, what=what, state=state)


def symptom(what: str, state: Any = "new", day: int = 0, site: str | None = None) -> SymptomEntry:
    return SymptomEntry(place=0, day=day, what=what, state=state, site=site)


def consent(purpose: str, state: Any = "given") -> ConsentEntry:
    return ConsentEntry(place=0, day=0, purpose=purpose, state=state)


def record(*entries: AnyEntry, **patient: Any) -> Record:
    return Record(Patient("p", **patient), entries)


def conditions(*entries: AnyEntry) -> dict[str, Answer]:
    return known_conditions(Timeline.of(entries))


def day_of(record: Record, day: int, unstable: Answer = UNKNOWN) -> Situation:
    return situation(Timeline(record), day, unstable)


def test_the_latest_word_on_a_condition_counts():
    assert conditions(finding("asthma"), finding("asthma", "absent"))["asthma"] is NO
    assert conditions(finding("asthma", "absent"), finding("asthma", "unknown"))["asthma"] is UNKNOWN


def test_a_number_of_a_finding_is_its_condition_and_the_alert_names_it():
    numbers = finding("creatinine", "abnormal", day=4)
    numbers = replace(numbers, result="eGFR 22")
    drug = MedicationEntry(place=1, day=4, drug="ketoprofen", do="start", doses=(Dose(50, "mg"),))
    today = day_of(record(numbers, drug), 5)
    assert today.conditions["ckd_lt30"] is YES
    texts = [ENGLISH.say(alert.text) for alert in check(today) if alert.tier == "stop"]
    assert any("(eGFR 22 on day 4)" in text for text in texts), texts


@pytest.mark.parametrize(
    ("patient", "gives"),
    [
        ({"sex": "female", "age": 66}, {"creatinine_unknown": NO, "ckd_lt30": YES, "ckd_30_59": NO}),
        ({"sex": "male", "age": 30}, {"creatinine_unknown": NO, "ckd_lt30": NO, "ckd_30_59": YES}),
        ({"sex": "female"}, {"creatinine_unknown": NO}),
        ({"sex": "female", "age": 12}, {"creatinine_unknown": NO}),
    ],
)
def test_a_creatinine_needs_the_age_and_sex_of_an_adult(patient: dict[str, Any], gives: dict[str, Answer]):
    entry = replace(finding("creatinine", "abnormal"), result="2.2 mg/dl")
    known = day_of(record(entry, **patient), 1).conditions
    kidneys = ("creatinine_unknown", "ckd_lt30", "ckd_30_59")
    assert {key: known[key] for key in kidneys if key in known} == gives


def test_a_number_rules_nothing_out_that_a_person_found():
    found = replace(finding("long_qt"), result="QTc 450 ms")
    assert conditions(found)["long_qt"] is YES
    assert conditions(finding("long_qt"), finding("QTc 450 ms", "normal", day=1, place=1))["long_qt"] is YES
    assert conditions(finding("QTc 450 ms", "normal"))["long_qt"] is NO


def measurement(what: str, value: float | None, unit: str | None, **more: Any) -> MeasurementEntry:
    return MeasurementEntry(place=0, day=4, what=what, value=value, unit=unit, **more)


@pytest.mark.parametrize(
    ("entry", "gives"),
    [
        (measurement("eGFR", 22, "mL/min/1.73 m²"), {"ckd_lt30": YES, "ckd_30_59": NO}),
        (measurement("creatinine", 2.2, "mg/dL"), {"ckd_lt30": YES, "ckd_30_59": NO}),
        (measurement("creatinine", 195, "µmol/L"), {"ckd_lt30": YES, "ckd_30_59": NO}),
        (measurement("eGFR", None, None, high=30), {"ckd_lt30": YES}),
        (measurement("eGFR", None, None, low=28, high=35), {}),
        (measurement("kidneys", 22, None, loinc="98979-8"), {"ckd_lt30": YES}),
        (measurement("ALT", 240, "U/L", range=ReferenceRange(high=40)), {"lft_raised_gt3uln": YES}),
        (measurement("ALT", 240, "U/L"), {}),
        (measurement("QTc", 510, "ms"), {"long_qt": YES}),
        (measurement("sodium", 128, "mmol/l"), {"hyponatraemia": YES}),
        (measurement("creatinine", 2.2, None), {}),
        (measurement("creatinine", 2.2, "furlong"), {}),
        (measurement("ALT", 22, "ml/min/1.73 m²", loinc="98979-8"), {}),
    ],
)
def test_a_measurement_is_the_conditions_it_comes_to(entry: MeasurementEntry, gives: dict[str, Answer]):
    today = day_of(record(entry, sex="female", age=66), 5)
    decided = ("ckd_lt30", "ckd_30_59", "lft_raised_gt3uln", "long_qt", "hyponatraemia")
    known = {key: today.conditions[key] for key in decided if key in today.conditions}
    assert {key: value for key, value in known.items() if value is YES or key in gives} == gives
    assert set(today.told) >= gives.keys()


@pytest.mark.parametrize(
    ("what", "condition"),
    [
        ("angle closure", "glaucoma_narrow"),
        ("infarktas", "recent_mi"),
        ("bipolar II", "bipolar"),
        ("chronic kidney disease stage 4", "ckd_lt30"),
        ("CKD stage 3b", "ckd_30_59"),
    ],
)
def test_a_condition_is_read_from_its_everyday_words(what: str, condition: str):
    assert conditions(finding(what))[condition] is YES


def test_a_measurement_nobody_recorded_counts_as_not_measured():
    known = conditions()
    assert known == {"lft_unknown": YES, "creatinine_unknown": YES, "vitd_unknown": YES}


@pytest.mark.parametrize(
    ("what", "state", "gives"),
    [
        ("ALT", "normal", {"lft_unknown": NO, "lft_raised_gt3uln": NO}),
        ("transaminases", "abnormal", {"lft_unknown": NO}),
        ("creatinine", "normal", {"creatinine_unknown": NO, "ckd_lt30": NO, "ckd_30_59": NO}),
        ("25-OH-D", "abnormal", {"vitd_unknown": NO}),
        ("ECG", "normal", {"heart_block": NO, "long_qt": NO, "arrhythmia": NO}),
    ],
)
def test_a_measurement_says_that_it_was_made_and_a_normal_one_what_it_rules_out(
    what: str, state: str, gives: dict[str, Any]
):
    known = conditions(finding(what, state))
    assert {key: known[key] for key in gives} == gives
    assert "hepatic_impairment_modsev" not in known


def test_a_measurement_of_unknown_result_was_not_made():
    assert conditions(finding("creatinine", "unknown"))["creatinine_unknown"] is YES


def test_a_normal_ecg_does_not_undo_a_known_arrhythmia():
    assert conditions(finding("arrhythmia"), finding("ECG", "normal"))["arrhythmia"] is YES


def test_new_weakness_is_a_new_deficit_until_somebody_has_looked():
    check = RedFlagEntry(place=2, day=1, flags={"RF_NEW_WEAKNESS": "absent"})
    weak, gone = symptom("weakness"), symptom("weakness", "resolved")
    assert situation(Timeline.of([weak, gone]), 1).condition("neuro_deficit_new") is YES
    assert situation(Timeline.of([weak, gone, check]), 1).condition("neuro_deficit_new") is UNKNOWN


@pytest.mark.parametrize(
    ("entries", "given"),
    [
        ((), False),
        ((consent("research"),), False),
        ((consent("care"),), True),
        ((consent("mesotherapy"),), True),
        ((consent("mesotherapy"), consent("mesotherapy", "withdrawn")), False),
        ((consent("care"), consent("mesotherapy", "refused")), False),
        ((consent("mesotherapy"), consent("care", "refused")), True),
    ],
)
def test_consent_to_the_needle(entries: tuple[AnyEntry, ...], given: bool):
    assert consent_given(Timeline.of(entries)) is given


@pytest.mark.parametrize(
    ("words", "substance"),
    [
        ("allergy to tizanidine", "tizanidine"),
        ("Ibuprofen allergy", "ibuprofen"),
        ("allergic to lignocaine", "lidocaine"),
        ("hypersensitivity to ketoprofenum", "ketoprofen"),
        ("ketoprofen_allergy", "ketoprofen"),
        ("pollen allergy", None),
        ("asthma", None),
    ],
)
def test_an_allergy_is_read_from_its_words(words: str, substance: str | None):
    assert allergy_in(words) == substance


def test_an_allergy_that_was_ruled_out_later_is_none():
    said = [
        finding("tizanidine allergy"),
        finding("allergy to tizanidine", "absent"),
        finding("ibuprofen allergy"),
    ]
    assert recorded_allergies(Timeline.of(said)) == ("ibuprofen",)


def test_a_session_is_the_procedure_and_what_was_injected():
    session = TherapyEntry(place=7, day=30, what="mesotherapy", mixture=MIXTURE)
    found = lines_of(session)
    assert [(one.substance, one.route, one.entries) for one in found] == [
        ("mesotherapy", "procedure", (7,)),
        ("ketoprofen", "intradermal", (7,)),
        ("lidocaine", "intradermal", (7,)),
        ("sodium_chloride_09", "intradermal", (7,)),
    ]
    assert found[1].doses == (Dose(100, "mg"),)
    assert found[3].doses == (Dose(6, "ml"),)
    assert lines_of(TherapyEntry(place=7, day=30, what="mesotherapy", do="stop", mixture=MIXTURE)) == ()
    assert (
        lines_of(TherapyEntry(place=1, day=1, what="mesotherapy", mixture=(Ingredient("lidocaine"),)))[
            1
        ].doses
        == ()
    )


def test_massage_is_deep_surely_possibly_or_not():
    def deep(**said: Any) -> list[bool]:
        return [
            one.sure
            for one in lines_of(TherapyEntry(place=0, day=0, what="massage", **said))
            if one.substance == "deep_tissue_massage"
        ]

    assert deep(pressure="deep") == [True]
    assert deep() == [False]
    assert deep(pressure="light") == []


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Mesotherapy", "mesotherapy"),
        ("deep tissue massage", "deep_tissue_massage"),
        ("kinesiotherapy", "graded_exercise"),
        ("chiropractic", "spinal_manipulation"),
        ("education", None),
        ("foo", None),
    ],
)
def test_procedures_are_found_by_their_names(name: str, known: str | None):
    assert procedure_id(name) == known


def test_substances_are_found_by_latin_names_and_atc_codes():
    assert [
        substance_id(name)
        for name in ("Amitriptylinum", "M03BX02", "low_dose_naltrexone", "moon dust", "mesotherapy")
    ] == [
        "amitriptyline",
        "tizanidine",
        "naltrexone_ld",
        None,
        "mesotherapy",
    ]
    assert line("tizanidinum", Dose(2, "mg")).title == "Tizanidine"
    assert line("moon dust").title == "moon dust"


# --- a whole day ------------------------------------------------------------------------------------------


def test_a_needle_day_without_consent_stops_and_with_consent_does_not():
    session = TherapyEntry(place=1, day=30, what="mesotherapy", mixture=MIXTURE)
    assert "CR_MESO_CONS" in fired_rules(day_of(record(session), 30))
    assert "CR_MESO_CONS" not in fired_rules(day_of(record(consent("care"), session), 30))
    recorded = finding("consent_missing", "absent")
    assert "CR_MESO_CONS" not in fired_rules(day_of(record(recorded, session), 30))
    assert "CR_MESO_CONS" not in fired_rules(day_of(record(session), 31))


def test_what_runs_meets_what_is_injected():
    drug = MedicationEntry(place=0, day=0, drug="ibuprofen", do="start", doses=(Dose(400, "mg"),))
    session = TherapyEntry(place=1, day=30, what="mesotherapy", mixture=MIXTURE)
    alerts = {alert.id: alert for alert in check(day_of(record(drug, session), 30))}
    assert alerts["DI_NSAID_DUP"].entries == (0, 1)


def test_nothing_recorded_later_is_seen():
    later = finding("asthma", day=5)
    assert day_of(record(later), 4).condition("asthma") is UNKNOWN


def test_standing_numbness_speaks_against_needle_and_hands():
    numb = SymptomEntry(place=0, day=48, what="numbness", state="new", site="occiput")
    session = TherapyEntry(place=1, day=51, what="mesotherapy", mixture=MIXTURE)
    massage = TherapyEntry(place=2, day=51, what="massage", pressure="deep")
    fired = fired_rules(day_of(record(numb, session, massage), 51))
    assert {"RF_NEW_NUMBNESS", "CR_MESO_NEURO", "CR_MASS_NEURO", "DI_MESO_MASSAGE"} <= fired


def test_a_flag_that_is_no_condition_leaves_the_conditions_alone():
    check = RedFlagEntry(place=0, day=1, flags={"RF_STROKE": "present", "RF_GIBLEED": "present"})
    found = day_of(record(check), 1)
    assert found.condition("gi_bleed") is YES
    assert fired_rules(found) == {"RF_STROKE", "RF_GIBLEED"}


@pytest.mark.parametrize(("gap", "fires"), [(0, True), (7, True), (8, False)])
def test_massage_within_a_week_of_a_session_meets_it(gap: int, fires: bool):
    session = TherapyEntry(place=1, day=30, what="mesotherapy", mixture=MIXTURE)
    massage = TherapyEntry(place=2, day=30 + gap, what="massage", pressure="deep")
    fired = fired_rules(day_of(record(session, massage), 30 + gap))
    assert ("DI_MESO_MASSAGE" in fired) is fires


@pytest.mark.parametrize(
    ("flare_day", "unstable", "expected"),
    [(26, UNKNOWN, YES), (25, UNKNOWN, UNKNOWN), (25, NO, NO), (25, YES, YES), (26, NO, YES)],
)
def test_a_flare_within_two_weeks_or_an_unstable_phase_is_active_sensitisation(
    flare_day: int, unstable: Any, expected: Any
):
    flare = symptom("pain", "worse", flare_day, "neck")
    assert day_of(record(flare), 40, unstable).condition("central_sensitisation_active") is expected


def test_a_recorded_answer_on_sensitisation_outranks_a_flare():
    said = [finding("central_sensitisation_active", "absent", 27), symptom("pain", "worse", 39, "neck")]
    assert day_of(record(*said), 40).condition("central_sensitisation_active") is NO


def test_an_answer_on_sensitisation_that_is_too_old_gives_way_to_the_flare():
    said = [finding("central_sensitisation_active", "absent", 26), symptom("pain", "worse", 39, "neck")]
    assert day_of(record(*said), 40).condition("central_sensitisation_active") is YES


@pytest.mark.parametrize(
    ("what", "state", "condition", "held", "answer", "after"),
    [
        ("pregnancy_t1", "absent", "pregnancy_t1", 28, NO, UNKNOWN),
        ("on_anticoagulant", "absent", "on_anticoagulant", 365, NO, UNKNOWN),
        ("fever_systemic", "absent", "fever_systemic", 1, NO, UNKNOWN),
        ("creatinine", "normal", "creatinine_unknown", 180, NO, YES),
        ("creatinine", "normal", "ckd_lt30", 180, NO, UNKNOWN),
        ("obesity", "absent", "obesity", 180, NO, UNKNOWN),
        ("suicidality", "present", "suicidality", 90, YES, YES),
        ("fever_systemic", "present", "fever_systemic", 1, YES, YES),
        ("epilepsy", "present", "epilepsy", 9000, YES, YES),
        ("la_allergy", "present", "la_allergy", 9000, YES, YES),
    ],
)
def test_what_was_said_holds_its_days_for_the_safety_rules_too(
    what: str, state: str, condition: str, held: int, answer: Any, after: Any
):
    """On the last of its days it counts, on the day after no more; a measurement as old counts as not made.

    A danger that was told of does not end by nobody's asking.
    """
    timeline = Timeline.of([finding(what, state)])
    assert known_conditions(timeline, held - 1).get(condition, UNKNOWN) is answer
    assert known_conditions(timeline, held).get(condition, UNKNOWN) is after


def test_age_grows_with_the_days_of_the_record():
    old = record(age=64, sex="female")
    assert day_of(old, 364).age == 64
    assert day_of(old, 365).age == 65
    assert day_of(old, -400).age == 64
    assert day_of(record(), 0).age is None


@pytest.mark.parametrize("what", ["creatinine", "ALT and AST", "ECG", "25-OH-D"])
def test_a_measurement_is_a_word_that_rules_know(what: str):
    assert record(finding(what, "normal")).not_checked == ()


@pytest.mark.parametrize(
    ("what", "result", "substances"),
    [
        ("allergy to ibuprofen", None, ("ibuprofen",)),
        ("allergy to ibuprofen tablets", None, ("ibuprofen",)),
        ("anaphylaxis from ketoprofen 2019", None, ("ketoprofen",)),
        ("urticaria after naproxen", None, ("naproxen",)),
        ("drug allergy", "amitriptyline: angioedema", ("amitriptyline",)),
        ("Allergie auf Tizanidin", None, ("tizanidine",)),
        ("alergija tizanidinui", None, ("tizanidine",)),
        ("possible allergy to lidocaine", None, ()),
        ("no allergy to lidocaine", None, ()),
        ("mother allergic to ibuprofen", None, ()),
        ("allergic to ibuprofen and lidocaine", None, ()),
        ("tizanidine intolerance", None, ()),
        ("allergic rhinitis", None, ()),
    ],
)
def test_an_allergy_that_holds_a_proposal_back_is_an_allergy_of_the_alerts(
    what: str, result: str | None, substances: tuple[str, ...]
):
    told = Timeline.of([replace(finding(what), result=result)])
    assert recorded_allergies(told) == substances
    for substance in substances:
        assert [bearing.forbids for bearing in bearing_on([substance], told, 0)] == [True]
        assert not unread_allergies(told)


@pytest.mark.parametrize(
    ("words", "substance", "forbids"),
    [
        ("anaphylaxis to metamizole", "ketoprofen", [False]),
        ("Novalgin Allergie", "ketoprofen", [False]),
        ("metamizole agranulocytosis", "ketoprofen", []),
        ("nausea on paracetamol (side effect)", "ketoprofen", []),
        ("angioedema after paracetamol", "ketoprofen", [False]),
        ("photoallergy to fenofibrate", "ketoprofen", [True]),
        ("fotoalergija fenofibratui", "ketoprofen", [True]),
        ("fenofibrate intolerance", "ketoprofen", []),
        ("tiaprofenic acid photosensitivity", "ketoprofen", [True]),
        ("allergy to oxybenzone", "ketoprofen", [True]),
        ("octocrylene photoallergy", "dexketoprofen", [True]),
        ("Oxybenzon-Allergie", "ketoprofen", [True]),
        ("perfume allergy", "ketoprofen", [False]),
        ("sunscreen allergy", "ketoprofen", [False]),
        ("oxybenzone allergy", "ibuprofen", []),
        ("oxybenzone allergy", "lidocaine", []),
        ("nickel allergy", "ketoprofen", []),
        ("lavender allergy", "amitriptyline", []),
        ("linalool allergy", "silexan", [False]),
        ("peanut allergy", "vitamin_d3", [False]),
        ("peanut allergy", "amitriptyline", []),
        ("methylparaben allergy", "lidocaine", [False]),
        ("carbamazepine hypersensitivity", "amitriptyline", [False]),
        ("levetiracetam hypersensitivity", "amitriptyline", []),
    ],
)
def test_an_allergy_to_a_relative_bears_on_a_drug(words: str, substance: str, forbids: list[bool]):
    bearing = bearing_on([substance], Timeline.of([finding(words)]), 0)
    assert [each.forbids for each in bearing] == forbids


def test_each_group_of_relatives_says_whose_word_it_is():
    for group in RELATIVES:
        assert all(key in PUBLICATIONS for key in group.sources), group.id
        assert bool(group.sources) is not (group.status is Status.POLICY), group.id
        assert not group.withheld or group.status is not Status.MEMORY, group.id


@pytest.mark.parametrize(
    ("patient", "condition", "contradicted"),
    [
        ({"sex": "male"}, "pregnancy_t2", True),
        ({"sex": "male"}, "lactation", True),
        ({"age": 71}, "pregnancy_t1", True),
        ({"age": 30}, "age_ge_65", True),
        ({"sex": "female", "age": 30}, "pregnancy_t2", False),
        ({"sex": "male"}, "epilepsy", False),
        ({}, "pregnancy_t2", False),
    ],
)
def test_what_cannot_be_at_the_age_or_sex_is_asked(
    patient: dict[str, Any], condition: str, contradicted: bool
):
    here = situation(Timeline(record(finding(condition), **patient)), 0)
    assert ("contradicted" in {alert.id for alert in check(here)}) is contradicted
    assert here.condition(condition) is YES


@pytest.mark.parametrize(
    ("entries", "asked"),
    [
        ([(0, "start", "Panadol"), (3, "start", "paracetamol")], True),
        ([(0, "start", "Panadol"), (3, "start", "panadol")], False),
        ([(0, "start", "Panadol"), (3, "change", "paracetamol")], False),
        ([(0, "start", "Panadol"), (3, "start", "paracetamol"), (5, "change", "Panadol")], True),
        ([(0, "start", "Panadol"), (3, "stop", "Panadol"), (3, "start", "paracetamol")], False),
        ([(0, "start", "Panadol"), (3, "start", "paracetamol"), (5, "stop", "paracetamol")], False),
        ([(0, "start", "Panadol"), (9, "start", "paracetamol")], False),
        ([(0, "start", "co-codamol"), (3, "start", "paracetamol")], True),
        ([(0, "start", "Saroten"), (3, "start", "Elavil")], True),
        ([(0, "start", "amitriptyline"), (3, "start", "ibuprofen")], False),
    ],
)
def test_one_substance_begun_under_two_names_is_asked_about_until_one_is_stopped(
    entries: list[tuple[int, str, str]], asked: bool
):
    told = [
        {"day": day, "time": f"08:{at:02}", "kind": "medication", "do": do, "drug": drug}
        for at, (day, do, drug) in enumerate(entries)
    ]
    record = parse_record({"format": "assuage-record/2", "patient": {"id": "p"}, "entries": told})
    here = situation(Timeline(record), 7)
    assert ("same-substance" in {alert.id for alert in check(here)}) is asked
