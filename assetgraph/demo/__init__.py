"""The demonstration: the packaged sample, built and drawn."""

from __future__ import annotations

from assetgraph.demo.make import SAMPLE_DAY, Demo, make_demo, read_sample

__all__ = ["SAMPLE_DAY", "Demo", "make_demo", "read_sample"]
