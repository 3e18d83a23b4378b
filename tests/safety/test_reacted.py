"""What is taken in spite of a grave or allergic reaction: it stands while it is taken, and the gravest stands first."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.cohort import review_cohort
from assuage.pathways.registry import pathway
from assuage.record.read import parse_record
from assuage.record.table import to_frame
from assuage.record.timeline import Timeline
from assuage.review.make import review
from assuage.review.visit import visit_page
from assuage.safety.reacted import is_grave, tells_of_reaction
from assuage.safety.reactions import may_tell_of_reaction
from assuage.words.speak import ENGLISH

Plain = dict[str, object]
NECK_FIRST = pathway("neck-first")
SEVERE: dict[str, Any] = {"severity": "severe", "reaction": "anaphylaxis"}


def allergy(substance: str, day: int = 0, **more: object) -> Plain:
    return {"day": day, "kind": "allergy", "substance": substance, **more}


def found(what: str, day: int = 0, state: str = "present") -> Plain:
    return {"day": day, "kind": "finding", "what": what, "state": state}


def starts(drug: str, day: int = 5) -> Plain:
    return {"day": day, "kind": "medication", "drug": drug, "do": "start"}


def event(what: str, drug: str, day: int = 6, **more: object) -> Plain:
    return {"day": day, "kind": "adverse_event", "what": what, "suspected": [drug], **more}


def record(*entries: Plain, name: str = "a"):
    return parse_record(
        {
            "format": "assuage-record/2",
            "patient": {"id": name, "age": 50, "sex": "female"},
            "pathway": "neck-first",
            "entries": list(entries),
        }
    )


STOPS, ASKS = "stop", "ask"
CASES: tuple[tuple[list[Plain], str, str | None], ...] = (
    ([allergy("pregabalin", **SEVERE), starts("pregabalin")], "allergy-pregabalin", STOPS),
    ([starts("pregabalin"), allergy("Lyrica", 9, **SEVERE)], "allergy-pregabalin", STOPS),
    ([starts("pregabalin"), event("anaphylaxis", "pregabalin")], "reaction", STOPS),
    ([starts("pregabalin"), event("Stevens-Johnson syndrome", "pregabalin")], "reaction", STOPS),
    ([starts("pregabalin"), event("intolerance", "pregabalin", grade=4)], "reaction", STOPS),
    ([starts("pregabalin"), event("dry mouth", "pregabalin")], "reaction", None),
    ([starts("pregabalin"), event("rash", "pregabalin")], "reaction-relative", ASKS),
    ([allergy("pregabalin", certainty="suspected", **SEVERE), starts("pregabalin")], "reaction-relative", ASKS),
    ([allergy("amoxicillin", **SEVERE), starts("amoxicillin")], "allergy-amoxicillin", STOPS),
    ([allergy("penicillin", **SEVERE), starts("amoxicillin")], "reaction", STOPS),
    ([found("angioedema with enalapril"), starts("lisinopril")], "reaction", STOPS),
    ([allergy("ACE inhibitors", **SEVERE), starts("ramipril")], "reaction", STOPS),
    ([allergy("opioids", **SEVERE), starts("tramadol")], "reaction-relative", ASKS),
    ([found("DRESS with carbamazepine 2018"), starts("oxcarbazepine")], "reaction-relative", ASKS),
    ([allergy("Novalgin", reaction="agranulocytosis"), starts("Spasmalgon")], "allergy-metamizole", ASKS),
    ([found("DRESS with carbamazepine 2018"), starts("paracetamol")], "reaction-relative", None),
    ([allergy("Zzyrtol forte", **SEVERE), starts("Zzyrtol forte")], "reaction", STOPS),
    ([allergy("ibuprofen", **SEVERE), starts("naproxen")], "reaction", None),  # a rule of a condition stops it
    (
        [allergy("pregabalin", **SEVERE), allergy("pregabalin", 3, certainty="refuted"), starts("pregabalin")],
        "allergy-pregabalin",
        None,
    ),
    ([starts("pregabalin"), event("anaphylaxis", "pregabalin"),
      {"day": 9, "kind": "medication", "drug": "pregabalin", "do": "stop"}], "reaction", None),
)  # fmt: skip


@pytest.mark.parametrize(("entries", "key", "tier"), CASES)
def test_a_reaction_to_what_is_taken_stands_while_it_is_taken(
    entries: list[Plain], key: str, tier: str | None
):
    found_tiers = [alert.tier for alert in review(record(*entries), NECK_FIRST, 40).alerts if alert.id == key]
    assert found_tiers == ([] if tier is None else [tier])


def test_a_cohort_raises_the_same(tmp_path):
    people = [record(*entries, name=f"p{at:02}") for at, (entries, _, _) in enumerate(CASES)]
    to_frame(people).write_parquet(tmp_path / "in.parquet")
    review_cohort(tmp_path / "in.parquet", NECK_FIRST, tmp_path / "out", on=40)
    cohort = pl.read_parquet(tmp_path / "out" / "state.parquet")["alerts"].to_list()
    assert cohort == [sorted({alert.id for alert in review(each, NECK_FIRST, 40).alerts}) for each in people]


def first_reason(*entries: Plain, start: str = "start-amitriptyline") -> str:
    shown = review(record(*entries), NECK_FIRST, 10)
    (withheld,) = (each for each in shown.withheld if each.recommendation.id == start)
    return ENGLISH.say(withheld.reasons[0])


REFUSED: Plain = {"day": 0, "kind": "consent", "for": "drugs", "state": "refused", "by": "patient"}
ANAPHYLAXIS = found("anaphylactic shock after amitriptyline 2015")


@pytest.mark.parametrize(
    "entries",
    [
        [REFUSED, ANAPHYLAXIS],
        [event("dry mouth", "amitriptyline", 0), ANAPHYLAXIS],
        [starts("phenelzine", 0), ANAPHYLAXIS],
        [found("myocardial infarction within 6 months"), ANAPHYLAXIS],
    ],
)
def test_the_gravest_reason_against_a_drug_stands_first(entries: list[Plain]):
    assert "amitriptyline" in first_reason(*entries)


def test_a_grave_reaction_stands_before_what_else_stops():
    entries = [starts("phenelzine", 0), starts("tramadol", 0), starts("pregabalin", 0)]
    page = visit_page(review(record(*entries, event("anaphylaxis", "pregabalin", 1)), NECK_FIRST, 10))
    assert page.stops[0].id == "reaction"


@pytest.mark.parametrize(
    ("words", "grave"),
    [
        ("anaphylactic shock", True),
        ("swelling of the tongue", True),
        ("Quincke-Ödem", True),
        ("anafilaksinis šokas", True),
        ("liežuvio tinimas", True),
        ("DRESS syndrome", True),
        ("allergischer Schock", True),
        ("dry mouth", False),
        ("shopping", False),
        ("nausea on ten mg", False),
        ("too sleepy to dress herself", False),
        ("electric shocks in the head", False),
        ("shock-like feelings", False),
        ("elektros šokas galvoje", False),
        ("liežuvio deginimas", False),
        ("often tired", False),
        ("address", False),
        ("Übelkeit", False),
    ],
)
def test_which_reactions_are_grave(words: str, grave: bool):
    assert is_grave(words) is grave


@pytest.mark.parametrize(
    ("told", "reacted"),
    [
        (found("la_allergy"), True),
        (found("la_allergy", state="abnormal"), True),
        (found("la_allergy", state="absent"), False),
        (found("allergy to xyz", state="absent"), False),
        (found("nsaid_hypersensitivity", state="absent"), False),
    ],
)
def test_that_nobody_is_allergic_is_no_reaction_that_a_cohort_must_look_up(told: Plain, reacted: bool):
    assert tells_of_reaction(Timeline(record(told))) is reacted


SAID_OF_DRUGS = (
    "pregabalin",
    "Lyrica",
    "NSAIDs",
    "penicilinas",
    "la",
    "zzyrtol",
    "feet",
    "12",
    ",",
    "and",
    "ir",
    "no",
)
SAID_OF_REACTIONS = (
    "allergy to", "allergic", "allergie gegen", "-Allergie", "alergija", "padidėjęs jautrumas",
    "reacts allergically to",
    "hypersensitivity", "hyper_sensitivity", "unverträglich", "did not tolerate", "couldn't take", "rash",
    "side-effect",
    "anaphylaxis after", "netoleruoja", "intolerance to", "a l l e r g y",
)  # fmt: skip


@given(st.lists(st.sampled_from((*SAID_OF_DRUGS, *SAID_OF_REACTIONS)), min_size=1, max_size=5))
def test_words_that_could_tell_of_no_reaction_tell_of_none_whatever_drug_they_name(words: list[str]):
    felt = record({"day": 1, "kind": "symptom", "what": " ".join(words), "state": "present"})
    assert may_tell_of_reaction(" ".join(words)) or not tells_of_reaction(Timeline(felt))
