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

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from assuage.catalogue.message import Message, Wording, message
from assuage.errors import Problem
from assuage.safety.active_flags import CONDITION_OF_FLAG, FLAG_OF_CONDITION, ActiveFlag
from assuage.safety.alerts import (
    TIERS,
    Alert,
    Tier,
    cautious,
    graver,
    most_urgent_first,
    on_whose_word,
    one_step_down,
)
from assuage.safety.fire import (
    CEILING_RULES,
    Firing,
    Rule,
    by_substance,
    dose_readings,
    fired,
    spacing_readings,
)
from assuage.safety.flag_alerts import flag_alert
from assuage.safety.formulary import (
    BURDEN_RULES,
    CONDITION_RULES,
    INTERACTIONS,
    NEGATIVES,
    SUBSTANCES,
    ceiling_basis,
    counted_by_class,
    is_read_for,
    members,
    members_apart,
    named_unread,
    unread_members,
    wording_of,
    wordings,
)
from assuage.safety.mixing import mixing_alerts
from assuage.safety.questions import decides, question_of, questions
from assuage.safety.rules import (
    BurdenRule,
    ConditionRule,
    Interaction,
    MonitoringRule,
    Negative,
    Severity,
    row_text,
)
from assuage.safety.situation import Settings, Situation, under_two_names
from assuage.safety.stopping import not_at_once
from assuage.terms.answers import UNKNOWN, YES
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drug_names import drug_with_id, read_drug, suggested
from assuage.terms.names import folded
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.sources import Source, Status

ANYWHERE = Settings()
# The burdens that add up scores: what is only remembered to add to one is asked about, though a sum be a note (ours).
SUMS = frozenset({"BR_SED", "BR_ACB"})
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
    certain = {firing.rule.id for firing in fired(situation, lines)}
    read = {firing.rule.id for firing in fired(situation, situation.lines) if _is_read(firing, situation)}
    return certain | read | flags


def check(situation: Situation, settings: Settings = ANYWHERE) -> tuple[Alert, ...]:
    """Every alert, the most urgent first. Superseded rules are dropped; the order of lines does not matter."""
    sure = [line for line in situation.lines if line.sure]
    firings = fired(situation, sure)
    alerts = [*map(flag_alert, _flags(situation)), *_allergies(situation)]
    alerts += [_alert(firing, situation, settings) for firing in firings]
    if len(sure) < len(situation.lines):
        certain = {(firing.rule.id, firing.subject): firing for firing in firings}
        for firing in fired(situation, situation.lines):
            told = certain.get((firing.rule.id, firing.subject))
            alert = _alert(firing, situation, settings)
            if told is not None and _adds(firing, told):
                alerts.remove(_alert(told, situation, settings))
                as_certain = tier_of(told.rule, alert.severity, told.substances)
                alerts.append(_possibly(alert, firing, situation, at_least=as_certain))
            elif told is None and _is_read(firing, situation):
                alerts.append(alert)
            elif told is None:
                alerts.append(_possibly(alert, firing, situation))
    alerts += _of_members(situation, {(alert.id, alert.subject) for alert in alerts}, settings)
    alerts += mixing_alerts(situation)
    alerts += questions(situation)
    alerts += _doses_not_known(situation)
    alerts += _not_checked(situation)
    alerts += _under_two_names(situation)
    alerts += _contradicted(situation)
    return most_urgent_first(alerts)


def unread_dose_alert(unread: Iterable[Problem]) -> Alert:
    """What is asked where doses of a typed regimen cannot be read: their ceilings were not checked."""
    doses = tuple(message("problem.at", place=problem.place, text=problem.message) for problem in unread)
    hole = _not_measured(
        "dose-unread", "ask", message("alert.dose-unread", doses=doses), message("alert.dose-unread.action")
    )
    return replace(hole, severity="major")  # it may be any dose


def negatives(situation: Situation) -> tuple[Negative, ...]:
    """The pairs of this regimen that were studied and do not interact."""
    present = by_substance(situation.lines)
    return tuple(row for row in NEGATIVES if all(party in present for party in row.parties))


# --- one alert of one firing ------------------------------------------------------------------------


