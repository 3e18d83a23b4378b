"""The draft of a map as TOML: what is asked stands in it as a comment, with the ways to answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.imports.shapes.draft import ROW
from assuage.imports.shapes.understand import UnderstoodTable
from assuage.record.fields import printable

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST_COMMENT = 400


def map_text(understood: UnderstoodTable, speaking: Catalogue) -> str:
    """The map of a table; a question is a comment that begins with `?`, under it what would answer it."""
    return "\n".join(_lines(understood, speaking)) + "\n"


def _lines(understood: UnderstoodTable, speaking: Catalogue) -> Iterator[str]:
    draft = understood.draft
    plain = draft.plain
    shape = understood.shape.title if understood.shape is not None else None
    yield _comment(str(speaking.say(message("shape.map-of", file=understood.name, shape=shape))))
    yield "[diary]"
    for name, value in plain["diary"].items():
        yield f"{_key(name)} = {_value(value)}"
    yield from _asked(understood, "diary", speaking)
    reasons: dict[str, list[str]] = {}
    for left in draft.left:
        reasons.setdefault(str(speaking.say(left.why)), []).append(left.header)
    for why, headers in reasons.items():
        yield _comment(str(speaking.say(message("shape.map-ignores", columns=tuple(headers), why=why))))
    if draft.row:
        yield ""
        yield from _table(("row",), draft.row)
    taken = {each.place: str(speaking.say(each.what)) for each in draft.taken}
    for part, meanings in (("columns", draft.columns), ("names", draft.names)):
        for name, meaning in meanings.items():
            yield ""
            if name in taken:
                yield _comment(taken[name])
            yield from _table((part, name), meaning)
    if draft.fields:
        yield ""
        yield from _table(("fields",), draft.fields)
    for place in dict.fromkeys(ask.place for ask in draft.asks if ask.place != "diary"):
        yield ""
        yield from _asked(understood, place, speaking)


def _asked(understood: UnderstoodTable, place: str, speaking: Catalogue) -> Iterator[str]:
    part = "names" if understood.draft.diary.get("layout") == "name" else "columns"
    for ask in understood.draft.asks:
        if ask.place != place:
            continue
        yield _comment(f"? {speaking.say(ask.what)}")
        for at, answer in enumerate(ask.answers):
            if place == "diary":
                yield from (f"# {_key(name)} = {_value(value)}" for name, value in answer.items())
            else:
                path = ("row",) if place == ROW else (part, place)
                yield from (f"# {line}" for line in _table(path, answer))
            if at + 1 < len(ask.answers):
                yield _comment(str(speaking.say(message("shape.map-or"))))


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    """A table under its head, a line a key; the parts of a cell a line each."""
    yield f"[{'.'.join((path[0], *(_text(part) for part in path[1:])))}]"
    for name, value in table.items():
        if name == "parts":
            for part, meaning in cast("Mapping[str, Any]", value).items():
                yield f"parts.{_key(part)} = {_value(meaning)}"
        else:
            yield f"{_key(name)} = {_value(value)}"


def _comment(text: str) -> str:
    return f"# {printable(' '.join(text.split()), _LONGEST_COMMENT)}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    """A text in quotation marks: what JSON escapes, TOML reads alike; DEL it wants escaped, too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return _text(value)
        case list() | tuple():
            return f"[{', '.join(_value(each) for each in cast('list[object]', value))}]"
        case dict():
            given = cast("dict[str, object]", value)
            return f"{{{', '.join(f'{_key(name)} = {_value(each)}' for name, each in given.items())}}}"
        case _:
            raise AssertionError(f"no value of a map: {type(value).__name__}")
