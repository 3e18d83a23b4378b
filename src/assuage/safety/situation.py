"""What is checked: the lines of one day's regimen, the procedures of that day, and what is known of the patient.

A situation is plain values, so that it can be written down in a test, typed on a command line or taken from a
record (`assuage.safety.known`). A condition that is not named is unknown, not absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from assuage.catalogue.message import Message, message
from assuage.record.entries import Dose, Ingredient, MedicationEntry, Sex, TherapyEntry
from assuage.safety.active_flags import ActiveFlag
from assuage.safety.formulary import MEMBERS_FROM_MEMORY, SUBSTANCES, is_a
from assuage.terms.answers import NO, UNKNOWN, YES, Answer, answer
from assuage.terms.drug_classes import CLASS_ITEMS
from assuage.terms.drug_names import drug_with_id, find_drug, read_drug
from assuage.terms.holds import LapsedStatement
from assuage.terms.measurements import MEASUREMENTS
from assuage.terms.names import folded, spaced
from assuage.terms.therapies import find_therapy

PROCEDURES: tuple[str, ...] = tuple(row.id for row in SUBSTANCES.values() if row.kind == "procedure")
# Therapies that the formulary knows under another name.
# Anticoagulants that are given to treat; a heparin may be there to prevent (ours).
_ANTICOAGULATES = ("vitamin_k_antagonist", "doac")
_PROCEDURE_OF = {"kinesiotherapy": "graded_exercise"}
# From this age on pregnancy and breastfeeding are not asked about (ours).
NOT_PREGNANT_FROM = 60
NOT_FOR_MEN = ("pregnancy_t1", "pregnancy_t2", "pregnancy_t3", "pregnancy_ge20w", "lactation")


class RegimenLine(Struct, frozen=True):
    """One substance or procedure of the day: its id (None: nothing reads its name), doses and route.

    `sure` is False for what may have been it: a massage of unrecorded pressure was possibly a deep one; of a drug
    `by_class` says that it is it, and that only a class of it is remembered. `misspelt` says that the name is a
    misspelling, read as what was meant; `unnamed` that it is a class, and its member was not named; `ended_on` the day
    on which it was stopped, where nobody wrote for how long it stays in the body.
    """

    substance: str | None
    name: str
    doses: tuple[Dose, ...] = ()
    route: str = ""
    entries: tuple[int, ...] = ()
    sure: bool = True
    by_class: bool = False
    misspelt: bool = False
    unnamed: bool = False
    ended_on: int | None = None

    @property
    def title(self) -> str:
        """The name to show."""
        row = SUBSTANCES.get(self.substance or "")
        if row is not None:
            return row.name.partition(" (")[0]
        drug = drug_with_id(self.substance) if self.substance else None
        return self.name if drug is None else drug.title


def procedure_id(name: str) -> str | None:
    """The formulary's id of a procedure by any of its names; None if it has none."""
    plain = spaced(name).replace(" ", "_")
    if plain in PROCEDURES:
        return plain
    therapy = find_therapy(name.replace("_", " "))
    procedure = None if therapy is None else _PROCEDURE_OF.get(therapy.id, therapy.id)
    return procedure if procedure in PROCEDURES else None


def substance_id(name: str) -> str | None:
    """The id of a substance or procedure by any of its names; None if nothing reads it.

    A substance may be one that no rule knows; a combination is the ids of its parts, joined by plus signs.
    """
    known = find_drug(name) or find_drug(name.replace("_", " "))
    return known.id if known else procedure_id(name)


def line(name: str, *doses: Dose, route: str = "", entries: tuple[int, ...] = ()) -> RegimenLine:
    """A line by the name of one substance, with the doses of one day."""
    return RegimenLine(substance_id(name), name, doses, route, entries)


def lines_named(
    name: str, doses: tuple[Dose, ...] = (), route: str = "", entries: tuple[int, ...] = ()
) -> tuple[RegimenLine, ...]:
    """The lines of what has this name: one for each substance in it.

    The doses of a combination are of the whole, so that those of its parts are not known. A name that we only remember
    is unread, and beside that it may be what we remember; a class that we only remember makes its member doubtful too.
    A name of which only the beginning is read is unread, and beside that it is what was read of it.
    """
    read = read_drug(name) or read_drug(name.replace("_", " "))
    if read is None:
        return (RegimenLine(procedure_id(name), name, doses, route, entries),)
    parts = read.drug.substances
    remembered, unread = read.how == "memory", read.how in ("memory", "part")
    if len(parts) > 1 or unread:
        doses = ()
    lines = tuple(
        RegimenLine(
            part.id,
            name,
            doses,
            route,
            entries,
            sure=not remembered and part.id not in MEMBERS_FROM_MEMORY,
            by_class=not remembered and part.id in MEMBERS_FROM_MEMORY,
            misspelt=read.how == "misspelt",
            unnamed=part.id in CLASS_ITEMS,
        )
        for part in parts
    )
    return (RegimenLine(None, name, (), route, entries), *lines) if unread else lines


def lines_of_medication(entry: MedicationEntry) -> tuple[RegimenLine, ...]:
    """The lines of a medication as recorded: one for each substance in it."""
    return lines_named(entry.drug, entry.doses, entry.route or "", (entry.place,))


