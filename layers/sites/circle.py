"""A point with a radius, as a site."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.gis.geos import Point

from layers.queries import points
from layers.search.coordinates import read as coordinates
from layers.search.coordinates.reading import WGS84
from layers.sites import outline
from layers.sites.notes import Note
from layers.sites.site import TRACKED_M, Circle, Site, Way
from layers.sites.troubles import SiteTrouble
from layers.systems import PROVINCE

LARGEST_RADIUS_M = 2_000
STORAGE = 9209
# Chords of so many segments a quarter lie within 0.02 % of the radius of the circle.
SEGMENTS = 32


def site(place: str, radius: str) -> Site:
    """The circle round a typed place (any coordinates that the search understands). Raises SiteTrouble."""
    metres = radius_of(radius)
    typed = coordinates(place)
    if typed is None or not typed.readings:
        raise SiteTrouble("point-not-read", text=place[:60])
    spots = points.land([(one.system.epsg, one.x, one.y) for one in typed.readings], STORAGE)
    inside = [spot for spot in spots if within(spot.lon, spot.lat)]
    if not inside:
        raise SiteTrouble("outside")
    if len(inside) > 1:
        raise SiteTrouble("point-several", text=place[:60], count=len(inside), example="KTT 105°30'")
    return around(inside[0].lon, inside[0].lat, metres)


def of_numbers(lon: float, lat: float, radius_m: float) -> Site:
    """The circle round a place in degrees (WGS 84). Raises SiteTrouble."""
    if not within(lon, lat):
        raise SiteTrouble("outside")
    return around(lon, lat, radius_of(str(radius_m)))


def in_plane(east: float, north: float, radius: str) -> Site:
    """The circle round a place of EPSG:9209, in metres, as an address holds it. Raises SiteTrouble."""
    spot, *_ = points.land([(STORAGE, east, north)], STORAGE)
    if not within(spot.lon, spot.lat):
        raise SiteTrouble("outside")
    return drawn(east, north, radius_of(radius), spot.lon, spot.lat)


def around(lon: float, lat: float, radius_m: float) -> Site:
    (x, y), *_ = points.planar([(WGS84, lon, lat)], STORAGE)
    return drawn(x, y, radius_m, lon, lat)


def drawn(east: float, north: float, radius_m: float, lon: float, lat: float) -> Site:
    """To the centimetre, so that the site's address brings back the very same circle."""
    round_ = Circle(round(east, 2), round(north, 2), round(radius_m, 2))
    shape = outline.areas(Point(round_.east, round_.north, srid=STORAGE).buffer(round_.radius_m, SEGMENTS))
    told = {"radius": Decimal(f"{round_.radius_m:g}"), "lat": degrees(lat), "lon": degrees(lon)}
    return Site(outline.sized(shape), Way.POINT, TRACKED_M, circle=round_, notes=(Note("circle", told),))


def radius_of(text: str) -> float:
    try:
        metres = float(text.strip().replace(",", ".").removesuffix("m"))
    except ValueError:
        metres = 0.0
    if not 1 <= metres <= LARGEST_RADIUS_M:
        raise SiteTrouble("radius-wrong", limit=Decimal(LARGEST_RADIUS_M))
    return metres


def within(lon: float, lat: float) -> bool:
    west, south, east, north = PROVINCE
    return west <= lon <= east and south <= lat <= north


def degrees(value: float) -> Decimal:
    return Decimal(f"{value:.6f}")
