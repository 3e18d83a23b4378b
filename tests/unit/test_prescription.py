"""A proposal is checked like a prescription: what its story forbids is never `now`, and what it allows still is."""

from __future__ import annotations

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as some

from assuage.errors import Problems
from assuage.pathways.actions import Start
from assuage.pathways.registry import PATHWAY_IDS, pathway
from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.review.given import raised_by, raised_together
from assuage.review.make import review
from assuage.review.model import PlanItem, Review
from assuage.review.proposal import Proposal
from assuage.safety.situation import NOT_FOR_MEN
from assuage.words.speak import describe
from tests.documented import BASELINE, LISTED, PROBLEMS, Plain
from tests.record.strategies import records


def record(*entries: Plain, enter: str = "settle", **patient: object) -> Record:
    who = {"id": "p", "sex": "female", "age": 48, **patient}
    first: Plain = {"day": 0, "kind": "decision", "do": "enter", "to": enter, "because": "an example"}
    return parse_record({"format": "assuage-record/1", "patient": who, "entries": [first, *entries]})


def seen(*entries: Plain, on: int = 0, follows: str = "neck-first", **about: object) -> Review:
    return review(record(*entries, **about), pathway(follows), on)  # pyright: ignore[reportArgumentType]


def states(shown: Review) -> dict[str, str]:
    planned = {item.recommendation.id: item.state for item in shown.plan}
    return {**planned, **{item.recommendation.id: "withheld" for item in shown.withheld}}


def why(shown: Review, name: str) -> str:
    """All reasons and questions of one recommendation."""
    reasons = [reason for item in shown.withheld if item.recommendation.id == name for reason in item.reasons]
    needs = [need for item in shown.plan if item.recommendation.id == name for need in item.needs]
    return " | ".join(str(describe(each)) for each in (*reasons, *needs))


# --- what may be done still is -------------------------------------------------------------------------

TRIMESTERS = ("t1", "t2", "t3", "ge20w")
DAYS: list[Plain] = [
    {"day": day, "kind": "score", "scale": "pain", "value": 6, "site": "neck", "by": "patient"}
    for day in range(5)
]


@pytest.mark.parametrize(
    ("follows", "enter", "entries", "on", "now"),
    [
        (
            "neck-first",
            "settle",
            [*BASELINE, *PROBLEMS],
            0,
            {"start-silexan", "start-creatine", "start-vitamin-d"},
        ),
        ("neck-first", "settle", [*BASELINE, PROBLEMS[0]], 0, {"start-amitriptyline", "start-vitamin-d"}),
        ("neck-first", "quieten", [*BASELINE, LISTED, *DAYS], 4, {"weekly-mesotherapy"}),
        ("neck-first", "move", [*BASELINE, LISTED], 0, {"active-kinesiotherapy", "maintain-mesotherapy"}),
        ("neck-first", "keep", BASELINE, 0, {"keep-moving"}),
        (
            "eular-2017",
            "tailor",
            [*BASELINE, PROBLEMS[0]],
            0,
            {"go-on-with-exercise", "amitriptyline-for-sleep"},
        ),
        ("eular-2017", "foundation", BASELINE, 0, {"education", "graded-exercise"}),
    ],
)
def test_a_documented_patient_keeps_what_is_indicated_as_now(follows, enter, entries, on, now):
    found = states(seen(*entries, follows=follows, enter=enter, on=on))
    assert {name for name, state in found.items() if state == "now"} >= now


def test_a_documented_patient_is_asked_again_once_the_answers_are_too_old():
    """900 days on nothing that was said absent counts as absent, and the question says since when."""
    shown = seen(*BASELINE, LISTED, *DAYS, enter="quieten", on=900)
    assert states(shown)["weekly-mesotherapy"] == "ask"
    said = "on therapeutic anticoagulant (last said absent on day 0, 900 days ago; that holds 365 days)"
    assert said in why(shown, "weekly-mesotherapy")


@pytest.mark.parametrize(
    ("state", "day", "now"),
    [
        ("absent", 30, True),
        ("absent", 27, True),
        ("normal", 2, True),
        ("absent", 1, False),
        ("present", 27, False),
        ("present", 30, False),
        ("unknown", 30, False),
    ],
)
@pytest.mark.parametrize("what", ["fever_systemic", "skin_infection_site"])
def test_what_only_the_day_of_the_needle_can_tell_is_asked_there_where_it_was_lately_absent(
    what: str, state: str, day: int, now: bool
):
    """Fever and skin stand beside the session as questions of its day; told of as present, or long ago, they ask."""
    other = ({"fever_systemic", "skin_infection_site"} - {what}).pop()
    asked = [entry for entry in BASELINE if entry.get("what") not in (what, other)]
    days = [{**entry, "day": 26 + number} for number, entry in enumerate(DAYS)]
    told = [
        {"day": day, "kind": "finding", "what": what, "state": state},
        {"day": 30, "kind": "finding", "what": other, "state": "absent"},
        *(
            {"day": 29, "kind": "finding", "what": f"pregnancy_{part}", "state": "absent"}
            for part in TRIMESTERS
        ),
    ]
    shown = seen(*asked, LISTED, *days, *told, enter="quieten", on=30)
    assert (states(shown)["weekly-mesotherapy"] == "now") is now, why(shown, "weekly-mesotherapy")
    (item,) = (
        (item for item in shown.plan if item.recommendation.id == "weekly-mesotherapy") if now else (None,)
    )
    held = 1 if what == "fever_systemic" else 7
    asks = [] if item is None else [each.id for each in item.beside if each.id == "beside.on-the-day"]
    assert asks == (["beside.on-the-day"] if now and 30 - day >= held else [])


