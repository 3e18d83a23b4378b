"""What is concluded from a drug that is taken, and from a measurement in words: a condition is there, or may be."""

from __future__ import annotations

import pytest

from assuage.engine.reference import View
from assuage.measures.nodes import FindingIs
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.check import check
from assuage.safety.doubts import conditions_in_doubt, open_by_drug
from assuage.safety.known import known_conditions, situation
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drug_conditions import DRUG_CONDITIONS, conditions_of_drug
from assuage.terms.drug_index import substance_classes
from assuage.terms.drug_names import drug_with_id
from assuage.terms.measured import open_by_words
from assuage.terms.sources import Status
from assuage.words.speak import ENGLISH

Plain = dict[str, object]


def takes(drug: str, day: int = 5, **more: object) -> Plain:
    return {"day": day, "kind": "medication", "drug": drug, "do": "start", **more}


def told(what: str, state: str, day: int = 0, **more: object) -> Plain:
    return {"day": day, "kind": "finding", "what": what, "state": state, **more}


def timeline(*entries: Plain) -> Timeline:
    plain = {"format": "assuage-record/2", "patient": {"id": "a", "age": 50, "sex": "female"}}
    return Timeline(parse_record({**plain, "entries": list(entries)}))


def in_a_gate(seen: Timeline, condition: str) -> Answer:
    return View(seen, 10, started=0, entered=0).truth(FindingIs(CONDITIONS[condition]))


DEFENDED, NOT_DEFENDED = told("immunosuppressed", "absent"), told("immunosuppressed", "present")


@pytest.mark.parametrize(
    ("drug", "there"),
    [
        ("Humira", YES),
        ("certolizumab pegol", YES),
        ("rituximab", YES),
        ("tacrolimus", YES),
        ("ciclosporin", YES),
        ("mycophenolate", YES),
        ("cyclophosphamide", YES),
        ("TNF inhibitor", YES),
        ("azathioprine", UNKNOWN),
        ("methotrexate", UNKNOWN),
        ("prednisolone", UNKNOWN),
        ("CellCept", YES),
        ("Nulojix", YES),
        ("Simulect", YES),
        ("Anti-thymocyte globulin", YES),
        ("dexamethasone", UNKNOWN),
        ("tofacitinib", UNKNOWN),
        ("secukinumab", UNKNOWN),
        ("docetaxel", UNKNOWN),
        ("chemotherapy", UNKNOWN),
        ("immunosuppressant", UNKNOWN),
        ("steroids", UNKNOWN),
        ("tacrolimus ointment", None),
        ("hydrocortisone cream", None),
        ("budesonide", None),
        ("sulfasalazine", None),
        ("paracetamol", None),
        ("something nobody knows", None),
    ],
)
def test_who_takes_a_drug_has_or_may_have_a_condition(drug: str, there: Answer | None):
    assert dict(conditions_of_drug(drug)).get("immunosuppressed") == there


def test_a_route_that_stays_at_its_place_says_nothing():
    assert conditions_of_drug("triamcinolone")
    assert not conditions_of_drug("triamcinolone", "intra-articular")


@pytest.mark.parametrize(
    ("entries", "gate", "known"),
    [
        ((DEFENDED,), NO, NO),
        ((DEFENDED, takes("adalimumab")), YES, YES),
        ((DEFENDED, takes("methotrexate")), UNKNOWN, UNKNOWN),
        ((NOT_DEFENDED, takes("methotrexate")), UNKNOWN, YES),  # a gate is as shut by either
        ((takes("adalimumab"), told("immunosuppressed", "absent", 7)), NO, NO),
        ((takes("methotrexate"), told("immunosuppressed", "absent", 7)), NO, NO),
        ((DEFENDED, takes("adalimumab"), {**takes("adalimumab", 8), "do": "stop"}), UNKNOWN, YES),
        ((DEFENDED, {**takes("adalimumab"), "do": "stop"}), UNKNOWN, UNKNOWN),
        ((DEFENDED, {"day": 6, "kind": "intake", "drug": "prednisolone"}), UNKNOWN, UNKNOWN),
    ],
)
def test_the_later_of_a_drug_and_a_word_on_the_condition_counts(
    entries: tuple[Plain, ...], gate: Answer, known: Answer
):
    seen = timeline(*entries)
    assert in_a_gate(seen, "immunosuppressed") is gate
    assert known_conditions(seen, 10)["immunosuppressed"] is known


