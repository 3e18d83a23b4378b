"""One proposal: what it would put into the body, and what speaks against it or has to be known first.

In this order: whether the patient may be treated on the pathway at all; consent; what was not tolerated; whether the
problem is there that it is for; what the safety rules say of it beside all that is taken and still in the body; whether
anything taken is unread. `assuage.review.prescription` holds the proposals of a day against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, Wording, message
from assuage.engine.reference import View
from assuage.engine.trace import Reading, read
from assuage.pathways.actions import Action, Extend, Perform, Refer, Start, Stop, Titrate, subject_of, verb_of
from assuage.record.decided_entries import DecisionEntry
from assuage.record.entries import Dose
from assuage.review.admission import ADMITTED, Admission
from assuage.review.first_looked_at import out_of_limits, unread
from assuage.review.given import (
    Given,
    asked_by,
    day_with,
    raised_by,
    raised_together,
)
from assuage.review.model import PlanItem, Withheld
from assuage.review.moving import ASKED_BEFORE_MOVING, STOPS_MOVEMENT, before_moving
from assuage.safety.active_flags import shutting_flags
from assuage.safety.alerts import Alert
from assuage.safety.consent import Refusal, not_chosen, refusals_of
from assuage.safety.doubtful_flags import flags_in_doubt, items_not_told, perhaps_new
from assuage.safety.doubts import (
    Doubt,
    doubts_about,
    doubts_whether,
    in_dispute_about,
    numbers_not_judged,
    open_by_drug,
)
from assuage.safety.formulary import SUBSTANCES, condition_rules_of, wording_of
from assuage.safety.known import (
    checked_names,
    recorded_intolerances,
    situation,
    therapies_not_tolerated,
)
from assuage.safety.questions import question_of
from assuage.safety.reacted import is_grave, is_of_reaction
from assuage.safety.reactions import Bearing, bearing_on, drugs_in_passing, stopped_relatives
from assuage.safety.situation import NOT_FOR_MEN, RegimenLine, Situation, procedure_id
from assuage.terms.answers import NO, UNKNOWN, YES
from assuage.terms.conditions import CONDITIONS, Condition
from assuage.terms.names import folded
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.therapies import Therapy


class Proposal(Struct, frozen=True, dict=True):
    """One item, with what it would put into the body."""

    view: View
    item: PlanItem
    admitted: Admission = ADMITTED
    riddles: tuple[Message, ...] = ()
    decided: DecisionEntry | None = None
    today: Proposal | None = (
        None  # the same by what is known now, where this one is by the answers of the day
    )
    first: tuple[Message, ...] = ()  # what is asked on the day, before the needle

    @property
    def here(self) -> Situation:
        """The day as it is without it, or with it where it goes on."""
        return situation(self.view.timeline, self.view.day)

    @property
    def action(self) -> Action:
        """What is to be done."""
        return self.item.recommendation.action

    @property
    def begins(self) -> bool:
        """Whether it puts something into the body that is not there already."""
        running = self.item.do == "continue" or isinstance(self.action, Titrate)
        return bool(self.given) and not running

    @property
    def treats(self) -> bool:
        """Whether it is treatment that is not there already."""
        return self.item.do not in ("continue", "titrate", "stop", "refer")

    @cached_property
    def lines(self) -> tuple[RegimenLine, ...]:
        """The drugs it gives, swallowed or injected."""
        match self.action:
            case Start(drug, doses):
                given = tuple(Dose(dose.amount, dose.unit, dose.when) for dose in doses)
                return (RegimenLine(drug.id, drug.title, given, "oral"),)
            case Titrate(drug=drug):
                return (RegimenLine(drug.id, drug.title, (), "oral"),)
            case Perform(injects=injects) | Extend(injects=injects) if injects is not None:
                return tuple(RegimenLine(drug.id, drug.title, (), injects.route) for drug in injects.drugs)
            case Perform() | Extend() | Stop() | Refer():
                return ()

    @cached_property
    def procedures(self) -> tuple[RegimenLine, ...]:
        """The procedure it is."""
        match self.action:
            case Perform(therapy=therapy) | Extend(therapy=therapy):
                known = procedure_id(therapy.id)
                return (RegimenLine(known, therapy.title, (), "procedure"),) if known else ()
            case Start() | Titrate() | Stop() | Refer():
                return ()

    def alone(self) -> PlanItem | Withheld:
        """What it may be as far as the other proposals do not matter."""
        item, recommendation = self.item, self.item.recommendation
        against, to_clear = self.against(), self.to_clear()
        despite: tuple[Message, ...] = ()
        if self.decided is not None:
            # A decision outranks what was known when it was taken, and nothing that was recorded after it.
            then = self.as_of(self.decided.day)
            known = {*then.against(), *then.to_clear()}
            despite = tuple(each for each in (*against, *to_clear) if each in known)
            against = tuple(each for each in against if each not in known)
            to_clear = tuple(each for each in to_clear if each not in known)
        if against:
            return Withheld(recommendation, item.text, against)
        if self.decided is not None and not to_clear:
            # What a person decided is not for every day all the same.
            when = item.when if item.do == "wait" else message("plan.when.decided", day=self.decided.day)
            return replace(
                item,
                state="now",
                to_clear=(),
                safe=self.known_safe,
                when=when,
                decided=self.decided,
                despite=despite,
            )
        unknown = self.safe is not None and self.safe.answer is UNKNOWN and self.decided is None
        state = "ask" if to_clear or unknown else item.state
        return replace(item, state=state, to_clear=to_clear, safe=self.known_safe)

    def as_of(self, day: int) -> Proposal:
        """The same proposal as it was on an earlier day, by what was known then."""
        now = self.view
        view = View(now.timeline, day, started=now.started, entered=now.entered)
        return Proposal(view, self.item, self.admitted, unread(view.timeline, day))

    @cached_property
    def safe(self) -> Reading | None:
        """The reading of its own condition of safety."""
        condition = self.item.recommendation.safe
        return read(self.view, condition) if condition else None

    @property
    def known_safe(self) -> Reading | None:
        """The reading of its condition of safety by what is known now."""
        return self.safe if self.today is None else self.today.safe

    @property
    def needles(self) -> bool:
        """Whether it is done with a needle."""
        subject = subject_of(self.action)
        return isinstance(subject, Therapy) and subject.needle

    @property
    def moves(self) -> bool:
        """Whether it is work with the body."""
        subject = subject_of(self.action)
        return isinstance(subject, Therapy) and "body" in subject.subjects

    @cached_property
    def problem(self) -> Reading | None:
        """The reading of the problem it is for, before it is begun."""
        treats = self.item.recommendation.treats
        return read(self.view, treats) if treats and self.begins else None

    def against(self) -> tuple[Message, ...]:
        """What forbids it, the gravest first."""
        problem, safe = self.problem, self.safe
        against = [*(self.admitted.against if self.treats else ()), *self._refused(), *self._not_tolerated()]
        if problem is not None and problem.answer is NO:
            against.append(
                message("withheld.no-problem", criterion=problem.criterion, id=problem.criterion.id)
            )
        against += [
            message("withheld.alert", alert=alert, id=alert.id)
            for alert in self.raised
            if alert.tier == "stop"
        ]
        if safe is not None and safe.answer is NO:
            met = tuple(part.test for part in safe.parts if part.answer is YES and part.depth > 0)
            against.append(
                message("withheld.not-safe", criterion=safe.criterion, id=safe.criterion.id, met=met)
            )
        return tuple(sorted(against, key=_gravity))

    def to_clear(self) -> tuple[Message, ...]:
        """What has to be known or judged first, in order."""
        to_clear = [
            *(self.admitted.needs if self.treats else ()),
            *self.item.to_clear,
            *self._perhaps_refused(),
            *self._not_chosen(),
        ]
        if self.problem is not None and self.problem.answer is UNKNOWN:
            to_clear += self.problem.needs
        if self.begins:
            to_clear += [_to_judge(alert) for alert in self.raised if alert.tier == "ask"]
            to_clear += self._unasked(self.safe)
            to_clear += self._with_child()
            to_clear += dict.fromkeys(
                (
                    *self._perhaps_not_tolerated(),
                    *self._in_doubt(),
                    *self.not_judged(forbidding=True),
                    *self._unread(),
                )
            )
        return tuple(dict.fromkeys((*to_clear, *self._flags())))

    # --- the reasons, in order ---

    def _refusals(self) -> Iterator[Refusal]:
        if verb_of(self.action) in ("stop", "refer"):
            return
        drugs = [line.substance for line in self.lines]
        subject = subject_of(self.action)
        therapy = subject if isinstance(subject, Therapy) else None
        yield from refusals_of(self.view.timeline, self.view.day, drugs, therapy)

    def _refused(self) -> Iterator[Message]:
        return (refusal.forbids for refusal in self._refusals() if refusal.covers is YES)

    def _perhaps_refused(self) -> Iterator[Message]:
        """A refusal in words that no rule reads may be of this."""
        return (refusal.asks for refusal in self._refusals() if refusal.covers is UNKNOWN)

    def _not_chosen(self) -> Iterator[Message]:
        """What was offered and not chosen is no refusal, and is asked about before it is begun."""
        if not self.treats:
            return
        drugs = [line.substance for line in self.lines if line.substance is not None]
        subject = subject_of(self.action)
        therapy = subject if isinstance(subject, Therapy) else None
        for offer in not_chosen(self.view.timeline, self.view.day, drugs, therapy):
            yield message("need.not-chosen", what=offer.what, day=offer.day)

    def _not_tolerated(self) -> Iterator[Message]:
        known = recorded_intolerances(self.view.timeline, self.view.day)
        for line in self.lines:
            finding = known.get(line.substance or "")
            if finding is not None:
                yield message(
                    "withheld.not-tolerated", what=finding.what, result=finding.result, day=finding.day
                )
        subject = subject_of(self.action)
        if isinstance(subject, Therapy) and verb_of(self.action) not in ("stop", "refer"):
            finding = therapies_not_tolerated(self.view.timeline, self.view.day).get(subject.id)
            if finding is not None:
                yield message(
                    "withheld.not-tolerated", what=finding.what, result=finding.result, day=finding.day
                )
        for bearing in self._bearing:
            entry = bearing.entry
            if bearing.forbids and not any(entry is known.get(line.substance or "") for line in self.lines):
                yield message("withheld.not-tolerated", what=entry.what, result=bearing.result, day=entry.day)

    def _perhaps_not_tolerated(self) -> Iterator[Message]:
        """A reaction in doubt or to a relative of a drug, and a mention of the drug in words that no rule reads."""
        checked_by = checked_names(self.view.timeline, self.view.day)
        for entry in (bearing.entry for bearing in self._bearing if not bearing.forbids):
            if folded(entry.what) not in checked_by:
                yield message("need.unread-finding", what=entry.what, day=entry.day)
        given = [line.substance for line in self.lines if line.substance is not None]
        for stop in stopped_relatives(given, self.view.timeline, self.view.day):
            # Of the drug itself it is asked whether to take it up again.
            if stop.known != subject_of(self.action) and folded(stop.drug) not in checked_by:
                yield message("need.stopped-relative", drug=stop.known, day=stop.day, because=stop.because)

    def _in_doubt(self) -> Iterator[Message]:
        """A condition that an entry or a drug that is taken brings into doubt, and a rule of what it gives asks for."""
        checked_by = checked_names(self.view.timeline, self.view.day)
        given = [line.substance for line in self.given if line.substance is not None]
        yield from self._unchecked(doubts_about(given, self.view.timeline, self.view.day))
        for passing in drugs_in_passing(self.view.timeline, self.view.day):
            taken = tuple(RegimenLine(each, each, (), "oral") for each in sorted(passing.substances))
            together = raised_together(self.view.timeline, self.view.day, [self.given, taken])
            if together and checked_by.keys().isdisjoint(map(folded, passing.names)):
                yield message("need.unread-finding", what=passing.names[0], day=passing.entry.day)
        for finding in in_dispute_about(given, self.view.timeline, self.view.day):
            yield message("need.in-dispute", what=finding.what, day=finding.day)
        for told, absent in open_by_drug(given, self.view.timeline, self.view.day):
            told_of = CONDITIONS[told.what]
            yield message("need.by-drug", condition=told_of, drug=told.drug, day=told.day, absent=absent)

    def _unchecked(self, doubts: Iterable[Doubt]) -> Iterator[Message]:
        """The doubts of which no clinician has said that the name was looked up."""
        checked_by = checked_names(self.view.timeline, self.view.day)
        for doubt in doubts:
            if folded(doubt.name) not in checked_by:
                yield message("need.unread-finding", what=doubt.in_words, day=doubt.entry.day)

    def not_judged(self, *, forbidding: bool) -> Iterator[Message]:
        """The numbers that nothing judges and its rules ask for: those that could forbid it, or the rest."""
        given = [line.substance for line in self.given if line.substance is not None]
        for number, forbids in numbers_not_judged(given, self.view.timeline, self.view.day):
            if forbids == forbidding:
                yield message(f"need.not-judged-{number.reason}", what=number.written, day=number.entry.day)

    @cached_property
    def _bearing(self) -> tuple[Bearing, ...]:
        """What is recorded and bears on a drug it gives, each entry once."""
        bearings = {
            (id(bearing.entry), bearing.forbids): bearing
            for bearing in bearing_on(
                (line.substance or "" for line in self.lines), self.view.timeline, self.view.day
            )
        }
        return tuple(bearings.values())

    @cached_property
    def given(self) -> Given:
        """All that it gives: the drugs and the procedure."""
        return (*self.lines, *self.procedures)

    @property
    def with_it(self) -> Situation:
        """The day with it."""
        return day_with(self.view.timeline, self.view.day, self.given)

    @property
    def raised(self) -> tuple[Alert, ...]:
        """The alerts of the tiers stop and ask that doing it raises on this day, beside those there are without it."""
        return raised_by(self.view.timeline, self.view.day, self.given) if self.given else ()

    def _unasked(self, safe: Reading | None) -> Iterator[Message]:
        """What nobody has recorded and could forbid it; what else is unknown stands beside it as a note.

        What its own condition of safety asks already is not asked twice.
        """
        needs = safe.needs if safe else ()
        asked = {value.id for need in needs for _, value in need.values if isinstance(value, Condition)}
        asked_now = asked_by(self.view.timeline, self.view.day, self.given)
        topics = [title for key, title in asked_now.items() if key not in asked]
        if topics:
            yield message("need.contraindications", topics=tuple(topics))

    def _with_child(self) -> Iterator[Message]:
        """Nothing is begun in pregnancy or while breastfeeding without a person's word on it (ours)."""
        for line in self.lines:
            for condition in ("pregnancy", "lactation"):
                there = any(
                    self.here.condition(known) is YES for known in NOT_FOR_MEN if known.startswith(condition)
                )
                if there and line.substance in SUBSTANCES:
                    yield message(f"need.{condition}", drug=wording_of(line.substance))

    def with_child_unasked(self) -> dict[str, Wording]:
        """Pregnancy and breastfeeding, where nobody recorded them and a rule of what it gives knows of them."""
        rules = {
            rule.condition
            for line in self.given
            if line.substance is not None
            for rule in condition_rules_of(line.substance)
        }
        unasked: dict[str, Wording] = {}
        for condition in NOT_FOR_MEN:
            key, title, joint = question_of(condition)
            there = any(self.here.condition(known) is YES for known in (condition, *joint))
            if condition in rules and not there and self.here.condition(condition) is UNKNOWN:
                unasked[key] = title
        return unasked

    def _unread(self) -> tuple[Message, ...]:
        """What no rule reads could be anything, so no drug is started beside it."""
        return self.riddles if self.lines else ()

    def _flags(self) -> Iterator[Message]:
        """Beginning a drug while a red flag stands is a question, and so is a needle at any time.

        Work with the body is one while a flag stands of which it could be a danger (`STOPS_MOVEMENT`), and all three
        are beside a number far out. All of it is ours: the flags' own actions come first, and a drug that runs
        already goes on.
        """
        every = self.needles or bool(self.begins and self.lines)
        if verb_of(self.action) in ("refer", "stop") or not (every or self.moves):
            return
        yield from out_of_limits(self.view.timeline, self.view.day)
        if not self.lines:
            yield from (need for need in self.riddles if need.id == "need.unread-finding")
        if self.moves:
            yield from before_moving(self.here)
        subject = subject_of(self.action)
        subjects = subject.subjects if isinstance(subject, Therapy) else ()
        asked = ASKED_BEFORE_MOVING if self.moves else ()
        yield from self._unchecked(doubts_whether(asked, self.view.timeline, self.view.day, before=subjects))
        for active in shutting_flags(self.view.timeline, self.view.day):
            flag = active.flag
            if every or flag.urgency == "emergency" or flag.id in STOPS_MOVEMENT:
                yield message("need.flag-cleared", id=flag.id, because=active.because, action=flag.to_do)
        checked_by = checked_names(self.view.timeline, self.view.day)
        for entry in perhaps_new(self.view.timeline, self.view.day):
            if folded(entry.what) not in checked_by:
                yield message("need.whether-new", what=entry.what, day=entry.day)
        for open_item in items_not_told(self.view.timeline, self.view.day):
            yield message(
                "need.item-not-told", flag=open_item.flag, what=open_item.written, day=open_item.entry.day
            )
        for doubt in flags_in_doubt(self.view.timeline, self.view.day):
            grave = any(
                RED_FLAGS[flag].urgency == "emergency" or flag in STOPS_MOVEMENT for flag in doubt.flags
            )
            if not (every or grave) or folded(doubt.entry.what) in checked_by:
                continue
            if doubt.at_that_age:
                flags = tuple(RED_FLAGS[flag] for flag in sorted(doubt.flags))
                yield message(
                    "need.flag-at-that-age", flags=flags, what=doubt.entry.what, day=doubt.entry.day
                )
            else:
                yield message("need.unread-finding", what=doubt.entry.what, day=doubt.entry.day)


def _gravity(reason: Message) -> int:
    """How far down a reason stands: what could kill first, then what harms, then why it is not for this patient."""
    values = dict(reason.values)
    alert = values.get("alert")
    match reason.id:
        case "withheld.alert" if isinstance(alert, Alert) and is_of_reaction(alert):
            return 0
        case "withheld.not-tolerated" if is_grave(f"{values['what']} {values.get('result') or ''}"):
            return 0
        case "withheld.alert":
            return 1
        case "withheld.not-tolerated" | "withheld.not-safe":
            return 2
        case _:
            return 3


def _to_judge(alert: Alert) -> Message:
    """What a person has to say first: to weigh what is known, or to answer what nobody recorded."""
    if alert.id.startswith("ask-"):
        return message("need.as-asked", asked=alert.text)
    return message("need.alert-judged", alert=alert.text, id=alert.id)
