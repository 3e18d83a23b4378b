"""Where a drug goes by its form or route: that it stays at its place, or that a pump brings it to the spinal cord.

In English, Lithuanian and German; ours.
"""

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


_SPINAL = kept_pattern(
    r"\b(?:intra ?thec\w*|intra ?thek\w*|intratek\w*|spinal\w*|itb|it pump|\w*pump(?!e?r)\w*|pomp(?:a|os|ą|oje|omis))\b"
)
_NOT_SPINAL = kept_pattern(r"\b(?:insulin\w*|spray|foam|gel|inhal\w*|breast|proton\w*|hand|protonpump\w*)\b")


@lru_cache(maxsize=4096)
def is_spinal(name: str, route: str | None = None) -> bool:
    """Whether the name of a drug or its route says that a pump brings it to the spinal cord."""
    words = folded(f"{name} {route or ''}")
    return _SPINAL.search(words) is not None and _NOT_SPINAL.search(words) is None
