"""Whose word it is that a drug is one of those a rule speaks of: said beside the reason, where nobody read it."""

from __future__ import annotations

import pytest

from assuage.cli import main
from assuage.safety.check import check
from assuage.safety.formulary import (
    CONDITION_RULES,
    INTERACTIONS,
    MEMBERS_FROM_MEMORY,
    members,
    membership_status,
    unread_members,
)
from assuage.safety.rules import drug, member_of
from assuage.safety.situation import Situation, line
from assuage.terms.sources import Status
from assuage.words.speak import catalogue

OURS, MEMORY = "is our inference, read in no source", "is from memory: check against a current label"


def why(rule, *drugs, language="en"):
    alert = next(each for each in check(Situation(tuple(map(line, drugs)))) if each.id == rule)
    return catalogue(language).value(alert.because)


def test_a_membership_that_nobody_read_is_said_beside_the_reason():
    assert f"the rule's class holds theophylline {MEMORY}" in why(
        "DI_THE_1A2", "theophylline", "ciprofloxacin"
    )
    assert f"the rule's class holds nortriptyline, sertraline {OURS}" in why(
        "DI_SER_LI", "lithium", "nortriptyline", "sertraline"
    )


def test_nothing_is_said_of_one_that_was_read():
    assert "the rule's class" not in why("DI_OPI_SED", "oxycodone", "alprazolam")


@pytest.mark.parametrize(
    ("substance", "party", "status"),
    [
        ("clomipramine", member_of("tca"), Status.SEEN),
        ("clomipramine", member_of("seizure_threshold_lowering"), Status.POLICY),
        ("dosulepin", member_of("tca"), Status.MEMORY),
        ("theophylline", member_of("theophylline_class"), Status.MEMORY),
        ("sumatriptan", member_of("triptan_class"), Status.SEEN),
        ("amitriptyline", drug("amitriptyline"), Status.SEEN),
        ("sotalol", member_of("qt_known"), Status.POLICY),
        ("benzodiazepine", member_of("benzodiazepine_receptor_agonist"), Status.SEEN),
    ],
)
def test_a_membership_is_as_good_as_the_best_that_says_so(substance, party, status):
    assert membership_status(substance, party) is status


def test_every_membership_that_nobody_read_is_told_unless_the_rule_or_the_name_already_says_so():
    told = {(rule.id, each) for rule, parties in _rules() for each in _told(rule, parties)}
    unread = {
        (rule.id, substance)
        for rule, parties in _rules()
        if rule.status is not Status.MEMORY
        for substance in _met(parties)
        if all(
            membership_status(substance, party) is Status.MEMORY
            for party in parties
            if substance in members(party)
        )
    }
    assert unread <= told
    assert len(unread) > 20


def _rules():
    yield from ((rule, rule.parties) for rule in INTERACTIONS)
    yield from ((rule, (rule.target,)) for rule in CONDITION_RULES)


def _met(parties):
    return {each for party in parties for each in members(party)} - MEMBERS_FROM_MEMORY


def _told(rule, parties):
    return {each for _, drugs in unread_members(rule, tuple(sorted(_met(parties)))) for each in drugs}


def test_a_question_says_it_where_no_rule_that_it_would_decide_was_read_of_that_drug():
    (note,) = (alert for alert in check(Situation((line("carvedilol"),))) if alert.id == "ask-asthma")
    assert MEMORY in catalogue("en").value(note.because)
    (note,) = (alert for alert in check(Situation((line("piroxicam"),))) if alert.id == "ask-peptic_ulcer")
    assert MEMORY not in catalogue("en").value(note.because)
    (note,) = (alert for alert in check(Situation((line("naproxen"),))) if alert.id == "ask-peptic_ulcer")
    assert MEMORY not in catalogue("en").value(note.because)


def test_it_is_said_in_lithuanian_too():
    said = why("DI_THE_1A2", "theophylline", "ciprofloxacin", language="lt")
    assert "kad taisyklės grupei priklauso teofilinas (theophylline), – iš atminties" in said


def test_the_command_says_it_as_text_and_as_json(capsys):
    for form in ((), ("--json",)):
        main(["check-regimen", "theophylline, ciprofloxacin", *form])
        assert "the rule's class" in " ".join(capsys.readouterr().out.split())


def test_a_sum_says_which_of_its_numbers_are_those_of_a_typical_member():
    said = why("BR_SED", "alprazolam", "oxycodone")
    assert (
        "for alprazolam, oxycodone the number is that of a typical member of the class, which is ours" in said
    )
