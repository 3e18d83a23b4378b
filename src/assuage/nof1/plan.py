"""The plan of a trial of one: pairs of periods, one of each kind, what is rated, and when to stop.

Days count from day 0, the first day of the run-in. A period is a session and the days after it, or a block of days.
Pair k has two periods that begin `gap` days apart; which of the two is the exposure is drawn (`assuage.nof1.order`)
and is not in the plan. Numbers here are ours unless a source stands by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from math import exp, log
from typing import Literal

from assuage.catalogue.message import Message, Wording, message
from assuage.dynamics.contrast import worth_knowing
from assuage.errors import InputError, unknown_word
from assuage.terms.scales import SCALES, Scale
from assuage.terms.spoken import exposure_term

ControlKind = Literal["nothing", "sham", "active"]
CONTROL_KINDS: tuple[ControlKind, ...] = ("nothing", "sham", "active")
# What a control of this name is where nobody says: everything else is a treatment of its own.
KNOWN_CONTROLS: dict[str, ControlKind] = {
    "rest": "nothing",
    "nothing": "nothing",
    "usual care": "nothing",
    "light touch": "sham",
    "sham": "sham",
    "placebo": "sham",
}


def control_term(control: str) -> object:
    """What a trial is compared with, by its name here; the word that was written where no rule knows it."""
    known = control.strip().casefold()
    return (
        Wording(f"control.{known.replace(' ', '-')}", known)
        if known in KNOWN_CONTROLS
        else exposure_term(control)
    )


TrialSchedule = Literal["sessions", "blocks"]
SCHEDULES: tuple[TrialSchedule, ...] = ("sessions", "blocks")
TrialQuestion = Literal["either", "harm"]
QUESTIONS: tuple[TrialQuestion, ...] = ("either", "harm")

RESPONSE_DAYS = 3  # days after a session on which its effect is looked for, where nobody says
MOST_RESPONSE = 7
# Not 7: sessions that keep to one weekday cannot be told from that weekday.
DEFAULT_GAP = 8
DEFAULT_RUN_IN = 28
MOST_PAIRS = 24
MOST_DAYS = 730

# Strict while little is known, laxer at the end: most of the 5 % is kept for the look that knows most.
SURE_FIRST, SURE_LAST, SURE_LAST_OF_FEW, SURE_LAST_OF_BLOCKS = 0.995, 0.845, 0.86, 0.88

SIMULATED = "those of simulated diaries, not of this patient"


@dataclass(frozen=True)
class PainProcess:
    """What the outcome does by itself: SD in points, the share of a deviation left a day later, a rating's own noise.

    The defaults are those of the simulated diaries (`assuage.dynamics.scenarios`): AR(1) with SD 1.3 and phi 0.5, and
    0.5 points of noise. `missing` is the share of days without an entry. `whose` says whose numbers they are.
    """

    sigma: float = 1.4
    phi: float = 0.5
    kappa: float = 0.13
    level: float = 5.0
    missing: float = 0.1
    whose: str = SIMULATED


def usual_process(scale: Scale) -> PainProcess:
    """The process of the simulated diaries on that scale: the same share of its range."""
    tenth = worth_knowing(scale)
    usual = PainProcess()
    return PainProcess(usual.sigma * tenth, level=scale.low + usual.level * tenth)


@dataclass(frozen=True)
class Stopping:
    """When the trial stops by itself: looked at after each pair from `first` on, at most `pairs` pairs.

    For harm when P(worse) is above a bound, for benefit when P(better) is. The bound is `sure` at the first look and
    `sure_last` at the last, in a straight line of the log odds between them. With the question `either`, for no
    difference when P(a tenth of the scale or more) is below `safe` both ways; with `harm`, for safety when it is so
    towards the worse. The bounds were chosen for their error rates (docs/studies/nof1.md) and are no belief.
    """

    pairs: int = 12
    first: int = 3
    sure: float = SURE_FIRST
    safe: float = 0.05
    asks: TrialQuestion = "either"
    sure_last: float = SURE_LAST

    def sure_at(self, pairs: int) -> float:
        """The bound at the look after that many pairs."""
        early, late = log_odds(self.sure), log_odds(self.sure_last)
        if pairs >= self.pairs or self.pairs <= self.first:
            return self.sure_last
        share = max(0, pairs - self.first) / (self.pairs - self.first)
        return 1 / (1 + exp(-(early + share * (late - early))))


def log_odds(probability: float) -> float:
    """The log odds of a probability between 0 and 1."""
    return log(probability / (1 - probability))


def usual_last(schedule: TrialSchedule, pairs: int) -> float:
    """The bound of the last look where nobody says: the fewer shapes and looks, the stricter (ours, by simulation)."""
    return SURE_LAST_OF_BLOCKS if schedule == "blocks" else SURE_LAST if pairs >= 8 else SURE_LAST_OF_FEW


@dataclass(frozen=True)
class TrialPlan:
    """A trial of one. `seal` is the SHA-256 of the drawn order with its seed: it shows later that nobody redrew it.

    `response` is the last day after a session on which its effect is looked for; a block is counted from its day
    `settling` on, so that what came before has washed out. `others` are rated too and stop nothing.
    """

    exposure: str
    outcome: Scale
    control: str = "rest"
    effect: float = 2.0
    gap: int = DEFAULT_GAP
    run_in: int = DEFAULT_RUN_IN
    stopping: Stopping = field(default_factory=Stopping)
    assumed: PainProcess = field(default_factory=PainProcess)
    starts_on: date | None = None
    seal: str = ""
    control_is: ControlKind | None = None
    schedule: TrialSchedule = "sessions"
    response: int = RESPONSE_DAYS
    settling: int = 0
    others: tuple[Scale, ...] = ()

    def __post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise InputError(message("problem.several", what=tuple(problems)))

    @property
    def kind_of_control(self) -> ControlKind:
        """As said, else as its name says, else a treatment of its own."""
        return self.control_is or KNOWN_CONTROLS.get(self.control.strip().casefold(), "active")

    @property
    def outcomes(self) -> tuple[Scale, ...]:
        """The one that decides first."""
        return (self.outcome, *self.others)

    @property
    def washout(self) -> int:
        """Days between the last day on which a period is looked for and the first of the next."""
        return self.settling if self.schedule == "blocks" else self.gap - self.response - 1

    @property
    def ends_after(self) -> int:
        """The last day of a period that counts, from its first."""
        return self.gap - 1 if self.schedule == "blocks" else self.response

    @property
    def worth(self) -> float:
        """The points of the outcome that are worth knowing."""
        return worth_knowing(self.outcome)

    def occasions(self, pair: int) -> tuple[int, int]:
        """The first days of the two periods of a pair, counted from 0."""
        first = self.run_in + 2 * pair * self.gap
        return (first, first + self.gap)

    def days(self, pairs: int | None = None) -> int:
        """How many days the diary has once that many pairs are complete."""
        return self.run_in + 2 * (self.stopping.pairs if pairs is None else pairs) * self.gap

    def complete_on(self, pair: int) -> int:
        """The day on which the last counted rating of a pair is given; pairs count from 0."""
        return self.occasions(pair)[1] + self.ends_after

    def date_of(self, day: int) -> str:
        """`2027-01-04 (day 14)`, or `day 14` where the plan has no date."""
        if self.starts_on is None:
            return f"day {day}"
        return f"{date.fromordinal(self.starts_on.toordinal() + day).isoformat()} (day {day})"


def _problems(plan: TrialPlan) -> Iterator[Message]:
    """Everything that makes a plan unusable, in the words of its options."""
    stop, assumed, scale = plan.stopping, plan.assumed, plan.outcome
    width = scale.high - scale.low
    blocks = plan.schedule == "blocks"
    if not plan.exposure.strip():
        yield message("trial.option-exposure-empty")
    if not plan.control.strip():
        yield message("trial.option-control-empty")
    if plan.control.strip().casefold() == plan.exposure.strip().casefold():
        yield message("trial.option-control-is-exposure", control=control_term(plan.control))
    if not 1 <= plan.response <= MOST_RESPONSE:
        yield message("trial.option-response", value=plan.response, most=MOST_RESPONSE)
    if not blocks and not plan.response + 1 <= plan.gap <= 60:
        yield message("trial.option-gap", value=plan.gap, least=plan.response + 1, response=plan.response)
    if blocks and not plan.settling + 2 <= plan.gap <= 60:
        yield message("trial.option-gap-of-blocks", value=plan.gap, washout=plan.settling)
    if not 0 <= plan.settling <= 30 or (plan.settling > 0 and not blocks):
        yield message("trial.option-washout", value=plan.settling)
    if not 7 <= plan.run_in <= 90:
        yield message("trial.option-run-in", value=plan.run_in)
    if not 2 <= stop.pairs <= MOST_PAIRS:
        yield message("trial.option-pairs", value=stop.pairs, most=MOST_PAIRS)
    if not 2 <= stop.first <= stop.pairs:
        yield message("trial.option-first-look", value=stop.first, pairs=stop.pairs)
    if not 0.9 <= stop.sure < 1:
        yield message("trial.option-sure", value=stop.sure)
    if not 0.7 <= stop.sure_last <= stop.sure:
        yield message("trial.option-sure-last", value=stop.sure_last, sure=stop.sure)
    if not 0 < stop.safe <= 0.2:
        yield message("trial.option-safe", value=stop.safe)
    if not 0 < abs(plan.effect) <= width:
        yield message("trial.option-effect", value=plan.effect, scale=scale, most=width)
    if not 0 < assumed.sigma <= width:
        yield message("trial.option-sigma", value=assumed.sigma, most=width)
    if not 0 <= assumed.phi < 1:
        yield message("trial.option-phi", value=assumed.phi)
    if not 0 <= assumed.kappa < 1:
        yield message("trial.option-kappa", value=assumed.kappa)
    if not scale.low <= assumed.level <= scale.high:
        yield message("trial.option-level", value=assumed.level, low=scale.low, high=scale.high)
    if not 0 <= assumed.missing <= 0.5:
        yield message("trial.option-missing", value=assumed.missing)
    if len({each.code for each in plan.outcomes}) < len(plan.outcomes):
        yield message("trial.option-outcome-twice")
    if plan.days() > MOST_DAYS:
        yield message(
            "trial.option-too-many-days", pairs=stop.pairs, gap=plan.gap, days=plan.days(), most=MOST_DAYS
        )


def outcome_of_option(text: str) -> Scale:
    """The scale of that name, or one of its own: `mood=0-100`, `walking=0-60:better`. InputError for anything else."""
    name, given, span = text.partition("=")
    code = name.strip().lower()
    if not given:
        scale = SCALES.get(code)
        if scale is None:
            raise InputError(
                message("trial.unknown-outcome", what=unknown_word(name, SCALES, message("word.outcome")))
            )
        return scale
    ends, _, better = span.partition(":")
    low, _, high = ends.partition("-")
    try:
        lowest, highest = float(low), float(high)
    except ValueError:
        raise InputError(message("trial.ends", text=text)) from None
    return own_scale(code, lowest, highest, better.strip() or "worse")


def own_scale(code: str, low: float, high: float, higher_is: str) -> Scale:
    """A scale that is in none of our tables. InputError where it cannot be one, or is one of ours otherwise."""
    if not code or not -1e6 <= low < high <= 1e6:
        raise InputError(message("trial.scale-needs", code=code))
    if higher_is not in ("worse", "better"):
        raise InputError(message("trial.higher-is", code=code, word=higher_is))
    known = SCALES.get(code)
    if known is not None and (known.low, known.high, known.higher_is) != (low, high, higher_is):
        raise InputError(
            message(
                "trial.scale-of-ours", scale=known, low=known.low, high=known.high, higher=known.higher_is
            )
        )
    return known or Scale(code, code, low, high, higher_is="worse" if higher_is == "worse" else "better")