def tier_of(rule: object, severity: Severity, substances: tuple[str, ...]) -> Tier:
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


def conditions_deciding(alert: str) -> frozenset[str] | None:
    """The conditions whose answers decide whether `check` gives an alert of an id, and how urgent it is.

    Of two situations that differ in conditions alone. Empty where only what is given and done decides; None where it is
    not known what does (a question). Whatever supersedes a rule is an interaction, so that no other condition does.
    """
    return _deciding().get(alert)


@cache
def _deciding() -> Mapping[str, frozenset[str]]:
    ids = (*(row.id for row in INTERACTIONS), *BURDEN_RULES, *_OF_LINES)
    by_lines = dict.fromkeys(ids, frozenset[str]())
    by_conditions = {row.id: frozenset({row.condition}) for row in CONDITION_RULES}
    of_flags = {
        key: frozenset(condition for condition, flag in FLAG_OF_CONDITION.items() if flag == key)
        for key in RED_FLAGS
    }
    of_age = {"BR_ACB": frozenset({"age_ge_65"})}
    return MappingProxyType(by_lines | by_conditions | of_flags | of_age)


# What could not be read or measured of what is given.
_OF_LINES = ("dose-unit", "dose-frequency", "dose-spacing", "not-checked", "which-drug", "same-substance")


def _alert(firing: Firing, situation: Situation, settings: Settings) -> Alert:
    rule = firing.rule
    severity: Severity
    told: Message | None = None
    gap = False
    match rule:
        case ConditionRule():
            severity, told = _severity_here(rule, settings), situation.told.get(rule.condition)
        case MonitoringRule():
            severity = "minor"
            gap = bool(rule.gap) and situation.condition(rule.gap) is YES
            told = situation.told.get(rule.gap) if gap else None
        case BurdenRule(id="BR_ACB") if situation.condition("age_ge_65") is YES:
            severity = graver(rule.severity, "major")  # the row's own action: "major at age 65+"
        case Interaction() | BurdenRule():
            severity = rule.severity
    words = _words(rule, firing.substances, firing.about or told, settings.country, gap)
    return Alert(
        rule.id,
        tier_of(rule, severity, firing.substances),
        severity,
        words.text,
        words.because,
        words.sources,
        firing.entries,
        words.action,
        words.status,
        subject=firing.subject,
        rules=(rule.id,),
        details=_how_to_stop(firing, severity),
    )


def _how_to_stop(firing: Firing, severity: Severity) -> tuple[Message, ...]:
    """What an alert after which a drug may be left off says of one that must not be stopped at once."""
    of_limit = isinstance(firing.rule, BurdenRule) and firing.rule.id in CEILING_RULES
    held = not_at_once(firing.substances) if severity == "contraindicated" or of_limit else ()
    return (message("alert.not-at-once", drugs=wordings(held)),) if held else ()


class _Words(NamedTuple):
    """What an alert says, why, what to do, and on whose word."""

    text: Message
    because: Message | Wording
    action: Message | Wording
    status: Status
    sources: tuple[Source, ...]


@lru_cache(maxsize=20_000)  # the same is raised day after day, and in patient after patient
def _words(
    rule: Rule, substances: tuple[str, ...], about: Message | None, country: str | None, gap: bool
) -> _Words:
    """The words of a rule that fires for these substances; `gap` says that what it wants measured was not."""
    drugs, status, sources = wordings(substances), rule.status, rule.sources
    because: Message | Wording
    action: Message | Wording
    match rule:
        case Interaction():
            text = message(
                "alert.interaction", who=_meeting(rule, substances), effect=row_text(rule, "effect")
            )
            because, action = row_text(rule, "mechanism"), row_text(rule, "action")
        case ConditionRule():
            text = message("alert.condition", condition=CONDITIONS[rule.condition], drugs=drugs, number=about)
            because, action = _rationale_in(country, rule), row_text(rule, "action")
        case BurdenRule():
            text = message("alert.burden", drugs=drugs, about=about)
            because, action = row_text(rule, "rule"), row_text(rule, "action")
            if rule.id == "BR_DOSE_MAX":
                row = SUBSTANCES[substances[0]]
                status, sources = row.status, row.sources
                because = ceiling_basis(row.id) if row.dosing.basis else because
        case MonitoringRule():
            test, when = row_text(rule, "test"), row_text(rule, "when")
            missing = CONDITIONS[rule.gap] if gap else None
            text = message("alert.monitoring", drugs=drugs, test=test, gap=missing, told=about)
            because, action = when, message("alert.monitoring.action", test=test, when=when)
    why = _on_whose_word(cautious(because, status), rule, substances)
    return _Words(text, why, action, status, _sources(sources))


