"""Real files, read whole."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from importers.reader import read

SHARED = Path(__file__).parents[4] / "shared" / "data"
COUNTS = {
    "cambridge_parcels_fy2013.topojson": 13_159,
    "cambridge_sheet_index_fy2013.topojson": 286,
    "cambridge_zoning.topojson": 261,
    "cambridge_flood100.topojson": 21,
    "cambridge_water.topojson": 74,
    "cambridge_wetlands.topojson": 31,
    "cadastre_fr_91216_parcels.geojson": 4_241,
    "hung_yen_communes_2025.geojson": 104,
    "hung_yen_outline_2025.geojson": 1,
    "thai_binh_districts_pre2025.geojson": 8,
}
# GDAL leaves a ring out silently where all its arcs are one point; we keep it and tell.
POINT_RINGS = {"cambridge_parcels_fy2013.topojson": 1, "cambridge_water.topojson": 1}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the folder shared/data does not stand beside the repository"),
]


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_file_is_read_whole_and_as_gdal_reads_it(name: str) -> None:
    found = read(SHARED / name)
    assert len(found.frame) == COUNTS[name]
    assert not found.frame.geometry.isna().any()
    other = gpd.read_file(SHARED / name).geometry.values
    same = shapely.equals_exact(found.frame.geometry.values, other, 1e-9)
    assert (~same).sum() == POINT_RINGS.get(name, 0)
    short = [notice.detail["count"] for notice in found.findings if notice.code == "rings-short"]
    assert short == [str(POINT_RINGS[name])] if name in POINT_RINGS else not short


def test_every_vector_file_there_is_in_the_list() -> None:
    assert {file.name for file in SHARED.glob("*json")} == set(COUNTS)


@pytest.mark.parametrize("name", ["hung_yen_communes_2025.geojson", "thai_binh_districts_pre2025.geojson"])
def test_vietnamese_names_arrive_as_written(name: str) -> None:
    found = read(SHARED / name)
    text = (SHARED / name).read_text("utf-8")
    column = "fullName" if "fullName" in found.frame else "district"
    assert all(f'"{value}"' in text for value in found.frame[column])
