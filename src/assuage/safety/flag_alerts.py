"""The alerts of red flags: of those that are active, and the questions about those that a symptom makes possible."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from assuage.catalogue.message import Message, Wording, message
from assuage.record.decided_entries import RedFlagEntry
from assuage.record.entries import SymptomEntry
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import ActiveFlag, sign_in_words, tier_of_flag
from assuage.safety.alerts import Alert, Tier, caution, cautious
from assuage.safety.formulary import DIFFERENTIAL
from assuage.safety.rules import Severity, row_text
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.red_flags import DISSECTION, NEW_NUMBNESS, RED_FLAGS, RedFlag
from assuage.terms.sites import lies_within
from assuage.terms.symptoms import WORSE_STATES

# "Within weeks of neck massage, manipulation or minor trauma" (RF_DISSECTION): four weeks, ours.
DAYS_AFTER_MANUAL_THERAPY = 28
MANUAL_THERAPIES = frozenset({"massage", "deep_tissue_massage", "spinal_manipulation"})
_NECK_PAIN = frozenset({"pain", "stiffness", "headache"})


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
    at_head = flag is NEW_NUMBNESS and active.site is not None and lies_within(active.site, "head")
    details = differential() if at_head else ()
    return _alert(flag, tier_of_flag(flag), text, active.entries, details)


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
        message(
            "flag.action",
            action=flag.to_do,
            who=message(f"flag.who-{flag.who}"),
            within=message(f"flag.within-{flag.within}"),
        ),
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
    text = message("alert.flag-to-exclude", flag=flag, sign=sign_in_words(entry), question=question)
    into[flag.id] = replace(
        _alert(flag, "ask", text, entries), count=1 if before is None else before.count + 1
    )
