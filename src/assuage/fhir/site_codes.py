"""What a site says its codes mean: a file of its own, for systems whose codes may not be shipped.

    [[system]]
    url = "urn:oid:1.2.3.4"
    [system.words]
    "A17" = "bleeding disorder"

A word is one that a record would have: a drug, a therapy, a condition, a symptom, a place on the body.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from msgspec import Struct, field

from assuage.catalogue.message import message
from assuage.errors import Problem, Problems
from assuage.record.document import decoded, read_bytes
from assuage.terms.conditions import find_condition
from assuage.terms.drug_names import find_drug
from assuage.terms.measurements import find_measurement
from assuage.terms.names import checked_name
from assuage.terms.sites import SITES
from assuage.terms.symptoms import find_symptom
from assuage.terms.therapies import find_therapy

_MOST_BYTES = 8 * 1024 * 1024


class SiteCodes(Struct, frozen=True):
    """The word for each code of each system."""

    words: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def word(self, system: str, code: str) -> str | None:
        """The word for a code; None where the file has none."""
        return self.words.get((system, code))


NO_CODES = SiteCodes()


def read_site_codes(path: str | Path) -> SiteCodes:
    """The codes of a file. Raises Problems with everything wrong in it: also words that no rule would read."""
    file = Path(path)
    raw = read_bytes(file, _MOST_BYTES)
    if len(raw) > _MOST_BYTES:
        raise Problems(str(file), [Problem("", message("site-codes.too-large", megabytes=8))])
    try:
        plain = tomllib.loads(decoded(raw, str(file)))
    except tomllib.TOMLDecodeError as error:
        raise Problems(str(file), [Problem("", message("site-codes.not-toml", error=str(error)))]) from None
    words: dict[tuple[str, str], str] = {}
    problems = [Problem(key, message("site-codes.unknown-key")) for key in plain if key != "system"]
    systems = plain.get("system")
    if not isinstance(systems, list) or not systems:
        problems.append(Problem("system", message("site-codes.no-systems")))
        systems = []
    for at, each in enumerate(cast("list[Any]", systems)):
        problems += _system(each, f"system[{at}]", words)
    if problems:
        raise Problems(str(file), problems)
    return SiteCodes(words)


def _system(given: object, place: str, words: dict[tuple[str, str], str]) -> list[Problem]:
    system = cast("dict[str, Any]", given) if isinstance(given, dict) else {}
    problems = [
        Problem(f"{place}.{key}", message("site-codes.unknown-key"))
        for key in system
        if key not in ("url", "words")
    ]
    url, of_codes = system.get("url"), system.get("words")
    if not isinstance(url, str) or not url:
        problems.append(Problem(f"{place}.url", message("site-codes.no-url")))
        url = ""
    if not isinstance(of_codes, dict) or not of_codes:
        problems.append(Problem(f"{place}.words", message("site-codes.no-words")))
        return problems
    for code, word in cast("dict[str, Any]", of_codes).items():
        here = f'{place}.words."{code}"'
        if not isinstance(word, str) or not is_record_word(word):
            problems.append(Problem(here, message("site-codes.no-such-word")))
        elif words.setdefault((url, code), word) != word:
            problems.append(Problem(here, message("site-codes.twice")))
    return problems


def is_record_word(word: str) -> bool:
    """Whether anything reads the word: a drug, a therapy, a condition, a symptom or a place."""
    finders = (find_drug, find_therapy, find_condition, find_symptom, find_measurement, checked_name)
    return word in SITES or any(find(word) is not None for find in finders)
