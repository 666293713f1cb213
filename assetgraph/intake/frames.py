"""Data frames read as the sheets of a map, or as tables of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from assetgraph.errors import UsageError
from assetgraph.intake.dates import DAY_CURE, read_day
from assetgraph.intake.maps import Collected
from assetgraph.intake.reading import checked_county
from assetgraph.intake.settings import MapSettings, canonical_owner
from assetgraph.intake.tables import Grid, is_blank
from assetgraph.model.names import clean_text
from assetgraph.model.places import coe_named
from assetgraph.model.records import Reading

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_frames"]


def read_frames(frames: pd.DataFrame | Sequence[pd.DataFrame] | Mapping[str, pd.DataFrame], *,
                owner: str | None = None, counties: Sequence[str] = (),
                plan: str | None = None, step: str | None = None, as_of: date | str | None = None,
                source: str | None = None, county: str | None = None) -> Reading:  # fmt: skip
    """The kept rows of data frames and everything there is to say of them; each key is a sheet's name.

    One frame, or several without names, are sheets called ``frame``, or ``frame 1``, ``frame 2``: what a frame holds
    is known by its headers. Building one of the same name again takes the place of the first, so name tables that
    are to stay side by side.

    With ``owner`` the frames are one map, as a Read me sheet would make them: ``counties``, ``plan``, ``step`` and
    ``as_of`` go with it. Without, each is a table, named ``source`` or after its key. A frame's row 0 is row 2 of
    the reading, its headers being row 1. Raises UsageError for a county or day that cannot be read and for what is no
    data frame, ImportError when pandas is not installed.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"Who": ["Library"], "What": ["Code club"], "Content area": ["CS"]})
    >>> reading = read_frames({"Quickstorm": frame}, owner="Lake COE")
    >>> reading.records[0].values.content_areas, reading.sources[0].id
    (('computer_science',), 'map/lake-county-office-of-education')
    """
    _need_pandas()
    grids = [_grid(str(name), frame) for name, frame in _named(frames)]
    collected = Collected(source=source, county=checked_county(county))
    collected.add(grids, settings=_settings(owner, counties, plan, step, as_of) if owner else None)
    return collected.reading()


def _named(frames: pd.DataFrame | Sequence[pd.DataFrame] | Mapping[str, pd.DataFrame]) -> list[tuple[str, pd.DataFrame]]:
    """Each frame with its name. Raises UsageError for anything that is no frame."""
    import pandas as pd

    if isinstance(frames, pd.DataFrame):
        return [("frame", frames)]
    if isinstance(frames, Mapping):
        named = list(frames.items())
    elif isinstance(frames, Sequence) and not isinstance(frames, str | bytes):
        named = [(f"frame {number}", frame) for number, frame in enumerate(frames, start=1)]
    else:
        named = [("frames", frames)]
    for name, frame in named:
        if not isinstance(frame, pd.DataFrame):
            raise UsageError(f"{name}: a {type(frame).__name__} is no data frame",
                             "give a DataFrame, several of them, or a dict of them by name")  # fmt: skip
    return named


def _need_pandas() -> None:
    try:
        import pandas as pd  # noqa: F401 - only whether it is there
    except ImportError as problem:
        raise ImportError('data frames need pandas: pip install "assetgraph[pandas]"') from problem


def _settings(owner: str, counties: Sequence[str], plan: str | None, step: str | None,
              as_of: date | str | None) -> MapSettings:  # fmt: skip
    named = tuple(name for one in counties if (name := checked_county(one)))
    office = coe_named(owner)
    try:
        day = read_day(as_of, last=False).day if as_of is not None else None
    except ValueError as problem:
        raise UsageError(f"as_of: {problem}", DAY_CURE) from problem
    return MapSettings(
        canonical_owner(clean_text(owner)), named or ((office.name,) if office else ()), plan, step, day,
        None, None, file="data frames",
    )  # fmt: skip


def _grid(name: str, frame: pd.DataFrame) -> Grid:
    headers = [" ".join(map(str, header)) if isinstance(header, tuple) else header for header in frame.columns]
    columns = [[_plain(value) for value in frame.iloc[:, index].tolist()] for index in range(len(headers))]
    rows: list[tuple[int, list[Any]]] = [(1, list(headers))]
    for number, cells in enumerate(zip(*columns, strict=True), start=2):
        if not all(is_blank(cell) for cell in cells):
            rows.append((number, list(cells)))
    return Grid(file=name, sheet=name, rows=rows)


def _plain(value: Any) -> Any:
    """A frame's value as a workbook would hold it: missing values are None."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value
