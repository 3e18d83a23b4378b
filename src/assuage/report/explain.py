"""What an id means, wherever it is defined: in a pathway, an instrument, a red flag or a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue, Term
from assuage.errors import InputError, unknown_word
from assuage.instruments import CRITERIA, INSTRUMENTS
from assuage.instruments.model import Criteria, Instrument, Mcid
from assuage.instruments.sources import SOURCES
from assuage.pathways import registry
from assuage.pathways.facts import FACTS
from assuage.pathways.model import Pathway, Restriction
from assuage.report.pathway_text import PathwayText, criterion_to_json, recommendation_to_json
from assuage.safety.alerts import caution as safety_caution
from assuage.safety.formulary import (
    BURDEN_RULES,
    CONDITION_RULES,
    INTERACTIONS,
    MIXING_RULES,
    MONITORING_RULES,
    party_title,
)
from assuage.safety.rules import (
    BurdenRule,
    ConditionRule,
    Interaction,
    MixingRule,
    MonitoringRule,
    Party,
)
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.sources import Fact, Source, Status
from assuage.words.speak import ENGLISH

Rule = Interaction | ConditionRule | BurdenRule | MonitoringRule | MixingRule


class Explained(Struct, frozen=True):
    """An explanation for people and for programs."""

    markdown: str
    plain: dict[str, object]


def explain(name: str, *, within: Pathway | None = None, speaking: Catalogue = ENGLISH) -> Explained:
    """What the id means; in every pathway that has it, unless `within` is one.

    Raises InputError with the nearest known id when nothing has it.
    """
    shipped = [registry.pathway(each) for each in registry.PATHWAY_IDS] if within is None else [within]
    if within is not None and name == within.id:
        return _pathway(PathwayText(within, speaking))
    if name in registry.PATHWAY_IDS:
        return _pathway(PathwayText(registry.pathway(name), speaking))
    meanings = [each for pathway in shipped for each in _in_pathway(PathwayText(pathway, speaking), name)]
    if meanings:
        plains = [each.plain for each in meanings]
        plain: dict[str, object] = plains[0] if len(plains) == 1 else {"id": name, "meanings": plains}
        return Explained("\n\n".join(each.markdown for each in meanings), plain)
    if name in INSTRUMENTS:
        return _instrument(INSTRUMENTS[name])
    if name in CRITERIA:
        return _criteria(CRITERIA[name])
    upper = name.upper()
    if (rule := _rules().get(upper)) is not None:
        return _rule(rule)
    if upper in PUBLICATIONS:
        return _publication(PUBLICATIONS[upper])
    if name in SOURCES:
        return _publication(SOURCES[name])
    for flag_id in (upper, f"RF_{upper}"):
        if flag_id in RED_FLAGS:
            return _red_flag(flag_id)
    if upper in FACTS:
        return _fact(FACTS[upper])
    raise InputError(unknown_word(name, known_names(shipped), message("word.id")))


def known_names(pathways: Iterable[Pathway] | None = None) -> set[str]:
    """Every id that has a meaning, in these pathways or (None) in all that are shipped."""
    if pathways is None:
        pathways = [registry.pathway(each) for each in registry.PATHWAY_IDS]
    known = {
        *(each.lower() for each in _rules()),
        *registry.PATHWAY_IDS,
        *INSTRUMENTS,
        *CRITERIA,
        *(f.lower() for f in (*RED_FLAGS, *FACTS)),
    }
    for pathway in pathways:
        known |= {each.id for each in pathway.criteria()} | {each.id for each in pathway.gates()}
        known |= {each.id for each in pathway.recommendations()} | {each.id for each in pathway.restrictions}
        known |= {phase.id for phase in pathway.phases}
    return known


def _pathway(text: PathwayText) -> Explained:
    """Every criterion of a pathway, with its reason, source and whose number it is."""
    pathway = text.pathway
    title = text.speaking.value(pathway)
    lines = [f"# {title} (`{pathway.id}`)", "", f"> {text.speaking.value(pathway.first_words)}", ""]
    for criterion in pathway.criteria():
        lines += text.criterion(criterion)
    plain: dict[str, object] = {
        "id": pathway.id,
        "kind": "pathway",
        "notice": pathway.notice,
        "criteria": [criterion_to_json(criterion) for criterion in pathway.criteria()],
    }
    return Explained("\n".join(lines), plain)


def _in_pathway(text: PathwayText, name: str) -> Iterator[Explained]:
    pathway, speaking = text.pathway, text.speaking
    where: dict[str, object] = {"pathway": pathway.id}

    def heading(kind: str, title: Term | None = None, **values: object) -> str:
        return str(speaking.say(message(f"explain.{kind}", pathway=f"*{pathway.id}*", title=title, **values)))

    for criterion in pathway.criteria():
        if criterion.id == name:
            lines = [heading("criterion"), "", *text.criterion(criterion)]
            yield Explained("\n".join(lines), {**where, "kind": "criterion", **criterion_to_json(criterion)})
    for gate in pathway.gates():
        if gate.id == name:
            lines = [heading("gate", gate), "", text.gate_heading(), ""]
            for criterion in gate.criteria:
                lines += text.criterion(criterion)
            criteria = [criterion_to_json(criterion) for criterion in gate.criteria]
            plain = {**where, "kind": "gate", "id": gate.id, "title": gate.title, "criteria": criteria}
            yield Explained("\n".join(lines), plain)
    for recommendation in dict.fromkeys(pathway.recommendations()):
        if recommendation.id == name:
            lines = [heading("recommendation"), "", *text.recommendation(recommendation), ""]
            for criterion in (recommendation.treats, recommendation.when):
                if criterion:
                    lines += text.criterion(criterion)
            plain = {**where, "kind": "recommendation", **recommendation_to_json(recommendation)}
            yield Explained("\n".join(lines), plain)
    for restriction in pathway.restrictions:
        if restriction.id == name:
            why = speaking.value(restriction.reason)
            lines = [heading("restriction", restriction.therapy), "", why, ""]
            lines += text.restriction_rule(restriction)
            yield Explained("\n".join(lines), {**where, **_restriction_to_json(restriction)})
    for phase in pathway.phases:
        if phase.limit and phase.limit.id == name:
            lines = [heading("limit", phase=phase.id, weeks=phase.limit.weeks), ""]
            lines += text.recommendation(phase.limit.then)
            plain = {
                **where,
                "kind": "limit",
                "id": name,
                "phase": phase.id,
                "weeks": phase.limit.weeks,
                "then": recommendation_to_json(phase.limit.then),
            }
            yield Explained("\n".join(lines), plain)
        if phase.id == name:
            lines = [heading("phase", phase), "", text.aim(phase), ""]
            for recommendation in phase.recommend:
                lines += text.recommendation(recommendation)
            plain = {**where, "kind": "phase", "id": phase.id, "title": phase.title, "aim": phase.aim}
            yield Explained("\n".join(lines), plain)


def _restriction_to_json(restriction: Restriction) -> dict[str, object]:
    return {
        "kind": "restriction",
        "id": restriction.id,
        "what": restriction.therapy.title,
        "because": restriction.because,
        "source": restriction.source.key,
        "until": criterion_to_json(restriction.until) if restriction.until else None,
        "doubts": [{"id": fact.id, "text": str(fact)} for fact in restriction.doubts],
    }


def _instrument(instrument: Instrument) -> Explained:
    lines = [
        f"Instrument **{instrument.title}** (`{instrument.id}`), {instrument.low:g} to {instrument.high:g}",
        "",
    ]
    facts = [
        ("items", str(len(instrument.items) or "total only")),
        ("scoring", instrument.scoring),
        ("looks back over", instrument.recall),
        (
            "missing items",
            instrument.prorating.text if instrument.prorating else "an interval over every completion",
        ),
        ("licence", instrument.licence.text),
    ]
    lines += [f"- {what}: {value}" for what, value in facts if value]
    for bands in instrument.bands:
        named = ", ".join(f"{low:g}-{high:g} {name}" for low, high, name in bands.bands)
        lines.append(f"- bands {bands.scheme}: {named}{_caution(bands.status)}")
    lines += [
        f"- cut-off {cut.id}: {cut.operator} {cut.at:g}, {cut.asks}{_caution(cut.status)}"
        for cut in instrument.cuts
    ]
    lines += [f"- smallest change that matters: {_mcid(each)}" for each in instrument.mcids]
    lines += [
        f"- code: {code.system} {code.code} ({code.what}, {code.status})"
        for code in instrument.codes
        if code.code
    ]
    lines += [
        f"- source {source.key}: {source.citation}{_caution(source.status)}" for source in instrument.sources
    ]
    plain: dict[str, object] = {
        "kind": "instrument",
        "id": instrument.id,
        "title": instrument.title,
        "low": instrument.low,
        "high": instrument.high,
        "items": [item.id for item in instrument.items],
        "recall": instrument.recall,
        "licence": instrument.licence.text,
        "bands": {bands.scheme: [list(band) for band in bands.bands] for bands in instrument.bands},
        "cuts": [
            {"id": cut.id, "operator": cut.operator, "at": cut.at, "asks": cut.asks}
            for cut in instrument.cuts
        ],
        "codes": [
            {"system": code.system, "code": code.code, "status": code.status} for code in instrument.codes
        ],
        "sources": [source.key for source in instrument.sources],
    }
    return Explained("\n".join(lines), plain)


def _mcid(each: Mcid) -> str:
    value = f"{each.value:g}" if isinstance(each.value, int | float) else f"{each.value}"
    return f"{value} {each.unit} {each.what}{_caution(each.status)}" if each.value else "none verified"


def _caution(status: Status) -> str:
    return f" ({status.caution})" if status.caution else ""


def _criteria(criteria: Criteria) -> Explained:
    lines = [f"Criteria **{criteria.title}** (`{criteria.id}`)", "", criteria.rule, ""]
    lines += [f"- {part}: {text}" for part, text in criteria.parts.items()]
    lines += [f"- input {name}: {text}" for name, text in criteria.inputs.items()]
    lines += [f"- note: {note}" for note in (criteria.naming, criteria.scope, *criteria.notes) if note]
    lines += [
        f"- source {source.key}: {source.citation}{_caution(source.status)}" for source in criteria.sources
    ]
    plain: dict[str, object] = {
        "kind": "criteria",
        "id": criteria.id,
        "title": criteria.title,
        "rule": criteria.rule,
        "parts": dict(criteria.parts),
        "inputs": dict(criteria.inputs),
        "sources": [source.key for source in criteria.sources],
    }
    return Explained("\n".join(lines), plain)


def _red_flag(name: str) -> Explained:
    flag = RED_FLAGS[name]
    lines = [
        f"Red flag **{flag.title}** (`{flag.id}`, {flag.urgency})",
        "",
        f"- fires on: {flag.trigger}",
        f"- do: {flag.action}",
        f"- sources: {', '.join(flag.sources)}"
        + (f" ({flag.status.caution})" if flag.status.caution else ""),
    ]
    plain: dict[str, object] = {
        "kind": "red flag",
        "id": flag.id,
        "title": flag.title,
        "urgency": flag.urgency,
        "trigger": flag.trigger,
        "action": flag.action,
        "sources": list(flag.sources),
        "status": flag.status.value,
    }
    return Explained("\n".join(lines), plain)


def _rules() -> dict[str, Rule]:
    """Every safety rule by id."""
    every = (*INTERACTIONS, *CONDITION_RULES, *BURDEN_RULES.values(), *MONITORING_RULES, *MIXING_RULES)
    return {rule.id: rule for rule in every}


def _rule(rule: Rule) -> Explained:
    """A safety rule: each field of its row, with how far it was checked."""
    row = {name: _word(getattr(rule, name)) for name in rule.__struct_fields__}
    shown = [f"- {name.replace('_', ' ')}: {value}" for name, value in row.items() if value and name != "id"]
    caution = safety_caution(rule.status)
    checked = "" if caution is None else f" ({ENGLISH.say(caution)})"
    lines = [f"Safety rule **{rule.id}**{checked}", "", *shown]
    return Explained("\n".join(lines), {"kind": "safety rule", **row})


def _word(value: object) -> str:
    if isinstance(value, Status):
        return value.value
    if isinstance(value, tuple):
        return ", ".join(_word(each) for each in cast("tuple[object, ...]", value))
    if isinstance(value, Party):
        return f"any {party_title(value)}" if value.is_class else value.id
    return str(value)


def _publication(source: Source) -> Explained:
    lines = [f"Publication **{source.key}** ({source.status.value})", "", source.citation]
    lines += [f"- doi {source.doi}"] if source.doi else []
    lines += [f"- PMID {source.pmid}"] if source.pmid else []
    lines += [f"- {source.status.caution}"] if source.status.caution else []
    plain: dict[str, object] = {
        "kind": "publication",
        "id": source.key,
        "citation": source.citation,
        "doi": source.doi,
        "pmid": source.pmid,
        "status": source.status.value,
    }
    return Explained("\n".join(lines), plain)


def _fact(fact: Fact) -> Explained:
    lines = [f"**{fact.id}** ({fact.status.value})", "", str(fact), ""]
    lines += [f"- {source.key}: {source.citation}" for source in fact.sources]
    plain: dict[str, object] = {
        "kind": "fact",
        "id": fact.id,
        "text": str(fact),
        "status": fact.status.value,
        "sources": [source.key for source in fact.sources],
    }
    return Explained("\n".join(lines), plain)
