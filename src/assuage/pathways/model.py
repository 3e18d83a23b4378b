"""Pathways: phases with gates, what to do in them, what to leave alone meanwhile, and every doubt about it.

Definitions only: nothing here knows a patient. Everything that is stored or shown is named by a stable id,
never by its title, and each id is used once in a pathway. What can never mean anything is refused when the
pathway is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Wording, message
from assuage.errors import DefinitionError, InputError, unknown_word
from assuage.measures.criteria import Criterion, checked_id
from assuage.pathways.actions import Action, Perform, Start, Titrate
from assuage.pathways.clinic import FOLLOWED, PAIN_OVERALL, Follow, PresumedDiagnosis, Suspicion
from assuage.pathways.evidence import Advice, Claim
from assuage.terms.conditions import SENSITISED, Condition
from assuage.terms.outcomes import Outcome
from assuage.terms.sites import WIDESPREAD, Site
from assuage.terms.sources import Basis, Fact
from assuage.terms.therapies import Therapy


class Role(Enum):
    """Who acts."""

    PHYSICIAN = "physician"
    PHYSIOTHERAPIST = "physiotherapist"
    PSYCHOLOGIST = "psychologist"
    PATIENT = "patient"

    def __str__(self) -> str:
        return self.value


class Recommendation(Struct, frozen=True):
    """Something to do in a phase; with `when` only if that is known to be true, as a question if unknown.

    `advice` is what a guideline says about it (or that it does not address it); `claim` is the
    mechanism it aims at, with the evidence for that and against it. `safe` must be known to hold as well: it is
    withheld, with the reason, where it is known not to, and a question where it is unknown. `treats` is the problem it
    is for, asked before it is begun: withheld where the problem is known to be absent, a question where it is unknown.
    """

    id: str
    action: Action
    by: Role
    because: str
    source: Basis
    advice: Advice
    claim: Claim | None = None
    numbers: Basis | tuple[Basis, ...] = ()
    when: Criterion | None = None
    safe: Criterion | None = None
    caution: str = ""
    treats: Criterion | None = None

    def __post_init__(self) -> None:
        checked_id(self.id, "recommendation")
        if isinstance(self.action, Start | Titrate | Perform) and not self.number_bases:
            raise DefinitionError(
                f'The recommendation "{self.id}" has a dose or an interval, and does not say whose number it is: '
                "write numbers=OURS, or the source that states it."
            )

    @property
    def reason(self) -> Wording:
        """Why, with the key of its translations."""
        return Wording(f"recommendation.{self.id}.because", self.because)

    @property
    def warning(self) -> Wording | None:
        """The caution, with the key of its translations; None where nothing is written."""
        return Wording(f"recommendation.{self.id}.caution", self.caution) if self.caution else None

    @property
    def number_bases(self) -> tuple[Basis, ...]:
        """Whose numbers the doses and intervals are."""
        return self.numbers if isinstance(self.numbers, tuple) else (self.numbers,)


class Restriction(Struct, frozen=True):
    """Leave `therapy` alone on every day on which `until` is not known to be true (None: for good).

    Stateless on purpose: it comes back by itself in a relapse. `protects` is the state of the patient it is there
    for: while it is in force, the safety rules take that state as present. `ask_after` is what to ask about when the
    therapy was given all the same.
    """

    id: str
    therapy: Therapy
    until: Criterion | None
    because: str
    source: Basis
    doubts: tuple[Fact, ...] = ()
    protects: Condition | None = None
    ask_after: tuple[Outcome, ...] = ()

    def __post_init__(self) -> None:
        checked_id(self.id, "restriction")
        if self.protects is None:
            return
        if self.protects != SENSITISED:
            raise DefinitionError(
                f'The restriction "{self.id}" protects "{self.protects.id}", which no safety rule takes from a '
                f"pathway: write protects=SENSITISED, or leave it out."
            )
        if self.until is None:
            raise DefinitionError(
                f'The restriction "{self.id}" is for good, so it cannot say whether "{self.protects.title}" holds '
                "today: give it until=…, or leave protects=… out."
            )

    @property
    def reason(self) -> Wording:
        """Why, with the key of its translations."""
        return Wording(f"restriction.{self.id}.because", self.because)


class Gate(Struct, frozen=True):
    """Open when every criterion is known to be true. Unknown keeps it shut."""

    id: str
    title: str
    criteria: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        checked_id(self.id, "gate")
        if not self.criteria:
            raise DefinitionError(
                f'The gate "{self.id}" has no criterion: leave it out, or say what opens it.'
            )
        if len({criterion.id for criterion in self.criteria}) < len(self.criteria):
            raise DefinitionError(f'The gate "{self.id}" names one criterion twice.')

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"gate.{self.id}.title", self.title)


def gate(id: str, title: str, *criteria: Criterion) -> Gate:  # noqa: A002 - the id of the gate
    """A gate that opens when every criterion is known to be true."""
    return Gate(id, title, criteria)


class Limit(Struct, frozen=True):
    """What to do when a patient is in the phase for `weeks` or longer (and `then.when` is not known to fail)."""

    id: str
    weeks: int
    then: Recommendation

    def __post_init__(self) -> None:
        checked_id(self.id, "limit")
        if self.weeks < 1:
            raise DefinitionError(
                f'The limit "{self.id}" of {self.weeks} weeks is none: write 1 week or more.'
            )


class FallBack(Struct, frozen=True):
    """The way back to an earlier phase, looked at before the way forward."""

    to: Phase
    gate: Gate


class Phase(Struct, frozen=True):
    """Where a patient is, what is done there, and what leads on or back; `follow` are the numbers that matter in it."""

    id: str
    title: str
    aim: str
    enter: Gate | None = None
    leave: Gate | None = None
    recommend: tuple[Recommendation, ...] = ()
    fall_back: tuple[FallBack, ...] = ()
    limit: Limit | None = None
    follow: tuple[Follow, ...] = FOLLOWED

    def __post_init__(self) -> None:
        checked_id(self.id, "phase")
        names = [each.id for each in self.follow]
        if len(set(names)) < len(names):
            raise DefinitionError(f'The phase "{self.id}" follows a number twice: {", ".join(names)}.')

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"phase.{self.id}.title", self.title)

    @property
    def purpose(self) -> Wording:
        """The aim, with the key of its translations."""
        return Wording(f"phase.{self.id}.aim", self.aim)


class Watch(Struct, frozen=True):
    """A criterion worth telling the clinician about on the day it is known to be true."""

    criterion: Criterion
    say: str

    @property
    def wording(self) -> Wording:
        """What is told, with the key of its translations."""
        return Wording(f"watch.{self.criterion.id}.say", self.say)


class Pathway(Struct, frozen=True, dict=True):
    """Phases in order, with restrictions that hold across them. `notice` is the first thing it says.

    `diagnosis` is the one it presumes (None: it shows and asks for no criteria), `suspects` what a review counts.
    `complaint` is where it hurts: there the signs of danger are looked for that its cards name, and there pain is
    followed in a phase that does not say what it follows.
    Nobody is treated on it whose diagnosis is not at least met by one of its criteria, or entered by a clinician, nor
    anybody younger than `from_age` years, or whose pain is younger than `from_months`, unless a clinician entered them.
    """

    id: str
    version: int
    title: str
    notice: str
    phases: tuple[Phase, ...]
    restrictions: tuple[Restriction, ...] = ()
    watch: tuple[Watch, ...] = ()
    doubts: tuple[Fact, ...] = ()
    sources: tuple[Basis, ...] = ()
    diagnosis: PresumedDiagnosis | None = None
    suspects: tuple[Suspicion, ...] = ()
    from_age: int | None = None
    from_months: int | None = None
    complaint: tuple[Site, ...] = (WIDESPREAD,)

    def __post_init__(self) -> None:
        checked_id(self.id, "pathway")
        if not self.complaint:
            raise DefinitionError(
                f'The pathway "{self.id}" is of no complaint: leave complaint=(…) out, or name a site.'
            )
        if not self.phases:
            raise DefinitionError(f'The pathway "{self.id}" has no phase.')
        _ids_used_once(self)
        for number, phase in enumerate(self.phases):
            earlier = self.phases[:number]
            for back in phase.fall_back:
                if back.to not in earlier:
                    raise DefinitionError(
                        f'"{phase.id}" falls back to "{back.to.id}", which does not come before it in "{self.id}".'
                    )
            if phase.leave is None and number < len(self.phases) - 1:
                raise DefinitionError(f'"{phase.id}" has no way out: give it leave=gate(…).')
            if phase.leave is not None and number == len(self.phases) - 1:
                raise DefinitionError(f'"{phase.id}" is the last phase, and its leave=gate(…) leads nowhere.')

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"pathway.{self.id}.title", self.title)

    @property
    def first_words(self) -> Wording:
        """The notice, with the key of its translations."""
        return Wording(f"pathway.{self.id}.notice", self.notice)

    @cached_property
    def _by_id(self) -> Mapping[str, Phase]:
        return {phase.id: phase for phase in self.phases}

    def phase(self, name: str) -> Phase:
        """The phase of that id; InputError with the nearest one if there is none."""
        if name not in self._by_id:
            raise InputError(
                message(
                    "walk.no-phase-of",
                    what=unknown_word(name, self._by_id, message("word.phase")),
                    pathway=self.id,
                )
            )
        return self._by_id[name]

    def knows(self, name: str) -> bool:
        """Whether there is a phase of that id."""
        return name in self._by_id

    def after(self, phase: Phase) -> Phase | None:
        """The next phase; None after the last."""
        number = self.phases.index(phase)
        return self.phases[number + 1] if number + 1 < len(self.phases) else None

    def followed_in(self, phase: Phase) -> tuple[Follow, ...]:
        """The numbers that matter in a phase: those it names, else the common ones, with pain where it hurts."""
        if phase.follow != FOLLOWED or WIDESPREAD in self.complaint:
            return phase.follow
        there = replace(PAIN_OVERALL, sites=self.complaint)
        return tuple(there if each == PAIN_OVERALL else each for each in phase.follow)

    def comes_before(self, phase: Phase, other: Phase) -> bool:
        """Whether `phase` stands before `other`."""
        return self.phases.index(phase) < self.phases.index(other)

    def gates(self) -> Iterator[Gate]:
        """Every gate, in the order of the phases: enter, leave, back."""
        for phase in self.phases:
            yield from phase_gates(phase)

    def recommendations(self) -> Iterator[Recommendation]:
        """Every recommendation, in the order of the phases; that of the limit last."""
        for phase in self.phases:
            yield from phase.recommend
            if phase.limit:
                yield phase.limit.then

    def criteria(self) -> Iterator[Criterion]:
        """Every criterion once, in the order in which it is met."""
        criteria = [criterion for each in self.gates() for criterion in each.criteria]
        criteria += [r.when for r in self.recommendations() if r.when]
        criteria += [r.safe for r in self.recommendations() if r.safe]
        criteria += [r.treats for r in self.recommendations() if r.treats]
        criteria += [r.until for r in self.restrictions if r.until]
        criteria += [w.criterion for w in self.watch]
        yield from dict.fromkeys(criteria)


def phase_gates(phase: Phase) -> Iterator[Gate]:
    """The gates of a phase: enter, leave, back."""
    if phase.enter:
        yield phase.enter
    if phase.leave:
        yield phase.leave
    for back in phase.fall_back:
        yield back.gate


def _ids_used_once(pathway: Pathway) -> None:
    """Refuse an id that stands for two different things: stored records would no longer say which."""
    kinds: tuple[tuple[str, Iterable[tuple[str, object]]], ...] = (
        ("phase", ((phase.id, phase.title) for phase in pathway.phases)),
        ("phase", ((phase.title, phase.title) for phase in pathway.phases)),
        ("limit", ((phase.limit.id, phase.limit) for phase in pathway.phases if phase.limit)),
        ("gate", ((each.id, each) for each in pathway.gates())),
        ("recommendation", ((each.id, each) for each in pathway.recommendations())),
        ("restriction", ((each.id, each) for each in pathway.restrictions)),
        ("criterion", ((each.id, each) for each in pathway.criteria())),
    )
    for what, named in kinds:
        seen: dict[str, object] = {}
        for name, thing in named:
            if name in seen and (seen[name] != thing or what == "phase"):
                raise DefinitionError(
                    f'Two different things of "{pathway.id}" share the {what} id or title "{name}".'
                )
            seen[name] = thing
