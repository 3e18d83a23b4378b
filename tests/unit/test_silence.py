"""A stay in a phase over days of which nobody recorded anything says so."""

from __future__ import annotations

import pytest

from assuage.record.entries import Patient, Record, ScoreEntry
from assuage.report.review_json import to_json
from assuage.review import review
from assuage.words.reviews import silence_message, silent_days
from assuage.words.speak import ENGLISH


def seen(*days: int, on: int):
    entries = tuple(ScoreEntry(place=at, day=day, scale="pain", value=5) for at, day in enumerate(days))
    return review(Record(Patient("Ana"), entries, pathway="neck-first"), "neck-first", on)


@pytest.mark.parametrize(
    ("days", "on", "silent"),
    [((0,), 399, 399), ((0,), 0, 0), ((0, 1, 2), 3, 1), ((0, 27), 28, 27), ((0, 28), 29, 28)],
)
def test_the_days_of_a_stay_without_an_entry_are_counted(days: tuple[int, ...], on: int, silent: int):
    here = seen(*days, on=on)
    assert here.current is not None
    assert silent_days(here, here.current) == silent
    assert to_json(here)["phase"]["silent_days"] == silent  # type: ignore[index]


def test_four_weeks_of_silence_and_more_are_told():
    here = seen(0, on=399)
    assert here.current is not None
    told = silence_message(here, here.current)
    assert told is not None
    assert str(ENGLISH.say(told)) == "400 days, 399 without an entry"
    short = seen(0, 27, on=28)
    assert short.current is not None
    assert silence_message(short, short.current) is None
