"""The compiler as the type checker can follow it, which ships no types of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from enum import EnumType
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba  # pyright: ignore[reportMissingTypeStubs]
import numpy as np
from llvmlite.binding import get_host_cpu_name  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from assuage.patterns import folders_of_compiled

if TYPE_CHECKING:

    class FunctionCache:
        """The compiler's own cache, as far as it is used here."""

        _py_func: Callable[..., Any]

        def __init__(self, py_func: Callable[..., Any]) -> None: ...
        def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]: ...
else:
    from numba.core.caching import FunctionCache

Function = TypeVar("Function", bound=Callable[..., Any])

# A whole number of the array library. A bare 0 is a kind of its own to the compiler, and what is called with it
# would be compiled twice.
long: Any = np.int64


_HERE = Path(__file__).parent


def kernel(function: Function) -> Function:
    """The function compiled when it is first called; kept on disk, so that a machine compiles it once."""
    return compiled_beside(_HERE, nogil=True, error_model="numpy", no_cfunc_wrapper=True)(function)


def kernel_without_memory(function: Function) -> Function:
    """`kernel` for a function that makes no array: nobody counts who uses those that it is given.

    The compiler counts that at every call and every way out, which takes longer than all else in a function that looks
    at a few bytes.
    """
    settings = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": False}
    return compiled_beside(_HERE, **settings)(function)


def compiled_beside(folder: Path, **settings: Any) -> Callable[[Function], Function]:
    """The compiler for the kernels of a folder, which it keeps on disk where any folder can be written to."""

    def decorate(function: Function) -> Function:
        compiled: Any = cast("Any", numba).njit(**settings)(function)
        kept = _kept_in(folder)
        if kept is None:
            return cast("Function", compiled)
        config = cast("Any", numba).config
        before = config.CACHE_DIR
        config.CACHE_DIR = kept  # read when the cache is made, and by nobody else meanwhile
        try:
            compiled._cache = _KernelCache(function)
            return cast("Function", compiled)
        finally:
            config.CACHE_DIR = before

    return decorate


class _KernelCache(FunctionCache):
    """Compiled kernels on disk, by all that is compiled into them.

    The compiler writes the numbers that a kernel takes from outside itself (how many substances there are, how many
    days a flare counts) into the code as they are, and its own cache knows a kernel by the text alone: with a
    substance more, an old kernel would go on with the old number.
    """

    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        digest = hashlib.sha256(repr(constants_of(self._py_func)).encode()).hexdigest()
        return (*super()._index_key(sig, codegen), digest)


_COMPILED_IN = (bool, int, float, complex, str, bytes, tuple)


def constants_of(function: Callable[..., Any]) -> list[tuple[str, str]]:
    """The numbers and arrays that a kernel, and every kernel that it calls, takes from outside, by name.

    Looked up when it is asked, which is after all modules have been loaded.
    """
    constants: dict[str, str] = {}
    waiting, seen = [function], {function}
    while waiting:
        current = waiting.pop()
        for code in _codes(current.__code__):
            for name, value in _named(code.co_names, current.__globals__):
                inner = getattr(value, "py_func", None)
                if inner is not None and inner not in seen:
                    seen.add(inner)
                    waiting.append(inner)
                elif isinstance(value, EnumType):
                    constants[f"{current.__module__}.{name}"] = repr([*cast("Any", value)])
                elif type(value) is np.ndarray:
                    constants[f"{current.__module__}.{name}"] = f"{value.dtype} {value.tolist()}"
                elif type(value) in _COMPILED_IN or issubclass(type(value), np.generic):
                    constants[f"{current.__module__}.{name}"] = repr(value)
    return sorted(constants.items())


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _named(names: Sequence[str], here: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What these names stand for, and each of them in the modules among them: `codes` and `codes.YES`."""
    for name in names:
        value = here.get(name)
        yield name, value
        if isinstance(value, ModuleType):
            yield from ((f"{name}.{inner}", getattr(value, inner, None)) for inner in names)


def kernels_compiled() -> bool:
    """Whether the kernels of this version were compiled before, all of them, for a processor of this kind."""
    compiled = _compiled_mark()
    return compiled is not None and compiled.exists()


@contextmanager
def compiled_once() -> Generator[bool]:
    """Whether the kernels are to be compiled now, and kept; who asks meanwhile waits until that is done.

    Never where no folder can be written to: there each process compiles what it calls.
    """
    compiled = _compiled_mark()
    if compiled is None or compiled.exists():
        yield False
        return
    compiled.parent.mkdir(parents=True, exist_ok=True)
    with _locked(compiled.with_suffix(".lock")):
        missing = not compiled.exists()
        yield missing
        if missing:
            compiled.touch()


@contextmanager
def _locked(path: Path) -> Generator[None]:
    try:
        import fcntl
    except ImportError:  # a system without such locks: two that start together both compile
        yield
        return
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _compiled_mark() -> Path | None:
    """The file that says that all was compiled; of each compiler and kind of processor, which share nothing."""
    kept = _kept_in(_HERE)
    processor = cast("Any", get_host_cpu_name)()
    return None if kept is None else Path(kept) / f"whole-{cast('Any', numba).__version__}-{processor}.mark"


@cache
def _kept_in(here: Path) -> str | None:
    """The folder of compiled kernels, named after all that a folder says; None where none can be written to.

    The compiler looks only at the file of the function it loads. A change in a kernel that it calls would go
    unnoticed, and an old answer would come out of a new program.
    """
    digest = hashlib.sha256()
    for file in sorted(here.rglob("*.py")):
        digest.update(file.read_bytes())
    name = f"kernels-{here.name}-{digest.hexdigest()[:16]}"
    base = next((place for place in _places(here) if _can_be_written(place)), None)
    if base is None:
        return None
    for old in base.glob(f"kernels-{here.name}-*"):
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)
    return str(base / name)


def _places(here: Path) -> Iterator[Path]:
    """Where compiled kernels may lie, the first choice first: beside the code, else in a folder of this user."""
    beside, *others = folders_of_compiled(here)
    yield Path(os.environ.get("NUMBA_CACHE_DIR") or beside)
    yield from others
    if hasattr(os, "getuid"):
        with suppress(OSError):  # nowhere for what is temporary
            shared = Path(tempfile.gettempdir()) / f"assuage-{os.getuid()}"
            if _can_be_written(shared) and _is_of_this_user_alone(shared):
                yield shared


def _can_be_written(folder: Path) -> bool:
    """Whether a folder, which is made where it is missing, can be written to."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _is_of_this_user_alone(folder: Path) -> bool:
    """Whether nobody else could have put code into a folder that lies among those of others."""
    state = folder.lstat()
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & 0o077


@kernel
def place(number: int) -> int:
    """A number that is never below zero, as a place: of others the compiler asks at each use whether it counts from
    the end, which costs as much as the use.
    """
    return np.uint64(number)  # pyright: ignore[reportReturnType]  # a number to the compiler


@kernel
def mix(seed: int, word: int) -> int:
    """The next state of a 64-bit hash. Two of a million distinct entries meet once in ten million cohorts.

    The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every bit of a word moves every bit of the state.
    """
    x = np.uint64(seed) ^ (np.uint64(word) + np.uint64(0x9E3779B97F4A7C15))
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64(x ^ (x >> np.uint64(31)))  # pyright: ignore[reportReturnType]  # a number to the compiler
