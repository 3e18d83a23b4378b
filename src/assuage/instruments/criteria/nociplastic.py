"""The IASP grading of nociplastic pain (2021): none, possible or probable; there is no definite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, cast

from assuage.catalogue.message import Message, Wording, message
from assuage.instruments.completions import (
    Input,
    all_flags,
    answer_of_rule,
    any_flag,
    deciding,
    known,
    possible_results,
)
from assuage.instruments.criteria.parts import COMMON, MONTHS, remarks_on, same
from assuage.instruments.model import Criteria
from assuage.instruments.reading import InputReader, shown_value
from assuage.instruments.result import Scored, ScoredPart
from assuage.instruments.sources import sources_named
from assuage.instruments.texts import ALWAYS_YES, note_wording
from assuage.terms.sources import Status

Grade = Literal["none", "possible", "probable"]

GROUPS: dict[str, dict[str, str]] = {
    "c1": {
        "1a": "pain for more than 3 months",
        "1b": "regional, multifocal or widespread rather than discrete",
        "1c": "nociceptive pain absent, or not entirely responsible (a clinician's judgement)",
        "1d": "neuropathic pain absent, or not entirely responsible (a clinician's judgement)",
    },
    "c2": {
        "touch": "history of hypersensitivity to touch",
        "pressure": "history of hypersensitivity to pressure",
        "movement": "history of hypersensitivity to movement",
        "heat_or_cold": "history of hypersensitivity to heat or cold",
    },
    "c3": {
        "senses": "increased sensitivity to sound, light or odours",
        "sleep": "sleep disturbance with frequent night awakenings",
        "fatigue": "fatigue",
        "cognitive": "cognitive problems",
    },
    "c4": {
        "static_mechanical_allodynia": "static mechanical allodynia on examination",
        "dynamic_mechanical_allodynia": "dynamic mechanical allodynia on examination",
        "heat_or_cold_allodynia": "heat or cold allodynia on examination",
        "painful_after_sensations": "painful after-sensations on examination",
    },
}
_ALIASES = {"duration": "1a", "distribution": "1b", "nociceptive": "1c", "neuropathic": "1d"}
_ALL_IDS = {item: group for group, items in GROUPS.items() for item in items}

NOCIPLASTIC_2021 = Criteria(
    "nociplastic_iasp_2021",
    "Nociplastic pain, IASP 2021 grading",
    "possible: criteria 1 and 4; probable: all four; none otherwise; there is no definite grade",
    {
        "c1": "chronic, regional, and not entirely nociceptive or neuropathic (all four)",
        "c2": "history of pain hypersensitivity in the region (any)",
        "c3": "comorbidity: senses, sleep, fatigue or cognition (any)",
        "c4": "evoked hypersensitivity on examination in the region (any)",
    },
    {**dict.fromkeys(GROUPS, "true, false, null, or a list of four"), "months": "in place of 1a"},
    sources_named("kosek2021", "nijs2021"),
    status=Status.MIXED,
    notes=(
        "1c and 1d are a clinician's judgement and never computed.",
        "The lists of criteria 2 and 3, the grading, and 'more than' 3 months: from memory: "
        "check against a current text.",
        "Nociplastic pain is not a synonym of central sensitisation; mixed pain states are allowed.",
    ),
    from_record=("more than months",),
)


def grade_of(c1: bool, c2: bool, c3: bool, c4: bool) -> Grade:
    """The grade when everything is known."""
    if not (c1 and c4):
        return "none"
    return "probable" if c2 and c3 else "possible"


def _at_least_possible(c1: bool, c2: bool, c3: bool, c4: bool) -> bool:
    return grade_of(c1, c2, c3, c4) != "none"


def decide_nociplastic(given: dict[str, object], reading: InputReader) -> Scored:
    """The grade where all completions agree; the answer is yes for possible or probable."""
    keys = (*COMMON, *GROUPS, *_ALL_IDS, *_ALIASES)
    reading.unknown_keys("", given, keys, message("word.field-in", of="nociplastic_iasp_2021"))
    inputs = tuple(_group(group, given, reading) for group in GROUPS)
    grades = possible_results(grade_of, inputs)
    answer = answer_of_rule(_at_least_possible, *inputs)
    missing = deciding(grade_of, *inputs)
    texts = {text.key: text for text in nociplastic_texts()}
    asks = tuple(texts[f"{NOCIPLASTIC_2021.wording.key}.{key}"] for key in missing)
    possible = [grade for grade in ("none", "possible", "probable") if grade in grades]
    grade = possible[0] if len(possible) == 1 else "unknown"
    return Scored(
        NOCIPLASTIC_2021.id,
        _because(possible, asks),
        NOCIPLASTIC_2021.wording,
        answer=answer,
        parts={
            group: ScoredPart(texts[f"{NOCIPLASTIC_2021.wording.key}.{group}"], answer_of_rule(same, known))
            for group, known in zip(GROUPS, inputs, strict=True)
        },
        missing=missing,
        asks=asks,
        sources=NOCIPLASTIC_2021.sources,
        notes=(note_wording(ALWAYS_YES), *remarks_on(NOCIPLASTIC_2021)),
        values={"grade": grade, "possible_grades": possible},
    )


def nociplastic_texts() -> Iterator[Wording]:
    """The criteria and their parts, with the keys of their translations."""
    key = NOCIPLASTIC_2021.wording.key
    for group, items in GROUPS.items():
        yield Wording(f"{key}.{group}", NOCIPLASTIC_2021.parts[group])
        for item, text in items.items():
            yield Wording(f"{key}.{item}", text)


def _because(possible: Sequence[str], asks: tuple[Wording, ...]) -> Message:
    grades = tuple(message(f"grade.{grade}") for grade in possible)
    if len(possible) == 1:
        return message("criteria.grade", grades=grades)
    more = len(asks) - 3 if len(asks) > 3 else None
    return message("criteria.grade-open", grades=grades, what=asks[:3], more=more)


def _group(group: str, given: Mapping[str, object], reading: InputReader) -> Input:
    items = GROUPS[group]
    flags: dict[str, bool | None] = dict.fromkeys(items)
    value = given.get(group)
    if isinstance(value, list | tuple):
        listed = cast("Sequence[object]", value)
        if len(listed) != len(items):
            reading.wrong(
                group, message("answers.write-these", n=len(listed), wanted=len(items), items=tuple(items))
            )
        else:
            flags = {
                item: reading.flag(f"{group}[{n}]", value)
                for n, (item, value) in enumerate(zip(items, listed, strict=True))
            }
    elif isinstance(value, Mapping):
        inner = {str(k): v for k, v in cast("Mapping[object, object]", value).items()}
        reading.unknown_keys(group, inner, (*items, *_ALIASES), message("word.part-of", of=group))
        flags = _named(reading, f"{group}.", items, inner, flags)
    elif value is not None:
        whole = reading.flag(group, value)
        if whole is None:
            reading.wrong(group, message("answers.no-flag-nor-four", value=shown_value(value)))
        elif any(_value(given, item) is not None for item in items):
            reading.wrong(group, message("answers.whole-and-parts"))
        return known(bool(whole))
    flags = _named(reading, "", items, given, flags)
    if group == "c1":
        _duration(given, reading, flags)
    return all_flags(flags) if group == "c1" else any_flag(flags)


def _value(held: Mapping[str, object], item: str) -> object:
    names = [item, *(alias for alias, meant in _ALIASES.items() if meant == item)]
    return next((held[name] for name in names if held.get(name) is not None), None)


def _named(
    reading: InputReader,
    under: str,
    items: Mapping[str, str],
    held: Mapping[str, object],
    flags: dict[str, bool | None],
) -> dict[str, bool | None]:
    merged = dict(flags)
    for item in items:
        value = reading.flag(f"{under}{item}", _value(held, item))
        if value is not None and merged[item] is not None and merged[item] != value:
            reading.wrong(f"{under}{item}", message("answers.twice-different"))
        merged[item] = merged[item] if value is None else value
    return merged


def _duration(given: Mapping[str, object], reading: InputReader, flags: dict[str, bool | None]) -> None:
    months = reading.number("months", given.get("months"), MONTHS)
    if months is None or (months[0] > 3) != (months[1] > 3):
        return
    lasting = months[0] > 3
    if flags["1a"] is not None and flags["1a"] != lasting:
        reading.wrong("months", message("answers.months-contradict", months=months[0]))
    flags["1a"] = lasting
