"""What a delivery means for what is published: seen before, what it would change, how much it would take away."""

from __future__ import annotations

import geopandas as gpd
from django.db import models
from django.utils import timezone

from importers.findings import Finding, found
from importers.publish import Difference
from layers.declare import Layer
from layers.revisions import Revision
from layers.versioned import NOW

# A delivery that lacks more than this share of what stands in its scope is looked at by a person first.
LOST_SHARE = 0.10


def seen_before(layer: Layer, sha256: str) -> list[Finding]:
    """The same bytes, already published for this layer: told, not refused; publishing them again changes nothing."""
    earlier = Revision.objects.filter(layer=layer.slug, delivery_sha256=sha256).order_by("-number").first()
    if earlier is None:
        return []
    day = timezone.localtime(earlier.published_at)
    return [found("file-seen", date=f"{day:%d/%m/%Y}", number=earlier.number)]


def losses(difference: Difference) -> list[Finding]:
    """A decision when many features would be removed: a file cut short looks like a province that shrank."""
    standing = difference.removed + difference.changed + difference.same
    share = difference.removed / standing if standing else 0.0
    if share <= LOST_SHARE:
        return []
    return [found("rows-lost", count=difference.removed, share=f"{share:.0%}".replace("%", " %"))]


def emptied(layer: Layer, frame: gpd.GeoDataFrame, difference: Difference) -> list[Finding]:
    """A decision when changed features would lose what is published in fields this delivery has no column for."""
    absent = [field.name for field in layer.fields if field.name not in frame]
    full = [name for name in absent if difference.changed and _holds_values(layer, name)]
    return [found("fields-emptied", fields=", ".join(full), count=difference.changed)] if full else []


def _holds_values(layer: Layer, name: str) -> bool:
    column = layer.column(name)
    usual = column.get_default() if column.has_default() else ""
    standing = layer.model._default_manager.filter(NOW, **{f"{name}__isnull": False})
    is_text = isinstance(column, models.CharField | models.TextField)
    return bool(standing.exclude(**{name: usual}).exists() if is_text or column.has_default() else standing.exists())


def publishable(frame: gpd.GeoDataFrame, layer: Layer) -> gpd.GeoDataFrame:
    """Only what the table has: the layer's fields, and accuracy, source, day of survey and shape where it has them."""
    columns = {column.name for column in layer.model._meta.fields} | {"geometry"}
    return frame[[name for name in frame.columns if name in columns]]
