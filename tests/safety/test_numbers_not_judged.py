"""Numbers that decide nothing: they are said, and asked about where they could forbid what is proposed."""

from __future__ import annotations

import pytest

from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.doubts import numbers_not_judged

Plain = dict[str, object]


def measured(what: str, value: float, **more: object) -> Plain:
    return {"day": 3, "kind": "measurement", "what": what, "value": value, **more}


def told(what: str, state: str = "abnormal", **more: object) -> Plain:
    return {"day": 3, "kind": "finding", "what": what, "state": state, **more}


def timeline(*entries: Plain) -> Timeline:
    plain = {"format": "assuage-record/2", "patient": {"id": "a", "age": 50, "sex": "female"}}
    return Timeline(parse_record({**plain, "entries": list(entries)}))


@pytest.mark.parametrize(
    ("entries", "substance", "says"),
    [
        ([measured("creatinine", 300)], "duloxetine", ("creatinine 300", "no-unit", True)),
        ([measured("creatinine", 300)], "tizanidine", ("creatinine 300", "no-unit", False)),
        ([measured("creatinine", 300)], "amitriptyline", None),
        (
            [measured("creatinine", 300, unit="furlongs")],
            "duloxetine",
            ("creatinine 300 furlongs", "unit", True),
        ),
        (
            [measured("creatinine", 9000, unit="umol/l")],
            "duloxetine",
            ("creatinine 9000 umol/l", "number", True),
        ),
        ([measured("creatinine", 80, unit="umol/l")], "duloxetine", None),
        ([told("creatinine 300")], "duloxetine", ("creatinine 300", "no-unit", True)),
        ([told("creatinine", result="300")], "duloxetine", ("creatinine 300", "no-unit", True)),
        ([measured("ALT", 250, unit="U/l")], "tizanidine", ("ALT 250 U/l", "no-range", True)),
        ([measured("ALT", 250, unit="U/l", range={"high": 40})], "tizanidine", None),
        ([told("ALT 250")], "tizanidine", ("ALT 250", "no-range", True)),
        ([measured("platelets", 90)], "mesotherapy", ("platelets 90", "no-unit", True)),
        ([measured("QTc", 470)], "amitriptyline", None),
        ([measured("INR", 2.5, unit="ratio")], "ketoprofen", None),
        ([measured("potassium", 6.1)], "amitriptyline", None),
        ([measured("height", 3)], "amitriptyline", None),
        ([told("creatinine 300", "unknown")], "duloxetine", None),
    ],
)
def test_a_number_that_nothing_judges_is_told_where_a_rule_asks_for_it(
    entries: list[Plain], substance: str, says: tuple[str, str, bool] | None
):
    numbers = [
        (each.number.written, each.number.reason, each.forbids)
        for each in numbers_not_judged([substance], timeline(*entries), 10)
    ]
    assert numbers == ([] if says is None else [says])


@pytest.mark.parametrize(
    "later",
    [
        measured("creatinine", 80, unit="umol/l"),
        measured("eGFR", 95),
        told("creatinine", "normal"),
    ],
)
def test_a_later_number_or_word_on_it_settles_it(later: Plain):
    entries = (measured("creatinine", 300), {**later, "day": 4})
    assert list(numbers_not_judged(["duloxetine"], timeline(*entries), 3)) != []
    assert list(numbers_not_judged(["duloxetine"], timeline(*entries), 4)) == []
