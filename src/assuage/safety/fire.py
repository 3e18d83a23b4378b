"""Which rules fire in a situation: matching only, exactly as the formulary's engine semantics say.

An interaction fires when each party is matched by a different line; two lines of one substance are two
parties for DI_NSAID_DUP only. A condition rule fires when the condition is present and any line matches.
Burdens add the scores of distinct substances; doses add over all lines and routes of a day. Nothing here
knows of tiers, questions or countries: that is `assuage.safety.check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache, lru_cache
from itertools import combinations, product

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.record.entries import Dose
from assuage.safety import amounts
from assuage.safety.formulary import (
    BURDEN_RULES,
    INTERACTIONS,
    SUBSTANCES,
    condition_rules_of,
    interactions_of_three,
    interactions_of_two,
    is_a,
    members,
    monitoring_of,
)
from assuage.safety.rules import BurdenRule, ConditionRule, Interaction, MonitoringRule
from assuage.safety.situation import RegimenLine, Situation
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.dosing import read_frequency
from assuage.terms.frequency import Frequency
from assuage.terms.local_forms import is_local, is_spinal

Rule = Interaction | ConditionRule | BurdenRule | MonitoringRule

SEDATION_SUM, DEPRESSANTS = 4, 3  # BR_SED: "4 or more, or 3 or more CNS depressants"
ANTICHOLINERGIC_SUM = 3  # BR_ACB
SEROTONERGICS = 2  # BR_SERO
QT_AGENTS = 2  # BR_QT: "flag other than none or unknown"
LIDOCAINE_MG_PER_KG = Fraction(9, 2)  # BR_LA_DOSE: 4.5 mg/kg per session, plain
# The substances whose ceiling has a row of its own; every other ceiling is BR_DOSE_MAX.
OWN_CEILING = {"ketoprofen": "BR_NSAID_DOSE", "lidocaine": "BR_LA_DOSE", "vitamin_d3": "BR_VITD_UL"}
# The ceiling of vitamin D is one of habitual intake, so weeks between two doses count; every other is one of a day.
_OF_MEAN = frozenset({"vitamin_d3"})
# "A sensitised, recently injected region": not only on one day.
RECENT_COUNTS = frozenset({"DI_MESO_MASSAGE"})
TOO_OFTEN = "BR_WEEKLY"
CEILING_RULES = frozenset({*OWN_CEILING.values(), "BR_DOSE_MAX", TOO_OFTEN})
# The limit of lidocaine is one of injection. A patch holds several times that and gives off a fraction of it.
_NOT_COUNTED = {("lidocaine", "patch")}


class Firing(Struct, frozen=True):
    """A rule that fires, the substances and lines it rests on, and what the numbers were."""

    rule: Rule
    substances: tuple[str, ...]
    entries: tuple[int, ...]
    about: Message | None = None
    subject: str = ""


class DoseReading(Struct, frozen=True):
    """The day's amount of one substance beside its ceiling.

    `spinal` are the doses that a pump or a needle brings to the spinal cord, a fraction of those by mouth: no ceiling
    here is of that way, so they are among the unreadable ones of `total`.
    """

    substance: str
    unit: str
    ceiling: Fraction
    total: amounts.Total
    rule: str
    spinal: tuple[Dose, ...] = ()

    @property
    def counted(self) -> Fraction:
        """The amount that is held against the ceiling: the most of one day, or the mean where the ceiling is one."""
        return self.total.most if self.substance in _OF_MEAN else self.total.peak

    @property
    def over(self) -> bool:
        """Whether what is known already lies over the ceiling."""
        return amounts.over(self.counted, self.ceiling)


def by_substance(lines: Iterable[RegimenLine]) -> dict[str, list[RegimenLine]]:
    """The lines of every substance a rule can know, under its id, in the order of the ids."""
    present: dict[str, list[RegimenLine]] = {}
    for line in lines:
        if line.substance in SUBSTANCES:
            present.setdefault(line.substance, []).append(line)
    return dict(sorted(present.items()))


def fired(situation: Situation, lines: Iterable[RegimenLine]) -> tuple[Firing, ...]:
    """Every rule that fires for these lines, superseded ones dropped."""
    written = tuple(lines)
    present = by_substance(written)
    interactions, burdens, others = _by_lines(written, situation.recent)
    firings = (
        *interactions,
        *_condition_rules(situation, present),
        *burdens,
        *_doses(situation, present),
        *others,
    )
    superseded = {
        key for firing in firings if isinstance(firing.rule, Interaction) for key in firing.rule.supersedes
    }
    return tuple(firing for firing in firings if firing.rule.id not in superseded)


@lru_cache(maxsize=64)
def _by_lines(
    lines: tuple[RegimenLine, ...], recent: tuple[RegimenLine, ...]
) -> tuple[tuple[Firing, ...], tuple[Firing, ...], tuple[Firing, ...]]:
    """The interactions, the burdens, and what is taken too often or to be measured: whatever else is known.

    The same lines are tried with each answer to each question, and every pair of them is looked up each time.
    """
    present = by_substance(lines)
    return (
        tuple(_interactions(present, by_substance(recent))),
        tuple(_burdens(present)),
        (*_too_often(present), *_monitoring(present)),
    )


def _entries_of(present: dict[str, list[RegimenLine]], substances: Iterable[str]) -> tuple[int, ...]:
    """The places in the record of these substances' lines."""
    return tuple(
        sorted({place for substance in substances for line in present[substance] for place in line.entries})
    )


