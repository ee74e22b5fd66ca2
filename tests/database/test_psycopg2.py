"""Decision 0001: the web part also runs where only psycopg2 is installed, and answers the same."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from django.db import connection
from django.test import Client
from pyproj import Transformer

from importers.publish import Delivery, publish
from layers.ground.parcels import PARCELS, Parcel
from layers.public import address_of
from tests.addresses import address_of as database_address

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)


def one_parcel() -> gpd.GeoDataFrame:
    columns = {"commune_code": ["12345"], "sheet_no": ["45"], "parcel_no": ["123"], "accuracy_m": [0.15]}
    return gpd.GeoDataFrame(columns, geometry=[shapely.box(587_000, 2_262_000, 587_020, 2_262_020)], crs=9209)


def test_page_answer_search_and_tile_are_the_same_on_psycopg2(client: Client) -> None:
    revision = publish(PARCELS, [one_parcel()], Delivery("test", "0" * 64, "tester"))
    assert revision is not None
    parcel = Parcel.objects.get()
    lon, lat = Transformer.from_crs(9209, 4326, always_xy=True).transform(587_010, 2_262_010)
    zoom = 14
    column = int((lon + 180) / 360 * 2**zoom)
    row = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)
    addresses = [
        "/",
        "/health",
        f"/api/parcels/{parcel.feature_id}/report",
        f"/parcels/{parcel.feature_id}",
        "/api/search?q=45/123",
        "/api/search?q=2262010+587010",
        "/search/suggest?q=dong+h",
        "/api/coverage",
        f"/api/identify?lon={lon}&lat={lat}",
        address_of(PARCELS, revision).format(z=zoom, x=column, y=row),
    ]
    elsewhere = {"DATABASE_URL": database_address(connection.settings_dict["NAME"]), "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "tests/database/web_on_psycopg2.py", *addresses],
        cwd=ROOT,
        env={**os.environ, **elsewhere},
        capture_output=True,
        check=True,
    ).stdout
    found = json.loads(told.splitlines()[-1])
    assert found["psycopg3"] is False
    for address in addresses:
        here = client.get(address)
        assert found["answers"][address] == [here.status_code, here.content.hex()], address
        assert here.status_code == 200, address
