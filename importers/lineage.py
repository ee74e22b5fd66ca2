"""What became of parcels between two editions: split, merged, moved, renumbered. Proposed by their shapes.

Two editions of one cadastre never agree to the digit: formats round, software snaps. Shapes that agree within a
tolerance are the same; where the rest overlap, what the old ones and the new ones cover together must agree within it
too, or nothing is proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.declare import Layer
from layers.ground.parcels import Parcel
from layers.revisions import Revision
from layers.versioned import NOW

Kind = Literal["split", "merge", "renumber", "move", "rearrange"]
Key = tuple[str, ...]
Node = tuple[str, int]
Shapes = NDArray[np.object_]

# Coordinates on a grid of 5 cm lie up to 3.5 cm from where they were; a surveyor's error is larger.
TOLERANCE_M = 0.05
# Two parcels are relatives when they share at least this part of the smaller one: a neighbour that was measured anew
# by a metre shares a strip, a child lies in its parent. What is left then is asked again with a smaller part: where
# borders were drawn anew altogether, an old parcel may share little with each of the new ones.
RELATED_SHARES = (0.5, 0.1)
# What the table of lineage records. A parcel that was only measured anew stays itself; who came from whom in a
# rearrangement is for a person to say.
RECORDED: tuple[Kind, ...] = ("split", "merge", "renumber")


@dataclass(frozen=True)
class Step:
    """Parcels that went into others on the same ground. Areas in m², of the drawings in VN-2000."""

    kind: Kind
    old: tuple[Key, ...]
    new: tuple[Key, ...]
    old_area_m2: float
    new_area_m2: float


@dataclass(frozen=True)
class Lineage:
    """`same` parcels kept number and shape; `gone` and `fresh` are those whose ground says nothing about each other."""

    steps: tuple[Step, ...]
    same: int
    gone: tuple[Key, ...]
    fresh: tuple[Key, ...]


@dataclass(frozen=True)
class Edition:
    """The parcels of one edition that are still to be explained."""

    keys: list[Key]
    shapes: Shapes

    def without(self, places: Iterable[int]) -> Edition:
        kept = sorted(set(range(len(self.keys))) - set(places))
        return Edition([self.keys[at] for at in kept], self.shapes[kept])


def compare_editions(
    old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, key: Sequence[str], tolerance_m: float = TOLERANCE_M
) -> Lineage:
    """What became of the parcels of one edition in the next; both valid, in EPSG:9209, their keys unique."""
    before, after = edition_of(old, key), edition_of(new, key)
    place = {name: at for at, name in enumerate(after.keys)}
    pairs = [(at, place[name]) for at, name in enumerate(before.keys) if name in place]
    alike = [pair for pair, agree in zip(pairs, agreeing(before, after, pairs, tolerance_m), strict=True) if agree]
    before = before.without(at for at, _ in alike)
    after = after.without(at for _, at in alike)
    steps: list[Step] = []
    for share in RELATED_SHARES:
        explained_old: set[int] = set()
        explained_new: set[int] = set()
        for olds, news in related(before, after, share):
            step = explained(before, after, olds, news, tolerance_m)
            if step is not None:
                steps.append(step)
                explained_old |= set(olds)
                explained_new |= set(news)
        before, after = before.without(explained_old), after.without(explained_new)
    return Lineage(
        steps=tuple(sorted(steps, key=lambda step: (step.kind, step.old))),
        same=len(alike),
        gone=tuple(before.keys),
        fresh=tuple(after.keys),
    )


def edition_of(frame: gpd.GeoDataFrame, key: Sequence[str]) -> Edition:
    keys = [tuple(map(str, name)) for name in frame[list(key)].itertuples(index=False, name=None)]
    return Edition(keys, frame.geometry.to_numpy())


def agreeing(before: Edition, after: Edition, pairs: list[tuple[int, int]], tolerance_m: float) -> NDArray[np.bool_]:
    """Which pairs have the same shape within the tolerance: neither border leaves the other."""
    if not pairs:
        return np.zeros(0, dtype=bool)
    olds, news = (side.shapes[list(at)] for side, at in zip((before, after), zip(*pairs, strict=True), strict=True))
    same: NDArray[np.bool_] = shapely.hausdorff_distance(olds, news) <= tolerance_m
    return same


def related(before: Edition, after: Edition, share: float) -> list[tuple[list[int], list[int]]]:
    """Groups of old and new parcels that share ground (`share` of the smaller one), directly or through each other."""
    if not before.keys or not after.keys:
        return []
    olds, news = shapely.STRtree(after.shapes).query(before.shapes, predicate="intersects")
    shared = shapely.area(shapely.intersection(before.shapes[olds], after.shapes[news]))
    smaller = np.minimum(shapely.area(before.shapes[olds]), shapely.area(after.shapes[news]))
    strong = shared >= share * smaller
    neighbours: dict[Node, set[Node]] = defaultdict(set)
    for old, new in zip(olds[strong].tolist(), news[strong].tolist(), strict=True):
        neighbours["old", old].add(("new", new))
        neighbours["new", new].add(("old", old))
    return groups(neighbours)


def of_side(group: set[Node], side: str) -> list[int]:
    return sorted(at for name, at in group if name == side)


def groups(neighbours: dict[Node, set[Node]]) -> list[tuple[list[int], list[int]]]:
    found: list[tuple[list[int], list[int]]] = []
    seen: set[Node] = set()
    for start in list(neighbours):
        waiting: list[Node] = [start]
        group: set[Node] = set()
        while waiting:
            node = waiting.pop()
            if node not in group:
                group.add(node)
                waiting += neighbours[node]
        if start not in seen:
            seen |= group
            found.append((of_side(group, "old"), of_side(group, "new")))
    return found


def explained(before: Edition, after: Edition, olds: list[int], news: list[int], tolerance_m: float) -> Step | None:
    """The step that leads from the old to the new parcels of one group; None when their ground does not agree."""
    old_keys, new_keys = tuple(before.keys[at] for at in olds), tuple(after.keys[at] for at in news)
    kind = kind_of(old_keys, new_keys)
    old_ground, new_ground = ground_of(before.shapes[olds]), ground_of(after.shapes[news])
    if kind != "move" and not same_ground(old_ground, new_ground, tolerance_m):
        return None
    return Step(kind, old_keys, new_keys, round(old_ground.area, 1), round(new_ground.area, 1))


def kind_of(olds: tuple[Key, ...], news: tuple[Key, ...]) -> Kind:
    if olds == news and len(olds) == 1:
        return "move"
    if len(olds) == 1:
        return "renumber" if len(news) == 1 else "split"
    return "merge" if len(news) == 1 else "rearrange"


def ground_of(shapes: Shapes) -> shapely.Geometry:
    return shapely.union_all(shapes)


def same_ground(old: shapely.Geometry, new: shapely.Geometry, tolerance_m: float) -> bool:
    """Whether what differs is nowhere wider than the tolerance on both sides of the border."""
    difference = shapely.symmetric_difference(old, new)
    return bool(shapely.buffer(difference, -tolerance_m, join_style="mitre").is_empty)


def published_parcels(layer: Layer, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The parcels that stand within the scope of a delivery: what its lineage is told against."""
    columns = list(dict.fromkeys((*layer.key, *layer.scope)))
    standing = layer.model._default_manager.using("publish").filter(NOW)
    for name in layer.scope:
        standing = standing.filter(**{f"{name}__in": sorted(set(frame[name].astype(str)))})
    rows = list(standing.values_list("geom", *columns))
    shapes = [shapely.from_wkb(bytes(row[0].wkb)) for row in rows]
    told = pd.DataFrame([row[1:] for row in rows], columns=columns)
    scopes = pd.MultiIndex.from_frame(frame[list(layer.scope)].astype(str))
    return gpd.GeoDataFrame(told, geometry=shapes, crs=9209)[
        pd.MultiIndex.from_frame(told[list(layer.scope)]).isin(scopes)
    ]


