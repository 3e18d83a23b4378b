"""What the oracle reads: sentences and tables of the pages under `docs`, and nothing else.

Every rule of the oracle names the sentence it obeys: `@says("record", "…")`. A test looks each sentence up on its
page, so that a rule whose sentence was changed, or is gone, is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import TypeVar

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {
    "windows": "reference/manual/1_windows.md",
    "ranges": "reference/manual/2_ranges.md",
    "places": "reference/manual/3_places_and_times.md",
    "therapies": "reference/manual/4_therapies.md",
    "medication": "reference/manual/5_medication.md",
    "symptoms": "reference/manual/6_symptoms_findings_flags.md",
    "logic": "reference/manual/7_logic.md",
    "moves": "reference/manual/8_moves.md",
    "plan": "reference/manual/9_plan_and_restrictions.md",
    "nodes": "reference/nodes.md",
    "record": "reference/record.md",
    "red-flags": "clinical/red-flags.md",
    "red-flag-chapter": "reference/red-flags.md",
    "instruments": "clinical/instruments.md",
    "neck-first": "pathways/neck-first.md",
}
CITED: list[tuple[str, str]] = []
"""Each page and sentence that a rule names, in the order of the rules."""

Rule = TypeVar("Rule", bound=Callable[..., object])


def says(page: str, *sentences: str) -> Callable[[Rule], Rule]:
    """The rule below obeys these sentences of that page."""
    CITED.extend((page, sentence) for sentence in sentences)

    def rule(obeyed: Rule) -> Rule:
        return obeyed

    return rule


@cache
def page(name: str) -> str:
    """The text of a page as it stands in its file."""
    return (DOCS / PAGES[name]).read_text(encoding="utf-8")


def stands(name: str, sentence: str) -> bool:
    """Whether a page says this, whatever its line breaks, bullets and marks of emphasis."""
    return _plain(sentence) in _plain(page(name))


def table(name: str, heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its head; a cell without its marks of code."""
    lines = page(name).splitlines()
    under = [at for at, line in enumerate(lines) if re.fullmatch(f"#+ {re.escape(heading)}", line)]
    if not under:
        raise LookupError(f"{PAGES[name]} has no heading {heading}")
    first = next(at for at in range(under[0], len(lines)) if lines[at].startswith("|"))
    rows = takewhile(lambda line: line.startswith("|"), lines[first + 2 :])
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows]


def _plain(text: str) -> str:
    without_bullets = re.sub(r"(?m)^ *- ", "", text)
    return re.sub(r"\s+", " ", re.sub(r"[`*]", "", without_bullets))
