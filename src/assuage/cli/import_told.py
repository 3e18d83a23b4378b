"""What an import says beside its records: what was left out, and what its reader should know, in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import message
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assuage.catalogue.message import Message
    from assuage.imports.accounts import LeftOut
    from assuage.imports.entries import Imported

_MOST = 12  # things that share a reason and are named; the others are counted, and stand whole in the JSON


def tell(imported: Imported) -> None:
    """Say on standard error what should be known, and what was left out, a line a reason."""
    from assuage.words.speak import catalogue

    speaking = catalogue()
    for notice in imported.notices:
        say(str(notice.in_words(speaking)))
    by_reason: dict[Message, list[LeftOut]] = {}
    for each in imported.left_out:
        by_reason.setdefault(each.why, []).append(each)
    for why, alike in by_reason.items():
        say(str(speaking.say(_line(why, alike))))


def _line(why: Message, alike: Sequence[LeftOut]) -> Message:
    from assuage.imports.accounts import rows_of

    if len(alike) == 1:
        (only,) = alike
        rows = rows_of(only.rows, only.count)
        return message("left-out.rows", why=why, what=only.what or None, rows=rows)
    things = tuple(message("left-out.thing", what=each.what or None, n=each.count) for each in alike[:_MOST])
    more = len(alike) - _MOST
    return message("left-out.things", why=why, things=things, more=more if more > 0 else None)


def told_json(imported: Imported) -> dict[str, Any]:
    """The same for programs: the rows that were read and used, what was left out, and the notices."""
    from assuage.words.speak import catalogue

    speaking = catalogue()
    left_out = [
        {
            "what": each.what,
            "why": str(speaking.say(each.why)),
            "count": each.count,
            "rows": list(each.rows),
            "whole_rows": each.whole_rows,
        }
        for each in imported.left_out
    ]
    notices = [{"place": notice.place, "text": notice.text} for notice in imported.notices]
    return {"rows": imported.rows, "rows_used": imported.used, "left_out": left_out, "notices": notices}
