"""Therapies and drugs: sessions, what the patient would have told of, exposures, what is taken since when."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import inf

from tests.oracle import words
from tests.oracle.answers import NO, UNKNOWN, YES, Number, mean, worst
from tests.oracle.moment import Moment, Values
from tests.oracle.pages import says
from tests.oracle.record import Entry
from tests.oracle.scores import day_values, one_value, scores


@says("therapies", "A stop or a refusal is no session")
@says("therapies", "The start of a course is a session unless one of that day stands beside it")
@says("therapies", "A start stands beside a session of any part of the group that is asked about")
def sessions(entries: Iterable[Entry], therapy: str) -> list[tuple[Entry, bool]]:
    """The sessions of a therapy; false where it may have been another."""
    told = [(entry, was) for entry in entries if (was := was_of(entry, therapy)) is not None]
    with_a_session = {entry.day for entry, _ in told if act_of(entry) == "session"}
    return [
        (entry, was)
        for entry, was in told
        if act_of(entry) == "session" or (act_of(entry) == "start" and entry.day not in with_a_session)
    ]


@says("record", "`start`, `session` or `stop`; `session` if left out. A stop, or a refusal, is no session")
def act_of(entry: Entry) -> str:
    return entry.fields.get("do") or "session"


@says("therapies", "A group counts each of its parts", "Pressure decides whether a massage is deep")
@says(
    "therapies", "Medium or unrecorded pressure leaves it open: it is counted as possible, and asked about."
)
def was_of(entry: Entry, therapy: str) -> bool | None:
    """Whether an entry tells of the therapy: true, false where it may have been another, None where not."""
    if entry.kind != "therapy":
        return None
    what = words.therapies().get(words.folded(entry.fields["what"]))
    wanted = words.parts(therapy)
    if what == "massage" and what not in wanted and "deep_tissue_massage" in wanted:
        return {"deep": True, "light": None}.get(entry.fields.get("pressure") or "", False)
    return True if what in wanted else None


@says("therapies", "What the clinic records did not happen without a record")
@says("therapies", "What the patient tells of is unknown while nothing was told")
@says("therapies", "Needing asks on how many days the patient told anything")
@says("therapies", "One that is recorded counts even where the rest is silence")
def count(now: Moment, therapy: str, days: range, needing: int = 1) -> tuple[float, float]:
    """How many sessions there were on those days: from, and to at most."""
    inside = [was for entry, was in sessions(now.known, therapy) if entry.day in days]
    sure = sum(inside)
    if therapy not in words.told_by_patient():
        return sure, len(inside)
    told = {entry.day for entry in now.known if entry.day in days and told_something(entry)}
    return (sure, len(inside)) if len(told) >= needing else (sure, inf)


@says("therapies", "Any entry by the patient is a word of that day, whatever it is about.")
def told_something(entry: Entry) -> bool:
    return entry.by == "patient"


@says(
    "nodes",
    "The worst day value from the latest exposure to `within` after it, minus the mean of the week before.",
)
@says("nodes", "What is known to have been said before the exposure, on its own day, is no answer to it.")
@says("therapies", "A rise is unknown without values on both sides")
@says("therapies", "A rise is the worst value soon after the exposure over the week before")
def rise_after(now: Moment, scale: str, *places: str, exposure: str, within: int) -> Number:
    latest = latest_exposure(now, exposure)
    if latest is None:
        return None
    every = day_values(now.patient, scale, *places)
    after: Values = {
        day: every[day]
        for day in range(latest.day + 1, min(latest.day + within, now.day) + 1)
        if day in every
    }
    same_day = [
        value
        for entry, value in scores(now.patient, latest.day, scale, *places)
        if not before_it(entry, latest)
    ]
    if same_day:
        after[latest.day] = one_value(same_day, scale)
    before = {day: every[day] for day in range(latest.day - 7, latest.day) if day in every}
    if not after or not before:
        return None
    high, low = worst(after), mean(before)
    assert high is not None
    assert low is not None
    return high[0] - low[1], high[1] - low[0]


@says(
    "therapies",
    "Which exposure was the latest is unknown where the last session may have been another therapy",
)
def latest_exposure(now: Moment, therapy: str) -> Entry | None:
    """The latest session of the therapy; None where there is none, or it may have been another."""
    every = sessions(now.known, therapy)
    return every[-1][0] if every and every[-1][1] else None


@says("therapies", "What is known to have been said before the exposure is no answer to it")
@says("therapies", "where either has no time, what was said may have come after.")
def before_it(entry: Entry, exposure: Entry) -> bool:
    """Whether an entry is known to have been written before an exposure."""
    if entry.day != exposure.day:
        return entry.day < exposure.day
    return entry.minute is not None and exposure.minute is not None and entry.minute < exposure.minute


# --- medication -------------------------------------------------------------------------------------


@says("medication", "Taken from the day of the start to the day before the stop")
@says("medication", "A drug is not taken when others are recorded and it is not")
@says("medication", "Where no medication was ever recorded, nobody has asked yet.")
@says("medication", "Any word on any medication says that medication was asked about")
def taken(now: Moment, drug: str) -> str:
    if not any(entry.kind == "medication" for entry in now.known):
        return UNKNOWN
    if taken_since(now, drug) is not None:
        return YES
    return UNKNOWN if takes_something_unread(now) else NO


@says(
    "medication",
    "As long as something is taken whose name nothing reads no drug is known not to be taken",
    "It may be that drug. What is known to be taken stays known, and once it is stopped silence means no again.",
)
def takes_something_unread(now: Moment) -> bool:
    """Whether anything is taken whose name is on no page; under which name is all that is known of it."""
    latest: dict[str, str] = {}
    for entry in now.known:
        if entry.kind == "medication":
            name = words.folded(entry.fields["drug"])
            if name not in words.drugs():
                latest[name] = entry.fields["do"]
    return any(do != "stop" for do in latest.values())


@says("medication", "A stop and a start on one day are no break", "Only the last word of a day counts.")
@says("medication", "A change is a start where there was none")
def taken_since(now: Moment, drug: str) -> int | None:
    """The first day of the unbroken time on a drug; None where it is not taken."""
    last_word: dict[int, str] = {}
    for entry in now.known:
        if entry.kind == "medication" and drug in words.drugs().get(
            words.folded(entry.fields["drug"]), ""
        ).split("+"):
            last_word[entry.day] = entry.fields["do"]
    since: int | None = None
    for day, do in last_word.items():
        if do == "stop":
            since = None
        elif since is None:
            since = day
    return since


@says("nodes", "Unbroken time on a drug up to today; zero when it is not taken.")
@says("medication", "Time on a drug that is not taken is zero")
def days_on(now: Moment, drug: str) -> Number:
    if taken(now, drug) == UNKNOWN:
        return None
    since = taken_since(now, drug)
    days = Fraction(0 if since is None else now.day - since)
    return days, days
