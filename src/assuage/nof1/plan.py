"""The plan of a re-challenge: pairs of days, one with the exposure and one with the control, and when to stop.

Days count from day 0, the first day of the run-in. Pair k has two occasions, `gap` days apart; which of the two is
the exposure is drawn (`assuage.nof1.order`) and is not in the plan. Numbers here are ours unless a source stands by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Literal, TypeVar, cast

from assuage.catalogue.message import message
from assuage.errors import InputError, Problem, Problems, nearest, unknown_word
from assuage.terms.scales import SCALES, Scale

FORMAT = "assuage-nof1/1"
Control = Literal["rest", "light touch"]
CONTROLS: tuple[Control, ...] = ("rest", "light touch")
RESPONSE_DAYS = 3  # days after a session on which its effect is looked for
# Not 7: sessions that keep to one weekday cannot be told from that weekday.
DEFAULT_GAP = 8
DEFAULT_RUN_IN = 28
MOST_PAIRS = 24
MOST_DAYS = 730


SIMULATED = "those of simulated diaries, not of this patient"


@dataclass(frozen=True)
class PainProcess:
    """What the pain does by itself: SD in points, the share of a deviation left a day later, a rating's own noise.

    The defaults are those of the simulated diaries (`assuage.dynamics.scenarios`): AR(1) with SD 1.3 and phi 0.5, and
    0.5 points of noise. `missing` is the share of days without an entry. `whose` says whose numbers they are.
    """

    sigma: float = 1.4
    phi: float = 0.5
    kappa: float = 0.13
    level: float = 5.0
    missing: float = 0.1
    whose: str = SIMULATED


@dataclass(frozen=True)
class Stopping:
    """When the trial stops by itself: looked at after each pair from `first` on, at most `pairs` pairs.

    For harm when P(effect > 0) is above `harm`; for safety when P(effect > 1 point) is below `safe`.
    """

    pairs: int = 12
    first: int = 2
    harm: float = 0.991
    safe: float = 0.05


@dataclass(frozen=True)
class TrialPlan:
    """A re-challenge. `seal` is the SHA-256 of the drawn order with its seed: it shows later that nobody redrew it."""

    exposure: str
    outcome: Scale
    control: Control = "rest"
    effect: float = 2.0
    gap: int = DEFAULT_GAP
    run_in: int = DEFAULT_RUN_IN
    stopping: Stopping = field(default_factory=Stopping)
    assumed: PainProcess = field(default_factory=PainProcess)
    starts_on: date | None = None
    seal: str = ""

    def __post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise InputError("; ".join(problems))

    @property
    def washout(self) -> int:
        """Days between the last day on which a session may still act and the next session."""
        return self.gap - RESPONSE_DAYS - 1

    def occasions(self, pair: int) -> tuple[int, int]:
        """The two days of a pair, counted from 0."""
        first = self.run_in + 2 * pair * self.gap
        return (first, first + self.gap)

    def days(self, pairs: int | None = None) -> int:
        """How many days the diary has once that many pairs are complete."""
        return self.run_in + 2 * (self.stopping.pairs if pairs is None else pairs) * self.gap

    def date_of(self, day: int) -> str:
        """`2027-01-04 (day 14)`, or `day 14` where the plan has no date."""
        if self.starts_on is None:
            return f"day {day}"
        return f"{date.fromordinal(self.starts_on.toordinal() + day).isoformat()} (day {day})"


def _problems(plan: TrialPlan) -> list[str]:
    """Everything that makes a plan unusable, in the words of its options."""
    stop, assumed, scale = plan.stopping, plan.assumed, plan.outcome
    width = scale.high - scale.low
    limits: tuple[tuple[bool, str], ...] = (
        (not plan.exposure.strip(), "--exposure is empty; say what is to be tried again"),
        (
            not RESPONSE_DAYS + 1 <= plan.gap <= 60,
            f"--gap {plan.gap} is out of range: at least {RESPONSE_DAYS + 1} days (a session is looked at for "
            f"{RESPONSE_DAYS} days), at most 60",
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
            not 0.9 <= stop.harm < 1,
            f"--harm {stop.harm:g} is out of range: 0.9 to below 1; a lower one calls harm by chance",
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
            plan.days() > MOST_DAYS,
            f"{stop.pairs} pairs {plan.gap} days apart take {plan.days()} days, more than {MOST_DAYS}: "
            "take fewer pairs or a shorter gap",
        ),
    )
    return [text for wrong, text in limits if wrong]


def outcome_of_option(name: str) -> Scale:
    """The scale of that name. InputError with the nearest known for any other word."""
    scale = SCALES.get(name.strip().lower())
    if scale is None:
        raise InputError(f"--outcome: {nearest(name, SCALES, 'outcome')}")
    return scale


def to_json(plan: TrialPlan) -> dict[str, Any]:
    """The plan as JSON holds it."""
    return {
        "format": FORMAT,
        "exposure": plan.exposure,
        "control": plan.control,
        "outcome": plan.outcome.code,
        "effect": plan.effect,
        "gap": plan.gap,
        "run_in": plan.run_in,
        "starts_on": None if plan.starts_on is None else plan.starts_on.isoformat(),
        "stopping": asdict(plan.stopping),
        "assumed": asdict(plan.assumed),
        "seal": plan.seal,
    }


def plan_of(value: object, document: str) -> TrialPlan:
    """The plan out of JSON. Problems with everything that is wrong in it."""
    if not isinstance(value, Mapping):
        raise Problems(document, [Problem("", message("trial.no-plan"))])
    given = cast("Mapping[str, Any]", value)
    problems: list[Problem] = []
    if given.get("format") != FORMAT:
        problems.append(Problem("format", message("trial.not-the-format", format=FORMAT)))
        raise Problems(document, problems)
    known = {"format", "power", *(item.name for item in fields(TrialPlan))}
    problems += [
        Problem(str(key), unknown_word(str(key), known, message("word.key")))
        for key in given
        if key not in known
    ]
    numbers = {name: _integer(given, name, problems) for name in ("gap", "run_in")}
    effect = _number(given, "effect", problems)
    stopping = _part(given, "stopping", Stopping(), problems)
    assumed = _part(given, "assumed", PainProcess(), problems)
    exposure, control, seal = (_text(given, name, problems) for name in ("exposure", "control", "seal"))
    outcome = SCALES.get(str(given.get("outcome")))
    if outcome is None:
        problems.append(
            Problem("outcome", unknown_word(str(given.get("outcome")), SCALES, message("word.outcome")))
        )
    if control and control not in CONTROLS:
        problems.append(Problem("control", unknown_word(control, CONTROLS, message("word.control"))))
    starts = _date(given.get("starts_on"), problems)
    if problems or outcome is None:
        raise Problems(document, problems)
    try:
        return TrialPlan(
            exposure,
            outcome,
            cast("Control", control),
            effect,
            numbers["gap"],
            numbers["run_in"],
            stopping,
            assumed,
            starts,
            seal,
        )
    except InputError as error:
        raise Problems(document, [Problem("", str(error))]) from None


def _text(given: Mapping[str, Any], name: str, problems: list[Problem]) -> str:
    value = given.get(name)
    if not isinstance(value, str):
        problems.append(Problem(name, message("trial.not-text")))
        return ""
    return value


def _number(given: Mapping[str, Any], name: str, problems: list[Problem], where: str = "") -> float:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) > 1e6:
        problems.append(Problem(f"{where}{name}", message("trial.not-a-number")))
        return 0.0
    return float(value)


def _integer(given: Mapping[str, Any], name: str, problems: list[Problem], where: str = "") -> int:
    value = _number(given, name, problems, where)
    if value != int(value):
        problems.append(Problem(f"{where}{name}", message("trial.not-whole")))
    return int(value)


def _date(value: object, problems: list[Problem]) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        problems.append(Problem("starts_on", message("trial.not-a-date")))
        return None


_Part = TypeVar("_Part", Stopping, PainProcess)


def _part(given: Mapping[str, Any], name: str, default: _Part, problems: list[Problem]) -> _Part:
    value = given.get(name)
    if not isinstance(value, Mapping):
        problems.append(Problem(name, message("field.missing")))
        return default
    part = cast("Mapping[str, Any]", value)
    values: dict[str, Any] = {}
    for item in fields(default):
        usual = getattr(default, item.name)
        if isinstance(usual, str):
            values[item.name] = _text({item.name: usual, **part}, item.name, problems)
            continue
        read = _integer if isinstance(usual, int) else _number
        values[item.name] = read(part, item.name, problems, f"{name}.")
    return type(default)(**values)
