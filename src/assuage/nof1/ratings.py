"""The ratings of a trial's diary, wherever the trial was drawn."""

from __future__ import annotations

from assuage.catalogue.message import message
from assuage.errors import Problem
from assuage.record.csv_table import number_in
from assuage.terms.scales import Scale


def rating_of(cell: str, scale: Scale, row: int, problems: list[Problem]) -> float | None:
    """The rating in a cell; None where it is blank, or no number of the scale, which is then a problem."""
    if not cell:
        return None
    value = number_in(cell)
    if value is None or not scale.low <= value <= scale.high:
        span = message("range.from-to", low=scale.low, high=scale.high)
        wrong = message("score.off-the-scale", scale=scale, range=span, value=cell)
        problems.append(Problem(f"row {row}  {scale.code} = {cell}", wrong))
        return None
    return value
