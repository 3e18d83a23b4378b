"""Lithuanian as far as a name needs it: the cases of a noun, the personal code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assuage.deidentify.letters import plain_letters

# Endings of each case by the ending of the nominative. A name found in one case is found in all.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("iai", ("iai", "iu", "iams", "ius", "iais", "iuose")),
    ("ai", ("ai", "u", "ams", "us", "ais", "uose")),
    ("ionys", ("ionys", "ioniu", "ionims", "ionis", "ionimis", "ionyse")),
    ("enys", ("enys", "enu", "enims", "enis", "enimis", "enyse")),
    ("ius", ("ius", "iaus", "iui", "iu", "iumi", "iuje", "iau")),
    ("jus", ("jus", "jaus", "jui", "ju", "jumi", "juje", "jau")),
    ("us", ("us", "aus", "ui", "u", "umi", "uje", "au")),
    ("ias", ("ias", "io", "iui", "ia", "iu", "yje", "iau")),
    ("as", ("as", "o", "ui", "a", "u", "e", "ai", "uje")),
    ("ys", ("ys", "io", "iui", "i", "iu", "yje", "y", "ies", "imi")),
    ("is", ("is", "io", "iui", "i", "iu", "yje", "ies", "imi")),
    ("ia", ("ia", "ios", "iai", "iaje", "ioje")),
    ("ios", ("ios", "iu", "ioms", "ias", "iomis", "iose")),
    ("os", ("os", "u", "oms", "as", "omis", "ose")),
    ("es", ("es", "iu", "ems", "emis", "ese")),
    ("a", ("a", "os", "ai", "oje")),
    ("e", ("e", "es", "ei", "eje")),
)


def cases(name: str) -> frozenset[str]:
    """Every case of a name, in lower case and without marks; the name alone where its ending is unknown.

    `Jonas` gives `jono`, `jonui`, `jona`, … and `Petraitis` gives `petraicio`: t and d soften before io and iu.
    """
    plain = plain_letters(name).lower()
    for ending, forms in _ENDINGS:
        if plain.endswith(ending) and len(plain) > len(ending) + 1:
            stem = plain.removesuffix(ending)
            return frozenset({plain, *(form for each in forms for form in _joined(stem, each))})
    return frozenset({plain, f"{plain}s"}) if plain.isalpha() else frozenset({plain})


def _joined(stem: str, ending: str) -> Iterator[str]:
    yield stem + ending
    if ending[:2] in ("io", "iu", "ia"):
        softened = {"t": "ci", "d": "dzi"}.get(stem[-1:])
        if softened:
            yield stem[:-1] + softened + ending[1:]


_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)
_CENTURY = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}


def is_personal_code(digits: str) -> bool:
    """Whether eleven digits are an asmens kodas: century and sex, a real date of birth, and its checksum.

    The last digit is the sum of the first ten, weighted 1 to 9 and 1, modulo 11; where that is 10, the sum
    weighted 3 to 9 and 1 to 3; where that is 10 too, 0. A code of an unknown birthday has zeros in its date.
    """
    if len(digits) != 11 or not digits.isdecimal() or digits[0] not in _CENTURY:
        return False
    year, month, day = _CENTURY[digits[0]] + int(digits[1:3]), int(digits[3:5]), int(digits[5:7])
    if month and day:
        try:
            date(year, month, day)
        except ValueError:
            return False
    elif month > 12 or day > 31:
        return False
    return checksum(digits[:10]) == int(digits[10])


def checksum(ten: str) -> int:
    """The eleventh digit that belongs to the first ten of an asmens kodas."""
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        rest = sum(int(digit) * weight for digit, weight in zip(ten, weights, strict=True)) % 11
        if rest != 10:
            return rest
    return 0
