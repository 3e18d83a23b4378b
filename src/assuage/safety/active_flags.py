"""Red flags that are active on a day: what tells of them, what clears them, and which of them shut every gate.

The meaning is written out in docs/reference/red-flags.md: a flag is active from the latest statement that tells of
it until a person clears it. A statement may be a check, a sign (written as a symptom or as a finding), a group of
signs, a condition that is the flag in other words, or the answer to an item of a questionnaire; all of them shut the
same gates. A check clears what was told before it, and not what it tells itself or what was told at the same moment;
one of an approximate day clears nothing, and one that says unknown afterwards opens the question again. That a symptom
went away does not clear its flag: nobody has looked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, Wording, message
from assuage.record.care_entries import AdverseEventEntry, AllergyEntry, DiagnosisEntry
from assuage.record.decided_entries import DecisionEntry, RedFlagEntry
from assuage.record.derived import NumberFinding
from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    FindingEntry,
    MedicationEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.timeline import Timeline
from assuage.safety.alerts import Tier
from assuage.safety.formulary import is_a
from assuage.terms.answers import ANSWER_OF_STATE, NO, YES
from assuage.terms.conditions import CONDITIONS
from assuage.terms.icd10 import icd10_code
from assuage.terms.measurements import find_measurement
from assuage.terms.modifiers import says_newly
from assuage.terms.red_flags import CLEARED_TOGETHER, RED_FLAGS, SUICIDAL, RedFlag
from assuage.terms.signs import SIGN_GROUPS, Sign, SignGroup, Support, find_sign
from assuage.terms.sites import SITES, lies_within
from assuage.terms.symptoms import ALL_SYMPTOMS, GONE_STATES, WORSE_STATES, find_symptom
from assuage.terms.therapies import THERAPIES
from assuage.terms.times import is_clock, time_of_day

# A condition that is the flag in other words.
FLAG_OF_CONDITION: dict[str, str] = {
    "neuro_deficit_new": "RF_NEW_NUMBNESS",
    "vascular_red_flag": "RF_DISSECTION",
    "cervical_myelopathy_suspected": "RF_MYELOPATHY",
    "cervical_instability": "RF_INSTABILITY",
    "fever_systemic": "RF_INFECTION",
    "lft_raised_gt3uln": "RF_LIVER",
    "suicidality": "RF_SUICIDE",
}
# And the other way round: what an active flag says of the conditions that rules ask about.
CONDITION_OF_FLAG: dict[str, str] = {
    "RF_NEW_NUMBNESS": "neuro_deficit_new",
    "RF_NEW_WEAKNESS": "neuro_deficit_new",
    "RF_PROGRESSIVE": "neuro_deficit_new",
    "RF_DISSECTION": "vascular_red_flag",
    "RF_MYELOPATHY": "cervical_myelopathy_suspected",
    "RF_INSTABILITY": "cervical_instability",
    "RF_INFECTION": "fever_systemic",
    "RF_SUICIDE": "suicidality",
    "RF_GIBLEED": "gi_bleed",
    "RF_LIVER": "lft_raised_gt3uln",
}
# An answer that tells of a flag: the instrument, the item, and from which answer on.
ITEMS: tuple[tuple[str, str, int, RedFlag, Message], ...] = (
    ("phq9", "self_harm", 1, SUICIDAL, message("flag.item-phq9-self-harm")),
)
_NEEDLES = frozenset(therapy.id for therapy in THERAPIES.values() if therapy.needle)
SAME_DAY: Support = "needle:same-day"
WEAKNESS = ("weakness", "RF_NEW_WEAKNESS")
LEG_WEAKNESS = "leg_weakness"
LEGS = ("hip", "upper_leg", "knee", "lower_leg", "ankle", "foot")


class ActiveFlag(Struct, frozen=True):
    """A flag that was raised and that nobody has cleared: since when, why, and the entries that say so."""

    flag: RedFlag
    since: int | None
    because: Message
    entries: tuple[int, ...] = ()
    site: str | None = None

    @property
    def shuts_gates(self) -> bool:
        """Whether no gate may open while it is active: an emergency or something urgent."""
        return tier_of_flag(self.flag) == "stop"


def tier_of_flag(flag: RedFlag) -> Tier:
    """Stop for an emergency and for what is urgent; what is only to be seen soon asks."""
    return "ask" if flag.urgency == "soon" else "stop"


def active_flags(timeline: Timeline, day: int) -> tuple[ActiveFlag, ...]:
    """The flags that are active at the end of a day, in the order of the file."""
    return timeline.once(_history).at(day).active


def shutting_flags(timeline: Timeline, day: int) -> tuple[ActiveFlag, ...]:
    """The active flags because of which every gate stays shut at the end of a day; empty where gates may decide."""
    return timeline.once(_history).at(day).shutting


def cleared_flags(timeline: Timeline, day: int) -> frozenset[str]:
    """The flags that were told of up to a day and are not active at its end: a person has cleared them."""
    return timeline.once(_history).at(day).cleared


def concerns_flags(timeline: Timeline) -> bool:
    """Whether anything is recorded that can raise or clear a red flag at all, also only together with other signs."""
    return bool(timeline.once(_history).days)


def may_raise(entry: AnyEntry) -> bool:
    """Whether an entry can tell of a flag: alone, or as a sign that does so together with others."""
    match entry:
        case RedFlagEntry():
            return "present" in entry.flags.values()
        case SymptomEntry() if entry.sign is not None:
            return _is_there(entry)
        case SymptomEntry() | FindingEntry() | AllergyEntry() | AdverseEventEntry() | DiagnosisEntry():
            return any(_is_there(each) and _concerns(each) for each in Timeline.of([entry]).concluded())
        case AnswersEntry():
            return any(True for _ in _flags_of_answers(entry))
        case _:
            return False


class FlagsNow(Struct, frozen=True):
    """The flags at a moment: the active ones, those of them that shut gates, and those told of and cleared."""

    active: tuple[ActiveFlag, ...] = ()
    shutting: tuple[ActiveFlag, ...] = ()
    cleared: frozenset[str] = frozenset()


class _History(Struct, frozen=True):
    """The flags after each day on which anything was recorded of one; between such days nothing changes."""

    days: list[int]
    after: list[FlagsNow]

    def at(self, day: int) -> FlagsNow:
        number = bisect_right(self.days, day)
        return self.after[number - 1] if number else FlagsNow()


def _history(timeline: Timeline) -> _History:
    """What is active after each day on which anything was told."""
    after = {entry.day: flags for entry, flags in flags_after_each(timeline)}
    return _History(list(after), list(after.values()))


def flags_after_each(timeline: Timeline) -> Iterator[tuple[AnyEntry, FlagsNow]]:
    """Each statement that has to do with a flag, in order, and the flags after it; of an entry the last one counts."""
    entries: list[AnyEntry] = [
        *(entry for entry in timeline.symptoms() if entry.sign is not None or _is_all(entry.what)),
        *(timeline.as_written(entry) for entry in timeline.concluded() if _concerns(entry)),
        *(entry for entry in timeline.answers() if any(entry.instrument == row[0] for row in ITEMS)),
        *(entry for entry in timeline.medication() if _supports_of(entry)),
        *(entry for entry in timeline.sessions() if _supports_of(entry)),
        *timeline.checks(),
        *(entry for entry in timeline.decisions() if entry.do == "override"),
    ]
    flags = _Flags()
    for entry in sorted(entries, key=lambda entry: entry.order):
        flags.follow(entry)
        yield entry, flags.now()


class _Told:
    """What tells of one flag since a person last overrode it, by the way in which it was told.

    A way is a sign or an answer, a check, or a condition by its id. `latest` are the entries of the latest day on which
    each way told of it. `checked` are the states of the flag and of those cleared together with it, in checks since it
    was last told of.
    """

    def __init__(self) -> None:
        self.ways: dict[str, ActiveFlag] = {}
        self.latest: dict[str, list[AnyEntry]] = {}
        self.ever: set[str] = set()
        self.checked: dict[str, str] = {}

    def is_cleared(self, flag: str) -> bool:
        """Whether checks since it was last told of cleared it."""
        if self.checked.get(flag) == "absent":
            return True
        together = CLEARED_TOGETHER.get(flag, ())
        return bool(together) and all(self.checked.get(other.id) == "absent" for other in together)

    def is_before(self, check: RedFlagEntry) -> bool:
        """Whether all that told of it came before a check, as far as days and times tell."""
        return all(_came_after(check, told) for entries in self.latest.values() for told in entries)

    def is_active(self, flag: str) -> bool:
        """Whether it was told of and nobody has cleared it."""
        return bool(self.ways) and not self.is_cleared(flag)

    def merged(self) -> ActiveFlag:
        """One flag of all the ways in which it was told; the words of a sign come before those of a check."""
        first = self.ways.get("sign") or next(iter(self.ways.values()))
        entries = sorted({place for way in self.ways.values() for place in way.entries})
        since = min(way.since for way in self.ways.values() if way.since is not None)
        return replace(first, since=since, entries=tuple(entries))


class _Flags:
    """The flags as they are told of and cleared, entry by entry."""

    def __init__(self) -> None:
        self.told: dict[str, _Told] = {}
        # Where each sign is, and the entry that said so; and what is recorded beside signs.
        self.signs: dict[str, dict[str | None, SymptomEntry | FindingEntry]] = {}
        self.beside: dict[Support, AnyEntry] = {}

    def now(self) -> FlagsNow:
        """What is active after the entries so far."""
        active = tuple(
            self.told[key].merged() for key in RED_FLAGS if key in self.told and self.told[key].is_active(key)
        )
        cleared = frozenset(key for key, told in self.told.items() if not told.is_active(key))
        return FlagsNow(active, tuple(flag for flag in active if flag.shuts_gates), cleared)

    def follow(self, entry: AnyEntry) -> None:
        """What one more entry says."""
        match entry:
            case SymptomEntry() | FindingEntry():
                self._found(entry)
            case RedFlagEntry():
                self._checked(entry)
            case DecisionEntry(because=str(because)):
                for key in [key for key in self.told if clears(because, RED_FLAGS[key])]:
                    del self.told[key]
            case AnswersEntry():
                for flag, reason in _flags_of_answers(entry):
                    self._tell(flag, "sign", reason, entry, keep=True)
            case MedicationEntry() | TherapyEntry():
                for support in _supports_of(entry):
                    self.beside[support] = entry
                    self._tell_groups(entry, support)
            case _:
                pass  # no other kind of entry speaks of a flag

    def _tell(
        self,
        flag: RedFlag,
        way: str,
        because: Message,
        entry: AnyEntry,
        *,
        places: Iterable[int] = (),
        keep: bool = False,
    ) -> None:
        """The flag is told of. `keep` keeps the words of what told of it in the same way before."""
        told = self.told.setdefault(flag.id, _Told())
        if told.is_cleared(flag.id):
            told.ways.clear()
            told.latest.clear()
        told.checked.clear()
        told.ever.add(way)
        of_the_day = [other for other in told.latest.get(way, ()) if other.day == entry.day]
        told.latest[way] = [*of_the_day, entry]
        before = told.ways.get(way)
        entries = tuple(dict.fromkeys((*(before.entries if before else ()), *places, entry.place)))
        if before is not None and keep:
            told.ways[way] = replace(before, entries=entries)
        else:
            since = entry.day if before is None else before.since
            site = entry.site if isinstance(entry, SymptomEntry) else None
            told.ways[way] = ActiveFlag(flag, since, because, entries, site)

    def _found(self, entry: SymptomEntry | FindingEntry) -> None:
        """A symptom or a finding: the sign it names, and the condition that is a flag in other words."""
        sign = _sign_of(entry)
        if sign is not None:
            self._signed(sign, entry)
        elif isinstance(entry, SymptomEntry) and entry.state in GONE_STATES:
            for places in self.signs.values():  # all symptoms are gone
                _goes(places, entry.where)
        if isinstance(entry, FindingEntry):
            for condition, state in _conditions_of(entry):
                self._of_condition(condition, state, entry)

    def _signed(self, sign: Sign, entry: SymptomEntry | FindingEntry) -> None:
        site = entry.where if isinstance(entry, SymptomEntry) else None
        places = self.signs.setdefault(sign.id, {})
        if _is_gone(entry):
            _goes(places, site)
        if not _is_there(entry):
            return
        places[site] = entry
        if sign.flag is not None and (not sign.newly or is_new(entry)):
            self._tell(sign.flag, "sign", sign_in_words(entry), entry)
        for key in _keys_of(sign, site):
            self._tell_groups(entry, key)

    def _tell_groups(self, entry: AnyEntry, key: str) -> None:
        """The groups that are complete and to which this belongs."""
        for group in _groups_of(key):
            on = entry.day if SAME_DAY in group.beside else None
            signs = [sign for part in group.parts if (sign := self._first_of(part, on)) is not None]
            beside = [self.beside[support] for support in group.beside if support in self.beside]
            if on is not None and any(other.day != on for other in beside):
                continue
            if len(signs) == len(group.parts) and len(beside) == len(group.beside):
                words = tuple(_word_of(sign) for sign in signs)
                because = message("flag.signs", signs=words, day=entry.day)
                places = [other.place for other in (*signs, *beside)]
                self._tell(group.flag, "sign", because, entry, places=places, keep=True)

    def _first_of(self, part: tuple[str, ...], on: int | None) -> SymptomEntry | FindingEntry | None:
        """An entry that says that one of these signs is there, of that day (None: any); None if none does."""
        for key in part:
            for entry in self.signs.get(key, {}).values():
                if on is None or entry.day == on:
                    return entry
            if key == LEG_WEAKNESS:
                for site, entry in (place for weak in WEAKNESS for place in self.signs.get(weak, {}).items()):
                    if _at_leg(site) and (on is None or entry.day == on):
                        return entry
        return None

    def _of_condition(self, condition: str, state: str, entry: FindingEntry) -> None:
        """A finding takes back what findings of the same condition told, and nothing else."""
        flag = RED_FLAGS[FLAG_OF_CONDITION[condition]]
        told = self.told.get(flag.id)
        answer = ANSWER_OF_STATE[state]
        if answer is YES:
            self._tell(flag, condition, _in_words(condition, entry), entry)
        elif told is not None and answer is NO:
            told.ways.pop(condition, None)
            told.latest.pop(condition, None)
        elif told is not None and condition in told.ever:
            self._tell(flag, condition, message("flag.unknown", day=entry.day), entry, keep=True)

    def _checked(self, entry: RedFlagEntry) -> None:
        """A check: what it finds present is told of; of what was told before it, it says what it found."""
        present = [key for key, state in entry.flags.items() if state == "present" and key in RED_FLAGS]
        # What a patient, a relative or a file calls absent is no clinician's look at it, and of an approximate day
        # nobody can say that it came after what was told.
        looked = entry.word_of_clinician and not entry.approximate
        for key, told in self.told.items():
            if entry.flags.get(key) == "unknown":
                self._tell(RED_FLAGS[key], "check", message("flag.unknown", day=entry.day), entry, keep=True)
            elif key not in present:
                whole = looked and told.is_before(entry)
                told.checked |= {
                    flag: state for flag, state in entry.flags.items() if whole or state != "absent"
                }
        for key in present:
            because = message("flag.found-present", day=entry.day)
            self._tell(RED_FLAGS[key], "check", because, entry, keep=True)


def _goes(places: dict[str | None, SymptomEntry | FindingEntry], site: str | None) -> None:
    """Take away what was said of places that lie within the one it is gone from (None: everywhere)."""
    for place in [place for place in places if site is None or (place and lies_within(place, site))]:
        del places[place]


def _came_after(check: RedFlagEntry, told: AnyEntry) -> bool:
    """Whether a check came after what was told: on a later day, or at a later time where both have one.

    A word for a part of the day stands for all of it: a check of nine o'clock is not after what was told that morning.
    """
    if check.day != told.day:
        return check.day > told.day
    if check.minute is None or told.minute is None or told.approximate:
        return False
    if check.minute <= told.minute:
        return False
    by_the_clock = is_clock(check.time) and is_clock(told.time)
    return by_the_clock or time_of_day(check.minute) is not time_of_day(told.minute)


def _at_leg(site: str | None) -> bool:
    return site is not None and any(lies_within(site, leg) for leg in LEGS)


def _concerns(entry: FindingEntry) -> bool:
    return find_sign(entry.what) is not None or any(True for _ in _conditions_of(entry))


def _sign_of(entry: SymptomEntry | FindingEntry) -> Sign | None:
    return entry.sign if isinstance(entry, SymptomEntry) else find_sign(entry.what)


def _is_all(words: str) -> bool:
    symptom = find_symptom(words)
    return symptom is not None and symptom.id == ALL_SYMPTOMS.id


def is_new(entry: SymptomEntry | FindingEntry) -> bool:
    """Whether a sign is said to be new or worse, or was found now: not by history, and not by a code alone."""
    if says_newly(entry.what):
        return True
    if isinstance(entry, FindingEntry):
        return entry.method != "history" and icd10_code(entry.what) is None
    return entry.state in WORSE_STATES


def _is_there(entry: SymptomEntry | FindingEntry) -> bool:
    if isinstance(entry, FindingEntry):
        return ANSWER_OF_STATE[entry.state] is YES
    return entry.state not in GONE_STATES


def _is_gone(entry: SymptomEntry | FindingEntry) -> bool:
    if isinstance(entry, FindingEntry):
        return ANSWER_OF_STATE[entry.state] is NO
    return entry.state in GONE_STATES


def _conditions_of(entry: FindingEntry) -> Iterator[tuple[str, str]]:
    """The conditions that are a flag in other words of which a finding speaks, and the state it says.

    A normal measurement says that what it rules out is absent.
    """
    for condition in entry.conditions:
        if condition.id in FLAG_OF_CONDITION:
            yield condition.id, entry.state
    measurement = find_measurement(entry.what)
    if measurement is not None and entry.state == "normal" and measurement.undoes:
        for name in measurement.ruled_out:
            if name in FLAG_OF_CONDITION:
                yield name, "absent"


def _keys_of(sign: Sign, site: str | None) -> tuple[str, ...]:
    """Under which keys groups look for a sign: weakness of a leg is also weakness of the legs."""
    return (sign.id, LEG_WEAKNESS) if sign.id in WEAKNESS and _at_leg(site) else (sign.id,)


@cache
def _groups_of(key: str) -> tuple[SignGroup, ...]:
    """The groups to which a sign, or what is recorded beside signs, belongs."""
    return tuple(
        group for group in SIGN_GROUPS if key in group.beside or any(key in part for part in group.parts)
    )


def _supports_of(entry: MedicationEntry | TherapyEntry) -> tuple[Support, ...]:
    """What an entry adds that counts beside signs: that a drug was taken, or that a needle was used."""
    if isinstance(entry, TherapyEntry):
        return ("needle", SAME_DAY) if entry.took_place and entry.certainly & _NEEDLES else ()
    if entry.do == "stop" or entry.known is None:
        return ()
    drugs = entry.known.parts or (entry.known,)
    return tuple(dict.fromkeys(support for drug in drugs for support in _supports_of_drug(drug.id)))


@cache
def _supports_of_drug(drug: str) -> tuple[Support, ...]:
    supports: tuple[tuple[Support, bool], ...] = (
        ("taken:serotonergic", any(is_a(drug, name) for name in ("serotonergic", "maoi", "triptan_class"))),
        ("taken:tca", is_a(drug, "tca")),
        ("taken:tizanidine", drug == "tizanidine"),
    )
    return tuple(support for support, holds in supports if holds)


def _flags_of_answers(entry: AnswersEntry) -> Iterator[tuple[RedFlag, Message]]:
    """The flags of which answers tell."""
    for instrument, item, least, flag, asked in ITEMS:
        given = entry.items.get(item) if entry.instrument == instrument else None
        if isinstance(given, int | float) and given >= least:
            yield flag, message("flag.answer", item=asked, value=given, day=entry.day)


def clears(reason: str, flag: RedFlag) -> bool:
    """Whether the reason of an override names this flag, by its id or its title."""
    words = reason.lower()
    return flag.id.lower() in words or flag.title.lower() in words


def _in_words(condition: str, entry: FindingEntry) -> Message:
    """`fever or systemic infection (temperature 38.9 °C) on day 4`: the condition, with the number it follows from."""
    number = entry.result if isinstance(entry, NumberFinding) else None
    return message("flag.condition-told", condition=CONDITIONS[condition], number=number, day=entry.day)


def sign_in_words(entry: SymptomEntry | FindingEntry) -> Message:
    """`new numbness at the occiput on day 48`: the symptom by the word that was written."""
    if isinstance(entry, FindingEntry):
        return message("flag.sign-present", symptom=_word_of(entry), site=None, day=entry.day)
    site = entry.site if entry.site is None else SITES.get(entry.site, entry.site)
    return message(f"flag.sign-{entry.state}", symptom=_word_of(entry), site=site, day=entry.day)


def _word_of(entry: AnyEntry) -> str | Wording:
    """The word that was written for a sign or a symptom, with the key of its translations."""
    assert isinstance(entry, SymptomEntry | FindingEntry)
    known = find_symptom(entry.what) or _sign_of(entry)
    return entry.what if known is None else Wording(known.wording.key, entry.what)
