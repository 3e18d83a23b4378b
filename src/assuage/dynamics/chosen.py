"""Who or what chose an exposure: only what was settled before its day may count on the day itself.

Whoever chooses a massage may choose it because of the pain of that day, so that its own day says nothing of what it
did. A schedule, a draw and the weather do not ask how somebody feels. What nobody said is taken for a choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import numpy as np

from assuage.dynamics.effect import SettledBy
from assuage.dynamics.model import Floats
from assuage.terms.names import unaccented

ALL = "all"  # what --settled takes instead of names

# Words of a column named `massage by`, or `kas parinko`; a clinician who chooses knows how the patient is, too.
CHOOSERS: dict[str, SettledBy | None] = {
    **dict.fromkeys(("patient", "self", "me", "clinician", "physician", "therapist"), None),
    **dict.fromkeys(("pacientas", "pats", "pati", "gydytojas", "patientin", "selbst", "arzt"), None),
    **dict.fromkeys(("schedule", "scheduled", "plan", "appointment", "grafikas", "planas", "termin"), "schedule"),
    **dict.fromkeys(("draw", "drawn", "random", "randomised", "randomized", "burtai", "los", "zufall"), "draw"),
    **dict.fromkeys(("weather", "oras", "wetter"), "weather"),
}  # fmt: skip


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# A column is the weather where one of its words is, and every other belongs to a measurement of it (ours).
_WEATHER = _words(
    "weather pressure barometer barometric rain rainfall precipitation temperature humidity wind snow snowfall",
    "sunshine clouds thunderstorm storm frost fog",
    "oras slegis lietus krituliai temperatura dregme vejas sniegas audra rukas saule salna",
    "wetter luftdruck regen niederschlag temperatur luftfeuchtigkeit luftfeuchte lufttemperatur",
    "aussentemperatur schnee gewitter sonnenschein nebel sturm",
)
_BESIDE = _words(
    "air atmospheric outdoor outside relative daily day mean average min max minimum maximum high low change drop",
    "rise fall speed amount total hpa mbar hg mm cm c f celsius degrees pct percent kmh ms of the in at sea level",
    "oro lauko aplinkos atmosferos vidutine dienos santykine greitis kiekis pokytis",
    "mittlere mittel tag tages aussen relative menge geschwindigkeit anderung grad",
)


def is_weather(name: str) -> bool:
    """Whether a column holds the weather, by every word of its name: `air pressure (hPa)`, not `blood pressure`."""
    words = re.findall(r"[a-z]+", unaccented(name))
    return not _WEATHER.isdisjoint(words) and all(word in _WEATHER or word in _BESIDE for word in words)


def chooser_of(cell: str) -> SettledBy | Literal["chosen"] | None:
    """What a cell of a column `… by` says: `chosen`, or by what it was settled; None for a word that is not known."""
    word = unaccented(cell)
    return (CHOOSERS[word] or "chosen") if word in CHOOSERS else None


def settled_by(
    name: str, told: Iterable[str], days: Floats, by_day: Sequence[str | None] | None
) -> SettledBy | None:
    """By what an exposure was settled before its day; None where it was chosen, or where some day leaves that open.

    `told` are the exposures that were said to be settled, or `all`; `by_day` what its column says of each day.
    """
    if any(unaccented(each) in (ALL, unaccented(name)) for each in told):
        return "told"
    if by_day is not None:
        choosers = {by_day[int(day)] for day in np.flatnonzero(np.nan_to_num(days) != 0)}
        known = [each for each in get_args(SettledBy) if each in choosers]
        return known[0] if known and choosers <= set(known) else None
    return "weather" if is_weather(name) else None


def unknown_names(told: Iterable[str], names: Iterable[str]) -> list[str]:
    """What was said to be settled and is no exposure here."""
    known = {ALL, *map(unaccented, names)}
    return [each for each in told if unaccented(each) not in known]
