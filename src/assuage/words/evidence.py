"""On whose word: sources, conventions, facts and a guideline's advice, with how far each was checked."""

from __future__ import annotations

from assuage.catalogue.message import Message, Wording, message
from assuage.pathways.evidence import Advice
from assuage.terms.sources import Basis, Convention, Fact, Source, caution_message

BY_US = message("source.ours")


def message_of(value: object) -> Message | Wording | None:
    """The message of a source, a fact, a status or a guideline's advice; None for anything else."""
    match value:
        case Source() | Convention():
            return basis_message(value)
        case Fact():
            return fact_message(value)
        case Advice():
            return advice_message(value)
        case _:
            return None


def basis_message(basis: Basis) -> Message | Wording:
    """The citation, with how far it was checked; the reason of a convention."""
    if isinstance(basis, Convention):
        return Wording(f"convention.{basis.key}", basis.why)
    return message("evidence.source", citation=basis.citation, caution=caution_message(basis.status))


def fact_message(fact: Fact) -> Message:
    """`EV_AMI_1: amitriptyline: 50% pain relief …`, with its caution."""
    return message(
        "evidence.fact", id=fact.id, statement=statement_message(fact), caution=caution_message(fact.status)
    )


def statement_message(fact: Fact) -> Message:
    """The statement with its number and its caveat, without the id."""
    return message(
        "evidence.statement",
        statement=Wording(f"fact.{fact.id}.statement", fact.statement),
        number=Wording(f"fact.{fact.id}.number", fact.number) if fact.number else None,
        caveat=Wording(f"fact.{fact.id}.caveat", fact.caveat) if fact.caveat else None,
    )


def advice_message(advice: Advice) -> Message:
    """`strong for`, `weak against`, `not addressed`."""
    if advice.direction == "not addressed":
        says = message("advice.not-addressed")
    elif advice.strength:
        says = message(f"advice.{advice.strength}-{advice.direction}")
    else:
        says = message(f"advice.{advice.direction}")
    return message("advice", says=says, caution=caution_message(advice.status))


def source_word(basis: Basis) -> Message | str:
    """The key of a source, as it is cited; what is ours says so in the reader's language."""
    return BY_US if isinstance(basis, Convention) else basis.key


def whose_numbers(bases: tuple[Basis, ...]) -> tuple[Message | str, ...]:
    """The keys of the bases, or that they are ours; none where there is no number."""
    return tuple(source_word(basis) for basis in bases)
