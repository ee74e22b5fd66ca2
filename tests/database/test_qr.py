"""The QR code of an own address: made here, and for no address of others."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db(databases="__all__")

STATE = "/map?at=3#16.50/20.45044/106.34048/-roads,parcels:60/base=ortho/with=2"


def test_an_own_address_gets_its_code_as_a_picture(client: Client) -> None:
    answer = client.get("/qr.svg", {"address": STATE})
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer.content.startswith(b"<svg") and b"<script" not in answer.content
    assert answer.content == client.get("/qr.svg", {"address": STATE}).content
    assert answer.content != client.get("/qr.svg", {"address": STATE.replace("16.50", "17.50")}).content


def test_the_longest_state_still_fits(client: Client) -> None:
    layers = ",".join(f"-a-layer-with-a-long-name-{number}:55" for number in range(24))
    address = f"/parcels/123456?at=1234&on=2026-11-24#16.50/20.45044/106.34048/{layers}"
    assert 700 < len(address) <= 900
    assert client.get("/qr.svg", {"address": address}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        *("", "https://evil.example/", "//evil.example/map", "/\\evil.example", "map", "/nowhere", "/map\n"),
        *("javascript:alert(1)", "/" + "m" * 901, "/map?" + "a" * 900),
    ],
)
def test_no_code_is_made_for_an_address_of_others(client: Client, address: str) -> None:
    answer = client.get("/qr.svg", {"address": address})
    assert answer.status_code == 400
    assert "chỉ được làm cho một trang của cổng này" in answer.content.decode()
