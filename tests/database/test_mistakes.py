"""“Báo sai sót” from the form to the case closed; and nothing private where it could be found."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contact import mistakes
from contact.models import Mistake
from importers.reader.photos import PHOTO
from layers import catalogue
from layers.ground.parcels import PARCELS
from tests.database.province import FIELD, deliver, parcel, standing, zone
from tests.database.reported import GOOD, PLANTED, photo, send

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def ground() -> None:
    deliver(PARCELS, parcel(123))


@pytest.fixture
def address() -> str:
    return f"/mistakes/new?layer=parcels&feature={standing(123).feature_id}"


def test_a_report_is_kept_with_its_subject_place_and_photo(client: Client, address: str) -> None:
    code = send(client, address, place="20,44 106,30", photo=photo(), contact=PLANTED)
    [case] = mistakes.queue()
    assert case.status.code == code
    assert (case.text, case.contact, case.has_photo) == (GOOD["text"], PLANTED, True)
    assert (case.status.subject_layer, case.status.subject_id) == ("parcels", standing(123).feature_id)
    assert "Thửa 123, tờ 45" in case.status.subject
    assert case.place is not None and case.place.coords == pytest.approx((106.30, 20.44), abs=1e-6)
    kept = mistakes.photo(case.number)
    assert kept is not None and kept.startswith(b"\xff\xd8\xff") and b"Camera" not in kept


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("20,44044 106,34048", "Point"),
        ("X=2262291,7 Y=587448,6", "Point"),
        ("20.44 106.34\n20.45 106.35", "LineString"),
        ("20.44 106.34\n20.45 106.34\n20.45 106.35", "Polygon"),
        ("2262291 587448\n2262391 587448\n2262391 587548\n2262291 587448", "Polygon"),
        ("", None),
    ],
)
def test_a_place_is_a_point_a_line_or_an_outline(client: Client, address: str, place: str, kind: str | None) -> None:
    send(client, address, place=place)
    [case] = mistakes.queue()
    assert (case.place.geom_type if case.place else None) == kind


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"text": "  "}, "Hãy viết sai ở đâu"),
        ({"text": "a" * 4_001}, "tối đa 4000 ký tự"),
        ({"contact": "không có"}, "chưa phải là một địa chỉ"),
        ({"place": "20,44 106,30\nxyz"}, "Dòng 2: chưa đọc được tọa độ"),
        ({"place": "10,77 106,70"}, "Dòng 1: tọa độ này không nằm trong tỉnh"),
        ({"place": "20,44 106,30\n" * 101}, "tối đa 100 dòng"),
        ({"website": "http://spam"}, "phải để trống"),
        ({"photo": SimpleUploadedFile("a.jpg", b"<svg/>")}, "không phải là ảnh JPEG"),
        ({"photo": SimpleUploadedFile("a.jpg", bytes(PHOTO.file + 1))}, "Ảnh lớn hơn giới hạn 12 MB"),
    ],
)
def test_a_fault_is_one_sentence_in_place_and_loses_nothing(
    client: Client, address: str, said: dict[str, Any], sentence: str
) -> None:
    answer = client.post(address, GOOD | {"contact": PLANTED} | said)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in words
    assert (said.get("text", GOOD["text"])).strip() in words
    assert said.get("contact", PLANTED) in words
    assert Mistake.objects.count() == 0


def test_a_photo_of_200_mb_is_passed_over_and_the_words_stay(client: Client, address: str) -> None:
    answer = client.post(address, GOOD | {"photo": SimpleUploadedFile("a.jpg", bytes(200 * 2**20))})
    assert "Ảnh lớn hơn giới hạn 12 MB" in answer.content.decode()
    assert GOOD["text"] in answer.content.decode()


def test_what_has_no_end_is_not_read_at_all(client: Client, address: str) -> None:
    kind = "multipart/form-data; boundary=x"
    answer = client.generic("POST", address, b"", content_type=kind, CONTENT_LENGTH=str(10 * 2**30))
    assert answer.status_code == 413
    assert "quá lớn" in answer.content.decode()


def test_a_good_photo_beside_another_fault_need_not_be_chosen_again(client: Client, address: str) -> None:
    answer = client.post(address, GOOD | {"contact": "x", "photo": photo()})
    kept = re.search(r'name="kept-photo" value="([^"]+)"', answer.content.decode())
    assert kept
    send(client, address, **{"kept-photo": kept[1]})
    assert mistakes.queue()[0].has_photo


def test_a_kept_photo_that_somebody_made_up_is_refused(client: Client, address: str) -> None:
    answer = client.post(address, GOOD | {"kept-photo": base64.b64encode(b"\xff\xd8\xff").decode()})
    assert "Hãy chọn lại ảnh." in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["", "?lon=106.3&lat=20.44", "?layer=parcels&feature=1", "?layer=groundwater-zones&feature=1"]
)
def test_every_parcel_zone_and_place_can_be_reported(client: Client, query: str) -> None:
    deliver("groundwater-zones", zone("groundwater-zones", "A", FIELD))
    zone_id = catalogue.get("groundwater-zones").model._default_manager.get().feature_id  # type: ignore[attr-defined]
    query = query.replace("parcels&feature=1", f"parcels&feature={standing(123).feature_id}")
    code = send(client, "/mistakes/new" + query.replace("zones&feature=1", f"zones&feature={zone_id}"))
    page = client.get(f"/mistakes/{code}")
    assert page.status_code == 200
    assert ("Về:" in page.content.decode()) == bool(query)


@pytest.mark.parametrize(
    "query", ["?layer=parcels&feature=999", "?layer=x&feature=1", "?lon=0&lat=0", "?layer=parcels"]
)
def test_what_is_not_there_cannot_be_reported(client: Client, query: str) -> None:
    assert client.get("/mistakes/new" + query).status_code in {400, 404}


def test_the_public_page_tells_the_state_and_nothing_private(client: Client, address: str) -> None:
    code = send(client, address, contact=PLANTED, photo=photo())
    number = mistakes.queue()[0].number
    reached = []
    for step in (
        lambda: None,
        lambda: mistakes.look_at(number, "Cán bộ An"),
        lambda: mistakes.answer(number, "Cán bộ An", "Đã sửa ranh theo biên bản."),
        lambda: mistakes.close(number, "Cán bộ An"),
    ):
        step()
        answer = client.get(f"/mistakes/{code.lower()}")
        words = answer.content.decode()
        reached.append(words.count("is-reached"))
        assert PLANTED not in words and GOOD["text"] not in words and "Cán bộ An" not in words
        assert "no-store" in answer["Cache-Control"]
    assert reached == [1, 2, 3, 4]
    assert "Đã sửa ranh theo biên bản." in words


def test_an_unknown_code_is_404_with_a_sentence(client: Client) -> None:
    for code in ("K7QM-2V9D-0123-ABCX", "x", "' OR 1=1 --"):
        answer = client.get(f"/mistakes/{code}")
        assert answer.status_code == 404
        assert "Không có hồ sơ báo sai sót với mã này." in answer.content.decode()


def test_a_typed_code_leads_to_the_case(client: Client, address: str) -> None:
    code = send(client, address)
    answer = client.get("/mistakes/", {"code": f" {code.replace('-', ' ').lower()} "})
    assert answer["Location"] == f"/mistakes/{code}"
    assert client.get("/mistakes/").status_code == 200


class TestTheDoor:
    def test_a_form_from_another_site_is_refused(self, address: str) -> None:
        foreign = Client(enforce_csrf_checks=True)
        answer = foreign.post(address, GOOD)
        assert answer.status_code == 403
        assert "chưa gửi được gì" in answer.content.decode()
        assert not Mistake.objects.exists()

    def test_a_form_of_our_own_is_taken(self, address: str) -> None:
        own = Client(enforce_csrf_checks=True)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', own.get(address).content.decode())
        assert token and set(own.cookies) == {"form"}
        assert own.post(address, GOOD | {"csrfmiddlewaretoken": token[1]}).status_code == 302

    def test_reading_pages_set_no_cookie(self, client: Client) -> None:
        for page in ("/", f"/parcels/{standing(123).feature_id}", "/mistakes/"):
            assert not client.get(page).cookies

    def test_who_sends_too_many_is_held_up_and_may_still_read(self, address: str, settings: Any) -> None:
        settings.RATE_LETTERS = 2
        client = Client(REMOTE_ADDR="192.0.2.50")
        assert [client.post(address, GOOD).status_code for _ in range(3)] == [302, 302, 429]
        assert client.get(address).status_code == 200
