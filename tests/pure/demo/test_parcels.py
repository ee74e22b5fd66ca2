"""The demo's parcels: a fabric without gaps or overlaps, numbers as the circular wants them, papers that differ."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from importers.demo import fabric, layout, papers, parcels, sheets
from layers import codes
from tests.pure.demo.conftest import SIZE

KEY = ["commune_code", "sheet_no", "parcel_no"]


def test_there_are_exactly_as_many_parcels_as_asked_for(drawn: gpd.GeoDataFrame) -> None:
    assert len(drawn) == SIZE


def test_every_shape_is_valid_and_no_sliver(drawn: gpd.GeoDataFrame) -> None:
    assert drawn.is_valid.all()
    assert drawn.area.min() > 50


def test_lots_of_a_commune_are_a_coverage_without_overlaps(plan: layout.Plan) -> None:
    strips = plan.strips.of(plan.cells.commune[plan.strips.cell] == 0)
    assert shapely.coverage_is_valid(fabric.lots(strips, np.random.default_rng(1)))


def test_the_lots_of_a_strip_leave_no_gap(plan: layout.Plan) -> None:
    strips = plan.strips.of(np.arange(0, 400, 7))
    lots = fabric.lots(strips, np.random.default_rng(1))
    owner = np.repeat(np.arange(len(strips.cell)), layout.ROWS * strips.columns)
    for strip in range(len(strips.cell)):
        whole = shapely.union_all(lots[owner == strip])
        assert whole.geom_type == "Polygon" and not whole.interiors
        assert whole.area == pytest.approx(shapely.area(lots[owner == strip]).sum(), abs=1e-3)


def test_no_two_parcels_overlap(drawn: gpd.GeoDataFrame) -> None:
    tree = shapely.STRtree(drawn.geometry)
    first, second = tree.query(drawn.geometry, predicate="overlaps")
    assert len(first) == len(second) == 0


def test_numbers_are_unique_and_run_from_one_within_a_sheet(drawn: gpd.GeoDataFrame) -> None:
    assert not drawn.duplicated(KEY).any()
    numbers = drawn.parcel_no.astype(int).groupby([drawn.commune_code, drawn.sheet_no]).agg(["min", "max", "size"])
    assert (numbers["min"] == 1).all()
    assert (numbers["max"] == numbers["size"]).all()


def test_sheets_run_from_one_within_a_commune(drawn: gpd.GeoDataFrame) -> None:
    plain = drawn[drawn.sheet_no.str.isdigit()]
    for code, numbers in plain.sheet_no.astype(int).groupby(plain.commune_code):
        apart = {sheets.EXAMPLE_SHEET} if code == sheets.EXAMPLE_COMMUNE else set()
        assert min(numbers) == 1
        assert max(set(numbers) - apart) <= numbers.nunique()


def test_some_parcels_lie_on_extract_sheets(drawn: gpd.GeoDataFrame) -> None:
    assert drawn.sheet_no.str.fullmatch(r"TĐ\d\d-20\d\d").sum() >= 20


def test_some_parcels_have_two_parts(drawn: gpd.GeoDataFrame) -> None:
    assert (drawn.geom_type == "MultiPolygon").sum() == SIZE // layout.ONE_IN_PARTS


def test_old_numbers_are_unique_and_mostly_others(drawn: gpd.GeoDataFrame) -> None:
    had = drawn[drawn.old_parcel_no != ""]
    assert not had.duplicated(["old_commune_code", "old_sheet_no", "old_parcel_no"]).any()
    same = (had.old_sheet_no == had.sheet_no) & (had.old_parcel_no == had.parcel_no)
    assert same.mean() < 0.02
    assert len(had) < len(drawn)


@pytest.mark.parametrize("code", sheets.EXAMPLE_OLD_COMMUNES)
def test_a_former_minh_tan_has_old_parcel_123_of_sheet_45(drawn: gpd.GeoDataFrame, code: str) -> None:
    there = drawn[(drawn.old_commune_code == code) & (drawn.old_sheet_no == "45")]
    assert "123" in set(there.old_parcel_no)


def test_area_on_paper_is_near_the_drawn_one_but_not_it(drawn: gpd.GeoDataFrame) -> None:
    off = (drawn.area_paper_m2 / drawn.area - 1).abs()
    assert 0.001 < off.median() < 0.02
    assert drawn.area_paper_m2.isna().mean() == pytest.approx(0.015, abs=0.01)


def test_purposes_sum_to_the_area_on_paper_and_are_in_their_vocabulary(drawn: gpd.GeoDataFrame) -> None:
    known = drawn[drawn.area_paper_m2.notna()]
    summed = known.purposes.map(lambda entries: sum(entry["area_m2"] for entry in entries))
    assert np.allclose(summed, known.area_paper_m2)
    said = {(entry["code"], entry["vocabulary"]) for entries in drawn.purposes for entry in entries}
    assert [pair for pair in said if codes.label("land_use", *pair) is None] == []


def test_many_house_plots_have_a_garden(drawn: gpd.GeoDataFrame) -> None:
    houses = drawn[drawn.land_use == "ONT"]
    assert 0.2 < houses.purposes.map(len).eq(2).mean() < 0.9


def test_codes_decode_to_a_place_inside_the_parcel(drawn: gpd.GeoDataFrame) -> None:
    coded = drawn[drawn.parcel_code != ""]
    assert 0.1 < len(coded) / len(drawn) < 0.9
    assert not coded.duplicated("parcel_code").any()
    sample = coded.iloc[::500]
    lon, lat = decoded(sample.parcel_code)
    east, north = papers.to_wgs84().transform(lon, lat, direction="INVERSE")
    assert shapely.contains_xy(sample.geometry.to_numpy(), east, north).all()


def decoded(hashes: pd.Series) -> tuple[list[float], list[float]]:
    """GeoHash read the slow way, bit by bit."""
    places = []
    for code in hashes:
        bounds = {0: [-180.0, 180.0], 1: [-90.0, 90.0]}
        bits = "".join(f"{'0123456789bcdefghjkmnpqrstuvwxyz'.index(letter):05b}" for letter in code)
        for place, bit in enumerate(bits):
            low, high = bounds[place % 2]
            bounds[place % 2][1 - int(bit)] = (low + high) / 2
        places.append(tuple(sum(bounds[axis]) / 2 for axis in (0, 1)))
    return [lon for lon, _ in places], [lat for _, lat in places]


def test_the_same_commune_is_drawn_the_same_every_time(drawn: gpd.GeoDataFrame) -> None:
    again_plan = layout.plan(SIZE)
    again = parcels.of_commune(again_plan, sheets.number_sheets(again_plan), 3)
    before = drawn[drawn.commune_code == again_plan.cells.communes[3].code]
    pd.testing.assert_frame_equal(
        pd.DataFrame(again.reset_index(drop=True)), pd.DataFrame(before.reset_index(drop=True))
    )
