"""What a person decided or looked up, what stands beside a proposal, and what silence can never settle."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, reject, settings
from hypothesis import strategies as some

from assuage.errors import Problems
from assuage.pathways.registry import PATHWAY_IDS, pathway
from assuage.record.entries import MedicationEntry, NoteEntry, Record, ScoreEntry
from assuage.record.entry import FORMAT
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.review.make import review
from assuage.review.model import PlanItem, Review
from assuage.safety.doubts import conditions_in_doubt
from assuage.terms.names import checked_name
from assuage.words.speak import describe
from tests.documented import BASELINE, PROBLEMS, Plain
from tests.record.strategies import records
from tests.unit.test_prescription import record, seen, states, why

EXAMPLES = Path(__file__).parents[2] / "examples" / "patients"
UNREAD: Plain = {"day": 1, "kind": "medication", "drug": "Zzyzxol", "do": "start"}


def item(shown: Review, name: str) -> PlanItem:
    return next(each for each in shown.plan if each.recommendation.id == name)


# --- a name that no rule reads, until a clinician has looked it up ----------------------------------------


def test_beside_a_drug_that_no_rule_reads_no_drug_is_started_and_its_name_stands_first():
    shown = seen(*BASELINE, *PROBLEMS, UNREAD, on=1)
    assert states(shown)["start-creatine"] == "ask"
    assert ["Zzyzxol" in str(describe(need)) for need in shown.unread] == [True]


@pytest.mark.parametrize(
    ("finding", "state"),
    [
        ({"what": "checked: Zzyzxol", "state": "normal"}, "now"),
        ({"what": "ZZYZXOL checked", "state": "absent"}, "now"),
        ({"what": "checked: Zzyzxol", "state": "abnormal"}, "ask"),
        ({"what": "checked: Zzyzxol", "state": "unknown"}, "ask"),
        ({"what": "checked: Zzyzxol", "state": "normal", "by": "patient"}, "ask"),
        ({"what": "checked: another", "state": "normal"}, "ask"),
    ],
)
def test_a_clinician_who_looked_the_name_up_settles_it(finding: Plain, state: str):
    shown = seen(*BASELINE, *PROBLEMS, UNREAD, {"day": 2, "kind": "finding", **finding}, on=5)
    assert states(shown)["start-creatine"] == state


def test_a_name_that_was_looked_up_is_shown_with_its_day_and_age():
    checked: Plain = {"day": 2, "kind": "finding", "what": "checked: Zzyzxol", "state": "normal"}
    notes = [str(describe(note)) for note in seen(*BASELINE, UNREAD, checked, on=5).notes]
    assert any("zzyzxol" in note and "day 2 (3 days ago)" in note for note in notes)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("checked: Abc", "abc"),
        ("Abc was checked", "abc"),
        ("checked Abc 5", "abc 5"),
        ("Abc", None),
        ("checked", None),
        ("unchecked", None),
    ],
)
def test_only_these_words_say_that_a_name_was_looked_up(words: str, name: str | None):
    assert checked_name(words) == name


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        ({"kind": "finding", "what": "metastatic zzz", "state": "present"}, "ask"),
        ({"kind": "finding", "what": "zzz", "state": "abnormal", "result": "severe"}, "ask"),
        ({"kind": "symptom", "what": "zzz", "state": "new", "severity": "severe"}, "ask"),
        ({"kind": "symptom", "what": "zzz", "state": "absent", "severity": "severe"}, "now"),
        ({"kind": "finding", "what": "metastatic zzz", "state": "absent"}, "now"),
        ({"kind": "finding", "what": "freckles", "state": "present"}, "now"),
        ({"kind": "finding", "what": "hepatitis", "state": "present"}, "ask"),
        ({"kind": "finding", "what": "tromboze", "state": "absent"}, "now"),
    ],
)
def test_a_severe_finding_that_no_rule_reads_asks_before_any_drug(entry: Plain, state: str):
    assert states(seen(*BASELINE, *PROBLEMS, {"day": 1, **entry}, on=1))["start-creatine"] == state


@pytest.mark.parametrize(("found", "state"), [("present", "ask"), ("absent", "now")])
def test_while_a_red_flag_stands_no_drug_is_begun(found: str, state: str):
    shown = seen(
        *BASELINE, *PROBLEMS, {"day": 1, "kind": "red_flag_check", "flags": {"suicide": found}}, on=1
    )
    assert states(shown)["start-creatine"] == state


@pytest.mark.parametrize("what", ["pregnancy_t1", "pregnancy_t2", "pregnancy_t3", "lactation"])
def test_nothing_is_begun_in_pregnancy_or_while_breastfeeding_without_a_persons_word(what: str):
    shown = seen(*BASELINE, *PROBLEMS, {"day": 1, "kind": "finding", "what": what, "state": "present"}, on=1)
    assert "now" not in {states(shown)[name] for name in states(shown) if name.startswith("start-")}


# --- what was not borne, in whatever words ----------------------------------------------------------------

JON, IDA = ("jon", "weekly-mesotherapy"), ("ida", "start-amitriptyline")


def state_of(example: tuple[str, str], entry: Plain) -> str:
    """The state of an example's recommendation once this is recorded too; without it all of them are `now`."""
    who, name = example
    plain = yaml.safe_load((EXAMPLES / f"{who}.yaml").read_text(encoding="utf-8"))
    day = max(each["day"] for each in plain["entries"])
    plain["entries"].append({"day": day, "kind": "finding", "state": "present", **entry})
    return states(review(parse_record(plain), "neck-first", day))[name]


