"""How fast the safety rules are: one regimen, and 100,000 regimens of eight substances. CPU time of one process."""

from __future__ import annotations

import random
import sys
import time

from assuage.record.entries import Dose
from assuage.safety.check import check, fired_rules
from assuage.safety.formulary import CONDITION_RULES, SUBSTANCES
from assuage.safety.situation import RegimenLine, Situation
from assuage.terms.answers import NO, YES

REGIMENS, SUBSTANCES_EACH, KEPT = 100_000, 8, 2_000
ONE_MS_BUDGET = 1.0


def situations(count: int, seed: int = 7) -> list[Situation]:
    """That many random regimens, each with some conditions present and some absent."""
    chosen = random.Random(seed)
    ids = sorted(SUBSTANCES)
    conditions = sorted({row.condition for row in CONDITION_RULES})
    made: list[Situation] = []
    for _ in range(count):
        lines = tuple(
            RegimenLine(
                substance,
                substance,
                (Dose(chosen.randint(1, 100), SUBSTANCES[substance].dosing.unit or "mg"),),
            )
            for substance in chosen.sample(ids, SUBSTANCES_EACH)
        )
        known = {condition: chosen.choice((YES, NO)) for condition in chosen.sample(conditions, 10)}
        made.append(Situation(lines, conditions=known))
    return made


def run(regimens: int = REGIMENS) -> None:
    """Print the table of figures."""
    kept = situations(KEPT)
    check(kept[0])  # builds the indexes
    started = time.process_time()
    for situation in kept[:500]:
        check(situation)
    one = (time.process_time() - started) * 1000 / 500
    # The rounds make fresh values of the same regimens, so that nothing cached on a value is measured.
    fired = alerts = 0
    spent_rules = spent_alerts = 0.0
    done = 0
    while done < regimens:
        batch = situations(min(KEPT, regimens - done), seed=done)
        started = time.process_time()
        for situation in batch:
            fired += len(fired_rules(situation))
        spent_rules += time.process_time() - started
        started = time.process_time()
        for situation in batch:
            alerts += len(check(situation))
        spent_alerts += time.process_time() - started
        done += len(batch)
    print("safety rules, CPU time")
    print(f"  one regimen of {SUBSTANCES_EACH}, every alert      {one:8.3f} ms (budget {ONE_MS_BUDGET:g} ms)")
    print(f"  {regimens:,} regimens, rules fired  {spent_rules:8.1f} s  ({fired:,} rules)")
    print(f"  {regimens:,} regimens, every alert  {spent_alerts:8.1f} s  ({alerts:,} alerts)")


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else REGIMENS)
