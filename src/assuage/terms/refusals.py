"""The words with which a record says that somebody refuses something, and what treatment is called there (ours).

In English, Lithuanian and German, written down from memory: `refuses all tablets`, `injections declined`,
`atsisako vaistų`, `lehnt Spritzen ab`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from assuage.patterns import kept_pattern
from assuage.terms.names import folded

Treatment = Literal["everything", "drugs", "by_mouth", "other_forms", "needles", "moving"]

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
        *("injektionen", "infiltrationen", "infiltrations", "mesotherapy injections", "adatas", "adatoms", "adata"),
        *("nadeln", "nadel", "injekcijas", "injekcija", "injekcijoms", "dūrius", "stiche", "being needled", "needled"),
    ),
    # Work with the body, as a thing and as what one does.
    "moving": (
        *("exercise", "exercises", "exercising", "exercise programme", "training", "train", "gym", "workouts"),
        *("physiotherapy", "physio", "physical therapy", "do exercises", "do physio", "sport", "sports"),
        *("work out", "do any exercise", "the gym", "movement therapy", "rehabilitation exercises", "graded exercise"),
        *("mankšta", "mankštos", "mankštą", "mankštų", "mankštintis", "sportuoti", "sportas", "sporto", "pratimai"),
        *("pratimų", "pratimus", "kineziterapija", "kineziterapijos", "kineziterapiją", "fizioterapijos"),
        *("fizioterapija", "treniruotės", "treniruočių", "treniruotis", "judėjimo terapijos", "daryti pratimus"),
        *("training", "trainieren", "gymnastik", "krankengymnastik", "physiotherapie", "bewegungstherapie", "turnen"),
        *("übungen", "übungen machen", "sport machen", "sport treiben", "bewegung", "üben", "rehasport"),
        *("kinesiotherapy", "daryti mankštą"),
    ),
}  # fmt: skip
_TREATMENT_OF: dict[str, Treatment] = {name: kind for kind, names in _CALLED.items() for name in names}
# What says only how much of it.
_ALL = kept_pattern(
    r"^(?:(?:all|any|every|the|her|his|their|these|those|more|further|a|an|taking|to take|to swallow|use of|to|of"
    r"|having"
    r"|being given|doing|to have|visų|visus|visi|visas|bet kokių|bet kokias|daugiau|tų|šių"
    r"|jokių|jokias|jokios|jokio|vartoti|gerti|alle|jede|jegliche|weitere|weiteren|diese|die|das|keine|kein|eine?"
    r"|mehr) )+"
)
_SHE = (
    r"(?:(?:(?:the )?patient|she|he|they|i|pacientė|pacientas|ji|jis|die patientin|patientin|sie|er|ich) )?"
)
# Refusals that are whole, by the thing that is refused.
_REFUSAL = kept_pattern(
    rf"{_SHE}(?:"
    r"(?:refus(?:es|ed|al|ing)|declin(?:es|ed|ing)|rejects?|rejected|objects to|unwilling to(?: take| have)?"
    r"|(?:do(?:es)?|did|will|would)(?: not|n't) (?:want|wish|accept|agree to|consent to|take|have|like)(?: (?:to"
    r"|any more"
    r"|any longer)(?: (?:take|have|do|continue(?: with)?|go on with))?)?"
    r"|(?:will not|won't|would not|wouldn't|not willing to|no longer wants(?: to)?)(?: take| have| accept| do"
    r"| go on with)?"
    r"|wants no(?: more)?|no consent (?:to|for)|consent (?:refused|withdrawn) for"
    r"|(?:wants?|wishes|asks|asked|would like|prefers|decided|has decided)(?: to)? (?:stop|quit|end|discontinue"
    r"|avoid|give up"
    r"|do without|come off|not (?:to )?(?:have|take|do))(?: taking| having| doing| with)?"
    r"|atsisako|atsisakė|atsisakymas|(?:ne|nebe)nori|nesutinka(?: su| dėl)?|(?:ne|nebe)pageidauja|nevartos"
    r"|nebevartos|negers"
    r"|nebegers|(?:ne|nebe)darys|(?:ne|nebe)si|prašo be|(?:nori|prašo) (?:nutraukti|baigti|atsisakyti|neskirti)"
    r"|daugiau nenori) (?P<after>.+)"
    r"|(?:möchte|will|wünscht|mag|wollte|bitte) (?P<none>kein.+?)(?: (?:ein)?nehmen| schlucken| haben| machen"
    r"| bekommen)?"
    r"|(?:möchte|will|mag|wollte) (?P<does>.+?) (?:absetzen|beenden|abbrechen|stoppen)"
    r"|(?:möchte|will|mag|wollte) nicht(?: mehr)? (?P<not>.+)"
    r"|(?:lehnt|verweigert) (?P<german>.+?)(?: ab)?"
    r"|(?P<object>.+?) (?:lehnt (?:sie|er) ab|will (?:sie|er) nicht(?: mehr)?|(?:möchte|mag) (?:sie"
    r"|er) nicht(?: mehr)?)"
    r"|(?P<lithuanian>.+?) (?:atsisako|atsisakė|(?:ne|nebe)nori|nesutinka|(?:ne|nebe)pageidauja|nevartos"
    r"|nebevartos|negers"
    r"|nebegers|(?:ne|nebe)darys)"
    r"|(?P<before>.+?) (?:(?:is|are|was|were|has been) )?(?:refused|declined|not wanted|unwanted|abgelehnt|verweigert"
    r"|nicht gewünscht|unerwünscht|atsisakyta|nepageidaujam(?:a|os|i))"
    r"|(?:no|no more|never again|kein\w*|nie wieder|jokių|jokios|jokio|daugiau jokių"
    r"|daugiau jokios) (?P<none_please>.+?),?"
    r" (?:please|any ?more|again|thank you|thanks|bitte|mehr|mehr bitte|danke|prašau|nebereikia)"
    r"|(?:no more|never again|nie wieder|daugiau jokių|daugiau jokios|bitte kein\w*) (?P<no_more>.+)"
    r")"
)
# What may be a refusal, or say that there is none of it just now: a person is asked.
_PERHAPS = kept_pattern(
    rf"{_SHE}(?:(?:no|without|stop|kein\w*|ohne|jokių|jokios|jokio|be|nereikia|prefers no|rather no) (?P<bare>.+?)"
    r"|(?P<answered>.+?) ?[:?-] ?(?:no|never|nein|ne|declined|refused)(?: thanks| danke| ačiū)?)"
)
_ONLY_NOW = kept_pattern(
    r"\b(?:today|now|at present|currently|heute|derzeit|zurzeit|šiandien|dabar|šiuo metu|yet|so far)\b"
)
# Words that refuse, wherever the treatment stands beside them.
_REFUSES = kept_pattern(
    r"\b(?:refus(?:es|ed|al|ing)|declin(?:es|ed) (?!in\b)|(?:does|do|did|will|would)(?: not|n't) (?:want|agree"
    r"|accept|consent)"
    r"|won't (?:have|take|do|accept)|wants? (?:to )?(?:stop|quit|no more)|atsisak\w*|(?:ne|nebe)nori|nesutinka"
    r"|nepageidauj\w*"
    r"|lehnt .*\bab|verweiger\w*|ablehn\w*|(?:will|möchte|mag) (?:\w+ ){0,3}(?:nicht|kein\w*)|nie wieder"
    r"|says? no to|said no to|rather not|prefers? not|no longer wants?|prašo (?:ne|nebe)\w+"
    r"|nimmt keine? .+ mehr)\b"
)
_REFUSES_NOTHING = kept_pattern(
    r"\b(?:not refus\w*|never refused|refused by (?:her|his|the)|(?:not|n't) want to (?:stop|miss|lose|give up"
    r"|do without)"
    r"|neatsisak\w*|nenori (?:nutraukti|atsisakyti|praleisti)|nicht (?:ablehn\w*|verzichten)|no longer refus\w*)\b"
)
_REFUSAL_CLAUSE = kept_pattern(r"[,;.!?()]")


class RefusalTold(NamedTuple):
    """What words refuse, folded, and whether they say so for sure; else a person is asked."""

    thing: str
    sure: bool = True


def treatment_called(words: str) -> Treatment | None:
    """The kind of treatment that has this name, all or any of it; None where it is no kind, but a thing or unread."""
    return _TREATMENT_OF.get(refused_thing(words))


def refused_thing(words: str) -> str:
    """The name of what is refused, without the words for all or any of it, folded."""
    plain = folded(words).strip(" .!,;:")
    return _ALL.sub("", plain) or plain


def refused_in(words: str) -> str | None:
    """What these words refuse for sure, folded; None where they refuse nothing, or it is not sure."""
    refused = refusal_in(words)
    return refused.thing if refused is not None and refused.sure else None


@lru_cache(maxsize=20_000)
def refusal_in(words: str) -> RefusalTold | None:
    """What these words refuse, or may refuse; None where they refuse nothing."""
    plain = folded(words).strip(" .!")
    whole = _REFUSAL.fullmatch(plain)
    if whole is not None:
        return RefusalTold(refused_thing(next(part for part in whole.groups() if part)))
    perhaps = _PERHAPS.fullmatch(plain)
    if perhaps is not None:
        thing = refused_thing(perhaps["bare"] or perhaps["answered"])
        asked = thing in _TREATMENT_OF and _ONLY_NOW.search(plain) is None
        return RefusalTold(thing, sure=False) if asked and _TREATMENT_OF[thing] not in _TAKES_NONE else None
    for clause in _REFUSAL_CLAUSE.split(plain):
        if _REFUSES.search(clause) and not _REFUSES_NOTHING.search(clause):
            thing = _treatment_in(clause)
            if thing is not None:
                return RefusalTold(thing, sure=False)
    return None


# That there is none of it may only say that nothing is taken (`assuage.terms.no_medication`).
_TAKES_NONE = ("everything", "drugs", "other_forms")
_LONGEST_NAME = 3  # words


def _treatment_in(clause: str) -> str | None:
    """The name of a kind of treatment that stands among these words, the longest first."""
    parts = re.findall(r"[\w'-]+", clause)
    names = (
        " ".join(parts[first : first + length])
        for length in range(_LONGEST_NAME, 0, -1)
        for first in range(len(parts) - length + 1)
    )
    return next((name for name in names if name in _TREATMENT_OF), None)


def names_treatment(thing: str) -> bool:
    """Whether a word for treatment stands among others, so that a person has to say what is meant."""
    return any(word.strip(",;:") in _TREATMENT_OF for word in thing.split())
