"""The journey of a delivery at the desk: from the form to the map, through two officers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from django.core.mail import EmailMessage
from django.core.serializers.json import DjangoJSONEncoder
from procrastinate.contrib.django.models import ProcrastinateJob

from desk import store
from desk.letters import tell_of_waiting
from desk.models import Delivery, Draft, Fault, Look
from importers.publish import Delivery as Published
from importers.publish import publish
from layers.ground.admin_units import ADMIN_UNITS, NEW
from layers.ground.parcels import PARCELS, Parcel
from layers.revisions import Revision
from tests.database import deliveries
from tests.database.deliveries import COMMUNE, OUTLINE, box
from tests.database.officers import at_the_desk, officer, parts, send, work

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "data"


@pytest.fixture
def commune() -> Iterator[None]:
    unit = {"edition": NEW, "code": COMMUNE, "name": "Thái Ninh", "level": "xã"}
    unit |= {"province_code": "33", "province": "Hưng Yên"}
    frame = geopandas.GeoDataFrame([unit], geometry=[shapely.MultiPolygon([OUTLINE])], crs=9209)
    publish(ADMIN_UNITS, [frame], Published("test", "0", "test"))
    yield


@pytest.fixture
def lan() -> Any:
    return at_the_desk(officer("lan", "editor"))


@pytest.fixture
def minh() -> Any:
    return at_the_desk(officer("minh", "approver"))


def checked(client: Any, shp: Path, **form: str) -> Delivery:
    """A delivery read, confirmed as it was understood, and checked."""
    delivery = work(send(client, *parts(shp)))
    assert delivery.state == "choosing"
    return confirmed(client, delivery, **form)


def confirmed(client: Any, delivery: Delivery, **form: str) -> Delivery:
    answer = client.post(f"/desk/deliveries/{delivery.pk}/understood", {"crs": "EPSG:9209", **form})
    assert answer.status_code == 302
    return work(delivery)


def accept_all(client: Any, delivery: Delivery) -> None:
    for fault in delivery.faults.filter(is_open=True, severity="decide"):
        client.post(f"/desk/deliveries/{delivery.pk}/findings/{fault.pk}/accept", {"reason": "Theo biên bản đo"})


def test_two_officers_bring_a_file_to_the_map(commune: None, lan: Any, minh: Any, tmp_path: Path) -> None:
    delivery = checked(lan, deliveries.parcels(tmp_path / "thua"))
    assert delivery.state == "checked"
    assert delivery.difference["added"] == 5
    accept_all(lan, delivery)
    assert lan.post(f"/desk/deliveries/{delivery.pk}/send", {"message": "Mời xem"}).status_code == 302
    assert Parcel.objects.count() == 0
    page = minh.get(f"/desk/deliveries/{delivery.pk}/difference").content.decode()
    assert "Phê duyệt và công bố" in page
    delivery.refresh_from_db()
    minh.post(f"/desk/deliveries/{delivery.pk}/approve", {"digest": delivery.digest})
    work(delivery)
    assert delivery.state == "published"
    revision = Revision.objects.get(number=delivery.revision)
    assert (revision.publisher, revision.approver, revision.added) == ("Lan", "Minh", 5)
    assert Parcel.objects.filter(until=None).count() == 5


def test_a_repair_is_proposed_then_shown_before_and_after(commune: None, lan: Any, tmp_path: Path) -> None:
    west, south, east, north = box(1).bounds
    tie = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    delivery = checked(lan, deliveries.parcels(tmp_path / "thua", shapes=[box(0), tie]))
    page = f"/desk/deliveries/{delivery.pk}/findings?fault="
    told = lan.get(f"{page}{delivery.faults.get(code='shape-crosses').pk}").content.decode()
    assert "Nếu để máy sửa: trước và sau" in told
    assert "1 đỉnh mới" in told or "đỉnh mới" in told
    delivery = confirmed(lan, delivery, fix="on")
    done = delivery.faults.get(code="shape-repaired")
    shown = lan.get(f"{page}{done.pk}").content.decode()
    assert "Sửa gì: trước và sau" in shown
    assert 'aria-label="Trước khi sửa: ' in shown and 'aria-label="Sau khi sửa: ' in shown
    assert done.before.area == 0 and "m², đổi +" in shown


def test_turned_rings_and_turned_axes_are_shown_before_and_after_too(commune: None, lan: Any, tmp_path: Path) -> None:
    pond = box(0).buffer(-5, join_style="mitre")
    shapes = [shapely.Polygon(box(0).exterior, [pond.exterior]), box(1)]
    delivery = confirmed_swapped(lan, deliveries.parcels(tmp_path / "thua", shapes=shapes, backwards=True))
    told = {fault.code: fault.pk for fault in delivery.faults.filter(severity="fix")}
    assert {"axes-turned", "rings-turned", "rings-exchanged"} <= told.keys()
    page = f"/desk/deliveries/{delivery.pk}/findings?fault="
    for code in ("rings-turned", "rings-exchanged"):
        shown = lan.get(f"{page}{told[code]}").content.decode()
        assert "Không đỉnh nào dời chỗ" in shown and shown.count("shape-arrow") in (2, 4)
    shown = lan.get(f"{page}{told['axes-turned']}").content.decode()
    assert "Trước: E 2262015,00 N 587010,00, ngoài tỉnh; sau: E 587010,00 N 2262015,00" in shown
    assert shown.count('class="dot"') == 4


def confirmed_swapped(client: Any, shp: Path) -> Delivery:
    """A file with X north, whose proposal to turn its axes is drawn before and after, checked with what it repairs."""
    delivery = work(send(client, *parts(shp)))
    page = client.get(f"/desk/deliveries/{delivery.pk}/understood").content.decode()
    assert "Như trong tệp" in page and "X và Y đổi chỗ" in page
    return confirmed(client, delivery, crs="", fix="on")


def test_approvers_are_written_to_where_that_is_wanted_and_nothing_of_the_file_is_in_it(
    commune: None, lan: Any, tmp_path: Path, settings: Any, mailoutbox: list[EmailMessage]
) -> None:
    settings.DESK_MAIL = ["phongdat@example.vn", "lanhdao@example.vn"]
    delivery = checked(lan, deliveries.parcels(tmp_path / "ong-nguyen-van-a"))
    accept_all(lan, delivery)
    assert tell_of_waiting(delivery.pk) == 0
    lan.post(f"/desk/deliveries/{delivery.pk}/send", {"message": "Nhờ anh Minh"})
    waiting = ProcrastinateJob.objects.filter(task_name="desk.jobs.write", args={"number": delivery.pk})
    assert waiting.count() == 1
    assert tell_of_waiting(delivery.pk) == 2
    letter = mailoutbox[0]
    assert f"/desk/deliveries/{delivery.pk}/difference" in letter.body
    assert not [word for word in ("nguyen", "Lan", "Minh") if word in letter.subject + letter.body]


def test_nobody_approves_her_own_delivery(commune: None, tmp_path: Path) -> None:
    both = at_the_desk(officer("both", "editor", "approver"))
    delivery = checked(both, deliveries.parcels(tmp_path / "thua"))
    accept_all(both, delivery)
    both.post(f"/desk/deliveries/{delivery.pk}/send")
    answer = both.post(f"/desk/deliveries/{delivery.pk}/approve", {"digest": delivery.digest})
    delivery.refresh_from_db()
    assert (answer.status_code, delivery.state) == (403, "waiting")


def test_while_one_finding_blocks_nothing_is_sent_and_the_button_says_how_many(
    commune: None, lan: Any, tmp_path: Path
) -> None:
    delivery = checked(lan, deliveries.parcels(tmp_path / "thua", shapes=[box(0, width=25), box(1), box(2)]))
    assert delivery.faults.get(code="overlap").is_open
    page = lan.get(f"/desk/deliveries/{delivery.pk}/findings").content.decode()
    assert "còn 1 lỗi chặn" in page
    assert (page.count("shape-chosen"), page.count("shape-fault")) == (2, 1)  # both parcels, and what they share
    assert lan.post(f"/desk/deliveries/{delivery.pk}/send").status_code == 409
    delivery.refresh_from_db()
    assert delivery.state == "checked"


def test_the_file_is_gone_once_the_columns_are_confirmed(commune: None, lan: Any, tmp_path: Path) -> None:
    delivery = work(send(lan, *parts(deliveries.parcels(tmp_path / "thua"))))
    assert store.originals(delivery.folder)
    confirmed(lan, delivery)
    assert not store.originals(delivery.folder)
    assert store.kept(delivery.folder).is_file()
    assert delivery.original_gone_at is not None


def test_a_name_in_the_file_reaches_no_table_and_no_folder(
    commune: None, lan: Any, tmp_path: Path, data_folder: Path
) -> None:
    delivery = checked(lan, deliveries.parcels(tmp_path / "thua"))
    assert "TENCHU" in delivery.understood["dropped"]
    stored = json.dumps(
        [list(model.objects.values()) for model in (Delivery, Draft, Fault, Look)], cls=DjangoJSONEncoder, default=str
    )
    kept = b"".join(gzip.decompress(file.read_bytes()) for file in data_folder.rglob("kept"))
    for trace in ("Bí Mật", deliveries.in_tcvn3("Bí Mật")):
        assert trace not in stored
        assert json.dumps(trace)[1:-1].encode() not in kept


def test_an_accepted_finding_is_not_asked_again_unless_it_grows(commune: None, lan: Any, tmp_path: Path) -> None:
    def paper(area: str) -> Path:
        return deliveries.parcels(tmp_path / f"thua{area}", DIENTICHPHAPLY=[area, "600", "600", "600", "600"])

    first = checked(lan, paper("700"))
    differing = first.faults.get(code="area-differs")
    lan.post(f"/desk/deliveries/{first.pk}/findings/{differing.pk}/accept", {"reason": "Theo biên bản"})
    lan.post(f"/desk/deliveries/{first.pk}/cancel")
    assert not checked(lan, paper("690")).faults.get(code="area-differs").is_open
    assert checked(lan, paper("800")).faults.get(code="area-differs").is_open


def test_a_layer_that_moved_on_is_compared_and_approved_again(
    commune: None, lan: Any, minh: Any, tmp_path: Path
) -> None:
    waiting = checked(lan, deliveries.parcels(tmp_path / "one"))
    accept_all(lan, waiting)
    lan.post(f"/desk/deliveries/{waiting.pk}/send")
    other = geopandas.GeoDataFrame(
        {"commune_code": [COMMUNE], "sheet_no": ["46"], "parcel_no": ["9"]}, geometry=[box(40)], crs=9209
    )
    other.geometry = [shapely.MultiPolygon([shape]) for shape in other.geometry]
    publish(PARCELS, [other], Published("other", "1", "test"))
    minh.post(f"/desk/deliveries/{waiting.pk}/approve", {"digest": waiting.digest})
    work(waiting)
    assert (waiting.state, waiting.moved_on, waiting.approver) == ("waiting", True, None)
    minh.post(f"/desk/deliveries/{waiting.pk}/approve", {"digest": waiting.digest})
    assert work(waiting).state == "published"


def test_a_refused_file_says_why_and_leaves_nothing(lan: Any, tmp_path: Path, data_folder: Path) -> None:
    file = tmp_path / "x.geojson"
    file.write_text('<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>')
    delivery = work(send(lan, file))
    assert delivery.state == "refused"
    assert str(delivery.why["code"]) in {"content-mismatch", "json-broken"}
    assert list((data_folder / "desk").iterdir()) == []
    page = lan.get(f"/desk/deliveries/{delivery.pk}").content.decode()
    assert "Nội dung" in page and f"/desk/deliveries/new?instead={delivery.pk}" in page
    again = send(lan, *parts(deliveries.parcels(tmp_path / "thua")), instead=str(delivery.pk))
    delivery.refresh_from_db()
    assert (delivery.state, again.state) == ("refused", "received")


def test_every_look_at_a_draft_is_written_down(commune: None, lan: Any, tmp_path: Path) -> None:
    delivery = checked(lan, deliveries.parcels(tmp_path / "thua"))
    for page in ("understood", "findings", "difference"):
        lan.get(f"/desk/deliveries/{delivery.pk}/{page}")
    assert list(Look.objects.order_by("pk").values_list("what", flat=True)) == ["understood", "findings", "difference"]


def test_a_corrected_file_takes_the_place_of_the_one_before_and_keeps_what_was_said_of_it(
    commune: None, lan: Any, minh: Any, tmp_path: Path, data_folder: Path
) -> None:
    first = checked(lan, deliveries.parcels(tmp_path / "one", shapes=[box(0, width=25), box(1)]), source="Đo 2026")
    page = f"/desk/deliveries/new?instead={first.pk}"
    assert f'name="instead" value="{first.pk}"' in lan.get(page).content.decode()
    assert 'name="instead"' not in at_the_desk(officer("hoa", "editor")).get(page).content.decode()
    second = send(lan, *parts(deliveries.parcels(tmp_path / "two", shapes=[box(0), box(1)])), instead=str(first.pk))
    first.refresh_from_db()
    assert (first.state, first.folder, second.choices["source"]) == ("cancelled", "", "Đo 2026")
    assert [path.name for path in (data_folder / "desk").iterdir()] == [second.folder]
    assert confirmed(lan, work(second)).difference["added"] == 2


def test_what_can_be_repaired_is_repaired_by_one_button(commune: None, lan: Any, tmp_path: Path) -> None:
    bow = shapely.Polygon([(x, y) for x, y in shapely.get_coordinates(box(0))[[0, 2, 1, 3]]])
    delivery = checked(lan, deliveries.parcels(tmp_path / "thua", shapes=[bow, box(3), box(5)]), source="Đo 2026")
    assert delivery.faults.filter(code="shape-crosses").count() == 1
    assert lan.post(f"/desk/deliveries/{delivery.pk}/repair").status_code == 302
    work(delivery)
    assert set(delivery.faults.filter(code__startswith="shape-").values_list("code", flat=True)) == {"shape-repaired"}
    assert (delivery.choices["fix"], delivery.choices["source"]) == (True, "Đo 2026")
    Delivery.objects.filter(pk=delivery.pk).update(state="waiting")
    assert lan.post(f"/desk/deliveries/{delivery.pk}/repair").status_code == 409


def test_of_two_people_at_one_delivery_the_slower_is_told_and_nothing_is_lost(
    commune: None, lan: Any, minh: Any, tmp_path: Path
) -> None:
    delivery = checked(lan, deliveries.parcels(tmp_path / "thua"))
    accept_all(lan, delivery)
    lan.post(f"/desk/deliveries/{delivery.pk}/send")
    other = at_the_desk(officer("an", "approver"))
    assert minh.post(f"/desk/deliveries/{delivery.pk}/approve", {"digest": delivery.digest}).status_code == 302
    late = [
        other.post(f"/desk/deliveries/{delivery.pk}/approve", {"digest": delivery.digest}),
        other.post(f"/desk/deliveries/{delivery.pk}/return", {"reason": "Chưa rõ"}),
        lan.post(f"/desk/deliveries/{delivery.pk}/cancel"),
        lan.post(f"/desk/deliveries/{delivery.pk}/understood", {"crs": "EPSG:9209"}),
    ]
    assert [answer.status_code for answer in late] == [409] * 4
    assert all("Đợt nộp đã sang bước khác" in answer.content.decode() for answer in late)
    assert work(delivery).state == "published"
    assert (delivery.approver.username, Parcel.objects.filter(until=None).count()) == ("minh", 5)


def test_a_column_the_officer_does_not_want_is_not_taken_all_the_same(commune: None, lan: Any, tmp_path: Path) -> None:
    delivery = work(send(lan, *parts(deliveries.parcels(tmp_path / "thua", TYLE=["500"] * 5))))
    assert {"field": "map_scale", "column": "TYLE", "constant": ""} in delivery.understood["columns"]
    names = {"commune_code": "MAXA", "sheet_no": "SHBANDO", "parcel_no": "SHTHUA", "map_scale": ""}
    delivery = confirmed(lan, delivery, **{f"column-{name}": column for name, column in names.items()})
    assert [draft.row for draft in delivery.drafts.all() if draft.values.get("map_scale")] == []
