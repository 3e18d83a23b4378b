"""Words that hint at a condition or a red flag without naming it: `missed period`, `bruises easily`, `calf swelling`.

A hint decides nothing: it asks a person what it means where the condition could forbid what is proposed. The words are
ours, in English, Lithuanian and German, and so is what they hint at, written down from memory. The codes are those of
the WHO's ICD-10. Where two groups of words stand under one hint, both must be there, in whatever order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from assuage.patterns import kept_pattern
from assuage.terms.conditions import CONDITIONS
from assuage.terms.denials import is_taken_back, said_of_patient
from assuage.terms.denied import denied_in
from assuage.terms.hint import Hint
from assuage.terms.hints_before import HINTS_BEFORE
from assuage.terms.hints_of_conditions import HINTS_OF_CONDITIONS
from assuage.terms.hints_of_drink import HINTS_OF_DRINK
from assuage.terms.hints_of_everyday import HINTS_OF_EVERYDAY
from assuage.terms.hints_of_examination import HINTS_OF_EXAMINATION
from assuage.terms.hints_of_flags import HINTS_OF_FLAGS
from assuage.terms.hints_of_nerves import HINTS_OF_NERVES
from assuage.terms.icd10 import icd10_code
from assuage.terms.red_flags import RED_FLAGS

HINTS: tuple[Hint, ...] = (
    *HINTS_OF_CONDITIONS,
    *HINTS_OF_DRINK,
    *HINTS_OF_EVERYDAY,
    *HINTS_OF_EXAMINATION,
    *HINTS_OF_FLAGS,
    *HINTS_OF_NERVES,
    *HINTS_BEFORE,
)


@lru_cache(maxsize=20_000)
def hints_in(words: str) -> tuple[Hint, ...]:
    """The hints that these words give, by a code and clause by clause; none in a clause that takes it back."""
    code = icd10_code(words)
    prefixes = () if code is None else code.prefixes
    plain = "" if denied_in(words) else said_of_patient(words)
    by_words = frozenset(hint.id for hint in _in_words(plain))
    return tuple(hint for hint in HINTS if hint.id in by_words or not hint.codes.isdisjoint(prefixes))


# The sign inside a number ends no clause.
_CLAUSE = kept_pattern(r"(?<!\d)[,.]|[,.](?!\d)|(?<!\d)/|/(?!\d)|[;()!?:]")


@cache
def _pattern(group: str) -> re.Pattern[str]:
    """A group of words, compiled when the first text comes that no other rule reads: many a review meets none."""
    return kept_pattern(group)


def _is_in(words: str, group: str) -> bool:
    return _pattern(group).search(words) is not None


def _in_words(plain: str) -> Iterator[Hint]:
    clauses = _CLAUSE.split(plain)
    for hint in HINTS:
        if not all(_is_in(plain, group) for group in hint.groups):
            continue
        kept = "; ".join(clause for clause in clauses if not is_taken_back(_beside(hint, clause)))
        if all(_is_in(kept, group) for group in hint.groups) and not _is_explained(hint, kept):
            yield hint


def _is_explained(hint: Hint, words: str) -> bool:
    """Whether words beside those of a hint say why it means nothing: `lost 9 kg on a diet`."""
    return bool(hint.unless) and _is_in(_beside(hint, words), hint.unless)


def _beside(hint: Hint, clause: str) -> str:
    """What a clause says besides the words of a hint: `no` in "no easy bruising", nothing in "no period"."""
    for group in hint.groups:
        clause = _pattern(group).sub(" ", clause)
    return clause


assert {condition for hint in HINTS for condition in hint.conditions} <= CONDITIONS.keys()
assert {flag for hint in HINTS for flag in hint.flags} <= RED_FLAGS.keys()
