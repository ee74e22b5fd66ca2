"""Ground, keys, overlaps, areas: frames of a few rows, each made for one fault."""

from __future__ import annotations

import time
from decimal import Decimal

import numpy
import pytest
import shapely

from importers.steps.areas import area_error, compare_areas
from importers.steps.context import Choices, Ground
from importers.steps.ground import check_ground
from importers.steps.keys import join_rows
from importers.steps.overlaps import check_overlaps
from tests.pure.steps.making import COMMUNE, EAST, NORTH, box, codes, context, frame, only


def checked(*shapes: object, **columns: object) -> object:
    usual = {"commune_code": COMMUNE, "sheet_no": "45", "parcel_no": [str(at) for at in range(len(shapes))]}
    return frame(shapes=list(shapes), crs=9209, **(usual | columns))


def test_a_parcel_outside_the_province_blocks() -> None:
    far = shapely.box(EAST - 200_000, NORTH, EAST - 199_900, NORTH + 10)
    assert "outside-province" in codes(check_ground(checked(box(0), far), context())[1])


@pytest.mark.parametrize(("width", "code"), [(2_020, "across-commune"), (2_200, "outside-commune"), (1_990, None)])
def test_a_parcel_across_its_commune_is_told_by_share(width: float, code: str | None) -> None:
    across = shapely.box(EAST, NORTH, EAST + width, NORTH + 10)
    assert codes(check_ground(checked(across), context())[1]) == ([code] if code else [])


def test_an_unknown_commune_blocks_and_one_without_shape_is_told() -> None:
    _, findings = check_ground(checked(box(0), box(1), commune_code=["99999", "12826"]), context())
    assert only(findings, "commune-unknown").value == "99999"
    assert "12826" in only(findings, "commune-unchecked").value


def test_without_any_list_of_communes_no_code_is_refused() -> None:
    assert codes(check_ground(checked(box(0)), context(ground=Ground()))[1]) == ["commune-unchecked"]


def test_a_number_given_twice_blocks_with_both_rows() -> None:
    _, findings = join_rows(checked(box(0), box(1), box(2), parcel_no=["7", "7", "8"]), context())
    finding = only(findings, "key-twice")
    assert (finding.value, finding.detail["rows"]) == (f"{COMMUNE} / 45 / 7", "1, 2")


def test_lines_of_one_parcel_with_one_shape_are_several_purposes() -> None:
    lists = [[{"code": "ONT"}], [{"code": "CLN"}]]
    joined, findings = join_rows(checked(box(0), box(0), parcel_no="7", purposes=lists), context())
    assert [purpose["code"] for purpose in joined["purposes"].iloc[0]] == ["ONT", "CLN"]
    assert len(joined) == 1
    assert codes(findings) == ["rows-joined"]


def test_an_overlap_is_told_with_rows_area_and_place() -> None:
    _, findings = check_overlaps(checked(box(0, width=20.05), box(1), box(2)), context())
    finding = only(findings, "overlap")
    assert (finding.row, finding.detail["other"], finding.detail["area"]) == (1, "2", "1.50")
    assert finding.place == pytest.approx((EAST + 20.025, NORTH + 15), abs=0.1)


def test_a_parcel_inside_another_is_an_overlap() -> None:
    assert codes(check_overlaps(checked(box(0), box(0).buffer(-2)), context())[1]) == ["overlap"]


def test_neighbours_and_slivers_below_the_limit_are_none() -> None:
    assert codes(check_overlaps(checked(box(0, width=20.003), box(1), box(2)), context())[1]) == []


def test_copies_are_one_finding_however_many() -> None:
    finding = only(check_overlaps(checked(*[box(0)] * 300), context())[1], "shape-twice")
    assert finding.detail["count"] == "300"


def test_thousands_of_parcels_nearly_on_top_of_each_other_end_soon() -> None:
    began = time.process_time()
    stacked = [box(0, width=20 + at / 1_000) for at in range(3_000)]
    findings = check_overlaps(checked(*stacked), context())[1]
    assert {"overlap", "overlap-many"} & set(codes(findings))
    assert time.process_time() - began < 10


def test_a_frame_round_all_parcels_is_one_finding() -> None:
    around = shapely.box(EAST - 10, NORTH - 10, EAST + 1_000, NORTH + 100)
    _, findings = check_overlaps(checked(around, *map(box, range(40))), context())
    assert [(finding.code, finding.row, finding.detail["count"]) for finding in findings] == [("overlap-many", 1, "40")]


def test_zones_may_lie_over_each_other() -> None:
    assert check_overlaps(checked(box(0), box(0)), context("groundwater-zones"))[1] == []


def test_paper_and_drawn_area_may_differ_as_much_as_the_map_may() -> None:
    delivered = checked(box(0), box(1), area_paper_m2=[Decimal("603"), Decimal("660")], map_scale=1000)
    _, findings = compare_areas(delivered, context())
    finding = only(findings, "area-differs")
    assert (finding.row, finding.severity, finding.detail["difference"]) == (2, "decide", "60.0")


def test_the_error_of_an_area_follows_from_that_of_its_points() -> None:
    """A square of side a: four chords of a*sqrt 2, so sigma_A = (m / sqrt 2 / 2) * sqrt(8 a²) = m * a."""
    square = numpy.array([shapely.box(0, 0, 20, 20)], dtype=object)
    assert area_error(square, numpy.array([0.15]))[0] == pytest.approx(0.15 * 20)


def test_choices_default_to_asking_for_nothing() -> None:
    assert Choices().fix is False
    assert Choices().accepted == frozenset()
