"""Drugs beside a proposal: members of remembered classes, a relative that was stopped, the same by another route."""

from __future__ import annotations

import pytest

from tests.documented import Plain
from tests.unit.test_named_in_passing import AMITRIPTYLINE, NEEDLE, state_of


def taken(drug: str, **more: object) -> Plain:
    return {"kind": "medication", "drug": drug, "do": "start", **more}


@pytest.mark.parametrize(
    ("example", "drug", "state"),
    [
        (NEEDLE, "kraują skystinantys vaistai", "ask"),
        (NEEDLE, "kraujo skystikliai", "ask"),
        (NEEDLE, "blood thinner", "ask"),
        (NEEDLE, "Blutverdünner", "ask"),
        (NEEDLE, "dapsone", "now"),
        (AMITRIPTYLINE, "Kisqali", "ask"),
        (AMITRIPTYLINE, "ribociclib", "ask"),
        (AMITRIPTYLINE, "Xenazine", "ask"),
        (AMITRIPTYLINE, "tetrabenazine", "ask"),
        (AMITRIPTYLINE, "deutetrabenazine", "ask"),
        (AMITRIPTYLINE, "Wakix", "ask"),
        (AMITRIPTYLINE, "pitolisant", "ask"),
        (AMITRIPTYLINE, "5-HTP", "ask"),
        (AMITRIPTYLINE, "SAMe", "ask"),
        (AMITRIPTYLINE, "S-adenosylmethionine", "ask"),
        (AMITRIPTYLINE, "ademetionine", "ask"),
        (AMITRIPTYLINE, "Heptral", "ask"),
        (AMITRIPTYLINE, "DXM", "ask"),
        (AMITRIPTYLINE, "dextromethorphan", "ask"),
        (AMITRIPTYLINE, "Robitussin DM", "ask"),
        (AMITRIPTYLINE, "L-tryptophan", "ask"),
        (AMITRIPTYLINE, "vandetanib", "ask"),
        (AMITRIPTYLINE, "nilotinib", "ask"),
        (AMITRIPTYLINE, "osimertinib", "ask"),
        (AMITRIPTYLINE, "Tagrisso", "ask"),
        (AMITRIPTYLINE, "arsenic trioxide", "ask"),
        (AMITRIPTYLINE, "pimozide", "ask"),
        (AMITRIPTYLINE, "dronedarone", "ask"),
        (AMITRIPTYLINE, "Multaq", "ask"),
        (AMITRIPTYLINE, "hydroxychloroquine", "ask"),
        (AMITRIPTYLINE, "Plaquenil", "ask"),
        (AMITRIPTYLINE, "citalopram", "ask"),
        (AMITRIPTYLINE, "domperidone", "ask"),
        (AMITRIPTYLINE, "Motilium", "ask"),
        (AMITRIPTYLINE, "ondansetron", "ask"),
        (AMITRIPTYLINE, "methadone", "ask"),
        (AMITRIPTYLINE, "fingolimod", "ask"),
        (AMITRIPTYLINE, "cobicistat", "now"),
        (AMITRIPTYLINE, "terbinafine", "ask"),
        (AMITRIPTYLINE, "Lamisil", "ask"),
        (AMITRIPTYLINE, "mirabegron", "now"),
        (AMITRIPTYLINE, "Auvelity", "ask"),
        (AMITRIPTYLINE, "Nuedexta", "ask"),
        (AMITRIPTYLINE, "solriamfetol", "now"),
        (NEEDLE, "Ketonal", "ask"),
        (NEEDLE, "ketoprofen gel", "ask"),
        (NEEDLE, "Fastum", "ask"),
        (NEEDLE, "Fastum gel", "ask"),
        (NEEDLE, "Dexketoprofen", "ask"),
        (NEEDLE, "Dolmen", "ask"),
        (NEEDLE, "Enantyum", "ask"),
        (NEEDLE, "lidocaine plaster", "ask"),
        (NEEDLE, "Versatis", "ask"),
        (NEEDLE, "Emla", "ask"),
        (NEEDLE, "mexiletine", "ask"),
        (NEEDLE, "flecainide", "ask"),
        (AMITRIPTYLINE, "Madopar", "now"),
        (NEEDLE, "isotretinoin", "ask"),
        (NEEDLE, "Roaccutane", "ask"),
        (NEEDLE, "acitretin", "ask"),
        (NEEDLE, "tretinoin cream", "now"),
        (NEEDLE, "lidocaine gel", "ask"),
        (NEEDLE, "sulodexide", "ask"),
        (NEEDLE, "Vessel Due F", "ask"),
        (NEEDLE, "Trombopol", "ask"),
        (NEEDLE, "meldonium", "now"),
        (AMITRIPTYLINE, "phenibut", "ask"),
        (AMITRIPTYLINE, "fenibutas", "ask"),
        (AMITRIPTYLINE, "chloropyramine", "ask"),
        (AMITRIPTYLINE, "Suprastin", "ask"),
        (AMITRIPTYLINE, "korvalolis", "ask"),
        (AMITRIPTYLINE, "Novo-Passit", "ask"),
        (AMITRIPTYLINE, "pirlindole", "ask"),
        (AMITRIPTYLINE, "Promedol", "ask"),
        (AMITRIPTYLINE, "meldonium", "now"),
        (AMITRIPTYLINE, "milk thistle", "now"),
    ],
)
def test_a_drug_that_is_taken_is_asked_about_where_it_matters(
    example: tuple[str, str], drug: str, state: str
):
    assert state_of(example, taken(drug)) == state


