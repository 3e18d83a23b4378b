"""The logic of three values in two bits, and the comparison of a range with a bound."""

from __future__ import annotations

import numpy as np

from assuage.engine.many.jit import kernel
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import Comparison

BILLION = 1e9  # numbers are compared after rounding to nine decimals


@kernel
def kleene_and_bits(answer: int, other: int) -> int:
    """Yes if both are; no as soon as one is."""
    return (answer & other & c.YES) | ((answer | other) & c.NO)


@kernel
def kleene_or_bits(answer: int, other: int) -> int:
    """Yes as soon as one is; no if both are."""
    return ((answer | other) & c.YES) | (answer & other & c.NO)


@kernel
def kleene_not_bits(answer: int) -> int:
    """Yes for no, no for yes, unknown for unknown."""
    return ((answer & c.YES) << 1) | ((answer & c.NO) >> 1)


@kernel
def compare_range(sign: Comparison, low: float, high: float, billionths: int) -> int:
    """Yes or no where both ends of a range say the same, else unknown; the bound is given in billionths.

    A range from 3 to 5 is at most 5, is not below 3, and is neither yes nor no when it is asked whether it is at
    most 4: the number meant may be 3 as well as 5. Both ends are rounded first, for 0.1 + 0.2 is at most 0.3.
    """
    low, high = np.rint(low * BILLION), np.rint(high * BILLION)
    if sign == Comparison.AT_MOST:
        return c.YES if high <= billionths else c.NO if low > billionths else c.UNKNOWN
    if sign == Comparison.BELOW:
        return c.YES if high < billionths else c.NO if low >= billionths else c.UNKNOWN
    if sign == Comparison.AT_LEAST:
        return c.YES if low >= billionths else c.NO if high < billionths else c.UNKNOWN
    if sign == Comparison.ABOVE:
        return c.YES if low > billionths else c.NO if high <= billionths else c.UNKNOWN
    if sign == Comparison.EQUAL:
        if low == high and low == billionths:
            return c.YES
        return c.NO if billionths < low or billionths > high else c.UNKNOWN
    return c.unhandled(sign)
