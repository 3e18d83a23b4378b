"""Turning loose JSON into the answers of one instrument, with all problems at once.

An instrument is given as a list in item order, as `{items: …}`, as `{item: value}`, by item numbers (`1`,
`q1`, `item_1`), by domains (`{function: […], …}`), as `{total: n}` or as a bare number. Null is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.errors import InputError, Problem, unknown_word
from assuage.instruments.body import Body, read_body, read_sites, site_notes
from assuage.instruments.library import INSTRUMENTS
from assuage.instruments.model import Instrument, Item
from assuage.instruments.psqi import components_of, is_raw
from assuage.instruments.reading import InputReader, Span, shown_value, shown_word
from assuage.instruments.severity import KEYS as SEVERITY_KEYS
from assuage.instruments.severity import SSS_ITEMS, read_severity

SECTIONS_ANSWERED = Item("answered", 1, 0, "the number of answered sections", verb="is")
# What people write before an item's number; a pattern would cost more at start-up than all the tables here.
_BEFORE_NUMBER = ("question_", "question", "item_", "item", "q", "")
_AS_A_WHOLE = ("items", "total", "instrument")
T = TypeVar("T")


class Given(Struct, frozen=True):
    """The answers of one instrument: per item what it can still be (None: anything), and the total if given.

    `answered` says how many items stand behind a total of which no item is known (neck disability index).
    """

    spans: Mapping[str, Span | None]
    total: Span | None = None
    answered: int | None = None
    coding: str | None = None
    body: Body | None = None
    notes: tuple[Message, ...] = ()


def find_instrument(instrument_id: str) -> Instrument:
    """The instrument of that id; InputError with the nearest id if there is none."""
    if instrument_id in INSTRUMENTS:
        return INSTRUMENTS[instrument_id]
    raise InputError(unknown_word(shown_word(instrument_id), INSTRUMENTS, message("word.instrument")))


def item_ids(instrument_id: str) -> tuple[str, ...]:
    """The ids of the items of an instrument, in order; empty where only the total can be given."""
    instrument = find_instrument(instrument_id)
    return ("value", "coding") if instrument.codings else tuple(item.id for item in instrument.items)


def items_by_id(instrument_id: str, items: Mapping[str, T]) -> dict[str, T]:
    """The answers under the ids of their items, where they were given by number (`9`, `q9`, `item_9`).

    What is no item of a known instrument keeps its key.
    """
    instrument = INSTRUMENTS.get(instrument_id)
    if instrument is None:
        return dict(items)
    known = {key: _item(instrument, key) for key in items}
    return {item.id if (item := known[key]) else key: answer for key, answer in items.items()}


def answers_problems(
    instrument_id: str, items: Mapping[str, object], sites: Sequence[str] | None, place: str
) -> list[Problem]:
    """The problems of the answers a record holds for one instrument; none if they can be used."""
    if instrument_id not in INSTRUMENTS:
        return [
            Problem(
                f"{place}.instrument",
                unknown_word(shown_word(instrument_id), INSTRUMENTS, message("word.instrument")),
            )
        ]
    instrument = INSTRUMENTS[instrument_id]
    reading = InputReader(place)
    if sites is not None and instrument.reader != "sites":
        reading.wrong("sites", message("answers.no-sites", instrument=instrument_id))
    elif sites is not None:
        read_body(reading, {"sites": sites, "items": dict(items) or None})
        return reading.problems
    if not instrument.items and instrument.reader != "coded":
        reading.wrong("items", message("answers.only-the-total", instrument=instrument_id))
        return reading.problems
    if instrument.reader == "coded":
        _coded(reading, instrument, items)
        return reading.problems
    if instrument.reader == "psqi" and is_raw(items):
        components_of(reading, items)
        return reading.problems
    _by_item(reading, instrument, "items", items)
    return reading.problems


def read_answers(instrument: Instrument, given: object, reading: InputReader) -> Given:
    """The answers of the instrument; what cannot be right is added to the problems of `reading`."""
    if instrument.reader == "sites":
        return _sites(reading, instrument, given)
    if instrument.reader == "fs":
        return _fs(reading, instrument, given)
    if instrument.reader == "coded":
        held = reading.mapping("", given, message("answers.shape-of-coded"))
        return Given({}) if held is None else _coded(reading, instrument, held)
    if instrument.reader == "profile":
        return _plain(reading, instrument, _levels(instrument, given))
    if instrument.reader == "psqi":
        return _sleep(reading, instrument, given)
    return _plain(reading, instrument, given)


def _levels(instrument: Instrument, given: object) -> object:
    """A profile written as its digits, such as 21232, as a list of levels; 9 is a level that is not known."""
    written = given
    if isinstance(given, Mapping):
        held = cast("Mapping[object, object]", given)
        written = held.get("profile", held) if set(held) <= {"profile", "instrument"} else held
    digits = str(written) if isinstance(written, str | int) and not isinstance(written, bool) else ""
    if len(digits) != len(instrument.items) or not digits.isascii() or not digits.isdigit():
        return cast("object", written)
    return [None if digit == "9" else int(digit) for digit in digits]


def _sleep(reading: InputReader, instrument: Instrument, given: object) -> Given:
    """The sleep index: its questions where one is given, else its components or its total."""
    if not isinstance(given, Mapping):
        return _plain(reading, instrument, given)
    held = {str(key): value for key, value in cast("Mapping[object, object]", given).items()}
    if isinstance(held.get("items"), Mapping):
        inner = cast("Mapping[object, object]", held["items"])
        if is_raw({str(key): value for key, value in inner.items()}):
            held = {str(key): value for key, value in inner.items()}
    if not is_raw(held):
        return _plain(reading, instrument, held)
    return Given(components_of(reading, held))


def _plain(reading: InputReader, instrument: Instrument, given: object) -> Given:
    if isinstance(given, list | tuple):
        spans = _listed(reading, instrument, "", instrument.items, cast("object", given))
        return _with_total(reading, instrument, spans, None, "total")
    if given is None or isinstance(given, int | float | str):
        return _with_total(reading, instrument, {}, given, "")
    held = reading.mapping("", given, _example(instrument))
    if held is None:
        return Given({})
    if held.get("instrument") not in (None, instrument.id):
        reading.wrong(
            "instrument",
            message(
                "answers.another-instrument", value=shown_value(held["instrument"]), instrument=instrument.id
            ),
        )
    if instrument.percent_of is not None and "raw" in held:
        return _raw(reading, instrument, held)
    if set(held) == {"low", "high"}:
        return _with_total(reading, instrument, {}, held, "")
    spans: dict[str, Span | None] = {}
    if "items" in held and isinstance(held["items"], list | tuple):
        spans = _listed(reading, instrument, "items", instrument.items, cast("object", held["items"]))
    elif held.get("items") is not None:
        nested = reading.mapping("items", held["items"], _example(instrument))
        spans = _by_item(reading, instrument, "items", nested or {})
    flat = {key: value for key, value in held.items() if key not in _AS_A_WHOLE}
    both = spans and flat
    more = _by_item(reading, instrument, "", flat)
    if both and set(spans) & set(more):
        reading.wrong("items", message("answers.items-twice"))
    return _with_total(reading, instrument, {**spans, **more}, held.get("total"), "total")


def _example(instrument: Instrument) -> str | Message:
    if not instrument.items:
        return "{total: n}"
    return message("answers.items-or-total", n=len(instrument.items))


def _with_total(
    reading: InputReader, instrument: Instrument, spans: dict[str, Span | None], total: object, place: str
) -> Given:
    span: Span | None = None
    if total is not None:
        span = _total(reading, place, total, instrument)
    if not instrument.items:
        return Given({}, span)
    if instrument.fewest is None or spans:
        spans = {item.id: spans.get(item.id) for item in _asked(instrument, spans)}
    return Given(spans, span)


def _asked(instrument: Instrument, spans: Mapping[str, object]) -> tuple[Item, ...]:
    """The items that belong to these answers: all, or as many activities as the patient chose."""
    if instrument.fewest is None:
        return instrument.items
    last = max((n for n, item in enumerate(instrument.items, 1) if item.id in spans), default=0)
    return instrument.items[: max(last, instrument.fewest)]


def _total(reading: InputReader, place: str, given: object, instrument: Instrument) -> Span | None:
    item = Item("total", int(instrument.low), int(instrument.high), whole=instrument.whole)
    return reading.number(place, given, item, message("score.the-scale", scale=instrument.scale))


def _listed(
    reading: InputReader, instrument: Instrument, place: str, items: tuple[Item, ...], values: object
) -> dict[str, Span | None]:
    listed = list(cast("Sequence[object]", values))
    if not items:
        reading.wrong(place, message("answers.no-key", instrument=instrument.id))
        return {}
    fewest = instrument.fewest or len(items)
    if not fewest <= len(listed) <= len(items):
        reading.wrong(
            place,
            message(
                "answers.not-so-many",
                n=len(listed),
                instrument=instrument.id,
                fewest=None if fewest == len(items) else fewest,
                most=len(items),
            ),
        )
        return {}
    places = [f"{place}[{n}]" for n in range(len(listed))]
    return {
        item.id: reading.number(where, value, item)
        for where, item, value in zip(places, items, listed, strict=False)
    }


def _by_item(
    reading: InputReader, instrument: Instrument, place: str, held: Mapping[str, object]
) -> dict[str, Span | None]:
    """The items by id, by number or by domain; unknown words are problems with the nearest known one."""
    under = f"{place}." if place else ""
    domains = {domain.id: domain for domain in instrument.domains}
    answers: dict[str, Span | None] = {}
    for key, value in held.items():
        key = str(key)
        inner: dict[str, Span | None]
        if key in domains and isinstance(value, list | tuple):
            values = list(cast("Sequence[object]", value))
            items = domains[key].items
            if len(values) != len(items):
                reading.wrong(
                    f"{under}{key}",
                    message("answers.not-so-many", n=len(values), instrument=key, most=len(items)),
                )
                continue
            inner = {
                item.id: reading.number(f"{under}{key}[{n}]", value, item)
                for n, (item, value) in enumerate(zip(items, values, strict=True))
            }
        elif key in domains and value is None and key not in instrument.item:
            inner = {item.id: None for item in domains[key].items}
        else:
            item = _item(instrument, key)
            if item is None:
                _unknown(reading, instrument, f"{under}{key}", key, domains)
                continue
            inner = {item.id: reading.number(f"{under}{key}", value, item)}
        for item in inner:
            if item in answers:
                reading.wrong(f"{under}{key}", message("answers.item-twice", item=item))
        answers |= inner
    return answers


def _item(instrument: Instrument, key: str) -> Item | None:
    if key in instrument.item:
        return instrument.item[key]
    if len(instrument.items) == 1 and key in ("value", "score", instrument.id):
        return instrument.items[0]
    if instrument.reader != "plain":
        return None
    word = key.lower()
    number = next(word[len(before) :] for before in _BEFORE_NUMBER if word.startswith(before))
    if not (number.isascii() and number.isdigit() and len(number) <= 2):
        return None
    return instrument.items[int(number) - 1] if 1 <= int(number) <= len(instrument.items) else None


def _unknown(
    reading: InputReader, instrument: Instrument, place: str, key: str, domains: Mapping[str, object]
) -> None:
    if not instrument.items:
        reading.wrong(place, message("answers.no-key", instrument=instrument.id))
        return
    words = [*instrument.item, *domains, *_AS_A_WHOLE]
    kind = message("word.item-of", of=instrument.id)
    reading.wrong(place, unknown_word(shown_word(key), words, kind))


def _raw(reading: InputReader, instrument: Instrument, held: Mapping[str, object]) -> Given:
    """The neck disability index as people write it: a raw sum, and how many sections were answered."""
    reading.unknown_keys(
        "", held, ("raw", "answered", "instrument"), message("word.field-in", of=instrument.id)
    )
    count = len(instrument.items)
    fewest = count - (instrument.prorating.at_most or 0) if instrument.prorating else count
    answered = reading.number(
        "answered",
        held.get("answered", count),
        replace(SECTIONS_ANSWERED, high=count),
    )
    raw = _total(reading, "raw", held["raw"], instrument)
    if answered is None or raw is None:
        return Given({}, None)
    sections = int(answered[0])
    top = sections * instrument.items[0].high
    if raw[1] > top:
        reading.wrong("raw", message("answers.more-than-sections", raw=raw[1], n=sections, top=top))
    if sections < fewest:
        note = message("score.sections-unanswered", n=count - sections)
        return Given({}, raw, sections, notes=(note,))
    return Given({}, raw, sections)


def _coded(reading: InputReader, instrument: Instrument, held: Mapping[str, object]) -> Given:
    """A value whose meaning depends on its coding: the coding must be given with it."""
    flat = dict(held)
    if isinstance(flat.get("items"), Mapping):
        flat |= {str(k): v for k, v in cast("Mapping[object, object]", flat.pop("items")).items()}
    words = ("value", "total", instrument.id)
    reading.unknown_keys(
        "", flat, (*words, "coding", "instrument"), message("word.field-in", of=instrument.id)
    )
    value = next((flat[word] for word in words if flat.get(word) is not None), None)
    span = reading.number("value", value, Item("value", int(instrument.low), int(instrument.high)))
    coding = flat.get("coding")
    if coding in instrument.codings:
        return Given({}, span, coding=str(coding))
    reading.wrong(
        "coding",
        message("answers.no-coding", codings=instrument.codings)
        if coding is None
        else message("answers.unknown-coding", value=shown_value(coding), codings=instrument.codings),
    )
    return Given({}, span)


def _sites(reading: InputReader, instrument: Instrument, given: object) -> Given:
    """The widespread pain index: sites, items or a total."""
    if isinstance(given, list | tuple):
        held: dict[str, object] = {"sites": given}
    elif given is None or isinstance(given, int | float | str):
        held = {"wpi": given}
    else:
        read_as = reading.mapping("", given, message("answers.sites-or-total"))
        if read_as is None:
            return Given({})
        held = _gathered(reading, instrument, read_as)
    body = read_body(reading, held)
    spans: dict[str, Span | None] = {}
    for item in instrument.items:
        spans[item.id] = (
            None if item.id in body.unknown else ((1.0, 1.0) if item.id in body.painful else (0.0, 0.0))
        )
    total = None if not body.unknown else body.total
    return Given(spans, total, body=body, notes=site_notes(body))


def _gathered(reading: InputReader, instrument: Instrument, held: dict[str, object]) -> dict[str, object]:
    """The words of `read_body`, with sites given at the top level gathered as items."""
    if set(held) == {"low", "high"}:
        return {"wpi": held}
    flat = {key: value for key, value in held.items() if key in instrument.item}
    rest = {key: value for key, value in held.items() if key not in flat}
    if "total" in rest and "wpi" not in rest:
        rest["wpi"] = rest.pop("total")
    allowed = ("sites", "items", "wpi", "regions", "instrument")
    reading.unknown_keys("", rest, (*allowed, *instrument.item), message("word.field-in", of="wpi"))
    items = rest.get("items")
    if isinstance(items, list | tuple):
        listed = list(cast("Sequence[object]", items))
        if all(isinstance(each, str) for each in listed) and listed:
            rest["sites"] = read_sites(reading, "items", listed)
            items = None
        elif len(listed) == len(instrument.items):
            items = dict(zip(instrument.item, listed, strict=True))
        else:
            reading.wrong(
                "items",
                message("answers.not-so-many", n=len(listed), instrument="wpi", most=len(instrument.items)),
            )
            items = None
    if flat and items is not None:
        reading.wrong("items", message("answers.sites-twice"))
    return {**rest, "items": flat or items}


def _fs(reading: InputReader, instrument: Instrument, given: object) -> Given:
    """The fibromyalgia severity score: from the index and the scale, however they are given."""
    if isinstance(given, list | tuple):
        return _plain(reading, instrument, cast("object", given))
    if given is None or isinstance(given, int | float | str):
        return _with_total(reading, instrument, {}, given, "")
    held = reading.mapping("", given, message("answers.index-and-scale-or-total"))
    if held is None:
        return Given({})
    if set(held) == {"low", "high"}:
        return _with_total(reading, instrument, {}, held, "")
    if isinstance(held.get("items"), Mapping) and {"wpi", "sss"} & set(
        cast("Mapping[object, object]", held["items"])
    ):
        held |= {str(k): v for k, v in cast("Mapping[object, object]", held.pop("items")).items()}
    allowed = ("sites", "items", "wpi", "regions", "total", "instrument", *SEVERITY_KEYS)
    reading.unknown_keys(
        "", held, (*allowed, *(item.id for item in SSS_ITEMS)), message("word.field-in", of="fs")
    )
    body, severity = read_body(reading, held), read_severity(reading, held)
    spans: dict[str, Span | None] = {
        "wpi": body.wpi() if body.recorded else None,
        "sss": severity.span() if severity.recorded else None,
    }
    total = held.get("total")
    span = None if total is None else _total(reading, "total", total, instrument)
    return Given(spans, span, body=body, notes=site_notes(body))
