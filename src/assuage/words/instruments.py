"""Results of instruments and of sets of criteria as plain values, with their sentences in a language."""

from __future__ import annotations

from assuage.catalogue.read import Catalogue
from assuage.instruments.result import Scored, neat
from assuage.words.speak import ENGLISH


def scored_to_json(scored: Scored, speaking: Catalogue = ENGLISH) -> dict[str, object]:
    """The result as plain values, ready for `json.dumps`: why and what it asks for in the language of `speaking`."""
    told: dict[str, object] = {"instrument": scored.instrument, "title": scored.title}
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
    told["because"] = speaking.value(scored.because)
    told["parts"] = {key: part.to_json() for key, part in scored.parts.items()}
    told["missing"] = list(scored.missing)
    told["asks"] = [speaking.value(what) for what in scored.asks]
    told["sources"] = [
        {"key": s.key, "citation": s.citation, "doi": s.doi, "status": s.status.value} for s in scored.sources
    ]
    told["notes"] = list(scored.notes)
    return told
