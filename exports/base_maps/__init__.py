"""Base maps of others: added by command, checked once, offered to visitors. The portal's own is always there."""

from __future__ import annotations

from urllib.parse import urlsplit

from exports.base_maps.stored import BaseMap


def offered() -> list[dict[str, object]]:
    """Every base map as the browser needs it; `archive` says that `tiles` is the address of a PMTiles archive."""
    return [
        {
            "name": base.name,
            "title": {"vi": base.title_vi, "en": base.title_en},
            "attribution": base.attribution,
            "archive": base.kind == BaseMap.Kind.PMTILES,
            "tiles": base.tiles,
            "tile_size": base.tile_size,
            "minzoom": base.minzoom,
            "maxzoom": base.maxzoom,
        }
        for base in BaseMap.objects.all()
    ]


def origin(tiles: object) -> str | None:
    """The foreign host that pictures come from (https://tiles.example:8443); None for our own."""
    parts = urlsplit(str(tiles))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None
