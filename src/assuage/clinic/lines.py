"""A line of the log: what happened, in one line, without a traceback and without a letter that could begin another."""

from __future__ import annotations

import logging

LONGEST_LINE = 500  # letters: what a stranger sent fills no disk (ours)


class LineOfTheLog(logging.Formatter):
    """One line whatever came: a traceback holds words of an exception, and those may be a value of a patient."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the kind of an exception in place of all that it says."""
        kind = record.exc_info[0] if record.exc_info else None
        bare = logging.makeLogRecord({**vars(record), "exc_info": None, "exc_text": None, "stack_info": None})
        line = super().format(bare)
        told = line if kind is None else f"{line} ({kind.__name__})"
        shown = "".join(letter if letter.isprintable() else "?" for letter in told)
        return shown if len(shown) <= LONGEST_LINE else f"{shown[:LONGEST_LINE]}…"
