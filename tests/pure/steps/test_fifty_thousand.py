"""Five centimetres in fifty thousand parcels: one gap and one overlap, found at their place."""

from __future__ import annotations

import time

import shapely

from importers.steps.overlaps import check_overlaps
from importers.steps.seams import check_seams
from proofs.faults import Planting, clean_commune, gap, overlap
from tests.pure.steps.making import context, only


def test_54_a_gap_and_an_overlap_of_five_centimetres_are_found_with_their_place() -> None:
    planting = Planting(clean_commune(50_000))
    open_ground = gap(planting, planting.spots[0], 0)
    covered = overlap(planting, planting.spots[1], 0)
    frame = planting.spoiled().set_crs(9209)
    begin = time.monotonic()
    _, overlaps = check_overlaps(frame, context())
    _, seams = check_seams(frame, context())
    assert time.monotonic() - begin < 60
    for finding, fault in ((only(overlaps, "overlap"), covered), (only(seams, "gap"), open_ground)):
        assert finding.place is not None
        assert shapely.distance(shapely.Point(finding.place), fault.place) < 0.1
