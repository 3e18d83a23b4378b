"""Symptoms: what was last said of one, at a place or anywhere; since when; and after an exposure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.oracle import words
from tests.oracle.answers import NO, UNKNOWN, YES
from tests.oracle.moment import Moment
from tests.oracle.pages import says
from tests.oracle.record import Entry
from tests.oracle.therapies import before_it, latest_exposure

THERE = ("present", "new", "worse", "better")
GONE = ("absent", "resolved")
WORSE = ("new", "worse")


@dataclass
class Course:
    """What is known of a symptom at a place, word by word."""

    there: dict[str | None, bool] = field(default_factory=dict)
    """The sites that have it, and whether it was said to be new or worse there."""
    open_: bool = False
    """Whether a wider place has it, so that this one may."""
    gone: bool = False
    """Whether it was said to be gone from the whole of the place, or from every part that had it."""


@says("symptoms", "All symptoms speaks for each of them")
@says("symptoms", "That all symptoms are worse gives nobody a symptom that was never named")
@says(
    "symptoms",
    "Only that all are gone speaks for each; that all are new, worse, better or present speaks for none.",
)
def speaks_of(entry: Entry, symptom: str) -> bool:
    """Whether an entry says something of a symptom."""
    if entry.kind != "symptom":
        return False
    what = words.symptoms().get(words.folded(entry.fields["what"]))
    return what == symptom or (what == words.ALL_SYMPTOMS and entry.fields["state"] in GONE)


@says(
    "symptoms", "The latest statement stands", "A part that has it has it and a coarser place leaves it open"
)
@says("symptoms", "Gone must be said of the place or of all that ever had it")
def course(entries: Iterable[Entry], symptom: str, place: str | None = None) -> Course:
    """What was last said of a symptom at a place, out of these entries."""
    so_far = Course()
    for entry in entries:
        if speaks_of(entry, symptom):
            state, site = entry.fields["state"], entry.fields.get("site")
            if state in GONE:
                _is_gone(so_far, site, place)
            else:
                _is_there(so_far, site, place, worse=state in WORSE)
    return so_far


@says("symptoms", "The whole body is no particular place")
@says("symptoms", "A coarser place adds nothing where a part is known to have it")
def _is_there(so_far: Course, site: str | None, place: str | None, *, worse: bool) -> None:
    if words.lies_within(site, place):
        so_far.there[site] = worse or so_far.there.get(site, False)
        so_far.open_ = so_far.gone = False
    elif words.same_or_wider(site, place) and not so_far.there:
        so_far.open_ = True


def _is_gone(so_far: Course, site: str | None, place: str | None) -> None:
    had_it = bool(so_far.there)
    so_far.there = {at: worse for at, worse in so_far.there.items() if not words.lies_within(at, site)}
    if words.same_or_wider(site, place):
        so_far.open_, so_far.gone = False, True
    elif had_it and not so_far.there:
        so_far.gone = True


@says("symptoms", "New worse better and present are there absent and resolved are not")
@says("nodes", "`present`: said to be there, and not gone since.")
def present(entries: Iterable[Entry], symptom: str, place: str | None = None) -> str:
    last_said = course(entries, symptom, place)
    if last_said.there:
        return YES
    return NO if last_said.gone and not last_said.open_ else UNKNOWN


@says("nodes", "`appeared`: said to be new or worse, and not gone since.")
@says("symptoms", "Appeared means new or worse and not gone since")
def appeared(entries: Iterable[Entry], symptom: str, place: str | None = None) -> str:
    if any(course(entries, symptom, place).there.values()):
        return YES
    return {YES: NO, NO: NO, UNKNOWN: UNKNOWN}[present(entries, symptom, place)]


@says("nodes", "Only statements in the window count (None: all so far); without one it is unknown.")
@says("symptoms", "A statement older than the window does not speak for today")
def said_in(now: Moment, span: int) -> list[Entry]:
    """The entries of the past `span` days."""
    return [entry for entry in now.known if entry.day in now.past(span)]


@says("nodes", "Whether a symptom was said to be new or worse from the latest exposure to `within` after it.")
@says("symptoms", "New worse better and present are there absent and resolved are not")
@says("therapies", "Worse after an exposure goes by what was said")
def worse_after(now: Moment, symptom: str, *, exposure: str, within: int) -> str:
    latest = latest_exposure(now, exposure)
    if latest is None:
        return UNKNOWN
    states = [
        entry.fields["state"]
        for entry in now.known
        if speaks_of(entry, symptom)
        and latest.day <= entry.day <= latest.day + within
        and not before_it(entry, latest)
    ]
    if not states:
        return UNKNOWN
    return YES if any(state in WORSE for state in states) else NO


@says("nodes", "The latest day on which any of the symptoms was said to be new or worse, at any of `sites`.")
@says("nodes", "Where it was only ever said to be present: the first such day since it was last gone.")
@says("symptoms", "The onset of several symptoms is the latest of theirs")
def onset(now: Moment, symptoms: Iterable[str], place: str) -> int | None:
    """The day on which the symptoms began, or were last worse, at a place; None where they never did."""
    days = [day for symptom in symptoms if (day := _onset_of(now, symptom, place)) is not None]
    return max(days, default=None)


@says("symptoms", "An onset is the latest day on which it was new or worse")
def _onset_of(now: Moment, symptom: str, place: str) -> int | None:
    latest: int | None = None
    first_present: int | None = None
    for at, entry in enumerate(now.known):
        if speaks_of(entry, symptom):
            here = entry.fields["state"] in THERE and words.lies_within(entry.fields.get("site"), place)
            if here and entry.fields["state"] in WORSE:
                latest = entry.day
            if here and first_present is None:
                first_present = entry.day
            if not course(now.known[: at + 1], symptom, place).there:
                first_present = None
    return first_present if latest is None else latest
