"""The sequential re-challenge, simulated: `make study-nof1` prints the table of false harm, power and sessions."""

from __future__ import annotations

from assuage.nof1.plan import Assumed, Control, Plan
from assuage.nof1.power import formula, pairs_needed, simulate
from assuage.terms.scales import PAIN

TRIALS, SEED = 4_000, 20_261
SIGMAS = (1.1, 1.4, 1.8)
EFFECTS = (0.0, 1.0, 2.0, 3.0)
CONTROLS: tuple[Control, ...] = ("rest", "light touch")


def planned(sigma: float, control: Control = "rest") -> Plan:
    """The default plan in a patient whose pain has that SD: half a point of it a rating's own, phi 0.5."""
    return Plan("deep massage", PAIN, control, assumed=Assumed(sigma=sigma, kappa=0.25 / sigma**2))


def main() -> None:
    """Print the tables in Markdown."""
    print(
        f"Trials a row: {TRIALS:,}; seed {SEED}. Bars: false harm 5 % or less; power 94 % or more for +2.\n"
    )
    print(
        "| control | SD | true effect | called harm | called safe | undecided | active sessions median (mean) |"
    )
    print("|---|---|---|---|---|---|---|")
    for control in CONTROLS:
        for sigma in SIGMAS:
            for effect in EFFECTS:
                one = simulate(planned(sigma, control), effect, TRIALS, SEED)
                print(
                    f"| {control} | {sigma} | {effect:g} | {one.harm:.3f} | {one.safe:.3f} | {one.undecided:.3f} "
                    f"| {one.median_active:g} ({one.mean_active:.1f}) |",
                    flush=True,
                )
    print("\nPairs for 80 % power by formula, one look:\n")
    print("| control | SD | +1 | +1.5 | +2 | +3 | power of 4 pairs for +2 |\n|---|---|---|---|---|---|---|")
    for control in CONTROLS:
        for sigma in SIGMAS:
            plan = planned(sigma, control)
            needed = [str(pairs_needed(plan, effect=effect) or "over 60") for effect in (1.0, 1.5, 2.0, 3.0)]
            print(f"| {control} | {sigma} | {' | '.join(needed)} | {formula(plan, 4):.2f} |")


if __name__ == "__main__":
    main()
