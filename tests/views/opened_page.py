"""A page in a browser, and everything it did there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def letting_in(html: str, name: str, script: str) -> str:
    """A page that also answers what only its own scripts can see."""
    ready = "document.documentElement.dataset.ready = 'yes';"
    assert html.count(ready) == 1
    return html.replace(ready, f"{ready} window.{name} = function () {{ {script} }};").replace("Content-Security-Policy", "Other")

@dataclass
class Opened:
    """A page in a browser, and everything it did there."""

    page: Any
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def panel(self) -> str:
        return str(self.page.inner_text("#panel"))

    def choose(self, name: str) -> None:
        self.page.fill("#find", name)
        self.page.press("#find", "Enter")

    def wait_for_county(self, name: str) -> None:
        """On a page of many counties: wait until the rings of one are there."""
        self.page.wait_for_function("name => document.getElementById('where').textContent === name + ' County'", arg=name)

    def assert_quiet(self) -> None:
        assert len(self.requests) == 1, self.requests
        assert self.messages == []
        assert self.errors == []