def _on_whose_word(why: Message | Wording, rule: Rule, substances: tuple[str, ...]) -> Message | Wording:
    """The reason of a rule, with whose word it is that these substances belong to it or count so much."""
    if not isinstance(rule, BurdenRule):
        return on_whose_word(why, "member", named_unread(unread_members(rule, substances)))
    if rule.id in CEILING_RULES:
        return why
    return on_whose_word(why, "counted", named_unread(counted_by_class(substances)))


def _severity_here(rule: ConditionRule, settings: Settings) -> Severity:
    silent = settings.country in SILENT_LABEL.get(rule.id, frozenset())
    return one_step_down(rule.severity) if silent else rule.severity


def _rationale_in(country: str | None, rule: ConditionRule) -> Message | Wording:
    """The rationale, with what the label says in this country where labels differ."""
    why = row_text(rule, "rationale")
    if rule.id not in SILENT_LABEL:
        return why
    if country in SILENT_LABEL[rule.id]:
        return message("alert.label-silent", why=why, country=country)
    if country in STRICT_LABEL[rule.id]:
        return message("alert.label-strict", why=why, country=country)
    return message("alert.labels-differ", why=why)


def _is_read(firing: Firing, situation: Situation) -> bool:
    """Whether no substance of a firing is in doubt but by a class that this rule does not ask for."""
    doubtful = [line for line in situation.lines if not line.sure and line.substance in firing.substances]
    rule = firing.rule
    return not isinstance(rule, BurdenRule) and all(
        line.by_class and line.substance is not None and is_read_for(rule, line.substance)
        for line in doubtful
    )


def _adds(firing: Firing, certain: Firing) -> bool:
    """Whether a sum is of more than what is certain: what may add to it is named, not left out."""
    of_sum = isinstance(firing.rule, BurdenRule) and firing.rule.id not in CEILING_RULES
    return of_sum and set(certain.substances) < set(firing.substances)


def _possibly(alert: Alert, firing: Firing, situation: Situation, at_least: Tier = "note") -> Alert:
    """The same alert for something that may have been it, or may not be of the class: never more than a question.

    It is as urgent as `at_least` in any case: what is certain of it. A drug that is only remembered to add to the sum
    of another is a question, for nobody knows how much there is.
    """
    doubtful = {
        line.substance: line.route == "procedure"
        for line in situation.lines
        if not line.sure and line.substance is not None and line.substance in firing.substances
    }
    text = alert.text
    procedures = _by_name(substance for substance, is_one in doubtful.items() if is_one)
    if procedures:
        text = message("alert.possibly", alert=text, procedures=procedures)
    ended = {
        line.substance: line.ended_on
        for line in situation.lines
        if line.substance in doubtful and line.ended_on is not None
    }
    if ended:
        drugs = tuple(message("ended", drug=wording_of(drug), day=ended[drug]) for drug in sorted(ended))
        text = message("alert.may-linger", alert=text, drugs=drugs)
    drugs = _by_name(
        substance for substance, is_one in doubtful.items() if not is_one and substance not in ended
    )
    if drugs:
        text = message("alert.from-memory", alert=text, drugs=drugs)
    adds = bool(drugs) and firing.rule.id in SUMS and len(firing.substances) > 1
    tier: Tier = "note" if alert.tier == "note" and not adds else "ask"
    return replace(alert, tier=min(tier, at_least, key=TIERS.index), text=text)


