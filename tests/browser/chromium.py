"""The Chromium of the tests: started by one file of tests at a time and closed at its end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import pytest

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


def required() -> None:
    """Skip what asks where there is no browser; fail instead where ASSUAGE_BROWSER is `required`."""
    reason = absent()
    if reason and os.environ.get("ASSUAGE_BROWSER") == "required":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


@contextmanager
def launched() -> Iterator[Any]:
    """A browser. Its loop runs in the thread that asked: no second one can start beside it, and no file of tests
    that follows may find it open, so no fixture holds one for longer than its own file."""
    required()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()
