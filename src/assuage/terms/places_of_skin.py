"""Whether words put a disease of the skin where no needle of ours goes: `psoriasis of the elbows`, `egzema ant rankų`.

The words are ours, in English, Lithuanian and German. Where nobody says where it is, it may be anywhere. What could
come wherever the skin is pricked, such as a keloid, is nowhere else.
"""

from __future__ import annotations

from functools import lru_cache

from assuage.patterns import kept_pattern
from assuage.terms.names import spaced

_ELSEWHERE = kept_pattern(
    r"\b(?:elbows?|knees?|hands?|fingers?|finger ?nails?|nails?|toes?|foot|feet|soles?|palms?|legs?|shins?|ankles?"
    r"|groins?"
    r"|genital\w*|face|facial|cheeks?|nose|eyelids?|forearms?|wrists?|\w*ell(?:en)?bogen|kni(?:e|en)|händen?"
    r"|handflächen?"
    r"|fingern?|füßen?|fuß|fußsohlen?|beinen?|gesicht\w*|nägeln?|unterschenkeln?|leisten?|unterarm\w*"
    r"|alkūn\w*|keli(?:ai|ų|uose|o|is)|rank(?:a|os|ų|ose|oje)|plaštak\w*|deln\w*|pėd\w*|koj(?:a|os|ų|ose|oje)|blauzd\w*"
    r"|veid(?:as|o|e)|nag(?:ai|ų|uose)|kirkšn\w*|piršt\w*|dilb\w*)\b"
)
_AT_THE_NEEDLE = kept_pattern(
    r"\b(?:neck|nape|shoulder\w*|back|trunk|torso|whole body|body|all over|widespread|extensive|generali[sz]ed"
    r"|everywhere"
    r"|scalp|hairline|occip\w*|\w*nacken\w*|rücken\w*|schulter\w*|hals\w*|\w*körper\w*|rumpf|überall|kopfhaut"
    r"|haaransatz"
    r"|hinterkopf|generalisiert\w*|kakl\w*|sprand\w*|peči\w*|nugar\w*|liemen\w*|kūn\w*|visur|galvos|pakauš\w*"
    r"|išplitus\w*)\b"
)
# It comes where the skin is pricked, or is of all of it.
_ANYWHERE = kept_pattern(
    r"\b(?:keloid\w*|koebner\w*|köbner\w*|pemphig\w*|pemfig\w*|erythroderm\w*|pustular|\w*carcinom\w*|\w*karzinom\w*|cancer|bcc|\w*melanom\w*|basal\w*|bazal\w*|spinal\w*)\b"
)


@lru_cache(maxsize=20_000)
def is_elsewhere(words: str) -> bool:
    """Whether words name a place of the skin, and none at which the needle is used."""
    plain = spaced(words)
    return (
        _ELSEWHERE.search(plain) is not None
        and _AT_THE_NEEDLE.search(plain) is None
        and _ANYWHERE.search(plain) is None
    )
