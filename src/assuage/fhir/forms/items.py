"""The items of a form: what each asks, and the entry that its answer makes. An item is known by its address alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, cast, get_args

from msgspec import Struct

from assuage.catalogue.message import Message, Wording, message
from assuage.fhir.codes import json_number
from assuage.record.decided_entries import FlagState
from assuage.record.kinds import scales, whole_scales
from assuage.review.baseline import ANSWERED_BY, Asked, FormQuestion
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.scales import Scale
from assuage.terms.sites import SITES

Plain = dict[str, Any]
ItemKind = FormQuestion | Literal["flag", "score"]
Title = Message | Wording | str

ITEM_KINDS: tuple[ItemKind, ...] = (
    "consent",
    "medication",
    "flag",
    "symptom",
    "measurement",
    "finding",
    "score",
)
# The system of our codes in which the answers of each kind stand.
STATES_IN: dict[ItemKind, str] = {
    **dict.fromkeys(("finding", "measurement", "medication"), "finding-state"),
    "symptom": "symptom-state",
    "consent": "consent-state",
    "flag": "flag-state",
}


class FormItem(Struct, frozen=True):
    """One question: the kind of entry that answers it, what of, where on the body, and how it is asked."""

    kind: ItemKind
    what: str
    title: Title = ""
    site: str | None = None

    @property
    def link(self) -> str:
        """Its address, which says all that reading its answer needs."""
        return f"{self.kind}:{self.what}{f'@{self.site}' if self.site else ''}"

    @property
    def states(self) -> tuple[str, ...]:
        """What may be answered; empty where it is a number."""
        if self.kind == "score":
            return ()
        return get_args(FlagState) if self.kind == "flag" else ANSWERED_BY[self.kind].states

    @property
    def scale(self) -> Scale | None:
        """The scale of a number; None for what is no number."""
        return scales()[self.what] if self.kind == "score" else None

    @property
    def is_whole(self) -> bool:
        """Whether the number can only be a whole one."""
        return self.what in whole_scales()

    def entry(self, state: str | float) -> Plain:
        """The entry of an answer, as a document has it, but for its day."""
        if self.kind == "score":
            sites = {"sites": [self.site]} if self.site else {}
            return {"kind": "score", "scale": self.what, "value": json_number(cast("float", state)), **sites}
        if self.kind == "flag":
            return {"kind": "red_flag_check", "flags": {self.what: state}}
        return dict(ANSWERED_BY[self.kind].entry(self.what, str(state)))


def item_of_link(link: str) -> FormItem | None:
    """The item of an address; None where it is none of ours."""
    kind, _, rest = link.partition(":")
    what, _, site = rest.partition("@")
    if kind not in ITEM_KINDS or not what:
        return None
    if kind == "flag" and what not in RED_FLAGS:
        return None
    if kind == "score" and (what not in scales() or (site and site not in SITES)):
        return None
    if kind == "score":
        return score_item(scales()[what], site or None)
    return None if site else FormItem(cast("ItemKind", kind), what)


def asked_item(kind: Asked | FormQuestion, what: str, title: Title) -> FormItem:
    """The item of a question of the baseline form."""
    return FormItem(kind, what, title)


def flag_item(flag: str) -> FormItem:
    """The item that asks for one red flag."""
    return FormItem("flag", flag, RED_FLAGS[flag].wording)


def score_item(scale: Scale, site: str | None = None) -> FormItem:
    """The item that asks for a number on a scale, of the patient as a whole or at one place."""
    if site is None:
        return FormItem("score", scale.code, scale.wording)
    return FormItem("score", scale.code, message("form.at-site", scale=scale, site=SITES[site]), site)


def each_once(items: Iterable[FormItem]) -> tuple[FormItem, ...]:
    """Each question once, those of one kind together."""
    once = {each.link: each for each in items}
    return tuple(sorted(once.values(), key=lambda each: ITEM_KINDS.index(each.kind)))
