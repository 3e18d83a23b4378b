"""Names that are words too, and names in small letters, judged by where they stand.

After a title or a word of kinship, before a verb of saying, beside another name: there `rose` is Rose. In the middle
of an English or Lithuanian sentence a capital on a word that is also a name makes it one; German writes every noun so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assuage.deidentify import words
from assuage.deidentify.identifiers import Recognised, Rule
from assuage.deidentify.letters import plain_letters
from assuage.deidentify.lexicon import (
    WORD,
    Tongue,
    in_lexicon,
    is_clinical,
    is_misspelt,
    listed_names,
    name_words,
)
from assuage.deidentify.lithuanian import cases

PLACED = Rule("name-by-place", "A", "a word that stands where a name stands", "[name]")
LISTED = Rule("name-by-list", "A", "a name of a list, in any case", "[name]")

Parts = Sequence[re.Match[str]]
# `w/ Will`, `c/o Hope`: no sentence begins there.
_WITH = re.compile(r"(?:^|[\s(])[wcm]\/o?$", re.IGNORECASE)
# How many signs before a word are looked at for the end of a sentence; no blank is longer.
_LOOKED_BACK = 80

# Whoever signs a note with what they do in the practice.
_SIGNED = re.compile(
    r"(?:^|[.\n!?]\s{0,4})(?P<name>[^\W\d_]{2,20}(?: [^\W\d_]{1,20})?),? (?:\()?(?:reception|receptionist|hca|rn|rgn|sho|gpst|locum|secretary|pharmacist|ot|medical student|ward clerk)\)?\.?\s*$",
    re.IGNORECASE | re.MULTILINE,
)


# What somebody was called before: `geb. Schütz`, `née Dove`, `mergautinė pavardė Balta`.
_FORMERLY = re.compile(
    r"\b(?:geb\.|geborene[rn]?|nee|formerly|maiden name:?|mergautine (?:pavarde)?:?|ankstesne pavarde:?|fruher:)\s(?P<name>(?-i:[A-Z])[^\W\d_]{2,}(?:-(?-i:[A-Z])[^\W\d_]+)?)",
    re.IGNORECASE,
)
# A letter that signs a message: `Ta, B`, `LG M.`, `thanks K x`.
_SIGNED_BY_LETTER = re.compile(
    r"\b(?:ta|thanks|thx|thank you|cheers|regards|wishes|love|yours|best|lg|vg|mfg|gru(?:ss|s)e?|danke|aciu|pagarbiai|pagarba|linkejimai)"
    r"[,!.]?\s{1,3}(?P<name>[A-Z]\.?)(?=\s{0,2}x{0,3}\s*$)",
    re.IGNORECASE | re.MULTILINE,
)


# Whoever says who it is, and whoever follows a title that is cut short, also in small letters.
_SAYS_WHO = re.compile(
    r"\b(?:it ?'?s|this is|my name is|i am called|hier ist|hier spricht|ich heise|ich bin die|ich bin der|mano vardas|vardu|cia|(?:gruse?|gruss|lg|pagarbiai|sincerely|regards),?)\s(?:die |der )?(?P<name>[^\W\d_]{3,20})\b|"
    r"(?:^|[,.!]\s{1,2})(?P<here>[^\W\d_]{3,20}) (?:here|hier|cia)(?=\s?[(,.:;!-])",
    re.IGNORECASE,
)
_ABBREVIATED_TITLE = re.compile(r"\b(?:hr|fr|gyd|dr|sr)\.\s(?P<name>[^\W\d_]{3,20})\b", re.IGNORECASE)


# A verb of the past by its ending; `need` and `feed` are none.
_PAST = re.compile(r"[a-z]{2,}[^aeou]ed")
# Names of two letters, with a capital within a sentence.
_SHORT = re.compile(r"(?<=[a-z,] )(?P<name>Jo|Bo|Ed|Mo|Ty|Lu|Vi|Cy|Wu|Xu|Yu|Ng|Al|Li)(?=[.,;!?\s]|$)")


def _two_unknown(plain: str, parts: Parts) -> Iterator[Recognised]:
    """Two capitals side by side that no lexicon has: `Idris Prothero`; nothing else is written so."""
    for first, second in pairwise(parts):
        short = len(first[0]) == 2 and len(second[0]) > 3 and not opens_sentence(plain, first.start())
        if (
            plain[first.end() : second.start()] == " "
            and all(
                word[0][0].isupper() and not word[0].isupper() and (len(word[0]) > 2 or short)
                for word in (first, second)
            )
            and not any(_is_word(word[0]) for word in ((second,) if short else (first, second)))
            and not names_instrument(plain, first.end())
        ):
            yield Recognised(first.start(), second.end(), PLACED, PLACED.becomes)


def _is_word(text: str) -> bool:
    return (
        in_lexicon(text, frozenset(Tongue))
        or is_misspelt(text)
        or text.lower() in words.plain_list("eponyms")
    )


def names_by_place(plain: str, spoken: frozenset[Tongue]) -> Iterator[Recognised]:
    """The names that their place tells, overlapping. `plain` has plain letters; `spoken` are the languages of the text."""
    parts = list(WORD.finditer(plain))
    caseless, small = is_caseless(plain), has_no_capitals(plain)
    for match in (
        match for pattern in (_SIGNED, _SIGNED_BY_LETTER, _FORMERLY) for match in pattern.finditer(plain)
    ):
        yield Recognised(*match.span("name"), PLACED, PLACED.becomes)
    for match in (match for pattern in (_SAYS_WHO, _ABBREVIATED_TITLE) for match in pattern.finditer(plain)):
        group = match.lastgroup or "name"
        lower = match[group].lower()
        if lower in words.first_names() | words.words_and_names() or not _is_word(lower):
            yield Recognised(*match.span(group), PLACED, PLACED.becomes)
    for match in _SHORT.finditer(plain):
        yield Recognised(*match.span("name"), PLACED, PLACED.becomes)
    if not caseless:
        yield from _two_unknown(plain, parts)
    titles, relations = words.plain_list("titles"), words.plain_list("relations")
    for at, word in enumerate(parts):
        lower = word[0].lower()
        if lower in titles and _is_title(plain, word):
            yield from _run(plain, parts, at + 1, spoken, titled=True)
        elif lower.removesuffix("'s") in relations and not (
            lower in _PATIENT and not (caseless or small) and _is_small_next(parts, at)
        ):
            yield from _run(plain, parts, at + 1, spoken, titled=False)
        if is_name_here(plain, parts, at, spoken, caseless=caseless):
            yield from _named(plain, parts, at, spoken)


# Whoever is from there is somebody: `Rose from accounts`.
_WORK_PLACE = re.compile(
    r"(?:the |my )?(?:accounts|hr|it|reception|work|church|choir|office|school|sales|next door|upstairs|downstairs|club|gym|group)\b",
    re.IGNORECASE,
)
# After these stands what somebody is, where people write capitals: `weil der Patient platt war`.
_PATIENT = frozenset(("patient", "patientin", "pt", "pacientas", "paciente", "boss", "partner"))


def _is_small_next(parts: Parts, at: int) -> bool:
    return at + 1 < len(parts) and parts[at + 1][0].islower()


def hinted_names(hint: str) -> frozenset[str]:
    """The cases of what may be a name in an id or the name of a file; words that everybody uses are none."""
    return frozenset(
        form
        for word in WORD.findall(plain_letters(hint).replace("_", " "))
        if len(word) >= 3
        and (not in_lexicon(word, frozenset(Tongue)) or word.lower() in words.first_names() - name_words())
        for form in cases(word)
    )


def hinted_words(hint: str) -> frozenset[str]:
    """The words in an id or the name of a file that are names too: where they stand in a text, a person is asked."""
    hinted = {word.lower() for word in WORD.findall(plain_letters(hint).replace("_", " ")) if len(word) >= 3}
    return frozenset(form for word in hinted & name_words() if not is_clinical(word) for form in cases(word))


def is_caseless(text: str) -> bool:
    """Whether capitals tell nothing: a text in capitals, or nearly."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) * 2 > len(letters)


