"""What stands on the visit page, as messages: alarms with what to do, scores, the stay and its gate, questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from textwrap import shorten
from typing import cast

from msgspec.structs import replace

from assuage.catalogue.message import Message, Wording, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.engine.trace import Reading
from assuage.engine.walk import Stay
from assuage.pathways.actions import Extend, Perform
from assuage.record.entries import AdverseEventEntry, AnyEntry, DiagnosisEntry, FindingEntry, SymptomEntry
from assuage.record.observations import Range
from assuage.review.alerts import RECENT
from assuage.review.first_questions import FirstQuestion
from assuage.review.followed_scores import NOT_RATED_SINCE, FollowedScore
from assuage.review.model import PlanItem, RestrictionState, Review, Withheld
from assuage.review.silence import Silence
from assuage.review.standing import AnyStanding
from assuage.review.visit import VisitPage
from assuage.safety.alerts import Alert, conditions_as_one
from assuage.safety.known import checked_names
from assuage.terms.answers import ANSWER_OF_STATE, NO
from assuage.terms.names import folded
from assuage.terms.red_flags import DAYS_TO_ACT, RED_FLAGS, RedFlag
from assuage.words.alerts import reason_against
from assuage.words.measures import places_message
from assuage.words.patients import for_a_patient
from assuage.words.reviews import session_message
from assuage.words.speak import ENGLISH

# What somebody looked at and found well, or that is gone.
FOUND_WELL = frozenset(state for state, answer in ANSWER_OF_STATE.items() if answer is NO) | {"resolved"}
UNREAD_NAMED = 3  # words that no rule reads, on the page (the rest is counted)
EXAMINED_DAYS = 28  # that long a sign of an examination that no rule reads is named on the page (ours)
UNREAD_LETTERS = 40  # of each of them; it stands below in full
_TELLS_OF_A_STATE = SymptomEntry | FindingEntry | AdverseEventEntry | DiagnosisEntry
_UNREAD_DRUG = "need.unread-drug"
WAITS = 2  # criteria that a gate waits for, on the page (the rest is counted)


def nothing_stops_message(review: Review) -> Message:
    """That nothing known stops today, with what was told and no rule reads: no all-clear.

    An emergency that something recorded asks to exclude stands in its place: until it is, nothing is clear.
    """
    words = _unread_words(review)
    urgent = tuple(
        RED_FLAGS[each] for each in sorted(flags_to_exclude(review)) if _cannot_wait(RED_FLAGS[each])
    )
    if urgent:
        who, within = message(f"flag.who-{urgent[0].who}"), message("flag.within-now")
        by = message("visit.by", who=who, within=within, late=None)
        return message("visit.exclude-first", flags=urgent, by=by, **words)
    return message("visit.nothing-stops-unread", **words) if words else message("visit.nothing-stops")


def out_of_limits_message(review: Review) -> Message | None:
    """The numbers that are far out, together, with what that forbids and who looks at them; None without any."""
    numbers = tuple(
        message("visit.number-of-day", what=need.value("what"), day=need.value("day"))
        for need in review.out_of_limits
    )
    return message("visit.out-of-limits", numbers=numbers) if numbers else None


def unread_beside_stops(review: Review) -> Message | None:
    """What was told and no rule reads, where something else stops; None where every word is read or told already."""
    words = _unread_words(review)
    return message("visit.also-unread", **words) if words else None


def _is_examined(entry: AnyEntry) -> bool:
    """Whether it is what somebody found by hand or eye, which the next examination may find gone."""
    return isinstance(entry, FindingEntry) and entry.method == "examination"


def _unread_words(review: Review) -> dict[str, object]:
    """The words since day 0 that no rule reads, nobody found well since and no clinician checked: the latest first.

    What was found before the record began is history, and stands below. A word does not lapse: as long as nobody says
    that it is gone, it may be what no rule could have asked about.
    """
    told_apart = {each.value("what") for each in review.unread if dict(each.values).get("what")}
    latest: dict[str, tuple[AnyEntry, str]] = {}
    for entry, word in review.not_checked:
        latest[folded(word)] = (entry, word)
    free = checked_names(review.timeline, review.on)
    words = [
        (entry.day, word)
        for name, (entry, word) in latest.items()
        if isinstance(entry, _TELLS_OF_A_STATE)
        and entry.day >= 0
        and not (_is_examined(entry) and review.on - entry.day > EXAMINED_DAYS)
        and getattr(entry, "state", None) not in FOUND_WELL
        and name not in free
        and word not in told_apart
        and not _is_of_the_pathway(review, entry)
    ]
    if not words:
        return {}
    words.sort(key=lambda each: -each[0])
    return {
        "words": tuple(shorten(word, UNREAD_LETTERS, placeholder=" …") for _, word in words[:UNREAD_NAMED]),
        "more": len(words[UNREAD_NAMED:]) or None,
    }


def _is_of_the_pathway(review: Review, entry: AnyEntry) -> bool:
    """Whether an entry is the diagnosis that the pathway is for: no rule of safety reads it, but the pathway does."""
    presumed = review.pathway.diagnosis if review.pathway is not None else None
    if presumed is None or not isinstance(entry, DiagnosisEntry):
        return False
    return presumed.is_named(entry.what, entry.code, entry.system)


def stop_message(speaking: Catalogue, alert: Alert, page: VisitPage) -> Message:
    """What must stop, and what to do about it; what a patient is told says both.

    Of the action what follows a colon is left out here: it says how, and stands below. A flag whose reason begins with
    its own name is told by the reason.
    """
    if for_a_patient(speaking):
        return message("visit.stop", new=None, alarm=alert, action=None, by=None)
    new = message("visit.new", day=page.since) if alert.cause in page.new_stops else None
    action, by = action_in_short(speaking, alert, page.review.on)
    return message("visit.stop", new=new, alarm=_alarm(alert), action=action, by=by)


def stop_messages(speaking: Catalogue, alerts: Iterable[Alert], page: VisitPage) -> Iterator[Message]:
    """What must stop, a message each; one drug that several conditions stop for the same reason to act is told once."""
    together: dict[object, list[Alert]] = {}
    for alert in alerts:
        key: object = alert.cause
        if alert.text.id == "alert.condition" and not for_a_patient(speaking):
            values = dict(alert.text.values)
            action, by = action_in_short(speaking, alert, page.review.on)
            new = alert.cause in page.new_stops
            key = (str(values["drugs"]), values.get("number"), str(action), str(by), new)
        together.setdefault(key, []).append(alert)
    for first, *others in together.values():
        yield stop_message(speaking, conditions_as_one(first, *others), page)


def action_in_short(speaking: Catalogue, alert: Alert, on: int) -> tuple[Sentence | None, Message | None]:
    """What to do as far as a first page has it, and of a flag who does it, how soon, and whether that is past."""
    action, by = alert.action, None
    if isinstance(action, Message) and action.id == "flag.action":
        values = dict(action.values)
        action = cast("Wording", values["action"])
        late = message("visit.overdue") if _is_overdue(alert, on) else None
        by = message("visit.by", who=values["who"], within=values["within"], late=late)
    elif alert.tier == "stop" and alert.text.id == "alert.stopped-at-once":
        now = message("flag.within-now")
        by = message("visit.by", who=message("flag.who-hospital"), within=now, late=None)
    elif alert.tier == "stop":
        held = next((each for each in alert.details if each.id == "alert.not-at-once"), None)
        by = message("visit.by-clinician", who=message("flag.who-clinician"), held=held)
    return (None if action is None else _until_colon(speaking.value(action))), by


def _is_overdue(alert: Alert, on: int) -> bool:
    """Whether the time in which somebody was to act has passed since the flag was last told of."""
    because = dict(alert.text.values).get("because")
    told = dict(because.values).get("day") if isinstance(because, Message) else None
    return isinstance(told, int) and on - told > DAYS_TO_ACT[RED_FLAGS[alert.id].within]


def _alarm(alert: Alert) -> Alert:
    """The alert; without the name of its flag where the reason begins with it. English decides, for every language."""
    values = dict(alert.text.values)
    if alert.text.id != "alert.flag":
        return alert
    name, because = ENGLISH.value(values["flag"]), ENGLISH.value(values["because"])
    named = because.casefold().split()[:2] == name.casefold().split()[:2]
    return replace(alert, text=cast("Message", values["because"])) if named else alert


def _until_colon(text: Sentence) -> Sentence:
    at = text.find(":")
    return text if at < 0 else text.first(at)


def score_title(score: FollowedScore) -> Message:
    """What a score is of, with the scale where it is not the one that the phase follows first."""
    scale = score.scale if score.scale is not score.follow.scales[0] else None
    return message("visit.score-title", title=score.follow.naming, scale=scale)


def score_message(score: FollowedScore) -> Message:
    """Its last value and day, what has changed, and the word on the symptom where it is younger."""
    last = score.last
    rated = None
    if last is not None:
        late = score.days_ago is not None and score.days_ago >= NOT_RATED_SINCE
        rated = message(
            "visit.rated-late" if late else "visit.rated",
            value=_value(last.value),
            high=score.scale.high,
            day=last.day,
            entry=_change(score.since_entry),
            visit=_change(score.since_visit) if score.at_visit != score.at_entry else None,
            visited=score.at_visit.day if score.at_visit else None,
        )
    return message("visit.score", rated=rated, symptom=_symptom(score))


def told_messages(scores: Iterable[FollowedScore]) -> Iterator[Message]:
    """The words on symptoms where there is no number: those that say the same of the same day together."""
    together: dict[Message, list[Wording | Message]] = {}
    for score in scores:
        symptom = _symptom(score)
        if symptom is not None:
            together.setdefault(symptom, []).append(score.follow.naming)
    for symptom, titles in together.items():
        yield message("visit.told", titles=tuple(titles), symptom=symptom)


def _symptom(score: FollowedScore) -> Message | None:
    statement = score.statement
    if statement is None:
        return None
    return message("visit.symptom", state=message(f"visit.symptom-{statement.state}"), day=statement.day)


def is_told(score: FollowedScore) -> bool:
    """Whether there is anything to tell of a score: a value, or a word on the symptom."""
    return score.last is not None or score.statement is not None


def nothing_rated_message(scores: Sequence[FollowedScore]) -> Message:
    """That none of the numbers of the phase was ever rated."""
    return message("visit.rated-nothing", titles=tuple(score.follow.naming for score in scores))


def not_told_message(silence: Silence, on: int) -> Message:
    """Of which days nothing was told, or nothing but notes: up to the day by their number, else from when to when."""
    if silence.last == on:
        return message("visit.silent-but-notes" if silence.notes else "visit.silent", days=silence.days)
    return message(
        "visit.silent-between-but-notes" if silence.notes else "visit.silent-between",
        first=silence.first,
        last=silence.last,
    )


def _value(value: Range) -> Message:
    if value.exact:
        return message("visit.value", value=value.low)
    return message("visit.value-between", low=value.low, high=value.high)


def _change(value: Range | None) -> Message | None:
    if value is None:
        return None
    if value.exact:
        return message("visit.change", value=value.low) if value.low else message("visit.unchanged")
    return message("visit.change-between", low=value.low, high=value.high)


def to_confirm_message(needs: Sequence[Message]) -> Message:
    """Which drugs are to be asked about, because nobody has long said that they are taken, in one question."""
    days = sorted(int(str(need.value("day"))) for need in needs)
    return message(
        "visit.to-confirm",
        drugs=tuple(need.value("drug") for need in needs),
        day=days[0],
        until=days[-1] if days[-1] > days[0] else None,
    )


def where_message(review: AnyStanding, stay: Stay) -> Message:
    """The phase, since when, and by whom."""
    by = None if stay.from_the_start else message("visit.by-gate")
    if stay.decision is not None:
        by = message("visit.by-patient" if stay.decision.by == "patient" else "visit.by-decision")
    return message(
        "visit.where",
        phase=stay.phase,
        day=stay.entered,
        by=by,
    )


def gate_message(review: AnyStanding) -> Message | None:
    """What the gate on waits for, in one line; None where nothing leads on."""
    onward = [gate for gate in review.gates if gate.leads == "on"]
    if not onward:
        return None
    is_open = all(gate.reading.state == "open" for gate in onward)
    flags = tuple(dict.fromkeys(each.flag for gate in onward for each in gate.reading.shut_by))
    waits = (
        *((message("visit.wait-flag"),) if flags else ()),
        *(_waiting(each) for gate in onward for each in gate.reading.not_met),
        *(_waiting(each) for gate in onward for each in gate.reading.unknown),
    )
    return message(
        "visit.gate-open" if is_open else "visit.gate",
        phase=onward[0].to,
        waits=waits[:WAITS],
        more=len(waits[WAITS:]) or None,
    )


def _waiting(reading: Reading) -> Message:
    return message("visit.wait-criterion", criterion=reading.criterion)


def short_message(item: PlanItem) -> Message:
    """A recommendation as short as it can be told: of sessions what and where, the rest stands below."""
    match item.recommendation.action:
        case Perform(therapy=therapy, at=sites):
            return message("visit.sessions", therapy=therapy, places=places_message(sites))
        case _:
            return item.text


def unread_messages(needs: Iterable[Message]) -> Iterator[Message]:
    """What is to be looked at before anything is begun; the drugs that no rule knows together, each by its name."""
    needs = tuple(needs)
    drugs = [need for need in needs if need.id == _UNREAD_DRUG]
    for need in needs:
        if need.id != _UNREAD_DRUG or len(drugs) == 1:
            yield message("visit.unread", need=need)
        elif need == drugs[0]:
            yield message("visit.unread-drugs", drugs=tuple(each.value("word") for each in drugs))


def withheld_messages(speaking: Catalogue, page: VisitPage, reasons: int) -> Iterator[Message]:
    """What the phase recommends and must not be done, with the first reasons, the rest counted.

    What is withheld for the same reasons is told together, and a reason that stands among what stops is not told twice.
    """
    stops = {alert.cause for alert in page.stops}
    together: dict[tuple[Message | Alert, ...], dict[Message, None]] = {}
    for withheld in page.review.withheld:
        told = dict.fromkeys(_reason(speaking, reason, stops) for reason in withheld.reasons)
        together.setdefault(tuple(told), {})[_withheld(withheld)] = None
    for told, texts in together.items():
        yield message(
            "visit.withheld", texts=tuple(texts), reasons=told[:reasons], more=len(told[reasons:]) or None
        )


def _withheld(withheld: Withheld) -> Message:
    """What is withheld; of a therapy its name: where and how often does not matter as long as it is not done."""
    match withheld.recommendation.action:
        case Perform(therapy=therapy) | Extend(therapy=therapy):
            return message("visit.sessions", therapy=therapy, places=None)
        case _:
            return withheld.text


def _reason(speaking: Catalogue, reason: Message, stops: Collection[tuple[str, str]]) -> Message | Alert:
    """The reason; of an alert without its id, which stands below."""
    alert = dict(reason.values).get("alert")
    if not isinstance(alert, Alert) or for_a_patient(speaking):
        return reason_against(speaking, reason)
    if alert.cause in stops:
        return message("visit.see-stop")
    values = dict(alert.text.values)
    if reason.id == "withheld.alert" and alert.text.id == "alert.condition" and _is_one(values["drugs"]):
        # What is withheld stands before it.
        return message("visit.because-of", condition=values["condition"], number=values.get("number"))
    return alert if reason.id == "withheld.alert" else reason


def _is_one(value: object) -> bool:
    return not isinstance(value, tuple) or len(cast("tuple[object, ...]", value)) == 1


def leave_message(state: RestrictionState, on: int, to_patient: bool) -> Message:
    """What is to be left alone: until when, and that it was lately done all the same; for a patient why."""
    therapy = state.restriction.therapy
    if to_patient:
        return message(
            "leave.in-force", therapy=therapy, parts=therapy.parts, because=state.restriction.reason
        )
    lately = [breach for breach in state.breaches if on - breach.day <= RECENT]
    days = dict.fromkeys(breach.day for breach in lately)
    sessions = dict.fromkeys(session_message(breach.entry) for breach in lately)
    return message(
        "visit.leave",
        therapies=therapy.parts or (therapy,),
        until=state.until.criterion if state.until else None,
        sessions=tuple(sessions) or None,
        days=tuple(days),
    )


def _cannot_wait(flag: RedFlag) -> bool:
    return flag.within == "now"


def flags_to_exclude(review: Review) -> frozenset[str]:
    """The ids of the flags that something recorded asks to exclude."""
    asks = (alert.text for alert in review.alerts if alert.text.id == "alert.flag-to-exclude")
    return frozenset(cast("RedFlag", text.value("flag")).id for text in asks)


def question_message(
    question: FirstQuestion,
    told: Collection[str] = (),
    flags: int | None = None,
    to_exclude: Collection[str] = (),
) -> Message:
    """A question as it is asked; of a check the first `flags` that are not `told` already, the rest counted.

    Of the flags that something recorded asks `to_exclude`, one that cannot wait is asked for as such.
    """
    if question.kind != "check":
        return message(f"question.as-{question.kind}", what=question.title)
    # What something recorded asks to exclude comes first.
    asked = sorted(question.what.split(), key=lambda each: each not in to_exclude)
    named = [each for each in asked if each not in told][:flags] or asked[:flags]
    flags_asked = tuple(RED_FLAGS[each] for each in named)
    if any(flag.id in to_exclude and _cannot_wait(flag) for flag in flags_asked):
        return message("question.flag-now", flags=flags_asked, more=len(asked) - len(named) or None)
    return message("question.flag-check", flags=flags_asked, more=len(asked) - len(named) or None)
