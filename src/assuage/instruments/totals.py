"""Totals, intervals, bands and cut-offs of one instrument from what is known of its items.

Everything here follows from the instrument's table. Sums are taken in whole units (sixths for the FIQR,
thirds for the PEG), so that intervals and bands are exact. Of the unanswered items nothing is assumed.
"""

from __future__ import annotations

from math import ceil, floor, lcm

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, Wording, message
from assuage.instruments.completions import reach
from assuage.instruments.given import Given
from assuage.instruments.library import INSTRUMENTS
from assuage.instruments.model import Bands, CutOff, Domain, Instrument, Item
from assuage.instruments.reading import InputReader, Span
from assuage.instruments.result import (
    Banded,
    Scored,
    ScoredPart,
    Value,
    between_message,
    interval,
)
from assuage.instruments.texts import (
    SECTIONS,
    domain_wording,
    item_wording,
    note_wording,
    part_wording,
    rule_wording,
    word_wording,
)
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.sources import Source, caution_message


class _Units(Struct, frozen=True):
    """The attainable totals as whole units of 1/`per`: bit n of `mask` stands for `lowest` + n units."""

    mask: int
    lowest: int
    per: int

    def meet(self, low: float, below: float) -> bool:
        """Whether some attainable total lies in [low, below)."""
        first = max(ceil(low * self.per) - self.lowest, 0)
        last = ceil(below * self.per) - self.lowest
        return last > first and bool(self.mask >> first & ((1 << (last - first)) - 1))


def scored_total(instrument: Instrument, given: Given, reading: InputReader) -> Scored:
    """The result of an instrument; a total that contradicts its items is added to the problems."""
    if instrument.codings:
        return _coded(instrument, given, reading)
    items = [item for item in instrument.items if item.id in given.spans]
    if instrument.fewest is not None and items:
        # The mean of a scale whose patient chose the activities is over those chosen.
        instrument = replace(instrument, items=tuple(items))
    divided = {domain.id: _sum(domain, given) for domain in instrument.parts} if items else {}
    low, high = _ends(instrument, divided)
    unanswered = [item for item in items if _open(given.spans[item.id])]
    told = given.total
    if told is not None and items and not low - 1e-9 <= told[0] <= told[1] <= high + 1e-9:
        reading.wrong(
            "total", message("answers.total-disagrees", total=told[0], value=between_message(low, high))
        )
    prorated = None
    units: _Units | None = None
    if told is not None:
        low, high = told
        if given.answered is not None:
            high, prorated = _sections(instrument, told, given.answered)
    elif unanswered:
        prorated = _prorated(instrument, given, items)
        units = _units(instrument, given, items)
    exact = low if low == high else None
    total = exact if exact is not None else prorated
    bands = tuple(
        _banded(scheme, low, high, units, prorated if exact is None else None) for scheme in instrument.bands
    )
    parts = _parts(instrument, divided, (low, high))
    answer = parts[instrument.answering].answer if instrument.answering else None
    missing, asks = _missing(instrument, given, unanswered, exact)
    return Scored(
        instrument.id,
        _because(instrument, (low, high), prorated if exact is None else None, bands, given, unanswered),
        instrument.scale.wording,
        total=total,
        low=low,
        high=high,
        prorated=exact is None and prorated is not None,
        bands=bands,
        answer=answer,
        parts=parts,
        missing=missing,
        asks=asks,
        sources=_sources(instrument),
        notes=_notes(instrument, given, items, unanswered, exact is None and prorated is None, (low, high)),
        values=_values(instrument, given, low, high, total),
    )


def _coded(instrument: Instrument, given: Given, reading: InputReader) -> Scored:
    if given.coding is None:
        return Scored(instrument.id, message("score.no-coding"), instrument.scale.wording)
    meant = INSTRUMENTS[f"{instrument.id}_{given.coding}"]
    scored = scored_total(meant, Given({}, given.total), reading)
    return replace(scored, instrument=instrument.id, values={"coding": given.coding, **scored.values})


def _open(span: Span | None) -> bool:
    return span is None or span[0] != span[1]


def _span(item: Item, given: Given) -> Span:
    return given.spans[item.id] or (item.low, item.high)


def _sum(domain: Domain, given: Given) -> Span:
    spans = [_span(item, given) for item in domain.items if item.id in given.spans]
    return sum(span[0] for span in spans), sum(span[1] for span in spans)


def _ends(instrument: Instrument, divided: dict[str, Span]) -> Span:
    if not divided:
        return instrument.low, instrument.high
    return _total(instrument, divided, 0), _total(instrument, divided, 1)


