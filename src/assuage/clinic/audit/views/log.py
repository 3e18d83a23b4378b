"""The administrator's page of the log: whether its chain holds, and who did what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assuage.catalogue.message import message
from assuage.clinic.audit.acts import ACTS, act_message, why_message
from assuage.clinic.audit.queries import Asked, broken_events, events_asked_for, how_many_events
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import on_site
from assuage.clinic.people.models import Person
from assuage.clinic.people.queries import all_people
from assuage.clinic.people.rights import SiteAct

A_PAGE = 100
VERIFIED_UNASKED = (
    20_000  # events that are verified at each look, in a fifth of a second; more when asked (ours)
)
FILTERS = ("record", "actor", "act", "since", "until")


@on_site(SiteAct.SEE_LOG)
@require_safe
def log(request: HttpRequest, _person: Person) -> HttpResponse:
    """The verdict on the chain first; then the events that were asked for, the last first."""
    given = {name: request.GET.get(name, "").strip()[:60] for name in FILTERS}
    asked = Asked.of(given, request.GET.get("before", ""))
    count = how_many_events()
    is_verified = count <= VERIFIED_UNASKED or "verify" in request.GET
    events = events_asked_for(asked, A_PAGE + 1)
    names = {each.pseudonym: each.shown_as for each in all_people()}
    return answer_with(
        request,
        "log.html",
        message("clinic.log"),
        broken=broken_events() if is_verified else None,
        count=count,
        events=[(each, act_message(each.act), why_message(each, names)) for each in events[:A_PAGE]],
        acts=[(act, act_message(act)) for act in ACTS],
        older=events[A_PAGE - 1].seq if len(events) > A_PAGE else None,
        given=given,
        names=names,
        now=timezone.now(),
    )
