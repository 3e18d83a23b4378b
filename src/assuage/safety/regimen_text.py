"""A regimen typed on one line becomes lines: `amitriptyline 5 mg, tizanidine 2 mg + 4 mg, mesotherapy`.

Names in English or Latin, or an ATC code; doses are those of one day and are added up; a procedure may stand
in the list. Everything that cannot be read is a problem with its remedy, and all are reported together.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assuage.errors import Problem, nearest
from assuage.record.entries import Dose
from assuage.safety.amounts import factor, spelled
from assuage.safety.formulary import SUBSTANCES, name_of
from assuage.safety.situation import PROCEDURES, RegimenLine, substance_id
from assuage.terms.drugs import DRUG_NAMED
from assuage.terms.therapies import THERAPY_NAMED

_PER_ML = r"\(?\d+(?:[.,]\d+)?\s*(?:mg|g|mcg|[uµμ]g|k?iu)\s*/\s*ml\)?"
_STRENGTH = rf"(?:\s*(?:of|x|@)?\s*{_PER_ML}|\s*(?:of)?\s*\(?\d+(?:[.,]\d+)?\s*%\)?)?"
_DOSE = re.compile(
    rf"(?P<times>\d+\s*[x×]\s*)?(?P<amount>\d+(?:[.,]\d+)?)\s*(?P<unit>(?:ml|l){_STRENGTH}(?![a-z])|[a-zµμ][a-zµμ.]*)"
    r"(?:\s*(?P<twice>[x×]\s*\d+|\d+\s*(?:x|times)\b))?",
    re.IGNORECASE,
)
_ROUTES = {
    "po": "oral",
    "orally": "oral",
    "oral": "oral",
    "id": "intradermal",
    "intradermal": "intradermal",
    "im": "im",
    "iv": "iv",
    "sc": "sc",
    "topical": "topical",
    "patch": "patch",
}
# Brand-free and countable, but no rule's unit: they need a strength.
COUNTED = frozenset(
    {"tablet", "tablets", "tab", "tabs", "capsule", "capsules", "drop", "drops", "puff", "puffs", "ampoule",
     "ampoules", "patch", "patches", "sachet", "sachets", "dose", "doses", "unit", "units", "pill", "pills"}
)  # fmt: skip
_UNITS = (
    frozenset({"ng", "mcg", "mg", "g", "kg", "IU", "kIU", "ml", "l", "mmol", "mol", "mEq", "meq"}) | COUNTED
)
# Words that may stand beside a dose and change nothing in a day's sum.
_BESIDE = frozenset({"a", "per", "day", "daily", "/day", "/d", "at", "in", "the", "and", "night", "morning", "noon",
                     "evening", "once", "nocte", "mane", "+"})  # fmt: skip
_MULTIPLIED = {"twice": 2, "bid": 2, "tid": 3, "qid": 4}


# Both bounds are ours: far above any regimen of a day.
LONGEST, LARGEST = 2_000, 1e9


def names() -> Collection[str]:
    """Every name a regimen may use, in lower case."""
    known = {name for name, drug in DRUG_NAMED.items() if drug.id in SUBSTANCES}
    procedures = {name for name, therapy in THERAPY_NAMED.items() if therapy.id in PROCEDURES}
    return known | procedures | set(PROCEDURES)


def read_regimen(text: str, route: str = "") -> tuple[tuple[RegimenLine, ...], tuple[Problem, ...]]:
    """The lines of a typed regimen, and all its problems. `route` is that of the substances without their own."""
    lines: list[RegimenLine] = []
    found: list[Problem] = []
    if len(text) > LONGEST:
        return (), (
            Problem("regimen", f"is longer than {LONGEST} characters; a day's regimen is a few lines"),
        )
    parts = [part.strip() for part in re.split(r"[,;\n](?!\d)", text) if part.strip()]
    if not parts:
        found.append(Problem("regimen", "is empty; write for example: amitriptyline 5 mg, tizanidine 6 mg"))
    for part in parts:
        lines_of_part = _read(part, route, found)
        if lines_of_part is not None:
            lines.append(lines_of_part)
    return tuple(lines), tuple(found)


def _read(part: str, route: str, problems: list[Problem]) -> RegimenLine | None:
    name, said = _split(part)
    substance = substance_id(name)
    if substance is None or substance not in SUBSTANCES:
        problems.append(Problem(_short(part), nearest(_short(name), names(), "substance")))
        return None
    doses, own_route, wrong = _doses(said)
    if wrong:
        problems.append(Problem(_short(part), wrong))
        return None
    row = SUBSTANCES[substance]
    if substance in PROCEDURES:
        if doses:
            problems.append(Problem(_short(part), f"{name_of(substance)} is a procedure and has no dose"))
        return RegimenLine(substance, name, (), "procedure")
    needed = row.dosing.unit
    for dose in doses:
        if row.dosing.most_per_day and factor(dose.unit, needed, substance) is None:
            problems.append(
                Problem(
                    part,
                    f"{dose} cannot be converted to {needed}; write the dose in {needed}{_strength(dose)}",
                )
            )
            return None
    return RegimenLine(substance, name, doses, own_route or route or row.routes[0].removesuffix("_offlabel"))


def _short(said: str) -> str:
    """Enough of what was typed to find it again."""
    return said if len(said) <= 60 else f"{said[:57]}..."


def _strength(dose: Dose) -> str:
    return ", or with its strength: 2 ml 50 mg/ml" if spelled(dose.unit) in ("ml", "l") else ""


def _split(part: str) -> tuple[str, str]:
    """The name and what is said of doses. A name may hold a number: `aspirin 75 mg`, `sodium chloride 0.9%`."""
    words = part.split()
    for end in range(len(words), 0, -1):
        name = " ".join(words[:end])
        if substance_id(name) is not None:
            rest = " ".join(words[end:])
            # The name took the dose with it: it is the dose.
            tail = _DOSE.search(name) if not rest else None
            return name, rest or (tail[0] if tail and name.lower().startswith("aspirin") else "")
    first = next((index for index, word in enumerate(words) if word[:1].isdigit()), len(words))
    return " ".join(words[:first] or words), " ".join(words[first:])


def _doses(said: str) -> tuple[tuple[Dose, ...], str, str]:
    """The doses, the route if one is named, and what is wrong (empty: nothing)."""
    doses: list[Dose] = []
    route, times = "", 1
    rest = said
    for found in _DOSE.finditer(said):
        unit = spelled(found["unit"]) if not found["unit"].lower().startswith(("ml", "l")) else found["unit"]
        if unit not in _UNITS and not unit.lower().startswith("ml"):
            return (), "", nearest(_short(found["unit"]), {known.lower() for known in _UNITS}, "unit")
        repeat = int(re.sub(r"\D", "", found["times"] or found["twice"] or "1"))
        if not 0 < repeat <= 24:
            return (), "", f'"{_short(found[0].strip())}": between 1 and 24 doses a day'
        amount = float(found["amount"].replace(",", "."))
        if not 0 < amount <= LARGEST:
            return (), "", f'"{_short(found[0].strip())}": a dose is more than 0 and at most {LARGEST:g}'
        doses.extend(Dose(amount, unit) for _ in range(repeat))
        rest = rest.replace(found[0], " ", 1)
    for word in rest.lower().replace("+", " ").split():
        if word in _ROUTES:
            route = _ROUTES[word]
        elif word in _MULTIPLIED:
            times = _MULTIPLIED[word]
        elif word not in _BESIDE:
            return (
                (),
                "",
                f'"{_short(word)}" cannot be read; write name, amount and unit: tizanidine 2 mg + 4 mg',
            )
    return tuple(doses) * times, route, ""
