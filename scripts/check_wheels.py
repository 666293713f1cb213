"""Prove that every run-time dependency, with all that it needs in turn, is a wheel for each system and Python we claim.

Run it as ``python scripts/check_wheels.py``: pip resolves the dependencies of pyproject.toml for each system and each Python,
taking wheels only, and installs nothing. Exit 1 when any has none, with pip's own words. With ``--write`` the table goes into
docs/platforms.md. It asks the package index that pip is set up with.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "platforms.md"
MACOS = (*(f"10_{minor}" for minor in range(9, 17)), "11_0", "12_0")
GLIBC = range(17, 40)
SYSTEMS = {
    "Windows (amd64)": ["win_amd64"],
    "macOS (x86_64)": [f"macosx_{version}_{kind}" for version in MACOS for kind in ("x86_64", "universal2")],
    "macOS (arm64)": [f"macosx_{version}_{kind}" for version in ("11_0", "12_0") for kind in ("arm64", "universal2")],
    "Linux (x86_64)": ["manylinux2014_x86_64", *(f"manylinux_2_{minor}_x86_64" for minor in GLIBC)],
    "Linux (aarch64)": ["manylinux2014_aarch64", *(f"manylinux_2_{minor}_aarch64" for minor in GLIBC)],
}
"""Each system and the tags of wheels that it takes: macOS 12 or newer, Linux with glibc 2.39 or older wheels."""


MARKERS = {
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
}
"""What a machine says of itself where a dependency is needed on some systems only; pip asks the one it runs on."""


def claimed_pythons(project: dict[str, object]) -> list[str]:
    """The Pythons that the classifiers name, such as ``["3.11", "3.12"]``."""
    classifiers = project["classifiers"]
    assert isinstance(classifiers, list)  # noqa: S101 - pyproject.toml is ours
    found = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", one) for one in classifiers)
    return [match[1] for match in found if match]


def resolve(needs: Sequence[str], system: str, python: str) -> tuple[dict[str, str], str]:
    """Name to the wheel that would be installed, and an empty text; else nothing, and what pip says."""
    wanted = list(needs)
    while True:
        installs, problem = _resolved(wanted, system, python)
        if problem:
            return {}, problem
        found = {canonicalize_name(one["metadata"]["name"]): one["download_info"]["url"].rpartition("/")[2] for one in installs}
        more = _needed_there(installs, system, python, found)
        if not more:
            return found, ""
        wanted += more


def _resolved(needs: Sequence[str], system: str, python: str) -> tuple[list[dict[str, Any]], str]:
    platforms = [word for tag in SYSTEMS[system] for word in ("--platform", tag)]
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed", "--only-binary=:all:",
               "--implementation", "cp", "--python-version", python, *platforms, "--target", "unused", "--report", "-",
               *needs]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return [], done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "pip failed without a word"
    return json.loads(done.stdout)["install"], ""


def _needed_there(installs: Sequence[dict[str, Any]], system: str, python: str, found: dict[str, str]) -> list[str]:
    """What is needed on that system and Python, and not on the one that pip runs on."""
    name, _, machine = system.rstrip(")").partition(" (")
    there = {**MARKERS[name], "platform_machine": "AMD64" if machine == "amd64" else machine, "python_version": python,
             "python_full_version": f"{python}.0", "implementation_name": "cpython",
             "platform_python_implementation": "CPython", "platform_release": platform.release()}  # fmt: skip
    more = {}
    for one in installs:
        for text in one["metadata"].get("requires_dist", ()):
            need = Requirement(text)
            extras = ("", *one.get("requested_extras", ()))
            is_needed = need.marker is None or any(need.marker.evaluate({**there, "extra": extra}) for extra in extras)
            if is_needed and canonicalize_name(need.name) not in found:
                more[canonicalize_name(need.name)] = f"{need.name}{need.specifier}"
    return list(more.values())


def table(pythons: Sequence[str], found: dict[tuple[str, str], tuple[dict[str, str], str]]) -> str:
    """A Markdown table: each system and Python, how many wheels, and which of them are made for that system alone."""
    rows = ["| system | " + " | ".join(f"Python {python}" for python in pythons) + " | wheels made for it |",
            "| --- |" + " --- |" * (len(pythons) + 1)]  # fmt: skip
    for system in SYSTEMS:
        cells, own = [], set()
        for python in pythons:
            wheels, problem = found[system, python]
            cells.append(problem.replace("|", "/") if problem else f"{len(wheels)} wheels")
            own |= {name.casefold() for name, wheel in wheels.items() if not wheel.endswith("-any.whl")}
        rows.append(f"| {system} | {' | '.join(cells)} | {', '.join(sorted(own))} |")
    return "\n".join(rows)


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0 when everything is a wheel everywhere."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pythons, needs = claimed_pythons(project), project["dependencies"]
    cases = [(system, python) for system in SYSTEMS for python in pythons]
    with ThreadPoolExecutor(4) as pool:
        found = dict(zip(cases, pool.map(lambda case: resolve(needs, *case), cases), strict=True))
    made = table(pythons, found)
    print(made)
    if "--write" in arguments:
        text = DOCUMENT.read_text(encoding="utf-8")
        between = re.compile(r"(<!-- wheels -->\n).*?(<!-- /wheels -->)", re.DOTALL)
        DOCUMENT.write_text(between.sub(lambda match: f"{match[1]}{made}\n{match[2]}", text), encoding="utf-8")
    return 1 if any(problem for _, problem in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
