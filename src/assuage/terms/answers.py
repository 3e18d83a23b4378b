"""Yes, no and unknown, and how they combine (Kleene's strong three-valued logic).

Unknown is an answer. Only three places in the whole product turn three values into two, each in the
safe direction: a gate stays shut, a restriction stays on, a recommendation becomes a question.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn

from assuage.errors import DefinitionError


class Answer(Enum):
    """Yes, no or unknown."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> NoReturn:
        raise DefinitionError(
            "An answer is yes, no or unknown, so it has no truth value.\n"
            "  Instead of:  if answer:     write:  if answer is Answer.YES:"
        )


YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN

# What the state of a finding or of a red flag answers to the question whether it is there.
ANSWER_OF_STATE: dict[str, Answer] = {
    "present": YES,
    "abnormal": YES,
    "absent": NO,
    "normal": NO,
    "unknown": UNKNOWN,
}

# The truth tables are written out, not computed: they are the meaning, and a reader can check them.
_NOT: dict[Answer, Answer] = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}
_AND: dict[tuple[Answer, Answer], Answer] = {
    (YES, YES): YES,
    (YES, NO): NO,
    (YES, UNKNOWN): UNKNOWN,
    (NO, YES): NO,
    (NO, NO): NO,
    (NO, UNKNOWN): NO,
    (UNKNOWN, YES): UNKNOWN,
    (UNKNOWN, NO): NO,
    (UNKNOWN, UNKNOWN): UNKNOWN,
}
_OR: dict[tuple[Answer, Answer], Answer] = {
    (YES, YES): YES,
    (YES, NO): YES,
    (YES, UNKNOWN): YES,
    (NO, YES): YES,
    (NO, NO): NO,
    (NO, UNKNOWN): UNKNOWN,
    (UNKNOWN, YES): YES,
    (UNKNOWN, NO): UNKNOWN,
    (UNKNOWN, UNKNOWN): UNKNOWN,
}


def kleene_not(answer: Answer) -> Answer:
    """Yes for no, no for yes, unknown for unknown."""
    return _NOT[answer]


def kleene_and(answer: Answer, other: Answer) -> Answer:
    """Yes if both are yes, no if either is no, else unknown."""
    return _AND[answer, other]


def kleene_or(answer: Answer, other: Answer) -> Answer:
    """Yes if either is yes, no if both are no, else unknown."""
    return _OR[answer, other]


def all_yes(answers: Iterable[Answer]) -> Answer:
    """Yes if every answer is yes, no if any is no, else unknown. Yes for none at all."""
    result = YES
    for answer in answers:
        result = _AND[result, answer]
    return result


def any_yes(answers: Iterable[Answer]) -> Answer:
    """Yes if any answer is yes, no if every one is no, else unknown. No for none at all."""
    result = NO
    for answer in answers:
        result = _OR[result, answer]
    return result


def agreed(answers: Iterable[Answer]) -> Answer:
    """The answer on which all agree, else unknown: what every completion says. Unknown for none at all."""
    distinct = set(answers)
    return distinct.pop() if len(distinct) == 1 else UNKNOWN


def answer(value: bool | None) -> Answer:
    """Yes for True, no for False, unknown for None."""
    return UNKNOWN if value is None else YES if value else NO
