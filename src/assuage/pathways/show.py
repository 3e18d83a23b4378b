"""A pathway shown: as plain values, as Markdown, as a Mermaid diagram. One definition, read by all three."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.measures.criteria import Criterion
from assuage.measures.nodes import AllOf, AnyOf, AnyTest, Assumed, NoneOf
from assuage.measures.words import said
from assuage.pathways.actions import action_in_words, subject_of, verb_of
from assuage.pathways.evidence import Claim
from assuage.pathways.model import Gate, Pathway, Phase, Recommendation, Restriction, gates_of
from assuage.terms.sources import Basis, Convention, Fact, Source

Plain = dict[str, object]
SCHEMA = "assuage-pathway/1"


# --- in words ---------------------------------------------------------------------------------------


def whose_numbers(criterion: Criterion | Recommendation) -> str:
    """`ours`, `dworkin2008 and ours`; empty where there is no number."""
    return " and ".join(basis.key for basis in criterion.number_bases)


def basis_in_words(basis: Basis) -> str:
    """The citation, with what a reader must be told of how far it was checked."""
    if isinstance(basis, Source) and basis.status.caution:
        return f"{basis.citation} ({basis.status.caution})"
    return str(basis)


def fact_in_words(fact: Fact) -> str:
    """`EV_AMI_1: amitriptyline: 50% pain relief …`, with its caution."""
    caution = f" [{fact.status.caution}]" if fact.status.caution else ""
    return f"{fact.id}: {fact}{caution}"


def _test_lines(test: AnyTest, depth: int) -> Iterator[str]:
    indent = "  " * depth
    match test:
        case AllOf(tests) if len(tests) > 1:
            yield f"{indent}- all of these:"
            for inner in tests:
                yield from _test_lines(inner, depth + 1)
        case AnyOf(tests) if len(tests) > 1:
            yield f"{indent}- any of these:"
            for inner in tests:
                yield from _test_lines(inner, depth + 1)
        case NoneOf(tests) if len(tests) > 1:
            yield f"{indent}- none of these:"
            for inner in tests:
                yield from _test_lines(inner, depth + 1)
        case Assumed(inner, value, because) if isinstance(inner, AllOf | AnyOf | NoneOf):
            yield f"{indent}- if unknown, read as {'yes' if value else 'no'} ({because}):"
            yield from _test_lines(inner, depth + 1)
        case _:
            yield f"{indent}- {said(test)}"


def criterion_lines(criterion: Criterion) -> Iterator[str]:
    """A criterion as Markdown lines: title, what is asked, why, on whose word, whose number."""
    yield f"**{criterion.title}** (`{criterion.id}`)"
    yield ""
    yield from _test_lines(criterion.test, 0)
    yield f"- *because:* {criterion.because}"
    yield f"- *source:* {basis_in_words(criterion.source)}"
    if criterion.number_bases:
        yield f"- *whose numbers:* {'; '.join(basis_in_words(basis) for basis in criterion.number_bases)}"
    yield ""


def _claim_lines(claim: Claim) -> Iterator[str]:
    yield f"  - aims at {claim.mechanism}: {claim.says}"
    for fact in claim.evidence_for:
        yield f"  - for: {fact_in_words(fact)}"
    for fact in claim.evidence_against:
        yield f"  - against: {fact_in_words(fact)}"


def recommendation_lines(recommendation: Recommendation) -> Iterator[str]:
    """A recommendation as Markdown lines."""
    yield f"- **{action_in_words(recommendation.action)}** (`{recommendation.id}`, {recommendation.by})"
    if recommendation.when:
        yield f"  - when: {recommendation.when.title} (`{recommendation.when.id}`); a question while unknown"
    if recommendation.safe:
        yield f"  - only if: {recommendation.safe.title} (`{recommendation.safe.id}`); a question while unknown"
    numbers = f"; whose numbers: {whose_numbers(recommendation)}" if recommendation.number_bases else ""
    yield f"  - because: {recommendation.because} Source: {recommendation.source.key}{numbers}"
    yield f"  - EULAR 2017: {recommendation.guideline} (`{recommendation.guideline.id}`)"
    if recommendation.caution:
        yield f"  - caution: {recommendation.caution}"
    if recommendation.claim:
        yield from _claim_lines(recommendation.claim)


# --- Markdown ---------------------------------------------------------------------------------------


def markdown(pathway: Pathway) -> str:
    """The whole pathway in plain words, its notice first."""
    lines = [f"> {pathway.notice} Not a medical device; a person decides.", ""]
    lines += [f"# {pathway.title}", "", f"`{pathway.id}`, version {pathway.version}", ""]
    for number, phase in enumerate(pathway.phases, 1):
        lines += _phase_lines(number, phase)
    lines += ["## What to leave alone", ""]
    for restriction in pathway.restrictions:
        lines += _restriction_lines(restriction)
    if pathway.watch:
        lines += ["## What is watched", ""]
        for watch in pathway.watch:
            lines += [f"{watch.say}", "", *criterion_lines(watch.criterion)]
    lines += ["## Criteria that decide recommendations", ""]
    for criterion in dict.fromkeys(r.when for r in pathway.recommendations() if r.when):
        lines += criterion_lines(criterion)
    if pathway.doubts:
        lines += ["## Our doubts", "", *(f"- {fact_in_words(fact)}" for fact in pathway.doubts), ""]
    lines += [
        "## Sources",
        "",
        *(f"- {basis.key}: {basis_in_words(basis)}" for basis in _sources(pathway)),
        "",
    ]
    return "\n".join(lines)


def _phase_lines(number: int, phase: Phase) -> Iterator[str]:
    yield f"## {number}. {phase.title} (`{phase.id}`)"
    yield ""
    yield f"Aim: {phase.aim}"
    yield ""
    for verb, each in (("Enter", phase.enter), ("Leave", phase.leave)):
        if each:
            yield from _gate_lines(f"{verb} when all of these are known to be so", each)
    if phase.recommend:
        yield "### What is recommended"
        yield ""
        for recommendation in phase.recommend:
            yield from recommendation_lines(recommendation)
        yield ""
    for back in phase.fall_back:
        yield from _gate_lines(f"Back to `{back.to.id}` when all of these are known to be so", back.gate)
    if phase.limit:
        yield f"After {phase.limit.weeks} weeks (`{phase.limit.id}`):"
        yield ""
        yield from recommendation_lines(phase.limit.then)
        yield ""


def _gate_lines(heading: str, each: Gate) -> Iterator[str]:
    yield f"### {heading}: {each.title} (`{each.id}`)"
    yield ""
    for criterion in each.criteria:
        yield from criterion_lines(criterion)


def _restriction_lines(restriction: Restriction) -> Iterator[str]:
    yield f"**{restriction.therapy.title}** (`{restriction.id}`): {restriction.because}"
    parts = ", ".join(part.title for part in restriction.therapy.parts)
    yield f"Includes: {parts or restriction.therapy.title}. Source: {basis_in_words(restriction.source)}"
    yield ""
    if restriction.until is None:
        yield "For good."
        yield ""
    else:
        yield "In force on every day on which this is not known to be so:"
        yield ""
        yield from criterion_lines(restriction.until)
    for fact in restriction.doubts:
        yield f"- doubt: {fact_in_words(fact)}"
    yield ""


def _sources(pathway: Pathway) -> list[Basis]:
    """Every source and convention of the pathway once, in the order in which it is met."""
    found: list[Basis] = list(pathway.sources)
    for criterion in pathway.criteria():
        found += [criterion.source, *criterion.number_bases]
    for recommendation in pathway.recommendations():
        found += [recommendation.source, *recommendation.number_bases, *recommendation.guideline.sources]
    return list(dict.fromkeys(found))


# --- Mermaid -------------------------------------------------------------------------------------------


def mermaid(pathway: Pathway) -> str:
    """A state diagram: the phases, the gates between them, the ways back."""
    lines = ["stateDiagram-v2", f"    %% {pathway.id} version {pathway.version}: {pathway.notice}"]
    names = {phase.id: phase.id.replace("-", "_") for phase in pathway.phases}
    for phase in pathway.phases:
        lines.append(f"    {names[phase.id]}: {_safe(phase.title)}")
    lines.append(f"    [*] --> {names[pathway.phases[0].id]}")
    for phase in pathway.phases:
        after = pathway.after(phase)
        if after:
            gates = [each.title for each in (phase.leave, after.enter) if each]
            lines.append(f"    {names[phase.id]} --> {names[after.id]}: {_safe(' + '.join(gates))}")
        for back in phase.fall_back:
            lines.append(f"    {names[phase.id]} --> {names[back.to.id]}: {_safe(back.gate.title)}")
    return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    return text.replace(":", ",").replace(";", ",")


# --- plain values ----------------------------------------------------------------------------------------


def plain(pathway: Pathway) -> Plain:
    """The whole pathway as one object of strings, numbers, lists and objects."""
    return {
        "format": SCHEMA,
        "id": pathway.id,
        "version": pathway.version,
        "title": pathway.title,
        "notice": pathway.notice,
        "phases": [_plain_phase(phase) for phase in pathway.phases],
        "restrictions": [
            {
                "id": one.id,
                "what": one.therapy.title,
                "includes": sorted(one.therapy.members - {one.therapy.id}),
                "until": None if one.until is None else one.until.id,
                "because": one.because,
                "source": one.source.key,
                "doubts": [fact.id for fact in one.doubts],
            }
            for one in pathway.restrictions
        ],
        "watch": [{"criterion": one.criterion.id, "say": one.say} for one in pathway.watch],
        "criteria": [plain_criterion(criterion) for criterion in pathway.criteria()],
        "doubts": [{"id": fact.id, "text": str(fact)} for fact in pathway.doubts],
        "sources": [_plain_basis(basis) for basis in _sources(pathway)],
    }


def plain_criterion(criterion: Criterion) -> Plain:
    """A criterion as plain values."""
    return {
        "id": criterion.id,
        "title": criterion.title,
        "says": said(criterion.test),
        "because": criterion.because,
        "source": _plain_basis(criterion.source),
        "numbers": [_plain_basis(basis) for basis in criterion.number_bases],
        "ours": any(isinstance(basis, Convention) for basis in criterion.number_bases),
    }


def _plain_basis(basis: Basis) -> Plain:
    if isinstance(basis, Convention):
        return {"key": basis.key, "text": basis.why, "status": "ours"}
    return {"key": basis.key, "text": basis.citation, "doi": basis.doi, "status": basis.status.value}


def _plain_phase(phase: Phase) -> Plain:
    return {
        "id": phase.id,
        "title": phase.title,
        "aim": phase.aim,
        "gates": [
            {"id": each.id, "title": each.title, "criteria": [criterion.id for criterion in each.criteria]}
            for each in gates_of(phase)
        ],
        "enter": phase.enter.id if phase.enter else None,
        "leave": phase.leave.id if phase.leave else None,
        "fall_back": [{"to": back.to.id, "gate": back.gate.id} for back in phase.fall_back],
        "recommend": [plain_recommendation(one) for one in phase.recommend],
        "limit": None
        if phase.limit is None
        else {
            "id": phase.limit.id,
            "weeks": phase.limit.weeks,
            "then": plain_recommendation(phase.limit.then),
        },
    }


def plain_recommendation(one: Recommendation) -> Plain:
    """A recommendation as plain values."""
    claim = one.claim
    return {
        "id": one.id,
        "do": verb_of(one.action),
        "what": subject_of(one.action).id,
        "text": action_in_words(one.action),
        "by": one.by.value,
        "when": one.when.id if one.when else None,
        "safe": one.safe.id if one.safe else None,
        "because": one.because,
        "source": one.source.key,
        "numbers": [basis.key for basis in one.number_bases],
        "guideline": {"id": one.guideline.id, "says": str(one.guideline)},
        "mechanism": claim.mechanism.value if claim else None,
        "evidence_for": [fact.id for fact in claim.evidence_for] if claim else [],
        "evidence_against": [fact.id for fact in claim.evidence_against] if claim else [],
        "caution": one.caution or None,
    }
