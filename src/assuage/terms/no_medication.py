"""The words with which a record says that no medication at all is taken; ours, written down from memory."""

from __future__ import annotations

from assuage.terms.names import folded

TAKES_NONE = "takes no medication"  # as a form writes it
WORDS = (
    *(TAKES_NONE, "no medication", "no medications", "takes no drugs", "no drugs taken"),
    *("vaistų nevartoja", "jokių vaistų nevartoja", "nevartoja vaistų", "nevartoja jokių vaistų"),
    *("nimmt keine medikamente", "keine medikamente", "keine medikation"),
)
_FOLDED = frozenset(folded(words) for words in WORDS)


def says_no_medication(words: str) -> bool:
    """Whether these are words for taking nothing at all, whatever their case."""
    return folded(words) in _FOLDED
