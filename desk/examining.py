"""A firm's file, checked as a delivery would be and told as plain data; run in a process of its own (`desk.apart`)."""

from __future__ import annotations

import dataclasses
import tempfile
from typing import Any

from django.conf import settings

from desk import choices, store
from importers.columns import PERSONAL_COLUMNS
from importers.delivering import emptied, losses, publishable, seen_before
from importers.findings import Finding
from importers.outlines import published_ground
from importers.pipeline import Understood, context_of, understand
from importers.publish import PublishRefused, compare_rows
from importers.reader import Reading, Refused, read
from importers.reader.limits import MEGABYTE, OFFICER
from layers.declare import Layer

# A firm waits for its answer on the line, and several may: a commune's map sheet, not a province.
FIRM = dataclasses.replace(
    OFFICER, file=50 * MEGABYTE, unpacked=500 * MEGABYTE, features=60_000, stream=256 * MEGABYTE, processor=30, wall=40
)


def examine(folder: str, layer: Layer, said: dict[str, Any]) -> dict[str, Any]:
    """What a firm is told of the file in this folder: `refused` (code and detail), or rows, findings and counts.

    Nothing is written but into the folder, which whoever made it deletes."""
    tempfile.tempdir = str(store.root() / folder)  # of a process that is killed nothing may stay elsewhere
    path = store.original(folder)
    try:
        if path is None:
            raise Refused("file-missing")
        shapes, sublayer = layer.geometry_type is not None, said["sublayer"] or None
        limits = dataclasses.replace(FIRM, require_namespace=settings.REQUIRE_NAMESPACE)
        opened = read(path, limits=limits, sublayer=sublayer, personal=PERSONAL_COLUMNS, shapes=shapes)
    except Refused as refusal:
        return {"refused": {"code": refusal.code, "detail": refusal.detail}}
    finally:
        tempfile.tempdir = None
    said = choices.with_commune(said, layer, opened.columns)
    context = context_of(opened, layer, choices.of(said), published_ground())
    return told(opened, layer, understand(opened.frame, context), store.digest(folder))


def told(opened: Reading, layer: Layer, understood: Understood, sha256: str) -> dict[str, Any]:
    found = [*understood.findings, *seen_before(layer, sha256)]
    changes, consequences = compared(layer, understood)
    return {
        "rows": len(opened.frame),
        "dropped": list(opened.dropped_columns),
        "notices": [[notice.code, notice.detail] for notice in opened.findings],
        "findings": [as_json(finding) for finding in [*found, *consequences]],
        "quiet": list(understood.quiet),
        "unchecked": list(understood.unchecked),
        "changes": changes,
    }


def compared(layer: Layer, understood: Understood) -> tuple[dict[str, int], list[Finding]]:
    """How many features would come, change and go; nothing where a row could not be published as it is."""
    if understood.unchecked:
        return {}, []
    frame = publishable(understood.frame, layer)
    try:
        difference = compare_rows(layer, frame).difference
    except PublishRefused:
        return {}, []
    counts = {kind: getattr(difference, kind) for kind in ("added", "changed", "removed", "same")}
    return counts, [*losses(difference), *emptied(layer, frame, difference)]


def as_json(finding: Finding) -> dict[str, Any]:
    """A finding as JSON holds it: without the shape before a repair, which nobody looks at here."""
    return {name: value for name, value in dataclasses.asdict(finding).items() if name != "before"}
