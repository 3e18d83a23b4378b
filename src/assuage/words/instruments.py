"""Results of instruments and of sets of criteria as plain values, with their sentences in a language."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.catalogue.message import Message, Wording, message
from assuage.catalogue.read import Catalogue
from assuage.instruments.result import Banded, Scored, ScoredPart, Value, between_message, neat
from assuage.instruments.texts import word_wording
from assuage.terms.sources import caution_message
from assuage.words.speak import ENGLISH


def scored_to_json(scored: Scored, speaking: Catalogue = ENGLISH) -> dict[str, object]:
    """The result as plain values, ready for `json.dumps`: why and what it asks for in the language of `speaking`."""
    told: dict[str, object] = {"instrument": scored.instrument, "title": speaking.word(scored.title)}
    if scored.total is not None:
        told["total"] = neat(scored.total)
    if scored.low is not None and (scored.total is None or scored.prorated):
        told |= {"low": neat(scored.low), "high": neat(scored.high)}
    if scored.prorated:
        told["prorated"] = True
    told |= {key: neat(value) for key, value in scored.values.items()}
    told["band"] = scored.band
    told["bands"] = {banded.scheme: banded.band for banded in scored.bands}
    open_bands = {b.scheme: list(b.possible) for b in scored.bands if b.band is None and b.possible}
    if open_bands:
        told["possible_bands"] = open_bands
    if scored.prorated:
        told["bands_of_prorated_total"] = {b.scheme: b.prorated for b in scored.bands}
    told["answer"] = None if scored.answer is None else scored.answer.value
    told["because"] = speaking.say(scored.because)
    told["parts"] = {key: _part_to_json(part, speaking) for key, part in scored.parts.items()}
    told["missing"] = list(scored.missing)
    told["asks"] = [speaking.value(what) for what in scored.asks]
    told["sources"] = [
        {"key": s.key, "citation": s.citation, "doi": s.doi, "status": s.status.value} for s in scored.sources
    ]
    told["notes"] = [speaking.value(note) for note in scored.notes]
    return told


def _part_to_json(part: ScoredPart, speaking: Catalogue) -> dict[str, object]:
    answer = {} if part.answer is None else {"answer": part.answer.value}
    return {
        **answer,
        **{key: neat(value) for key, value in part.values.items()},
        "text": speaking.value(part.text),
    }


def result_rows(scored: Scored) -> Iterator[tuple[Message, object]]:
    """The lines below a result, each with its label, in the order a reader asks; lines of one kind stand together."""
    if scored.answer is not None:
        yield message("score.label-answer"), scored.answer
    if scored.total is not None:
        yield (
            message("score.label-total"),
            message("score.by-its-rule", value=scored.total) if scored.prorated else scored.total,
        )
    if scored.low is not None and scored.high is not None and scored.low != scored.high:
        yield message("score.label-range"), between_message(scored.low, scored.high)
    for key, value in scored.values.items():
        yield message(f"score.label-{key.replace('_', '-')}"), _value(value)
    for banded in scored.bands:
        yield message("score.label-band"), _band(banded)
    for part in scored.parts.values():
        yield message("score.label-part"), message("score.part", answer=part.answer, text=part.text)
    for what in scored.asks:
        yield message("score.label-missing"), what
    for note in scored.notes:
        yield message("score.label-note"), note
    for source in scored.sources:
        yield (
            message("score.label-source"),
            message("evidence.source", citation=source.citation, caution=caution_message(source.status)),
        )


def _band(banded: Banded) -> Message:
    if banded.band:
        return message("score.in-band", band=word_wording(banded.band), scheme=banded.scheme)
    possible = tuple(map(word_wording, banded.possible))
    return message(
        "score.no-band", possible=possible or None, none=None if possible else True, scheme=banded.scheme
    )


def _value(value: Value) -> Message | Wording | float | tuple[Wording, ...] | str:
    match value:
        case None:
            return message("score.value-not-recorded")
        case {"low": low, "high": high}:
            return between_message(low, high)
        case list():
            return tuple(map(word_wording, value))
        case str() if not value[:1].isdigit():  # a profile of levels is written as it is
            return word_wording(value)
        case _:
            return value if isinstance(value, float | str) else message("score.value-not-recorded")
