"""Five-row frames, each made for one fault."""

from __future__ import annotations

import datetime
import time
from decimal import Decimal

import numpy
import pytest
import shapely

from importers.findings import Finding
from importers.steps.areas import area_error, compare_areas
from importers.steps.context import Choices, Ground
from importers.steps.convert import convert
from importers.steps.decode_text import decode_text
from importers.steps.ground import check_ground
from importers.steps.holders import keep_organisations
from importers.steps.keys import join_rows
from importers.steps.match_columns import match_columns
from importers.steps.overlaps import check_overlaps
from importers.steps.purposes import read_purposes
from tests.pure.steps.making import COMMUNE, EAST, NORTH, box, codes, context, frame, parcels, typed


def only(findings: list[Finding], code: str) -> Finding:
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, codes(findings)
    return found[0]


# Columns


def test_columns_become_fields_and_the_rest_stays_behind() -> None:
    matched, findings = match_columns(parcels(GHICHU="x"), context())
    assert set(matched.columns) == {"commune_code", "sheet_no", "parcel_no", "purposes", "geometry"}
    assert "GHICHU" in only(findings, "columns-unused").sentence


def test_a_constant_stands_for_a_missing_column() -> None:
    delivered = parcels().drop(columns="MAXA")
    matched, findings = match_columns(delivered, context(constants={"commune_code": COMMUNE}))
    assert list(matched["commune_code"]) == [COMMUNE] * 5
    assert "column-missing" not in codes(findings)


def test_a_required_field_without_a_column_blocks_and_says_how_to_give_one() -> None:
    finding = only(match_columns(parcels().drop(columns="MAXA"), context())[1], "column-missing")
    assert finding.severity == "block"
    assert "--set commune_code=" in finding.advice


def test_dropped_personal_columns_are_named_never_shown() -> None:
    finding = only(match_columns(parcels(), context(dropped_columns=("TENCHU",)))[1], "personal-dropped")
    assert "TENCHU" in finding.sentence


# Letters


def names(encoding: str) -> list[str]:
    return [
        typed(name, encoding) for name in ("Vùng Đông Hưng", "Vùng Tiền Hải", "Vùng Kiến Xương", "Vùng Vũ Thư", "X")
    ]


def test_each_column_has_its_own_encoding() -> None:
    delivered = frame(name=names("tcvn3"), issuer=names("utf-8"), reason=["x"] * 5)
    decoded, findings = decode_text(delivered, context("groundwater-zones"))
    assert list(decoded["name"]) == list(decoded["issuer"])
    assert decoded["name"][1] == "Vùng Đông Hưng"
    assert {finding.field: finding.value for finding in findings} == {"name": "tcvn3", "issuer": "utf-8"}


def test_a_declared_encoding_that_the_letters_contradict_is_a_decision_with_samples() -> None:
    _, findings = decode_text(frame(name=names("tcvn3")), context("groundwater-zones", declared_encoding="UTF-8"))
    finding = only(findings, "encoding-contradicted")
    assert finding.severity == "decide"
    assert "→ Vùng Đông Hưng" in finding.sentence


def test_an_unknown_cpg_is_a_decision_never_silent_latin() -> None:
    _, findings = decode_text(frame(name=names("tcvn3")), context("groundwater-zones", declared_encoding="KLINGON"))
    assert codes(findings) == ["encoding-contradicted"]


def test_letters_of_no_encoding_stop_with_the_readings() -> None:
    _, findings = decode_text(frame(name=["Évry", "Épinay", "Rhône", "x", None]), context("groundwater-zones"))
    assert codes(findings) == ["encoding-unsure"]


def test_an_officer_settles_the_encoding_of_one_field() -> None:
    delivered = frame(name=["Évry", "Épinay", "Rhône", "x", None])
    decoded, findings = decode_text(delivered, context("groundwater-zones", encodings={"name": "latin-1"}))
    assert list(decoded["name"])[:3] == ["Évry", "Épinay", "Rhône"]
    assert codes(findings) == ["encoding-chosen"]


