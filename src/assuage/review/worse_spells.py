"""Worse spells after an exposure and without it: what is counted, what it is compared with, and an exact test.

The definitions are ours and are shown with the counts. An exposure is followed by a worse spell when, on the three days
after it, the outcome is said to be new or worse, or a score of it lies two points or more above its own mean of the
week before. Of the exposure's own day only what is known to have come after it counts: ratings where the times of all
exposures are known, words where they stand after it in the record. Where nothing was recorded after it, it stays
unanswered.

Compared is with stretches without it that are alike: begun in the same phase and on a day on which the outcome stood as
high above the week before it. Without that a therapy that is sought on bad days would be followed by bad days for that
reason alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import comb, floor
from statistics import fmean, median

from msgspec import Struct

from assuage.engine.phases import PhaseDays
from assuage.engine.reference import compare
from assuage.record.entries import SymptomEntry
from assuage.record.observations import came_before
from assuage.record.timeline import Range, Timeline
from assuage.review.exposures import Exposure
from assuage.terms.answers import NO, UNKNOWN, YES, Answer, any_yes
from assuage.terms.flares import BEFORE, RISE
from assuage.terms.outcomes import Outcome
from assuage.terms.symptoms import GONE_STATES, WORSE_STATES

WINDOW = 3  # days after the exposure's own: 72 hours, the span in which a response is asked for (ours)
FEWEST_FOLLOWED = 2  # exposures followed, below which nothing is tested (ours)
BETTER_STATES = GONE_STATES | {"better"}
LOWEST_LEVEL, HIGHEST_LEVEL = -2, 3  # points above the week before, beyond which levels are one (ours)

Likeness = tuple[
    str | None, str | None, int | None
]  # phase, which day's ratings, points above the week before


class SpellCounts(Struct, frozen=True):
    """Exposures and whether each was followed by a worse spell; stretches without it that are alike; how rare that is.

    `chance` is the probability that counts as uneven, or more, come about where the exposure makes no difference.
    """

    days: tuple[int, ...]
    answers: tuple[Answer, ...]
    unexposed: int
    unexposed_flared: int
    chance: float

    @property
    def flared(self) -> int:
        """How many exposures were followed by a worse spell."""
        return self.answers.count(YES)

    @property
    def unanswered(self) -> int:
        """How many had nothing recorded after them."""
        return self.answers.count(UNKNOWN)

    @property
    def flare_days(self) -> tuple[int, ...]:
        """The days of exposures that a worse spell followed."""
        return tuple(day for day, answer in zip(self.days, self.answers, strict=True) if answer is YES)

    def since_first_flare(self) -> tuple[list[Answer], list[Answer]]:
        """The answers before the first exposure that was followed, and those after it; nothing where none was."""
        if YES not in self.answers:
            return [], []
        at = self.answers.index(YES)
        return [*self.answers[:at]], [*self.answers[at + 1 :]]


class SpellSign(Struct, frozen=True):
    """One word of a record on an outcome: when it was said, and whether it says worse or better."""

    day: int
    order: tuple[int, int, int]
    worse: bool
    better: bool


class _Opening(Struct, frozen=True):
    """What of its first day a stretch sees: ratings from `minute` on (None: none), words after `order` (None: all)."""

    minute: int | None = None
    order: tuple[int, int, int] | None = None


def signs_of(timeline: Timeline, outcome: Outcome, first: int | None, last: int) -> Iterator[SpellSign]:
    """What was recorded of an outcome from `first` (None: ever) to `last`.

    A finding has no word for worse: it says so where it is there and the finding before it, if any, was not.
    """
    statements: Iterable[SymptomEntry] = (
        entry for symptom in outcome.symptoms for entry in timeline.statements(symptom, first, last)
    )
    if outcome.word:
        statements = (entry for entry in timeline.symptoms(last) if outcome.is_named(entry.what))
    for entry in statements:
        if first is None or entry.day >= first:
            yield SpellSign(entry.day, entry.order, entry.state in WORSE_STATES, entry.state in BETTER_STATES)
    there = False
    for finding in timeline.findings(last) if outcome.word else ():
        if finding.state == "unknown" or not outcome.is_named(finding.what):
            continue
        present = finding.state in ("present", "abnormal")
        if first is None or finding.day >= first:
            yield SpellSign(finding.day, finding.order, present and not there, not present)
        there = present


def count_spells(
    timeline: Timeline,
    phases: Sequence[PhaseDays],
    today: int,
    exposure: Exposure,
    outcome: Outcome,
    exposed: Sequence[int],
) -> SpellCounts:
    """The exposures of these days counted at the end of today, against stretches without it that are alike."""
    openings = _openings(timeline, exposure, exposed)
    answers = [_after(timeline, today, outcome, day, openings[day]) for day in exposed]
    minutes = [opening.minute for opening in openings.values() if opening.minute is not None]
    without = _Opening(minute=int(median(minutes)) if minutes else None)
    spaced: dict[Likeness, list[Answer]] = {}
    last = None
    for day, answer in zip(exposed, answers, strict=True):
        if (
            last is None or day > last + WINDOW
        ):  # of windows that overlap the first counts: one spell is one spell
            last = day
            if answer is not UNKNOWN:
                spaced.setdefault(_likeness(timeline, phases, outcome, day, openings[day]), []).append(answer)
    alike: dict[Likeness, list[Answer]] = {likeness: [] for likeness in spaced}
    for day in _days_without(phases, today, exposed):
        answer = _worse(timeline, outcome, day, day + WINDOW, without)
        if answer is not UNKNOWN:
            likeness = _likeness(timeline, phases, outcome, day, without)
            if likeness in alike:
                alike[likeness].append(answer)
    tables = [
        (answers.count(YES), len(answers), alike[likeness].count(YES), len(alike[likeness]))
        for likeness, answers in spaced.items()
    ]
    compared = [answer for of_likeness in alike.values() for answer in of_likeness]
    return SpellCounts(
        tuple(exposed), tuple(answers), len(compared), compared.count(YES), chance_of_tables(tables)
    )


def chance_of_tables(tables: Iterable[tuple[int, int, int, int]]) -> float:
    """The one-sided exact mid-p of tables (flared, of so many; flared without it, of so many), all taken together.

    Within each table the flares are dealt out by chance; the sum over the exposed is what is looked at. Half of the
    probability of the very sum that was seen counts. 1 where nothing can be compared, or fewer than two were followed.
    Source: H. O. Lancaster, J Am Stat Assoc 1961;56:223 (mid-p); the conditional test is Fisher's, over strata Cox's.
    """
    ways: dict[int, int] = {0: 1}
    seen = 0
    for flared, exposed, others_flared, others in tables:
        if not exposed or not others:
            continue
        seen += flared
        total = flared + others_flared
        of_table = {
            k: comb(exposed, k) * comb(others, total - k)
            for k in range(max(0, total - others), min(exposed, total) + 1)
        }
        summed: dict[int, int] = {}
        for before, count in ways.items():
            for k, more in of_table.items():
                summed[before + k] = summed.get(before + k, 0) + count * more
        ways = summed
    whole = sum(ways.values())
    if len(ways) == 1 or seen < FEWEST_FOLLOWED:
        return 1.0
    beyond = sum(count for k, count in ways.items() if k > seen)
    return (2 * beyond + ways[seen]) / (2 * whole)


def _openings(timeline: Timeline, exposure: Exposure, exposed: Sequence[int]) -> dict[int, _Opening]:
    """What of the day of each exposure comes after it. Minutes tell only where they are known of every one."""
    entries: dict[int, list[tuple[int | None, tuple[int, int, int]]]] = {day: [] for day in exposed}
    for entry in exposure.taken(timeline, max(exposed, default=0)):
        if entry.day in entries:
            entries[entry.day].append((entry.minute, entry.order))
    timed = all(minute is not None for of_day in entries.values() for minute, _ in of_day)
    return {
        day: _Opening(
            min((minute for minute, _ in of_day if minute is not None), default=None) if timed else None,
            min((order for _, order in of_day), default=None),
        )
        for day, of_day in entries.items()
    }


def _after(timeline: Timeline, today: int, outcome: Outcome, day: int, opening: _Opening) -> Answer:
    """Whether the outcome got worse after an exposure; unknown while its 72 hours still run and nothing has."""
    flared = _worse(timeline, outcome, day, min(day + WINDOW, today), opening)
    return UNKNOWN if flared is NO and today < day + WINDOW else flared


def _worse(timeline: Timeline, outcome: Outcome, first: int, last: int, opening: _Opening) -> Answer:
    """Whether the outcome got worse from the opening of `first` to `last`; unknown when nothing said so."""
    signs = [
        sign
        for sign in signs_of(timeline, outcome, first, last)
        if sign.day > first or opening.order is None or sign.order > opening.order
    ]
    if any(sign.worse for sign in signs):
        return YES
    after = _series(timeline, outcome, first, last, opening.minute)
    before = _series(timeline, outcome, first - BEFORE, first - 1, 0) if after else {}
    rises = [compare(_rise(after[key], before[key]), ">=", RISE) for key in after if key in before]
    return any_yes(rises) if signs or rises else UNKNOWN


def _series(
    timeline: Timeline, outcome: Outcome, first: int, last: int, from_minute: int | None
) -> dict[tuple[str, ...], list[Range]]:
    """Scores of the outcome in a span, kept apart by scale, time of day and place; of the first day from a minute on.

    Without a minute the first day has none; a rating without a time comes after every minute that is known.
    """
    series: dict[tuple[str, ...], list[Range]] = {}
    for scale in outcome.scales:
        for day in range(first, last + 1):
            if day == first and from_minute is None:
                continue
            for observed in timeline.observations_on(scale.code, day):
                if day == first and came_before(observed.minute, from_minute):
                    continue
                key = (scale.code, str(observed.time), *observed.sites)
                series.setdefault(key, []).append(Range(observed.low, observed.high))
    return series


def _rise(after: list[Range], before: list[Range]) -> Range:
    """The worst value after, minus the mean before, over every number the ranges leave open."""
    return Range(
        max(value.low for value in after) - fmean(value.high for value in before),
        max(value.high for value in after) - fmean(value.low for value in before),
    )


def _days_without(phases: Sequence[PhaseDays], today: int, exposed: Sequence[int]) -> Iterator[int]:
    """The first days of stretches as long that lie in no exposure's window, cut anew from day 0 and each phase on."""
    in_a_window = {day + after for day in exposed for after in range(WINDOW + 1)}
    begins = sorted({0, *(stay.entered for stay in phases if stay.entered > 0)})
    for begin, until in zip(begins, [*(b - 1 for b in begins[1:]), today], strict=True):
        day = begin
        while day + WINDOW <= min(until, today):
            inside = in_a_window.intersection(range(day, day + WINDOW + 1))
            if inside:
                day = max(inside) + 1
            else:
                yield day
                day += WINDOW + 1


