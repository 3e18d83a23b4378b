"""A pathway as FHIR: a PlanDefinition with what it proposes, asks and leaves alone, its criteria, forms and codes.

Phases are actions in their order, gates their conditions. What a criterion asks stands in our words, and in no language
of expressions: its day values, its windows and its unknown have no equal there, and an engine that reads unknown as no
would open what has to stay shut.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.fhir.codes import code_systems, concept, hl7, own_coding
from assuage.fhir.forms.forms import Form, diary_form, instruments_of, pathway_form
from assuage.fhir.forms.questionnaire import canonical_of, questionnaire_of
from assuage.fhir.proposed import ProposedAction, proposed_action, therapy_concept
from assuage.instruments.model import Instrument
from assuage.measures.criteria import Criterion
from assuage.pathways.actions import verb_of
from assuage.pathways.model import Gate, Pathway, Phase, Recommendation, Restriction, Role
from assuage.terms.sources import Basis, Convention
from assuage.words.evidence import source_word, whose_numbers
from assuage.words.speak import ENGLISH, translation_note

Plain = dict[str, Any]

PLAN, LIBRARY, ACTIVITY = (
    f"urn:assuage:{each}:" for each in ("plan-definition", "library", "activity-definition")
)
STRENGTH = "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-strengthOfRecommendation"
# What our conditions are written in: words that a person reads. An engine that cannot evaluate them refuses, as it
# should; a condition without an expression it would take for met.
IN_WORDS = "text/plain"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:assuage:fhir")
_PATIENT = {
    "subjectCodeableConcept": concept({"system": "http://hl7.org/fhir/resource-types", "code": "Patient"})
}


def pathway_bundle(pathway: Pathway, speaking: Catalogue = ENGLISH) -> Plain:
    """All that belongs to a pathway, in one collection."""
    return collection([*pathway_resources(pathway, speaking), *code_systems()])


def collection(resources: Iterable[Plain]) -> Plain:
    """Resources as a Bundle that is no transaction: nobody is asked to keep them."""
    entries = [
        {"fullUrl": full_url(f"{each['resourceType']}/{each['id']}"), "resource": each} for each in resources
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def full_url(address: str) -> str:
    """The address of a resource within a bundle."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, address)}"


def pathway_resources(pathway: Pathway, speaking: Catalogue) -> Iterator[Plain]:
    """The definition, its criteria, what it proposes, and the forms that ask what it needs."""
    of = _Defining(pathway, speaking)
    yield of.plan()
    yield of.library()
    for recommendation in pathway.recommendations():
        yield of.activity(recommendation)
    for restriction in pathway.restrictions:
        yield of.left_alone(restriction)
    for form in pathway_forms(pathway):
        yield questionnaire_of(form, speaking)


def pathway_forms(pathway: Pathway) -> tuple[Form | Instrument, ...]:
    """The forms of a pathway: what it asks, its diary, and the instruments it looks at that may be shipped."""
    return (pathway_form(pathway), diary_form(pathway), *instruments_of(pathway))


def plan_canonical(pathway: Pathway) -> str:
    """The canonical address of a pathway, with its version."""
    return f"{PLAN}{pathway.id}|{pathway.version}"


def activity_canonical(pathway: Pathway, name: str) -> str:
    """The canonical address of a recommendation or a restriction of a pathway."""
    return f"{ACTIVITY}{pathway.id}.{name}|{pathway.version}"


def because(recommendation: Recommendation | Restriction, speaking: Catalogue) -> str:
    """Why, on whose word, and whose numbers."""
    bases = recommendation.number_bases if isinstance(recommendation, Recommendation) else ()
    if isinstance(recommendation, Restriction) and recommendation.until is not None:
        bases = recommendation.until.number_bases
    told = message(
        "pathway.because-on-whose-word",
        why=recommendation.reason,
        source=source_word(recommendation.source),
        numbers=whose_numbers(bases),
    )
    return str(speaking.say(told))


