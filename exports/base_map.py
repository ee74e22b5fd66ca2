"""What lies under the map: Natural Earth's land around the East Sea, and the names of the two archipelagos.

`python -m exports.base_map` makes geoportal/static/data/base-map.json anew from the npm package world-atlas (land
only, no borders). The file is kept in the repository: it is small, and a page must not wait for a conversion.
"""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from typing import Any

import shapely

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules" / "world-atlas" / "land-10m.json"
TARGET = ROOT / "geoportal" / "static" / "data" / "base-map.json"
# Longitude and latitude: all that a visitor may pan to, and a margin.
EXTENT = shapely.box(94, 1, 127, 30)
# The coast of the Gulf of Tonkin as fine as the source has it, the rest only as fine as the far view needs.
NEAR = shapely.box(104.5, 18, 109, 22.5)
NEAR_STEP, FAR_STEP = 0.0005, 0.03
ISLET = 0.004  # square degrees: smaller land far away is left out
NAMES = {
    "Quần đảo Hoàng Sa": (112.0, 16.5),
    "Quần đảo Trường Sa": (114.0 + 20 / 60, 10.0),
}


def land(topology: dict[str, Any]) -> list[shapely.Polygon]:
    """The polygons of a quantised TopoJSON's land, in degrees (WGS 84)."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
        arcs.append([(x * scale_x + left, y * scale_y + bottom) for x, y in zip(xs, ys, strict=True)])

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return parts[0] + [point for part in parts[1:] for point in part[1:]]

    polygons = [polygon for found in topology["objects"]["land"]["geometries"] for polygon in found["arcs"]]
    return [shapely.Polygon(ring(outer), [ring(hole) for hole in holes]) for outer, *holes in polygons]


def around_the_east_sea(polygons: list[shapely.Polygon]) -> list[shapely.Polygon]:
    """The land within the extent, simplified by distance from the province."""
    whole = shapely.union_all([shapely.make_valid(polygon) for polygon in polygons if polygon.intersects(EXTENT)])
    near = whole.intersection(NEAR).simplify(NEAR_STEP)
    far = whole.intersection(EXTENT).difference(NEAR).simplify(FAR_STEP)
    return [
        part
        for part in shapely.get_parts([near, far])
        if part.geom_type == "Polygon" and (part.area > ISLET or part.intersects(NEAR))
    ]


def collection(polygons: list[shapely.Polygon]) -> dict[str, Any]:
    """Land and names as one GeoJSON FeatureCollection; `name` is empty for land."""
    shape = shapely.set_precision(shapely.MultiPolygon(polygons), 0.001)
    features = [{"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)}]
    for name, place in NAMES.items():
        point = {"type": "Point", "coordinates": [round(degree, 4) for degree in place]}
        features.append({"type": "Feature", "properties": {"name": name}, "geometry": point})
    return {"type": "FeatureCollection", "features": features}


def text_of(topology: dict[str, Any]) -> str:
    found = collection(around_the_east_sea(land(topology)))
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text_of(json.loads(SOURCE.read_text())), encoding="utf-8")
