"""A column whose cells hold several things (`headache, nausea`): what stands between them, and what each part is.

Parts come back in many cells; a sentence with commas in it does not. What nobody can see from the cells is asked:
whether a part that a cell does not name was not there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assuage.catalogue.message import message
from assuage.imports.shapes.draft import Ask, Meaning, Taken
from assuage.imports.shapes.topics import header_words
from assuage.terms.drug_names import find_drug
from assuage.terms.symptoms import find_symptom
from assuage.terms.therapies import find_therapy

_MARKS = ("|", ";", ",", " / ", "/", " + ", "+", " & ", "\n")
_LONGEST, _MOST_WORDS = 40, 5  # letters and words of a part
_MOST_PARTS = 80
_COMES_BACK = 2.0  # times that a part stands in the column, on average
_COMES_BACK_IN_A_LIST = 1.4  # where the header says that it is a list
_OF_SYMPTOMS = ("symptom", "simptom", "beschwerd", "negalavim", "nusiskund")
_OF_LISTS = (
    *(
        "trigger",
        "factor",
        "activit",
        "tag",
        "food",
        "medic",
        "treatment",
        "therap",
        "relief",
        "remed",
        "cause",
    ),
    *("auslöser", "aktivität", "tätigkeit", "medikament", "behandlung", "essen", "faktor", "mittel"),
    *("veikl", "vaist", "gydym", "maist", "veiksn", "priežast", "sukėl", "procedūr"),
)
_SENTENCE = re.compile(r"[.!?](?:\s|$)")


def several_in_a_cell(header: str, cells: Sequence[str]) -> tuple[Meaning, Taken] | Ask | None:
    """What a column of lists is taken for where all its parts are symptoms that are known, else what is asked.

    None for a column that is none.
    """
    words = header_words(header)
    symptoms = any(stem in words for stem in _OF_SYMPTOMS)
    listed = symptoms or any(stem in words for stem in _OF_LISTS)
    mark_and_parts = _parts_of(cells, _COMES_BACK_IN_A_LIST if listed else _COMES_BACK)
    if mark_and_parts is None:
        return None
    mark, parts = mark_and_parts
    meanings = {part: _meaning(part, header, symptoms) for part in parts}
    split: dict[str, object] = {
        "kind": "symptom" if symptoms else "exposure",
        "split": mark,
        "parts": meanings,
    }
    told = {"n": len(parts), "mark": mark, "parts": tuple(parts[:6])}
    if all(
        meaning.get("kind") == "symptom" and find_symptom(str(meaning["what"]))
        for meaning in meanings.values()
    ):
        return split, Taken(header, message("shape.taken-several", **told))
    return Ask(
        header,
        message("shape.which-several", column=header, **told),
        (split, {**split, "unmentioned": "no"}, {"kind": "note"}),
    )


def _parts_of(cells: Sequence[str], comes_back: float) -> tuple[str, list[str]] | None:
    """What stands between the parts, and the parts, the most frequent first; None where a column has none."""
    filled = [cell for cell in cells if cell]
    if any(_SENTENCE.search(cell) for cell in filled):
        return None
    for mark in _MARKS:
        if sum(mark in cell for cell in filled) < 2:
            continue
        counts = Counter(part for cell in filled for part in map(str.strip, cell.split(mark)) if part)
        by_word: dict[str, str] = {}
        for part, _ in counts.most_common():
            by_word.setdefault(part.casefold(), part)
        short = all(len(part) <= _LONGEST and len(part.split()) <= _MOST_WORDS for part in by_word.values())
        named = not any(part[0].isdigit() for part in by_word)
        if short and named and len(by_word) <= _MOST_PARTS and counts.total() >= comes_back * len(by_word):
            return mark, list(by_word.values())
    return None


def _meaning(part: str, header: str, symptoms: bool) -> dict[str, object]:
    """What a part is by its own name: a symptom, a therapy, a drug; else what its column is about."""
    symptom, therapy, drug = find_symptom(part), find_therapy(part), find_drug(part)
    if symptom is not None:
        return {"kind": "symptom", "what": symptom.id}
    if symptoms:
        return {"kind": "symptom", "what": part}
    if therapy is not None:
        return {"kind": "therapy", "what": therapy.id}
    if drug is not None:
        return {"kind": "intake", "drug": drug.id}
    return {"kind": "exposure", "name": part}