@pytest.mark.parametrize("route", ["oral", "topical"])
@pytest.mark.parametrize("drug", ["ketoprofen", "Ketonal"])
def test_what_the_needle_gives_is_asked_about_where_it_is_taken_by_another_route(drug: str, route: str):
    assert state_of(NEEDLE, taken(drug, route=route)) == "ask"


@pytest.mark.parametrize(
    ("example", "drug", "because", "state"),
    [
        (AMITRIPTYLINE, "nortriptyline", "QT prolongation", "ask"),
        (AMITRIPTYLINE, "nortriptyline", "urinary retention", "ask"),
        (AMITRIPTYLINE, "imipramine", "arrhythmia", "ask"),
        (AMITRIPTYLINE, "nortriptyline", "no effect, switched to sertraline", "now"),
        (AMITRIPTYLINE, "nortriptyline", "nepadėjo", "now"),
        (AMITRIPTYLINE, "nortriptyline", "no effect and palpitations", "ask"),
        (AMITRIPTYLINE, "nortriptyline", "not needed any more", "now"),
        (AMITRIPTYLINE, "clomipramine", "delirium", "ask"),
        (AMITRIPTYLINE, "amitriptyline", "constipation", "ask"),
        (AMITRIPTYLINE, "tricyclic", "tachycardia", "ask"),
        (NEEDLE, "ibuprofen", "stomach bleeding", "ask"),
        (NEEDLE, "diclofenac", "rash", "ask"),
        (NEEDLE, "dexketoprofen", "wheeze", "ask"),
        (NEEDLE, "articaine", "collapse", "ask"),
        (NEEDLE, "ibuprofen", "pain gone", "now"),
        (NEEDLE, "isotretinoin", "acne gone", "ask"),
    ],
)
def test_why_a_relative_was_stopped_is_asked_about(
    example: tuple[str, str], drug: str, because: str, state: str
):
    entry = {"kind": "medication", "drug": drug, "do": "stop", "day": -30, "because": because}
    assert state_of(example, entry) == state


def test_a_relative_that_was_taken_up_again_is_asked_about_as_what_is_taken():
    stop = {"kind": "medication", "drug": "nortriptyline", "do": "stop", "day": -30, "because": "dry mouth"}
    again = taken("nortriptyline", day=-20)
    gone = {"kind": "medication", "drug": "nortriptyline", "do": "stop", "day": -9, "because": "not needed"}
    assert state_of(AMITRIPTYLINE, stop, again, gone) == "now"