def lines_of(entry: TherapyEntry) -> tuple[RegimenLine, ...]:
    """The lines of a therapy that took place: the procedure it is or may be, and what was injected."""
    if not entry.took_place:
        return ()
    procedures: dict[str, RegimenLine] = {}
    for ids, sure in ((entry.certainly, True), (entry.possibly, False)):
        for key in ids:
            known = procedure_id(key)
            if known and known not in procedures:
                procedures[known] = RegimenLine(known, entry.what, (), "procedure", (entry.place,), sure)
    injected = [
        line
        for part in entry.mixture
        for line in lines_named(part.drug, _amount_of(part), "intradermal", (entry.place,))
    ]
    return (*procedures.values(), *injected)


def _amount_of(part: Ingredient) -> tuple[Dose, ...]:
    if part.amount_mg is not None:
        return (Dose(part.amount_mg, "mg"),)
    return () if part.volume_ml is None else (Dose(part.volume_ml, "ml"),)


def under_two_names(here: Situation) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The substances that are taken under more than one name, each with its names: `lavender oil, Silexan`."""
    names: dict[str, dict[str, str]] = {}
    for each in (*here.begun_beside, *here.regimen):
        if each.substance is not None and (each.sure or each.by_class) and each.route != "procedure":
            names.setdefault(each.substance, {}).setdefault(folded(each.name), each.name)
    for substance, written in names.items():
        if len(written) > 1:
            yield substance, tuple(written.values())


_GAPS = frozenset(measurement.gap for measurement in MEASUREMENTS)


def when_last_told(condition: str, statement: LapsedStatement, number: Message | None = None) -> Message:
    """That a word on a condition no longer holds: what it was, its day, and for how many days it held.

    `number` is what was measured, where the condition followed from it.
    """
    if number is not None:
        return message("lapsed.number", number=number, held=statement.held)
    if statement.answer is YES:
        return message("lapsed.present", day=statement.day, held=statement.held)
    if condition in _GAPS:
        return message("lapsed.measured", day=statement.day, held=statement.held)
    return message("lapsed.absent", day=statement.day, held=statement.held)


class Situation(Struct, frozen=True, dict=True):
    """One patient on one day, as far as the rules ask.

    `recent` are procedures of the days before, which count only where a rule speaks of a recently injected
    region (DI_MESO_MASSAGE). `allergies` are ids of substances with a recorded allergy; `red_flags` the flags
    that stand, with what raised them, `cleared` the ids of those that were told of and that a person cleared; `told`
    what an alert says of how a condition is known: the number it follows from, or that the word on it is old. `lapsed`
    are the latest words on conditions that no longer hold; one that was present counts as present all the same.
    `begun_beside` are names under which something was begun again while it was taken under another; nothing but the
    names is read of them.
    """

    regimen: tuple[RegimenLine, ...] = ()
    procedures: tuple[RegimenLine, ...] = ()
    recent: tuple[RegimenLine, ...] = ()
    conditions: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    told: Mapping[str, Message] = field(default_factory=dict[str, Message])
    lapsed: Mapping[str, LapsedStatement] = field(default_factory=dict[str, LapsedStatement])
    red_flags: tuple[ActiveFlag, ...] = ()
    cleared: frozenset[str] = frozenset()
    allergies: tuple[str, ...] = ()
    age: int | None = None
    sex: Sex | None = None
    weight_kg: float | None = None
    begun_beside: tuple[RegimenLine, ...] = ()

    def __hash__(self) -> int:
        """By what is given and done: that is where situations of one day differ."""
        return hash((self.regimen, self.procedures, self.recent, self.allergies))

    @cached_property
    def lines(self) -> tuple[RegimenLine, ...]:
        """Everything a rule can match: the regimen and the procedures."""
        return (*self.regimen, *self.procedures)

    @cached_property
    def known(self) -> dict[str, Answer]:
        """The conditions, with what age, sex and a recorded allergy say of them where nobody said it."""
        implied = self._by_age_and_sex()
        if any(is_a(substance, "nsaid") or substance == "aspirin_low_dose" for substance in self.allergies):
            implied["nsaid_hypersensitivity"] = YES
        if any(is_a(substance, "amide_la") for substance in self.allergies):
            implied["la_allergy"] = YES
        if any(
            is_a(line.substance, name) for line in self.regimen if line.substance for name in _ANTICOAGULATES
        ):
            implied["on_anticoagulant"] = YES
        return implied | {key: given for key, given in self.conditions.items() if given is not UNKNOWN}

    def _by_age_and_sex(self) -> dict[str, Answer]:
        implied: dict[str, Answer] = {}
        if self.age is not None:
            implied["age_ge_65"] = answer(self.age >= 65)
            implied["age_lt_18"] = answer(self.age < 18)
        if self.sex == "male" or (self.age is not None and self.age >= NOT_PREGNANT_FROM):
            implied.update(dict.fromkeys(NOT_FOR_MEN, NO))
        return implied

    @property
    def contradicted(self) -> tuple[str, ...]:
        """The conditions that are said to be there and cannot be at this age or sex; they count as there."""
        return tuple(
            key
            for key, implied in self._by_age_and_sex().items()
            if implied is NO and self.conditions.get(key) is YES
        )

    def condition(self, key: str) -> Answer:
        """Whether a condition is present; unknown where nothing says so."""
        return self.known.get(key, UNKNOWN)

    def long_present(self, key: str) -> bool:
        """Whether a condition counts as present only by a word that no longer holds."""
        lapsed = self.lapsed.get(key)
        return lapsed is not None and lapsed.answer is YES


class Settings(Struct, frozen=True):
    """What depends on where and how care is given. `country` is an ISO code of two letters; None: strictest."""

    country: str | None = None
