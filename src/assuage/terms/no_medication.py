"""The words with which a record says that no medication at all is taken; ours, written down from memory."""

from __future__ import annotations

from assuage.terms.names import folded

TAKES_NONE = "takes no medication"  # as a form writes it
WORDS = (
    *(TAKES_NONE, "no medication", "no medications", "takes no drugs", "no drugs taken"),
    *("vaistų nevartoja", "jokių vaistų nevartoja", "nevartoja vaistų", "nevartoja jokių vaistų"),
    *("nimmt keine medikamente", "keine medikamente", "keine medikation"),
)
# What says so only where a regimen is asked for: elsewhere "none" may be none of anything.
IN_A_REGIMEN = (
    *WORDS,
    *("none", "nil", "nothing", "no meds", "no drugs", "takes nothing", "no regular medication"),
    *("nieko", "nieko nevartoja", "jokių", "jokių vaistų", "be vaistų", "nėra"),
    *("keine", "nichts", "nimmt nichts", "keine dauermedikation"),
)
_FOLDED = frozenset(folded(words) for words in WORDS)
_FOLDED_IN_A_REGIMEN = frozenset(folded(words) for words in IN_A_REGIMEN)


def says_no_medication(words: str) -> bool:
    """Whether these are words for taking nothing at all, whatever their case."""
    return folded(words) in _FOLDED


def says_empty_regimen(words: str) -> bool:
    """Whether these words, given as a regimen, say that nothing is taken."""
    return folded(words) in _FOLDED_IN_A_REGIMEN
