"""The words of the trigger engine scored against truth: how often each is said where there is no effect, harm, help.

`python -m benchmarks.verdicts` prints the table and the bars (`--cells plain,sought`, `--diaries 200`, `--seed 7` for a
part of it with seeds of one's own); the page of the study holds all of it. Every error rate has its Monte Carlo error.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from assuage.dynamics.diary import Diary, together
from assuage.dynamics.estimate import Estimates
from assuage.dynamics.evidence import judge_batch
from benchmarks.tables import table
from benchmarks.verdict_cells import CELLS, Cell, diaries_of_cell

DIARIES, SEED = 600, 2026
LIKELY, POSSIBLE, CANNOT_TELL, NO_DIFFERENCE, HELPS = WORDS = (
    "likely",
    "possible",
    "cannot tell",
    "no difference of a point",
    "helps",
)
MINUTES = 60.0  # what rescales hours


@dataclass(frozen=True)
class Judged:
    """The words of each diary's exposures, and the estimates that they stand over."""

    words: tuple[tuple[str, ...], ...]
    estimates: Estimates


def judged(diaries: Sequence[Diary], seed: int = 0) -> Judged:
    """What the engine says of each exposure of each diary."""
    said = judge_batch(together(diaries), seed=seed)
    words = tuple(tuple(verdict.word for verdict in of_diary) for of_diary in said.verdicts)
    return Judged(words, said.estimates)


@dataclass(frozen=True)
class Tally:
    """How a cell came out. `words` is the share of each word over exposures, `linked` that of diaries with any link."""

    cell: Cell
    diaries: int
    words: dict[str, float]
    linked: float
    contradicted: float
    covered: float

    def error(self, share: float) -> float:
        """The Monte Carlo standard error of a share of these diaries."""
        return sqrt(max(share * (1 - share), 0.0) / self.diaries)


def tally(cell: Cell, diaries: int = DIARIES, seed: int = SEED) -> Tally:
    """The words over that many diaries of a cell."""
    said = judged(diaries_of_cell(cell, diaries, seed), seed)
    counts = Counter(word for words in said.words for word in words)
    total = sum(counts.values())
    linked = sum(bool({LIKELY, POSSIBLE} & set(words)) for words in said.words) / diaries
    return Tally(
        cell,
        diaries,
        {word: counts[word] / total for word in WORDS},
        linked,
        contradicted(said),
        _covered(cell, said.estimates),
    )


def contradicted(said: Judged) -> float:
    """The share of diaries in which "no difference" stands over a lag whose interval leaves 0 out."""
    low, high = said.estimates.numbers[:, :, 2], said.estimates.numbers[:, :, 3]
    off_0 = (low > 0) | (high < 0)
    wrong = 0
    for i, words in enumerate(said.words):
        calm = {
            name
            for name, word in zip(said.estimates.batch.exposures, words, strict=True)
            if word == NO_DIFFERENCE
        }
        wrong += any(off_0[i, m] for m, (name, _) in enumerate(said.estimates.targets) if name in calm)
    return wrong / len(said.words)


def _covered(cell: Cell, estimates: Estimates) -> float:
    """The share of the intervals at lag 1 that hold the truth; of amounts none is told, they are per unit."""
    if cell.doses and cell.truth != "none":
        return float("nan")
    lag_1 = [m for m, (_, lag) in enumerate(estimates.targets) if lag == 1]
    truth = cell.world.effect * cell.world.shape[1] * (cell.truth != "none")
    numbers = estimates.numbers[:, lag_1]
    able = ~np.isnan(numbers[:, :, 0])
    held = (numbers[:, :, 2] <= truth) & (truth <= numbers[:, :, 3])
    return float(held[able].mean()) if able.any() else float("nan")


def changed_by_unit(cell: Cell, diaries: int, seed: int = SEED) -> float:
    """The share of diaries whose words change when hours are written in minutes."""
    hours = judged(diaries_of_cell(cell, diaries, seed), seed)
    minutes = judged(diaries_of_cell(cell, diaries, seed, MINUTES), seed)
    return sum(a != b for a, b in zip(hours.words, minutes.words, strict=True)) / diaries


