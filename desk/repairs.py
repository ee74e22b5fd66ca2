"""A repair before and after: two small pictures in one frame, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext as _

from desk.models import Fault
from desk.pictures import MOST_SHAPES, SMALL, Lens, Picture, Shape, around, rings
from importers.findings.finding import in_style
from importers.steps.repairs import preview

Corner = tuple[float, float]


@dataclass(frozen=True)
class Repair:
    """A shape before and after a repair, each with a text that stands for the picture. `done`: else only proposed."""

    done: bool
    before: Picture
    after: Picture
    words: str


def repair_of(fault: Fault) -> Repair | None:
    """What a repair did to the feature of a finding, or what it would do; None where there is nothing to repair."""
    own = fault.delivery.drafts.filter(row=fault.row).exclude(geom=None).first() if fault.row else None
    if own is None or own.geom is None:
        return None
    before, after = fault.before or own.geom, own.geom
    if fault.before is None:
        place = (fault.place.x, fault.place.y) if fault.place else None
        proposed = preview(fault.code, bytes(own.geom.wkb), place)
        if proposed is None:
            return None
        after = GEOSGeometry(memoryview(proposed), srid=own.geom.srid)
    lens = Lens(around([before, after]), SMALL * 1.4, SMALL)
    old, new = set(corners(before)), set(corners(after))
    drawn = []
    for shape, other, only in ((before, after, old - new), (after, before, new - old)):
        picture = Picture(lens.width, lens.height)
        picture.shapes = [Shape(lens.path(other), "ghost"), Shape(lens.path(shape), "new-shape")]
        picture.dots = [lens.at(*corner) for corner in sorted(only)[:MOST_SHAPES]]
        drawn.append(picture)
    return Repair(fault.before is not None, drawn[0], drawn[1], repair_words(before, after, old - new, new - old))


def corners(shape: GEOSGeometry) -> list[Corner]:
    return [(point[0], point[1]) for points, _closed in rings(shape) for point in points]


def repair_words(before: GEOSGeometry, after: GEOSGeometry, gone: set[Corner], new: set[Corner]) -> str:
    """What moved, for whoever does not see the pictures: corners, where, and the area (m², of the storage plane)."""
    places = "; ".join(f"E {in_style(f'{x:.2f}')} N {in_style(f'{y:.2f}')}" for x, y in sorted(gone | new)[:3])
    return _(
        "{gone} đỉnh bỏ đi, {new} đỉnh mới ({places}); số đỉnh {old} thành {fresh};"
        " diện tích {before} m² thành {after} m², đổi {change} m²."
    ).format(
        gone=len(gone),
        new=len(new),
        places=places or _("không đỉnh nào dời chỗ"),
        old=len(corners(before)),
        fresh=len(corners(after)),
        before=in_style(f"{before.area:.1f}"),
        after=in_style(f"{after.area:.1f}"),
        change=in_style(f"{after.area - before.area:+.2f}"),
    )
