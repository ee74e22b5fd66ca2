"""Taking back what was published: asked by one officer, decided by another, done by the worker."""

from __future__ import annotations

from typing import Any

import geopandas
import pytest
import shapely

from desk import undoing
from desk.models import Undoing
from importers.publish import Delivery, publish
from layers.ground.parcels import PARCELS, Parcel
from layers.revisions import Revision
from tests.database.deliveries import box
from tests.database.officers import at_the_desk, officer

pytestmark = pytest.mark.django_db(databases="__all__")


def published(*numbers: int) -> int:
    columns = {"commune_code": "12817", "sheet_no": "45", "parcel_no": [str(number) for number in numbers]}
    shapes = [shapely.MultiPolygon([box(number)]) for number in numbers]
    revision = publish(PARCELS, [geopandas.GeoDataFrame(columns, geometry=shapes, crs=9209)], Delivery("a", "0", "An"))
    assert revision is not None
    return revision.number


@pytest.fixture
def lan() -> Any:
    return at_the_desk(officer("lan", "editor", "approver"))


@pytest.fixture
def minh() -> Any:
    return at_the_desk(officer("minh", "approver"))


def asked(client: Any, address: str) -> Undoing:
    answer = client.post(address, {"reason": "Nhầm tệp"})
    assert answer.status_code == 302, answer.content.decode()
    return Undoing.objects.latest("pk")


def decided(client: Any, one: Undoing, decision: str = "yes") -> Undoing:
    client.post(f"/desk/undoings/{one.pk}/decide", {"decision": decision})
    undoing.undo(one.pk)
    one.refresh_from_db()
    return one


def test_a_revision_is_rolled_back_by_two_officers(lan: Any, minh: Any) -> None:
    number = published(1, 2)
    one = decided(minh, asked(lan, f"/desk/history/{number}"))
    assert one.state == "done"
    assert Parcel.objects.filter(until=None).count() == 0
    revision = Revision.objects.get(number=one.revision)
    assert (revision.publisher, revision.approver, revision.note) == ("Lan", "Minh", "Nhầm tệp")


def test_who_asked_does_not_decide(lan: Any) -> None:
    number = published(1)
    one = asked(lan, f"/desk/history/{number}")
    assert lan.post(f"/desk/undoings/{one.pk}/decide", {"decision": "yes"}).status_code == 403
    one.refresh_from_db()
    assert one.state == "waiting"


def test_a_revision_that_others_build_on_is_refused_with_the_list(lan: Any, minh: Any) -> None:
    number, later = published(1, 2), published(2, 3)
    one = decided(minh, asked(lan, f"/desk/history/{number}"))
    assert (one.state, one.refusal["code"]) == ("refused", "built-upon")
    page = minh.get(f"/desk/undoings/{one.pk}").content.decode()
    assert "phải hoàn tác chúng trước" in page
    assert f'<a href="/desk/history/{later}">bản số {later}</a> · Thửa đất · a</li>' in page


def test_a_feature_is_withdrawn_by_two_officers(lan: Any, minh: Any) -> None:
    published(1)
    feature = Parcel.objects.get().feature_id
    one = decided(minh, asked(lan, f"/desk/history/parcels/{feature}"))
    assert one.state == "done"
    assert "đã rút" in minh.get(f"/desk/history/parcels/{feature}").content.decode()
    assert Parcel.objects.get(feature_id=feature).parcel_no == ""
    assert "Đề nghị rút" not in lan.get(f"/desk/history/parcels/{feature}").content.decode()


def test_a_request_that_is_declined_changes_nothing(lan: Any, minh: Any) -> None:
    number = published(1)
    one = asked(lan, f"/desk/history/{number}")
    assert f'href="/desk/undoings/{one.pk}"' in minh.get("/desk/").content.decode()
    assert f'href="/desk/undoings/{one.pk}"' not in lan.get("/desk/").content.decode()  # her own
    assert "Đề nghị hoàn tác" not in lan.get(f"/desk/history/{number}").content.decode()
    assert decided(minh, one, "no").state == "declined"
    assert "Đề nghị hoàn tác" in lan.get(f"/desk/history/{number}").content.decode()
    assert Parcel.objects.filter(until=None).count() == 1
