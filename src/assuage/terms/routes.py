"""The ways in which a drug is given, by the words that people write for them in English, Lithuanian and German; ours.

What is given by two ways at once is two treatments: tablets beside a pump, a patch beside an ampoule.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assuage.terms.local_forms import is_spinal
from assuage.terms.names import folded

# The words of a typed regimen, each alone: `baclofen 25 mg intrathecally`.
ROUTES: dict[str, str] = {
    "po": "oral",
    "orally": "oral",
    "oral": "oral",
    "id": "intradermal",
    "intradermal": "intradermal",
    "im": "im",
    "iv": "iv",
    "sc": "sc",
    "topical": "topical",
    "patch": "patch",
    "intrathecal": "intrathecal",
    "intrathecally": "intrathecal",
    "sl": "sublingual",
    "sublingual": "sublingual",
    "rectal": "rectal",
    "intravenous": "iv",
    "intravenously": "iv",
    "intramuscular": "im",
    "subcutaneous": "sc",
    "subcutaneously": "sc",
}
# Further words of the field `route`, where they are no part of a regimen's grammar.
_WAYS: dict[str, tuple[str, ...]] = {
    "oral": ("mouth", "tablet", "tablets", "capsule", "capsules", "peroral", "tabletten", "kapseln", "mund",
             "geriamasis", "geriama", "gerti", "burną", "tabletės", "kapsulės"),
    "patch": ("patches", "transdermal", "transdermally", "pflaster", "transdermalus", "pleistras"),
    "topical": ("topically", "cream", "gel", "ointment", "creme", "salbe", "vietiškai", "kremas", "gelis", "tepalas"),
    "im": ("intramuscularly", "intramuskulär", "raumenis", "raumenį"),
    "iv": ("infusion", "intravenös", "veną"),
    "sc": ("subcutan", "subkutan", "poodį"),
    "rectal": ("rectally", "suppository", "suppositories", "rektal", "zäpfchen", "žvakutės"),
    "sublingual": ("sublingually", "liežuviu"),
    "inhaled": ("inhaled", "inhalation", "inhaler", "inhalativ", "inhaliuoti"),
    "nasal": ("nasal", "nasally", "nasenspray", "nosį"),
    "epidural": ("epidural", "peridural"),
}  # fmt: skip
_WAY_OF_WORD = ROUTES | {folded(word): way for way, words in _WAYS.items() for word in words}
WAYS: tuple[str, ...] = tuple(sorted(set(_WAY_OF_WORD.values())))
SPINAL = "intrathecal"  # whatever of the words for it was written
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def way_of(name: str, route: str | None) -> str | None:
    """The way that the name or the route of a drug says; None where it says none that is read, or two at once."""
    if is_spinal(name, route):
        return SPINAL
    words = _WORD.findall(folded((route or "").replace(".", "")))
    ways = {_WAY_OF_WORD[word] for word in words if word in _WAY_OF_WORD}
    return next(iter(ways)) if len(ways) == 1 else None
