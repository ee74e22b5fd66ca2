"""“Báo sai sót” from the form to the case closed; and nothing private where it could be found."""

from __future__ import annotations

import base64
import io
import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image

from contact import mistakes, sealing
from contact.mistakes import State, Told
from contact.models import Mistake
from geoportal.logs import JsonLines
from importers.reader.photos import PHOTO
from layers import catalogue
from layers.ground.parcels import PARCELS
from tests.database.province import FIELD, deliver, parcel, standing, zone

pytestmark = pytest.mark.django_db(databases="__all__")

PLANTED = "planted.address@example.vn"
GOOD = {"text": "Ranh phía nam sai: bờ ao đã dời.", "place": "", "contact": ""}


@pytest.fixture(autouse=True)
def ground() -> None:
    deliver(PARCELS, parcel(123))


@pytest.fixture
def address() -> str:
    return f"/mistakes/new?layer=parcels&feature={standing(123).feature_id}"


def photo(name: str = "a.jpg", said: bytes = b"") -> SimpleUploadedFile:
    written = io.BytesIO()
    told = Image.Exif()
    told[0x010F] = said.decode() or "Camera"
    Image.new("RGB", (300, 200), "green").save(written, "JPEG", exif=told.tobytes())
    return SimpleUploadedFile(name, written.getvalue(), "image/jpeg")


def send(client: Client, address: str, **said: Any) -> str:
    """Send a right form; its code."""
    answer = client.post(address, GOOD | said)
    assert answer.status_code == 302, answer.content.decode()
    return re.fullmatch(r"/mistakes/([-0-9A-Z]{19})\?sent=1", answer["Location"])[1]  # type: ignore[index]


