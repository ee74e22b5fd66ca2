"""A feature as it is published and as it was delivered, field beside field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext as _

from desk.models import Draft
from geoportal.templatetags.portal import day, number
from importers.drafts import text_of
from layers.declare import Layer
from layers.versioned import NOW


@dataclass(frozen=True)
class Side:
    title: str
    old: str
    new: str
    differs: bool


def side(title: str, old: str, new: str, layer: Layer, name: str) -> Side:
    """Two texts of a field as they are written for the reader; whether they differ is asked of the texts themselves."""
    kind = layer.column(name).get_internal_type()
    return Side(title, in_words(old, kind), in_words(new, kind), old != new)


def in_words(text: str, kind: str) -> str:
    if text and kind in ("FloatField", "DecimalField"):
        return number(float(text))
    return day(date.fromisoformat(text)) if text and kind == "DateField" else text


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
    listed = [
        side(str(field.title), shown(standing, field.name), draft.values.get(field.name, ""), layer, field.name)
        for field in layer.public_fields
    ]
    listed = [side for side in listed if side.old or side.new]
    if layer.geometry_type:
        listed += measured(layer, standing.geom if standing else None, draft.geom)
    return listed


def shown(standing: Any | None, name: str) -> str:
    return text_of(getattr(standing, name)) if standing is not None else ""


def measured(layer: Layer, old: GEOSGeometry | None, new: GEOSGeometry | None) -> list[Side]:
    """Area or length in the storage plane (metres)."""
    kind = layer.geometry_type or ""
    if "POLYGON" in kind:
        return [measure(_("Diện tích bản vẽ"), size(old, "area", "m²"), size(new, "area", "m²"))]
    if "LINE" in kind:
        return [measure(_("Chiều dài"), size(old, "length", "m"), size(new, "length", "m"))]
    return []


def size(shape: GEOSGeometry | None, what: str, unit: str) -> str:
    return f"{number(getattr(shape, what), 1)} {unit}" if shape else ""


def measure(title: str, old: str, new: str) -> Side:
    return Side(title, old, new, old != new)
