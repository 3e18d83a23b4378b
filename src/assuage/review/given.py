"""What a proposal gives, and what that raises beside all that is there without it.

Worked out once for a record and a day: several proposals give the same, and a question is tried with both its answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from assuage.catalogue.message import Message, Wording, message
from assuage.record.timeline import Timeline
from assuage.safety.alerts import Alert
from assuage.safety.consent import consent_given
from assuage.safety.coverage import known_beside
from assuage.safety.doubts import open_by_drug
from assuage.safety.formulary import wordings
from assuage.safety.known import NEEDLE, alerts_of, checked_names, situation, still_in_the_body
from assuage.safety.questions import open_contraindications, open_topics
from assuage.safety.situation import RegimenLine, Situation
from assuage.terms.answers import NO
from assuage.terms.names import folded

Given = tuple[RegimenLine, ...]
Cause = tuple[str, str, str]


def raised_by(timeline: Timeline, day: int, given: Given) -> tuple[Alert, ...]:
    """The alerts of the tiers stop and ask that giving this raises on a day, beside those there are without it."""
    return timeline.once(_raised_by, day, given)


def _raised_by(timeline: Timeline, day: int, given: Given) -> tuple[Alert, ...]:
    return new_alerts(timeline, *timeline.once(_without_and_with, day, given))


def asked_by(timeline: Timeline, day: int, given: Given) -> Mapping[str, Wording | Message]:
    """What nobody has recorded and could forbid giving this, and nothing that is there already, by its question."""
    return timeline.once(_asked_by, day, given)


def _asked_by(timeline: Timeline, day: int, given: Given) -> Mapping[str, Wording | Message]:
    without, doing = timeline.once(_without_and_with, day, given)
    before = open_contraindications(without)
    ids = [line.substance for line in given if line.substance is not None]
    by_drug = {told.finding.what for told in open_by_drug(ids, timeline, day)}  # asked as that
    return {
        key: title
        for key, title in open_contraindications(doing).items()
        if key not in before and key not in by_drug
    }


def day_with(timeline: Timeline, day: int, given: Given) -> Situation:
    """The day with this given."""
    return timeline.once(_without_and_with, day, given)[1]


def _without_and_with(timeline: Timeline, day: int, given: Given) -> tuple[Situation, Situation]:
    """The day without it, and with it. What was stopped and is still in the body is in both, where it counts."""
    started = {line.substance for line in given if line.substance is not None}
    lingering = still_in_the_body(timeline, day, started)
    without = without_given(situation(timeline, day), (given,), lingering)
    return without, with_given(timeline, day, without, (given,))


def new_alerts(timeline: Timeline, without: Situation, doing: Situation) -> tuple[Alert, ...]:
    """The alerts of the tiers stop and ask that there are in the one situation and not in the other.

    What is only not recorded is told apart, as a question of its own.
    """
    known = _causes(timeline, without)
    return tuple(
        alert
        for alert in alerts_of(timeline, doing)
        if alert.tier != "note" and _cause(alert) not in known and alert.id != "ask-contraindications"
    )


def raised_together(timeline: Timeline, day: int, givens: Sequence[Given]) -> tuple[Alert, ...]:
    """The alerts of the tiers stop and ask that these raise together and none of them raises alone."""
    if len(givens) < 2:
        return ()
    base = without_given(situation(timeline, day), givens)
    alone = [_causes(timeline, with_given(timeline, day, base, (given,))) for given in givens]
    together = new_alerts(timeline, base, with_given(timeline, day, base, givens))
    return tuple(alert for alert in together if not any(_cause(alert) in known for known in alone))


def milder_alerts(
    timeline: Timeline, without: Situation, doing: Situation, unasked: Mapping[str, Wording]
) -> Iterator[Message]:
    """The moderate alerts there are only in the second situation, and what nobody recorded that would matter there.

    `unasked` are further topics that nobody recorded, by their keys.
    """
    yield from milder_raised(timeline, without, doing)
    open_before = open_topics(without)
    opened = {key: title for key, title in open_topics(doing).items() if key not in open_before}
    topics = opened | dict(unasked)
    if topics:
        yield message("beside.not-recorded", topics=tuple(topics.values()))


def milder_raised(timeline: Timeline, without: Situation, doing: Situation) -> Iterator[Message]:
    """The moderate alerts there are only in the second situation."""
    known = _causes(timeline, without)
    for alert in alerts_of(timeline, doing):
        asks = alert.id.startswith("ask-")
        if alert.tier == "note" and alert.severity == "moderate" and not asks and _cause(alert) not in known:
            yield message("beside.alert", alert=alert.text, id=alert.id)


def no_rule_beside(timeline: Timeline, day: int, given: Given) -> Iterator[Message]:
    """What is taken and no rule knows beside any drug given: that no rule knows a pair does not make it safe.

    Not what a clinician looked up and spoke free.
    """
    drugs = [line.substance for line in given if line.substance is not None and line.route != "procedure"]
    if not drugs:
        return
    ids = [line.substance for line in given if line.substance is not None]
    looked_up = checked_names(timeline, day)
    taken = dict.fromkeys(
        line.substance
        for line in day_with(timeline, day, given).regimen
        if line.substance is not None and line.substance not in ids and folded(line.name) not in looked_up
    )
    unknown = [substance for substance in taken if not known_beside(substance, ids)]
    if unknown:
        yield message("beside.no-rule", taken=wordings(unknown), drugs=wordings(drugs))


def without_given(
    here: Situation, givens: Iterable[Given], lingering: Iterable[RegimenLine] = ()
) -> Situation:
    """The day without these substances; one that runs by another route than the needle gives it stays beside it."""
    lines = [line for given in givens for line in given]
    ids: Collection[str | None] = {line.substance for line in lines}
    return replace(
        here,
        regimen=tuple(
            line for line in (*here.regimen, *lingering) if not any(_replaces(each, line) for each in lines)
        ),
        procedures=tuple(line for line in here.procedures if line.substance not in ids),
    )


def _replaces(given: RegimenLine, line: RegimenLine) -> bool:
    """Whether what is given is what a line of the day is: the tablet that goes on, or the syringe of that day."""
    return line.substance == given.substance and given.route in ("oral", "procedure", line.route)


def with_given(timeline: Timeline, day: int, without: Situation, givens: Iterable[Given]) -> Situation:
    """The day with all of these given; consent to the needle is asked of the record."""
    lines = tuple(dict.fromkeys(line for given in givens for line in given))
    procedures = tuple(line for line in lines if line.route == "procedure")
    conditions = without.conditions
    if any(line.substance == NEEDLE for line in procedures) and consent_given(timeline, day):
        conditions = {"consent_missing": NO, **conditions}
    return replace(
        without,
        regimen=(*without.regimen, *(line for line in lines if line.route != "procedure")),
        procedures=(*without.procedures, *procedures),
        conditions=conditions,
    )


def _causes(timeline: Timeline, here: Situation) -> set[Cause]:
    return {_cause(alert) for alert in alerts_of(timeline, here)}


def _cause(alert: Alert) -> Cause:
    return (alert.id, alert.subject, alert.tier)
