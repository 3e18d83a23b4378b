"""The pathway that a record follows: what its decisions or its header name. Nobody follows one by default.

The latest decision that names a pathway counts before the header, for a person wrote it later and about this patient.
Without either there is none: which pathway a patient is on is a choice, and it is not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from assuage.catalogue.message import message
from assuage.errors import Problem, Problems, unknown_word
from assuage.pathways import registry
from assuage.pathways.model import Pathway
from assuage.record.entries import DecisionEntry
from assuage.record.fields import printable
from assuage.record.timeline import Timeline


@dataclass(frozen=True)
class Named:
    """A pathway as it was named (`neck-first`, `neck-first@1`), and the decision that names it; None for the header."""

    pathway: str
    decision: DecisionEntry | None = None

    @property
    def id(self) -> str:
        """The pathway's id, without its version."""
        return self.pathway.partition("@")[0]


def named_pathway(timeline: Timeline, day: int) -> Named | None:
    """What names the pathway that is followed at the end of a day; None where nothing does."""
    header = timeline.record.pathway
    return None if header is None else Named(header)


def followed_pathway(timeline: Timeline, day: int) -> Pathway | None:
    """The pathway that is followed at the end of a day; None where none is named.

    Raises Problems where the one that is named is not shipped, or is shipped in another version.
    """
    named = named_pathway(timeline, day)
    return None if named is None else registered(named.pathway)


def registered(named: str) -> Pathway:
    """The shipped pathway of a name from a record. Raises Problems where there is none, or it is another version."""
    plain, _, version = named.partition("@")
    if plain not in registry.PATHWAY_IDS:
        unknown = unknown_word(printable(plain, 60), registry.PATHWAY_IDS, message("word.pathway"))
        raise Problems("the record", [Problem("pathway", message("record.unknown-pathway", unknown=unknown))])
    pathway = registry.pathway(plain)
    if version not in ("", str(pathway.version)):
        what = message(
            "record.other-version", id=plain, shipped=pathway.version, asked=printable(version, 20)
        )
        raise Problems("the record", [Problem("pathway", what)])
    return pathway
