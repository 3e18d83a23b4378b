"""What an import understood in a few lines: the answer first, then each table, what is left out, and what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.imports.accounts import LeftOut, rows_of
from assuage.imports.entries import Imported
from assuage.imports.shapes.draft import Ask
from assuage.imports.shapes.understand import ReadFiles, Understood, UnderstoodTable
from assuage.record.entries import Record
from assuage.record.fields import printable

_MOST = 12  # names in a line, questions of a table; the rest are counted
_LONGEST = 300
# What the lines about a table have said already, with the reason.
_SAID = ("left-out.ignored", "left-out.ignored-name")


def understood_lines(understood: Understood, read: ReadFiles | None, speaking: Catalogue) -> Iterator[str]:
    """The lines of what was understood; `read` is None where something is asked first."""

    def say(what: Message) -> str:
        return printable(str(speaking.say(what)), _LONGEST)

    if read is not None:
        yield say(_summary(read.records))
    else:
        yield say(message("shape.asked", n=len(understood.asked)))
    imported = {id(table): of_table for table, of_table in read.by_table} if read is not None else {}
    for table in understood.tables:
        yield from _table_lines(table, imported.get(id(table)), say)
    for part in understood.skipped:
        yield say(message("shape.left-out", what=part.what, why=part.why))
    if read is not None and read.twice:
        yield say(message("shape.twice", n=read.twice))
    for ask in understood.asks:
        yield say(message("shape.question", what=ask.what))


def _summary(records: Sequence[Record]) -> Message:
    days = sum(len({entry.day for entry in record.entries}) for record in records)
    entries = sum(len(record.entries) for record in records)
    return message("shape.told", patients=len(records), days=days, entries=entries)


def _table_lines(table: UnderstoodTable, imported: Imported | None, say: Any) -> Iterator[str]:
    shape = table.shape.title if table.shape is not None else None
    if table.why_out is not None:
        yield say(message("shape.left-out", what=table.name, why=table.why_out))
        return
    used = table.used(imported) if imported is not None else None
    yield say(message("shape.table", file=table.name, shape=shape, rows=table.read, used=used))
    for notice in table.table.notices:
        yield f"  {say(notice)}"
    draft = table.draft
    brought = [
        f"{name}: {meaning_in_words(meaning)}"
        for name, meaning in (*draft.columns.items(), *draft.names.items())
    ]
    if brought:
        more = max(0, len(brought) - _MOST) or None
        yield f"  {say(message('shape.brings', what=tuple(brought[:_MOST]), more=more))}"
    reasons: dict[str, list[str]] = {}
    for each in draft.taken:
        reasons.setdefault(say(each.what), []).append(each.place)
    for what, places in reasons.items():
        yield f"  {say(message('shape.taken', columns=tuple(places[:_MOST]), what=what))}"
    reasons = {}
    for left in draft.left:
        reasons.setdefault(say(left.why), []).append(left.header)
    for why, headers in reasons.items():
        yield f"  {say(message('shape.left-out', what=tuple(headers[:_MOST]), why=why))}"
    for part in table.table.skipped:
        yield f"  {say(message('shape.left-rows', what=part.what or None, why=part.why, n=part.count))}"
    for ask in draft.asks[:_MOST]:
        yield f"  {say(message('shape.question', what=ask.what))}"
    if len(draft.asks) > _MOST:
        yield f"  {say(message('shape.more-questions', n=len(draft.asks) - _MOST))}"


def meaning_in_words(meaning: object) -> str:
    """What a column becomes, in the words of the map: `score pain`, `exposure`, `symptom headache`."""
    if not isinstance(meaning, Mapping):
        return "…"
    given = cast("Mapping[str, Any]", meaning)
    named = (given.get(name) for name in ("scale", "what", "drug", "instrument"))
    return " ".join(str(each) for each in (given.get("kind"), *named) if each)


def rest_left_out(imported: Imported) -> tuple[LeftOut, ...]:
    """What was left out that the lines about its table have not said."""
    return tuple(each for each in imported.left_out if each.why.id not in _SAID)


def left_out_lines(left_out: Iterable[LeftOut], speaking: Catalogue) -> Iterator[str]:
    """What was left out, a line a reason."""
    by_reason: dict[Message, list[LeftOut]] = {}
    for each in left_out:
        by_reason.setdefault(each.why, []).append(each)
    for why, alike in by_reason.items():
        yield str(speaking.say(_left_out(why, alike)))


def _left_out(why: Message, alike: Sequence[LeftOut]) -> Message:
    if len(alike) == 1:
        (only,) = alike
        rows = rows_of(only.rows, only.count)
        return message("left-out.rows", why=why, what=only.what or None, rows=rows)
    things = tuple(message("left-out.thing", what=each.what or None, n=each.count) for each in alike[:_MOST])
    more = len(alike) - _MOST
    return message("left-out.things", why=why, things=things, more=more if more > 0 else None)


def understood_json(understood: Understood, read: ReadFiles | None, speaking: Catalogue) -> dict[str, Any]:
    """The same for programs: the state, the records in short, each table with its map, and the questions."""
    imported = {id(table): of_table for table, of_table in read.by_table} if read is not None else {}
    records = [] if read is None else [record_in_short(record) for record in read.records]
    return {
        "ok": read is not None,
        "records": records,
        "said_twice": 0 if read is None else read.twice,
        "tables": [_table_json(table, imported.get(id(table)), speaking) for table in understood.tables],
        "files_left_out": [part.what for part in understood.skipped],
        "questions": [_question(ask, speaking) for ask in understood.asks],
    }


def record_in_short(record: Record) -> dict[str, Any]:
    """A record for a list of them: whose it is, how many entries, from which day to which."""
    return {
        "patient": record.patient.id,
        "entries": len(record.entries),
        "first_day": record.first_day,
        "last_day": record.last_day,
    }


def _question(ask: Ask, speaking: Catalogue) -> dict[str, Any]:
    return {
        "of": ask.place,
        "question": str(speaking.say(ask.what)),
        "answers": [dict(answer) for answer in ask.answers],
    }


def _table_json(table: UnderstoodTable, imported: Imported | None, speaking: Catalogue) -> dict[str, Any]:
    return {
        "file": table.file,
        "part": table.table.sheet,
        "shape": table.shape.id if table.shape is not None else None,
        "evidence": table.shape.evidence if table.shape is not None else None,
        "rows": table.read,
        "rows_used": table.used(imported) if imported is not None else 0,
        "why_left_out": str(speaking.say(table.why_out)) if table.why_out is not None else None,
        "taken": [{"of": each.place, "text": str(speaking.say(each.what))} for each in table.draft.taken],
        "left_out": [
            *(
                {"what": each.header, "why": str(speaking.say(each.why)), "rows": None}
                for each in table.draft.left
            ),
            *(
                {"what": part.what, "why": str(speaking.say(part.why)), "rows": part.count}
                for part in table.table.skipped
            ),
        ],
        "questions": [_question(ask, speaking) for ask in table.draft.asks],
        "map": table.draft.plain,
    }
