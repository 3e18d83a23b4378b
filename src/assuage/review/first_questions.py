"""What to ask today, first what decides most: each question is tried with both of its answers.

What is open on a day is every proposal that is only asked, every criterion of a gate that nobody can answer, every red
flag that stands, and everything not recorded or to be judged about what is taken. A question is worth what of it is
decided by the one answer and by the other together; an answer may decide by forbidding as well as by allowing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, cast

from msgspec import Struct

from assuage.catalogue.message import Message, Wording, message
from assuage.engine.walk import Walk
from assuage.record.decided_entries import ConsentEntry, RedFlagEntry
from assuage.record.entries import AnyEntry, FindingEntry, SymptomEntry
from assuage.record.timeline import Timeline
from assuage.review.baseline import MEASUREMENT_CALLED, MEASUREMENT_WORDINGS, Asked, asked_for, named_in
from assuage.review.first_looked_at import told_beside_taken
from assuage.review.model import GateState, PlanItem, Review
from assuage.review.still_open import OpenOfPathway, OpenOfSafety, changed_conditions
from assuage.safety.active_flags import FLAG_OF_CONDITION, active_flags
from assuage.safety.alerts import Alert, as_grave_as, conditions_as_one
from assuage.safety.flag_alerts import flag_questions
from assuage.safety.formulary import CONDITION_RULES
from assuage.safety.known import situation
from assuage.safety.questions import MEASURES, TOPIC_OF, TOPICS, open_contraindications, topic_title
from assuage.safety.rules import ConditionRule
from assuage.safety.situation import Situation
from assuage.terms.red_flags import RED_FLAGS, RedFlag

Kind = Asked | Literal["check", "judgement"]
# A danger that may be there comes before what could forbid a proposal (ours).
_FIRST: tuple[Kind, ...] = ("check", "judgement", "consent", "measurement", "symptom", "finding")
# These needs are met by the answer to a question of another kind, or by a diary and not by an answer.
_ANSWERED_OTHERWISE = frozenset(
    {
        "need.contraindications",
        "need.finding",
        "need.finding-again-absent",
        "need.finding-again-present",
        "need.symptom",
        "need.flag-cleared",
        "need.flag-check",
        "need.flag-at-that-age",
        "need.as-asked",
        "need.unread-drug",
        "need.unread-allergy",
        "need.unread-finding",
        "need.number-out-of-limits",
        "need.scores",
        "need.scores-on-days",
        "need.baseline",
        "need.around-exposure",
    }
)
# What somebody told and a person looks at.
_TOLD = frozenset({"need.unread-finding", "need.flag-at-that-age"})
# Whoever gives a list of what is taken has answered this as well, and is asked where the list leaves it open.
_SAID_BY_A_LIST = frozenset({"on_anticoagulant"})
_RULE_OF = {rule.id: rule for rule in CONDITION_RULES}
_CONDITIONS_OF = {topic: conditions for topic, _, conditions in TOPICS}


class FirstQuestion(Struct, frozen=True):
    """Something to ask today, and how many open answers each of its two answers would decide.

    `kind` is what answers it: an entry of that kind, a check of red flags, or a person's judgement. `what` is the id
    of it, as an entry names it; of a judgement the id of the sentence. `reassuring` and `alarming` are the counts.
    `grave` is what may be a danger today: a check of red flags, a major alert about what is taken, and what was told
    and may speak against what is taken or proposed.
    """

    kind: Kind
    what: str
    title: Message | Wording | str
    reassuring: int
    alarming: int
    grave: bool = False

    @property
    def decides(self) -> int:
        """What the two answers decide together; the order of the questions."""
        return self.reassuring + self.alarming


def first_questions(review: Review) -> tuple[FirstQuestion, ...]:
    """The questions of the day: first what may be a danger today, then what decides most; none that decides nothing."""
    walked, timeline, day, planned = review.walk, review.timeline, review.on, review.plan
    here = situation(timeline, day)
    of_pathway = None if walked is None else OpenOfPathway.on(walked, day, review.admitted, planned)
    of_safety = OpenOfSafety.on(timeline, day)
    questions = [*_told(review), *_judgements(planned, review.gates, review.alerts)]
    until_today = laid_out_until(timeline, day)  # an answer of today is its last entry
    asked = _distinct(_of_pathway(walked, timeline, day, planned, review.gates))
    only_taken = _distinct((*asked, *_of_what_is_taken(here)))[len(asked) :]
    for number, (kind, what, title) in enumerate((*asked, *only_taken)):
        decided: list[int] = []
        for good in (True, False):
            longer = until_today.with_entries(answering_entries(kind, what, day, good=good))
            then = situation(longer, day)
            changed = changed_conditions(here, then) if kind in ("finding", "measurement") else None
            closed = of_safety.closed_by(longer, then, changed)
            # What neither the plan nor a gate asks for changes neither.
            if of_pathway is not None and number < len(asked):
                closed += of_pathway.closed_by(longer, changed)
            decided.append(closed)
        questions.append(FirstQuestion(kind, what, title, *decided, grave=kind == "check"))
    listed = any(question.what == "need.medication-list" for question in questions)
    worth = [
        question
        for question in questions
        if question.decides and not (listed and question.what in _SAID_BY_A_LIST)
    ]
    return tuple(sorted(worth, key=lambda each: (not each.grave, -each.decides, _FIRST.index(each.kind))))


# --- the questions ----------------------------------------------------------------------------------

Titled = tuple[Kind, str, Message | Wording | str]


def _distinct(questions: Iterable[Titled]) -> tuple[Titled, ...]:
    """Each question once; a condition that is a red flag in other words is asked by the check of the flag."""
    seen: set[tuple[Kind, str]] = set()
    once: list[Titled] = []
    for kind, what, title in questions:
        if (kind, what) not in seen:
            seen.add((kind, what))
            if kind == "check":
                flags = what.split()
                seen |= {("finding", told) for told, flag in FLAG_OF_CONDITION.items() if flag in flags}
            once.append((kind, what, title))
    return tuple(once)


def _of_pathway(
    walked: Walk | None,
    timeline: Timeline,
    day: int,
    planned: Sequence[PlanItem],
    gates: Sequence[GateState],
) -> Iterator[Titled]:
    """What an entry answers: a check of flags, and what the form asks for today's proposals and gates."""
    flags = _flags_to_check(timeline, day, planned)
    if flags:
        yield "check", " ".join(flags), message("question.check")
    if walked is not None:
        view = walked.view(day)
        for item in planned:
            if item.state == "ask":
                for kind, what, title in asked_for(view, item.recommendation):
                    yield _joint(kind, what, title)
        criteria = [
            reading.criterion for gate in gates if gate.leads == "on" for reading in gate.reading.unknown
        ]
        symptoms, conditions = named_in(view, criteria)
        for symptom in symptoms:
            yield "symptom", symptom.id, symptom.wording
        for condition in conditions:
            yield _joint("finding", condition.id, condition.wording)