@pytest.mark.parametrize(
    ("example", "what", "state"),
    [
        (JON, "freckles", "now"),
        (JON, "ibuprofen allergy", "withheld"),
        (JON, "Voltaren allergy", "withheld"),
        (JON, "anaphylaxis to diclofenac", "withheld"),
        (JON, "allergic to aspirin", "withheld"),
        (JON, "NSAIDs not tolerated", "withheld"),
        (JON, "naproxen intolerance", "withheld"),
        (JON, "Allergie gegen NSAR", "withheld"),
        (JON, "alergija ibuprofenui", "withheld"),
        (JON, "angioedema after ibuprofen", "withheld"),
        (JON, "aspirin-sensitive asthma", "withheld"),
        (JON, "allergic to ibuprofen and diclofenac", "withheld"),
        (JON, "no allergy to ibuprofen", "ask"),
        (JON, "procaine allergy", "ask"),
        (JON, "tolerates naproxen", "now"),
        (JON, "penicillin allergy", "now"),
        (IDA, "freckles", "now"),
        (IDA, "nortriptyline allergy", "ask"),
        (IDA, "intolerant of tricyclics", "ask"),
        (IDA, "ibuprofen allergy", "now"),
        (IDA, "adverse reaction to amitriptyline", "withheld"),
        (IDA, "anaphylactic shock after amitriptyline", "withheld"),
        (IDA, "DRESS after amitriptyline", "withheld"),
        (IDA, "amitriptyline allergy (rash)", "withheld"),
        (IDA, "allergy: amitriptyline", "withheld"),
        (IDA, "cannot take amitriptyline", "withheld"),
        (IDA, "Allergie gegen Amitriptylin", "withheld"),
        (IDA, "alergija amitriptilinui", "withheld"),
        (IDA, "Amitriptylin-Unverträglichkeit", "withheld"),
        (IDA, "amitriptyline allergy?", "ask"),
        (IDA, "collapsed on amitriptyline", "ask"),
        (IDA, "rash after penicillin, takes amitriptyline", "ask"),
    ],
)
def test_a_reaction_to_a_drug_or_its_class_holds_it_back(example: tuple[str, str], what: str, state: str):
    assert state_of(example, {"what": what}) == state


