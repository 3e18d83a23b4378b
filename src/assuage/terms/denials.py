"""The words by which a sentence denies what it names, or says it of others (ours: English, Lithuanian, German)."""

from __future__ import annotations

from functools import lru_cache

from assuage.patterns import kept_pattern
from assuage.terms.names import spaced

# A part of a pattern between word boundaries. "be" is left out: it is Lithuanian for "without", and English.
DENIALS = (
    r"no|not|never|(?:has|have|is|does|did|was)n't|none|denie[sd]|without|excluded|ruled out|negative|neigiam\w*"
    r"|negativ\w?"
    r"|nevartoj\w*|nebevartoj\w*|negeria|negeriu|nebegeria|nėra|nebėra|nebuvo|neserga|neturi|neturėjo|neigia"
    r"|paneigė|paneigta|kein\w*|ohne|verneint|nie"
    # For years; who is free of it for days had it some days ago.
    r"|free (?:for|since) (?:(?:over|about|nearly|almost|more than|at least) )?(?:(?:\w+ )?years?|(?:19|20)[012]\d)"
)
_DENIED = kept_pattern(rf"\b(?:{DENIALS})\b")
# To say that something is not excluded, or that it is no better, denies nothing.
_LEFT_OPEN = kept_pattern(
    r"\b(?:not|never|cannot|can't)\s+(?:yet\s+|be\s+|been\s+|fully\s+)*(?:excluded|ruled out)\b"
    r"|\b(?:not|nicht|ne) negativ\w*|\bnicht (?:sicher )?(?:ausgeschlossen|auszuschließen)\b|\bneatmest\w*"
    r"|\b(?:no|not|without)\s+(?:any\s+|much\s+)*(?:better|improve\w*|relief|change\w*|respon\w*|resolv\w*|settl\w*"
    r"|recover\w*|heal\w*)\b|\bkein\w* (?:ansprechen|wirkung|erfolg|kontrolle)\b|\bnereaguo\w*|\b(?:keine"
    r"|ohne) (?:besserung|änderung|veränderung)\b"
)
# No doubt is no denial, nor is what is denied of all but this.
_DENIES_THE_DENIAL = kept_pattern(
    r"\b(?:no|not|without|beyond|ohne|keine?n?|be|nėra) (?:a |any |jeden |jokios? )?(?:doubts?|question|zweifel"
    r"|fraglos|abejon\w*)\b"
    r"|\babejon\w* nėra\b|\b(?:not|never|nicht|nie) (?:been |completely |fully |ganz |völlig )*(?:free (?:of|from)"
    r"|without|frei von|ohne)\b"
    r"|\bden(?:y|ies|ied) (?:\w+ ){0,2}no\b|\b(?:not|nicht|nėra) (?:\w+ )?(?:sure|certain|sicher|tikr\w*|clear"
    r"|klar)\b|\bunsure\b"
    r"|\b(?:not only|nicht nur|ne tik|ne vien)\b"
)
_EXCEPTED = kept_pattern(
    r"\b(?:except\w*|apart from|other than|aside from|save for|but for|nothing but|no other (?:\w+ ){0,3}than|only"
    r"|unless|until|besides"
    r"|außer|ausser|bis auf|abgesehen von|nur|kein\w* ander\w* \w+ als|išskyrus|tik|nebent|be to)\b"
)
# Behind these words a sentence says something else than before.
_ADVERSATIVE = kept_pattern(
    r" (?=(?:but(?! for)|however|although|though|yet|sondern|aber|jedoch|doch|bet|tačiau)\b)"
)
# Whose it is, and that somebody else only tells of it.
_RELATIVE = (
    r"(?:mother|mum|mom|father|dad|parents?|sister|brother|siblings?|aunt|uncle|grand\w+|cousin|niece|nephew|husband"
    r"|wife|son|daughter|relatives?|mutter|vater|eltern|schwester|bruder|geschwister|tante|onkel|oma|großmutter"
    # "opa" is Lithuanian for an ulcer.
    r"|(?<=ihr )opa|(?<=sein )opa|(?<=der )opa|(?<=vom )opa|opa(?= (?:hat|hatte|ist|war|mit|starb))"
    r"|großvater|großeltern|ehemann|ehefrau|sohn|tochter|motin\w*|mamos|mamai|tėv(?:as|o|ui|ams|ų)|seser\w*|sesuo"
    r"|brol\w*|teta|tetos|tetai|dėd(?:ė|ės|ei)|močiut\w*|senel\w*|gimin\w*|žmon(?:a|os|ai)|sūn(?:us|aus|ui)|dukr\w*"
    r"|dukter\w*)"
)
# A family that is to be begun is the patient's own.
_OF_A_RELATIVE = kept_pattern(
    rf"\b(?:{_RELATIVE}"
    rf"|(?<!start a )(?<!starting a )(?<!planning a )(?<!for a )(?<!have a )(?<!wants a )family(?! is planned)"
    r"|šeimos(?! (?:pagaus|gausin|plan))|šeimoje|familien(?!gründ|plan|zuwachs)\w*|familiär\w*)\b"
)
_TOLD_BY_A_RELATIVE = kept_pattern(
    rf"\b{_RELATIVE} (?:\w+ ){{0,2}}(?:notic\w*|found|finds|saw|sees|says?|said|reports?|reported|told|tells|brought"
    r"|brings|called|calls|thinks|describ\w*|witness\w*|heard|hears|bemerk\w*|sah|sieht|sagt\w*|fand|berichte\w*"
    r"|brachte"
    r"|rief|erzählt\w*|pasteb\w*|sako|sakė|rado|praneš\w*|atvež\w*|iškviet\w*|pasakoj\w*)\b"
    rf"|\b(?:lives?|living|stays?) (?:\w+ )?with (?:\w+ ){{0,2}}{_RELATIVE}\b"
    rf"|\b(?:wohnt|lebt) (?:bei|mit) (?:\w+ )?{_RELATIVE}\b|\bgyvena (?:su|pas) (?:\w+ )?{_RELATIVE}\b"
)
# Things of everyday life that are spelled like a disease: `heating pad` is no arterial disease (ours).
_EVERYDAY = kept_pattern(
    r"\b(?:(?:heat(?:ing|ed)?|warm(?:ing)?|hot|cold|cool(?:ing)?|ice|gel|knee|mouse|track|touch|launch|key|thumb"
    r"|shoulder|heel|foot|toe|finger|elbow|wrist|shin|hip|lap|seat|fat|foam|cotton|gauze|eye|nipple|electrode|tens"
    r"|absorbent|incontinence|sanitary|menstrual|period|protective|soft|scour\w*|yoga|writing|brake|wärme|kühl"
    r"|maus)[ -]?pads?|pads? (?:under|for (?:the |her |his )?(?:neck|back|knees?|bed|heat|incontinence))"
    r"|ms (?:teams|office|word|excel|windows))\b"
)
# Who fears a needle has that fear: what is done with a needle is asked about.
_NEEDLES = (
    r"(?:needles?|injections?|jabs?|shots|syringes?|blood|being injected|nadel\w*|spritze\w*|injektion\w*"
    r"|blutab\w*|belone\w*"
    r"|trypano\w*|tripano\w*|adat\w*|injekcij\w*|[šs]virk[šs]t\w*|d[ūu]ri\w*|kraujo)"
)
# It is the patient's as well as theirs.
_AS_THEY = kept_pattern(
    rf"\b(?:(?:just )?like|same as|wie|kaip(?: ir)?) (?:her|his|the|my|ihre?|seine?|jos|jo) {_RELATIVE}\b"
    rf"|\b(?<=she )and (?:her|his) {_RELATIVE} (?=(?:both )?(?:have|had|are|were|suffer)\b)"
    rf"|\b(?<=he )and (?:her|his) {_RELATIVE} (?=(?:both )?(?:have|had|are|were|suffer)\b)"
)
# Nobody has it: it is prevented, looked for, or only called so.
_OF_NOBODY_HERE = kept_pattern(
    r"\b(?:(?<!needle )(?<!needles )(?<!injection )(?<!injections )(?<!blood )(?<!injury )phobia"
    r"|risk of(?! (?:suicid|self))|screen\w*|prophyla\w*|prevent\w*|vaccin\w*"
    r"|(?<!nicht )(?<!sicher )(?<!völlig )ausgeschlossen|hay fever"
    r"|(?:yellow|scarlet|glandular|dengue|rheumatic|mediterranean) fever"
    r"|(?:intentional|deliberate)(?! (?:\w+ )?(?:over ?dos|self|harm|poison))"
    r"|planned (?:\w+ )?(?:weight|loss|diet\w*|fast\w*))\b"
)
_UNTIL = r"(?: (?!and |but |with |since |because |after |und |aber |mit |seit |nach |weil |ir |bet |su |nuo )[\w'-]+)"
_ITS_OWN = r"(?!(?:her|his|my|their|the|this|these|those) )"
_DISEASE = (
    r"(?:cancer|tumou?rs?|strokes?|heart attacks?|infarct\w*|(?:blood )?clots?|ms|multiple sclerosis|dementia"
    r"|alzheimer\w*|parkinson\w*|aneurysm\w*|meningitis|leuk\w+|krebs\w*|\w*tumor\w*|schlaganfall|\w*infarkt\w*"
    r"|demenz|thrombose|vėž\w*"
    r"|navik\w*|insult\w*|demencij\w*|tromboz\w*)"
)
# What is only feared: what stands behind the word of fear, up to the next part of the sentence.
_FEARED = kept_pattern(
    rf"\b(?:fears?|feared|fearful|afraid|scared|terrified|frightened|dreads?) (?:of |about ){_ITS_OWN}"
    rf"(?!(?:\w+ )?{_NEEDLES}\b)[\w'-]+{_UNTIL}{{0,4}}"
    rf"|\b(?:angst|furcht|panik) vor (?!(?:\w+ )?{_NEEDLES}\b)[\w-]+{_UNTIL}{{0,3}}"
    rf"|\b(?:be)?fürchtet (?!(?:\w+ )?{_NEEDLES}\b)[\w-]+{_UNTIL}{{0,3}}"
    rf"|\b(?:bijo|bijau|bijosi|baimin\w+|baim\w+ (?:dėl|susirgti"
    rf"|patirti)) (?!(?:\w+ )?{_NEEDLES}\b)[\w-]+{_UNTIL}{{0,3}}"
    rf"|\b(?!{_NEEDLES} )\w+ baim[ėe]\b|\b(?!{_NEEDLES})\w+(?:angst|phobie|fobija)\b|\b(?!{_NEEDLES} )\w+ phobia\b"
)
_WORRIED = kept_pattern(
    rf"\b(?:fears?|feared|afraid|scared|worr(?:y|ies|ied|ying)|anxious|sorgen?|besorgt|nerimauj\w*|jaudin\w*)"
    rf"(?:,? [\w']+){{0,5}}?,? (?<!her )(?<!his )(?<!my ){_DISEASE}\b"
)
# Behind these words stands what relatives had, up to the end of the sentence.
_FAMILY_HISTORY = kept_pattern(
    r"\b(?:family history|fhx?|familienanamnese|šeimos anamnezė|šeiminė anamnezė)\b[^.;]*"
)
# The clauses of words, each with the sign that ends it.
_CLAUSES = kept_pattern(r"(?<=[,;.()!?:/])(?!\d)")
_A_DOCTOR = kept_pattern(
    r"\b(?:gp|doctors?|dr|physician|radiolog\w*|surgeon|\w*arzt|\w*ärztin|gydytoj\w*|we|i)\b"
)


