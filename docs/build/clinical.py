"""Facts: evidence, our doubts, the guideline's rows, with where each was read and how far it was checked."""

from __future__ import annotations

from collections.abc import Iterable

from assuage.pathways.facts import FACTS
from assuage.pathways.guideline import EULAR
from assuage.terms.sources import Fact, Source, Status
from docs.build.markdown import code, codes, table

STATUS_NOTE = (
    "A status says how far a row was checked: *seen* was read in the source, *mixed* in part, *memory* needs a "
    "check against a current text, *case* rests on the one case report, *derived* is computed from a published "
    "rule, *policy* is our choice."
)


def status(checked: Status) -> str:
    """`memory: from memory: check against a current text`."""
    return f"{checked.value} ({checked.caution})" if checked.caution else checked.value


def publication_lines(sources: Iterable[Source]) -> list[str]:
    """The citations behind some keys, each once."""
    rows = sorted(set(sources), key=lambda source: source.key)
    return table(
        ("key", "publication", "checked"), ((code(r.key), r.citation, status(r.status)) for r in rows)
    )


def _keys(sources: Iterable[Source]) -> str:
    return codes(source.key for source in sources)


def _fact_rows(facts: Iterable[Fact]) -> list[str]:
    return table(
        ("id", "what", "number", "caveat", "sources", "checked"),
        (
            (code(f.id), f.statement, f.number, f.caveat, _keys(f.sources), status(f.status))
            for f in sorted(facts, key=lambda fact: fact.id)
        ),
    )


def facts() -> str:
    """Evidence, our doubts, the guideline's rows."""
    doubts = [fact for name, fact in FACTS.items() if name.startswith("DX")]
    evidence = [fact for name, fact in FACTS.items() if not name.startswith("DX")]
    sources = {source for row in (*FACTS.values(), *EULAR.values()) for source in row.sources}
    lines = ["# Facts", "", STATUS_NOTE, "", "## Evidence", ""]
    lines += ["What trials, reviews and labels say of the treatments the pathways use.", ""]
    lines += _fact_rows(evidence)
    lines += ["## Our doubts about the published case", ""]
    lines += ["Where the report and the literature differ, or where the report is silent.", ""]
    lines += _fact_rows(doubts)
    lines += ["## The EULAR 2017 recommendations", ""]
    lines += ["Rows against a therapy are from memory, and say so.", ""]
    lines += table(
        ("id", "therapy", "says", "level", "agreement", "sources", "checked"),
        (
            (
                code(a.id),
                a.therapy,
                _advice(a.direction, a.strength),
                a.level,
                a.agreement,
                _keys(a.sources),
                status(a.status),
            )
            for a in EULAR.values()
        ),
    )
    lines += ["## Publications", "", *publication_lines(sources)]
    return "\n".join(lines)


def _advice(direction: str, strength: str | None) -> str:
    return direction if strength is None else f"{strength} {direction}"
