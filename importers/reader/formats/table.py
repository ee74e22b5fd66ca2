"""Tables (CSV, XLSX) as features: of a list of corners an outline of three or more is an area, a lone corner a point;
of a list of records each row is one, without a shape."""

from collections.abc import Iterator
from dataclasses import replace

import shapely

from importers.reader.formats.corners import Outline, outlines
from importers.reader.formats.features import Features
from importers.reader.formats.grids import Grid, grids
from importers.reader.formats.job import Job
from importers.reader.outcome import Refused
from importers.reader.stream import Account, Chunk

TITLE_COLUMN = "outline"
FEWEST_CORNERS = 3


def read(job: Job, account: Account) -> Iterator[Chunk]:
    """The records of the one sheet asked for, or the outlines of the one that has corner tables."""
    if not job.shapes:
        yield from records(job, account)
        return
    grid, found = chosen(job)
    account.encoding_known = grid.encoding_known
    account.tell("crs-missing")
    account.tell("table-read", outlines=len(found), corners=sum(len(outline.points) for outline in found))
    are_points = all(len(outline.points) == 1 for outline in found)
    features = Features(job, account)
    for outline in found:
        row = features.next_row()
        if len(outline.points) > job.limits.vertices:
            raise Refused("too-many-vertices", row=row, limit=job.limits.vertices)
        properties: dict[str, object] = dict(outline.cells)
        if outline.name:
            properties[TITLE_COLUMN] = outline.name
        features.add(row, properties, shape_of(outline, are_points))
        if features.full:
            yield features.take()
    tell_differing(found, account, job)
    yield features.take()


def records(job: Job, account: Account) -> Iterator[Chunk]:
    """Every row below the first filled one, whose cells name the columns."""
    filled = [replace(grid, rows=[row for row in grid.rows if any(row)]) for grid in grids(job)]
    grid = the_one([grid for grid in filled if len(grid.rows) > 1], job, "table-empty")
    account.encoding_known = grid.encoding_known
    head, *rows = grid.rows
    features = Features(job, account)
    for cells in rows:
        named = {name: cell for name, cell in zip(head, cells, strict=False) if name}
        features.add(features.next_row(), named, None)
        if features.full:
            yield features.take()
    yield features.take()


def chosen(job: Job) -> tuple[Grid, list[Outline]]:
    """The sheet with corner tables, and what is in them."""
    found = {grid.name: (grid, told) for grid in grids(job) if (told := outlines(grid.rows))}
    return found[the_one([grid for grid, _ in found.values()], job, "table-head").name]


def the_one(sheets: list[Grid], job: Job, none: str) -> Grid:
    """The sheet that is meant. Raises Refused when there is none (`none`), or when there are several and none is
    named."""
    if not sheets:
        raise Refused(none)
    listed = ", ".join(grid.name for grid in sheets[:50])
    if job.sublayer is None:
        if len(sheets) > 1:
            raise Refused("layer-choose", layers=listed)
        return sheets[0]
    wanted = [grid for grid in sheets if grid.name == job.sublayer]
    if len(wanted) != 1:
        raise Refused("layer-unknown", layers=listed)
    return wanted[0]


def shape_of(outline: Outline, are_points: bool) -> bytes:
    if are_points:
        return bytes(shapely.to_wkb(shapely.Point(outline.points[0]), flavor="iso", byte_order=1))
    corners = outline.points[:-1] if outline.points[-1] == outline.points[0] else outline.points
    if len(corners) < FEWEST_CORNERS:
        raise Refused("table-short", row=outline.rows[0], count=len(corners))
    return bytes(shapely.to_wkb(shapely.Polygon(corners), flavor="iso", byte_order=1))


def tell_differing(found: list[Outline], account: Account, job: Job) -> None:
    """Columns that say different things of one outline: its first word was taken. Personal ones are not even named."""
    names = sorted({name for outline in found for name in outline.differing if name not in job.personal})
    if names:
        account.tell("table-differing", fields=", ".join(names[:20]))