@pytest.mark.parametrize(
    ("example", "entry", "state"),
    [
        (JON, {"kind": "symptom", "what": "NSAID allergy"}, "withheld"),
        (IDA, {"kind": "symptom", "what": "amitriptyline allergy"}, "withheld"),
        (IDA, {"kind": "symptom", "what": "amitriptyline allergy", "state": "absent"}, "now"),
        (IDA, {"what": "amitriptyline allergy", "state": "unknown"}, "ask"),
        (IDA, {"what": "allergic rash", "result": "after amitriptyline"}, "withheld"),
        (IDA, {"what": "collapsed on amitriptyline", "state": "absent"}, "now"),
    ],
)
def test_a_reaction_counts_wherever_it_is_written_and_as_far_as_it_is_sure(
    example: tuple[str, str], entry: Plain, state: str
):
    assert state_of(example, entry) == state


# --- what brings a condition into doubt, and words of a danger that no rule reads ---------------------------


@pytest.mark.parametrize(
    ("example", "entry", "state"),
    [
        (IDA, {"what": "ECG", "state": "abnormal", "result": "complete heart block"}, "ask"),
        (IDA, {"what": "ECG", "state": "abnormal"}, "ask"),
        (IDA, {"what": "ECG", "state": "normal"}, "now"),
        (IDA, {"what": "ECG", "state": "normal", "result": "no heart block"}, "now"),
        (JON, {"what": "liver function tests", "state": "abnormal"}, "ask"),
        (JON, {"what": "creatinine", "state": "abnormal"}, "ask"),
        (JON, {"what": "gastroscopy", "state": "abnormal", "result": "active duodenal ulcer"}, "ask"),
        (JON, {"what": "gastroscopy", "state": "abnormal", "result": "no duodenal ulcer"}, "now"),
        (IDA, {"kind": "symptom", "what": "urinary retention"}, "ask"),
        (IDA, {"kind": "symptom", "what": "urinary retention", "state": "absent"}, "now"),
        (IDA, {"kind": "symptom", "what": "mania"}, "ask"),
        (IDA, {"kind": "symptom", "what": "pregnant"}, "ask"),
        (JON, {"kind": "symptom", "what": "peptic ulcer"}, "withheld"),
        (JON, {"kind": "symptom", "what": "skin infection"}, "withheld"),
    ],
)
def test_what_tells_of_a_condition_or_leaves_it_open_is_heard(
    example: tuple[str, str], entry: Plain, state: str
):
    assert state_of(example, entry) == state


def test_a_later_finding_settles_what_an_abnormal_measurement_left_open():
    ecg: Plain = {"day": 1, "kind": "finding", "what": "ECG", "state": "abnormal"}
    timeline = Timeline(record(ecg, {**ecg, "day": 2, "state": "normal"}))
    assert [len(list(conditions_in_doubt(timeline, day))) for day in (0, 1, 2)] == [0, 1, 0]


@pytest.mark.parametrize(
    "what",
    [
        "may be pregnant", "positive pregnancy test", "pregnant?", "planning pregnancy", "Brugada syndrome",
        "cardiac arrest", "phaeochromocytoma", "ileus", "alcoholic hepatitis", "platelets 40", "endocarditis",
        "osteomyelitis", "necrotising fasciitis", "pneumonia", "agranulocytosis",
    ],
)  # fmt: skip
def test_words_of_a_danger_that_no_rule_reads_are_asked(what: str):
    assert state_of(IDA, {"what": what}) == "ask"


@pytest.mark.parametrize("what", ["negative pregnancy test", "not pregnant", "plantar heel pain"])
def test_words_that_deny_a_danger_are_not(what: str):
    assert state_of(IDA, {"what": what}) == "now"


# --- who may enter --------------------------------------------------------------------------------------


def without_a_decision(*entries: Plain) -> Review:
    plain = {"format": "assuage-record/1", "patient": {"id": "p", "sex": "female", "age": 48}}
    return review(parse_record({**plain, "entries": [*BASELINE, *PROBLEMS, *entries]}), "neck-first", 0)


