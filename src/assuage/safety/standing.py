"""Red flags that stand on a day: what raised them, what clears them, and which of them shut every gate.

A flag is raised by a red_flag_check that found it present, or by a symptom that is the flag's own trigger.
That mapping is short on purpose: most triggers are combinations no single symptom settles, and those are
asked about instead. A flag stands until a person clears it: a later check that finds it absent, or a decision
`override` whose `because` names the flag. That the symptom went away does not clear it: nobody has looked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from assuage.catalogue.message import Message, Wording, message
from assuage.record.entries import AnyEntry, DecisionEntry, RedFlagEntry, SymptomEntry, TherapyEntry
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
# And the other way round: what a standing flag says of the conditions that rules ask about.
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
WEEKS_AFTER_HANDS = 28
_HANDS = frozenset({"massage", "deep_tissue_massage", "spinal_manipulation"})
_NECK_PAIN = frozenset({"pain", "stiffness", "headache"})


@dataclass(frozen=True, slots=True)
class StandingFlag:
    """A flag nobody has cleared: since when, why, and the entries that say so."""

    flag: RedFlag
    since: int | None
    because: Message
    entries: tuple[int, ...] = ()
    site: str | None = None
    details: tuple[Message, ...] = field(default=())

    @property
    def shuts_gates(self) -> bool:
        """Whether no gate may open while it stands: an emergency or something urgent."""
        return tier_of_flag(self.flag) == "stop"


def tier_of_flag(flag: RedFlag) -> Tier:
    """Stop for an emergency and for what is urgent; what is only to be seen soon asks."""
    return "ask" if flag.urgency == "soon" else "stop"


def shut_by(flags: Iterable[StandingFlag]) -> tuple[StandingFlag, ...]:
    """The flags because of which every gate stays shut; empty where gates may decide."""
    return tuple(flag for flag in flags if flag.shuts_gates)


def standing_flags(entries: Iterable[AnyEntry], day: int) -> tuple[StandingFlag, ...]:
    """The flags that stand at the end of a day, in the order of the file.

    `entries` are a record's standing entries (`record.current`). New numbness is also cleared by the three
    checks it asks for (dissection, myelopathy, progressive deficit), each found absent since it appeared.
    """
    standing: dict[str, StandingFlag] = {}
    absent_since: dict[str, set[str]] = {}
    for entry in sorted(entries, key=lambda one: one.order):
        if entry.day > day:
            break
        match entry:
            case SymptomEntry():
                _raised_by_symptom(entry, standing, absent_since)
            case RedFlagEntry():
                _checked(entry, standing, absent_since)
            case DecisionEntry(do="override", because=str(reason)):
                for key in [key for key in standing if clears(reason, RED_FLAGS[key])]:
                    del standing[key]
            case _:
                pass
    return tuple(standing[key] for key in RED_FLAGS if key in standing)


def may_flag(entry: AnyEntry) -> bool:
    """Whether an entry can raise or clear a red flag at all; `standing_flags` needs no others."""
    match entry:
        case SymptomEntry():
            return entry.symptom is not None and entry.symptom.id in FLAG_OF_SYMPTOM
        case RedFlagEntry() | DecisionEntry(do="override"):
            return True
        case _:
            return False


def clears(reason: str, flag: RedFlag) -> bool:
    """Whether the reason of an override names this flag, by its id or its title."""
    said = reason.lower()
    return flag.id.lower() in said or flag.title.lower() in said


def _raised_by_symptom(
    entry: SymptomEntry, standing: dict[str, StandingFlag], absent: dict[str, set[str]]
) -> None:
    symptom = entry.symptom
    flag = FLAG_OF_SYMPTOM.get(symptom.id) if symptom else None
    if flag is None or entry.state not in WORSE_STATES:
        return
    before = standing.get(flag.id)
    absent[flag.id] = set()
    standing[flag.id] = StandingFlag(
        flag,
        entry.day if before is None else before.since,
        _sign(entry),
        (*(before.entries if before else ()), entry.place),
        entry.site,
        differential() if entry.site and lies_within(entry.site, "head") else (),
    )


def _checked(
    entry: RedFlagEntry, standing: dict[str, StandingFlag], absent_since: dict[str, set[str]]
) -> None:
    for key, state in entry.flags.items():
        flag = RED_FLAGS.get(key)
        if flag is None:
            continue
        if state == "present":
            absent_since.setdefault(NEW_NUMBNESS.id, set()).discard(key)
            before = standing.get(key)
            if before is None:
                standing[key] = StandingFlag(
                    flag, entry.day, message("flag.found-present", day=entry.day), (entry.place,)
                )
            else:
                standing[key] = replace(before, entries=(*before.entries, entry.place))
        elif state == "absent":
            absent_since.setdefault(NEW_NUMBNESS.id, set()).add(key)
            standing.pop(key, None)
    needed = {flag.id for flag in NEURO_VASCULAR_CHECK}
    if needed <= absent_since.get(NEW_NUMBNESS.id, set()):
        standing.pop(NEW_NUMBNESS.id, None)


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


def flag_alert(standing: StandingFlag) -> Alert:
    """The alert of a standing flag."""
    flag = standing.flag
    text = message("alert.flag", flag=flag, because=standing.because)
    return _alert(flag, tier_of_flag(flag), text, standing.entries, standing.details)


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


def asked_flags(entries: Iterable[AnyEntry], day: int) -> Iterator[Alert]:
    """Questions about flags that a symptom makes possible and does not settle, until a check answers them.

    New or worse neck or occipital pain within four weeks of manual work on the neck: dissection. New or worse
    weakness: progressive deficit.
    """
    hands: int | None = None
    open_questions: dict[str, Alert] = {}
    for entry in sorted(entries, key=lambda one: one.order):
        if entry.day > day:
            break
        match entry:
            case TherapyEntry() if entry.took_place and not _HANDS.isdisjoint(
                entry.certainly | entry.possibly
            ):
                hands = entry.day
            case RedFlagEntry(flags=flags):
                for key, state in flags.items():
                    if state != "unknown":
                        open_questions.pop(key, None)
            case SymptomEntry() if entry.state in WORSE_STATES and entry.symptom is not None:
                symptom = entry.symptom.id
                if symptom == "weakness":
                    _ask(
                        open_questions,
                        RED_FLAGS["RF_PROGRESSIVE"],
                        message("flag.question.weakness"),
                        entry,
                    )
                elif hands is not None and entry.day - hands <= WEEKS_AFTER_HANDS:
                    at_neck = entry.site is not None and (
                        lies_within(entry.site, "neck") or lies_within(entry.site, "head")
                    )
                    if symptom == "dizziness" or (symptom in _NECK_PAIN and at_neck):
                        days = entry.day - hands
                        if days == 0:
                            asked = message("flag.question.manual-therapy-that-day")
                        else:
                            asked = message("flag.question.manual-therapy", n=days)
                        _ask(open_questions, DISSECTION, asked, entry)
            case _:
                pass
    yield from open_questions.values()


def _ask(into: dict[str, Alert], flag: RedFlag, question: Message, entry: SymptomEntry) -> None:
    before = into.get(flag.id)
    entries = (*(before.entries if before else ()), entry.place)
    text = message("alert.flag-to-exclude", flag=flag, sign=_sign(entry), question=question)
    into[flag.id] = replace(
        _alert(flag, "ask", text, entries), count=1 if before is None else before.count + 1
    )