def test_an_encoding_nobody_knows_is_refused() -> None:
    assert codes(decode_text(parcels(), context(encodings={"": "big5"}))[1]) == ["encoding-wrong"]


def test_a_sign_outside_the_encoding_blocks_with_its_row() -> None:
    delivered = frame(name=[*names("tcvn3")[:4], "Th\xe0n"])
    finding = only(decode_text(delivered, context("groundwater-zones"))[1], "letters-undecoded")
    assert (finding.row, finding.field, finding.severity) == (5, "name", "block")


def test_lost_letters_and_hidden_signs_are_told() -> None:
    delivered = frame(name=["Nhà d?c l?p", "a\u200bb", "x", "x", "x"])
    decoded, findings = decode_text(delivered, context("groundwater-zones", encoding_known=True))
    assert only(findings, "letters-lost").detail["count"] == "2"
    assert decoded["name"][2] == "ab"
    assert only(findings, "invisible-removed").detail == {"count": "1", "rows": "2"}


def test_samples_of_a_column_of_holders_show_no_value() -> None:
    delivered = frame(holder=names("tcvn3"))
    finding = only(decode_text(delivered, context("licensed-wells"))[1], "encoding-read")
    assert "Vùng" not in finding.sentence + str(finding)


def test_holders_that_are_persons_go_and_only_rows_are_told() -> None:
    delivered = frame(holder=["Công ty CP Nước", "Nguyễn Văn Đức", None, "UBND xã", "Hộ bà Lê Thị Hoa"])
    kept, findings = keep_organisations(delivered, context("licensed-wells"))
    assert list(kept["holder"]) == ["Công ty CP Nước", None, None, "UBND xã", None]
    assert only(findings, "holder-dropped").detail["rows"] == "2, 5"
    assert "Nguyễn" not in str(findings)


# Values


def converted(layer: str, **columns: object) -> tuple[list[object], list[Finding]]:
    name = next(iter(columns))
    result, findings = convert(frame(**columns), context(layer))
    return list(result[name]), findings


@pytest.mark.parametrize(
    "cells",
    [
        ["1.234,5", "12,5", "0,5", "7", None],
        ["1,234.5", "12.5", ".5", "7", None],
        ["1234.5", "12.5", "0.5", "7.0", None],
        ["1 234.5", "12.50", "5e-1", "7.", None],
    ],
)
def test_numbers_are_read_in_the_style_of_their_column(cells: list[str | None]) -> None:
    read, _ = converted("parcels", area_paper_m2=cells)
    assert read == [Decimal("1234.5"), Decimal("12.5"), Decimal("0.5"), Decimal("7"), None]


@pytest.mark.parametrize("cell", ["****", "1e400", "NaN", "1,5", "inf", "12 m2", "1.2.3"])
def test_a_cell_that_is_no_number_blocks_with_row_field_and_value(cell: str) -> None:
    _, findings = converted("parcels", area_paper_m2=["12.5", "13.5", cell, "1.25", None])
    finding = only(findings, "cell-unreadable")
    assert (finding.row, finding.field, finding.value, finding.severity) == (3, "area_paper_m2", cell, "block")


def test_a_point_that_could_be_thousands_is_a_decision() -> None:
    _, findings = converted("parcels", area_paper_m2=["1.200", "3.400", None, "7", "8"])
    assert only(findings, "number-ambiguous").severity == "decide"


def test_a_number_too_large_for_its_column_is_no_crash() -> None:
    _, findings = converted("parcels", area_paper_m2=["1" * 15, "1", "2", "3", "4"])
    assert codes(findings) == ["cell-unreadable"]


def test_half_a_scale_is_no_whole_number() -> None:
    _, findings = converted("parcels", map_scale=["1000", "500.00", "0.5", None, "2000"])
    assert only(findings, "cell-unreadable").row == 3


