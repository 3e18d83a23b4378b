"""What commands that take a pathway share: an id, or a Python file that defines PATHWAY."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import message
from assuage.cli.site import SiteDefault
from assuage.errors import InputError

if TYPE_CHECKING:
    from assuage.pathways.model import Pathway
    from assuage.record.entries import Record

A_PATHWAY = "its id, or a .py file that defines PATHWAY"


def pathway_named(name: str) -> Pathway:
    """The pathway of an id, or the PATHWAY of a Python file, which is run. Raises InputError for a file that is none.

    Only for names that were typed: the pathway that a record names is never run (`pathway_for`).
    """
    from assuage.pathways import registry

    if not name.endswith(".py"):
        if Path(name).exists() and name not in registry.PATHWAY_IDS:
            raise InputError(message("option.no-pathway", name=name))
        return registry.pathway(name)
    return _defined_in(name)


def offered(ids: Iterable[str]) -> tuple[str, ...]:
    """The options by which these pathways are chosen, as they are typed."""
    return tuple(f"--pathway {name}" for name in ids)


def pathway_for(record: Record, asked: str | None, day: int | None = None) -> Pathway | None:
    """The pathway that was asked for, else the one the record follows at the end of a day, else that of assuage.toml.

    None where there is none of them.

    `day` None is the record's last. Raises InputError for a pathway in the record that is not shipped.
    """
    from assuage.catalogue.message import message
    from assuage.engine.followed import followed_pathway
    from assuage.errors import Problems
    from assuage.record.timeline import Timeline

    if asked is not None and not isinstance(asked, SiteDefault):
        return pathway_named(asked)
    if day is None:
        day = record.last_day or 0
    try:
        followed = followed_pathway(Timeline(record), day)
    except Problems as unknown:
        raise InputError(message("option.record-names-it", what=unknown.problems[0].message)) from None
    return pathway_named(asked) if followed is None and asked is not None else followed


def _defined_in(name: str) -> Pathway:
    import runpy

    from assuage.catalogue.message import message
    from assuage.errors import AssuageError
    from assuage.pathways.model import Pathway

    if not Path(name).is_file():
        raise InputError(message("file.none", path=name))
    try:
        defined: Any = runpy.run_path(name).get("PATHWAY")
    except AssuageError as error:
        raise InputError(message("file.definition", name=name, what=error)) from None
    except SyntaxError as error:
        raise InputError(message("file.python-line", name=name, line=error.lineno, why=error.msg)) from None
    except Exception as error:
        raise InputError(
            message("file.cannot-be-run", name=name, kind=type(error).__name__, why=str(error))
        ) from None
    if not isinstance(defined, Pathway):
        raise InputError(message("file.no-pathway", name=name))
    return defined
