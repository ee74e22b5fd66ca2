"""Who gets in, and what each may do there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from contact import mistakes
from desk.models import Delivery, Look, Officer, Right
from tests.database import deliveries
from tests.database.officers import PASSWORD, at_the_desk, officer, parts, send, work

pytestmark = pytest.mark.django_db(databases="__all__")
PAGES = ("", "deliveries/new", "deliveries/1", "deliveries/1/findings", "history", "undoings/1")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


@pytest.mark.parametrize("page", PAGES)
def test_the_desk_is_closed_to_who_is_not_signed_in(page: str) -> None:
    answer = Client().get(f"/desk/{page}")
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/desk/account/login/")


@pytest.mark.parametrize("page", PAGES)
def test_without_a_second_factor_the_desk_stays_closed(page: str) -> None:
    user = officer("lan", "editor", enrolled=False)
    user.officer.must_change_password = False  # type: ignore[attr-defined]
    user.officer.save()  # type: ignore[attr-defined]
    assert at_the_desk(user).get(f"/desk/{page}")["Location"] == "/desk/account/second/app/"


def test_a_password_somebody_else_made_is_changed_first() -> None:
    user = officer("lan", "editor", enrolled=False)
    client = at_the_desk(user)
    assert client.get("/desk/")["Location"] == "/desk/account/password/"
    new = "thua-ruong-moi-2026"
    client.post("/desk/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/desk/")["Location"] == "/desk/account/second/app/"


def test_a_short_or_common_password_is_not_taken() -> None:
    client = at_the_desk(officer("lan", "editor", enrolled=False))
    for bad in ("ngan-qua", "123456789012345", "password1234"):
        client.post("/desk/account/password/", {"oldpassword": PASSWORD, "password1": bad, "password2": bad})
        assert client.get("/desk/")["Location"] == "/desk/account/password/"


def test_a_password_alone_does_not_open_an_enrolled_account() -> None:
    officer("lan", "editor")
    client = Client()
    answer = client.post("/desk/account/login/", {"login": "lan", "password": PASSWORD})
    assert answer["Location"].startswith("/desk/account/second/code/")
    assert client.get("/desk/").status_code == 302


def test_nobody_signs_up() -> None:
    page = Client().post("/desk/account/closed/", {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert "quản trị viên" in page.content.decode()
    assert not Right.objects.exists()


def test_passwords_cannot_be_tried_without_end(settings: Any) -> None:
    settings.RATE_SIGN_IN = 3
    client = Client()
    told = [client.post("/desk/account/login/", {"login": "lan", "password": "x"}).status_code for _ in range(5)]
    assert told[-1] == 429


def test_public_pages_set_no_cookie_and_know_no_session() -> None:
    client = at_the_desk(officer("lan", "editor"))
    for address in ("/", "/about", "/search?q=45"):
        answer = client.get(address)
        assert not answer.cookies, address
        assert "Cookie" not in answer.get("Vary", ""), address


def test_the_session_cookie_is_for_the_desk_only() -> None:
    officer("lan", "editor")
    client = Client()
    client.post("/desk/account/login/", {"login": "lan", "password": PASSWORD})
    cookie = client.cookies["desk"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/desk/", True, "Lax")


def test_a_form_without_its_key_does_nothing_and_says_why() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/desk/deliveries/new", {"layer": "parcels"})
    assert answer.status_code == 403
    assert "hết hạn" in answer.content.decode()


def test_an_editor_sends_only_to_her_layers_and_communes(tmp_path: Path) -> None:
    file = parts(deliveries.parcels(tmp_path / "thua"))
    client = at_the_desk(officer("lan", "editor", layer="parcels", commune="12817"))
    assert send(client, *file, commune="12817").layer_slug == "parcels"
    for wrong in ({"layer": "roads", "commune": "12817"}, {"layer": "parcels", "commune": "99999"}):
        with file[0].open("rb") as opened:
            assert client.post("/desk/deliveries/new", {**wrong, "files": opened}).status_code == 400
    assert Delivery.objects.count() == 1


def test_a_file_of_a_stranger_is_not_even_taken() -> None:
    answer = Client().post("/desk/deliveries/new", {"files": SimpleUploadedFile("x.zip", b"PK")})
    assert answer.status_code == 403


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    client = at_the_desk(officer("lan", "editor"))
    answer = client.post("/desk/deliveries/new", {"files": SimpleUploadedFile("x.zip", b"PK")}, CONTENT_LENGTH=10**9)
    assert answer.status_code == 413


def test_rows_of_a_commune_beyond_the_senders_rights_block(tmp_path: Path) -> None:
    client = at_the_desk(officer("lan", "editor", layer="parcels", commune="12820"))
    delivery = work(send(client, *parts(deliveries.parcels(tmp_path / "thua")), commune="12820"))
    client.post(f"/desk/deliveries/{delivery.pk}/understood", {"crs": "EPSG:9209"})
    assert work(delivery).faults.get(code="commune-not-yours").severity == "block"


def test_a_case_is_answered_and_closed_at_the_desk() -> None:
    code = mistakes.receive(mistakes.Told(text="Ranh vẽ sai", place=Point(106.3, 20.5, srid=4326)))
    client = at_the_desk(officer("lan", "editor"))
    number = mistakes.queue()[0].number
    assert "Ranh vẽ sai" in client.get(f"/desk/mistakes/{number}").content.decode()
    assert Look.objects.get().what == f"mistake {number}"
    client.post(f"/desk/mistakes/{number}/work", {"what": "answer", "words": "Đã sửa"})
    found = mistakes.status(code)
    assert found is not None and (found.state, found.answer) == ("answered", "Đã sửa")
    client.post(f"/desk/mistakes/{number}/work", {"what": "close"})
    assert mistakes.queue() == []


def test_the_secret_of_a_second_factor_lies_sealed() -> None:
    from allauth.mfa.adapter import get_adapter

    sealed = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert get_adapter().decrypt(sealed) == "JBSWY3DPEHPK3PXP"


def test_an_administrator_adds_an_officer_who_starts_with_nothing() -> None:
    client = at_the_desk(officer("quan-tri", "administrator"))
    form = {"username": "hung", "name": "Hùng", "role": "approver", "layer": "parcels", "commune": ""}
    page = client.post("/desk/officers", form).content.decode()
    assert "Mật khẩu dùng một lần của hung" in page
    assert Officer.objects.get(user__username="hung").must_change_password
    assert at_the_desk(officer("lan", "editor")).get("/desk/officers").status_code == 403


def test_nobody_changes_her_own_rights() -> None:
    user = officer("quan-tri", "administrator")
    grant = {"what": "grant", "role": "approver"}
    assert at_the_desk(user).post(f"/desk/officers/{user.officer.pk}", grant).status_code == 403  # type: ignore[attr-defined]
    assert not Right.objects.filter(role="approver").exists()


def test_an_approver_of_another_layer_sees_nothing(tmp_path: Path) -> None:
    delivery = send(at_the_desk(officer("lan", "editor")), *parts(deliveries.parcels(tmp_path / "thua")))
    stranger = at_the_desk(officer("hoa", "approver", layer="roads"))
    for page in ("", "/record", "/understood", "/findings", "/findings.csv", "/difference", "/map", "/state"):
        assert stranger.get(f"/desk/deliveries/{delivery.pk}{page}").status_code == 404
    assert stranger.post(f"/desk/deliveries/{delivery.pk}/approve").status_code == 404


def test_an_officer_is_added_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("add_officer", "hung", "--role", "approver", "--layer", "parcels", "--commune", "12817", "12820")
    assert "mật khẩu dùng một lần" in capsys.readouterr().out
    assert Right.objects.filter(role="approver", layer="parcels").count() == 2
