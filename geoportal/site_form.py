"""The form of a site as it was filled in: shown again whole when something is wrong with it, so nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from geoportal import site_file
from importers.reader.outlines import Sent
from layers.sites import address, circle, corners, geojson, listed, placing
from layers.sites.site import Site
from layers.sites.troubles import SiteTrouble

SITE_WORDS = ("parcels", "outline", "numbers", "corners", "system", "drawn", "place", "radius")
# The ways in, each by the field it is typed into; `parcels` and `outline` are those of an address.
WAYS = ("parcels", "outline", "numbers", "corners", "drawn", "place", "file")


@dataclass(frozen=True)
class SiteForm:
    """`parcels`: ids apart by commas; `outline`: corners in the storage plane; `numbers`: parcels by number, a line
    each; `corners`: a pasted table, read in `system` (an EPSG code) if one was chosen; `drawn`: GeoJSON; `place`: a
    point with its `radius` in metres."""

    parcels: str = ""
    outline: str = ""
    numbers: str = ""
    corners: str = ""
    system: str = ""
    drawn: str = ""
    place: str = ""
    radius: str = ""
    file: UploadedFile[Any] | None = None
    opened: Sent | str | None = None

    def open_file(self) -> SiteForm:
        """The same form with its file opened, where the file is the way in. Raises SiteTrouble."""
        return replace(self, opened=site_file.opened(self.file)) if self.file and self.ways == ["file"] else self

    @property
    def ways(self) -> list[str]:
        """The ways in that were used."""
        return [way for way in WAYS if getattr(self, way) and (way == "file" or getattr(self, way).strip())]

    @property
    def way(self) -> str:
        """The one way used. Raises SiteTrouble when there is none, or more than one."""
        ways = self.ways
        if not ways:
            raise SiteTrouble("nothing")
        if len(ways) > 1:
            raise SiteTrouble("several-ways", ways=", ".join(ways))
        return ways[0]

    def site(self, snapshot: int) -> Site:
        """The site that was meant. Raises SiteTrouble, and Undecided for a table that may lie in several places."""
        match self.way:
            case "parcels":
                return listed.site(ids(self.parcels), snapshot)
            case "outline":
                return address.read(self.outline)
            case "numbers":
                return listed.site(listed.typed(self.numbers), snapshot)
            case "corners":
                return placing.site(corners.read(self.corners), epsg(self.system))
            case "drawn":
                return geojson.site(self.drawn)
            case "place":
                return circle.site(self.place, self.radius)
            case _:
                if self.opened is None:
                    raise SiteTrouble("nothing")
                return site_file.site(self.opened, epsg(self.system), snapshot)


def ids(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for place, part in enumerate(parts, 1):
        if not (part.isascii() and part.isdigit() and len(part) < 16):
            raise SiteTrouble("parcel-not-read", line=place, text=part[:40])
    if not parts:
        raise SiteTrouble("nothing")
    return [int(part) for part in parts]


def epsg(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise SiteTrouble("unknown-system")
    return int(text)
