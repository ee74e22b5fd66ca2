"""The demo's communes, sheets, zones, coverage and lineage."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pytest
import shapely

from importers import ground
from importers.demo import communes, coverage, land_use, layout, lineage, scenery, sheets, water
from importers.demo.plane import outlines
from layers.ground.admin_units import NEW, OLD

TODAY = date(2026, 11, 24)
MIDDLE = shapely.Point(587_600, 2_261_900)


@pytest.fixture(scope="module")
def extents(plan: layout.Plan) -> dict[tuple[str, str], shapely.Geometry]:
    return communes.shapes(plan.cells.owner, outlines(plan.cells.i, plan.cells.j))


def test_at_least_eight_real_communes_are_shown_and_dong_hung_is_one(plan: layout.Plan) -> None:
    names = {(one.code, one.name) for one in plan.cells.communes}
    assert len(names) >= 8
    assert ("12688", "Xã Đông Hưng") in names


def test_a_name_repeats_among_the_old_communes(extents: dict[tuple[str, str], shapely.Geometry]) -> None:
    names = ground.communes().set_index(ground.KEY).name
    shown = [names[key] for key in extents if key[0] == OLD]
    assert shown.count("Xã Minh Tân") == 3


def test_each_new_commune_consists_of_its_old_ones(extents: dict[tuple[str, str], shapely.Geometry]) -> None:
    into = ground.successions().set_index("old_code").new_code
    for (edition, code), shape in extents.items():
        if edition == NEW:
            olds = [extents[key] for key in extents if key[0] == OLD and into[key[1]] == code]
            assert shapely.symmetric_difference(shape, shapely.union_all(olds)).area < 0.01
            assert len(olds) == (into == code).sum()


def test_communes_tile_the_demo_without_overlap(extents: dict[tuple[str, str], shapely.Geometry]) -> None:
    new = [shape for (edition, _), shape in extents.items() if edition == NEW]
    whole = shapely.union_all(new)
    assert whole.area == pytest.approx(sum(shape.area for shape in new), abs=0.01)
    assert whole.distance(MIDDLE) == 0 and whole.area > 10e6


def test_every_parcel_lies_in_its_communes_and_its_sheet(
    drawn: gpd.GeoDataFrame,
    extents: dict[tuple[str, str], shapely.Geometry],
    plan: layout.Plan,
    numbered: sheets.Sheets,
) -> None:
    some = drawn.iloc[::20]
    for edition, column in ((NEW, "commune_code"), (OLD, "old_commune_code")):
        homes = np.array([extents[edition, code] for code in some[column]], dtype=object)
        assert shapely.covers(homes, some.geometry.to_numpy()).all()
    frames = sheets.frame(plan, numbered).set_index(["commune_code", "sheet_no"]).geometry
    plain = some[some.sheet_no.str.isdigit()]
    homes = np.array([frames[key] for key in zip(plain.commune_code, plain.sheet_no, strict=True)], dtype=object)
    assert shapely.covers(homes, plain.geometry.to_numpy()).all()


def test_sheets_are_numbered_once_and_every_parcel_has_one(
    plan: layout.Plan, numbered: sheets.Sheets, drawn: gpd.GeoDataFrame
) -> None:
    frame = sheets.frame(plan, numbered)
    assert not frame.duplicated(["commune_code", "sheet_no"]).any()
    listed = set(zip(frame.commune_code, frame.sheet_no, strict=True))
    assert set(zip(drawn.commune_code, drawn.sheet_no, strict=True)) == listed


def test_no_parcel_reaches_into_water(plan: layout.Plan, drawn: gpd.GeoDataFrame) -> None:
    hits = shapely.STRtree(scenery.waters(plan).geometry).query(drawn.geometry, predicate="intersects")
    assert hits.size == 0


def test_the_example_is_crossed_partly_by_the_rivers_corridor(plan: layout.Plan, drawn: gpd.GeoDataFrame) -> None:
    number = (drawn.commune_code == "12688") & (drawn.sheet_no == "45") & (drawn.parcel_no == "123")
    example = drawn[number].geometry.item()
    banks = water.corridors(plan)
    river = banks[banks.river == "Sông Trà Lý"]
    ground_of = shapely.union_all(river.geometry.buffer(river.width_m).to_numpy())
    assert 0.1 < example.intersection(ground_of).area / example.area < 0.9


@pytest.mark.parametrize(
    "make",
    [water.groundwater, water.corridors, lambda plan: water.wells(plan, TODAY), scenery.roads, scenery.place_names],
)
def test_records_are_valid_and_named_once(plan: layout.Plan, make: object) -> None:
    frame = make(plan)  # type: ignore[operator]
    assert frame.is_valid.all() and not frame.is_empty.any()
    assert not frame.code.duplicated().any()


def test_groundwater_zones_are_of_every_sort(plan: layout.Plan) -> None:
    zones = water.groundwater(plan)
    vertices = shapely.get_num_coordinates(zones.geometry.to_numpy())
    thickness = 2 * shapely.area(zones.geometry) / shapely.length(zones.geometry)
    assert 3_000 <= vertices.max() <= 12_000
    assert thickness.min() < 4
    assert (shapely.get_num_interior_rings(zones.geometry.to_numpy()) > 0).any()
    assert set(zones.kind) == {"1", "2"} and zones.aquifer.nunique() == 2 and zones.whole_parcels.sum() == 1
    above, below = zones[zones.aquifer.str.startswith("qh")], zones[zones.aquifer.str.startswith("qp")]
    assert shapely.STRtree(above.geometry).query(below.geometry, predicate="overlaps").size


def test_some_corridors_end_within_a_metre_of_a_parcel(plan: layout.Plan, drawn: gpd.GeoDataFrame) -> None:
    banks = water.corridors(plan)
    tree = shapely.STRtree(drawn.geometry)
    reach = banks.geometry.buffer(banks.width_m, quad_segs=64)
    _, near = tree.query(reach.buffer(1.0), predicate="intersects")
    _, inside = tree.query(reach, predicate="intersects")
    assert len(set(near) - set(inside)) > 20 and len(set(inside)) > 100


@pytest.mark.parametrize(
    ("today", "end"),
    [(date(2026, 11, 24), "2026-12-15"), (date(2026, 12, 1), "2027-01-15"), (date(2026, 1, 31), "2026-02-15")],
)
def test_one_permit_ends_next_month_whenever_that_is(plan: layout.Plan, today: date, end: str) -> None:
    wells = water.wells(plan, today)
    assert wells.valid_until[0] == end
    assert (wells.state == "draft").sum() == 1 and (wells.valid_until.dropna() < "2025").sum() == 1


def test_nothing_but_that_permit_depends_on_the_day(plan: layout.Plan) -> None:
    one, other = water.wells(plan, date(2026, 1, 1)), water.wells(plan, date(2027, 6, 1))
    assert one.drop(index=0).drop(columns="geometry").equals(other.drop(index=0).drop(columns="geometry"))
    assert one.geometry.geom_equals(other.geometry).all()


def test_every_parcel_lies_in_one_survey_of_parcels(plan: layout.Plan, drawn: gpd.GeoDataFrame) -> None:
    surveys = coverage.frame(plan)
    surveys = surveys[surveys.layer == "parcels"]
    parcel, _ = shapely.STRtree(surveys.geometry).query(drawn.geometry, predicate="covered_by")
    assert np.array_equal(np.sort(parcel), np.arange(len(drawn)))


@pytest.mark.parametrize("layer", ["planned-land-use", "groundwater-zones", "licensed-wells"])
def test_a_few_per_cent_of_the_parcels_were_never_surveyed(
    plan: layout.Plan, drawn: gpd.GeoDataFrame, layer: str
) -> None:
    surveys = coverage.frame(plan)
    covered = shapely.STRtree(surveys[surveys.layer == layer].geometry).query(drawn.geometry, predicate="covered_by")
    assert 0.01 < 1 - covered.shape[1] / len(drawn) < 0.15


def test_splits_and_merges_cancel_numbers_and_take_the_next(
    plan: layout.Plan, numbered: sheets.Sheets, drawn: gpd.GeoDataFrame
) -> None:
    edition = lineage.second(plan, numbered)
    parents = {
        link.kind: {other.parent for other in edition.links if other.kind == link.kind} for link in edition.links
    }
    assert len(parents["split"]) == 40 and len(parents["merge"]) == 40
    after = {
        tuple(row) for frame in edition.frames for row in frame[["commune_code", "sheet_no", "parcel_no"]].to_numpy()
    }
    largest = drawn.parcel_no.astype(int).groupby([drawn.commune_code, drawn.sheet_no]).max()
    for link in edition.links:
        assert link.parent not in after and link.child in after
        assert int(link.child[2]) > largest[link.child[:2]]


def test_the_ground_stays_the_same_through_splits_and_merges(
    plan: layout.Plan, numbered: sheets.Sheets, drawn: gpd.GeoDataFrame
) -> None:
    for frame in lineage.second(plan, numbered).frames:
        assert frame.is_valid.all()
        before = drawn[(drawn.commune_code == frame.commune_code[0]) & drawn.sheet_no.isin(frame.sheet_no)]
        assert frame.area.sum() == pytest.approx(before.area.sum(), abs=1.0)
        assert frame.area_paper_m2.sum() == pytest.approx(before.area_paper_m2.sum(), rel=1e-3)


@pytest.mark.parametrize("lot", [shapely.box(0, 0, 10, 30), shapely.box(0, 0, 30, 10)])
@pytest.mark.parametrize("parts", [2, 3])
def test_a_lot_is_cut_across_its_longer_side(lot: shapely.Polygon, parts: int) -> None:
    pieces = lineage.cut(lot, parts)
    assert [round(piece.area) for piece in pieces] == [300 // parts] * parts


def test_the_plan_covers_every_commune_but_one_without_slit_or_overlap(plan: layout.Plan) -> None:
    drawn = land_use.frame(plan)
    assert drawn.is_valid.all() and not drawn.code.duplicated().any()
    of_communes = drawn[drawn.level == "commune"]
    assert of_communes.decision_no.nunique() == len(plan.cells.communes) - 1
    assert shapely.union_all(of_communes.geometry).area == pytest.approx(of_communes.area.sum(), abs=0.01)


def test_the_plan_widens_roads_builds_on_fields_and_leaves_the_rest(plan: layout.Plan, drawn: gpd.GeoDataFrame) -> None:
    planned = land_use.frame(plan).dissolve("planned_use").geometry
    roads, houses = planned["DGT"], planned["ONT"]
    shapely.prepare([roads, houses])
    some = drawn.iloc[::10]
    taken = shapely.intersects(some.geometry, roads) & ~shapely.touches(some.geometry, roads)
    assert 0.05 < taken.mean() < 0.6
    fields = some[some.land_use == "LUC"]
    assert 0.02 < shapely.contains(houses, fields.geometry).mean() < 0.2
    homes = some[some.land_use == "ONT"]
    assert shapely.intersects(homes.geometry, houses).mean() > 0.5
