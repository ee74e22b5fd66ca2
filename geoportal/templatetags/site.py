"""What only the pages of a site need."""

from __future__ import annotations

from django import template

from layers.report.sites import SiteParcel, SiteReport

register = template.Library()
# More parcels than this are counted in a zone's card; the table below lists them all.
NAMED = 12


@register.filter
def parcels_named(report: SiteReport, feature_ids: tuple[int, ...]) -> list[SiteParcel]:
    """The first of the site's parcels with these ids."""
    by_id = {parcel.feature_id: parcel for parcel in report.site.parcels}
    return [by_id[feature_id] for feature_id in feature_ids[:NAMED] if feature_id in by_id]