@pytest.mark.parametrize(
    ("began", "says"),
    [
        ({"day": -20, "state": "new"}, "for pain of 3 months and more"),
        ({"day": -20, "state": "present"}, "for how long it has hurt"),
        ({"day": -200, "state": "new"}, None),
        ({"day": -200, "state": "present"}, None),
        (None, "for how long it has hurt"),
    ],
)
def test_a_pathway_is_for_pain_that_has_lasted(began: Plain | None, says: str | None):
    told: list[Plain] = [] if began is None else [{"kind": "symptom", "what": "widespread pain", **began}]
    reasons = why(without_a_decision(*told), "start-creatine")
    assert (says in reasons) if says else ("3 months" not in reasons and "how long" not in reasons)


LASTED: Plain = {"day": -200, "kind": "symptom", "what": "widespread pain", "state": "new"}
DIAGNOSED: Plain = {"day": 0, "kind": "diagnosis", "what": "fibromyalgia", "certainty": "confirmed"}
ENTERED: Plain = {"day": 0, "kind": "decision", "do": "enter", "to": "settle", "because": "an example"}


def diagnosed(*entries: Plain, on: int = 0) -> str:
    """The state of a drug of which nothing but the diagnosis is open."""
    plain = {"format": "assuage-record/2", "patient": {"id": "p", "sex": "female", "age": 48}}
    told = [*BASELINE, *PROBLEMS, LASTED, *entries]
    return states(review(parse_record({**plain, "entries": told}), "neck-first", on))["start-creatine"]


@pytest.mark.parametrize(
    ("about", "state"),
    [
        ({}, "now"),
        ({"certainty": "probable"}, "now"),
        ({"certainty": "possible"}, "now"),
        ({"certainty": "refuted"}, "withheld"),
        ({"what": "Fibromialgija"}, "now"),
        ({"what": "Fibromyalgie-Syndrom"}, "now"),
        ({"what": None, "code": "M79.7", "system": "icd-10"}, "now"),
        ({"what": None, "code": "m79.70", "system": "icd-10"}, "now"),
        ({"what": None, "code": "MG30.01", "system": "icd-11"}, "now"),
        ({"what": None, "code": "M79.7", "system": "local"}, "ask"),
        ({"what": None, "code": "M79.1", "system": "icd-10"}, "ask"),
        ({"what": "no fibromyalgia"}, "ask"),
        ({"what": "migraine"}, "ask"),
        ({"by": "patient"}, "ask"),
        ({"role": "relative"}, "ask"),
        ({"day": 1}, "ask"),
    ],
)
def test_a_clinicians_diagnosis_of_what_the_pathway_presumes_admits_unless_it_is_refuted(
    about: Plain, state: str
):
    entry = {key: value for key, value in {**DIAGNOSED, **about}.items() if value is not None}
    assert diagnosed(entry) == state


REFUTED: Plain = {**DIAGNOSED, "day": 1, "certainty": "refuted"}


@pytest.mark.parametrize(
    ("what", "entries", "state"),
    [
        ("nobody said anything", [], "ask"),
        ("the last word counts", [DIAGNOSED, REFUTED], "withheld"),
        ("made again", [REFUTED, {**DIAGNOSED, "day": 2}], "now"),
        ("refuted by the patient", [DIAGNOSED, {**REFUTED, "by": "patient"}], "now"),
        ("refuted after the decision", [ENTERED, REFUTED], "withheld"),
        ("a decision after it was refuted", [REFUTED, {**ENTERED, "day": 2}], "now"),
        (
            "in dispute",
            [
                {**DIAGNOSED, "id": "a"},
                {**DIAGNOSED, "certainty": "refuted", "id": "b", "disputed_with": "a"},
            ],
            "ask",
        ),
    ],
)
def test_the_last_word_of_a_clinician_on_the_diagnosis_counts(what: str, entries: list[Plain], state: str):
    assert diagnosed(*entries, on=3) == state, what


