"""Red flags that are active on a day: what raised them, what clears them, and which of them shut every gate.

A flag is raised by a red_flag_check that found it present, or by a symptom that is the flag's own trigger.
That mapping is short on purpose: most triggers are combinations no single symptom settles, and those are
asked about instead. A flag is active until a person clears it: a later check that finds it absent, or a decision
`override` whose `because` names the flag. That the symptom went away does not clear it: nobody has looked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from assuage.catalogue.message import Message, Wording, message
from assuage.record.entries import DecisionEntry, RedFlagEntry, SymptomEntry
from assuage.record.timeline import Timeline
from assuage.safety.alerts import Alert, Tier, caution, cautious
from assuage.safety.formulary import DIFFERENTIAL
from assuage.safety.rules import Severity, row_text
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.red_flags import DISSECTION, NEURO_VASCULAR_CHECK, NEW_NUMBNESS, RED_FLAGS, RedFlag
from assuage.terms.sites import SITES, lies_within
from assuage.terms.symptoms import WORSE_STATES

# A symptom said to be new or worse that by itself is the file's trigger ("any new sensory loss"). Nothing else
# in the symptom list is: weakness asks for its extent, pain and dizziness for their company.
FLAG_OF_SYMPTOM: dict[str, RedFlag] = {"numbness": NEW_NUMBNESS}
# A condition that is the flag in other words.
FLAG_OF_CONDITION: dict[str, str] = {
    "neuro_deficit_new": "RF_NEW_NUMBNESS",
    "vascular_red_flag": "RF_DISSECTION",
    "cervical_myelopathy_suspected": "RF_MYELOPATHY",
    "cervical_instability": "RF_INSTABILITY",
    "fever_systemic": "RF_INFECTION",
    "lft_raised_gt3uln": "RF_LIVER",
}
# And the other way round: what an active flag says of the conditions that rules ask about.
CONDITION_OF_FLAG: dict[str, str] = {
    "RF_NEW_NUMBNESS": "neuro_deficit_new",
    "RF_PROGRESSIVE": "neuro_deficit_new",
    "RF_DISSECTION": "vascular_red_flag",
    "RF_MYELOPATHY": "cervical_myelopathy_suspected",
    "RF_INSTABILITY": "cervical_instability",
    "RF_INFECTION": "fever_systemic",
    "RF_SUICIDE": "suicidality",
    "RF_GIBLEED": "gi_bleed",
}
# A condition that asks for a flag without being it.
ASKED_BY_CONDITION: dict[str, str] = {"suicidality": "RF_SUICIDE"}
# "Within weeks of neck massage, manipulation or minor trauma" (RF_DISSECTION): four weeks, ours.
DAYS_AFTER_MANUAL_THERAPY = 28
MANUAL_THERAPIES = frozenset({"massage", "deep_tissue_massage", "spinal_manipulation"})
_NECK_PAIN = frozenset({"pain", "stiffness", "headache"})


@dataclass(frozen=True, slots=True)
class ActiveFlag:
    """A flag that was raised and that nobody has cleared: since when, why, and the entries that say so."""

    flag: RedFlag
    since: int | None
    because: Message
    entries: tuple[int, ...] = ()
    site: str | None = None
    details: tuple[Message, ...] = field(default=())

    @property
    def shuts_gates(self) -> bool:
        """Whether no gate may open while it is active: an emergency or something urgent."""
        return tier_of_flag(self.flag) == "stop"


def tier_of_flag(flag: RedFlag) -> Tier:
    """Stop for an emergency and for what is urgent; what is only to be seen soon asks."""
    return "ask" if flag.urgency == "soon" else "stop"


def active_flags(timeline: Timeline, day: int) -> tuple[ActiveFlag, ...]:
    """The flags that are active at the end of a day, in the order of the file.

    New numbness is also cleared by the three checks it asks for (dissection, myelopathy, progressive deficit),
    each last found absent since it was last new or worse, or was found by a check; an older check does not clear
    it, nor does the check that finds it.
    """
    return timeline.once(_history).at(day).active


def shutting_flags(timeline: Timeline, day: int) -> tuple[ActiveFlag, ...]:
    """The active flags because of which every gate stays shut at the end of a day; empty where gates may decide."""
    return timeline.once(_history).at(day).shutting


def concerns_flags(timeline: Timeline) -> bool:
    """Whether anything is recorded that can raise or clear a red flag at all."""
    return bool(timeline.once(_history).days)


@dataclass(frozen=True, slots=True)
class _Active:
    """The flags at the end of a day, and those of them that shut gates."""

    active: tuple[ActiveFlag, ...] = ()
    shutting: tuple[ActiveFlag, ...] = ()


@dataclass(frozen=True, slots=True)
class _History:
    """The flags after each day on which anything was recorded of one; between such days nothing changes."""

    days: list[int]
    after: list[_Active]

    def at(self, day: int) -> _Active:
        number = bisect_right(self.days, day)
        return self.after[number - 1] if number else _Active()


def _history(timeline: Timeline) -> _History:
    """Each raising, check and override in order, and what is active after each day."""
    symptoms = [entry for entry in timeline.symptoms() if _flag_of(entry) is not None]
    steps: list[tuple[tuple[int, int, int], Callable[[_Flags], None]]] = [
        *((entry.order, partial(_Flags.raised_by, entry=entry)) for entry in symptoms),
        *((entry.order, partial(_Flags.checked, entry=entry)) for entry in timeline.checks()),
        *(
            (entry.order, partial(_Flags.overridden, entry=entry))
            for entry in timeline.decisions()
            if entry.do == "override"
        ),
    ]
    flags, after = _Flags(), dict[int, _Active]()
    for (day, _, _), step in sorted(steps, key=lambda pair: pair[0]):
        step(flags)
        active = tuple(flags.active[key] for key in RED_FLAGS if key in flags.active)
        after[day] = _Active(active, tuple(flag for flag in active if flag.shuts_gates))
    return _History(list(after), list(after.values()))


class _Flags:
    """The flags as they are raised and cleared, entry by entry."""

    def __init__(self) -> None:
        self.active: dict[str, ActiveFlag] = {}
        self.excluded: set[str] = set()  # found absent since numbness was last new, worse or found

    def raised_by(self, entry: SymptomEntry) -> None:
        """A symptom that is a flag's own trigger, where it is said to be new or worse."""
        flag = _flag_of(entry)
        if flag is None or entry.state not in WORSE_STATES:
            return
        before = self.active.get(flag.id)
        if flag is NEW_NUMBNESS:
            self.excluded.clear()
        self.active[flag.id] = ActiveFlag(
            flag,
            entry.day if before is None else before.since,
            _sign(entry),
            (*(before.entries if before else ()), entry.place),
            entry.site,
            differential() if entry.site and lies_within(entry.site, "head") else (),
        )

    def checked(self, entry: RedFlagEntry) -> None:
        """A check: what it finds present is raised, what it finds absent is cleared."""
        for key, state in entry.flags.items():
            flag = RED_FLAGS.get(key)
            if flag is None:
                continue
            if state == "present":
                self.excluded.discard(key)
                before = self.active.get(key)
                if before is None:
                    because = message("flag.found-present", day=entry.day)
                    self.active[key] = ActiveFlag(flag, entry.day, because, (entry.place,))
                else:
                    self.active[key] = replace(before, entries=(*before.entries, entry.place))
            elif state == "absent":
                self.excluded.add(key)
                self.active.pop(key, None)
        if entry.flags.get(NEW_NUMBNESS.id) == "present":
            self.excluded.clear()
        elif {flag.id for flag in NEURO_VASCULAR_CHECK} <= self.excluded:
            self.active.pop(NEW_NUMBNESS.id, None)

    def overridden(self, entry: DecisionEntry) -> None:
        """A person's override clears each flag that its reason names."""
        for key in [key for key in self.active if entry.because and clears(entry.because, RED_FLAGS[key])]:
            del self.active[key]


