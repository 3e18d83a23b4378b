"""A pathway shown: as Markdown, as a Mermaid diagram, as plain values. One definition, read by all three."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.measures.criteria import Criterion
from assuage.measures.nodes import AllOf, AnyOf, AnyTest, Assumed, NoneOf
from assuage.pathways.actions import injected_by, subject_of, verb_of
from assuage.pathways.clinic import Follow, PresumedDiagnosis
from assuage.pathways.evidence import Claim
from assuage.pathways.model import Gate, Pathway, Phase, Recommendation, Restriction, phase_gates
from assuage.terms.sources import Basis, Convention, Source
from assuage.words.evidence import source_word, statement_message, whose_numbers
from assuage.words.speak import ENGLISH, translation_note

Plain = dict[str, object]
SCHEMA = "assuage-pathway/1"


# --- Markdown ---------------------------------------------------------------------------------------


class PathwayText(Struct, frozen=True):
    """A pathway in plain words, in the language of a catalogue, as lines of Markdown."""

    pathway: Pathway
    speaking: Catalogue = ENGLISH

    def _say(self, id: str, /, **values: object) -> str:  # noqa: A002 - the id of the sentence
        return self.speaking.say(message(id, **values))

    def whole(self) -> str:
        """The whole pathway, its notice first."""
        pathway = self.pathway
        lines = [f"> {self._say('pathway.notice', notice=pathway.first_words)}", ""]
        lines += [f"# {self.speaking.value(pathway)}", ""]
        lines += [self._say("pathway.version", id=f"`{pathway.id}`", version=pathway.version), ""]
        if pathway.from_age or pathway.from_months or pathway.diagnosis:
            admits = self._say(
                "pathway.admits",
                age=pathway.from_age,
                months=pathway.from_months,
                diagnosis=pathway.diagnosis.wording if pathway.diagnosis else None,
            )
            lines += [admits, ""]
        for number, phase in enumerate(pathway.phases, 1):
            lines += self._phase(number, phase, pathway.followed_in(phase))
        if pathway.restrictions:
            lines += [f"## {self._say('pathway.restrictions')}", ""]
            for restriction in pathway.restrictions:
                lines += self._restriction(restriction)
        if pathway.diagnosis:
            lines += self._diagnosis(pathway.diagnosis)
        if pathway.suspects:
            lines += self._suspicions()
        if pathway.watch:
            lines += [f"## {self._say('pathway.watch')}", ""]
            for watch in pathway.watch:
                lines += [self.speaking.value(watch), ""]
                lines += self.criterion(watch.criterion)
        asked = (criterion for r in pathway.recommendations() for criterion in (r.treats, r.when))
        conditions = dict.fromkeys(criterion for criterion in asked if criterion)
        if conditions:
            lines += [f"## {self._say('pathway.conditions')}", ""]
            for criterion in conditions:
                lines += self.criterion(criterion)
        if pathway.doubts:
            lines += [f"## {self._say('pathway.doubts')}", ""]
            lines += [*(f"- {self.speaking.value(fact)}" for fact in pathway.doubts), ""]
        lines += [f"## {self._say('pathway.sources')}", ""]
        lines += [*(f"- {self._source(basis)}" for basis in bases(pathway)), ""]
        if unchecked := translation_note(self.speaking):
            lines += [unchecked, ""]
        return "\n".join(lines)

    def _source(self, basis: Basis) -> str:
        """A source with its key before it; what is ours says so by itself."""
        whole = self.speaking.value(basis)
        return whole if isinstance(basis, Convention) else f"{basis.key}: {whole}"

    def criterion(self, criterion: Criterion) -> Iterator[str]:
        """A criterion: title, what is asked, why, on whose word, whose number."""
        yield f"**{self.speaking.value(criterion)}** (`{criterion.id}`)"
        yield ""
        yield from self._test(criterion.test, 0)
        yield f"- {self._say('pathway.because', why=criterion.reason)}"
        yield f"- {self._say('pathway.source', source=criterion.source)}"
        if criterion.number_bases:
            yield f"- {self._say('pathway.whose-numbers', bases=criterion.number_bases)}"
        yield ""

    def recommendation(self, recommendation: Recommendation) -> Iterator[str]:
        """A recommendation: what, who, when, why, on whose word."""
        what = self.speaking.value(recommendation.action)
        yield f"- **{what}** (`{recommendation.id}`, {self.speaking.value(recommendation.by)})"
        for key, criterion in (
            ("treats", recommendation.treats),
            ("when", recommendation.when),
            ("only-if", recommendation.safe),
        ):
            if criterion:
                title = criterion
                yield f"  - {self._say(f'pathway.{key}', title=title, id=f'`{criterion.id}`')}"
        why = self._say(
            "pathway.because-on-whose-word",
            why=recommendation.reason,
            source=source_word(recommendation.source),
            numbers=whose_numbers(recommendation.number_bases),
        )
        yield f"  - {why}"
        advice = recommendation.advice
        whose = advice.guideline.title
        yield f"  - {self._say('pathway.guideline', guideline=whose, advice=advice, id=f'`{advice.id}`')}"
        injects = injected_by(recommendation.action)
        if injects:
            yield f"  - {self._say('pathway.injects', drugs=injects.drugs, route=injects.way_in)}"
        caution = recommendation.warning
        if caution:
            yield f"  - {self._say('pathway.caution', caution=caution)}"
        if recommendation.claim:
            yield from self._claim(recommendation.claim)

    def restriction_rule(self, restriction: Restriction) -> Iterator[str]:
        """How long a restriction holds, and our doubts about it."""
        if restriction.until is None:
            yield self._say("pathway.for-good")
            yield ""
        else:
            yield self._say("pathway.in-force-until")
            yield ""
            yield from self.criterion(restriction.until)
        if restriction.protects:
            yield self._say("pathway.protects", condition=restriction.protects)
            yield ""
        if restriction.ask_after:
            yield self._say("pathway.ask-after", outcomes=restriction.ask_after)
            yield ""
        for fact in restriction.doubts:
            yield f"- {self._say('pathway.doubt', fact=fact)}"

    def gate_heading(self) -> str:
        """What stands over the criteria of a gate."""
        return self._say("pathway.gate-heading")

    def aim(self, phase: Phase) -> str:
        """What a phase is for."""
        return self._say("pathway.aim", aim=phase.purpose)

    def _test(self, test: AnyTest, depth: int) -> Iterator[str]:
        indent = "  " * depth
        match test:
            case AllOf(tests) | AnyOf(tests) | NoneOf(tests) if len(tests) > 1:
                heading = {AllOf: "all-of", AnyOf: "any-of", NoneOf: "none-of"}[type(test)]
                yield f"{indent}- {self._say(f'part.{heading}')}"
                for inner in tests:
                    yield from self._test(inner, depth + 1)
            case Assumed(AllOf() | AnyOf() | NoneOf() as inner, value, because):
                yield f"{indent}- {self._say('part.assumed-these', value=value, because=because)}"
                yield from self._test(inner, depth + 1)
            case _:
                yield f"{indent}- {self.speaking.value(test)}"

    def _claim(self, claim: Claim) -> Iterator[str]:
        says = claim
        yield f"  - {self._say('pathway.aims-at', mechanism=claim.mechanism, says=says)}"
        for key, facts in (("for", claim.evidence_for), ("against", claim.evidence_against)):
            for fact in facts:
                yield f"  - {self._say(f'pathway.evidence-{key}', fact=fact)}"

    def _phase(self, number: int, phase: Phase, followed: tuple[Follow, ...]) -> Iterator[str]:
        yield f"## {number}. {self.speaking.value(phase)} (`{phase.id}`)"
        yield ""
        yield self.aim(phase)
        yield ""
        yield self._say("pathway.follow", numbers=tuple(each.naming for each in followed))
        yield ""
        for key, each in (("enter", phase.enter), ("leave", phase.leave)):
            if each:
                yield from self._gate(self._say(f"pathway.{key}-when"), each)
        if phase.recommend:
            yield f"### {self._say('pathway.recommended')}"
            yield ""
            for recommendation in phase.recommend:
                yield from self.recommendation(recommendation)
            yield ""
        for back in phase.fall_back:
            yield from self._gate(self._say("pathway.back-when", phase=f"`{back.to.id}`"), back.gate)
        if phase.limit:
            yield self._say("pathway.limit", weeks=phase.limit.weeks, id=f"`{phase.limit.id}`")
            yield ""
            yield from self.recommendation(phase.limit.then)
            yield ""

    def _gate(self, heading: str, each: Gate) -> Iterator[str]:
        yield f"### {heading}: {self.speaking.value(each)} (`{each.id}`)"
        yield ""
        for criterion in each.criteria:
            yield from self.criterion(criterion)

    def _restriction(self, restriction: Restriction) -> Iterator[str]:
        why = self.speaking.value(restriction.reason)
        yield f"**{self.speaking.value(restriction.therapy)}** (`{restriction.id}`): {why}"
        includes = restriction.therapy.parts or (restriction.therapy,)
        yield self._say("pathway.includes", therapies=includes, source=restriction.source)
        yield ""
        yield from self.restriction_rule(restriction)
        yield ""

    def _diagnosis(self, presumed: PresumedDiagnosis) -> Iterator[str]:
        yield f"## {self._say('pathway.presumes')}"
        yield ""
        yield self._say(
            "pathway.presumes-diagnosis" if presumed.show else "pathway.presumes-no-criteria",
            diagnosis=presumed,
        )
        yield ""
        asked = {criteria.id for criteria in presumed.ask}
        for criteria in presumed.show:
            key = "asked" if criteria.id in asked else "shown"
            yield f"- {self._say(f'pathway.criteria-{key}', criteria=criteria, id=f'`{criteria.id}`')}"
        if presumed.show:
            yield ""

    def _suspicions(self) -> Iterator[str]:
        yield f"## {self._say('pathway.suspects')}"
        yield ""
        yield self._say("pathway.suspects-counted")
        yield ""
        for suspicion in self.pathway.suspects:
            told = "once" if suspicion.once_followed else "always"
            says = self._say(
                f"pathway.suspicion-{told}", exposure=suspicion.exposure, outcome=suspicion.outcome
            )
            yield f"- {says}"
        yield ""


def markdown(pathway: Pathway, speaking: Catalogue = ENGLISH) -> str:
    """The whole pathway in plain words, its notice first."""
    return PathwayText(pathway, speaking).whole()


def bases(pathway: Pathway) -> list[Basis]:
    """Every source and convention of the pathway once, in the order in which it is met."""
    met: list[Basis] = list(pathway.sources)
    for criterion in pathway.criteria():
        met += [criterion.source, *criterion.number_bases]
    for recommendation in pathway.recommendations():
        met += [recommendation.source, *recommendation.number_bases, *recommendation.advice.sources]
    return list(dict.fromkeys(met))


# --- Mermaid -------------------------------------------------------------------------------------------


def mermaid(pathway: Pathway, speaking: Catalogue = ENGLISH) -> str:
    """A state diagram: the phases, the gates between them, the ways back."""
    notice = speaking.value(pathway.first_words)
    lines = ["stateDiagram-v2", f"    %% {pathway.id} version {pathway.version}: {notice}"]
    names = {phase.id: phase.id.replace("-", "_") for phase in pathway.phases}
    for phase in pathway.phases:
        lines.append(f"    {names[phase.id]}: {_safe(speaking.value(phase))}")
    lines.append(f"    [*] --> {names[pathway.phases[0].id]}")
    for phase in pathway.phases:
        after = pathway.after(phase)
        if after:
            gates = [speaking.value(each) for each in (phase.leave, after.enter) if each]
            lines.append(f"    {names[phase.id]} --> {names[after.id]}: {_safe(' + '.join(gates))}")
        for back in phase.fall_back:
            title = speaking.value(back.gate)
            lines.append(f"    {names[phase.id]} --> {names[back.to.id]}: {_safe(title)}")
    return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    return text.replace(":", ",").replace(";", ",")


# --- plain values ----------------------------------------------------------------------------------------


def pathway_to_json(pathway: Pathway) -> Plain:
    """The whole pathway as one object of strings, numbers, lists and objects."""
    return {
        "format": SCHEMA,
        "id": pathway.id,
        "version": pathway.version,
        "title": pathway.title,
        "notice": pathway.notice,
        "from_age": pathway.from_age,
        "from_months": pathway.from_months,
        "phases": [_phase_to_json(phase, pathway.followed_in(phase)) for phase in pathway.phases],
        "restrictions": [
            {
                "id": each.id,
                "what": each.therapy.title,
                "includes": sorted(each.therapy.members - {each.therapy.id}),
                "until": None if each.until is None else each.until.id,
                "because": each.because,
                "source": each.source.key,
                "doubts": [fact.id for fact in each.doubts],
                "protects": None if each.protects is None else each.protects.id,
                "ask_after": [outcome.id for outcome in each.ask_after],
            }
            for each in pathway.restrictions
        ],
        "presumes": _diagnosis_to_json(pathway.diagnosis),
        "suspects": [
            {
                "exposure": each.exposure.id,
                "outcome": each.outcome.id,
                "told": "once followed" if each.once_followed else "always",
            }
            for each in pathway.suspects
        ],
        "watch": [{"criterion": each.criterion.id, "say": each.say} for each in pathway.watch],
        "criteria": [criterion_to_json(criterion) for criterion in pathway.criteria()],
        "doubts": [{"id": fact.id, "text": ENGLISH.say(statement_message(fact))} for fact in pathway.doubts],
        "sources": [_basis_to_json(basis) for basis in bases(pathway)],
    }


def _diagnosis_to_json(presumed: PresumedDiagnosis | None) -> Plain | None:
    if presumed is None:
        return None
    return {
        "id": presumed.id,
        "title": presumed.title,
        "show": [criteria.id for criteria in presumed.show],
        "ask": [criteria.id for criteria in presumed.ask],
    }


def criterion_to_json(criterion: Criterion) -> Plain:
    """A criterion as plain values."""
    return {
        "id": criterion.id,
        "title": criterion.title,
        "says": ENGLISH.value(criterion.test),
        "because": criterion.because,
        "source": _basis_to_json(criterion.source),
        "numbers": [_basis_to_json(basis) for basis in criterion.number_bases],
        "ours": any(isinstance(basis, Convention) for basis in criterion.number_bases),
    }


def _basis_to_json(basis: Basis) -> Plain:
    if isinstance(basis, Source):
        return {"key": basis.key, "text": basis.citation, "doi": basis.doi, "status": basis.status.value}
    return {"key": basis.key, "text": basis.why, "status": "ours"}


def _phase_to_json(phase: Phase, followed: tuple[Follow, ...]) -> Plain:
    return {
        "id": phase.id,
        "title": phase.title,
        "aim": phase.aim,
        "follow": [
            {
                "id": each.id,
                "title": each.title,
                "scales": [scale.code for scale in each.scales],
                "sites": [site.id for site in each.sites],
            }
            for each in followed
        ],
        "gates": [
            {"id": each.id, "title": each.title, "criteria": [criterion.id for criterion in each.criteria]}
            for each in phase_gates(phase)
        ],
        "enter": phase.enter.id if phase.enter else None,
        "leave": phase.leave.id if phase.leave else None,
        "fall_back": [{"to": back.to.id, "gate": back.gate.id} for back in phase.fall_back],
        "recommend": [recommendation_to_json(each) for each in phase.recommend],
        "limit": None
        if phase.limit is None
        else {
            "id": phase.limit.id,
            "weeks": phase.limit.weeks,
            "then": recommendation_to_json(phase.limit.then),
        },
    }


def recommendation_to_json(recommendation: Recommendation) -> Plain:
    """A recommendation as plain values."""
    claim, injects = recommendation.claim, injected_by(recommendation.action)
    return {
        "id": recommendation.id,
        "do": verb_of(recommendation.action),
        "what": subject_of(recommendation.action).id,
        "text": ENGLISH.value(recommendation.action),
        "by": recommendation.by.value,
        "treats": recommendation.treats.id if recommendation.treats else None,
        "when": recommendation.when.id if recommendation.when else None,
        "safe": recommendation.safe.id if recommendation.safe else None,
        "because": recommendation.because,
        "source": recommendation.source.key,
        "numbers": [basis.key for basis in recommendation.number_bases],
        "guideline": {
            "name": recommendation.advice.guideline.title,
            "id": recommendation.advice.id,
            "says": ENGLISH.value(recommendation.advice),
        },
        "injects": [drug.id for drug in injects.drugs] if injects else [],
        "mechanism": claim.mechanism.value if claim else None,
        "evidence_for": [fact.id for fact in claim.evidence_for] if claim else [],
        "evidence_against": [fact.id for fact in claim.evidence_against] if claim else [],
        "caution": recommendation.caution or None,
    }
