"""Every instrument and set of criteria: range, items, bands, cut-offs, codes, licence, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assuage.instruments import CRITERIA, INSTRUMENTS
from assuage.instruments.model import Bands, Code, Criteria, CutOff, Instrument, Item, Mcid
from assuage.instruments.response import BY_PERCENT, BY_POINTS, RESPONDER_PERCENT, RESPONSES
from assuage.terms.sources import Source, Status
from docs.build.clinical import STATUS_NOTE, status
from docs.build.markdown import code, codes, table


def page() -> str:
    """Instruments, criteria, response, sources."""
    lines = ["# Instruments and criteria", "", STATUS_NOTE, ""]
    lines += [
        "Published bands of one instrument contradict each other, so every band carries its scheme's name. "
        "Item wording is shipped only where it is free; elsewhere the items stand here by short ids of ours.",
        "",
    ]
    for instrument in INSTRUMENTS.values():
        lines += _instrument(instrument)
    for criteria in CRITERIA.values():
        lines += _criteria(criteria)
    lines += _response()
    sources = {
        s.key: s for described in (*INSTRUMENTS.values(), *CRITERIA.values()) for s in _all_sources(described)
    }
    lines += ["## Sources", ""]
    lines += table(
        ("key", "publication", "doi", "checked"),
        ((code(s.key), s.citation, s.doi or "", status(s.status)) for _, s in sorted(sources.items())),
    )
    return "\n".join(lines)


def _all_sources(described: Instrument | Criteria) -> Iterator[Source]:
    yield from described.sources
    if isinstance(described, Instrument):
        for each in (*described.bands, *described.cuts, *described.mcids):
            yield from each.sources


def _instrument(instrument: Instrument) -> list[str]:
    lines = [f"## {instrument.title} (`{instrument.id}`)", ""]
    better = "" if instrument.higher_is == "worse" else "; higher is better"
    rows = (
        ("range", f"{instrument.low:g} to {instrument.high:g}{better}"),
        ("scoring", _scoring(instrument)),
        ("looks back over", instrument.recall),
        ("anchors", instrument.anchors),
        (
            "missing items",
            instrument.prorating.text if instrument.prorating else "an interval over every completion",
        ),
        ("licence", _with(instrument.licence.text, instrument.licence.status)),
        ("wording", _wording(instrument)),
        ("safety item", instrument.safety_item),
        ("sources", _keys(instrument.sources)),
        ("checked", status(instrument.status)),
    )
    lines += [f"- {what}: {text}" for what, text in rows if text]
    lines += [f"- note: {note}" for note in instrument.notes]
    lines.append("")
    lines += _items(instrument)
    for bands in instrument.bands:
        lines += _bands(bands)
    lines += _cuts(instrument.cuts, instrument.answering)
    lines += _mcids(instrument.mcids)
    return lines + _codes(instrument.codes)


def _scoring(instrument: Instrument) -> str:
    if not instrument.domains:
        return instrument.scoring
    parts = [f"{part.id} ({len(part.items)} items / {part.divisor})" for part in instrument.domains]
    return f"{instrument.scoring}; domains: {', '.join(parts)}"


def _wording(instrument: Instrument) -> str:
    if instrument.wording is None:
        return "not shipped" if instrument.items else ""
    return _with("shipped", instrument.wording)


def _items(instrument: Instrument) -> list[str]:
    if not instrument.items:
        return ["Items are not shipped: a total only.", ""] if instrument.scoring == "total only" else []
    if not any(item.wording or item.title for item in instrument.items):
        return ["Items: " + "; ".join(f"`{item.id}` {_range(item)}" for item in instrument.items) + ".", ""]
    return table(
        ("item", "range", "question"),
        ((code(item.id), _range(item), item.wording or item.title) for item in instrument.items),
    )


def _range(item: Item) -> str:
    if item.values:
        return ", ".join(str(value) for value in item.values)
    return f"{item.low:g} to {item.high:g}"


def _bands(bands: Bands) -> list[str]:
    head = f"Bands, scheme *{bands.scheme}*{_caution(bands.status)}{_cited(bands.sources)}:"
    named = [f"{low:g} to {high:g} {name.replace('_', ' ')}" for low, high, name in bands.bands]
    warning = f" Warning: {bands.warning}." if bands.warning else ""
    return [f"{head} {'; '.join(named)}.{warning}", ""]


def _cuts(cuts: Iterable[CutOff], answering: str) -> list[str]:
    rows = [
        (
            code(cut.id),
            f"{cut.of or 'total'} {cut.operator} {cut.at:g}",
            f"{cut.asks}{' (gives the answer)' if cut.id == answering else ''}",
            cut.note,
            _keys(cut.sources),
            status(cut.status),
        )
        for cut in cuts
    ]
    return table(("cut-off", "at", "asks", "note", "sources", "checked"), rows) if rows else []


def _mcids(mcids: Iterable[Mcid]) -> list[str]:
    changes = [f"{_mcid(each)}{_cited(each.sources)}" for each in mcids]
    return [f"Smallest change that matters: {'; '.join(changes)}.", ""] if changes else []


def _mcid(each: Mcid) -> str:
    if each.value is None:
        return "none verified"
    ends = each.value if isinstance(each.value, tuple) else (each.value,)
    what = f", {each.what}" if each.what else ""
    return f"{' to '.join(f'{end:g}' for end in ends)} {each.unit}{what}{_caution(each.status)}"


def _codes(codes: Iterable[Code]) -> list[str]:
    rows = [
        (c.system, code(c.code) if c.code else "none", c.what, c.status.replace("_", " "), c.note)
        for c in codes
    ]
    return table(("terminology", "code", "for", "status", "note"), rows) if rows else []


def _criteria(criteria: Criteria) -> list[str]:
    lines = [f"## {criteria.title} (`{criteria.id}`)", "", f"Rule: {criteria.rule}.", ""]
    rows = (
        ("naming", criteria.naming),
        ("scope", criteria.scope),
        ("who assesses", criteria.assessor),
        ("looks back over", criteria.look_back),
        ("sources", _keys(criteria.sources)),
        ("checked", status(criteria.status)),
    )
    lines += [f"- {what}: {text}" for what, text in rows if text]
    lines += [f"- note: {note}" for note in criteria.notes]
    lines.append("")
    lines += table(("part", "what it asks"), ((code(k), v) for k, v in criteria.parts.items()))
    lines += table(("input", "what it is"), ((code(k), v) for k, v in criteria.inputs.items()))
    return lines + _codes(criteria.codes)


def _response() -> list[str]:
    def steps(of: tuple[tuple[float, str], ...]) -> str:
        return "; ".join(f"{at:g} or more {name}" for at, name in of)

    return [
        f"## Pain response ({codes(RESPONSES)})",
        "",
        "From a baseline and a follow-up on one scale of 0 to 10.",
        "",
        f"- by percent of the baseline: {steps(BY_PERCENT)}",
        f"- by points: {steps(BY_POINTS)}",
        f"- the answer is yes from a fall of {RESPONDER_PERCENT:g} percent",
        "",
    ]


def _keys(sources: Iterable[Source]) -> str:
    return codes(source.key for source in sources)


def _cited(sources: tuple[Source, ...]) -> str:
    return f" [{_keys(sources)}]" if sources else ""


def _caution(checked: Status) -> str:
    return f" ({checked.caution})" if checked.caution else ""


def _with(text: str, checked: Status) -> str:
    return f"{text}{_caution(checked)}" if text else ""
