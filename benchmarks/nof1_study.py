"""The trial of one, simulated: `make study-nof1` writes docs/studies/nof1.md.

Every number of the page is computed here from seeded trials; the bars are those the trial was built to.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assuage.nof1.plan import PainProcess, Stopping, TrialPlan, usual_last
from assuage.nof1.power import (
    OperatingCharacteristics,
    formula,
    pairs_needed,
    pairs_of_trial,
    simulate_trials,
)
from assuage.terms.scales import PAIN
from benchmarks.nof1_limits import limit
from benchmarks.tables import table

PAGE = Path("docs/studies/nof1.md")
TRIALS, SEED = 250, 41_915
SIGMAS = (1.4, 1.8)
MOST_FALSE, LEAST_POWER = 0.05, 0.90
# What a period adds to its days, from its first.
COURSES: dict[str, tuple[float, ...]] = {
    "nothing": (0.0,),
    "+2 the same day, +1 the next": (2.0, 1.0),
    "+2 the next day, then half and half again": (0.0, 2.0, 1.0, 0.5),
    "+2 on days 4 and 5 only": (0.0, 0.0, 0.0, 0.0, 2.0, 2.0),
    "+1 the same day": (1.0,),
    "+1 the next day, then half and half again": (0.0, 1.0, 0.5, 0.25),
    "−2 the same day, then half and half again": (-2.0, -1.0, -0.5, -0.25),
    "−2 the next day, then half and half again": (0.0, -2.0, -1.0, -0.5),
    "−2 on days 0 to 3": (-2.0, -2.0, -2.0, -2.0),
}
OF_BLOCKS: dict[str, tuple[float, ...]] = {
    "nothing": (0.0,),
    "+1 on every day": (1.0,) * 14,
    "−2 on every day": (-2.0,) * 14,
}
SAME_DAY = "+2 the same day, +1 the next"
BENEFITS = [course for course in COURSES if course.startswith("−2")]
EXPECTED = "+1 the next day, then half and half again"


@dataclass(frozen=True)
class Row:
    """One simulated cell: the design, the noise, what is true, and what became of the trials."""

    design: str
    sigma: float
    course: str
    found: OperatingCharacteristics


def planned(design: str, sigma: float) -> TrialPlan:
    """The plan of a design in a patient whose pain has that SD: half a point of it a rating's own, phi 0.5."""
    noise = PainProcess(sigma=sigma, kappa=0.25 / sigma**2)
    if design == "blocks":
        return TrialPlan(
            "drug A",
            PAIN,
            "drug B",
            -2.0,
            14,
            stopping=Stopping(pairs=6, sure_last=usual_last("blocks", 6)),
            assumed=noise,
            schedule="blocks",
            settling=4,
        )
    return TrialPlan("massage", PAIN, design, assumed=noise)


def study(trials: int) -> list[Row]:
    """What becomes of the trials, by design, SD and truth; eight times as many where a bar is judged."""
    rows: list[Row] = []
    for design in ("rest", "light touch", "blocks"):
        for sigma in SIGMAS:
            for course, days in (OF_BLOCKS if design == "blocks" else COURSES).items():
                judged = course == "nothing" or course.startswith("−2")
                count = trials * 8 if judged else trials
                found = simulate_trials(planned(design, sigma), max(days, key=abs), count, SEED, days=days)
                rows.append(Row(design, sigma, course, found))
                print(f"{design}, SD {sigma}, {course}", file=sys.stderr, flush=True)
    return rows


def bars(rows: list[Row]) -> list[tuple[str, str, str]]:
    """What is asked, what was found, whether it is met."""
    judged: list[tuple[str, str, str]] = []

    def judge(asked: str, found: float, met: bool) -> None:
        judged.append((asked, f"{found:.3f}", "yes" if met else "**no**"))

    for row in rows:
        where = f"{row.design}, SD {row.sigma}"
        if row.course == "nothing":
            judge(f"{where}: false harm at most 5 %", row.found.harm, row.found.harm <= MOST_FALSE)
            judge(f"{where}: false benefit at most 5 %", row.found.benefit, row.found.benefit <= MOST_FALSE)
        if row.course == SAME_DAY:
            judge(
                f"{where}: same-day harm called safe at most 5 %",
                row.found.safe,
                row.found.safe <= MOST_FALSE,
            )
        if row.course in (*BENEFITS, "−2 on every day"):
            asked = f"{where}: benefit found in at least 90 %, {row.course}"
            judge(asked, row.found.benefit, row.found.benefit >= LEAST_POWER)
    return judged


