"""What stands in the letter to the general practitioner, as messages in sections."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import as_written
from assuage.instruments import CRITERIA
from assuage.record.care_entries import DiagnosisEntry
from assuage.record.entries import MedicationEntry, TherapyEntry
from assuage.review.cards import (
    GpLetter,
    is_under_way,
)
from assuage.review.disputes import dispute_message
from assuage.review.model import Diagnosis, Review
from assuage.review.visit import VisitPage
from assuage.words.card_lines import CardLine, Lines, gate_lines, where_lines
from assuage.words.reviews import drugs_of, session_message
from assuage.words.visits import (
    action_in_short,
    is_told,
    leave_message,
    not_told_message,
    nothing_rated_message,
    nothing_stops_message,
    out_of_limits_message,
    question_message,
    score_message,
    score_title,
    short_message,
    stop_message,
    to_confirm_message,
    told_messages,
    withheld_messages,
)

QUESTIONS = 5  # to the GP (the rest is counted)
JUDGED = 3  # major alerts beside what stops, to the GP (the rest is counted)
FLAGS_NAMED = 2  # of one question (the rest is counted)


def gp_sections(speaking: Catalogue, card: GpLetter) -> dict[str, Lines]:
    """The lines of the letter by their section, in their order."""
    return {
        "who": _who(card.page.review),
        "stop": _stop_gp(speaking, card),
        "where": _where_gp(card.page.review),
        "how": _how(card.page),
        "medicines": _medicines(card.page.review),
        "stopped": _stopped(card),
        "proposed": _proposed(card.page.review),
        "leave": _leave_gp(speaking, card.page),
        "asks": _asks_gp(speaking, card),
    }


def _who(review: Review) -> Iterator[CardLine]:
    patient = review.record.patient
    sex = message(f"gp-letter.sex-{patient.sex}") if patient.sex not in (None, "unknown") else None
    age = patient.age_on(review.on)
    who = message("gp-letter.patient", patient=patient.id, sex=sex, age=age)
    yield CardLine(who, (review.record,))
    for diagnosed in review.timeline.entries_of(DiagnosisEntry, review.on):
        what = diagnosed.what or diagnosed.code
        if what is not None:
            yield CardLine(
                message("gp-letter.diagnosis", what=what, certainty=diagnosed.certainty, day=diagnosed.day),
                (diagnosed,),
            )
    by_answer: dict[str, list[Diagnosis]] = {}
    for diagnosis in review.criteria.values():
        if diagnosis.scored.answer is not None:
            by_answer.setdefault(diagnosis.scored.answer.value, []).append(diagnosis)
    for answer, diagnoses in sorted(by_answer.items(), reverse=True):
        titles = tuple(CRITERIA[each.scored.instrument] for each in diagnoses)
        says = message(f"gp-letter.criteria-{answer}", titles=titles, n=len(titles))
        yield CardLine(says, tuple(diagnoses))


def _stop_gp(speaking: Catalogue, card: GpLetter) -> Iterator[CardLine]:
    page = card.page
    for alert in page.stops:
        yield CardLine(stop_message(speaking, alert, page), (alert, page), "stop")
    if (far_out := out_of_limits_message(page.review)) is not None:
        yield CardLine(far_out, page.review.out_of_limits, "stop")
    for need in page.unread:
        yield CardLine(message("visit.unread", need=need), (need,), "stop")
    for given in page.review.against_refusal:
        yield CardLine(given, (given,), "stop")
    if not (page.stops or page.review.looked_at_first or page.review.against_refusal):
        yield CardLine(nothing_stops_message(page.review), (page,))


def _judge_gp(speaking: Catalogue, card: GpLetter) -> Iterator[CardLine]:
    """What is to be excluded or judged, as the page asks it: no STOP, and the first of what the GP is asked."""
    for alert in card.to_judge[:JUDGED]:
        action, by = action_in_short(speaking, alert, card.page.review.on)
        if alert.text.id == "alert.flag-to-exclude":
            says = message("gp-letter.to-exclude", alarm=alert, action=action, by=by)
        else:
            says = message("gp-letter.to-judge", alarm=alert, action=action, by=by)
        yield CardLine(says, (alert,))
    if card.to_judge[JUDGED:]:
        rest = card.to_judge[JUDGED:]
        yield CardLine(message("gp-letter.more-to-judge", n=len(rest)), rest)


def _where_gp(review: Review) -> Iterator[CardLine]:
    stay = review.current
    yield from where_lines(review)
    if stay is not None and stay.decision is not None and stay.decision.because:
        yield CardLine(message("gp-letter.because", because=as_written(stay.decision.because)), (stay,))
    yield from gate_lines(review)


def _how(page: VisitPage) -> Iterator[CardLine]:
    known = [score for score in page.scores if score.last is not None]
    for score in known:
        says = message("gp-letter.score", title=score_title(score), says=score_message(score))
        yield CardLine(says, (score,))
    unrated = [score for score in page.scores if score.last is None]
    for told in told_messages(unrated):
        yield CardLine(told, tuple(unrated))
    if page.scores and not any(map(is_told, page.scores)):
        yield CardLine(nothing_rated_message(page.scores), page.scores)
    if page.silence is not None:
        yield CardLine(not_told_message(page.silence, page.review.on), (page, page.silence))


def _medicines(review: Review) -> Iterator[CardLine]:
    for episode, drug in zip(review.running, drugs_of(review.running), strict=True):
        doubted = review.timeline.taking_is_doubted(episode.drug, review.on)
        yield CardLine(
            message(
                "gp-letter.takes-doubted" if doubted else "gp-letter.takes",
                drug=drug,
                doses=episode.latest.doses or message("gp-letter.no-dose"),
                since=episode.since,
                confirmed=review.timeline.last_confirmed(episode, review.on),
            ),
            (episode, review.timeline),
        )
    if not review.running:
        yield CardLine(message("gp-letter.takes-nothing"), (review,))


def _stopped(card: GpLetter) -> Iterator[CardLine]:
    for drug in card.drugs_stopped:
        yield _stop(drug.known or drug.drug, drug)
    for therapy in card.therapies_stopped:
        yield _stop(session_message(therapy), therapy)


def _stop(what: object, entry: MedicationEntry | TherapyEntry) -> CardLine:
    because = entry.because or entry.note
    return CardLine(
        message(
            "gp-letter.was-stopped" if because else "gp-letter.was-stopped-without-reason",
            what=what,
            day=entry.day,
            because=as_written(because) if because else None,
            by=message("gp-letter.by-patient") if entry.by == "patient" else None,
        ),
        (entry,),
    )


def _proposed(review: Review) -> Iterator[CardLine]:
    for item in review.plan:
        if item.state == "now" and item.do != "continue":
            values = {
                "what": short_message(item),
                "when": None if item.when.id == "plan.when.now" else item.when,
                "despite": item.despite or None,
                "beside": item.beside or None,
            }
            if item.decided is not None:
                says = message("gp-letter.decided", **values)
            elif is_under_way(item):
                says = message("gp-letter.under-way", **values)
            else:
                says = message("gp-letter.proposal", **values)
            yield CardLine(says, (item,))


def _leave_gp(speaking: Catalogue, page: VisitPage) -> Iterator[CardLine]:
    review = page.review
    if review.current is None:
        return
    for told in withheld_messages(speaking, page, 1):
        yield CardLine(told, (*review.withheld, *page.stops))
    for state in review.restrictions:
        if state.in_force:
            yield CardLine(leave_message(state, review.on, to_patient=False), (state,))


def _asks_gp(speaking: Catalogue, card: GpLetter) -> Iterator[CardLine]:
    page = card.page
    yield from _judge_gp(speaking, card)
    told = {alert.id for alert in (*page.stops, *card.to_judge[:JUDGED])}
    for entry, other in card.disputes:
        yield CardLine(dispute_message(entry, other), (entry, other))
    if needs := page.review.to_confirm:
        yield CardLine(to_confirm_message(needs), needs)
    judged = {alert.id for alert in card.to_judge[:JUDGED]}
    questions = [
        each
        for each in page.questions
        if not (each.kind == "judgement" and each.what in judged)
        # A check of nothing but what stands above it is asked for there.
        and not (each.kind == "check" and told.issuperset(each.what.split()))
    ]
    for question in questions[:QUESTIONS]:
        yield CardLine(question_message(question, told, FLAGS_NAMED), (question,))
    if questions[QUESTIONS:]:
        rest = tuple(questions[QUESTIONS:])
        yield CardLine(message("gp-letter.more", n=len(rest)), rest)
