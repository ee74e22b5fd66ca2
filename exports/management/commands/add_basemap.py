"""add_basemap NAME ADDRESS: look once at a map of somebody else, say what it is, offer it to visitors."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from exports.base_maps import archive, services
from exports.base_maps.refused import Refused
from exports.base_maps.services import Offer
from exports.models import BaseMap


class Command(BaseCommand):
    help = "Offer a WMS, WMTS, XYZ or PMTiles map, or a file of an orthophoto, as a base map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="a short name for addresses: letters, digits, - and _")
        parser.add_argument(
            "address", help="of the service, with {z}, {x}, {y} for tiles; or a .pmtiles or .mbtiles file"
        )
        parser.add_argument("--title", required=True, help="as visitors read it, in Vietnamese")
        parser.add_argument("--title-en", default="", help="in English (default: the same)")
        parser.add_argument("--attribution", required=True, help="whose map it is; always shown beside it")
        parser.add_argument("--layer", default="", help="which layer of a WMS or WMTS")
        parser.add_argument("--kind", choices=BaseMap.Kind.values, help="when the address does not tell")
        parser.add_argument("--maxzoom", type=int, default=19, choices=range(23), metavar="0-22")

    def handle(self, *args: Any, **options: Any) -> None:
        name, address = options["name"], options["address"]
        kind = options["kind"] or services.kind_of(address)
        now = timezone.now()
        try:
            refuse_name(name)
            if kind is None:
                raise Refused(
                    gettext_noop("Không đoán được loại dịch vụ; nói bằng --kind xyz, wms, wmts hoặc pmtiles.")
                )
            offer = offer_of(name, address, kind, options, int(now.timestamp()))
        except Refused as refused:
            raise CommandError(str(refused)) from None
        BaseMap.objects.create(
            name=name,
            title_vi=options["title"],
            title_en=options["title_en"] or options["title"],
            attribution=options["attribution"],
            kind=kind,
            address=address,
            tiles=offer.tiles,
            tile_size=offer.tile_size,
            minzoom=offer.minzoom,
            maxzoom=offer.maxzoom,
            added_at=now,
        )
        for sentence in (*offer.said, *warnings(offer), gettext("Đã thêm nền “{name}”.").format(name=name)):
            self.stdout.write(sentence)


def refuse_name(name: str) -> None:
    try:
        validate_slug(name)
    except ValidationError:
        raise Refused(gettext_noop("Tên “{name}” chỉ được có chữ không dấu, số, - và _."), name=name) from None
    if BaseMap.objects.filter(name=name).exists():
        raise Refused(gettext_noop("Đã có nền “{name}”; gỡ nó trước bằng remove_basemap."), name=name)


def offer_of(name: str, address: str, kind: str, options: dict[str, Any], stamp: int) -> Offer:
    if kind == BaseMap.Kind.FILE:
        return archive.keep(Path(address), name, stamp)
    return services.look(kind, address, options["layer"], options["maxzoom"])


def warnings(offer: Offer) -> list[str]:
    parts = urlsplit(offer.tiles)
    if not parts.netloc:
        return []
    told = [gettext("Trình duyệt của người xem sẽ tải hình từ {host}.").format(host=parts.netloc)]
    if parts.scheme == "http":
        told.append(gettext("Địa chỉ là http: trang chạy https sẽ không hiện được nền này."))
    return told
