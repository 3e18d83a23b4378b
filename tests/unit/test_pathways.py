"""The shipped pathways: complete, sourced, and what the issue of phased care asks of them."""

from __future__ import annotations

import pytest

from assuage.errors import InputError
from assuage.pathways import registry
from assuage.pathways.actions import Perform, Start
from assuage.pathways.facts import FACTS
from assuage.pathways.guideline import EULAR
from assuage.report import pathway_text
from assuage.terms.sources import OURS, Source
from assuage.terms.therapies import MECHANICAL
from assuage.words.speak import describe

NECK_FIRST = registry.pathway("neck-first")
PATHWAYS = [registry.pathway(name) for name in registry.PATHWAY_IDS]
everywhere = pytest.mark.parametrize("pathway", PATHWAYS, ids=registry.PATHWAY_IDS)


def test_neck_first_has_its_four_phases_in_order():
    assert [phase.id for phase in NECK_FIRST.phases] == ["settle", "quieten", "move", "keep"]


def test_neck_first_says_first_that_it_mirrors_one_case_report():
    assert pathway_text.markdown(NECK_FIRST).startswith("> This pathway mirrors one published case report.")


def test_neck_first_gives_the_regimen_of_the_report_with_its_doses():
    given = {
        one.action.drug.id: [(dose.amount, dose.unit) for dose in one.action.doses]
        for one in NECK_FIRST.recommendations()
        if isinstance(one.action, Start)
    }
    assert given == {
        "amitriptyline": [(5, "mg")],
        "tizanidine": [(2, "mg"), (4, "mg")],
        "silexan": [(80, "mg"), (80, "mg")],
        "creatine": [(5, "g")],
        "vitamin_d3": [(50, "mcg")],
    }


def test_neck_first_gives_mesotherapy_weekly_up_to_eight_times():
    action = next(one.action for one in NECK_FIRST.recommendations() if one.id == "weekly-mesotherapy")
    assert isinstance(action, Perform)
    assert (action.every.days, action.times) == (7, 8)


def test_neck_first_restricts_high_force_manual_work_only():
    assert [one.therapy for one in NECK_FIRST.restrictions] == [MECHANICAL]
    assert MECHANICAL.members == {"mechanical_therapy", "deep_tissue_massage", "spinal_manipulation"}


def test_the_second_pathway_begins_with_education_and_exercise():
    first = registry.pathway("eular-2017").phases[0]
    assert [one.id for one in first.recommend] == ["education", "graded-exercise"]


@everywhere
def test_every_criterion_has_a_reason_and_a_source(pathway):
    for criterion in pathway.criteria():
        assert criterion.because
        assert criterion.source


@everywhere
def test_no_cut_off_of_a_pathway_is_without_an_owner(pathway):
    """Our own are marked; a publication is named only where it states the number."""
    owners = {basis for criterion in pathway.criteria() for basis in criterion.number_bases}
    assert OURS in owners
    assert all(isinstance(owner, Source) for owner in owners - {OURS})


@everywhere
def test_every_recommendation_carries_what_the_guideline_says_and_who_acts(pathway):
    for one in pathway.recommendations():
        assert one.advice in EULAR.values()
        assert one.by.value in {"physician", "physiotherapist", "psychologist", "patient"}


def test_every_treatment_of_neck_first_names_its_mechanism_with_evidence_for_and_against():
    for one in NECK_FIRST.recommendations():
        if one.id.startswith("refer") or one.id == "stop-tizanidine":
            continue
        assert one.claim is not None, one.id
        assert one.claim.evidence_for, one.id
        assert one.claim.evidence_against, one.id


def test_our_doubts_about_the_case_are_all_in_the_product():
    assert [fact.id for fact in NECK_FIRST.doubts] == [name for name in FACTS if name.startswith("DX")]


def test_advice_from_memory_says_so():
    assert describe(EULAR["GR_MASSAGE"]) == "weak against (from memory: check against a current text)"
    assert describe(EULAR["GR_EXERCISE"]) == "strong for"
    assert describe(EULAR["GR_MESO"]) == "not addressed"


@everywhere
def test_the_diagram_has_every_phase_and_every_way(pathway):
    drawn = pathway_text.mermaid(pathway)
    for phase in pathway.phases:
        assert f"    {phase.id}: " in drawn
    ways = len(pathway.phases) + sum(len(phase.fall_back) for phase in pathway.phases)
    assert drawn.count("-->") == ways


@everywhere
def test_the_plain_form_names_everything_by_id(pathway):
    plain = pathway_text.pathway_to_json(pathway)
    ids = {one["id"] for one in plain["criteria"]}
    for phase in plain["phases"]:
        for each in phase["gates"]:
            assert set(each["criteria"]) <= ids


def test_an_unknown_pathway_names_the_nearest():
    with pytest.raises(InputError, match='did you mean "neck-first"'):
        registry.pathway("neck-frist")


def test_another_version_than_the_shipped_is_refused():
    assert registry.pathway("neck-first@1") is NECK_FIRST
    with pytest.raises(InputError, match="shipped as version 1, not 2"):
        registry.pathway("neck-first@2")