def test_an_alert_names_the_drug_it_follows_from():
    seen = timeline(takes("Humira"), {"day": 10, "kind": "therapy", "what": "mesotherapy", "do": "session"})
    alert = next(each for each in check(situation(seen, 10)) if each.id == "CR_MESO_IMM")
    assert "takes Humira, from day 5" in str(ENGLISH.say(alert.text))


def test_a_drug_that_leaves_it_open_is_asked_about_until_somebody_says_it():
    asked = [told.finding.drug for told in open_by_drug(["mesotherapy"], timeline(takes("methotrexate")), 10)]
    assert asked == ["methotrexate"]
    for settled in (told("immunosuppressed", "absent", 7), told("immunosuppressed", "present", 7)):
        assert not list(open_by_drug(["mesotherapy"], timeline(takes("methotrexate"), settled), 10))
    assert not list(open_by_drug(["mesotherapy"], timeline(NOT_DEFENDED, takes("methotrexate")), 10))
    assert not list(open_by_drug(["amitriptyline"], timeline(takes("methotrexate")), 10))


KEPPRA = takes("Keppra")
NO_EPILEPSY = told("epilepsy", "absent", 5)
LOOKED_UP = {**told("checked: Keppra", "normal", 6), "by": "clinician"}


@pytest.mark.parametrize(
    ("entries", "absent"),
    [
        ((KEPPRA,), [None]),
        ((NO_EPILEPSY, KEPPRA), [None]),
        ((KEPPRA, NO_EPILEPSY), [5]),
        ((takes("Keppra", -300), told("epilepsy", "absent", 0)), [0]),
        ((takes("Keppra", -300), told("epilepsy", "absent", 5)), []),
        ((KEPPRA, told("epilepsy", "absent", 6)), []),
        ((KEPPRA, told("epilepsy", "absent", 6), {**takes("Keppra", 8), "do": "change"}), []),
        ((KEPPRA, told("epilepsy", "absent", 6), {**takes("Keppra", 8), "do": "stop"}), []),
        ((KEPPRA, NO_EPILEPSY, {**takes("Keppra", 8), "do": "stop"}), []),
        ((KEPPRA, NO_EPILEPSY, LOOKED_UP), []),
        ((KEPPRA, told("epilepsy", "present", 5)), []),
        ((takes("pregabalin"), NO_EPILEPSY), []),
        ((takes("topiramate"), NO_EPILEPSY), []),
    ],
)
def test_a_drug_that_speaks_for_a_disease_is_asked_against_a_word_that_it_is_absent(
    entries: tuple[Plain, ...], absent: list[int | None]
):
    """Said absent before the drug was told of, on its day or on the first of the record: nobody had asked yet."""
    asked = open_by_drug(["amitriptyline"], timeline(*entries), 10)
    assert [told.absent_on for told in asked if told.finding.what == "epilepsy"] == absent


@pytest.mark.parametrize(
    ("drug", "route", "condition"),
    [
        ("Mestinon", None, "myasthenia"),
        ("Kalimin", None, "myasthenia"),
        ("Depakine", None, "epilepsy"),
        ("valproatas", None, "epilepsy"),
        ("Xalatan", "eye", "glaucoma_narrow"),
        ("timolol", "eye drops", "glaucoma_narrow"),
        ("latanoprostas", None, "glaucoma_narrow"),
        ("lithium", None, "bipolar"),
        ("Aricept", None, "dementia"),
        ("Ventolin", "inhaled", "asthma"),
        ("tamsulosin", None, "urinary_retention"),
        ("nitroglycerin", None, "ischaemic_heart_disease"),
        ("digoxin", None, "arrhythmia"),
        ("midodrine", None, "hypotension"),
        ("sevelamer", None, "ckd_lt30"),
        ("thiamazole", None, "hyperthyroidism"),
        ("vaistai nuo epilepsijos", None, "epilepsy"),
        ("nitratai", None, "ischaemic_heart_disease"),
    ],
)
def test_what_a_drug_is_given_for_is_asked_and_never_known(drug: str, route: str | None, condition: str):
    assert dict(conditions_of_drug(drug, route))[condition] is UNKNOWN


