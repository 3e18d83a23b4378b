"""What scoring gives: totals or intervals, bands with their scheme, an answer, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assuage.catalogue.message import Message
from assuage.terms.answers import Answer
from assuage.terms.sources import Source

# A number, an interval {low, high}, a word, or null: what a result may hold beside its total.
Value = float | str | dict[str, float] | list[str] | None


@dataclass(frozen=True)
class Banded:
    """The band of one scheme; None with the `possible` ones where completions disagree.

    `prorated` is the band of the prorated total, which is an estimate and no completion.
    """

    scheme: str
    band: str | None
    possible: tuple[str, ...]
    prorated: str | None = None


@dataclass(frozen=True)
class ScoredPart:
    """One part of a result: a domain, a cut-off or a criterion."""

    text: str
    answer: Answer | None = None
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])

    def to_json(self) -> dict[str, object]:
        """The part as plain values."""
        answer = {} if self.answer is None else {"answer": self.answer.value}
        return {**answer, **{key: neat(value) for key, value in self.values.items()}, "text": self.text}


@dataclass(frozen=True)
class Scored:
    """The result of an instrument, of a set of criteria or of a response threshold.

    `total` is None unless every item is known or the instrument's own rule prorates; `low` and `high` hold
    every completion. `asks` says in plain words what each id in `missing` is. `values` are further results
    shown beside the total (`wpi`, `regions`, `percent`, `grade` …).
    """

    instrument: str
    because: Message | str
    title: str = ""
    total: float | None = None
    low: float | None = None
    high: float | None = None
    prorated: bool = False
    bands: tuple[Banded, ...] = ()
    answer: Answer | None = None
    parts: Mapping[str, ScoredPart] = field(default_factory=dict[str, ScoredPart])
    missing: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])

    @property
    def band(self) -> str | None:
        """The band of the default scheme, the first."""
        return self.bands[0].band if self.bands else None

    def to_json(self) -> dict[str, object]:
        """The result as plain values, ready for `json.dumps`."""
        told: dict[str, object] = {"instrument": self.instrument, "title": self.title}
        if self.total is not None:
            told["total"] = neat(self.total)
        if self.low is not None and (self.total is None or self.prorated):
            told |= {"low": neat(self.low), "high": neat(self.high)}
        if self.prorated:
            told["prorated"] = True
        told |= {key: neat(value) for key, value in self.values.items()}
        told["band"] = self.band
        told["bands"] = {banded.scheme: banded.band for banded in self.bands}
        open_bands = {b.scheme: list(b.possible) for b in self.bands if b.band is None and b.possible}
        if open_bands:
            told["possible_bands"] = open_bands
        if self.prorated:
            told["bands_of_prorated_total"] = {b.scheme: b.prorated for b in self.bands}
        told["answer"] = None if self.answer is None else self.answer.value
        told["because"] = self.because
        told["parts"] = {key: part.to_json() for key, part in self.parts.items()}
        told["missing"] = list(self.missing)
        told["asks"] = list(self.asks)
        told["sources"] = [
            {"key": s.key, "citation": s.citation, "doi": s.doi, "status": s.status.value}
            for s in self.sources
        ]
        told["notes"] = list(self.notes)
        return told


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


def span_in_words(low: float, high: float) -> str:
    """`8`, or `between 8 and 11`."""
    return (
        number_in_words(low) if low == high else f"between {number_in_words(low)} and {number_in_words(high)}"
    )


def number_in_words(number: float) -> str:
    """`8`, `4.33`: at most two decimals."""
    return f"{round(number, 2):g}"
