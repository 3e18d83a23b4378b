"""What the ids of the output mean, so that the output can be read without the pathway and the formulary."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from assuage.catalogue.message import Message, Wording, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.pathways.actions import Extend
from assuage.pathways.model import Pathway
from assuage.safety.formulary import (
    BURDEN_RULES,
    CONDITION_RULES,
    INTERACTIONS,
    MIXING_RULES,
    MONITORING_RULES,
    SUBSTANCES,
    party_wording,
    wording_of,
)
from assuage.safety.questions import TOPICS, topic_title
from assuage.safety.reacted import REACTION, RELATIVE
from assuage.safety.rules import row_text
from assuage.terms.conditions import CONDITIONS
from assuage.terms.red_flags import RED_FLAGS
from assuage.words.speak import ENGLISH

Title = Message | Wording
# Why two pathways differ where no criterion says it, and how that is said.
DECISION = "a decision"
OTHER_START = "the pathways begin in other phases"
NO_SUCH_PHASE = "the other pathway has no such phase"
OTHER_MOVE = "the other pathway moved elsewhere that day"
APART = {
    DECISION: message("cohort.apart-decision"),
    OTHER_START: message("cohort.apart-start"),
    NO_SUCH_PHASE: message("cohort.apart-no-phase"),
    OTHER_MOVE: message("cohort.apart-elsewhere"),
}


def titles_of(pathway: Pathway) -> dict[str, str]:
    """A title in English for every id of the tables and of a pathway."""
    return dict(said_titles(pathway, ENGLISH))


def said_titles(pathway: Pathway | None, speaking: Catalogue) -> dict[str, Sentence]:
    """The same titles in the language of a catalogue; without a pathway those of the tables."""
    titles = {**_of_tables()} | ({} if pathway is None else _of_pathway(pathway))
    worded = {key: speaking.value(title).capitalised() for key, title in titles.items()}
    return worded | {key: _first_sentence(worded[key]) for key in BURDEN_RULES}


def _first_sentence(text: Sentence) -> Sentence:
    """What stands before the first full stop: a rule of a burden says more than its title."""
    return text.first(len(text.partition(". ")[0]))


def _of_pathway(pathway: Pathway) -> dict[str, Title]:
    titles: dict[str, Title] = {criterion.id: criterion.wording for criterion in pathway.criteria()}
    titles |= {gate.id: gate.wording for gate in pathway.gates()}
    for restriction in pathway.restrictions:
        therapy = restriction.therapy
        titles[restriction.id] = message("cohort.leave", therapy=therapy)
        titles[f"breach-{restriction.id}"] = message("cohort.while-restricted", therapy=therapy)
    for phase in pathway.phases:
        if phase.limit:
            titles[phase.limit.id] = message("cohort.limit", phase=phase, n=phase.limit.weeks)
        for advice in phase.recommend:
            if isinstance(advice.action, Extend):
                titles[f"unchecked-{advice.id}"] = message(
                    "cohort.extended-unchecked", therapy=advice.action.therapy, site=advice.action.to
                )
    return titles


@cache
def _of_tables() -> Mapping[str, Title]:
    titles = {flag.id: flag.wording for flag in RED_FLAGS.values()} | _rules() | _questions()
    return MappingProxyType(titles)


def _rules() -> dict[str, Title]:
    titles: dict[str, Title] = {}
    for row in INTERACTIONS:
        first, second, *more = map(party_wording, row.parties)
        titles[row.id] = message("cohort.pair", first=first, second=second, third=more[0] if more else None)
    for row in CONDITION_RULES:
        target = party_wording(row.target)
        titles[row.id] = message("cohort.rule", about=CONDITIONS[row.condition], what=target)
    for row in MONITORING_RULES:
        titles[row.id] = message("cohort.rule", about=party_wording(row.target), what=row_text(row, "test"))
    titles |= {key: row_text(row, "rule") for key, row in BURDEN_RULES.items()}
    return titles | {
        row.id: message("cohort.not-in-one-syringe", combination=row_text(row, "combination"))
        for row in MIXING_RULES
    }


def _questions() -> dict[str, Title]:
    titles: dict[str, Title] = {
        f"ask-{key}": message("cohort.not-recorded", what=condition) for key, condition in CONDITIONS.items()
    }
    for topic in TOPICS:
        titles[f"ask-{topic[0]}"] = message("cohort.not-asked", what=topic_title(topic))
    titles |= {f"allergy-{key}": message("cohort.allergy", drug=wording_of(key)) for key in SUBSTANCES}
    return titles | {
        REACTION: message("cohort.reaction"),
        RELATIVE: message("cohort.reaction-relative"),
        "ask-contraindications": message("cohort.ask-contraindications"),
        "dose-unrecorded": message("cohort.dose-unrecorded"),
        "dose-unit": message("cohort.dose-unit"),
        "not-checked": message("cohort.not-checked"),
        "no-rule": message("cohort.no-rule"),
        "which-drug": message("cohort.which-drug"),
        "same-substance": message("cohort.same-substance"),
        "misspelt": message("cohort.misspelt"),
        "contradicted": message("cohort.contradicted"),
    }
