"""Measures pages in a real browser: first picture, dragging, choosing and filtering, beside stock pyvis and cytoscape.js.

    python -m benchmarks.pages                     counties of 72, 300 and 600 shapes
    python -m benchmarks.pages --store S.kgl       the state map of a store too

All are given the same shapes, lines and places; what is not ours may not go to the network, as in a school. cytoscape.js is
fetched from npm for the occasion. Prints a Markdown table; each figure is the median of five openings.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import tarfile
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.graph import Edge, Graph
from assetgraph.model.nodes import COE, LEA, Asset, ContentArea, County, Partner, Source
from assetgraph.store import open_store
from assetgraph.views.draw import draw_map
from assetgraph.views.map_view import MapView
from assetgraph.views.page import render
from assetgraph.views.state_page import draw_state_map

DAY = date(2025, 1, 15)
CHROMIUM = "/usr/bin/chromium"
OPENINGS = 5
CYTOSCAPE = "cytoscape@3.33.1"
FRAMES = """() => { window.frames_seen = 0;
  const next = () => { window.frames_seen += 1; requestAnimationFrame(next); }; next(); }"""
FIRST = """(() => { window.picture_at = null;
  const look = () => { let is_there = false; try { is_there = READY; } catch (error) { is_there = false; }
    if (is_there) { requestAnimationFrame(() => { window.picture_at = performance.now(); }); } else { setTimeout(look, 4); } };
  look(); })();"""


def a_county(shapes: int) -> Graph:
    """A county of so many shapes, drawn by lot: an eighth districts, two fifths offerings, the rest partners."""
    chance, graph = random.Random(shapes), Graph()

    def add(kind: Any, key: str, name: str, **more: Any) -> str:
        graph.nodes[key] = kind(id=key, name=name, **more)
        return key

    def say(kind: str, a: str, b: str, **more: Any) -> None:
        key = f"{kind.lower()}:{len(graph.edges):05}"
        where = {"source": "map/lake", "basis": "map", "file": "lake.xlsx", "row": len(graph.edges), "as_of": DAY}
        fact = FACT_KINDS[kind](id=key, **where, **more)
        graph.edges[key] = Edge(a, b, fact)

    place = add(County, "county/lake", "Lake", fips="06033", cds_county_code="17", lat=39.1, lon=-122.7)
    office = add(COE, "coe/lake", "Lake County Office of Education", county="Lake")
    source = add(Source, "source/map/lake", "Lake map", basis="map", as_of=DAY)
    areas = [add(ContentArea, f"area/{term}", term, term=term) for term in ("math", "science", "computer_science")]
    say("MAPS", source, place)
    say("OWNED_BY", source, office)
    leas = [add(LEA, f"lea/lake/{n}", f"District number {n} Unified", county="Lake", is_district=True)
            for n in range(shapes // 8)]  # fmt: skip
    partners = [add(Partner, f"partner/p{n}", f"Partner number {n} of the county") for n in range(shapes // 2 - 4)]
    for n in range(shapes - 4 - len(leas) - len(partners)):
        asset = add(Asset, f"asset/a{n}", f"A week of lesson study {n}", is_offering=True)
        say("OFFERS", chance.choice(partners), asset)
        say("COVERS", asset, chance.choice(areas))
        say("TOOK_PART_IN", chance.choice(leas), asset)
    for partner in partners:
        say("PARTNERS_WITH", partner, chance.choice([office, *leas]), areas=[chance.choice(areas).removeprefix("area/")])
    return graph


def stock_pyvis(view: MapView, *, physics: bool) -> str:
    """The page that pyvis makes by itself."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", height="860px")
    for item in view.items:
        network.add_node(item.id, label=item.name, title=item.name, color=item.color, x=item.x * 600, y=item.y * 400,
                         physics=physics)  # fmt: skip
    for link in view.links:
        network.add_edge(link.from_id, link.to_id)
    network.toggle_physics(physics)
    return str(network.generate_html())


