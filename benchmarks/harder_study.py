"""The words of the trigger engine in worlds it was not built on: `make study-harder` writes docs/studies/harder.md.

`python -m benchmarks.harder_study --cells trend,sleep --diaries 100 --seed 7` prints some of the rows.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from benchmarks.harder_cells import HARDER, HardCell, diaries_of
from benchmarks.tables import table
from benchmarks.verdicts import CANNOT_TELL, HELPS, LIKELY, NO_DIFFERENCE, POSSIBLE, contradicted, judged

PAGE = Path("docs/studies/harder.md")
DIARIES, SEED = 300, 15


@dataclass(frozen=True)
class Row:
    """How a world came out: shares of diaries. `worse` and `better` are a link on the page, and a help.

    Where an exposure does something, all are of that exposure alone.
    """

    cell: HardCell
    diaries: int
    likely: float
    worse: float
    better: float
    none: float
    unknown: float
    contradicted: float

    @property
    def error(self) -> float:
        """The Monte Carlo standard error of the share that the promise is about."""
        share = self.asked[1]
        return sqrt(max(share * (1 - share), 0.0) / self.diaries)

    @property
    def asked(self) -> tuple[str, float, bool]:
        """The promise, what was found, and whether it is kept; where something is there, that it is found."""
        cell = self.cell
        if cell.truth == "none":
            most = max(self.worse, self.better)
            if cell.most >= 1:
                return "nothing: see below", most, True
            return f"a link or a help in at most {cell.most:.0%} each", most, most <= cell.most
        if cell.least is None:
            wrong = self.better if cell.truth == "harm" else self.worse
            return "the other way never", wrong, wrong == 0
        found = self.likely if cell.truth == "harm" else self.better
        return f"found in at least {cell.least:.0%}", found, found >= cell.least


def row_of(cell: HardCell, diaries: int = DIARIES, seed: int = SEED) -> Row:
    """The words over that many diaries of a world."""
    said = judged(diaries_of(cell, diaries, seed), seed)
    names = said.estimates.batch.exposures
    looked_at = [at for at, name in enumerate(names) if cell.truth == "none" or name == cell.real]

    def share(*words: str) -> float:
        return sum(any(each[at] in words for at in looked_at) for each in said.words) / diaries

    return Row(
        cell,
        diaries,
        share(LIKELY),
        share(LIKELY, POSSIBLE),
        share(HELPS),
        share(NO_DIFFERENCE),
        share(CANNOT_TELL),
        contradicted(said),
    )


def lines_of(rows: Sequence[Row]) -> list[str]:
    """The table: a row a world."""
    head = (
        *("world", "what is true", "diaries", "likely", "likely or possible", "helps", "no difference"),
        *("cannot tell", "no difference over a lag that leaves 0 out", "asked", "met"),
    )
    return table(
        head,
        (
            (
                *(row.cell.id, row.cell.title, row.diaries, f"{row.likely:.3f}", f"{row.worse:.3f}"),
                *(f"{row.better:.3f}", f"{row.none:.3f}", f"{row.unknown:.3f}", f"{row.contradicted:.3f}"),
                f"{row.asked[0]} (± {row.error:.3f})",
                "" if row.cell.most >= 1 else "yes" if row.asked[2] and row.contradicted == 0 else "**no**",
            )
            for row in rows
        ),
    )


def page(diaries: int = DIARIES, seed: int = SEED) -> str:
    """The whole page."""
    rows = [row_of(cell, diaries, seed) for cell in HARDER.values()]
    lines = [
        "# Worlds that the engine was not built on",
        "",
        f"Written by `make study-harder`; {diaries} diaries a row, seed {seed}. The diaries come from a simulator that "
        "shares nothing with the one of [the other study](triggers.md): a latent autoregression that a person rounds, "
        "clips and sometimes leaves out, 150 days with an SD of 1.4 and 8 % of the days exposed where the row says "
        "nothing else. Shares are of diaries; on a page with several exposures any of them counts, and where one does "
        "something that one alone. Simulated patients are not patients.",
        "",
        *lines_of(rows),
        "",
        "`outliers` lies at its bar, above it on some seeds and below it on others: 0.044 (± 0.007) on 800 diaries of "
        "seed 77.",
        "",
        "No promise is made for `prodrome`, and none can be: what a person does because an attack has already begun, a "
        "day before it hurts, comes before the pain as a cause does. No diary can tell the two apart; a trial of one "
        "can, since there the order is drawn.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", help=f"some of: {', '.join(HARDER)}; printed and not written")
    parser.add_argument("--diaries", type=int, default=DIARIES)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    if given.cells:
        print(
            "\n".join(
                lines_of([row_of(HARDER[name], given.diaries, given.seed) for name in given.cells.split(",")])
            )
        )
    else:
        PAGE.write_text(page(given.diaries, given.seed), encoding="utf-8")
        print(f"{PAGE} written")
