"""What a list of findings in one entry says is there: `fever, stiff neck and headache` (en, lt, de; ours).

Each part that is a name by itself is told as if it had an entry of its own. Nothing is taken out of words that deny,
doubt, tell of others or of the past anywhere: there the whole stays as it was written, and is asked about.
"""

from __future__ import annotations

from functools import lru_cache

from assuage.patterns import kept_pattern
from assuage.terms.conditions import find_conditions
from assuage.terms.denials import DENIALS, is_taken_back, said_of_patient
from assuage.terms.names import spaced
from assuage.terms.signs import find_sign

_LONGEST = 300  # letters
_APART = kept_pattern(r"\s*[,;/+&\n]\s*")
_TOGETHER = kept_pattern(r"\s+(?:and|with|plus|und|mit|sowie|ir|su|bei)\s+")
_BEGINS = kept_pattern(
    r"^(?:(?:the )?patient(?:in)? |she |he |sie |er |ji |jis |now |also |has |have |had |feels |felt |a |an |the |some "
    r"|severe |new |hat |turi |yra |eine? |and |und |ir )+"
)
# Words by which something is not said to be there now, in this person, for certain.
_OPEN = kept_pattern(
    rf"[?]|\b(?:{DENIALS}|possib\w*|perhaps|maybe|may|might|probabl\w*|suspect\w*|likely|unlikely|rule out|r/o|vs"
    r"|versus|or|nor|if|when|unless|risk|fears?|afraid|worr\w*|prevent\w*|check\w*|ask\w*|watch|like|as if|history"
    r"|hx|previous\w*|past|former\w*|ago|childhood|as a child|used to|resolved|gone|better|settled|stopped"
    r"|since (?:19|20)\d\d|oder|vielleicht|möglich\w*|evtl|verdacht|wenn|falls|angst|früher|vor \w+ (?:jahren|monaten)"
    r"|anamnese|war|waren|ar|arba|gal|galbūt|galimai|įtar\w*|jei|jeigu|kai|bijo\w*|baimė|anksčiau|seniai"
    r"|prieš \w+ met\w*|buvo|praėjo|dingo)\b"
)


@lru_cache(maxsize=20_000)
def told_in_list(words: str) -> tuple[str, ...]:
    """The parts of a list that are names of conditions or signs; none where the words are no list, or leave it open."""
    parts = _parts(words)
    return tuple(part for part in parts if _is_named(part)) if len(parts) > 1 else ()


def is_list_of_names(words: str) -> bool:
    """Whether the words are a list of which every part is the name of a condition or a sign."""
    parts = _parts(words)
    return len(parts) > 1 and all(map(_is_named, parts))


def _parts(words: str) -> tuple[str, ...]:
    """The parts of a list, those that are joined by a word apart where they are no name together; none where open."""
    if len(words) > _LONGEST or find_conditions(words) or find_sign(words):
        return ()
    plain = spaced(words)
    if _OPEN.search(plain) or is_taken_back(plain) or spaced(said_of_patient(words)) != plain:
        return ()
    parts: list[str] = []
    for part in _APART.split(plain.strip(" .!")):
        whole = _BEGINS.sub("", part)
        parts += [whole] if _is_named(whole) else [_BEGINS.sub("", each) for each in _TOGETHER.split(part)]
    return tuple(part for part in parts if part)


def _is_named(part: str) -> bool:
    return bool(find_conditions(part)) or find_sign(part) is not None