def is_taken_back(clause: str) -> bool:
    """Whether a clause denies what it names, or says it of others."""
    return denies(clause) or is_of_others(clause)


def without_doubts_denied(clause: str) -> str:
    """The clause without the words that only deny a doubt (`no doubt`, `not sure`)."""
    return _DENIES_THE_DENIAL.sub(" ", clause)


def denies(clause: str) -> bool:
    """Whether a clause denies what it names; not where it denies the doubt, or all but this."""
    left = _LEFT_OPEN.sub(" ", without_doubts_denied(clause))
    denial = _DENIED.search(left)
    return denial is not None and _EXCEPTED.search(left, denial.start()) is None


def is_of_others(clause: str) -> bool:
    """Whether a clause says what it names of somebody else, or of nobody; not where a relative only tells of it."""
    left = _TOLD_BY_A_RELATIVE.sub(" ", clause)
    return _OF_NOBODY_HERE.search(left) is not None or _OF_A_RELATIVE.search(left) is not None


@lru_cache(maxsize=20_000)
def said_of_patient(words: str) -> str:
    """The words, in lower case, without what the patient only fears and what is said of others.

    A doctor's worry is a suspicion, and stays.
    """
    plain = _ADVERSATIVE.sub("; ", _AS_THEY.sub(" ", spaced(words).replace("’", "'")))
    left = _EVERYDAY.sub(" ", _FEARED.sub(" ", _FAMILY_HISTORY.sub(" ", plain)))
    if _A_DOCTOR.search(left) is None:
        left = _WORRIED.sub(" ", left)
    return "".join(clause for clause in _CLAUSES.split(left) if not is_of_others(clause))
