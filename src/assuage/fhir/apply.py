"""`$apply`: a review of one patient as FHIR: proposals, what to leave alone, what has to be known or decided first.

Nothing in it is an order: every request is a proposal and a draft. What the review only asks is a GuidanceResponse that
says which data are required, what it withholds one that says why; neither is a request. A gate is a Task to decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.fhir.codes import ENTRY_SYSTEM, Concept, concept, own_coding
from assuage.fhir.forms.forms import form_of_the_day
from assuage.fhir.forms.questionnaire import canonical_of, questionnaire_of
from assuage.fhir.hooks.understood import NotUnderstood
from assuage.fhir.needed import data_requirements
from assuage.fhir.pathway import PLAN, activity_canonical, because, collection, full_url, plan_canonical
from assuage.fhir.proposed import drug_concept, proposed_action, therapy_concept
from assuage.fhir.write.bundle import entry_uid, resource_id, writing_of
from assuage.pathways.actions import subject_of
from assuage.pathways.model import Pathway, Recommendation, Role
from assuage.review.baseline import asked_for
from assuage.review.model import GateState, PlanItem, RestrictionState, Review, Withheld
from assuage.safety.alerts import Alert, Tier
from assuage.terms.answers import UNKNOWN
from assuage.terms.drugs import Drug
from assuage.words.alerts import reason_against
from assuage.words.speak import ENGLISH, translation_note
from assuage.words.visits import leave_message, where_message

Plain = dict[str, Any]

ASKED_BY = "urn:assuage:asked-by"  # the form that asks for what is required
_SEVERITY: dict[Tier, str] = {"stop": "high", "ask": "moderate", "note": "low"}
_BEGUN = frozenset({"start", "perform", "wait", "extend", "refer"})


def applied(
    review: Review,
    speaking: Catalogue = ENGLISH,
    subject: str | None = None,
    lost: Sequence[NotUnderstood] = (),
) -> Plain:
    """The collection of everything that a review says of the day: a CarePlan, its RequestGroup, and what is in it.

    `subject` is the reference to the patient, where it is not the pseudonym's; `lost` is what was sent and not
    understood. The review must have a pathway.
    """
    assert review.pathway is not None, "a plan is that of a pathway"
    return collection(_Applying(review, review.pathway, speaking, subject, lost).resources())


def issue_of(alert: Alert, review: Review, speaking: Catalogue, subject: Plain, uid: str) -> Plain:
    """An alert as a DetectedIssue, which nobody has confirmed."""
    by_place = {entry.place: entry for entry in review.record.entries}
    rests_on = [by_place[place] for place in alert.entries if place in by_place]
    evidence = [
        {"identifier": {"system": ENTRY_SYSTEM, "value": entry_uid(review.record, entry)}}
        for entry in rests_on
    ]
    told = message("apply.issue", alert=alert, because=alert.because)
    return {
        "resourceType": "DetectedIssue",
        "id": uid,
        "language": speaking.language,
        "status": "preliminary",
        "code": {"text": alert.id},
        "severity": _SEVERITY[alert.tier],
        "patient": subject,
        "detail": str(speaking.say(told)),
        **({"evidence": [{"detail": evidence}]} if evidence else {}),
    }


class _Applying:
    """The writing of one review in one language."""

    def __init__(
        self,
        review: Review,
        pathway: Pathway,
        speaking: Catalogue,
        subject: str | None,
        lost: Sequence[NotUnderstood],
    ) -> None:
        self.review, self.pathway, self.speaking, self.lost = review, pathway, speaking, lost
        self.of = writing_of(review.record, review.record.starts_on)
        self.subject: Plain = {"reference": subject} if subject else self.of.subject
        self.form = form_of_the_day(review)
        day = self.of.date_of(review.on)
        self.today = None if day is None else day.isoformat()
        self.made: list[Plain] = []

    # --- parts --------------------------------------------------------------------------------------------

    def _say(self, id: str, /, **values: object) -> str:  # noqa: A002 - the id of the sentence
        return str(self.speaking.say(message(id, **values)))

    def _text(self, value: object) -> str:
        return str(self.speaking.value(value))

    def _id(self, *parts: str) -> str:
        return resource_id("a", self.review.record.patient.id, self.pathway.id, str(self.review.on), *parts)

    def _head(self, kind: str, *parts: str) -> Plain:
        return {"resourceType": kind, "id": self._id(kind, *parts), "language": self.speaking.language}

    def _dated(self, key: str) -> Plain:
        return {} if self.today is None else {key: self.today}

    def _made(self, resource: Plain) -> Plain:
        """The reference to a resource, which is in the collection from now on."""
        self.made.append(resource)
        return {"reference": full_url(f"{resource['resourceType']}/{resource['id']}")}

    @staticmethod
    def _notes(texts: Iterable[str]) -> Plain:
        notes = [{"text": text} for text in dict.fromkeys(texts) if text]
        return {"note": notes} if notes else {}

    @staticmethod
    def _act(name: str) -> Concept:
        return concept(own_coding("plan-act", name))

    # --- the whole ----------------------------------------------------------------------------------------

    def resources(self) -> list[Plain]:
        """The CarePlan first, then the group, then all that they speak of."""
        group = self._group()
        plan = self._care_plan(group)
        form = [questionnaire_of(self.form, self.speaking)] if self._asks else []
        return [plan, group, *self.made, *form]

    @property
    def _asks(self) -> bool:
        return bool(self.form.items or self.form.judged)

    def _group(self) -> Plain:
        here = self.review
        parts = [
            self._part("now", [self._proposed(each) for each in here.plan if each.state == "now"]),
            self._part(
                "ask", [self._asked(each) for each in here.plan if each.state == "ask"] + self._asking()
            ),
            self._part("withhold", [self._withheld(each) for each in here.withheld]),
            self._part(
                "leave-alone", [self._left_alone(each) for each in here.restrictions if each.in_force]
            ),
            self._part("decide", [self._gate(each) for each in here.gates]),
        ]
        actions = [part for part in parts if part is not None]
        return {
            **self._head("RequestGroup"),
            "instantiatesCanonical": [plan_canonical(self.pathway)],
            "status": "draft",
            "intent": "proposal",
            "subject": self.subject,
            **self._dated("authoredOn"),
            **({"action": actions} if actions else {}),
        }

    def _part(self, name: str, actions: list[Plain]) -> Plain | None:
        if not actions:
            return None
        return {"title": self._say(f"apply.part-{name}"), "code": [self._act(name)], "action": actions}

    def _care_plan(self, group: Plain) -> Plain:
        here, stay = self.review, self.review.current
        issues = [each for each in here.alerts if each.tier != "note"]
        beside = [
            self._made(issue_of(each, here, self.speaking, self.subject, self._id("issue", *each.cause)))
            for each in issues
        ]
        if self.lost:
            beside.append(self._made(self._not_understood()))
        where = self._say("where.outside") if stay is None else self._text(where_message(here, stay))
        first = [*here.looked_at_first, *here.against_refusal]
        notes = [
            self._say("pathway.notice", notice=self.pathway.first_words),
            *(self._text(each) for each in first),
        ]
        if unchecked := translation_note(self.speaking):
            notes.append(str(unchecked))
        start = None if stay is None else self.of.date_of(stay.entered)
        return {
            **self._head("CarePlan"),
            "instantiatesCanonical": [plan_canonical(self.pathway)],
            "status": "draft",
            "intent": "proposal",
            "title": self._text(self.pathway if stay is None else stay.phase),
            "description": where,
            "subject": self.subject,
            **({} if start is None else {"period": {"start": start.isoformat()}}),
            **self._dated("created"),
            **({"supportingInfo": beside} if beside else {}),
            "activity": [{"reference": {"reference": full_url(f"RequestGroup/{group['id']}")}}],
            **self._notes(notes),
        }

    def _not_understood(self) -> Plain:
        issues = [
            {"severity": "warning", "code": "incomplete", "details": {"text": self._text(each.what)}}
            for each in self.lost
        ]
        return {**self._head("OperationOutcome"), "issue": issues}

    # --- what to do ---------------------------------------------------------------------------------------

    def _proposed(self, item: PlanItem) -> Plain:
        recommendation = item.recommendation
        body = proposed_action(recommendation.action, self.speaking)
        is_begun = item.do in _BEGUN and body.kind != "Task"
        kind = body.kind if is_begun else "Task"
        canonical = activity_canonical(self.pathway, recommendation.id)
        head = self._head(kind, recommendation.id)
        notes = self._notes(
            [
                self._text(item.text),
                self._text(item.when),
                *(self._text(each) for each in (*item.beside, *item.despite)),
                "" if recommendation.warning is None else self._text(recommendation.warning),
            ]
        )
        reason = {"text": because(recommendation, self.speaking)}
        if is_begun:
            role = {"text": self._text(recommendation.by)}
            resource: Plain = {
                **head,
                "instantiatesCanonical": [canonical],
                # Of a course the next session may be named before its day has come: then it waits.
                "status": "on-hold" if item.do == "wait" else "draft",
                "intent": "proposal",
                **body.as_request(),
                "subject": self.subject,
                **self._dated("authoredOn"),
                "performerType": role,
                "reasonCode": [reason],
                **notes,
            }
        else:
            resource = {
                **head,
                "instantiatesCanonical": canonical,
                "status": "draft",
                "intent": "proposal",
                "code": self._act(item.do),
                "description": self._text(item.text),
                "for": self.subject,
                **self._dated("authoredOn"),
                "performerType": [{"text": self._text(recommendation.by)}],
                "reasonCode": reason,
                "input": [
                    {"type": self._act("about"), "valueCodeableConcept": self._subject_of(recommendation)}
                ],
                **notes,
            }
        return self._action(recommendation.id, self._text(item.text), item.do, resource)

    def _subject_of(self, recommendation: Recommendation) -> Concept:
        what = subject_of(recommendation.action)
        if isinstance(what, Drug):
            return drug_concept(what, self.speaking)
        return therapy_concept(what, self.speaking)

    def _action(self, name: str, title: str, act: str, resource: Plain) -> Plain:
        return {"id": name, "title": title, "code": [self._act(act)], "resource": self._made(resource)}

    def _left_alone(self, state: RestrictionState) -> Plain:
        restriction = state.restriction
        told = self._text(leave_message(state, self.review.on, to_patient=False))
        resource = {
            **self._head("ServiceRequest", restriction.id),
            "instantiatesCanonical": [activity_canonical(self.pathway, restriction.id)],
            "status": "draft",
            "intent": "proposal",
            "doNotPerform": True,
            "code": therapy_concept(restriction.therapy, self.speaking),
            "subject": self.subject,
            **self._dated("authoredOn"),
            "reasonCode": [{"text": because(restriction, self.speaking)}],
            **self._notes([told]),
        }
        return self._action(restriction.id, told, "leave-alone", resource)

    # --- what has to be known first, and what must not be done ------------------------------------------------

    def _guidance(
        self, name: str, module: Plain, status: str, about: str, notes: Iterable[str], needs: Plain
    ) -> Plain:
        return {
            **self._head("GuidanceResponse", name),
            **needs.pop("head", {}),
            **module,
            "status": status,
            "subject": self.subject,
            **self._dated("occurrenceDateTime"),
            "reasonCode": [{"text": about}],
            **self._notes(notes),
            **needs,
        }

    def _required(self, requirements: list[Plain]) -> Plain:
        """The elements of a response that lacks data: which, and the form that asks for them."""
        asked = (
            {"extension": [{"url": ASKED_BY, "valueCanonical": canonical_of(self.form)}]}
            if self._asks
            else {}
        )
        return {"head": asked, "dataRequirement": requirements}

    def _asked(self, item: PlanItem) -> Plain:
        recommendation = item.recommendation
        walked = self.review.walk
        asked = [] if walked is None else [*asked_for(walked.view(self.review.on), recommendation)]
        module = {"moduleCanonical": activity_canonical(self.pathway, recommendation.id)}
        notes = [self._text(need) for need in item.needs]
        needs = self._required(data_requirements(item.needs, asked))
        response = self._guidance(
            recommendation.id, module, "data-required", self._text(item.text), notes, needs
        )
        return self._action(recommendation.id, self._text(item.text), "ask", response)

    def _asking(self) -> list[Plain]:
        """The task to ask what the form of the day asks; none where it asks nothing."""
        if not self._asks:
            return []
        title = self._text(self.form.title)
        task = {
            **self._head("Task", "ask"),
            "status": "draft",
            "intent": "proposal",
            "code": self._act("ask"),
            "description": title,
            "for": self.subject,
            **self._dated("authoredOn"),
            "input": [{"type": self._act("form"), "valueCanonical": canonical_of(self.form)}],
        }
        return [self._action("ask-today", title, "ask", task)]

    def _withheld(self, withheld: Withheld) -> Plain:
        recommendation = withheld.recommendation
        module = {"moduleCanonical": activity_canonical(self.pathway, recommendation.id)}
        notes = [self._text(reason_against(self.speaking, reason)) for reason in withheld.reasons]
        title = self._text(withheld.text)
        response = self._guidance(recommendation.id, module, "success", title, notes, {})
        return self._action(recommendation.id, title, "withhold", response)

    # --- gates --------------------------------------------------------------------------------------------

    def _gate(self, gate: GateState) -> Plain:
        reading = gate.reading
        is_unknown = reading.answer is UNKNOWN and not reading.shut_by
        notes = [
            self._say(
                "apply.criterion", criterion=each.criterion, answer=each.answer, needs=each.needs or None
            )
            for each in reading.criteria
        ]
        notes += [self._say("apply.shut-by", flag=each.flag) for each in reading.shut_by]
        title = self._say(f"apply.gate-{gate.leads}", phase=gate.to, gate=reading.gate)
        needs: Plain = {}
        if is_unknown:
            wanted = [need for each in reading.unknown for need in each.needs]
            needs = self._required(data_requirements(wanted))
        name = f"{gate.leads}.{reading.gate.id}"
        module = {"moduleUri": f"{PLAN}{self.pathway.id}#{reading.gate.id}"}
        status = "data-required" if is_unknown else "success"
        state = "unknown" if is_unknown else reading.state
        state_in_words = self._say(f"apply.gate-is-{state}")
        response = self._made(
            self._guidance(name, module, status, f"{title}: {state_in_words}", notes, needs)
        )
        enters = self.review.current is None
        choices = ("enter" if enters else "advance" if gate.leads == "on" else "return", "hold")
        task = {
            **self._head("Task", name),
            "status": "draft",
            "intent": "proposal",
            "code": self._act("decide"),
            "description": f"{title}: {state_in_words}",
            "focus": response,
            "for": self.subject,
            **self._dated("authoredOn"),
            "performerType": [{"text": self._text(Role.PHYSICIAN)}],
            "input": [
                {"type": self._act("decide"), "valueCoding": own_coding("decision", each)} for each in choices
            ],
        }
        return self._action(name, title, "decide", task)
