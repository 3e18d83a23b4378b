"""The pathways by id, each imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from assuage.catalogue.message import message
from assuage.errors import InputError, unknown_word
from assuage.pathways import library
from assuage.pathways.model import Pathway

_MODULES = {
    module.name.replace("_", "-"): f"{library.__name__}.{module.name}"
    for module in iter_modules(library.__path__)
}
PATHWAY_IDS = tuple(sorted(_MODULES))


def is_shipped(name: str) -> bool:
    """Whether there is a pathway of that id, in the version that the name asks for, if it asks for one."""
    plain, _, version = name.partition("@")
    return plain in _MODULES and version in ("", str(_shipped(plain).version))


def _shipped(plain: str) -> Pathway:
    return import_module(_MODULES[plain]).PATHWAY


def pathway(name: str) -> Pathway:
    """The pathway of that id (`neck-first`, or `neck-first@1` for its version).

    Raises InputError, with the nearest known id, if there is none, or if another version is shipped.
    """
    plain, _, version = name.partition("@")
    if plain not in _MODULES:
        raise InputError(unknown_word(plain, _MODULES, message("word.pathway")))
    shipped = _shipped(plain)
    if version and version != str(shipped.version):
        raise InputError(message("record.other-version", id=plain, shipped=shipped.version, asked=version))
    return shipped
