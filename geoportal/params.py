"""From the words of an address or a form to things, or a named problem. The only place that reads `request.GET`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from geoportal.problems import Problem
from geoportal.site_form import SITE_WORDS, SiteForm
from layers import catalogue, codes
from layers.declare import Layer
from layers.queries import snapshots
from layers.report.own_book.comparing import OwnBook
from layers.systems import PROVINCE

QUERY_LIMIT = 300
LONGEST_ADDRESS = 900
# What a form of a site may weigh, its file included.
SITE_LARGEST = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
# The zoom at which streets and parcels can be told apart: how near a click is meant when nobody says.
USUAL_ZOOM, DEEPEST_ZOOM = 16.0, 24.0


def layer(slug: str) -> Layer:
    try:
        return catalogue.get(slug)
    except KeyError:
        raise Problem("layer-unknown", slug=slug[:40]) from None


def record(request: HttpRequest) -> tuple[Layer, int] | None:
    """`layer` and `feature`: one record to be shown on the map; None when nobody asked for one."""
    slug, number = request.GET.get("layer", ""), request.GET.get("feature", "")
    if not slug:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise Problem("number-wrong", name="feature")
    return layer(slug), int(number)


def shown(request: HttpRequest) -> tuple[Layer, ...]:
    """`show`: layers that a picture shows besides the ground, by slug with commas between."""
    return tuple(layer(slug) for slug in request.GET.get("show", "").split(",") if slug)


def point(request: HttpRequest) -> tuple[float, float]:
    """`lon` and `lat` in degrees (WGS 84), inside the province."""
    try:
        lon, lat = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        raise Problem("point-missing") from None
    west, south, east, north = PROVINCE
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise Problem("point-missing")
    if not (west <= lon <= east and south <= lat <= north):
        raise Problem("point-outside")
    return lon, lat


def optional_point(request: HttpRequest) -> tuple[float, float] | None:
    return point(request) if "lon" in request.GET else None


def zoom(request: HttpRequest) -> float:
    """`z`: how far the map was zoomed in when it was clicked, 0 to 24."""
    try:
        asked = float(request.GET.get("z", USUAL_ZOOM))
    except ValueError:
        raise Problem("number-wrong", name="z") from None
    if not 0 <= asked <= DEEPEST_ZOOM:
        raise Problem("number-wrong", name="z")
    return asked


def accuracy(request: HttpRequest) -> float | None:
    """`accuracy`: by how many metres the point may be off, as the browser says; None when nobody says."""
    if "accuracy" not in request.GET:
        return None
    try:
        metres = float(request.GET["accuracy"])
    except ValueError:
        raise Problem("accuracy-wrong") from None
    if not (math.isfinite(metres) and metres >= 0):
        raise Problem("accuracy-wrong")
    return metres


def query(request: HttpRequest, limit: int = QUERY_LIMIT) -> str:
    """`q` without what no text holds (NUL, control signs); a problem when missing or too long."""
    text = "".join(sign if sign.isprintable() else " " for sign in request.GET.get("q", "")).strip()
    if not text:
        raise Problem("query-missing")
    if len(text) > limit:
        raise Problem("query-too-long", limit=limit)
    return text


def text(request: HttpRequest, name: str, limit: int = 120) -> str:
    """A short text of the address, without what no text holds; empty when not given."""
    return "".join(sign if sign.isprintable() else " " for sign in request.GET.get(name, "")).strip()[:limit]


def words(request: HttpRequest) -> str:
    """`q` where a list is also a list without it."""
    return text(request, "q", QUERY_LIMIT)


def activity(request: HttpRequest, *, required: bool = False) -> str:
    """`activity`: the code of something one may want to do; empty when nothing was chosen yet."""
    sent = request.POST.get("activity", "") if request.method == "POST" else ""
    code = sent or request.GET.get("activity", "")
    if not code and not required:
        return ""
    if code not in codes.known("activity"):
        raise Problem("activity-unknown")
    return code


def snapshot(request: HttpRequest) -> int:
    """`at`: the number of a snapshot; the newest when not given."""
    newest = snapshots.newest()
    if newest is None:
        raise Problem("nothing-published")
    text = request.GET.get("at", "")
    if not text:
        return newest
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Problem("number-wrong", name="at")
    if not 1 <= int(text) <= newest:
        raise Problem("snapshot-unknown", number=int(text), newest=newest)
    return int(text)


def day(request: HttpRequest) -> date:
    """`on`: the day the answer speaks of (a permit ends without a publication); today when not given."""
    text = request.GET.get("on", "")
    if not text:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem("date-wrong", name="on") from None


def parcel(request: HttpRequest) -> int:
    """`parcel`: the id of a parcel."""
    number = request.GET.get("parcel", "")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise Problem("number-wrong", name="parcel")
    return int(number)


def commune(request: HttpRequest) -> str | None:
    """`commune`: the five digits of a commune's code; None when all are meant."""
    code = request.GET.get("commune", "")
    if not code:
        return None
    if not (code.isascii() and code.isdigit() and len(code) == 5):
        raise Problem("commune-unknown")
    return code