class _Defining:
    """The writing of one pathway in one language."""

    def __init__(self, pathway: Pathway, speaking: Catalogue) -> None:
        self.pathway, self.speaking = pathway, speaking

    def _say(self, id: str, /, **values: object) -> str:  # noqa: A002 - the id of the sentence
        return str(self.speaking.say(message(id, **values)))

    def _text(self, value: object) -> str:
        return str(self.speaking.value(value))

    def _head(self, kind: str, url: str, name: str, title: str) -> Plain:
        return {
            "resourceType": kind,
            "id": name,
            "language": self.speaking.language,
            "url": url,
            "version": str(self.pathway.version),
            "name": "".join(
                part.capitalize() for part in f"assuage-{name}".replace(".", "-").replace("_", "-").split("-")
            ),
            "title": title,
            "status": "active",
        }

    def _about(self) -> str:
        """What is said first: what the pathway is, that a person decides, and whether the words were checked."""
        told = [self._say("pathway.notice", notice=self.pathway.first_words)]
        if unchecked := translation_note(self.speaking):
            told.append(str(unchecked))
        return " ".join(told)

    # --- the definition -------------------------------------------------------------------------------

    def plan(self) -> Plain:
        """The PlanDefinition."""
        pathway = self.pathway
        url, _, _ = plan_canonical(pathway).partition("|")
        cited = [*pathway.sources, *(each.source for each in pathway.criteria())]
        cited += [each.source for each in pathway.recommendations()]
        return {
            **self._head("PlanDefinition", url, pathway.id, self._text(pathway)),
            "type": concept(hl7("plan-definition-type", "clinical-protocol")),
            **_PATIENT,
            "description": self._about(),
            "relatedArtifact": [*self._citations(cited)],
            "library": [f"{LIBRARY}{pathway.id}|{pathway.version}"],
            "goal": [
                {"id": f"goal-{each.id}", "description": {"text": self._text(each.purpose)}}
                for each in pathway.phases
            ],
            "action": [*self._actions()],
        }

    def _actions(self) -> Iterator[Plain]:
        pathway = self.pathway
        yield {
            "id": "ask-first",
            "title": self._say("plan-definition.ask-first"),
            "code": [_act("ask")],
            "action": [
                {
                    "title": self._title_of(each),
                    "code": [_act("ask")],
                    "definitionCanonical": canonical_of(each),
                }
                for each in pathway_forms(pathway)
            ],
        }
        for phase in pathway.phases:
            yield self._phase(phase)
        if pathway.restrictions:
            yield {
                "id": "leave-alone",
                "title": self._say("pathway.restrictions"),
                "code": [_act("leave-alone")],
                "action": [self._restriction(each) for each in pathway.restrictions],
            }
        if pathway.watch:
            yield {
                "id": "watch",
                "title": self._say("pathway.watch"),
                "code": [_act("watch")],
                "action": [
                    {
                        "title": self._text(each.criterion),
                        "description": self._text(each.wording),
                        "code": [_act("watch")],
                        "condition": [self._condition("applicability", each.criterion)],
                    }
                    for each in pathway.watch
                ],
            }

    def _title_of(self, form: Form | Instrument) -> str:
        return str(questionnaire_of(form, self.speaking)["title"])

    def _phase(self, phase: Phase) -> Plain:
        pathway = self.pathway
        before = pathway.phases[pathway.phases.index(phase) - 1] if phase is not pathway.phases[0] else None
        conditions = [
            *(
                self._condition("start", each)
                for gate in self._ways_in(phase, before)
                for each in gate.criteria
            ),
            *(self._condition("stop", each) for each in (phase.leave.criteria if phase.leave else ())),
        ]
        inner = [self._recommendation(each) for each in phase.recommend]
        inner += [self._way_back(phase, back.to, back.gate) for back in phase.fall_back]
        if phase.limit is not None:
            weeks = {
                "value": phase.limit.weeks,
                "unit": "wk",
                "system": "http://unitsofmeasure.org",
                "code": "wk",
            }
            told = self._recommendation(phase.limit.then)
            inner.append(
                told
                | {
                    "title": self._say("plan-definition.limit", weeks=phase.limit.weeks),
                    "timingDuration": weeks,
                }
            )
        after = [{"actionId": before.id, "relationship": "after-end"}] if before is not None else []
        return {
            "id": phase.id,
            "title": self._text(phase),
            "description": self._text(phase.purpose),
            "code": [_act("phase")],
            "goalId": [f"goal-{phase.id}"],
            **({"condition": conditions} if conditions else {}),
            **({"relatedAction": after} if after else {}),
            "groupingBehavior": "logical-group",
            "selectionBehavior": "any",
            **({"action": inner} if inner else {}),
        }

    @staticmethod
    def _ways_in(phase: Phase, before: Phase | None) -> tuple[Gate, ...]:
        """The gates that let into a phase: its own, and the way out of the one before."""
        return tuple(gate for gate in (before.leave if before else None, phase.enter) if gate is not None)

    def _way_back(self, phase: Phase, to: Phase, gate: Gate) -> Plain:
        return {
            "id": f"{phase.id}.{gate.id}",
            "title": self._say("plan-definition.back", phase=to, gate=gate),
            "code": [_act("decide")],
            "condition": [self._condition("start", each) for each in gate.criteria],
            "relatedAction": [{"actionId": to.id, "relationship": "before-start"}],
        }

    def _recommendation(self, recommendation: Recommendation) -> Plain:
        criteria = [
            each for each in (recommendation.treats, recommendation.when, recommendation.safe) if each
        ]
        cited: list[Basis] = [
            recommendation.source,
            *recommendation.number_bases,
            *recommendation.advice.sources,
        ]
        return {
            "extension": [self._strength(recommendation)],
            "id": recommendation.id,
            "title": self._text(recommendation.action),
            "description": because(recommendation, self.speaking),
            **({"textEquivalent": caution} if (caution := self._caution(recommendation)) else {}),
            "code": [_act(verb_of(recommendation.action))],
            "documentation": [*self._citations(cited)],
            **(
                {"condition": [self._condition("applicability", each) for each in criteria]}
                if criteria
                else {}
            ),
            "participant": [self._participant(recommendation.by)],
            "definitionCanonical": activity_canonical(self.pathway, recommendation.id),
        }

    def _caution(self, recommendation: Recommendation) -> str:
        return "" if recommendation.warning is None else self._text(recommendation.warning)

    def _strength(self, recommendation: Recommendation) -> Plain:
        """What the guideline says of it. Only a strength in favour has a code: HL7's does not say "against"."""
        advice = recommendation.advice
        text = self._say("pathway.guideline", guideline=advice.guideline.title, advice=advice, id=advice.id)
        codings = (
            [hl7("recommendation-strength", advice.strength)]
            if advice.direction == "for" and advice.strength
            else []
        )
        return {"url": STRENGTH, "valueCodeableConcept": concept(*codings, text=text)}

    def _participant(self, role: Role) -> Plain:
        kind = "patient" if role is Role.PATIENT else "practitioner"
        return {"type": kind, "role": {"text": self._text(role)}}

    def _restriction(self, restriction: Restriction) -> Plain:
        cited: list[Basis] = [restriction.source]
        ends: list[Plain] = []
        if restriction.until is not None:
            cited += restriction.until.number_bases
            ends = [self._condition("stop", restriction.until)]
        return {
            "id": restriction.id,
            "title": self._text(restriction.therapy),
            "description": because(restriction, self.speaking),
            "code": [_act("leave-alone")],
            "documentation": [*self._citations(cited)],
            **({"condition": ends} if ends else {}),
            "definitionCanonical": activity_canonical(self.pathway, restriction.id),
        }

    def _condition(self, kind: str, criterion: Criterion) -> Plain:
        """A criterion as a condition: its id, and in words what it asks, why, on whose word."""
        return {
            "kind": kind,
            "expression": {
                "description": self._criterion(criterion),
                "name": criterion.id,
                "language": IN_WORDS,
                "expression": self._text(criterion.test),
                "reference": f"{LIBRARY}{self.pathway.id}",
            },
        }

    def _criterion(self, criterion: Criterion) -> str:
        told = message(
            "plan-definition.criterion",
            title=criterion,
            why=criterion.reason,
            source=source_word(criterion.source),
            numbers=whose_numbers(criterion.number_bases) or None,
        )
        return str(self.speaking.say(told))

    def _citations(self, bases: Iterable[Basis]) -> Iterator[Plain]:
        """Publications, and what is ours, each once."""
        for basis in dict.fromkeys(bases):
            yield {"type": "citation", "label": basis.key, "citation": self._text(basis), **_address(basis)}

    # --- criteria, activities ---------------------------------------------------------------------------

    def library(self) -> Plain:
        """The criteria, one after the other, in words."""
        pathway = self.pathway
        lines: list[str] = []
        for criterion in pathway.criteria():
            lines += [f"## {self._text(criterion)} ({criterion.id})", "", self._text(criterion.test), ""]
            lines += [self._criterion(criterion), ""]
        text = "\n".join(lines).encode()
        return {
            **self._head(
                "Library",
                f"{LIBRARY}{pathway.id}",
                f"{pathway.id}-criteria",
                self._say("plan-definition.criteria"),
            ),
            "type": concept(hl7("library-type", "logic-library")),
            "description": self._say("plan-definition.in-words"),
            "content": [{"contentType": "text/markdown", "data": base64.b64encode(text).decode()}],
        }

    def activity(self, recommendation: Recommendation) -> Plain:
        """What a recommendation proposes."""
        body = proposed_action(recommendation.action, self.speaking)
        return self._activity(recommendation.id, self._text(recommendation.action), body)

    def left_alone(self, restriction: Restriction) -> Plain:
        """What a restriction asks to be left alone."""
        body = ProposedAction("ServiceRequest", therapy_concept(restriction.therapy, self.speaking))
        return self._activity(restriction.id, self._text(restriction.therapy), body, leave=True)

    def _activity(self, name: str, title: str, body: ProposedAction, *, leave: bool = False) -> Plain:
        url, _, _ = activity_canonical(self.pathway, name).partition("|")
        return {
            **self._head("ActivityDefinition", url, f"{self.pathway.id}.{name}", title),
            **_PATIENT,
            **body.as_definition(),
            "intent": "proposal",
            **({"doNotPerform": True} if leave else {}),
        }


def _act(name: str) -> Plain:
    return concept(own_coding("plan-act", name))


def _address(basis: Basis) -> Plain:
    return {} if isinstance(basis, Convention) or not basis.doi else {"url": f"https://doi.org/{basis.doi}"}
