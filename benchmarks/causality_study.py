"""Naranjo, WHO-UMC and the word they rest on, scored against truth: `make study-causality` writes the page.

Diaries of the worlds of `benchmarks.verdict_cells` become records with massages, and each is judged twice: whole, by
the numerical model, and its first weeks by the counts. `python -m benchmarks.causality_study --cells plain,sought`
prints some of the rows.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path

from assuage.dynamics.diary import Diary, together
from assuage.dynamics.effect import Effect
from assuage.dynamics.evidence import JudgedBatch, judge_batch
from assuage.dynamics.model import DISTRIBUTED_LAG
from assuage.record.entries import AnyEntry, Patient, Record, ScoreEntry, TherapyEntry
from assuage.record.timeline import Timeline
from assuage.review.effects import FEWEST_OCCASIONS, FEWEST_RATED, rated_days
from assuage.review.exposures import exposure_to
from assuage.review.model import Suspect
from assuage.review.suspects import suspect_of_counts
from assuage.review.triggers import COUNTS_LEVEL, NO_DIARY, DiaryEffects, judgement
from assuage.review.worse_spells import count_spells
from assuage.terms.answers import YES
from assuage.terms.outcomes import PAIN_OUTCOME
from assuage.terms.therapies import MASSAGE
from benchmarks.tables import table
from benchmarks.verdict_cells import CELLS, Cell, diaries_of_cell

PAGE = Path("docs/studies/causality.md")
DIARIES, SEED = 300, 2026
STUDIED = (
    "plain", "slow", "rare", "often", "blocks", "stress", "sought", "sought yesterday", "good days",
    "+2", "+2 sought", "-2", "-2 sought",
)  # fmt: skip
SHORT = 27  # days of the short diaries, of which the counts speak alone
PROBABLE = 5  # the score from which Naranjo says probable
EXPOSURE = exposure_to(MASSAGE)


def record_of(diary: Diary) -> Record:
    """The diary as a record: a score a rated day, a massage on each exposed one."""
    entries: list[AnyEntry] = []
    (exposure,) = diary.exposures.values()
    for day, (rating,) in enumerate(diary.ratings):
        if rating == rating:
            entries.append(
                ScoreEntry(place=len(entries), day=day, scale="pain", value=float(rating), by="patient")
            )
        if exposure.days[day] > 0:
            entries.append(TherapyEntry(place=len(entries), day=day, what="massage", by="patient"))
    return Record(Patient(diary.patient), tuple(entries))


def effects_in_batch(said: JudgedBatch, i: int, occasions: int, rated: int) -> DiaryEffects:
    """What the engine says of diary i, as a review is handed it."""
    targets = said.estimates.targets
    at = next(m for m, (_, lag) in enumerate(targets) if lag == DISTRIBUTED_LAG)
    estimate = float(said.estimates.numbers[i, at, 0])
    if rated < FEWEST_RATED or occasions < FEWEST_OCCASIONS:
        return NO_DIARY
    if estimate != estimate:
        return DiaryEffects(unjudged=True)
    overall = Effect(EXPOSURE.id, DISTRIBUTED_LAG, "estimated", occasions, estimate)
    return DiaryEffects((overall,), verdict=said.verdicts[i][0])


@dataclass(frozen=True)
class Shares:
    """Of the diaries of a cell: linked, items 2 and 4 answered yes, probable, and probable were item 1 granted too."""

    linked: float
    second: float
    fourth: float
    probable: float
    granted: float
    contradicted: float

    @classmethod
    def of(cls, judged: Sequence[tuple[Suspect, str]]) -> Shares:
        """The shares over these suspects with their words."""

        def share(holds: Sequence[bool]) -> float:
            return sum(holds) / len(holds)

        scales = [suspect.naranjo for suspect, _ in judged]
        words = [word for _, word in judged]
        linked = [word in ("likely", "possible") for word in words]
        against = [word in ("helps", "no difference of a point") for word in words]
        said = [scale.answers["NQ2"] is YES or scale.score >= PROBABLE for scale in scales]
        return cls(
            share(linked),
            share([scale.answers["NQ2"] is YES for scale in scales]),
            share([scale.answers["NQ4"] is YES for scale in scales]),
            share([scale.score >= PROBABLE for scale in scales]),
            share([scale.score + 1 >= PROBABLE for scale in scales]),
            share([says and denies for says, denies in zip(said, against, strict=True)]),
        )


def shares(cell: Cell, diaries: int = DIARIES, seed: int = SEED, days: int | None = None) -> Shares:
    """The shares of a cell: by the model, or of the first `days` where these are given, by the counts."""
    simulated = [_of_days(diary, days) for diary in diaries_of_cell(cell, diaries, seed)]
    said = None if days is not None else judge_batch(together(simulated), seed=seed)
    judged: list[tuple[Suspect, str]] = []
    for i, diary in enumerate(simulated):
        timeline = Timeline(record_of(diary))
        last = timeline.last_day or 0
        exposed = EXPOSURE.days(timeline, last)
        if not exposed:
            continue
        counts = count_spells(timeline, (), last, EXPOSURE, PAIN_OUTCOME, exposed)
        effects = NO_DIARY if said is None else effects_in_batch(said, i, len(exposed), rated_days(diary))
        suspect = suspect_of_counts(timeline, last, EXPOSURE, PAIN_OUTCOME, counts, effects)
        judged.append((suspect, judgement(counts.chance, effects).word))
    return Shares.of(judged)


def _of_days(diary: Diary, days: int | None) -> Diary:
    if days is None:
        return replace(diary, confounders={}, phases={})
    kept = {name: replace(each, days=each.days[:days]) for name, each in diary.exposures.items()}
    return replace(diary, ratings=diary.ratings[:days], exposures=kept, confounders={}, phases={})


def rows(names: Sequence[str], diaries: int, seed: int) -> list[tuple[str, str, int, str, Shares]]:
    """A row a cell, length and way of judging."""
    found: list[tuple[str, str, int, str, Shares]] = []
    for name in names:
        cell = CELLS[name]
        for days, by in ((None, "model"), (SHORT, "counts")):
            found.append((name, cell.truth, days or cell.world.days, by, shares(cell, diaries, seed, days)))
    return found


def bars(found: Sequence[tuple[str, str, int, str, Shares]], diaries: int) -> list[tuple[str, str, str, str]]:
    """Every promise: what is asked, what was found in the worst row, its Monte Carlo error, and whether it is kept."""
    nulls = [shares for _, truth, _, _, shares in found if truth == "none"]
    helped = [shares for _, truth, _, _, shares in found if truth == "helps"]
    asked = (
        ("no effect: Naranjo probable in at most 5 %", max(each.probable for each in nulls), 0.05),
        (
            "no effect: probable in at most 5 %, were reports conclusive too",
            max(each.granted for each in nulls),
            0.05,
        ),
        ("no effect: item 2 answered yes in at most 10 %", max(each.second for each in nulls), 0.10),
        ("it helps: Naranjo probable never", max(each.probable for each in helped), 0.0),
        ("it helps: probable never, were reports conclusive too", max(each.granted for each in helped), 0.0),
        ("scales and verdict contradict each other never", max(row[-1].contradicted for row in found), 0.0),
    )
    return [
        (
            what,
            f"{worst:.3f}",
            f"{sqrt(worst * (1 - worst) / diaries):.3f}",
            "yes" if worst <= limit else "**no**",
        )
        for what, worst, limit in asked
    ]


def page(names: Sequence[str] = STUDIED, diaries: int = DIARIES, seed: int = SEED) -> str:
    """The page of the study."""
    found = rows(names, diaries, seed)
    head = (
        "scenario",
        "days",
        "judged by",
        "linked",
        "item 2 yes",
        "item 4 yes",
        "probable",
        "probable, item 1 granted",
    )
    return "\n".join(
        [
            "# Does a scale of causality say probable of nothing?",
            "",
            f"Written by `make study-causality`; {diaries} diaries a row, seed {seed}. The worlds are those of [the "
            "other study](triggers.md), as records with massages. *Model*: the word is the engine's, as in a review of "
            f"a diary. *Counts*: the first {SHORT} days, too few ratings for the model; a link is a chance of at most "
            f"{COUNTS_LEVEL:.3f} that counts as uneven come by themselves. The last column adds the point of item 1, "
            "as if conclusive reports were on record, which of massage and pain there are none. Simulated patients are "
            "not patients.",
            "",
            "## The bars",
            "",
            "The worst of all rows.",
            "",
            *table(("asked", "found", "± (Monte Carlo)", "met"), bars(found, diaries)),
            "",
            "## Every row",
            "",
            *table(
                ("what is true", *head),
                (
                    (
                        {"none": "no effect", "harm": "harm", "helps": "it helps"}[truth],
                        name,
                        days,
                        by,
                        *(
                            f"{share:.3f}"
                            for share in (of.linked, of.second, of.fourth, of.probable, of.granted)
                        ),
                    )
                    for name, truth, days, by, of in found
                ),
            ),
            "",
        ]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", help=f"some of: {', '.join(STUDIED)}; printed and not written")
    parser.add_argument("--diaries", type=int, default=DIARIES)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    if given.cells:
        print(page(given.cells.split(","), given.diaries, given.seed))
    else:
        PAGE.write_text(page(diaries=given.diaries, seed=given.seed), encoding="utf-8")
        print(f"{PAGE} written")
