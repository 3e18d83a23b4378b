"""A stay in a phase over days of which nobody recorded anything says so."""

from __future__ import annotations

import pytest

from assuage.record.entries import NoteEntry, Patient, Record, ScoreEntry
from assuage.report.review_json import to_json
from assuage.review import review
from assuage.review.visit import visit_page
from assuage.words.reviews import silence_message, silent_days
from assuage.words.speak import ENGLISH
from assuage.words.visits import not_told_message


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


def told(*days: int, on: int, notes: tuple[int, ...] = ()) -> str | None:
    """What the first page says of silence: pain rated on these days, free notes written on those."""
    entries = (
        *(ScoreEntry(place=at, day=day, scale="pain", value=5) for at, day in enumerate(days)),
        *(NoteEntry(place=len(days) + at, day=day, text="called") for at, day in enumerate(notes)),
    )
    page = visit_page(review(Record(Patient("Ana"), entries, pathway="neck-first"), "neck-first", on))
    return None if page.silence is None else str(ENGLISH.say(not_told_message(page.silence, on)))


def test_the_first_page_says_for_how_long_nothing_was_recorded():
    assert told(0, on=399) == "nothing recorded for 399 days"
    assert told(0, 20, on=33) is None
    assert told(0, 20, on=34) == "nothing recorded for 14 days"


@pytest.mark.parametrize("notes", [(200,), (399,), (100, 399)])
def test_a_free_note_ends_no_silence(notes: tuple[int, ...]):
    assert told(0, on=399, notes=notes) == "nothing but notes recorded for 399 days"


def test_a_silence_of_the_stay_that_is_over_stands_on_the_first_page():
    assert told(0, 399, on=399) == "nothing recorded from day 1 to day 398"
    assert told(0, 399, on=400, notes=(50,)) == "nothing but notes recorded from day 1 to day 398"
    assert told(0, 28, on=28) is None
    assert told(0, 29, on=29) == "nothing recorded from day 1 to day 28"
