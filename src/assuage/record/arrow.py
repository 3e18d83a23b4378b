"""The library that reads Parquet, as the type checker can follow it: it ships no complete types."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from assuage.catalogue.message import message
from assuage.errors import InputError


@cache
def arrow() -> Any:
    """The Arrow library, with its Parquet reader and compute functions attached; InputError where it is not there."""
    try:
        for part in ("pyarrow.compute", "pyarrow.parquet"):
            import_module(part)
    except ImportError:
        raise InputError(message("extra.table")) from None
    library = import_module("pyarrow")
    # Arrow's usual allocator gives the memory of a batch back, to ask for it anew for the next; this one keeps it.
    if "jemalloc" in library.supported_memory_backends():
        library.set_memory_pool(library.jemalloc_memory_pool())
    return library
