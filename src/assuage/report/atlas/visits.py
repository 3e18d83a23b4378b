"""What was said of where it hurts, day by day: each visit shows its own day, and what changed since the last word.

Nothing is carried over: a place nobody spoke of on a day is not known on it. A list of the widespread pain index is
complete, so what it leaves out does not hurt; its total alone names no place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.instruments import INSTRUMENTS
from assuage.instruments.criteria.from_record import BODY_INDEX
from assuage.record.entries import AnswersEntry, Record, ScoreEntry, SymptomEntry
from assuage.record.timeline import Timeline
from assuage.report.atlas.shapes import SHAPES
from assuage.terms.scales import PAIN
from assuage.terms.sites import SITES, WPI_SITES, lies_within
from assuage.terms.symptoms import ALL_SYMPTOMS, GONE_STATES, PAIN_FELT, SYMPTOMS, WIDESPREAD_PAIN
from assuage.words.speak import ENGLISH

Change = Literal["first", "new", "same", "gone", "free"]

# The questionnaire of the body map, whose total is told where nobody named the places.
INDEX = INSTRUMENTS[BODY_INDEX].scale

# Symptoms that say of their place that it hurts.
_PAINS = frozenset({PAIN_FELT.id, WIDESPREAD_PAIN.id, SYMPTOMS["spasmodic_pain"].id})


@dataclass(frozen=True)
class Visit:
    """A day on which somebody said where it hurts: every place spoken of, and how that compares."""

    day: int
    approximate: bool
    places: Mapping[str, Change]
    whole_body: Change | None = None
    total: str = ""

    @property
    def spoken(self) -> dict[str, Change]:
        """Every place spoken of, and the whole body under its site id."""
        body: dict[str, Change] = {} if self.whole_body is None else {"widespread": self.whole_body}
        return {**self.places, **body}

    @property
    def day_in_words(self) -> str:
        """`0`, `≈ 30`."""
        day = f"{self.day}".replace("-", "−")
        return f"≈ {day}" if self.approximate else day

    def title(self, speaking: Catalogue = ENGLISH) -> str:
        """`Day 0`, `Day ≈ 30`."""
        return speaking.say(message("bodymap.day", day=self.day_in_words))


@dataclass(frozen=True)
class _Statement:
    """What one entry says of places: every shape it speaks of (`widespread`: the whole body), and whether it hurts."""

    entry: ScoreEntry | SymptomEntry | AnswersEntry
    hurts: Mapping[str, bool]
    called_new: bool = False
    all_gone: bool = False  # "all symptoms are gone" speaks for every place that hurt
    total: str = ""


def visits(record: Record, on: int | None = None) -> tuple[Visit, ...]:
    """A visit for each day on which a place was spoken of, up to day `on` (default: all)."""
    by_day: dict[int, list[_Statement]] = {}
    for statement in _statements(Timeline(record), on):
        by_day.setdefault(statement.entry.day, []).append(statement)
    hurt: dict[str, bool] = {}
    days: list[Visit] = []
    for day, statements in by_day.items():
        spoken: dict[str, bool] = {}
        called_new: set[str] = set()
        approximate = False
        total = ""
        for statement in statements:
            words = dict.fromkeys(_hurting(hurt), False) if statement.all_gone else statement.hurts
            # Pain said anywhere on a day stands for that day: a place free in the morning may hurt at night.
            for place, hurts in words.items():
                spoken[place] = spoken.get(place, False) or hurts
            if statement.called_new:
                called_new |= words.keys()
            total = statement.total or total
            approximate |= (bool(words) or bool(statement.total)) and statement.entry.approximate
        if not spoken and not total:
            continue
        changes: dict[str, Change] = {
            place: _change(hurts, hurt.get(place), place in called_new) for place, hurts in spoken.items()
        }
        hurt |= spoken
        days.append(Visit(day, approximate, changes, changes.pop("widespread", None), total))
    return tuple(days)


def _hurting(hurt: Mapping[str, bool]) -> list[str]:
    return [place for place, hurts in hurt.items() if hurts]


def _change(hurts: bool, before: bool | None, called_new: bool) -> Change:
    if not hurts:
        return "gone" if before else "free"
    if called_new and not before:
        return "new"
    return "first" if before is None else "same" if before else "new"


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
    return _Statement(entry, {place: low > 0 for site in entry.sites for place in drawn_places(site)})


def _of_symptom(entry: SymptomEntry) -> _Statement:
    gone = entry.state in GONE_STATES
    site = "widespread" if entry.symptom is WIDESPREAD_PAIN else entry.site
    if entry.symptom is None or entry.symptom.id not in _PAINS or site is None:
        return _Statement(entry, {}, all_gone=gone and entry.symptom is ALL_SYMPTOMS)
    return _Statement(entry, dict.fromkeys(drawn_places(site), not gone), called_new=entry.state == "new")


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


def drawn_places(site: str) -> tuple[str, ...]:
    """The drawn places a site stands for: its own, and every finer one within it; the whole body is one word."""
    if site == "widespread":
        return ("widespread",)
    drawn = dict.fromkeys(shape.site for shape in SHAPES)
    # A sore head is not a sore jaw (as in the index), so the head does not mark it.
    here = [p for p in drawn if lies_within(p, site) and not (site == "head" and p.startswith("jaw"))]
    # The upper trapezius lies, side by side, within two shoulder girdles: without a side it is both.
    return tuple(here) or tuple(p for p in drawn if p in (f"{site}_left", f"{site}_right"))


def map_headings(speaking: Catalogue = ENGLISH) -> tuple[str, ...]:
    """What stands over the cells of the table."""
    return tuple(
        speaking.say(message(f"bodymap.heading-{name}")) for name in ("day", "place", "said", "change")
    )


def map_rows(
    record: Record, on: int | None = None, speaking: Catalogue = ENGLISH
) -> tuple[tuple[str, str, str, str], ...]:
    """The maps as a table under `map_headings`: a row for each place spoken of on each day."""
    return tuple(row for visit in visits(record, on) for row in visit_rows(visit, speaking))


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
