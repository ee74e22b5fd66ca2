"""Two engines, one operation: PostGIS serves what pyproj brought in, so they must agree to a centimetre."""

from __future__ import annotations

import numpy as np
import pytest
from django.contrib.gis.geos import Point
from django.db import connection

from importers.crs.operation import transformer

pytestmark = pytest.mark.django_db(databases="__all__")

PLACES = [(105.90 + 0.16 * (at % 5), 20.22 + 0.25 * (at // 5)) for at in range(20)]  # over the province, in degrees


@pytest.mark.parametrize(("longitude", "latitude"), PLACES)
def test_postgis_and_pyproj_agree_within_a_centimetre(longitude: float, latitude: float) -> None:
    by_postgis = Point(longitude, latitude, srid=4326)
    row = transformed(by_postgis, 9209)
    assert np.hypot(*np.subtract(row, transformer(4326).transform(longitude, latitude))) < 0.01


@pytest.mark.parametrize("epsg", [9210, 5897, 3405])
def test_they_agree_between_zones_too(epsg: int) -> None:
    there = transformer(epsg).transform(587_448.557, 2_262_291.728, direction="INVERSE")
    assert transformed(Point(*there, srid=epsg), 9209) == pytest.approx((587_448.557, 2_262_291.728), abs=0.01)


def transformed(point: Point, srid: int) -> tuple[float, float]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_X(p), ST_Y(p) FROM ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), %s), %s) AS p",
            [point.x, point.y, point.srid, srid],
        )
        x, y = cursor.fetchone()
    return float(x), float(y)
