"""Scopes of SMART App Launch: whose resources, of which type, to do what; of both versions, read alike.

A scope that is narrowed by a search (`patient/Observation.rs?category=…`) grants nothing here: what is not understood
of a right is no right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Whose = Literal["patient", "user"]
Interaction = Literal["r", "s"]

_SCOPE = re.compile(r"(patient|user)/([A-Z][A-Za-z]{0,63}|\*)\.(?:(read|write|\*)|(c?r?u?d?s?))")
_OLD = {"read": "rs", "write": "cud", "*": "cruds"}


class ResourceScope(Struct, frozen=True):
    """A scope: `patient` or `user`, a type or `*`, and the letters of what may be done (c r u d s)."""

    whose: str
    type: str
    may: str


def resource_scopes(scopes: Iterable[str]) -> tuple[ResourceScope, ...]:
    """The scopes that grant something of resources; all others are left out."""
    read = [_SCOPE.fullmatch(each) for each in scopes]
    return tuple(
        ResourceScope(each[1], each[2], _OLD[each[3]] if each[3] else each[4])
        for each in read
        if each is not None and (each[3] or each[4])
    )


def grants(scopes: Iterable[str], whose: Iterable[Whose], type_: str, interaction: Interaction) -> bool:
    """Whether one of the scopes gives reading or searching of a type, of one patient or of all that a user may see."""
    named = frozenset(whose)
    return any(
        each.whose in named and each.type in ("*", type_) and interaction in each.may
        for each in resource_scopes(scopes)
    )