def _of_what_is_taken(here: Situation) -> Iterator[Titled]:
    """What nobody recorded and could forbid what is taken today."""
    for topic, title in open_contraindications(here).items():
        yield _joint("finding", next(iter(_CONDITIONS_OF.get(topic, (topic,)))), title)


def _joint(kind: Asked, what: str, title: Message | Wording | str) -> Titled:
    """A condition as the question that settles it, where one settles several (the trimesters of a pregnancy).

    What is measured is a question for the laboratory and not for the patient.
    """
    topic = TOPIC_OF.get(what) if kind == "finding" else None
    if topic is None:
        return kind, what, title
    measured = next((gap for gap, told in MEASURES.items() if set(topic[2]) <= set(told)), None)
    if measured is None:
        return kind, topic[0], topic_title(topic)
    return "measurement", MEASUREMENT_CALLED[measured], MEASUREMENT_WORDINGS[measured]


def _flags_to_check(timeline: Timeline, day: int, planned: Sequence[PlanItem]) -> tuple[str, ...]:
    """The flags that stand, that are to be excluded, and that a proposal asks a check of, each once."""
    named = [active.flag.id for active in active_flags(timeline, day)]
    named += [alert.id for alert in flag_questions(timeline, day)]
    needs = [need for item in planned for need in item.needs]
    for need in needs:
        if need.id == "need.flag-check":
            flags = cast("tuple[RedFlag, ...]", dict(need.values)["flags"])
            named += [flag.id for flag in flags]
    return tuple(dict.fromkeys(each for each in named if each in RED_FLAGS))


def _told(review: Review) -> Iterator[FirstQuestion]:
    """What somebody told and may speak against what is taken or proposed, but for what stands above the questions."""
    taken = told_beside_taken(review.timeline, review.on)
    waiting: dict[Message, list[PlanItem]] = {need: [] for need in taken}
    for item in review.plan:
        for need in item.needs:
            if need.id in _TOLD:
                waiting.setdefault(need, []).append(item)
    told_otherwise = _told_otherwise(review)
    for need, items in waiting.items():
        told = (str(need.value("what")), need.value("day"))
        if need not in review.looked_at_first and told not in told_otherwise:
            here = need in taken
            alone = sum(item.needs == (need,) for item in items)
            yield FirstQuestion("judgement", need.id, need, alone + here, len(items) + here, grave=True)


