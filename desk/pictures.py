"""Small drawings of the desk, as numbers for an SVG: where a file would lie, a fault among its parcels, old and new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from math import dist
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, Polygon

from desk import sides
from desk.models import Draft, Fault
from layers.declare import Layer
from layers.ground.admin_units import NEW, AdminUnit
from layers.ground.parcels import PARCELS
from layers.queries import snapshots, surroundings
from layers.versioned import NOW

Box = tuple[float, float, float, float]
WIDTH, HEIGHT = 520.0, 340.0
SMALL = 200.0
MOST_SHAPES = 400
MOST_ARROWS = 20
ARROW = 14.0


@dataclass(frozen=True)
class Shape:
    """One path; `kind` is the class of its style."""

    path: str
    kind: str


@dataclass
class Picture:
    """`dots` and `labels` in the picture's units, y down."""

    width: float
    height: float
    shapes: list[Shape] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    labels: list[tuple[float, float, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Lens:
    """How the plane (EPSG:9209, metres) lies on the picture."""

    box: Box
    width: float
    height: float

    @property
    def scale(self) -> float:
        west, south, east, north = self.box
        return min(self.width / max(east - west, 1e-6), self.height / max(north - south, 1e-6))

    def at(self, x: float, y: float) -> tuple[float, float]:
        west, south, east, north = self.box
        middle, centre = (west + east) / 2, (south + north) / 2
        return (
            round(self.width / 2 + (x - middle) * self.scale, 1),
            round(self.height / 2 - (y - centre) * self.scale, 1),
        )

    def path(self, shape: GEOSGeometry) -> str:
        return "".join(self.ring(ring) for ring in rings(shape))

    def ring(self, ring: tuple[list[tuple[float, ...]], bool]) -> str:
        points, closed = ring
        drawn = "L".join(f"{x} {y}" for x, y in (self.at(point[0], point[1]) for point in points))
        return f"M{drawn}{'Z' if closed else ''}"


def rings(shape: Any) -> Iterable[tuple[list[tuple[float, ...]], bool]]:
    """Every line of a shape, and whether it is the edge of an area; a point is a small cross."""
    kind = shape.geom_type
    if kind == "Polygon":
        yield from ((list(ring.coords), True) for ring in shape)
    elif kind in ("LineString", "LinearRing"):
        yield list(shape.coords), False
    elif kind == "Point":
        x, y = shape.x, shape.y
        yield [(x - 3, y), (x + 3, y)], False
        yield [(x, y - 3), (x, y + 3)], False
    else:
        for part in shape:
            yield from rings(part)


def placed(points: list[list[float]]) -> Picture:
    """Where features would lie: the communes' outlines and a dot a feature. Far outside is told by an empty picture."""
    box, outlines = communes()
    picture = Picture(SMALL, SMALL)
    if box is None:
        return picture
    lens = Lens(box, SMALL, SMALL)
    picture.shapes = [Shape(lens.path(outline), "commune") for outline in outlines]
    placed = (lens.at(x, y) for x, y in points)
    picture.dots = [(x, y) for x, y in placed if 0 <= x <= SMALL and 0 <= y <= SMALL]
    return picture


def mirrored(points: list[list[float]]) -> Picture:
    """Where the same features lie while X and Y stand in each other's place: far away, with the communes small."""
    box, outlines = communes()
    picture = Picture(SMALL, SMALL)
    if box is None or not points:
        return picture
    turned = [(y, x) for x, y in points]
    west, south = min(box[0], *(x for x, _ in turned)), min(box[1], *(y for _, y in turned))
    east, north = max(box[2], *(x for x, _ in turned)), max(box[3], *(y for _, y in turned))
    more = (east - west) * 0.08
    lens = Lens((west - more, south - more, east + more, north + more), SMALL, SMALL)
    picture.shapes = [Shape(lens.path(outline), "commune") for outline in outlines]
    picture.dots = [lens.at(x, y) for x, y in turned]
    return picture


def arrows(lens: Lens, shape: GEOSGeometry) -> list[Shape]:
    """Which way each ring runs: an arrow head in the middle of its longest edge."""
    heads = []
    for points, _closed in list(rings(shape))[:MOST_ARROWS]:
        ends = [lens.at(point[0], point[1]) for point in points]
        (x1, y1), (x2, y2) = max(pairwise(ends), key=lambda edge: dist(*edge))
        length = dist((x1, y1), (x2, y2)) or 1.0
        along, across = (x2 - x1) / length * ARROW, (y2 - y1) / length * ARROW
        x, y = (x1 + x2) / 2 - along / 2, (y1 + y2) / 2 - across / 2
        corners = ((x + along, y + across), (x - across / 2, y + along / 2), (x + across / 2, y - along / 2))
        heads.append(Shape("M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in corners) + "Z", "arrow"))
    return heads


def communes() -> tuple[Box | None, list[GEOSGeometry]]:
    return _communes(snapshots.newest() or 0)


@cache
def _communes(snapshot: int) -> tuple[Box | None, list[GEOSGeometry]]:
    drawn = AdminUnit.objects.filter(NOW, edition=NEW, geom__isnull=False).only("geom")
    outlines = [unit.geom.simplify(150) for unit in drawn if unit.geom]
    if not outlines:
        return None, []
    edges = [outline.extent for outline in outlines]
    west, south = min(e[0] for e in edges), min(e[1] for e in edges)
    return (west, south, max(e[2] for e in edges), max(e[3] for e in edges)), outlines


def of_fault(fault: Fault) -> Picture | None:
    """A finding's place among the delivered features (lines), over what is published (tints)."""
    if fault.place is None:
        return None
    own = fault.delivery.drafts.filter(row=fault.row).exclude(geom=None).first() if fault.row else None
    shapes = [draft for draft in (own, other_of(fault)) if draft is not None]
    box = around([draft.geom for draft in shapes if draft.geom], (fault.place.x, fault.place.y))
    picture, lens = among(fault.delivery, box, {draft.pk for draft in shapes})
    for draft in shapes:
        if draft.geom:
            picture.shapes.append(Shape(lens.path(draft.geom), "chosen"))
    if len(shapes) == 2 and shapes[0].geom and shapes[1].geom:
        picture.shapes += shared(lens, shapes[0].geom, shapes[1].geom)
    picture.dots = [lens.at(fault.place.x, fault.place.y)]
    return picture


def of_place(place: GEOSGeometry) -> Picture:
    """A place in degrees (WGS 84) that somebody reported, among the parcels that are published."""
    reported = place.transform(9209, clone=True)
    lens, picture = Lens(filling(around([reported])), WIDTH, HEIGHT), Picture(WIDTH, HEIGHT)
    snapshot = snapshots.newest()
    if snapshot:
        picture.shapes = [Shape(lens.path(s.geometry), tint(PARCELS)) for s in standing(PARCELS, snapshot, lens.box)]
    picture.shapes.append(Shape(lens.path(reported), "chosen"))
    return picture


def shared(lens: Lens, one: GEOSGeometry, two: GEOSGeometry) -> list[Shape]:
    if not (one.valid and two.valid):
        return []
    both = one.intersection(two)
    return [] if both.empty or both.area == 0 else [Shape(lens.path(both), "fault")]


def other_of(fault: Fault) -> Draft | None:
    """The second parcel that a finding speaks of."""
    other = fault.detail.get("other", "")
    if not other.isdigit():
        return None
    return fault.delivery.drafts.filter(row=int(other)).exclude(geom=None).first()


def beside(fault: Fault) -> list[dict[str, Any]]:
    """Both features of a finding, each as delivered and as published."""
    own = fault.delivery.drafts.filter(row=fault.row).first() if fault.row else None
    found = [draft for draft in (own, other_of(fault)) if draft is not None]
    return [{"draft": draft, "sides": sides.of(draft)} for draft in found]


def around(shapes: list[GEOSGeometry], place: tuple[float, float] | None = None) -> Box:
    """The box of the shapes with some ground around, at least 60 m wide."""
    edges = [shape.extent for shape in shapes] or [(*(place or (0, 0)), *(place or (0, 0)))]
    west, south = min(e[0] for e in edges), min(e[1] for e in edges)
    east, north = max(e[2] for e in edges), max(e[3] for e in edges)
    more = max(east - west, north - south, 40) * 0.35 + 5
    return west - more, south - more, east + more, north + more


def filling(box: Box) -> Box:
    """The box widened to the proportions of the picture, so that all of it is drawn."""
    west, south, east, north = box
    scale = max((east - west) / WIDTH, (north - south) / HEIGHT)
    x, y, wide, high = (west + east) / 2, (south + north) / 2, scale * WIDTH / 2, scale * HEIGHT / 2
    return x - wide, y - high, x + wide, y + high


def among(delivery: Any, box: Box, without: set[int]) -> tuple[Picture, Lens]:
    """What lies in a box: published parcels as tints, the delivery's own features as lines."""
    box = filling(box)
    lens, picture = Lens(box, WIDTH, HEIGHT), Picture(WIDTH, HEIGHT)
    snapshot = snapshots.newest()
    for layer in {PARCELS.slug: PARCELS, delivery.layer_slug: delivery.layer}.values() if snapshot else ():
        if layer.geometry_type:
            picture.shapes += [Shape(lens.path(s.geometry), tint(layer)) for s in standing(layer, snapshot or 0, box)]
    frame = Polygon.from_bbox(box)
    frame.srid = 9209
    near = delivery.drafts.filter(geom__bboverlaps=frame).exclude(pk__in=without)[:MOST_SHAPES]
    for draft in near:
        picture.shapes.append(Shape(lens.path(draft.geom), "draft"))
        label(picture, lens, draft)
    for draft in delivery.drafts.filter(pk__in=without):
        label(picture, lens, draft, "chosen")
    return picture, lens


def standing(layer: Layer, snapshot: int, box: Box) -> list[surroundings.Shape]:
    return surroundings.shapes(layer, snapshot, box)


def tint(layer: Layer) -> str:
    return "published" if layer is PARCELS else "theme"


def label(picture: Picture, lens: Lens, draft: Draft, kind: str = "draft") -> None:
    if draft.geom is None or draft.geom.empty:
        return
    at = draft.geom.point_on_surface if draft.geom.valid else draft.geom.envelope.centroid
    x, y = lens.at(at.x, at.y)
    text = str(draft.values.get(draft.delivery.layer.label, ""))
    if text and 0 < x < lens.width and 0 < y < lens.height and len(picture.labels) < 60:
        picture.labels.append((x, y, text[:24], kind))


def before_and_after(draft: Draft) -> list[dict[str, Any]]:
    """The feature as published and as delivered, in the same frame."""
    if not draft.delivery.layer.geometry_type:
        return []
    row = sides.published(draft)
    old, new = row.geom if row else None, draft.geom
    shapes = [shape for shape in (old, new) if shape]
    if not shapes:
        return []
    lens = Lens(around(shapes), SMALL * 1.4, SMALL)
    return [one_side("old", old, new, lens), one_side("new", new, old, lens)]


def one_side(side: str, shape: GEOSGeometry | None, other: GEOSGeometry | None, lens: Lens) -> dict[str, Any]:
    picture = Picture(lens.width, lens.height)
    if other:
        picture.shapes.append(Shape(lens.path(other), "ghost"))
    if shape:
        picture.shapes.append(Shape(lens.path(shape), f"{side}-shape"))
    return {"side": side, "picture": picture, "there": shape is not None}
