"""Coordinate lists (CSV, XLSX) as features: an outline of three corners or more is an area, a lone corner a point."""

from collections.abc import Iterator

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
    """The outlines of the one sheet that has corner tables, or of the one asked for."""
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


def chosen(job: Job) -> tuple[Grid, list[Outline]]:
    """The sheet with tables. Raises Refused when there is none, or when there are several and none is named."""
    sheets = [(grid, outlines(grid.rows)) for grid in grids(job)]
    with_tables = [(grid, found) for grid, found in sheets if found]
    if not with_tables:
        raise Refused("table-head")
    listed = ", ".join(grid.name for grid, _ in with_tables[:50])
    if job.sublayer is None:
        if len(with_tables) > 1:
            raise Refused("layer-choose", layers=listed)
        return with_tables[0]
    wanted = [(grid, found) for grid, found in with_tables if grid.name == job.sublayer]
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
