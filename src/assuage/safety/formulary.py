"""The safety tables put together, and the indexes by which a regimen finds its rules.

Nothing is read at run time: the rows are code. Each index is made once, when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from msgspec.structs import replace

from assuage.catalogue.message import Wording
from assuage.safety.data import (
    class_profiles,
    conditions_diseases,
    conditions_heart,
    conditions_metabolism,
    conditions_organs,
    conditions_pregnancy,
    conditions_procedures,
    conditions_states,
    interactions_bleeding,
    interactions_duplicates,
    interactions_enzymes,
    interactions_foods,
    interactions_heart,
    interactions_kidney,
    interactions_levels,
    interactions_lithium_kidney,
    interactions_local,
    interactions_maoi,
    interactions_others,
    interactions_relaxants,
    interactions_remembered,
    interactions_remembered_levels,
    interactions_serotonin,
    interactions_vessels,
    memberships,
    memberships_remembered,
    substances_interacting,
    substances_mind,
    substances_pain,
    substances_partners,
    tapers,
    washouts,
)
from assuage.safety.data.burden import BURDEN, MONITORING, NEGATIVE
from assuage.safety.data.classes import EFFECTS
from assuage.safety.data.classes import TITLES as CLASS_TITLES
from assuage.safety.data.needle import MIXING, OCCIPITAL_NUMBNESS
from assuage.safety.rules import (
    BurdenRule,
    ClassProfile,
    ConditionRule,
    Differential,
    Dosing,
    Interaction,
    Membership,
    MixingRule,
    MonitoringRule,
    Negative,
    Party,
    Qt,
    Substance,
    Taper,
    Washout,
)
from assuage.terms.drug_classes import CLASS_ITEMS
from assuage.terms.drug_index import indexed_substance, members_of
from assuage.terms.drug_names import drug_with_id
from assuage.terms.sources import Status
from assuage.terms.therapies import find_therapy

INTERACTIONS: tuple[Interaction, ...] = (
    *interactions_relaxants.ROWS,
    *interactions_serotonin.ROWS,
    *interactions_local.ROWS,
    *interactions_bleeding.ROWS,
    *interactions_maoi.ROWS,
    *interactions_lithium_kidney.ROWS,
    *interactions_heart.ROWS,
    *interactions_duplicates.ROWS,
    *interactions_vessels.ROWS,
    *interactions_levels.ROWS,
    *interactions_others.ROWS,
    *interactions_enzymes.ROWS,
    *interactions_kidney.ROWS,
    *interactions_remembered.ROWS,
    *interactions_remembered_levels.ROWS,
    *interactions_foods.ROWS,
)
CONDITION_RULES: tuple[ConditionRule, ...] = (
    *conditions_organs.ROWS,
    *conditions_diseases.ROWS,
    *conditions_states.ROWS,
    *conditions_procedures.ROWS,
    *conditions_pregnancy.ROWS,
    *conditions_heart.ROWS,
    *conditions_metabolism.ROWS,
)
# The substances that a rule names by themselves.
_NAMED = frozenset(
    party.id
    for party in (
        *(party for row in INTERACTIONS for party in row.parties),
        *(row.target for row in CONDITION_RULES),
    )
    if not party.is_class
)
MEMBERSHIPS: tuple[Membership, ...] = (*memberships.ROWS, *memberships_remembered.ROWS)
# The classes of the rules that a substance has beside those of its row and of the drug index.
_BESIDE: dict[str, tuple[str, ...]] = {}
for _membership in MEMBERSHIPS:
    for _id in _membership.substances:
        _BESIDE[_id] = (*_BESIDE.get(_id, ()), _membership.rule_class)


def _with_classes_beside(row: Substance) -> Substance:
    """The row with the classes that memberships give its substance."""
    return replace(row, classes=tuple(dict.fromkeys((*row.classes, *_BESIDE.get(row.id, ())))))


_ROWS: tuple[Substance, ...] = (
    *substances_pain.ROWS,
    *substances_mind.ROWS,
    *substances_partners.ROWS,
    *substances_interacting.ROWS,
)
_CLASSES_OF_ROW: dict[str, tuple[str, ...]] = {row.id: row.classes for row in _ROWS}
FORMULARY_ROWS: dict[str, Substance] = {row.id: _with_classes_beside(row) for row in _ROWS}
CLASS_PROFILES: dict[str, ClassProfile] = {row.id: row for row in class_profiles.ROWS}
_QT: tuple[Qt, ...] = ("unknown", "none", "conditional", "possible", "known")  # the least grave first


@cache
def _member_of(profiles: tuple[ClassProfile, ...]) -> Substance:
    """What the classes of a substance say of it together, and the gravest of their burdens."""
    rows = [FORMULARY_ROWS[profile.row] for profile in profiles if profile.row]
    classes = dict.fromkeys(name for each in (*rows, *profiles) for name in each.classes)
    return Substance(
        "",
        "",
        "drug",
        tuple(classes),
        rows[0].routes if rows else ("oral",),
        Dosing(),
        tuple(dict.fromkeys(source for row in rows for source in row.sources)) or ("MEM",),
        Status.MEMORY,
        sedation=max((each.sedation for each in (*rows, *profiles)), default=0),
        anticholinergic=max((each.anticholinergic for each in (*rows, *profiles)), default=0),
        qt=_QT[max((_QT.index(each.qt) for each in (*rows, *profiles)), default=0)],
        member_of=tuple(row.id for row in rows),
    )


def _members() -> Iterator[Substance]:
    """The rows of the substances that have none of their own, and that a rule knows by their class or by name."""
    indexed = {substance.id: substance for substance in members_of(CLASS_PROFILES)}
    for key in sorted(_NAMED.union(_BESIDE)):
        substance = indexed_substance(key)
        if substance is not None:
            indexed[key] = substance
    for substance in indexed.values():
        if substance.id not in FORMULARY_ROWS:
            profiles = tuple(CLASS_PROFILES[name] for name in substance.classes if name in CLASS_PROFILES)
            member = replace(
                _member_of(profiles),
                id=substance.id,
                name=substance.title[:1].upper() + substance.title[1:],
                status=Status.SEEN if substance.classes_checked == "seen" or not profiles else Status.MEMORY,
            )
            yield _with_classes_beside(member)


def _unnamed_members() -> Iterator[Substance]:
    """The rows of the classes themselves: what every member of them has, where nobody said which one is meant."""
    for item in CLASS_ITEMS.values():
        if item.id in FORMULARY_ROWS or not item.may_be_of <= CLASS_PROFILES.keys():
            continue
        each = [_member_of((CLASS_PROFILES[name],)) for name in sorted(item.may_be_of)]
        classes = tuple(name for name in each[0].classes if all(name in row.classes for row in each))
        yield replace(
            each[0],
            id=item.id,
            name=item.title[:1].upper() + item.title[1:],
            kind="class_item",
            classes=classes,
            sources=("MEM",),
            status=Status.POLICY,
            sedation=min(row.sedation for row in each),
            anticholinergic=min(row.anticholinergic for row in each),
            qt=_QT[min(_QT.index(row.qt) for row in each)],
            member_of=tuple(name for name in each[0].member_of if all(name in row.member_of for row in each)),
        )


SUBSTANCES: dict[str, Substance] = (
    FORMULARY_ROWS | {row.id: row for row in _members()} | {row.id: row for row in _unnamed_members()}
)
# Members of classes of which we only remember that they are: what follows from it is asked, never decided.
MEMBERS_FROM_MEMORY: frozenset[str] = frozenset(
    row.id for row in SUBSTANCES.values() if row.id not in FORMULARY_ROWS and row.status is Status.MEMORY
)


@cache
def members_apart(item: str) -> tuple[str, ...]:
    """The substances that an unnamed member of a class may be: of those that no rule names alone, one of each kind."""
    alike: dict[object, str] = {}
    for substance in members_of(CLASS_ITEMS[item].may_be_of):
        row = SUBSTANCES.get(substance.id)
        if row is not None:
            kind = (row.classes, row.member_of, row.sedation, row.anticholinergic, row.qt)
            alike.setdefault(row.id if row.id in FORMULARY_ROWS or row.id in _NAMED else kind, row.id)
    return tuple(alike.values())


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
    drug = drug_with_id(substance)
    if drug is not None:
        return drug.wording
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


def named_unread(
    unread: Iterable[tuple[Status, tuple[str, ...]]],
) -> tuple[tuple[Status, tuple[Wording, ...]], ...]:
    """What was not read in a source, with the names to show."""
    return tuple((status, wordings(substances)) for status, substances in unread)


def is_a(substance: str, name: str) -> bool:
    """Whether a substance belongs to a class."""
    row = SUBSTANCES.get(substance)
    return row is not None and name in row.classes


def party_title(party: Party) -> str:
    """What one side of a rule is called: the name of a substance, or that of a class."""
    return party_wording(party).english


def party_wording(party: Party) -> Wording:
    """The same with the key of its translations."""
    return class_wording(party.id) if party.is_class else wording_of(party.id)


def class_wording(name: str) -> Wording:
    """What a class that rules match by is called, with the key of its translations."""
    return Wording(f"class.{name}", CLASS_TITLES[name])


@cache
def members(party: Party) -> frozenset[str]:
    """The ids of the substances and procedures that can stand for a party."""
    if party.is_class:
        return _in_class().get(party.id, frozenset())
    return frozenset({party.id, *(row.id for row in SUBSTANCES.values() if party.id in row.member_of)})


@cache
def _in_class() -> Mapping[str, frozenset[str]]:
    """The ids of the substances and procedures of each class that has any."""
    of_class: dict[str, set[str]] = {}
    for row in SUBSTANCES.values():
        for name in row.classes:
            of_class.setdefault(name, set()).add(row.id)
    return MappingProxyType({name: frozenset(ids) for name, ids in of_class.items()})


# How far a fact was checked, the best first.
_CHECKED: tuple[Status, ...] = (
    Status.SEEN,
    Status.MIXED,
    Status.DERIVED,
    Status.CASE,
    Status.POLICY,
    Status.MEMORY,
)
# Of these nothing was read in a source.
_UNREAD = (Status.POLICY, Status.MEMORY)


@cache
def membership_status(substance: str, party: Party) -> Status:
    """How far it was checked that a substance is what a party of a rule asks for: by the best that says so.

    A row and a membership have their own status, a class of the drug index that of the index. A row that is a class
    itself ("QT-prolonging drug, other") is one of it by our own word. That the members of one class do what another
    class is named after (tricyclics: a lower seizure threshold) is ours.
    """
    if not party.is_class:
        return Status.SEEN
    told = [
        each.status for each in MEMBERSHIPS if each.rule_class == party.id and substance in each.substances
    ]
    if party.id in _CLASSES_OF_ROW.get(substance, ()):
        row = FORMULARY_ROWS[substance]
        told.append(row.status)
        if row.kind == "class_item":
            told.append(Status.POLICY)
    item, indexed = CLASS_ITEMS.get(substance), indexed_substance(substance)
    classes = tuple(item.may_be_of) if item else indexed.classes if indexed else ()
    seen = item is not None or (indexed is not None and indexed.classes_checked == "seen")
    for name in classes:
        if name != party.id and not _lends(name, party.id):
            continue
        read = Status.POLICY if name != party.id and party.id in EFFECTS else Status.SEEN
        told.append(read if seen else Status.MEMORY)
    return min(told, key=_CHECKED.index, default=Status.SEEN)


@cache
def unread_members(
    rule: Interaction | ConditionRule | MonitoringRule, substances: tuple[str, ...]
) -> tuple[tuple[Status, tuple[str, ...]], ...]:
    """Which of these a rule meets by a membership that nobody read in a source, and whose word that is; memory last.

    Of a class that is remembered as a whole the alert itself says so (`MEMBERS_FROM_MEMORY`); of a rule that is
    remembered itself nothing more is to be said.
    """
    parties = rule.parties if isinstance(rule, Interaction) else (rule.target,)
    of: dict[Status, list[str]] = {}
    for substance in substances:
        met = [party for party in parties if substance in members(party)]
        if substance in MEMBERS_FROM_MEMORY or not met:
            continue
        status = min((membership_status(substance, party) for party in met), key=_CHECKED.index)
        if status in _UNREAD and _CHECKED.index(status) > _CHECKED.index(rule.status):
            of.setdefault(status, []).append(substance)
    return tuple((status, tuple(of[status])) for status in _UNREAD if status in of)


@cache
def is_read_for(rule: Interaction | ConditionRule | MonitoringRule, substance: str) -> bool:
    """Whether it was read in a source, or is ours, that a substance is what a rule asks for: no class remembered."""
    parties = rule.parties if isinstance(rule, Interaction) else (rule.target,)
    met = [membership_status(substance, party) for party in parties if substance in members(party)]
    return bool(met) and Status.MEMORY not in met


@cache
def counted_by_class(substances: tuple[str, ...]) -> tuple[tuple[Status, tuple[str, ...]], ...]:
    """Which of these have no numbers of their own, so that they count as a typical member of their class, and whose."""
    unread: dict[Status, list[str]] = {}
    for substance in substances:
        row = FORMULARY_ROWS.get(substance)
        status = Status.POLICY if row is None else row.status
        if status in _UNREAD and substance not in MEMBERS_FROM_MEMORY:
            unread.setdefault(status, []).append(substance)
    return tuple((status, tuple(unread[status])) for status in _UNREAD if status in unread)


def _lends(name: str, rule_class: str) -> bool:
    """Whether the rules take the members of a class of the drug index to be of a class of theirs."""
    profile = CLASS_PROFILES.get(name)
    if profile is None:
        return False
    return rule_class in profile.classes or rule_class in _CLASSES_OF_ROW.get(profile.row, ())


@cache
def _interactions_of(substance: str) -> tuple[Interaction, ...]:
    """The two-party interactions in which a substance can be one of the parties."""
    return tuple(
        row
        for row in INTERACTIONS
        if len(row.parties) == 2 and any(substance in members(party) for party in row.parties)
    )


@lru_cache(maxsize=20_000)  # the pairs of a regimen, asked day after day
def interactions_of_two(first: str, other: str) -> tuple[Interaction, ...]:
    """The two-party interactions of two substances, whichever is named first."""
    return tuple(
        row
        for row in _interactions_of(first)
        if (first != other or row.id in SAME_SUBSTANCE_COUNTS)
        and any(
            first in members(one_side) and other in members(other_side)
            for one_side, other_side in (row.parties, row.parties[::-1])
        )
    )


@cache
def interactions_of_three() -> tuple[Interaction, ...]:
    """The interactions of three parties or more."""
    return tuple(row for row in INTERACTIONS if len(row.parties) > 2)


@cache
def condition_rules_of(substance: str) -> tuple[ConditionRule, ...]:
    """The condition rules of a substance."""
    return tuple(row for row in CONDITION_RULES if substance in members(row.target))


@cache
def monitoring_of(substance: str) -> tuple[MonitoringRule, ...]:
    """The monitoring rules of a substance."""
    return tuple(row for row in MONITORING_RULES if substance in members(row.target))


def meets_gravely(substance: str, others: Iterable[str]) -> bool:
    """Whether a rule graded major or worse is of a substance beside one of the others, and not of two of one class."""
    return any(_meets_gravely(substance, other) for other in others)


@cache
def _meets_gravely(substance: str, other: str) -> bool:
    for row in INTERACTIONS:
        if (
            len(row.parties) != 2
            or row.parties[0] == row.parties[1]
            or row.severity not in ("contraindicated", "major")
        ):
            continue
        first, second = (members(party) for party in row.parties)
        if (substance in first and other in second) or (other in first and substance in second):
            return True
    return False
