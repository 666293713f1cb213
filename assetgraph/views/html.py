"""What every page shares: templates that escape, our scripts and styles by their hashes, acronyms spelt out, writing whole."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from assetgraph.errors import UsageError
from assetgraph.files import check_ours, make_folder, write_whole

__all__ = ["PAGE_MARK", "check_page", "environment", "frame", "parts_of", "policy", "speller", "write_page"]

FRAME_HEIGHT = 720
PAGE_MARK = b"Content-Security-Policy"
"""What every page of ours has near its beginning."""


def environment() -> Environment:
    """The templates; whatever they are given is escaped, and a name that is not given is an error."""
    return Environment(loader=PackageLoader("assetgraph.views"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True)  # fmt: skip


def parts_of(scripts: Sequence[str], styles: Sequence[str], first: str = "", **more: str) -> dict[str, Markup]:
    """Our own scripts as one, our styles as one, and what runs first: trusted text, from this package and what is given."""
    ours = files("assetgraph.views") / "templates"
    pieces = [(ours / "js").joinpath(f"{name}.js").read_text(encoding="utf-8") for name in scripts]
    script = "(function () {\n'use strict';\n" + "\n".join(pieces) + "\n}());\n" if pieces else ""
    style = "".join(ours.joinpath(name).read_text(encoding="utf-8") for name in styles)
    texts = {"script": script, "style": style, "first": first, **more}
    return {name: Markup(text.replace("\r\n", "\n")) for name, text in texts.items() if text}  # noqa: S704 - our own files


def policy(parts: Mapping[str, str], scripts: Sequence[str] = ("first", "script")) -> str:
    """The content security policy: our scripts and style by their hashes, and nothing from anywhere."""
    hashes = {name: base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() for name, text in parts.items()}
    run = " ".join(f"'sha256-{hashes[name]}'" for name in scripts if name in hashes)
    allowed = f"script-src {run}; " if run else ""
    return (f"default-src 'none'; {allowed}style-src 'sha256-{hashes['style']}'; img-src data: blob:; base-uri 'none'; "
            "form-action 'none'")  # fmt: skip


def speller(acronyms: Mapping[str, str]) -> Any:
    """A template function that spells acronyms out on hover; everything else in the text is escaped."""
    pattern = re.compile(r"\b(" + "|".join(sorted(map(re.escape, acronyms), key=lambda word: (-len(word), word))) + r")\b")

    def spelled(text: str) -> Markup:
        pieces = pattern.split(text)
        return Markup("").join(
            Markup('<abbr title="{}">{}</abbr>').format(acronyms[piece], piece) if place % 2 else escape(piece)
            for place, piece in enumerate(pieces))  # fmt: skip

    return spelled


def frame(html: str, title: str) -> str:
    """A page in a frame of its own, which can run nothing outside itself: how a notebook shows it."""
    return (f'<iframe sandbox="allow-scripts allow-downloads allow-popups allow-modals" title="{escape(title)}" width="100%" '
            f'height="{FRAME_HEIGHT}" style="border:1px solid #d5dae3" srcdoc="{escape(html)}"></iframe>')  # fmt: skip


def check_page(path: Path, own: Iterable[Path] = ()) -> None:
    """That a page may be written there: a page of ours stands there, or nothing, and it is none of the user's ``own``.

    Raises UsageError where its name is no page's, OutputError for anything else that is there already.
    """
    if path.suffix.casefold() not in (".html", ".htm"):
        raise UsageError(f"{path}: a map is a web page", "give it a name that ends in .html")
    check_ours(path, PAGE_MARK, own)


def write_page(path: Path, html: str) -> None:
    """Write a page as UTF-8, wholly or not at all: readers never see half a page.

    Its folder is made where it is missing. Raises OutputError when it cannot be written.
    """
    make_folder(path.parent)
    write_whole(path, html.encode("utf-8"))