def _of_members(situation: Situation, told: set[tuple[str, str]], settings: Settings) -> Iterator[Alert]:
    """What is not told yet and holds for a member of a class that was not named: never more than a question.

    A member takes the place of its class alone: two members of it are never there at once.
    """
    named: dict[tuple[str, str], tuple[Alert, dict[str, str]]] = {}
    for line in situation.lines:
        if not line.unnamed or line.substance is None:
            continue
        others = [each for each in situation.lines if each is not line and each.sure]
        for member in members_apart(line.substance):
            instead = replace(line, substance=member, doses=(), sure=True)
            for firing in fired(situation, [*others, instead]):
                cause = (firing.rule.id, firing.subject)
                if cause in told or member not in firing.substances:
                    continue
                alert = _alert(firing, situation, settings)
                if alert.tier != "note":
                    named.setdefault(cause, (alert, {}))[1][member] = line.name
    for alert, members_named in named.values():
        drugs, classes = wordings(members_named), tuple(dict.fromkeys(members_named.values()))
        text = message("alert.if-member", alert=alert.text, written=classes, drugs=drugs)
        yield replace(alert, tier="ask", text=text)


def _by_name(substances: Iterable[str]) -> tuple[Wording, ...]:
    return tuple(sorted(wordings(substances), key=lambda wording: wording.english))


# --- red flags, allergies, what could not be checked --------------------------------------------------


def _flags(situation: Situation) -> tuple[ActiveFlag, ...]:
    """The flags that stand, and those that a condition is in other words, where no flag that stands says so itself."""
    standing = {flag.flag.id: flag for flag in situation.red_flags}
    told = {CONDITION_OF_FLAG.get(flag) for flag in standing}
    for condition, key in FLAG_OF_CONDITION.items():
        settled = key in standing or key in situation.cleared or condition in told
        if not settled and situation.condition(condition) is YES:
            because = message("flag.condition", condition=CONDITIONS[condition])
            standing[key] = ActiveFlag(RED_FLAGS[key], None, because)
    return tuple(standing.values())


def _allergies(situation: Situation) -> Iterator[Alert]:
    """What is taken in spite of an allergy to it; what a name holds from memory alone is asked about."""
    present = by_substance(situation.lines)
    for substance in sorted(set(situation.allergies) & present.keys()):
        remembered = all(
            not (line.sure or line.by_class or line.ended_on is not None) for line in present[substance]
        )
        text = message("alert.allergy", drug=wording_of(substance))
        yield Alert(
            f"allergy-{substance}",
            "ask" if remembered else "stop",
            "major" if remembered else "contraindicated",
            message("alert.from-memory", alert=text, drugs=(wording_of(substance),)) if remembered else text,
            message("alert.allergy.because"),
            (),
            tuple(sorted({place for line in present[substance] for place in line.entries})),
            message("alert.allergy.action"),
            Status.POLICY,
        )


def _doses_not_known(situation: Situation) -> Iterator[Alert]:
    present = by_substance(situation.lines)
    readings = list(dose_readings(situation, present))
    for reading in readings:
        if not reading.total.unreadable:
            continue
        drug, doses = wording_of(reading.substance), reading.total.unreadable
        if reading.spinal:
            text = message("alert.dose-spinal", drug=drug, doses=reading.spinal)
            action = message("alert.dose-spinal.action")
        else:
            text = message("alert.dose-unit", drug=drug, doses=doses, unit=reading.unit)
            action = message("alert.dose-unit.action", unit=reading.unit)
        yield _not_measured("dose-unit", "ask", text, action, reading.substance)
    for reading in readings:
        if reading.total.untimed:
            yield _not_measured(
                "dose-frequency",
                "ask",
                message(
                    "alert.dose-frequency",
                    drug=wording_of(reading.substance),
                    doses=reading.total.untimed,
                ),
                message("alert.dose-frequency.action"),
                reading.substance,
            )
    for substance, often, doses in spacing_readings(present):
        if often is UNKNOWN:
            yield _not_measured(
                "dose-spacing",
                "ask",
                message(
                    "alert.dose-spacing",
                    drug=wording_of(substance),
                    doses=doses or None,
                    days=SUBSTANCES[substance].dosing.days_between,
                ),
                message("alert.dose-spacing.action"),
                substance,
            )
    silent = [reading.substance for reading in readings if reading.total.unrecorded]
    if silent:
        yield _not_measured(
            "dose-unrecorded",
            "note",
            message("alert.dose-unrecorded", drugs=wordings(silent)),
            message("alert.dose-unrecorded.action"),
        )


