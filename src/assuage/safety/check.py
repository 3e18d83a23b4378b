"""`check(situation)`: every alert a regimen, the procedures of the day and the story give rise to.

The tiers are set here. Stop: a contraindication, a dose over its ceiling, a recorded allergy, a needle without
consent, an urgent red flag. Ask: what is major, and a missing measurement whose result could turn into a stop.
Note: everything else.

What is unknown is asked, and grouped so that a reader is not drowned (ours): each condition nobody has
recorded that would decide a contraindicated or major rule for something actually taken is one note
(`ask-kidneys`), naming the rules it would decide; and all of those that could forbid something are told once
more together, as the single question `ask-contraindications`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assuage.errors import Problem
from assuage.safety import amounts
from assuage.safety.alerts import Alert, Tier, caution, graver, in_order, one_step_down
from assuage.safety.fire import CEILING_RULES, Firing, by_substance, dose_readings, fired
from assuage.safety.formulary import NEGATIVES, SUBSTANCES, members, name_of
from assuage.safety.mixing import mixing_alerts
from assuage.safety.questions import decides, questions
from assuage.safety.rules import (
    BurdenRule,
    ConditionRule,
    Interaction,
    Negative,
    Severity,
)
from assuage.safety.situation import Settings, Situation
from assuage.safety.standing import ASKED_BY_CONDITION, FLAG_OF_CONDITION, StandingFlag, flag_alert
from assuage.terms.answers import YES
from assuage.terms.conditions import CONDITIONS
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.sources import Source, Status

ANYWHERE = Settings()
# A needle without consent stops, though the file grades it major.
STOPS_THOUGH_MAJOR = frozenset({"CR_MESO_CONS"})
# Silexan and the liver: two national labels exclude it, two are silent (formulary, silexan.hepatic). Where the
# label is silent the row is told one step milder (ours); where no label was read the strictest holds.
SILENT_LABEL: dict[str, frozenset[str]] = {
    "CR_SIL_HEP": frozenset({"SE", "IT"}),
    "CR_SIL_HEPMILD": frozenset({"SE", "IT"}),
}
STRICT_LABEL: dict[str, frozenset[str]] = dict.fromkeys(SILENT_LABEL, frozenset({"IL", "HU"}))


def fired_rules(situation: Situation) -> set[str]:
    """The ids of the rules that fire by the file's own semantics, and of the red flags that stand."""
    lines = [line for line in situation.lines if line.sure]
    flags = {standing.flag.id for standing in _flags(situation)}
    return {firing.rule.id for firing in fired(situation, lines)} | flags


def check(situation: Situation, settings: Settings = ANYWHERE) -> tuple[Alert, ...]:
    """Every alert, the most urgent first. Superseded rules are dropped; the order of lines does not matter."""
    sure = [line for line in situation.lines if line.sure]
    firings = fired(situation, sure)
    found = [*map(flag_alert, _flags(situation)), *_asked_by_condition(situation), *_allergies(situation)]
    found += [_alert(firing, situation, settings) for firing in firings]
    if len(sure) < len(situation.lines):
        told = {(firing.rule.id, firing.subject) for firing in firings}
        found += [
            _possibly(_alert(firing, situation, settings), firing, situation)
            for firing in fired(situation, situation.lines)
            if (firing.rule.id, firing.subject) not in told
        ]
    found += mixing_alerts(situation)
    found += questions(situation)
    found += _doses_not_known(situation)
    found += _not_checked(situation)
    return in_order(found)


def problems(situation: Situation) -> tuple[Problem, ...]:
    """The doses that cannot be compared with their ceiling because their unit cannot be converted."""
    return tuple(
        Problem(
            name_of(reading.substance),
            f"{amounts.shown(amounts.exact(dose.amount))} {dose.unit} cannot be converted to {reading.unit}, "
            f"so its ceiling was not checked; write the dose in {reading.unit}",
        )
        for reading in dose_readings(situation, by_substance(situation.lines))
        for dose in reading.total.unreadable
    )


def negatives(situation: Situation) -> tuple[Negative, ...]:
    """The pairs of this regimen that were studied and do not interact."""
    present = by_substance(situation.lines)
    return tuple(row for row in NEGATIVES if all(party in present for party in row.parties))


# --- one alert of one firing ------------------------------------------------------------------------


def tier_of(rule: object, severity: Severity, situation: Situation, substances: tuple[str, ...]) -> Tier:
    """The tier of a rule that fires at this severity."""
    if severity == "contraindicated":
        return "stop"
    if isinstance(rule, BurdenRule) and rule.id in CEILING_RULES:
        return "stop"
    if isinstance(rule, ConditionRule):
        if rule.id in STOPS_THOUGH_MAJOR:
            return "stop"
        if any(decides(rule.condition, substance) for substance in substances):
            return "ask"
    return "ask" if severity == "major" else "note"


def _alert(firing: Firing, situation: Situation, settings: Settings) -> Alert:
    rule, names = firing.rule, _names(firing.substances)
    status, sources = rule.status, rule.sources
    severity: Severity
    match rule:
        case Interaction():
            severity = rule.severity
            text, because, action = (
                f"{_met(rule, firing.substances)}: {rule.effect}",
                rule.mechanism,
                rule.action,
            )
        case ConditionRule():
            severity = _severity_here(rule, settings)
            text, because, action = (
                f"{CONDITIONS[rule.condition].title}: {names}",
                rule.rationale,
                rule.action,
            )
            because += _label_here(rule, settings)
        case BurdenRule():
            severity, text = rule.severity, f"{names}: {firing.about}"
            because, action = rule.rule, rule.action
            if rule.id == "BR_ACB" and situation.condition("age_ge_65") is YES:
                severity = graver(severity, "major")  # the row's own action: "major at age 65+"
            if rule.id == "BR_DOSE_MAX":
                row = SUBSTANCES[firing.subject]
                because, status, sources = row.dosing.basis or because, row.status, row.sources
        case _:  # a monitoring rule
            gap = rule.gap and situation.condition(rule.gap) is YES
            severity = "minor"
            missing = f"; {_lower(CONDITIONS[rule.gap].title)}" if gap else ""
            text, because, action = f"{names}: {rule.test}{missing}", rule.when, f"{rule.test}, {rule.when}"
    said = caution(status)
    return Alert(
        rule.id,
        tier_of(rule, severity, situation, firing.substances),
        severity,
        _upper(text),
        f"{because} ({said})" if said else because,
        _sources(sources),
        firing.entries,
        action,
        status,
        subject=firing.subject,
        rules=(rule.id,),
    )


