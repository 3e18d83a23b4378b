"""How a dose and its frequency are written and read: every form by example, read by the grammar itself."""

from __future__ import annotations

from fractions import Fraction

from assuage.terms.dosing import read_frequency
from assuage.terms.dosing_words import LATIN_TIMES_A_DAY, TIMES_OF_DAY
from assuage.terms.written_numbers import TwoReadings, number_in_text
from docs.build.markdown import code, codes, table

# What is shown of each form. A text that the grammar does not read stops the build.
_FORMS: dict[str, tuple[str, ...]] = {
    "so many times a day": (
        "daily",
        "twice daily",
        "3 x",
        "2/d",
        "four to six times a day",
        "2x per dieną",
        "2x täglich",
    ),
    "Latin short forms": ("od", "BID", "t.i.d.", "qds", "q8h", "qod", "hs", "nocte", "mane", "prn"),
    "morning-noon-evening(-night)": ("1-0-2", "1-0-0-1", "½-0-½"),
    "times of the day": (
        "at night",
        "morning and evening",
        "at 8:00 and 20:00",
        "ryte ir vakare",
        "zur Nacht",
    ),
    "every so often": (
        "every 6 hours",
        "every 4-6 hours",
        "every 72 h",
        "8 hourly",
        "kas 8 val.",
        "alle 8 Stunden",
    ),
    "not every day": (
        "every other day",
        "twice a week",
        "weekly",
        "every 2 weeks",
        "once a month",
        "jeden zweiten Tag",
    ),
    "days of the week": ("weekly on Monday", "on Monday and Thursday", "montags"),
    "as needed": ("as needed", "bei Bedarf", "pagal poreikį", "up to 4 times a day as needed", "tds prn"),
    "at most": ("up to twice a day", "every 4 hours, max 4 a day", "as needed, max 4 g a day"),
    "beside a frequency": (
        "3 times daily, after meals",
        "twice a day for 7 days",
        "daily in 3 divided doses",
    ),
}
_UNREAD = (
    "sometimes",
    "as directed",
    "biweekly",
    "with meals",
    "daily on Monday",
    "twice a day and as needed",
    "Monday to Friday",
    "1,000 times a day",
)
_NUMBERS = ("2,5", "0,125", "12.50", "5000", "5,000", "1.500")


def page() -> str:
    """The grammar with its examples."""
    rows: list[tuple[object, ...]] = []
    for form, texts in _FORMS.items():
        for text in texts:
            frequency = read_frequency(text)
            if frequency is None:
                raise ValueError(f'"{text}" is an example of the page and is not read')
            limit = frequency.limit
            most = f"{limit.amount} {limit.unit}" if limit else _shown(frequency.most)
            peak = f"{limit.amount} {limit.unit}" if limit else _shown(frequency.peak)
            rows.append((form, code(text), _shown(frequency.least), most, peak))
    for text in _UNREAD:
        if read_frequency(text) is not None:
            raise ValueError(f'"{text}" is an example of what is not read, and is read')
    lines = [
        "# Doses and how often they are taken",
        "",
        "One grammar reads the `when` of a dose in a record or an imported diary and the words of",
        "`check-regimen`: in English with the Latin short forms, and in Lithuanian and German where a form",
        "has one meaning. A text is read whole or not at all; capitals, dots behind short forms and marks",
        "over letters do not matter. A dose without a word is taken once a day.",
        "",
        "## Forms",
        "",
        "Doses a day: at least, at most in the mean of days, and at most on one day. *?* means that nobody",
        "said how often at most.",
        "",
        *table(("form", "written", "at least", "at most", "on one day"), rows),
        f"Short forms of a number a day: {codes(sorted(LATIN_TIMES_A_DAY))}. Times of the day:",
        f"{codes(TIMES_OF_DAY)}. A month counts as 30 days, the shorter reading, for that gives the larger",
        "dose (ours).",
        "",
        "## What a dose comes to",
        "",
        "- A **ceiling** is held against the most of one day: 150 mg every other day is 150 mg on its day.",
        "  The ceiling of vitamin D is one of habitual intake, so that the mean of days counts there.",
        "- A **range** (`5-10 mg`, `four to six times a day`) counts with its upper end for a ceiling, with",
        "  its lower end where a pathway asks whether a dose was reached. So does **as needed**: to its",
        "  maximum, and with nothing.",
        "- A patch in `mcg/h` gives off its amount on every day, however seldom it is changed.",
        "- **What is not read is asked**, with its words, and counts one dose at most and none at least; so",
        "  does *as needed* without a maximum. It is never counted as a smaller dose.",
        "- A drug that is taken **once a week** (methotrexate) is a STOP where it is taken more often, and a",
        "  question where nobody wrote how often.",
        "",
        "## What is not read",
        "",
        f"{codes(_UNREAD)}, and everything with a word that the grammar does not know.",
        "",
        "## Numbers in text",
        "",
        "A separator followed by exactly three digits has two readings, unless 0 stands before it. Such a",
        "number is refused with both. Numbers of YAML and JSON fields are exact.",
        "",
        *table(("written", "read as"), [(code(number), _number(number)) for number in _NUMBERS]),
    ]  # fmt: skip
    return "\n".join(lines)


def _shown(number: Fraction | None) -> str:
    return "?" if number is None else str(number)


def _number(text: str) -> str:
    number = number_in_text(text)
    if isinstance(number, TwoReadings):
        return f"refused: {number.thousands} or {number.decimals}"
    return f"{float(number):g}" if number is not None else "no number"
