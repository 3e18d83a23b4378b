"""The texts of the sets of criteria that stand in their reasons and questions, with the keys of their translations."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.catalogue.message import Wording
from assuage.instruments.body import REGION_COUNT, WPI_TOTAL
from assuage.instruments.criteria.aapt_2019 import AAPT_COUNT, AAPT_SITES, aapt_site
from assuage.instruments.criteria.acr_1990 import TENDER_POINTS
from assuage.instruments.criteria.nociplastic import nociplastic_texts
from assuage.instruments.criteria.parts import AGE, MONTHS, SSS_ITEMS, item_name
from assuage.instruments.given import SECTIONS_ANSWERED
from assuage.instruments.model import Item
from assuage.instruments.psqi import HOURS_ASLEEP, MINUTES_TO_SLEEP
from assuage.instruments.response import BASELINE, FOLLOW_UP
from assuage.instruments.severity import SSS_ITEMS_2010, SSS_TOTAL


def asked_beside() -> Iterator[Item]:
    """What is asked in numbers beside the items of questionnaires."""
    yield from (WPI_TOTAL, REGION_COUNT, MONTHS, AGE, AAPT_COUNT, TENDER_POINTS, *SSS_ITEMS_2010, SSS_TOTAL)
    yield from (MINUTES_TO_SLEEP, HOURS_ASLEEP, BASELINE, FOLLOW_UP, SECTIONS_ANSWERED)


def criteria_texts() -> Iterator[Wording]:
    """Every text once: the parts of the nociplastic criteria, the nine sites of the AAPT, the symptoms' names."""
    yield from nociplastic_texts()
    yield from map(aapt_site, AAPT_SITES)
    for item in (*SSS_ITEMS, SSS_TOTAL):
        if item.id != "depression":  # which is asked for in a sentence of its own
            yield item_name(item)