def _flag_of(entry: SymptomEntry) -> RedFlag | None:
    symptom = entry.symptom
    return FLAG_OF_SYMPTOM.get(symptom.id) if symptom else None


def clears(reason: str, flag: RedFlag) -> bool:
    """Whether the reason of an override names this flag, by its id or its title."""
    words = reason.lower()
    return flag.id.lower() in words or flag.title.lower() in words


def _sign(entry: SymptomEntry) -> Message:
    """`new numbness at the occiput on day 48`: the symptom by the word that was written."""
    symptom = entry.what if entry.symptom is None else Wording(entry.symptom.wording.key, entry.what)
    site = entry.site if entry.site is None else SITES.get(entry.site, entry.site)
    return message(f"flag.sign-{entry.state}", symptom=symptom, site=site, day=entry.day)


def differential() -> tuple[Message, ...]:
    """What numbness at the back of the head can be, each with what speaks for it and what tells."""
    return tuple(
        message(
            "differential",
            diagnosis=row_text(row, "diagnosis"),
            clue=row_text(row, "clue"),
            test=row_text(row, "test"),
            caution=caution(row.status),
        )
        for row in DIFFERENTIAL
    )


def flag_alert(active: ActiveFlag) -> Alert:
    """The alert of an active flag."""
    flag = active.flag
    text = message("alert.flag", flag=flag, because=active.because)
    return _alert(flag, tier_of_flag(flag), text, active.entries, active.details)


