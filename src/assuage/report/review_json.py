"""A review as plain values: the stable, documented object of `assuage review --json`."""

from __future__ import annotations

from math import isinf

from assuage.catalogue.read import Catalogue
from assuage.dynamics.effect import Effect
from assuage.engine.trace import GateReading, Part, Reading
from assuage.engine.walk import Stay
from assuage.pathways.actions import Extend, Perform, Start, Titrate
from assuage.pathways.model import Pathway
from assuage.record.timeline import Range
from assuage.review.disputes import dispute_message, pairs_in_dispute
from assuage.review.first_questions import FirstQuestion
from assuage.review.followed_scores import FollowedScore, ScoreOnDay
from assuage.review.model import GateState, PlanItem, RestrictionState, Review, Suspect
from assuage.review.visit import VisitPage
from assuage.safety.alerts import Alert
from assuage.safety.coverage import PairCoverage, pair_coverage
from assuage.safety.known import situation
from assuage.terms.sources import Basis, Fact, Source
from assuage.words.alerts import alerts_for, for_patient, reason_against
from assuage.words.evidence import statement_message
from assuage.words.gates import part_message
from assuage.words.instruments import scored_to_json
from assuage.words.reviews import breach_session, silent_days
from assuage.words.speak import ENGLISH, said_in
from assuage.words.visits import question_message

Plain = dict[str, object]
SCHEMA = "assuage-review/1"


def to_json(review: Review, speaking: Catalogue = ENGLISH) -> Plain:
    """The review as one object of strings, numbers, lists and objects, in a stable order of keys.

    The texts are in the language of `speaking`; every key, id, state and number is the same in each.
    """
    current = review.current
    return {
        "format": SCHEMA,
        **said_in(speaking),
        "patient": review.record.patient.id,
        "on": review.on,
        "date": None if (date := review.record.date_of(review.on)) is None else date.isoformat(),
        "pathway": None if review.pathway is None else _pathway(review.pathway, speaking),
        "phase": None if current is None else _phase(review, current, speaking),
        "stays": [_stay(stay, speaking) for stay in review.stays],
        "gates": [_gate_state(gate, speaking) for gate in review.gates],
        "plan": [_item(item, speaking) for item in review.plan],
        "withheld": [
            {
                "id": held.recommendation.id,
                "text": speaking.say(held.text),
                "reasons": [speaking.say(reason_against(speaking, reason)) for reason in held.reasons],
            }
            for held in review.withheld
        ],
        "unread": [speaking.say(need) for need in review.unread],
        "out_of_limits": [speaking.say(need) for need in review.out_of_limits],
        "against_refusal": [speaking.say(told) for told in review.against_refusal],
        "medication": [
            {
                "drug": episode.drug,
                "route": episode.latest.route,
                "since": episode.since,
                "last_confirmed": review.timeline.last_confirmed(episode, review.on),
                "doses": [
                    {"amount": dose.amount, "unit": dose.unit, "when": dose.when}
                    for dose in episode.latest.doses
                ],
            }
            for episode in review.running
        ],
        "restrictions": [_restriction(state, speaking) for state in review.restrictions],
        "alerts": [_alert(alert, speaking) for alert in alerts_for(speaking, review.alerts)],
        "pairs": pairs_to_json(pair_coverage(situation(review.timeline, review.on))),
        "criteria": {
            name: {
                **scored_to_json(result.scored, speaking),
                "as_of": result.as_of,
            }
            for name, result in review.criteria.items()
        },
        "suspected_triggers": [_suspect(suspect, speaking) for suspect in review.suspects],
        "missing": [
            {
                "what": speaking.say(open_question.what),
                "needed_for": speaking.value(open_question.needed_for, "semicolon"),
            }
            for open_question in review.missing
        ],
        "not_checked": [
            {"entry": entry.place, "day": entry.day, "word": word} for entry, word in review.not_checked
        ],
        "disputed": [
            {"entries": [entry.place, other.place], "what": speaking.say(dispute_message(entry, other))}
            for entry, other in pairs_in_dispute(review)
        ],
        "withdrawn": [
            {"entry": entry.place, "day": entry.day, "by": void.place, "because": void.because}
            for entry, void in review.timeline.withdrawals(review.on)
        ],
        "doubts": _facts(review.pathway.doubts if review.pathway else (), speaking),
        "notes": [speaking.say(note) for note in review.notes],
    }


