"""`assuage.toml`: what holds at a site where the command line says nothing. It chooses words, never loosens a rule.

It is looked for in the working folder and in those above, up to the home folder or the root; the nearest counts alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from assuage.catalogue.languages import LANGUAGES
from assuage.cli.parsing import meant
from assuage.errors import InputError

NAME = "assuage.toml"
_MOST_BYTES = 100_000


class SiteDefault(str):
    """A value of assuage.toml, which stands behind what a record says of itself as behind what is typed."""


class Key(Struct, frozen=True):
    """A key of the file: what it says, which words it takes (a sentence), and whether a value is one of them."""

    says: str
    takes: str
    accepts: Callable[[str], bool]
    otherwise: str


def _shipped(value: str) -> bool:
    from assuage.pathways.registry import PATHWAY_IDS

    return value.partition("@")[0] in PATHWAY_IDS


KEYS: dict[str, Key] = {
    "language": Key("the language of what is printed", " or ".join(LANGUAGES), LANGUAGES.__contains__, "en"),
    "country": Key(
        "whose labels count where they differ",
        "two letters, such as LT",
        lambda value: re.fullmatch(r"[A-Za-z]{2}", value) is not None,
        "the strictest",
    ),
    "look": Key(
        "how a timeline is drawn",
        "wide or phone",
        frozenset({"wide", "phone"}).__contains__,
        "wide",
    ),
    # A file that lies in a folder must not run code: a .py file is named on the command line only.
    "pathway": Key(
        "the pathway of records that name none",
        "the id of a shipped pathway, such as neck-first (a .py file is named with --pathway only)",
        _shipped,
        "none",
    ),
}


# What only a person may say, each time anew: a file that lies in a folder answers for nothing.
_TYPED_ONLY = {
    "unsigned": "whoever hands out a card that nobody has checked says so each time: card --unsigned"
}


class SiteSettings(Struct, frozen=True):
    """What a file says, and which file it is; None where there is none."""

    path: Path | None
    values: Mapping[str, SiteDefault]


def site_of(start: Path | None = None) -> SiteSettings:
    """What the nearest file says. InputError for a file that cannot be used, with its line and what to write."""
    path = _nearest(Path.cwd() if start is None else start)
    return SiteSettings(None, {}) if path is None else SiteSettings(path, _read(path))


def _plainly(value: object) -> str:
    """A value that is no text, as the file has it where that is short."""
    return str(value).lower()[:40] if isinstance(value, (bool, int, float)) else "not a text in quotes"


def _nearest(start: Path) -> Path | None:
    home = Path.home()
    for folder in (start, *start.parents):
        path = folder / NAME
        # A loop of links or a folder of that name is told when it is read; it is never as if nothing had been set.
        if path.is_symlink() or path.exists():
            return path
        if folder == home:
            return None
    return None


def _read(path: Path) -> dict[str, SiteDefault]:
    import tomllib

    from assuage.record.document import decoded, read_bytes

    # A pipe of that name would wait for whoever writes into it.
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise InputError(f"{path} is no file; settings are read from a file alone")
    raw = read_bytes(path, _MOST_BYTES)
    if len(raw) > _MOST_BYTES:
        raise InputError(f"{path} is too large for a file of settings; it has a few lines")
    text = decoded(raw, str(path))
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f'{path}: {error}; write lines such as country = "LT"') from None
    values: dict[str, SiteDefault] = {}
    wrong: list[str] = []
    for name, value in written.items():
        at = f"{path}, line {_line_of(name, text)}"
        if name in _TYPED_ONLY:
            wrong.append(f"{at}: {name} is no key; {_TYPED_ONLY[name]}")
        elif name not in KEYS:
            near = meant(name, KEYS)
            wrong.append(
                f"{at}: no key {name}; "
                + (
                    f"did you mean {near}?"
                    if near
                    else f"there are {', '.join(KEYS)}; nothing else is set there"
                )
            )
        elif not isinstance(value, str) or not KEYS[name].accepts(value):
            shown = f'"{value[:40]}"' if isinstance(value, str) else _plainly(value)
            wrong.append(f"{at}: {name} is {shown}; write {KEYS[name].takes}")
        else:
            values[name] = SiteDefault(value)
    if wrong:
        raise InputError("\n".join(wrong))
    return values


def _line_of(name: str, text: str) -> int:
    """The line on which a key or table stands, counted from 1."""
    pattern = re.compile(rf'\s*\[*\s*["\']?{re.escape(name)}["\']?\s*[=.\]]')
    return next((at for at, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)
