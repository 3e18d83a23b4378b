"""The words with which a record says that somebody refuses something, and what treatment is called there (ours).

In English, Lithuanian and German, written down from memory: `refuses all tablets`, `injections declined`,
`atsisako vaistų`, `lehnt Spritzen ab`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from assuage.terms.names import folded

Treatment = Literal["everything", "drugs", "by_mouth", "other_forms", "needles"]

_CALLED: dict[Treatment, tuple[str, ...]] = {
    "everything": (
        *("care", "treatment", "treatments", "therapy", "everything", "gydymas", "gydymo", "behandlung", "therapie"),
    ),
    "drugs": (
        *("drug", "drugs", "medication", "medications", "medicine", "medicines", "meds", "drug treatment"),
        *("drug therapy", "pharmacotherapy", "chemicals"),
        *("vaistai", "vaistų", "vaistus", "vaistams", "medikamentai", "medikamentų"),
        *("medikamente", "medikamenten", "medikation", "arzneimittel", "arzneien"),
    ),
    # Drugs in a form that is swallowed, and in forms that no recommendation here has: the one covers no other.
    "by_mouth": (
        *("tablet", "tablets", "pill", "pills", "capsule", "capsules", "tablets or capsules", "pills or capsules"),
        *("oral medication", "oral medications", "oral medicine", "oral medicines", "oral drugs", "oral treatment"),
        *("anything by mouth", "medicines by mouth", "medication by mouth", "drugs by mouth", "swallow tablets"),
        *("swallow pills", "swallowing tablets", "swallowing pills"),
        *("tabletės", "tablečių", "tabletes", "kapsulės", "kapsulių", "kapsules", "piliulės", "piliulių", "piliules"),
        *("geriamieji vaistai", "geriamųjų vaistų", "geriamų vaistų", "geriamuosius vaistus", "geriamus vaistus"),
        *("tabletten", "tablette", "pillen", "pille", "kapseln", "kapsel", "orale medikamente", "orale medikation"),
        *("tabletten oder kapseln", "oralen medikamente", "oralen medikamenten"),
    ),
    "other_forms": (
        *("patch", "patches", "plaster", "plasters", "drops", "eye drops", "cream", "creams", "gel", "gels"),
        *("ointment", "ointments", "suppository", "suppositories", "spray", "sprays", "inhaler", "inhalers"),
        *("pleistrai", "pleistrų", "pleistrus", "lašai", "lašų", "lašus", "tepalai", "tepalų", "tepalus", "kremai"),
        *("kremų", "kremus", "geliai", "gelių", "žvakutės", "žvakučių", "žvakutes", "purškalai", "purškalų"),
        *("pflaster", "tropfen", "augentropfen", "salbe", "salben", "creme", "cremes", "gele", "zäpfchen", "sprays"),
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
    r"^(?:(?:all|any|every|the|her|his|their|a|an|taking|to take|to swallow|use of|to|of|having|being given|visų|visus"
    r"|visi|visas|bet kokių|bet kokias"
    r"|jokių|jokias|vartoti|gerti|alle|jede|jegliche|keine|kein|die|eine?) )+"
)
_REFUSAL = re.compile(
    r"(?:(?:the )?(?:patient|she|he|they|pacientė|pacientas|patientin|sie|er) )?(?:"
    r"(?:refus(?:es|ed|al|ing)|declin(?:es|ed|ing)|rejects?|rejected|objects to|unwilling to(?: take| have)?"
    r"|(?:do(?:es)?|did|will|would)(?: not|n't) (?:want|wish|accept|agree to|consent to|take|have)(?: to(?: take"
    r"| have)?)?"
    r"|won't (?:take|have|accept)|wants no|no consent (?:to|for)|consent (?:refused|withdrawn) for"
    r"|atsisako|atsisakė|atsisakymas|nenori|nesutinka(?: su)?|nevartos) (?P<after>.+)"
    r"|(?:möchte|will|wünscht) (?P<none>kein.+?)(?: (?:ein)?nehmen| schlucken| haben)?"
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
