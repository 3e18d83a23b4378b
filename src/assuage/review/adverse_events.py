"""What recorded adverse events answer of the Naranjo scale: those that are the outcome and suspect the exposure.

A person's word on one event says more than counts do: when it began, what was done, how it ended. Which of the words
answers which item is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from assuage.catalogue.message import Message, message
from assuage.record.care_entries import AdverseEventEntry
from assuage.terms.answers import NO, UNKNOWN, YES, Answer

AFTER_STOP = 14  # days in which getting better is put down to a stop (ours)
_STOPPED = frozenset({"stopped", "interrupted"})
_OVER = frozenset({"recovered", "recovering", "recovered_with_sequelae"})
_LASTING = frozenset({"not_recovered", "fatal"})


class AnsweredByEvents(Struct, frozen=True):
    """The items that events answer, each with its event; the days on which they began; what else they suspect."""

    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    reasons: Mapping[str, Message] = field(default_factory=dict[str, Message])
    onsets: tuple[int, ...] = ()
    others: tuple[Message, ...] = ()


def answered_by_events(
    events: Sequence[AdverseEventEntry],
    starts: Sequence[int],
    stops: Sequence[int],
    today: int,
    is_exposure: Callable[[str], bool],
) -> AnsweredByEvents:
    """What events that suspect an exposure answer, of the days on which it was begun and stopped up to today."""
    events = sorted(events, key=lambda event: (onset_of(event), event.place))
    given = {
        "NQ2": _after_exposure(events, starts),
        "NQ3": _better_when_stopped(events, stops, today),
        "NQ4": _on_rechallenge(events, starts, stops),
    }
    answered = {item: each for item, each in given.items() if each is not None}
    return AnsweredByEvents(
        answers={item: value for item, (value, _) in answered.items()},
        reasons={item: event_message(event) for item, (_, event) in answered.items()},
        onsets=tuple(onset_of(event) for event in events),
        others=tuple(
            message("suspect.cause-suspected", what=word, entry=event.place)
            for event in events
            for word in event.suspected
            if not is_exposure(word)
        ),
    )


def onset_of(event: AdverseEventEntry) -> int:
    """The day on which an event began; its own day where no onset is known."""
    return event.day if event.onset is None else event.onset


def event_message(event: AdverseEventEntry) -> Message:
    """What the event was, when it began, and its place in the record."""
    return message("suspect.adverse-event", what=event.what, day=onset_of(event), entry=event.place)


def _after_exposure(
    events: Sequence[AdverseEventEntry], starts: Sequence[int]
) -> tuple[Answer, AdverseEventEntry] | None:
    """Yes where an event began on the day of the first exposure or later, no where every one began before it."""
    if not events or not starts:
        return None
    after = [event for event in events if onset_of(event) >= min(starts)]
    return (YES, after[0]) if after else (NO, events[-1])


def _better_when_stopped(
    events: Sequence[AdverseEventEntry], stops: Sequence[int], today: int
) -> tuple[Answer, AdverseEventEntry] | None:
    """Yes where an event went once the exposure was stopped, no where it stayed; None where nobody says.

    Stopped is what the event says was done, or a recorded stop since it began. An event that ended before the stop, or
    more than two weeks after it (ours), is no answer.
    """
    answers = [(_one_better(event, stops, today), event) for event in events]
    for value in (YES, NO):
        for given, event in answers:
            if given is value:
                return value, event
    return None


def _one_better(event: AdverseEventEntry, stops: Sequence[int], today: int) -> Answer:
    since = [day for day in stops if day >= onset_of(event)]
    if not since and event.action not in _STOPPED:
        return UNKNOWN
    stop = min(since) if since else None
    if event.outcome in _LASTING:
        # Said before the stop, it says nothing of what came after.
        return NO if stop is None or event.day >= stop else UNKNOWN
    if event.outcome not in _OVER and event.end is None:
        return UNKNOWN
    better = event.day if event.end is None else event.end
    if better > today or (stop is not None and better < stop):
        return UNKNOWN
    # The day on which it is told that it is over is not the day on which it ended.
    late = stop is not None and event.end is not None and event.end > stop + AFTER_STOP
    return UNKNOWN if late else YES


def _on_rechallenge(
    events: Sequence[AdverseEventEntry], starts: Sequence[int], stops: Sequence[int]
) -> tuple[Answer, AdverseEventEntry] | None:
    """Yes where the event began again once the exposure had been stopped and begun anew; None where it did not."""
    for before, again in zip(events, events[1:], strict=False):
        for start in starts:
            stopped = before.action in _STOPPED or any(onset_of(before) <= day <= start for day in stops)
            if stopped and onset_of(before) < start <= onset_of(again):
                return YES, again
    return None
