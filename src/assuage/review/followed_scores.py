"""How the patient is: the numbers that matter in the phase, each with its last value, its changes and its weeks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from msgspec import Struct

from assuage.pathways.clinic import FOLLOWED, Follow
from assuage.record.entries import SymptomEntry
from assuage.record.observations import Range
from assuage.record.timeline import Timeline
from assuage.terms.pain_words import place_of_pain
from assuage.terms.scales import Scale
from assuage.terms.sites import SITES, Site, lies_within
from assuage.terms.symptoms import ALL_SYMPTOMS, GONE_STATES, PAIN_FELT

WEEKS = 8  # how far back the line of weeks goes (ours)
NOT_RATED_SINCE = 7  # days without a value from which on the page says so (ours)


class ScoreOnDay(Struct, frozen=True):
    """The value that stands for a day."""

    day: int
    value: Range


class ScoreWeek(Struct, frozen=True):
    """Seven days, the last of them `until`: on how many a value was recorded, and their median (None: on none)."""

    until: int
    rated: int
    median: float | None


class FollowedScore(Struct, frozen=True):
    """A number that a phase follows, as far as it was recorded up to day `on`.

    `last` is None where it was never rated. `at_entry` is the first value on or after the day the pathway began, and
    `at_visit` the last one up to the last visit; both None where there is none older than `last`. `statement` is the
    last word on the symptom that is told where there is no number, or that is younger than the number.
    """

    follow: Follow
    scale: Scale
    sites: tuple[Site, ...]
    on: int
    last: ScoreOnDay | None
    at_entry: ScoreOnDay | None
    at_visit: ScoreOnDay | None
    weeks: tuple[ScoreWeek, ...]
    statement: SymptomEntry | None

    @property
    def days_ago(self) -> int | None:
        """How many days ago it was rated; None if never."""
        return None if self.last is None else self.on - self.last.day

    @property
    def since_entry(self) -> Range | None:
        """How much it has changed since entry; None where there is nothing to compare."""
        return _change(self.at_entry, self.last)

    @property
    def since_visit(self) -> Range | None:
        """How much it has changed since the last visit; None where nothing was rated since, or before."""
        return _change(self.at_visit, self.last)


def last_visit(timeline: Timeline, day: int) -> int | None:
    """The latest day before `day` on which the patient was seen; None if there is none.

    Seen is who had a session, a check of red flags, an examination, or was the subject of a decision of a clinician:
    what is written of a patient without seeing them is none of these.
    """
    seen = [
        *(entry.day for entry in timeline.sessions(day - 1) if entry.word_of_clinician),
        *(entry.day for entry in timeline.checks(day - 1) if entry.word_of_clinician),
        *(entry.day for entry in timeline.decisions(day - 1)),
        *(entry.day for entry in timeline.findings(day - 1) if entry.method == "examination"),
    ]
    return max(seen, default=None)


def followed_scores(
    timeline: Timeline, follow: Sequence[Follow], started: int, visited: int | None, on: int
) -> tuple[FollowedScore, ...]:
    """Each number of `follow` at the end of day `on`; none of the pathway's own outside of one (`FOLLOWED`).

    Where a phase follows it at places, and it was rated since for the patient as a whole, that is there as well.
    """
    followed = [_followed(timeline, each, started, visited, on) for each in follow or FOLLOWED]
    told: list[FollowedScore] = []
    for score in followed:
        told.append(score)
        whole = _WHOLE.get(score.follow.scales[0].code) if score.follow.sites else None
        if whole is not None and whole not in follow:
            of_whole = _followed(timeline, whole, started, visited, on)
            if of_whole.last and (score.last is None or of_whole.last.day > score.last.day):
                told.append(of_whole)
    return tuple(told)


# What is followed of the patient as a whole, by its scale.
_WHOLE = {each.scales[0].code: each for each in FOLLOWED if not each.sites}


def _followed(
    timeline: Timeline, follow: Follow, started: int, visited: int | None, on: int
) -> FollowedScore:
    scale, sites, values = _most_recent(timeline, follow, on)
    days = list(values)
    last = ScoreOnDay(days[-1], values[days[-1]]) if days else None
    entry = next((ScoreOnDay(day, values[day]) for day in days[:-1] if day >= started), None)
    before = [day for day in days[:-1] if visited is not None and day <= visited]
    newer = visited is not None and last is not None and last.day > visited
    visit = ScoreOnDay(before[-1], values[before[-1]]) if before and newer else None
    return FollowedScore(
        follow,
        scale,
        sites,
        on,
        last,
        entry,
        visit,
        tuple(_weeks(values, on)),
        _statement(timeline, follow, last, on),
    )


def _most_recent(
    timeline: Timeline, follow: Follow, on: int
) -> tuple[Scale, tuple[Site, ...], Mapping[int, Range]]:
    """The scale rated last, where, and its values by day; of two rated on one day the first of the list.

    A number of the patient as a whole that was only ever rated at places is the worst of these places.
    """
    latest: tuple[Scale, tuple[Site, ...], Mapping[int, Range]] = (follow.scales[0], follow.sites, {})
    for scale in follow.scales:
        if not timeline.has_scale(scale.code):
            continue
        sites = follow.sites
        values = timeline.day_values(scale, _EVER, on, sites)
        if not values and not sites:
            sites = _rated_at(timeline, scale, on)
            values = timeline.day_values(scale, _EVER, on, sites) if sites else {}
        if values and (not latest[2] or max(values) > max(latest[2])):
            latest = (scale, sites, values)
    return latest


_EVER = -(10**9)


def _rated_at(timeline: Timeline, scale: Scale, on: int) -> tuple[Site, ...]:
    named = {
        site
        for day, observed in timeline.observations(scale.code)
        if day <= on
        for observation in observed
        for site in observation.sites
    }
    return tuple(SITES[each] for each in sorted(named) if each in SITES)


def _weeks(values: Mapping[int, Range], on: int) -> Iterator[ScoreWeek]:
    """The last weeks, the oldest first; the middle of a range stands for it in the median."""
    for back in range(WEEKS - 1, -1, -1):
        until = on - 7 * back
        week = [value for day, value in values.items() if until - 7 < day <= until]
        middle = median((value.low + value.high) / 2 for value in week) if week else None
        yield ScoreWeek(until, len(week), middle)


def _statement(timeline: Timeline, follow: Follow, last: ScoreOnDay | None, on: int) -> SymptomEntry | None:
    """The last word on the symptom at these places, or on all symptoms, where it is younger than the number."""
    if follow.symptom is None:
        return None
    entries: list[SymptomEntry] = []
    for entry in timeline.symptoms(on):
        of_all = entry.symptom is ALL_SYMPTOMS
        # That all are worse gives nobody a symptom that nobody named; that all are gone speaks for each.
        if (
            of_all
            and entry.state not in GONE_STATES
            and not (entries and entries[-1].state not in GONE_STATES)
        ):
            continue
        named = (of_all or entry.symptom is follow.symptom) and _speaks_for(entry.where, follow.sites)
        if named or (follow.symptom is PAIN_FELT and _names_pain_at(entry, follow.sites)):
            entries.append(entry)
    if not entries or (last is not None and entries[-1].day <= last.day):
        return None
    return entries[-1]


def _speaks_for(place: str | None, sites: Sequence[Site]) -> bool:
    return not sites or place is None or _lies_at(place, sites)


def _names_pain_at(entry: SymptomEntry, sites: Sequence[Site]) -> bool:
    """Whether its words name pain at one of these places (`low back pain`)."""
    place = place_of_pain(entry.what) if entry.symptom is None else None
    return place is not None and _speaks_for(place, sites)


def _lies_at(place: str, sites: Sequence[Site]) -> bool:
    return any(place == site.id or lies_within(place, site.id) for site in sites)


def _change(before: ScoreOnDay | None, now: ScoreOnDay | None) -> Range | None:
    if before is None or now is None:
        return None
    return Range(now.value.low - before.value.high, now.value.high - before.value.low)
