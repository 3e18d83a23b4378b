"""Where it hurts, as the criteria count it: index sites, counting sites and regions, known or open.

A list of sites is complete: what it leaves out does not hurt. Items (`{neck: 1, chest: null}`) may be
partial: what they leave out is unknown. With only the total known, the sites are every set of that size.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import cast

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.errors import unknown_word
from assuage.instruments.completions import Input, one_of
from assuage.instruments.model import Item
from assuage.instruments.reading import InputReader, Span, shown_value, shown_word
from assuage.terms.sites import REGIONS, SITES, WPI_SITES, wpi_sites_of

# (index sites that hurt, counting ones among them, regions with a counting one as bits in order of REGIONS, whether
# chest or abdomen hurts: no region of 2016, and part of the axis of ICD-11)
BodyState = tuple[int, int, int, bool]

WPI_TOTAL = Item("wpi", 0, len(WPI_SITES), "the widespread pain index")
REGION_COUNT = Item("regions", 0, len(REGIONS), "the number of painful regions", verb="is")
_BIT = {region: 1 << n for n, region in enumerate(REGIONS)}
NOT_COUNTING = len(REGIONS)
FRONT = NOT_COUNTING + 1
FRONT_SITES = frozenset({"chest", "abdomen"})
AXIAL = _BIT["axial"]


class Body(Struct, frozen=True, dict=True):
    """Which index sites hurt, which are not known, and what else is known of their number."""

    painful: frozenset[str]
    unknown: frozenset[str]
    total: Span | None = None
    regions: Span | None = None
    elsewhere: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    whole_body: bool = False

    @property
    def recorded(self) -> bool:
        """Whether anything at all is known."""
        return len(self.unknown) < len(WPI_SITES) or self.total is not None or self.regions is not None

    @cached_property
    def states(self) -> frozenset[BodyState]:
        """Every completion, told apart as far as any criterion can."""
        return _fitting(_states(*_signature(self.painful, self.unknown)), self.total, self.regions)

    def wpi(self) -> Span:
        """The lowest and highest index."""
        if self.total is None and self.regions is None:
            return len(self.painful), len(self.painful) + len(self.unknown)
        return _ends([state[0] for state in self.states])

    def region_count(self, *, with_front: bool = False) -> Span:
        """The lowest and highest number of regions; `with_front`, chest and abdomen are of the axis (ICD-11)."""
        return _region_span(self.states, AXIAL if with_front else 0)

    def to_input(self, told_apart: Callable[[int, int, int, bool], Hashable]) -> Input:
        """The body as an input of a rule that tells states apart only by `told_apart`."""
        states = _told_apart(self.states, told_apart)
        if len(states) == 1:
            return Input(states)
        if self.total is not None or self.regions is not None or len(self.unknown) == len(WPI_SITES):
            return one_of("sites", states)
        moves: dict[str, frozenset[tuple[Hashable, Hashable]]] = {}
        of_kind: dict[int, frozenset[tuple[Hashable, Hashable]]] = {}
        for site in (site for site in WPI_SITES if site in self.unknown):
            kind = _kind(site)
            if kind not in of_kind:
                of_kind[kind] = self._moves(site, kind, told_apart)
            moves[site] = of_kind[kind]
        return Input(states, moves)

    def _moves(
        self, site: str, kind: int, told_apart: Callable[[int, int, int, bool], Hashable]
    ) -> frozenset[tuple[Hashable, Hashable]]:
        rest = _states(*_signature(self.painful, self.unknown - {site}))
        counts, bit = (0, 0) if kind >= NOT_COUNTING else (1, 1 << kind)
        pairs = (
            (told_apart(w, c, r, f), told_apart(w + 1, c + counts, r | bit, f or kind == FRONT))
            for w, c, r, f in rest
        )
        return frozenset(pair for pair in pairs if pair[0] != pair[1])


def _ends(numbers: Sequence[int]) -> Span:
    return min(numbers), max(numbers)


def _kind(site: str) -> int:
    """Sites of one region that count alike are exchangeable: the region's number, `NOT_COUNTING` or `FRONT`."""
    here = WPI_SITES[site]
    if here.counts:
        return REGIONS.index(here.region)
    return FRONT if site in FRONT_SITES else NOT_COUNTING


