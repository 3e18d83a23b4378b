"""A regimen typed on one line becomes lines: `amitriptyline 5 mg, tizanidine 2 mg + 4 mg, mesotherapy`.

Names in English or Latin, or an ATC code; doses are those of one day and are added up; a procedure may stand
in the list. Everything that cannot be read is a problem with its remedy, and all are reported together.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assuage.catalogue.message import Message, message
from assuage.errors import Problem, unknown_word
from assuage.record.entries import Dose
from assuage.safety.amounts import factor, spelled
from assuage.safety.formulary import SUBSTANCES, wording_of
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


# All three bounds are ours: far above any regimen of a day.
LONGEST, LARGEST, MOST_A_DAY = 2_000, 1e9, 24


def regimen_names() -> Collection[str]:
    """Every name a regimen may use, in lower case."""
    drugs = {name for name, drug in DRUG_NAMED.items() if drug.id in SUBSTANCES}
    procedures = {name for name, therapy in THERAPY_NAMED.items() if therapy.id in PROCEDURES}
    return drugs | procedures | set(PROCEDURES)


def read_regimen(text: str, route: str = "") -> tuple[tuple[RegimenLine, ...], tuple[Problem, ...]]:
    """The lines of a typed regimen, and all its problems. `route` is that of the substances without their own."""
    if len(text) > LONGEST:
        return (), (Problem("regimen", message("regimen.too-long", most=LONGEST)),)
    parts = [part.strip() for part in re.split(r"[,;\n](?!\d)", text) if part.strip()]
    if not parts:
        return (), (Problem("regimen", message("regimen.empty")),)
    lines: list[RegimenLine] = []
    problems: list[Problem] = []
    for part in parts:
        line = _read(part, route, problems)
        if line is not None:
            lines.append(line)
    return tuple(lines), tuple(problems)


def _read(part: str, route: str, problems: list[Problem]) -> RegimenLine | None:
    name, rest = _split(part)
    substance = substance_id(name)
    if substance is None or substance not in SUBSTANCES:
        what = unknown_word(_short(name), regimen_names(), message("word.substance"))
        problems.append(Problem(_short(part), what))
        return None
    try:
        doses, own_route = _doses(rest)
    except _Unreadable as unreadable:
        problems.append(Problem(_short(part), unreadable.what))
        return None
    row = SUBSTANCES[substance]
    if substance in PROCEDURES:
        if doses:
            what = message("regimen.procedure-with-dose", procedure=wording_of(substance))
            problems.append(Problem(_short(part), what))
        return RegimenLine(substance, name, (), "procedure")
    needed = row.dosing.unit
    for dose in doses:
        if row.dosing.most_per_day and factor(dose.unit, needed, substance) is None:
            of_volume = spelled(dose.unit) in ("ml", "l")
            what = message(
                f"regimen.not-convertible{'-volume' if of_volume else ''}", dose=str(dose), into=needed
            )
            problems.append(Problem(part, what))
            return None
    return RegimenLine(substance, name, doses, own_route or route or row.routes[0].removesuffix("_offlabel"))


def _short(text: str) -> str:
    """Enough of what was typed to find it again."""
    return text if len(text) <= 60 else f"{text[:57]}..."


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


class _Unreadable(Exception):
    """Doses that cannot be read, and why."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.id)
        self.what = what


def _doses(text: str) -> tuple[tuple[Dose, ...], str]:
    """The doses, and the route if one is named. Raises _Unreadable for anything else."""
    doses: list[Dose] = []
    route, times = "", 1
    rest = text
    for match in _DOSE.finditer(text):
        unit = spelled(match["unit"]) if not match["unit"].lower().startswith(("ml", "l")) else match["unit"]
        if unit not in _UNITS and not unit.lower().startswith("ml"):
            units = {known.lower() for known in _UNITS}
            raise _Unreadable(unknown_word(_short(match["unit"]), units, message("word.unit")))
        repeat = int(re.sub(r"\D", "", match["times"] or match["twice"] or "1"))
        if not 0 < repeat <= MOST_A_DAY:
            raise _Unreadable(
                message("regimen.too-many-doses", text=_short(match[0].strip()), most=MOST_A_DAY)
            )
        whole, _, behind = match["amount"].replace(",", ".").partition(".")
        if len(behind) == 3 and int(whole):
            # "5,000 mg" is five grams to one reader and five milligrams to another.
            both = {"thousands": f"{whole}{behind}", "decimals": f"{whole}.{behind}".rstrip("0").rstrip(".")}
            raise _Unreadable(message("regimen.ambiguous-number", text=_short(match[0].strip()), **both))
        amount = float(match["amount"].replace(",", "."))
        if not 0 < amount <= LARGEST:
            raise _Unreadable(
                message("regimen.dose-out-of-range", text=_short(match[0].strip()), largest=f"{LARGEST:g}")
            )
        doses.extend(Dose(amount, unit) for _ in range(repeat))
        rest = rest.replace(match[0], " ", 1)
    for word in rest.lower().replace("+", " ").split():
        if word in _ROUTES:
            route = _ROUTES[word]
        elif word in _MULTIPLIED:
            times = _MULTIPLIED[word]
        elif word not in _BESIDE:
            raise _Unreadable(message("regimen.unreadable", text=_short(word)))
    return tuple(doses) * times, route