def with_cytoscape(view: MapView, engine: str) -> str:
    """The least page of cytoscape.js with the same shapes."""
    nodes = [{"data": {"id": item.id, "name": item.name, "color": item.color},
              "position": {"x": item.x * 600, "y": item.y * 400}} for item in view.items]  # fmt: skip
    edges = [{"data": {"id": link.id, "source": link.from_id, "target": link.to_id}} for link in view.links]
    shown = {"label": "data(name)", "background-color": "data(color)", "font-size": 12}
    style = [{"selector": "node", "style": shown},
             {"selector": "node:selected", "style": {"border-width": 4}}]  # fmt: skip
    elements = json.dumps(nodes + edges).replace("<", "\\u003c")
    given = f"elements: {elements}, style: {json.dumps(style)}, layout: {{name: 'preset'}}"
    made = f"window.cy = cytoscape({{container: document.getElementById('cy'), {given}}});"
    return ("<!doctype html><meta charset=utf-8><div id=cy style='width:1100px;height:860px'></div>"
            f"<script>{engine}</script><script>{made} cy.once('render', () => {{ window.drawn = true; }});</script>")  # fmt: skip


def fetched() -> str:
    """cytoscape.js as npm has it."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["npm", "pack", "--silent", CYTOSCAPE, "--pack-destination", folder]
        subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - fixed words
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
            file = packed.extractfile("package/dist/cytoscape.min.js")
            return file.read().decode() if file else ""


READY = {
    "ours": "document.documentElement.dataset.ready === 'yes'",
    "pyvis": "window.network && document.querySelector('canvas') && (window.network.once || true)",
    "cytoscape": "window.drawn",
}
CHOOSE = {
    "ours": "document.querySelector('#panel .pick, #panel h2') && (location.hash = '#node=n5')",
    "pyvis": "network.selectNodes([nodes.getIds()[5]])",
    "cytoscape": "cy.nodes()[5].select()",
}
FILTER = {
    "ours": "(() => { const s = document.getElementById('area'); s.selectedIndex = 2; s.dispatchEvent(new Event('change')); })()",
    "pyvis": "nodes.update(nodes.getIds().slice(0, 100).map(id => ({id: id, hidden: true})))",
    "cytoscape": "cy.batch(() => cy.nodes().slice(0, 100).style('display', 'none'))",
}
TWO_FRAMES = """(what) => new Promise(done => { const start = performance.now(); eval(what);
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start))); })"""

OPENED = """(name) => new Promise(done => { const start = performance.now(); location.hash = '#county=' + name;
  const look = () => document.getElementById('where').textContent.startsWith(name)
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start))) : setTimeout(look, 4);
  look(); })"""


def measured(browser: Any, kind: str, html: str, *, slower: float = 1) -> dict[str, float]:
    """Milliseconds to the first picture, to choose and to filter, and frames each second while dragging; medians."""
    found: dict[str, list[float]] = {"first": [], "choose": [], "filter": [], "fps": []}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_text(html, encoding="utf-8")
        for _ in range(OPENINGS):
            context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
            page = context.new_page()
            page.route("http*://**", lambda route: route.abort())
            if slower != 1:
                context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
            page.add_init_script(FIRST.replace("READY", READY[kind]))
            page.goto(file.as_uri())
            page.wait_for_function("window.picture_at", timeout=120_000)
            found["first"].append(page.evaluate("window.picture_at"))
            found["choose"].append(page.evaluate(TWO_FRAMES, CHOOSE[kind]))
            found["fps"].append(_dragging(page))
            found["filter"].append(page.evaluate(TWO_FRAMES, FILTER[kind]))
            context.close()
    return {name: statistics.median(values) for name, values in found.items()}


def _dragging(page: Any) -> float:
    page.evaluate(FRAMES)
    page.mouse.move(620, 200)
    page.mouse.down()
    seen, start = page.evaluate("window.frames_seen"), time.perf_counter()
    for step in range(60):
        page.mouse.move(620 + step * 3, 200 + step * 2)
    seen, seconds = page.evaluate("window.frames_seen") - seen, time.perf_counter() - start
    page.mouse.up()
    return float(seen / seconds)


def peak_mb(make: Callable[[], str]) -> float:
    """Megabytes of Python's own memory at the peak of making a page, beside what was there before."""
    tracemalloc.start()
    make()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def the_state(browser: Any, store: str) -> list[str]:
    """The overview of a store's state, how soon a county opens, and how it answers then; medians of five openings."""
    with open_store(store) as opened:
        start = time.perf_counter()
        page = draw_state_map(opened, as_of=DAY)
        seconds = time.perf_counter() - start
    counties = sum(county.has_map for county in page.view.counties)
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    first, opens = [], []
    answers: dict[str, list[float]] = {"choose": [], "filter": [], "fps": []}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "state.html")
        file.write_text(page.html, encoding="utf-8")
        for _ in range(OPENINGS):
            context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
            tab = context.new_page()
            tab.add_init_script(FIRST.replace("READY", READY["ours"]))
            tab.goto(file.as_uri())
            tab.wait_for_function("window.picture_at")
            first.append(tab.evaluate("window.picture_at"))
            tab.wait_for_timeout(1000)  # while somebody looks, the page unpacks
            for county in ("Lake", "Glenn"):
                opens.append(tab.evaluate(OPENED, county))
            answers["choose"].append(tab.evaluate(TWO_FRAMES, "location.hash = '#county=Glenn&node=n9'"))
            answers["fps"].append(_dragging(tab))
            answers["filter"].append(tab.evaluate(TWO_FRAMES, FILTER["ours"]))
            context.close()
    size = f"{len(page.html) / 1e6:.2f} MB"
    made = f"{counties} counties, {len(page.rows):,} statements: made in {seconds:.1f} s with {taken:,.0f} MB; {size}"
    overview, county, after = (statistics.median(some) for some in (first, opens[::2], opens[1::2]))
    choose, filtered, fps = (statistics.median(answers[name]) for name in ("choose", "filter", "fps"))
    opened = f"overview {overview:.0f} ms, first county {county:.0f} ms, next {after:.0f} ms"
    return [made, opened, f"in a county: choose {choose:.0f} ms, filter {filtered:.0f} ms, {fps:.0f} frames / s"]


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", help="a graph file whose state map is measured too")
    parser.add_argument("--slower", type=float, default=1, help="a processor so many times slower")
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    engine = fetched()
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        columns = ("shapes / lines", "page", "made in (s)", "with (MB)", "KB", "first picture (ms)", "choose (ms)", "filter (ms)",
                   "frames / s")  # fmt: skip
        print(f"| {' | '.join(columns)} |")
        print(f"|{' --- |' * len(columns)}")
        for shapes in (72, 300, 600):
            graph = a_county(shapes)
            view = draw_map(graph, "Lake", as_of=DAY).view
            pages: dict[str, tuple[str, Callable[[], str]]] = {
                "assetgraph": ("ours", lambda view=view: render(view)),  # type: ignore[misc]
                "stock pyvis": ("pyvis", lambda view=view: stock_pyvis(view, physics=True)),  # type: ignore[misc]
                "stock pyvis, places": ("pyvis", lambda view=view: stock_pyvis(view, physics=False)),  # type: ignore[misc]
                "cytoscape.js": ("cytoscape", lambda view=view: with_cytoscape(view, engine)),  # type: ignore[misc]
            }
            for name, (kind, make) in pages.items():
                start = time.perf_counter()
                html = make()
                seconds = time.perf_counter() - start
                found = measured(browser, kind, html, slower=given.slower)
                figures = " | ".join(f"{found[one]:.0f}" for one in ("first", "choose", "filter", "fps"))
                made = f"{seconds:.2f} | {peak_mb(make):.0f} | {len(html) / 1000:,.0f}"
                print(f"| {len(view.items)} / {len(view.links)} | {name} | {made} | {figures} |", flush=True)
        if given.store:
            print("\n".join(the_state(browser, given.store)))
        browser.close()


if __name__ == "__main__":
    main()
