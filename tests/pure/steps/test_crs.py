from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import CRS

from importers.crs import OPERATION, SYSTEMS, identify, named, rank, settled, to_storage
from importers.crs.operation import transformer
from importers.crs.systems import System, by_epsg
from tests.pure.steps.making import EAST, NORTH, OUTLINE, box

WKT = (
    'PROJCS["{name}",GEOGCS["GCS",DATUM["{datum}",SPHEROID["WGS_1984",6378137.0,298.257223563]{towgs84}],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}],'
    'PARAMETER["Scale_Factor",{scale}],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def wkt(
    name: str = "x", datum: str = "D_VN_2000", meridian: float = 105.5, scale: float = 0.9999, towgs84: str = ""
) -> str:
    return WKT.format(name=name, datum=datum, meridian=meridian, scale=scale, towgs84=towgs84)


def places(system: System, swapped: bool = False) -> np.ndarray:
    """Five parcels of the commune, written in another system."""
    shapes = np.array([box(at) for at in range(5)], dtype=object)
    way = transformer(system.epsg)

    def back(points: np.ndarray) -> np.ndarray:
        moved = np.column_stack(way.transform(points[:, 0], points[:, 1], direction="INVERSE"))
        return moved[:, ::-1] if swapped else moved

    return shapely.transform(shapes, back)


OUTLINES = np.array([OUTLINE] * 5, dtype=object)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: str(system.epsg))
@pytest.mark.parametrize("form", ["WKT1_ESRI", "WKT2_2019", "code"])
def test_every_system_is_known_by_its_parameters(system: System, form: str) -> None:
    text = f"EPSG:{system.epsg}" if form == "code" else CRS(system.epsg).to_wkt(form)
    assert identify(text).system == system


@pytest.mark.parametrize("name", ["VN_2000_105do30", "VN_2000_KT105-30_3deg", "bản đồ"])
def test_an_invented_name_does_not_matter(name: str) -> None:
    found = identify(wkt(name))
    assert (found.system, found.mistake) == (by_epsg(9209), None)


@pytest.mark.parametrize(
    ("text", "mistake", "meant"),
    [
        (wkt("VN_2000_105do30", "D_WGS_1984"), "crs-datum-wrong", 9209),
        (wkt("any", "D_WGS_1984"), "crs-datum-wrong", 9209),
        (wkt(scale=0.9996), "crs-scale-wrong", 9209),
        (wkt("any", "D_WGS_1984", 105.5, 0.9996), "crs-scale-wrong", 9209),
        ("EPSG:4147", "crs-hn72", None),
        ("EPSG:2044", "crs-hn72", None),
        ("EPSG:2154", "crs-unsupported", None),
        (wkt(meridian=104.1), "crs-unsupported", None),
        ("PROJCS[", "crs-unreadable", None),
        ("http://example.org/9209", "crs-unreadable", None),
    ],
)
def test_known_mistakes_are_named(text: str, mistake: str, meant: int | None) -> None:
    found = identify(text)
    assert found.mistake == mistake
    assert found.system == (by_epsg(meant) if meant else None)


def test_a_plain_utm_file_is_no_mistake() -> None:
    assert identify(wkt("WGS_1984_UTM_Zone_48N", "D_WGS_1984", 105, 0.9996)).system == by_epsg(32648)


def test_signs_of_the_decree_copied_into_towgs84_are_told_and_ignored() -> None:
    copied = ",TOWGS84[-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0.252906278]"
    turned = copied.replace("-0.00928836,0.01975479,-0.00427372", "0.00928836,-0.01975479,0.00427372")
    found = identify(wkt(towgs84=copied))
    assert (found.system, found.warnings) == (by_epsg(9209), ("crs-towgs84-signs",))
    assert identify(wkt(towgs84=turned)).warnings == ()


@pytest.mark.parametrize("text", ["EPSG:9209", "9209", "105°30'", "105°30′", "KTT 105°30'", "105-30"])
def test_an_officer_may_name_a_system_in_many_ways(text: str) -> None:
    assert named(text) == by_epsg(9209)


def test_a_system_nobody_knows_is_none() -> None:
    assert named("EPSG:27700") is None
    assert named("104°10'") is None


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: str(system.epsg))
def test_only_the_pinned_operation_leads_to_the_storage_plane(system: System) -> None:
    operations = [operation.to_json_dict() for operation in transformer(system.epsg).operations or ()]
    datum_codes = [op["id"]["code"] for op in operations if "VN-2000 to WGS 84" in op["name"]]
    assert datum_codes == ([] if system.datum == "VN-2000" else [int(OPERATION.removeprefix("EPSG:"))])


def test_a_published_pair_of_coordinates_agrees() -> None:
    """A province's notice of a mineral area: X 1255172.51, Y 568262.924 (108°15') is 11.349358 N, 108.877201 E."""
    from_plane = transformer(9217).transform(568_262.924, 1_255_172.51)
    from_degrees = transformer(4326).transform(108.877201, 11.349358)
    assert np.hypot(*np.subtract(from_plane, from_degrees)) < 0.2


def test_our_own_pair_agrees() -> None:
    assert transformer(4326).transform(106.34, 20.45) == pytest.approx((587_448.557, 2_262_291.728), abs=0.002)


@pytest.mark.parametrize("epsg", [9209, 9210, 9214])
@pytest.mark.parametrize("swapped", [False, True])
def test_the_commune_tells_the_meridian_and_the_axes(epsg: int, swapped: bool) -> None:
    system = by_epsg(epsg)
    assert system
    best = settled(rank(places(system, swapped), OUTLINES))
    assert best is not None
    assert (best.system, best.swapped) == (system, swapped)


@pytest.mark.parametrize("epsg", [5897, 3405, 32648])
def test_systems_that_lie_within_the_commune_of_each_other_are_a_question(epsg: int) -> None:
    """105° with k 0.9999 and 0.9996 lie 679 m apart, VN-2000 and WGS 84 224 m: the commune holds all of them."""
    system = by_epsg(epsg)
    assert system
    proposals = rank(places(system), OUTLINES)
    assert {5897, 3405, 32648} == {proposal.system.epsg for proposal in proposals if proposal.inside == 1}
    assert settled(proposals) is None


def test_a_window_over_the_whole_province_cannot_tell_neighbours_apart() -> None:
    wide = np.array([shapely.box(541_000, 2_240_000, 621_000, 2_324_000)] * 5, dtype=object)
    proposals = rank(places(SYSTEMS[11]), wide)
    assert SYSTEMS[11].epsg == 9209
    assert len(proposals) > 1
    assert settled(proposals) is None


def test_degrees_on_two_datums_are_a_question() -> None:
    degrees = by_epsg(4326)
    assert degrees
    proposals = rank(places(degrees), OUTLINES)
    assert {proposal.system.epsg for proposal in proposals[:2]} == {4326, 4756}
    assert settled(proposals) is None


def test_a_place_out_of_this_world_becomes_no_number() -> None:
    degrees = by_epsg(4326)
    assert degrees
    moved = to_storage(np.array([shapely.Point(500, 500)], dtype=object), degrees)
    assert not np.isfinite(shapely.get_coordinates(moved)).any()


def test_moving_leaves_the_given_shapes_as_they_were() -> None:
    system = by_epsg(9210)
    assert system
    shapes = places(system)
    before = shapely.to_wkb(shapes).tolist()
    moved = to_storage(shapes, system)
    assert shapely.to_wkb(shapes).tolist() == before
    assert shapely.bounds(moved[0]) == pytest.approx((EAST, NORTH, EAST + 20, NORTH + 30), abs=0.001)
