from __future__ import annotations

import time

import numpy as np
import pytest
import shapely

from importers.steps import repairs
from importers.steps.finish import finish
from importers.steps.shapes import check_shapes
from tests.pure.steps.making import EAST, NORTH, box, codes, context, frame


def drawn(*points: tuple[float, float]) -> shapely.Polygon:
    return shapely.Polygon([(EAST + x, NORTH + y) for x, y in points])


BOW_TIE = drawn((0, 0), (10, 10), (10, 0), (0, 10))
SPIKE = drawn((0, 0), (10, 0), (10, 10), (5.02, 10), (5.01, 60), (5, 10), (0, 10))
REPEATED = drawn((0, 0), (10, 0), (10, 0.0004), (10, 10), (0, 10))
HOLE_OUTSIDE = shapely.Polygon(box(0).exterior, [box(5).exterior.coords])


def test_good_parcels_give_no_finding() -> None:
    assert check_shapes(frame(crs=9209), context())[1] == []


@pytest.mark.parametrize("shape", [None, shapely.Polygon()])
def test_a_row_without_a_shape_blocks(shape: shapely.Polygon | None) -> None:
    findings = check_shapes(frame(shapes=[box(0), shape], crs=9209), context())[1]
    assert [(finding.code, finding.row) for finding in findings] == [("shape-missing", 2)]


def test_a_commune_may_come_without_a_shape() -> None:
    assert check_shapes(frame(shapes=[box(0), None], crs=9209), context("admin-units"))[1] == []


def test_a_coordinate_that_is_no_number_blocks() -> None:
    endless = drawn((0, 0), (float("nan"), 0), (10, 10))
    assert codes(check_shapes(frame(shapes=[endless], crs=9209), context())[1]) == ["shape-not-finite"]


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        ("parcels", shapely.LineString([(EAST, NORTH), (EAST + 1, NORTH)])),
        ("source-corridors", box(0)),
        ("licensed-wells", shapely.MultiPoint([(EAST, NORTH), (EAST + 1, NORTH)])),
        ("parcels", shapely.GeometryCollection([box(0)])),
    ],
)
def test_a_shape_of_another_kind_blocks(layer: str, shape: shapely.Geometry) -> None:
    assert codes(check_shapes(frame(shapes=[shape], crs=9209), context(layer))[1]) == ["shape-type"]


def test_an_outline_that_crosses_itself_blocks_with_the_place_and_stays_as_it_is() -> None:
    checked, (finding,) = check_shapes(frame(shapes=[box(3), BOW_TIE], crs=9209), context())
    assert (finding.code, finding.row, finding.severity) == ("shape-crosses", 2, "block")
    assert finding.place == pytest.approx((EAST + 5, NORTH + 5))
    assert "ranh tự cắt" in finding.sentence
    assert checked.geometry.iloc[1].equals_exact(BOW_TIE)


def test_a_repair_tells_the_area_before_and_after() -> None:
    checked, findings = check_shapes(frame(shapes=[HOLE_OUTSIDE], crs=9209), context(fix=True))
    finding = findings[0]
    assert (finding.code, finding.severity) == ("shape-repaired", "fix")
    assert float(finding.detail["after"]) == pytest.approx(shapely.area(checked.geometry.iloc[0]), abs=0.1)
    assert checked.geometry.is_valid.all()


def test_an_outline_of_random_vertices_is_refused_at_once() -> None:
    points = np.random.default_rng(7).uniform(0, 1_000, (2_000, 2)) + np.array([EAST, NORTH])
    began = time.process_time()
    findings = check_shapes(frame(shapes=[shapely.Polygon(points)], crs=9209), context(fix=True))[1]
    assert "shape-lost" in codes(findings)
    assert time.process_time() - began < 5


def test_repeated_vertices_stay_until_somebody_asks() -> None:
    checked, (finding,) = check_shapes(frame(shapes=[REPEATED], crs=9209), context())
    assert (finding.code, finding.detail["count"]) == ("vertices-repeated", "1")
    assert checked.geometry.iloc[0].equals_exact(REPEATED)
    mended, (told,) = check_shapes(frame(shapes=[REPEATED], crs=9209), context(fix=True))
    assert told.code == "vertices-removed"
    assert shapely.get_num_coordinates(mended.geometry.iloc[0]) == 5


