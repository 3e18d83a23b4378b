"""The sequential re-challenge, simulated: `make study-nof1` writes docs/studies/nof1.md.

Every number of the page is computed here from seeded trials; the bars are those the trial was built to.
"""

from __future__ import annotations

import sys
from pathlib import Path

from assuage.nof1.plan import Control, PainProcess, TrialPlan
from assuage.nof1.power import OperatingCharacteristics, formula, pairs_needed, simulate_trials
from assuage.terms.scales import PAIN
from benchmarks.tables import table

PAGE = Path("docs/studies/nof1.md")
TRIALS, SEED = 4_000, 20_261
SIGMAS = (1.1, 1.4, 1.8)
EFFECTS = (0.0, 1.0, 2.0, 3.0)
CONTROLS: tuple[Control, ...] = ("rest", "light touch")
MOST_HARM, LEAST_POWER, MOST_ACTIVE = 0.05, 0.94, 4


def planned(sigma: float, control: Control = "rest") -> TrialPlan:
    """The default plan in a patient whose pain has that SD: half a point of it a rating's own, phi 0.5."""
    return TrialPlan("deep massage", PAIN, control, assumed=PainProcess(sigma=sigma, kappa=0.25 / sigma**2))


def study(trials: int) -> dict[tuple[Control, float, float], OperatingCharacteristics]:
    """What becomes of the trials, by control, SD and true effect."""
    outlooks: dict[tuple[Control, float, float], OperatingCharacteristics] = {}
    for control in CONTROLS:
        for sigma in SIGMAS:
            for effect in EFFECTS:
                outlooks[control, sigma, effect] = simulate_trials(
                    planned(sigma, control), effect, trials, SEED
                )
                print(f"{control}, SD {sigma}, effect {effect:g}", file=sys.stderr, flush=True)
    return outlooks


def bars(
    outlooks: dict[tuple[Control, float, float], OperatingCharacteristics],
) -> list[tuple[str, str, str]]:
    """What is asked of rest as control, what was found, whether it is met."""
    rows: list[tuple[str, str, str]] = []
    for sigma in SIGMAS:
        none, two = outlooks["rest", sigma, 0.0], outlooks["rest", sigma, 2.0]
        for asked, figure, met in (
            ("false harm at most 5 %", f"{none.harm:.3f}", none.harm <= MOST_HARM),
            ("power for +2 at least 94 %", f"{two.harm:.3f}", two.harm >= LEAST_POWER),
            (
                "for +2 a median of at most 4 active sessions",
                f"{two.median_active:g}",
                two.median_active <= MOST_ACTIVE,
            ),
        ):
            rows.append((f"SD {sigma}: {asked}", figure, "yes" if met else "**no**"))
    return rows


def page(trials: int = TRIALS) -> str:
    """The page in Markdown."""
    outlooks = study(trials)
    plan = planned(SIGMAS[0])
    stop = plan.stopping
    lines = [
        "# How often is a re-challenge wrong?",
        "",
        f"Written by `make study-nof1`; {trials:,} simulated trials a row, seed {SEED}. The plan is the default of "
        f"`assuage nof1 design`: at most {stop.pairs} pairs {plan.gap} days apart after {plan.run_in} days of "
        f"run-in, looked at after each pair from {stop.first} on, stopped for harm when P(a rise) is above "
        f"{stop.harm:g} and for safety when P(more than 1 point) is below {stop.safe:g}. Ratings are whole numbers "
        "from 0 to 10 and a tenth of the days is missing. SD is that of the outcome within the patient, half a point "
        "of it a rating's own noise, half of the rest left a day later. Simulated patients are not patients: the "
        "numbers are those of the simulated diaries of [the other study](triggers.md).",
        "",
        "## The bars",
        "",
        "Rest as control.",
        "",
        *table(("asked", "found", "met"), bars(outlooks)),
        "",
        "## Every row",
        "",
        "*Called harm* is false where the true effect is 0; *called safe* is false where it is a point or more.",
        "",
        *table(
            (
                *("control", "SD", "true effect", "called harm", "called safe", "undecided"),
                "active sessions, median (mean)",
            ),
            (
                (
                    *(control, sigma, f"{effect:+g}" if effect else "0"),
                    *(f"{share:.3f}" for share in (outlook.harm, outlook.safe, outlook.undecided)),
                    f"{outlook.median_active:g} ({outlook.mean_active:.1f})",
                )
                for (control, sigma, effect), outlook in outlooks.items()
            ),
        ),
        "",
        "## Pairs by formula",
        "",
        "Pairs for 80 % power at 5 % two-sided when the diary is looked at once and the noise is known; below five "
        "pairs the formula is too hopeful.",
        "",
        *table(
            ("control", "SD", "+1", "+1.5", "+2", "+3", "power of 4 pairs for +2"),
            (_by_formula(control, sigma) for control in CONTROLS for sigma in SIGMAS),
        ),
        "",
    ]
    return "\n".join(lines)


def _by_formula(control: Control, sigma: float) -> list[object]:
    plan = planned(sigma, control)
    needed = [pairs_needed(plan, effect=effect) or "over 60" for effect in (1.0, 1.5, 2.0, 3.0)]
    return [control, sigma, *needed, f"{formula(plan, 4):.2f}"]


if __name__ == "__main__":
    small = "--small" in sys.argv
    text = page(200) if small else page()
    if small:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")
        print(f"{PAGE} written")
