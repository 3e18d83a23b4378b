"""The page on the drug index: what it holds, where from, under which licences, and how a name is added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assuage.safety.formulary import CLASS_PROFILES, MEMBERS_FROM_MEMORY
from assuage.terms.drug_index import (
    codes_of,
    indexed_names,
    indexed_substances,
    substance_classes,
    words_left_out,
)
from assuage.terms.drugs import DRUGS
from docs.build.markdown import code, table

INTRODUCTION = """
# The drug index

What a clinic writes is a brand, a salt, a name in its own language, a combination. The index says which
substances that is; [the formulary](../clinical/interactions.md) says what follows from it. It lies in
`src/assuage/terms/index/`, as tables of text; `assuage.terms.drug_index` reads them, `assuage.terms.drug_names`
reads a written name.

## How a name is read

In this order, and the first that succeeds is taken:

1. **Exactly** as it is listed, whatever its case, accents, dashes and apostrophes.
2. **Without what says nothing of the substance**: strengths, and from its end one word after the other that is
   a salt, a form of release, a form it comes in or a maker (`index/left_out.tsv`). Words that say "and
   something else" (plus, comp, HCT) are never left out, nor is calcium behind a vitamin, nor a number that may
   tell one product of a brand from another (Tylenol 3).
3. As an **ATC code**.
4. **By its sound**: English, Latin, Lithuanian and German spellings of one name are levelled (amitriptyline,
   amitriptylinum, amitriptilinas, Amitriptylin). Only names of substances have a sound, and a sound of two
   substances reads as neither.
5. **As one word with its salt or form**: Metoprololsuccinat, Fentanylpflaster.
6. **By its parts**, where each part of `a/b`, `a + b` or `a with b` is read.

A combination is all its parts: it counts for each in every question, rule and cohort. A listed misspelling is
read as what was meant, and a note says so. Everything else is **unread**: then no drug is known not to be
taken, no other drug is started before somebody says what it is, and `check-regimen` checks the rest, names the
hole and ends with status 3. So it is where only the beginning of a name is read (`vitamin D calcium`): the rules of
what was read fire, and nothing is known not to be taken.

A word for a class (`MAOI`, `blood thinner`, `kraujo skystinamieji`, `Blutverdünner`; `terms/drug_classes.py`) is read
as a member of it that was not named. What the rules say of every member fires as for any of them; what they say of
some is a question that names them; which drug it is is asked; and whether any one member is taken is unknown.

An edit distance never reads a name. It only suggests one, at two edits at most, and only where the drugs of all
names within two edits have a class in common. A name that begins with another letter, or has the ending of another
class (`-olol`, `-profen`), is never suggested.

## Classes

A rule about a class holds for every member of it. A class with a row of its own in the formulary lends its
members that row; of the others the rule classes and a typical burden stand in `safety/data/class_profiles.py`
(ours). A question about a class is unknown for a substance whose classes were not written down, or only from
memory; a rule that rests on a membership from memory asks at most, and says why. Where the classes were read, but
not that this substance does what a rule's class is named after (tricyclics: a lower seizure threshold), the reason of
the alert and of the question says whose word it is: our inference, or memory.
"""

LISTS = (
    (
        (
            "UNII Names, U.S. Food and Drug Administration, 12 June 2025, as packed by `drugname- "
            "standardizer` 1.2.7"
        ),
        "names of substances, salts, brands, parts of combinations (`unii`)",
        "public domain (U.S. government); the package MIT",
    ),
    (
        (
            "`drug-named-entity-recognition` 2.0.9, compiled from the DrugBank open vocabulary, MeSH and "
            "MedlinePlus"
        ),
        "that a brand name is of a substance, where UNII has it not (`dner`)",
        "MIT; the vocabulary CC0; names of the U.S. National Library of Medicine",
    ),
    (
        "openFDA, established pharmacologic classes",
        "the classes of about 200 substances (`seen`)",
        "public domain",
    ),
    (
        "*The use of stems in the selection of INN*, World Health Organization, as listed by drugs.com",
        "that a stem (-pril, -sartan, -olol) means a class; no text was copied",
        "facts",
    ),
    (
        "package leaflets, product information and encyclopaedia pages, each in `index/read.tsv` with its title and "
        "date (before it: Ketonal, dexketoprofen, co-codamol)",
        "what 46 names stand for (`read`), and the class of 15 substances",
        "facts",
    ),
    (
        "ours",
        (
            "ids and titles of classes, spellings in Lithuanian and German, misspellings (`ours`); what "
            "nobody looked up (`memory`)"
        ),
        "Apache-2.0",
    ),
)

REST = """
`drug-named-entity-recognition` was looked at as a library too: it reads English only, takes the nearest name
for the one that was meant, and has no classes, so that only its data was used.

ATC is not shipped as an index: its owner, the WHO Collaborating Centre for Drug Statistics Methodology, does
not allow it. The codes of the formulary's own substances are in `index/atc.tsv`, under a notice of its own. A
site that has the list loads it: `--atc FILE`, lines of a code and a name (`check-regimen`), or
`assuage.terms.drug_index.load_atc`.

## How to add a name

A line in `index/names.tsv`: the name in lower case, without accents, dashes and apostrophes; the ids of its
substances, joined by `+`; `name`, `salt`, `brand`, `combination`, `latin`, `lithuanian`, `german` or
`misspelling`; the source; `seen` only where somebody had the source open, else `memory`. A substance is a line
in `index/substances.tsv`. `tests/unit` asks that every name reads as what it says, that each source is
described here, and that this page is up to date.
"""


def _counted(words: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(words).items())


def page() -> str:
    """The page with its counts."""
    names, substances = [row for _, row in indexed_names()], indexed_substances().values()
    read = [row for row in names if row.checked == "seen"]
    lines = [*INTRODUCTION.strip().splitlines(), "", "## What it holds", ""]
    lines += table(
        ("what", "with a source", "from memory"),
        (
            ("substances", *_seen(row.checked for row in substances)),
            (
                "of these, with their classes",
                *_seen(row.classes_checked for row in substances if row.classes),
            ),
            ("brand names", *_seen(row.checked for row in names if row.kind == "brand")),
            ("names of combinations", *_seen(row.checked for row in names if row.kind == "combination")),
            ("all names", *_seen(row.checked for row in names)),
        ),
    )
    lines += table(("kind of name", "names"), ((kind, n) for kind, n in _counted(row.kind for row in names)))
    lines += table(("source", "names"), ((source, n) for source, n in _counted(row.source for row in read)))
    members = Counter(name for row in substances for name in row.classes)
    lines += [
        f"{len(substance_classes())} classes, {len(CLASS_PROFILES)} of which the rules speak of; "
        f"{len(MEMBERS_FROM_MEMORY)} members of these are members from memory. "
        f"{len(words_left_out())} words may be left out; {sum(len(codes_of(key)) for key in DRUGS)} ATC codes.",
        "",
    ]
    lines += table(
        ("class", "called", "FDA's class", "members"),
        ((code(row.id), row.title, row.epc, members[row.id]) for row in substance_classes().values()),
    )
    lines += ["## Sources and licences", "", *table(("list", "what was taken", "licence"), LISTS)]
    return "\n".join([*lines, *REST.strip().splitlines()])


def _seen(checked: Iterable[str]) -> tuple[int, int]:
    counts = Counter(checked)
    return counts["seen"], counts["memory"]
