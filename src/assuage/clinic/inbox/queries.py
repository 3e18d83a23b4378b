"""Read the inbox: where everybody stands who is in one's care, and what became of alerts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.clinic.fhir.hooks import feedback_by_rule
from assuage.clinic.inbox.models import AlertAct
from assuage.clinic.people.gate import records_seen_by
from assuage.clinic.people.models import Person
from assuage.clinic.store.days import today
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.snapshots import InboxAlert, InboxRow, KeptRow, rows_to_show
from assuage.fhir.hooks.card import OVERRIDE_REASONS
from assuage.fhir.hooks.feedback import NO_REASON, RuleFeedback
from assuage.review.cards import flag_alerts_of
from assuage.review.standing import Standing
from assuage.safety.alerts import Alert

# When a rule is to be looked at (ours): more than four in five times gone past, of twenty or more.
FEWEST_FIRED, MOST_OVERRIDDEN = 20, 0.8
_HANDS = frozenset({Person.Role.PHYSIOTHERAPIST})  # what a drug does is nothing they can act on


class CaseRow(Struct, frozen=True):
    """One patient: where, since when, what needs a look, and when something was last recorded.

    `stands` is the row as the store keeps it; `is_old` where it is of an earlier day or head than there is by now,
    `unreadable` where this program cannot make the one of now, `unmade` where none was made yet.
    """

    record: ClinicRecord
    stands: InboxRow
    alerts: tuple[InboxAlert, ...]
    seen: int
    silent: int | None
    is_old: bool
    unreadable: bool
    unmade: bool

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Who cannot be worked out first, then STOP, then what is to be asked, then by name."""
        tiers = [alert.tier for alert in self.alerts]
        return (
            -(self.unreadable or self.unmade),
            -tiers.count("stop"),
            -tiers.count("ask"),
            self.record.patient.name,
        )


def inbox_of(person: Person) -> list[CaseRow]:
    """The rows of everybody in one's care, the most urgent first."""
    records = list(records_seen_by(person).select_related("patient"))
    acts, rows = _acts_in_force(records), rows_to_show(records)
    cases = (_row(each, rows[each.pk], person, acts.get(each.pk, ())) for each in records)
    return sorted(cases, key=lambda row: row.order)


def _row(record: ClinicRecord, row: KeptRow, person: Person, acts: Sequence[AlertAct]) -> CaseRow:
    day, stands = today(record), row.row
    put_aside = {(act.rule, act.subject) for act in acts if act.until_day >= day >= act.on_day}
    theirs = [each for each in stands.alerts if each.flag or person.role not in _HANDS]
    tiers = [alert for alert in theirs if alert.tier != "note"]
    shown = tuple(alert for alert in tiers if alert.tier == "stop" or alert.cause not in put_aside)
    return CaseRow(
        record,
        stands,
        shown,
        len(tiers) - len(shown),
        None if stands.recorded is None else day - stands.recorded,
        not row.fresh,
        row.unreadable,
        row.unmade,
    )


def alerts_for_role(person: Person, here: Standing) -> tuple[Alert, ...]:
    """The alerts that are something for the person's role: for hands what stops hands, for all others all."""
    return flag_alerts_of(here) if person.role in _HANDS else here.alerts


def _acts_in_force(records: Sequence[ClinicRecord]) -> Mapping[int, Sequence[AlertAct]]:
    """The latest act on each cause, by record."""
    latest: dict[int, dict[tuple[str, str], AlertAct]] = defaultdict(dict)
    for act in AlertAct.objects.filter(record__in=records).order_by("at"):
        latest[act.record_id][(act.rule, act.subject)] = act
    return {pk: list(acts.values()) for pk, acts in latest.items()}


def latest_acts(record: ClinicRecord) -> Mapping[tuple[str, str], AlertAct]:
    """The latest act on each cause of one record."""
    acts = AlertAct.objects.filter(record=record).select_related("person").order_by("pk")
    return {(act.rule, act.subject): act for act in acts}


class AlertRate(Struct, frozen=True):
    """What became of the alerts of a rule: how often each act was done on one."""

    rule: str
    acknowledged: int
    snoozed: int
    overridden: int

    @property
    def is_gone_past(self) -> bool:
        """Whether it is for whoever keeps the rules to look at: nearly always judged not to hold."""
        return mostly_overridden(self.overridden, self.acknowledged + self.snoozed + self.overridden)


def mostly_overridden(overridden: int, fired: int) -> bool:
    """Whether a rule is gone past so often that it is worth asking what it is for."""
    return fired >= FEWEST_FIRED and overridden > MOST_OVERRIDDEN * fired


def rates_by_rule() -> Iterator[AlertRate]:
    """Each rule, and how often its alerts were acknowledged, put aside, overridden."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for rule, kind in AlertAct.objects.values_list("rule", "kind"):
        counts[rule][kind] += 1
    kinds = AlertAct.Kind
    for rule, acts in sorted(counts.items()):
        yield AlertRate(rule, acts[kinds.ACKNOWLEDGED], acts[kinds.SNOOZED], acts[kinds.OVERRIDDEN])


class CardRate(Struct, frozen=True):
    """What became of the cards of a rule in hospital systems: on how many it stood, accepted, gone past and why."""

    rule: str
    cards: int
    accepted: int
    overridden: int
    reasons: tuple[Message, ...]
    is_gone_past: bool


def rates_of_cards() -> Sequence[CardRate] | None:
    """Each rule that stood on a card, what came back of it; None where no hospital system may call."""
    told = feedback_by_rule()
    return None if told is None else [_rate_of_card(each) for each in told]


def _rate_of_card(told: RuleFeedback) -> CardRate:
    gone_past = sum(told.overridden.values())
    reasons = tuple(
        message("clinic.gone-past-because", n=n, reason=_reason(code))
        for code, n in sorted(told.overridden.items(), key=lambda item: (-item[1], item[0]))
    )
    often = mostly_overridden(gone_past, told.accepted + gone_past)
    return CardRate(told.rule, told.cards, told.accepted, gone_past, reasons, often)


def _reason(code: str) -> Message | str:
    """A reason of ours in words; a code of somebody else's as it came."""
    if code == NO_REASON:
        return message("clinic.no-reason")
    return message(f"hooks.reason-{code}") if code in OVERRIDE_REASONS else code