def lineage(layer: Layer, frame: gpd.GeoDataFrame, tolerance_m: float = TOLERANCE_M) -> Lineage:
    """What a delivery (EPSG:9209, the layer's fields) makes of the parcels that stand in its scope."""
    return compare_editions(published_parcels(layer, frame), frame, layer.key, tolerance_m)


def succession_rows(found: Lineage, revision: Revision, document: str = "") -> pd.DataFrame:
    """Rows for the table of parcel lineage, once the delivery is published as `revision`: ids instead of numbers.

    A parcel that was only moved is still itself and gets none; a rearrangement is for a person to record."""
    old, new = ids_of(revision, closed=True), ids_of(revision, closed=False)
    rows = [
        {"kind": step.kind, "parent_id": old[parent], "child_id": new[child], "document": document}
        for step in found.steps
        if step.kind in RECORDED
        for parent in step.old
        for child in step.new
        if parent in old and child in new and old[parent] != new[child]
    ]
    return pd.DataFrame(rows, columns=["kind", "parent_id", "child_id", "document"])


def ids_of(revision: Revision, *, closed: bool) -> dict[Key, int]:
    """Feature ids by number, of the parcels that a revision closed or opened."""
    which = {"until": revision.number} if closed else {"since": revision.number}
    rows = Parcel.objects.using("publish").filter(**which)
    listed = rows.values_list("feature_id", "commune_code", "sheet_no", "parcel_no")
    return {tuple(key): feature for feature, *key in listed}
