"""What the diary shows of the record: what was written last, what may be copied, what is to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.clinic.diary.form import ASKED, INDEX, answer_slot
from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.clinic.store.queries import stored_pathway, stored_record
from assuage.record.care_entries import ExposureEntry, GoalEntry
from assuage.record.entries import AnswersEntry, AnyEntry, NoteEntry, Record, ScoreEntry, TherapyEntry
from assuage.report.atlas.shapes import SHAPES, VIEWS, Points, View
from assuage.review.after_exposure import AskedAfter, due_after_exposure
from assuage.review.diary_days import DiaryAsked
from assuage.terms.drugs import Drug
from assuage.terms.names import spaced
from assuage.terms.sites import SITES, Site
from assuage.terms.therapies import TOLD_BY_PATIENTS, Therapy, find_therapy

MOST_COPIED: Final = 2  # days running that may be copied from the day before (ours)
DAYS_SHOWN: Final = 7  # below the form (ours)
_DIARY = (ScoreEntry, AnswersEntry, GoalEntry, NoteEntry, TherapyEntry, ExposureEntry)


class DiaryDay(Struct, frozen=True):
    """A day with what the patient wrote of it; nothing written is a gap and nothing else."""

    day: int
    entries: tuple[AnyEntry, ...]

    @property
    def copied(self) -> bool:
        """Whether any of it was copied from the day before."""
        return any(each.copied for each in self.entries)


class DrawnSite(Struct, frozen=True):
    """A place as it is drawn: its corners as an SVG path."""

    site: Site
    path: str


def sites_of_views() -> Mapping[View, tuple[DrawnSite, ...]]:
    """The places of the front and of the back, in the order in which they are drawn."""
    return {
        view: tuple(DrawnSite(SITES[each.site], _path(each.points)) for each in SHAPES if each.view == view)
        for view in VIEWS
    }


def _path(points: Points) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in points) + "Z"


def sites_from_head_to_foot() -> tuple[Site, ...]:
    """Every place that is drawn, once, from the crown down."""
    top: dict[str, float] = {}
    for each in SHAPES:
        top[each.site] = min(top.get(each.site, 1e9), min(down for _, down in each.half))
    return tuple(SITES[site] for site in sorted(top, key=lambda site: (top[site], site)))


def own_entries(record: Record, day: int) -> tuple[AnyEntry, ...]:
    """What the patient wrote of that day and still stands."""
    return tuple(each for each in record.standing if each.day == day and is_of_diary(each))


def is_of_diary(entry: AnyEntry) -> bool:
    """Whether it is of the kinds that a diary is made of, and the patient's own word."""
    return isinstance(entry, _DIARY) and entry.by == "patient"


def last_days(record: Record, until: int) -> tuple[DiaryDay, ...]:
    """The days before, the latest first, those without a word too."""
    return tuple(DiaryDay(day, own_entries(record, day)) for day in range(until, until - DAYS_SHOWN, -1))


def to_copy(record: Record, today: int) -> dict[str, AnyEntry]:
    """Of yesterday the last number of each scale and the places; empty where it may not be copied today.

    Nothing is offered once today has an entry, or after so many days that were copied themselves.
    """
    yesterday = own_entries(record, today - 1)
    if own_entries(record, today) or not any(_is_pain(each) for each in yesterday):
        return {}
    days_before = [DiaryDay(day, own_entries(record, day)) for day in range(today - MOST_COPIED, today)]
    if all(each.copied for each in days_before):
        return {}
    scales = {scale.code for scale in ASKED}
    return {
        answer_slot(each): each
        for each in yesterday
        if (
            isinstance(each, ScoreEntry)
            and each.scale in scales
            and each.about is None
            and each.value is not None
        )
        or (isinstance(each, AnswersEntry) and each.instrument == INDEX)
    }


def _is_pain(entry: AnyEntry) -> bool:
    return isinstance(entry, ScoreEntry) and entry.about is None and answer_slot(entry) == ASKED[0].code


