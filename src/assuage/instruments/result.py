"""What scoring gives: totals or intervals, bands with their scheme, an answer, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from assuage.catalogue.message import Message, Wording, message
from assuage.terms.answers import Answer
from assuage.terms.sources import Source

# A number, an interval {low, high}, a word, or null: what a result may hold beside its total.
Value = float | str | dict[str, float] | list[str] | None


class Banded(Struct, frozen=True):
    """The band of one scheme; None with the `possible` ones where completions disagree.

    `prorated` is the band of the prorated total, which is an estimate and no completion.
    """

    scheme: str
    band: str | None
    possible: tuple[str, ...]
    prorated: str | None = None


class ScoredPart(Struct, frozen=True):
    """One part of a result: a domain, a cut-off or a criterion."""

    text: Message | Wording
    answer: Answer | None = None
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])


class Scored(Struct, frozen=True):
    """The result of an instrument, of a set of criteria or of a response threshold.

    `total` is None unless every item is known or the instrument's own rule prorates; `low` and `high` hold
    every completion. `asks` says in plain words what each id in `missing` is. `values` are further results
    shown beside the total (`wpi`, `regions`, `percent`, `grade` …).
    """

    instrument: str
    because: Message
    title: Wording
    total: float | None = None
    low: float | None = None
    high: float | None = None
    prorated: bool = False
    bands: tuple[Banded, ...] = ()
    answer: Answer | None = None
    parts: Mapping[str, ScoredPart] = field(default_factory=dict[str, ScoredPart])
    missing: tuple[str, ...] = ()
    asks: tuple[Message | Wording | str, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Message | Wording, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])

    @property
    def band(self) -> str | None:
        """The band of the default scheme, the first."""
        return self.bands[0].band if self.bands else None


def neat(value: Value) -> Value:
    """The value as a reader wants it: whole numbers without a fraction, others to two decimals."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 2)
    if isinstance(value, dict):
        return {key: _neat_number(number) for key, number in value.items()}
    return value


def _neat_number(number: float) -> float:
    return int(number) if number == int(number) else round(number, 2)


def interval(low: float, high: float) -> Value:
    """A number where both ends agree, else `{low, high}`."""
    return low if low == high else {"low": low, "high": high}


def between_message(low: float, high: float) -> Message:
    """`8`, or `between 8 and 11`."""
    return (
        message("criteria.exactly", value=low)
        if low == high
        else message("criteria.between", low=low, high=high)
    )
