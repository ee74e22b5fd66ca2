"""Files an officer might have, made from the demo: a sheet of parcels without .prj, with owners and faults."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import shapely

from tests.addresses import connect
from tests.database.deliveries import in_tcvn3, shapefile_of

SHEETS = """
SELECT commune_code, sheet_no FROM layers_parcel WHERE until IS NULL
GROUP BY 1, 2 HAVING count(*) BETWEEN 60 AND 260 ORDER BY count(*) DESC, 1, 2 OFFSET %s LIMIT 1
"""
PARCELS = """
SELECT parcel_no, ST_AsBinary(geom), coalesce(area_paper_m2, round(ST_Area(geom)::numeric, 1)), purposes,
       old_commune_code, old_sheet_no, old_parcel_no, parcel_code, coalesce(map_scale::text, ''), land_use
FROM layers_parcel WHERE until IS NULL AND commune_code = %s AND sheet_no = %s ORDER BY feature_id
"""

OLD_COLUMNS = ("MAXACU", "SOTOCU", "SOTHUACU", "MATHUADAT", "TYLE", "LAND_USE")


def sheet(database: str, folder: Path, *, place: int = 0, faults: bool = True, name: str = "dc_to") -> tuple[Path, str]:
    """A zipped shapefile of one sheet of the demo, two parcels moved and one left out, and its commune's code."""
    with connect(database.rpartition("/")[2]) as connection:
        commune, number = connection.execute(SHEETS, (place,)).fetchone() or ("", "")
        rows = connection.execute(PARCELS, (commune, number)).fetchall()
    shapes = [shapely.get_parts(shapely.from_wkb(row[1]))[0] for row in rows]
    paper = [float(row[2]) for row in rows]
    kept = len(rows) - 1
    for at in (3, 4):
        shapes[at] = shifted(shapes[at])
    if faults:
        shapes[10] = shapely.affinity.scale(shapes[10], 1.15, 1.0)
        shapes[20] = repeated(shapes[20])
        paper[30] *= 1.2
    columns = {
        "MAXA": [commune] * kept,
        "SHBANDO": [number] * kept,
        "SHTHUA": [str(row[0]) for row in rows[:kept]],
        "KHLOAIDAT": ["+".join(f"{part['code']}{part['area_m2'] or ''}" for part in row[3]) for row in rows[:kept]],
        "DIENTICHPL": [f"{area:.1f}".replace(".", ",") for area in paper[:kept]],
        **{name: [row[at] for row in rows[:kept]] for at, name in enumerate(OLD_COLUMNS, 4)},
        "TENCHU": [in_tcvn3("Nguyễn Văn Bí Mật")] * kept,
        "DIACHI": [in_tcvn3("Thôn Đông, xã nọ")] * kept,
    }
    folder.mkdir(parents=True, exist_ok=True)
    shp = shapefile_of(folder / name, shapes[:kept], columns)
    return zipped(shp), commune


def zipped(shp: Path) -> Path:
    archive = shp.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for part in sorted(shp.parent.glob(f"{shp.stem}.*")):
            if part != archive:
                file.write(part, part.name)
    return archive


def shifted(shape: shapely.Polygon) -> shapely.Polygon:
    """A parcel drawn a little smaller: surveyed again."""
    return shape.buffer(-0.4, join_style="mitre")


def repeated(shape: shapely.Polygon) -> shapely.Polygon:
    points = shapely.get_coordinates(shape)
    return shapely.Polygon(np.vstack([points[:2], points[1:2] + 0.0002, points[2:]]))
