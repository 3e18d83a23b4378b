"""The half minute of a day: the form, what was saved, and what can be taken back or corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assuage.catalogue.message import Message, message
from assuage.clinic.diary.actions import copy_yesterday, correct_diary, save_diary, take_back
from assuage.clinic.diary.form import (
    AFTER,
    ASKED,
    LONGEST_LINE,
    LONGEST_NOTE,
    DiaryDrafts,
    DiaryForm,
    FormProblem,
    answer_slot,
    is_right_clock,
    phone_moment,
    read_form,
)
from assuage.clinic.diary.queries import (
    asked_message,
    asked_today,
    exposures_to_choose,
    last_days,
    last_sites,
    of_batch,
    sites_from_head_to_foot,
    sites_of_views,
    to_copy,
    written_at_once,
)
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import Opened, with_own_record
from assuage.clinic.people.rights import Act
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.actions import Saved, StaleHead
from assuage.clinic.store.chain import new_uid, read_uid
from assuage.clinic.store.days import calendar_date
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import stored_record
from assuage.errors import Problems
from assuage.record.care_entries import ExposureEntry, GoalEntry
from assuage.record.entries import AnswersEntry, AnyEntry, NoteEntry, ScoreEntry, TherapyEntry
from assuage.report.atlas.shapes import HEIGHT, WIDTH
from assuage.review.after_exposure import AskedAfter
from assuage.review.diary_days import diary_asked
from assuage.terms.sites import SITES
from assuage.terms.therapies import Therapy, find_therapy


@with_own_record(Act.WRITE_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def diary(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The form of today; what it says is saved, or shown again beside what is wrong with it."""
    if request.method != "POST":
        given = (
            {"site": list(last_sites(stored_record(opened.record)) or ())}
            if "same-places" in request.GET
            else {}
        )
        return _shown(request, opened, DiaryForm(given))
    form = form_of(request)
    drafts = read_form(opened.record, form)
    corrects = read_uid(form.words("corrects"))
    problems = [*drafts.problems, *_of_the_phone(form)]
    if problems:
        return _shown(request, opened, form, problems)
    try:
        saved = _saved(request, opened, form, drafts, corrects)
    except Problems as refused:
        return _shown(request, opened, form, problems_of(refused))
    except StaleHead as stale:
        return _shown(request, opened, form, stale=stale)
    return _told(saved)


def form_of(request: HttpRequest) -> DiaryForm:
    """What the browser sent."""
    return DiaryForm({name: request.POST.getlist(name) for name in request.POST})


def _saved(
    request: HttpRequest, opened: Opened, form: DiaryForm, drafts: DiaryDrafts, corrects: UUID | None
) -> Saved:
    if corrects is None:
        return save_diary(opened, drafts)
    because = str(speaking_to(request).say(message("clinic.diary-corrected")))
    return correct_diary(opened, drafts, written_at_once(opened.record, corrects), because, _head(form))


def _head(form: DiaryForm) -> int:
    words = form.words("head")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0


def _told(saved: Saved) -> HttpResponse:
    """To the page of what was saved; a phone that sends the same again is told the same again."""
    batch = next((each.batch for each in saved.entries), None)
    return redirect("diary") if batch is None else redirect("diary-saved", batch=batch)


def _of_the_phone(form: DiaryForm) -> list[FormProblem]:
    """A form that is sent while it is written comes with the clock of now: one that cannot be right is asked about."""
    entered = form.words("entered")
    if entered and not is_right_clock(entered):
        return [FormProblem("date", message("clinic.diary-clock", date=entered[:10]))]
    return []


def problems_of(refused: Problems) -> list[FormProblem]:
    """What the record refused, in its own words; no field of the form is to blame for sure."""
    return [FormProblem("", each.message) for each in refused.problems]


