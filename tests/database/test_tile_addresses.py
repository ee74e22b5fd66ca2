"""What stands under a tile's address: the same for ever, or one sentence that says what is wrong."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from layers import catalogue, public
from layers.ground.parcels import PARCELS
from layers.queries import tiles
from layers.queries.snapshots import newest
from tests.database.province import SOUTH, WEST, box, deliver, parcel, point, zone
from tests.database.tile_places import address, features, get, tile_at

pytestmark = pytest.mark.django_db(databases="__all__")


def test_an_older_revisions_tile_still_shows_the_older_state(client: Client) -> None:
    deliver(PARCELS, parcel(1), parcel(2, box(100, 0, 150, 50)))
    before = newest()
    old_address = address(PARCELS, tile_at(14))
    old = client.get(old_address).content
    deliver(PARCELS, parcel(1, land_use="ONT"), parcel(3, box(150, 0, 200, 50)))
    assert client.get(old_address).content == old
    named = {feature["properties"]["parcel_no"] for feature in features(get(client, PARCELS, tile_at(14), before))}
    assert named == {"1", "2"}
    now = {feature["properties"]["parcel_no"] for feature in features(get(client, PARCELS, tile_at(14)))}
    assert now == {"1", "3"}


def test_publishing_one_layer_leaves_the_addresses_of_others(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    before = address(PARCELS, tile_at(16))
    deliver("licensed-wells", zone("licensed-wells", "G1", point(5, 5)))
    assert address(PARCELS, tile_at(16)) == before
    deliver(PARCELS, parcel(1, land_use="ONT"))
    assert address(PARCELS, tile_at(16)) != before


def test_a_tile_may_be_kept_for_ever_and_comes_compressed_when_that_is_understood(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    plain = get(client, PARCELS, tile_at(16))
    packed = client.get(address(PARCELS, tile_at(16)), headers={"accept-encoding": "br, gzip"})
    for answer in (plain, packed):
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
        assert "Accept-Encoding" in answer["Vary"]
        assert "X-Tile-Cut" not in answer
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content


def test_a_tile_with_nothing_in_it_is_told_so_and_kept_for_ever(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    answer = get(client, PARCELS, tile_at(16, WEST + 9000, SOUTH + 9000))
    assert answer.status_code == 204
    assert answer.content == b""
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


BAD = [
    ("/tiles/no-such-layer/1-00000000/14/1/1.mvt", 404, "layer-unknown"),
    ("/tiles/parcels/1-00000000/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/parcels/999999-00000000/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/parcels/99999999999999999999-00000000/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/parcels/newest/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/parcels/1-';DROP/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/coverage/1-00000000/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/admin-successions/1-00000000/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/parcels/1-00000000/14/16384/0.mvt", 404, "tile-outside"),
    ("/tiles/parcels/1-00000000/14/0/16384.mvt", 404, "tile-outside"),
    (f"/tiles/parcels/1-00000000/{10**40}/0/0.mvt", 404, "tile-outside"),
    ("/tiles/parcels/1-00000000/13/6500/3600.mvt", 404, "tile-below-zoom"),
    ("/tiles/parcels/1-00000000/18/208000/115200.mvt", 404, "tile-below-zoom"),
    ("/tiles/map-sheets/1-00000000/16/0/0.mvt", 404, "tile-below-zoom"),
    ("/tiles/parcels/1-00000000/14/-1/0.mvt", 404, "page-unknown"),
    ("/tiles/parcels/1-00000000/14/0x1/0.mvt", 404, "page-unknown"),
]


@pytest.mark.parametrize(("asked", "status", "code"), BAD, ids=[code for _, _, code in BAD])
def test_a_wrong_address_is_answered_with_one_sentence(client: Client, asked: str, status: int, code: str) -> None:
    deliver(PARCELS, parcel(1))
    answer = client.get(asked)
    assert answer.status_code == status
    told = answer.json()
    assert told["code"] == code
    assert told["status"] == status
    assert told["title"].endswith(".")
    assert answer["Cache-Control"] == "no-store"


def test_the_address_of_another_layers_revision_is_refused(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    deliver("licensed-wells", zone("licensed-wells", "G1", point(5, 5)))
    place = tile_at(16)
    asked = address(PARCELS, place).replace("/parcels/", "/licensed-wells/")
    assert client.get(asked).json()["code"] == "tile-address-old"


def test_a_tile_that_takes_too_long_is_a_busy_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(PARCELS, parcel(1))
    asked = address(PARCELS, tile_at(16))
    endless = "SELECT 'ab', 0, convert_to(pg_sleep(60)::text, 'UTF8')"
    monkeypatch.setattr(tiles, "statements", lambda slug: (endless, endless))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '50ms'")
    answer = client.get(asked)
    assert answer.status_code == 503
    assert answer.json()["code"] == "database-away"
    assert answer["Retry-After"]


def test_the_layers_are_told_as_of_a_snapshot(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    before = newest()
    deliver("licensed-wells", zone("licensed-wells", "G1", point(5, 5)))

    def told(asked: str) -> dict[str, Any]:
        return {layer["slug"]: layer["tiles"] for layer in client.get(asked).json()["layers"]}

    then, now = told(f"/api/layers?at={before}"), told("/api/layers")
    assert list(now) == [layer.slug for layer in catalogue.mapped()]
    assert then["licensed-wells"] is None
    assert now["licensed-wells"] == public.tile_address(catalogue.get("licensed-wells"), newest() or 0)
    assert then["parcels"] == now["parcels"]


def test_layers_of_a_snapshot_to_come_are_refused(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    answer = client.get("/api/layers?at=99")
    assert answer.status_code == 404
    assert answer.json()["code"] == "snapshot-unknown"
