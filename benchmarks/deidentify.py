"""`make bench-deidentify`: marked notes, ours beside Presidio and scrubadub where they are installed.

    python -m benchmarks.deidentify [--show] [--peers PYTHON]

Bars, on notes not built by (`other_6`, `other_8`): at most 2 % of identifiers pass in silence, 4 % of clinical words
are eaten, 15 % of words are put to a person. `--show` prints what passed and what was eaten, but never of the batches
that nobody has read: whoever looks at them builds rules for them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time

from assuage.deidentify.identifiers import Policy
from assuage.deidentify.record import hide_text
from benchmarks.deidentify_score import HEAD, LANGUAGES, Judged, Span, in_language, print_row, read_notes

FOLDERS = (
    *("given", "seen", "held_out"),
    *("everyday_1", "everyday_2", "everyday_3", "unlike_1", "unlike_2"),
    *("typed_1", "typed_2", "typed_3", "plain_1", "plain_2"),
    *("other_1", "other_2", "other_3", "other_4", "other_5", "other_6", "other_7", "other_8", "other_9"),
    *("other_10", "other_11", "other_12", "other_13", "other_14", "other_15", "other_16"),
)
# Never shown: whoever looks at them builds rules for them.
UNSEEN = ("other_6", "other_8")
_AT = re.compile(r"line (\d+), column (\d+)$")


def ours(text: str) -> Judged:
    """What Assuage hides in a text and what it puts to a person."""
    hidden = hide_text(text, Policy())
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return Judged(
        tuple(_span(text, starts, each.place, each.before) for each in hidden.changes),
        tuple(_span(text, starts, each.place, each.word) for each in hidden.unjudged),
    )


def _span(text: str, starts: list[int], place: str, words: str) -> Span:
    at = _AT.search(place)
    if at is None:
        raise ValueError("a place without line and column")
    start = starts[int(at[1]) - 1] + int(at[2]) - 1
    # Signs that print as nothing stand in the text and not in the words: as many letters are passed as the words have.
    end, left = start, len(words)
    while left and end < len(text):
        left -= text[end] not in "\u200b\u200d\u2060\ufeff\u00ad"
        end += 1
    return start, end


def main() -> None:
    """Print a table for every folder of notes; `--peers PYTHON` is the interpreter that has the peers."""
    started = time.process_time()
    for folder in FOLDERS:
        notes = read_notes(folder)
        print(f"{folder}: {len(notes)} notes\n{HEAD}", flush=True)
        counted = print_row("Assuage", notes, ours)
        for language in LANGUAGES:
            if spoken := in_language(notes, language):
                print_row(f"  of these, {language}", spoken, ours)
        if "--peers" in sys.argv:
            python = sys.argv[sys.argv.index("--peers") + 1]
            subprocess.run([python, "-m", "benchmarks.deidentify_peers", folder], check=False)
        if "--show" in sys.argv and folder not in UNSEEN:
            print(*(f"    in silence  {each}" for each in counted.leaked), sep="\n")
            print(*(f"    eaten       {each}" for each in counted.lost), sep="\n")
    print(f"Assuage alone: {time.process_time() - started:.1f} CPU-seconds")


if __name__ == "__main__":
    main()
