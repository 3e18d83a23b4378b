"""What a column is taken for, out of its header and its cells; what neither settles is asked, with the ways to answer.

Named scales are used only where header and numbers agree; else a value keeps the name and the number that it has, as a
person's own rating or factor.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from assuage.catalogue.message import message
from assuage.imports.shapes.columns import NO_WORDS, SEVERITIES, YES_WORDS, ColumnLook, look_of
from assuage.imports.shapes.draft import Ask, Draft, LeftColumn, Meaning, Taken
from assuage.imports.shapes.several import several_in_a_cell
from assuage.imports.shapes.topics import Topic, header_words, site_in_words, stated_range, topic_of
from assuage.instruments.model import Instrument
from assuage.record.csv_table import NO, YES
from assuage.record.entries import MedicationAct
from assuage.terms.drug_names import find_drug
from assuage.terms.sites import SITES
from assuage.terms.symptoms import find_symptom
from assuage.terms.therapies import find_therapy

Settled = tuple[Meaning, Taken | None] | Ask | LeftColumn
_MEASURED_IN = frozenset({"bpm", "ms"})
_SHORT_TOPS = (3, 4, 5)  # of the scales that apps of diaries have beside those up to 10
# Rows in which a scale up to 10 shows more than its lower third, or half, as a rule: ours.
_SHORT_IN_ROWS = ((3, 7), (5, 14))
# A comma may begin a fraction or a group of three: such a dose is not read out of a name.
_DOSE = re.compile(r"(?<![\d.,/])([0-9]{1,4}(?:\.[0-9]{1,2})?)\s*(mg|mcg|g|ml)\b(?!\s*/)", re.I)
_FORMS_OF_DOSES = frozenset(
    ("mg", "ml", "tabs", "tab", "tablets", "tablet", "tabletės", "tabletten", "dose", "dosis")
)
# What stands around the name of a drug or a therapy in a question (`Took ibuprofen 400mg`, `did_massage today`).
_ASKING = frozenset(("took", "taken", "take", "did", "had", "used", "got", "any", "today"))
_PART_MARKS = ("|", ";", ",", " ")


def add_column(
    draft: Draft, header: str, cells: Sequence[str], decimal: str, label: str = "", **also: object
) -> None:
    """Put what a column is taken for into a draft; `label` is the question under its header, `also` keys for all."""
    settled = settle(header, cells, decimal, label)
    match settled:
        case Ask():
            draft.asks.append(settled)
        case LeftColumn():
            draft.left.append(settled)
        case (meaning, taken):
            draft.columns[header] = {**meaning, **also}
            if taken is not None:
                draft.taken.append(taken)


def settle(header: str, cells: Sequence[str], decimal: str, label: str = "") -> Settled:
    """What a column is taken for; what is to be asked; or why it is left out."""
    look = look_of(header, cells, decimal)
    topic = topic_of(header)
    if topic == Topic() and label:
        topic = topic_of(label)
    name = label or header
    if look.look == "blank":
        return LeftColumn(header, message("shape.blank-column"))
    if topic.about == "person" and (places := _sites(header, cells)):
        return places  # a location is one of the body where every cell of it is
    if topic.about in ("person", "device", "weekday", "patient"):
        return LeftColumn(header, message(f"shape.left-{topic.about}"))
    match look.look:
        case "number":
            return _number(header, name, topic, look)
        case "yes-no":
            return _yes_no(header, name, topic, look)
        case "severity":
            return _severity(header, name, topic, look)
        case "time" if topic.unit not in ("h", "min"):
            return LeftColumn(header, message("shape.left-time"))
        case "time" | "duration":
            return _lasted(header, name, topic)
        case "mixed" if topic.about != "note":
            told = message("shape.not-all-numbers", column=header, cells=look.odd[:3])
            return _sites(header, cells) or Ask(header, told, ({"kind": "note"},))
        case "mixed":
            return {"kind": "note"}, None
        case "words":
            return (
                _sites(header, cells) or _several(header, topic, cells) or _words(header, name, topic, look)
            )
        case "text":
            return _sites(header, cells) or _several(header, topic, cells) or _text(header, topic, cells)


def _where(topic: Topic, *, named: bool = False) -> Meaning:
    """The site and time of day that a header names; no site of a symptom whose name says it (`headache`)."""
    site = None if named else topic.site
    return {name: given for name, given in (("site", site), ("time", topic.time)) if given is not None}


def _number(header: str, name: str, topic: Topic, look: ColumnLook) -> Settled:
    if look.percent:
        return _percent(header, name, topic, look)
    ends = {"low": f"{look.low:g}", "high": f"{look.high:g}"}
    if topic.instrument is not None:
        return _total(header, topic.instrument, look, ends)
    stated = stated_range(header) or stated_range(name)
    if look.out_of is not None:
        if stated is not None and stated[1] != look.out_of:
            return Ask(header, message("shape.outside-stated", column=header, **ends))
        stated = stated or (None, look.out_of)
    says_ends = topic.scale is not None or topic.about == "rating"
    if stated is not None and (says_ends or (look.out_of is not None and topic.about is None)):
        return _stated(header, name, topic, look, stated)
    if look.ranges and topic.scale is None:
        return Ask(header, message("shape.which-words", column=header, words=look.words), ({"kind": "note"},))
    if topic.scale is not None and look.low >= 0 and look.high <= 100:
        meaning = {"kind": "score", "scale": topic.scale.code, **_where(topic)}
        if look.high > topic.scale.high and look.middle <= topic.scale.high:
            # One slip of the pen would make a tenth of every other number.
            answers = ({**meaning, "from": [0, 100]}, meaning)
            return Ask(header, message("shape.slip-or-100", column=header, **ends), answers)
        if look.high > topic.scale.high:
            return {**meaning, "from": [0, 100]}, Taken(header, message("shape.taken-of-100", **ends))
        if _may_be_short(look):
            tops = [[0, top] for top in _SHORT_TOPS if look.high <= top] + [[1, 5]] * (look.low >= 1)
            return Ask(
                header,
                message("shape.which-top", column=header, **ends),
                (meaning, *({**meaning, "from": top} for top in tops)),
            )
        return meaning, Taken(header, message("shape.taken-of-10", **ends))
    if topic.about == "sleep":
        return _sleep(header, name, topic, look)
    if topic.about == "amount":
        if topic.unit in _MEASURED_IN:
            return {"kind": "measurement", "what": name, "unit": topic.unit}, None
        unit = topic.unit or "number"
        return {"kind": "exposure", "name": name, "unit": unit}, Taken(
            header, message("shape.taken-amount", unit=unit)
        )
    if topic.about == "rating":
        return {"kind": "rating", "name": name, **_where(topic)}, Taken(header, message("shape.taken-rating"))
    return Ask(
        header,
        message("shape.which-number", column=header, **ends),
        (
            *_taken_so_often(name),
            {"kind": "rating", "name": name},
            {"kind": "exposure", "name": name, "unit": topic.unit or "number"},
            {"kind": "score", "scale": "pain"},
        ),
    )


def _total(header: str, instrument: Instrument, look: ColumnLook, ends: Mapping[str, str]) -> Settled:
    """The total of a questionnaire; asked where a number lies beyond what its total can be."""
    scale = instrument.scale
    meaning = {"kind": "score", "scale": scale.code}
    if look.low < scale.low or look.high > scale.high:
        return Ask(header, message("shape.outside-stated", column=header, **ends), (meaning,))
    return meaning, Taken(header, message("shape.taken-total", title=instrument.title, **ends))


def _taken_so_often(name: str) -> tuple[Meaning, ...]:
    """How a number under the name of a drug may be read: so many of the dose that the name has, or so much."""
    words = [word for word in header_words(name).split() if word not in _FORMS_OF_DOSES]
    drug = find_drug(name) or find_drug(" ".join(words))
    if drug is None:
        return ()
    dose = _dose_in(name)
    if dose is not None:
        return ({"kind": "intake", "drug": drug.id, "cell": "count", "doses": [dose]},)
    return ({"kind": "intake", "drug": drug.id, "cell": "amount", "unit": "mg"},)


def _dose_in(name: str) -> Meaning | None:
    """The one dose that a name has (`Sertraline 50mg`); None where it has none, or more than one."""
    doses = _DOSE.findall(name)
    if len(doses) != 1:
        return None
    amount, unit = doses[0]
    return {"amount": float(amount) if "." in amount else int(amount), "unit": unit.casefold()}


def _may_be_short(look: ColumnLook) -> bool:
    """Whether whole numbers that never pass 3, or 5 in many rows, may be those of a shorter scale than ours."""
    return look.whole and any(look.high <= top and look.filled >= rows for top, rows in _SHORT_IN_ROWS)


def _percent(header: str, name: str, topic: Topic, look: ColumnLook) -> Settled:
    """What a number with a sign of percent is: of a named scale a part of its range, else asked."""
    ends = {"low": f"{look.low:g}", "high": f"{look.high:g}"}
    if topic.scale is not None and look.low >= 0 and look.high <= 100:
        meaning = {"kind": "score", "scale": topic.scale.code, "from": [0, 100], **_where(topic)}
        return meaning, Taken(header, message("shape.taken-of-100", **ends))
    rating = {"kind": "rating", "name": name, "lowest": 0, "highest": 100, **_where(topic)}
    if topic.about == "rating" and look.low >= 0 and look.high <= 100:
        return rating, Taken(header, message("shape.taken-rating"))
    exposure = {"kind": "exposure", "name": name, "unit": "%"}
    if topic.about == "amount":
        return exposure, Taken(header, message("shape.taken-amount", unit="%"))
    return Ask(header, message("shape.which-number", column=header, **ends), (rating, exposure))


def _stated(
    header: str, name: str, topic: Topic, look: ColumnLook, stated: tuple[float | None, float]
) -> Settled:
    """What a number is whose header states the ends of its scale; asked where a number lies outside of them.

    Of ten or of a hundred is from 0 on, as anybody says it; of five it is from 0 or from 1, and nobody can see which.
    """
    low, high = stated
    if low is None and high in (10, 100):
        low = 0.0
    from_0: list[float] = [0, int(high)]
    from_1: list[float] = [1, int(high)]
    outside = look.high > high or look.low < (0 if low is None else low)
    told = {"low": f"{look.low:g}", "high": f"{look.high:g}"}
    if topic.scale is None:
        rating = {"kind": "rating", "name": name, **_where(topic)}
        if low is None and not outside and look.out_of is not None:
            answers = tuple({**rating, "lowest": first, "highest": int(high)} for first in (0, 1))
            return Ask(header, message("shape.which-low-end", column=header, **told), answers)
        if low is None and not outside:
            return rating, Taken(header, message("shape.taken-rating"))
        known = {} if low is None else {"lowest": int(low), "highest": int(high)}
        if outside:
            return Ask(header, message("shape.outside-stated", column=header, **told), (rating,))
        return {**rating, **known}, Taken(header, message("shape.taken-stated", first=low, last=high, **told))
    score = {"kind": "score", "scale": topic.scale.code, **_where(topic)}
    if outside:
        return Ask(
            header, message("shape.outside-stated", column=header, **told), ({**score, "from": from_0},)
        )
    if low is None:
        answers = ({**score, "from": from_0}, {**score, "from": from_1})
        return Ask(header, message("shape.which-low-end", column=header, **told), answers)
    if (low, high) != (topic.scale.low, topic.scale.high):
        score["from"] = from_1 if low else from_0
    return score, Taken(header, message("shape.taken-stated", first=low, last=high, **told))


def _sleep(header: str, name: str, topic: Topic, look: ColumnLook) -> Settled:
    if topic.unit in ("h", "min"):
        meaning = {"kind": "exposure", "name": name, "unit": topic.unit, "night": "before"}
        return meaning, Taken(header, message("shape.taken-night", unit=topic.unit))
    return Ask(
        header,
        message("shape.which-sleep", column=header, low=f"{look.low:g}", high=f"{look.high:g}"),
        (
            {"kind": "exposure", "name": name, "unit": "h", "night": "before"},
            {"kind": "score", "scale": "sleep", "night": "before"},
            {"kind": "score", "scale": "sleep", "reverse": True, "night": "before"},
            {"kind": "rating", "name": name, "night": "before"},
        ),
    )


def _lasted(header: str, name: str, topic: Topic) -> Settled:
    """Hours and minutes in one cell: how long it lasted, in minutes; of sleep the night before."""
    meaning: Meaning = {"kind": "exposure", "name": name, "unit": "min"}
    if topic.about == "sleep":
        return {**meaning, "night": "before"}, Taken(header, message("shape.taken-night", unit="min"))
    return meaning, Taken(header, message("shape.taken-amount", unit="min"))


def _said(words: Sequence[str]) -> Meaning:
    """The words of yes and no that are not those that every map knows."""
    yes = sorted({word.casefold() for word in words if word.casefold() in YES_WORDS})
    no = sorted({word.casefold() for word in words if word.casefold() in NO_WORDS})
    told: dict[str, object] = {}
    if not set(yes) <= YES:
        told["yes"] = yes
    if not set(no) <= NO:
        told["no"] = no
    return told


def _without_asking(name: str) -> str:
    """A name without the words of a question at its ends; as it is where it has none."""
    words = header_words(name).split()
    inner = words
    while inner and inner[0] in _ASKING:
        inner = inner[1:]
    while inner and inner[-1] in _ASKING:
        inner = inner[:-1]
    return name if len(inner) == len(words) else " ".join(inner)


def _yes_no(header: str, name: str, topic: Topic, look: ColumnLook) -> Settled:
    answers = _said(look.words)
    bare = _without_asking(name)
    symptom, therapy = find_symptom(name), find_therapy(name) or find_therapy(bare)
    drug = find_drug(name) or find_drug(bare)
    if symptom is not None or topic.scale is not None:
        what = symptom.id if symptom is not None else topic.scale.code if topic.scale is not None else name
        if topic.scale is not None and all(word.isdigit() for word in look.words):
            return Ask(
                header,
                message("shape.which-one", column=header),
                (
                    {"kind": "score", "scale": topic.scale.code, **_where(topic)},
                    {"kind": "symptom", "what": what, **_where(topic, named=symptom is not None)},
                ),
            )
        return {"kind": "symptom", "what": what, **_where(topic, named=symptom is not None), **answers}, None
    if therapy is not None:
        return {"kind": "therapy", "what": therapy.id, **answers}, None
    if drug is not None and topic.about != "amount":
        intake = {"kind": "intake", "drug": drug.id, **answers}
        dose = _dose_in(name)
        if dose is None:
            return intake, Taken(header, message("shape.taken-dose"))
        taken = message("shape.taken-dose-of", amount=dose["amount"], unit=dose["unit"])
        return {**intake, "doses": [dose]}, Taken(header, taken)
    if topic.about in ("sleep", "rating"):
        return Ask(header, message("shape.which-one", column=header), ({"kind": "exposure", "name": name},))
    return {"kind": "exposure", "name": name, **answers}, Taken(header, message("shape.taken-factor"))


# Headers that say how much of something there is, and not of what.
_HOW_MUCH = frozenset(
    (
        *("severity", "intensity", "level", "strength", "grade", "how bad", "how much", "degree"),
        *("stiprumas", "intensyvumas", "sunkumas", "laipsnis"),
        *("stärke", "intensität", "schweregrad", "ausprägung", "schwere"),
    )
)


def _severity(header: str, name: str, topic: Topic, look: ColumnLook) -> Settled:
    """Words of severity make a symptom: mild is there, and mild."""
    symptom = find_symptom(name)
    what = symptom.id if symptom is not None else topic.scale.code if topic.scale is not None else name
    graded = sorted({word.casefold() for word in look.words}, key=lambda word: (SEVERITIES[word], word))
    there = {word: word for word in graded if SEVERITIES[word]}
    gone = [word for word in graded if not SEVERITIES[word]]
    meaning: dict[str, object] = {"kind": "symptom", "what": what, **_where(topic, named=symptom is not None)}
    if there:
        meaning["severities"] = there
    if gone:
        meaning["no"] = gone
    if symptom is not None or topic.scale is not None:
        return meaning, None
    if header_words(header) in _HOW_MUCH:
        return Ask(
            header, message("shape.of-what", column=header, words=tuple(graded)), ({**meaning, "what": "…"},)
        )
    return meaning, Taken(header, message("shape.taken-symptom"))


def _words(header: str, name: str, topic: Topic, look: ColumnLook) -> Settled:
    drug = find_drug(name)
    if drug is not None and all(word.casefold() in get_args(MedicationAct) for word in look.words):
        return {"kind": "medication", "drug": drug.id}, None
    if topic.about == "note":
        return {"kind": "note"}, None
    return Ask(
        header,
        message("shape.which-words", column=header, words=look.words[:6]),
        (
            {"kind": "note"},
            {"kind": "rating", "name": name, "words": {word: at for at, word in enumerate(look.words)}},
            {
                "kind": "exposure",
                "split": "|",
                "parts": {word: {"name": f"{name}: {word}"} for word in look.words},
            },
        ),
    )


def _text(header: str, topic: Topic, cells: Sequence[str]) -> Settled:
    if topic.about == "note":
        return {"kind": "note"}, None
    if topic.scale is not None or topic.about in ("sleep", "rating", "amount"):
        words = tuple(dict.fromkeys(cell for cell in cells if cell))[:6]
        return Ask(header, message("shape.which-words", column=header, words=words), ({"kind": "note"},))
    return {"kind": "note"}, Taken(header, message("shape.taken-note"))


def _several(header: str, topic: Topic, cells: Sequence[str]) -> Settled | None:
    """A column of lists; what is about a note or a scale stays what it is."""
    return None if topic.about is not None or topic.scale is not None else several_in_a_cell(header, cells)


def _sites(header: str, cells: Sequence[str]) -> Settled | None:
    """Cells that name places, one or several: pain there. None where any of their words is no place."""
    for mark in _PART_MARKS:
        site_of: dict[str, str] = {}
        for cell in cells:
            for part in filter(None, (part.strip() for part in cell.split(mark))):
                written = part.casefold().replace(" ", "_")
                site = written if written in SITES else site_in_words(part) if mark != " " else None
                if site is None:
                    break
                site_of[part] = site
            else:
                continue
            break
        else:
            if not site_of:
                return None
            parts = {part: {"site": site} for part, site in site_of.items()}
            meaning = {"kind": "symptom", "what": "pain", "split": mark, "parts": parts}
            return meaning, Taken(header, message("shape.taken-sites"))
    return None