def _likeness(
    timeline: Timeline, phases: Sequence[PhaseDays], outcome: Outcome, day: int, opening: _Opening
) -> Likeness:
    """What makes stretches alike: the phase, and how far the outcome stood above the week before when they began."""
    phase = next((stay.phase for stay in phases if stay.holds(day)), None)
    before = _exact_means(_series(timeline, outcome, day - BEFORE, day - 1, 0))
    same_day: dict[tuple[str, ...], list[Range]] = {}
    for scale in outcome.scales:
        for observed in timeline.observations_on(scale.code, day):
            if opening.minute is None or came_before(observed.minute, opening.minute):
                key = (scale.code, str(observed.time), *observed.sites)
                same_day.setdefault(key, []).append(Range(observed.low, observed.high))
    yesterday = _series(timeline, outcome, day - 1, day - 1, 0)
    for of_day, series in (("its own day", same_day), ("the day before", yesterday)):
        above = [mean - before[key] for key, mean in _exact_means(series).items() if key in before]
        if above:
            level = floor(max(above) + 0.5)
            return (phase, of_day, min(max(level, LOWEST_LEVEL), HIGHEST_LEVEL))
    return (phase, None, None)


def _exact_means(series: Mapping[tuple[str, ...], list[Range]]) -> dict[tuple[str, ...], float]:
    """The mean of each series whose values are numbers; a range is none."""
    return {
        key: fmean(value.low for value in values)
        for key, values in series.items()
        if all(value.exact for value in values)
    }