def own_book(request: HttpRequest) -> OwnBook:
    """What somebody typed from his red book; it is compared and forgotten."""
    return OwnBook(*(request.POST.get(name, "") for name in ("area", "purposes", "edges")))


def code(request: HttpRequest) -> str:
    """`code`: what stands on a sheet, the fingerprint of its file, or the code of a case; "" when nobody asked."""
    return request.GET.get("code", "").strip()[:100]


def sheet_file(request: HttpRequest) -> tuple[bytes, int]:
    """`file`: the PDF somebody wants verified, and its size; empty where it was too long to be taken, or missing."""
    file = request.FILES.get("file")
    return (file.read(), file.size or 0) if isinstance(file, UploadedFile) else (b"", 0)


@dataclass(frozen=True)
class Mistake:
    """What somebody typed into the form “Báo sai sót”. `website` is a field that people do not see; `photo_size` is
    true even where the photo was too long to be taken; `kept_photo` came back from a form with a fault."""

    text: str = ""
    place: str = ""
    contact: str = ""
    website: str = ""
    photo: bytes | None = None
    photo_size: int = 0
    kept_photo: str = ""


def mistake(request: HttpRequest) -> Mistake:
    text, place, contact, website, kept = (
        request.POST.get(name, "").replace("\0", "") for name in ("text", "place", "contact", "website", "kept-photo")
    )
    file = request.FILES.get("photo")
    if not isinstance(file, UploadedFile):
        return Mistake(text, place, contact, website, kept_photo=kept)
    return Mistake(text, place, contact, website, file.read(), file.size or 0, kept)


@dataclass(frozen=True)
class Following:
    """By which way somebody wants to be told, and the address he typed. `website`: a field that people do not see."""

    channel: str = ""
    address: str = ""
    website: str = ""


def following(request: HttpRequest) -> Following:
    return Following(*(request.POST.get(name, "").strip() for name in ("channel", "address", "website")))


def was_sent(request: HttpRequest) -> bool:
    return request.GET.get("sent") == "1"


def site_form(request: HttpRequest) -> SiteForm:
    """What somebody typed, pasted, drew or sent of a site; by address only what can be linked to."""
    if int(request.headers.get("Content-Length") or 0) > SITE_LARGEST:
        raise Problem("body-too-large", limit=SITE_LARGEST // 2**20)
    sent = request.POST if request.method == "POST" else request.GET
    return SiteForm(**{name: sent.get(name, "") for name in SITE_WORDS}, file=request.FILES.get("file"))


def sent_file(request: HttpRequest) -> UploadedFile[Any] | None:
    """`file` of a form; None when there is none."""
    if int(request.headers.get("Content-Length") or 0) > SITE_LARGEST:
        raise Problem("body-too-large", limit=SITE_LARGEST // 2**20)
    return request.FILES.get("file")


def after(request: HttpRequest) -> int:
    """`after`: the number of the last row somebody has; 0 when not given."""
    text = request.GET.get("after", "0")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Problem("number-wrong", name="after")
    return int(text)


def own_address(request: HttpRequest) -> str:
    """`address`: one of our own pages, from its first slash on, with what stands behind ? and #."""
    address = request.GET.get("address", "")
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    if not is_ours or not address.isprintable() or len(address) > LONGEST_ADDRESS:
        raise Problem("address-foreign")
    try:
        resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        raise Problem("address-foreign") from None
    return iri_to_uri(address)


def names_snapshot(request: HttpRequest) -> bool:
    """Whether the reader asked for a snapshot by its number; if not, `snapshot` gives the newest."""
    return bool(request.GET.get("at"))


def is_dated(request: HttpRequest) -> bool:
    """Whether the reader asked for another snapshot or day than the present."""
    return bool(request.GET.get("at") or request.GET.get("on"))


def dating(request: HttpRequest) -> str:
    """The words that make another address speak of the same snapshot and day as this one: "?at=12&on=2026-01-31"."""
    asked = {name: request.GET[name] for name in ("at", "on") if request.GET.get(name)}
    return f"?{urlencode(asked)}" if asked else ""
