"""What became of everybody, as counts: what the task keeps and the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

SILENT_DAYS: Final = 28  # without anything recorded, after which somebody counts as lost to follow-up (ours)


class DaysInPhase(Struct, frozen=True):
    """How long stays that are over lasted, in days: the median and the middle half."""

    low: float
    median: float
    high: float


class PhaseOutcome(Struct, frozen=True):
    """A phase: who is there now, how often it was entered and left, and how long those stays lasted."""

    id: str
    now: int
    entered: int
    over: int
    lasted: DaysInPhase | None


class PathwayOutcome(Struct, frozen=True):
    """Everybody on a pathway. `status` counts the states of the cohort's table, `decided` the acts of decisions.

    `responded` and `substantially` are of those whose change of pain is known; of `unknown` it is not. `silent` are
    those in the pathway of whom nothing was recorded for so long that they count as lost.
    """

    id: str
    version: int
    patients: int
    status: Mapping[str, int]
    phases: tuple[PhaseOutcome, ...]
    moves: Mapping[str, int]
    decided: Mapping[str, int]
    responded: int
    substantially: int
    not_responded: int
    unknown: int
    silent: int


class Outcomes(Struct, frozen=True):
    """What became of everybody. `failed` could not be worked out; on `differing` the two engines do not agree."""

    patients: int
    without_pathway: int
    failed: tuple[str, ...]
    differing: tuple[str, ...]
    pathways: tuple[PathwayOutcome, ...]
