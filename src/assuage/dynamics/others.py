"""A word from other patients: what the class prior of a cohort adds where one's own diary cannot tell.

The prior is that of `assuage triggers cohort`: the share of patients in whom an exposure makes no difference, and how
large it is in the others. It stands beside the verdict, and never in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from assuage.catalogue.message import Message, message
from assuage.dynamics.diary import Diary
from assuage.dynamics.model import DISTRIBUTED_LAG
from assuage.dynamics.pooling import Pool, shrink
from assuage.dynamics.reading import exposure_id
from assuage.dynamics.triggers import Findings
from assuage.errors import InputError
from assuage.record.table import polars
from assuage.terms.scales import SCALES
from assuage.terms.spoken import exposure_term

POPULATION = "population.parquet"


def pools_of(folder: str | Path, outcome: str) -> dict[str, Pool]:
    """The pools of a cohort's output by exposure, over the three days after and all phases together.

    InputError where the folder has none of that outcome.
    """
    pl, file = polars(), Path(folder) / POPULATION
    if not file.exists():
        raise InputError(message("option.others-none", file=POPULATION, folder=folder))
    rows = pl.read_parquet(file).filter(
        (pl.col("outcome") == outcome)
        & (pl.col("lag") == DISTRIBUTED_LAG)
        & pl.col("phase").is_null()
        & (pl.col("state") == "estimated")
    )
    if rows.is_empty():
        raise InputError(message("option.others-without", file=file, outcome=outcome))
    return {
        row["exposure"]: Pool(row["none"], row["mean"], row["spread"], row["patients"], float("nan"), True)
        for row in rows.to_dicts()
    }


def word_from_others(
    findings: Findings, diary: Diary, exposure: str, pools: Mapping[str, Pool]
) -> Message | None:
    """What others add of one exposure; None where the diary tells by itself, or has no number to read beside them."""
    verdict, effect = findings.verdict_of(exposure), findings.of(exposure)
    if verdict.word != "cannot tell" or effect.estimate is None or effect.low is None or effect.high is None:
        return None
    of = pools.get(exposure_id(exposure))
    term = exposure_term(exposure_id(exposure))
    # Of an amount, or on another scale, a point of theirs is none of this diary's.
    if (
        of is None
        or findings.comparison_of(exposure).amounts
        or SCALES.get(diary.outcome.code) != diary.outcome
    ):
        return message("others.silent", exposure=term)
    sd = (effect.high - effect.low) / 3.92
    beside = shrink(of, np.array([effect.estimate]), np.array([sd]))
    return message(
        "others.word",
        exposure=term,
        n=of.count,
        none=round(100 * of.none),
        mean=of.mean,
        low=of.mean - 1.96 * of.spread,
        high=of.mean + 1.96 * of.spread,
        estimate=float(beside.estimate[0]),
        rise=float(beside.p_gt_0[0]),
    )
