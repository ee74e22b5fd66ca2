"""A province of two dozen parcels for the search: all real communes, old and new; numbers repeat on purpose."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.contrib.gis.geos import GEOSGeometry, LineString, MultiLineString, MultiPolygon, Point, Polygon
from django.utils import timezone

from layers.ground.admin_units import NEW, OLD, AdminSuccession, AdminUnit
from layers.ground.map_sheets import MapSheet
from layers.ground.parcels import Parcel, ParcelSuccession
from layers.ground.places import PlaceName, Road, Water
from layers.revisions import Revision
from layers.themes.groundwater_zones import GroundwaterZone
from layers.versioned import Versioned

LISTS = Path(__file__).parents[2] / "layers" / "ground" / "data"
WEST, SOUTH = 583_000.0, 2_260_000.0

# (name used in tests, new commune, sheet, parcel, old commune, its old district, old sheet, old parcel)
PARCELS = (
    ("centre", "Xã Đông Hưng", "45", "123", "Thị trấn Đông Hưng", "Huyện Đông Hưng", "12", "77"),
    ("cac", "Xã Đông Hưng", "5", "9", "Xã Đông Các", "Huyện Đông Hưng", "45", "123"),
    ("tan-dh", "Xã Tiên Hưng", "61", "201", "Xã Minh Tân", "Huyện Đông Hưng", "45", "123"),
    ("tan-hh", "Xã Lê Quý Đôn", "62", "202", "Xã Minh Tân", "Huyện Hưng Hà", "45", "123"),
    ("tan-kx", "Xã Bình Thanh", "63", "203", "Xã Minh Tân", "Huyện Kiến Xương", "45", "123"),
    ("tan-pc", "Xã Quang Hưng", "64", "204", "Xã Minh Tân", "Huyện Phù Cừ", "45", "123"),
    ("extract-7", "Xã Bình Thanh", "TĐ03-2014", "7", "Xã Bình Thanh", "Huyện Kiến Xương", "TĐ03-2014", "7"),
    ("extract-8", "Xã Bình Thanh", "TĐ03-2014", "8", "Xã Bình Thanh", "Huyện Kiến Xương", "TĐ03-2014", "8"),
    ("letter", "Phường Trần Lãm", "3", "12a", "Phường Trần Lãm", "Thành phố Thái Bình", "3", "12"),
    ("ward", "Phường Thái Bình", "8", "31", "Phường Bồ Xuyên", "Thành phố Thái Bình", "2", "31"),
    ("kim", "Xã Hưng Hà", "70", "15", "Xã Kim Chung", "Huyện Hưng Hà", "4", "15"),
    ("xa-dh", "Xã Đông Hưng", "80", "6", "Xã Nguyên Xá", "Huyện Đông Hưng", "9", "6"),
    ("xa-vt", "Phường Vũ Phúc", "81", "6", "Xã Nguyên Xá", "Huyện Vũ Thư", "9", "6"),
    ("quy", "Xã Vũ Quý", "2", "44", "Xã Vũ Quí", "Huyện Kiến Xương", "1", "44"),
    ("hoa", "Xã Hưng Hà", "71", "18", "Xã Hòa Bình", "Huyện Hưng Hà", "6", "18"),
    ("child-1", "Xã Đông Hưng", "46", "201", "Xã Đông La", "Huyện Đông Hưng", "", ""),
    ("child-2", "Xã Đông Hưng", "46", "202", "Xã Đông La", "Huyện Đông Hưng", "", ""),
    ("split", "Xã Đông Hưng", "46", "10", "Xã Đông La", "Huyện Đông Hưng", "7", "10"),
    ("bac", "Xã Bắc Đông Hưng", "45", "124", "Xã Liên Hoa", "Huyện Đông Hưng", "3", "3"),
)
IDS = {row[0]: 1000 + place for place, row in enumerate(PARCELS)}


def read(name: str) -> list[dict[str, str]]:
    with (LISTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def versions(first_id: int) -> Iterator[dict[str, object]]:
    while True:
        yield {"feature_id": first_id, "since": 1, "digest": uuid4()}
        first_id += 1


def box(place: int) -> dict[str, object]:
    west = WEST + 100 * place
    shape = MultiPolygon(Polygon.from_bbox((west, SOUTH, west + 50, SOUTH + 30)), srid=9209)
    return {"geom": shape, "geom_3857": shape.transform(3857, clone=True)}


def build() -> None:
    """Everything is known since revision 1; one parcel was split in revision 2."""
    for number in (1, 2):
        Revision.objects.create(
            number=number, layer="parcels", published_at=timezone.now(), publisher="An", added=1, changed=0, removed=0
        )
    build_communes()
    build_parcels()
    build_names()


def build_communes() -> None:
    spare = versions(1)
    columns = ("code", "name", "level", "district_code", "district", "province_code", "province")
    AdminUnit.objects.bulk_create(
        AdminUnit(edition=edition, **{column: row[column] for column in columns}, **next(spare))
        for edition, file in ((OLD, "admin_units_old.csv"), (NEW, "admin_units_new.csv"))
        for row in read(file)
    )
    AdminSuccession.objects.bulk_create(
        AdminSuccession(
            old_code=row["old_code"], new_code=row["new_code"], split_among=int(row["split_among"]), **next(spare)
        )
        for row in read("admin_mapping.csv")
    )
    shape = box(0)
    AdminUnit.objects.filter(edition=NEW, name="Xã Đông Hưng").update(**shape)


def build_parcels() -> None:
    new = {unit.name: unit.code for unit in AdminUnit.objects.filter(edition=NEW)}
    old = {(unit.name, unit.district): unit.code for unit in AdminUnit.objects.filter(edition=OLD)}
    for place, (name, commune, sheet, number, old_commune, district, old_sheet, old_number) in enumerate(PARCELS):
        Parcel.objects.create(
            feature_id=IDS[name],
            since=1,
            until=2 if name == "split" else None,
            digest=uuid4(),
            commune_code=new[commune],
            sheet_no=sheet,
            parcel_no=number,
            old_commune_code=old[old_commune, district],
            old_sheet_no=old_sheet,
            old_parcel_no=old_number,
            **box(place),
        )
    for child, spare in zip(("child-1", "child-2"), versions(5000), strict=False):
        ParcelSuccession.objects.create(kind="split", parent_id=IDS["split"], child_id=IDS[child], **spare)
    MapSheet.objects.create(
        commune_code=new["Xã Đông Hưng"], sheet_no="45", scale=1000, **box(0), **next(versions(6000))
    )


def build_names() -> None:
    line = MultiLineString(LineString((WEST, SOUTH), (WEST + 900, SOUTH + 90), srid=9209), srid=9209)
    spot = Point(WEST + 5, SOUTH + 5, srid=9209)
    for model, code, name, kind, shape in (
        (Road, "R1", "Quốc lộ 10", "main", line),
        (Road, "R2", "Đường Trần Hưng Đạo", "street", line),
        (Water, "W1", "Sông Trà Lý", "river", box(3)["geom"]),
        (PlaceName, "P1", "Chợ Đông Hưng", "market", spot),
        (PlaceName, "P2", "Đền Trần", "temple", spot),
    ):
        assert isinstance(shape, GEOSGeometry)
        drawn = {"geom": shape, "geom_3857": shape.transform(3857, clone=True)}
        model.objects.create(code=code, name=name, kind=kind, **drawn, **named(model))
    GroundwaterZone.objects.create(
        code="VHC-012",
        name="Vùng hạn chế Diêm Điền",
        decision_no="123/QĐ-UBND",
        kind="1",
        aquifer="qp",
        **box(5),
        **next(versions(7000)),
    )


def named(model: type[Versioned]) -> dict[str, object]:
    return {"feature_id": 8000 + model._default_manager.count(), "since": 1, "digest": uuid4()}
