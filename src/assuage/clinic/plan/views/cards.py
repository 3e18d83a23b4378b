"""Cards of half a page: for the physiotherapist, the family doctor and the patient, here or under a link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assuage.catalogue.message import message
from assuage.clinic.audit.actions import log_access
from assuage.clinic.course.patient_page import answer_about
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import Opened, open_to_all, with_record
from assuage.clinic.people.rights import Act
from assuage.clinic.plan.cards import LINK_DAYS, card_token, shared_card, stored_card, words_of_card
from assuage.clinic.speaking import language_of
from assuage.report.cards.page import given_to_card
from assuage.review.cards import CARD_READERS, CardReader
from assuage.words.cards import title_message


@with_record(Act.SEE_CARD)
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The card of the reader who is asked for; a POST makes the link under which it opens without an account."""
    asked = request.GET.get("reader", "physiotherapist")
    if asked not in CARD_READERS:
        raise Http404
    reader: CardReader = asked
    link = None
    if request.method == "POST":
        opened.log("share-card", why=reader)
        address = reverse("shared-card", args=[card_token(opened.record, reader)])
        link = request.build_absolute_uri(address)
    card = stored_card(opened.record, reader)
    return answer_about(
        request,
        opened,
        "team_card.html",
        title_message(card),
        asked=reader,
        readers=CARD_READERS,
        link=link,
        days=LINK_DAYS,
        **given_to_card(card, words_of_card(card, language_of(request)).speaking),
    )


@open_to_all
@require_safe
def card_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The card without a name; after its days the link looks as if it had never been."""
    shared = shared_card(token)
    if shared is None:
        raise Http404
    log_access("open-shared-card", actor="", role="", record=shared.record.pseudonym, why=shared.reader)
    card = stored_card(shared.record, shared.reader)
    words = words_of_card(card, language_of(request)).speaking
    return answer_with(
        request, "shared_card.html", message("clinic.title-shared-card"), **given_to_card(card, words)
    )