def _not_checked(situation: Situation) -> Iterator[Alert]:
    """What is not read at all, what is read and no rule speaks of, and what was read although it is misspelt."""
    unread = tuple(sorted({line.name for line in situation.lines if line.substance is None}))
    if unread:
        text = message("alert.not-checked", names=tuple(map(_with_suggestion, unread)))
        hole = _not_measured("not-checked", "ask", text, message("alert.not-checked.action"))
        yield replace(hole, severity="major")  # it may be anything
    classes = tuple(sorted({line.name for line in situation.lines if line.unnamed}))
    if classes:
        yield _not_measured(
            "which-drug",
            "ask",
            message("alert.which-drug", names=classes),
            message("alert.which-drug.action"),
        )
    ids = {line.substance for line in situation.lines if line.substance is not None}
    drugs = [
        drug for substance in sorted(ids - SUBSTANCES.keys()) if (drug := drug_with_id(substance)) is not None
    ]
    if drugs:
        text = message("alert.no-rule", drugs=tuple(drug.wording for drug in drugs))
        yield _not_measured("no-rule", "note", text, message("alert.not-checked.action"))
    misspelt = sorted({(line.name, line.substance or "") for line in situation.lines if line.misspelt})
    if misspelt:
        pairs = tuple(
            message("read-as", written=name, drug=drug_with_id(substance)) for name, substance in misspelt
        )
        text = message("alert.misspelt", names=pairs)
        yield _not_measured("misspelt", "note", text, message("alert.misspelt.action"))


def _under_two_names(situation: Situation) -> Iterator[Alert]:
    """What is asked where one substance is taken under several names: whether all of them are meant."""
    for substance, names in under_two_names(situation):
        text = message("alert.same-substance", drug=wording_of(substance), names=names)
        yield _not_measured("same-substance", "ask", text, message("alert.same-substance.action"), substance)


def _contradicted(situation: Situation) -> Iterator[Alert]:
    """What is asked where a condition cannot be at the age or the sex of the record: which of the two is right."""
    titles = tuple(question_of(key)[1] for key in situation.contradicted)
    if titles:
        text = message("alert.contradicted", conditions=tuple(dict.fromkeys(titles)))
        alert = _not_measured("contradicted", "ask", text, message("alert.contradicted.action"))
        yield replace(alert, severity="major")


def _with_suggestion(name: str) -> Message | str:
    """A name that nothing reads, with the drug it may be meant for; the reader decides."""
    read = read_drug(name)
    if read is not None and read.how == "part":
        return message("unread.part", name=name, part=read.drug)
    if read is not None and read.how == "memory":
        if folded(name) == folded(read.drug.title):
            return message("unread.from-memory", name=name)
        return message("unread.remembered", name=name, drug=read.drug)
    near = suggested(name)
    return name if near is None else message("unread.near", name=name, near=near)


def _not_measured(key: str, tier: Tier, text: Message, action: Message, subject: str = "") -> Alert:
    because = message("alert.not-measured.because")
    return Alert(key, tier, "minor", text, because, (), (), action, Status.POLICY, subject=subject)


def _meeting(rule: Interaction, substances: tuple[str, ...]) -> Message:
    """Who meets whom: `Silexan with amitriptyline and tizanidine`."""
    of_first = members(rule.parties[0])
    first = [substance for substance in substances if substance in of_first] or list(substances)
    others = [substance for substance in substances if substance not in first]
    if others:
        return message("meeting.with", first=wordings(first), others=wordings(others))
    if len(first) == 1:
        return message("meeting.twice", drug=wording_of(first[0]))
    return message("meeting.together", drugs=wordings(first))


@cache
def _sources(keys: tuple[str, ...]) -> tuple[Source, ...]:
    return tuple(PUBLICATIONS[key] for key in keys)
