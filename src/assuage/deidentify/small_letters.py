"""Names and towns that are words as well, in small letters: `partner guy`, `max barking`, `lives in bath`, `it's mo`.

A capital is what tells `Hope` from hope; who types without capitals leaves only the place a word stands at. None of
these places is sure (`mum rose early`), so nothing is hidden here: a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assuage.deidentify import words
from assuage.deidentify.lexicon import WORD, name_words
from assuage.deidentify.lithuanian import cases
from assuage.deidentify.rare import small_words

Span = tuple[int, int]

# Pets are called by a name too. What else tells of somebody stands in the list of relations.
_PETS = frozenset(
    (
        "dog",
        "puppy",
        "cat",
        "kitten",
        "horse",
        "pony",
        "hund",
        "kater",
        "katze",
        "pferd",
        "suo",
        "suns",
        "kate",
        "arklys",
    )
)
# After these what somebody is or does follows, not who it is: `patient may`, `told hope`.
_NOBODY = frozenset(("known", "patient", "patientin", "pt", "pac", "name", "told", "kin"))
# Words that go on with a verb: they name somebody only where no such verb follows (`son will help`, `son will has`).
_AUXILIARIES = frozenset(("will", "may", "might", "can", "mark", "drew", "rose", "bet", "wills"))
_FINITE = re.compile(r" (?:has|have|is|was|says?|said|who|and|wants?|wanted|thinks|[a-z]{2,}[^aeous]ed)\b")
# What people and pets do that nothing else does; whoever does it at the beginning of a clause has a name.
_DOES = re.compile(
    r" (?:barking|barked|snoring|snored|whining|purring|meowing|crying|"
    r"woke me|woken|drove|drives|driving me|brought|cooked|cooks|phoned|texted|rang|visited|visits|stayed over|"
    r"made (?:me|us|tea|dinner|breakfast|soup)|took me|helped|helps me|came (?:round|over|by|with)|says|said|"
    r"reckons|thinks|told|drops|picked me|bellt|bellte|schnarcht|kocht|kochte|brachte|sagt|meint|holt|holte|"
    r"loja|lojo|knarkia|atveze|atnese|sako|sake|padejo|paruose|"
    # what a note says of whoever it is about
    r"reports?|reported|slept|sleeps|agreed|agrees|felt|feels|tolerated|attends?|attended|declined|complains?|complained|"
    r"den(?:ies|ied)|struggled|struggles|managed|manages|walked|walks|worked|works|called|wants|wanted|asked|asks|takes|took|"
    r"prefers|seems|looks|lives|did(?:n't)? (?:well|not)|does(?:n't| not)|can't|cannot|couldn't|wasn't|isn't|"
    r"(?:is|was) (?:very |quite |more |less |much |still |now |not |so |a bit )?"
    r"(?:anxious|tired|better|worse|well|unwell|happy|keen|worried|feeling|doing|due|stiff|sore|upset|tearful|calm|off|back|home|fine|ok|okay|pregnant|unsure|able|unable|ready)|"
    r"klagt|klagte|berichtet|berichtete|schlief|schlaft|kommt|kam|rief|wunscht|mochte|fuhlt|"
    r"skambino|liko|skundziasi|skundesi|atvyko|atejo|jauciasi|jautesi|miegojo|miega|nori|prase|dirba|gyvena|vartoja)\b"
)
# Who was seen, rung or is written about: `saw joy and frank`, `re mark`.
_OF_WHOM = re.compile(
    r"\b(?:saw|met|rang|phoned|texted|emailed|spoke (?:to|with)|letter (?:to|from)|re|fao|cc)\s"
    r"(?P<first>[a-z]{3,})(?: (?:and|&) (?P<second>[a-z]{3,}))?\b(?!\s(?:of|the|in)\b)"
)
# What is somebody's: `carol's pain`, `joy's sleep`.
_HAS = re.compile(
    r"\b(?P<name>[a-z]{3,})['’]s (?:pain|sleep|mood|mum|mother|dad|father|husband|wife|partner|son|daughter|flat|house|"
    r"neck|back|shoulders?|head|hands?|knees?|gp|diary|tablets|meds|medication|appointment|birthday)\b"
)
# Lithuanian says of whom it hurts: `rasai skauda galva`.
_WHOM_IT_HURTS = re.compile(
    r"\b(?P<name>[a-z]{3,}(?:ai|ei|iui|ui|iai)) (?:labai |vel |stipriai |maziau )?skaud(?:a|ejo)\b"
)
_CLAUSE_BEGINS = re.compile(
    r"(?:^|[.,;:!?\n(–-]\s{0,2}|\b(?:and|but|bc|because|cos|so|when|while|as|that|if|w|with|und|weil|dass|aber|ir|nes|kad|bet|kai)\s)$",
    re.IGNORECASE,
)
_OF_TWO = "jo|bo|ed|mo|ty|lu|vi|cy|al|li"
_SHORT = re.compile(
    r"\b(?:it ?'?s|this is|i am|i'm|im|from|love,?|hi|hey|cheers,?|thanks,?|regards,?|lg|cia)\s"
    rf"(?P<name>{_OF_TWO}|ian|val|sal|mel)\b(?=\s(?:here|from|again)\b|\s*[,.!?x\n(]|\s*$)|"
    rf"(?:^|[.!\n]\s{{0,2}})(?P<here>{_OF_TWO}) here\b",
    re.IGNORECASE | re.MULTILINE,
)
_LIVES = (
    r"liv(?:es|ed?|ing)|mov(?:ed|es|ing)(?: back| home)?|born|grew up|raised|reside[sd]?|housed|settled|based|"
    r"wohnt|wohne|wohnhaft|lebt|lebe|geboren|zog|zieht|gyvena|gyvenu|gimusi|gimes|persikele"
)
_IN = r"(?: (?:now|here|down|up|over|alone|still|jetzt|allein))? (?:in|to|near|at|from|outside|nach|bei|aus) "


@cache
def _called() -> frozenset[str]:
    """The words that people are called by, without the small words of every language."""
    listed = name_words() | words.first_names()
    return (listed - small_words() - words.plain_list("relations")) | (listed & _AUXILIARIES)


@cache
def _called_in_cases() -> frozenset[str]:
    """The same in the cases of Lithuanian."""
    return frozenset(form for name in _called() for form in cases(name)) - small_words()


@cache
def _somebody() -> frozenset[str]:
    return (words.plain_list("relations") | _PETS) - _NOBODY


_LIVES_IN = re.compile(rf"\b(?:{_LIVES}){_IN}(?P<name>[a-z]{{3,}})\b")


@cache
def _somebody_in() -> re.Pattern[str]:
    """Somebody who is in a town, up to the town: `her sister april in reading`."""
    people = "|".join(sorted(map(re.escape, _somebody()), key=len, reverse=True))
    return re.compile(rf"\b(?:{people})(?: (?P<who>[a-z]+))?{_IN}(?P<name>[a-z]{{3,}})\b")


def names_in_small_letters(plain: str) -> Iterator[Span]:
    """Where a word in small letters may be somebody's name or a town, from its place; `plain` has plain letters."""
    parts = list(WORD.finditer(plain))
    for at, word in enumerate(parts):
        lower = word[0]
        if not lower.islower() or len(lower) < 3 or lower not in _called():
            continue
        before = parts[at - 1] if at else None
        beside = (
            before is not None
            and plain[before.end() : word.start()] in (" ", ", ")
            and before[0].lower().removesuffix("'s") in _somebody()
        )
        finite = _FINITE.match(plain, word.end()) is not None
        alone = re.match(r"\s*(?:[,.;:!?)\n(]|$)", plain[word.end() : word.end() + 3]) is not None
        begins = _CLAUSE_BEGINS.search(plain, max(0, word.start() - 12), word.start()) is not None
        follows = beside and (lower not in _AUXILIARIES or finite or alone)
        if follows or (begins and _DOES.match(plain, word.end()) is not None):
            yield word.span()
    for match in _SHORT.finditer(plain):
        yield match.span(match.lastgroup or "name")
    for match in _OF_WHOM.finditer(plain):
        for group in ("first", "second"):
            if match[group] is not None and match[group] in _called():
                yield match.span(group)
    for match in (*_HAS.finditer(plain), *_WHOM_IT_HURTS.finditer(plain)):
        if match["name"] in _called() or match["name"] in _called_in_cases():
            yield match.span("name")
    towns = words.plain_list("towns_like_words")
    for match in _LIVES_IN.finditer(plain):
        if match["name"] in towns:
            yield match.span("name")
    for match in _somebody_in().finditer(plain):
        if match["name"] in towns and (match["who"] is None or match["who"] in _called()):
            yield match.span("name")
