"""What the pair rules do not know: of a regimen, and of the formulary. A pair without a rule is not a safe pair."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import combinations

from msgspec import Struct

from assuage.safety.formulary import INTERACTIONS, NEGATIVES, SUBSTANCES, is_a, members
from assuage.safety.situation import Situation


class PairCoverage(Struct, frozen=True):
    """How many pairs a regimen has, how many of them a rule knows, and what no pair rule names at all.

    A pair is known where an interaction is written for it or where it was looked at and found not to interact.
    `unruled` are ids of the formulary; a line that nothing reads is in no known pair and stands in `unread`.
    """

    pairs: int
    known: int
    unruled: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def unknown(self) -> int:
        """How many pairs no rule knows."""
        return self.pairs - self.known


@cache
def with_a_rule() -> frozenset[str]:
    """The substances that some rule of two or more parties names, by themselves or by a class."""
    parties = (party for row in INTERACTIONS for party in row.parties)
    return frozenset(substance for party in parties for substance in members(party)) | {
        party for row in NEGATIVES for party in row.parties
    }


def is_known(first: str, other: str) -> bool:
    """Whether a rule knows the pair of two substances, as interacting or as not."""
    met = any(
        (first in members(one_side) and other in members(other_side))
        or (other in members(one_side) and first in members(other_side))
        for one_side, other_side in (row.parties for row in INTERACTIONS if len(row.parties) == 2)
    )
    return met or any({first, other} == set(row.parties) for row in NEGATIVES)


def known_beside(substance: str, given: Iterable[str]) -> bool:
    """Whether a rule knows a substance beside any of these: as a pair, or because a burden counts both."""
    return any(is_known(substance, other) or _counted_together(substance, other) for other in given)


@cache
def _counted_together(first: str, other: str) -> bool:
    """Whether both sedate, both are anticholinergic, both are serotonergic, or both may prolong QT."""
    rows = [SUBSTANCES[each] for each in (first, other) if each in SUBSTANCES]
    burdens = [
        (
            row.sedation > 0 or is_a(row.id, "cns_depressant"),
            row.anticholinergic > 0,
            is_a(row.id, "serotonergic"),
            row.qt not in ("none", "unknown"),
        )
        for row in rows
    ]
    return len(rows) == 2 and any(all(both) for both in zip(*burdens, strict=True))


def pair_coverage(situation: Situation) -> PairCoverage:
    """What the pair rules know of this regimen and its procedures. Two lines of one substance are no pair."""
    taken = sorted({line.substance for line in situation.lines if line.substance is not None})
    unread = tuple(sorted({line.name for line in situation.lines if line.substance is None}))
    size = len(taken) + len(unread)
    known = sum(is_known(*pair) for pair in combinations(taken, 2))
    return PairCoverage(
        size * (size - 1) // 2, known, tuple(name for name in taken if name not in with_a_rule()), unread
    )
