"""What may be asked about a record, and nothing else.

A measure is a number per patient and day; a test is yes, no or unknown per patient and day. Both are
frozen values: two that are written alike are equal and hash alike, so an engine computes each once.
Nothing here evaluates anything, and nobody writes these classes by hand: `assuage.measures.notation` does.

`==` is not overloaded (that would cost equality and hashing), and there are no operators for and, or, not:
`all_of(…)` has no precedence trap, and its explanation has the shape of the code.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Generic, Literal, NoReturn, TypeVar, assert_never, cast

from msgspec import Struct

from assuage.errors import DefinitionError
from assuage.terms.conditions import Condition
from assuage.terms.drugs import Drug
from assuage.terms.red_flags import RedFlag
from assuage.terms.scales import Scale
from assuage.terms.sites import Site
from assuage.terms.symptoms import Symptom
from assuage.terms.therapies import Therapy
from assuage.terms.times import TimeOfDay

V = TypeVar("V")
N = TypeVar("N")
Op = Literal["<=", "<", ">=", ">", "="]
Summarise = Literal["worst", "best", "mean", "last", "slope"]


class Node(Struct, frozen=True, cache_hash=True):
    """A part of a criterion: a value that remembers its hash.

    An engine looks every node up by value on every day; hashing a criterion anew walks its whole tree.
    """


class Percent(Struct, frozen=True, order=True):
    """A share of a baseline, so that 50 % cannot be compared with 50 points."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:g} %"


# --- windows ------------------------------------------------------------------------------


class Anchor(Enum):
    """A day that every stay in a pathway has."""

    PATHWAY_START = "pathway-start"
    PHASE_ENTRY = "phase-entry"


class Onset(Node, frozen=True):
    """The latest day on which any of the symptoms was said to be new or worse, at any of `sites`.

    Where it was only ever said to be present: the first such day since it was last gone. No sites: anywhere.
    """

    symptoms: tuple[Symptom, ...]
    sites: tuple[Site, ...] = ()


class Past(Node, frozen=True):
    """Today and the days before it, `span` days in all; at least `needing` days must have an entry."""

    span: timedelta
    needing: int = 1


class Since(Node, frozen=True):
    """From the anchor's day to today, both included; at least `needing` days must have an entry."""

    anchor: Anchor | Onset
    needing: int = 1


Window = Past | Since


# --- sources of numbers ---------------------------------------------------------------------


class Scores(Node, frozen=True):
    """The day values of a scale.

    Without sites: what was said of the patient as a whole (no site, or `widespread`). With sites: what was
    said of any of them or of a part of them, pooled. `time` keeps one time of day apart from the others.
    """

    scale: Scale
    sites: tuple[Site, ...] = ()
    time: TimeOfDay | None = None


class Records(Node, frozen=True):
    """Records of a therapy: sessions the clinic gave, or exposures the patient told of."""

    therapy: Therapy
    sites: tuple[Site, ...] = ()


# --- the two families ------------------------------------------------------------------------


class Measure(Generic[V]):
    """A number per patient and day, or unknown. Compare it to get a test."""

    __slots__ = ()

    def __le__(self, bound: V) -> Compare:
        return _compare(self, "<=", bound)

    def __lt__(self, bound: V) -> Compare:
        return _compare(self, "<", bound)

    def __ge__(self, bound: V) -> Compare:
        return _compare(self, ">=", bound)

    def __gt__(self, bound: V) -> Compare:
        return _compare(self, ">", bound)

    def equals(self, value: V) -> Compare:
        """Whether the measure is exactly `value`."""
        return _compare(self, "=", value)

    def between(self, low: V, high: V) -> AllOf:
        """Whether the measure lies from `low` to `high`, both included."""
        if plain_number(cast("float | Percent | timedelta", low)) > plain_number(
            cast("float | Percent | timedelta", high)
        ):
            raise DefinitionError(f"nothing lies between {low} and {high}: exchange them.")
        return AllOf((self >= low, self <= high))

    @property
    def known(self) -> Known:
        """Whether there is enough in the record to say."""
        return Known(cast("AnyMeasure", self))


