"""Sheets in: workbooks, text tables, data frames and public directories become records and problems."""

from __future__ import annotations

from assetgraph.intake.frames import read_frames
from assetgraph.intake.reading import read_files

__all__ = ["read_files", "read_frames"]
