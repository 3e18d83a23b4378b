"""A review of any record that can be read can be made, printed and written as JSON, on any day."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from assuage.errors import AssuageError
from assuage.pathways import registry
from assuage.record.entries import Record
from assuage.report.review_json import page_to_json
from assuage.report.text import ReviewText
from assuage.review.make import review
from assuage.review.standing import standing
from assuage.review.visit import visit_page
from tests.record.strategies import records


def _stands(where):
    """What a standing and a review both say; of an alert all but how often it was raised before."""
    alerts = [(each.cause, each.tier, each.severity, each.text, each.action) for each in where.alerts]
    both = (
        "pathway",
        "on",
        "stays",
        "gates",
        "plan",
        "withheld",
        "unread",
        "restrictions",
        "criteria",
        "admitted",
    )
    return alerts, [getattr(where, name) for name in both]


@pytest.mark.parametrize("name", registry.PATHWAY_IDS)
def test_any_record_that_can_be_read_can_be_reviewed_on_any_day(name):
    pathway = registry.pathway(name)

    @settings(max_examples=40)
    @given(records(), st.integers(-5, 60))
    def holds(record: Record, day: int) -> None:
        try:
            made = review(record, pathway, day)
        except AssuageError:
            return  # decisions that this pathway cannot follow, said in a sentence
        assert _stands(standing(record, pathway, day)) == _stands(made)
        page = visit_page(made)
        json.dumps(page_to_json(page), allow_nan=False)
        console = Console(file=io.StringIO(), width=80)
        text = ReviewText(page)
        console.print(text.first_screen(), text.details())

    holds()
