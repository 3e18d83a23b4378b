"""Numbers as people write them in text: `2,5`, `½`, `1/2`, `four`, `zweimal`, and what can be read in two ways."""

from __future__ import annotations

import re
from fractions import Fraction

from msgspec import Struct

from assuage.patterns import kept_pattern

# A separator and its digits, or a fraction. Text only: a number of a YAML or JSON field is exact.
NUMBER = r"(?:\d+\s*/\s*\d+|\d+(?:[.,]\d+)*|[.,]\d+)"
_FRACTION_SIGNS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8"}


class TwoReadings(Struct, frozen=True):
    """A number that one reader takes for thousands and another for a decimal, as both would write it plainly."""

    thousands: str
    decimals: str


def number_in_text(text: str) -> Fraction | TwoReadings | None:
    """The number exactly as written; both readings where a separator is followed by exactly three digits.

    `0,125` has one reading, for no thousand begins with 0; so has `12,50`. None for what is no number, `1,2,3` and
    `1/0` among it.
    """
    plain = text.replace(" ", "").replace(",", ".")
    if "/" in plain:
        above, _, below = plain.partition("/")
        whole = above.isdigit() and below.isdigit() and int(below) > 0
        return Fraction(int(above), int(below)) if whole else None
    match = re.fullmatch(r"(\d*)(?:\.(\d+))?", plain)
    if match is None or not plain or (not match[1] and not match[2]):
        return None
    integer, decimals = match[1] or "0", match[2] or ""
    if len(decimals) == 3 and int(integer):
        return TwoReadings(integer + decimals, f"{integer}.{decimals}".rstrip("0").rstrip("."))
    return Fraction(f"{integer}.{decimals or 0}")


_GROUPED = kept_pattern(
    r"(?<![\w.,/])(?P<vitamin>vit(?:amin\w*|\.)? ?[a-z] )?(?P<first>\d{1,3})"
    r"(?P<groups>(?:[ \u00a0\u2009\u202f']\d{3})+)"
    r"(?P<unit>\s*(?:(?P<activity>k?iu|ie|tv|i\. ?u\.|i\. ?e\.|t\. ?v\.)|mcg|[uµμ]g|mkg|mg|g|ng)(?![a-z]))",
    re.IGNORECASE,
)


def with_joined_thousands(text: str) -> str:
    """The text with `50000 IU` for `50 000 IU`, where a space between digits can only be one of thousands.

    So it is before units of activity, and where a group is 000, for no dose is that. `2 500 mg` may be two of 500, and
    `vitamin D 2 500 IU` 500 of vitamin D2: both stay as they are.
    """

    def joined(match: re.Match[str]) -> str:
        groups = re.findall(r"\d{3}", match["groups"])
        kind_of_vitamin = match["vitamin"] and len(match["first"]) == 1
        if "000" not in groups and (not match["activity"] or kind_of_vitamin):
            return match[0]
        return f"{match['vitamin'] or ''}{match['first']}{''.join(groups)}{match['unit']}"

    return _GROUPED.sub(joined, text)


def with_plain_fractions(text: str) -> str:
    """The text with `1/2` for `½`, and `3/2` for `1½`."""
    for sign, plain in _FRACTION_SIGNS.items():
        above, below = plain.split("/")
        text = re.sub(
            rf"(\d+)\s*{sign}",
            lambda whole, above=above, below=below: f"{int(whole[1]) * int(below) + int(above)}/{below}",
            text,
        )
        text = text.replace(sign, plain)
    return text
