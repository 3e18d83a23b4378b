"""What each set of criteria can tell apart of a fact: two facts of one class give it the same answer.

A million patients are decided class by class, so a class must never be coarser than the rule. That is why every
class stands in the module of its rule and is what the rule itself goes on with, and why a fact that contradicts
itself is a class of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

from assuage.instruments.body import read_body
from assuage.instruments.criteria import acr_2010_2011, fm_2016
from assuage.instruments.criteria.aapt_2019 import AAPT_2019
from assuage.instruments.criteria.acr_1990 import ACR_1990, widespread_class
from assuage.instruments.criteria.acr_2010_2011 import ACR_2011
from assuage.instruments.criteria.fm_2016 import FM_2016
from assuage.instruments.criteria.nociplastic import NOCIPLASTIC_2021
from assuage.instruments.criteria.parts import ADULT_FROM, AGE, read_months
from assuage.instruments.criteria.widespread import CWP_2019, CWP_ICD11, cwp_2019_class, icd11_class
from assuage.instruments.reading import InputReader
from assuage.instruments.severity import read_severity

FactClass = Callable[[dict[str, object], InputReader], Hashable]


def _exactly(given: dict[str, object], reading: InputReader) -> Hashable:
    return repr(given)


def _states(told_apart: Callable[[int, int, int, bool], Hashable]) -> FactClass:
    def states(given: dict[str, object], reading: InputReader) -> Hashable:
        return frozenset(told_apart(*state) for state in read_body(reading, given).states)

    return states


def _totals(told_apart: Callable[[int], Hashable]) -> FactClass:
    def totals(given: dict[str, object], reading: InputReader) -> Hashable:
        return frozenset(told_apart(total) for total in read_severity(reading, given).totals())

    return totals


def _months(given: dict[str, object], reading: InputReader) -> Hashable:
    """Whether a time reaches three months, and whether it is more than that: no criteria ask for another."""
    span = read_months(reading, given)
    return None if span is None else tuple((end >= 3, end > 3) for end in span)


def _adult(given: dict[str, object], reading: InputReader) -> Hashable:
    age = reading.number("age", given.get("age"), AGE)
    return None if age is None else tuple(end >= ADULT_FROM for end in age)


# By criteria and kind of fact, as `Criteria.from_record` names them. What is missing here fails loudly.
CLASSES: dict[tuple[str, str], FactClass] = {
    (FM_2016.id, "body"): _states(fm_2016.fm_2016_body_class),
    (FM_2016.id, "severity"): _totals(fm_2016.fm_2016_severity_class),
    (FM_2016.id, "months"): _months,
    (FM_2016.id, "age"): _adult,
    (ACR_2011.id, "body"): _states(acr_2010_2011.acr_body_class),
    (ACR_2011.id, "severity"): _totals(acr_2010_2011.acr_severity_class),
    (ACR_2011.id, "months"): _months,
    (AAPT_2019.id, "sites"): _exactly,
    (AAPT_2019.id, "burden"): _exactly,
    (AAPT_2019.id, "months"): _months,
    (CWP_2019.id, "body"): _states(cwp_2019_class),
    (CWP_ICD11.id, "body"): _states(icd11_class),
    (CWP_ICD11.id, "more than months"): _months,
    (ACR_1990.id, "body"): widespread_class,
    (ACR_1990.id, "months"): _months,
    (NOCIPLASTIC_2021.id, "more than months"): _months,
}


def class_of(criteria: str, fact: str, given: Mapping[str, object]) -> Hashable:
    """The class of a fact, `given` as it is handed to these criteria; by its every detail where it is contradictory."""
    reading = InputReader()
    told_apart = CLASSES[criteria, fact](dict(given), reading)
    return ("contradictory", repr(given)) if reading.problems else told_apart
