"""What an import says beside its records: what was left out, and what its reader should know, in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from assuage.imports.entries import Imported


def tell(imported: Imported) -> None:
    """Say on standard error what should be known, and what was left out, a line a reason."""
    from assuage.report.imported.lines import left_out_lines
    from assuage.words.speak import catalogue

    speaking = catalogue()
    for notice in imported.notices:
        say(str(notice.in_words(speaking)))
    for line in left_out_lines(imported.left_out, speaking):
        say(line)


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
