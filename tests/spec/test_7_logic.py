"""Three values everywhere. The tables are the meaning."""

import pytest

from assuage.errors import DefinitionError
from assuage.measures.nodes import AnyTest
from assuage.measures.notation import all_of, any_of, finding, none_of, score
from assuage.terms.conditions import CONDITIONS
from assuage.terms.scales import PAIN
from assuage.terms.times import days
from tests.spec.conftest import record
from tests.spec.engines import SpecifiedEngine

title = "Yes, no and unknown"

TABLE = """
a       | b       | all of  | any of  | none of
yes     | yes     | yes     | yes     | no
yes     | no      | no      | yes     | no
yes     | unknown | unknown | yes     | no
no      | yes     | no      | yes     | no
no      | no      | no      | no      | yes
no      | unknown | no      | unknown | unknown
unknown | yes     | unknown | yes     | no
unknown | no      | no      | unknown | unknown
unknown | unknown | unknown | unknown | unknown
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()[1:]]
A, B = finding(CONDITIONS["asthma"]).present, finding(CONDITIONS["epilepsy"]).present
FOUND = {"yes": "present", "no": "absent", "unknown": "unknown"}


def truth(engine: SpecifiedEngine, test: AnyTest, a: str, b: str = "unknown") -> object:
    """What a test says of a record in which two findings were said to be so."""
    findings = [
        {"day": 0, "kind": "finding", "what": "asthma", "state": FOUND[a]},
        {"day": 0, "kind": "finding", "what": "epilepsy", "state": FOUND[b]},
    ]
    return engine.says(record(findings), test, 0)


@pytest.mark.parametrize(("a", "b", "both", "either", "neither"), ROWS)
def test_all_of_any_of_none_of(engine, a, b, both, either, neither):
    assert truth(engine, all_of(A, B), a, b) == both
    assert truth(engine, any_of(A, B), a, b) == either
    assert truth(engine, none_of(A, B), a, b) == neither


@pytest.mark.parametrize(
    ("said", "read_as", "gives"), [("unknown", True, "yes"), ("unknown", False, "no"), ("no", True, "no")]
)
def test_assumed_reads_only_unknown_and_says_why(engine, said, read_as, gives):
    assert truth(engine, A.assumed(read_as, because="an example"), said) == gives


def test_known_is_never_unknown(spec):
    spec(
        """
        patient | day 1
        Ana     |   3
        Ben     |
        """,
        score(PAIN).past(days(1)).worst.known,
        on_day=1,
        gives={"Ana": "yes", "Ben": "no"},
    )


def test_between_includes_both_ends(spec):
    spec(
        """
        patient | day 1
        low     |   4
        high    |   6
        above   |   7
        """,
        score(PAIN).past(days(1)).worst.between(4, 6),
        on_day=1,
        gives={"low": "yes", "high": "yes", "above": "no"},
    )


def test_a_test_has_no_truth_value_until_it_is_evaluated():
    with pytest.raises(DefinitionError, match="write:  all_of"):
        bool(A)


def test_one_known_no_shuts_a_gate_even_when_the_rest_is_unknown(spec):
    from assuage.terms.scales import SLEEP

    spec(
        """
        patient | day 1 | 2 | 3
        Ana     |   8   | 8 | 8
        Ben     |   1   | 1 | 1
        """,
        all_of(score(PAIN).past(days(3)).worst <= 2, score(SLEEP).past(days(3)).mean <= 3),
        on_day=3,
        gives={"Ana": "no", "Ben": "unknown"},
    )
