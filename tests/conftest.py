"""Hypothesis profiles, shared by all tests: `ci` is repeatable, `night` looks much longer."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from assuage.catalogue.compile import compile_stale
from assuage.cli import progress

progress.LASTS_ELSEWHERE = 3600.0  # what a command says must not depend on how long kernels are compiled here
compile_stale()  # edited catalogues are compiled before anything is said

settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=100
)
settings.register_profile("fast", deadline=None, max_examples=20)
settings.register_profile(
    "night", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=5_000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
