"""What words deny as a whole: `no epilepsy`, `nėštumo nėra`, `Schwangerschaft ausgeschlossen`, `glaucoma: none` (ours).

Only what is denied word for word and is then known is read so; `no change in epilepsy` denies no epilepsy, and that
something is not excluded denies nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from assuage.patterns import kept_pattern
from assuage.terms.conditions import find_conditions
from assuage.terms.names import spaced
from assuage.terms.signs import find_sign

_WHO = (
    r"(?:(?:the |die |der )?(?:patient(?:in|ė|as)?|pacient(?:ė|as)|she|he|they|sie|er|ji|jis) )?(?:(?:has|have"
    r"|had|is|was|hat"
    r"|ist|yra) )?"
)
_KNOWN = (
    r"(?:(?:an?|known|any|signs? of|evidence of|(?:personal |past )?history of|current|active|relevant"
    r"|bekannte\w?|hinweise? auf"
    r"|anhalt für|zeichen (?:einer|eines|von)|anamnese von|žinom\w+|požymių) )*"
)
_BEFORE = (
    r"(?:no|not|denies|denied|without|negative for|absence of|free (?:of|from)|never had|(?:does not|doesn't"
    r"|did not|didn't)"
    r" have|(?:has|have) (?:no|never had)|excluded|ruled out"
    r"|kein\w{0,2}|ohne|nicht|verneint|leidet nicht an|nie|hatte nie"
    r"|nėra|nebuvo|neserga|nesirgo|nesergu|neturi|neturėjo|be|neigia|paneigia|paneigė|paneigt(?:a|as)|atmest(?:a|as)"
    r"|nenustatyt(?:a|as)|nerast(?:a|as)|ne|joki(?:o|os|ų))"
)
_BEHIND = (
    r"(?:(?:is |was |has been |are |were |wurde |ist |yra |buvo )?(?:absent|negative|neg|denied|excluded"
    r"|ruled out|none|not"
    r" present|nil|no|verneint|ausgeschlossen|nicht vorhanden|negativ|nein|keine|neigiam(?:a|as|i)|neigta|neigia"
    r"|paneigt(?:a|as)|atmest(?:a|as)|nenustatyt(?:a|as)|nerast(?:a|as)|neturi|neserga)"
    r"|nėra|nebuvo|nebėra|ne|liegt nicht vor|besteht nicht|lag nie vor|bestand nie)"
)
_SENTENCE = kept_pattern(
    rf"{_WHO}{_BEFORE} {_KNOWN}(?P<behind>.+?)[ .]*|{_WHO}{_KNOWN}(?P<before>.+?)(?: ?[:=-])? {_BEHIND}[ .]*"
    r"|ne(?P<joined>nėščia|nėsčia|sergant\w*)"
)
_EACH = kept_pattern(r"\s*(?:,\s*)?\b(?:or|nor|oder|noch|nei|ar|arba)\b\s*|\s*/\s*")
_TEST = (
    r"(?:(?:urine |home |blood )?(?:pregnancy|hcg) test|(?:beta-?)?hcg|nėštumo test\w+|schwangerschaftstest)"
)
_NEGATIVE = r"(?:neg|negative|negativ|negativer|neigiamas|neigiama)"
_NEGATIVE_TEST = kept_pattern(
    rf"{_TEST}(?: is| was| ist| war| buvo|:)? {_NEGATIVE}\.?|{_NEGATIVE} {_TEST}\.?"
)
# The endings of the cases in which Lithuanian denies, and those of the name.
_CASES = (
    ("io", "is"), ("iu", "is"), ("o", "as"), ("u", "as"), ("os", "a"), ("ės", "ė"), ("e", "ė"), ("ų", "ai"),
    ("ų", "os"),
    ("iais", "iai"), ("aus", "us"), ("umi", "us"), ("ies", "is"), ("imi", "is"),
)  # fmt: skip
_MOST = 4  # words of a name that may stand in another case


@lru_cache(maxsize=20_000)
def denied_in(words: str) -> tuple[str, ...]:
    """The names of what these words deny, each of a condition or a sign that is known; none where they deny none.

    What is a name with a denial in it, as `no gallbladder` is, denies nothing.
    """
    if len(words) > _LONGEST or find_conditions(words) or find_sign(words):
        return ()
    match = _SENTENCE.fullmatch(spaced(words))
    if match is None:
        return ()
    thing = match["behind"] or match["before"] or match["joined"]
    named = [_named(each) for each in _EACH.split(thing)]
    return tuple(name for name in named if name is not None) if None not in named else ()


_LONGEST = 200  # letters


def is_denial(words: str) -> bool:
    """Whether these words deny as a whole, or tell of a negative test of pregnancy: early on, it rules out nothing."""
    return bool(denied_in(words)) or is_negative_test(words)


def is_negative_test(words: str) -> bool:
    """Whether these words tell of a negative test of pregnancy."""
    return len(words) <= _LONGEST and _NEGATIVE_TEST.fullmatch(spaced(words)) is not None


def _named(thing: str) -> str | None:
    """The name of a thing as it stands in the lists, whatever its case; None where none knows it."""
    return next(
        (name for name in _in_the_nominative(thing) if find_conditions(name) or find_sign(name)), None
    )


def _in_the_nominative(thing: str) -> Iterator[str]:
    yield thing
    parts = thing.split()
    if len(parts) <= _MOST:
        for each in product(*(_nominatives(part) for part in parts)):
            yield " ".join(each)


def _nominatives(word: str) -> Iterator[str]:
    yield word
    for ending, name in _CASES:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word.removesuffix(ending) + name