def has_no_capitals(text: str) -> bool:
    """Whether a text of some length is written in small letters: no sentence of it begins with a capital."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 20 and sum(letter.isupper() for letter in letters) * 100 <= len(letters)


def opens_sentence(plain: str, start: int) -> bool:
    """Whether a word opens a sentence, a line, a list or a quotation."""
    before = plain[max(0, start - _LOOKED_BACK) : start].rstrip(" \t\"'„“”«»([*")
    if _WITH.search(before) is not None:
        return False
    return (
        not before or before[-1] in ".!?:\n•–—;/|" or (before[-1] == "-" and before[-2:-1] in ("", " ", "\n"))
    )


def is_name_here(plain: str, parts: Parts, at: int, spoken: frozenset[Tongue], *, caseless: bool) -> bool:
    """Whether a word is a name where it stands: by a list when no word of the text's languages, else by its place."""
    word = parts[at]
    lower = word[0].lower().removesuffix("'s")
    if len(lower) < 3:
        return False
    if is_eponym(plain, parts, at) or (not caseless and is_abbreviation(word[0])):
        return False
    if not in_lexicon(lower, spoken):
        return lower in listed_names()
    if lower not in name_words() or caseless or not word[0][0].isupper():
        return False
    after = parts[at + 1] if at + 1 < len(parts) else None
    beside = after is not None and plain[word.end() : after.start()] == " "
    if opens_sentence(plain, word.start()):
        if after is None or not beside:
            return False
        if after[0][0].isupper() and len(after[0]) > 2 and not after[0].isupper():
            return Tongue.GERMAN not in spoken
        return after[0].lower() in words.plain_list("saying") | words.plain_list("done") or (
            (_PAST.fullmatch(after[0]) is not None and not is_clinical(after[0]))
            or (
                after[0].lower() in ("from", "at", "in")
                and (
                    plain[after.end() + 1 : after.end() + 2].isupper()
                    or _WORK_PLACE.match(plain, after.end() + 1) is not None
                )
            )
            or plain[after.start() : after.start() + 9].lower() in ("next door", "upstairs ", "downstair")
        )
    if spoken == frozenset((Tongue.GERMAN,)) or Tongue.GERMAN in spoken:
        return beside and after is not None and after[0][0].isupper() and not in_lexicon(after[0], spoken)
    return not _tells_time(plain, word)


