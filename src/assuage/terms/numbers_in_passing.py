"""Numbers of quantities that a text names in passing: `bleeding gums, INR went up to 6.2`, `anaemia with an Hb of 6.8`.

They decide nothing, for the rest of the text may say of what, when or of whom they are: a person is asked about them
where they would decide something, or are far out. All is ours, in English, Lithuanian and German.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, lru_cache

from msgspec import Struct

from assuage.patterns import kept_pattern
from assuage.terms.answers import YES
from assuage.terms.denials import said_of_patient
from assuage.terms.measured import (
    Measured,
    conclusions,
    decided_by,
    exact_number,
    measured_value,
    unit_before,
    values_in_any_unit,
    with_sign,
)
from assuage.terms.names import spaced
from assuage.terms.quantities import LEVEL, QUANTITIES, quantity_names
from assuage.terms.quantity import Quantity
from assuage.terms.told_numbers import with_signs
from assuage.terms.written_numbers import NUMBER


class InPassing(Struct, frozen=True):
    """A number of a quantity in a longer text: its values, one where the unit is told, else one for each it may be."""

    quantity: Quantity
    values: tuple[Measured, ...]

    @property
    def may_be(self) -> frozenset[str]:
        """The conditions that it is, or may be in some unit; of a high creatinine those of the eGFR."""
        if self.quantity.id == "creatinine":
            return (
                decided_by(self.quantity)
                if any(value.low > _CREATININE for value in self.values)
                else frozenset()
            )
        return frozenset(
            conclusion.condition
            for value in self.values
            for conclusion in conclusions(value)
            if conclusion.answer is YES
        )

    @property
    def far_out(self) -> bool:
        """Whether it is outside the alarming limits of its quantity, in whichever unit it may be in."""
        return bool(self.values) and all(value.is_alarming for value in self.values)


_CREATININE = 110  # µmol/l, from which on it is asked what it comes to (ours)
# Names that are other words as well count only where they are written with a capital.
_ALSO_WORDS = frozenset(
    {"alt", "anc", "ast", "bks", "ca", "ck", "eng", "got", "hr", "k", "na", "pct", "spa", "tns"}
)
# Names of the state, of which the number is told: `hyperkalaemia of 6.9`.
_STATES = {
    "sodium": r"h(?:yp|ip)(?:er|o)natr(?:a?emi\w*|iämie|emij\w*)",
    "potassium": r"h(?:yp|ip)(?:er|o)k(?:al|ali)(?:a?emi\w*|i?ämie|emij\w*)",
    "calcium": r"h(?:yp|ip)(?:er|o)[ck]al[cz](?:a?emi\w*|iämie|emij\w*)",
    "glucose": r"h(?:yp|ip)(?:er|o)gl(?:yc|yk|ik)(?:a?emi\w*|ämie|emij\w*)|(?:blood )?sugars?|cukr(?:us|aus)",
    "platelets": r"thrombocytopenia|thrombopenie|thrombozytopenie|trombocitopenij\w*",
    "neutrophils": r"neutropeni\w*",
    "lithium_level": r"lithium|litis|ličio",
    "digoxin_level": r"digoxin|digoksin\w*",
    "temperature": r"fevers?|fieber|karščiav\w*|karščiuoja",
}
_AIM = kept_pattern(
    r"\b(?:targets?|goals?|aim\w*|thresholds?|limits?|cut-?offs?|normal range|ref(?:erence)?|keep|ziel\w*"
    r"|grenz\w*|referenz\w*"
    r"|norm(?:al)?\w*|tiksl\w*|rib(?:a|os)|if|when|unless|wenn|falls|sobald|jei|jeigu|kai|not|nicht)\b"
)
_LONG_AGO = kept_pattern(
    r"\b(?:years? ago|as a child|in childhood|vor \w+ jahren|als kind|prieš \w+ metus|vaikystėje)\b"
)
# What counts something else than the quantity: times, doses, and what is taken.
_COUNTS_ELSE = kept_pattern(
    r"\s*-?(?:(?:weeks?|wks?|days?|d|months?|mos?|years?|yrs?|yo|hours?|hrs?|h|min(?:ute)?s?|times|x|tablets?"
    r"|tabs?|pills?|caps\w*"
    r"|ms|mg|mcg|µg|ug|g|iu|ie|tv|i\.e|ml|doses?|sessions?|points?|kg|cm|st|nd|rd|th|of|stages?|grades?|types?"
    r"|woch\w*|tag\w*|monat\w*"
    r"|jahr\w*|stunden?|mal|tabletten|sav\w*|dien\w*|mėn\w*|met\w*|val\w*|kart\w*|tablet\w*|ve?artai)(?![\w/])|[./-]\d)"
)
# What is called after a quantity, and is another thing.
_OTHER_THING = kept_pattern(
    r"[ -](?:supplement\w*|intake|replacement|infusion|tablets?|variability|valpro\w*|carbonate|channel\w*"
    r"|citrate|chloride"
    r"|gluconate|lactate|bicarbonate|sulph?ate|pressure|oxide|picosulph?ate|alginate|hyaluronate|blocker\w*"
    r"|antagonist\w*"
    r"|präparat\w*|tabletten|papild\w*|preparat\w*|tablet\w*)"
)
_CLAUSE = kept_pattern(r"(?<!\d)[.;!?()]|[;!?()]|\.(?!\d)")
_BEHIND = kept_pattern(
    rf"(?:[ -]?{LEVEL}\b)?(?P<gap>(?:[\s,:=~≈'-]*[^\W\d]+\.?){{0,6}}[\s,:=~≈]*)(?P<sign>[<>≤≥]=?)?\s*(?P<low>{NUMBER})"
    rf"(?:\s*(?:-|–)\s*(?P<high>{NUMBER}))?"
)
_BEFORE = kept_pattern(
    rf"(?<![\w.,])(?P<low>{NUMBER})\s*(?P<unit>[^\s\d][^\s]{{0,11}})\s+(?:of |for |von |an )?(?:serum |plasma )?$"
)


@cache
def _names() -> re.Pattern[str]:
    names = {name for name in quantity_names() if not name[0].isdigit() or " " in name}
    names |= {name.replace(" ", "-") for name in names}
    plain = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    states = "|".join(f"(?P<{key}>{pattern})" for key, pattern in _STATES.items())
    return kept_pattern(rf"(?<![\w-])(?:{states}|(?P<name>{plain}))(?![\w+])")


@lru_cache(maxsize=20_000)
def numbers_in_passing(words: str) -> tuple[InPassing, ...]:
    """The numbers behind, or with a unit before, the name of a quantity; none that is aimed at, or of others."""
    if not any(letter.isdigit() for letter in words):
        return ()
    capitals = frozenset(word.lower() for word in re.findall(r"\w+", words) if not word.islower())
    return tuple(
        number
        for clause in _CLAUSE.split(with_signs(said_of_patient(words)))
        if not _LONG_AGO.search(clause)
        for number in _in_clause(spaced(clause), capitals)
    )


def _in_clause(clause: str, capitals: frozenset[str]) -> Iterator[InPassing]:
    named = [match for match in _names().finditer(clause) if _is_name(match, capitals)]
    for at, match in enumerate(named):
        end = named[at + 1].start() if at + 1 < len(named) else len(clause)
        quantity = _quantity(match)
        if _OTHER_THING.match(clause, match.end()):
            continue
        behind = _BEHIND.match(clause[:end], match.end())
        if behind is not None:
            aimed = _AIM.search(clause[: match.start()][-30:]) or _AIM.search(behind["gap"])
            values = () if aimed else _values(quantity, behind, clause[behind.end() :])
        else:
            begin = named[at - 1].end() if at else 0
            values = _values_before(quantity, clause[begin : match.start()])
        if values:
            yield InPassing(quantity, values)


def _is_name(match: re.Match[str], capitals: frozenset[str]) -> bool:
    name = match["name"]
    return name is None or name not in _ALSO_WORDS or name in capitals


def _quantity(match: re.Match[str]) -> Quantity:
    name = match["name"]
    if name is not None:
        return quantity_names()[name.replace("-", " ")]
    assert match.lastgroup is not None
    return QUANTITIES[match.lastgroup]


def _values(quantity: Quantity, behind: re.Match[str], rest: str) -> tuple[Measured, ...]:
    low = exact_number(behind["low"])
    high = low if behind["high"] is None else exact_number(behind["high"])
    if low is None or high is None:
        return ()
    unit, _ = unit_before(quantity, rest)
    if not unit and _COUNTS_ELSE.match(rest):
        return ()
    shown = behind[0].strip()
    if unit or quantity.bare:
        value = measured_value(quantity, low, high, unit, shown)
        signed = None if value is None else with_sign(value, behind["sign"])
        return () if signed is None else (signed,)
    return values_in_any_unit(quantity, low, high)


def _values_before(quantity: Quantity, before: str) -> tuple[Measured, ...]:
    match = _BEFORE.search(before)
    number: Fraction | None = None if match is None else exact_number(match["low"])
    if match is None or number is None:
        return ()
    value = measured_value(quantity, number, number, match["unit"], match[0].strip())
    return () if value is None else (value,)


def perhaps_by_numbers(words: str) -> frozenset[str]:
    """The conditions that numbers in these words are, or may be where their unit is not told."""
    return frozenset[str]().union(*(number.may_be for number in numbers_in_passing(words)))