def test_two_proposals_that_exclude_each_other_are_one_choice():
    """Amitriptyline and tizanidine together sedate too much; either alone does not."""
    shown = seen(*BASELINE, *PROBLEMS)
    assert {states(shown)[name] for name in ("start-amitriptyline", "start-tizanidine")} == {"ask"}
    assert "which one of: start amitriptyline" in why(shown, "start-tizanidine")
    alone = seen(
        *BASELINE, PROBLEMS[1], {"day": 0, "kind": "symptom", "what": "sleep problem", "state": "absent"}
    )
    assert states(alone)["start-tizanidine"] == "now"
    assert states(alone)["start-amitriptyline"] == "withheld"


def beside(shown: Review, name: str) -> str:
    """What stands beside one item of the plan, in words."""
    told = [each for item in shown.plan if item.recommendation.id == name for each in item.beside]
    return " | ".join(str(describe(each)) for each in told)


@pytest.mark.parametrize(
    ("drug", "name", "told"),
    [
        ("viloxazine", "start-silexan", "no rule here knows viloxazine beside Silexan"),
        ("rofecoxib", "start-amitriptyline", "no rule here knows rofecoxib beside amitriptyline"),
        ("stiripentol", "start-vitamin-d", "no rule here knows stiripentol beside vitamin D3"),
        ("metformin", "start-amitriptyline", "no rule here knows metformin beside amitriptyline"),
        ("sertraline", "start-amitriptyline", None),  # a rule knows the pair
        ("chlorphenamine", "start-amitriptyline", None),  # a burden counts both
        ("zolpidem", "start-silexan", None),  # a class rule knows it
        ("hydrochlorothiazide", "start-vitamin-d", None),
    ],
)
def test_that_no_rule_knows_what_is_taken_beside_a_proposal_is_told(drug: str, name: str, told: str | None):
    taken: Plain = {"day": 0, "kind": "medication", "drug": drug, "do": "start"}
    shown = beside(seen(*BASELINE, PROBLEMS[0], PROBLEMS[2], taken), name)
    assert (told in shown) if told else ("no rule here knows" not in shown)


def test_a_drug_that_a_clinician_looked_up_is_not_told_as_unknown():
    taken: Plain = {"day": 0, "kind": "medication", "drug": "metformin", "do": "start"}
    checked: Plain = {"day": 0, "kind": "finding", "what": "checked: metformin", "state": "normal"}
    shown = seen(*BASELINE, PROBLEMS[0], taken, {**checked, "by": "clinician"})
    assert "metformin" not in beside(shown, "start-amitriptyline")


