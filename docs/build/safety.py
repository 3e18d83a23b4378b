"""The safety tables, every row with its sources and status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assuage.safety.active_flags import FLAG_OF_CONDITION, tier_of_flag
from assuage.safety.alerts import caution
from assuage.safety.data import mesotherapy
from assuage.safety.formulary import (
    BURDEN_RULES,
    CONDITION_RULES,
    DIFFERENTIAL,
    FORMULARY_ROWS,
    INTERACTIONS,
    MIXING_RULES,
    MONITORING_RULES,
    NEGATIVES,
    TAPERS,
    WASHOUTS,
    name_of,
)
from assuage.safety.known import LINGERS
from assuage.safety.rules import Party
from assuage.terms.conditions import CONDITIONS
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.signs import SIGN_GROUPS, SIGNS
from assuage.terms.sources import Status
from assuage.words.speak import ENGLISH


def pages() -> dict[str, str]:
    """Every generated page of the safety rules, under the name of its file."""
    return {
        "interactions.md": interactions(),
        "conditions.md": conditions(),
        "doses-and-sums.md": sums(),
        "red-flags.md": red_flags(),
        "needle.md": needle(),
        "stopping.md": stopping(),
        "safety-sources.md": sources(),
    }


def interactions() -> str:
    """All interactions, and the pairs known not to interact."""
    rows = [
        (
            row.id,
            " + ".join(map(_party, row.parties)),
            row.severity,
            row.effect,
            row.mechanism,
            row.action,
            basis(row.sources, row.status),
            ", ".join(row.supersedes),
        )
        for row in INTERACTIONS
    ]
    negative = [
        (row.id, " + ".join(map(name_of, row.parties)), row.finding, basis(row.sources, row.status))
        for row in NEGATIVES
    ]
    return _page(
        "Interactions",
        "An interaction fires when each party is matched by a different line of the regimen. A superseded rule is "
        "dropped when the superseding one fires.",
        _table(("id", "parties", "severity", "effect", "why", "what to do", "basis", "supersedes"), rows),
        "## Known not to interact",
        _table(("id", "pair", "finding", "basis"), negative),
    )


def conditions() -> str:
    """All condition rules, under their conditions."""
    rows = [
        (
            row.id,
            CONDITIONS[row.condition].title,
            _party(row.target),
            row.severity,
            row.rationale,
            row.action,
            basis(row.sources, row.status),
        )
        for row in CONDITION_RULES
    ]
    return _page(
        "Conditions",
        "A rule fires when the condition is present and a line matches. Where the condition is not recorded and the "
        "rule is contraindicated or major, the condition is asked for: unknown is not absent.",
        _table(("id", "condition", "given", "severity", "why", "what to do", "basis"), rows),
    )


def sums() -> str:
    """Burden rules, ceilings of every substance, and monitoring."""
    burden = [
        (row.id, row.rule, row.severity, row.action, basis(row.sources, row.status))
        for row in BURDEN_RULES.values()
    ]
    doses = [
        (
            row.name,
            f"{row.dosing.most_per_day} {row.dosing.unit}" if row.dosing.most_per_day else "none in the file",
            row.dosing.basis,
            str(row.sedation),
            str(row.anticholinergic),
            row.qt,
            basis(row.sources, row.status),
        )
        for row in FORMULARY_ROWS.values()
        if row.kind != "procedure"
    ]
    monitoring = [
        (row.id, _party(row.target), row.test, row.when, row.gap, basis(row.sources, row.status))
        for row in MONITORING_RULES
    ]
    return _page(
        "Doses, sums and monitoring",
        "Doses are those of one day, summed over all lines and routes of a substance.",
        "## Sums",
        _table(("id", "rule", "severity", "what to do", "basis"), burden),
        "## Ceilings and scores",
        _table(
            ("substance", "most a day", "ceiling from", "sedation", "anticholinergic", "QT", "basis"), doses
        ),
        "## Monitoring",
        _table(("id", "for", "test", "when", "missing when", "basis"), monitoring),
    )


def stopping() -> str:
    """How long a stopped drug still counts, and what must not be stopped at once."""
    washed = [
        (
            row.id,
            _party(row.stopped),
            ", ".join(map(_party, row.before)) or "all that a rule graded major or worse names beside it",
            str(row.days),
            row.because,
            basis(row.sources, row.status),
        )
        for row in WASHOUTS
    ]
    reduced = [
        (
            row.id,
            _party(row.stopped),
            row.severity,
            str(row.days),
            str(row.taken),
            row.effect,
            row.action,
            basis(row.sources, row.status),
        )
        for row in TAPERS
    ]
    return _page(
        "Stopping a drug",
        "A stopped drug counts as taken until its washout has ended, for whatever is proposed after it; so does a dose "
        f"that was taken when needed. Where no row speaks of the two, and a rule graded major or worse does, a course "
        f"that was stopped is asked about for {LINGERS} days (ours).",
        _table(("id", "stopped", "before", "days", "why", "basis"), washed),
        "## What must not be stopped at once",
        "A stop with no step down in the four weeks before it says what may follow, for so many days after it. It asks "
        "where the drug was taken for so many days or longer and the harm is major, and is a note otherwise. How long "
        "is looked back, and after how many days taken, is ours.",
        _table(
            (
                "id",
                "stopped",
                "severity",
                "days after",
                "days taken",
                "what may follow",
                "what to do",
                "basis",
            ),
            reduced,
        ),
    )


def red_flags() -> str:
    """All red flags with what raises them here, and the differential of occipital numbness."""
    by_condition = {flag: condition for condition, flag in FLAG_OF_CONDITION.items()}
    by_sign: dict[str, list[str]] = {}
    for sign in SIGNS.values():
        if sign.flag is not None and not sign.is_flag:
            by_sign.setdefault(sign.flag.id, []).append(f"new or worse {sign}" if sign.newly else str(sign))
    for group in SIGN_GROUPS:
        by_sign.setdefault(group.flag.id, []).append(f"group {group.id}")
    rows = [
        (
            flag.id,
            flag.title,
            flag.urgency,
            tier_of_flag(flag),
            flag.trigger,
            flag.action,
            "; ".join(
                [
                    "red_flag_check",
                    *by_sign.get(flag.id, []),
                    *([f"condition {by_condition[flag.id]}"] if flag.id in by_condition else []),
                ]
            ),
            basis(flag.sources, flag.status),
        )
        for flag in RED_FLAGS.values()
    ]
    differential = [
        (row.id, row.diagnosis, row.clue, row.test, basis(row.sources, row.status)) for row in DIFFERENTIAL
    ]
    return _page(
        "Red flags",
        "A flag of tier stop shuts every gate until a person clears it. What tells of a flag and what clears it stands "
        "in [what red flags mean](../reference/red-flags.md), with all words of signs and who acts how soon. Later "
        "within a day is what stands later in that day.",
        _table(("id", "flag", "urgency", "tier", "trigger", "what to do", "raised by", "basis"), rows),
        "## Numbness at the back of the head",
        _table(("id", "diagnosis", "clue", "test", "basis"), differential),
    )


def needle() -> str:
    """Mixing rules and what is published on technique."""
    mixing = [
        (
            row.id,
            row.combination,
            row.verdict.replace("_", " "),
            row.basis,
            row.rule,
            basis(row.sources, row.status),
        )
        for row in MIXING_RULES
    ]
    technique = [(what, text, basis(keys, status)) for what, text, keys, status in mesotherapy.TECHNIQUE]
    return _page(
        "The needle",
        "What may stand in one syringe, and what is published on technique.",
        _table(("id", "mixture", "verdict", "why", "rule", "basis"), mixing),
        "## Technique",
        _table(("what", "published", "basis"), technique),
        "## To be written down of a session",
        "\n".join(f"- {name.replace('_', ' ')}" for name in mesotherapy.RECORD_FIELDS),
    )


def sources() -> str:
    """Every source a safety rule names."""
    keys = {
        key
        for rows in (FORMULARY_ROWS.values(), INTERACTIONS, CONDITION_RULES, BURDEN_RULES.values(), MONITORING_RULES,
                     MIXING_RULES, NEGATIVES, DIFFERENTIAL, WASHOUTS, TAPERS, RED_FLAGS.values())
        for row in rows
        for key in row.sources
    }  # fmt: skip
    rows = [(key, PUBLICATIONS[key].citation) for key in sorted(keys)]
    return _page(
        "Sources of the safety rules", "Keys as they stand beside the rules.", _table(("key", "source"), rows)
    )


def _party(party: Party) -> str:
    if party.is_class:
        return f"any {party.id.replace('_', ' ')}"
    return name_of(party.id)


def basis(keys: Sequence[str], status: Status) -> str:
    """Where a row comes from: the keys of its sources, its status, and a caution where the status asks for one."""
    words = caution(status)
    beside = "" if words is None else f" ({ENGLISH.say(words)})"
    return f"{', '.join(keys)}; {status.value}{beside}"


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((f"# {title}", *parts)) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_row(head), _row(["---"] * len(head)), *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
