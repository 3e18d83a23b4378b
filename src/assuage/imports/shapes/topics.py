"""What a column is about, by the words of its header in English, Lithuanian, German and French; the words are ours.

A header that says two things (`sleep and pain`) says nothing here, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from assuage.imports.shapes.beside import BESIDE, OF_ANOTHER_DAY
from assuage.instruments import INSTRUMENTS
from assuage.instruments.model import Instrument
from assuage.terms.names import folded
from assuage.terms.scales import ANXIETY, FATIGUE, NUMBNESS, PAIN, STIFFNESS, STRESS, Scale
from assuage.terms.sites import SITES

About = Literal[
    "date", "time", "day", "patient", "weekday", "note", "person", "device", "sleep", "rating", "amount"
]

# Beginnings of words, so that `müdigkeit` and `müde`, `skausmas` and `skausmo` are one; after * any part of a word,
# before $ a whole one.
_SCALES: tuple[tuple[Scale, tuple[str, ...]], ...] = (
    (
        PAIN,
        (
            "pain$",
            "pains$",
            "ache$",
            "aches$",
            "headache",
            "backache",
            "migraine",
            "skausm",
            "skaud",
            "*schmerz",
            "migren",
            "migräne",
            "douleur",
        ),
    ),
    (
        FATIGUE,
        (
            "fatigue",
            "fatigué",
            "épuis",
            "tired",
            "exhaust",
            "nuovarg",
            "müd",
            "mued",
            "erschöpf",
            "erschoepf",
        ),
    ),
    (STRESS, ("stress", "stres", "įtamp")),
    (ANXIETY, ("anxi", "nerim", "angst")),
    (STIFFNESS, ("stiff", "sąsting", "steif", "raideur")),
    (NUMBNESS, ("numb", "tirpim", "taub", "engourdi")),
)
_ABOUT: tuple[tuple[About, tuple[str, ...]], ...] = (
    ("weekday", ("weekday", "day of week", "jour de la semaine", "wochentag", "savaitės diena")),
    (
        "date",
        (
            "date",
            "datum",
            "data",
            "timestamp",
            "zeitstempel",
            "today",
            "when",
            "recorded at",
            "diena",
            "tag",
            "jour",
        ),
    ),
    ("day", ("day", "day number", "study day", "dienos nr")),
    ("time", ("time", "clock", "uhrzeit", "zeit", "laikas", "time of day", "hour")),
    (
        "patient",
        (
            *(
                "patient",
                "patient id",
                "participant",
                "participant id",
                "subject",
                "subject id",
                "record id",
                "pid",
            ),
            *(
                "person id",
                "user id",
                "case id",
                "pacientas",
                "paciento id",
                "teilnehmer",
                "proband",
                "patienten id",
            ),
        ),
    ),
    (
        "note",
        (
            *("note", "notes", "comment", "comments", "remark", "remarks", "free text", "diary", "journal"),
            *(
                "pastabos",
                "pastaba",
                "komentaras",
                "komentarai",
                "notiz",
                "notizen",
                "bemerkung",
                "bemerkungen",
            ),
            *("remarque", "remarques", "commentaire", "commentaires"),
            *("kommentar", "kommentare", "anmerkung", "anmerkungen", "text"),
        ),
    ),
    (
        "person",
        (
            *(
                "name",
                "first name",
                "last name",
                "surname",
                "email",
                "e mail",
                "phone",
                "address",
                "ip address",
                "ip",
            ),
            *(
                "latitude",
                "longitude",
                "location",
                "gps",
                "birthdate",
                "date of birth",
                "dob",
                "ssn",
                "username",
            ),
            *(
                "vardas",
                "pavardė",
                "el paštas",
                "telefonas",
                "adresas",
                "vorname",
                "nachname",
                "adresse",
                "telefon",
                "clinician",
                "doctor",
                "physician",
                "therapist",
                "assessor",
                "rater",
                "gydytojas",
                "arzt",
            ),
        ),
    ),
    (
        "device",
        ("id", "uuid", "guid", "index", "row", "version", "device id", "deviceid", "nr", "no", "eil nr"),
    ),
)
_SLEEP = ("sleep", "slept", "asleep", "mieg", "schlaf", "sommeil", "dormi")
# A person's own scale: the name and the number as they are; which end is good nobody says.
_RATINGS = (
    *(
        "mood",
        "energy",
        "wellbeing",
        "well being",
        "quality of life",
        "activity level",
        "concentration",
        "focus",
    ),
    *("humeur", "énergie", "bien être"),
    *("nuotaik", "energij", "savijaut", "stimmung", "energie", "befinden", "wohlbefinden", "konzentration"),
)
# How much of something there was: the beginning of the header's words, and the unit where the word has one.
_AMOUNTS: tuple[tuple[str, str | None], ...] = (
    ("steps", "steps"), ("step count", "steps"), ("žingsni", "steps"), ("schritte", "steps"),
    ("distance", None), ("floors", None), ("calories", None), ("caffeine", None), ("coffee", None), ("alcohol", None),
    ("water", None), ("minutes", "min"), ("exercise", None), ("walk", None), ("kava", None), ("alkohol", None),
    ("kaffee", None), ("koffein", None), ("screen time", None), ("pressure", None), ("temperature", None),
    ("humidity", None), ("nombre de pas", "steps"), ("café", None), ("alcool", None), ("marche", None),
    ("mankšt", None), ("bewegung", None), ("sport", None),
    ("active energy", None), ("resting energy", None), ("basal energy", None),
    ("resting hr", "bpm"), ("resting heart rate", "bpm"), ("heart rate", "bpm"), ("hrv", "ms"),
)  # fmt: skip
_NO_TIME = ("heart", "hr$", "pulse", "puls", "spo2", "temperat", "oxygen", "max$", "avg$", "average")
_IN_HOURS = re.compile(r"[\[(]hrs?[\])]\s*$", re.I)  # in brackets a unit; else a heart rate
# Words beside that of a scale with which a number is no rating of it; ours.
_OF_ELSE = (
    *("relief", "reliev", "free$", "no$", "not$", "without$", "less$", "fear$", "goal$", "target$", "expect"),
    *(
        "tomorrow$",
        "change",
        "because$",
        "meds$",
        "med$",
        "medic",
        "pill",
        "tablet",
        "drug",
        "killer",
        "manage",
    ),
    *("count$", "times$", "days$", "sites$", "areas$", "diff", "better$"),
    *(
        "awake$",
        "keep$",
        "kept$",
        "stop$",
        "prevent",
        "interfer",
        "limit",
        "despite$",
        "trotz$",
        "beeinträcht",
    ),
    *(
        "*mittel",
        "*tablett",
        "*akzeptanz",
        "*toleranz",
        "*schwelle",
        "*bewältigung",
        "*frei$",
        "*arznei",
        "ohne$",
        "kein",
        "gegen$",
        "weniger$",
        "anzahl",
        "ziel",
        "tage$",
    ),
    *("be$", "nuo$", "vaist", "tablet", "nėra$", "mažiau$", "pokyt", "tiksl", "skaičius$", "dienos$", "baim"),
    *("sans$", "contre$", "médic", "comprim", "soulag", "moins$", "nombre$", "peur$", "objectif", "jours$"),
)
# No pain at 0 is what every scale of ours has.
_NONE_AT_0 = re.compile(
    r"(?<![\d.])0\s*[=:–-]\s*(?:no|none|kein\w*|nėra|be|aucune?|sans|jok\w+)\b[^,;/)\d]*", re.I
)
_WORST_AT_10 = re.compile(r"(?<![\d.])10+\s*[=:–-]\s*[^\W\d][^,;/)\d]*")
# Beside a word for sleep: what is no sleep of the night.
_AWAKE = (
    *(
        "sleepless",
        "awake$",
        "fall$",
        "latency",
        "nap$",
        "naps$",
        "woke",
        "wake",
        "awakening",
        "pill",
        "med$",
        "meds$",
    ),
    *(
        "schlaflos",
        "einschlaf",
        "wach",
        "*tablett",
        "*mittel",
        "nemig",
        "užmig",
        "pabud",
        "insomn",
        "réveil",
        "sieste",
    ),
)
# Where a word begins inside another (`PainAM`); `hPa`, `kJ` and `mmHg` are one.
_SECOND_WORD = re.compile(r"(?<=[a-z][a-z])(?<!\bmm)(?=[A-Z])")
_UNITS = {
    "h": "h", "hrs": "h", "hours": "h", "std": "h", "stunden": "h", "val": "h", "valandos": "h",
    "heures": "h",
    "min": "min", "mins": "min", "minutes": "min", "minuten": "min", "mg": "mg", "ml": "ml", "l": "l", "km": "km",
    "kcal": "kcal", "kj": "kJ",
    "cups": "cups", "kg": "kg", "bpm": "bpm", "ms": "ms", "hpa": "hPa", "mbar": "mbar", "mmhg": "mmHg",
    "c": "°C", "steps": "steps", "units": "units",
}  # fmt: skip
_SITES_OF = {
    "neck": ("neck", "kakl", "sprand", "nacken", "hals"),
    "head": ("headache", "migraine", "galv", "kopf", "migren", "migräne"),
    "lower_back": ("lower back", "low back", "lumbar", "juosmen", "lws", "kreuz"),
    "upper_back": ("upper back", "thoracic", "krūtininė nugara", "bws"),
    "shoulder_girdle": ("shoulder", "pet", "schulter"),
    "hip": ("hip", "klub", "hüfte", "huefte"),
    "knee": ("knee", "keli", "knie"),
    "jaw": ("jaw", "žandikaul", "kiefer"),
    "hand": ("hand", "plašt"),
    "foot": ("foot", "feet", "pėd", "fuß", "fuss"),
    "chest": ("chest", "krūtin", "brust"),
    "abdomen": ("abdomen", "belly", "pilv", "bauch"),
}
_SIDES = {"left": ("left", "kair", "link"), "right": ("right", "deš", "recht")}
_EVERYWHERE = frozenset(
    (
        *(
            "widespread",
            "everywhere",
            "all over",
            "whole body",
            "visas kūnas",
            "viso kūno",
            "visą kūną",
            "visur",
        ),
        *("überall", "ueberall", "ganzer körper", "ganzer koerper", "am ganzen körper"),
    )
)
_DAYTIMES = {
    "morning": ("am", "morning", "rytas", "ryte", "rytą", "ryto", "morgen", "morgens", "früh"),
    "noon": ("noon", "midday", "afternoon", "mid", "diena", "mittag", "mittags", "vidurdienis", "vidurdienį"),
    "evening": ("pm", "evening", "vakaras", "vakare", "vakaro", "abend", "abends"),
    "night": ("night", "bedtime", "naktis", "naktį", "nakties", "nacht", "nachts"),
}


@dataclass(frozen=True)
class Topic:
    """What a header says: which of our scales, or what else, at which site, at which time of day, in which unit.

    `instrument` is that of a questionnaire whose total it names.
    """

    about: About | None = None
    scale: Scale | None = None
    site: str | None = None
    time: str | None = None
    unit: str | None = None
    instrument: Instrument | None = None


# A word that says of a questionnaire's name that it is the total, and one that has another sense by itself.
_TOTALS = frozenset(("total", "score", "sum", "global", "gesamt", "summe", "suma", "balas"))
_OTHER_SENSES = frozenset(("first",))
_STATED = re.compile(r"(?<![\d.,])([01])\s*(?:-|–|—|to|bis|iki|\.\.\.?|…)\s*(\d{1,4})(?![\d.,]*\d)", re.I)
_OUT_OF = re.compile(r"(?:/|\bout of|\bof|\bvon|\biš)\s*(\d{1,4})(?!\d)", re.I)


def stated_range(header: str) -> tuple[float | None, float] | None:
    """The ends of a scale that a header states (`Pain (1-5)`, `mood 0 bis 100`); the low one None in `mood /10`.

    None where it states none. A range of scores begins with 0 or 1, and one with another number is something else.
    """
    match = _STATED.search(header)
    if match is not None:
        low, high = float(match[1]), float(match[2])
        return (low, high) if high > low + 1 else None
    match = _OUT_OF.search(header)
    return None if match is None or float(match[1]) < 2 else (None, float(match[1]))


_KNOWN_STEMS = (
    *(stem for _, stems in _SCALES for stem in stems),
    *(stem for stems in _SITES_OF.values() for phrase in stems for stem in phrase.split()),
    *(stem for stems in _SIDES.values() for stem in stems),
    *(f"{name}$" for names in _DAYTIMES.values() for name in names),
    *(word for phrase in _EVERYWHERE for word in phrase.split()),
    *(f"{unit}$" for unit in _UNITS),
)


def header_words(header: str) -> str:
    """The words of a header with one blank between them, in lower case, without signs: `Pain_AM` is `pain am`."""
    split = _SECOND_WORD.sub(" ", header)
    return " ".join(re.findall(r"[^\W_]+", folded(split)))


def topic_of(header: str) -> Topic:
    """What a header says in its words; an empty topic where it says nothing that is known, or two things at once."""
    text = header_words(header)
    words = text.split()
    unit = next((_UNITS[word] for word in reversed(words) if word in _UNITS), None)
    if unit == "min" and _begins(words, _NO_TIME):
        unit = None  # the lowest of them, and no minutes
    time = next((time for time, names in _DAYTIMES.items() if any(word in names for word in words)), None)
    for about, names in _ABOUT:
        if text in names:
            return Topic(about)
    of_instrument = _instrument_in(words)
    if of_instrument is not None:
        return Topic(instrument=of_instrument)
    scales = [scale for scale, stems in _SCALES if _begins(words, stems)]
    slept = _begins(words, _SLEEP)
    if slept and unit is None and _IN_HOURS.search(header):
        unit = "h"
    of_energy = unit in ("kcal", "kJ")
    rated = next((stem for stem in _RATINGS if not of_energy and f" {text}".find(f" {stem}") >= 0), None)
    told = header_words(_without_ends(header)).split()
    if len(scales) + slept + (rated is not None) > 1 or _is_of_else(told, unit, bool(scales), slept):
        return Topic(unit=unit)
    if scales:
        return Topic(scale=scales[0], site=_sided(_site(text, words), words), time=time, unit=unit)
    if slept:
        return Topic("sleep", unit=unit)
    if rated:
        return Topic("rating", time=time, unit=unit)
    for stem, of_word in _AMOUNTS:
        if f" {text}".find(f" {stem}") >= 0:
            return Topic("amount", unit=unit or of_word)
    if any(text.endswith(f" {name}") for name in ("note", "notes", "comment", "comments", "text")):
        return Topic("note")
    return Topic(time=time, unit=unit)


def _without_ends(header: str) -> str:
    """A header without the words for the ends of its scale, where no pain is at 0, as it is on every scale of ours."""
    plain = _NONE_AT_0.sub(" ", header)
    return header if plain == header else _WORST_AT_10.sub(" ", plain)


def _says_more(words: list[str]) -> bool:
    """Whether a header has a word beside that of its scale that nothing here knows: it may make it another number."""
    return any(not (word.isdecimal() or word in BESIDE or _begins([word], _KNOWN_STEMS)) for word in words)


def _is_of_else(words: list[str], unit: str | None, scaled: bool, slept: bool) -> bool:
    """Whether the words beside a scale or a night make something else of it: relief from pain, hours of it."""
    if (scaled or slept) and OF_ANOTHER_DAY.search(" ".join(words)):
        return True
    if scaled and _says_more(words):
        return True
    if scaled and (unit in ("h", "min") or _begins(words, _OF_ELSE) or "number of" in " ".join(words)):
        return True
    return slept and _begins(words, _AWAKE)


def _instrument_in(words: list[str]) -> Instrument | None:
    """The questionnaire whose total a header names: `PHQ-9`, `FIQR_total`; None for anything beside its name."""
    name = "".join(word for word in words if word not in _TOTALS)
    return None if words and words[0] in _OTHER_SENSES and len(words) == 1 else _instruments().get(name)


@cache
def _instruments() -> Mapping[str, Instrument]:
    return MappingProxyType({name.replace("_", ""): instrument for name, instrument in INSTRUMENTS.items()})


def _begins(words: list[str], stems: tuple[str, ...]) -> bool:
    return any(
        word == stem[:-1]
        if stem[-1] == "$"
        else stem[1:] in word
        if stem[0] == "*"
        else word.startswith(stem)
        for word in words
        for stem in stems
    )


def site_in_words(part: str) -> str | None:
    """The place that a few words name, in English, Lithuanian or German; None where they name none, or two."""
    text = header_words(part)
    if text in _EVERYWHERE:
        return "widespread"
    words = text.split()
    site = _site(text, words)
    if site is None:
        return None
    sided = _sided(site, words)
    return None if sided == site and any(_begins(words, stems) for stems in _SIDES.values()) else sided


def _sided(site: str | None, words: list[str]) -> str | None:
    """The place on the side that the words name; as it is where they name none, or both, or it has no sides."""
    sides = [side for side, stems in _SIDES.items() if _begins(words, stems)]
    return f"{site}_{sides[0]}" if len(sides) == 1 and f"{site}_left" in SITES else site


def _site(text: str, words: list[str]) -> str | None:
    """The place that the header names; None where it names none, or two."""
    named = {site for site in SITES if f" {site.replace('_', ' ')} " in f" {text} "}
    named |= {
        site for site, stems in _SITES_OF.items() if any(f" {text}".find(f" {stem}") >= 0 for stem in stems)
    }
    if len(named) > 1:
        finest = [site for site in named if all(other == site or other in site for other in named)]
        named = set(finest)
    return named.pop() if len(named) == 1 else None