def pairs_to_json(coverage: PairCoverage) -> Plain:
    """How many pairs there are, how many of them a rule knows, and what no rule of pairs names."""
    return {
        "all": coverage.pairs,
        "known": coverage.known,
        "in_no_pair_rule": [*coverage.unruled, *coverage.unread],
    }


def page_to_json(page: VisitPage, speaking: Catalogue = ENGLISH) -> Plain:
    """The review with what its first page adds: how the patient is, what to ask first, what is new, and silence."""
    return {
        **to_json(page.review, speaking),
        "scores": [_score(score, speaking) for score in page.scores],
        "questions": [_question(question, speaking) for question in page.questions],
        "since": page.since,
        "changes": [speaking.say(change) for change in page.changes],
        "silent_days": page.silent,
        "silence": None
        if page.silence is None
        else {"from": page.silence.first, "to": page.silence.last, "notes": page.silence.notes},
    }


def _score(score: FollowedScore, speaking: Catalogue) -> Plain:
    statement = score.statement
    return {
        "id": score.follow.id,
        "title": speaking.value(score.follow.naming),
        "scale": score.scale.code,
        "low": score.scale.low,
        "high": score.scale.high,
        "sites": [site.id for site in score.sites],
        "last": _on_day(score.last),
        "days_ago": score.days_ago,
        "at_entry": _on_day(score.at_entry),
        "since_entry": number_or_range(score.since_entry),
        "at_visit": _on_day(score.at_visit),
        "since_visit": number_or_range(score.since_visit),
        "weeks": [
            {"from": week.until - 6, "until": week.until, "rated": week.rated, "median": week.median}
            for week in score.weeks
        ],
        "symptom": None if statement is None else {"state": statement.state, "day": statement.day},
    }


def _on_day(score: ScoreOnDay | None) -> Plain | None:
    return None if score is None else {"day": score.day, "value": number_or_range(score.value)}


def _question(question: FirstQuestion, speaking: Catalogue) -> Plain:
    return {
        "kind": question.kind,
        "what": question.what,
        "text": speaking.say(question_message(question)),
        "decides": {"reassuring": question.reassuring, "alarming": question.alarming},
    }


def _pathway(pathway: Pathway, speaking: Catalogue) -> Plain:
    return {
        "id": pathway.id,
        "version": pathway.version,
        "title": speaking.value(pathway),
        "notice": speaking.value(pathway.first_words),
        "presumes": pathway.diagnosis.id if pathway.diagnosis else None,
    }


def _facts(facts: tuple[Fact, ...], speaking: Catalogue) -> list[Plain]:
    return [{"id": fact.id, "text": speaking.say(statement_message(fact))} for fact in facts]


def basis(source: Basis, speaking: Catalogue) -> Plain:
    """A source or a convention: `{key, text, doi, status}`."""
    if isinstance(source, Source):
        return {"key": source.key, "text": source.citation, "doi": source.doi, "status": source.status.value}
    return {"key": source.key, "text": speaking.value(source), "doi": None, "status": "ours"}


def basis_in_words(source: Basis, numbers: tuple[Basis, ...]) -> str:
    """`CASE; numbers: dworkin2008, ours`."""
    return f"{source.key}; numbers: {', '.join(each.key for each in numbers)}" if numbers else source.key


def number_or_range(value: Range | None) -> object:
    """A number, `{low, high}` for a range (high null where there is no upper end), or null when unknown."""
    if value is None:
        return None
    low, high = round(value.low, 4), None if isinf(value.high) else round(value.high, 4)
    return low if value.exact else {"low": low, "high": high}