def last_sites(record: Record) -> tuple[str, ...] | None:
    """The places that were named last; None where nobody ever said."""
    for each in reversed(record.standing):
        if isinstance(each, AnswersEntry) and each.instrument == INDEX and each.sites is not None:
            return each.sites
    return None


def exposures_to_choose(of: ClinicRecord) -> tuple[Therapy | str, ...]:
    """The person's own first, the last first; then what the pathway suspects, and what only a patient can tell of."""
    chosen: dict[str, Therapy | str] = {}
    for each in reversed(stored_record(of).standing):
        if isinstance(each, ExposureEntry) and each.by == "patient":
            chosen.setdefault(_chip(each.name), find_therapy(each.name) or each.name)
        elif isinstance(each, TherapyEntry) and each.by == "patient":
            chosen.setdefault(_chip(each.what), find_therapy(each.what) or each.what)
    followed = stored_pathway(of)
    suspected = () if followed is None else tuple(each.exposure for each in followed.suspects)
    for each in (*suspected, *TOLD_BY_PATIENTS):
        if not isinstance(each, Drug):
            chosen.setdefault(_chip(each.id), each)
    return tuple(chosen.values())


def _chip(name: str) -> str:
    therapy = find_therapy(name)
    return therapy.id if therapy is not None else spaced(name)


def asked_today(record: Record, today: int) -> Sequence[AskedAfter]:
    """The questions after an exposure that are open today."""
    return due_after_exposure(record, today)


def asked_message(asked: DiaryAsked) -> Message:
    """Whether the diary is asked for on that day, and why."""
    return message(f"clinic.asked-{asked.reason or 'not-today'}")


def written_at_once(of: ClinicRecord, batch: UUID) -> tuple[AnyEntry, ...]:
    """What was saved together, whether it stands or not; empty where it is nobody's or somebody else's."""
    uids = (
        StoredEntry.objects.filter(record=of, batch=batch).order_by("version").values_list("uid", flat=True)
    )
    written = (stored_record(of).written(str(uid)) for uid in uids)
    return tuple(each for each in written if each is not None and is_of_diary(each))


def of_batch(of: ClinicRecord, batch: UUID) -> tuple[AnyEntry, ...]:
    """What was saved together and still stands; empty where it is nobody's or somebody else's."""
    uids = StoredEntry.objects.filter(record=of, batch=batch).values_list("uid", flat=True)
    named = frozenset(map(str, uids))
    return tuple(each for each in stored_record(of).standing if each.id in named and is_of_diary(each))


class BroughtBatch(Struct, frozen=True):
    """What came of one file: when, how many entries, and those that still stand."""

    batch: UUID
    at: datetime
    n: int
    standing: tuple[AnyEntry, ...]


def brought_before(of: ClinicRecord) -> tuple[BroughtBatch, ...]:
    """What files brought into the diary, the last first; what was erased of it is not counted."""
    rows = StoredEntry.objects.filter(record=of, source="import", role="patient", payload__isnull=False)
    by_batch: dict[UUID, list[tuple[UUID, datetime]]] = {}
    for batch, uid, at in (
        rows.exclude(kind="void").order_by("version").values_list("batch", "uid", "received_at")
    ):
        by_batch.setdefault(batch, []).append((uid, at))
    if not by_batch:
        return ()
    stands = {each.id: each for each in stored_record(of).standing}
    return tuple(
        BroughtBatch(
            batch, each[0][1], len(each), tuple(stands[str(uid)] for uid, _ in each if str(uid) in stands)
        )
        for batch, each in reversed(by_batch.items())
    )


def there_already(of: ClinicRecord, uids: Sequence[UUID]) -> tuple[int, int]:
    """How many of these are stored already, and how many were erased: neither is added again."""
    held = StoredEntry.objects.filter(record=of, uid__in=uids)
    erased = held.filter(payload__isnull=True).count()
    return held.count() - erased, erased
