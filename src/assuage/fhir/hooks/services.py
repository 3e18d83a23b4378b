"""The services: what each is called for, and a call from its bytes to its answer.

A call that cannot be read is 400, one of another hook or server 400 or 403, one without all that is needed 412, each
with every reason as an OperationOutcome. What cannot be worked out is a card that says so: a list without cards
reads as "nothing wrong", and is given only where everything was read and nothing is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.errors import InputError, Problems
from assuage.fhir.hooks.card import DetailLine, HookCard, Saying, card_uuid, hook_card_to_json
from assuage.fhir.hooks.check import checked_call
from assuage.fhir.hooks.drafts import DraftOrder, drafts_in, drafts_of, selected
from assuage.fhir.hooks.feedback import FeedbackStore
from assuage.fhir.hooks.models import FEEDBACK, REQUEST
from assuage.fhir.hooks.orders import order_cards
from assuage.fhir.hooks.patient_view import patient_view_cards
from assuage.fhir.hooks.prefetch import TEMPLATES, SentAlong, sent_along
from assuage.fhir.hooks.understood import NotUnderstood, ReadsRecord
from assuage.fhir.issue import Checked, Issue
from assuage.fhir.outcome import operation_outcome
from assuage.fhir.reading import WHOLE
from assuage.record.entries import Record
from assuage.review.standing import Standing, standing
from assuage.safety.check import ANYWHERE
from assuage.safety.situation import Settings
from assuage.words.speak import catalogue

Node = dict[str, Any]

PROBLEMS_TOLD = 3  # of a record that contradicts itself, on the card (ours)
# Of a call these may be wrong in themselves: what is in them is read as far as it can be, and told.
_INNER = ("CDSHooksRequest.prefetch.", "CDSHooksRequest.context.draftOrders")


class Service(Struct, frozen=True):
    """A service: its id, and the hook it is called for."""

    id: str
    hook: str


SERVICES: dict[str, Service] = {
    each.id: each
    for each in (
        Service("assuage-patient-view", "patient-view"),
        Service("assuage-order-select", "order-select"),
        Service("assuage-order-sign", "order-sign"),
    )
}


def now_utc() -> datetime:
    """The moment."""
    return datetime.now(UTC)


class HooksSite(Struct, frozen=True):
    """What a site has settled: the pathway of records that name none, country, time zone, language, page."""

    pathway: str | None = None
    settings: Settings = ANYWHERE
    zone: str | None = None
    language: str = "en"
    page: str | None = None


class Caller(Struct, frozen=True):
    """Who calls: the servers it may name (None: any, for nobody is asked there), in which language it is answered."""

    language: str = "en"
    fhir_servers: tuple[str, ...] | None = None


class HookAnswer(Struct, frozen=True):
    """An answer: its status and its body; `cards` counts for the log."""

    status: int
    body: Node = field(default_factory=dict[str, Any])
    cards: int = 0


def discovery(language: str = "en") -> Node:
    """The services as the discovery endpoint lists them, each with what it needs to be sent."""
    speaking = catalogue(language)
    return {
        "services": [
            {
                "hook": each.hook,
                "id": each.id,
                "title": str(speaking.say(message(f"hooks.title-{each.hook}"))),
                "description": str(speaking.say(message(f"hooks.description-{each.hook}"))),
                "usageRequirements": str(speaking.say(message("hooks.usage"))),
                "prefetch": dict(TEMPLATES),
            }
            for each in SERVICES.values()
        ]
    }


class HookServices(Struct, frozen=True):
    """The services of a site, with where feedback is kept and what says the time."""

    store: FeedbackStore
    reads: ReadsRecord
    site: HooksSite = HooksSite()
    now: Callable[[], datetime] = now_utc

    def answered(self, service: Service, raw: bytes, caller: Caller) -> HookAnswer:
        """The answer to a call of a service."""
        speaking = catalogue(caller.language)
        value, checked = checked_call(raw, REQUEST)
        refused = [issue for issue in checked.issues if issue.severity == "error" and not _is_inner(issue)]
        if refused or type(value) is not dict:
            return refusal(400, refused, speaking)
        call = cast("Node", value)
        if call["hook"] != service.hook:
            what = message("hooks.other-hook", hook=service.hook)
            return refusal(400, [Issue("error", "value", "CDSHooksRequest.hook", what)], speaking)
        server = call.get("fhirServer")
        if (
            server is not None
            and caller.fhir_servers is not None
            and server.rstrip("/") not in caller.fhir_servers
        ):
            what = message("hooks.other-server")
            return refusal(403, [Issue("error", "value", "CDSHooksRequest.fhirServer", what)], speaking)
        patient = str(call["context"]["patientId"])
        sent = sent_along(call.get("prefetch"), patient)
        if sent.issues:
            return refusal(412, sent.issues, speaking)
        wrong = (issue for issue in checked.issues if _is_inner(issue) and issue.severity == "error")
        inner = [NotUnderstood(issue.place, _invalid(issue)) for issue in wrong]
        try:
            cards = self._cards(service, call, patient, sent, inner)
        except (InputError, Problems) as error:
            cards = (not_checked(_why(error)),)
        return self._given(service, patient, cards, speaking)

    def _cards(
        self, service: Service, call: Node, patient: str, sent: SentAlong, inner: Sequence[NotUnderstood]
    ) -> tuple[HookCard, ...]:
        now = self.now()
        read = self.reads(sent.resources, patient, self.site.zone)
        here = self._standing(read.record, now)
        lost = (*inner, *read.lost)
        gone_past = self.store.gone_past(patient, now)
        if service.hook == "patient-view":
            return patient_view_cards(here, lost, gone_past, read.elements)
        context = call["context"]
        drafts: tuple[DraftOrder, ...] = drafts_of(context["draftOrders"], patient)
        beside: tuple[DraftOrder, ...] = ()
        if service.hook == "order-select":
            drafts, beside = selected(drafts, context.get("selections", ()))
        prescribed = drafts_in(sent.prescriptions, patient)
        return order_cards(here, drafts, beside, prescribed, lost, gone_past)

    def _standing(self, record: Record, now: datetime) -> Standing:
        zone = record.zone or self.site.zone
        today = (now.astimezone(ZoneInfo(zone)) if zone else now).date()
        on = None if record.starts_on is None else (today - record.starts_on).days
        if on is None and record.last_day is None:
            on = 0  # nothing is recorded: every question is open on any day
        pathway = self.site.pathway if record.pathway is None else None
        return standing(record, pathway, on, self.site.settings)

    def _given(
        self, service: Service, patient: str, cards: Sequence[HookCard], speaking: Catalogue
    ) -> HookAnswer:
        saying = Saying(speaking, self.store.key, patient, service.hook, self.site.page)
        self.store.given(service.id, patient, [(card_uuid(card, saying), card) for card in cards], self.now())
        body = {"cards": [hook_card_to_json(card, saying) for card in cards]}
        return HookAnswer(200, body, len(cards))

    def without_check(self, service: Service, why: Message, language: str) -> HookAnswer:
        """The answer where nothing could be checked: one card that says so, and why."""
        saying = Saying(catalogue(language), self.store.key, "", service.hook, self.site.page)
        return HookAnswer(200, {"cards": [hook_card_to_json(not_checked(why), saying)]}, 1)

    def told(self, raw: bytes, caller: Caller) -> HookAnswer:
        """The answer to feedback on cards, which is kept."""
        value, checked = checked_call(raw, FEEDBACK)
        errors = [issue for issue in checked.issues if issue.severity == "error"]
        if errors or type(value) is not dict:
            return refusal(400, errors, catalogue(caller.language))
        self.store.heard(cast("list[Node]", value["feedback"]), self.now())
        return HookAnswer(200)


def _is_inner(issue: Issue) -> bool:
    """Whether an issue is of a resource in a call, and not of the call; what is too costly is of the call."""
    return issue.place.startswith(_INNER) and issue.kind not in ("too-costly", "duplicate")


def _invalid(issue: Issue) -> Message:
    return message("hooks.invalid", place=issue.place.removeprefix("CDSHooksRequest."), what=issue.what)


def _why(error: InputError | Problems) -> Message:
    if isinstance(error, Problems):
        told = tuple(problem.message for problem in error.problems[:PROBLEMS_TOLD])
        return message("hooks.why-contradicts", problems=told)
    return message("hooks.why-no-review", text=str(error))


def not_checked(why: Message) -> HookCard:
    """The card that says that nothing was checked, and why: never an empty list."""
    return HookCard(
        "not-checked",
        "warning",
        message("hooks.nothing-checked", why=why),
        (DetailLine(message("hooks.nothing-checked", why=why)),),
        (("nothing-checked", why.id),),
        may_be_overridden=False,
    )


def refusal(status: int, issues: Sequence[Issue], speaking: Catalogue) -> HookAnswer:
    """A refusal with all its reasons, as an OperationOutcome."""
    if not issues:
        issues = [Issue("error", "structure", WHOLE, message("hooks.no-document"))]
    told = operation_outcome([("request", Checked(tuple(issues)))], "", speaking)
    return HookAnswer(status, told)
