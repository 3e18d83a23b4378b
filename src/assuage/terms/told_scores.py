"""Totals of questionnaires inside a sentence: `PHQ-9 26`, `scored 25 on the PHQ-9` (ours)."""

from __future__ import annotations

from functools import lru_cache

from assuage.patterns import kept_pattern
from assuage.terms.denials import said_of_patient
from assuage.terms.told_numbers import with_signs

# What each questionnaire that may tell of a red flag is called in a sentence, and its highest total.
_CALLED = {"phq9": (r"phq ?-? ?9|phq(?! ?-? ?9)|patient health questionnaire(?:[ -]9)?", 27)}
# The number of an item, or of items, is no total; nor is a highest total behind a slash.
_NUMBER = (
    r"(?<![\d.,/])(?<!item )(?<!items )(?<!frage )(?<!question )(?P<total>\d{1,2})"
    r"(?!\d|[.,]\d|/\d\d/| ?(?:items?|weeks?|days?|%))"
)
_WAYS = {
    instrument: (
        kept_pattern(rf"\b(?:{name})\b[^\d.;]{{0,40}}{_NUMBER}"),
        kept_pattern(rf"{_NUMBER}[^\d.;]{{0,30}}\b(?:{name})\b"),
    )
    for instrument, (name, _) in _CALLED.items()
}


@lru_cache(maxsize=20_000)
def total_told(instrument: str, words: str) -> int | None:
    """The total of a questionnaire that words tell of the patient; None where they tell none that can be."""
    if instrument not in _CALLED:
        return None
    _, most = _CALLED[instrument]
    plain = with_signs(said_of_patient(words))
    match = next((match for way in _WAYS[instrument] if (match := way.search(plain))), None)
    if match is None:
        return None
    total = int(match["total"])
    return total if total <= most else None