def _told_otherwise(review: Review) -> frozenset[tuple[str, object]]:
    """The words, each with its day, of which a red flag that stands or a dispute asks already."""
    flagged = {place for active in active_flags(review.timeline, review.on) for place in active.entries}
    places = flagged | review.timeline.record.disputes.keys()
    entries = (entry for entry in review.timeline.record.current if entry.place in places)
    return frozenset((word, entry.day) for entry in entries for word, _ in entry.named)


def _judgements(
    planned: Sequence[PlanItem], gates: Sequence[GateState], alerts: Iterable[Alert]
) -> Iterator[FirstQuestion]:
    """What no entry of its own answers: a person's word decides each proposal that waits for it.

    A word against it decides all of them; one for it those that wait for nothing else.
    """
    waiting: dict[Message, list[PlanItem]] = {}
    for item in planned:
        for need in item.needs:
            if need.id not in _ANSWERED_OTHERWISE and not _answered(_rule_of(need)):
                waiting.setdefault(need, []).append(item)
    for need, items in waiting.items():
        alone = sum(item.needs == (need,) for item in items)
        yield FirstQuestion("judgement", need.id, need, alone, len(items))
    for gate in gates:
        for reading in gate.reading.unknown if gate.leads == "on" else ():
            for need in reading.needs:
                if need.id not in _ANSWERED_OTHERWISE:
                    yield FirstQuestion("judgement", need.id, need, int(reading.needs == (need,)), 1)
    for group in _judged_together(alerts):
        grave = as_grave_as(group[0].severity, "major")
        judged = _to_judge(conditions_as_one(*group))
        yield FirstQuestion("judgement", group[0].id, judged, len(group), len(group), grave)


def _judged_together(alerts: Iterable[Alert]) -> Iterable[Sequence[Alert]]:
    """The alerts a person judges; what several conditions say of one drug, with the same to do, is one judgement."""
    groups: dict[object, list[Alert]] = {}
    for alert in alerts:
        # What no rule reads stands above the questions, with what settles it.
        told = alert.id in RED_FLAGS or alert.id.startswith(("ask-", "breach-")) or alert.id == "not-checked"
        if alert.tier == "ask" and not told and not _answered(_RULE_OF.get(alert.id)):
            key: object = alert.cause
            if alert.text.id == "alert.condition":
                values = dict(alert.text.values)
                action = alert.action.english if isinstance(alert.action, Wording) else alert.action
                key = (values["drugs"], values.get("number"), action, alert.severity)
            groups.setdefault(key, []).append(alert)
    return groups.values()


def _to_judge(alert: Alert) -> Message:
    """What is to be judged: of a criterion that is watched what is told, without the number it rests on."""
    if alert.text.id == "alert.watched":
        return message("question.watched", judged=dict(alert.text.values)["watch"])
    return message("question.judged", judged=alert)


def _rule_of(need: Message) -> ConditionRule | None:
    return _RULE_OF.get(str(dict(need.values).get("id"))) if need.id == "need.alert-judged" else None


def _answered(rule: ConditionRule | None) -> bool:
    """Whether a rule fires only for want of a measurement, or because of a red flag: these are asked for themselves."""
    return rule is not None and (rule.condition in MEASURES or rule.condition in FLAG_OF_CONDITION)


def laid_out_until(timeline: Timeline, day: int) -> Timeline:
    """The timeline without what lies after the day: itself where nothing does, with all it has worked out already."""
    last = timeline.last_day
    return timeline if last is None or last <= day else Timeline(timeline.record, day)


# --- the two answers --------------------------------------------------------------------------------


def conditions_settled(what: str) -> tuple[str, ...]:
    """The conditions that one answer to a question about a condition settles: of a pregnancy all its trimesters."""
    return _CONDITIONS_OF.get(what, (what,))


def answering_entries(kind: Kind, what: str, day: int, *, good: bool) -> tuple[AnyEntry, ...]:
    """The entries of the reassuring answer to a question, or of the alarming one."""
    match kind:
        case "check":
            state: Literal["absent", "present"] = "absent" if good else "present"
            return (RedFlagEntry(place=0, day=day, flags=dict.fromkeys(what.split(), state)),)
        case "consent":
            return (ConsentEntry(place=0, day=day, purpose=what, state="given" if good else "refused"),)
        case "symptom":
            return (SymptomEntry(place=0, day=day, what=what, state="resolved" if good else "present"),)
        case "measurement":
            return (FindingEntry(place=0, day=day, what=what, state="normal" if good else "abnormal"),)
        case "finding":
            settled = conditions_settled(what)
            return tuple(
                FindingEntry(place=0, day=day, what=each, state="absent" if good else "present")
                for each in settled
            )
        case "judgement":
            return ()
