"""What can never mean anything is refused when the definition is imported."""

from __future__ import annotations

from typing import Any

import pytest

from assuage.errors import DefinitionError, InputError
from assuage.measures.criteria import Criterion
from assuage.measures.notation import (
    PHASE_ENTRY,
    all_of,
    any_of,
    finding,
    medication,
    none_of,
    onset,
    percent,
    records,
    red_flags,
    score,
    symptom,
    time_in_phase,
)
from assuage.pathways.actions import PlannedDose, perform, start, stop, titrate
from assuage.pathways.evidence import Mechanism
from assuage.pathways.guideline import EULAR
from assuage.pathways.model import FallBack, Limit, Pathway, Phase, Recommendation, Role, gate
from assuage.terms.conditions import BLEEDING_DISORDER
from assuage.terms.drugs import AMITRIPTYLINE, TIZANIDINE
from assuage.terms.publications import CASE
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.scales import PAIN
from assuage.terms.sites import NECK
from assuage.terms.sources import OURS
from assuage.terms.symptoms import PAIN_FELT
from assuage.terms.therapies import MASSAGE, MESOTHERAPY
from assuage.terms.times import days, weeks

ASKED = finding(BLEEDING_DISORDER).present


def criterion(name: str = "one", **more: object) -> Criterion:
    return Criterion(name, "One", ASKED, because="An example.", source=CASE, **more)  # type: ignore[arg-type]


def phase(name: str, **more: object) -> Phase:
    return Phase(name, name.title(), "An aim.", **more)  # type: ignore[arg-type]


def advice(action: Any, name: str = "do") -> Recommendation:
    return Recommendation(
        name, action, Role.PHYSICIAN, because="An example.", source=CASE, advice=EULAR["GR_MESO"]
    )


OUT = gate("out", "Out", criterion())

MISTAKES = [
    (
        lambda: score(PAIN).past(days(7)).worst <= 50,
        "pain is scored 0 to 10, so it can never be compared with 50",
    ),
    (lambda: score(PAIN).past(days(7)).worst >= -1, "never be compared with -1"),
    (lambda: score(PAIN).rise_after(MASSAGE, within=days(3)) >= 11, "never can rise by so much"),
    (lambda: score(PAIN).past(days(7)).worst < 0, "is never so and asks nothing"),
    (lambda: score(PAIN).past(days(7)).worst >= 0, "is always so and asks nothing"),
    (lambda: score(PAIN).past(days(7)).worst.between(5, 2), "exchange them"),
    (lambda: score(PAIN).past(days(7)).slope >= 100, "never can have such a slope"),
    (lambda: score(PAIN).past(days(1)).slope, "one day has no slope"),
    (lambda: score(PAIN).past(days(7)).mean.fall_from(PHASE_ENTRY) >= percent(500), "at most 100 %"),
    (lambda: score(PAIN).past(days(7)).mean.fall_from(PHASE_ENTRY) >= percent(float("nan")), "at most 100 %"),
    (lambda: score(PAIN).past(days(7)).mean.fall_from(PHASE_ENTRY) >= 50, "write percent(50)"),
    (lambda: score(PAIN).past(days(7)).mean >= percent(5), "write a number"),
    (lambda: score(PAIN).past(7), "write days(7)"),
    (lambda: score(PAIN).at("neck"), "names no place"),
    (lambda: score(PAIN).at(), "names no place"),
    (lambda: records(MASSAGE).past(days(7)).count >= 0.5, "a whole number"),
    (lambda: records(MASSAGE).past(days(7)).count >= 0, "is always so"),
    (lambda: time_in_phase >= 4, "write days(10)"),
    (lambda: time_in_phase >= days(-3), "0 days or more"),
    (lambda: medication(), "name a drug"),
    (lambda: PlannedDose(5, "mgg", "at night"), "is no unit of a dose"),
    (lambda: perform(MASSAGE, every=days(0)), "is no interval"),
    (lambda: Limit("short", 0, None), "of 0 weeks is none"),
    (lambda: gate("twice", "Twice", criterion(), criterion()), "names one criterion twice"),
    (
        lambda: Criterion("x", " ", ASKED, because="An example.", source=CASE),
        "needs a title and a reason",
    ),
    (
        lambda: Pathway("p", 1, "P", "", (Phase("a", "One", "x", leave=OUT), Phase("b", "One", "x"))),
        'share the phase id or title "One"',
    ),
    (lambda: score(PAIN).past(days(7), needing=9), "7 days hold at most 7 day values"),
    (lambda: score(PAIN).past(days(0)), "is no window"),
    (lambda: score(PAIN).past(days(7), needing=0), "asks for nothing"),
    (lambda: score(PAIN).since(PHASE_ENTRY, needing=0), "asks for nothing"),
    (lambda: score(PAIN).since(PHASE_ENTRY).mean.fall_from(PHASE_ENTRY), "use past"),
    (lambda: score(PAIN).past(days(7)).slope.fall_from(PHASE_ENTRY), "a slope is none"),
    (lambda: records(MESOTHERAPY).past(days(3), needing=4), "hold at most 3"),
    (lambda: medication(TIZANIDINE, AMITRIPTYLINE).time_on, "about one drug"),
    (lambda: symptom(PAIN_FELT).past(days(3)).worse_after(MASSAGE, within=days(3)), "its own window"),
    (lambda: onset(), "name a symptom"),
    (lambda: all_of(), "all_of() of nothing"),
    (lambda: any_of(), "any_of() of nothing"),
    (lambda: none_of(), "none_of() of nothing"),
    (lambda: bool(ASKED), "has no truth value"),
    (lambda: criterion("Not An Id"), "ids are lower-case words"),
    (
        lambda: Criterion("x", "X", score(PAIN).past(days(1)).worst <= 2, because="An example.", source=CASE),
        "does not say whose number it is",
    ),
    (lambda: gate("empty", "Empty"), "has no criterion"),
    (lambda: phase("Two Words"), "cannot be the id of a phase"),
    (lambda: Pathway("p", 1, "P", "", ()), "has no phase"),
    (lambda: Pathway("p", 1, "P", "", (phase("a"), phase("b"))), '"a" has no way out'),
    (lambda: Pathway("p", 1, "P", "", (phase("a", leave=OUT),)), "leads nowhere"),
    (
        lambda: Pathway(
            "p", 1, "P", "", (phase("a", fall_back=(FallBack(phase("b"), OUT),), leave=OUT), phase("b"))
        ),
        "does not come before it",
    ),
    (
        lambda: Pathway("p", 1, "P", "", (phase("a", leave=OUT), phase("a"))),
        'share the phase id or title "a"',
    ),
    (
        lambda: Pathway(
            "p",
            1,
            "P",
            "",
            (phase("a", leave=OUT), phase("b", leave=gate("out", "Other", criterion("two"))), phase("c")),
        ),
        'share the gate id or title "out"',
    ),
    (lambda: PlannedDose(0, "mg", "at night"), "doses are more than 0"),
    (lambda: PlannedDose(5, "mg", "now and then"), "says not how often"),
    (lambda: start(AMITRIPTYLINE), "needs a dose"),
    (
        lambda: titrate(
            AMITRIPTYLINE,
            by=PlannedDose(5, "mg", "at night"),
            every=weeks(1),
            up_to=PlannedDose(1, "g", "at night"),
        ),
        "the step is in mg, the ceiling in g",
    ),
    (
        lambda: titrate(
            AMITRIPTYLINE,
            by=PlannedDose(5, "mg", "at night"),
            every=weeks(1),
            up_to=PlannedDose(2, "mg", "at night"),
        ),
        "the ceiling 2 mg at night is below one step of 5 mg at night",
    ),
    (lambda: perform(MASSAGE, every=weeks(1), times=0), "would do nothing"),
    (lambda: advice(perform(MASSAGE, every=weeks(1))), "does not say whose number it is"),
    (lambda: advice(stop(TIZANIDINE), name="Not An Id"), "ids are lower-case words"),
]

