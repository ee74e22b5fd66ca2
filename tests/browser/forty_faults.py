"""Restriction zones as an office has them: a shapefile in TCVN3 without .prj, with forty faults, made over the demo.

Some faults the portal repairs when it is asked to, some a person decides, some only the file's maker can correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely import affinity

from tests.addresses import connect
from tests.browser.desk_files import zipped
from tests.database.deliveries import in_tcvn3, shapefile_of

# What is planted, how often, and the rule that must find it. Rows follow each other in this order.
FAULTS = (
    ("outline that crosses itself", 12, "shape-crosses"),
    ("repeated corner", 12, "vertices-repeated"),
    ("spike", 6, "spike"),
    ("day that does not exist", 4, "cell-unreadable"),
    ("zone out at sea", 2, "outside-province"),
    ("letter of no alphabet", 2, "letters-undecoded"),
    ("number given twice", 1, "key-twice"),
    ("depth that may be 1.5 m or 1,500 m", 1, "number-ambiguous"),
)
EXPECTED = Counter({code: count for _kind, count, code in FAULTS})
Columns = dict[str, list[str]]
ROWS = 48
NAME = "Vùng hạn chế giếng khoan thôn Đông Thượng số"
ISSUER = "Ủy ban nhân dân tỉnh"
PLACES = """
SELECT feature_id, commune_code, ST_X(c), ST_Y(c)
FROM (SELECT *, ST_PointOnSurface(geom) AS c, row_number() OVER (ORDER BY feature_id) AS n,
             count(*) OVER () AS all_of_it
      FROM layers_parcel WHERE until IS NULL AND commune_code = (
        SELECT commune_code FROM layers_parcel WHERE until IS NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)) AS p
WHERE n %% (all_of_it / %s) = 0 ORDER BY n LIMIT %s
"""


@dataclass(frozen=True)
class Zones:
    """`parcel`: the feature id of a parcel in the middle of the last zone, which has no fault; `name`: of that zone."""

    file: Path
    commune: str
    parcel: int
    name: str


def zones(database: str, folder: Path, *, corrected: bool = False) -> Zones:
    """The file as it was, or as its maker sends it again: what the portal repairs or asks about is still in it."""
    with connect(database.rpartition("/")[2]) as connection:
        places = connection.execute(PLACES, (ROWS, ROWS)).fetchall()
    shapes = [shapely.box(east - 30, north - 30, east + 30, north + 30) for _, _, east, north in places]
    columns: Columns = {
        "MASO": [f"HC-{at + 1:03}" for at in range(ROWS)],
        "TENVUNG": [in_tcvn3(f"{NAME} {at + 1}") for at in range(ROWS)],
        "LOAIVUNG": ["1"] * ROWS,
        "TANGCN": ["qp (Pleistocen)"] * ROWS,
        "CQBANHANH": [in_tcvn3(ISSUER.lower())] * ROWS,
        "NGAYQD": ["20/11/2026"] * ROWS,
        "SAUDEN": ["80"] * ROWS,
        "TENCHU": [in_tcvn3("Nguyễn Văn Bí Mật")] * ROWS,
    }
    spoil(shapes, columns, corrected)
    folder.mkdir(parents=True, exist_ok=True)
    file = zipped(shapefile_of(folder / "vung_han_che", shapes, {**columns}))
    return Zones(file, str(places[-1][1]), int(places[-1][0]), f"{NAME} {ROWS}")


def rows_of(code: str) -> range:
    start = 0
    for _kind, count, found in FAULTS:
        if found == code:
            return range(start, start + count)
        start += count
    raise KeyError(code)


def spoil(shapes: list[shapely.Polygon], columns: Columns, corrected: bool) -> None:
    for at in rows_of("shape-crosses"):
        west, south, east, north = shapes[at].bounds
        slip = [(east - 6, north), (east, north - 6)]  # two corners in each other's place
        shapes[at] = shapely.Polygon([(west, south), (east, south), *slip, (west, north)])
    for at in rows_of("vertices-repeated"):
        shapes[at] = repeated(shapely.get_coordinates(shapes[at]).tolist())
    for at in rows_of("spike"):
        west, south, east, north = shapes[at].bounds
        tip = [(east, north - 10.0), (east + 12, north - 10.03), (east, north - 10.06)]
        shapes[at] = shapely.Polygon([(west, south), (west, north), (east, north), *tip, (east, south)])
    for at in rows_of("number-ambiguous"):
        columns["SAUDEN"][at] = "1.500"
    if corrected:
        return
    for at in rows_of("cell-unreadable"):
        columns["NGAYQD"][at] = "31/02/2026"
    for at in rows_of("outside-province"):
        shapes[at] = affinity.translate(shapes[at], 90_000, -60_000)
    for at in rows_of("letters-undecoded"):
        columns["TENVUNG"][at] += " \x8d"
    for at in rows_of("key-twice"):
        columns["MASO"][at] = columns["MASO"][at - 1]


def repeated(corners: Sequence[Sequence[float]]) -> shapely.Polygon:
    east, north = corners[1]
    return shapely.Polygon([*corners[:2], (east - 0.0003, north), *corners[2:]])
