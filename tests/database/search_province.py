"""The small province with more to be found: parcel codes, decisions, licences, names nearly each other's."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.gis.geos import GEOSGeometry, LineString, MultiLineString, MultiPolygon, Point, Polygon

from layers.ground.parcels import Parcel
from layers.ground.places import PlaceName, Road, Water
from tests.database import small_province
from tests.database.province import box, deliver, line, point, zone
from tests.database.small_province import IDS, SOUTH, WEST

ROADS = (
    "Quốc lộ 37B",
    "Quốc lộ 39",
    "Đường tỉnh 454",
    "Đường Lý Thường Kiệt",
    "Đường Trần Thái Tông",
    "Đường Trần Hưng",
)
WATERS = ("Sông Hóa", "Sông Luộc", "Sông Diêm Hộ", "Kênh Kiên Giang", "Kênh Trà Linh")
PLACES = (
    *("Chùa Keo", "Chùa Kênh", "Chợ Mẹo", "Chợ Đông Quan", "Đền Đồng Bằng", "Đền Đồng Xâm"),
    *("Thôn Phương La", "Thôn Phương Cúc", "Bến xe Thái Bình"),
)
# Layer, number, name, decision.
RECORDS = (
    ("groundwater-zones", "VHC-013", "Vùng hạn chế Tiền Hải", "1724/QĐ-UBND"),
    ("groundwater-zones", "VC-002", "Vùng cấm khai thác Thái Thụy", "3518/QĐ-UBND"),
    ("source-corridors", "HL-TL-03", "Hành lang bảo vệ sông Trà Lý, đoạn 3", "232/QĐ-UBND"),
    ("source-corridors", "HL-KG-01", "Hành lang bảo vệ kênh Kiên Giang", "45/2024/QĐ-UBND"),
    ("licensed-wells", "G-07", "Giếng nhà máy nước Vũ Quý", "07/GP-UBND"),
    ("licensed-wells", "G-15", "Giếng khoan Hưng Hà 1", "15/GP-UBND"),
    ("licensed-wells", "G-16", "Giếng khoan Hưng Hà 2", "115/GP-STNMT"),
    ("licensed-wells", "G-17", "Giếng làng Mẹo", "216/GP-UBND"),
)
SHAPES = {
    "groundwater-zones": box(500, 0, 560, 40),
    "source-corridors": line((0, 5), (400, 5)),
    "licensed-wells": point(3, 3),
}
# GeoHashes of the middles of the parcels, as an office would have delivered them.
CODES = {
    "centre": "w7es4z57prcm",
    "cac": "w7es4zh5jx5f",
    "tan-dh": "w7es4zhg5yq2",
    "tan-hh": "w7es4zje4m2y",
    "tan-kx": "w7es4zn70sek",
    "tan-pc": "w7es4zngngvc",
    "extract-7": "w7es4zpej6br",
    "extract-8": "w7es5p075d4v",
    "letter": "w7es5p151cm6",
    "ward": "w7es5p1g00xb",
    "kim": "w7es5p46yxdm",
    "xa-dh": "w7es5p54uyug",
}


def build() -> None:
    small_province.build()
    for name, code in CODES.items():
        Parcel.objects.filter(feature_id=IDS[name]).update(parcel_code=code)
    way = MultiLineString(LineString((WEST, SOUTH), (WEST + 900, SOUTH + 90), srid=9209), srid=9209)
    add(Road, ROADS, "street", way)
    add(Water, WATERS, "river", MultiPolygon(Polygon.from_bbox((WEST, SOUTH, WEST + 50, SOUTH + 30)), srid=9209))
    add(PlaceName, PLACES, "place", Point(WEST + 5, SOUTH + 5, srid=9209))
    for slug in SHAPES:
        deliver(
            slug,
            *(
                zone(slug, code, SHAPES[slug], name=name, decision_no=decision)
                for layer, code, name, decision in RECORDS
                if layer == slug
            ),
        )


def add(model: type[Road | Water | PlaceName], names: Iterable[str], kind: str, shape: GEOSGeometry) -> None:
    drawn = {"geom": shape, "geom_3857": shape.transform(3857, clone=True)}
    for number, name in enumerate(names):
        model._default_manager.create(code=f"X{number}", name=name, kind=kind, **drawn, **small_province.named(model))
