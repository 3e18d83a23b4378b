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
from assuage.fhir.hooks.charts import Chart, Charts, GivenCards, chart_digest
from assuage.fhir.hooks.check import checked_call
from assuage.fhir.hooks.drafts import DraftOrder, drafts_in, drafts_of, selected
from assuage.fhir.hooks.feedback import FeedbackStore, GonePast
from assuage.fhir.hooks.models import FEEDBACK, REQUEST, VERSION_SAID, Edition
from assuage.fhir.hooks.orders import order_cards
from assuage.fhir.hooks.patient_view import patient_view_cards
from assuage.fhir.hooks.prefetch import TEMPLATES, sent_along
from assuage.fhir.hooks.understood import NotUnderstood, ReadsRecord
from assuage.fhir.hooks.warming import made_up_calls
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
_IN_CHART = "CDSHooksRequest.prefetch."
_INNER = (_IN_CHART, "CDSHooksRequest.context.draftOrders")


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
    edition: Edition = "2.0"


class Caller(Struct, frozen=True):
    """Who calls: the servers it may name (None: any, for nobody is asked there), in which language it is answered."""

    language: str = "en"
    fhir_servers: tuple[str, ...] | None = None


class HookAnswer(Struct, frozen=True):
    """An answer: its status and its body; `cards` counts for the log."""

    status: int
    body: Node = field(default_factory=dict[str, Any])
    cards: int = 0