def _total(instrument: Instrument, divided: dict[str, Span], end: int) -> float:
    return sum(divided[domain.id][end] / domain.divisor for domain in instrument.parts)


def _units(instrument: Instrument, given: Given, items: list[Item]) -> _Units | None:
    if not all(item.whole for item in items):
        return None
    per = lcm(*(domain.divisor for domain in instrument.parts))
    lowest, choices = 0, list[list[int]]()
    for domain in instrument.parts:
        weight = per // domain.divisor
        for item in domain.items:
            low, high = (int(end) for end in _span(item, given))
            lowest += low * weight
            if low != high:
                allowed = item.values or range(low, high + 1)
                choices.append([(n - low) * weight for n in allowed if low <= n <= high])
    return _Units(reach(choices), lowest, per)


def _prorated(instrument: Instrument, given: Given, items: list[Item]) -> float | None:
    """The total by the instrument's own rule for unanswered items; None where the rule gives none."""
    rule = instrument.prorating
    if rule is None:
        return None
    total = 0.0
    for domain in instrument.parts:
        answered = [_span(item, given)[0] for item in domain.items if not _open(given.spans[item.id])]
        left_out = len(domain.items) - len(answered)
        if not answered or (rule.at_most is not None and left_out > rule.at_most):
            return None
        total += sum(answered) * len(domain.items) / len(answered) / domain.divisor
    return round(total, 9)


def _sections(instrument: Instrument, raw: Span, answered: int) -> tuple[float, float | None]:
    """The highest completion and the prorated total of a raw sum over `answered` sections."""
    count, top = len(instrument.items), instrument.items[0].high
    left_out = count - answered
    allowed = instrument.prorating is not None and left_out <= (instrument.prorating.at_most or 0)
    prorated = raw[0] * count / answered if allowed and raw[0] == raw[1] else None
    return raw[1] + left_out * top, prorated


def _named(scheme: Bands, value: float) -> str | None:
    for n, (low, high, name) in enumerate(scheme.bands):
        first, below = _edges(scheme, n, low, high)
        if first <= round(value, 9) < below:
            return name
    return None


def _edges(scheme: Bands, n: int, low: float, high: float) -> Span:
    """From where to below where a band reaches."""
    if scheme.rounded:
        return low - 0.5, high + 0.5
    return low, scheme.bands[n + 1][0] if n + 1 < len(scheme.bands) else high + 1e-9


def _banded(scheme: Bands, low: float, high: float, units: _Units | None, prorated: float | None) -> Banded:
    if low == high:
        name = _named(scheme, low)
        return Banded(scheme.scheme, name, (name,) if name else ())
    possible: list[str] = []
    for n, (first, last, name) in enumerate(scheme.bands):
        edge, below = _edges(scheme, n, first, last)
        if units.meet(edge, below) if units else (edge <= high and low < below):
            possible.append(name)
    # A completion outside the scheme has no band, so the band is not settled.
    covered = scheme.bands[0][0] <= floor(low + 0.5) and floor(high + 0.5) <= ceil(scheme.bands[-1][1])
    band = possible[0] if len(possible) == 1 and covered else None
    estimate = None if prorated is None else _named(scheme, prorated)
    return Banded(scheme.scheme, band, tuple(possible), estimate)


def compared(cut: CutOff, low: float, high: float) -> Answer:
    """Whether a number from `low` to `high` passes the cut-off; unknown unless every completion agrees."""
    reached = [end >= cut.at if cut.operator == ">=" else end <= cut.at for end in (low, high)]
    if reached[0] != reached[1]:
        return UNKNOWN
    return YES if reached[0] else NO


def _parts(instrument: Instrument, divided: dict[str, Span], total: Span) -> dict[str, ScoredPart]:
    parts: dict[str, ScoredPart] = {}
    cuts = {cut.id: cut for cut in instrument.cuts}
    for domain in instrument.domains:
        if domain.id not in cuts and divided:
            low, high = (end / domain.divisor for end in divided[domain.id])
            told = message("score.domain", domain=domain_wording(domain.id), value=between_message(low, high))
            parts[domain.id] = ScoredPart(told, values={"value": interval(low, high)})
    for cut in instrument.cuts:
        low, high = total
        if cut.of:
            domain = next(domain for domain in instrument.domains if domain.id == cut.of)
            bounds = sum(item.low for item in domain.items), sum(item.high for item in domain.items)
            low, high = divided.get(cut.of, bounds)
        told = message(
            "score.at-least" if cut.operator == ">=" else "score.at-most",
            what=part_wording(cut.asks),
            at=cut.at,
            value=between_message(low, high),
            caution=caution_message(cut.status),
        )
        parts[cut.id] = ScoredPart(
            told, compared(cut, low, high), {"value": interval(low, high), "cut": cut.at}
        )
    return parts


