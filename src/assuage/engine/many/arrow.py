"""The table library as the type checker can follow it: it ships no complete types."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


@cache
def arrow() -> Any:
    """The Arrow library, with its Parquet reader and compute functions attached."""
    for part in ("pyarrow.compute", "pyarrow.parquet"):
        import_module(part)
    library = import_module("pyarrow")
    # Arrow's usual allocator gives the memory of a batch back, to ask for it anew for the next; this one keeps it.
    if "jemalloc" in library.supported_memory_backends():
        library.set_memory_pool(library.jemalloc_memory_pool())
    return library
