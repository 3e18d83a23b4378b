"""The safety tables put together, and the indexes by which a regimen finds its rules.

Nothing is read at run time: the rows are code. Each index is made once, when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from types import MappingProxyType

from assuage.catalogue.message import Wording
from assuage.safety.data import (
    conditions_diseases,
    conditions_organs,
    conditions_procedures,
    conditions_states,
    interactions_bleeding,
    interactions_duplicates,
    interactions_heart,
    interactions_lithium_kidney,
    interactions_local,
    interactions_maoi,
    interactions_relaxants,
    interactions_serotonin,
    substances_interacting,
    substances_mind,
    substances_pain,
    substances_partners,
    tapers,
    washouts,
)
from assuage.safety.data.burden import BURDEN, MONITORING, NEGATIVE
from assuage.safety.data.classes import TITLES as CLASS_TITLES
from assuage.safety.data.needle import MIXING, OCCIPITAL_NUMBNESS
from assuage.safety.rules import (
    BurdenRule,
    ConditionRule,
    Differential,
    Interaction,
    MixingRule,
    MonitoringRule,
    Negative,
    Party,
    Substance,
    Taper,
    Washout,
)
from assuage.terms.drugs import DRUGS
from assuage.terms.therapies import find_therapy

SUBSTANCES: dict[str, Substance] = {
    row.id: row
    for row in (
        *substances_pain.ROWS,
        *substances_mind.ROWS,
        *substances_partners.ROWS,
        *substances_interacting.ROWS,
    )
}
INTERACTIONS: tuple[Interaction, ...] = (
    *interactions_relaxants.ROWS,
    *interactions_serotonin.ROWS,
    *interactions_local.ROWS,
    *interactions_bleeding.ROWS,
    *interactions_maoi.ROWS,
    *interactions_lithium_kidney.ROWS,
    *interactions_heart.ROWS,
    *interactions_duplicates.ROWS,
)
CONDITION_RULES: tuple[ConditionRule, ...] = (
    *conditions_organs.ROWS,
    *conditions_diseases.ROWS,
    *conditions_states.ROWS,
    *conditions_procedures.ROWS,
)
BURDEN_RULES: dict[str, BurdenRule] = {row.id: row for row in BURDEN}
MONITORING_RULES: tuple[MonitoringRule, ...] = MONITORING
MIXING_RULES: tuple[MixingRule, ...] = MIXING
NEGATIVES: tuple[Negative, ...] = NEGATIVE
WASHOUTS: tuple[Washout, ...] = washouts.ROWS
TAPERS: tuple[Taper, ...] = tapers.ROWS
DIFFERENTIAL: tuple[Differential, ...] = OCCIPITAL_NUMBNESS

# Two lines of one substance are two parties here and nowhere else: the same NSAID in the skin and by mouth
# (meta.engine_semantics), and paracetamol beside a combination that holds it (ours).
SAME_SUBSTANCE_COUNTS = frozenset({"DI_NSAID_DUP", "DI_PAR_PAR"})


@cache
def name_of(substance: str) -> str:
    """The name to show within a sentence: `amitriptyline`, `Silexan`, `deep tissue massage`."""
    return wording_of(substance).english


@cache
def wording_of(substance: str) -> Wording:
    """The same name with the key of its translations; a procedure shares that of the therapy of its name."""
    if substance in DRUGS:
        return DRUGS[substance].wording
    plain = SUBSTANCES[substance].name.partition(" (")[0]
    name = plain[:1].lower() + plain[1:]
    therapy = find_therapy(name)
    if therapy is not None and therapy.title == name:
        return therapy.wording
    return Wording(f"substance.{substance}", name)


def ceiling_basis(substance: str) -> Wording:
    """Where the ceiling of a substance comes from."""
    return Wording(f"substance.{substance}.ceiling", SUBSTANCES[substance].dosing.basis)


def wordings(substances: Iterable[str]) -> tuple[Wording, ...]:
    """The names to show of these substances, in their order."""
    return tuple(map(wording_of, substances))


def is_a(substance: str, name: str) -> bool:
    """Whether a substance belongs to a class."""
    row = SUBSTANCES.get(substance)
    return row is not None and name in row.classes


def party_title(party: Party) -> str:
    """What one side of a rule is called: the name of a substance, or that of a class."""
    return CLASS_TITLES[party.id] if party.is_class else name_of(party.id)


@cache
def members(party: Party) -> frozenset[str]:
    """The ids of the substances and procedures that can stand for a party."""
    if not party.is_class:
        return frozenset({party.id})
    return frozenset(row.id for row in SUBSTANCES.values() if party.id in row.classes)


@cache
def interactions_of_two() -> Mapping[tuple[str, str], tuple[Interaction, ...]]:
    """The two-party interactions of every two substances, under their ids in order."""
    rows_of: dict[tuple[str, str], dict[str, Interaction]] = {}
    for row in INTERACTIONS:
        if len(row.parties) != 2:
            continue
        for first, other in product(members(row.parties[0]), members(row.parties[1])):
            if first != other or row.id in SAME_SUBSTANCE_COUNTS:
                rows_of.setdefault((min(first, other), max(first, other)), {})[row.id] = row
    return MappingProxyType({key: tuple(rows.values()) for key, rows in rows_of.items()})


@cache
def interactions_of_three() -> tuple[Interaction, ...]:
    """The interactions of three parties or more."""
    return tuple(row for row in INTERACTIONS if len(row.parties) > 2)


@cache
def condition_rules_of() -> Mapping[str, tuple[ConditionRule, ...]]:
    """The condition rules of every substance."""
    return MappingProxyType(
        {
            substance: tuple(row for row in CONDITION_RULES if substance in members(row.target))
            for substance in SUBSTANCES
        }
    )


@cache
def monitoring_of() -> Mapping[str, tuple[MonitoringRule, ...]]:
    """The monitoring rules of every substance."""
    return MappingProxyType(
        {
            substance: tuple(row for row in MONITORING_RULES if substance in members(row.target))
            for substance in SUBSTANCES
        }
    )
