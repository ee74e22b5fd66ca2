"""The features of a delivery, ready for its map: what changes first, what stays only while there is room."""

from __future__ import annotations

from django.contrib.gis.db.models import Extent
from django.contrib.gis.db.models.functions import AsGeoJSON, Transform
from django.contrib.gis.geos import Polygon

from desk.models import Delivery, Draft
from exports.delivery_map import MOST, Drawn, delivery_map
from layers.queries.surroundings import STORAGE, WGS84, Box
from layers.versioned import NOW

Shapes = list[Drawn]
GEOJSON = AsGeoJSON(Transform("geom", WGS84), precision=7)


def page(delivery: Delivery) -> str | None:
    """The whole map as HTML; None when the delivery has no shapes."""
    box = delivery.drafts.aggregate(box=Extent("geom"))["box"]
    if box is None:
        return None
    return delivery_map(delivery.layer, [*drafts(delivery), *removed(delivery)], box, in_degrees(box))


def in_degrees(box: Box) -> Box:
    frame = Polygon.from_bbox(box)
    frame.srid = STORAGE
    found: Box = frame.transform(WGS84, clone=True).extent
    return found


def drafts(delivery: Delivery) -> Shapes:
    rows = Draft.objects.filter(delivery=delivery, geom__isnull=False).annotate(json=GEOJSON)
    told = rows.exclude(kind="same").values_list("kind", "key", "json")[:MOST]
    shown = [Drawn(*row) for row in told]
    rest = rows.filter(kind="same").values_list("kind", "key", "json")[: MOST - len(shown)]
    return shown + [Drawn(*row) for row in rest]


def removed(delivery: Delivery) -> Shapes:
    ids = [draft.values.get("id") for draft in delivery.drafts.filter(kind="removed")[:MOST]]
    if not (ids and delivery.layer.geometry_type):
        return []
    rows = delivery.layer.model._default_manager.filter(NOW, feature_id__in=ids).annotate(json=GEOJSON)
    return [Drawn("removed", str(label or ""), text) for label, text in rows.values_list(delivery.layer.label, "json")]
