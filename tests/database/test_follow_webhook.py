"""Messages for SMS and Zalo: one signed POST to an address of the department's, tried with a server of our own."""

from __future__ import annotations

import hmac
import json
import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import Client

from contact import following, watching
from contact.channels import CHANNELS
from contact.models import Follow
from layers.ground.parcels import PARCELS
from tests.database.province import FIELD, deliver, parcel, standing, zone

pytestmark = pytest.mark.django_db(databases="__all__")

SECRET, PHONE = "a shared secret", "0912345678"


class Provider:
    """Takes what is posted, and answers with `status`."""

    def __init__(self) -> None:
        self.status, self.taken = 204, list[tuple[dict[str, Any], str, bytes]]()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                provider.taken.append((json.loads(body), self.headers["X-Signature"], body))
                self.send_response(provider.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    own = Provider()
    thread = threading.Thread(target=own.server.serve_forever)
    thread.start()
    settings.FOLLOW_WEBHOOK = f"http://127.0.0.1:{own.server.server_port}/send"
    settings.FOLLOW_WEBHOOK_SECRET = SECRET
    yield own
    own.server.shutdown()
    thread.join()
    own.server.server_close()


@pytest.fixture
def follow(provider: Provider, client: Client) -> Follow:
    deliver(PARCELS, parcel(123))
    address = f"/follow/new/parcel/{standing(123).feature_id}"
    assert client.post(address, {"channel": "webhook", "address": "0912 345 678"}).status_code == 302
    return Follow.objects.get()


def test_the_message_to_confirm_is_signed_and_short(follow: Follow, provider: Provider) -> None:
    [(said, signature, body)] = provider.taken
    assert (said["to"], said["key"]) == (PHONE, f"confirm-{follow.pk}")
    assert f"/follow/{follow.token}" in said["text"] and len(said["text"]) < 200
    assert signature == "sha256=" + hmac.new(SECRET.encode(), body, sha256).hexdigest()
    assert PHONE not in follow.sealed_address


def test_a_change_is_told_again_until_it_is_taken_under_the_same_key(follow: Follow, provider: Provider) -> None:
    following.confirm(follow)
    deliver("groundwater-zones", zone("groundwater-zones", "near", FIELD))
    watching.check_all()
    provider.status = 503
    assert following.tell_all() == 0
    provider.status = 200
    assert (following.tell_all(), following.tell_all()) == (1, 0)
    keys = [said["key"] for said, _, _ in provider.taken]
    assert keys[1] == keys[2] and keys[1].startswith(f"change-{follow.pk}-")


def test_a_provider_that_is_away_is_logged_without_the_number(settings: Any, caplog: Any) -> None:
    settings.FOLLOW_WEBHOOK = "http://127.0.0.1:9/send"
    message = following.Message("a", "b", "c", "d", "e")
    assert CHANNELS["webhook"].send(PHONE, message) is False
    assert "a message was not taken" in caplog.text and PHONE not in caplog.text


def test_the_way_is_offered_only_where_it_is_set_up(client: Client, provider: Provider, settings: Any) -> None:
    deliver(PARCELS, parcel(123))
    address = f"/follow/new/parcel/{standing(123).feature_id}"
    assert "SMS, Zalo" in client.get(address).content.decode()
    settings.FOLLOW_WEBHOOK = ""
    assert "SMS, Zalo" not in client.get(address).content.decode()
