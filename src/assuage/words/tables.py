"""The texts of our tables, row by row: what translators translate, and what a clinician may check as a fact.

The English of a text stays in its table; here is the key under which it is said in other languages. Every text that
any of our tables can print is among them, so that what is missing in a language can be listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.catalogue.read import fact_signature
from assuage.catalogue.signature import Signature
from assuage.instruments import CRITERIA, INSTRUMENTS
from assuage.instruments.criteria.texts import asked_beside, criteria_texts
from assuage.instruments.response import RESPONSES, TITLE
from assuage.instruments.texts import score_texts
from assuage.measures.criteria import Criterion, within
from assuage.measures.nodes import Assumed
from assuage.nof1.plan import KNOWN_CONTROLS, control_term
from assuage.pathways import registry
from assuage.pathways.actions import Action, Perform, Start, Titrate, injected_by
from assuage.pathways.evidence import Claim
from assuage.pathways.facts import FACTS
from assuage.pathways.guideline import EULAR
from assuage.pathways.model import Gate, Pathway, Phase, Recommendation, Restriction, Watch
from assuage.record.kinds import RATES, UNITS
from assuage.review.baseline import MEASUREMENT_WORDINGS
from assuage.safety.causality import NARANJO
from assuage.safety.data.mesotherapy import KETONAL_EXCIPIENTS_MG, RECORD_FIELDS
from assuage.safety.formulary import (
    BURDEN_RULES,
    CLASS_TITLES,
    CONDITION_RULES,
    DIFFERENTIAL,
    INTERACTIONS,
    MIXING_RULES,
    MONITORING_RULES,
    NEGATIVES,
    SUBSTANCES,
    TAPERS,
    ceiling_basis,
    class_wording,
    wording_of,
)
from assuage.safety.questions import TOPICS, topic_title
from assuage.safety.rules import (
    BurdenRule,
    ConditionRule,
    Differential,
    Interaction,
    MixingRule,
    MonitoringRule,
    Negative,
    Row,
    Taper,
    row_text,
)
from assuage.safety.technique import excipient_title, field_title, technique_texts
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drug_classes import CLASS_ITEMS
from assuage.terms.drug_index import indexed_substances
from assuage.terms.drug_names import drug_with_id
from assuage.terms.drugs import DRUGS
from assuage.terms.red_flags import RED_FLAGS, RedFlag
from assuage.terms.scales import SCALES
from assuage.terms.signs import SIGNS
from assuage.terms.sites import SITES
from assuage.terms.sources import OURS, Fact
from assuage.terms.symptoms import SYMPTOMS
from assuage.terms.therapies import THERAPIES
from assuage.terms.times import TimeOfDay


class TableRow(Struct, frozen=True):
    """A row of a table by the key that names it, with its texts, and the other values that a check is about."""

    table: str
    key: str
    texts: tuple[Wording, ...]
    values: tuple[str, ...] = ()

    @property
    def checked_texts(self) -> tuple[str, ...]:
        """What a person looks at who checks this row as a fact: when any of it changes, the check lapses."""
        return (*(text.english for text in self.texts), *self.values)

    @property
    def signature(self) -> Signature | None:
        """Who checked this row as it stands, and when; None while nobody has."""
        return fact_signature(self.key, self.checked_texts)


def table_rows() -> Iterator[TableRow]:
    """Every row of every table that we ship."""
    yield from term_rows()
    for flag in RED_FLAGS.values():
        yield red_flag_row(flag)
    for rows in (INTERACTIONS, CONDITION_RULES, BURDEN_RULES.values(), MONITORING_RULES, MIXING_RULES):
        yield from map(safety_row, rows)
    for rows in (NEGATIVES, DIFFERENTIAL, TAPERS):
        yield from map(safety_row, rows)
    yield from safety_texts()
    shipped = [registry.pathway(name) for name in registry.PATHWAY_IDS]
    for pathway in shipped:
        yield from pathway_rows(pathway)
    for diagnosis in dict.fromkeys(pathway.diagnosis.wording for pathway in shipped if pathway.diagnosis):
        yield TableRow("diagnoses", diagnosis.key, (diagnosis,))
    for unit in sorted(UNITS - RATES):
        yield TableRow("units", f"unit.{unit}", (Wording(f"unit.{unit}", unit),))
    for time in TimeOfDay:
        yield TableRow("pathways", "dose.when", (Wording("dose.when", time.value),))
    for wording in MEASUREMENT_WORDINGS.values():
        yield TableRow("conditions", wording.key, (wording,))
    for fact in FACTS.values():
        yield fact_row(fact)
    for advice in EULAR.values():
        yield TableRow(
            "guideline", f"advice.{advice.id}", (Wording(f"advice.{advice.id}.therapy", advice.therapy),)
        )
    for control in map(control_term, KNOWN_CONTROLS):
        if isinstance(control, Wording):
            yield TableRow("controls", control.key, (control,))
    yield TableRow("pathways", f"convention.{OURS.key}", (Wording(f"convention.{OURS.key}", OURS.why),))


def table_texts() -> dict[Wording, str]:
    """Every text of our tables, with the table it stands in; a text that two rows share once."""
    return {text: row.table for row in table_rows() for text in row.texts}


# --- terms ----------------------------------------------------------------------------------------


def term_rows() -> Iterator[TableRow]:
    """The words of the product: drugs, therapies, symptoms, scales, sites, conditions."""
    for scale in SCALES.values():
        yield TableRow("scales", scale.meaning.key, (scale.meaning,))
    scales = {
        scale.code: scale for scale in (*SCALES.values(), *(each.scale for each in INSTRUMENTS.values()))
    }
    for table, terms in (
        ("drugs", DRUGS | CLASS_ITEMS),
        ("therapies", THERAPIES),
        ("symptoms", SYMPTOMS),
        ("scales", scales),
        ("sites", SITES),
        ("conditions", CONDITIONS),
        ("signs", {sign.id: sign for sign in SIGNS.values() if not sign.is_flag}),
    ):
        for term in terms.values():
            yield TableRow(table, term.wording.key, (term.wording,))
    for criteria in CRITERIA.values():
        called = (criteria.in_a_sentence,) if criteria.called else ()
        yield TableRow("criteria", criteria.wording.key, (criteria.wording, *called))
    for text in criteria_texts():
        yield TableRow("criteria", text.key, (text,))
    for text in (
        *score_texts(INSTRUMENTS.values(), CRITERIA.values(), asked_beside()),
        *RESPONSES.values(),
        TITLE,
    ):
        yield TableRow("instruments", text.key, (text,))
    for row in indexed_substances().values():
        if row.id not in DRUGS:
            drug = drug_with_id(row.id)
            assert drug is not None, "a substance of the index is a drug"
            yield TableRow("substances", drug.wording.key, (drug.wording,))
    for name in CLASS_TITLES:
        wording = class_wording(name)
        yield TableRow("classes", wording.key, (wording,))
    for substance in SUBSTANCES:
        wording = wording_of(substance)
        if wording.key.startswith("substance."):
            yield TableRow("therapies", wording.key, (wording,))


# --- safety -----------------------------------------------------------------------------------------


def red_flag_row(flag: RedFlag) -> TableRow:
    """A red flag: its title, what raises it, what to do; how urgent it is."""
    key = flag.wording.key
    texts = (flag.wording, Wording(f"{key}.trigger", flag.trigger), Wording(f"{key}.action", flag.action))
    return TableRow("red_flags", key, texts, (flag.urgency, flag.who, flag.within))


def safety_row(row: Row) -> TableRow:
    """A row of the safety tables: its texts, and what it is about."""
    match row:
        case Interaction():
            parties = (party.id for party in row.parties)
            return _row(
                "interactions", "interaction", row, ("effect", "mechanism", "action"), row.severity, *parties
            )
        case ConditionRule():
            about = (row.severity, row.condition, row.target.id)
            return _row("condition_rules", "rule", row, ("rationale", "action"), *about)
        case BurdenRule():
            return _row("burden", "rule", row, ("rule", "action"), row.severity)
        case MonitoringRule():
            return _row("monitoring", "rule", row, ("test", "when"), row.target.id, row.gap)
        case MixingRule():
            return _row("needle", "mixing", row, ("combination", "basis", "rule"), row.verdict, *row.holds)
        case Negative():
            return _row("needle", "negative", row, ("finding",), *row.parties)
        case Differential():
            return _row("red_flags", "differential", row, ("diagnosis", "clue", "test"))
        case Taper():
            return _row("tapers", "taper", row, ("effect", "action"), row.severity, row.stopped.id)


def _row(table: str, family: str, row: Row, fields: tuple[str, ...], *values: str) -> TableRow:
    return TableRow(table, f"{family}.{row.id}", tuple(row_text(row, name) for name in fields), values)


def safety_texts() -> Iterator[TableRow]:
    """The texts beside the rows: where a ceiling comes from, what is asked together, what is known of the needle."""
    for substance, row in SUBSTANCES.items():
        if row.dosing.most_per_day and row.dosing.basis:
            yield _text("ceilings", ceiling_basis(substance), row.dosing.most_per_day, row.dosing.unit)
    for topic in TOPICS:
        yield _text("questions", topic_title(topic))
    for title, published in technique_texts().values():
        yield TableRow("technique", title.key, (title, published))
    for item in NARANJO:
        yield TableRow("naranjo", item.wording.key, (item.wording,), (str(item.yes), str(item.no)))
    for name in RECORD_FIELDS:
        yield _text("technique", field_title(name))
    for name, _ in KETONAL_EXCIPIENTS_MG:
        yield _text("technique", excipient_title(name))


def _text(table: str, text: Wording, *values: str) -> TableRow:
    return TableRow(table, text.key, (text,), values)


# --- pathways ---------------------------------------------------------------------------------------


def pathway_rows(pathway: Pathway) -> Iterator[TableRow]:
    """Every text of a pathway, in the order in which it is read."""
    table = pathway.id.replace("-", "_")
    key = f"pathway.{pathway.id}"
    yield TableRow(
        table, key, (Wording(f"{key}.title", pathway.title), Wording(f"{key}.notice", pathway.notice))
    )
    for phase in pathway.phases:
        yield phase_row(table, phase)
        for follow in phase.follow:
            yield TableRow("pathways", follow.wording.key, (follow.wording,))
    for gate in pathway.gates():
        yield gate_row(table, gate)
    for criterion in pathway.criteria():
        yield criterion_row(table, criterion)
    for recommendation in pathway.recommendations():
        yield recommendation_row(table, recommendation)
        if recommendation.claim:
            yield claim_row(recommendation.claim)
        yield from action_rows(recommendation.action)
    for restriction in pathway.restrictions:
        yield restriction_row(table, restriction)
    for watch in pathway.watch:
        yield watch_row(table, watch)


def phase_row(table: str, phase: Phase) -> TableRow:
    """The title and the aim of a phase."""
    key = f"phase.{phase.id}"
    return TableRow(table, key, (Wording(f"{key}.title", phase.title), Wording(f"{key}.aim", phase.aim)))


def gate_row(table: str, gate: Gate) -> TableRow:
    """The title of a gate."""
    key = f"gate.{gate.id}"
    return TableRow(table, key, (Wording(f"{key}.title", gate.title),))


def criterion_row(table: str, criterion: Criterion) -> TableRow:
    """The title of a criterion, its reason, and why parts of it are read as they are while unknown."""
    key = f"criterion.{criterion.id}"
    assumed = {test.because for test in within(criterion.test) if isinstance(test, Assumed)}
    texts = (Wording(f"{key}.title", criterion.title), Wording(f"{key}.because", criterion.because))
    return TableRow(table, key, (*texts, *(Wording("assumed.because", why) for why in sorted(assumed))))


def recommendation_row(table: str, recommendation: Recommendation) -> TableRow:
    """The reason of a recommendation, and its caution where it has one."""
    key = f"recommendation.{recommendation.id}"
    caution = (Wording(f"{key}.caution", recommendation.caution),) if recommendation.caution else ()
    return TableRow(table, key, (Wording(f"{key}.because", recommendation.because), *caution))


def claim_row(claim: Claim) -> TableRow:
    """What a treatment is given for. Claims have no ids: two that say the same are the same."""
    return TableRow("pathways", "claim.says", (Wording("claim.says", claim.says),))


def action_rows(action: Action) -> Iterator[TableRow]:
    """How a therapy is given and when a dose is taken; none for an action that does not say."""
    injects = injected_by(action)
    if injects:
        yield TableRow("pathways", injects.way_in.key, (injects.way_in,))
    match action:
        case Perform(how=how) if how:
            yield TableRow("pathways", "action.how", (Wording("action.how", how),))
        case Start(doses=doses):
            yield from (
                TableRow("pathways", "dose.when", (Wording("dose.when", dose.when),)) for dose in doses
            )
        case Titrate(by=by, up_to=up_to):
            for dose in (by, up_to):
                yield TableRow("pathways", "dose.when", (Wording("dose.when", dose.when),))
        case _:
            pass


def restriction_row(table: str, restriction: Restriction) -> TableRow:
    """The reason of a restriction."""
    key = f"restriction.{restriction.id}"
    return TableRow(table, key, (Wording(f"{key}.because", restriction.because),))


def watch_row(table: str, watch: Watch) -> TableRow:
    """What is told when something watched for is seen."""
    key = f"watch.{watch.criterion.id}"
    return TableRow(table, key, (Wording(f"{key}.say", watch.say),))


def fact_row(fact: Fact) -> TableRow:
    """A fact: its statement, its number and its caveat, as far as it has them."""
    key = f"fact.{fact.id}"
    texts = (("statement", fact.statement), ("number", fact.number), ("caveat", fact.caveat))
    return TableRow("facts", key, tuple(Wording(f"{key}.{name}", text) for name, text in texts if text))
