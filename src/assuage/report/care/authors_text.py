"""What only people can write: why the case matters, the discussion, what the patient says. Kept beside the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from msgspec import Struct, field

from assuage.catalogue.message import message
from assuage.errors import Problem, Problems, unknown_word
from assuage.record.document import load
from assuage.report.care.checklist import ITEMS

FORMAT = "assuage-case-text/1"
_TOP = ("format", "title", "keywords", "items", "references", "perspective")
# Computed from the record, or written at the top: what authors add to an item is a text of its own.
_IDS = frozenset(item.id for item in ITEMS)
LONGEST = 20_000


class Written(Struct, frozen=True):
    """What authors wrote for one item: a text with references, or why the item does not apply."""

    text: str = ""
    references: tuple[int, ...] = ()
    not_applicable: str = ""


class Perspective(Struct, frozen=True):
    """The patient's own words and how they came here; or why there are none: refused or not sought, with the reason."""

    text: str = ""
    how: str = "typed by the patient"
    refused: str = ""
    not_sought: str = ""


class AuthorsText(Struct, frozen=True):
    """The authors' part of a case report; all of it may be missing."""

    title: str = ""
    keywords: tuple[str, ...] = ()
    items: Mapping[str, Written] = field(default_factory=dict[str, Written])
    references: tuple[str, ...] = ()
    perspective: Perspective | None = None

    def of(self, item: str) -> Written:
        """What was written for an item; nothing where nothing was."""
        return self.items.get(item, Written())


NOTHING_WRITTEN = AuthorsText()


def read_authors_text(path: str) -> AuthorsText:
    """The authors' text from its file. Raises Problems with everything wrong in it."""
    document = load(path)
    written, wrong = authors_text_of(document.value)
    problems = [*document.problems, *wrong]
    if problems:
        raise Problems(document.name, problems)
    return written


def authors_text_of(plain: object) -> tuple[AuthorsText, list[Problem]]:
    """The authors' text from plain values, with everything wrong in it."""
    wrong: list[Problem] = []
    top = _map(plain, "the document", wrong)
    if top.get("format") != FORMAT:
        wrong.append(Problem("format", message("manuscript.not-the-format", format=FORMAT)))
    wrong += [
        Problem(str(key), unknown_word(str(key), _TOP, message("word.field")))
        for key in top
        if key not in _TOP
    ]
    references = _texts(top.get("references", []), "references", wrong)
    items: dict[str, Written] = {}
    for name, given in _map(top.get("items") or {}, "items", wrong).items():
        place = f"items.{name}"
        if str(name) not in _IDS:
            wrong.append(Problem(place, unknown_word(str(name), _IDS, message("word.checklist-item"))))
            continue
        items[str(name)] = _written(given, place, len(references), wrong)
    perspective = None if top.get("perspective") is None else _perspective(top["perspective"], wrong)
    title = _text(top.get("title", ""), "title", wrong)
    keywords = _texts(top.get("keywords", []), "keywords", wrong)
    return AuthorsText(title, keywords, items, references, perspective), wrong


def _written(given: object, place: str, last: int, wrong: list[Problem]) -> Written:
    if isinstance(given, str):
        return Written(text=_text(given, place, wrong))
    values = _map(given, place, wrong)
    known = ("text", "references", "not_applicable")
    wrong += [
        Problem(f"{place}.{key}", unknown_word(str(key), known, message("word.field")))
        for key in values
        if key not in known
    ]
    numbers = values.get("references", [])
    cited: list[int] = []
    for number in cast("list[object]", numbers) if isinstance(numbers, list) else [numbers]:
        if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= last:
            cited.append(number)
        else:
            wrong.append(Problem(f"{place}.references", message("manuscript.not-a-reference", last=last)))
    reason = _text(values.get("not_applicable", ""), f"{place}.not_applicable", wrong)
    if "not_applicable" in values and not reason.strip():
        wrong.append(Problem(f"{place}.not_applicable", message("manuscript.no-reason")))
    return Written(_text(values.get("text", ""), f"{place}.text", wrong), tuple(cited), reason)


def _perspective(given: object, wrong: list[Problem]) -> Perspective:
    values = _map(given, "perspective", wrong)
    known = ("text", "how", "refused", "not_sought")
    wrong += [
        Problem(f"perspective.{key}", unknown_word(str(key), known, message("word.field")))
        for key in values
        if key not in known
    ]
    texts = {key: _text(values.get(key, ""), f"perspective.{key}", wrong) for key in known if key in values}
    wrong += [
        Problem(f"perspective.{key}", message("manuscript.no-perspective-reason"))
        for key in ("refused", "not_sought")
        if key in texts and not texts[key]
    ]
    if sum(bool(texts.get(key)) for key in ("text", "refused", "not_sought")) != 1:
        wrong.append(Problem("perspective", message("manuscript.perspective-once")))
    return Perspective(**{key: text for key, text in texts.items() if text})


def _map(value: object, place: str, wrong: list[Problem]) -> dict[str, Any]:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value)
    wrong.append(Problem(place, message("manuscript.not-a-map")))
    return {}


def _text(value: object, place: str, wrong: list[Problem]) -> str:
    if isinstance(value, str) and len(value) <= LONGEST:
        return " ".join(value.split())
    wrong.append(Problem(place, message("manuscript.not-a-text", longest=str(LONGEST))))
    return ""


def _texts(value: object, place: str, wrong: list[Problem]) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(
            _text(text, f"{place}[{at}]", wrong) for at, text in enumerate(cast("list[object]", value))
        )
    wrong.append(Problem(place, message("manuscript.not-a-list")))
    return ()
