"""How fast the safety rules are: one regimen, and 100,000 regimens of eight substances, one by one and as a cohort.

CPU time of one process. The cohort is a Parquet table of as many patients as there are regimens, each regimen another
one; its alerts are those of a review, so they are more than those of a bare regimen.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

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
    drawn: list[Situation] = []
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
        drawn.append(Situation(lines, conditions=known))
    return drawn


def write_cohort(path: Path, kept: list[Situation]) -> None:
    """A table of patients who start these regimens on day 0, with what is known of their conditions."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = [f"p{at:07d}" for at in range(len(kept))]
    known = [
        sorted((condition, answer is YES) for condition, answer in situation.conditions.items())
        for situation in kept
    ]
    each = [len(situation.lines) + len(conditions) for situation, conditions in zip(kept, known, strict=True)]
    states = {True: '{"state":"present"}', False: '{"state":"absent"}'}
    columns = {
        "patient": [name for name, rows in zip(names, each, strict=True) for _ in range(rows)],
        "day": pa.array([0] * sum(each), pa.int32()),
        "kind": [
            kind
            for situation, conditions in zip(kept, known, strict=True)
            for kind in (*("medication" for _ in situation.lines), *("finding" for _ in conditions))
        ],
        "code": [
            code
            for situation, conditions in zip(kept, known, strict=True)
            for code in (
                *(line.substance for line in situation.lines),
                *(condition for condition, _ in conditions),
            )
        ],
        "text": [
            text
            for situation, conditions in zip(kept, known, strict=True)
            for text in (
                *('{"do":"start"}' for _ in situation.lines),
                *(states[there] for _, there in conditions),
            )
        ],
    }
    pq.write_table(pa.table(columns), path)


def of_cohort(path: Path) -> tuple[float, int, int]:
    """CPU seconds from the table to every alert, how many alerts, and how many patients went to the fallback."""
    from assuage.cohort.alerts import Alerts
    from assuage.cohort.run import MOST_ROWS
    from assuage.engine.many.engine import Engine
    from assuage.engine.many.program.lower import lower
    from assuage.engine.many.rows.parquet import TableReader
    from assuage.engine.many.rows.vocabulary import Vocabulary
    from assuage.pathways.registry import pathway

    started = time.process_time()
    lowered = lower(pathway("neck-first"))
    engine, vocabulary, alerts = Engine(lowered, 0), Vocabulary(), Alerts(lowered)
    total = fallback = 0
    for chunk in TableReader(path, vocabulary, MOST_ROWS).chunks():
        judged = engine.judge_entries(engine.named_entries(chunk, vocabulary))
        counts, _ = alerts.raised(judged, judged.until)
        total += int(counts.sum())
        fallback += judged.fallback
    return time.process_time() - started, total, fallback


def run(regimens: int = REGIMENS) -> None:
    """Print the table of figures."""
    kept = situations(KEPT)
    check(kept[0])  # builds the indexes
    started = time.process_time()
    for situation in kept[:500]:
        check(situation)
    each_ms = (time.process_time() - started) * 1000 / 500
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
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cohort.parquet"
        write_cohort(path, situations(1_000))
        of_cohort(path)  # loads the kernels
        write_cohort(path, situations(regimens))
        spent, raised, fallback = of_cohort(path)
    print("safety rules, CPU time")
    print(
        f"  one regimen of {SUBSTANCES_EACH}, every alert      {each_ms:8.3f} ms (budget {ONE_MS_BUDGET:g} ms)"
    )
    print(f"  {regimens:,} regimens, rules fired  {spent_rules:8.1f} s  ({fired:,} rules)")
    print(f"  {regimens:,} regimens, every alert  {spent_alerts:8.1f} s  ({alerts:,} alerts)")
    print(
        f"  {regimens:,} patients, as a cohort  {spent:8.1f} s  ({raised:,} alerts, {fallback:,} patients one by one)"
    )


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else REGIMENS)
