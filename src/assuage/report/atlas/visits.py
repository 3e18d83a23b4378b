"""What was said of where it hurts, day by day: each visit shows its own day, and what changed since the last word.

Of several words on one day the worse is drawn (ours): a map of a day that was good and bad must not look good.

Nothing is carried over: a place nobody spoke of on a day is not known on it. A list of the widespread pain index is
complete, so what it leaves out does not hurt; its total alone names no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.instruments import INSTRUMENTS
from assuage.instruments.criteria.from_record import BODY_INDEX
from assuage.record.entries import AnswersEntry, Record, ScoreEntry, SymptomEntry
from assuage.record.timeline import Timeline
from assuage.report.atlas.shapes import SHAPES
from assuage.terms.pain_words import place_of_pain
from assuage.terms.scales import PAIN
from assuage.terms.sites import SITES, WPI_SITES, Site, lies_within
from assuage.terms.symptoms import ALL_SYMPTOMS, GONE_STATES, PAIN_FELT, SYMPTOMS, WIDESPREAD_PAIN, State
from assuage.words.speak import ENGLISH

Change = Literal["first", "new", "worse", "better", "same", "gone", "free"]

# What changes the map: a day on which any place did so is always drawn.
CHANGES: frozenset[Change] = frozenset({"first", "new", "worse", "better", "gone"})

# The questionnaire of the body map, whose total is told where nobody named the places.
INDEX = INSTRUMENTS[BODY_INDEX].scale

# Symptoms that say of their place that it hurts.
_PAINS = frozenset({PAIN_FELT.id, WIDESPREAD_PAIN.id, SYMPTOMS["spasmodic_pain"].id})


class Visit(Struct, frozen=True):
    """A day on which somebody said where it hurts: every place spoken of, and how that compares."""

    day: int
    approximate: bool
    places: Mapping[str, Change]
    whole_body: Change | None = None
    total: str = ""
    new_total: bool = False

    @property
    def changed(self) -> bool:
        """Whether a place, the whole body or the total of the index is not as it was."""
        return self.new_total or not CHANGES.isdisjoint(self.spoken.values())

    @property
    def spoken(self) -> dict[str, Change]:
        """Every place spoken of, and the whole body under its site id."""
        body: dict[str, Change] = {} if self.whole_body is None else {"widespread": self.whole_body}
        return {**self.places, **body}

    @property
    def unsaid(self) -> bool:
        """Whether there are drawn places that nobody spoke of on the day, each by itself or as the whole body."""
        return self.whole_body is None and any(shape.site not in self.places for shape in SHAPES)

    @property
    def day_in_words(self) -> str:
        """`0`, `≈ 30`."""
        day = f"{self.day}".replace("-", "−")
        return f"≈ {day}" if self.approximate else day

    def title(self, speaking: Catalogue = ENGLISH) -> str:
        """`Day 0`, `Day ≈ 30`."""
        return speaking.say(message("bodymap.day", day=self.day_in_words))


class _Statement(Struct, frozen=True):
    """What one entry says of places: every shape it speaks of (`widespread`: the whole body), and whether it hurts.

    `called` is the state a symptom was given in words, `pain` the range of a score of 0 to 10.
    """

    entry: ScoreEntry | SymptomEntry | AnswersEntry
    hurts: Mapping[str, bool]
    called: State | None = None
    pain: tuple[float, float] | None = None
    of_all: bool = False  # a word on all symptoms speaks for every place that hurt
    total: str = ""


@dataclass
class _Known:
    """What was last said of each place: whether it hurt, and how much where a number stands and no word came since."""

    hurt: dict[str, bool] = field(default_factory=dict[str, bool])
    pain: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])


@dataclass
class _Day:
    """What was said of each place on one day."""

    hurts: dict[str, bool] = field(default_factory=dict[str, bool])
    called: dict[str, set[State]] = field(default_factory=dict[str, set[State]])
    pain: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    approximate: bool = False
    total: str = ""

    def hear(self, statement: _Statement, known: _Known) -> None:
        """Take in one statement. Pain said anywhere on a day stands for it: free in the morning may hurt at night."""
        words = statement.hurts
        if statement.of_all:
            hurting = _hurting(known.hurt | self.hurts)
            words = dict.fromkeys(hurting, statement.called not in GONE_STATES)
        for place, hurts in words.items():
            self.hurts[place] = self.hurts.get(place, False) or hurts
            if statement.pain is not None:
                low, high = self.pain.get(place, statement.pain)
                self.pain[place] = min(low, statement.pain[0]), max(high, statement.pain[1])
        if statement.called is not None:
            # "New" speaks for the places that did not hurt; where all did, somebody still calls them new.
            fresh = [place for place in words if not known.hurt.get(place)] or [*words]
            for place in fresh if statement.called == "new" else words:
                self.called.setdefault(place, set()).add(statement.called)
        self.total = statement.total or self.total
        self.approximate |= (bool(words) or bool(statement.total)) and statement.entry.approximate

    def changes(self, known: _Known) -> dict[str, Change]:
        """How each place compares with what was last said of it."""
        return {
            place: _change(
                hurts,
                known.hurt.get(place),
                self.called.get(place, set()),
                _difference(known.pain.get(place), self.pain.get(place)),
            )
            for place, hurts in self.hurts.items()
        }

    def remember(self, known: _Known) -> None:
        """From now on this is what was last said. A word after a number leaves open how much it hurts."""
        known.hurt |= self.hurts
        for place, hurts in self.hurts.items():
            if hurts and place in self.pain:
                known.pain[place] = self.pain[place]
            elif not hurts or place in self.called:
                known.pain.pop(place, None)


def visits(record: Record, on: int | None = None, timeline: Timeline | None = None) -> tuple[Visit, ...]:
    """A visit for each day on which a place was spoken of, up to day `on` (default: all).

    `timeline` is that of the record, where somebody has laid it out already.
    """
    by_day: dict[int, list[_Statement]] = {}
    for statement in _statements(timeline or Timeline(record), on):
        by_day.setdefault(statement.entry.day, []).append(statement)
    known, total = _Known(), ""
    days: list[Visit] = []
    for day, statements in by_day.items():
        heard = _Day()
        for statement in statements:
            heard.hear(statement, known)
        if not heard.hurts and not heard.total:
            continue
        changes = heard.changes(known)
        heard.remember(known)
        whole_body = changes.pop("widespread", None)
        new_total = heard.total not in ("", total)
        total = heard.total or total
        days.append(Visit(day, heard.approximate, changes, whole_body, heard.total, new_total))
    return tuple(days)


def _hurting(hurt: Mapping[str, bool]) -> list[str]:
    return [place for place, hurts in hurt.items() if hurts]


def _change(hurts: bool, before: bool | None, called: set[State], difference: float | None) -> Change:
    """What a person called it comes first, then whether it hurt before, then the numbers; of two words the worse."""
    if not hurts:
        # "Resolved" says that it hurt, though nobody had written it down.
        return "gone" if before or (before is None and "resolved" in called) else "free"
    if "new" in called or before is False:
        return "new"
    if "worse" in called:
        return "worse"
    if "better" in called:
        return "better"
    if before is None:
        return "first"
    return "same" if not difference else "worse" if difference > 0 else "better"


def _difference(before: tuple[float, float] | None, now: tuple[float, float] | None) -> float | None:
    """By how much the pain of a day lies above that last rated, at the least; 0 where the ranges meet, None unrated."""
    if before is None or now is None:
        return None
    return max(now[0] - before[1], 0) + min(now[1] - before[0], 0)


def _statements(timeline: Timeline, on: int | None) -> list[_Statement]:
    """What was said of places up to a day, in the order in which it happened."""
    statements = [
        *map(_of_score, timeline.scores(on)),
        *map(_of_symptom, timeline.symptoms(on)),
        *map(_of_answers, timeline.answers(on)),
    ]
    return sorted(statements, key=lambda statement: statement.entry.order)


def _of_score(entry: ScoreEntry) -> _Statement:
    if entry.scale == BODY_INDEX:
        return _Statement(entry, {}, total="–".join(f"{end:g}" for end in dict.fromkeys(entry.range)))
    low, high = entry.range
    # A range that begins at 0 leaves open whether it hurts.
    if entry.scale != PAIN.code or (low <= 0 and high != 0):
        return _Statement(entry, {})
    places = {place: low > 0 for site in entry.sites for place in drawn_places(site)}
    return _Statement(entry, places, pain=(low, high))


def _of_symptom(entry: SymptomEntry) -> _Statement:
    gone = entry.state in GONE_STATES
    if entry.symptom is ALL_SYMPTOMS:
        # That all is new names no place that did not hurt.
        return _Statement(entry, {}, called=None if entry.state == "new" else entry.state, of_all=True)
    site = "widespread" if entry.symptom is WIDESPREAD_PAIN else entry.site
    if entry.symptom is None:
        site = place_of_pain(entry.what)
    elif entry.symptom.id not in _PAINS:
        site = None
    if site is None:
        return _Statement(entry, {})
    return _Statement(entry, dict.fromkeys(drawn_places(site), not gone), called=entry.state)


def _of_answers(entry: AnswersEntry) -> _Statement:
    return _Statement(entry, dict(_marked(entry)) if entry.instrument == BODY_INDEX else {})


def _marked(entry: AnswersEntry) -> Iterator[tuple[str, bool]]:
    """Every shape that answers to the body map speak of; the last word on one counts."""
    listed = [place for site in entry.sites or () for place in drawn_places(site)]
    if entry.sites is not None and "widespread" not in entry.sites:
        for index_site in WPI_SITES:
            for place in drawn_places(index_site):
                # A finer place named in the list speaks for its index site, not for its neighbours.
                if not any(lies_within(named, index_site) for named in entry.sites):
                    yield place, False
    yield from ((place, True) for place in listed)
    for site, mark in entry.items.items():
        if mark is not None and site in SITES:
            yield from ((place, bool(mark)) for place in drawn_places(site))


@cache
def drawn_places(site: str) -> tuple[str, ...]:
    """The drawn places a site stands for: its own, and every finer one within it; the whole body is one word."""
    if site == "widespread":
        return ("widespread",)
    drawn = dict.fromkeys(shape.site for shape in SHAPES)
    # A sore head is not a sore jaw (as in the index), so the head does not mark it.
    here = [p for p in drawn if lies_within(p, site) and not (site == "head" and p.startswith("jaw"))]
    # The upper trapezius lies, side by side, within two shoulder girdles: without a side it is both.
    return tuple(here) or tuple(p for p in drawn if p in (f"{site}_left", f"{site}_right"))


def fewest_sites(places: Iterable[str]) -> tuple[Site, ...]:
    """Drawn places by the names that say them: `neck` for its two sides, the lower back for its sides and the sacrum.

    A coarser site stands for them only where everything drawn of it is among them.
    """
    names: dict[str, str | None] = dict.fromkeys(places)
    coarser = dict.fromkeys(outer for place in names for outer in SITES if lies_within(place, outer))
    for site in coarser:
        drawn = drawn_places(site) if site != "widespread" else ()
        if len(drawn) > 1 and all(place in names for place in drawn):
            # The coarsest comes first, so that what is left over is named by itself.
            names |= {place: site for place in drawn if names[place] is None}
    return tuple(SITES[site] for site in dict.fromkeys(site or place for place, site in names.items()))


def map_headings(speaking: Catalogue = ENGLISH) -> tuple[str, ...]:
    """What stands over the cells of the table."""
    return tuple(
        speaking.say(message(f"bodymap.heading-{name}")) for name in ("day", "place", "said", "change")
    )


def map_rows(
    record: Record, on: int | None = None, speaking: Catalogue = ENGLISH, most: int | None = None
) -> tuple[tuple[str, str, str, str], ...]:
    """The maps as a table under `map_headings`: a row for each place spoken of on each day; the first `most`."""
    return tuple(islice((row for visit in visits(record, on) for row in visit_rows(visit, speaking)), most))


def visit_rows(visit: Visit, speaking: Catalogue = ENGLISH) -> Iterator[tuple[str, str, str, str]]:
    """One visit as rows of the table."""
    day = visit.day_in_words
    for place, change in visit.spoken.items():
        hurts = message("bodymap.hurts-not" if change in ("gone", "free") else "bodymap.hurts")
        changed = "" if change == "free" else speaking.say(message(f"bodymap.change-{change}"))
        yield day, speaking.value(SITES[place]), speaking.say(hurts), changed
    if visit.total:
        index = speaking.say(message("bodymap.index", scale=INDEX, total=visit.total))
        yield day, speaking.say(message("bodymap.not-named")), index, ""
