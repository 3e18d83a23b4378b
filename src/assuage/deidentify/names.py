"""Names of people: known given names, family names by their form, whoever follows a title or an initial.

Lithuanian names are found in every case. What is capitalised in the middle of a sentence and known to no list is
unjudged, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assuage.deidentify import words
from assuage.deidentify.by_place import is_abbreviation, is_caseless, is_eponym, opens_sentence
from assuage.deidentify.identifiers import Recognised, Rule
from assuage.deidentify.letters import plain_letters
from assuage.deidentify.lexicon import Tongue, in_lexicon, is_clinical
from assuage.deidentify.lithuanian import cases

NAME = Rule("name", "A", "a name", "[name]")
TITLED = Rule("titled-name", "A", "a name after a title", "[name]")
LIKE = Rule("name-again", "A", "a name found elsewhere in the document", "[name]")
ASKED = Rule("hidden-by-choice", "A", "a word a person chose to hide", "[name]")

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAP = r"[A-Z][^\W\d_]{0,40}(?:['’-][A-Z][^\W\d_]{0,40}){0,5}"
_TITLE = (
    r"\b(?:[Dd]r|[Dd]oc|[Pp]rof|[Gg]yd|[Mm]ed\. ?dr|[Mm]r|[Mm]rs|[Mm]s|[Mm]iss|[Mm]x|[Mm]adam|[Ss]ir|[Nn]urse|[Dd]octor|"
    r"[Pp]rofessor|[Pp]on(?:as|ia|iai|ui|io|ios)|[Gg]ydytoj\w*|[Ss]laugytoj\w*|[Kk]ineziterapeut\w*|[Pp]sicholog\w*|"
    r"[Dd]aktar\w*|[Pp]rofesor\w*|[Nn]ame(?: is)?|[Ss]urname|[Vv]ardas|[Pp]avarde|[Pp]acient(?:as|e|es|ei|o|ui)|[Pp]atient|"
    r"[Ss]igned|[Pp]asiras\w*|[Hh]usband|[Ww]ife|[Dd]aughter|[Ss]on|[Ss]ister|[Bb]rother|[Mm]other|[Ff]ather|[Vv]yras|[Zz]mona|"
    r"[Dd]ukra|[Ss]unus|[Ss]esuo|[Bb]rolis|[Mm]otina|[Tt]evas|[Kk]oleg\w*|[Tt]herapist|[Pp]hysiotherapist|[Mm]asseu[rs]\w*|"
    r"[Mm]asazuotoj\w*|[Cc]alled|[Cc]ontact|[Aa]uthor\w*|[Aa]utor\w*|(?<![A-Z] )[pP])\b[.:,]?\s+"
)
_TITLED = re.compile(
    rf"{_TITLE}(?P<name>(?:[A-Z]\.\s?)*{_CAP}(?:\s+(?:(?:van|von|de|der|den|di|da|la|du|bin|al)\s+){{0,2}}(?:[A-Z]\.\s?)*{_CAP}){{0,3}})"
)
_INITIALS = (
    re.compile(rf"(?<![\w./])(?:[A-Z]\.-)?(?:[A-Z]\.\s?){{1,3}}{_CAP}(?![\w])"),
    re.compile(rf"(?<!\w){_CAP}\s(?:[A-Z]\.\s?){{1,3}}(?=[\s,;)]|$)"),
)
_CAPITALS = re.compile(r"(?<![\w.])[A-Z]\. ?(?:[A-Z]\. ?)?[A-Z]\.(?![\w.])")
_LETTERS = re.compile(
    r"(?<![\w.])(?P<letters>[A-Z](?:\. ?| )(?:[A-Z](?:\. ?| ))?[A-Z]\.?) (?:\([a-z ]{3,20}\) )?"
    r"(?:says?|said|told|tells|asks?|asked|rang|phoned|texted|thinks|agrees|agreed|wants|wanted|came|called|lives|drove|"
    r"sagte?|meinte?|bat|rief|kam|wohnt|sako|sakė|sake|teigia|prašo|praso|skambino|gyvena|atvyko)\b"
)
_STATES = frozenset(("us", "usa", "uk", "eu", "gb", "un", "uno", "ddr", "brd", "jav"))
_WITH_ENDINGS = frozenset((Tongue.GERMAN, Tongue.LITHUANIAN))
# A title in full before a full stop ends its sentence: `Seen with her mother. Plantar fasciitis`.
_ENDS_SENTENCE = re.compile(r"(?!(?i:prof|pac))[^\W\d_]{4,}\.\s")
# Whoever is told of by two letters after a title: `Fr. J. Ö. kam`.
_TWO_LETTERS = re.compile(
    r"\b(?:Frau|Herrn?|Fr\.|Hr\.|Mrs?|Ms|Dr\.?|[Pp]ac\.?|[Pp]onia|[Pp]onas|p\.)\s(?P<name>[A-Z]\.\s?[A-Z]\.)"
)
# A letter that stands for a Latin word: `TrP M. quadratus`, `N. medianus`.
_LATIN = re.compile(r"(?<!\w)(?:M|N|A|V|B|R|Lig|Mm|Nn)\.\s?$")
# What a single letter counts: `vitaminas D. Kitas`.
_COUNTED = re.compile(
    r"(?:vitamin\w*|hepatit\w*|typ\w*|grup\w*|group|stage|stadij\w*|grad\w*|stufe|klasse|class|laips\w*)\s$",
    re.IGNORECASE,
)
# Titles that only a person follows; after the others a word of every day is no name.
_SURELY = re.compile(
    r"\b(?:[Dd]r|[Gg]yd|[Dd]oc|[Pp]rof|[Mm]rs?|[Mm]s|[Mm]iss|[Pp]on\w+|[Nn]ame|[Vv]ardas|[Pp]avarde)\b"
)

# Family names by their ending, in every case and without marks.
_IS = "(?:ait|yt|ut|iut)(?:is|i|yje)|(?:aic|yc|uc|iuc)(?:io|iui|iu|iai)|(?:on|el|en)(?:is|io|iui|yje)"
_FAMILY = re.compile(
    rf"[a-z]{{2,}}(?:{_IS})|"
    r"[a-z]{2,}(?:ausk|insk|ansk|evsk|ovsk|tsk|ck)(?:as|o|ui|a|u|e|ai|ams|us|is|i|y|uje|aja|oji|osios)|"
    r"[a-z]{2,}(?:ev|av|ov)ic(?:u|uje|ius|iaus|iui|iu|iumi|iuje|iau|iai|h|z)|"
    r"[a-z]{2,}(?:unas|uno|unui|una|unu|une|enas|eno|enui|enu)|"
    r"[a-z]{2,}(?:ien|ait|yt|ut|iut)(?:e|es|ei|eje)|"
    r"[a-z]{3,}(?:ova|ovos|ovai|eva|evos|evai|ovas|ovo|ovui|evas|evo|evui|enko|enkos|enkai|sson|ssen|ski|ska|sky|skaya|skaja)"
)
# Endings that Lithuanian family names share with other words of either language.
_NO_NAME = re.compile(
    r".*(?:cyte|cytes|lyte|lytes|phyte|phytes|acute|minute|minutes|minutei|hygiene|absolute|institute|institutes|compute|"
    r"dispute|dilute|contribute|salute|commute|constitute|substitute|resolute|astute|tribute|route|routes|mute|attribute|"
    r"analyte|analytes|mergaite|mergaites|mergaitei|skaite|raite|stadien\w*|savaite|savaites|savaitei|hosp\w+|diene|"
    r"polyte|gamete|chute|flute|execute|refute|parachute|elonis|pneumonis|adonis|telis|panel|canonis|ronis|zmonis)|"
    r"(?:back|neck|check|track|black|dick|rocks?|tick|stick|block|blocks|locke|mask\w*|task\w*|risk\w*|disk\w*|desk\w*|alaska|"
    r"ask|asks|nebraska|whisky|husky|frisky|musky|pesky|tricky|sticky|rocky|lucky|backe|rackets?|package|"
    r"schienen?|rentgen\w*|menas|zmones|vienas|vieno|vienui|vienu|seno|senui|kuno|kunui|kunas|mano|gyveno|tyreno|lieknas|fenas|ruduo|duonas|pienas|pieno|"
    r"pienui|dyte|tvarsciai|kraujo|sonis|pasonis|kelis|kelio|keliui|peciai|skonis|skonio|zmonio|judelis|svelnus|galvelis|"
    r"canova|nova|bossanova|casanova|geneva|supernova|villanova|eskulenko)"
)


def names(text: str, others: frozenset[str], hide: frozenset[str]) -> Iterator[Recognised]:
    """The names in a text, overlapping. `others` are cases of names found elsewhere, `hide` what a person chose."""
    plain = plain_letters(text)
    caseless = is_caseless(plain)
    for match in _TITLED.finditer(plain):
        if _ENDS_SENTENCE.match(match[0]) is not None:
            continue
        sure = _SURELY.match(match[0]) is not None
        parts = list(_WORD.finditer(plain, match.start("name"), match.end("name")))
        while parts and not sure and is_everyday(parts[0][0]):
            parts = []
        while len(parts) > 1 and _is_no_part(parts[-1][0], caseless):
            parts.pop()
        if parts and not (is_everyday(parts[0][0]) and not is_name(parts[0][0])):
            yield Recognised(match.start("name"), parts[-1].end(), TITLED, TITLED.becomes)
    for match in (match for pattern in _INITIALS for match in pattern.finditer(plain)):
        longest = max(_WORD.findall(match[0]), key=len)
        counted = _COUNTED.search(plain[max(0, match.start() - 20) : match.start()]) is not None
        counted = counted or _COUNTED.match(f"{longest} ") is not None
        if _LATIN.search(match[0]) and is_clinical(_first_word(plain, match.end())):
            continue
        if len(longest) > 2 and not is_everyday(longest) and not counted:
            yield Recognised(match.start(), match.end(), NAME, NAME.becomes)
    for match in _TWO_LETTERS.finditer(plain):
        yield Recognised(*match.span("name"), NAME, NAME.becomes)
    yield from _initials_alone(plain)
    parts = list(_WORD.finditer(plain))
    for at, word in enumerate(parts):
        lower = word[0].lower()
        if lower in hide:
            yield Recognised(word.start(), word.end(), ASKED, ASKED.becomes)
        elif lower in others:
            yield Recognised(word.start(), word.end(), LIKE, LIKE.becomes)
        if (
            not _capital(word[0])
            or not (is_name(word[0]) or _given(text, plain, word))
            or is_eponym(plain, parts, at)
            or (not caseless and is_abbreviation(word[0]))
        ):
            continue
        first, last = at, at
        # Whoever stands beside a name with a capital belongs to it: Ana Smithers, Smithers Ana.
        while last + 1 < len(parts) and _beside(plain, parts[last], parts[last + 1]) and last - at < 3:
            last += 1
        if first and _beside(plain, parts[first - 1], parts[first]) and not _begins(plain, parts[first - 1]):
            first -= 1
        yield Recognised(parts[first].start(), parts[last].end(), NAME, NAME.becomes)


def _is_no_part(word: str, caseless: bool) -> bool:
    """Whether a word behind a name is none of its own: a word of every day, or what somebody has (`Bryony MS`)."""
    return (is_everyday(word) and not is_name(word)) or (not caseless and is_abbreviation(word))


def _initials_alone(plain: str) -> Iterator[Recognised]:
    """Two or three capitals with full stops that abbreviate nothing we know: `J.T. rang`, `seen by K. M.`."""
    for match in _CAPITALS.finditer(plain):
        letters = re.sub(r"[^A-Z]", "", match[0]).lower()
        if letters not in words.plain_list("abbreviations") | _STATES and not is_clinical(letters):
            yield Recognised(match.start(), match.end(), NAME, NAME.becomes)


def initials_of_somebody(plain: str) -> Iterator[tuple[int, int]]:
    """Capitals letter by letter that abbreviate something, where only somebody does what follows: `C P R said`."""
    for match in _LETTERS.finditer(plain):
        yield match.span("letters")


def _first_word(plain: str, start: int) -> str:
    """The first word after a place, in small letters."""
    word = _WORD.search(plain, start, start + 30)
    return "" if word is None else word[0].lower()


def _begins(plain: str, word: re.Match[str]) -> bool:
    """Whether a word has its capital because a sentence begins with it: `Atvyko Jonas`, `Patientin Giedrė`."""
    return (
        opens_sentence(plain, word.start())
        and in_lexicon(word[0], frozenset(Tongue))
        and not is_name(word[0])
    )


def _given(text: str, plain: str, word: re.Match[str]) -> bool:
    """Whether a word of every day is a given name here: by its letters (Vakarė is not vakare) or within a sentence."""
    lower = word[0].lower()
    if lower not in words.first_names() or lower not in words.everyday() or is_clinical(lower):
        return False
    return (
        not _opens(plain, word) or text[word.start() : word.end()].lower() not in words.everyday_as_written()
    )


def _capital(word: str) -> bool:
    return word[0].isupper()


def _beside(text: str, word: re.Match[str], after: re.Match[str]) -> bool:
    """Whether both words have a capital, with nothing but a blank between them, and neither is an everyday word."""
    both = _capital(word[0]) and _capital(after[0]) and text[word.end() : after.start()].isspace()
    plain = not any(is_everyday(each[0]) and not is_name(each[0]) for each in (word, after))
    return both and plain and not (after[0].isupper() and len(after[0]) > 1 and not word[0].isupper())


def is_everyday(word: str) -> bool:
    """Whether it is a word of every day, of either language, whatever its case."""
    return word.lower() in words.everyday()


@cache
def is_name(word: str) -> bool:
    """Whether a capitalised word (without marks) is a name by list or by form, in any Lithuanian case."""
    lower = word.lower()
    if lower in words.everyday():
        return False
    listed = lower in words.first_names() or lower in words.surnames()
    if is_clinical(lower) and not listed:
        return False
    if any(
        part != lower and len(part) > 2 and is_name(part.capitalize()) for part in re.split("[-'’]", lower)
    ):
        return True
    if listed:
        return True
    return (
        _FAMILY.fullmatch(lower) is not None
        and _NO_NAME.fullmatch(lower) is None
        and not in_lexicon(lower, _WITH_ENDINGS)  # `heute` and `strėnas` end as Lithuanian family names do
    )


def again(name: str) -> frozenset[str]:
    """The cases under which a name that was name is looked for in the rest of a document, capital or not."""
    kept: set[str] = set()
    for word in _WORD.findall(plain_letters(name)):
        lower = word.lower()
        # Short given names are words too (Rasa, Ona); family names of five letters and more are not.
        if (
            len(lower) >= 5
            and not is_everyday(lower)
            and not is_clinical(lower)
            and lower not in words.first_names() | words.words_and_names()
        ):
            kept |= {lower, *cases(lower)}
    return frozenset(kept)


def _opens(text: str, word: re.Match[str]) -> bool:
    """Whether a word opens a sentence or a line."""
    before = text[max(0, word.start() - 80) : word.start()].rstrip(" \t\"'„“”«»([")
    return not before or before[-1] in ".!?:\n•-–—;"
