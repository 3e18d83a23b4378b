"""The list of one's patients."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assuage.catalogue.message import message
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import on_site, records_seen_by
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import SiteAct


@on_site(SiteAct.SEE_INBOX)
@require_safe
def inbox(request: HttpRequest, person: Person) -> HttpResponse:
    """Everybody the person cares for."""
    records = records_seen_by(person).select_related("patient").order_by("patient__name")
    return answer_with(request, "inbox.html", message("clinic.inbox"), records=records)
