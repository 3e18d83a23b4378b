"""The course of a patient who writes every day: the last weeks' maps are drawn, the others where they are asked for."""

from __future__ import annotations

import pytest

from assuage.clinic.course.views.course import DAYS_OF_MAPS
from assuage.clinic.store.actions import write
from assuage.clinic.store.days import today
from tests.clinic.made_entries import IDA, new

SITES = (["neck_left"], ["neck_left", "lower_back"], ["knee_right"])


@pytest.fixture
def with_maps(record):
    """A record with a map every tenth day of half a year."""
    of = record("jon")
    last = today(of)
    days = range(last - 180, last, 10)
    drafts = [
        new(
            {"kind": "answers", "instrument": "wpi", "sites": list(SITES[n % 3]), "day": day, "by": "patient"}
        )
        for n, day in enumerate(days)
    ]
    write(of.pk, drafts, IDA)
    return [day for day in days if day < last - DAYS_OF_MAPS]


def maps_in(page: str) -> int:
    return page.partition('<ol class="maps">')[2].partition("</ol>")[0].count("<li>")


def test_maps_of_earlier_days_are_drawn_where_they_are_asked_for(as_person, with_maps):
    anna = as_person("anna")
    short, whole = (anna.get(f"/patients/jon/course{each}").content.decode() for each in ("", "?everything"))
    assert (maps_in(whole) - maps_in(short), "?everything" in short, "?everything" in whole) == (
        len(with_maps),
        True,
        False,
    )


def test_every_row_stands_in_the_table_whatever_is_drawn(as_person, with_maps):
    anna = as_person("anna")
    tables = [
        anna.get(f"/patients/jon/course{each}")
        .content.decode()
        .partition('id="table"')[2]
        .partition('id="recorded')[0]
        .count("<tr>")
        for each in ("", "?everything")
    ]
    assert tables[0] == tables[1] > len(with_maps)
