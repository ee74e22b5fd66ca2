"""What people type, draw and send that is no site: each told in one clear sentence, by page and API alike."""

from __future__ import annotations

import html
import json
import math
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.database.site_ground import publish_fields

pytestmark = pytest.mark.django_db(databases="__all__")

KTT = "KTT 105°30'\n"
FIRST, SECOND, THIRD = "2260010 583020", "2260010 583060", "2260040 583060"
REST = "\n2 2260125.12 583467.90\n3 2260115.12 583467.90"
PROVINCE = ((106.0, 20.2), (106.7, 20.2), (106.7, 20.8), (106.0, 20.8), (106.0, 20.2))


def area(*ring: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(place) for place in ring]]}


def round_of(corners: int) -> dict[str, Any]:
    turns = [math.tau * place / corners for place in range(corners)]
    ring = [(round(106.3 + math.cos(turn) / 1000, 6), round(20.43 + math.sin(turn) / 1000, 6)) for turn in turns]
    return area(*ring, ring[0])


@pytest.fixture(autouse=True)
def ground() -> None:
    publish_fields()


@dataclass(frozen=True)
class Bad:
    """`sent` is the body of the API; the form has the same, in its own fields."""

    sent: dict[str, Any]
    said: str

    @property
    def typed(self) -> dict[str, str]:
        form: dict[str, str] = {name: str(self.sent[name]) for name in ("corners", "system") if name in self.sent}
        if "geojson" in self.sent:
            form["drawn"] = json.dumps(self.sent["geojson"])
        if "parcels" in self.sent:
            form["parcels"] = ",".join(str(one) for one in self.sent["parcels"])
        if "point" in self.sent:
            lon, lat = self.sent["point"]
            form |= {"place": f"{lat}; {lon}", "radius": str(self.sent["radius_m"])}
        return form


def table(text: str, said: str, **more: Any) -> Bad:
    return Bad({"corners": text} | more, said)


def drawn(shape: dict[str, Any], said: str) -> Bad:
    return Bad({"geojson": shape}, said)


def circle(lon: float, lat: float, radius: float, said: str) -> Bad:
    return Bad({"point": [lon, lat], "radius_m": radius}, said)


BAD = {
    "a table that crosses itself": table(
        f"{KTT}1 {FIRST}\n2 2260040 583060\n3 2260010 583060\n4 2260040 583020", "Đường ranh tự cắt: 1–2 × 3–4."
    ),
    "an outline that crosses itself": drawn(
        area((106.3, 20.4), (106.301, 20.401), (106.301, 20.4), (106.3, 20.401), (106.3, 20.4)), "Đường ranh tự cắt"
    ),
    "an open outline": drawn(
        area((106.3, 20.4), (106.301, 20.4), (106.301, 20.401), (106.3, 20.401)),
        "chưa khép kín: điểm đầu và điểm cuối cách nhau 110,71 m",
    ),
    "an empty outline": drawn({"type": "Polygon", "coordinates": []}, "Hình trống"),
    "an empty collection": drawn({"type": "FeatureCollection", "features": []}, "Hình trống"),
    "no outline but a line": drawn(
        {"type": "LineString", "coordinates": [[106.3, 20.4], [106.4, 20.4]]}, "Cần một vùng khép kín"
    ),
    "a tiny site": table(
        f"{KTT}1 {FIRST}\n2 2260010 583020.5\n3 2260010.5 583020.5\n4 2260010.5 583020", "chỉ có 0,25 m²; nhỏ hơn 1 m²"
    ),
    "a province": drawn(area(*PROVINCE), "rộng 485.034 ha, lớn hơn mức 2.000 ha"),
    "a province by its corners": table(
        f"{KTT}1 2240000 560000\n2 2240000 610000\n3 2290000 610000\n4 2290000 560000",
        "Các góc cách nhau hàng chục km (góc 1, dòng 2, cách giữa bảng 35,4 km): không phải một khu đất",
    ),
    "5,001 corners": drawn(round_of(5_000), "Hình có 5001 đỉnh, nhiều hơn 5000"),
    "outside the province": drawn(area((105.0, 21), (105.1, 21), (105.1, 21.1), (105.0, 21)), "nằm ngoài tỉnh"),
    "another province's table": table(
        f"{KTT}1 1298179 583020\n2 1298179 583060\n3 1298199 583060", "khu đất nằm ngoài tỉnh. Kiểm tra lại kinh tuyến"
    ),
    "latitude first": drawn(area((20.4, 106.3), (20.4, 106.301), (20.401, 106.301), (20.4, 106.3)), "đổi chỗ"),
    "metres for degrees": drawn(
        area((583020, 2260010), (583060, 2260010), (583060, 2260040), (583020, 2260010)), "GeoJSON tính bằng độ"
    ),
    "two systems in one table": table(
        "M1 2260123 583456\n20.4561 106.3455\nM3 2260133 583456", "lẫn hai hệ tọa độ: dòng 2 tính bằng độ, dòng 1"
    ),
    "a system nobody knows": table(f"1 {FIRST}\n2 {SECOND}\n3 {THIRD}", "Không có hệ VN-2000 nào", system=1),
    "a sign in the wrong place": table(
        "1 1,298179 583456" + REST, "Dòng 1: không đọc được “1,298179” là tọa độ (129817"
    ),
    "a letter for a digit": table(
        "1 226O123.45 583456.78" + REST, "không đọc được “226O123.45” là tọa độ (2260123.45?)"
    ),
    "a missing number": table("1 2260123.45" + REST, "Dòng 1: “2260123.45” thiếu Y"),
    "a missing corner": table(f"{KTT}1 {FIRST}\n2 {SECOND}\n4 {THIRD}", "nhảy từ góc 2 sang góc 4 ở dòng 4"),
    "no number at all": table("xin chào", "Không đọc được góc nào"),
    "a corner met twice": table(
        f"{KTT}1 {FIRST}\n2 {SECOND}\n3 {THIRD}\n4 {SECOND}\n5 2260040 583020", "Góc 4 (dòng 5) trùng với góc 2"
    ),
    "two corners": table(f"{KTT}1 {FIRST}\n2 {SECOND}", "Mới có 2 góc"),
    "one corner far away": table(
        f"{KTT}1 {FIRST}\n2 {SECOND}\n3 2360040 583060\n4 2260040 583020", "Góc 3 (dòng 4) cách các góc khác 100,0 km"
    ),
    "10,001 rows": table("1 2260123.45 583456.78\n" * 10_001, "Bảng có 10001 dòng, nhiều hơn 10000"),
    "no number in an outline": drawn({"type": "Polygon", "coordinates": [[["a", 20.4]]]}, "không phải là số"),
    "a circle without a size": circle(106.3, 20.43, -5, "Bán kính phải là một số từ 1 đến 2.000 mét"),
    "a circle elsewhere": circle(106.7, 10.77, 50, "nằm ngoài tỉnh"),
    "a parcel that is not": Bad({"parcels": [999_999]}, "không có thửa nào là “999999”"),
}
# What only a form can be wrong about.
TYPED: dict[str, dict[str, str]] = {
    "Chưa có khu đất nào": {},
    "nhiều cách cùng lúc": {"numbers": "thửa 1", "corners": "x"},
    "Dòng 1: không có thửa nào": {"numbers": "thửa 999 tờ 999 xã Không Có"},
    "Hình không hợp lệ (GeoJSON)": {"drawn": "không phải json"},
    "Không đọc được “đâu đó”": {"place": "đâu đó", "radius": "50"},
    "Bán kính phải là": {"place": "20,45; 106,34", "radius": "50 km"},
    "Hình không hợp lệ (E,N": {"outline": "1,2 3"},
    "không hiểu “a”": {"parcels": "a"},
}


