from __future__ import annotations

import numpy as np
import pytest
import shapely

from importers.steps import repairs
from importers.steps.areas import area_error
from importers.steps.locate import _mirrored
from importers.steps.rings import by_nesting, rings_of, turn_rings
from importers.steps.seams import check_seams
from importers.steps.shapes import check_shapes
from tests.pure.steps.making import EAST, NORTH, box, codes, context, frame
from tests.pure.steps.test_shapes import SPIKE

POND = shapely.box(EAST + 5, NORTH + 5, EAST + 10, NORTH + 10)
# As a shapefile reaches us whose outline runs the way of a hole: GDAL takes one for the other.
EXCHANGED = shapely.Polygon(POND.exterior, [box(0).exterior])
WITH_POND = shapely.Polygon(box(0).exterior, [POND.exterior])
FROM_SHAPEFILE = {"driver": "ESRI Shapefile"}


def test_rings_of_shapes_in_several_parts_are_found_with_their_shape() -> None:
    shapes = np.array([box(0), shapely.MultiPolygon([box(3), WITH_POND]), None])
    rings, owner = rings_of(shapes)
    assert (len(rings), owner.tolist()) == (4, [0, 1, 1, 1])


def test_a_spike_of_a_shape_of_several_parts_is_found_and_cut_off() -> None:
    """A GeoPackage holds every area as one of several parts."""
    one = frame(shapes=[box(9), shapely.MultiPolygon([SPIKE])], crs=9209)
    assert codes(check_shapes(one, context())[1]) == ["spike"]
    assert codes(check_shapes(one, context(fix=True))[1]) == ["spike-removed"]


def test_random_vertices_in_several_parts_are_refused_at_once_too() -> None:
    points = np.random.default_rng(7).uniform(0, 1_000, (2_000, 2)) + np.array([EAST, NORTH])
    wild = shapely.MultiPolygon([shapely.Polygon(points)])
    assert "shape-lost" in codes(check_shapes(frame(shapes=[wild], crs=9209), context(fix=True))[1])


def test_seams_and_the_tolerance_of_areas_are_the_same_for_one_part_as_for_a_list_of_one() -> None:
    short = shapely.Polygon([(EAST, NORTH), (EAST + 20, NORTH), (EAST + 20, NORTH + 0.02), (EAST, NORTH + 30)])
    single, listed = np.array([short]), np.array([shapely.MultiPolygon([short])])
    told = [codes(check_seams(frame(shapes=list(shapes), crs=9209), context())[1]) for shapes in (single, listed)]
    assert told == [["edge-short"], ["edge-short"]]
    assert area_error(listed, np.array([0.15])) == pytest.approx(area_error(single, np.array([0.15])))


def test_outlines_of_a_shapefile_that_run_against_the_clock_are_turned_and_told_once() -> None:
    wrong = shapely.reverse(shapely.orient_polygons(np.array([box(at) for at in range(3)]), exterior_cw=True))
    turned, (told,) = turn_rings(frame(shapes=[*wrong, box(4).reverse()], crs=9209), context(**FROM_SHAPEFILE))
    assert (told.code, told.severity, told.row, told.detail["count"]) == ("rings-turned", "fix", 1, "3")
    assert "1, 2, 3" in told.sentence
    assert shapely.from_wkb(told.before).equals_exact(wrong[0])
    assert not shapely.is_ccw(shapely.get_exterior_ring(turned.geometry.to_numpy())).any()
    assert turned.geometry.iloc[0].equals(wrong[0])


def test_direction_means_nothing_where_the_format_gives_it_no_meaning() -> None:
    wrong = [shapely.orient_polygons(box(0), exterior_cw=False)]
    assert turn_rings(frame(shapes=wrong, crs=9209), context(driver="GPKG"))[1] == []


def test_axes_that_are_turned_back_turn_no_ring() -> None:
    line = shapely.LineString([(1, 2), (3, 4)])
    clockwise = shapely.orient_polygons(box(0), exterior_cw=True)
    area, drawn = _mirrored(np.array([clockwise, line]))
    assert not area.exterior.is_ccw
    assert list(drawn.coords) == [(2, 1), (4, 3)]


def test_an_outline_written_as_a_hole_is_told_proposed_and_put_right() -> None:
    delivered = frame(shapes=[EXCHANGED], crs=9209)
    _, (told,) = check_shapes(delivered, context())
    assert (told.code, told.severity) == ("rings-reversed", "block")
    mended, (done,) = check_shapes(delivered, context(fix=True))
    assert (done.code, shapely.from_wkb(done.before).equals_exact(EXCHANGED)) == ("rings-exchanged", True)
    assert mended.geometry.iloc[0].equals(WITH_POND)
    proposed = repairs.preview("rings-reversed", shapely.to_wkb(EXCHANGED), told.place)
    assert proposed is not None and shapely.from_wkb(proposed).equals(WITH_POND)


def test_a_hole_that_lies_elsewhere_is_no_outline() -> None:
    assert by_nesting(shapely.Polygon(box(0).exterior, [box(5).exterior])) is None