def _phase(review: Review, stay: Stay, speaking: Catalogue) -> Plain:
    return {
        "id": stay.phase.id,
        "title": speaking.value(stay.phase),
        "aim": speaking.value(stay.phase.purpose),
        "since": stay.entered,
        "silent_days": silent_days(review, stay),
        "by": stay.by,
        "because": stay.decision.because if stay.decision else None,
        "held": review.walk is not None and review.walk.held is not None,
    }


def _stay(stay: Stay, speaking: Catalogue) -> Plain:
    gates = [_gate(reading, speaking) for reading in stay.gates]
    return {
        "phase": stay.phase.id,
        "entered": stay.entered,
        "left": stay.left,
        "by": stay.by,
        "decision": stay.decision.do if stay.decision else None,
        "because": stay.decision.because if stay.decision else None,
        "gate": ("open" if all(gate.state == "open" for gate in stay.gates) else "shut")
        if stay.gates
        else None,
        "gates": gates,
    }


def _gate(reading: GateReading, speaking: Catalogue) -> Plain:
    return {
        "id": reading.gate.id,
        "title": speaking.value(reading.gate),
        "state": reading.state,
        "shut_by": [standing.flag.id for standing in reading.shut_by],
        "criteria": [_reading(criterion, speaking) for criterion in reading.criteria],
    }


def _gate_state(state: GateState, speaking: Catalogue) -> Plain:
    return {**_gate(state.reading, speaking), "leads": state.leads, "to": state.to.id}


def _reading(reading: Reading, speaking: Catalogue) -> Plain:
    criterion = reading.criterion
    return {
        "id": criterion.id,
        "title": speaking.value(criterion),
        "answer": reading.answer.value,
        "because": speaking.value(criterion.reason),
        "basis": basis_in_words(criterion.source, criterion.number_bases),
        "value": number_or_range(reading.value),
        "needs": [speaking.say(need) for need in reading.needs],
        "source": basis(criterion.source, speaking),
        "numbers": [basis(number_basis, speaking) for number_basis in criterion.number_bases],
        "parts": [_part(part, speaking) for part in reading.parts],
    }


def _part(part: Part, speaking: Catalogue) -> Plain:
    return {
        "text": speaking.value(part_message(part)),
        "answer": part.answer.value,
        "depth": part.depth,
        "value": number_or_range(part.value),
        "needs": [speaking.say(need) for need in part.needs],
    }


def _item(item: PlanItem, speaking: Catalogue) -> Plain:
    recommendation = item.recommendation
    action = recommendation.action
    values: Plain = {
        "id": recommendation.id,
        "do": item.do,
        "what": item.what,
        "text": speaking.say(item.text),
        "when": speaking.say(item.when),
        "state": item.state,
        "because": speaking.value(recommendation.reason),
        "source": basis(recommendation.source, speaking),
        "numbers": [basis(number_basis, speaking) for number_basis in recommendation.number_bases],
        "by": recommendation.by.value,
        "guideline": {
            "name": recommendation.advice.guideline.title,
            "says": speaking.value(recommendation.advice),
            "direction": recommendation.advice.direction,
            "strength": recommendation.advice.strength,
            "status": recommendation.advice.status.value,
        },
        "claim": None,
        "caution": speaking.value(recommendation.warning) if recommendation.warning else None,
        "needs": [speaking.say(need) for need in item.needs],
        "beside": [speaking.say(each) for each in item.beside],
        "decided": None if item.decided is None else item.decided.place,
        "despite": [speaking.say(reason_against(speaking, each)) for each in item.despite],
        "criterion": None if item.reading is None else _reading(item.reading, speaking),
        "safe": None if item.safe is None else _reading(item.safe, speaking),
    }
    if recommendation.claim:
        claim = recommendation.claim
        values["claim"] = {
            "mechanism": claim.mechanism.value,
            "says": speaking.value(claim),
            "for": _facts(claim.evidence_for, speaking),
            "against": _facts(claim.evidence_against, speaking),
        }
    match action:
        case Start(doses=doses):
            values["doses"] = [
                {"amount": dose.amount, "unit": dose.unit, "when": dose.when} for dose in doses
            ]
        case Titrate(by=by, every=every, up_to=up_to):
            values["by_dose"] = {"amount": by.amount, "unit": by.unit}
            values["every_days"] = every.days
            values["up_to"] = {"amount": up_to.amount, "unit": up_to.unit}
        case Perform(at=at, every=every, times=times, injects=injects):
            values["sites"] = [site.id for site in at]
            values["every_days"] = every.days
            values["times"] = times
            values["injects"] = None if injects is None else [drug.id for drug in injects.drugs]
        case Extend(to=to, injects=injects):
            values["to"] = to.id
            values["injects"] = None if injects is None else [drug.id for drug in injects.drugs]
        case _:
            pass
    return values