def is_abbreviation(word: str) -> bool:
    """Whether a word in capitals is an abbreviation, where capitals tell something: `ANA` is no Ana."""
    return word.isupper() and len(word) > 1 and word.lower() in words.plain_list("abbreviations")


# Whoever bears a name after these is somebody, also where the name is that of a sign: `Frau Bechterew`, `geb. Schütz`.
_SOMEBODY = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "miss",
        "herr",
        "herrn",
        "frau",
        "hr",
        "hrn",
        "ponas",
        "ponia",
        "ponios",
        "ponui",
        "poniai",
        "geb",
    )
)


def _is_somebody_s(plain: str, parts: Parts, at: int) -> bool:
    """Whether a title that only people have stands right before a word, on its own."""
    if not at or parts[at - 1][0].lower() not in _SOMEBODY:
        return False
    return re.fullmatch(r"\.? ", plain[parts[at - 1].end() : parts[at].start()]) is not None


def is_eponym(plain: str, parts: Parts, at: int) -> bool:
    """Whether a name names a sign, a disease or a scale here; one that people or towns bear needs its noun or a number."""
    if "'" in parts[at][0] and parts[at][0].lower() in words.plain_list("clinical"):
        return True
    if _is_somebody_s(plain, parts, at):
        return False
    name, _, noun = parts[at][0].lower().rpartition("-")
    if name and (
        noun in words.plain_list("eponym_neighbours") or _eponym(noun)
    ):  # `Baker-Zyste`, `Hoffmann-Tinel`
        return _eponym(name) is not None
    lower = _eponym(parts[at][0].lower().removesuffix("'s"))
    if lower is None:
        return False
    if lower not in listed_names() | name_words() | words.plain_list("eponyms_with_noun"):
        return True
    after = parts[at + 1][0].lower() if at + 1 < len(parts) else ""
    before = parts[at - 1][0].lower() if at else ""
    measured = (
        re.match(r"(?:'s)?[\s:=-]{1,3}(?:\d|[IV]{1,3}[a-c]?\b)", plain[parts[at].end() : parts[at].end() + 6])
        is not None
    )
    return measured or not {after, before}.isdisjoint(words.plain_list("eponym_neighbours"))


