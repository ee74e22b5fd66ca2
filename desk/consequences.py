"""What a delivery would do beyond its rows, kept as JSON: whose answers change, which parcels come from which."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from importers.effect import Effect, ParcelShift, effect
from importers.lineage import Lineage
from layers.declare import Layer

log = logging.getLogger("desk.consequences")
LISTED = 200


def effect_of(layer: Layer, frame: Any, whole_layer: bool) -> dict[str, Any]:
    found = effect(layer, [frame], whole_layer=whole_layer, on=timezone.localdate())
    return stored(found)


def stored(found: Effect) -> dict[str, Any]:
    return {
        "touched": found.touched,
        "examined": found.examined,
        "is_sample": found.is_sample,
        "changed": found.changed_in_all,
        "shifted": found.shifted,
        "largest": float(found.largest_share_change),
        "themes": [
            {"theme": shift.theme, "before": shift.before, "after": shift.after, "parcels": count}
            for shift, count in found.themes.items()
        ],
        "parcels": [parcel(shift) for shift in found.parcels[:LISTED]],
    }


def parcel(shift: ParcelShift) -> dict[str, Any]:
    return {
        "id": shift.feature_id,
        "number": list(shift.number),
        "share": float(shift.share_change),
        "themes": [{"theme": one.theme, "before": one.before, "after": one.after} for one in shift.themes],
    }


def told(found: Lineage) -> dict[str, Any]:
    """Proposed splits, merges and renumberings: shown to both officers, recorded with the publication."""
    steps = [asdict(step) for step in found.steps]
    return {
        "steps": [step for step in steps if step["kind"] != "move"],
        "moved": sum(step["kind"] == "move" for step in steps),
        "gone": [list(key) for key in found.gone[:LISTED]],
        "fresh": [list(key) for key in found.fresh[:LISTED]],
    }
