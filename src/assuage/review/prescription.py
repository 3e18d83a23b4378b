"""A proposal is checked like a prescription: what may be done now, what is asked first, and what is withheld.

In this order: whether the patient may be treated on the pathway at all; consent; what was not tolerated; whether the
problem is there that it is for; what the safety rules say of it beside all that is taken, what is still in the body,
and the other proposals; whether anything taken is unread. Each reason is shown. Only `assuage.review.plan` calls this,
and nothing else makes an item of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.engine.followed import names_recommendation
from assuage.engine.reference import View
from assuage.record.decided_entries import DecisionEntry
from assuage.record.entries import FindingEntry
from assuage.review.admission import Admission
from assuage.review.given import (
    milder_alerts,
    milder_raised,
    no_rule_beside,
    raised_together,
    with_given,
    without_given,
)
from assuage.review.model import PlanItem, Withheld
from assuage.review.moving import beside_moving
from assuage.review.proposal import Proposal
from assuage.safety.alerts import Alert
from assuage.safety.doubts import doubts_whether
from assuage.safety.known import asked_on_the_day
from assuage.safety.questions import open_contraindications
from assuage.terms.conditions import CONDITIONS


def checked(
    view: View,
    items: Sequence[PlanItem],
    admitted: Admission,
    overrides: Sequence[DecisionEntry],
    riddles: tuple[Message, ...],
) -> tuple[PlanItem | Withheld, ...]:
    """Each item as what it may be, in the same order.

    `overrides` are the decisions that may outrank the rules, `riddles` what is `unread` on the day.
    """
    proposals = _proposals(view, items, admitted, overrides, riddles)
    return tuple(_with_what_stands_beside(proposals, _held_together(proposals)))


def states(
    view: View,
    items: Sequence[PlanItem],
    admitted: Admission,
    overrides: Sequence[DecisionEntry],
    riddles: tuple[Message, ...],
) -> Sequence[PlanItem | Withheld]:
    """The same without what stands beside an item, which changes none of them: for who asks only what they may be."""
    return _held_together(_proposals(view, items, admitted, overrides, riddles))


def _proposals(
    view: View,
    items: Sequence[PlanItem],
    admitted: Admission,
    overrides: Sequence[DecisionEntry],
    riddles: tuple[Message, ...],
) -> Sequence[Proposal]:
    return [
        _at_the_needle(Proposal(view, item, admitted, riddles, _decided(item, overrides))) for item in items
    ]


def _held_together(proposals: Sequence[Proposal]) -> Sequence[PlanItem | Withheld]:
    return list(_beside_each_other(proposals, [proposal.alone() for proposal in proposals]))


def _decided(item: PlanItem, overrides: Sequence[DecisionEntry]) -> DecisionEntry | None:
    """The latest decision whose reason names the recommendation; None without one."""
    named = item.recommendation.id
    naming = [each for each in overrides if each.because and names_recommendation(each.because, named)]
    return naming[-1] if naming else None


def _at_the_needle(proposal: Proposal) -> Proposal:
    """The proposal as it is once the questions of the day were answered no, where nothing else stands against it.

    A fever, and the skin where the needle goes, can only be known when it goes in. Who said lately that there is none
    is asked again there, and not before: those questions stand beside the proposal. Who never said so, or not for
    long, or said that there is one, or something that may be one (`T 38.9`), is asked before a session is planned.
    """
    if not proposal.needles:
        return proposal
    view = proposal.view
    lapsed = {
        condition: statement
        for condition, statement in asked_on_the_day(view.timeline, view.day).items()
        if next(doubts_whether({condition}, view.timeline, view.day), None) is None
    }
    if not lapsed:
        return proposal
    item = proposal.alone()
    if isinstance(item, Withheld) or item.state == "now":
        return proposal
    answered = view.timeline.with_entries(
        [
            FindingEntry(place=0, day=view.day, minute=None, what=condition, state="absent")
            for condition in lapsed
        ]
    )
    then = View(answered, view.day, started=view.started, entered=view.entered)
    first = tuple(
        message("beside.on-the-day", condition=CONDITIONS[condition], day=statement.day, held=statement.held)
        for condition, statement in lapsed.items()
    )
    asked = replace(proposal, view=then, today=proposal, first=first)
    item = asked.alone()
    return asked if isinstance(item, PlanItem) and item.state == "now" else proposal


# --- proposals beside each other --------------------------------------------------------------------


def _beside_each_other(
    proposals: Sequence[Proposal], single: Sequence[PlanItem | Withheld]
) -> Iterator[PlanItem | Withheld]:
    """Where two of what could be done now exclude each other, both are one choice; so is what only many raise."""
    now = [
        at
        for at, item in enumerate(single)
        if isinstance(item, PlanItem)
        and item.state == "now"
        and proposals[at].begins
        and item.decided is None
    ]
    choices: dict[int, list[Message]] = {}
    for first, second in combinations(now, 2):
        for alert in _together(proposals, (first, second)):
            texts = (proposals[first].item.text, proposals[second].item.text)
            choice = message("need.one-of", items=texts, alert=alert.text, id=alert.id)
            choices.setdefault(first, []).append(choice)
            choices.setdefault(second, []).append(choice)
    rest = [at for at in now if at not in choices]
    for alert in _together(proposals, rest):
        texts = tuple(proposals[at].item.text for at in rest)
        for at in rest:
            choices.setdefault(at, []).append(
                message("need.not-all", items=texts, alert=alert.text, id=alert.id)
            )
    for at, item in enumerate(single):
        if isinstance(item, PlanItem) and at in choices:
            yield replace(item, state="ask", to_clear=(*item.to_clear, *choices[at]))
        else:
            yield item


def _together(proposals: Sequence[Proposal], chosen: Sequence[int]) -> Sequence[Alert]:
    """The alerts that these of the proposals raise together and none of them raises alone."""
    if len(chosen) < 2:
        return ()
    view = proposals[chosen[0]].view
    return raised_together(view.timeline, view.day, [proposals[at].given for at in chosen])


def _with_what_stands_beside(
    proposals: Sequence[Proposal], items: Sequence[PlanItem | Withheld]
) -> Iterator[PlanItem | Withheld]:
    """What can be done now, each with the milder alerts it raises beside the rest, and with what is not recorded."""
    now = [
        at
        for at, item in enumerate(items)
        if isinstance(item, PlanItem) and item.state == "now" and proposals[at].begins
    ]
    begun = [proposals[at].given for at in now]
    for at, item in enumerate(items):
        if not isinstance(item, PlanItem):
            yield item
            continue
        fitted = beside_moving(proposals[at].here) if proposals[at].moves else ()
        if not proposals[at].begins:
            yield replace(item, beside=fitted) if fitted else item
            continue
        unasked = proposals[at].with_child_unasked()
        timeline, day = proposals[at].view.timeline, proposals[at].view.day
        unknown = no_rule_beside(timeline, day, proposals[at].given)
        if at not in now:
            asked = open_contraindications(proposals[at].with_it)
            topics = tuple(title for key, title in unasked.items() if key not in asked)
            not_recorded = (message("beside.not-recorded", topics=topics),) if topics else ()
            alone = milder_raised(
                timeline, without_given(proposals[at].here, [proposals[at].given]), proposals[at].with_it
            )
            yield replace(item, beside=(*fitted, *alone, *not_recorded, *unknown))
            continue
        empty = without_given(proposals[at].here, begun)
        without = with_given(timeline, day, empty, [proposals[other].given for other in now if other != at])
        milder = (
            *fitted,
            *proposals[at].first,
            *milder_alerts(timeline, without, with_given(timeline, day, empty, begun), unasked),
            *proposals[at].not_judged(forbidding=False),
            *unknown,
        )
        yield replace(item, beside=milder)
