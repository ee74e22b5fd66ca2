"""An answer as JSON: the same answer is the same bytes, and everything in it is plain."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from layers import catalogue
from layers.declare import Words
from layers.report.answers import (
    Answer,
    Attribute,
    LayerFinding,
    ParcelCard,
    Purpose,
    Reason,
    Report,
    Survey,
    ThemeFinding,
    ZoneFinding,
)
from layers.report.canonical import document, dumps, plain
from layers.report.writing import written

LAYER = catalogue.reported()[0]
PARCEL = ParcelCard(
    feature_id=7,
    since=1,
    commune_code="12817",
    commune="Xã Đông Hưng",
    sheet_no="45",
    parcel_no="123",
    old_commune="",
    old_district="",
    old_sheet_no="",
    old_parcel_no="",
    parcel_code="",
    area_paper_m2=Decimal("360.0"),
    area_drawn_m2=Decimal("361.2"),
    purposes=(Purpose("ONT", "2024", Words("Đất ở nông thôn", "Rural housing"), Decimal("360.0")),),
    map_scale=None,
    accuracy_m=0.3,
    source="",
    surveyed_on=date(2014, 5, 1),
    lon=106.32,
    lat=20.51,
    bounds=(0.0, 0.0, 1.0, 1.0),
    polygons=((((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)),),),
    parents=(),
    children=(),
)
ZONE = ZoneFinding(
    feature_id=9,
    label="Vùng hạn chế",
    answer=Answer.AFFECTED,
    area_m2=Decimal("12.5"),
    share_percent=Decimal("3.47"),
    length_m=None,
    distance_m=Decimal("0.00"),
    margin_m=Decimal("10.30"),
    whole_parcels=False,
    attributes=(Attribute("valid_until", Words("Đến", "Until"), date(2026, 12, 31)),),
)
FINDING = LayerFinding(
    layer=LAYER,
    answer=Answer.AFFECTED,
    zones=(ZONE,),
    reason=Reason.NOT_COVERED,
    uncovered_percent=Decimal("25.00"),
    surveys=(Survey("Cả vùng", None, "Sở", None, ""),),
)
REPORT = Report(
    parcel=PARCEL,
    snapshot=12,
    day=date(2026, 3, 1),
    format="0.1.0",
    themes=(ThemeFinding("water", Words("Nước", "Water"), Answer.AFFECTED, None, (FINDING,)),),
)


def told() -> dict[str, Any]:
    return dict(json.loads(dumps(REPORT)))


def test_equal_answers_are_equal_bytes() -> None:
    assert dumps(replace(REPORT, themes=tuple(REPORT.themes))) == dumps(REPORT)


@pytest.mark.parametrize(
    "other",
    [
        replace(REPORT, snapshot=13),
        replace(REPORT, day=date(2026, 3, 2)),
        replace(REPORT, format="0.2.0"),
        replace(REPORT, parcel=replace(PARCEL, area_drawn_m2=Decimal("361.3"))),
    ],
    ids=["snapshot", "day", "format", "a tenth of a square metre"],
)
def test_another_answer_is_other_bytes(other: Report) -> None:
    assert dumps(other) != dumps(REPORT)


def test_reading_and_writing_again_gives_the_same_bytes() -> None:
    again = json.dumps(told(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert again == dumps(REPORT)


def test_vietnamese_stands_in_it_as_it_is_written() -> None:
    assert "Xã Đông Hưng".encode() in dumps(REPORT)


def test_it_names_snapshot_day_and_format_and_claims_no_legal_force() -> None:
    said = told()
    assert (said["snapshot"], said["date"], said["format"], said["legal_force"]) == (12, "2026-03-01", "0.1.0", False)
    assert "day" not in said


def test_exact_numbers_become_plain_numbers_and_days_texts() -> None:
    [layer] = told()["themes"][0]["layers"]
    [zone] = layer["zones"]
    assert (zone["area_m2"], zone["share_percent"], zone["length_m"], zone["distance_m"]) == (12.5, 3.47, None, 0.0)
    assert zone["attributes"][0]["value"] == "2026-12-31"
    assert (layer["reason"], layer["uncovered_percent"]) == ("not-covered", 25.0)


def test_words_stand_in_both_languages_whatever_the_reader_speaks() -> None:
    assert told()["themes"][0]["title"] == {"vi": "Nước", "en": "Water"}


def test_a_layer_tells_what_explains_its_answer_and_nothing_of_its_table() -> None:
    [layer] = told()["themes"][0]["layers"]
    assert set(layer["layer"]) == {"slug", "title", "legal_basis", "office", "meaning", "next_steps"}
    assert layer["layer"]["meaning"] == {"vi": LAYER.meaning.vi, "en": LAYER.meaning.en}


def test_counts_stand_beside_the_themes() -> None:
    assert told()["counts"] == {"affected": 1, "too-close": 0, "not-assessed": 0, "not-affected": 0}


def test_everything_in_it_is_json() -> None:
    kinds = {dict, list, str, int, float, bool, type(None)}
    waiting: list[Any] = [document(REPORT)]
    while waiting:
        value = waiting.pop()
        assert type(value) in kinds
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Decimal("0.10"), 0.1),
        (Answer.TOO_CLOSE, "too-close"),
        (date(2026, 1, 2), "2026-01-02"),
        ((1, (2, 3)), [1, [2, 3]]),
        (None, None),
    ],
)
def test_a_single_value_is_told_plainly(value: object, said: object) -> None:
    assert plain(value) == said


def test_the_bytes_are_those_that_the_standard_library_writes_of_the_document() -> None:
    plainly = json.dumps(document(REPORT), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert dumps(REPORT).decode() == plainly


@pytest.mark.parametrize(
    "value",
    [
        None, True, False, 0, -7, 2**60, 0.0, 1e-9, 1e22, -0.5, "", 'x"\\\n\t\u2028đ', Answer.TOO_CLOSE,
        date(2026, 1, 2), datetime(2026, 1, 2, 7, tzinfo=UTC), Decimal("12.50"),
        [], (), [None, [1, (2, "3")]], Words("a", "b"),
        {"b": [1], "a": {"d": 1, "c": None}}, Attribute("n", Words("t", "u"), ["x"]),
    ],
    ids=str,
)  # fmt: skip
def test_every_kind_of_value_is_written_as_the_standard_library_does(value: object) -> None:
    assert written(value) == json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
