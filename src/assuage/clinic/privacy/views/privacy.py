"""What is kept of a patient and who looked at it; a copy of everything, the end of the diary, a consent withdrawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format, time_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assuage.catalogue.message import Message, message
from assuage.clinic.attempts import sent_uid
from assuage.clinic.audit.acts import ACTS
from assuage.clinic.diary.form import phone_moment
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import Opened, with_own_record
from assuage.clinic.people.rights import Act
from assuage.clinic.privacy.actions import erase_diary, take_a_copy, withdraw_consent
from assuage.clinic.privacy.queries import LookOfOthers, can_be_erased, consents_of, looks_of_others
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.erasing import came_from_elsewhere


@with_own_record(Act.SEE_PRIVACY)
@require_safe
def privacy(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Who looked, what was agreed to, a copy of everything, what can be erased and what stays."""
    return answer_with(
        request,
        "privacy.html",
        message("clinic.privacy-title"),
        looks=[
            (_when(each), _who(each), _act_message(each))
            for each in looks_of_others(opened.record, opened.person)
        ],
        consents=consents_of(opened.record),
        diary_entries=can_be_erased(opened.record),
        brought_along=came_from_elsewhere(opened.record),
        uid=new_uid(),
    )


def _when(look: LookOfOthers) -> str:
    return f"{date_format(look.at)} {time_format(look.at, 'H:i')}"


def _who(look: LookOfOthers) -> Message | str:
    return look.who or message("clinic.privacy-program" if look.of_program else "clinic.privacy-nobody")


def _act_message(look: LookOfOthers) -> Message:
    return message(f"clinic.privacy-act-{ACTS.get(look.act) or 'other'}", who=look.whom or None)


@with_own_record(Act.EXPORT)
@require_safe
def export(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Everything in one file."""
    name = f"{opened.record.pseudonym}.zip"
    return HttpResponse(
        take_a_copy(opened),
        "application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@with_own_record(Act.ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def erase_own_diary(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What will go and what will stay, said before it is done."""
    title = message("clinic.privacy-erase")
    if request.method == "POST" and request.POST.get("sure") == "yes":
        why = str(speaking_to(request).say(message("clinic.privacy-erased-why")))
        gone = erase_diary(opened, why)
        return answer_with(
            request, "erase_diary.html", title, left=can_be_erased(opened.record), gone=gone, unsure=False
        )
    unsure = request.method == "POST"
    return answer_with(
        request,
        "erase_diary.html",
        title,
        status=422 if unsure else 200,
        left=can_be_erased(opened.record),
        gone=None,
        unsure=unsure,
    )


@with_own_record(Act.WRITE_DIARY)
@require_POST
def withdraw(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A consent that was given is withdrawn; one that is not there is left alone."""
    purpose = request.POST.get("purpose", "")
    given = any(each.purpose == purpose and each.state == "given" for each in consents_of(opened.record))
    if given:
        withdraw_consent(
            opened, sent_uid(request), purpose, phone_moment(opened.record).isoformat(timespec="seconds")
        )
    return redirect("privacy")
