"""Red flags that something recorded may tell of, so that a person is asked: it decides nothing and raises none (ours).

Words that nothing reads as a whole and name a sign or hint at one, a sign of which nobody said that it is new, and a
questionnaire that came without the item that tells of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assuage.patterns import kept_pattern
from assuage.record.entries import AnswersEntry, AnyEntry, FindingEntry, ScoreEntry, SymptomEntry
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import FLAG_OF_CONDITION, ITEMS, is_new
from assuage.safety.doubts import OF_OTHERS, conditions_named, hints_at_age, possible_names, readings_of
from assuage.terms.modifiers import says_newly
from assuage.terms.names import spaced
from assuage.terms.red_flags import RED_FLAGS, RedFlag
from assuage.terms.signs import Sign, find_sign
from assuage.terms.symptoms import PRESENT_STATES, WORSE_STATES
from assuage.terms.told_scores import total_told

# A sign of a red flag of long ago raises none.
_LONG_AGO = kept_pattern(
    r"\b(?:years? ago|in (?:19|20)\d\d|as a child|in childhood|history|previous\w*|past|former\w*"
    r"|vor jahren|prieš \w+ metus)\b"
)
_FOR_LONG = kept_pattern(
    r"\b(?:chronic\w*|long\w*|known|always|unchanged|stable|stress|for (?:\w+ )?(?:months|years)|since (?:19|20)\d\d"
    r"|lėtin\w*|seniai|chronisch\w*|bekannt\w*|seit (?:\w+ )?(?:monaten|jahren))\b"
)


class FlagInDoubt(NamedTuple):
    """An entry that nothing reads, and the red flags of whose signs its words name one.

    `at_that_age` is of a symptom of ours that only tells of a flag because it is new in somebody of that age.
    """

    entry: FindingEntry | SymptomEntry
    flags: frozenset[str]
    at_that_age: bool = False


def flags_in_doubt(timeline: Timeline, until: int) -> Iterator[FlagInDoubt]:
    """What is there, nothing reads, and names a sign of a red flag in passing; the latest word on each thing."""
    findings = {spaced(finding.what): finding for finding in timeline.findings(until)}
    told = {spaced(entry.what): entry for entry in timeline.symptoms(until)}
    for finding in findings.values():
        if finding.state not in ("present", "abnormal") or finding.method in OF_OTHERS:
            continue
        newly = not _FOR_LONG.search(spaced(finding.what))
        named = (_flags_in(words, timeline, until, newly=newly) for words in readings_of(finding))
        if flags := frozenset[str]().union(*named):
            yield FlagInDoubt(finding, flags)
    for entry in told.values():
        unread = entry.symptom is None and (entry.sign is None or entry.sign.flag is None)
        if (entry.state in PRESENT_STATES and unread) and (
            flags := _flags_in(
                entry.what, timeline, until, newly=entry.state in WORSE_STATES or says_newly(entry.what)
            )
        ):
            yield FlagInDoubt(entry, flags)
    for entry in told.values():
        # That it is new may tell of a flag at that age: a headache of somebody old.
        if entry.sign is None and entry.state == "new":
            named = hints_at_age(f"new {entry.what}", timeline, until)
            flags = frozenset[str]().union(*(hint.flags for hint in named if hint.from_age))
            if flags := frozenset(
                flag for flag in flags if not _is_excluded(RED_FLAGS[flag], entry, timeline, until)
            ):
                yield FlagInDoubt(entry, flags, entry.symptom is not None)
    yield from _passed_and_unchecked(timeline, until)


def _passed_and_unchecked(timeline: Timeline, until: int) -> Iterator[FlagInDoubt]:
    """What hinted at an emergency and is gone again, as a TIA or a thunderclap headache goes: until it was checked."""
    was_there: dict[str, SymptomEntry] = {}
    gone: dict[str, SymptomEntry] = {}
    for entry in timeline.symptoms(until):
        if entry.sign is None and entry.symptom is None:
            gone[spaced(entry.what)] = entry
            if entry.state in PRESENT_STATES or entry.state == "resolved":
                was_there[spaced(entry.what)] = entry
    for words, entry in was_there.items():
        if gone[words].state not in PRESENT_STATES:
            named = _flags_in(entry.what, timeline, until, newly=True)
            flags = frozenset(flag for flag in named if RED_FLAGS[flag].urgency == "emergency")
            if any(not _is_excluded(RED_FLAGS[flag], entry, timeline, until) for flag in flags):
                yield FlagInDoubt(gone[words], flags)


def perhaps_new(timeline: Timeline, until: int) -> Iterator[FindingEntry | SymptomEntry]:
    """The signs of which only a new one tells of a flag, where nobody said whether they are new.

    A symptom, where the flag is an emergency, or where it was not yet told when symptoms were first told, or before a
    clinician excluded the flag (ours); of a code, a diagnosis or a history, whatever the flag. Until it is said to be
    gone, to be there for long, or a clinician excluded the flag.
    """
    told = {spaced(entry.what): entry for entry in timeline.symptoms(until)}
    written = {spaced(finding.what): finding for finding in timeline.findings(until)}
    for entry in (*told.values(), *written.values()):
        sign = find_sign(entry.what) if isinstance(entry, FindingEntry) else entry.sign
        if sign is None or sign.flag is None or not sign.newly or is_new(entry):
            continue
        if isinstance(entry, FindingEntry):
            here = entry.state in ("present", "abnormal")
        else:
            here = entry.state == "present" and (
                sign.flag.urgency == "emergency" or _came_later(sign, timeline, until)
            )
        if (
            here
            and not _is_excluded(sign.flag, entry, timeline, until)
            and not _FOR_LONG.search(spaced(entry.what))
        ):
            yield entry


def _came_later(sign: Sign, timeline: Timeline, until: int) -> bool:
    """Whether a sign was first told after the day of the first symptoms, or after its flag was excluded once."""
    assert sign.flag is not None
    symptoms = tuple(timeline.symptoms(until))
    told = (entry.order for entry in symptoms if entry.sign == sign and entry.state in PRESENT_STATES)
    first = min(told, default=None)
    if first is None:
        return False
    excluded = any(
        check.order < first and check.word_of_clinician and check.flags.get(sign.flag.id) == "absent"
        for check in timeline.checks(until)
    )
    return excluded or first[0] > min(entry.day for entry in symptoms)


def _is_excluded(flag: RedFlag, entry: AnyEntry, timeline: Timeline, until: int) -> bool:
    """Whether a clinician excluded a flag after an entry."""
    return any(
        check.order > entry.order and check.word_of_clinician and check.flags.get(flag.id) == "absent"
        for check in timeline.checks(until)
    )


class ItemNotTold(NamedTuple):
    """A questionnaire of which the total, or the other answers, came without the item that tells of a red flag."""

    entry: AnswersEntry | ScoreEntry | FindingEntry | SymptomEntry
    flag: RedFlag
    written: str


# From which total on it is asked what was answered to the item that tells of a flag, where nobody said (ours: from
# where the total is called severe). Above 24 no answer to it can have been none.
_ASKED_FROM = {"phq9": 20}


def items_not_told(timeline: Timeline, until: int) -> tuple[ItemNotTold, ...]:
    """The latest of each questionnaire that may tell of a flag, where the item itself was not answered.

    Until it is answered, a total is lower, or a clinician excluded the flag.
    """
    return timeline.once(_items_not_told, until)


def _items_not_told(timeline: Timeline, until: int) -> tuple[ItemNotTold, ...]:
    return tuple(_found_not_told(timeline, until))


def _found_not_told(timeline: Timeline, until: int) -> Iterator[ItemNotTold]:
    told = (
        *(finding for finding in timeline.findings(until) if finding.state in ("present", "abnormal")),
        *(symptom for symptom in timeline.symptoms(until) if symptom.state in PRESENT_STATES),
    )
    # Of a diary of years hardly an entry is of these questionnaires: the rest is left out before it is sorted.
    answers = (entry for entry in timeline.answers(until) if entry.instrument in _ASKED_FROM)
    scores = (entry for entry in timeline.scores(until) if entry.scale in _ASKED_FROM)
    entries = sorted((*answers, *scores, *told), key=lambda each: each.order)
    for instrument, item, _, flag, _ in ITEMS:
        latest: ItemNotTold | None = None
        answered: int | None = None
        for entry in entries:
            match entry:
                case AnswersEntry() if entry.instrument == instrument:
                    given = [answer for answer in entry.items.values() if isinstance(answer, int | float)]
                    answered = entry.day if entry.items.get(item) is not None else answered
                    total = float(sum(given))
                case ScoreEntry() if entry.scale == instrument:
                    total = entry.range[1]
                case FindingEntry() | SymptomEntry():
                    in_words = _total_in_words(instrument, entry)
                    if in_words is None:
                        continue
                    total = float(in_words)
                case _:
                    continue
            open_still = answered != entry.day and total >= _ASKED_FROM[instrument]
            latest = ItemNotTold(entry, flag, f"{instrument} {total:g}") if open_still else None
        if latest is not None and not _is_excluded(flag, latest.entry, timeline, until):
            yield latest


def _total_in_words(instrument: str, entry: FindingEntry | SymptomEntry) -> int | None:
    """The total that a finding or a symptom tells in words, of the patient and not of long ago; None without one."""
    words = entry.with_result if isinstance(entry, FindingEntry) else entry.what
    of_others = isinstance(entry, FindingEntry) and entry.method in OF_OTHERS
    return None if of_others or _LONG_AGO.search(spaced(words)) else total_told(instrument, words)


def _flags_in(words: str, timeline: Timeline, until: int, *, newly: bool) -> frozenset[str]:
    """The red flags that a sign named in these words tells of by itself."""
    if _LONG_AGO.search(spaced(words)):
        return frozenset()
    signs = (find_sign(name) for name in possible_names(words))
    named = frozenset(sign.flag.id for sign in signs if sign and sign.flag and (newly or not sign.newly))
    stated = conditions_named(words, timeline.record.year)  # a condition that is a flag in other words
    named |= {FLAG_OF_CONDITION[condition] for condition in stated if condition in FLAG_OF_CONDITION}
    hints = hints_at_age(words, timeline, until)
    return named.union(*(hint.flags for hint in hints if newly or not hint.newly))
