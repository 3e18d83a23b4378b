"""The compiler as the type checker can follow it, which ships no types of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast

import numba  # pyright: ignore[reportMissingTypeStubs]
import numpy as np

Function = TypeVar("Function", bound=Callable[..., Any])

# Arrays by the kind of their elements. Names for the reader: what an element is, the stubs of the array library
# leave open (a number or an array), and the compiler checks it in every kernel.
Bytes: TypeAlias = Any  # uint8
Ints: TypeAlias = Any  # int32
Longs: TypeAlias = Any  # int64
Floats: TypeAlias = Any  # float64

# A whole number of the array library. A bare 0 is a kind of its own to the compiler, and what is called with it
# would be compiled twice.
long: Any = np.int64


_HERE = Path(__file__).parent


def kernel(function: Function) -> Function:
    """The function compiled when it is first called; kept on disk, so that a machine compiles it once."""
    return compiled_beside(_HERE, nogil=True, error_model="numpy", no_cfunc_wrapper=True)(function)


def compiled_beside(folder: Path, **settings: Any) -> Callable[[Function], Function]:
    """The compiler for the kernels of a folder, which it keeps on disk."""

    def decorate(function: Function) -> Function:
        config = cast("Any", numba).config
        before = config.CACHE_DIR
        config.CACHE_DIR = _kept_in(
            folder
        )  # read when the function is decorated, and by nobody else meanwhile
        try:
            return cast("Function", cast("Any", numba).njit(cache=True, **settings)(function))
        finally:
            config.CACHE_DIR = before

    return decorate


def compiled() -> bool:
    """Whether the kernels of this version were compiled on this machine before."""
    return any(Path(_kept_in(_HERE)).rglob("*.nbi"))


@cache
def _kept_in(here: Path) -> str:
    """The folder of compiled kernels, named after all that a folder says.

    The compiler looks only at the file of the function it loads. A change in a kernel that it calls would go
    unnoticed, and an old answer would come out of a new program.
    """
    said = hashlib.sha256()
    for file in sorted(here.rglob("*.py")):
        said.update(file.read_bytes())
    name = f"kernels-{here.name}-{said.hexdigest()[:16]}"
    given = os.environ.get("NUMBA_CACHE_DIR")
    beside = here / "__pycache__"
    if given:
        base = Path(given)
    elif os.access(beside if beside.exists() else here, os.W_OK):
        base = beside
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "assuage"
    for old in base.glob(f"kernels-{here.name}-*"):
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)
    return str(base / name)


@kernel
def place(number: int) -> Any:
    """A number that is never below zero, as a place: of others the compiler asks at each use whether it counts from
    the end, which costs as much as the use.
    """
    return np.uint64(number)
