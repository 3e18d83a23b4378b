"""For how many days from the entry to a phase no gate can lead on, and none back, going by the time in the phase.

A gate that asks for four weeks in the phase is shut on the days before, whatever else it asks. The kernels pass
these days over. Only what is certain counts: with "four weeks, or the pain is gone" there is no wait.
"""

from __future__ import annotations

import math

from assuage.engine.reference import DECIMALS
from assuage.measures.nodes import AllOf, AnyOf, AnyTest, Assumed, Compare, TimeInPhase, plain_number
from assuage.pathways.model import Gate, Pathway


def waits(pathway: Pathway) -> list[tuple[int, int]]:
    """For each phase the days without a gate on, and those without a gate back."""
    pairs: list[tuple[int, int]] = []
    for at, phase in enumerate(pathway.phases):
        following = pathway.phases[at + 1].enter if at + 1 < len(pathway.phases) else None
        on = max(_of_gate(phase.leave), _of_gate(following))
        pairs.append((on, min((_of_gate(back.gate) for back in phase.fall_back), default=0)))
    return pairs


def _of_gate(gate: Gate | None) -> int:
    """A gate needs all of its criteria, so the longest wait counts."""
    return max((wait_of(criterion.test) for criterion in gate.criteria), default=0) if gate else 0


def wait_of(test: AnyTest) -> int:
    """For how many days from the entry to the phase a test is known to be no; 0 for every test that may be yes."""
    match test:
        case Compare(TimeInPhase(), ">=" | "=", limit):
            return max(math.ceil(round(plain_number(limit), DECIMALS)), 0)
        case Compare(TimeInPhase(), ">", limit):
            return max(math.floor(round(plain_number(limit), DECIMALS)) + 1, 0)
        case AllOf(tests):
            return max(map(wait_of, tests), default=0)
        case AnyOf(tests):
            return min(map(wait_of, tests), default=0)
        case Assumed(inner):
            return wait_of(inner)
        case _:
            return 0