# Tests that hold a number, though they compare with none: a window is somebody's choice too.
WINDOWS = [
    symptom(PAIN_FELT).past(days(3)).present,
    symptom(PAIN_FELT).worse_after(MASSAGE, within=days(3)),
    red_flags(RED_FLAGS["RF_NEW_NUMBNESS"]).past(days(7)).clear,
    symptom(PAIN_FELT).past(days(3)).present.assumed(False, because="An example."),
    none_of(ASKED, symptom(PAIN_FELT).past(days(3)).present),
]


@pytest.mark.parametrize("test", WINDOWS)
def test_a_window_needs_an_owner_as_a_cut_off_does(test):
    with pytest.raises(DefinitionError, match="does not say whose number it is"):
        Criterion("x", "X", test, because="An example.", source=CASE)


@pytest.mark.parametrize("test", [ASKED, medication(TIZANIDINE).taken, symptom(PAIN_FELT).present])
def test_a_test_without_cut_off_and_window_needs_none(test):
    assert Criterion("x", "X", test, because="An example.", source=CASE).number_bases == ()


def test_a_phase_that_is_none_is_told_with_the_nearest():
    pathway = Pathway("p", 1, "P", "", (phase("settle", leave=OUT), phase("quieten")))
    with pytest.raises(InputError, match=r'did you mean "quieten"\? \(pathway p\)'):
        pathway.phase("quiten")


def test_every_word_says_itself_by_its_title():
    titled = (BLEEDING_DISORDER, TIZANIDINE, PAIN, NECK, PAIN_FELT, MASSAGE, RED_FLAGS["RF_NEW_NUMBNESS"])
    assert [str(word) for word in titled] == [word.title for word in titled]
    assert (str(CASE), str(OURS), str(percent(30))) == (CASE.citation, OURS.why, "30 %")
    assert (str(Role.PATIENT), str(Mechanism.CENTRAL)) == ("patient", "central hyperexcitability")


@pytest.mark.parametrize(("write", "says"), MISTAKES, ids=[says for _, says in MISTAKES])
def test_a_definition_that_can_never_mean_anything_is_refused(write, says):
    with pytest.raises(DefinitionError) as caught:
        write()
    assert says in str(caught.value)


def test_two_tests_written_alike_are_equal_and_hash_alike():
    one, other = (score(PAIN).past(days(7), needing=4).worst <= 2 for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)


def test_a_criterion_without_a_number_needs_no_owner_of_numbers():
    assert criterion().number_bases == ()


def test_a_criterion_may_have_several_owners_of_its_numbers():
    assert criterion(numbers=(CASE, OURS)).number_bases == (CASE, OURS)
