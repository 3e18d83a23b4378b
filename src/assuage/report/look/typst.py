"""The look of documents made by Typst: the tokens as `#let`, in their light values."""

from __future__ import annotations

from functools import cache

from assuage.report.look.tokens import SANS, SERIF, TOKENS


@cache
def definitions() -> str:
    """A file for `#import "look.typ": *`: `look.stop`, `look.stop-ground` …, and the fonts `sans` and `serif`."""
    colours = "".join(f'  {token.name}: rgb("{token.light}"),\n' for token in TOKENS)
    return f'#let look = (\n{colours})\n#let sans = "{SANS}"\n#let serif = "{SERIF}"\n'
