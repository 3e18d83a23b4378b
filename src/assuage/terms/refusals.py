"""The words with which a record says that somebody refuses something, and what treatment is called there (ours).

In English, Lithuanian and German, written down from memory: `refuses all tablets`, `injections declined`,
`atsisako vaistų`, `lehnt Spritzen ab`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from assuage.terms.names import folded

Treatment = Literal["everything", "drugs", "needles"]

_CALLED: dict[Treatment, tuple[str, ...]] = {
    "everything": (
        *("care", "treatment", "treatments", "therapy", "everything", "gydymas", "gydymo", "behandlung", "therapie"),
    ),
    "drugs": (
        *("drug", "drugs", "medication", "medications", "medicine", "medicines", "meds", "tablet", "tablets", "pill"),
        *("pills", "capsules", "drug treatment", "drug therapy", "pharmacotherapy", "oral medication", "chemicals"),
        *("vaistai", "vaistų", "vaistus", "vaistams", "tabletės", "tablečių", "tabletes", "medikamentai"),
        *("medikamentų",),
        *("medikamente", "medikamenten", "medikation", "tabletten", "pillen", "arzneimittel", "arzneien"),
    ),
    "needles": (
        *("procedure", "procedures", "injection", "injections", "needle", "needles", "needling", "shots", "jabs"),
        *("injekcijos", "injekcijų", "adatos", "adatų", "dūriai", "dūrių", "procedūrų", "spritze", "spritzen"),
        *("injektionen",),
        *("nadeln", "nadel"),
    ),
}  # fmt: skip
_TREATMENT_OF: dict[str, Treatment] = {name: kind for kind, names in _CALLED.items() for name in names}
# What says only how much of it.
_ALL = re.compile(
    r"^(?:(?:all|any|every|the|her|his|their|a|an|taking|to take|use of|to|of|having|being given|visų|visus|visi"
    r"|bet kokių"
    r"|jokių|vartoti|alle|jede|jegliche|keine|kein|die|eine?) )+"
)
_REFUSAL = re.compile(
    r"(?:(?:the )?(?:patient|she|he|they|pacientė|pacientas|patientin|sie|er) )?(?:"
    r"(?:refus(?:es|ed|al|ing)|declin(?:es|ed|ing)|rejects?|rejected|objects to|unwilling to(?: take| have)?"
    r"|(?:do(?:es)?|did|will|would)(?: not|n't) (?:want|wish|accept|agree to|consent to|take|have)(?: to(?: take"
    r"| have)?)?"
    r"|won't (?:take|have|accept)|wants no|no consent (?:to|for)|consent (?:refused|withdrawn) for"
    r"|atsisako|atsisakė|atsisakymas|nenori|nesutinka(?: su)?|nevartos) (?P<after>.+)"
    r"|(?:möchte|will|wünscht) (?P<none>kein.+)"
    r"|(?:lehnt|verweigert) (?P<german>.+?)(?: ab)?"
    r"|(?P<before>.+?) (?:(?:is|are|was|were|has been) )?(?:refused|declined|not wanted|abgelehnt|verweigert"
    r"|atsisakyta)"
    r")"
)


def treatment_called(words: str) -> Treatment | None:
    """The kind of treatment that has this name, all or any of it; None where it is no kind, but a thing or unread."""
    return _TREATMENT_OF.get(refused_thing(words))


def refused_thing(words: str) -> str:
    """The name of what is refused, without the words for all or any of it, folded."""
    plain = folded(words).strip(" .!,;:")
    return _ALL.sub("", plain) or plain


@lru_cache(maxsize=20_000)
def refused_in(words: str) -> str | None:
    """What these words refuse, folded; None where they refuse nothing."""
    match = _REFUSAL.fullmatch(folded(words).strip(" .!"))
    return None if match is None else refused_thing(next(part for part in match.groups() if part))


def names_treatment(thing: str) -> bool:
    """Whether a word for treatment stands among others, so that a person has to say what is meant."""
    return any(word.strip(",;:") in _TREATMENT_OF for word in thing.split())
