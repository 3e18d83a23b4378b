"""The patterns of our own code, compiled once on a machine: to compile them anew is a third of a short review.

CPython keeps the code of a module (`.pyc`) and throws away what it made of a regular expression. Here that is kept in
the same way: beside the code, else in the user's cache, in a file named after the interpreter. Where there is no such
file, or it is not whole, or another interpreter compiles otherwise, a pattern is compiled as ever.

Only patterns that stand in our code come here, never one made of a patient's words: they would lie on the disk.
"""

from __future__ import annotations

import importlib
import marshal
import os
import re
import sys
import zlib
from array import array
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

MOST = 8 << 20  # bytes of a file; past that only what the last command used is kept
_HERE = Path(__file__).parent

# A pattern with its flags: all its flags, its code, its groups, their names, and the names by number.
Compiled = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
Patterns = dict[tuple[str, int], Compiled]

_of_this_run: Patterns = {}
_not_kept: set[tuple[str, int]] = set()


def kept_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """This pattern of ours, compiled. Raises re.error for one that cannot be."""
    try:
        all_flags, code, groups, names, by_number = _compiled(text, int(flags))
        return _machine().compile(text, all_flags, array("I", code).tolist(), groups, names, by_number)
    except re.error:
        raise
    except Exception:  # an interpreter that does it otherwise
        return re.compile(text, flags)


def _compiled(text: str, flags: int) -> Compiled:
    key = text, flags
    if key not in _of_this_run:
        kept = _kept().get(key)
        if kept is None:
            _not_kept.add(key)
        _of_this_run[key] = _code(text, flags) if kept is None else kept
    return _of_this_run[key]


def keep_patterns() -> None:
    """Nothing comes back; what this run compiled is found by the next, where a folder can be written to."""
    if not _not_kept or sys.dont_write_bytecode:
        return
    content = marshal.dumps({**_kept(), **_of_this_run})
    if len(content) > MOST:
        content = marshal.dumps(_of_this_run)
    for place in _places():
        with suppress(OSError):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _replace(place, zlib.crc32(content).to_bytes(4, "big") + content)
            _not_kept.clear()
            return


def _replace(place: Path, content: bytes) -> None:
    """The file with this content, all at once: another command may be reading it."""
    import tempfile  # of the commands that need it only the first writes

    number, name = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(name).replace(place)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


@cache
def _kept() -> Mapping[tuple[str, int], Compiled]:
    """What runs before this one compiled; nothing where no whole file is found."""
    for place in _places():
        with suppress(OSError, ValueError, EOFError, TypeError):
            content = place.read_bytes()
            if zlib.crc32(content[4:]).to_bytes(4, "big") == content[:4]:
                return MappingProxyType(cast("Patterns", marshal.loads(content[4:])))
    return MappingProxyType({})


def _places() -> Iterator[Path]:
    """Where the file may lie, the first choice first."""
    name = f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}.kept"
    return (folder / name for folder in folders_of_compiled(_HERE))


def folders_of_compiled(code: Path) -> Iterator[Path]:
    """Where what was compiled of some code may lie, the first choice first: beside it, else in the user's cache."""
    yield code / "__pycache__"
    with suppress(RuntimeError):  # a user without a home
        yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "assuage"


@cache
def _machine() -> Any:
    return importlib.import_module("_sre")


def _code(text: str, flags: int) -> Compiled:
    """What CPython's compiler makes of a pattern, as `re.compile` hands it to the machine that runs it."""
    parser, compiler = (
        cast("Any", importlib.import_module(f"re.{name}")) for name in ("_parser", "_compiler")
    )
    parsed = parser.parse(text, flags)
    state = parsed.state
    names = dict(state.groupdict)
    by_number: list[str | None] = [None] * state.groups
    for name, number in names.items():
        by_number[number] = name
    code = array("I", [int(word) for word in compiler._code(parsed, flags)])
    return int(flags | state.flags), code.tobytes(), state.groups - 1, names, tuple(by_number)
