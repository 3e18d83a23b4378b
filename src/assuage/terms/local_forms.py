"""The forms and places of drugs that do not reach the whole body, in English, Lithuanian and German (ours)."""

from __future__ import annotations

from functools import lru_cache

from assuage.patterns import kept_pattern
from assuage.terms.names import folded

_LOCAL = kept_pattern(
    r"\b(?:topical\w*|cream|ointment|gel|lotion|foam|shampoo|inhal\w*|nasal|nose|eye|ear|ophthalmic|otic|"
    r"intra ?articular|enema|krem\w*|tepal\w*|gelis|lašai|creme|salbe|augen\w*|nasenspray|vietiškai|"
    r"akių|akis|ausų|nosies|protopic|ikervis|restasis|tobrex|tobradex)\b"
)


@lru_cache(maxsize=4096)
def is_local(name: str, route: str | None = None) -> bool:
    """Whether the name of a drug or its route says that it stays where it is put."""
    return _LOCAL.search(folded(f"{name} {route or ''}")) is not None