# --- what the story forbids is never now -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "name", "state", "says"),
    [
        (
            [{"kind": "consent", "for": "treatment", "state": "refused"}],
            "start-creatine",
            "withheld",
            "consent",
        ),
        (
            [{"kind": "consent", "for": "care", "state": "withdrawn"}],
            "start-silexan",
            "withheld",
            "withdrawn",
        ),
        ([{"kind": "consent", "for": "silexan", "state": "refused"}], "start-silexan", "withheld", "refused"),
        (
            [{"kind": "consent", "for": "medication", "state": "refused"}],
            "start-creatine",
            "withheld",
            "refused",
        ),
        (
            [
                {
                    "kind": "finding",
                    "what": "amitriptyline intolerance",
                    "state": "present",
                    "result": "sedation",
                }
            ],
            "start-amitriptyline",
            "withheld",
            "sedation",
        ),
        (
            [{"kind": "finding", "what": "intolerance to creatine", "state": "unknown"}],
            "start-creatine",
            "withheld",
            "intolerance to creatine",
        ),
        (
            [{"kind": "symptom", "what": "anxiety", "state": "absent"}],
            "start-silexan",
            "withheld",
            "nothing to treat",
        ),
        (
            [{"kind": "consent", "for": " Treatment ", "state": "refused"}],
            "start-creatine",
            "withheld",
            "refused",
        ),
        (
            [{"kind": "consent", "for": "pills at night", "state": "refused"}],
            "start-creatine",
            "ask",
            "pills at night",
        ),
        (
            [{"kind": "finding", "what": "did not tolerate silexan", "state": "present"}],
            "start-silexan",
            "withheld",
            "did not tolerate",
        ),
        (
            [{"kind": "finding", "what": "allergy to zzz", "state": "present"}],
            "start-creatine",
            "ask",
            "allergy to zzz",
        ),
        (
            [{"kind": "finding", "what": "dementia", "state": "present"}],
            "start-amitriptyline",
            "ask",
            "CR_TCA_DEM",
        ),
        (
            [{"kind": "medication", "drug": "nardelzine of hers", "do": "start"}],
            "start-creatine",
            "ask",
            "what nardelzine of hers is",
        ),
        (
            [{"kind": "medication", "drug": "fluoxetine", "do": "start"}],
            "start-amitriptyline",
            "ask",
            "DI_TCA_FLX",
        ),
        (
            [{"kind": "medication", "drug": "irreversible MAOI", "do": "start"}],
            "start-amitriptyline",
            "withheld",
            "DI_TCA_MAOI",
        ),
    ],
)
def test_what_the_story_speaks_against_is_withheld_or_asked_with_the_reason(entries, name, state, says):
    shown = seen(*BASELINE, *PROBLEMS, *({"day": 1, **entry} for entry in entries), on=1)
    assert states(shown)[name] == state
    assert says in why(shown, name)


@pytest.mark.parametrize(("age", "state"), [(12, "withheld"), (17, "withheld"), (18, "now"), (None, "ask")])
def test_a_pathway_is_for_people_of_its_age(age, state):
    of_no_age = [entry for entry in BASELINE if entry.get("what") != "age_lt_18"]
    assert states(seen(*of_no_age, *PROBLEMS, age=age))["start-creatine"] == state


def test_who_has_no_criterion_of_the_diagnosis_and_was_not_entered_is_not_treated():
    """The criteria of a healthy man, all of them decided and none met."""
    nothing: list[Plain] = [
        {"day": 0, "kind": "answers", "instrument": "wpi", "sites": []},
        {"day": 0, "kind": "score", "scale": "sss", "value": 0},
    ]
    whole = record(*BASELINE, *nothing, *PROBLEMS)
    shown = review(Record(whole.patient, whole.entries[1:]), pathway("neck-first"), 0)
    assert set(states(shown).values()) <= {"ask", "withheld"}


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "consent", "for": "research", "state": "refused"},
        {"kind": "consent", "for": "needles", "state": "refused"},
        {"kind": "consent", "for": "mesotherapy", "state": "refused"},
        {"kind": "finding", "what": "pollen allergy", "state": "present"},
        {"kind": "finding", "what": "allergy to zzz", "state": "absent"},
        {"kind": "finding", "what": "exercise intolerance", "state": "present"},
    ],
)
def test_what_has_nothing_to_do_with_a_drug_does_not_hold_it_back(entry):
    assert states(seen(*BASELINE, *PROBLEMS, {"day": 1, **entry}, on=1))["start-creatine"] == "now"


def test_a_consent_that_was_given_again_covers_again():
    refused: Plain = {"day": 1, "kind": "consent", "for": "treatment", "state": "refused"}
    given: Plain = {"day": 2, "kind": "consent", "for": "treatment", "state": "given"}
    assert states(seen(*BASELINE, *PROBLEMS, refused, given, on=1))["start-creatine"] == "withheld"
    assert states(seen(*BASELINE, *PROBLEMS, refused, given, on=2))["start-creatine"] == "now"


@pytest.mark.parametrize(("on", "state"), [(30, "withheld"), (43, "withheld"), (44, "now")])
def test_a_stopped_drug_counts_until_its_washout_has_ended(on, state):
    """An irreversible MAOI: 14 days (the labels of amitriptyline, DI_TCA_MAOI)."""
    drug: Plain = {"kind": "medication", "drug": "irreversible MAOI"}
    late = [{**each, "day": on} for each in (PROBLEMS[0],)]
    shown = seen(
        *BASELINE, {"day": 0, **drug, "do": "start"}, {"day": 30, **drug, "do": "stop"}, *late, on=on
    )
    assert states(shown)["start-amitriptyline"] == state


def test_silence_about_the_problem_asks_and_does_not_propose():
    shown = seen(*BASELINE)
    assert states(shown)["start-silexan"] == "ask"
    assert "whether anxiety is present or gone" in why(shown, "start-silexan")


def test_a_drug_that_runs_goes_on_though_the_problem_is_gone():
    running: Plain = {"day": 0, "kind": "medication", "drug": "silexan", "do": "start"}
    gone: Plain = {"day": 5, "kind": "symptom", "what": "anxiety", "state": "resolved"}
    assert states(seen(*BASELINE, running, gone, on=6))["start-silexan"] == "now"


