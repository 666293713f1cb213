"""Asset maps as one graph: sheets in, answers and maps out.

>>> import assetgraph
>>> with assetgraph.open_store(":memory:") as store:
...     plan = assetgraph.build(store)
...     found = assetgraph.reach_out(store, county="Glenn", area="CS", as_of="2025-01-15")
>>> len(found) > 0
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# The package assetgraph.build and the function build share a name: importing the function here, and first,
# is what makes `assetgraph.build` the function for everybody.
from assetgraph.build.run import build as build
from assetgraph.errors import (
    AssetGraphError,
    ForeignGraph,
    InputError,
    NotReadOnly,
    OutputError,
    PrivateField,
    StoreError,
    StoreUnavailable,
    UsageError,
)

if TYPE_CHECKING:
    from assetgraph.analysis.evaluation import evaluate_network
    from assetgraph.analysis.own_graph import evaluate_own
    from assetgraph.analysis.questions import (
        close_gaps,
        explain,
        measures,
        paths,
        ranking,
        reach_out,
        reach_out_everywhere,
        without,
    )
    from assetgraph.analysis.snapshot import snapshot
    from assetgraph.demo import read_sample
    from assetgraph.intake.frames import read_frames
    from assetgraph.intake.reading import read_files
    from assetgraph.intake.template import write_all_templates, write_rows, write_template
    from assetgraph.intake.two_mode import read_two_mode
    from assetgraph.queries import ask, cypher, facts_of
    from assetgraph.store import open_store
    from assetgraph.views.compare import compare
    from assetgraph.views.county_map import draw_map
    from assetgraph.views.publish import publish
    from assetgraph.views.state_page import draw_state_map
    from assetgraph.views.still import draw_picture

    __version__: str

__all__ = [
    "AssetGraphError",
    "ForeignGraph",
    "InputError",
    "NotReadOnly",
    "OutputError",
    "PrivateField",
    "StoreError",
    "StoreUnavailable",
    "UsageError",
    "__version__",
    "ask",
    "build",
    "close_gaps",
    "compare",
    "cypher",
    "draw_map",
    "draw_picture",
    "draw_state_map",
    "evaluate_network",
    "evaluate_own",
    "explain",
    "facts_of",
    "measures",
    "open_store",
    "paths",
    "publish",
    "ranking",
    "reach_out",
    "reach_out_everywhere",
    "read_files",
    "read_frames",
    "read_sample",
    "read_two_mode",
    "snapshot",
    "without",
    "write_all_templates",
    "write_rows",
    "write_template",
]

_HOMES = {
    "ask": "assetgraph.queries",
    "close_gaps": "assetgraph.analysis.questions",
    "compare": "assetgraph.views.compare",
    "cypher": "assetgraph.queries",
    "draw_map": "assetgraph.views.county_map",
    "draw_picture": "assetgraph.views.still",
    "draw_state_map": "assetgraph.views.state_page",
    "evaluate_network": "assetgraph.analysis.evaluation",
    "evaluate_own": "assetgraph.analysis.own_graph",
    "explain": "assetgraph.analysis.questions",
    "facts_of": "assetgraph.queries",
    "measures": "assetgraph.analysis.questions",
    "open_store": "assetgraph.store",
    "paths": "assetgraph.analysis.questions",
    "publish": "assetgraph.views.publish",
    "ranking": "assetgraph.analysis.questions",
    "reach_out": "assetgraph.analysis.questions",
    "reach_out_everywhere": "assetgraph.analysis.questions",
    "read_files": "assetgraph.intake.reading",
    "read_frames": "assetgraph.intake.frames",
    "read_sample": "assetgraph.demo",
    "read_two_mode": "assetgraph.intake.two_mode",
    "snapshot": "assetgraph.analysis.snapshot",
    "without": "assetgraph.analysis.questions",
    "write_all_templates": "assetgraph.intake.template",
    "write_rows": "assetgraph.intake.template",
    "write_template": "assetgraph.intake.template",
}
"""Where each name lives; it is imported when it is first used, so that `import assetgraph` stays light."""


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("assetgraph")
        except PackageNotFoundError:  # run from a source tree that was never installed
            return "0+unknown"
    if name not in _HOMES:
        raise AttributeError(f"module 'assetgraph' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