def _severity_here(rule: ConditionRule, settings: Settings) -> Severity:
    silent = settings.country in SILENT_LABEL.get(rule.id, frozenset())
    return one_step_down(rule.severity) if silent else rule.severity


def _label_here(rule: ConditionRule, settings: Settings) -> str:
    if rule.id not in SILENT_LABEL:
        return ""
    if settings.country in SILENT_LABEL[rule.id]:
        return f"; the label in {settings.country} does not list it, so it is told one step milder"
    if settings.country in STRICT_LABEL[rule.id]:
        return f"; so the label in {settings.country}"
    return "; labels differ by country, and the strictest is taken here"


def _possibly(alert: Alert, firing: Firing, situation: Situation) -> Alert:
    """The same alert for something that may have been it: never more than a question."""
    doubtful = sorted(
        {line.title for line in situation.lines if not line.sure and line.substance in firing.substances}
    )
    return Alert(
        alert.id,
        "note" if alert.tier == "note" else "ask",
        alert.severity,
        f"{alert.text} (if it was {', '.join(doubtful).lower()}: ask)",
        alert.because,
        alert.sources,
        alert.entries,
        alert.action,
        alert.status,
        subject=alert.subject,
        rules=alert.rules,
    )


# --- red flags, allergies, what could not be checked --------------------------------------------------


def _flags(situation: Situation) -> tuple[StandingFlag, ...]:
    """The flags that stand, and those that a condition is in other words."""
    standing = {flag.flag.id: flag for flag in situation.red_flags}
    for condition, key in FLAG_OF_CONDITION.items():
        if key not in standing and situation.condition(condition) is YES:
            standing[key] = StandingFlag(RED_FLAGS[key], None, _lower(CONDITIONS[condition].title))
    return tuple(standing.values())


def _asked_by_condition(situation: Situation) -> Iterator[Alert]:
    standing = {flag.flag.id for flag in situation.red_flags}
    for condition, (key, text) in ASKED_BY_CONDITION.items():
        if situation.condition(condition) is YES and key not in standing:
            flag = RED_FLAGS[key]
            yield Alert(
                key, "ask", "major", f"{flag.title}: {text}", flag.trigger, _sources(flag.sources),
                (), flag.action, flag.status,
            )  # fmt: skip


def _allergies(situation: Situation) -> Iterator[Alert]:
    present = by_substance(situation.lines)
    for substance in sorted(set(situation.allergies) & present.keys()):
        name = _upper(name_of(substance))
        yield Alert(
            f"allergy-{substance}",
            "stop",
            "contraindicated",
            f"{name} is given, and an allergy to it is recorded",
            "a recorded allergy",
            (),
            tuple(sorted({place for line in present[substance] for place in line.entries})),
            "do not give; clear up the allergy first",
            Status.POLICY,
        )


def _doses_not_known(situation: Situation) -> Iterator[Alert]:
    present = by_substance(situation.lines)
    readings = list(dose_readings(situation, present))
    unreadable = [reading for reading in readings if reading.total.unreadable]
    for reading in unreadable:
        doses = ", ".join(str(dose) for dose in reading.total.unreadable)
        yield _not_measured(
            "dose-unit",
            "ask",
            f"{_upper(name_of(reading.substance))}: {doses} cannot be converted to {reading.unit}, "
            "so its ceiling was not checked",
            f"record the dose in {reading.unit}",
            reading.substance,
        )
    silent = [reading.substance for reading in readings if reading.total.unrecorded]
    if silent:
        yield _not_measured(
            "dose-unrecorded",
            "note",
            f"No dose recorded, so no ceiling was checked: {_names(silent)}",
            "record the doses of a day",
        )


def _not_checked(situation: Situation) -> Iterator[Alert]:
    names = sorted({line.name for line in situation.lines if line.substance not in SUBSTANCES})
    if names:
        text = f"Not checked, no rule knows it: {', '.join(names)}"
        yield _not_measured("not-checked", "note", text, "check by hand")


def _not_measured(key: str, tier: Tier, text: str, action: str, subject: str = "") -> Alert:
    because = "what cannot be checked is said, not passed over"
    return Alert(key, tier, "minor", text, because, (), (), action, Status.POLICY, subject=subject)


def _names(substances: Sequence[str]) -> str:
    """`amitriptyline, paroxetine and tramadol`."""
    names = [name_of(substance) for substance in substances]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _met(rule: Interaction, substances: tuple[str, ...]) -> str:
    """Who meets whom: `Silexan with amitriptyline and tizanidine`."""
    first = members(rule.parties[0])
    one = [substance for substance in substances if substance in first] or list(substances)
    others = [substance for substance in substances if substance not in one]
    if others:
        return f"{_names(one)} with {_names(others)}"
    return f"{one[0]} twice".replace("_", " ") if len(one) == 1 else _names(one)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _sources(keys: tuple[str, ...]) -> tuple[Source, ...]:
    return tuple(PUBLICATIONS[key] for key in keys)