def names_instrument(plain: str, end: int) -> bool:
    """Whether what ends here may name a sign or a scale: up to two words of the clinic, then what such a thing is called."""
    joined = False
    for word, _ in zip(WORD.finditer(plain, end, end + 60), range(4), strict=False):
        if plain[end : word.start()].strip(" '’s-"):
            return False
        if word[0].lower() in words.plain_list("instruments"):
            return True
        # `Nero ir Hokinso mėginiai`, `Apley and Yocum tests`.
        joined = word[0].lower() in ("and", "und", "ir") or (joined and word[0][0].isupper())
        if not joined and not is_clinical(word[0].lower()):
            return False
        end = word.end()
    return False


def is_instrument_itself(word: str) -> bool:
    """Whether a word with hyphens ends with what a sign or scale is called: `Hughes-Skala`, `Thomas-Handgriff`."""
    noun = word.lower().rpartition("-")[2]
    return "-" in word and (
        noun in words.plain_list("instruments") or noun in words.plain_list("eponym_neighbours")
    )


def is_eponym_alone(plain: str, parts: Parts, at: int) -> bool:
    """Whether a word is an eponym of our list and no given name, and nobody is told of: `Jacobson gemacht`, `Mills +`."""
    lower = parts[at][0].lower().removesuffix("'s")
    if _eponym(lower) is None or lower in words.first_names():
        return False
    before = parts[at - 1][0].lower() if at else ""
    after = parts[at + 1][0].lower() if at + 1 < len(parts) else ""
    gap = plain[parts[at - 1].end() : parts[at].start()] if at else ""
    if gap.isspace() or gap.startswith("."):
        who = words.plain_list("titles") | words.plain_list("relations") - {"known"} | words.first_names()
        # `J. Norton` is somebody, `Z. n. Hashimoto` an old disease.
        if before in who or (len(before) == 1 and before != "n" and gap.startswith(".")):
            return False
    return after not in words.plain_list("saying")


def _eponym(lower: str) -> str | None:
    """An eponym as the list has it, also out of a Lithuanian genitive: `tinelio`, `bechterevo`."""
    forms = (lower, *(lower.removesuffix(end) for end in ("io", "o") if lower.endswith(end)))
    return next((form for form in forms if form in words.plain_list("eponyms")), None)


def _tells_time(plain: str, word: re.Match[str]) -> bool:
    """Whether a month or a season stands where it says when."""
    months = words.plain_list("abbreviations")
    seasons = (
        "summer",
        "winter",
        "autumn",
        "spring",
        "sunday",
        "vasaris",
        "vasara",
        "rytis",
        "liepa",
        "liepos",
    )
    return word[0].lower() in (*seasons, *months)


def _is_title(plain: str, word: re.Match[str]) -> bool:
    """Whether a title is one here: `p` and `fr` and `sister` are other words as well, unless a name follows at once."""
    after = plain[word.end() : word.end() + 3]
    if word[0].lower() in ("p", "fr", "hr", "hrn"):
        return after[:1] == "." and after[1:2] in (" ", "") and after[-1:].isupper()
    return True


