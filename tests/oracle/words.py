"""The words of a record, out of the tables of the pages: sites, symptoms, therapies, drugs, conditions, red flags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from tests.oracle.answers import NO, YES
from tests.oracle.pages import page, says, table

# The names of drugs are no rule but data, too many for a page.
INDEX = Path(__file__).resolve().parents[2] / "src/assuage/terms/index/names.tsv"
ALL_SYMPTOMS = "all_symptoms"
WHOLE_BODY = "widespread"


@says("record", "Words are compared in lower case, with a space for every underscore and hyphen.")
def folded(word: str) -> str:
    return " ".join(word.lower().replace("_", " ").replace("-", " ").split())


@says(
    "places",
    "At pools the places and their parts",
    "A coarser place does not speak for a finer one",
)
def lies_within(site: str | None, place: str | None) -> bool:
    """Whether a site is a place or a part of it. No place, and the whole body, hold every site."""
    if place is None or place == WHOLE_BODY:
        return True
    if site is None:
        return False
    return site == place or lies_within(_sites()[site], place)


@says("record", "`widespread` stands for the whole body.")
def same_or_wider(site: str | None, place: str | None) -> bool:
    """Whether what is said of a site is said of the whole of a place."""
    return lies_within(place, site)


@cache
def _sites() -> dict[str, str | None]:
    """Each site and the one it lies within."""
    return {row[0]: row[2] or None for row in table("record", "Sites")}


@cache
def symptoms() -> dict[str, str]:
    """The id of each word for a symptom."""
    return _named((row[0], row[1]) for row in table("record", "Symptoms"))


@cache
def therapies() -> dict[str, str]:
    """The id of each word for a therapy."""
    return _named((row[0], row[1]) for row in table("record", "Therapies"))


@cache
def told_by_patient() -> frozenset[str]:
    """The therapies of which the patient tells."""
    return frozenset(row[0] for row in table("record", "Therapies") if row[3] == "patient")


@cache
def parts(therapy: str) -> frozenset[str]:
    """A therapy and what it includes."""
    row = next(row for row in table("record", "Therapies") if row[0] == therapy)
    return frozenset({therapy, *(therapies()[folded(part)] for part in row[2].split(",") if part.strip())})


@cache
@says("medication", "A drug is found by its Latin name or its ATC code")
def drugs() -> dict[str, str]:
    """The id of each name or ATC code of a drug, also by the drug index; of a combination all ids, with `+` between."""
    listed = (line.split("\t") for line in INDEX.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    of_the_index = {cells[0]: cells[1] for cells in listed if cells[4] == "seen"}
    return of_the_index | _named((row[0], f"{row[1]}, {row[2]}") for row in table("record", "Drugs"))


@cache
def conditions() -> dict[str, str]:
    """The id of each word for a condition."""
    return {folded(word): row[0] for row in table("record", "Conditions") for word in row[:2]}


@says("record", "Past its days a statement is unknown.")
def held(condition: str, answer: str) -> int | None:
    """For how many days a statement about a condition holds; None for ever."""
    days = _days_held()[condition].get(answer, "for ever")
    return None if days == "for ever" else int(days)


@cache
def _days_held() -> dict[str, dict[str, str]]:
    return {row[0]: {YES: row[4], NO: row[5]} for row in table("record", "Conditions")}


@cache
def flags() -> dict[str, str]:
    """The id of each way to write a red flag: with RF_ and without it."""
    ids = [row[0] for row in table("red-flags", "Red flags")]
    return {folded(word): flag for flag in ids for word in (flag, flag.removeprefix("RF_"))}


@cache
def titles_of_flags() -> dict[str, str]:
    """What each red flag is called."""
    return {row[0]: row[1] for row in table("red-flags", "Red flags")}


@cache
def recommendations() -> frozenset[str]:
    """The ids of the recommendations of `neck-first`, as its page lists them."""
    return frozenset(re.findall(r"(?m)^ *- \*\*.*\*\* \(`([a-z0-9-]+)`, ", page("neck-first")))


@cache
def flags_that_shut_gates() -> frozenset[str]:
    """The red flags of tier stop."""
    return frozenset(row[0] for row in table("red-flags", "Red flags") if row[3] == "stop")


@cache
def flags_of_conditions() -> dict[str, str]:
    """The red flag that a condition is in other words."""
    return {row[0]: row[1] for row in table("red-flag-chapter", "Conditions that are a flag")}


@cache
def signs() -> dict[str, str]:
    """The id of each word for a sign of a red flag."""
    rows = table("red-flag-chapter", "Signs")
    return {folded(row[1]): row[0] for row in rows} | _named((row[0], row[2]) for row in rows)


@cache
def rows(heading: str) -> list[list[str]]:
    """The rows of a table of the chapter on red flags."""
    return table("red-flag-chapter", heading)


def is_needle(fields: Mapping[str, object]) -> bool:
    """Whether a therapy that took place is one with a needle."""
    therapy = therapies().get(folded(str(fields["what"])))
    return (
        therapy in ("mesotherapy", "acupuncture", "dry_needling", "nerve_block")
        and fields.get("do") != "stop"
    )


@cache
def gad7_items() -> dict[str, tuple[int, int]]:
    """Each item of the GAD-7 with its lowest and highest answer."""
    items: dict[str, tuple[int, int]] = {}
    for item, answers, _ in table("instruments", "GAD-7, anxiety (`gad7`)"):
        low, _, high = answers.partition(" to ")
        items[item] = (int(low), int(high))
    return items


def _named(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {folded(word): row[0] for row in rows for word in (row[0], *row[1].split(",")) if word.strip()}
