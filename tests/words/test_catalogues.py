"""The catalogues and the code agree: no sentence is missing, none is left over, and each has the values it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from typing import get_args

import pytest

from assuage.catalogue.compile import all_entries, english_of
from assuage.catalogue.languages import LANGUAGES, ORIGINAL, READERS
from assuage.catalogue.read import places_in_template
from assuage.cli.parsing import ARGPARSE
from assuage.cli.site import KEYS, TYPED_ONLY
from assuage.clinic.api.operations import OPERATIONS
from assuage.clinic.api.problems import STATUS as CALL_PROBLEMS
from assuage.clinic.audit.acts import ACTS
from assuage.clinic.audit.views.log import FILTERS
from assuage.clinic.course.patient_page import PATIENT_PAGES
from assuage.clinic.diary.form import ASKED
from assuage.clinic.inbox.models import AlertAct
from assuage.clinic.page import LET_IN, OF_PATIENTS, OF_STAFF
from assuage.clinic.people.models import Person as ClinicPerson
from assuage.clinic.people.rights import OPENID, SCOPES
from assuage.clinic.refused import SAID as REFUSED
from assuage.clinic.sessions.queries import ASKED_AFTER, AnswerState
from assuage.deidentify import by_place, dates, judged, patterns, places, record
from assuage.deidentify import names as named
from assuage.deidentify.identifiers import Rule
from assuage.dynamics.effect import EffectState, SettledBy
from assuage.dynamics.verdict import VerdictWord
from assuage.engine.many.entries.entry_table import FallbackReason
from assuage.errors import REASONS
from assuage.fhir.forms.items import ITEM_KINDS, FormItem
from assuage.fhir.hooks.card import OVERRIDE_REASONS
from assuage.fhir.hooks.invariants import INVARIANTS as HOOKS_INVARIANTS
from assuage.fhir.hooks.models import CONTEXTS as HOOK_CONTEXTS
from assuage.fhir.hooks.trust import Fault
from assuage.fhir.omop.rows import LEFT as OMOP_LEFT
from assuage.fhir.smart.launch import LaunchFault
from assuage.instruments.criteria.nociplastic import Grade
from assuage.nof1.analyse import TrialVerdict
from assuage.nof1.checklists import CENT_ITEMS, SPENT_ITEMS
from assuage.nof1.elsewhere import DRAWS
from assuage.nof1.model import RuleAnswer
from assuage.nof1.plan import CONTROL_KINDS, QUESTIONS, SCHEDULES
from assuage.pathways.evidence import Mechanism
from assuage.pathways.model import Role
from assuage.record.care_entries import (
    AllergyCertainty,
    AllergySeverity,
    AskedHow,
    DiagnosisCertainty,
    EventAction,
    EventOutcome,
    ExposureState,
)
from assuage.record.decided_entries import ConsentState
from assuage.record.entries import KIND_OF, FindingState, MedicationAct, Method, Sex
from assuage.record.entry import By
from assuage.record.entry import Role as WritersRole
from assuage.record.parser_words import FAULTS
from assuage.report.atlas.shapes import VIEWS
from assuage.report.atlas.visits import Change
from assuage.report.care.assemble import MAY_BE_EMPTY
from assuage.report.care.case_report import By as Whose
from assuage.report.care.checklist import STATES as STATES_OF_ITEMS
from assuage.report.care.checklist import Giver
from assuage.report.cohort import OUTSIDE
from assuage.report.forecast.words import COLUMNS as FORECAST_COLUMNS
from assuage.report.timeline.row import PANELS, Breached
from assuage.report.triggers.figures import COUNTED
from assuage.report.triggers.words import HEADINGS
from assuage.report.visit_text import ANSWERS as SCREEN
from assuage.review.baseline import Asked
from assuage.review.cards import CARD_READERS
from assuage.review.triggers import Dependence
from assuage.safety.alerts import TIERS
from assuage.safety.causality import WhoUmc
from assuage.safety.rules import SEVERITIES, Verdict
from assuage.terms.answers import Answer
from assuage.terms.measured import NotJudged
from assuage.terms.red_flags import Who, Within
from assuage.terms.sources import Status
from assuage.terms.symptoms import PRESENT_STATES, STATES
from assuage.terms.therapies import Pressure
from assuage.terms.times import TimeOfDay
from assuage.words.untranslated import stale_entries
from tests.words.source import Made, messages_made, modules, templates_made, texts_in

CLINIC_ROLES = ClinicPerson.Role.values
ANSWERS = [answer.value for answer in Answer]
ASKED_IN_DIARY = [scale.code for scale in ASKED]
TRIAL_HEADINGS = (
    *(
        "looks",
        "test",
        "shapes",
        "others",
        "periods",
        "cent",
        "seen",
        "notes",
        "spent",
        "power",
        "consent",
        "days",
    ),
    "deviations",
)
OF_A_PLAN = (
    "session-drugs",
    "session-interval",
    "session-response",
    "session-dexketoprofen",
    "session-volume",
    "session-regimen",
    "session-unread",
)
SECTIONS = (
    "suspects",
    "questions",
    "gates",
    "plan",
    "restrictions",
    "alerts",
    "stays",
    "criteria",
    "missing",
    "recorded",
    "not-checked",
    "doubts",
)
IDENTIFIERS = {
    rule.id: rule.title
    for module in (by_place, dates, judged, named, patterns, places, record)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
}
# The items whose text only the authors can decide.
OPEN = ("1", "3a", "3d", "4", "5a", "5b", "6", "8c", "9a", "10a", "11a", "11b", "11c", "11d", "12", "13")
# The ids of which a part is computed, and everything that part can be.
FAMILIES: dict[str, Iterable[str]] = {
    "clinic.refused-{}": (*REFUSED.values(), "csrf", "unreadable"),
    "clinic.refused-{}-do": (*REFUSED.values(), "csrf", "unreadable"),
    "clinic.role-{}": CLINIC_ROLES,
    "clinic.api-{}": CALL_PROBLEMS,
    "clinic.api-{}-do": CALL_PROBLEMS,
    "clinic.api-op-{}": tuple(each.id for each in OPERATIONS),
    "clinic.scope-{}": (*SCOPES, OPENID),
    "clinic.let-in-{}": LET_IN,
    "clinic.scope-fhir-{}": ("patient", "user"),
    "served.caller-{}": ("no-account", "too-many"),
    "served.left-{}": ("undated", "doubtful"),
    "clinic.asked-{}": ("start", "around", "weekly", "not-today"),
    "clinic.sex-{}": get_args(Sex),
    "clinic.teams-{}": ("name", "born", "starts_on", "zone"),
    "clinic.log-{}": FILTERS,
    "clinic.page-{}": [name for name, _ in PATIENT_PAGES],
    "clinic.act-{}": AlertAct.Kind.values,
    "clinic.kind-{}": AlertAct.Kind.values,
    "clinic.card-{}": CARD_READERS,
    "clinic.state-{}": ("present", "absent", "unknown", "given", "refused"),
    "clinic.place-{}": (*OF_PATIENTS, *(name for name, _ in OF_STAFF)),
    "clinic.diary-ask-{}": ASKED_IN_DIARY,
    "clinic.diary-ends-{}": ASKED_IN_DIARY,
    "clinic.diary-scale-{}": ASKED_IN_DIARY,
    "clinic.plan-role-{}": CLINIC_ROLES,
    "clinic.privacy-act-{}": [*{kind for kind in ACTS.values() if kind}, "other"],
    "clinic.did-{}": ACTS,
    "clinic.asked-after-{}": map(str, ASKED_AFTER),
    "clinic.answer-{}": (AnswerState.DUE, AnswerState.TO_COME),
    "clinic.privacy-consent-{}": get_args(ConsentState),
    "site.{}": KEYS,
    "site.{}-takes": KEYS,
    "site.only-{}": TYPED_ONLY,
    "machine.{}": REASONS.values(),
    "usage.{}": [sentence for _, sentence in ARGPARSE],
    "record.no-entries-{}": ("compare", "foretell"),
    "report.counts-{}": (state.replace(" ", "-") for state in STATES_OF_ITEMS),
    "tier.{}": TIERS,
    "consent.{}": [state for state in get_args(ConsentState) if state != "given"],
    "series.verdict-{}": [verdict.replace(" ", "-") for verdict in get_args(TrialVerdict)],
    "series.kind-{}": CONTROL_KINDS,
    "series.schedule-{}": SCHEDULES,
    "nof1.heading-{}": TRIAL_HEADINGS,
    "nof1.column-{}": ("pair", "day", "done", "ratings", "mean", "notes"),
    "nof1.power-{}": ("effect", "harm", "benefit", "safe", "undecided"),
    "nof1.says-{}": [answer.replace(" ", "-") for answer in get_args(RuleAnswer)],
    "nof1.shape-{}": ("fading", "even", "late", "rising", "falling"),
    "nof1.blinding-{}": CONTROL_KINDS,
    "nof1.why-{}": QUESTIONS,
    "nof1.rule-{}": QUESTIONS,
    "nof1.periods-{}": SCHEDULES,
    "nof1.washout-{}": SCHEDULES,
    "nof1.order-elsewhere-{}": DRAWS,
    "nof1.not-while-{}": ("flag", "restriction", "change", "other"),
    "nof1.stop-{}": ("wish", "flag", "top", "clinician"),
    "nof1.consent-{}": ("purpose", "draw", "stop", "yours", "diary"),
    "nof1.spent-{}": SPENT_ITEMS,
    "nof1.cent-{}": CENT_ITEMS,
    "severity.{}": SEVERITIES,
    "hooks.invariant-{}": HOOKS_INVARIANTS,
    "hooks.reason-{}": OVERRIDE_REASONS,
    "hooks.title-{}": HOOK_CONTEXTS,
    "hooks.description-{}": HOOK_CONTEXTS,
    "hooks.untrusted-{}": get_args(Fault),
    "smart.refused-{}": get_args(LaunchFault),
    "omop.left-{}": OMOP_LEFT,
    "form.group-{}": (*ITEM_KINDS, "judgement"),
    "form.state-{}": sorted({state for kind in ITEM_KINDS for state in FormItem(kind, "x").states}),
    "apply.part-{}": ("now", "ask", "withhold", "leave-alone", "decide"),
    "apply.gate-{}": ("on", "back"),
    "apply.gate-is-{}": ("open", "shut", "unknown"),
    "fhir-cohort.{}": ("open", "shut", "not-met", "unknown", "in-force", "breached"),
    "fhir.json-{}": ("object", "list", "text", "boolean", "null", "number"),
    "map.no-such-{}-format": ("date", "time"),
    "shape.left-{}": ("person", "device", "weekday", "patient"),
    "table.column-type.{}": ("text", "whole", "minute", "number"),
    "verdict.{}": get_args(Verdict),
    "alert.{}.{}": [f"{what}.{word}" for what in ("member", "counted") for word in ("policy", "memory")],
    "caution.{}": [status.value for status in Status if status.caution],
    "flag.sign-{}": sorted(PRESENT_STATES),
    "flag.who-{}": get_args(Who),
    "flag.within-{}": get_args(Within),
    "alert.{}.because": OF_A_PLAN,
    "alert.{}.action": OF_A_PLAN,
    "alert.breach-{}": ("sure", "unsure"),
    "need.{}": ("pregnancy", "lactation"),
    "need.not-judged-{}": get_args(NotJudged),
    "session.technique-{}": ANSWERS,
    "session.contraindication-{}": ANSWERS,
    "regimen.not-convertible{}": ("", "-volume"),
    "measure.{}": ("worst", "best", "mean", "last", "slope"),
    "test.{}": ("at-most", "less-than", "at-least", "more-than", "exactly"),
    "test.symptom-{}": ("present", "appeared"),
    "pressure.{}": ("light", "medium", "deep"),
    "recorded-by.{}": ("patient", "relative", "researcher", "device", "import"),
    "decision.{}": ("enter", "advance", "hold", "return", "override", "leave"),
    "visit.symptom-{}": STATES,
    "patient-card.{}": ("call", "where", "do", "leave", "next"),
    "therapist-card.{}": ("stop", "where", "green", "ask", "wait", "gate", "flags", "report", "valid"),
    "gp-letter.{}": ("who", "stop", "where", "how", "medicines", "stopped", "proposed", "leave", "asks"),
    "patient-card.go-on-{}": ("physician", "physiotherapist", "psychologist"),
    "patient-card.talk-{}": ("physician", "physiotherapist", "psychologist"),
    "gp-letter.sex-{}": ("female", "male", "other"),
    "gp-letter.criteria-{}": ANSWERS,
    "question.as-{}": (*get_args(Asked), "judgement"),
    "change.gate-{}": ("open", "shut"),
    "change.{}": ("now", "ask", "withheld"),
    "change.was-{}": ("now", "ask", "withheld"),
    "advice.{}": ("for", "against"),
    "advice.{}-{}": ("strong-for", "weak-for", "strong-against", "weak-against"),
    "gate.{}": ("open", "shut"),
    "gate.leads-{}": ("on", "back"),
    "page.gate-{}": ("on", "back"),
    "needed-for.gate-{}": ("on", "back"),
    "part.{}": ("all-of", "any-of", "none-of"),
    "pathway.{}": ("treats", "when", "only-if"),
    "pathway.{}-when": ("enter", "leave"),
    "pathway.evidence-{}": ("for", "against"),
    "pathway.criteria-{}": ("shown", "asked"),
    "pathway.suspicion-{}": ("always", "once"),
    "explain.{}": ("criterion", "gate", "recommendation", "restriction", "limit", "phase"),
    "plan.{}": ("now", "later", "ask"),
    "restriction.{}": ("in-force", "not-in-force"),
    "screen.{}": SCREEN,
    "page.{}": SCREEN,
    "section.{}": SECTIONS,
    "naranjo.{}": ("doubtful", "possible", "probable", "definite"),
    "suspect.cause-{}": get_args(MedicationAct),
    "grade.{}": get_args(Grade),
    "forecast.flare-{}": ("high", "low"),
    "forecast.column-{}": FORECAST_COLUMNS,
    "forecast.heading-{}": ("days", "exposures", "past"),
    "triggers.{}": [heading for heading, _ in HEADINGS],
    "trigger-verdict.{}": [word.replace(" ", "-") for word in get_args(VerdictWord)],
    "dependence.{}": get_args(Dependence),
    "effect-state.{}": [state.replace(" ", "-") for state in get_args(EffectState)],
    "triggers.sought-{}": ("high", "low"),
    "triggers.goes-with-{}": ("high", "low"),
    "triggers.settled-{}": get_args(SettledBy),
    "depends.{}": ("never", "seldom"),
    "triggers.same-day-{}": ("high", "low"),
    "triggers.threshold-{}": ("above", "below"),
    "triggers.counted-{}": COUNTED,
    "triggers.lag-{}": ("all", "0", "1", "2", "3"),
    "symptom-state.{}": STATES,
    "timeofday.{}": [time.value for time in TimeOfDay],
    "kind.{}": list(KIND_OF.values()),
    "score.label-{}": (
        *(
            "percent",
            "regions",
            "profile",
            "coding",
            "baseline",
            "follow",
            "points",
            "by-percent",
            "by-points",
        ),
        *(
            "scope",
            "wpi",
            "sss",
            "fs",
            "months",
            "tender-points",
            "counting-sites",
            "grade",
            "possible-grades",
            "sites",
        ),
    ),
    "by.{}": [person for person in get_args(By) if person != "clinician"],
    "timeline.{}": [breached for breached in get_args(Breached) if breached],
    "timeline.panel-{}": PANELS,
    "timeline.heading-{}": ("day", "kind", "lane", "text", "marked"),
    "timeline.gate-{}": ("open", "shut"),
    "timeline.undrawn-{}": tuple(KIND_OF.values()),
    "bodymap.heading-{}": ("day", "place", "said", "change"),
    "bodymap.change-{}": [change for change in get_args(Change) if change != "free"],
    "bodymap.summary-{}": [change for change in get_args(Change) if change != "free"],
    "bodymap.words-{}": get_args(Change),
    "bodymap.key-{}": (*get_args(Change), "unsaid"),
    "bodymap.whole-body-{}": get_args(Change),
    "bodymap.side-{}": ("left", "right"),
    "bodymap.view-{}": VIEWS,
    "release.consent-{}": ("refused", "withdrawn", "stale"),
    "release.was-{}": ("refused", "withdrawn", "stale"),
    "case.time.{}": [time.value for time in TimeOfDay],
    "case.person.{}": ("woman", "man", "girl", "boy", "patient", "child"),
    "parser.{}": FAULTS.values(),
    "case.whose-{}": ("female", "male", "unknown"),
    "case.severity.{}": ("mild", "moderate", "severe"),
    "case.pressure.{}": get_args(Pressure),
    "case.method.{}": ("examination", "laboratory", "imaging", "none"),
    "case.shown.{}": (*(state for state in get_args(FindingState) if state != "unknown"), "open"),
    "case.{}.{}": [
        f"{kind}.{state}"
        for kind in ("history", "family", "social")
        for state in ("present", "coded", "absent", "without", "open")
    ],
    "case.{}.none-of": ("history", "family", "social"),
    "case.onset.{}": sorted(PRESENT_STATES),
    "case.became.{}": STATES,
    "case.event-action.{}": get_args(EventAction),
    "case.event-outcome.{}": get_args(EventOutcome),
    "case.short-{}": ("worse", "outcome"),
    "case.diagnosed.{}": get_args(DiagnosisCertainty),
    "case.criteria.{}": ANSWERS,
    "case.phase.{}": ("gate", "decision", "start"),
    "case.drugs-{}": ("started", "changed", "stopped"),
    "case.therapy-{}": ("started", "stopped"),
    "recorded.role-{}": get_args(WritersRole),
    "recorded.method-{}": get_args(Method),
    "recorded.do-{}": get_args(MedicationAct),
    "recorded.state-{}": [
        state.replace("_", "-") for state in (*get_args(FindingState), *get_args(ExposureState))
    ],
    "recorded.severity-{}": get_args(AllergySeverity),
    "recorded.certainty-{}": (*get_args(AllergyCertainty), *get_args(DiagnosisCertainty)),
    "recorded.action-{}": get_args(EventAction),
    "recorded.outcome-{}": get_args(EventOutcome),
    "recorded.{}": (*("chosen", "not-chosen", "reached", "not-reached", "kept", "not-kept"),),
    "case.asked.{}": get_args(AskedHow),
    "case.open.{}": OPEN,
    "case.none.{}": [str(number) for number in sorted(MAY_BE_EMPTY)],
    "case.who.{}": get_args(Giver),
    "case.by.{}": get_args(Whose),
    "identifier.{}": IDENTIFIERS,
    "deidentify.lock-{}": ("approval", "unjudged", "reviewer", "names", "consent", "traits", "small-world"),
    "cohort.column-{}": [
        *("where", "patients", "share", "days", "weeks", "over", "go-on", "criterion", "unknown", "not-met"),
        *(
            "move",
            "gate",
            "decision",
            "restriction",
            "in-force",
            "breached",
            "week",
            "sure",
            "possible",
            "alert",
        ),
    ],
    "cohort.outside-{}": [name.replace(" ", "-") for name in OUTSIDE],
    "cohort.whole-{}": [reason.name.lower() for reason in FallbackReason],
}
# Values that are said by their own names (`assuage.words.speak.render`).
NAMED: tuple[type[Enum], ...] = (Answer, TimeOfDay, Role, Mechanism, WhoUmc)
ENGLISH = english_of("patient")


def names(made: Made) -> Iterator[str]:
    """The ids that a message can have."""
    if "{}" not in made.id:
        yield made.id
        return
    assert made.id in FAMILIES, f"{made.where}: say in FAMILIES what {made.id} can be"
    for part in FAMILIES[made.id]:
        yield re.sub(r"\{\}.*\{\}|\{\}", part, made.id)


@cache
def all_made() -> tuple[tuple[Made, str], ...]:
    return tuple(
        (made, name)
        for made in (*messages_made(), *templates_made())
        if made.where.partition(":")[0] != "words/speak.py"
        for name in names(made)
    )


def needed(template: str) -> frozenset[str]:
    """The places of a template that always ask for a value."""
    optional = re.compile(r"\{[a-z_]+\?:(?:[^{}]|\{[^{}]*\})*\}")
    return places_in_template(optional.sub("", template))


# --- what the code says ---------------------------------------------------------------------------------


def test_the_id_of_a_message_is_written_where_it_is_made():
    assert [made.where for made, _ in all_made() if "?" in made.id] == []


def test_every_message_has_an_english_sentence():
    assert {f"{made.where} {name}" for made, name in all_made() if name not in ENGLISH} == set()


def test_every_message_brings_the_values_that_its_sentence_needs():
    assert {
        f"{made.where} {name}: {place}"
        for made, name in all_made()
        if made.whole
        for template in ENGLISH.get(name, ())
        for place in needed(template) - made.values
    } == set()


def test_every_value_that_is_said_by_its_name_has_an_english_sentence():
    named = {f"{kind.__name__.lower()}.{each.value}".replace(" ", "-") for kind in NAMED for each in kind}
    assert {name for name in named if name not in ENGLISH} == set()


def test_no_sentence_is_left_over():
    said = {name for _, name in all_made()}
    said |= {text for _, tree in modules(".") for text in texts_in(tree)}
    said |= {f"{kind.__name__.lower()}.{each.value}".replace(" ", "-") for kind in NAMED for each in kind}
    said |= {
        f"count.{noun}"
        for texts in ENGLISH.values()
        for text in texts
        for noun in re.findall(r"[:.](\w+)", text)
    }
    assert {name for name in ENGLISH if name not in said} == set()


def test_a_family_is_used():
    assert {made.id for made in (*messages_made(), *templates_made()) if "{}" in made.id} == set(FAMILIES)


# --- one language beside another ---------------------------------------------------------------------


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_asks_for_no_value_that_its_english_does_not_have(language: str, reader: str):
    english = english_of("clinician")
    foreign: set[str] = set()
    for entry in all_entries(language, reader):
        if entry.context is None or "." not in entry.context:
            original = (*english.get(entry.key, ()), *entry.original(ENGLISH))
            places = frozenset[str]().union(*map(places_in_template, original)) | {"n"}
            foreign |= {
                f"{entry.key}: {name}" for text in entry.texts for name in places_in_template(text) - places
            }
    assert foreign == set()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != ORIGINAL])
def test_what_has_plural_forms_in_english_has_all_forms_of_the_language(language: str, reader: str):
    forms = int(LANGUAGES[language].plural_forms.partition("=")[2].partition(";")[0])
    for entry in all_entries(language, reader):
        if entry.context is None or "." not in entry.context:
            counted = len(entry.original(ENGLISH)) > 1
            assert len(entry.texts) == (forms if counted else 1), entry.key


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_of_a_text_that_has_changed(language: str, reader: str):
    assert [f"{entry.file}: {entry.key}" for entry in stale_entries(language, reader)] == []


@pytest.mark.parametrize("room", ["alerts", "session", "regimen", "problems", "lists", "diaries"])
def test_a_room_is_said_in_every_language(room: str):
    for language in LANGUAGES:
        keys = {entry.key for entry in all_entries(language, "clinician") if entry.file.stem == room}
        assert {e.key for e in all_entries(ORIGINAL, "clinician") if e.file.stem == room} - keys == set()


def test_an_identifier_is_said_as_its_rule_names_it():
    english = {entry.key: entry.texts[0] for entry in all_entries(ORIGINAL, "clinician")}
    assert {name: english[f"identifier.{name}"] for name in IDENTIFIERS} == IDENTIFIERS
