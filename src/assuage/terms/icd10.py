"""ICD-10 codes as clinics write them: `K92.1`, `k921`, `ICD-10: K92.1`, `R45.851`, `K92.1 G`, `melaena (K92.1)`.

A code of an extension (ICD-10-CM, ICD-10-GM) is one that begins with a code of the WHO. Behind a German code stands how
sure it is: G (confirmed) or V (suspected), Z (past) or A (excluded); and on which side: R, L, B.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from assuage.patterns import kept_pattern
from assuage.terms.names import folded

_CODE = (
    r"(?P<letter>[a-z])(?P<digits>\d[0-9a-z])(?:(?P<point>[.,])?(?P<rest>[0-9a-z]{1,4}))?(?P<mark>[*+†!])?"
    r"(?:[ ](?P<sure>[gvza]))?(?:[ ][rlb])?"
)
_SYSTEM = r"(?:(?:icd|tlk)[ ]?10(?:[ ]?(?:cm|gm|am))?[ ]?[:.]?[ ]*)?"
_ALONE = kept_pattern(rf"{_SYSTEM}{_CODE}(?:[ ][rlb])?(?:[ ](?P<sure_behind>[gvza]))?")
_BEFORE = kept_pattern(rf"{_SYSTEM}{_CODE}[ ]?[:,;–]?[ ](?P<words>[^\d\W].*)")
_BEHIND = kept_pattern(rf"(?P<words>[^\d\W].*?)(?:[ ]|[ ]?(?P<bracket>[(\[])){_SYSTEM}{_CODE}[)\]]?")
# Words beside a code that take it back or leave it open: then the words decide, not the code.
_OPEN = kept_pattern(
    r"\?|\b(?:no|not|without|excluded?|ruled out|negative|denies|denied|history of|past|family|suspected|possible|"
    r"nėra|be|paneigta|atmesta|neigia|buvęs|buvusi|anamnezėje|įtariama|įtariamas|galimas|galima|"
    r"kein|keine|keinen|ohne|ausgeschlossen|ausschluss|verneint|zustand nach|z n|v a|verdacht|fraglich)\b"
)
# What vertebrae, nerve roots and vitamins are called, too: alone a code, beside words a place.
_PLACES = frozenset("btlsc")


class Icd10(Struct, frozen=True):
    """A code in lower case with its point, and whether it is only suspected."""

    code: str
    suspected: bool = False

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The code and all that it begins with, the longest first, down to three characters."""
        return tuple(
            self.code[:end].rstrip(".") for end in range(len(self.code), 2, -1) if self.code[end - 1] != "."
        )


@lru_cache(maxsize=20_000)
def icd10_code(text: str) -> Icd10 | None:
    """The code that a text is, or that stands before words or in brackets behind them; None if there is none.

    None, too, where the text says that it is excluded or past.
    """
    plain = folded(text)
    alone = _ALONE.fullmatch(plain)
    if alone is not None:
        return _of(alone, alone["sure"] or alone["sure_behind"])
    before = _BEFORE.fullmatch(plain)
    beside = before or _BEHIND.fullmatch(plain)
    if beside is None or _OPEN.search(beside["words"] or ""):
        return None
    bare = beside["point"] is None
    if bare and (beside["letter"] in _PLACES if before is not None else beside["bracket"] is None):
        return None
    return _of(beside, beside["sure"])


def _of(match: re.Match[str], sure: str | None) -> Icd10 | None:
    rest = match["rest"] or ""
    # K92.1A: the letter of a code of four characters says how sure it is; that of seven belongs to the code.
    if sure is None and len(rest) == 2 and rest[0].isdigit() and rest[1] in "gvza":
        rest, sure = rest[0], rest[1]
    if sure in ("z", "a"):
        return None
    code = match["letter"] + match["digits"] + (f".{rest}" if rest else "")
    return Icd10(code, suspected=sure == "v")
