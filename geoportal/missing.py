"""What is said of a parcel that cannot be shown: withdrawn (410, with all that may be told of it), or never there."""

from __future__ import annotations

from django.utils import timezone

from geoportal.problems import Problem
from geoportal.templatetags.portal import day
from layers.ground.parcels import PARCELS
from layers.queries import withdrawn


def no_such_parcel(feature_id: int) -> Problem:
    """The problem to raise. Of a withdrawal its revision and day, never its reason: that may speak of a person."""
    gone = withdrawn.withdrawal_of(PARCELS.slug, feature_id)
    if gone is None:
        return Problem("parcel-unknown")
    when = timezone.localdate(gone.withdrawn_at)
    told = {"layer": PARCELS.slug, "id": feature_id, "revision": gone.number, "since": gone.since, "on": when}
    return Problem("parcel-withdrawn", extra={"withdrawn": told}, day=day(when), number=gone.number)
