"""What goes with the clinic: the table of ASVS names its tests, the bill its parts, the image runs as nobody."""

from __future__ import annotations

import re

import pytest

from docs.build.sbom import bill_of_materials, locked
from tests.docs.examples import ROOT

ASVS = (ROOT / "docs/security/asvs.md").read_text("utf-8")
ROWS = [line.split("|")[1:-1] for line in ASVS.splitlines() if re.match(r"\| \d", line)]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
STEPS = [line for line in DOCKERFILE.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
LOCK = (ROOT / "locks/clinic.lock").read_text("utf-8")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip())
def test_every_row_of_asvs_names_a_test_or_says_what_is_missing(row):
    test = row[2].strip().strip("`")
    file, _, name = test.partition("::")
    assert test.startswith("missing:") or f"def {name}(" in (ROOT / file).read_text("utf-8")


def test_the_bill_of_materials_names_every_part_of_the_lock():
    parts = [(each["name"], each["version"]) for each in bill_of_materials(LOCK)["components"]]
    assert parts == locked(LOCK)


def test_every_part_of_the_bill_has_the_hash_that_its_install_is_checked_against():
    assert [each["name"] for each in bill_of_materials(LOCK)["components"] if not each["hashes"]] == []


@pytest.mark.parametrize(
    "rule",
    [
        r"^FROM \S+:\d",  # a version, never latest
        r"^USER (?!0\b|root)",
        r"--require-hashes",
        r"^HEALTHCHECK",
        r'^CMD \["',  # no shell in between: signals reach the program
    ],
)
def test_the_image_follows_the_rule(rule):
    assert any(re.search(rule, line) for line in STEPS)


@pytest.mark.parametrize("rule", [r":latest", r"^ADD ", r"curl|wget", r"SECRET=", r"PASSWORD", r"^USER root"])
def test_the_image_does_nothing_of_the_kind(rule):
    assert [line for line in STEPS if re.search(rule, line)] == []


@pytest.mark.parametrize("source", re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE))
def test_everything_that_is_copied_into_the_image_is_there(source):
    assert all((ROOT / each).exists() for each in source.split())
