"""The pictures of README and docs are well-formed, show what the program shows, and have a place in a page."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from docs.build.pictures import NUMBERS, count_cohort, pictures

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "shows"), [("visit", "numbness"), ("timeline", "amitriptyline"), ("cohort", "15 patients")]
)
def test_a_picture_is_well_formed_has_a_title_and_needs_nothing_from_outside(name, shows):
    drawn = pictures()[f"pictures/{name}.svg"]
    root = ElementTree.fromstring(drawn)
    assert root.find("{http://www.w3.org/2000/svg}title").text
    assert shows in "".join(root.itertext())
    assert len(drawn.encode()) < 100_000
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not {"script", "image", "link", "img"} & tags
    assert all(element.get("href", "#").startswith("#") for element in root.iter())


def test_the_numbers_of_the_cohort_are_those_the_engine_counts():
    assert json.loads(NUMBERS.read_text(encoding="utf-8")) == count_cohort(), "write them with: make docs"


def test_readme_and_docs_open_with_pictures():
    for page in (ROOT / "README.md", ROOT / "docs" / "index.md"):
        shown = page.read_text(encoding="utf-8")
        assert all(f"pictures/{name}.svg" in shown for name in ("visit", "timeline", "cohort"))
    assert "../pictures/cohort.svg" in (ROOT / "docs" / "reference" / "cohort.md").read_text(encoding="utf-8")