def everything_stored() -> str:
    """Every table of the database as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys'")
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


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


class TestTheDesk:
    @pytest.fixture
    def number(self) -> int:
        mistakes.receive(Told("Sai tên đường", contact=PLANTED, photo=b"\xff\xd8\xff"))
        return mistakes.queue()[0].number

    def test_closing_wipes_contact_and_photo_and_keeps_the_answer(self, number: int) -> None:
        mistakes.answer(number, "An", "Đã sửa.")
        mistakes.close(number, "An")
        row = Mistake.objects.get(id=number)
        assert (row.sealed_contact, row.sealed_photo) == ("", None)
        case = mistakes.case(number)
        assert (case.contact, case.has_photo, mistakes.photo(number)) == ("", False, None)
        assert (case.status.answer, case.text, case.officer) == ("Đã sửa.", "Sai tên đường", "An")
        assert mistakes.queue() == []
        assert mistakes.queue([State.CLOSED]) == [case]

    def test_nothing_is_added_to_a_closed_case(self, number: int) -> None:
        mistakes.close(number, "An")
        for step in (mistakes.look_at, mistakes.close, lambda n, o: mistakes.answer(n, o, "x")):
            with pytest.raises(mistakes.Closed):
                step(number, "Bình")

    def test_a_case_that_is_not_there_is_a_key_error(self) -> None:
        for step in (mistakes.case, mistakes.photo, lambda n: mistakes.close(n, "An")):
            with pytest.raises(KeyError):
                step(0)

    def test_the_oldest_waits_first(self, number: int) -> None:
        mistakes.receive(Told("Sau"))
        assert [case.text for case in mistakes.queue()] == ["Sai tên đường", "Sau"]

    def test_who_left_an_email_address_gets_the_answer(
        self, number: int, django_capture_on_commit_callbacks: Any, settings: Any
    ) -> None:
        settings.PUBLIC_ADDRESS = "https://portal.example"
        with django_capture_on_commit_callbacks(execute=True):
            mistakes.answer(number, "An", "Đã sửa “đường 39”.")
        [letter] = mail.outbox
        assert letter.to == [PLANTED]
        assert "Đã sửa “đường 39”." in letter.body
        assert f"https://portal.example/mistakes/{mistakes.case(number).status.code}" in letter.body
        assert letter.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_a_mail_server_that_is_away_holds_nothing_up_and_logs_no_address(
        self, number: int, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
    ) -> None:
        def away(*_: object) -> None:
            raise OSError(f"cannot reach the server for {PLANTED}")

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        with django_capture_on_commit_callbacks(execute=True):
            mistakes.answer(number, "An", "Đã sửa.")
        assert mistakes.case(number).status.state == State.ANSWERED
        assert "a letter was not sent: OSError" in caplog.text
        assert PLANTED not in caplog.text

    def test_a_telephone_number_gets_no_letter(self, django_capture_on_commit_callbacks: Any) -> None:
        mistakes.receive(Told("Sai", contact="0912345678"))
        with django_capture_on_commit_callbacks(execute=True):
            mistakes.answer(mistakes.queue()[0].number, "An", "Đã sửa.")
        assert mail.outbox == []

    def test_what_was_answered_long_ago_is_closed_and_then_deleted(self, number: int) -> None:
        mistakes.answer(number, "An", "Đã sửa.")
        now = timezone.now()
        assert mistakes.tidy(now + timedelta(days=29)) == 0
        assert mistakes.tidy(now + timedelta(days=31)) == 1
        assert Mistake.objects.get(id=number).sealed_contact == ""
        assert mistakes.tidy(now + timedelta(days=729)) == 0
        assert mistakes.tidy(now + timedelta(days=732)) == 1
        assert not Mistake.objects.exists()

    def test_the_keys_are_changed_without_losing_a_word(self, number: int, settings: Any) -> None:
        settings.CONTACT_KEYS = [Fernet.generate_key().decode()]
        said = io.StringIO()
        call_command("reseal", stdout=said)
        assert said.getvalue() == "Sealed again: 3. No key opens: 0.\n"
        settings.SECRET_KEY = "another"
        case = mistakes.case(number)
        assert (case.text, case.contact, mistakes.photo(number)) == ("Sai tên đường", PLANTED, b"\xff\xd8\xff")

    def test_a_case_whose_key_is_gone_is_still_told(self, number: int, settings: Any) -> None:
        settings.SECRET_KEY = "another"
        assert (mistakes.case(number).text, mistakes.case(number).contact) == (None, "")
        with pytest.raises(sealing.Unsealable):
            mistakes.photo(number)


def test_a_planted_address_is_nowhere_but_under_seal(client: Client, address: str, capfd: Any) -> None:
    """In the contact, the words and the photo; through every page, letter and step. Not in a table, a log, a tile, a
    download or on the console."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    feature_id = standing(123).feature_id
    try:
        text = f"Gọi tôi qua {PLANTED}"
        client.post(address, {"text": text, "contact": PLANTED, "place": PLANTED})
        code = send(client, address, text=text, contact=PLANTED, photo=photo(said=PLANTED.encode()))
        number = mistakes.queue()[0].number
        mistakes.look_at(number, "An")
        stored = everything_stored()
        pages = [
            f"/parcels/{feature_id}",
            f"/api/parcels/{feature_id}/report",
            f"/mistakes/{code}",
            "/api/layers",
            "/map",
        ]
        public = [client.get(page) for page in (*pages, "/mistakes/", address, "/api/search?q=123")]
        mistakes.close(number, "An")
    finally:
        logging.getLogger().removeHandler(handler)
    name = PLANTED.split("@")[0]
    assert code.replace("-", "") in stored, "the tables were looked at"
    assert name not in stored
    assert not [answer.request["PATH_INFO"] for answer in public if name in answer.content.decode()]
    printed = capfd.readouterr()
    assert name not in lines.getvalue() + printed.out + printed.err
    assert name not in everything_stored()


def test_the_console_shows_a_letter_without_its_address(settings: Any) -> None:
    from contact.mail import EmailBackend

    shown = io.StringIO()
    letter = mail.EmailMessage("Tiêu đề", "Nội dung", to=[PLANTED])
    EmailBackend(stream=shown).send_messages([letter])
    assert "Tiêu đề" in shown.getvalue() and "Nội dung" in shown.getvalue()
    assert PLANTED not in shown.getvalue()


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