@pytest.mark.parametrize(
    "drug", ["amlodipine", "metformin", "topiramate", "gabapentin", "omeprazole", "aspirin 75 mg"]
)
def test_a_drug_of_many_uses_speaks_for_no_disease(drug: str):
    assert conditions_of_drug(drug) == ()


def test_a_condition_is_certain_only_where_its_source_was_read():
    for row in DRUG_CONDITIONS:
        assert row.condition in CONDITIONS
        assert all(drug_with_id(substance) for substance in row.substances), row
        assert row.classes <= substance_classes().keys()
        assert not row.certain or row.status is Status.SEEN


@pytest.mark.parametrize(
    ("what", "result", "conditions"),
    [
        ("creatinine", "high", {"ckd_30_59", "ckd_lt30"}),
        ("creatinine high", None, {"ckd_30_59", "ckd_lt30"}),
        ("raised creatinine", None, {"ckd_30_59", "ckd_lt30"}),
        ("kreatininas", "padidėjęs", {"ckd_30_59", "ckd_lt30"}),
        ("creatinine", None, {"ckd_30_59", "ckd_lt30"}),
        ("creatinine 300", None, {"ckd_30_59", "ckd_lt30"}),
        ("creatinine 80 umol/l", None, set[str]()),
        ("sodium", "low", {"hyponatraemia"}),
        ("sodium", "high", set[str]()),
        ("low sodium", None, {"hyponatraemia"}),
        ("QTc", "prolonged", {"long_qt", "qtc_borderline"}),
        ("ALT elevated", None, {"lft_raised_gt3uln"}),
        ("HbA1c", "high", {"immunosuppressed"}),
        ("potassium", "low", set[str]()),  # no rule asks for what it would be
        ("tremor", "high", set[str]()),
    ],
)
def test_a_measurement_in_words_leaves_open_what_its_number_would_decide(
    what: str, result: str | None, conditions: set[str]
):
    assert open_by_words(what, result) == conditions


NORMAL = {"day": 0, "kind": "measurement", "what": "eGFR", "value": 90, "unit": "ml/min/1.73 m²"}
KIDNEYS = {**NORMAL, "value": 22}


@pytest.mark.parametrize(
    ("entries", "gate", "known"),
    [
        ((NORMAL,), NO, NO),
        ((NORMAL, told("creatinine", "abnormal", 5, result="high")), UNKNOWN, UNKNOWN),
        ((NORMAL, told("creatinine high", "present", 5)), UNKNOWN, UNKNOWN),
        ((NORMAL, told("creatinine high", "absent", 5)), NO, NO),
        ((NORMAL, told("creatinine", "abnormal", 5, result="high"), {**NORMAL, "day": 8}), NO, NO),
        ((NORMAL, told("creatinine", "abnormal", 5, result="high"), {**KIDNEYS, "day": 8}), YES, YES),
        ((KIDNEYS, told("creatinine", "abnormal", 5, result="high")), UNKNOWN, YES),
    ],
)
def test_an_older_number_does_not_speak_against_a_later_measurement_in_words(
    entries: tuple[Plain, ...], gate: Answer, known: Answer
):
    seen = timeline(*entries)
    assert in_a_gate(seen, "ckd_lt30") is gate
    assert known_conditions(seen, 10)["ckd_lt30"] is known


def test_the_question_names_the_measurement():
    seen = timeline(NORMAL, told("sodium", "abnormal", 5, result="low"))
    doubts = [(doubt.in_words, doubt.conditions) for doubt in conditions_in_doubt(seen, 10)]
    assert doubts == [("sodium: low", frozenset({"hyponatraemia"}))]
