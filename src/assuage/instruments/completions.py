"""Exact three-valued decisions: what every completion of the unknown says.

A rule has a few inputs; each can still be in some states. A rule is decided by all combinations of states,
so callers reduce what they know to the few states the rule can tell apart first. An open item decides when
two completions that differ in it alone give different outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from itertools import product
from typing import TypeVar

from msgspec import Struct, field

from assuage.terms.answers import UNKNOWN, YES, Answer, agreed, all_yes, answer, any_yes

Pairs = frozenset[tuple[Hashable, Hashable]]
Outcome = TypeVar("Outcome", bound=Hashable)


class Input(Struct, frozen=True):
    """What one input can still turn out to be; `moves` has, for each open item, what it alone can change."""

    states: frozenset[Hashable]
    moves: Mapping[str, Pairs] = field(default_factory=dict[str, Pairs])


def known(state: Hashable) -> Input:
    """An input with one possible state."""
    return Input(frozenset({state}))


def one_of(name: str, states: Iterable[Hashable]) -> Input:
    """An input that is open as a whole: finding out `name` can lead from any state to any other."""
    all_states = frozenset(states)
    pairs = frozenset((a, b) for a in all_states for b in all_states if a != b)
    return Input(all_states, {name: pairs} if pairs else {})


def flag(name: str, value: bool | None) -> Input:
    """A yes or no that may be unknown."""
    return one_of(name, (True, False)) if value is None else known(value)


def at_least(name: str, span: tuple[float, float] | None, bound: float, *, above: bool = False) -> Input:
    """Whether a number known to lie in `span` reaches `bound` (or exceeds it, with `above`)."""
    if span is None:
        return flag(name, None)
    reached = [number > bound if above else number >= bound for number in span]
    return flag(name, reached[0] if reached[0] == reached[1] else None)


def any_flag(flags: Mapping[str, bool | None]) -> Input:
    """Whether at least one of the flags is true."""
    return _together(any_yes(map(answer, flags.values())), flags)


def all_flags(flags: Mapping[str, bool | None]) -> Input:
    """Whether every one of the flags is true."""
    return _together(all_yes(map(answer, flags.values())), flags)


def _together(decided: Answer, flags: Mapping[str, bool | None]) -> Input:
    """What flags come to together; where they leave it open, each that is unknown can turn it."""
    if decided is not UNKNOWN:
        return known(decided is YES)
    unknown = [name for name, value in flags.items() if value is None]
    return Input(frozenset({True, False}), dict.fromkeys(unknown, frozenset({(False, True)})))


def possible_results(rule: Callable[..., Outcome], inputs: Sequence[Input]) -> set[Outcome]:
    """Every outcome some completion gives."""
    return {rule(*states) for states in product(*(known.states for known in inputs))}


def answer_of_rule(rule: Callable[..., bool], *inputs: Input) -> Answer:
    """The answer on which all completions agree, else unknown."""
    return agreed(answer(outcome) for outcome in possible_results(rule, inputs))


def deciding(rule: Callable[..., Hashable], *inputs: Input) -> tuple[str, ...]:
    """The open items that can change the outcome alone, in the order of the inputs."""
    names: list[str] = []
    for place, here in enumerate(inputs):
        others = [other.states for n, other in enumerate(inputs) if n != place]
        changed: dict[tuple[Hashable, Hashable], bool] = {}
        for name, pairs in here.moves.items():
            for a, b in pairs:
                if (a, b) not in changed:
                    changed[a, b] = any(
                        rule(*rest[:place], a, *rest[place:]) != rule(*rest[:place], b, *rest[place:])
                        for rest in product(*others)
                    )
                if changed[a, b]:
                    names.append(name)
                    break
    return tuple(names)


def reach(choices: Iterable[Collection[int]]) -> int:
    """Every sum of one number from each collection, as a bit mask: bit n is set when n can be reached.

    The numbers must not be negative. Sums of 25 open items take microseconds this way.
    """
    mask = 1
    for numbers in choices:
        mask = _shifted(mask, numbers)
    return mask


def _shifted(mask: int, numbers: Collection[int]) -> int:
    result = 0
    for number in numbers:
        result |= mask << number
    return result


def sums(mask: int) -> list[int]:
    """The numbers whose bits are set, ascending."""
    return [n for n in range(mask.bit_length()) if mask >> n & 1]
