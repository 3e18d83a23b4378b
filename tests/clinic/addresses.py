"""Every row of the table of addresses, and a path that it answers to."""

from __future__ import annotations

import re
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

_ARGUMENTS = {
    "str": "nothing",
    "uuid": UUID(int=0),
    "int": "1",
    "slug": "nothing",
    "path": "nothing",
}


class Address:
    """One row of the table: its route, its name, what its view says of who may."""

    def __init__(self, route: str, pattern: URLPattern) -> None:
        self.route, self.name, self.pattern = route, pattern.name, pattern
        self.act = getattr(pattern.callback, "act", "unsaid")
        self.is_call = getattr(pattern.callback, "of_programs", False)
        self.is_ours = not pattern.callback.__module__.startswith(("allauth", "django."))

    def path(self, pseudonym: str) -> str:
        """An address of that kind, of one record; every other name in it is of nothing."""
        filled = self.route.replace("<str:pseudonym>", pseudonym)
        filled = re.sub(r"<(\w+):\w+>", lambda m: str(_ARGUMENTS[m[1]]), filled)
        return "/" + re.sub(r"\^|\$|\(\?P<\w+>[^)]*\)|\(\?:[^)]*\)\??", "", filled).replace("\\", "")


def addresses(patterns=None, before: str = "") -> list[Address]:
    """Every row, those of included tables with them."""
    rows = []
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            rows += addresses(each.url_patterns, before + str(each.pattern))
        else:
            rows.append(Address(before + str(each.pattern), each))
    return rows
