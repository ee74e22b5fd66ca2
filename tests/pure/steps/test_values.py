"""Values and kinds of land: five-row frames, each made for one fault."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from importers.findings import Finding
from importers.steps.convert import convert
from importers.steps.purposes import read_purposes
from tests.pure.steps.making import codes, context, frame, only


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


def test_a_moment_is_read_by_vietnams_clock_unless_it_names_another() -> None:
    cells = ["20/11/2026 07:00", "2026-11-20T07:00:00+07:00", "2026-11-20 00:00Z", "20/11/2026 7h00", None]
    read, findings = converted("monitoring-stations", measured_at=cells)
    assert read == [datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)] * 4 + [None]
    assert not findings


@pytest.mark.parametrize("cell", ["20/11/2026", "07h00/28", "20/11/2026 25:00", "31/02/2026 07:00"])
def test_a_moment_without_day_or_hour_blocks(cell: str) -> None:
    _, findings = converted("monitoring-stations", measured_at=[cell, None, None, None, None])
    assert only(findings, "cell-unreadable").detail["expected"] == "moment"


def test_a_measured_value_stays_as_it_stands() -> None:
    read, findings = converted(
        "monitoring-stations", latest_value=["5.0", "< 0.01", "-34", "12,50", None], unit=["mg/L"] * 5
    )
    assert read == ["5.0", "< 0.01", "-34", "12,50", ""]
    assert not findings


@pytest.mark.parametrize("editions", [{"alert_edition": ["2020", None, None, None, None]}, {}])
def test_an_alert_level_without_the_edition_that_sets_it_blocks(editions: dict[str, list[str | None]]) -> None:
    _, findings = converted("hydromet-stations", alert_level=["2", "3", None, None, "1"], **editions)
    finding = only(findings, "cell-alone")
    assert (finding.severity, finding.detail["other"]) == ("block", "alert_edition")
    assert finding.detail["rows"] == ("2, 5" if editions else "1, 2, 5")


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
