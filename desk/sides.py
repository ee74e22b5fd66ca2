"""A feature as it is published and as it was delivered, field beside field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import GEOSGeometry

from desk.models import Draft
from importers.drafts import text_of
from layers.declare import Layer
from layers.versioned import NOW


@dataclass(frozen=True)
class Side:
    title: str
    old: str
    new: str

    @property
    def differs(self) -> bool:
        return self.old != self.new


def published(draft: Draft) -> Any | None:
    """The present row of the same feature, by its id where that is known, else by its key."""
    layer = draft.delivery.layer
    rows = layer.model._default_manager.filter(NOW)
    if draft.kind == "removed":
        return rows.filter(feature_id=draft.values.get("id")).first()
    key = {name: draft.values.get(name, "") for name in layer.key}
    return rows.filter(**key).first() if all(key.values()) else None


def of(draft: Draft) -> list[Side]:
    layer, standing = draft.delivery.layer, published(draft)
    listed = [Side(str(f.title), shown(standing, f.name), draft.values.get(f.name, "")) for f in layer.public_fields]
    listed = [side for side in listed if side.old or side.new]
    if layer.geometry_type:
        listed += measured(layer, standing.geom if standing else None, draft.geom)
    return listed


def shown(standing: Any | None, name: str) -> str:
    return text_of(getattr(standing, name)) if standing is not None else ""


def measured(layer: Layer, old: GEOSGeometry | None, new: GEOSGeometry | None) -> list[Side]:
    """Area or length in the storage plane (metres)."""
    from django.utils.translation import gettext as _

    kind = layer.geometry_type or ""
    if "POLYGON" in kind:
        return [Side(_("Diện tích bản vẽ"), size(old, "area", "m²"), size(new, "area", "m²"))]
    if "LINE" in kind:
        return [Side(_("Chiều dài"), size(old, "length", "m"), size(new, "length", "m"))]
    return []


def size(shape: GEOSGeometry | None, what: str, unit: str) -> str:
    return f"{getattr(shape, what):.1f} {unit}".replace(".", ",") if shape else ""
