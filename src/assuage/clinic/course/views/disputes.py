"""What two people wrote against each other: both as they were written, until a clinician ends it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assuage.catalogue.message import message
from assuage.clinic.attempts import attempted, first_attempt, seen_head, sent_uid
from assuage.clinic.course.actions import end_dispute
from assuage.clinic.course.patient_page import answer_about
from assuage.clinic.people.gate import Opened, with_record
from assuage.clinic.people.queries import names_of
from assuage.clinic.people.rights import Act
from assuage.clinic.store.queries import stored_review
from assuage.review.disputes import dispute_message, pairs_in_dispute
from assuage.words.recorded import entry_message


@with_record(Act.END_DISPUTE)
@require_http_methods(["GET", "HEAD", "POST"])
def disputes(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Each pair with its authors; one of the two can be withdrawn with a reason."""
    attempt = first_attempt(opened)
    if request.method == "POST":
        refused = attempted(
            request,
            opened,
            lambda: end_dispute(
                opened,
                request.POST.get("of", ""),
                request.POST.get("because", "").strip(),
                uid=sent_uid(request),
                seen=seen_head(request),
            ),
            message("clinic.dispute-ended"),
        )
        if refused is None:
            return redirect(request.path)
        attempt = refused
    review = stored_review(opened.record, opened.today)
    pairs = list(pairs_in_dispute(review))
    names = names_of({each.author for pair in pairs for each in pair if each.author})
    shown = [
        (
            dispute_message(*pair),
            [(each.id, names.get(each.author or ""), entry_message(each, review.record)) for each in pair],
        )
        for pair in pairs
    ]
    title = message("clinic.title-disputes")
    return answer_about(
        request, opened, "disputes.html", title, status=attempt.status, attempt=attempt, disputes=shown
    )
