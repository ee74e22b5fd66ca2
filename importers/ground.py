"""The State's lists of communes that ship with the portal, as frames ready to publish."""

from __future__ import annotations

import hashlib
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import MultiPolygon, wkb

import layers.ground
from importers.publish import Delivery
from layers.ground.admin_units import NEW, OLD, AdminUnit

FOLDER = Path(layers.ground.__file__).parent / "data"
FILES = {OLD: "admin_units_old.csv", NEW: "admin_units_new.csv"}
MAPPING = "admin_mapping.csv"
NOTE = "danh mục của Nhà nước"
KEY = ["edition", "code"]


def read(file: str) -> pd.DataFrame:
    """A list as text: codes keep their leading zeros, an empty cell is an empty text."""
    return pd.read_csv(FOLDER / file, dtype=str, keep_default_na=False)


def communes() -> pd.DataFrame:
    """Both editions, one row a commune, with the fields of the layer and the editions' official dates."""
    listed = [read(file).assign(edition=edition) for edition, file in FILES.items()]
    return pd.concat(listed, ignore_index=True).drop(columns=["verified", "source"])


def successions() -> pd.DataFrame:
    mapping = read(MAPPING)[["old_code", "new_code", "split_among"]]
    return mapping.astype({"split_among": int})


def with_shapes(units: pd.DataFrame, shapes: dict[tuple[str, str], MultiPolygon]) -> gpd.GeoDataFrame:
    """Communes with the shapes (EPSG:9209) given by edition and code; the others keep none."""
    geometry = [shapes.get(key) for key in units[KEY].itertuples(index=False, name=None)]
    return gpd.GeoDataFrame(units, geometry=geometry, crs=9209)


def published_shapes() -> dict[tuple[str, str], MultiPolygon]:
    """What stands: the lists carry no shapes, so publishing them again must not wipe out those of a survey."""
    drawn = AdminUnit.objects.using("publish").filter(until__isnull=True, geom__isnull=False)
    return {(unit.edition, unit.code): wkb.loads(bytes(unit.geom.wkb)) for unit in drawn if unit.geom}


def delivery(publisher: str) -> Delivery:
    digest = hashlib.sha256(b"".join((FOLDER / file).read_bytes() for file in (*FILES.values(), MAPPING)))
    return Delivery("layers/ground/data", digest.hexdigest(), publisher, note=NOTE)
