"""How a question is written: source, place, window, summary, comparison, in this order.

    score(PAIN).at(NECK, SHOULDER_GIRDLE).past(days(7), needing=5).worst <= 1

Each step is its own class with only the steps that may follow, so an editor offers the right ones and the
type checker refuses the wrong ones. What can never be known is refused when the file is imported.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from assuage.errors import DefinitionError
from assuage.measures.nodes import (
    AllOf,
    Anchor,
    AnyOf,
    AnyTest,
    Compare,
    Count,
    FindingIs,
    FlagsClear,
    NoneOf,
    Onset,
    Past,
    Percent,
    Records,
    RiseAfter,
    Scores,
    Since,
    Summary,
    SymptomIs,
    Taking,
    TimeInPhase,
    TimeOn,
    Window,
    WorseAfter,
)
from assuage.terms.conditions import Condition
from assuage.terms.drugs import Drug
from assuage.terms.red_flags import RedFlag
from assuage.terms.scales import Scale
from assuage.terms.sites import Site
from assuage.terms.symptoms import Symptom
from assuage.terms.therapies import Therapy
from assuage.terms.times import TimeOfDay

PATHWAY_START, PHASE_ENTRY = Anchor.PATHWAY_START, Anchor.PHASE_ENTRY


def percent(value: float) -> Percent:
    """`value` percent of a baseline."""
    return Percent(value)


def _past(span: timedelta, needing: int) -> Past:
    if not isinstance(span, timedelta):  # pyright: ignore[reportUnnecessaryIsInstance]  # for those without a checker
        raise DefinitionError(f"past({span!r}) is no span of time: write days({span!r}) or weeks(…).")
    if span.days < 1 or span != timedelta(days=span.days):
        raise DefinitionError(f"past({span}) is no window: the clock is the day, so write days(1) or more.")
    if needing < 1:
        raise DefinitionError(f"needing={needing} asks for nothing: a window needs one day or more.")
    if needing > span.days:
        raise DefinitionError(
            f"past({span.days} days, needing={needing}) can never be known: "
            f"{span.days} days hold at most {span.days} day values."
        )
    return Past(span, needing)


def _places(sites: tuple[Site, ...]) -> tuple[Site, ...]:
    if not sites or not all(isinstance(site, Site) for site in sites):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise DefinitionError(
            f"at{sites!r} names no place: write at(NECK), with sites of assuage.terms.sites."
        )
    return sites


def _since(anchor: Anchor | Onset, needing: int) -> Since:
    if needing < 1:
        raise DefinitionError(f"needing={needing} asks for nothing: a window needs one day or more.")
    return Since(anchor, needing)


# --- scores ----------------------------------------------------------------------------------


class ScoreWindow(Struct, frozen=True):
    """Day values in a window; name the summary next."""

    scores: Scores
    window: Window

    @property
    def worst(self) -> Summary:
        """The worst day value, by the scale's own direction."""
        return Summary(self.scores, self.window, "worst")

    @property
    def best(self) -> Summary:
        """The best day value, by the scale's own direction."""
        return Summary(self.scores, self.window, "best")

    @property
    def mean(self) -> Summary:
        """The mean of the day values; days without one are left out, not filled."""
        return Summary(self.scores, self.window, "mean")

    @property
    def last(self) -> Summary:
        """The latest day value."""
        return Summary(self.scores, self.window, "last")

    @property
    def slope(self) -> Summary:
        """The least-squares slope of the day values, in points per week; needs two different days."""
        if isinstance(self.window, Past) and self.window.span.days < 2:
            raise DefinitionError("one day has no slope: use past(days(2)) or more.")
        return Summary(self.scores, self.window, "slope")


class ScoreSource(Struct, frozen=True):
    """Scores of a scale; say where, when in the day, and in which window."""

    scores: Scores

    def at(self, *sites: Site) -> ScoreSource:
        """Only what was said of these places or parts of them, pooled."""
        return ScoreSource(replace(self.scores, sites=_places(sites)))

    def in_the(self, time: TimeOfDay) -> ScoreSource:
        """Only what was said at this time of day."""
        return ScoreSource(replace(self.scores, time=time))

    def past(self, span: timedelta, *, needing: int = 1) -> ScoreWindow:
        """Today and the days before it; unknown unless `needing` of them have an entry."""
        return ScoreWindow(self.scores, _past(span, needing))

    def since(self, anchor: Anchor | Onset, *, needing: int = 1) -> ScoreWindow:
        """From the anchor's day to today; unknown unless `needing` of those days have an entry."""
        return ScoreWindow(self.scores, _since(anchor, needing))

    def rise_after(self, exposure: Therapy, *, within: timedelta) -> RiseAfter:
        """The worst value soon after the latest exposure, minus the mean of the week before it."""
        return RiseAfter(self.scores, exposure, within)


def score(scale: Scale) -> ScoreSource:
    """The day values of a scale."""
    return ScoreSource(Scores(scale))


# --- therapies, medication, findings ------------------------------------------------------------


class RecordWindow(Struct, frozen=True):
    """Records of a therapy in a window."""

    records: Records
    window: Window

    @property
    def count(self) -> Count:
        """How many there are."""
        return Count(self.records, self.window)

    @property
    def absent(self) -> Compare:
        """Whether there is none. Unknown where only the patient would have told and told nothing."""
        return self.count.equals(0)

    @property
    def present(self) -> Compare:
        """Whether there is one or more."""
        return self.count >= 1


