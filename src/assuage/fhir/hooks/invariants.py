"""The invariants of the logical models of CDS Hooks, each under its official id: whether an object keeps it.

Each takes an object of the place where it is asked, and answers as FHIRPath does: what is left out breaks nothing by
itself. The texts are ours, in the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

Node = dict[str, Any]

_REFERENCE = re.compile(r"[0-9A-Za-z_]+/[0-9A-Za-z_\-.]+", re.ASCII)
_HOW_MANY_ACTIONS = ("all", "any", "at-most-one")
_OUTCOMES = ("accepted", "overridden")


def _listed(node: Node, key: str) -> list[Node]:
    """The objects of a list; what is none is told of where it stands."""
    value = node.get(key)
    if type(value) is not list:
        return []
    return [cast("Node", each) for each in cast("list[Any]", value) if type(each) is dict]


def cds_r_1(request: Node) -> bool:
    """With an authorization there is a server."""
    return "fhirAuthorization" not in request or bool(request.get("fhirServer"))


def cds_r_2(authorization: Node) -> bool:
    """With a scope of one patient there is that patient."""
    scope = authorization.get("scope")
    return not (type(scope) is str and "patient/" in scope) or bool(authorization.get("patient"))


def cds_resp_1(card: Node) -> bool:
    """Where one suggestion at most may be chosen, one at most is recommended."""
    if card.get("selectionBehavior") != "at-most-one":
        return True
    return sum(each.get("isRecommended") is True for each in _listed(card, "suggestions")) <= 1


def cds_resp_2(action: Node) -> bool:
    """What is deleted is named by its id and does not stand there whole."""
    return action.get("type") != "delete" or ("resourceId" in action and "resource" not in action)


def cds_resp_3(link: Node) -> bool:
    """Only a SMART app is given a context."""
    return link.get("type") == "smart" or "appContext" not in link


def cds_resp_4(card: Node) -> bool:
    """Each reason for an override has words to show."""
    return all(each.get("display") for each in _listed(card, "overrideReasons"))


def cds_resp_5(suggestion: Node) -> bool:
    """Each action says what it does."""
    return all(each.get("description") for each in _listed(suggestion, "actions"))


def cds_resp_6(card: Node) -> bool:
    """Where something is suggested it is said how much of it may be chosen."""
    return not card.get("suggestions") or bool(card.get("selectionBehavior"))


def cds_resp_7(suggestion: Node) -> bool:
    """How many actions of a suggestion may be chosen is one of three words."""
    return suggestion.get("actionSelectionBehavior", "all") in _HOW_MANY_ACTIONS


def ord_1(context: Node) -> bool:
    """Each selection is a type and an id."""
    selections = context.get("selections")
    listed = cast("list[Any]", selections) if type(selections) is list else []
    return all(type(each) is not str or bool(_REFERENCE.fullmatch(each)) for each in listed)


def cds_fb_1(feedback: Node) -> bool:
    """A card was accepted or overridden."""
    return feedback.get("outcome") in _OUTCOMES


def cds_fb_2(feedback: Node) -> bool:
    """What was accepted is named."""
    return feedback.get("outcome") != "accepted" or bool(feedback.get("acceptedSuggestions"))


def cds_fb_3(override: Node) -> bool:
    """An override has a reason, a comment, or both."""
    return "reason" in override or "userComment" in override


# A warning where the models say so, or say SHOULD.
INVARIANTS: dict[str, tuple[Callable[[Node], bool], bool]] = {
    "cds-r-1": (cds_r_1, True),
    "cds-r-2": (cds_r_2, False),
    "cds-resp-1": (cds_resp_1, True),
    "cds-resp-2": (cds_resp_2, False),
    "cds-resp-3": (cds_resp_3, True),
    "cds-resp-4": (cds_resp_4, True),
    "cds-resp-5": (cds_resp_5, True),
    "cds-resp-6": (cds_resp_6, True),
    "cds-resp-7": (cds_resp_7, True),
    "ord-1": (ord_1, True),
    "cds-fb-1": (cds_fb_1, True),
    "cds-fb-2": (cds_fb_2, True),
    "cds-fb-3": (cds_fb_3, True),
}
