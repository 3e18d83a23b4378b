"""The XHTML of a narrative: whether it is basic, and whether it says anything. Nothing of it is ever shown by us."""

from __future__ import annotations

from functools import lru_cache
from xml.parsers import expat

_NAMESPACE = "http://www.w3.org/1999/xhtml"
# HTML 4.0, chapters 7 to 11 without forms and scripts, and 15; links and pictures (the text of txt-1).
_NAMES = """
a abbr acronym address area b bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt
em font h1 h2 h3 h4 h5 h6 hr i img ins kbd li map ol p pre q s samp small span strike strong sub sup table tbody
td tfoot th thead tr tt u ul var
"""
_QUALITIES = """
abbr accept-charset accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char
charoff charset cite class clear color colspan compact coords datetime dir face frame height href hreflang
hspace id lang longdesc media name noshade nowrap rel rev rowspan rules scope shape size span src start style
summary tabindex target title type usemap valign value vspace width xml:id xml:lang xml:space
"""
_ELEMENTS = frozenset(_NAMES.split())
_ATTRIBUTES = frozenset(_QUALITIES.split())
_SCRIPTS = ("javascript:", "vbscript:", "data:text")


class _Refused(Exception):
    """What is no basic HTML; it ends the reading."""


@lru_cache(maxsize=1)  # txt-1 and txt-2 ask one after the other
def _read(div: str) -> tuple[bool, bool]:
    """Whether a narrative is basic HTML, and whether it says something."""
    if "<!" in div.replace("<!--", "") or "<?" in div:
        return False, True
    says = False
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, says
        prefix, _, local = name.rpartition(" ")
        if prefix != _NAMESPACE or local not in _ELEMENTS or (depth == 0 and local != "div"):
            raise _Refused
        for key, value in attributes.items():
            bare = key.rpartition(" ")[2]
            if bare not in _ATTRIBUTES and f"xml:{bare}" not in _ATTRIBUTES:
                raise _Refused
            if bare in ("href", "src") and value.strip().lower().startswith(_SCRIPTS):
                raise _Refused
        depth += 1
        says = says or local == "img"

    def text(letters: str) -> None:
        nonlocal says
        says = says or not letters.isspace()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    try:
        parser.Parse(div, True)
    except (_Refused, expat.ExpatError, UnicodeEncodeError):
        return False, True
    return True, says


def is_basic_html(div: str) -> bool:
    """Whether it is one div of basic HTML: no scripts, forms, events, frames, entities but XML's own (txt-1)."""
    return _read(div)[0]


def says_something(div: str) -> bool:
    """Whether there is a letter or a picture in it (txt-2); where it cannot be read, txt-1 says so."""
    return _read(div)[1]
