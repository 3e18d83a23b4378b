"""The texts of the sets of criteria that stand in their reasons and questions, with the keys of their translations."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.catalogue.message import Wording
from assuage.instruments.criteria.aapt_2019 import AAPT_SITES, aapt_site
from assuage.instruments.criteria.nociplastic import nociplastic_texts
from assuage.instruments.criteria.parts import SSS_ITEMS, item_name
from assuage.instruments.severity import SSS_TOTAL


def criteria_texts() -> Iterator[Wording]:
    """Every text once: the parts of the nociplastic criteria, the nine sites of the AAPT, the symptoms' names."""
    yield from nociplastic_texts()
    yield from map(aapt_site, AAPT_SITES)
    for item in (*SSS_ITEMS, SSS_TOTAL):
        if item.id != "depression":  # which is asked for in a sentence of its own
            yield item_name(item)
