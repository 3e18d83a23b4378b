"""Every test of the safety rules starts without remembered conversions, so that none passes on another's."""

from __future__ import annotations

import pytest

from assuage.safety import amounts, fire, questions


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    for remembered in (amounts.factor, fire.ceiling, questions.decides):
        remembered.cache_clear()
