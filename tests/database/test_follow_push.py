"""Web push, tried with a push service of our own: what arrives, what it tells, and when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from contact import following, pushing, watching
from contact.models import Follow
from layers.ground.parcels import PARCELS
from tests.database.province import FIELD, deliver, parcel, standing, zone
from tests.push_service import PushService

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def service(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PushService]:
    """As an operator would let the portal call it: named, with a certificate that this machine trusts."""
    own = PushService(tmp_path)
    settings.PUSH_KEY, settings.PUSH_INSIDE = pushing.new_key(), [own.place]
    monkeypatch.setenv("SSL_CERT_FILE", str(own.certificate))
    yield own
    own.close()


@pytest.fixture
def follow(service: PushService, client: Client) -> Follow:
    deliver(PARCELS, parcel(123))
    address = f"/follow/new/parcel/{standing(123).feature_id}"
    reply = client.post(address, {"channel": "push", "address": service.subscription})
    [made] = Follow.objects.all()
    assert reply["Location"] == f"/follow/{made.token}"
    return made


def change() -> None:
    deliver("groundwater-zones", zone("groundwater-zones", "near", FIELD))
    watching.check_all()


def test_a_browser_follows_at_once_and_its_address_lies_sealed(follow: Follow, service: PushService) -> None:
    assert follow.confirmed_at is not None
    assert service.taken == []
    assert service.place not in follow.sealed_address


def test_a_change_is_told_without_any_place_and_leads_to_the_private_page(follow: Follow, service: PushService) -> None:
    change()
    assert (following.tell_all(), following.tell_all()) == (1, 0)
    [(headers, body)] = service.taken
    told = service.opened(body)
    assert told["page"] == f"/follow/{follow.token}"
    assert told["title"] == "Câu trả lời bạn theo dõi đã thay đổi"
    assert not [name for name in ("123", "Thửa", "Vùng", "Xã") if name in told["title"] + told["body"]]
    assert (headers["Content-Encoding"], headers["Authorization"][:8]) == ("aes128gcm", "vapid t=")


def test_a_service_that_is_no_longer_named_is_not_called(follow: Follow, service: PushService, settings: Any) -> None:
    settings.PUSH_INSIDE = []
    change()
    assert (following.tell_all(), service.taken) == (0, [])


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_ended_it_itself_is_forgotten(follow: Follow, service: PushService, status: int) -> None:
    service.status = status
    change()
    assert following.tell_all() == 0
    assert not Follow.objects.exists()


def test_a_service_that_is_busy_is_asked_again(follow: Follow, service: PushService) -> None:
    change()
    service.status = 503
    assert following.tell_all() == 0
    service.status = 201
    assert following.tell_all() == 1


def test_the_same_browser_is_not_told_twice_and_what_is_no_browser_is_refused(
    follow: Follow, service: PushService, client: Client
) -> None:
    address = f"/follow/new/parcel/{standing(123).feature_id}"
    again = client.post(address, {"channel": "push", "address": service.subscription})
    assert (again.status_code, "đã theo dõi câu trả lời này" in again.content.decode()) == (422, True)
    other_inside = service.subscription.replace(service.place, "127.0.0.1:5432")
    assert client.post(address, {"channel": "push", "address": other_inside}).status_code == 422
    assert Follow.objects.count() == 1


def test_the_way_is_offered_only_with_a_key(service: PushService, client: Client, settings: Any) -> None:
    deliver(PARCELS, parcel(123))
    address = f"/follow/new/parcel/{standing(123).feature_id}"
    assert f'data-push="{pushing.public_key()}" hidden' in client.get(address).content.decode()
    settings.PUSH_KEY = ""
    assert "data-push" not in client.get(address).content.decode()
