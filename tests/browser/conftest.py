"""One Chromium for all these tests. Without one they are skipped, unless ASSUAGE_BROWSER is `required`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from assuage.cli import main
from tests.browser.measured import Measured, Opened, measured
from tests.browser.page_kinds import KINDS, PageKind, write_inputs

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--force-color-profile=srgb"),
]


def absent() -> str | None:
    """Why there is no browser to test in; None where there is one."""
    if not all(map(find_spec, ("playwright", "axe_playwright_python"))):
        return "playwright and axe-playwright-python are not installed; `make browser` installs them"
    if chromium() is None:
        return "there is no Chromium; `make browser` installs Debian's"
    return None


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def opened() -> Iterator[Opened]:
    """A browser with one tab, in which every page of these tests is opened in turn."""
    reason = absent()
    if reason and os.environ.get("ASSUAGE_BROWSER") == "required":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield Opened(browser.new_context())
        browser.close()


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


@pytest.fixture(scope="session")
def every(opened: Opened, tmp_path_factory: pytest.TempPathFactory) -> MeasuredPages:
    """The pages. After `opened`, so that nothing is made to be skipped."""
    return MeasuredPages(opened, tmp_path_factory.mktemp("pages"))
