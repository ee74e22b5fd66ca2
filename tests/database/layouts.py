"""Twenty layouts in which offices, firms and programs deliver parcels: columns beside the numbers, many about people.

Every column that is no field of the layer holds the planted name; also those nobody has thought of as personal.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import openpyxl
import shapely

from tests.database.deliveries import COMMUNE, box, in_tcvn3, shapefile_of

NAME = "Nguyễn Thị Bí Mật"
TRACES = (NAME, "Bí Mật", "Bi Mat", "bi mat", in_tcvn3("Bí Mật"), "BÍ MẬT")
PARCELS = 3


@dataclass(frozen=True)
class Layout:
    """`fields` are the delivered names of commune, sheet, number and purpose; `planted` hold the name."""

    title: str
    kind: str
    fields: tuple[str, str, str, str]
    planted: tuple[str, ...]


FAMIS = ("MAXA", "SHBANDO", "SHTHUA", "KHLOAIDAT")
LAYOUTS = (
    Layout("FAMIS export", "shp", FAMIS, ("TENCHU", "DIACHI", "DIADANH", "DTSD", "MSCOLOR")),
    Layout("FAMIS with certificates", "shp", FAMIS, ("TENCHU", "SOGCN", "SOSERI", "NGAYSINH", "GHICHU")),
    Layout("VILIS 2.0", "shp", ("MAXA", "SOTO", "SOTHUA", "MDSD"), ("CHUSUDUNG", "DIACHICHU", "SOCMND", "NAMSINH")),
    Layout("VBDLIS", "gpkg", ("MAXA", "SOHIEUTOBANDO", "SOTHUTUTHUA", "LOAIDAT"), ("HOTEN", "CCCD", "DIACHITHUONGTRU")),
    Layout("TMV.Map", "shp", FAMIS, ("TENCHUSD", "DCCHU", "VOCHONG", "NGUOINHAN")),
    Layout("gCadas", "gpkg", FAMIS, ("tenChu", "diaChi", "soDienThoai", "email", "nguoiLap")),
    Layout("eMap, names cut by a DBF", "shp", FAMIS, ("TENCHUSUDU", "DIACHITHUO", "NGUOISUDUN")),
    Layout("marks and blanks in names", "gpkg", FAMIS, ("Tên chủ sử dụng", "Địa chỉ", "Số CCCD", "Ghi chú")),
    Layout("names typed in a .Vn font", "geojson", FAMIS, (in_tcvn3("Tên chủ"), in_tcvn3("Địa chỉ"))),
    Layout("MapInfo habits", "shp", ("XAID", "SOTO", "SOTHUA", "LOAIDAT"), ("CHU", "CHUHO", "TENVO", "TENCHONG")),
    Layout("English", "geojson", FAMIS, ("owner", "OwnerName", "phone", "mailaddr", "remarks")),
    Layout("American assessor", "geojson", FAMIS, ("OWNERNME1", "OWNERADDR", "TENANT", "Editor", "Approved")),
    Layout("French", "geojson", FAMIS, ("proprietaire", "adresse_proprietaire", "commentaire")),
    Layout("a representative", "gpkg", FAMIS, ("NGUOIDAIDIEN", "DAIDIEN", "SODINHDANH", "HOCHIEU", "QUOCTICH")),
    Layout("tax office", "gpkg", FAMIS, ("MASOTHUE", "MST", "NGUOINOPTHUE", "DIENTHOAI")),
    Layout("columns of two programs", "gpkg", FAMIS, ("TENCHU", "TENCHU_1", "TenChu2", "chu_moi", "chu_cu")),
    Layout("register in a spreadsheet", "xlsx", FAMIS, ("Họ và tên", "Địa chỉ thường trú", "Số điện thoại", "Ghi chú")),
    Layout("spreadsheet of a firm", "xlsx", FAMIS, ("Chủ sử dụng đất", "CMND", "Người đo", "Người kiểm tra")),
    Layout("text table", "csv", FAMIS, ("HOVATEN", "DIACHI", "CANCUOC", "NOTE")),
    Layout("text table of TCVN3", "csv", FAMIS, (in_tcvn3("Chủ hộ"), "DIACHI", "HOKHAU")),
)


def written(layout: Layout, folder: Path) -> Path:
    """A delivery in that layout; a DBF and a table of TCVN3 hold the name in TCVN3."""
    values = (COMMUNE, "45", None, "ONT")
    cells: dict[str, list[str]] = {
        name: [value or str(at + 1) for at in range(PARCELS)] for name, value in zip(layout.fields, values, strict=True)
    }
    name = in_tcvn3(NAME) if layout.kind == "shp" or "TCVN3" in layout.title else NAME
    cells |= {column: [name] * PARCELS for column in layout.planted}
    shapes = [box(at) for at in range(PARCELS)]
    if layout.kind == "shp":
        return shapefile_of(folder / "thua", shapes, cells)
    if layout.kind in ("xlsx", "csv"):
        return table(layout, folder, cells, shapes)
    path = folder / f"thua.{layout.kind}"
    frame = gpd.GeoDataFrame(cells, geometry=shapes, crs=9209)
    frame.to_file(path, driver={"gpkg": "GPKG", "geojson": "GeoJSON"}[layout.kind])
    return path


def table(layout: Layout, folder: Path, cells: dict[str, list[str]], shapes: list[shapely.Polygon]) -> Path:
    """A list of corners, with the name also in a title and a signature beside the table."""
    rows: list[list[object]] = [[f"Người lập: {NAME}"], [*cells, "X", "Y"]]
    for at, shape in enumerate(shapes):
        for east, north in shapely.get_coordinates(shape)[:4].tolist():
            rows.append([*(column[at] for column in cells.values()), north, east])
    rows += [[], [f"Người kiểm tra: {NAME}"]]
    path = folder / f"thua.{layout.kind}"
    if layout.kind == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        path.write_bytes(text.getvalue().encode("latin-1" if "TCVN3" in layout.title else "utf-8", "replace"))
    return path
