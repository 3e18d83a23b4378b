"""YAML text becomes plain values, without recursion; aliases that stand for too much are refused.

Scalars follow YAML 1.2: only `true`, `false`, `null` and numbers are not text, so `12:30`, `2026-01-05`,
`yes` and `on` stay what they look like. Merge keys (`<<`) work; tags other than those of plain values do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any, NoReturn, cast

import yaml
from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.errors import Problem, Problems
from assuage.patterns import kept_pattern
from assuage.record.parser_words import parser_says
from assuage.record.places import DEEPEST, MOST_VALUES, TOO_DEEP, WHOLE, Document, Lines, whole_characters

_INT = kept_pattern(r"[-+]?[0-9]+")
_FLOAT = kept_pattern(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = {
    **{f"{sign}.{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in ("inf", "Inf", "INF")},
    **{f".{word}": float("nan") for word in ("nan", "NaN", "NAN")},
}
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
_TAG = "tag:yaml.org,2002:"
_KNOWN_TAGS = {None, "!", *(_TAG + word for word in ("str", "int", "float", "bool", "null", "map", "seq"))}


def scalar(written: str) -> object:
    """What an unquoted scalar means: true, false, null, a number, or itself."""
    if written in _WORDS:
        return _WORDS[written]
    if _INT.fullmatch(written):
        # Beyond 100 digits nothing is a count; as a float it stays readable and is refused as too large.
        return int(written) if len(written) <= 100 else float(written)
    if _FLOAT.fullmatch(written):
        return float(written)
    return _NOT_FINITE.get(written, written)


def compose(text: str, name: str, names: Collection[str] = ()) -> Document:
    """The document of some YAML text. Raises `Problems` for text that cannot be read to its end.

    Inside braces an unquoted comma ends text, and YAML makes `{note: neck, lower back}` a field "lower back"
    without a value. No such field exists, so words without a colon are read as the text going on, with a
    remark; one of `names` stays what it is, a field without a value, and a problem.
    """
    return _Composer(text, name, frozenset(names)).document()


class _Open:
    """A map or list that is being read."""

    def __init__(self, value: dict[str, Any] | list[Any], anchor: str | None, line: int) -> None:
        self.value = value
        self.anchor = anchor
        self.line = line
        self.lines: dict[str | int, int] = {}
        self.flow = False
        self.key: str | None = None
        self.merge = False
        # Where the key ends when no colon follows it, and the text value before it: its key and its start.
        self.bare: int | None = None
        self.last: tuple[str, int] | None = None
        self.joined: dict[str, tuple[int, int]] = {}
        self.merged: list[object] = []
        self.size = 1
        self.height = 1


class _Anchored(Struct, frozen=True):
    value: object
    size: int
    height: int
    open: bool = False


class _Composer:
    """Builds plain values from YAML events without recursion, counting what aliases stand for as it goes.

    The library's own constructor is not used: it drops all but the last of two equal keys, and writes
    aliases out before anyone could count them.
    """

    def __init__(self, text: str, name: str, names: frozenset[str]) -> None:
        self.text = text
        self.name = name
        self.names = names
        self.stack: list[_Open] = []
        self.anchors: dict[str, _Anchored] = {}
        self.lines: dict[int, dict[str | int, int]] = {}
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self.root: object = None
        self.documents = 0

    def document(self) -> Document:
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            for event in _events(self.text, loader):
                self._take(event)
        except yaml.YAMLError as error:
            raise Problems(self.name, [_syntax_problem(error, self.text)]) from None
        return Document(
            self.name, self.root, Lines(self.root, self.lines), tuple(self.problems), tuple(self.remarks)
        )

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._start(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(event, message("yaml.second-document"))

    def _stop(self, event: Any, what: Message, place: str = "") -> NoReturn:
        problem = Problem(place or self._place() or WHOLE, what, event.start_mark.line + 1)
        raise Problems(self.name, [*self.problems, problem])

    def _say(self, event: Any, what: Message) -> None:
        self.problems.append(Problem(self._place() or WHOLE, what, event.start_mark.line + 1))

    def _place(self) -> str:
        place = ""
        for at in self.stack:
            if isinstance(at.value, list):
                place += f"[{len(at.value)}]"
            elif at.key is not None:
                place += f".{at.key}" if place else at.key
        return place

    def _start(self, event: Any) -> None:
        if len(self.stack) >= DEEPEST:
            self._stop(event, TOO_DEEP, WHOLE)
        line: int = event.start_mark.line + 1
        is_map = isinstance(event, yaml.MappingStartEvent)
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._stop(event, message("yaml.list-as-name"))
        self._check_tag(event)
        opened = _Open({} if is_map else [], event.anchor, line)
        opened.flow = is_map and bool(event.flow_style)
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(None, 0, 0, open=True)
        self.stack.append(opened)

    def _end(self) -> None:
        done = self.stack.pop()
        for key, (start, end) in done.joined.items():
            cast("dict[str, Any]", done.value)[key] = re.sub(r"\s*\n\s*", " ", self.text[start:end])
        if done.merged:
            self._merge(done)
        self.lines[id(done.value)] = done.lines
        if done.anchor:
            self.anchors[done.anchor] = _Anchored(done.value, done.size, done.height)
        self._put(done.value, done.size, done.height, done.line)

    def _alias(self, event: Any) -> None:
        anchored = self.anchors.get(event.anchor)
        if anchored is None:
            self._stop(event, message("yaml.no-anchor", anchor=str(event.anchor)))
        if anchored.open:
            self._stop(event, message("yaml.endless", anchor=str(event.anchor)))
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._stop(event, message("yaml.alias-as-name"))
        if len(self.stack) + anchored.height > DEEPEST:
            self._stop(event, TOO_DEEP, WHOLE)
        if self.stack and self.stack[-1].size + anchored.size > MOST_VALUES:
            self._stop(event, message("yaml.aliases-too-many", most=f"{MOST_VALUES:,}"))
        self._put(anchored.value, anchored.size, anchored.height, event.start_mark.line + 1)

    def _scalar(self, event: Any) -> None:
        line: int = event.start_mark.line + 1
        self._check_tag(event)
        written: str = event.value
        if event.style == '"' and not whole_characters(written):
            self._say(event, message("yaml.half-a-character"))
            written = ""
        if self.stack:
            at = self.stack[-1]
            if isinstance(at.value, dict) and at.key is None:
                at.key = written
                # A quoted "<<" is a field name like any other, and an unknown one.
                at.merge = written == "<<" and bool(event.implicit[0])
                if at.merge:
                    return
                if written in at.lines:
                    self._say(event, message("yaml.key-twice", line=at.lines[written]))
                if at.flow and self._no_colon(event):
                    at.bare = event.end_mark.index
                at.lines.setdefault(written, line)
                return
            if at.bare is not None and self._goes_on(at, event, line):
                return
        plain = bool(event.implicit[0]) and event.tag is None
        value: object = scalar(written) if plain else self._tagged(event, written)
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(value, 1, 0)
        if self.stack:
            at = self.stack[-1]
            text = (
                at.flow and plain and isinstance(value, str) and not event.anchor and at.key not in at.value
            )
            at.last = (str(at.key), event.start_mark.index) if text else None
        self._put(value, 1, 0, line)

    def _no_colon(self, event: Any) -> bool:
        at = event.end_mark.index
        while self.text[at : at + 1].isspace():
            at += 1
        return bool(event.implicit[0]) and self.text[at : at + 1] in (",", "}")

    def _goes_on(self, at: _Open, event: Any, line: int) -> bool:
        """Join words after an unquoted comma to the text before them; False when they are something else."""
        assert isinstance(at.value, dict)
        assert at.key is not None
        end, word = at.bare, at.key
        at.bare = None
        if at.last is None or word in self.names:
            self._say(event, message("yaml.no-value", word=word))
            return False
        key, start = at.last
        # Put together once, at the end of the map: a thousand commas must not cost a million copies.
        at.joined[key] = (start, end or start)
        if word not in at.value:
            at.lines.pop(word, None)
        at.key = key
        remark = Problem(self._place(), message("yaml.comma"), line)
        at.key = None
        if self.remarks and self.remarks[-1].place == remark.place:
            self.remarks.pop()  # the same text, now longer
        self.remarks.append(remark)
        return True

    def _tagged(self, event: Any, written: str) -> object:
        tag: str | None = event.tag
        if tag in (None, "!", _TAG + "str") or tag not in _KNOWN_TAGS:
            return written
        value = scalar(written)
        fits: dict[str, tuple[type, ...]] = {"int": (int,), "float": (int, float), "bool": (bool,)}
        name = str(tag).removeprefix(_TAG)
        if name in fits and not isinstance(value, fits[name]):
            self._say(event, message("yaml.wrong-tag", written=written, tag=name))
        return value

    def _check_tag(self, event: Any) -> None:
        if event.tag not in _KNOWN_TAGS:
            tag = str(event.tag).replace(_TAG, "!!")
            self._say(event, message("yaml.tag", tag=tag))

    def _put(self, value: object, size: int, height: int, line: int) -> None:
        if not self.stack:
            self.root = value
            return
        at = self.stack[-1]
        at.size += size
        at.height = max(at.height, height + 1)
        if at.size > MOST_VALUES:
            what = message("document.too-many-values", most=f"{MOST_VALUES:,}")
            raise Problems(self.name, [*self.problems, Problem(self._place() or WHOLE, what, line)])
        if isinstance(at.value, list):
            at.lines[len(at.value)] = line
            at.value.append(value)
            return
        assert at.key is not None
        if at.merge:
            if self._is_merge(value):
                at.merged.append(value)
            else:
                self.problems.append(Problem(self._place(), message("yaml.merge"), line))
        elif at.key not in at.value:
            at.lines[at.key] = line
            at.value[at.key] = value
        at.key, at.merge = None, False

    @staticmethod
    def _is_merge(value: object) -> bool:
        if isinstance(value, dict):
            return True
        return isinstance(value, list) and all(isinstance(part, dict) for part in cast("list[object]", value))

    def _merge(self, done: _Open) -> None:
        """Add the fields of `<<` that the map does not give itself; an earlier map of a list wins."""
        assert isinstance(done.value, dict)
        for source in done.merged:
            maps = cast("list[dict[str, Any]]", source if isinstance(source, list) else [source])
            for merged_map in maps:
                lines = self.lines[id(merged_map)]
                for key, value in merged_map.items():
                    if key not in done.value:
                        done.value[key] = value
                        done.lines[key] = lines[key]


# The library's annotations leave its events open; their classes are checked where they are taken.
_events = cast("Callable[[str, Any], Iterable[Any]]", yaml.parse)  # pyright: ignore[reportUnknownMemberType]


def _syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    told = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).split("\n")[0]
    line: int | None = None if mark is None else mark.line + 1
    if "nesting depth" in told:
        return Problem(WHOLE, TOO_DEEP, line)
    what = message("yaml.syntax", error=parser_says(told))
    if line is not None and "\t" in "".join(text.splitlines()[max(0, line - 2) : line]):
        what = message("yaml.tabs", error=parser_says(told))
    elif "did not find expected" in told or "mapping values" in told:
        what = message("yaml.brackets", error=parser_says(told))
    return Problem(WHOLE, what, line)