def _missing(
    instrument: Instrument, given: Given, unanswered: list[Item], exact: float | None
) -> tuple[tuple[str, ...], tuple[Message | Wording | str, ...]]:
    """What is open, by id and in words. Each open item moves the total; each can move an open answer."""
    if exact is not None:
        return (), ()
    if given.total is not None and given.answered is not None:
        return ("sections",), (part_wording(SECTIONS),)
    if given.total is None and given.spans:
        return tuple(item.id for item in unanswered), tuple(map(item_wording, unanswered))
    return ("total",), (message("score.total-of", scale=instrument.scale),)


def _values(
    instrument: Instrument, given: Given, low: float, high: float, total: float | None
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    if instrument.percent_of is not None:
        share = 100 / instrument.percent_of
        values["percent"] = interval(low * share, high * share) if total is None else total * share
    if given.body is not None and given.body.recorded and instrument.reader == "sites":
        values["regions"] = interval(*given.body.region_count())
    if instrument.reader == "profile" and given.spans:
        spans = [given.spans[item.id] for item in instrument.items]
        # 9 stands for a level that is not known, as the instrument's own guide has it.
        values["profile"] = "".join("9" if span is None or _open(span) else f"{span[0]:g}" for span in spans)
    return values


def _because(
    instrument: Instrument,
    ends: Span,
    prorated: float | None,
    bands: tuple[Banded, ...],
    given: Given,
    unanswered: list[Item],
) -> Message:
    if given.total is None and len(unanswered) == len(given.spans):
        return message("score.nothing-answered")
    named = tuple(
        message("score.band", band=word_wording(banded.band), scheme=banded.scheme)
        for banded in bands
        if banded.band
    )
    return message(
        "score.total" if prorated is None else "score.prorated",
        scale=instrument.scale,
        value=between_message(*ends),
        unanswered=(len(unanswered) or None) if ends[0] != ends[1] else None,
        prorated=prorated,
        bands=named or None,
    )


def _notes(
    instrument: Instrument,
    given: Given,
    items: list[Item],
    unanswered: list[Item],
    no_total: bool,
    ends: Span,
) -> tuple[Message | Wording, ...]:
    notes: list[Message | Wording] = [*_safety(instrument, given, ends), *given.notes]
    rule = instrument.prorating
    if unanswered and rule is not None and given.total is None:
        notes.append(
            message(
                "score.rule-gives-none" if no_total else "score.rule-prorates",
                rule=rule_wording(rule.text),
                caution=caution_message(rule.status),
            )
        )
    for scheme in instrument.bands:
        warning = rule_wording(scheme.warning) if scheme.warning else None
        told = tuple(each for each in (warning, caution_message(scheme.status)) if each is not None)
        if told:
            notes.append(message("score.scheme", scheme=scheme.scheme, told=told))
    notes += [
        message("score.cut-note", what=part_wording(cut.asks), note=note_wording(cut.note))
        for cut in instrument.cuts
        if cut.note
    ]
    caution = caution_message(instrument.status)
    if caution is not None:
        notes.append(message("score.scoring-caution", caution=caution))
    return (*notes, *(note_wording(text) for text in instrument.notes))


def _safety(instrument: Instrument, given: Given, ends: Span) -> tuple[Message, ...]:
    """What must be said of the item that is asked about whatever the total."""
    if not instrument.safety_item:
        return ()
    item = instrument.item[instrument.safety_item]
    held = given.spans.get(item.id)
    named = {"number": instrument.items.index(item) + 1, "item": Wording("instrument.item", item.name)}
    # A total leaves the item between what the others cannot supply and the whole of it.
    others = sum(other.high for other in instrument.items if other is not item)
    low, high = held or (max(item.low, ends[0] - others), min(item.high, ends[1]))
    if low > 0:
        return (message("score.item-above-0", **named),)
    if high > 0:
        return (message("score.item-unknown", **named),)
    return ()


def _sources(instrument: Instrument) -> tuple[Source, ...]:
    """The sources of the instrument and of its bands, each once."""
    every = [*instrument.sources, *(s for b in instrument.bands for s in b.sources)]
    return tuple(dict.fromkeys(every))
