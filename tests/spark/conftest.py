"""Two executors for all tests of the folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="package")
def executors() -> Iterator[Any]:
    """Two executors, each a Java machine of its own."""
    from assuage.engine.many.rows.spark_rows import spark_session

    with spark_session("local-cluster[2,1,1024]") as spark:
        yield spark
