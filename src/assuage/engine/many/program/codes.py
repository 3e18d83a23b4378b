"""What the numbers in a program and in a block stand for. Nothing else gives them meaning.

Each family is an enumeration of its own, so that a kernel that takes one apart can be checked: after the last
branch it hands what is left to `unhandled`, which accepts nothing. Who adds a member gets a type error in every
kernel that does not know it yet. A program that was made wrong all the same stops there, and never falls through
to the meaning of another node.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final, Never

from assuage.engine.many.jit import kernel

# Truth in two bits: known to be so, known not to be so; neither bit is unknown.
UNKNOWN: Final = 0
YES: Final = 1
NO: Final = 2

ANYWHERE: Final = -1  # in place of a site or of a list of sites
FOR_EVER: Final = 2**24  # days for which a finding holds that holds for ever
NO_DAY: Final = -(2**30)  # earlier than any day
NEVER: Final = 2**30  # later than any day
END_OF_DAY: Final = 1440  # the minute of what has no time of day
OUTSIDE: Final = -1  # in place of a phase
NO_GATE: Final = -1
NO_CRITERION: Final = -1
NO_PHASE_NAMED: Final = -1
UNKNOWN_PHASE: Final = -2  # a decision names a phase that the pathway does not have


class MeasureKind(IntEnum):
    """A number per patient and day: the nodes of `AnyMeasure`."""

    SUMMARY = 0
    FALL = 1
    RISE = 2
    COUNT = 3
    TIME_ON = 4
    TIME_IN_PHASE = 5


class LeafKind(IntEnum):
    """A question that is no combination of others: those nodes of `AnyTest`."""

    COMPARE = 0
    KNOWN = 1
    TAKING = 2
    SYMPTOM = 3
    WORSE_AFTER = 4
    FINDING = 5
    FLAGS = 6


class Operation(IntEnum):
    """A step of the postfix code of a test; it has one operand."""

    PUSH = 0  # the answer to a leaf; operand: the leaf
    AND = 1  # operand: of how many answers
    OR = 2  # operand: of how many answers
    NOT = 3
    ASSUME = 4  # operand: the answer to take where there is none
    CUT = 5  # a part of what needs every part: if it is no, so is the whole


class WindowKind(IntEnum):
    """Where a window begins: the nodes of `Window`, one for each anchor."""

    PAST = 0
    SINCE_START = 1
    SINCE_ENTRY = 2
    SINCE_ONSET = 3


class SummaryKind(IntEnum):
    """How day values become one; worst and best are the highest and lowest of the scale they are asked of."""

    HIGHEST = 0
    LOWEST = 1
    MEAN = 2
    LATEST = 3
    SLOPE = 4


class DailyRule(IntEnum):
    """Which of several values of one day stands for the day."""

    HIGHEST = 0
    LOWEST = 1
    LATEST = 2


class Comparison(IntEnum):
    """The sign between a measure and its bound."""

    AT_MOST = 0
    BELOW = 1
    AT_LEAST = 2
    ABOVE = 3
    EQUAL = 4


class SymptomQuestion(IntEnum):
    """What is asked of a symptom."""

    PRESENT = 0
    APPEARED = 1


class SymptomState(IntEnum):
    """What a statement says of a symptom."""

    PRESENT = 0
    GONE = 1
    WORSE = 2


class SessionMark(IntEnum):
    """The bits of what is known of a session."""

    SURE = 1  # it certainly was this therapy
    SESSION = 2  # a session, not the start of a course


class DrugMark(IntEnum):
    """What an entry of a medication says of a drug."""

    STOPPED = 0
    TAKEN = 1
    PERHAPS = 2  # something is taken that may be the drug
    DENIED = 3  # somebody said that it is not taken
    AFFIRMED = 4  # somebody said that it is, or that a dose was: no course of its own


class DecisionKind(IntEnum):
    """What a person decided; named as in a record."""

    ENTER = 0
    ADVANCE = 1
    RETURN = 2
    OVERRIDE = 3
    HOLD = 4
    LEAVE = 5


@kernel
def unhandled(code: Never) -> Any:
    """Nothing, ever: to the type checker proof that no member of a family was left out, at work an error."""
    if code != NO_DAY:
        raise ValueError("the program holds a number that no kernel knows")
    return code  # to the compiler a whole number, so that what calls this is of one kind
