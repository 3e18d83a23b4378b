"""Every scenario: small records by hand, each with the days and the answers it is about."""

from __future__ import annotations

from tests.oracle.scenario import Scenario
from tests.oracle.scenarios_of_moves import OF_MOVES
from tests.oracle.scenarios_of_questions import OF_QUESTIONS

SCENARIOS: dict[str, Scenario] = {**OF_MOVES, **OF_QUESTIONS}