def discovery(language: str = "en", edition: Edition = "2.0") -> Node:
    """The services as the discovery endpoint lists them, each with what it needs to be sent.

    From edition 3.0 on each says which one it speaks.
    """
    speaking = catalogue(language)
    spoken = {} if edition == "2.0" else {"version": VERSION_SAID[edition]}
    return {
        "services": [
            {
                "hook": each.hook,
                "id": each.id,
                "title": str(speaking.say(message(f"hooks.title-{each.hook}"))),
                "description": str(speaking.say(message(f"hooks.description-{each.hook}"))),
                "usageRequirements": str(speaking.say(message("hooks.usage"))),
                "prefetch": dict(TEMPLATES),
                **spoken,
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
    charts: Charts = field(default_factory=Charts)

    def answered(self, service: Service, raw: bytes, caller: Caller) -> HookAnswer:
        """The answer to a call of a service."""
        speaking, now = catalogue(caller.language), self.now()
        key, known = b"", cast("Chart | None", None)

        def is_known(sent: object) -> bool:
            nonlocal key, known
            key = chart_digest(sent)
            known = self.charts.get(key, now)
            return known is not None

        value, checked = checked_call(raw, REQUEST, is_known)
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
        wrong = [issue for issue in checked.issues if _is_inner(issue) and issue.severity == "error"]
        invalid = [NotUnderstood(issue.place, _invalid(issue)) for issue in wrong]
        in_chart = [each for each in invalid if each.place.startswith(_IN_CHART)]
        try:
            chart = known or self._chart(call, patient, in_chart, now)
            if chart.sent.issues:
                return refusal(412, chart.sent.issues, speaking)
            self.charts.keep(key, chart)
            in_orders = [each for each in invalid if not each.place.startswith(_IN_CHART)]
            given = self._given(service, call, patient, chart, in_orders, speaking)
        except (InputError, Problems) as error:
            given = self._said(service, patient, (not_checked(why_not(error)),), speaking)
        self.store.given(service.id, patient, given.cards, now)
        return HookAnswer(200, given.body, len(given.cards))

    def _given(
        self,
        service: Service,
        call: Node,
        patient: str,
        chart: Chart,
        in_orders: Sequence[NotUnderstood],
        speaking: Catalogue,
    ) -> GivenCards:
        """The cards of a chart; those of a patient are the same until something else is sent, known or gone past."""
        now = self.now()
        gone_past = self.store.gone_past(patient, now)
        here = self._standing(chart, now)
        key = (here.on, speaking.language, gone_past.digests)
        if service.hook != "patient-view":
            cards = self._order_cards(service, call, patient, chart, in_orders, here, gone_past)
            return self._said(service, patient, cards, speaking)
        if key not in chart.views:
            lost = (*chart.invalid, *chart.understood.lost)
            cards = patient_view_cards(here, lost, gone_past, chart.understood.elements)
            chart.views[key] = self._said(service, patient, cards, speaking)
        return chart.views[key]

    def _chart(self, call: Node, patient: str, invalid: Sequence[NotUnderstood], now: datetime) -> Chart:
        """What was sent along, and what was read of it; nothing where it may not be used."""
        sent = sent_along(call.get("prefetch"), patient)
        read = None if sent.issues else self.reads(sent.resources, patient, self.site.zone)
        return Chart(now, sent, read, invalid)

    def _order_cards(
        self,
        service: Service,
        call: Node,
        patient: str,
        chart: Chart,
        in_orders: Sequence[NotUnderstood],
        here: Standing,
        gone_past: GonePast,
    ) -> tuple[HookCard, ...]:
        context = call["context"]
        drafts: tuple[DraftOrder, ...] = drafts_of(context["draftOrders"], patient)
        beside: tuple[DraftOrder, ...] = ()
        if service.hook == "order-select":
            drafts, beside = selected(drafts, context.get("selections", ()))
        prescribed = drafts_in(chart.sent.prescriptions, patient)
        lost = (*in_orders, *chart.invalid, *chart.understood.lost)
        return order_cards(here, drafts, beside, prescribed, lost, gone_past)

    def _standing(self, chart: Chart, now: datetime) -> Standing:
        """Where the patient stands today, by the calendar of the record, or else of the site."""
        record = chart.understood.record
        on = today_of(record, self.site, now)
        if on not in chart.standings:
            pathway = self.site.pathway if record.pathway is None else None
            chart.standings[on] = standing(record, pathway, on, self.site.settings)
        return chart.standings[on]

    def _said(
        self, service: Service, patient: str, cards: Sequence[HookCard], speaking: Catalogue
    ) -> GivenCards:
        saying = Saying(speaking, self.store.key, patient, service.hook, self.site.page, self.site.edition)
        body = {"cards": [hook_card_to_json(card, saying) for card in cards]}
        return GivenCards(tuple((card_uuid(card, saying), card) for card in cards), body)

    def without_check(self, service: Service, why: Message, language: str) -> HookAnswer:
        """The answer where nothing could be checked: one card that says so, and why."""
        saying = Saying(catalogue(language), self.store.key, "", service.hook, self.site.page)
        return HookAnswer(200, {"cards": [hook_card_to_json(not_checked(why), saying)]}, 1)

    def warm(self) -> None:
        """Load rules, pathways and catalogues before the first caller waits for them; nothing is kept of it."""
        apart = HookServices(FeedbackStore(), self.reads, self.site, self.now)
        by_hook = {each.hook: each for each in SERVICES.values()}
        for hook, language, call in made_up_calls():
            apart.answered(by_hook[hook], call, Caller(language))

    def told(self, raw: bytes, caller: Caller) -> HookAnswer:
        """The answer to feedback on cards, which is kept."""
        value, checked = checked_call(raw, FEEDBACK)
        errors = [issue for issue in checked.issues if issue.severity == "error"]
        if errors or type(value) is not dict:
            return refusal(400, errors, catalogue(caller.language))
        self.store.heard(cast("list[Node]", value["feedback"]), self.now())
        return HookAnswer(200)


def today_of(record: Record, site: HooksSite, now: datetime) -> int | None:
    """The day of a record that is today, in its zone or else the site's; its last day (None) where it has no calendar.

    A record without anything in it has every question open on any day.
    """
    zone = record.zone or site.zone
    today = (now.astimezone(ZoneInfo(zone)) if zone else now).date()
    if record.starts_on is not None:
        return (today - record.starts_on).days
    return 0 if record.last_day is None else None


def _is_inner(issue: Issue) -> bool:
    """Whether an issue is of a resource in a call, and not of the call; what is too costly is of the call."""
    return issue.place.startswith(_INNER) and issue.kind not in ("too-costly", "duplicate")


def _invalid(issue: Issue) -> Message:
    return message("hooks.invalid", place=issue.place.removeprefix("CDSHooksRequest."), what=issue.what)


def why_not(error: InputError | Problems) -> Message:
    """Why there is no review."""
    if isinstance(error, Problems):
        told = tuple(problem.message for problem in error.problems[:PROBLEMS_TOLD])
        return message("hooks.why-contradicts", problems=told)
    return message("hooks.why-no-review", text=error.what)


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
