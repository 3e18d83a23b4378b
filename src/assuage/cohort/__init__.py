"""A table of patients in, a folder of reviews out: written down, summed up and compared."""

import sys
from concurrent.futures import Executor
from pathlib import Path
from types import ModuleType

from assuage.cohort.run import Progress
from assuage.cohort.run import RunCounts as RunCounts
from assuage.cohort.run import review_cohort as review_cohort
from assuage.cohort.update import update_cohort as update_cohort
from assuage.pathways.model import Pathway


class _Called(ModuleType):
    """This package, when it is called as `assuage.cohort(table, pathway, folder)`."""

    def __call__(
        self,
        paths: Path | str | list[Path] | list[str],
        pathway: Pathway,
        out: Path | str,
        *,
        on: int | None = None,
        panel: bool = False,
        checkpoint: bool = False,
        memory: int | None = None,
        workers: int = 1,
        executor: Executor | None = None,
        progress: Progress | None = None,
        force: bool = False,
    ) -> RunCounts:
        return review_cohort(
            paths,
            pathway,
            out,
            on=on,
            panel=panel,
            checkpoint=checkpoint,
            memory=memory,
            workers=workers,
            executor=executor,
            progress=progress,
            force=force,
        )


sys.modules[__name__].__class__ = _Called
