"""Which groups of drugs the interaction rules know, and beside which they know nothing.

The groups are ours, for reading only: each substance stands in the first group that one of its classes belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations_with_replacement, product

from assuage.safety.coverage import with_a_rule
from assuage.safety.formulary import INTERACTIONS, SUBSTANCES, members, name_of
from assuage.safety.rules import SEVERITIES, Interaction
from assuage.terms.sources import Status
from docs.build.markdown import table

# Group: the classes whose members are its own, and ids where a class would take too many.
GROUPS: Mapping[str, frozenset[str]] = {
    "MAO inhibitors": frozenset({"maoi"}),
    "SSRI": frozenset({"ssri"}),
    "SNRI": frozenset({"snri"}),
    "tricyclics": frozenset({"tca", "cyclobenzaprine"}),
    "triptans": frozenset({"triptan_class"}),
    "other serotonergic": frozenset(
        {"serotonin_modulator", "dextromethorphan", "st_johns_wort", "bupropion"}
    ),
    "opioids": frozenset({"opioid", "opioid_antagonist"}),
    "gabapentinoids": frozenset({"gabapentinoid"}),
    "relaxants": frozenset({"muscle_relaxant"}),
    "sedatives and alcohol": frozenset({"sedative_hypnotic", "hypnotic_mild", "antipsychotic"}),
    "NSAIDs": frozenset({"nsaid"}),
    "paracetamol": frozenset({"analgesic"}),
    "anticoagulants": frozenset({"anticoagulant"}),
    "antiplatelets": frozenset({"antiplatelet"}),
    "ACE inhibitors, sartans and potassium": frozenset({"raas_inhibitor", "potassium_supplement"}),
    "diuretics": frozenset({"diuretic"}),
    "rate and pressure": frozenset({"beta_blocker_class", "rate_limiting_ccb", "alpha2_agonist"}),
    "antiarrhythmics and digoxin": frozenset(
        {"class1_antiarrhythmic", "class3_antiarrhythmic", "cardiac_glycoside"}
    ),
    "lithium": frozenset({"lithium_class"}),
    "methotrexate": frozenset({"methotrexate_class"}),
    "antibiotics and azoles": frozenset(
        {"fluoroquinolone", "macrolide", "nitroimidazole", "trimethoprim_containing", "azole_antifungal"}
    ),
    "inducers": frozenset({"enzyme_inducer"}),
    "oestrogen and steroids": frozenset({"estrogen", "corticosteroid"}),
    "local anaesthetics": frozenset({"amide_la"}),
    "procedures": frozenset({"procedure"}),
}
OTHERS = "others"
MOST_NAMES = 24
_LETTERS = {"contraindicated": "C", "major": "M", "moderate": "m", "minor": "n"}


@cache
def group_of(substance: str) -> str:
    """The group a substance is read under; the one of all others where no group takes it."""
    known = {substance, *SUBSTANCES[substance].classes}
    return next((group for group, classes in GROUPS.items() if known & classes), OTHERS)


@cache
def _held() -> Mapping[str, tuple[str, ...]]:
    groups = {
        group: tuple(name for name in SUBSTANCES if group_of(name) == group) for group in (*GROUPS, OTHERS)
    }
    assert all(groups.values()), "a group without a substance says nothing"
    return groups


@cache
def _known() -> Mapping[tuple[str, str], Mapping[str, Interaction]]:
    """By two substances, the first in the alphabet first, the rules of two parties that know them."""
    known: dict[tuple[str, str], dict[str, Interaction]] = {}
    for row in INTERACTIONS:
        if len(row.parties) == 2:
            for first, other in product(*map(members, row.parties)):
                if first != other:
                    known.setdefault((min(first, other), max(first, other)), {})[row.id] = row
    return known


@cache
def _rules() -> Mapping[tuple[str, str], tuple[dict[str, Interaction], int]]:
    """By two groups in order, their rules of two parties and how many pairs of their members these know."""
    order = [*GROUPS, OTHERS]
    known: dict[tuple[str, str], tuple[dict[str, Interaction], int]] = {}
    for (first, other), rows in _known().items():
        groups = sorted((group_of(first), group_of(other)), key=order.index)
        met, pairs = known.get((groups[0], groups[1]), ({}, 0))
        known[groups[0], groups[1]] = ({**met, **rows}, pairs + 1)
    return known


def _pairs(first: str, other: str) -> int:
    held = _held()
    size = len(held[first])
    return size * (size - 1) // 2 if first == other else size * len(held[other])


def _evidence(rows: Sequence[Interaction]) -> str:
    """Of the gravest rules: `seen`, `mixed`, `memory`: the best that stands behind one of them."""
    best = [
        status.value for status in (Status.SEEN, Status.MIXED, Status.CASE, Status.DERIVED, Status.MEMORY)
    ]
    return min((row.status.value for row in rows), key=best.index)


def _cell(first: str, other: str) -> str:
    met, _ = _rules().get((first, other), ({}, 0))
    if not met:
        return ""
    gravest = min((row.severity for row in met.values()), key=SEVERITIES.index)
    return f"{_LETTERS[gravest]} {_evidence([row for row in met.values() if row.severity == gravest])}"


def _named(substances: Sequence[str]) -> str:
    """The names of substances; of many the first, and how many more."""
    shown = ", ".join(map(name_of, substances[:MOST_NAMES])) or "none"
    rest = len(substances) - MOST_NAMES
    return f"{shown} and {rest} more" if rest > 0 else shown


def page() -> str:
    """The page: each group with those it has rules with, and what no rule knows."""
    order = [*GROUPS, OTHERS]
    statuses = {status: sum(row.status is status for row in INTERACTIONS) for status in Status}
    two = sum(len(row.parties) == 2 for row in INTERACTIONS)
    known, pairs = len(_known()), len(SUBSTANCES)
    all_pairs = pairs * (pairs - 1) // 2
    lines = [
        "# What the interaction rules know",
        "",
        f"{len(INTERACTIONS)} rules, {two} of them of two parties, over {pairs} substances, classes and procedures: "
        f"{known} of {all_pairs} pairs are known to a rule. **A pair that no rule knows is not a safe pair**; "
        "`assuage check-regimen` says how many of the pairs of a regimen are known. The evidence: "
        + ", ".join(f"{count} {status.value}" for status, count in statuses.items() if count)
        + ". What rests on memory is said to be checked on a label, and no such rule stops.",
        "",
        "The groups are ours, for reading only. Each line shows with whom a group has rules: the gravest severity "
        "(C contraindicated, M major, m moderate, n minor), the best evidence of a rule that grave, and how many of "
        "the pairs of members a rule knows.",
        "",
    ]
    for group in order:
        rows: list[tuple[str, ...]] = []
        silent: list[str] = []
        for other in order:
            first, second = sorted((group, other), key=order.index)
            met, count = _rules().get((first, second), ({}, 0))
            if met:
                ids = ", ".join(sorted(met))
                rows.append(
                    (other, _cell(first, second), f"{count} of {max(_pairs(first, second), count)}", ids)
                )
            elif _pairs(first, second):
                silent.append(other)
        lines += [f"## {group[0].upper()}{group[1:]}", "", f"{_named(_held()[group])}.", ""]
        lines += table(("with", "gravest, evidence", "pairs known", "rules"), rows) if rows else []
        if silent:
            lines += [f"No rule with: {'; '.join(silent)}.", ""]
    unruled = [name for name in SUBSTANCES if name not in with_a_rule()]
    larger = [row.id for row in INTERACTIONS if len(row.parties) > 2]
    empty = sum(
        not _rules().get(pair) and _pairs(*pair) > 0 for pair in combinations_with_replacement(order, 2)
    )
    lines += [
        "## What is not covered",
        "",
        f"{empty} pairs of groups have no rule at all. Substances in no pair rule: "
        f"{_named(unruled)}. Rules of three parties: {', '.join(larger)}.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page())
