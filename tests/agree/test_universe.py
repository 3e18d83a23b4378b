"""Both engines say the same of every patient of the universe, on every day up to any day, against every pathway."""

from __future__ import annotations

import pytest

from assuage.pathways.registry import PATHWAY_IDS, pathway
from tests.agree.both import assert_agreement
from tests.universe import everybody


@pytest.mark.parametrize("on", [None, 0, 13, 48, 90])
@pytest.mark.parametrize("name", PATHWAY_IDS)
def test_both_engines_say_the_same_of_everybody(name: str, on: int | None):
    assert_agreement(pathway(name), everybody(), on)
