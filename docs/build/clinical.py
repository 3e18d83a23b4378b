"""Facts (evidence, doubts, guideline rows) and red flags, with where each was read and how far it was checked."""

from __future__ import annotations

from collections.abc import Iterable

from assuage.pathways.facts import FACTS
from assuage.pathways.guideline import EULAR
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.red_flags import NEURO_VASCULAR_CHECK, RED_FLAGS
from assuage.terms.sources import Fact, Source, Status
from docs.build.markdown import code, codes, table

STATUS_NOTE = (
    "A status says how far a row was checked: *seen* was read in the source, *mixed* in part, *memory* needs a "
    "check against a current text, *case* rests on the one case report, *derived* is computed from a published "
    "rule, *policy* is our choice."
)


def status(one: Status) -> str:
    """`memory: from memory: check against a current text`."""
    return f"{one.value} ({one.caution})" if one.caution else one.value


def publication_lines(keys: Iterable[str]) -> list[str]:
    """The citations behind some keys."""
    rows = [PUBLICATIONS[key] for key in sorted(set(keys))]
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
    keys = {source.key for fact in FACTS.values() for source in fact.sources}
    keys |= {source.key for advice in EULAR.values() for source in advice.sources}
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
    lines += ["## Publications", "", *publication_lines(keys)]
    return "\n".join(lines)


def _advice(direction: str, strength: str | None) -> str:
    return direction if strength is None else f"{strength} {direction}"


def red_flags() -> str:
    """Every red flag: what fires it, how urgent, what to do."""
    lines = ["# Red flags", "", "What must be looked at before anything else goes on.", "", STATUS_NOTE, ""]
    for flag in RED_FLAGS.values():
        lines += [
            f"## {flag.title} (`{flag.id}`)",
            "",
            f"- urgency: {flag.urgency}",
            f"- look for: {flag.trigger}",
            f"- do: {flag.action}",
            f"- sources: {codes(flag.sources)}",
            f"- checked: {status(flag.status)}",
            "",
        ]
    lines += [
        "## The neurological and vascular check",
        "",
        f"It is complete when {codes(flag.id for flag in NEURO_VASCULAR_CHECK)} were each looked for. "
        "That these three make it complete is ours.",
        "",
        "## Publications",
        "",
        *publication_lines(key for flag in RED_FLAGS.values() for key in flag.sources),
    ]
    return "\n".join(lines)
