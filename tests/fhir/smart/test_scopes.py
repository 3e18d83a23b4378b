"""A scope grants what it says and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assuage.fhir.smart.scopes import grants, resource_scopes


@pytest.mark.parametrize(
    ("scope", "type_", "interaction", "granted"),
    [
        ("patient/*.rs", "Observation", "r", True),
        ("patient/*.rs", "Observation", "s", True),
        ("patient/Observation.r", "Observation", "s", False),
        ("patient/Observation.read", "Observation", "s", True),
        ("patient/Observation.*", "Observation", "r", True),
        ("patient/Observation.write", "Observation", "r", False),
        ("patient/Observation.cruds", "Observation", "s", True),
        ("patient/Condition.rs", "Observation", "r", False),
        ("user/*.rs", "Observation", "r", False),
        ("system/*.rs", "Observation", "r", False),
        ("patient/Observation.rs?category=vital-signs", "Observation", "r", False),
        ("patient/Observation.sr", "Observation", "r", False),
        ("patient/Observation.", "Observation", "r", False),
        ("patient/observation.rs", "observation", "r", False),
        ("openid", "Observation", "r", False),
    ],
)
def test_a_scope_grants_what_it_says(scope, type_, interaction, granted):
    assert grants([scope], ["patient"], type_, interaction) is granted


@given(some.lists(some.text(max_size=30), max_size=5))
def test_any_words_are_read_as_scopes_or_left_out(scopes):
    assert len(resource_scopes(scopes)) <= len(scopes)
