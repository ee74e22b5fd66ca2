"""What a search is narrowed to: kinds and layers, state on a day, commune, area, decision date, a place on the map.

A filter leaves out every layer that knows nothing of it: what has no term is not "in force", what has no area is not
"small". Pure; the conditions stand in `layers.queries.search_filters`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy

from layers import catalogue
from layers.declare import Layer
from layers.ground.admin_units import ADMIN_UNITS
from layers.ground.map_sheets import MAP_SHEETS
from layers.ground.parcels import PARCELS
from layers.ground.places import PLACE_NAMES, ROADS, WATERS
from layers.rulebook.procedures import PROCEDURES

# Kinds of the ground and of the rules by their layers; every record of a theme is a zone, whatever its shape.
KINDS_BY_LAYER = {
    PARCELS.slug: "parcel",
    MAP_SHEETS.slug: "sheet",
    ADMIN_UNITS.slug: "commune",
    ROADS.slug: "road",
    WATERS.slug: "river",
    PLACE_NAMES.slug: "place",
    PROCEDURES.slug: "procedure",
}
KINDS = {
    "parcel": gettext_lazy("Thửa đất"),
    "sheet": gettext_lazy("Tờ bản đồ"),
    "commune": gettext_lazy("Xã, phường"),
    "zone": gettext_lazy("Vùng, công trình, giấy phép"),
    "road": gettext_lazy("Đường"),
    "river": gettext_lazy("Sông, kênh, ao hồ"),
    "place": gettext_lazy("Địa danh"),
    "procedure": gettext_lazy("Thủ tục hành chính"),
}
STATES = {
    "in-force": gettext_lazy("Đang có hiệu lực"),
    "expired": gettext_lazy("Hết hiệu lực"),
    "planned": gettext_lazy("Chưa có hiệu lực (dự thảo, quy hoạch)"),
    "suspended": gettext_lazy("Tạm đình chỉ"),
}
RELEVANCE, DISTANCE = "relevance", "distance"
SORTS = {
    RELEVANCE: gettext_lazy("Sát câu hỏi nhất"),
    "area": gettext_lazy("Diện tích, lớn trước"),
    "area-up": gettext_lazy("Diện tích, nhỏ trước"),
    "date": gettext_lazy("Ngày quyết định, mới trước"),
    "date-up": gettext_lazy("Ngày quyết định, cũ trước"),
    DISTANCE: gettext_lazy("Khoảng cách"),
}
Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Cursor:
    """Behind which result a page begins: its sort key (of a list by filters), its layer and its id."""

    key: str
    layer: str
    feature_id: int

    def __str__(self) -> str:
        return f"{self.key}~{self.layer}~{self.feature_id}"

    @classmethod
    def read(cls, text: str) -> Cursor:
        """Raises ValueError for what is none."""
        key, slug, number = text.rsplit("~", 2)
        if not (number.isascii() and number.isdigit() and len(number) < 16):
            raise ValueError(text)
        return cls(key, slug, int(number))


@dataclass(frozen=True)
class Filters:
    """`legend_class`: a layer's slug and a value of its `legend_by`. `area`: m² from, to. `decided`: dates of decision
    from, to. `box` (west, south, east, north), `outline` and `near` (lon, lat) in degrees (WGS 84). `new_codes`,
    `old_codes`: communes by edition, None when none was named."""

    layers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    legend_class: tuple[str, str] | None = None
    state: str = ""
    day: date = date.min
    area: tuple[float | None, float | None] = (None, None)
    decided: tuple[date | None, date | None] = (None, None)
    box: tuple[float, float, float, float] | None = None
    outline: Corners = ()
    near: tuple[float, float] | None = None
    new_codes: tuple[str, ...] | None = None
    old_codes: tuple[str, ...] | None = None
    sort: str = RELEVANCE
    after: Cursor | None = field(default=None)

    @property
    def has_commune(self) -> bool:
        return self.new_codes is not None

    @property
    def has_place(self) -> bool:
        """Whether they name a piece of ground: parcels are listed only on one, nobody reads all of the province."""
        return bool(self.has_commune or self.box or self.outline)

    @property
    def by_area(self) -> bool:
        return self.area != (None, None)

    @property
    def by_date(self) -> bool:
        return self.decided != (None, None)

    @property
    def narrow(self) -> bool:
        """Whether they leave anything out."""
        chosen = self.layers or self.kinds or self.legend_class or self.state
        return bool(chosen or self.by_area or self.by_date or self.has_place)


def kind_of(layer: Layer) -> str:
    return KINDS_BY_LAYER.get(layer.slug, "zone")


def wanted_layers(filters: Filters, among: Iterable[Layer]) -> list[Layer]:
    """The layers that may answer: chosen ones, and those that have the columns the filters ask for."""
    return [layer for layer in among if _chosen(layer, filters) and _knows(layer, filters)]


def _chosen(layer: Layer, filters: Filters) -> bool:
    if filters.layers and layer.slug not in filters.layers:
        return False
    return not filters.kinds or kind_of(layer) in filters.kinds


def _knows(layer: Layer, filters: Filters) -> bool:
    names = {declared.name for declared in layer.public_fields}
    asked = {
        "state": bool(filters.state),
        "valid_until": bool(filters.state),
        "decision_date": filters.by_date,
    }
    if any(wanted and name not in names for name, wanted in asked.items()):
        return False
    if filters.has_place and not layer.geometry_type:
        return False
    if filters.legend_class and filters.legend_class[0] != layer.slug:
        return False
    return not filters.by_area or "POLYGON" in (layer.geometry_type or "")


def listed() -> list[Layer]:
    """Every layer that can be listed, in the order of the map; what lies nowhere comes last."""
    return [*catalogue.mapped(), PROCEDURES]