def _interactions(
    present: dict[str, list[RegimenLine]], recent: dict[str, list[RegimenLine]]
) -> Iterator[Firing]:
    """The interactions of what is present, and the rules about a recently injected region with the days before."""
    before = {substance: lines for substance, lines in recent.items() if substance not in present}
    matched: dict[str, tuple[Interaction, set[str]]] = {}
    for row, chosen in _met(present, before):
        if not _reached(row, chosen, present):
            continue
        matched.setdefault(row.id, (row, set()))[1].update(chosen)
    everything = present | before
    for row, substances in matched.values():
        ordered = tuple(sorted(substances))
        yield Firing(row, ordered, _entries_of(everything, ordered))


@cache
def _wanted_whole() -> frozenset[str]:
    return frozenset(
        substance for row in INTERACTIONS for party in row.whole_body for substance in members(party)
    )


def may_be_passed_over(line: RegimenLine) -> bool:
    """Whether a rule that wants a substance in the whole body may pass over this line of it."""
    return line.substance in _wanted_whole() and is_local(line.name, line.route)


def _reached(row: Interaction, chosen: tuple[str, ...], present: dict[str, list[RegimenLine]]) -> bool:
    """Whether what a rule wants in the whole body is there in a form that reaches it."""
    return not any(
        substance in members(party) and all(is_local(line.name, line.route) for line in present[substance])
        for party in row.whole_body
        for substance in chosen
        if substance in present
    )


def _met(
    present: dict[str, list[RegimenLine]], before: dict[str, list[RegimenLine]]
) -> Iterator[tuple[Interaction, tuple[str, ...]]]:
    """Each way in which the parties of an interaction are matched by different lines."""
    for pair in combinations(present, 2):
        for row in interactions_of_two(*pair):
            yield row, pair
    for substance, lines in present.items():
        if len(lines) > 1:
            for row in interactions_of_two(substance, substance):
                yield row, (substance,)
    for row in interactions_of_three():
        for chosen in product(*(sorted(members(party) & present.keys()) for party in row.parties)):
            if len(set(chosen)) == len(chosen):  # pragma: no branch - no row has overlapping parties yet
                yield row, chosen
    for earlier, substance in product(before, present):
        for row in interactions_of_two(earlier, substance):
            if row.id in RECENT_COUNTS:
                yield row, (earlier, substance)


def _condition_rules(situation: Situation, present: dict[str, list[RegimenLine]]) -> Iterator[Firing]:
    known = situation.known
    matched: dict[str, tuple[ConditionRule, list[str]]] = {}
    for substance in present:
        for row in condition_rules_of(substance):
            if known.get(row.condition) is YES:
                matched.setdefault(row.id, (row, []))[1].append(substance)
    for row, substances in matched.values():
        yield Firing(row, tuple(substances), _entries_of(present, substances))


def _burdens(present: dict[str, list[RegimenLine]]) -> Iterator[Firing]:
    rows = [SUBSTANCES[substance] for substance in present]
    sedating = [row for row in rows if row.sedation]
    sedation = sum(row.sedation for row in sedating)
    depressants = [row.id for row in rows if is_a(row.id, "cns_depressant")]
    if sedation >= SEDATION_SUM or len(depressants) >= DEPRESSANTS:
        counted = sorted({*(row.id for row in sedating), *depressants})
        yield _burden("BR_SED", present, counted, message("burden.sedation", sum=sedation))
    anticholinergic = [row for row in rows if row.anticholinergic]
    load = sum(row.anticholinergic for row in anticholinergic)
    if load >= ANTICHOLINERGIC_SUM:
        counted = [row.id for row in anticholinergic]
        yield _burden("BR_ACB", present, counted, message("burden.anticholinergic", sum=load))
    serotonergic = [row.id for row in rows if is_a(row.id, "serotonergic")]
    if len(serotonergic) >= SEROTONERGICS:
        yield _burden("BR_SERO", present, serotonergic, message("burden.serotonergic", n=len(serotonergic)))
    prolonging = [row.id for row in rows if row.qt not in ("none", "unknown")]
    if len(prolonging) >= QT_AGENTS:
        yield _burden("BR_QT", present, prolonging, message("burden.qt", n=len(prolonging)))