def test_a_diagnosis_that_was_refuted_says_so_with_its_day():
    told = {**DIAGNOSED, "certainty": "refuted"}
    plain = {"format": "assuage-record/2", "patient": {"id": "p", "age": 48}, "entries": [*BASELINE, told]}
    shown = review(parse_record(plain), "neck-first", 0)
    assert "a clinician refuted the diagnosis of fibromyalgia on day 0" in why(shown, "start-creatine")


# --- decisions of people outrank, and say against what ------------------------------------------------------

REFUSED: Plain = {"day": 1, "kind": "consent", "for": "silexan", "state": "refused"}
OVERRIDE: Plain = {"day": 2, "kind": "decision", "do": "override", "to": "settle"}


def test_an_override_that_names_a_recommendation_outranks_the_rules_and_says_what_spoke_against_it():
    decided = {**OVERRIDE, "because": "start-silexan: she changed her mind on the phone"}
    shown = seen(*BASELINE, *PROBLEMS, REFUSED, decided, on=3)
    silexan = item(shown, "start-silexan")
    assert silexan.state == "now"
    assert silexan.decided is not None
    assert "consent to silexan refused" in " ".join(str(describe(each)) for each in silexan.despite)


@pytest.mark.parametrize(
    "decided",
    [
        {**OVERRIDE, "because": "start-silexan-later is another thing"},
        {**OVERRIDE, "because": "no reason that names it"},
        {**OVERRIDE, "because": "do not start-silexan: she refused"},
        {**OVERRIDE, "because": "start-silexan: read in", "by": "import"},
        {**OVERRIDE, "because": "start-silexan", "by": "patient"},
        {**OVERRIDE, "because": "start-silexan", "day": 9},
    ],
)
def test_an_override_of_something_else_or_by_the_patient_or_of_a_later_day_changes_nothing(decided: Plain):
    assert states(seen(*BASELINE, *PROBLEMS, REFUSED, decided, on=3))["start-silexan"] == "withheld"


@pytest.mark.parametrize(
    ("later", "state"),
    [
        ({"kind": "note", "text": "fine"}, "now"),
        ({"kind": "consent", "for": "silexan", "state": "refused"}, "withheld"),
        ({"kind": "red_flag_check", "flags": {"suicide": "present"}}, "ask"),
        ({"kind": "finding", "what": "pregnancy_t1", "state": "present"}, "ask"),
    ],
)
def test_an_override_outranks_what_was_known_when_it_was_taken_and_nothing_later(later: Plain, state: str):
    decided = {**OVERRIDE, "because": "start-silexan: she asked for it"}
    shown = seen(*BASELINE, *PROBLEMS, decided, {"day": 4, **later}, on=5)
    assert states(shown)["start-silexan"] == state


@pytest.mark.parametrize(
    ("flag", "state"), [("cardiac", "ask"), ("instability", "ask"), ("new_numbness", "now")]
)
def test_work_with_the_body_waits_while_a_flag_stands_of_which_it_could_be_a_danger(flag: str, state: str):
    told: Plain = {"day": 1, "kind": "red_flag_check", "flags": {flag: "present"}}
    shown = seen(*BASELINE, told, enter="keep", on=1)
    assert states(shown)["keep-moving"] == state


def test_a_therapy_that_was_stopped_is_asked_about_with_the_old_reason():
    stop: Plain = {"day": 1, "kind": "therapy", "what": "graded exercise", "do": "stop", "because": "fainted"}
    shown = seen(*BASELINE, stop, enter="keep", on=2)
    assert states(shown)["keep-moving"] == "ask"
    assert "fainted" in why(shown, "keep-moving")


# --- what stands beside ------------------------------------------------------------------------------------


def beside(shown: Review, name: str) -> str:
    return " | ".join(str(describe(each)) for each in item(shown, name).beside)


def test_a_moderate_alert_stands_beside_what_may_be_done_now():
    shown = seen(*BASELINE, PROBLEMS[0])
    assert item(shown, "start-amitriptyline").state == "now"
    assert "BR_ACB" in beside(shown, "start-amitriptyline")