def _compare(measure: Measure[V], op: Op, bound: V) -> Compare:
    return Compare(cast("AnyMeasure", measure), op, cast("float | Percent | timedelta", bound))


class Test:
    """Yes, no or unknown per patient and day."""

    __slots__ = ()
    __test__ = False  # pytest: not a test case

    def assumed(self, value: bool, *, because: str) -> Assumed:
        """The same test with unknown read as `value`; the reason is printed wherever it is explained."""
        return Assumed(cast("AnyTest", self), value, because)

    def __bool__(self) -> NoReturn:
        raise DefinitionError(
            "A test has no truth value until it is evaluated for a patient and a day.\n"
            "  Instead of:  low <= measure <= high     write:  measure.between(low, high)\n"
            "  Instead of:  a and b, a or b, not a     write:  all_of(a, b), any_of(a, b), none_of(a)"
        )


# --- measures --------------------------------------------------------------------------------


class Summary(Measure[float], Node, frozen=True):
    """One number for the day values in a window. A slope is in points per week."""

    scores: Scores
    window: Window
    how: Summarise

    def fall_from(self, anchor: Anchor) -> FallFrom:
        """The relative fall since the anchor, in percent; unknown if the baseline is 0 or unknown.

        The baseline is the same measure on the first day on or after the anchor on which it is known.
        """
        if isinstance(self.window, Since):
            raise DefinitionError("fall_from needs a window of fixed length: use past(…), not since(…)")
        if self.how == "slope":
            raise DefinitionError("fall_from needs a level, and a slope is none: use .mean, .worst or .last")
        return FallFrom(self, anchor)


class FallFrom(Measure[Percent], Node, frozen=True):
    """How far a summary has fallen from its baseline, in percent of the baseline."""

    now: Summary
    anchor: Anchor


class RiseAfter(Measure[float], Node, frozen=True):
    """The worst day value from the latest exposure to `within` after it, minus the mean of the week before.

    What is known to have been said before the exposure, on its own day, is no answer to it.
    """

    scores: Scores
    exposure: Therapy
    within: timedelta


class Count(Measure[int], Node, frozen=True):
    """How many records of a therapy there are in a window."""

    records: Records
    window: Window


class TimeOn(Measure[timedelta], Node, frozen=True):
    """Unbroken time on a drug up to today; zero when it is not taken."""

    drug: Drug


class TimeInPhase(Measure[timedelta], Node, frozen=True):
    """Time since entry to the phase."""


AnyMeasure = Summary | FallFrom | RiseAfter | Count | TimeOn | TimeInPhase


_BOUND_OF: dict[type, type | tuple[type, ...]] = {
    Count: int,
    FallFrom: Percent,
    TimeOn: timedelta,
    TimeInPhase: timedelta,
}
_WRITE: dict[type | tuple[type, ...], str] = {
    int: "write a whole number, such as 3",
    Percent: "write percent(50)",
    timedelta: "write days(10) or weeks(4)",
    (int, float): "write a number",
}


def plain_number(bound: float | Percent | timedelta) -> float:
    """The plain number of a bound: percent points, days, or itself."""
    if isinstance(bound, Percent):
        return bound.value
    return bound / timedelta(days=1) if isinstance(bound, timedelta) else float(bound)


def _limits(measure: AnyMeasure) -> tuple[float, float, str]:
    """What a measure can be at least and at most, and how to say so."""
    match measure:
        case Summary(scores, _, "slope") | RiseAfter(scores):
            span = scores.scale.high - scores.scale.low
            times = (
                7 if isinstance(measure, Summary) else 1
            )  # from one end to the other in a day, in points per week
            what = "have such a slope" if times == 7 else "rise by so much"
            return (
                -times * span,
                times * span,
                f"{scores.scale.title} is scored {scores.scale.range_in_words} and never can {what}",
            )
        case Summary(scores):
            return (
                scores.scale.low,
                scores.scale.high,
                f"{scores.scale.title} is scored {scores.scale.range_in_words}",
            )
        case FallFrom():
            return float("-inf"), 100, "a fall is at most 100 % of where it began"
        case Count():
            return 0, float("inf"), "a count is 0 or more"
        case TimeOn() | TimeInPhase():
            return 0, float("inf"), "a time is 0 days or more"