def test_a_spike_is_shown_at_its_tip() -> None:
    (finding,) = check_shapes(frame(shapes=[box(9), SPIKE], crs=9209), context())[1]
    assert (finding.code, finding.row) == ("spike", 2)
    assert finding.place == pytest.approx((EAST + 5.01, NORTH + 60))


def test_a_parcel_in_two_parts_is_told_and_a_zone_is_not() -> None:
    two = shapely.MultiPolygon([box(0), box(5)])
    assert codes(check_shapes(frame(shapes=[two], crs=9209), context())[1]) == ["multipart"]
    assert check_shapes(frame(shapes=[two], crs=9209), context("groundwater-zones"))[1] == []


def test_a_flat_shape_blocks() -> None:
    flat = shapely.LineString([(EAST, NORTH), (EAST, NORTH)])
    assert codes(check_shapes(frame(shapes=[flat], crs=9209), context("source-corridors"))[1]) == ["shape-flat"]
    folded = drawn((0, 0), (10, 0), (20, 0))
    assert codes(check_shapes(frame(shapes=[folded], crs=9209), context(fix=True))[1])[0] == "shape-flat"


def test_shapes_end_as_their_table_holds_them() -> None:
    line = shapely.LineString([(EAST, NORTH), (EAST + 5, NORTH)])
    point = shapely.MultiPoint([(EAST, NORTH)])
    assert finish(frame(shapes=[box(0)], crs=9209), context())[0].geom_type.iloc[0] == "MultiPolygon"
    assert finish(frame(shapes=[line], crs=9209), context("source-corridors"))[0].geom_type.iloc[0] == "MultiLineString"
    assert finish(frame(shapes=[point], crs=9209), context("licensed-wells"))[0].geom_type.iloc[0] == "Point"


def test_what_an_officer_knows_of_the_survey_stands_on_every_row() -> None:
    done, _ = finish(frame(crs=9209), context(accuracy_m=0.3, source="Đo đạc 2025"))
    assert set(done["accuracy_m"]) == {0.3}
    assert set(done["source"]) == {"Đo đạc 2025"}


def test_a_spike_is_cut_off_only_when_asked_and_the_shape_before_is_kept() -> None:
    delivered = frame(shapes=[box(3), SPIKE], crs=9209)
    checked, (finding,) = check_shapes(delivered, context(fix=True))
    assert (finding.code, finding.row, finding.severity) == ("spike-removed", 2, "fix")
    assert checked.geometry[2].equals(drawn((0, 0), (10, 0), (10, 10), (0, 10)))
    assert shapely.from_wkb(finding.before).equals_exact(SPIKE)
    assert (finding.detail["before"], finding.detail["after"]) == ("100.5", "100.0")


@pytest.mark.parametrize(("shape", "code"), [(BOW_TIE, "shape-repaired"), (REPEATED, "vertices-removed")])
def test_every_repair_keeps_the_shape_before(shape: shapely.Polygon, code: str) -> None:
    checked, (finding, *_) = check_shapes(frame(shapes=[shape], crs=9209), context(fix=True))
    assert finding.code == code
    assert shapely.from_wkb(finding.before).equals_exact(shape)
    assert not checked.geometry[1].equals_exact(shape)


@pytest.mark.parametrize(
    ("shape", "code", "repaired"),
    [(BOW_TIE, "shape-crosses", "shape-repaired"), (REPEATED, "vertices-repeated", "vertices-removed"),
     (SPIKE, "spike", "spike-removed")],
)  # fmt: skip
def test_what_is_proposed_is_what_would_be_done(shape: shapely.Polygon, code: str, repaired: str) -> None:
    _, (told,) = check_shapes(frame(shapes=[shape], crs=9209), context())
    fixed, (done, *_) = check_shapes(frame(shapes=[shape], crs=9209), context(fix=True))
    assert (told.code, told.before, done.code) == (code, b"", repaired)
    proposed = repairs.preview(code, shapely.to_wkb(shape), told.place)
    assert proposed is not None and shapely.from_wkb(proposed).equals(fixed.geometry[1])


def test_a_triangle_that_is_all_spike_is_not_repaired() -> None:
    assert repairs.without_corners(drawn((0, 0), (10, 0), (5, 90)), np.array([[EAST + 5, NORTH + 90]])) is None
