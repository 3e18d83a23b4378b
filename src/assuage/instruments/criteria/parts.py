"""What the criteria share: common inputs, plain words for what is missing, and the shape of a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assuage.catalogue.message import Message, Wording, message
from assuage.instruments.body import Body, site_notes
from assuage.instruments.completions import Input, answer_of_rule, deciding
from assuage.instruments.model import Criteria, Item
from assuage.instruments.reading import InputReader, Span
from assuage.instruments.result import Scored, ScoredPart, Value, between_message, interval
from assuage.instruments.severity import SSS_ITEMS as SSS_ITEMS
from assuage.instruments.severity import SSS_ITEMS_2010, SSS_TOTAL, Severity
from assuage.instruments.texts import note_wording, part_wording
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.sites import SITES, WPI_SITES
from assuage.terms.sources import caution_message

MONTHS = Item("months", 0, 1200, "the duration in months", whole=False, verb="is")
AGE = Item("age", 0, 130, "the age in years", whole=False, verb="is")
COMMON = ("instrument", "age", "months")
OTHER_DISORDER = "other_disorder_explains"
ADULT_FROM = 18.0


def item_name(item: Item) -> Wording:
    """An item of the symptom severity scale, with the key of its translations."""
    return Wording(f"scale.sss.{item.id}", item.name)


# What an id that may be missing asks for.
_ASKS: dict[str, Message] = {
    **{site: message("asks.site", site=SITES[site]) for site in WPI_SITES},
    **{
        item.id: message("asks.how-severe", item=item_name(item)) for item in SSS_ITEMS_2010 if item.high == 3
    },
    **{item.id: message("asks.whether-there", item=item_name(item)) for item in SSS_ITEMS if item.high == 1},
    "depression": message("asks.depression"),
    "somatic": message("asks.somatic"),
    "sites": message("asks.sites"),
    "sss": message("asks.total", scale=item_name(SSS_TOTAL)),
    "months": message("asks.months"),
    OTHER_DISORDER: message("asks.other-disorder"),
}
# What is missing where only a total is known: whether the pain is generalised.
GENERALISED = message("asks.generalised")


def what_is_asked(missing: str, asks: Mapping[str, Message]) -> Message | str:
    """What a missing id asks for; the id in plain letters where no rule says more."""
    return asks.get(missing) or _ASKS.get(missing) or missing.replace("_", " ")


def read_months(reading: InputReader, given: Mapping[str, object]) -> Span | None:
    """For how many months, as a span."""
    return reading.number("months", given.get("months"), MONTHS)


def part(text: str, rule: Callable[..., bool], *inputs: Input, **values: Value) -> ScoredPart:
    """A part with its own answer over its own inputs."""
    return ScoredPart(part_wording(text), answer_of_rule(rule, *inputs), values)


def same(state: Any) -> bool:
    """The rule that an input which is yes or no already is the answer."""
    return bool(state)


def or_null(recorded: bool, span: Span) -> Value:
    """A number or an interval; null where nothing was recorded."""
    return interval(*span) if recorded else None


def months_message(months: Span | None) -> Message:
    """`for 6 months`, or that the duration is not recorded."""
    if months is None:
        return message("criteria.no-duration")
    return message("criteria.months", months=between_message(*months))


def concluded(
    criteria: Criteria,
    rule: Callable[..., bool],
    inputs: tuple[Input, ...],
    parts: Mapping[str, ScoredPart],
    *,
    met: tuple[Message, ...],
    failing: Mapping[str, Message],
    asks: Mapping[str, Message] | None = None,
    values: Mapping[str, Value] | None = None,
    body: Body | None = None,
    notes: tuple[Message | Wording, ...] = (),
) -> Scored:
    """The result of a rule: its answer over all completions, why, and which open items would decide it.

    `met` are the reasons why it is met; `failing` says, for each part, what it means that the part is not.
    """
    answer = answer_of_rule(rule, *inputs)
    missing = deciding(rule, *inputs) if answer is UNKNOWN else ()
    asked = tuple(dict.fromkeys(what_is_asked(key, asks or {}) for key in missing))
    return Scored(
        criteria.id,
        _because(answer, parts, met, failing, _shortened(missing, asked)),
        criteria.wording,
        answer=answer,
        parts=parts,
        missing=missing,
        asks=asked,
        sources=criteria.sources,
        notes=(*notes, *(site_notes(body) if body else ()), *remarks_on(criteria)),
        values=values or {},
    )


def remarks_on(criteria: Criteria) -> tuple[Message | Wording, ...]:
    """What must be said beside every answer: the name, for whom, by whom, and how far it was checked."""
    caution = caution_message(criteria.status)
    remarks = map(note_wording, filter(None, (criteria.naming, criteria.scope, criteria.assessor)))
    checked = () if caution is None else (message("score.criteria-caution", caution=caution),)
    return (*remarks, *checked, *map(note_wording, criteria.notes))


def _shortened(missing: tuple[str, ...], asked: tuple[Message | str, ...]) -> tuple[Message | str, ...]:
    """What is asked, with many open sites told as their number."""
    sites = [_ASKS[key] for key in missing if key in WPI_SITES]
    if len(sites) < 4:
        return asked
    return (message("asks.sites-of", count=len(sites)), *(what for what in asked if what not in sites))


def _because(
    answer: Answer,
    parts: Mapping[str, ScoredPart],
    met: tuple[Message, ...],
    failing: Mapping[str, Message],
    asked: tuple[Message | str, ...],
) -> Message:
    if answer is YES:
        return message("criteria.met", why=met)
    if answer is NO:
        reasons = tuple(failing[key] for key, part in parts.items() if part.answer is NO and key in failing)
        return message("criteria.not-met", why=reasons or (message("criteria.no-completion"),))
    more = len(asked) - 4 if len(asked) > 4 else None
    if asked[:1] == (GENERALISED,):  # which says itself that it was not recorded
        return message("criteria.not-decided", what=asked[:4], more=more)
    return message("criteria.not-recorded", what=asked[:4], more=more)


def severity_values(severity: Severity) -> Value:
    """The symptom severity scale as a result shows it."""
    return or_null(severity.recorded, severity.span())


def regions_message(span: Span) -> Message:
    """`pain in 4 of 5 regions`."""
    return message("criteria.regions", count=between_message(*span))


def index_and_severity(body: Body, severity: Severity) -> Message:
    """`WPI 8 and SSS 6`, each with its number or that it is not recorded."""
    wpi = _score_message("WPI", body.recorded, body.wpi())
    sss = _score_message("SSS", severity.recorded, severity.span())
    return message("criteria.scores", index=wpi, severity=sss)


def _score_message(name: str, recorded: bool, span: Span) -> Message:
    if not recorded:
        return message("criteria.score-not-recorded", name=name)
    return message("criteria.score", name=name, value=between_message(*span))