# --- tests -----------------------------------------------------------------------------------


class Compare(Test, Node, frozen=True):
    """A measure held against a number."""

    measure: AnyMeasure
    op: Op
    bound: float | Percent | timedelta

    def __post_init__(self) -> None:
        kind = _BOUND_OF.get(type(self.measure), (int, float))
        if isinstance(self.bound, bool) or not isinstance(self.bound, kind):
            raise DefinitionError(
                f"{self.bound!r} is no bound for a {type(self.measure).__name__}: {_WRITE[kind]}"
            )
        low, high, what = _limits(self.measure)
        bound = plain_number(self.bound)
        if not low <= bound <= high:
            raise DefinitionError(
                f"{what}, so it can never be compared with {bound:g}.\n"
                f"  For a relative change write:  ….fall_from(PHASE_ENTRY) >= percent({bound:g})"
            )
        if (self.op in (">=", "<") and bound == low) or (self.op in ("<=", ">") and bound == high):
            says = "always" if self.op in (">=", "<=") else "never"
            raise DefinitionError(f'{what}, so "{self.op} {bound:g}" is {says} so and asks nothing.')


class Known(Test, Node, frozen=True):
    """Whether a measure is known. Never unknown itself."""

    measure: AnyMeasure


class Taking(Test, Node, frozen=True):
    """Whether any of these drugs is being taken."""

    drugs: tuple[Drug, ...]


class SymptomIs(Test, Node, frozen=True):
    """What was last said of a symptom.

    `present`: said to be there, and not gone since. `appeared`: said to be new or worse, and not gone since.
    Only statements in the window count (None: all so far); without one it is unknown.
    """

    symptom: Symptom
    sites: tuple[Site, ...]
    window: Past | None
    how: Literal["present", "appeared"]


class WorseAfter(Test, Node, frozen=True):
    """Whether a symptom was said to be new or worse from the latest exposure to `within` after it."""

    symptom: Symptom
    exposure: Therapy
    within: timedelta


class FindingIs(Test, Node, frozen=True):
    """Whether a condition was last found to be present."""

    condition: Condition


class FlagsClear(Test, Node, frozen=True):
    """Whether each red flag was last checked in the window and found absent."""

    flags: tuple[RedFlag, ...]
    window: Window


class AllOf(Test, Node, frozen=True):
    """Yes if every test is yes; no if one is no."""

    tests: tuple[AnyTest, ...]


class AnyOf(Test, Node, frozen=True):
    """Yes if one test is yes; no if every one is no."""

    tests: tuple[AnyTest, ...]


class NoneOf(Test, Node, frozen=True):
    """Yes if every test is no; no if one is yes."""

    tests: tuple[AnyTest, ...]


class Assumed(Test, Node, frozen=True):
    """A test whose unknown is read as `value`, with the reason for doing so."""

    test: AnyTest
    value: bool
    because: str


AnyTest = (
    Compare
    | Known
    | Taking
    | SymptomIs
    | WorseAfter
    | FindingIs
    | FlagsClear
    | AllOf
    | AnyOf
    | NoneOf
    | Assumed
)


def has_number(test: AnyTest) -> bool:
    """Whether the test itself (not those inside it) holds a cut-off or a window."""
    match test:
        case Compare() | WorseAfter():
            return True
        case SymptomIs(window=window):
            return window is not None
        case FlagsClear(window=window):
            return isinstance(window, Past)
        case Known() | Taking() | FindingIs() | AllOf() | AnyOf() | NoneOf() | Assumed():
            return False
        case _:
            assert_never(test)
