"""For how long a phase holds back its gates: nothing else is asked of a patient before that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assuage.engine.many.program.layout import BACK, ON, waits_of
from assuage.engine.many.program.lower import lower
from assuage.measures.criteria import Criterion
from assuage.measures.nodes import AnyTest
from assuage.measures.notation import all_of, any_of, none_of, score, time_in_phase
from assuage.pathways import registry
from assuage.pathways.model import FallBack, Gate, Pathway, Phase
from assuage.terms.publications import CASE
from assuage.terms.scales import PAIN
from assuage.terms.sources import OURS
from assuage.terms.times import days

CALM = score(PAIN).past(days(3)).worst <= 3


def gate(name: str, *tests: AnyTest) -> Gate:
    criteria = (
        Criterion(f"{name}-{at}", "An example", test, because="An example.", source=CASE, numbers=OURS)
        for at, test in enumerate(tests)
    )
    return Gate(name, "An example", tuple(criteria))


def waits(pathway: Pathway) -> list[tuple[int, int]]:
    program = lower(pathway).program
    return [
        (waits_of(program, phase, ON), waits_of(program, phase, BACK)) for phase in range(len(pathway.phases))
    ]


@pytest.mark.parametrize(
    ("test", "wait"),
    [
        (time_in_phase >= days(5), 5),
        (time_in_phase > days(5), 6),
        (time_in_phase >= timedelta(hours=36), 2),
        (time_in_phase > timedelta(hours=36), 2),
        (time_in_phase <= days(5), 0),
        (CALM, 0),
        (all_of(time_in_phase >= days(5), CALM, time_in_phase >= days(3)), 5),
        (any_of(time_in_phase >= days(5), time_in_phase >= days(3)), 3),
        (any_of(time_in_phase >= days(5), CALM), 0),
        (none_of(time_in_phase >= days(5)), 0),
        (all_of(time_in_phase >= days(5), CALM).assumed(True, because="an example"), 5),
    ],
)
def test_a_gate_waits_for_as_long_as_the_time_in_the_phase_alone_keeps_it_shut(test, wait):
    phases = (
        Phase("one", "One", "An example.", leave=gate("on", CALM, test)),
        Phase("two", "Two", "An example."),
    )
    pathway = Pathway("p", 1, "P", "An example.", phases, (), ())
    assert waits(pathway)[0] == (wait, 0)


def test_all_gates_on_are_waited_for_and_the_earliest_back():
    one = Phase("one", "One", "An example.", leave=gate("leave", time_in_phase >= days(4)))
    backs = tuple(FallBack(one, gate(f"back-{n}", time_in_phase >= days(n))) for n in (7, 6))
    two = Phase("two", "Two", "An example.", enter=gate("enter", time_in_phase >= days(9)), fall_back=backs)
    assert waits(Pathway("p", 1, "P", "An example.", (one, two), (), ())) == [(9, 0), (0, 6)]


def test_movement_in_neck_first_takes_six_weeks():
    assert waits(registry.pathway("neck-first"))[2] == (42, 0)