@with_own_record(Act.WRITE_DIARY)
@require_POST
def same_as_yesterday(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Yesterday's numbers and places once more, marked as copied; nothing where that is not offered."""
    form = form_of(request)
    drafts = read_form(opened.record, form)
    wrong = [each for each in drafts.problems if each.field in ("uid", "date", "time")]
    if wrong or _of_the_phone(form):
        return _shown(request, opened, form, wrong or _of_the_phone(form))
    day = drafts.day
    slots = to_copy(stored_record(opened.record), day)
    if not slots:
        return redirect("diary")
    common = {"day": day, "entered": phone_moment(opened.record).isoformat(timespec="seconds")}
    return _told(copy_yesterday(opened, drafts.uid, slots, common))


@with_own_record(Act.WRITE_DIARY)
@require_safe
def diary_saved(request: HttpRequest, opened: Opened, batch: UUID) -> HttpResponse:
    """What was saved, and what can be done about it."""
    entries = of_batch(opened.record, batch)
    if not entries:
        raise Http404
    return answer_with(
        request,
        "diary_saved.html",
        message("clinic.diary-saved"),
        lines=[diary_message(each) for each in entries],
        remarks=remarks_of(opened.record, entries),
        copied=any(each.copied for each in entries),
        batch=batch,
        uid=new_uid(),
        head=opened.record.head,
    )


@with_own_record(Act.WRITE_DIARY)
@require_POST
def undo(request: HttpRequest, opened: Opened, batch: UUID) -> HttpResponse:
    """What was saved together is taken back: it counts no more, and that it was there stays readable."""
    entries = of_batch(opened.record, batch)
    form = form_of(request)
    because = str(speaking_to(request).say(message("clinic.diary-taken-back")))
    if entries:
        try:
            take_back(opened, batch, entries, because, _head(form))
        except StaleHead as stale:
            return _shown(request, opened, form, stale=stale)
    return redirect("diary")


@with_own_record(Act.WRITE_DIARY)
@require_safe
def correct(request: HttpRequest, opened: Opened, batch: UUID) -> HttpResponse:
    """The form with what was saved in it."""
    entries = of_batch(opened.record, batch)
    if not entries:
        raise Http404
    return _shown(request, opened, filled(opened.record, batch, entries))


def filled(record: ClinicRecord, batch: UUID, entries: Sequence[AnyEntry]) -> DiaryForm:
    """A form that would save these entries."""
    fields: dict[str, list[str]] = {"corrects": [str(batch)]}
    for each in entries:
        match each:
            case ScoreEntry(value=float() | int() as value):
                whole = value == int(value)
                fields[answer_slot(each) if whole else f"{answer_slot(each)}-typed"] = [f"{value:g}"]
            case AnswersEntry(sites=tuple() as sites):
                fields["site" if sites else "nowhere"] = list(sites) or ["1"]
            case GoalEntry():
                fields["managed"] = [each.what]
            case NoteEntry():
                fields["note"] = [each.text]
            case TherapyEntry():
                fields.setdefault("exposure", []).append(each.what)
            case ExposureEntry():
                fields.setdefault("exposure", []).append(each.name)
            case _:
                pass
    first = next(each for each in entries if each.about is None or len(entries) == 1)
    fields["date"] = [calendar_date(record, first.day).isoformat()]
    fields["time"] = [next((each.time for each in entries if each.time), "")]
    return DiaryForm(fields)


def _shown(
    request: HttpRequest,
    opened: Opened,
    form: DiaryForm,
    problems: Sequence[FormProblem] = (),
    stale: StaleHead | None = None,
) -> HttpResponse:
    now = phone_moment(opened.record)
    record = stored_record(opened.record)
    status = 409 if stale is not None else 422 if problems else 200
    by_field: dict[str, list[Message]] = {}
    for each in problems:
        by_field.setdefault(each.field, []).append(each.what)
    copying = to_copy(record, opened.today)
    given: dict[str, Any] = _frame(opened) | {
        "form": form,
        "wrong": by_field,
        "between": None if stale is None else len(stale.between),
        "asked": ASKED,
        "numbers": range(int(ASKED[0].low), int(ASKED[0].high) + 1),
        "questions": [
            (_field_after(each), _question_after(each)) for each in asked_today(record, opened.today)
        ],
        "copying": [diary_message(each) for each in copying.values()],
        "days": [
            (
                date_format(calendar_date(opened.record, each.day)),
                [diary_message(entry) for entry in each.entries],
                remarks_of(opened.record, each.entries),
            )
            for each in last_days(record, opened.today)
        ],
        "known_places": bool(last_sites(record)),
        "last_places": " ".join(last_sites(record) or ()),
        "uid": form.words("uid") or str(new_uid()),
        "copy_uid": str(new_uid()),
        "date": form.words("date") or now.date().isoformat(),
        "time": form.words("time") or now.strftime("%H:%M"),
        "latest": now.date().isoformat(),
        "entered": now.isoformat(timespec="seconds"),
        "head": opened.record.head,
        "corrects": form.words("corrects"),
        "zone": opened.record.zone,
        "date_shown": date_format(calendar_date(opened.record, opened.today)),
        "sent": bool(form.fields),
        "rhythm": asked_message(diary_asked(record, opened.today)),
    }
    title = message("clinic.diary-correct") if form.words("corrects") else message("clinic.diary-today")
    return answer_with(request, "diary.html", title, status=status, **given)


def _frame(opened: Opened) -> dict[str, Any]:
    """What the form has whatever it says: the drawing, the places, what can be chosen."""
    return {
        "views": sites_of_views(),
        "size": (WIDTH, HEIGHT),
        "sites": sites_from_head_to_foot(),
        "exposures": [
            (each.id if isinstance(each, Therapy) else each, each)
            for each in exposures_to_choose(opened.record)
        ],
        "longest_line": LONGEST_LINE,
        "longest_note": LONGEST_NOTE,
        "key": opened.person.pseudonym,
    }


def _field_after(asked: AskedAfter) -> str:
    return f"{AFTER}{asked.day}_{asked.exposure.id}"


def _question_after(asked: AskedAfter) -> Message:
    return message("clinic.diary-ask-after", days=asked.days_after, what=exposure_shown(asked.exposure))


def exposure_shown(entry: ExposureEntry | TherapyEntry) -> Therapy | str:
    """The therapy, or the patient's own word for it."""
    word = entry.what if isinstance(entry, TherapyEntry) else entry.name
    return find_therapy(word) or word


def diary_message(entry: AnyEntry) -> Message:
    """An entry of the diary in words."""
    match entry:
        case ScoreEntry():
            value = entry.value
            if entry.about is not None:
                return message("clinic.diary-said-after", value=value)
            return message(
                "clinic.diary-said-number", scale=message(f"clinic.diary-scale-{entry.scale}"), value=value
            )
        case AnswersEntry():
            if not entry.sites:
                return message("clinic.diary-said-nowhere")
            return message("clinic.diary-said-sites", sites=tuple(SITES[each] for each in entry.sites))
        case GoalEntry():
            return message("clinic.diary-said-managed", what=entry.what)
        case TherapyEntry() | ExposureEntry():
            return message("clinic.diary-said-exposure", what=exposure_shown(entry))
        case NoteEntry():
            return message("clinic.diary-said-note", text=entry.text)
        case _:
            return message("clinic.diary-said-other")


def remarks_of(record: ClinicRecord, entries: Sequence[AnyEntry]) -> tuple[Message, ...]:
    """What has to be known of how it came: copied, entered later."""
    remarks: list[Message] = []
    if any(each.copied for each in entries):
        remarks.append(message("clinic.diary-copied"))
    if any(_is_late(record, each) for each in entries):
        remarks.append(message("clinic.diary-entered-later"))
    if any(each.source == "import" for each in entries):
        remarks.append(message("clinic.diary-brought"))
    return tuple(remarks)


def _is_late(record: ClinicRecord, entry: AnyEntry) -> bool:
    """Whether it was written on a later day than it tells of."""
    if entry.entered is None:
        return False
    return entry.entered[:10] > calendar_date(record, entry.day).isoformat()
