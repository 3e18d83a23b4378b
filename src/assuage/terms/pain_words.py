"""Words for pain that name its place: `low back pain`, `pain in the left knee`, `juosmens skausmas`.

They say where it hurts, for pictures and for what is followed. No rule decides by them: to a rule they are words that a
person looks at. A word for more than one place (`back pain`, `leg pain`) names none.
"""

from __future__ import annotations

import re

from assuage.terms.names import unaccented
from assuage.terms.sites import SITES, WIDESPREAD

# How people call a place that we call otherwise, and the genitives of Lithuanian and the compounds of German.
_OTHER_NAMES: dict[str, str] = {
    "low back": "lower_back",
    "lumbar": "lower_back",
    "lumbar spine": "lower_back",
    "sacral": "sacrum",
    "cervical": "neck",
    "shoulder": "shoulder_girdle",
    "left shoulder": "shoulder_girdle_left",
    "right shoulder": "shoulder_girdle_right",
    "thigh": "upper_leg",
    "calf": "lower_leg",
    "forearm": "lower_arm",
    "kaklo": "neck",
    "pakausio": "occiput",
    "peciu": "shoulder_girdle",
    "peties": "shoulder_girdle",
    "juosmens": "lower_back",
    "nugaros apacios": "lower_back",
    "apatines nugaros dalies": "lower_back",
    "kryziaus": "sacrum",
    "klubo": "hip",
    "slaunies": "upper_leg",
    "blauzdos": "lower_leg",
    "kelio": "knee",
    "peda": "foot",
    "pedos": "foot",
    "rieso": "wrist",
    "plastakos": "hand",
    "alkunes": "elbow",
    "krutines": "chest",
    "nacken": "neck",
    "schulter": "shoulder_girdle",
    "kreuz": "lower_back",
    "lenden": "lower_back",
    "huft": "hip",
    "knie": "knee",
    "fuss": "foot",
    "hand": "hand",
}
_PLACES = {unaccented(site.title): site.id for site in SITES.values() if site != WIDESPREAD} | _OTHER_NAMES
_OF_PLACE = (
    re.compile(r"(?P<place>.+?) (?:pain|ache)s?"),
    re.compile(r"(?:pain|ache)s? (?:in|at|of)(?: the)? (?P<place>.+)"),
    re.compile(r"(?P<place>.+?) skausmas"),
    re.compile(r"(?P<place>.+?)schmerz(?:en)?"),
)


def place_of_pain(words: str) -> str | None:
    """The id of the site that words for pain name; None where they name none, or are no words for pain."""
    written = unaccented(words)
    for pattern in _OF_PLACE:
        if (named := pattern.fullmatch(written)) is not None and named["place"] in _PLACES:
            return _PLACES[named["place"]]
    return None
