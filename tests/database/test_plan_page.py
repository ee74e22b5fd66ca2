"""The land-use plan on the parcel's page, in both languages: read from the page's text alone."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from layers.ground.parcels import PARCELS
from tests.database.province import DAY, EVERYWHERE, box, deliver, parcel, publish_ground, standing, survey, zone

pytestmark = pytest.mark.django_db(databases="__all__")

PLAN = "planned-land-use"
TODAY = [{"code": "ONT", "vocabulary": "TT25-2014", "area_m2": 5000.0}]
WEST, EAST = box(-500, -500, 60, 500), box(60, -500, 500, 500)


@pytest.fixture(autouse=True)
def _ground() -> None:
    publish_ground()
    deliver(PARCELS, parcel(1, purposes=TODAY))
    deliver("coverage", survey(PLAN))


def text(client: Client, language: str = "vi") -> str:
    """What stands on the page between its tags."""
    page = client.get(f"/parcels/{standing().feature_id}?on={DAY}&lang={language}", follow=True).content.decode()
    shown = re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", shown.replace("\u00a0", " "))


def test_each_part_is_told_with_code_name_area_share_and_whether_it_is_so_today(client: Client) -> None:
    deliver(PLAN, zone(PLAN, "a", WEST), zone(PLAN, "b", EAST, planned_use="DGT"))
    page = text(client)
    assert "Quy hoạch sử dụng đất đến 2030" in page
    assert "ONT Đất ở tại nông thôn 3.000,0 m² (60,0 %), giống hiện trạng" in page
    assert "DGT Đất công trình giao thông 2.000,0 m² (40,0 %), khác hiện trạng" in page
    assert "Quy hoạch đến 2030: 40,0 % thửa là DGT (đất công trình giao thông)." in page
    assert "Quy hoạch đến năm 2030" in page  # among the record's attributes: a year, not two thousand and thirty
    assert "ranh quy hoạch có thể lệch đến 3 m" in page


def test_the_same_in_english(client: Client) -> None:
    deliver(PLAN, zone(PLAN, "a", WEST), zone(PLAN, "b", EAST, planned_use="DGT"))
    page = text(client, "en")
    assert "ONT Rural residential land 3,000.0 m² (60.0%), as today" in page
    assert "DGT Transport land 2,000.0 m² (40.0%), differs from today" in page
    assert "Plan until 2030: 40.0% of the parcel is DGT (transport land)." in page


def test_a_plan_that_leaves_all_as_it_is_makes_no_sentence(client: Client) -> None:
    deliver(PLAN, zone(PLAN, "a", EVERYWHERE))
    page = text(client)
    assert "giống hiện trạng" in page
    assert "Quy hoạch đến 2030:" not in page


def test_plans_over_each_other_bare_ground_and_neighbours_are_told(client: Client) -> None:
    deliver(
        PLAN,
        zone(PLAN, "a", box(-500, -500, 60, 500)),
        zone(PLAN, "b", box(50, -500, 90, 500), planned_use="DGT"),
        zone(PLAN, "c", box(102, -500, 500, 500), planned_use="SKN"),
    )
    page = text(client)
    assert "DGT + ONT Đất công trình giao thông; Đất ở tại nông thôn 500,0 m² (10,0 %), các quy hoạch chồng lấn" in page
    assert "Không có trong quy hoạch nào đã công bố 500,0 m² (10,0 %)" in page
    assert "điều đó không có nghĩa là không có quy hoạch" in page
    assert "Sát ranh, có thể cũng nằm trên thửa: SKN Đất cụm công nghiệp (cách 2 m, sai số 3 m)" in page


def test_without_a_plan_it_is_not_assessed_and_that_does_not_mean_unaffected(client: Client) -> None:
    page = text(client)
    assert "Quy hoạch sử dụng đất Chưa đánh giá" in page
    assert "Chưa đánh giá được: quy hoạch sử dụng đất," in page
    assert "Dữ liệu của lớp này chưa được công bố. Điều đó không có nghĩa là không ảnh hưởng." in page


def test_the_bar_carries_no_inline_style_and_its_parts_fill_it(client: Client) -> None:
    deliver(PLAN, zone(PLAN, "a", WEST), zone(PLAN, "b", EAST, planned_use="DGT"))
    page = client.get(f"/parcels/{standing().feature_id}?on={DAY}").content.decode()
    bar = re.search(r'<svg class="plan-bar".*?</svg>', page, re.DOTALL)
    assert bar and " style=" not in bar[0]
    widths = [float(width) for width in re.findall(r'class="plan-part" x="[\d.]+%" width="([\d.]+)%"', bar[0])]
    assert widths == [60, 40]
