"""What stands on a card, as messages in sections; each line with the values of the review that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from assuage.catalogue.message import Message, Wording, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import as_written
from assuage.pathways.actions import Refer, Start, Stop, Titrate, subject_of
from assuage.pathways.model import Role
from assuage.review.alerts import HOURS_AFTER
from assuage.review.cards import (
    Card,
    GpLetter,
    PatientCard,
    PhysiotherapistCard,
    last_word_on,
    unread_drugs,
)
from assuage.review.first_questions import FirstQuestion
from assuage.review.model import PlanItem, RestrictionState, Review
from assuage.review.techniques import Signal, flags_first
from assuage.safety.alerts import Alert
from assuage.terms.outcomes import Outcome
from assuage.terms.red_flags import RED_FLAGS, is_emergency
from assuage.terms.scales import SCALES
from assuage.words.alerts import alerts_for, reason_against, signed, told_together
from assuage.words.card_lines import CardLine, CardSection, Lines, gate_lines, where_lines
from assuage.words.gp_letter import gp_sections
from assuage.words.reviews import drug_of, drugs_of, session_message
from assuage.words.visits import (
    nothing_stops_message,
    stop_message,
)

ASKED_ALARMS = 2  # of a patient's alarms that are no STOP (the rest is counted)
NAMED = 2  # of what a patient is asked (the rest is counted)


def card_sections(speaking: Catalogue, card: Card) -> tuple[CardSection, ...]:
    """The sections of a card in their order; empty ones are left out."""
    match card:
        case PatientCard():
            sections = _of_patient(speaking, card)
            titles = {name: message(f"patient-card.{name}") for name in sections}
        case PhysiotherapistCard():
            sections = _of_physiotherapist(speaking, card)
            titles = {name: message(f"therapist-card.{name}") for name in sections}
        case GpLetter():
            sections = gp_sections(speaking, card)
            titles = {name: message(f"gp-letter.{name}") for name in sections}
        case _:
            assert_never(card)
    read = ((name, tuple(lines)) for name, lines in sections.items())
    return tuple(CardSection(name, titles[name], lines) for name, lines in read if lines)


def title_message(card: Card) -> Message:
    """Whose card it is, and of which day."""
    review = card.page.review
    patient, day, date = review.record.patient.id, review.on, review.record.date_of(review.on)
    match card:
        case PatientCard():
            return message("patient-card.title", patient=patient, day=day, date=date)
        case PhysiotherapistCard():
            return message("therapist-card.title", patient=patient, day=day, date=date)
        case GpLetter():
            return message("gp-letter.title", patient=patient, day=day, date=date)


def foot_messages(card: Card) -> tuple[Message, ...]:
    """What stands below: what the pathway rests on, that it is no medical device, and who answers for a letter."""
    review = card.page.review
    notice = review.pathway.first_words if review.pathway is not None else None
    match card:
        case PatientCard():
            return (message("visit.notice", notice=notice),)
        case PhysiotherapistCard():
            return (message("therapist-card.notice", notice=notice),)
        case GpLetter():
            return (message("gp-letter.notice", notice=notice), message("gp-letter.unsigned"))


def is_signed(speaking: Catalogue, card: Card) -> bool:
    """Whether a named person has checked every sentence and every text of a table that this card takes."""
    sections = card_sections(speaking, card)
    around = (title_message(card), *foot_messages(card), *(section.title for section in sections))
    lines = (line.says for section in sections for line in section.lines)
    return all(signed(speaking, each) for each in (*around, *lines))


# --- the patient -------------------------------------------------------------------------------------


def _of_patient(speaking: Catalogue, card: PatientCard) -> dict[str, Lines]:
    return {
        "call": _call(speaking, card),
        "where": _where_patient(card),
        "do": _do(speaking, card),
        "leave": _leave_patient(card),
        "next": _next(card),
    }


def _call(speaking: Catalogue, card: PatientCard) -> Iterator[CardLine]:
    """Emergencies, every STOP, red flags first, the first of what is to be asked, and what an ambulance is for."""
    page = card.page
    stops = sorted(alerts_for(speaking, page.stops), key=lambda alert: alert.id not in RED_FLAGS)
    if far_out := page.review.out_of_limits:
        numbers = tuple(need.value("what") for need in far_out)
        yield CardLine(
            message("patient-card.out-of-limits", numbers=numbers, n=len(far_out)), far_out, "stop"
        )
    asks = [alert for alert in alerts_for(speaking, page.review.alerts) if alert not in page.stops]
    # What an ambulance is called for stands first, also where it is asked and not yet known.
    told = (*told_together(stops), *asks[:ASKED_ALARMS])
    for alert in sorted(told, key=lambda alert: not is_emergency(alert.id)):
        yield CardLine(_of_its_day(_alarm(alert), page.review, alert), (alert, page.review.record), "stop")
    if asks[ASKED_ALARMS:]:
        rest = tuple(asks[ASKED_ALARMS:])
        yield CardLine(message("patient-card.more-alarms", n=len(rest)), rest, "stop")
    if card.always:
        signs = tuple(Wording(f"red_flag.{flag.id}.trigger", flag.trigger) for flag in card.always)
        yield CardLine(message("patient-card.ambulance", signs=signs), card.always)
    if card.hospital:
        signs = tuple(Wording(f"red_flag.{flag.id}.trigger", flag.trigger) for flag in card.hospital)
        yield CardLine(message("patient-card.hospital", signs=signs), card.hospital)


def _of_its_day(alarm: Message, review: Review, alert: Alert) -> Message:
    """The alarm; with its day, and the question whether it is still so, where nobody said so lately.

    What a symptom asks to exclude names its day already, and asks.
    """
    day = last_word_on(review, alert)
    if day is None or alert.text.id == "alert.flag-to-exclude":
        return alarm
    return message("patient-card.alarm-of-then", day=day, date=review.record.date_of(day), alarm=alarm)


def _alarm(alert: Alert) -> Message:
    """What the alarm says to a patient; of what a symptom asks to exclude the symptom, the question and what to do."""
    if alert.text.id != "alert.flag-to-exclude":
        return message("patient-card.alarm", alarm=alert)
    values = dict(alert.text.values)
    return message(
        "patient-card.to-exclude", sign=values["sign"], question=values["question"], do=alert.action
    )


def _where_patient(card: PatientCard) -> Iterator[CardLine]:
    review = card.page.review
    stay = review.current
    if review.pathway is None or stay is None:
        yield from where_lines(review)
    else:
        date = review.record.date_of(stay.entered)
        where = message(
            "patient-card.stage", phase=stay.phase, day=stay.entered, date=date, aim=stay.phase.purpose
        )
        yield CardLine(where, (stay, review.record))
        onward = [gate for gate in review.gates if gate.leads == "on"]
        if onward and not any(gate.reading.shut_by for gate in onward):
            yield CardLine(message("patient-card.after", phase=onward[0].to), (onward[0],))


# Who talks with the patient about what nobody has decided; what patients do alone they talk about with their doctor.
_TALKS = (Role.PHYSIOTHERAPIST, Role.PSYCHOLOGIST)


def _do(speaking: Catalogue, card: PatientCard) -> Iterator[CardLine]:
    review = card.page.review
    flags = flags_first(review)
    for item in card.decided:
        yield CardLine(message("patient-card.decided", what=subject_of(item.recommendation.action)), (item,))
    for item in card.under_way:
        role = item.recommendation.by
        who = role if role in _TALKS else Role.PHYSICIAN
        therapy = subject_of(item.recommendation.action)
        going_on = message(f"patient-card.go-on-{who.value}", therapy=therapy)
        if flags:
            going_on = message("patient-card.ask-before-going-on", therapy=therapy)
        yield CardLine(going_on, (item, *flags))
    for who in (Role.PHYSICIAN, *_TALKS):
        items = [item for item in card.to_discuss if _talks(item) is who]
        if items:
            subjects = tuple(dict.fromkeys(map(_to_discuss, items)))
            yield CardLine(message(f"patient-card.talk-{who.value}", subjects=subjects), tuple(items))
    if card.takes:
        drugs = drugs_of(card.takes)
        yield CardLine(message("patient-card.takes", drugs=drugs), card.takes)
    if unread := unread_drugs(review):
        words = tuple(as_written(str(need.value("word"))) for need in unread)
        yield CardLine(message("patient-card.unread-drugs", drugs=words, n=len(words)), unread)
    yield from _on_hold(speaking, card)


def _on_hold(speaking: Catalogue, card: PatientCard) -> Iterator[CardLine]:
    """Therapies of the phase that must not be given now; a reason that stands among the alarms is not told twice."""
    stops = {alert.cause for alert in card.page.stops}
    held: dict[Message, object] = {}
    for withheld in card.on_hold:
        subject = subject_of(withheld.recommendation.action)
        alert = dict(withheld.reasons[0].values).get("alert")
        if isinstance(alert, Alert) and alert.cause in stops:
            says = message("patient-card.on-hold", what=subject, reason=None)  # the reason stands above
        else:
            reason = reason_against(speaking, withheld.reasons[0])
            says = message("patient-card.on-hold", what=subject, reason=reason)
        held.setdefault(says, withheld)
    for says, withheld in held.items():
        yield CardLine(says, (withheld,))


def _talks(item: PlanItem) -> Role:
    return item.recommendation.by if item.recommendation.by in _TALKS else Role.PHYSICIAN


def _to_discuss(item: PlanItem) -> Message:
    """What is talked about: never a dose, never what to do."""
    match item.recommendation.action:
        case Start(drug=drug):
            return message("patient-card.about", what=drug)
        case Titrate(drug=drug):
            return message("patient-card.about-dose", drug=drug)
        case Stop(drug=drug):
            return message("patient-card.about-need", drug=drug)
        case Refer(to=to):
            return message("patient-card.about-visit", therapy=to)
        case action:
            return message("patient-card.about", what=subject_of(action))


def _leave_patient(card: PatientCard) -> Iterator[CardLine]:
    for state in card.leave:
        therapy = state.restriction.therapy
        therapies = therapy.parts or (therapy,)
        says = message("patient-card.leave-alone", therapies=therapies, because=state.restriction.reason)
        yield CardLine(says, (state,))


def _next(card: PatientCard) -> Iterator[CardLine]:
    page, review = card.page, card.page.review
    rated = tuple(score for score in card.to_rate if score.follow.scales[0].code in SCALES)
    if rated:
        titles = tuple(score.follow.naming for score in rated)
        yield CardLine(message("patient-card.rate", titles=titles), rated)
    asks: dict[Message, tuple[object, ...]] = {}
    for episode in card.perhaps_taken:
        asks[message("patient-card.ask-taken", drug=drug_of(episode))] = (episode,)
    told = unread_drugs(review)
    for need in review.unread:  # a number that is far out stands among what to call about
        if need not in told:
            asks[need] = (need,)
    for question in page.questions:
        ask = _ask(question)
        if ask is not None:
            asks[ask] = (*asks.get(ask, ()), question)
    for score in card.to_rate:
        if score not in rated:
            asks[message("patient-card.ask-questionnaire", title=score.follow.naming)] = (score,)
    if asks:
        told, rest = tuple(asks)[:NAMED], tuple(asks)[NAMED:]
        yield CardLine(
            message("patient-card.asks", asks=told, more=len(rest) or None),
            tuple(each for ask in asks for each in asks[ask]),
        )


def _ask(question: FirstQuestion) -> Message | None:
    """What a patient is told of a question: the kind of it, of a consent and a symptom what it is of."""
    match question.kind:
        case "check":
            return message("patient-card.ask-check")
        case "consent":
            return message("patient-card.ask-consent", what=question.title)
        case "symptom":
            return message("patient-card.ask-symptom", what=question.title)
        case "measurement":
            return message("patient-card.ask-measurement")
        case "finding":
            return message("patient-card.ask-finding")
        case "judgement":
            return None


# --- the physiotherapist -----------------------------------------------------------------------------


def _of_physiotherapist(speaking: Catalogue, card: PhysiotherapistCard) -> dict[str, Lines]:
    return {
        "stop": _stop_therapist(speaking, card),
        "where": where_lines(card.page.review),
        "green": _techniques(card, "green"),
        "ask": _ask_therapist(card),
        "wait": _techniques(card, "wait"),
        "gate": gate_lines(card.page.review),
        "flags": _flags(card),
        "report": _report(card),
        "valid": _valid(card),
    }


def _stop_therapist(speaking: Catalogue, card: PhysiotherapistCard) -> Iterator[CardLine]:
    for alert in card.stops:
        yield CardLine(stop_message(speaking, alert, card.page), (alert, card.page), "stop")
    if card.others:
        yield CardLine(message("therapist-card.others", n=len(card.others)), card.others, "stop")
    if out_of_limits := card.page.review.out_of_limits:
        yield CardLine(message("therapist-card.out-of-limits", n=len(out_of_limits)), out_of_limits, "stop")
    if not card.stops and not card.others and not out_of_limits:
        asked = message("therapist-card.ask-first") if card.to_exclude else None
        yield CardLine(asked or nothing_stops_message(card.page.review), (card.page,))


def _ask_therapist(card: PhysiotherapistCard) -> Iterator[CardLine]:
    """What is to be excluded before the hands are laid on, as the page asks it; then the techniques that are asked."""
    for alert in card.to_exclude:
        yield CardLine(_to_exclude(alert), (alert,), "ask")
    yield from _techniques(card, "ask")


def _to_exclude(alert: Alert) -> Message:
    """A flag that a symptom asks about, or one that is only to be seen soon, with who acts and how soon if it is so."""
    action = dict(alert.action.values) if isinstance(alert.action, Message) else {}
    asked = alert.text.id == "alert.flag-to-exclude"
    return message(
        "therapist-card.to-exclude" if asked else "therapist-card.to-be-seen",
        alarm=alert,
        who=action.get("who"),
        within=action.get("within"),
    )


def _techniques(card: PhysiotherapistCard, signal: Signal) -> Iterator[CardLine]:
    """The techniques of one signal, those together that have the same reason; those that no rule speaks of last."""
    together: dict[Message, list[int]] = {}
    for number, each in enumerate(card.techniques):
        if each.signal == signal:
            together.setdefault(_why(each.why), []).append(number)
    for why, numbers in sorted(together.items(), key=lambda pair: pair[0].id == "technique.no-rule"):
        techniques = [card.techniques[number] for number in numbers]
        therapies = tuple(each.therapy for each in techniques)
        yield CardLine(message("technique.line", therapies=therapies, why=why), tuple(techniques), signal)


def _why(why: Message | RestrictionState) -> Message:
    """Why a technique has its signal; of a restriction until when, and that it was lately done all the same."""
    if isinstance(why, Message):
        return why
    sessions = tuple(dict.fromkeys(session_message(breach.entry) for breach in why.breaches))
    return message(
        "technique.until" if why.restriction.until else "technique.for-good",
        until=why.restriction.until,
        sessions=sessions or None,
        days=tuple(dict.fromkeys(breach.day for breach in why.breaches)),
    )


def _flags(card: PhysiotherapistCard) -> Iterator[CardLine]:
    if card.always:
        yield CardLine(message("therapist-card.ambulance", flags=card.always), card.always)
    if card.hospital:
        yield CardLine(message("therapist-card.hospital", flags=card.hospital), card.hospital)
    if card.by_hand:
        yield CardLine(message("therapist-card.by-hand", flags=card.by_hand), card.by_hand)
    if card.refer:
        yield CardLine(message("therapist-card.refer", flags=card.refer), card.refer)


def _report(card: PhysiotherapistCard) -> Iterator[CardLine]:
    """What comes back: what was done, and what followed it."""
    review = card.page.review
    outcomes = _outcomes(review)
    yield CardLine(
        message(
            "therapist-card.report-back",
            outcomes=outcomes or None,
            hours=HOURS_AFTER,
        ),
        (*review.restrictions, card.page),
    )


def _outcomes(review: Review) -> tuple[Outcome, ...]:
    asked = (outcome for state in review.restrictions for outcome in state.restriction.ask_after)
    return tuple(dict.fromkeys(asked))


def _valid(card: PhysiotherapistCard) -> Iterator[CardLine]:
    until, review = card.valid.until, card.page.review
    says = message(
        "therapist-card.until", day=until, date=review.record.date_of(until), because=card.valid.because
    )
    yield CardLine(says, (card.valid,))