def test_every_drug_that_is_started_names_the_problem_it_is_for():
    for name in PATHWAY_IDS:
        for recommendation in pathway(name).recommendations():
            if isinstance(recommendation.action, Start):
                assert recommendation.treats or recommendation.when, recommendation.id


# --- nothing is proposed that our own rules speak against ------------------------------------------------


def _now(shown: Review) -> list[PlanItem]:
    return [item for item in shown.plan if item.state == "now"]


@settings(max_examples=60)
@given(records(), some.sampled_from(PATHWAY_IDS), some.booleans(), some.integers(0, 40))
def test_what_is_proposed_raises_nothing_new_together(drawn, follows, documented, later):
    entries = (*record(*BASELINE, *PROBLEMS).entries[1:], *drawn.entries) if documented else drawn.entries
    try:
        shown = review(Record(drawn.patient, entries), pathway(follows), (drawn.last_day or 0) + later)
    except Problems:
        reject()  # decisions that the pathway cannot follow
    view = shown.walk.view(shown.on)
    begun = [each.given for item in _now(shown) if (each := Proposal(view, item)).begins]
    assert raised_together(view.timeline, view.day, begun) == ()
    for given_alone in begun:
        assert raised_by(view.timeline, view.day, given_alone) == ()


def test_a_number_without_a_unit_is_asked_about_where_it_could_forbid_and_stands_beside_the_rest():
    number: Plain = {"day": 0, "kind": "finding", "what": "creatinine 300", "state": "abnormal"}
    shown = seen(*BASELINE, *PROBLEMS, number)
    assert "creatinine 300 of day 0 has no unit: not judged" in why(shown, "start-creatine")
    assert states(shown)["start-creatine"] == "ask"


WITH_CHILD = {*NOT_FOR_MEN, "pregnancy"}
NOT_ASKED_OF_A_CHILD = [each for each in BASELINE if each.get("what") not in WITH_CHILD]


def told_of_a_child(shown: Review) -> dict[str, set[str]]:
    """By recommendation, which of pregnancy and breastfeeding its needs or what stands beside it tell of."""
    return {
        item.recommendation.id: {
            topic
            for topic in ("pregnancy", "breastfeeding")
            if topic in " | ".join(str(describe(each)) for each in (*item.needs, *item.beside))
        }
        for item in shown.plan
    }


@pytest.mark.parametrize(
    ("follows", "enter", "says"),
    [
        (
            "neck-first",
            "settle",
            {
                "start-amitriptyline": {"pregnancy", "breastfeeding"},
                "start-tizanidine": {"pregnancy", "breastfeeding"},
                "start-silexan": {"pregnancy", "breastfeeding"},
                "start-creatine": {"pregnancy"},
                "start-vitamin-d": set[str](),
            },
        ),
        ("neck-first", "quieten", {"weekly-mesotherapy": {"pregnancy", "breastfeeding"}}),
        ("neck-first", "move", {"active-kinesiotherapy": set[str]()}),
    ],
)
def test_pregnancy_and_breastfeeding_that_nobody_recorded_are_told_with_each_drug_that_is_not_safe_in_them(
    follows: str, enter: str, says: dict[str, set[str]]
):
    young = {"age": 30, "enter": enter}
    told = told_of_a_child(seen(*NOT_ASKED_OF_A_CHILD, *PROBLEMS, follows=follows, **young))
    assert {name: told[name] for name in says} == says


@pytest.mark.parametrize(("sex", "age"), [("male", 30), ("female", 66)])
def test_nobody_asks_a_man_or_an_old_woman_about_pregnancy(sex: str, age: int):
    known = [entry for entry in NOT_ASKED_OF_A_CHILD if entry.get("what") != "age_ge_65" or age < 65]
    told = told_of_a_child(seen(*known, *PROBLEMS, sex=sex, age=age))
    assert not any(told.values())


def test_the_needle_is_asked_about_where_pregnancy_could_forbid_it():
    shown = seen(*NOT_ASKED_OF_A_CHILD, *PROBLEMS, enter="quieten", age=30)
    assert states(shown)["weekly-mesotherapy"] == "ask"
    assert "could forbid it: pregnancy" in why(shown, "weekly-mesotherapy")


@pytest.mark.parametrize(
    ("drug", "remembered"),
    [("Metypred", "(from memory methylprednisolone: look it up)"), ("xyzan", "no rule knows this name")],
)
def test_a_brand_that_is_only_remembered_says_as_what(drug: str, remembered: str):
    taken: Plain = {"day": 0, "kind": "medication", "drug": drug, "do": "start"}
    told = why(seen(*BASELINE, taken), "start-creatine")
    assert told.count(remembered) == 1