@dataclass(frozen=True)
class Bar:
    """One promise: what is asked, what was measured, its Monte Carlo error, and whether it is kept."""

    asked: str
    measured: float
    error: float
    met: bool


def bars(tallies: dict[str, Tally], changed: dict[str, float], diaries: int = DIARIES) -> list[Bar]:
    """Every promise about the words that these cells can be held to."""
    rows: list[Bar] = []

    def most(asked: str, share: float, limit: float, of: Tally) -> None:
        rows.append(Bar(asked, share, of.error(share), share <= limit))

    def least(asked: str, share: float, limit: float, of: Tally) -> None:
        rows.append(Bar(asked, share, of.error(share), share >= limit))

    for name, of in tallies.items():
        said = of.words
        if of.cell.truth == "none":
            limit = 0.10 if of.cell.sought or of.cell.world.exposures > 1 else 0.05
            what = "any of them" if of.cell.world.exposures > 1 else "it"
            most(f"{name}: {what} likely or possible in at most {limit:.0%}", of.linked, limit, of)
            helps = said[HELPS] * of.cell.world.exposures
            most(f"{name}: helps in at most {limit:.0%}", helps, limit, of)
        elif of.cell.truth == "helps":
            most(f"{name}: likely or possible never", of.linked, 0.0, of)
            most(f"{name}: no difference in at most 5%", said[NO_DIFFERENCE], 0.05, of)
        else:
            most(f"{name}: helps never", said[HELPS], 0.0, of)
            most(f"{name}: no difference in at most 5%", said[NO_DIFFERENCE], 0.05, of)
        most(f"{name}: no difference over a lag that leaves 0 out, never", of.contradicted, 0.0, of)
    for name, wanted in (("+2", 0.90), ("+2 day 3", 0.80)):
        if name in tallies:
            of = tallies[name]
            least(f"{name}: likely in at least {wanted:.0%}", of.words[LIKELY], wanted, of)
    if "-2" in tallies:
        least("-2: helps in at least 90%", tallies["-2"].words[HELPS], 0.90, tallies["-2"])
    for name, share in changed.items():
        rows.append(Bar(f"{name}: hours or minutes, the same words in all", 1 - share, 0.0, share == 0))
    return rows


def table_of_words(tallies: dict[str, Tally]) -> list[str]:
    """A row a cell: how often each word is said, and how often an interval at lag 1 holds the truth."""
    head = ("scenario", "what is true", "diaries", *WORDS, "any link on the page", "lag 1 covered")
    return table(
        head,
        (
            (
                name,
                of.cell.title,
                of.diaries,
                *(f"{of.words[word]:.3f}" for word in WORDS),
                f"{of.linked:.3f}",
                "" if np.isnan(of.covered) else f"{of.covered:.3f}",
            )
            for name, of in tallies.items()
        ),
    )


def table_of_bars(rows: Sequence[Bar]) -> list[str]:
    """A row a promise."""
    return table(
        ("asked", "found", "± (Monte Carlo)", "met"),
        (
            (row.asked, f"{row.measured:.3f}", f"{row.error:.3f}", "yes" if row.met else "**no**")
            for row in rows
        ),
    )


def study(
    names: Sequence[str] = tuple(CELLS), diaries: int = DIARIES, seed: int = SEED
) -> tuple[list[str], list[str]]:
    """The lines of both tables for these cells: the words, and the bars."""
    tallies = {name: tally(CELLS[name], diaries, seed) for name in names}
    dosed = [name for name in names if CELLS[name].doses]
    changed = {name: changed_by_unit(CELLS[name], diaries, seed) for name in dosed}
    return table_of_words(tallies), table_of_bars(bars(tallies, changed, diaries))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", help=f"some of: {', '.join(CELLS)}")
    parser.add_argument("--diaries", type=int, default=DIARIES)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    chosen = given.cells.split(",") if given.cells else tuple(CELLS)
    for lines in study(chosen, given.diaries, given.seed):
        print("\n".join(lines), "\n")
