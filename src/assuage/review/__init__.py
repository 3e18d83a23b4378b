"""The waist: what every folder before it decides becomes one review, and every folder after it shows one."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assuage.pathways.model import Pathway
    from assuage.record.entries import Record
    from assuage.review.make import review as review
    from assuage.review.model import Review as Review
    from assuage.safety.situation import Settings


def __getattr__(name: str) -> Any:
    """`review` and `Review`, loaded when they are asked for: the modules of this folder need no whole review."""
    if name == "review":
        from assuage.review.make import review

        return review
    if name == "Review":
        from assuage.review.model import Review

        return Review
    raise AttributeError(f"module 'assuage.review' has no attribute '{name}'")


class _Called(ModuleType):
    """This package, when it is called as `assuage.review(record, pathway, on)`."""

    def __call__(
        self,
        record: Record,
        pathway: Pathway | str | None = None,
        on: int | None = None,
        settings: Settings | None = None,
        *,
        effects: bool = True,
        slow_waves: bool = False,
    ) -> Review:
        from assuage.review.make import review
        from assuage.safety.check import ANYWHERE

        where = ANYWHERE if settings is None else settings
        return review(record, pathway, on, where, effects=effects, slow_waves=slow_waves)


sys.modules[__name__].__class__ = _Called