def on_the_page(typed: dict[str, str]) -> str:
    """The one sentence beside the form; what was typed must still be in it, but for what no field can hold."""
    page = Client().post("/check", typed)
    text = html.unescape(page.content.decode())
    [sentence] = re.findall(r'class="fault"[^>]*>(.*?)</', text, re.DOTALL)
    lost = [name for name, words in typed.items() if name != "outline" and words.strip() not in text]
    return sentence if page.status_code == 422 and not lost else f"status {page.status_code}, lost {lost}: {sentence}"


def by_the_api(sent: dict[str, Any]) -> str:
    answer = Client().post("/api/report", json.dumps(sent), content_type="application/json")
    told = answer.json()
    return str(told["title"]) if (answer.status_code, told["code"]) == (422, "site-wrong") else answer.content.decode()


def test_every_bad_input_is_one_sentence_on_the_page_and_by_the_api() -> None:
    unclear: dict[tuple[str, str], str] = {}
    for name, bad in BAD.items():
        told = {"page": on_the_page(bad.typed), "api": by_the_api(bad.sent)}
        unclear |= {(name, way): sentence for way, sentence in told.items() if bad.said not in sentence}
    for said, typed in TYPED.items():
        if said not in (sentence := on_the_page(typed)):
            unclear[said, "page"] = sentence
    assert unclear == {}


def test_an_outline_of_100_000_corners_is_refused_with_its_size() -> None:
    shape = round_of(100_000)
    assert (
        "Hình có 100001 đỉnh, nhiều hơn 5000" in Client().post("/check", {"drawn": json.dumps(shape)}).content.decode()
    )
    as_browsers_send = urlencode({"drawn": json.dumps(shape)})
    page = Client().post("/check", as_browsers_send, content_type="application/x-www-form-urlencoded")
    assert len(as_browsers_send) > 3_000_000
    assert page.status_code == 422 and "Hình có 100001 đỉnh, nhiều hơn 5000" in page.content.decode()
    answer = Client().post("/api/report", {"geojson": shape}, content_type="application/json")
    assert (answer.status_code, answer.json()["title"]) == (413, "Nội dung gửi lên quá lớn (tối đa 2 MB).")


def test_ground_of_no_commune_is_answered_and_the_reader_told() -> None:
    shape = area((105.8, 21.0), (105.801, 21.0), (105.801, 21.001), (105.8, 21.0))
    answer = Client().post("/api/report", {"geojson": shape}, content_type="application/json").json()
    assert "no-commune" in {note["code"] for note in answer["site"]["notes"]}
    assert (
        "không nằm trong xã nào mà cổng có ranh giới"
        in Client().post("/check", {"drawn": json.dumps(shape)}).content.decode()
    )
