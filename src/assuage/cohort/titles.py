"""What the ids of the output mean, so that the output can be read without the pathway and the formulary."""

from __future__ import annotations

from assuage.pathways.actions import Extend
from assuage.pathways.model import Pathway
from assuage.safety.formulary import (
    BURDEN_RULES,
    CONDITION_RULES,
    INTERACTIONS,
    MIXING_RULES,
    MONITORING_RULES,
    SUBSTANCES,
    name_of,
    party_title,
)
from assuage.safety.questions import TOPICS
from assuage.terms.conditions import CONDITIONS
from assuage.terms.red_flags import RED_FLAGS


def titles_of(pathway: Pathway) -> dict[str, str]:
    """A title for every id of the tables."""
    titles = {flag.id: flag.title for flag in RED_FLAGS.values()} | _rules() | _questions()
    titles |= {criterion.id: criterion.title for criterion in pathway.criteria()}
    titles |= {gate.id: gate.title for gate in pathway.gates()}
    for restriction in pathway.restrictions:
        titles[restriction.id] = f"Leave {restriction.therapy.title} alone"
        titles[f"breach-{restriction.id}"] = f"{restriction.therapy.title} while restricted"
    for phase in pathway.phases:
        if phase.limit:
            titles[phase.limit.id] = f"{phase.title}: {phase.limit.weeks} weeks or more"
        for advice in phase.recommend:
            if isinstance(advice.action, Extend):
                site = advice.action.to.title
                titles[f"unchecked-{advice.id}"] = f"{advice.action.therapy.title} at the {site}, unchecked"
    return {key: title[:1].upper() + title[1:] for key, title in titles.items()}


def _rules() -> dict[str, str]:
    titles = {row.id: f"{' with '.join(party_title(party) for party in row.parties)}" for row in INTERACTIONS}
    for row in CONDITION_RULES:
        titles[row.id] = f"{CONDITIONS[row.condition].title}: {party_title(row.target)}"
    titles |= {row.id: f"{party_title(row.target)}: {row.test}" for row in MONITORING_RULES}
    titles |= {key: row.rule.partition(".")[0] for key, row in BURDEN_RULES.items()}
    return titles | {row.id: f"Not in one syringe: {row.combination}" for row in MIXING_RULES}


def _questions() -> dict[str, str]:
    titles = {f"ask-{key}": f"Not recorded: {condition.title}" for key, condition in CONDITIONS.items()}
    titles |= {f"ask-{key}": f"Not recorded: {words[:1].upper()}{words[1:]}" for key, words, _ in TOPICS}
    titles |= {f"allergy-{key}": f"Given in spite of an allergy: {name_of(key)}" for key in SUBSTANCES}
    return titles | {
        "ask-contraindications": "Not recorded, and could forbid something that is taken",
        "dose-unrecorded": "A dose is not recorded, so no ceiling was checked",
        "dose-unit": "A dose cannot be compared with its ceiling",
        "not-checked": "Something is taken whose name nothing reads",
        "no-rule": "Something is taken that no rule speaks of",
        "which-drug": "A class is taken, and which of its drugs is not recorded",
        "same-substance": "One substance is taken under more than one name",
        "misspelt": "A misspelt name was read as what was meant",
    }
