"""What a recommendation asks to be done. Values only; what is due today is worked out in the review."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, get_args

from msgspec import Struct

from assuage.errors import DefinitionError
from assuage.pathways.clinic import Injectate
from assuage.terms.dosing import read_frequency
from assuage.terms.drugs import Drug
from assuage.terms.sites import Site
from assuage.terms.therapies import Therapy

DoseUnit = Literal["mg", "g", "mcg", "IU"]


class PlannedDose(Struct, frozen=True):
    """One dose of a day: how much, in which unit, and when."""

    amount: float
    unit: DoseUnit
    when: str

    def __post_init__(self) -> None:
        if not 0 < self.amount < float("inf"):
            raise DefinitionError(f"A dose of {self.amount:g} {self.unit} is none: doses are more than 0.")
        if self.unit not in get_args(DoseUnit):
            raise DefinitionError(
                f'"{self.unit}" is no unit of a dose here: {", ".join(get_args(DoseUnit))}.'
            )

        if read_frequency(self.when) is None:
            raise DefinitionError(
                f'"{self.when}" says not how often a dose is taken: write "at night", "twice a day", "every 8 hours".'
            )

    def __str__(self) -> str:
        return f"{self.amount:g} {self.unit} {self.when}"


class Start(Struct, frozen=True):
    """Start a drug at these doses a day."""

    drug: Drug
    doses: tuple[PlannedDose, ...]


class Titrate(Struct, frozen=True):
    """Raise a drug by a step at an interval, up to a ceiling a day."""

    drug: Drug
    by: PlannedDose
    every: timedelta
    up_to: PlannedDose


class Stop(Struct, frozen=True):
    """Stop a drug."""

    drug: Drug


class Perform(Struct, frozen=True):
    """Give a therapy at an interval, a number of times (None: without a fixed end)."""

    therapy: Therapy
    at: tuple[Site, ...]
    every: timedelta
    times: int | None
    how: str = ""
    injects: Injectate | None = None


class Extend(Struct, frozen=True):
    """Extend a therapy to a further site."""

    therapy: Therapy
    to: Site
    injects: Injectate | None = None


class Refer(Struct, frozen=True):
    """Refer to somebody."""

    to: Therapy


Action = Start | Titrate | Stop | Perform | Extend | Refer


def _interval(every: timedelta) -> timedelta:
    if every < timedelta(days=1):
        raise DefinitionError(
            f"every={every} is no interval: the clock is the day, so write days(1) or more."
        )
    return every


def start(drug: Drug, *doses: PlannedDose) -> Start:
    """Start a drug; every dose of the day is named."""
    if not doses:
        raise DefinitionError(f"start({drug.title}) needs a dose.")
    return Start(drug, doses)


def titrate(drug: Drug, *, by: PlannedDose, every: timedelta, up_to: PlannedDose) -> Titrate:
    """Raise a drug step by step, up to a ceiling."""
    if by.unit != up_to.unit:
        raise DefinitionError(
            f"titrate({drug.title}): the step is in {by.unit}, the ceiling in {up_to.unit}."
        )
    if up_to.amount < by.amount:
        raise DefinitionError(f"titrate({drug.title}): the ceiling {up_to} is below one step of {by}.")
    return Titrate(drug, by, _interval(every), up_to)


def stop(drug: Drug) -> Stop:
    """Stop a drug."""
    return Stop(drug)


def perform(
    therapy: Therapy,
    *,
    at: tuple[Site, ...] = (),
    every: timedelta,
    times: int | None = None,
    how: str = "",
    injects: Injectate | None = None,
) -> Perform:
    """Give a therapy at an interval; `injects` is what it carries into the body."""
    if times is not None and times < 1:
        raise DefinitionError(f"perform({therapy.title}, times={times}) would do nothing.")
    return Perform(therapy, at, _interval(every), times, how, _injected(therapy, injects))


def extend(therapy: Therapy, *, to: Site, injects: Injectate | None = None) -> Extend:
    """Extend a therapy to a further site; `injects` is what it carries into the body there."""
    return Extend(therapy, to, _injected(therapy, injects))


def _injected(therapy: Therapy, injects: Injectate | None) -> Injectate | None:
    if injects is not None and not therapy.needle:
        raise DefinitionError(
            f"{therapy.title} goes through no skin, so it injects nothing: leave injects=… out."
        )
    return injects


def refer(to: Therapy) -> Refer:
    """Refer to somebody."""
    return Refer(to)


def subject_of(action: Action) -> Drug | Therapy:
    """The drug or therapy an action is about."""
    match action:
        case Start(drug=drug) | Titrate(drug=drug) | Stop(drug=drug):
            return drug
        case Perform(therapy=therapy) | Extend(therapy=therapy):
            return therapy
        case Refer(to):
            return to


def injected_by(action: Action) -> Injectate | None:
    """What an action carries into the body; None for what carries nothing."""
    match action:
        case Perform(injects=injects) | Extend(injects=injects):
            return injects
        case Start() | Titrate() | Stop() | Refer():
            return None


def verb_of(action: Action) -> str:
    """`start`, `titrate`, `stop`, `perform`, `extend`, `refer`."""
    match action:
        case Start():
            return "start"
        case Titrate():
            return "titrate"
        case Stop():
            return "stop"
        case Perform():
            return "perform"
        case Extend():
            return "extend"
        case Refer():
            return "refer"