def _run(
    plain: str, parts: Parts, at: int, spoken: frozenset[Tongue], *, titled: bool
) -> Iterator[Recognised]:
    """The name that follows a title or a word of kinship, of up to four words, with its initials."""
    first = last = None
    previous = parts[at - 1].end()
    # What follows these is a name in small letters too.
    sure = titled and parts[at - 1][0].lower() in ("mr", "mrs", "ms", "dr", "prof", "herrn", "gyd")
    for count, word in enumerate(parts[at : at + 5]):
        gap = plain[previous : word.start()]
        if count and gap == ". " and len(parts[at + count - 1][0]) > 2:
            break
        if (
            re.fullmatch(
                r"\.?[ \t]{1,2}\(?|[.]|\. ?|, ?(?=\S)|:[ \t]{0,2}|[ \t]*[\"'„“”(][ \t]*"
                if count == 0
                else r"\.?[ \t]|\n|-",
                gap,
            )
            is None
        ):
            break
        if not _continues(word[0], spoken, titled=titled, first=first is None, gap=gap, sure=sure):
            break
        if first is not None and _is_no_name_behind(first[0], word[0], spoken):
            break
        if first is not None and is_abbreviation(word[0]) and not is_caseless(plain):
            break  # what somebody has, not who it is: `sister Bryony MS`
        if word[0].lower() not in words.plain_list("particles") or first is None:
            last = word
        first = first or word
        previous = word.end()
    if first is not None and last is not None and last.start() >= first.start():
        yield Recognised(first.start(), last.end(), PLACED, PLACED.becomes)


def _is_no_name_behind(first: str, word: str, spoken: frozenset[Tongue]) -> bool:
    """Whether a word behind a name with a capital is none of its own: what it does, or a German noun of no list."""
    lower = word.lower()
    if not first[0].isupper() or first.isupper() or len(word) == 1 or lower in words.plain_list("particles"):
        return False
    if word[0].islower():
        return True
    named = lower in listed_names() | name_words() | words.first_names()
    return Tongue.GERMAN in spoken and not named and (is_clinical(lower) or in_lexicon(lower, spoken))


def _told() -> frozenset[str]:
    """Words that follow a title where nobody is named: what is said and done, small words, words of the clinic."""
    return words.plain_list("saying") | words.plain_list("after_title") | words.plain_list("relations")


def _continues(
    text: str, spoken: frozenset[Tongue], *, titled: bool, first: bool, gap: str, sure: bool = False
) -> bool:
    lower = text.lower()
    capital = text[0].isupper()
    if len(text) > 2 and (lower in words.plain_list("titles") or lower in words.plain_list("relations")):
        return False
    if lower in words.plain_list("particles"):
        return True
    if len(text) == 1:
        return capital or gap.startswith(".") or titled
    known = in_lexicon(lower, spoken)
    if titled:
        if lower in words.plain_list("after_title"):
            return False
        return capital or not known or lower in name_words() or (first and sure and lower not in _told())
    if "," in gap or ":" in gap:
        return capital and (not known or lower in name_words())
    if not known:
        return True
    if lower in name_words():
        return capital or lower in listed_names()
    return capital and not first and not is_clinical(lower) and Tongue.GERMAN not in spoken


def _named(plain: str, parts: Parts, at: int, spoken: frozenset[Tongue]) -> Iterator[Recognised]:
    """The name at a word, with the capitals right after it: `Faith Bone`, `Hazel Brown`."""
    last = at
    while (
        last + 1 < len(parts)
        and last - at < 3
        and plain[parts[last].end() : parts[last + 1].start()] in (" ", "-")
        and parts[at][0][0].isupper()
        and parts[last + 1][0][0].isupper()
        and not parts[last + 1][0].isupper()
        and parts[last + 1][0].lower() not in words.plain_list("eponym_neighbours")
        and not _is_no_name_behind(parts[at][0], parts[last + 1][0], spoken)
    ):
        last += 1
    yield Recognised(parts[at].start(), parts[last].end(), LISTED, LISTED.becomes)
