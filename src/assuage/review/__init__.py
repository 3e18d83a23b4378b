"""The waist: what every folder before it decides becomes one review, and every folder after it shows one."""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from assuage.pathways.model import Pathway
from assuage.record.entries import Record
from assuage.review.model import Review as Review
from assuage.safety.check import ANYWHERE
from assuage.safety.situation import Settings

if TYPE_CHECKING:
    from assuage.review.make import review as review
else:

    def __getattr__(name: str) -> Any:
        """`review`, loaded when it is asked for: the modules of this folder need no whole review."""
        if name != "review":
            raise AttributeError(f"module 'assuage.review' has no attribute {name!r}", name=name)
        from assuage.review.make import review

        return review


class _Called(ModuleType):
    """This package, when it is called as `assuage.review(record, pathway, on)`."""

    def __call__(
        self,
        record: Record,
        pathway: Pathway | str | None = None,
        on: int | None = None,
        settings: Settings = ANYWHERE,
        *,
        effects: bool = True,
        slow_waves: bool = False,
    ) -> Review:
        from assuage.review.make import review

        return review(record, pathway, on, settings, effects=effects, slow_waves=slow_waves)


sys.modules[__name__].__class__ = _Called