KIND = {site: _kind(site) for site in WPI_SITES}


def _signature(painful: frozenset[str], unknown: frozenset[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    hurts, may = [0] * (FRONT + 1), [0] * (FRONT + 1)
    for site in painful:
        hurts[KIND[site]] += 1
    for site in unknown:
        may[KIND[site]] += 1
    return tuple(hurts), tuple(may)


@lru_cache(maxsize=512)
def _states(hurts: tuple[int, ...], may: tuple[int, ...]) -> frozenset[BodyState]:
    """Every (index, counting, regions, front) some completion has, region by region instead of site by site."""
    counted: set[tuple[int, int]] = {(0, 0)}
    for n in range(NOT_COUNTING):
        choices = [(k, 1 << n if k else 0) for k in range(hurts[n], hurts[n] + may[n] + 1)]
        counted = {(count + k, regions | bit) for count, regions in counted for k, bit in choices}
    extra = range(hurts[NOT_COUNTING], hurts[NOT_COUNTING] + may[NOT_COUNTING] + 1)
    front = range(hurts[FRONT], hurts[FRONT] + may[FRONT] + 1)
    return frozenset(
        (count + more + there, count, regions, there > 0)
        for count, regions in counted
        for more in extra
        for there in front
    )


@lru_cache(maxsize=512)
def _fitting(states: frozenset[BodyState], total: Span | None, regions: Span | None) -> frozenset[BodyState]:
    if total is not None:
        states = frozenset(state for state in states if total[0] <= state[0] <= total[1])
    if regions is not None:
        states = frozenset(state for state in states if regions[0] <= state[2].bit_count() <= regions[1])
    return states


@lru_cache(maxsize=512)
def _region_span(states: frozenset[BodyState], axis: int) -> Span:
    """The lowest and highest number of regions, where the front is of the `axis`."""
    return _ends([(regions | (axis if front else 0)).bit_count() for _, _, regions, front in states])


@lru_cache(
    maxsize=512
)  # most records say nothing of where it hurts, and have these thousand states in common
def _told_apart(
    states: frozenset[BodyState], told_apart: Callable[[int, int, int, bool], Hashable]
) -> frozenset[Hashable]:
    """The states as a rule tells them apart."""
    return frozenset(told_apart(*state) for state in states)


NOWHERE_KNOWN = Body(frozenset(), frozenset(WPI_SITES))
KEYS = ("sites", "items", "wpi", "regions")


def read_body(reading: InputReader, given: Mapping[str, object], place: str = "") -> Body:
    """The body from `sites`, `items`, `wpi` and `regions`, each optional; contradictions are problems."""
    under = f"{place}." if place else ""
    before = len(reading.problems)
    wpi: object = given.get("wpi")
    sites, items = given.get("sites"), given.get("items")
    if isinstance(wpi, Mapping) and not {"low", "high"} & set(cast("Mapping[object, object]", wpi)):
        inner = {str(key): held for key, held in cast("Mapping[object, object]", wpi).items()}
        if set(inner) & {"sites", "items", "wpi", "total", "regions"}:
            sites, items = inner.get("sites", sites), inner.get("items", items)
            given = {**given, "regions": inner.get("regions", given.get("regions"))}
            wpi = inner.get("total", inner.get("wpi"))
        else:
            items, wpi = inner, None
    elif isinstance(wpi, list | tuple):
        sites, wpi = cast("object", wpi), None
    listed = None if sites is None else read_sites(reading, f"{under}sites", sites)
    marks = _read_items(reading, f"{under}items", items)
    total = reading.number(f"{under}wpi", cast("object", wpi), WPI_TOTAL)
    regions = reading.number(f"{under}regions", given.get("regions"), REGION_COUNT)
    if len(reading.problems) > before:
        return NOWHERE_KNOWN
    body = _combined(reading, under, listed, marks)
    return _constrained(reading, under, body, total, regions)


def read_sites(reading: InputReader, place: str, sites: object) -> list[str]:
    """The ids of a list of sites; the word `all` stands for every site of the index."""
    if isinstance(sites, str) and sites.lower() == "all":
        return list(WPI_SITES)
    if not isinstance(sites, list | tuple):
        reading.wrong(place, message("answers.not-a-list", value=shown_value(sites)))
        return []
    words: list[str] = []
    for n, site in enumerate(cast("Sequence[object]", sites)):
        if not isinstance(site, str):
            reading.wrong(f"{place}[{n}]", message("answers.not-a-site", value=shown_value(site)))
            continue
        word = "_".join(site.lower().replace("-", " ").split())
        if word in SITES:
            words.append(word)
        else:
            reading.wrong(f"{place}[{n}]", unknown_word(shown_word(site), SITES, message("word.site")))
    return words


def _read_items(reading: InputReader, place: str, items: object) -> dict[str, bool | None] | None:
    if items is None:
        return None
    held = reading.mapping(place, items, message("answers.shape-of-sites"))
    if held is None:
        return None
    reading.unknown_keys(place, held, WPI_SITES, message("word.site"))
    return {site: reading.flag(f"{place}.{site}", held[site]) for site in held if site in WPI_SITES}


def _combined(
    reading: InputReader, under: str, listed: list[str] | None, marks: dict[str, bool | None] | None
) -> Body:
    painful, unknown = frozenset[str](), frozenset(WPI_SITES)
    elsewhere: tuple[str, ...] = ()
    whole_body = False
    if listed is not None:
        marked = {site: wpi_sites_of(site) for site in listed}
        painful = frozenset[str]().union(*marked.values())
        # Somebody who hurts all over has not said that any site is free of pain.
        whole_body = "widespread" in listed
        unknown = unknown - painful if whole_body else frozenset[str]()
        elsewhere = tuple(site for site in marked if not marked[site] and site != "widespread")
    if marks is not None:
        marked_painful = {site for site, hurts in marks.items() if hurts is True}
        marked_free = {site for site, hurts in marks.items() if hurts is False}
        if listed is not None:
            for site in sorted((marked_painful - painful - unknown) | (marked_free & painful)):
                reading.wrong(
                    f"{under}items.{site}", message("answers.contradicts", what=message("answers.the-list"))
                )
            unknown |= {site for site, hurts in marks.items() if hurts is None} - painful
        painful |= marked_painful
        unknown -= marked_painful | marked_free
    return Body(painful, unknown, elsewhere=elsewhere, mentioned=tuple(listed or ()), whole_body=whole_body)


def _constrained(
    reading: InputReader, under: str, body: Body, total: Span | None, regions: Span | None
) -> Body:
    states = _states(*_signature(body.painful, body.unknown))
    told = Body(body.painful, body.unknown, total, regions, body.elsewhere, body.mentioned, body.whole_body)
    if _fitting(states, total, regions):
        # A total that the sites already give adds nothing, and leaves open sites to be asked for one by one.
        return told if body.unknown else body
    fits_total, fits_regions = _fitting(states, total, None), _fitting(states, None, regions)
    if total is not None and not fits_total:
        low, high = _ends([state[0] for state in states])
        reading.wrong(f"{under}wpi", _disagrees(total[0], low, high))
    if regions is not None and not fits_regions:
        low, high = _ends([state[2].bit_count() for state in states])
        reading.wrong(f"{under}regions", _disagrees(regions[0], low, high))
    if fits_total and fits_regions:
        reading.wrong(f"{under}regions", message("answers.no-such-sites"))
    return NOWHERE_KNOWN


def _disagrees(told: float, low: float, high: float) -> Message:
    return message("answers.sites-disagree", told=told, low=low, high=None if low == high else high)


def site_notes(body: Body) -> tuple[Message, ...]:
    """What a reader must be told about sites that did not count."""
    elsewhere = tuple(SITES[site] for site in body.elsewhere)
    return ((message("score.not-counted", sites=elsewhere),) if elsewhere else ()) + whole_body_note(body)


def whole_body_note(body: Body) -> tuple[Message, ...]:
    """That pain of the whole body names no single site; empty where none was told."""
    return (message("score.whole-body"),) if body.whole_body else ()