def _burden(key: str, present: dict[str, list[RegimenLine]], substances: list[str], about: Message) -> Firing:
    return Firing(BURDEN_RULES[key], tuple(substances), _entries_of(present, substances), about)


@cache
def ceiling(substance: str) -> Fraction | None:
    """The most of a substance in a day, in its own unit; None where the file has none."""
    most = SUBSTANCES[substance].dosing.most_per_day
    return amounts.exact(most) if most else None


def dose_readings(situation: Situation, present: dict[str, list[RegimenLine]]) -> Iterator[DoseReading]:
    """The day's amount of every substance that has a ceiling."""
    for substance, lines in present.items():
        most = ceiling(substance)
        if most is None:
            continue
        if substance == "lidocaine" and situation.weight_kg is not None:
            most = min(most, LIDOCAINE_MG_PER_KG * amounts.exact(situation.weight_kg))
        unit = SUBSTANCES[substance].dosing.unit
        spinal = tuple(dose for line in lines if is_spinal(line.name, line.route) for dose in line.doses)
        counted: list[tuple[Dose, ...]] = [
            line.doses
            for line in lines
            if (substance, line.route) not in _NOT_COUNTED
            and not (line.doses and is_spinal(line.name, line.route))
        ]
        total = amounts.total(counted, unit, substance)
        total = replace(total, unreadable=(*total.unreadable, *spinal)) if spinal else total
        rule = OWN_CEILING.get(substance, "BR_DOSE_MAX")
        yield DoseReading(substance, unit, most, total, rule, spinal)


def _doses(situation: Situation, present: dict[str, list[RegimenLine]]) -> Iterator[Firing]:
    for reading in dose_readings(situation, present):
        if reading.over:
            about = message("burden.dose", amount=reading.counted, ceiling=reading.ceiling, unit=reading.unit)
            only = (reading.substance,)
            yield Firing(
                BURDEN_RULES[reading.rule], only, _entries_of(present, only), about, reading.substance
            )


def spacing_readings(present: dict[str, list[RegimenLine]]) -> Iterator[tuple[str, Answer, tuple[Dose, ...]]]:
    """Of every substance that is taken on single days only: whether more often than that, and its doses.

    Unknown where nobody wrote how often, or where nobody can read it.
    """
    for substance, lines in present.items():
        days = SUBSTANCES[substance].dosing.days_between
        if days:
            doses = tuple(dose for line in lines for dose in line.doses)
            yield substance, _more_often(lines, doses, Fraction(1, days)), doses


def _more_often(lines: list[RegimenLine], doses: tuple[Dose, ...], rate: Fraction) -> Answer:
    frequencies = [
        read_frequency(when) if when is not None else _in_name(line)
        for line in lines
        for when in ([dose.when for dose in line.doses] or [None])
    ]
    known = [frequency for frequency in frequencies if frequency is not None and frequency.most is not None]
    if any(frequency.most is not None and frequency.most > rate for frequency in known):
        return YES
    if len({frequency.weekdays for frequency in known}) > 1 and all(
        frequency.weekdays for frequency in known
    ):
        return YES  # once a week each, on different days
    several = len(doses) > 1 and not all(frequency.weekdays for frequency in known)
    return UNKNOWN if len(known) < len(frequencies) or several else NO


def _in_name(line: RegimenLine) -> Frequency | None:
    """The frequency that stands in a name: `methotrexate weekly`."""
    return read_frequency(line.name.split()[-1]) if line.name.split()[1:] else None


def _too_often(present: dict[str, list[RegimenLine]]) -> Iterator[Firing]:
    for substance, often, doses in spacing_readings(present):
        if often is YES:
            about = message("burden.too-often", doses=doses, days=SUBSTANCES[substance].dosing.days_between)
            only = (substance,)
            yield Firing(BURDEN_RULES[TOO_OFTEN], only, _entries_of(present, only), about, substance)


def _monitoring(present: dict[str, list[RegimenLine]]) -> Iterator[Firing]:
    matched: dict[str, tuple[MonitoringRule, list[str]]] = {}
    for substance in present:
        for row in monitoring_of(substance):
            matched.setdefault(row.id, (row, []))[1].append(substance)
    for row, substances in matched.values():
        yield Firing(row, tuple(substances), _entries_of(present, substances))