def test_dates_are_day_first_or_iso() -> None:
    read, findings = converted(
        "groundwater-zones", decision_date=["31/12/2025", "2025-12-31", "20251231", "31.12.2025", None]
    )
    assert read == [datetime.date(2025, 12, 31)] * 4 + [None]
    assert not findings


@pytest.mark.parametrize("cell", ["31/02/2025", "12/31/2025", "31/12/25", "2025"])
def test_a_day_that_is_none_blocks(cell: str) -> None:
    _, findings = converted("groundwater-zones", decision_date=[cell, None, None, None, None])
    assert only(findings, "cell-unreadable").value == cell


def test_truth_is_read_in_two_languages() -> None:
    read, _ = converted("groundwater-zones", whole_parcels=["Có", "không", "1", "false", None])
    assert read == [True, False, True, False, False]


def test_numbers_used_as_names_lose_the_point_a_spreadsheet_gave_them() -> None:
    read, findings = converted("parcels", parcel_no=["12.0", "12a", "TĐ03-2014", "007", "3,00"])
    assert read == ["12", "12a", "TĐ03-2014", "007", "3"]
    assert only(findings, "numbers-trimmed").severity == "note"


def test_a_missing_required_cell_blocks_and_names_rows() -> None:
    _, findings = converted("parcels", parcel_no=["1", None, "3", None, "5"])
    assert only(findings, "cell-missing").detail["rows"] == "2, 4"


def test_a_text_too_long_for_its_column_blocks() -> None:
    _, findings = converted("parcels", commune_code=["12817", "128170", "1", "2", "3"])
    assert only(findings, "cell-too-long").row == 2


def test_a_code_outside_its_list_blocks_once_with_all_rows() -> None:
    _, findings = converted("groundwater-zones", kind=["1", "9", "2", "9", "1"])
    finding = only(findings, "code-unknown")
    assert (finding.value, finding.detail["rows"]) == ("9", "2, 4")


# Kinds of land


def purposes(*cells: str) -> tuple[list[list[dict[str, object]]], list[str], list[Finding]]:
    result, findings = read_purposes(frame(purposes=[*cells, *["ONT"] * (5 - len(cells))]), context())
    return list(result["purposes"]), list(result["land_use"]), findings


@pytest.mark.parametrize("cell", ["ONT+CLN", "ONT; CLN", "ont,cln", "ONT-C+CLN-P", "CLN-P ; ONT-C", "ONT* + CLN"])
def test_several_purposes_of_one_parcel_are_read(cell: str) -> None:
    read, main, findings = purposes(cell)
    assert [purpose["code"] for purpose in read[0]] == ["ONT", "CLN"]
    assert main[0] == "ONT"
    assert not [finding for finding in findings if finding.severity == "block"]


def test_areas_beside_purposes_are_read_and_the_largest_leads() -> None:
    read, main, _ = purposes("ONT300+CLN212,5", "ONT:100; CLN:250.5")
    assert [purpose["area_m2"] for purpose in read[0]] == [300, 212.5]
    assert main[:2] == ["ONT", "CLN"]


def test_old_codes_keep_their_vocabulary_and_ask() -> None:
    read, _, findings = purposes("BHK", "BHK", "NĐ")
    assert read[0][0]["vocabulary"] == "TT25-2014"
    asked = {f.value: f.detail["vocabulary"] for f in findings if f.code == "purpose-retired"}
    assert asked == {"BHK": "TT25-2014", "NĐ": "QD499-1995"}


def test_house_land_spoiled_by_a_font_is_understood() -> None:
    assert purposes("N§")[0][0][0]["code"] == "NĐ"


@pytest.mark.parametrize("cell", ["XYZ", "ONT+XYZ", "??", "300", "ONT 1.2.3"])
def test_an_unknown_kind_of_land_blocks(cell: str) -> None:
    finding = only(purposes("ONT", cell, cell)[2], "purpose-unknown")
    assert (finding.severity, finding.value, finding.detail["rows"]) == ("block", cell, "2, 3")


# Ground, keys, overlaps, areas


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
