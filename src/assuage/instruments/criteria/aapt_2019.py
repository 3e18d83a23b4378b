"""The AAPT criteria of 2019: nine sites of their own, and sleep or fatigue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from assuage.catalogue.message import Wording, message
from assuage.errors import unknown_word
from assuage.instruments.completions import Input, any_flag, at_least, flag, one_of
from assuage.instruments.criteria.parts import COMMON, concluded, months_message, part, read_months, same
from assuage.instruments.model import Criteria, Item
from assuage.instruments.reading import InputReader, Span, shown_value, shown_word
from assuage.instruments.result import Scored, Value, between_message, interval
from assuage.instruments.severity import SSS_ITEMS
from assuage.instruments.sources import sources_named
from assuage.terms.sites import SITES

AAPT_SITES: tuple[str, ...] = (
    "head",
    "left_arm",
    "right_arm",
    "chest",
    "abdomen",
    "upper_back_and_spine",
    "lower_back_and_spine_incl_buttocks",
    "left_leg",
    "right_leg",
)

AAPT_2019 = Criteria(
    "aapt_2019",
    "Fibromyalgia, AAPT 2019",
    "at least 6 of 9 sites, and moderate to severe sleep problems or fatigue, both for at least 3 months",
    {
        "sites": "pain in at least 6 of 9 sites",
        "sleep_or_fatigue": "moderate to severe sleep problems or fatigue",
        "duration": "both for at least 3 months",
    },
    {
        "sites": "all painful sites, of the nine or of the body map; or how many of the nine",
        "sleep_moderate_severe": "true, false or null",
        "fatigue_moderate_severe": "true, false or null",
        "waking_unrefreshed": "0 to 3, in place of sleep_moderate_severe",
        "fatigue": "0 to 3, in place of fatigue_moderate_severe",
        "months": "for how many months",
    },
    sources_named("arnold2019", "examine_aapt"),
    notes=(
        "A symptom severity item of 2 or more is read as moderate to severe: our choice, no publication.",
        "Sites of the body map are assigned to the nine sites by us: our choice, no publication.",
        "Other pain disorders do not exclude it (from memory: check against a current text).",
    ),
    from_record=("sites", "burden", "months"),
)

AAPT_COUNT = Item("sites", 0, 9, "the number of AAPT sites")
_FLAGS = ("sleep_moderate_severe", "fatigue_moderate_severe")
_EITHER = "sleep_or_fatigue_mod_severe"
_SSS = {item.id: item for item in SSS_ITEMS if item.id in ("waking_unrefreshed", "fatigue")}

# Where a place of the body map belongs among the nine. A place without a side stands for both.
_HEAD = ("head", "forehead", "temple", "occiput", "face", "jaw")
_ARM = ("shoulder_girdle", "trapezius", "upper_arm", "elbow", "lower_arm", "wrist", "hand")
_LEG = ("upper_leg", "knee", "lower_leg", "ankle", "foot")
_TRUNK = {
    "chest": ("chest", "breastbone"),
    "abdomen": ("abdomen", "costal_arch", "lower_abdomen"),
    "upper_back_and_spine": ("neck", "upper_back", "interscapular", "shoulder_blade"),
    # The index's hip is buttock and trochanter, and the AAPT counts buttocks with the lower back.
    "lower_back_and_spine_incl_buttocks": ("lower_back", "sacrum", "hip", "buttock"),
}


def _belongs_to(site: str) -> tuple[str, ...]:
    stem, _, side = site.rpartition("_")
    if side not in ("left", "right"):
        stem, side = site, ""
    if stem in _HEAD:
        return ("head",)
    for limb, stems in (("arm", _ARM), ("leg", _LEG)):
        if stem in stems:
            return (f"{side}_{limb}",) if side else (f"left_{limb}", f"right_{limb}")
    return tuple(aapt for aapt, stems in _TRUNK.items() if stem in stems)


AAPT_OF: dict[str, tuple[str, ...]] = {site: _belongs_to(site) for site in SITES}


def aapt_site(site: str) -> Wording:
    """One of the nine sites, with the key of its translations."""
    return Wording(f"aapt.{site}", site.replace("_", " "))


def _meets(many: bool, burden: bool, lasting: bool) -> bool:
    return many and burden and lasting


def decide_aapt_2019(given: dict[str, object], reading: InputReader) -> Scored:
    """The answer, from sites of either body map or their number, and sleep or fatigue."""
    keys = (*COMMON, "sites", "items", *_FLAGS, _EITHER, *_SSS)
    reading.unknown_keys("", given, keys, message("word.field-in", of="aapt_2019"))
    many, count, recorded = _sites(given, reading)
    burden, months = _burden(given, reading), read_months(reading, given)
    lasting, text = at_least("months", months, 3), AAPT_2019.parts
    shown_value: Value = interval(*count) if recorded else None
    sites = message("criteria.sites-of-nine", count=between_message(*count))
    return concluded(
        AAPT_2019,
        _meets,
        (many, burden, lasting),
        {
            "sites": part(text["sites"], same, many, sites=shown_value),
            "sleep_or_fatigue": part(text["sleep_or_fatigue"], same, burden),
            "duration": part(
                text["duration"], same, lasting, months=None if months is None else interval(*months)
            ),
        },
        met=(sites, message("criteria.sleep-or-fatigue"), months_message(months)),
        failing={
            "sites": message("criteria.fewer", what=sites, than=6),
            "sleep_or_fatigue": message("criteria.neither-sleep-nor-fatigue"),
            "duration": message("criteria.less", what=months_message(months), than=3),
        },
        asks={
            "sleep_moderate_severe": message("asks.sleep"),
            "fatigue_moderate_severe": message("asks.fatigue"),
            **{site: message("asks.region", region=aapt_site(site)) for site in AAPT_SITES},
        },
        values={"sites": shown_value, "months": None if months is None else interval(*months)},
    )


def _sites(given: dict[str, object], reading: InputReader) -> tuple[Input, Span, bool]:
    held, items = given.get("sites"), given.get("items")
    if held is None and items is None:
        return one_of("sites", (True, False)), (0, 9), False
    if held is not None and not isinstance(held, list | tuple) and held not in ("all", "ALL"):
        span = reading.number("sites", held, AAPT_COUNT)
        return at_least("sites", span, 6), span or (0, 9), span is not None
    painful, unknown = set[str](), set[str]()
    if held is not None:
        listed = AAPT_SITES if isinstance(held, str) else cast("Sequence[object]", held)
        painful, unknown = _listed(listed, reading)
    else:
        unknown = set(AAPT_SITES)
    marks = {} if items is None else reading.mapping("items", items, "{head: 1, chest: null}") or {}
    reading.unknown_keys("items", marks, AAPT_SITES, message("word.site"))
    for site in (site for site in AAPT_SITES if site in marks):
        hurts = reading.flag(f"items.{site}", marks[site])
        if held is not None and hurts is not None and hurts != (site in painful) and site not in unknown:
            reading.wrong(f"items.{site}", message("answers.contradicts", what=message("answers.the-list")))
        painful, unknown = painful - {site}, unknown - {site}
        if hurts is not False:
            (unknown if hurts is None else painful).add(site)
    low, high = len(painful), len(painful) + len(unknown)
    if low >= 6 or high < 6:
        return flag("sites", low >= 6), (low, high), True
    # One more site decides where the others can leave it at five: always, as none is known to be the last.
    moves = {site: frozenset({(False, True)}) for site in AAPT_SITES if site in unknown}
    return Input(frozenset({True, False}), moves), (low, high), True


def _listed(listed: Sequence[object], reading: InputReader) -> tuple[set[str], set[str]]:
    painful, whole_body = set[str](), False
    for n, site in enumerate(listed):
        if not isinstance(site, str):
            reading.wrong(f"sites[{n}]", message("answers.not-a-site", value=shown_value(site)))
            continue
        word = "_".join(site.lower().replace("-", " ").split())
        if word in AAPT_SITES:
            painful.add(word)
        elif word in AAPT_OF:
            painful.update(AAPT_OF[word])
            whole_body = whole_body or word == "widespread"
        else:
            reading.wrong(
                f"sites[{n}]", unknown_word(shown_word(site), [*AAPT_SITES, *SITES], message("word.site"))
            )
    return painful, set(AAPT_SITES) - painful if whole_body else set[str]()


def _burden(given: dict[str, object], reading: InputReader) -> Input:
    either = reading.flag(_EITHER, given.get(_EITHER))
    held = {name: reading.flag(name, given.get(name)) for name in _FLAGS}
    for name, item in zip(_FLAGS, _SSS_OF, strict=True):
        span = reading.number(item, given.get(item), _SSS[item])
        reached = None if span is None or (span[0] >= 2) != (span[1] >= 2) else span[0] >= 2
        if held[name] is not None and reached is not None and held[name] != reached:
            reading.wrong(name, message("answers.contradicts", what=item))
        held[name] = reached if held[name] is None else held[name]
    reading.either(_EITHER, either, held)
    return any_flag(held) if either is None else flag(_EITHER, either)


_SSS_OF = ("waking_unrefreshed", "fatigue")