class RecordSource(Struct, frozen=True):
    """Records of a therapy; say where and in which window."""

    records: Records

    def at(self, *sites: Site) -> RecordSource:
        """Only records at these places or parts of them."""
        return RecordSource(replace(self.records, sites=_places(sites)))

    def past(self, span: timedelta, *, needing: int = 1) -> RecordWindow:
        """Today and the days before it; `needing` counts days on which the patient told anything."""
        return RecordWindow(self.records, _past(span, needing))

    def since(self, anchor: Anchor | Onset) -> RecordWindow:
        """From the anchor's day to today."""
        return RecordWindow(self.records, _since(anchor, 1))


def records(therapy: Therapy) -> RecordSource:
    """Records of a therapy, or of any therapy of a group."""
    return RecordSource(Records(therapy))


class MedicationSource(Struct, frozen=True):
    """One or more drugs."""

    drugs: tuple[Drug, ...]

    @property
    def taken(self) -> Taking:
        """Whether any of them is being taken."""
        return Taking(self.drugs)

    @property
    def time_on(self) -> TimeOn:
        """Unbroken time on the drug."""
        if len(self.drugs) != 1:
            raise DefinitionError("time_on is about one drug: write medication(DRUG).time_on for each.")
        return TimeOn(self.drugs[0])


def medication(*drugs: Drug) -> MedicationSource:
    """One drug, or any of several."""
    if not drugs:
        raise DefinitionError("medication() of nothing has no meaning: name a drug.")
    return MedicationSource(drugs)


class FindingSource(Struct, frozen=True):
    """A condition that was looked for."""

    condition: Condition

    @property
    def present(self) -> FindingIs:
        """Whether it was last found to be there. Unknown when nobody looked."""
        return FindingIs(self.condition)

    @property
    def excluded(self) -> NoneOf:
        """Whether it was last found not to be there. Unknown when nobody looked."""
        return NoneOf((FindingIs(self.condition),))


def finding(condition: Condition) -> FindingSource:
    """A condition that was looked for."""
    return FindingSource(condition)


# --- symptoms and red flags -----------------------------------------------------------------------


class SymptomSource(Struct, frozen=True):
    """What was said of a symptom; say where and how recently."""

    symptom: Symptom
    sites: tuple[Site, ...] = ()
    window: Past | None = None

    def at(self, *sites: Site) -> SymptomSource:
        """Only what was said of these places."""
        return replace(self, sites=_places(sites))

    def past(self, span: timedelta) -> SymptomSource:
        """Only what was said in this window; an older statement does not speak for today."""
        return replace(self, window=_past(span, 1))

    @property
    def present(self) -> SymptomIs:
        """Whether it was said to be there, and not gone since."""
        return SymptomIs(self.symptom, self.sites, self.window, "present")

    @property
    def appeared(self) -> SymptomIs:
        """Whether it was said to be new or worse, and not gone since."""
        return SymptomIs(self.symptom, self.sites, self.window, "appeared")

    @property
    def gone(self) -> NoneOf:
        """Whether it was said to be absent or resolved, and not back since."""
        return NoneOf((self.present,))

    def worse_after(self, exposure: Therapy, *, within: timedelta) -> WorseAfter:
        """Whether it was said to be new or worse soon after the latest exposure."""
        if self.sites or self.window:
            raise DefinitionError(
                "worse_after looks at the whole body and its own window: drop at(…) and past(…)."
            )
        return WorseAfter(self.symptom, exposure, within)


def symptom(what: Symptom) -> SymptomSource:
    """What was said of a symptom."""
    return SymptomSource(what)


def onset(*what: Symptom, at: tuple[Site, ...] = ()) -> Onset:
    """The latest day on which any of these was said to be new or worse, as the beginning of a window."""
    if not what:
        raise DefinitionError("onset() of nothing has no day: name a symptom.")
    return Onset(what, at)


class FlagWindow(Struct, frozen=True):
    """Red-flag checks in a window."""

    flags: tuple[RedFlag, ...]
    window: Window

    @property
    def clear(self) -> FlagsClear:
        """Whether each was checked and found absent. Unknown while one was not checked."""
        return FlagsClear(self.flags, self.window)


class FlagSource(Struct, frozen=True):
    """Red flags; say in which window they must have been checked."""

    flags: tuple[RedFlag, ...]

    def past(self, span: timedelta) -> FlagWindow:
        """Checked today or in the days before it."""
        return FlagWindow(self.flags, _past(span, 1))

    def since(self, anchor: Anchor | Onset) -> FlagWindow:
        """Checked on the anchor's day or after it."""
        return FlagWindow(self.flags, _since(anchor, 1))


def red_flags(*flags: RedFlag) -> FlagSource:
    """Red flags that must have been looked for."""
    return FlagSource(flags)


# --- logic ----------------------------------------------------------------------------------------

time_in_phase = TimeInPhase()


def _some(tests: tuple[AnyTest, ...], name: str) -> tuple[AnyTest, ...]:
    if not tests:
        raise DefinitionError(f"{name}() of nothing has no meaning: give it one test or more.")
    return tests


def all_of(*tests: AnyTest) -> AllOf:
    """Yes if every test is yes; no if one is no; else unknown."""
    return AllOf(_some(tests, "all_of"))


def any_of(*tests: AnyTest) -> AnyOf:
    """Yes if one test is yes; no if every one is no; else unknown."""
    return AnyOf(_some(tests, "any_of"))


def none_of(*tests: AnyTest) -> NoneOf:
    """Yes if every test is no; no if one is yes; else unknown."""
    return NoneOf(_some(tests, "none_of"))
