"""What must be on the pages is there, and what must not be in the repository is not."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

import assuage
from assuage.cli import parser
from assuage.imports.map import DIARY, TOP
from assuage.imports.meanings import FIXED, OF_A_SPLIT, OF_EVERY, READ_CELLS
from assuage.instruments import CRITERIA, INSTRUMENTS
from assuage.pathways import registry
from assuage.record.entries import Patient, Record
from assuage.record.kinds import KINDS
from assuage.record.table import rows_of_record
from assuage.report.review_json import to_json
from assuage.review import review
from assuage.terms.red_flags import RED_FLAGS
from docs.build.__main__ import DOCS, stale
from docs.build.architecture import imports, layers
from docs.build.command_line import commands
from docs.build.diary_examples import EXAMPLES
from docs.build.diary_map import imported, keys_shown
from docs.build.pages import pages
from tests.docs.examples import ROOT
from tests.universe import PATIENTS


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def headings(name: str) -> list[str]:
    return re.findall(r"^#+ (.*)$", page(name), re.MULTILINE)


# --- generated pages ---------------------------------------------------------------------------------


def test_generated_pages_are_up_to_date():
    assert stale(DOCS, pages()) == [], "run: python -m docs.build"


def test_a_page_that_was_changed_or_is_left_over_is_stale(tmp_path: Path):
    (tmp_path / "pathways").mkdir()
    (tmp_path / "pathways/gone.md").write_text("old\n")
    (tmp_path / "same.md").write_text("same\n")
    (tmp_path / "changed.md").write_text("before\n")
    wanted = {"same.md": "same\n", "changed.md": "after\n", "missing.md": "new\n"}
    assert stale(tmp_path, wanted) == ["changed.md", "missing.md", "pathways/gone.md"]


# --- everything has its place -----------------------------------------------------------------------


def test_every_command_has_a_heading_and_a_word_of_help():
    named = headings("docs/reference/cli.md")
    for one in commands(parser()):
        assert one.prog in named
        assert len(one.prog.split()) > 2 or one.description, f"{one.prog} has no description"


def test_every_pathway_has_a_page_that_begins_with_its_notice():
    for name in registry.PATHWAY_IDS:
        text = page(f"docs/pathways/{name}.md")
        assert text.split("\n\n")[1].startswith(f"> {registry.pathway(name).notice}")
        assert name in page("README.md")


def test_every_instrument_and_every_set_of_criteria_has_a_heading():
    named = " ".join(headings("docs/clinical/instruments.md"))
    assert [one for one in (*INSTRUMENTS, *CRITERIA) if f"(`{one}`)" not in named] == []


def test_every_red_flag_has_a_row():
    named = page("docs/clinical/red-flags.md")
    assert [flag for flag in RED_FLAGS if f"| {flag} |" not in named] == []


def test_every_criterion_and_recommendation_stands_among_the_numbers():
    text = page("docs/clinical/numbers.md")
    for name in registry.PATHWAY_IDS:
        pathway = registry.pathway(name)
        ids = [one.id for one in pathway.criteria()]
        ids += [one.id for phase in pathway.phases for one in phase.recommend]
        ids += [phase.limit.id for phase in pathway.phases if phase.limit]
        assert [one for one in ids if f"| `{one}` |" not in text] == []


def test_every_key_of_a_diary_map_stands_in_an_example_that_is_imported():
    keys = {field.name for field in (*DIARY, *TOP, *OF_EVERY, *OF_A_SPLIT)}
    keys |= {name for names in FIXED.values() for name in names}
    keys |= {field.name for cells in READ_CELLS.values() for field in cells}
    assert sorted(keys - set().union(*(keys_shown(example) for example in EXAMPLES))) == []
    assert all(imported(example).records for example in EXAMPLES)


def test_every_page_is_in_the_navigation_and_every_page_of_it_exists():
    listed = set(re.findall(r"(\S+\.md)$", page("mkdocs.yml"), re.MULTILINE))
    there = {found.relative_to(DOCS).as_posix() for found in DOCS.rglob("*.md")}
    assert listed == there


def test_the_readme_lists_the_folders_in_the_order_of_the_import_contract():
    listed = re.findall(r"^    (\w+)/ +\S", page("README.md"), re.MULTILINE)
    assert listed == [layer for layer in layers() if (ROOT / "src/assuage" / layer).is_dir()]


def test_no_folder_imports_from_one_that_stands_below_it():
    order = layers()
    assert [
        (layer, used) for layer, uses in imports().items() for used in uses
        if order.index(used) > order.index(layer)
    ] == []  # fmt: skip


def test_the_picture_of_the_folders_says_in_words_what_it_shows():
    drawing = page("docs/architecture.svg").split("\n\n", 1)[1]
    described = ElementTree.fromstring(drawing).findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert all(f"{layer} imports from" in described for layer in layers())


def test_every_decision_is_listed():
    listed = page("docs/adr/README.md")
    for found in sorted((DOCS / "adr").glob("0*.md")):
        assert f"({found.name})" in listed
        assert headings(f"docs/adr/{found.name}")[1:] == ["Context", "Decision", "Consequences"]


# --- the review as JSON ---------------------------------------------------------------------------

# Maps whose keys are ids or items: the page names what stands under them, not the keys.
_BY_ID = ("criteria", "parts")
_FREE = ("answers", "reasons", "bands", "possible_bands")


def objects(value: object, name: str = "review") -> Iterator[tuple[str, set[str]]]:
    """Every object of a review: the name under which it stands, and its keys."""
    if isinstance(value, list):
        for one in value:
            yield from objects(one, f"{name}[]")
    elif isinstance(value, dict) and name in _BY_ID:
        for one in value.values():
            yield from objects(one, f"{name}.*")
    elif isinstance(value, dict) and name not in _FREE:
        yield name, set(value)
        for key, one in value.items():
            yield from objects(one, key)


def sections() -> dict[str, str]:
    """The sections of the page, by each name in code type in their headings."""
    parts = re.split(r"^## (.*)$", page("docs/reference/review-json.md"), flags=re.MULTILINE)
    found = zip(parts[1::2], parts[2::2], strict=True)
    return {name: text for heading, text in found for name in re.findall(r"`([^`]+)`", heading)}


@pytest.mark.parametrize("name", PATIENTS)
@pytest.mark.parametrize("pathway", registry.PATHWAY_IDS)
@pytest.mark.parametrize("day", [0, 48, None])
def test_every_key_of_a_review_is_named_in_its_section(name: str, pathway: str, day: int | None):
    seen = review(PATIENTS[name](), registry.pathway(pathway), day)
    named = sections()
    for name, keys in objects(to_json(seen)):
        assert name in named, f"no section for {name}, with {sorted(keys)}"
        words = set(re.findall(r"`([^`]+)`", named[name]))
        assert sorted(keys - words) == [], f"not named in the section of {name}"


# --- words, versions, addresses -----------------------------------------------------------------------


def test_the_words_of_the_glossary_are_sorted_and_defined_once():
    words = [found.lower() for found in re.findall(r"^- \*\*(.+?)\*\*: ", page("GLOSSARY.md"), re.MULTILINE)]
    assert len(words) >= 40
    assert words == sorted(set(words))
    assert len(words) == page("GLOSSARY.md").count("\n- ")


def test_the_changelog_and_the_citation_name_this_version():
    versions = re.findall(r"^## (.+)$", page("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == assuage.__version__
    assert f"version: {assuage.__version__}\n" in page("CITATION.cff")


def test_a_version_of_the_changelog_begins_with_clinical_behaviour():
    for section in re.split(r"^## .+$", page("CHANGELOG.md"), flags=re.MULTILINE)[1:]:
        assert re.findall(r"^### (.+)$", section, re.MULTILINE)[0] == "Clinical behaviour"


REGISTRIES = (
    "pypi.org",
    "pythonhosted.org",
    "npmjs.org",
    "npmjs.com",
    "anaconda.org",
    "crates.io",
    "/simple/",
)


def test_no_file_holds_the_address_of_a_package_registry():
    try:
        told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    found = []
    for name in told.decode().split("\0"):
        if name and (ROOT / name).is_file():
            text = (ROOT / name).read_bytes().decode("utf-8", "replace")
            addresses = re.findall(r"https?://[^\s\"'<>)]+", text)
            found += [f"{name}: {one}" for one in addresses if any(word in one for word in REGISTRIES)]
    assert found == []


def test_the_readme_is_short_and_every_local_link_leads_somewhere():
    assert len(page("README.md").splitlines()) <= 160
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "GLOSSARY.md", "SECURITY.md"):
        for link in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page(name)):
            assert (ROOT / name).parent.joinpath(link).exists(), f"{name}: {link}"


def test_the_page_of_the_table_says_what_every_kind_of_entry_and_every_fact_becomes():
    text = page("docs/reference/table.md")
    rows = dict(re.findall(r"(?m)^\| `([a-z_]+)` \| (one[^|]*) \|", text))
    assert set(rows) == {"patient", *KINDS}
    facts = next(line for line in text.splitlines() if line.startswith("| `patient` | one"))
    record = Record(Patient("a", "female", 40), (), date(2026, 1, 5), "neck-first", "Europe/Vilnius")
    for row in rows_of_record(record):
        assert f"`{row.code}`" in facts
