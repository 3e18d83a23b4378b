"""The pathway that a record follows: what its decisions or its header name. Nobody follows one by default.

The latest decision that names a pathway counts before the header, for a person wrote it later and about this patient.
Without either there is none: which pathway a patient is on is a choice, and it is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.errors import Problem, Problems, unknown_word
from assuage.pathways import registry
from assuage.pathways.model import Pathway
from assuage.record.decided_entries import DecisionEntry
from assuage.record.fields import printable
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import clears
from assuage.terms.red_flags import RED_FLAGS


class Named(Struct, frozen=True):
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
    named = None if header is None else Named(header)
    for decision in timeline.decisions(day):
        if decision.pathway is not None:
            named = Named(decision.pathway, decision)
    return named


def named_pathways(timeline: Timeline) -> tuple[str, ...]:
    """Every pathway that the header or a decision names, as it is written, each once."""
    decided = (decision.pathway for decision in timeline.decisions())
    return tuple(dict.fromkeys(name for name in (timeline.record.pathway, *decided) if name is not None))


def decisions_on(pathway: str, timeline: Timeline, until: int) -> Sequence[DecisionEntry]:
    """The decisions up to a day that were taken on the pathway of that id, in order.

    Each is taken on the pathway that it names itself, else on the one that was followed before it: what the latest
    decision with a name, or else the header, says. Where nothing names any, a decision may be on any.
    """
    header = timeline.record.pathway
    here = None if header is None else Named(header).id
    taken: list[DecisionEntry] = []
    for decision in timeline.decisions(until):
        if decision.pathway is not None:
            here = Named(decision.pathway, decision).id
        if here in (None, pathway):
            taken.append(decision)
    return taken


def names_recommendation(reason: str, recommendation: str) -> bool:
    """Whether the reason of a decision begins with the id of a recommendation and a colon.

    A sentence that only mentions it ("do not start-silexan") decides nothing of it.
    """
    return re.match(rf"\s*{re.escape(recommendation)}\s*:", reason, re.IGNORECASE) is not None


def is_of_a_phase(decision: DecisionEntry, pathway: Pathway | None) -> bool:
    """Whether a decision is one about the patient's phase; an override may be about something else.

    One that names no phase and whose reason names a red flag or a recommendation is about that: it moves nobody, ends
    no hold, and gates go on as on any other day. Without a pathway no recommendation is known.
    """
    if decision.do != "override" or decision.to is not None or decision.because is None:
        return True
    reason, recommended = decision.because, () if pathway is None else pathway.recommendations()
    return not (
        any(clears(reason, flag) for flag in RED_FLAGS.values())
        or any(names_recommendation(reason, each.id) for each in recommended)
    )


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
