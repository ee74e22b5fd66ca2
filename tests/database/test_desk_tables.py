"""Spreadsheets at the desk, from the form to the map: lists of corners as offices write them, and records."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import shapely
from django.test import Client

from desk.models import Delivery
from layers.ground.parcels import Parcel
from tests.database.deliveries import COMMUNE, NORTH, box, in_tcvn3
from tests.database.officers import at_the_desk, officer, send, work
from tests.database.test_desk_journey import accept_all, commune, confirmed, data_folder

__all__ = ["commune", "data_folder"]
pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("commune")]
AXES = ["STT", "X (m)", "Y (m)"]


def corners(at: int) -> list[list[object]]:
    """The corners of the at-th parcel with their numbers, X to the north as a certificate has them."""
    points = shapely.get_coordinates(box(at))[:4].tolist()
    return [[number, north, east] for number, (east, north) in enumerate(points, 1)]


def book(path: Path, sheets: dict[str, list[list[object]]], merged: tuple[str, ...] = ()) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    made.save(path)
    return path


def published(sender: Client, delivery: Delivery) -> Delivery:
    """Every page of the way looked at, the delivery sent, and approved by another."""
    assert delivery.state == "checked", delivery.why
    accept_all(sender, delivery)
    for page in ("understood", "findings", "findings.csv", "difference", "record"):
        assert sender.get(f"/desk/deliveries/{delivery.pk}/{page}").status_code == 200, page
    assert sender.post(f"/desk/deliveries/{delivery.pk}/send").status_code == 302
    delivery.refresh_from_db()
    minh = at_the_desk(officer("minh", "approver"))
    minh.post(f"/desk/deliveries/{delivery.pk}/approve", {"digest": delivery.digest})
    return work(delivery)


def standing() -> dict[str, shapely.Geometry]:
    rows = Parcel.objects.filter(until=None).values_list("parcel_no", "geom")
    return {number: shapely.from_wkb(bytes(shape.wkb)) for number, shape in rows}


def expect_boxes(numbers: dict[str, int]) -> None:
    found = standing()
    assert set(found) == set(numbers)
    for number, at in numbers.items():
        assert found[number].symmetric_difference(box(at)).area < 0.01


def test_a_sheet_of_merged_heads_and_several_outlines_reaches_the_map(tmp_path: Path) -> None:
    rows: list[list[object]] = [["BẢNG KÊ TỌA ĐỘ GÓC RANH"], ["Thửa đất số", "Góc", "Tọa độ VN-2000", None]]
    rows.append([None, None, "X (m)", "Y (m)"])
    for number in (1, 2, 3):
        for at, corner in enumerate(corners(number)):
            rows.append([number if at == 0 else None, *corner])
    rows.append(["Người lập: Nguyễn Văn Bí Mật"])
    merged = ("A1:D1", "A2:A3", "C2:D2", "A4:A7", "A8:A11", "A12:A15")
    file = book(tmp_path / "goc.xlsx", {"Tọa độ": rows}, merged)
    lan = at_the_desk(officer("lan", "editor"))
    delivery = work(send(lan, file, commune=COMMUNE))
    assert (delivery.state, delivery.understood["driver"], delivery.rows) == ("choosing", "XLSX", 3)
    page = lan.get(f"/desk/deliveries/{delivery.pk}/understood").content.decode()
    assert "Thửa đất số" in page and "Bí Mật" not in page
    column = {"column-parcel_no": "Thửa đất số", "constant-sheet_no": "45", "constant-commune_code": COMMUNE}
    delivery = published(lan, confirmed(lan, delivery, **column))
    assert delivery.state == "published"
    expect_boxes({"1": 1, "2": 2, "3": 3})


def test_of_several_sheets_the_officer_names_one_and_of_its_tables_each_is_read(tmp_path: Path) -> None:
    rows: list[list[object]] = []
    for number, at in ((7, 1), (8, 4)):
        rows += [[f"Bảng {number}"], [*AXES, "Thửa"], *([*corner, number] for corner in corners(at)), []]
    file = book(tmp_path / "goc.xlsx", {"Khu A": [AXES, *corners(9)], "Khu B": rows})
    lan = at_the_desk(officer("lan", "editor"))
    delivery = work(send(lan, file, commune=COMMUNE))
    assert (delivery.state, delivery.why["code"]) == ("choosing", "layer-choose")
    page = lan.get(f"/desk/deliveries/{delivery.pk}/understood").content.decode()
    assert 'value="Khu A"' in page and 'value="Khu B"' in page
    assert lan.post(f"/desk/deliveries/{delivery.pk}/understood", {"sublayer": "Khu B"}).status_code == 302
    delivery = work(delivery)
    assert (delivery.state, delivery.rows) == ("choosing", 2)
    delivery = published(
        lan,
        confirmed(
            lan, delivery, **{"column-parcel_no": "Thửa", "constant-sheet_no": "45", "constant-commune_code": COMMUNE}
        ),
    )
    assert delivery.state == "published"
    expect_boxes({"7": 1, "8": 4})


def test_a_text_table_in_tcvn3_with_decimal_commas_reaches_the_map(tmp_path: Path) -> None:
    head = in_tcvn3("Thửa;Tờ;X;Y;Mục đích;Chủ sử dụng")
    lines = [head]
    for number in (1, 2):
        for _at, north, east in corners(number):
            pair = f"{north:.3f};{east:.3f}".replace(".", ",")
            lines.append(f"{number};45;{pair};ONT;{in_tcvn3('Nguyễn Văn Bí Mật')}")
    file = tmp_path / "goc.csv"
    file.write_bytes("\r\n".join(lines).encode("latin-1"))
    lan = at_the_desk(officer("lan", "editor"))
    delivery = work(send(lan, file, commune=COMMUNE))
    assert (delivery.state, delivery.rows, len(delivery.understood["dropped"])) == ("choosing", 2, 1)
    names = delivery.understood["delivered"]
    matched = {column["field"]: column["column"] for column in delivery.understood["columns"]}
    assert (matched["parcel_no"], matched["sheet_no"]) == (names[0], names[1])
    delivery = published(lan, confirmed(lan, delivery, **{"constant-commune_code": COMMUNE}))
    expect_boxes({"1": 1, "2": 2})
    assert delivery.communes == [COMMUNE]


def test_a_corner_that_cannot_be_read_refuses_the_sheet_and_names_its_row(tmp_path: Path) -> None:
    rows = [AXES, *corners(1), [1, NORTH, "587.O00"]]
    lan = at_the_desk(officer("lan", "editor"))
    delivery = work(send(lan, book(tmp_path / "goc.xlsx", {"A": rows})))
    assert delivery.state == "refused"
    assert "6" in lan.get(f"/desk/deliveries/{delivery.pk}").content.decode()


def test_records_without_shapes_are_published_like_any_other(tmp_path: Path) -> None:
    """A table of procedures: no map, no system of coordinates, and nothing of a signature under the table."""
    rows: list[list[object]] = [["code", "name", "field", "edition", "Người kiểm tra"]]
    rows += [[f"TEST.{at}", f"Thủ tục thứ {at}", "Đất đai", "Bộ thủ tục 2026", "Trần Thị Bí Mật"] for at in range(3)]
    lan = at_the_desk(officer("lan", "editor"))
    delivery = work(send(lan, book(tmp_path / "thu-tuc.xlsx", {"A": rows}), layer="procedures"))
    assert (delivery.state, delivery.rows, delivery.understood["unused"]) == ("choosing", 3, ["Người kiểm tra"])
    delivery = confirmed(lan, delivery)
    page = lan.get(f"/desk/deliveries/{delivery.pk}/difference").content.decode()
    assert "iframe" not in page and "TEST.1" in page and "Bí Mật" not in page
    assert lan.get(f"/desk/deliveries/{delivery.pk}/map").status_code == 404
    delivery = published(lan, delivery)
    assert delivery.state == "published"
    assert "Thủ tục thứ 1" in Client().get("/procedures/TEST.1").content.decode()
