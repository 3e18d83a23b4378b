"""Words beside a condition or a sign that change nothing in what it is: how strong, since when, where, of which grade.

`paroxysmal AF`, `new foot drop`, `Herzinsuffizienz NYHA II`, `T2DM on insulin`. The words are ours. A word that is not
here, a negation among them, leaves the whole unread; words that say "past" are told apart from the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assuage.patterns import kept_pattern
from assuage.terms.names import spaced, unaccented

_WORDS = frozenset(
    {"acute", "acutely", "active", "advanced", "ankle", "arm", "arms", "both", "central", "chronic", "chronical",
     "constant", "diffuse", "established", "extreme", "face", "fingers", "foot", "feet", "frequent", "generalised",
     "generalized", "hand", "hands", "heavy", "intermittent", "known", "left", "leg", "legs", "long",
     "longstanding", "mild", "moderate", "new", "newly", "ongoing", "painful", "paroxysmal", "permanent",
     "persistent", "poorly", "controlled", "primary", "recurrent", "right", "secondary", "severe", "sided",
     "sudden", "suddenly", "symptomatic", "unexplained", "unintentional", "upper", "lower", "very", "well",
     "today", "since", "yesterday", "on", "has", "hat", "serga", "sometimes", "often", "occasionally", "frequently",
     "again", "repeatedly", "kartais", "daznai", "vel", "manchmal", "oft", "haufig", "gelegentlich", "wieder",
      "bilateral", "unilateral", "vulgaris", "gravis", "akut", "akute", "akuter",
     "akutes", "beidseitig", "beide", "beidseits", "bekannt", "bekannte", "bekannter", "bein", "beine",
     "chronisch", "chronische", "chronischer", "chronisches", "hande", "arme", "fuss", "fusse", "links", "rechts",
     "leicht", "leichte", "leichter", "schwer", "schwere", "schwerer", "schweres", "mittelschwer", "neu", "neue",
     "neuer", "neues", "aufgetretene", "plotzlich", "plotzliche", "plotzlicher", "starke", "starker", "starkes",
     "rezidivierend", "rezidivierende", "persistierend", "im", "in", "den", "der", "am", "syndrom", "umine",
     "uminis", "letinis", "letine", "stiprus", "stipri", "staigus", "staigi", "naujas", "nauja", "nuolatinis",
     "lengvas", "lengva", "sunkus", "sunki", "vidutinis", "vidutine", "desines", "kaires", "pusis", "rankos",
     "rankose", "ranku", "kojos", "kojose", "koju", "pestu", "plastaku", "desinej", "kairej"}
)  # fmt: skip
_GRADED = (
    r"(?:(?:stage|grade|class|type|typ|gold|nyha|child|child pugh|stadium|grad|stadija|stadijos|laipsnio|st|tipo|tipas"
    r"|status)[ ]?)(?:[0-9]+[a-z]?|[ivx]+|[a-d])"
)
_BEHIND = kept_pattern(
    rf"[ ,(]+(?:{_GRADED}|[0-9]+[ ]?(?:st|stadija|stadijos|laipsnio|laipsnis)|[iv]+[ ]?°?|[ab]|on (?:insulin|metformin"
    r"|cpap|dialysis|treatment|medication|tablets)|since [0-9]{4}|seit [0-9]{4}|nuo [0-9]{4}(?: m)?|at times"
    r"|(?:since |from |nuo |seit )?(?:this (?:morning|afternoon|evening)|last night|earlier today|tonight|yesterday"
    r"|vakar|siandien|siryt|heute(?: morgen| fruh)?|gestern(?: abend)?)"
    r"|(?:for|seit) (?:[0-9]+|an?|one|two|three|four|five|ten|some|a few)"
    r" (?:minutes?|hours?|days?|minuten|stunden|tagen)"
    r"|from time to time|every (?:day|night|morning|evening)|now and (?:then|again)|ab und zu"
    r"|hin und wieder|radiating to"
    r" (?:the )?(?:left |right )?(?:arm|jaw|back|shoulder)|positive|positiv|disease|syndrome|syndrom)[)]?\.?$"
)
_BEFORE = kept_pattern(rf"^(?:{_GRADED}|[0-9][a-z]?[ ](?:stadijos|laipsnio|tipo)|ex)[ ]")
_PAST = kept_pattern(
    r"^(?:previous|prior|past|old|former|h/o|hx of|history of|past history of|pmh of|s/p|status post|st p|st\.? ?n|z ?n"
    r"|z\. ?n\.?|zustand nach|fruherer?|alter|buves|buvusi|persirgtas|persirgta|status po|busena po)[ :]+"
)
# That something that passes is over, in English, Lithuanian and German; a plural of pregnancies is of past ones (ours).
_OVER = kept_pattern(
    r"(?<!not )(?<!never )(?<!hardly )(?<!nicht )\b(?:healed|resolved|gone|cured|recovered|cleared up|fully treated|"
    r"abgeheilt|geheilt|verheilt|überstanden|ausgeheilt|išgijo|sugijo|praėjo|pagijo)\b"
    r"|\b(?:no longer|(?:no|not) (?:\w+ ){1,4}any ?more|years? ago|as a child|in childhood|in the past|history of|"
    r"previous\w*|former\w*|buvęs|buvusi|persirg\w*|vaikystėje|nebėra|nebėščia|prieš (?:\w+ )?metus|früher\w*|"
    r"vor (?:\w+ )?jahren|als kind|zustand nach|kein\w* (?:\w+ ){1,4}mehr|nicht mehr|"
    r"pregnancies|schwangerschaften|nėštumai|nėštumų|g\d ?p\d)\b"
)
_NOT_OVER = kept_pattern(
    r"\b(?:again|still|recurr\w*|ongoing|current\w*|now|at present|vėl|dar|dabar|wieder|noch|jetzt|aktuell)\b"
)
_IN_YEAR = kept_pattern(
    r"\b(?:in|of|im jahr|anno) (?P<year>(?:19|20)\d\d)\b|\b(?P<lithuanian>(?:19|20)\d\d) ?m\b"
)
# A year is past from two years on; where a record bears no date, before the year of this table (both ours).
_YEARS, _THIS_YEAR = 2, 2026
# That something has only begun, in English, Lithuanian and German (ours).
_NEWLY = kept_pattern(
    r"\b(?:new|newly|sudden|suddenly|acute|acutely|since (?:yesterday|today|last night|this morning|a few hours)"
    r"|staiga|staigus|staigi|ūmin?\w*|nuo (?:vakar|šiandien)|plötzlich\w*|akut\w*|neu aufgetreten\w*"
    r"|seit (?:gestern|heute))\b"
)
# No more than this many words stand beside the one that says what it is (ours).
_MOST = 4


def without_modifiers(text: str) -> Iterator[str]:
    """The words, without accents, with fewer and fewer modifiers: what may be listed, the longest first."""
    plain = " ".join(re.sub(r"[.,;:!]+(?= |$)", " ", unaccented(text)).split())
    seen = {plain}
    waiting = [plain]
    for _ in range(_MOST):
        shorter: list[str] = []
        for words in waiting:
            first, _, rest = words.partition(" ")
            before, _, last = words.rpartition(" ")
            each = [_BEHIND.sub("", words), _BEFORE.sub("", words)]
            each += [rest] if first in _WORDS else []
            each += [before] if last in _WORDS else []
            shorter += [one_less for one_less in each if one_less and one_less not in seen]
            seen.update(each)
        yield from shorter
        waiting = shorter


def what_is_past(text: str) -> str | None:
    """What was there once, by words that say so (`previous MI`, `Z.n. Herzinfarkt`); None where they do not."""
    plain = unaccented(text)
    match = _PAST.match(plain)
    return plain[match.end() :] if match else None


def says_newly(text: str) -> bool:
    """Whether words say of what they name that it has only begun: `sudden`, `since yesterday`."""
    return _NEWLY.search(spaced(text)) is not None


def is_over(text: str, year: int | None = None) -> bool:
    """Whether words say of something that passes that it has: `healed`, `any more`, `two pregnancies in 2010`.

    `year` is that of the record's day; a year in the text is past where it is two years before.
    """
    plain = spaced(text)
    if _NOT_OVER.search(plain):
        return False
    told = _IN_YEAR.search(plain)
    if told is not None and int(told["year"] or told["lithuanian"]) > (year or _THIS_YEAR) - _YEARS:
        return False
    return told is not None or _OVER.search(plain) is not None
