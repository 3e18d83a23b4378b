"""One Chromium for all these tests. Without one they are skipped, unless ASSUAGE_BROWSER is `required`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assuage.cli import main
from tests.browser.chromium import launched
from tests.browser.measured import Measured, Opened, measured
from tests.browser.page_kinds import KINDS, PageKind, write_inputs


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    """A browser with one tab, in which every page of these tests is opened in turn."""
    with launched() as browser:
        yield Opened(browser.new_context())


class MeasuredPages(dict[str, Measured]):
    """What was measured of each page, by name: written and measured when a test first asks, so that few cost little."""

    def __init__(self, opened: Opened, folder: Path) -> None:
        super().__init__()
        self.opened, self.folder = opened, folder

    def __missing__(self, name: str) -> Measured:
        (kind,) = [kind for kind in KINDS if kind.name == name]
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            if not any(self.folder.iterdir()):
                write_inputs(self.folder)
            page = written(kind, self.folder)
        self[name] = measured(self.opened, page, kind.language)
        return self[name]


def written(kind: PageKind, folder: Path) -> str:
    out = folder / f"{kind.name}.html"
    assert main([*kind.command, "-o", str(out)]) == 0
    return out.with_suffix(kind.beside).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def every(opened: Opened, tmp_path_factory: pytest.TempPathFactory) -> MeasuredPages:
    """The pages. After `opened`, so that nothing is made to be skipped."""
    return MeasuredPages(opened, tmp_path_factory.mktemp("pages"))