def test_what_is_not_recorded_and_forbids_nothing_stands_beside_in_words_and_asks_nothing():
    known = [each for each in BASELINE if each.get("what") != "dementia"]
    shown = seen(*known, PROBLEMS[0])
    assert item(shown, "start-amitriptyline").state == "now"
    assert "not recorded: Dementia" in beside(shown, "start-amitriptyline")


@pytest.mark.parametrize(
    ("sex", "age", "asks"),
    [("female", 48, True), ("female", 60, False), ("male", 30, False), (None, 30, True)],
)
def test_pregnancy_is_asked_only_of_those_who_could_be_pregnant(sex: str | None, age: int, asks: bool):
    known = [each for each in BASELINE if not str(each.get("what")).startswith("pregnancy")]
    about = {"sex": sex} if sex else {}
    plain = {"format": "assuage-record/1", "patient": {"id": "p", "age": age, **about}}
    entered: Plain = {"day": 0, "kind": "decision", "do": "enter", "to": "settle", "because": "an example"}
    shown = review(parse_record({**plain, "entries": [entered, *known, *PROBLEMS]}), "neck-first", 0)
    told = " ".join([*(beside(shown, each.recommendation.id) for each in shown.plan),
                     *(why(shown, each.recommendation.id) for each in shown.plan)])  # fmt: skip
    assert ("pregnan" in told.lower()) is asks


# --- silence settles nothing ------------------------------------------------------------------------------


@settings(max_examples=60)
@given(records(), some.sampled_from(PATHWAY_IDS), some.booleans(), some.integers(0, 40), some.integers(0, 60))
def test_what_is_withheld_becomes_now_neither_by_silence_nor_by_what_has_nothing_to_do_with_it(
    drawn: Record, follows: str, documented: bool, on: int, later: int
):
    entries = (*record(*BASELINE, *PROBLEMS).entries[1:], *drawn.entries) if documented else drawn.entries
    if any(isinstance(entry, MedicationEntry) and entry.do == "stop" for entry in entries):
        reject()  # the end of a washout is known by the day alone
    day = (drawn.last_day or 0) + on
    beside = (
        NoteEntry(place=len(entries), day=day + later, text="the weather"),
        ScoreEntry(place=len(entries) + 1, day=day + later, scale="stress", value=3.0, by="patient"),
    )
    try:
        before = review(Record(drawn.patient, entries), pathway(follows), day)
        after = review(Record(drawn.patient, (*entries, *beside)), pathway(follows), day + later)
    except Problems:
        reject()  # decisions that the pathway cannot follow
    held = {each.recommendation.id for each in before.withheld}
    assert not held & {each.recommendation.id for each in after.plan if each.state == "now"}


# --- and only those of clinicians ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ({"by": "patient"}, "the patient"),
        ({"role": "researcher"}, "a researcher"),
        ({"by": "import"}, "an imported file"),
        ({"role": "device", "by": "device"}, "a device"),
    ],
)
def test_a_decision_that_is_no_clinicians_is_shown_and_asked_about_until_a_clinician_decides(who, told):
    enter = {"day": 0, "kind": "decision", "do": "enter", "to": "settle"}
    decided = {"day": 3, "kind": "decision", "do": "advance", "to": "move", "because": "I feel fine", **who}
    later = {"day": 4, "kind": "decision", "do": "hold"}

    def shown(*entries):
        made = review(
            parse_record({"format": FORMAT, "patient": {"id": "a"}, "entries": [*entries]}), "neck-first", 5
        )
        asked = [str(describe(each.what)) for each in made.missing]
        return [str(describe(note)) for note in made.notes], [each for each in asked if "confirms" in each]

    notes, asked = shown(enter, decided)
    confirm = "a clinician must confirm it by a decision of their own."
    what = f"The decision of day 3 (advance to move: I feel fine) was recorded by {told} and moves nobody: {confirm}"
    assert what in notes
    assert asked == [
        f"whether a clinician confirms the decision of day 3 (advance to move), which {told} recorded"
    ]
    notes, asked = shown(enter, decided, later)
    assert not any("was recorded by" in note for note in notes)
    assert asked == []