def _restriction(state: RestrictionState, speaking: Catalogue) -> Plain:
    restriction = state.restriction
    return {
        "id": restriction.id,
        "what": speaking.value(restriction.therapy),
        "in_force": state.in_force,
        "because": speaking.value(restriction.reason),
        "source": basis(restriction.source, speaking),
        "includes": sorted(restriction.therapy.members - {restriction.therapy.id}),
        "until": None if state.until is None else _reading(state.until, speaking),
        "breaches": [
            {
                "day": breach.day,
                "what": speaking.say(breach_session(breach)),
                "entry": breach.entry.place,
                "sure": breach.sure,
            }
            for breach in state.breaches
        ],
        "doubts": _facts(restriction.doubts, speaking),
    }


def _alert(alert: Alert, speaking: Catalogue) -> Plain:
    return {
        "id": alert.id,
        "tier": alert.tier,
        "severity": alert.severity,
        "text": speaking.value(for_patient(alert) if speaking.reader == "patient" else alert.text),
        "because": speaking.value(alert.because),
        "action": None if alert.action is None else speaking.value(alert.action),
        "sources": [basis(source, speaking) for source in alert.sources],
        "entries": list(alert.entries),
        "status": alert.status.value,
        "caution": None if alert.caution is None else speaking.say(alert.caution),
        "count": alert.count,
        "subject": alert.subject or None,
        "rules": list(alert.rules),
        "details": [speaking.value(detail) for detail in alert.details],
    }


def _suspect(suspect: Suspect, speaking: Catalogue) -> Plain:
    scale = suspect.naranjo
    return {
        "exposure": suspect.exposure,
        "outcome": suspect.outcome,
        "exposed": suspect.exposed,
        "flared": suspect.flared,
        "unanswered": suspect.unanswered,
        "unexposed": suspect.unexposed,
        "unexposed_flared": suspect.unexposed_flared,
        "chance": round(suspect.chance, 6),
        "days": list(suspect.days),
        "naranjo": {
            "score": scale.score,
            "category": scale.category,
            "low": scale.low,
            "high": scale.high,
            "categories": list(scale.categories),
            "answers": {item: given.value for item, given in scale.answers.items()},
            "reasons": {item: speaking.say(why) for item, why in scale.reasons.items()},
            "open": list(scale.open_items),
        },
        "who_umc": suspect.who_umc.value,
        "answer": suspect.answer.value,
        "text": speaking.say(suspect.text),
        "standing": None if suspect.standing is None else speaking.say(suspect.standing),
        "effect": None
        if suspect.effect is None or suspect.effect.estimate is None
        else _effect(suspect.effect),
        "doubts": [speaking.value(doubt) for doubt in suspect.doubts],
    }


def _effect(effect: Effect) -> Plain:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 2)

    return {
        "state": effect.state,
        "estimate": rounded(effect.estimate),
        "low": rounded(effect.low),
        "high": rounded(effect.high),
        "p_gt_0": rounded(effect.p_gt_0),
        "p_gt_1": rounded(effect.p_gt_1),
        "lfsr": rounded(effect.lfsr),
        "exposed": effect.exposed,
        "flags": list(effect.flags),
    }
