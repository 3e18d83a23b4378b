"""The page of outcomes: what was counted last, with the day on which it was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from assuage.catalogue.message import Wording, message
from assuage.clinic.outcomes.counted import SILENT_DAYS
from assuage.clinic.outcomes.queries import last_outcomes
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import on_site
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import SiteAct
from assuage.instruments.response import BY_PERCENT, RESPONDER_PERCENT
from assuage.pathways import registry
from assuage.pathways.model import Phase


@on_site(SiteAct.SEE_OUTCOMES)
@require_safe
def outcomes_page(request: HttpRequest, _person: Person) -> HttpResponse:
    """Responders, those who were lost, days in each phase, decisions and overrides, of each pathway."""
    last = last_outcomes()
    return answer_with(
        request,
        "outcomes.html",
        message("clinic.title-outcomes"),
        last=last,
        made_on="" if last is None else date_format(last.made_at),
        pathway_titles={each.id: _title(each.id) for each in last.outcomes.pathways} if last else {},
        phase_titles=_phases([each.id for each in last.outcomes.pathways]) if last else {},
        silent_days=SILENT_DAYS,
        responds=RESPONDER_PERCENT,
        substantial=BY_PERCENT[0][0],
    )


def _title(id: str) -> Wording | str:  # noqa: A002 - the id of the pathway
    """The title of a shipped pathway; the id of one that this program does not know."""
    return registry.pathway(id).wording if id in registry.PATHWAY_IDS else id


def _phases(ids: list[str]) -> dict[tuple[str, str], Phase]:
    return {
        (each, phase.id): phase
        for each in ids
        if each in registry.PATHWAY_IDS
        for phase in registry.pathway(each).phases
    }
