"""Who gets in, and what each may do there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from desk.models import Delivery, Right
from tests.database import deliveries
from tests.database.officers import PASSWORD, at_the_desk, officer, parts, send

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
