"""Columns and letters: five-row frames, each made for one fault."""

from __future__ import annotations

import pytest

from importers.steps.decode_text import decode_text
from importers.steps.holders import keep_organisations
from importers.steps.match_columns import match_columns
from tests.pure.steps.making import COMMUNE, codes, context, frame, only, parcels, typed


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


def test_text_that_fills_its_field_is_told_as_cut_and_half_a_letter_is_dropped() -> None:
    """A DBF field ends after 254 bytes, here after the first of the three of ệ."""
    long = ("Vùng bảo vệ nguồn nước sông Trà Lý " * 9)[:184] + "bệnh"
    cut = long.encode()[:254].decode("latin-1")
    assert cut.endswith("b\xe1")
    delivered = frame(name=[cut, *(text.encode().decode("latin-1") for text in ["Thôn Đông", "Xã Mỹ Lộc"] * 2)])
    decoded, findings = decode_text(delivered, context("groundwater-zones"))
    finding = only(findings, "text-cut")
    assert (finding.row, finding.field, finding.severity) == (1, "name", "warn")
    assert finding.detail["length"] == "254"
    assert decoded["name"][1] == long[:185]
    assert "letters-undecoded" not in codes(findings)


@pytest.mark.parametrize(("text", "is_told"), [("x" * 253, False), ("x" * 254, True), ("x" * 255, True)])
def test_only_a_full_field_is_suspected(text: str, is_told: bool) -> None:
    told = codes(decode_text(frame(name=[text, "a", "b", "c", "d"]), context("groundwater-zones"))[1])
    assert ("text-cut" in told) == is_told


def test_the_end_of_a_cut_text_is_not_shown_of_a_column_of_holders() -> None:
    delivered = frame(holder=["x" * 250 + " Hoa", None, None, None, None])
    assert "Hoa" not in str(only(decode_text(delivered, context("licensed-wells"))[1], "text-cut"))


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
