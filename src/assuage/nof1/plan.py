"""The plan of a trial of one: pairs of periods, one of each kind, what is rated, and when to stop.

Days count from day 0, the first day of the run-in. A period is a session and the days after it, or a block of days.
Pair k has two periods that begin `gap` days apart; which of the two is the exposure is drawn (`assuage.nof1.order`)
and is not in the plan. Numbers here are ours unless a source stands by.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from math import exp, log
from typing import Literal

from assuage.dynamics.contrast import worth_knowing
from assuage.errors import InputError, nearest
from assuage.terms.scales import SCALES, Scale

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
            raise InputError("; ".join(problems))

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


def _problems(plan: TrialPlan) -> list[str]:
    """Everything that makes a plan unusable, in the words of its options."""
    stop, assumed, scale = plan.stopping, plan.assumed, plan.outcome
    width = scale.high - scale.low
    blocks = plan.schedule == "blocks"
    limits: tuple[tuple[bool, str], ...] = (
        (not plan.exposure.strip(), "--exposure is empty; say what is to be tried"),
        (not plan.control.strip(), "--control is empty; say what it is compared with"),
        (
            plan.control.strip().casefold() == plan.exposure.strip().casefold(),
            f'--control "{plan.control}" is the exposure itself; say what it is compared with',
        ),
        (
            not 1 <= plan.response <= MOST_RESPONSE,
            f"--response {plan.response} is out of range: 1 to {MOST_RESPONSE} days",
        ),
        (
            not blocks and not plan.response + 1 <= plan.gap <= 60,
            f"--gap {plan.gap} is out of range: at least {plan.response + 1} days (a session is looked at for "
            f"{plan.response} days), at most 60",
        ),
        (
            blocks and not plan.settling + 2 <= plan.gap <= 60,
            f"--gap {plan.gap} is out of range: a block has at least two days after its washout of {plan.settling}, "
            "and at most 60",
        ),
        (
            not 0 <= plan.settling <= 30 or (plan.settling > 0 and not blocks),
            f"--washout {plan.settling} is out of range: 0 to 30 days, and of blocks only (between sessions it is what "
            "--gap leaves)",
        ),
        (not 7 <= plan.run_in <= 90, f"--run-in {plan.run_in} is out of range: 7 to 90 days"),
        (
            not 2 <= stop.pairs <= MOST_PAIRS,
            f"--pairs {stop.pairs} is out of range: 2 to {MOST_PAIRS}; one pair shows nothing",
        ),
        (
            not 2 <= stop.first <= stop.pairs,
            f"--first-look {stop.first} is out of range: 2 to the {stop.pairs} pairs",
        ),
        (
            not 0.9 <= stop.sure < 1,
            f"--sure {stop.sure:g} is out of range: 0.9 to below 1; a lower one calls harm by chance",
        ),
        (
            not 0.7 <= stop.sure_last <= stop.sure,
            f"--sure-last {stop.sure_last:g} is out of range: 0.7 to --sure, which is {stop.sure:g}",
        ),
        (not 0 < stop.safe <= 0.2, f"--safe {stop.safe:g} is out of range: above 0, at most 0.2"),
        (
            not 0 < abs(plan.effect) <= width,
            f"--effect {plan.effect:g} is out of range: a number of points of {scale.title}, at most {width:g}",
        ),
        (
            not 0 < assumed.sigma <= width,
            f"--sigma {assumed.sigma:g} is out of range: above 0, at most {width:g}",
        ),
        (not 0 <= assumed.phi < 1, f"--phi {assumed.phi:g} is out of range: 0 to below 1"),
        (not 0 <= assumed.kappa < 1, f"--kappa {assumed.kappa:g} is out of range: 0 to below 1"),
        (
            not scale.low <= assumed.level <= scale.high,
            f"--level {assumed.level:g} is off the scale: {scale.range_in_words}",
        ),
        (not 0 <= assumed.missing <= 0.5, f"--missing {assumed.missing:g} is out of range: 0 to 0.5"),
        (
            len({each.code for each in plan.outcomes}) < len(plan.outcomes),
            "--outcome names one outcome twice",
        ),
        (
            plan.days() > MOST_DAYS,
            f"{stop.pairs} pairs {plan.gap} days apart take {plan.days()} days, more than {MOST_DAYS}: "
            "take fewer pairs or a shorter gap",
        ),
    )
    return [text for wrong, text in limits if wrong]


def outcome_of_option(text: str) -> Scale:
    """The scale of that name, or one of its own: `mood=0-100`, `walking=0-60:better`. InputError for anything else."""
    name, given, span = text.partition("=")
    code = name.strip().lower()
    if not given:
        scale = SCALES.get(code)
        if scale is None:
            raise InputError(
                f"--outcome: {nearest(name, SCALES, 'outcome')}; one of your own: --outcome mood=0-100:better"
            )
        return scale
    ends, _, better = span.partition(":")
    low, _, high = ends.partition("-")
    try:
        lowest, highest = float(low), float(high)
    except ValueError:
        raise InputError(f'--outcome "{text}": write its ends as in mood=0-100') from None
    return own_scale(code, lowest, highest, better.strip() or "worse")


def own_scale(code: str, low: float, high: float, higher_is: str) -> Scale:
    """A scale that is in none of our tables. InputError where it cannot be one, or is one of ours otherwise."""
    if not code or not -1e6 <= low < high <= 1e6:
        raise InputError(f'the outcome "{code}" needs a name and a range from low to high')
    if higher_is not in ("worse", "better"):
        raise InputError(f'the outcome "{code}": higher is worse or better, not "{higher_is}"')
    known = SCALES.get(code)
    if known is not None and (known.low, known.high, known.higher_is) != (low, high, higher_is):
        raise InputError(
            f"{known.title} is scored {known.range_in_words}, higher is {known.higher_is}; give yours another name"
        )
    return known or Scale(code, code, low, high, higher_is="worse" if higher_is == "worse" else "better")
