"""Words that name what somebody is allergic to, whoever knows the substance: `allergy to X`, `X allergy`."""

from __future__ import annotations

import re

from assuage.terms.names import spaced

_ALLERGY = re.compile(
    r"(?:allergy|allergic|hypersensitivity|anaphylaxis)\s+(?:to|against|after)\s+(?P<after>.+)"
    r"|(?P<before>.+?)\s+(?:allergy|hypersensitivity|anaphylaxis)"
)


_LONGEST = 2_500  # letters; what is longer is not read at all (`assuage.record.too_long`), with our own words before it


def allergen_in(words: str) -> str | None:
    """What these words say an allergy is to, as it is written; None where they are of no allergy."""
    if len(words) > _LONGEST:
        return None
    match = _ALLERGY.fullmatch(spaced(words.replace("_", " ")))
    return None if match is None else match["after"] or match["before"]