def _alert(
    flag: RedFlag, tier: Tier, text: Message, entries: tuple[int, ...], details: tuple[Message, ...] = ()
) -> Alert:
    severity: Severity = (
        "contraindicated"
        if flag.urgency == "emergency"
        else "major"
        if flag.urgency == "urgent"
        else "moderate"
    )
    return Alert(
        flag.id,
        tier,
        severity,
        text,
        cautious(Wording(f"red_flag.{flag.id}.trigger", flag.trigger), flag.status),
        tuple(PUBLICATIONS[key] for key in flag.sources),
        entries,
        flag.to_do,
        flag.status,
        details=details,
    )


def flag_questions(timeline: Timeline, day: int) -> Iterator[Alert]:
    """Questions about flags that a symptom makes possible and does not settle, until a check answers them.

    New or worse neck or occipital pain within four weeks of manual work on the neck: dissection. New or worse
    weakness: progressive deficit.
    """
    manual = [
        entry
        for entry in timeline.sessions(day)
        if not MANUAL_THERAPIES.isdisjoint(entry.certainly | entry.possibly)
    ]
    symptoms = [entry for entry in timeline.symptoms(day) if entry.state in WORSE_STATES and entry.symptom]
    checks = timeline.checks(day)
    open_questions: dict[str, Alert] = {}
    answered = 0  # how many of the checks have answered so far
    for entry in symptoms:
        while answered < len(checks) and checks[answered].order < entry.order:
            _answer(open_questions, checks[answered])
            answered += 1
        latest = next((session.day for session in reversed(manual) if session.order < entry.order), None)
        question = _question(entry, latest)
        if question is not None:
            _ask(open_questions, *question, entry)
    for check in checks[answered:]:
        _answer(open_questions, check)
    yield from open_questions.values()


def _answer(open_questions: dict[str, Alert], check: RedFlagEntry) -> None:
    for key, state in check.flags.items():
        if state != "unknown":
            open_questions.pop(key, None)


def _question(entry: SymptomEntry, manual_therapy: int | None) -> tuple[RedFlag, Message] | None:
    """The flag that a new or worse symptom asks for, and what is to be asked; None where it asks for none.

    `manual_therapy` is the day of the latest manual work before it.
    """
    symptom = entry.symptom.id if entry.symptom else ""
    if symptom == "weakness":
        return RED_FLAGS["RF_PROGRESSIVE"], message("flag.question.weakness")
    if manual_therapy is None or entry.day - manual_therapy > DAYS_AFTER_MANUAL_THERAPY:
        return None
    at_neck = entry.site is not None and (lies_within(entry.site, "neck") or lies_within(entry.site, "head"))
    if symptom == "dizziness" or (symptom in _NECK_PAIN and at_neck):
        days = entry.day - manual_therapy
        if days == 0:
            return DISSECTION, message("flag.question.manual-therapy-that-day")
        return DISSECTION, message("flag.question.manual-therapy", n=days)
    return None


def _ask(into: dict[str, Alert], flag: RedFlag, question: Message, entry: SymptomEntry) -> None:
    before = into.get(flag.id)
    entries = (*(before.entries if before else ()), entry.place)
    text = message("alert.flag-to-exclude", flag=flag, sign=_sign(entry), question=question)
    into[flag.id] = replace(
        _alert(flag, "ask", text, entries), count=1 if before is None else before.count + 1
    )
