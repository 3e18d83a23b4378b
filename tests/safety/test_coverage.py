"""What no rule knows is said: in numbers for a regimen, by groups for the formulary."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from assuage.cli import main
from assuage.record.entries import Dose
from assuage.safety.check import check
from assuage.safety.coverage import pair_coverage
from assuage.safety.situation import RegimenLine, Situation
from docs.build.safety_coverage import GROUPS, OTHERS, group_of, page
from tests.safety.situations import regimens, taking


@given(regimens)
def test_a_pair_that_interacts_is_a_known_pair(taken: list[RegimenLine]):
    for line in taken:
        for other in taken:
            pair = Situation((line, other))
            if line.substance != other.substance and any(a.id.startswith("DI_") for a in check(pair)):
                assert pair_coverage(pair).known == 1


def test_a_regimen_says_how_many_of_its_pairs_are_known():
    coverage = pair_coverage(taking("duloxetine", "warfarin", "paracetamol", "metronidazole"))
    # Duloxetine, paracetamol and metronidazole each meet warfarin, and no two of them are known.
    assert (coverage.pairs, coverage.known, coverage.unknown) == (6, 3, 3)


def test_a_pair_that_was_found_not_to_interact_is_known():
    assert pair_coverage(taking("silexan", "tizanidine")).unknown == 0


def test_what_nothing_reads_is_in_no_known_pair():
    unread = RegimenLine(None, "zyxomab", (Dose(1, "mg"),))
    coverage = pair_coverage(Situation((unread, *taking("warfarin", "ibuprofen").regimen)))
    assert (coverage.pairs, coverage.known, coverage.unread) == (3, 1, ("zyxomab",))


def test_one_substance_on_two_lines_is_no_pair():
    assert pair_coverage(taking("ibuprofen", "ibuprofen")).pairs == 0


def test_the_command_says_what_it_does_not_know(capsys: pytest.CaptureFixture[str]):
    main(["check-regimen", "duloxetine 60 mg, paracetamol 1 g, warfarin 3 mg"])
    assert "2 of 3 pairs are known to a rule" in " ".join(capsys.readouterr().out.split())
    main(["check-regimen", "saline, warfarin 3 mg", "--json"])
    pairs = json.loads(capsys.readouterr().out)["pairs"]
    assert pairs == {"all": 1, "known": 0, "in_no_pair_rule": ["sodium_chloride_09"]}


def test_the_page_has_a_section_for_every_group_and_says_that_silence_is_not_safety():
    text = page()
    assert all(f"\n## {group[0].upper()}{group[1:]}\n" in text for group in (*GROUPS, OTHERS))
    assert "not a safe pair" in text


@pytest.mark.parametrize(
    ("substance", "group"),
    [("linezolid", "MAO inhibitors"), ("tramadol", "opioids"), ("methylene_blue", "MAO inhibitors"),
     ("alcohol", "sedatives and alcohol"), ("spironolactone", "diuretics"), ("omeprazole", "others")],
)  # fmt: skip
def test_a_substance_is_read_under_the_first_group_that_takes_it(substance: str, group: str):
    assert group_of(substance) == group
