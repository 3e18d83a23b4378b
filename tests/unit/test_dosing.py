"""How often a dose is taken, as people write it."""

from __future__ import annotations

from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given

from assuage.terms.dosing import OFTEN_WRITTEN, read_frequency
from assuage.terms.frequency import ONCE_A_DAY, WEEKDAYS, DailyLimit, Frequency
from assuage.terms.written_numbers import TwoReadings, number_in_text


def often(times: str | int) -> Frequency:
    """So many doses on every day."""
    number = Fraction(times)
    return Frequency(number, number, number)


@pytest.mark.parametrize(
    ("texts", "a_day"),
    [
        ("kas dieną|kas vakarą|jeden Abend|1 kartą per parą", 1),
        ("daily|once daily|od|q.d.|every day|every 24 hours|at night|hs|nocte|mane|stat|täglich|kasdien|nakčiai", 1),
        ("BID|b.i.d.|bd|twice daily|2x/d|2 per day|q12h|every 12 hours|1-0-1|1-0-0-1|morning and evening", 2),
        ("2x per dieną|2 kartus per dieną|du kartus per dieną|zweimal täglich|2x tgl.|morgens und abends", 2),
        ("ryte ir vakare|at 8:00 and 20:00|8 am and 10 pm|2 mal am Tag", 2),
        ("tds|TID|t.i.d.|t.i.d|q8h|8 hourly|3 x|x 3|3 x daily|1-0-2|kas 8 val.|3 k./d.|alle 8 Stunden", 3),
        ("3 kartus dienoje|3 kartai per dieną|three times a day after meals|3 times daily, with meals, for 7 days", 3),
        ("QID|qds|q6h|every 6 hours|every six hours|1-1-1-1|4 in 24 hours", 4),
        ("2x1|2 x 1|2×1|2x1 tab|2 x 1 tabl.|2x1 daily|1x2", 2),
        ("3x1|3 x 1 tablet|3x1 kaps.|3x1 per dieną", 3),
        ("1x1|2x1/2|2x½|2x0.5", 1),
        ("2x2|2 x 2 tab", 4),
        ("½-0-½|daily in 3 divided doses|in 3 divided doses", 1),
        ("½-0-1|1/2 - 0 - 1|0.5-0-1", "3/2"),
    ],
)  # fmt: skip
def test_the_same_on_every_day(texts: str, a_day: str | int):
    assert {text: read_frequency(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), often(a_day)
    )


@pytest.mark.parametrize(
    ("texts", "mean"),
    [
        ("alternate nights|every 2nd night", "1/2"),
        ("every other day|qod|alternate days|every 2 days|every 48 h|jeden zweiten Tag|kas antrą dieną", "1/2"),
        ("every 72 h|every 72 hours|q3d|every third day|once every 3 days", "1/3"),
        ("weekly|once a week|1x/Woche|wöchentlich|every week|qw|kartą per savaitę", "1/7"),
        ("every other week|every 2 weeks|fortnightly|every two weeks", "1/14"),
        ("monthly|once a month|every month|monatlich", "1/30"),
        ("twice a week|2 times weekly", "2/7"),
        ("every 36 h", "2/3"),
    ],
)  # fmt: skip
def test_not_on_every_day(texts: str, mean: str):
    rarely = Frequency(Fraction(mean), Fraction(mean), Fraction(1))
    assert {text: read_frequency(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), rarely
    )


@pytest.mark.parametrize(
    ("text", "least", "most", "peak"),
    [
        ("four to six times a day", 4, 6, 6),
        ("2-3x/d", 2, 3, 3),
        ("every 4-6 hours", 4, 6, 6),
        ("every 4 to 6 hours, max 4 a day", 4, 4, 4),
        ("every 16 h", "3/2", "3/2", 2),
        ("up to twice a day", 0, 2, 2),
        ("no more than 4 doses a day", 0, 4, 4),
        ("twice a day every other day", 1, 1, 2),
        ("1-0-1 every other day", 1, 1, 2),
        ("tds and nocte", 3, 4, 4),
        ("every 8 hours and at bedtime", 3, 4, 4),
        ("bis zu 3x täglich", 0, 3, 3),
    ],
)
def test_at_least_at_most_and_on_one_day(text: str, least: str | int, most: str | int, peak: int):
    assert read_frequency(text) == Frequency(Fraction(least), Fraction(most), Fraction(peak))


@pytest.mark.parametrize(
    "text", ["as needed", "prn", "p.r.n.", "if needed", "bei Bedarf", "b. B.", "pagal poreikį"]
)
def test_as_needed_has_no_upper_end(text: str):
    assert read_frequency(text) == Frequency(Fraction(0), None, None, as_needed=True)


@pytest.mark.parametrize(
    "text",
    ["up to 4 times a day as needed", "as needed, maximum 4 in 24 hours", "qid prn", "q6h prn",
     "every 6-8 h as required", "pagal poreikį, iki 4 kartų per dieną", "max. 4x täglich bei Bedarf"],
)  # fmt: skip
def test_as_needed_up_to_a_number_of_times(text: str):
    assert read_frequency(text) == Frequency(Fraction(0), Fraction(4), Fraction(4), as_needed=True)


def test_a_limit_in_an_amount_is_kept_with_its_unit():
    read = read_frequency("as needed, max 4 g a day")
    assert read == Frequency(Fraction(0), None, None, as_needed=True, limit=DailyLimit(Fraction(4), "g"))


