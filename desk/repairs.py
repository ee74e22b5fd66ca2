"""A repair before and after: two small pictures in one frame, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext as _

from desk.models import Fault
from desk.pictures import MOST_SHAPES, SMALL, Lens, Picture, Shape, around, arrows, mirrored, placed, rings
from importers.findings.finding import in_style
from importers.steps.repairs import preview

Corner = tuple[float, float]


@dataclass(frozen=True)
class Repair:
    """A shape before and after a repair, with a text that stands for the pictures, and what their signs mean.

    `done`: else only proposed."""

    done: bool
    before: Picture
    after: Picture
    words: str
    legend: str = ""


def repair_of(fault: Fault) -> Repair | None:
    """What a repair did to the feature of a finding, or what it would do; None where there is nothing to repair."""
    if fault.code == "axes-turned":
        return axes_of(fault)
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
    return drawn(fault.before is not None, before, after)


def drawn(done: bool, before: GEOSGeometry, after: GEOSGeometry) -> Repair:
    lens = Lens(around([before, after]), SMALL * 1.4, SMALL)
    old, new = corners(before), corners(after)
    gone, come = set(old) - set(new), set(new) - set(old)
    turned = sorted(old) == sorted(new)
    sides = []
    for shape, other, only in ((before, after, gone), (after, before, come)):
        picture = Picture(lens.width, lens.height)
        picture.shapes = [Shape(lens.path(other), "ghost"), Shape(lens.path(shape), "new-shape")]
        picture.shapes += arrows(lens, shape) if turned else []
        picture.dots = [lens.at(*corner) for corner in sorted(only)[:MOST_SHAPES]]
        sides.append(picture)
    if turned:
        return Repair(done, sides[0], sides[1], turned_words(after), _("Mũi tên: chiều vẽ của từng vòng."))
    legend = _("Chấm đỏ: đỉnh bỏ đi hoặc mới; nét mờ: hình bên kia.")
    return Repair(done, sides[0], sides[1], repair_words(before, after, gone, come), legend)


def axes_of(fault: Fault) -> Repair | None:
    """X and Y turned for the whole file: the features far away, and in the province."""
    shown = fault.delivery.drafts.exclude(geom=None)[:MOST_SHAPES]
    points = [[middle.x, middle.y] for middle in (draft.geom.envelope.centroid for draft in shown if draft.geom)]
    if not points:
        return None
    (x, y), count = points[0], fault.delivery.rows
    told = _(
        "Trước: E {north} N {east}, ngoài tỉnh; sau: E {east} N {north}. {count} đối tượng dời như nhau;"
        " hình dạng và diện tích không đổi."
    ).format(east=in_style(f"{x:.2f}"), north=in_style(f"{y:.2f}"), count=count)
    return Repair(True, mirrored(points), placed(points), told, _("Chấm đỏ: các đối tượng; nét: ranh các xã."))


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


def turned_words(after: GEOSGeometry) -> str:
    """Of rings that only changed their direction or their part."""
    return _(
        "Không đỉnh nào dời chỗ; ranh ngoài nay theo chiều kim đồng hồ, lỗ theo chiều ngược lại; diện tích {area} m²."
    ).format(area=in_style(f"{after.area:.1f}"))
