"""A real headless Chromium for the pages, and what a page did in it: requests, console messages, errors."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from opened_page import Opened

from assetgraph.views.draw import Page

HOW_TO_GET_ONE = (
    "Chromium is not here: apt-get install chromium, pip install playwright, or set CHROMIUM=/path/to/it"
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def _absent(reason: str) -> None:
    """Skip with the cure; in CI a promised test may not be skipped."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One Chromium for the whole run."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if not path:
        _absent(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a map from a file, as a mail attachment would be; ``width``, ``height``, ``js``, ``touch`` and a slower processor as wanted."""
    contexts = []

    def opening(
        map_page: Page | str, *, width: int = 1440, height: int = 900, js: bool = True, at: str = "", touch: bool = False,
        slower: float = 1,
    ) -> Opened:
        html = map_page if isinstance(map_page, str) else map_page.html
        file = tmp_path / "map.html"
        file.write_text(html, encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=js, reduced_motion="reduce", has_touch=touch
        )
        contexts.append(context)
        opened = Opened(context.new_page())
        if slower != 1:
            context.new_cdp_session(opened.page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda message: opened.messages.append(message.text))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.goto(file.as_uri() + at)
        if js:
            opened.page.wait_for_selector("html[data-ready]", state="attached")
        return opened

    yield opening
    for context in contexts:
        context.close()