@pytest.mark.parametrize(
    ("text", "days", "peak"),
    [
        ("weekly on Monday", (0,), 1),
        ("on Mondays", (0,), 1),
        ("montags", (0,), 1),
        ("1x per week on Mondays", (0,), 1),
        ("every Monday and Thursday", (0, 3), 1),
        ("Mon/Wed/Fri", (0, 2, 4), 1),
        ("twice a day on Mon, Wed", (0, 2), 2),
        ("Friday morning and evening", (4,), 2),
    ],
)
def test_on_days_of_the_week(text: str, days: tuple[int, ...], peak: int):
    mean = Fraction(peak * len(days), 7)
    assert read_frequency(text) == Frequency(mean, mean, Fraction(peak), weekdays=days)


@pytest.mark.parametrize(
    "text",
    ["", "sometimes", "as directed", "biweekly", "bimonthly", "with meals", "Monday to Friday", "daily except Sunday",
     "daily on Monday", "daily, every other day", "every morning and every other night", "twice a day and as needed",
     "prn and at night", "1,000 times a day", "0-0-0", "2026-11-28", "morning or evening", "5 mg", "99 times a day",
     "weekly, then daily", "may repeat once", "q4h while awake", "2 weekly", "1 tablet at night",
     "not at night"],
)  # fmt: skip
def test_what_is_unread_or_says_two_things_is_no_frequency(text: str):
    assert read_frequency(text) is None


# --- properties -----------------------------------------------------------------------------------------

COUNTS = st.integers(1, 12).map(Fraction)
EVERY_DAY = st.builds(lambda low, more: Frequency(low, low + more, low + more), COUNTS, st.integers(0, 6))
IN_DAYS = st.builds(
    lambda low, more, days: Frequency(
        Fraction(low, days), Fraction(low + more, days), Fraction(-(-(low + more) // days))
    ),
    st.integers(1, 9),
    st.integers(0, 4),
    st.integers(2, 90),
)
ON_WEEKDAYS = st.builds(
    lambda days, times: Frequency(
        Fraction(times * len(days), 7), Fraction(times * len(days), 7), Fraction(times), weekdays=tuple(sorted(days))
    ),
    st.sets(st.integers(0, 6), min_size=1, max_size=7),
    st.integers(1, 4),
)  # fmt: skip
NEEDED = st.builds(lambda most: Frequency(Fraction(0), most, most, as_needed=True), COUNTS)
LIMITED = st.builds(
    lambda amount, unit: Frequency(Fraction(0), None, None, as_needed=True, limit=DailyLimit(amount, unit)),
    COUNTS,
    st.sampled_from(["mg", "g", "mcg"]),
)
FREQUENCIES = st.one_of(
    EVERY_DAY, IN_DAYS, ON_WEEKDAYS, NEEDED, LIMITED, st.just(Frequency(Fraction(0), None, None, as_needed=True))
)  # fmt: skip


@given(FREQUENCIES)
def test_a_frequency_is_read_back_as_it_is_written(frequency: Frequency):
    assert read_frequency(str(frequency)) == frequency


PHRASES = st.sampled_from(
    ["twice a day", "tds", "every 6 hours", "every other day", "weekly", "as needed", "up to 3 times a day", "at night",
     "1-0-2", "on Monday", "max 4 a day", "and", "in the morning", "for 7 days", "2 x", "every 4-6 h", "with food"]
)  # fmt: skip


@given(st.lists(PHRASES, min_size=1, max_size=4).map(" ".join))
def test_the_upper_end_is_never_below_the_lower_and_no_day_below_the_mean(text: str):
    frequency = read_frequency(text)
    if frequency is not None and frequency.most is not None and frequency.peak is not None:
        assert 0 <= frequency.least <= frequency.most <= frequency.peak


@given(
    st.integers(1, 6),
    st.sampled_from(
        ["{n} times a day", "{n}x/d", "{n} per day", "x {n}", "up to {n} times a day", "max {n} a day prn"]
    ),
    st.sampled_from(["", ", as needed", ", at night", ", with food", ", in the morning", ", for 5 days"]),
)
def test_no_text_is_read_as_less_than_it_says(times: int, pattern: str, beside: str):
    frequency = read_frequency(pattern.format(n=times) + beside)
    assert frequency is not None
    assert frequency.most is not None
    assert frequency.most >= times


@given(st.integers(1, 4), st.sets(st.integers(0, 6), min_size=1))
def test_the_doses_of_four_weeks_are_the_sum_of_their_days(times: int, days: set[int]):
    names = " and ".join(WEEKDAYS[day] for day in sorted(days))
    frequency = read_frequency(f"{times} times a day on {names}")
    assert frequency is not None
    assert frequency.most is not None
    by_day = [times if day % 7 in days else 0 for day in range(28)]
    assert frequency.most * 28 == sum(by_day)
    assert frequency.peak == max(by_day)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2,5", Fraction(5, 2)),
        ("12.50", Fraction(25, 2)),
        ("0,125", Fraction(1, 8)),
        ("1/2", Fraction(1, 2)),
        ("5000", Fraction(5000)),
        (".5", Fraction(1, 2)),
        ("5,000", TwoReadings("5000", "5")),
        ("1.500", TwoReadings("1500", "1.5")),
        ("1,2,3", None),
        ("1/0", None),
        ("", None),
    ],
)
def test_a_number_in_text_has_one_reading_or_is_told_to_have_two(text: str, number: object):
    assert number_in_text(text) == number


def test_a_dose_without_a_word_is_taken_once_a_day():
    assert read_frequency("once a day") == ONCE_A_DAY


def test_a_text_longer_than_any_frequency_is_not_read_and_takes_no_time():
    assert read_frequency(f"{'1' * 100_000} times a day") is None


@pytest.mark.parametrize("text", sorted(OFTEN_WRITTEN))
def test_what_is_often_written_is_what_the_grammar_reads(text: str):
    # A blank at the end keeps the text from the list.
    assert read_frequency(f"{text} ") == read_frequency(text) is not None
