"""How a delivery of parcels fits what is published beside it, and what became of the parcels it replaces."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from django.contrib.gis.geos import Polygon

from importers.findings import Finding, found
from importers.lineage import Lineage, compare_editions, published_parcels
from importers.steps.fabric import is_fabric
from importers.steps.overlaps import ALLOWED_M2
from layers.declare import Layer
from layers.versioned import NOW

# A parcel measured anew moves by less than this; one of the same number that is farther away is another parcel.
ELSEWHERE_M = 20.0
NAMED = 5


def beside_published(layer: Layer, frame: gpd.GeoDataFrame) -> list[Finding]:
    """Overlaps of delivered parcels (EPSG:9209, valid) with published ones that the delivery does not speak for."""
    if not (is_fabric(layer) and len(frame)):
        return []
    standing = published_around(layer, frame)
    tree = shapely.STRtree(standing.geometry.to_numpy())
    shapes = frame.geometry.to_numpy()
    one, other = tree.query(shapes, predicate="intersects")
    shared = shapely.intersection(shapes[one], standing.geometry.to_numpy()[other])
    findings = []
    for at in np.flatnonzero(shapely.area(shared) > ALLOWED_M2):
        place = shapely.point_on_surface(shared[at])
        findings.append(
            found(
                "overlap-published",
                row=int(frame.index[one[at]]),
                other=" / ".join(standing.iloc[other[at]][list(layer.key)].astype(str)),
                area=f"{shapely.area(shared[at]):.2f}",
                place=(float(place.x), float(place.y)),
            )
        )
    return findings


def published_around(layer: Layer, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Published parcels within the bounds of a delivery that are not in its scope."""
    box = Polygon.from_bbox(tuple(frame.total_bounds))
    box.srid = 9209
    columns = list(dict.fromkeys((*layer.key, *layer.scope)))
    near: dict[str, object] = {"geom__bboverlaps": box}
    rows = list(layer.model._default_manager.using("publish").filter(NOW, **near).values_list("geom", *columns))
    told = pd.DataFrame([row[1:] for row in rows], columns=columns)
    shapes = [shapely.from_wkb(bytes(row[0].wkb)) for row in rows]
    scopes = pd.MultiIndex.from_frame(frame[list(layer.scope)].astype(str))
    outside = ~pd.MultiIndex.from_frame(told[list(layer.scope)].astype(str)).isin(scopes)
    return gpd.GeoDataFrame(told, geometry=shapes, crs=9209)[outside]


def against_published(layer: Layer, frame: gpd.GeoDataFrame) -> tuple[Lineage | None, list[Finding]]:
    """What the delivery makes of the parcels it replaces: their lineage, and what nobody explains. None for layers
    whose features do not share the ground."""
    if not is_fabric(layer):
        return None, []
    standing = published_parcels(layer, frame)
    found_lineage = compare_editions(standing, frame, layer.key)
    return found_lineage, [*moved_far(layer, standing, frame), *unexplained(found_lineage)]


def moved_far(layer: Layer, standing: gpd.GeoDataFrame, frame: gpd.GeoDataFrame) -> list[Finding]:
    """Parcels whose number stands at another place than before."""
    key = list(layer.key)
    delivered = frame[[*key, "geometry"]].assign(row=frame.index)
    both = standing[[*key, "geometry"]].merge(delivered, on=key, suffixes=("_old", "_new"))
    if both.empty:
        return []
    metres = shapely.distance(both["geometry_old"].to_numpy(), both["geometry_new"].to_numpy())
    return [
        found(
            "number-elsewhere",
            row=int(both["row"].iloc[at]),
            value=" / ".join(both.iloc[at][key].astype(str)),
            distance=f"{metres[at]:.0f}",
        )
        for at in np.flatnonzero(metres > ELSEWHERE_M)
    ]


def unexplained(lineage: Lineage) -> list[Finding]:
    """A parcel does not vanish: it is split, merged or renumbered. One finding for all that nobody explains."""
    if not lineage.gone:
        return []
    named = "; ".join(" / ".join(key) for key in lineage.gone[:NAMED]) + (" …" if len(lineage.gone) > NAMED else "")
    return [found("gone-unexplained", count=len(lineage.gone), value=named)]
