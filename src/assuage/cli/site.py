"""`assuage.toml`: what holds at a site where the command line says nothing. It chooses words, never loosens a rule.

It is looked for in the working folder and in those above, up to the home folder or the root; the nearest counts alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.message import Message, message
from assuage.cli.parsing import meant
from assuage.errors import InputError

NAME = "assuage.toml"
_MOST_BYTES = 100_000


class SiteDefault(str):
    """A value of assuage.toml, which stands behind what a record says of itself as behind what is typed."""


class Key(Struct, frozen=True):
    """A key of the file: whether a value is one that it takes, and what holds where it is not set.

    What it says and which words it takes are sentences of the catalogue: `site.language`, `site.language-takes`.
    """

    accepts: Callable[[str], bool]
    otherwise: Message


def _shipped(value: str) -> bool:
    from assuage.pathways.registry import PATHWAY_IDS

    return value.partition("@")[0] in PATHWAY_IDS


KEYS: dict[str, Key] = {
    "language": Key(LANGUAGES.__contains__, message("site.language-otherwise")),
    "country": Key(
        lambda value: re.fullmatch(r"[A-Za-z]{2}", value) is not None, message("site.country-otherwise")
    ),
    "look": Key(frozenset({"wide", "phone"}).__contains__, message("site.look-otherwise")),
    # A file that lies in a folder must not run code: a .py file is named on the command line only.
    "pathway": Key(_shipped, message("site.pathway-otherwise")),
}


# What only a person may say, each time anew: a file that lies in a folder answers for nothing.
TYPED_ONLY = ("unsigned",)


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
        raise InputError(message("site.no-file", path=path))
    raw = read_bytes(path, _MOST_BYTES)
    if len(raw) > _MOST_BYTES:
        raise InputError(message("site.too-large", path=path))
    text = decoded(raw, str(path))
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(message("site.not-toml", path=path, why=error)) from None
    values: dict[str, SiteDefault] = {}
    wrong: list[Message] = []
    for name, value in written.items():
        at: dict[str, object] = {"path": path, "line": _line_of(name, text), "key": name}
        if name in TYPED_ONLY:
            wrong.append(message("site.typed-only", **at, why=message(f"site.only-{name}")))
        elif name not in KEYS:
            near = meant(name, KEYS)
            wrong.append(message("site.no-key", **at, near=near, known=None if near else tuple(KEYS)))
        elif not isinstance(value, str) or not KEYS[name].accepts(value):
            shown = f'"{value[:40]}"' if isinstance(value, str) else _plainly(value)
            wrong.append(message("site.no-value", **at, value=shown, takes=message(f"site.{name}-takes")))
        else:
            values[name] = SiteDefault(value)
    if wrong:
        raise InputError(message("problem.lines", what=tuple(wrong)))
    return values


def _line_of(name: str, text: str) -> int:
    """The line on which a key or table stands, counted from 1."""
    pattern = re.compile(rf'\s*\[*\s*["\']?{re.escape(name)}["\']?\s*[=.\]]')
    return next((at for at, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)
