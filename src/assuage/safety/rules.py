"""The kinds of rows of the safety tables, as frozen values. The rows themselves are in `assuage.safety.data`.

Every row has the stable id under which it is quoted, the keys of its sources and its status: how far its fact
was checked. Nothing here decides anything; that is `assuage.safety.check`. A row is itself and equals no other, so
that what is made of it once (a text with its key) is found again by the row.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.terms.sources import Status

Severity = Literal["contraindicated", "major", "moderate", "minor"]
SEVERITIES: tuple[Severity, ...] = ("contraindicated", "major", "moderate", "minor")  # the gravest first
Qt = Literal["none", "unknown", "conditional", "possible", "known"]
Verdict = Literal["compatible", "incompatible", "not_allowed", "unverified"]


class Party(Struct, frozen=True):
    """One side of a rule: a substance (or procedure), or any member of a class."""

    id: str
    is_class: bool = False


def drug(substance: str) -> Party:
    """That substance or procedure itself."""
    return Party(substance)


def member_of(name: str) -> Party:
    """Any member of that class."""
    return Party(name, is_class=True)


class Dosing(Struct, frozen=True):
    """How a substance is dosed; `most_per_day` in `unit` over all routes, with where that ceiling comes from.

    `days_between` is for what is taken on single days only, and would harm if it were taken on all: 7 for once a week.
    """

    start: str = ""
    titration: str = ""
    usual: str = ""
    most_per_day: str = ""
    unit: str = ""
    basis: str = ""
    days_between: int = 0


class Substance(Struct, frozen=True):
    """A drug, supplement, exposure or procedure with what has to be known to give it.

    `member_of` are the rows of classes ("ACE inhibitor") whose rules it meets as one of them.
    """

    id: str
    name: str
    kind: str
    classes: tuple[str, ...]
    routes: tuple[str, ...]
    dosing: Dosing
    sources: tuple[str, ...]
    status: Status
    sedation: int = 0
    anticholinergic: int = 0
    qt: Qt = "none"
    renal: str = ""
    hepatic: str = ""
    pregnancy_lactation: str = ""
    age: str = ""
    monitoring: str = ""
    stop_taper: str = ""
    member_of: tuple[str, ...] = ()


class ClassProfile(Struct, frozen=True):
    """What the rules take a member of a class to be: the row of the class, its rule classes, its burdens."""

    id: str
    row: str = ""
    classes: tuple[str, ...] = ()
    sedation: int = 0
    anticholinergic: int = 0
    qt: Qt = "unknown"


class Membership(Struct, frozen=True):
    """The substances of a class that rules match by, beside those of the drug index, by their ids."""

    rule_class: str
    substances: tuple[str, ...]
    sources: tuple[str, ...]
    status: Status


class Washout(Struct, frozen=True, eq=False):
    """For how many days after it was stopped a drug counts as taken, before another one is started.

    Without any named, it counts before all that a grave rule says must not meet it.
    """

    id: str
    stopped: Party
    before: tuple[Party, ...]
    days: int
    because: str
    sources: tuple[str, ...]
    status: Status


class Taper(Struct, frozen=True, eq=False):
    """A drug that must not be stopped at once: what can follow, and how it is reduced.

    `days` is for how many days after the stop that is looked for. A stop after fewer than `taken` days is told as a
    note only. What is `spinal` is about a drug that a pump brings to the spinal cord, and stands for the other rows.
    """

    id: str
    stopped: Party
    severity: Severity
    days: int
    taken: int
    effect: str
    action: str
    sources: tuple[str, ...]
    status: Status
    spinal: bool = False


class Interaction(Struct, frozen=True, eq=False):
    """Two or three parties that should not meet, each matched by a different line of the regimen.

    `supersedes` are the ids of rules that say the same more vaguely and are dropped when this one fires. `whole_body`
    are the parties that count only where they reach it: not on the skin, in the eye or in the nose.
    """

    id: str
    parties: tuple[Party, ...]
    severity: Severity
    mechanism: str
    effect: str
    action: str
    sources: tuple[str, ...]
    status: Status
    supersedes: tuple[str, ...] = ()
    whole_body: tuple[Party, ...] = ()


class ConditionRule(Struct, frozen=True, eq=False):
    """A condition under which a substance, a procedure or a class is dangerous."""

    id: str
    condition: str
    target: Party
    severity: Severity
    rationale: str
    action: str
    sources: tuple[str, ...]
    status: Status


class BurdenRule(Struct, frozen=True, eq=False):
    """A sum over the whole regimen: scores of distinct substances, or doses of a day."""

    id: str
    rule: str
    severity: Severity
    action: str
    sources: tuple[str, ...]
    status: Status


class MonitoringRule(Struct, frozen=True, eq=False):
    """What to measure for a substance, when, and the condition that says it was not measured."""

    id: str
    target: Party
    test: str
    when: str
    gap: str
    sources: tuple[str, ...]
    status: Status


class MixingRule(Struct, frozen=True, eq=False):
    """Whether substances may stand in one syringe.

    A mixture matches when it holds every name of `holds`, and one of `with_any` if that is given. The names
    are those of the formulary and, for substances that only mixing knows, of `assuage.safety.mixing`.
    """

    id: str
    combination: str
    verdict: Verdict
    basis: str
    rule: str
    sources: tuple[str, ...]
    status: Status
    holds: tuple[str, ...] = ()
    with_any: tuple[str, ...] = ()


class Negative(Struct, frozen=True, eq=False):
    """A pair that was looked at and does not interact: worth saying, since it is often suspected."""

    id: str
    parties: tuple[str, str]
    finding: str
    sources: tuple[str, ...]
    status: Status


class Differential(Struct, frozen=True, eq=False):
    """One thing that occipital numbness can be, what speaks for it, and what tells."""

    id: str
    diagnosis: str
    clue: str
    test: str
    sources: tuple[str, ...]
    status: Status


Row = Interaction | ConditionRule | BurdenRule | MonitoringRule | MixingRule | Negative | Differential | Taper

# Under which word a row's texts stand in the catalogues: `interaction.DI_TIZ_FLU.effect`, `rule.BR_SED.action`.
_FAMILY: dict[type[Row], str] = {
    Interaction: "interaction",
    ConditionRule: "rule",
    BurdenRule: "rule",
    MonitoringRule: "rule",
    MixingRule: "mixing",
    Negative: "negative",
    Differential: "differential",
    Taper: "taper",
}


@cache
def row_text(row: Row, field: str) -> Wording:
    """A text of a row, such as its `action`, with the key of its translations."""
    return Wording(f"{_FAMILY[type(row)]}.{row.id}.{field}", getattr(row, field))