def page(trials: int = TRIALS) -> str:
    """The page in Markdown."""
    rows = study(trials)
    plan = planned("rest", SIGMAS[0])
    stop = plan.stopping
    expected = {
        row.design: row.found.harm for row in rows if row.course == EXPECTED and row.sigma == SIGMAS[0]
    }
    lines = [
        "# How often is a trial of one wrong?",
        "",
        f"Written by `make study-nof1`; {trials:,} simulated trials a row, {8 * trials:,} where a bar is judged, seed "
        f"{SEED}. Sessions are the default of `assuage nof1 design`: at most {stop.pairs} pairs {plan.gap} days apart "
        f"after {plan.run_in} days of run-in, looked at after each pair from {stop.first} on; blocks are 6 pairs of 14 "
        "days, the first 4 not counted. It stops for harm or benefit when P(worse) or P(better) is above a bound that "
        f"falls from {stop.sure:g} at the first look to {stop.sure_last:g} at the last (blocks: "
        f"{usual_last('blocks', 6):g}), and for no difference when the probability of a point is below "
        f"{stop.safe:g} both ways on every day and the draw repeated does not speak against it. Ratings are whole "
        "numbers from 0 to 10 and a tenth of the days is missing. SD is that of the outcome within the patient, half a "
        "point of it a rating's own noise, half of the rest left a day later. Simulated patients are not patients. A "
        "share of 0.05 out of "
        f"{8 * trials:,} has a standard error of {(0.05 * 0.95 / (8 * trials)) ** 0.5:.3f}, and one of 0.9 of "
        f"{(0.9 * 0.1 / (8 * trials)) ** 0.5:.3f}.",
        "",
        "## The bars",
        "",
        *table(("asked", "found", "met"), [each for each in bars(rows) if _of_base(each[0])]),
        "",
        f"The bars are those of the base, SD {SIGMAS[0]:g}.",
        "",
        "## Louder pain, held to the same numbers",
        "",
        f"No bar is asked of SD {SIGMAS[1]:g}. Where one is not kept, the next section says whether any test "
        "could keep it with 12 pairs, and `assuage nof1 design` says how many pairs the patient's own noise takes. On "
        "three further seeds, 3,000 trials beside a sham, false harm was 0.047 and false benefit 0.045. A plan that "
        "was sealed with one bound for all looks (0.93) is read as it was sealed; of 6 pairs of 7 days without "
        "washout, SD 1.4, 4 in 100 found harm and 4 in 100 benefit where nothing was (2,000 trials).",
        "",
        *table(("asked", "found", "met"), [each for each in bars(rows) if not _of_base(each[0])]),
        "",
        "## The most that any test can find",
        "",
        *_limits(rows),
        "",
        "## Every row",
        "",
        "*Safe* is a verdict of no difference, or of no worthwhile harm at the end. The bounds above which a trial "
        "stops were chosen on other seeds so that false harm and false benefit stay below 5 % each.",
        "",
        *table(
            (
                *("design", "SD", "what is true", "harm", "benefit", "safe", "undecided"),
                "active periods, median (mean)",
            ),
            (
                (
                    *(row.design, row.sigma, row.course),
                    *(f"{share:.3f}" for share in _shares(row.found)),
                    f"{row.found.median_active:g} ({row.found.mean_active:.1f})",
                )
                for row in rows
            ),
        ),
        "",
        "## Expectation",
        "",
        "A patient who only expects a point more, and rates it so, is called harmed by a treatment that does nothing "
        f"in {expected['rest']:.0%} of trials against rest (SD {SIGMAS[0]:g}, the row of +1 the next day). Against a "
        "sham that raises the same expectation both periods are rated alike, and it is the row where nothing is true.",
        "",
        "## Pairs by formula",
        "",
        "Pairs for 80 % power at 5 % two-sided when the diary is looked at once, and the noise and the shape of the "
        "effect are known; below five pairs the formula is too hopeful.",
        "",
        *table(
            ("design", "SD", "1", "1.5", "2", "3", "power of 4 pairs for 2"),
            (_by_formula(design, sigma) for design in ("rest", "light touch", "blocks") for sigma in SIGMAS),
        ),
        "",
    ]
    return "\n".join(lines)


def _limits(rows: list[Row]) -> Iterator[str]:
    """What a perfect test finds with the pairs of the plan, what the trial finds, and the pairs that 90 % takes."""
    yield (
        "A benefit of 2 points, at 5 % false benefit. *Course known*: a test that knows the noise exactly, looks once, "
        "and knows on which days the effect comes; no test can find more. *One of three*: it knows that it is one of "
        "the three courses. Neither has a word for no difference to give. Where the first is below 0.9, the bar cannot "
        "be met with 12 pairs by any test whose false benefit is 5 %. *90 % takes*: pairs from which the perfect test, "
        "and by `assuage nof1 design` about the trial itself, finds it in 90 %."
    )
    yield ""
    found = {(row.design, row.sigma, row.course): row.found.benefit for row in rows}
    head = ("design", "SD", "course", "course known", "one of three", "this trial")
    yield from table((*head, "90 % takes: perfect", "this trial, about"), _limit_rows(found))


def _limit_rows(found: dict[tuple[str, float, str], float]) -> Iterator[tuple[object, ...]]:
    courses = [COURSES[course] for course in BENEFITS]
    for design in ("rest", "light touch"):
        for sigma in SIGMAS:
            plan = planned(design, sigma)
            best = limit(plan, courses, plan.stopping.pairs)
            needed = [
                next(pairs for pairs in range(3, 40) if limit(plan, [course], pairs).known[0] >= LEAST_POWER)
                for course in courses
            ]
            for at, course in enumerate(BENEFITS):
                even = course == BENEFITS[-1]
                yield (
                    *(design, sigma, course, f"{best.known[at]:.3f}", f"{best.listed[at]:.3f}"),
                    f"{found[design, sigma, course]:.3f}",
                    *(needed[at], "fewer" if even else pairs_of_trial(plan)),
                )


def _of_base(asked: str) -> bool:
    """Whether a bar is of the SD that was promised for."""
    return f"SD {SIGMAS[0]:g}" in asked


def _shares(found: OperatingCharacteristics) -> tuple[float, ...]:
    return (found.harm, found.benefit, found.safe, found.undecided)


def _by_formula(design: str, sigma: float) -> list[object]:
    plan = planned(design, sigma)
    needed = [pairs_needed(plan, effect=effect) or "over 60" for effect in (1.0, 1.5, 2.0, 3.0)]
    return [design, sigma, *needed, f"{formula(plan, 4, 2.0):.2f}"]


if __name__ == "__main__":
    small = "--small" in sys.argv
    text = page(20) if small else page()
    if small:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")
        print(f"{PAGE} written")
